"""The choice among the readings of a character: what speaks for each, how sure the best is, whether to check it."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from flashcards.chinese.polyphones import Votes
from flashcards.chinese.syllables import toneless
from flashcards.model import tone

UNSURE = 2.0
"""The network is asked where the best candidate is less than this many log-odds ahead (tuned on CPP-dev's folds)."""

_NETWORK = 1.0
"""What the network's log-probabilities count beside the model's (tuned on CPP-dev's folds)."""

_LEAST = -8.0
"""The log-probability of a candidate that the network does not know."""

CHECK_UNDER = 0.75
"""A reading less sure than this should be checked."""

# Where the translation speaks against the reading chosen with so many log-odds, or the context did and was overruled
# though it was as sure as this, someone should look.
_SAYS_SOMETHING, _CLEAR = 3.0, 0.95
_BEYOND_DOUBT = 0.9
"""A reading as sure as this, all things weighed, needs no check."""


@dataclass(slots=True)
class Open:
    """A character that the sentence decides: its candidates and their log-odds so far.

    `place` is its word's, `offset` its own in the word, `at` its own in the sentence.
    """

    place: int
    offset: int
    at: int
    character: str
    candidates: tuple[str, ...]
    scores: list[float]
    votes: Votes
    said: list[float] = field(default_factory=list)
    """What the translation adds to the scores; empty if there is none."""
    surnames: frozenset[str] = frozenset()
    """The readings that are surnames, where the words around make it one."""

    def favour(self, readings: Collection[str], by: float) -> None:
        """Add to the log-odds of some of the candidates."""
        for i, candidate in enumerate(self.candidates):
            if candidate in readings:
                self.scores[i] += by

    def exclude(self, but: Collection[str], by: float) -> None:
        """Take from the log-odds of all candidates but some."""
        for i, candidate in enumerate(self.candidates):
            if candidate not in but:
                self.scores[i] -= by


def unsure(scores: Sequence[float]) -> bool:
    """Whether the best of some log-odds is hardly ahead of the next."""
    if len(scores) == 2:
        return abs(scores[0] - scores[1]) < UNSURE
    second, first = sorted(scores)[-2:]
    return first - second < UNSURE


def with_network(scores: Sequence[float], candidates: Sequence[str], said: Mapping[str, float]) -> list[float]:
    """The log-odds of candidates with what the network says of them."""
    return [
        score + _NETWORK * max(said.get(candidate, _LEAST), _LEAST)
        for score, candidate in zip(scores, candidates, strict=True)
    ]


def share(words: Sequence[str], found: Sequence[Open]) -> None:
    """Leave what the translation says of a reading to one of several like words, to that which is likeliest to have it.

    我昨天就还了，你还没收到: there is one "return" in the English, for one 还.
    """
    alike: dict[tuple[str, int], list[Open]] = {}
    for each in found:
        alike.setdefault((words[each.place], each.offset), []).append(each)
    for several in alike.values():
        if len(several) > 1:
            for i in range(len(several[0].candidates)):
                best = max(several, key=lambda each: _lead(each.scores, i))
                for each in several:
                    if each is not best:
                        each.said[i] = min(each.said[i], 0.0)


def _lead(scores: Sequence[float], i: int) -> float:
    """How far one of some log-odds is ahead of the best of the others."""
    return scores[i] - max(score for j, score in enumerate(scores) if j != i)


def choose(context: list[float], meaning: Sequence[float]) -> tuple[int, float, bool]:
    """The best of some readings, how sure it is, and whether it should be checked.

    Args:
        context: the log-odds of each by its context.
        meaning: what the translation adds.
    """
    if not any(meaning):
        chosen = context.index(max(context))
        confidence = _probability(context, chosen)
        return chosen, confidence, confidence < CHECK_UNDER
    together = [a + b for a, b in zip(context, meaning, strict=True)]
    chosen = max(range(len(together)), key=together.__getitem__)
    confidence = _probability(together, chosen)
    by_context = max(range(len(context)), key=context.__getitem__)
    by_meaning = max(range(len(meaning)), key=meaning.__getitem__)
    against = max(meaning) - meaning[chosen] >= _SAYS_SOMETHING and by_meaning != chosen
    overruled = by_context != chosen and _probability(context, by_context) > _CLEAR
    disagree = (against or overruled) and confidence < _BEYOND_DOUBT
    return chosen, confidence, confidence < CHECK_UNDER or disagree


def _probability(scores: Sequence[float], chosen: int) -> float:
    return 1 / sum(math.exp(min(score - scores[chosen], 50.0)) for score in scores)


def candidate_of(candidates: Sequence[str], syllable: str, ways: Sequence[str]) -> int | None:
    """Which candidate stands for a syllable of a dictionary word that may be read in several ways.

    Marked texts have no neutral tone in most words (好处 hǎochu): the full tone that no other way has stands for it.
    """
    if syllable in candidates:
        return candidates.index(syllable)
    if tone(syllable) == 5:
        for i, candidate in enumerate(candidates):
            if toneless(candidate) == syllable and candidate not in ways:
                return i
    return None
