"""The learner at hand: which words are known already, and how far above the level the others are."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flashcards.lexicon import Lexicon
from flashcards.links.glosses import gloss_stems, plain_glosses
from flashcards.model import HAN, HSK_STANDARD, HskList, Rendering, Word
from flashcards.terms.candidates import Candidate

_HAN = re.compile(f"[{HAN}]")
_FIGURATIVE = re.compile(r"\b(?:fig|lit)\.|idiom|figurative|metaphor")
_BAND = 7
"""The level that the lists of 2021 and 2025 give to all words of the levels 7 to 9."""

_NEXT = 1.0
"""What a word of the very next level gains; with each level above, half as much."""

_MOST_CUTS = 200
"""So many ways at most of cutting a term into known parts are looked at."""


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Learner:
    """Somebody who learns from a lesson, and what is known of them.

    `hsk` is the level up to which they know the words of `hsk_list` (0: nothing is known of their level); the band of 7
    to 9, which the lists do not divide, counts as known only at 9. `known` are the words that they know besides,
    simplified. With `parts_suffice` no term is taught whose parts are known and say all that it says. `simplified`
    takes a text to simplified characters.
    """

    lexicon: Lexicon
    hsk: int = 0
    hsk_list: HskList = HSK_STANDARD
    known: frozenset[str] = frozenset()
    parts_suffice: bool = False
    simplified: Callable[[str], str] = _as_it_is

    def level(self, text: str) -> int:
        """The word's level in the learner's list, 1 to 7 (the band 7 to 9), 0 if it is not in it."""
        return self.lexicon.level(self.simplified(text), self.hsk_list)

    @property
    def highest_known(self) -> int:
        """The highest level, as the lists count, whose words are all known; 0 if none is."""
        return _BAND if self.hsk >= 9 else min(self.hsk, _BAND - 1)


def knows(text: str, learner: Learner) -> bool:
    """Whether the learner knows the word: it is one of their own, or of their level or below."""
    plain = learner.simplified(text)
    return plain in learner.known or 0 < learner.lexicon.level(plain, learner.hsk_list) <= learner.highest_known


def level_bonus(text: str, learner: Learner) -> float:
    """What a term gains by its level: the most just above the learner's, where a word is within reach, less further up.

    0 for what no list has (its rarity is in the score already), and for everybody whose level is not told.
    """
    above = learner.level(text) - learner.highest_known if learner.hsk else 0
    return _NEXT * 0.5 ** (above - 1) if above > 0 else 0.0


def left_out(found: Mapping[str, Candidate], learner: Learner) -> frozenset[str]:
    """Those of the candidates that are no terms to teach.

    These are the words that are known, what occurs only as a piece of one, and that for which its parts suffice.

    Args:
        found: all candidates by their text.
        learner: whom the terms are for.
    """
    if not (learner.hsk or learner.known):
        return frozenset()
    known = {text for text in found if knows(text, learner)}
    # Only what has several units has pieces that could be candidates, and there are few such among known words.
    wholes = [text for text in known if len(found[text].units) > 1]

    def is_a_piece(text: str) -> bool:
        count = len(found[text].occurrences)
        return any(text in whole and count <= len(found[whole].occurrences) for whole in wholes)

    return frozenset(
        text
        for text in found
        if text in known or (wholes and is_a_piece(text)) or parts_suffice(text, learner)
    )


def parts_suffice(text: str, learner: Learner, renderings: Sequence[Rendering] = ()) -> bool:
    """Whether the learner, who knows the term's parts, knows the term: 留学生, with 留学 and 生.

    Its parts must be known words, whatever cut they come from, and their glosses must cover its own: in each of its
    readings one gloss has nothing but what its parts say, each part its share, and every other gloss has something of
    them. So it is with neither 东西 ("thing") nor 生气 ("to get angry", in which nobody is born). An idiom, a name and
    what has a figurative sense are always more than their parts. What the dictionary has not is judged by the first of
    its renderings in this text; without one it is taught.

    Args:
        text: the term.
        learner: whom it is for.
        renderings: the English that the text uses for it, the best first.
    """
    plain, lexicon = learner.simplified(text), learner.lexicon
    if not learner.parts_suffice or len(plain) < 2 or lexicon.tag(plain)[:1] == "i":
        return False
    entries = lexicon.entries(plain)
    if any(_FIGURATIVE.search(sense) for entry in entries for sense in entry.senses):
        return False
    readings = [glosses for entry in entries if (glosses := plain_glosses(entry))]
    if not readings and renderings:
        readings = [(renderings[0].citation,)]
    elif any(gloss[:1].isupper() for glosses in readings for gloss in glosses):
        return False
    return bool(readings) and any(_cover(parts, readings, lexicon) for parts in _cuts(plain, learner))


def _cuts(text: str, learner: Learner) -> Iterator[tuple[str, ...]]:
    """The ways to cut a text into two known words or more, within reason."""
    left = _MOST_CUTS

    def rest(start: int) -> Iterator[tuple[str, ...]]:
        nonlocal left
        if start == len(text):
            yield ()
        for end in range(len(text) - (start == 0), start, -1):
            left -= 1
            if left < 0:
                return
            if knows(text[start:end], learner):
                for others in rest(end):
                    yield text[start:end], *others

    return rest(0)


def _cover(parts: Sequence[str], readings: Iterable[Collection[str]], lexicon: Lexicon) -> bool:
    """Whether the parts' glosses cover those of every reading, as `parts_suffice` says."""
    own = [_stems(part, lexicon) for part in parts]
    together = frozenset().union(*own)

    def says_just_that(gloss: str) -> bool:
        stems = frozenset(gloss_stems(gloss))
        return stems <= together and all(stems & each for each in own)

    return all(
        any(map(says_just_that, glosses)) and all(together.intersection(gloss_stems(gloss)) for gloss in glosses)
        for glosses in readings
    )


def _stems(word: str, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(s for e in lexicon.entries(word) for gloss in plain_glosses(e) for s in gloss_stems(gloss))


def new_words(words: Iterable[Word], learner: Learner) -> tuple[str, ...]:
    """The words of a sentence that the learner does not know, simplified, each once, in order; numbers are none."""
    return tuple(
        dict.fromkeys(
            word.simplified
            for word in words
            if _HAN.search(word.text) and word.tag != "m" and not knows(word.text, learner)
        )
    )
