"""Which candidates are worth learning, the best first."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from flashcards.lexicon import Lexicon
from flashcards.terms.candidates import Candidate
from flashcards.terms.wordclass import WordClasses

# Set by hand on the gold terms of a speech and of a chapter of fiction together.
_LENGTH = {2: -1.6, 3: -0.3, 4: 0.9, 5: 0.6, 6: 0.5, 7: 0.3, 8: 0.1}
_SHAPES = {"quoted": 1.6, "listed": 0.8}
_RARITY = 0.45
_FREQUENCY = 0.9
_IN_DICTIONARY = 1.6
_NOUNS_ONLY = 0.5
_COMMON_WORD = -0.25
_ELEMENTARY = -1.5
_NESTED = -1.1
_UNIT_TOO_MANY = -0.6


def scores(found: Mapping[str, Candidate], lexicon: Lexicon, classes: WordClasses) -> dict[str, float]:
    """How much each candidate looks like a term by its shape, its frequency and its words; higher is better."""
    nested = _share_inside(found)
    return {text: _score(candidate, nested[text], lexicon, classes) for text, candidate in found.items()}


def _score(candidate: Candidate, nested: float, lexicon: Lexicon, classes: WordClasses) -> float:
    text, parts = candidate.text, candidate.units
    zipfs = [lexicon.zipf(part) for part in parts]
    rarity = sum(min(7.0, max(0.0, 7.2 - z)) for z in zipfs) / len(parts)
    score = _RARITY * rarity + _FREQUENCY * math.log2(1 + len(candidate.occurrences))
    score += _LENGTH.get(len(text), -0.3)
    score += sum(_SHAPES.get(shape, 0.0) for shape in candidate.shapes)
    listed = text in lexicon and len(text) >= 3
    score += _IN_DICTIONARY * listed
    if len(parts) > 1 and all(classes.of(part) in ("noun", "name") for part in parts):
        score += _NOUNS_ONLY
    score += _COMMON_WORD * sum(z > 5.5 for z in zipfs)
    score += _ELEMENTARY * (lexicon.level(text) in (1, 2, 3))
    score += _UNIT_TOO_MANY * max(0, len(parts) - 3)
    return score + _NESTED * nested * (0.5 if listed or len(candidate.occurrences) > 1 else 1.0)


def _share_inside(found: Mapping[str, Candidate]) -> dict[str, float]:
    """The share of each candidate's occurrences that lie inside a longer candidate's."""
    by_pair: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for candidate in found.values():
        for at in candidate.occurrences:
            by_pair[at.pair].append((at.start, at.end))
    return {
        text: sum(
            any(a <= at.start and at.end <= b and (a, b) != (at.start, at.end) for a, b in by_pair[at.pair])
            for at in candidate.occurrences
        )
        / len(candidate.occurrences)
        for text, candidate in found.items()
    }


def without_repetition(
    ranked: Sequence[str], found: Mapping[str, Candidate], lexicon: Lexicon
) -> list[str]:
    """The ranked candidates without those that only repeat a better one.

    A candidate goes if it occurs only inside a better one, unless it is a word of the dictionary; or if it is a longer
    string, seen once, round a better one that was seen once.
    """
    kept: list[str] = []
    for text in ranked:
        candidate = found[text]
        count = len(candidate.occurrences)
        inside = any(text in other and count <= len(found[other].occurrences) for other in kept)
        listed = text in lexicon and len(text) >= 3
        around = count == 1 and any(
            other in text and len(found[other].occurrences) == 1 and len(other) > 3 for other in kept
        )
        if not (inside and not listed) and not (around and not listed and "quoted" not in candidate.shapes):
            kept.append(text)
    return kept
