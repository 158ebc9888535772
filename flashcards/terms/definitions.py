"""What the dictionary says of a term: all its senses, and the one that this text means."""

import re
from collections.abc import Collection, Iterable

from flashcards.lexicon import Lexicon
from flashcards.links.glosses import gloss_stems, plain_glosses
from flashcards.model import Word

LONGEST = 60
"""The most characters that a definition has."""

_FIGURATIVE = re.compile(r"fig\. ")
_LITERAL = re.compile(r"lit\. ")
_JOINT = re.compile(r"\s*[,;(]")


def senses(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The senses of a word in CC-CEDICT, in its order, without references to other words; () if it has none."""
    found = [gloss for entry in lexicon.entries(text) for gloss in plain_glosses(entry)]
    # An idiom is used in its figurative sense: that one first, what it says literally last.
    found.sort(key=lambda gloss: (not _FIGURATIVE.match(gloss), bool(_LITERAL.match(gloss))))
    return tuple(dict.fromkeys(_FIGURATIVE.sub("", gloss, count=1) for gloss in found))


def meaning(word: Word, lexicon: Lexicon) -> str:
    """The usual sense of a word where no translation tells which is meant; "" if the dictionary does not have it."""
    return definition(senses(word.simplified, lexicon), ())


def by_stems(own: Iterable[str]) -> dict[tuple[str, ...], str]:
    """The senses by their stems, sorted, so that their order does not matter."""
    return {tuple(sorted(gloss_stems(sense))): sense for sense in own}


def definition(own: tuple[str, ...], english: Collection[str]) -> str:
    """The sense that shares most with the English of the term's pairs, the first where none does; shortened.

    Args:
        own: the term's senses.
        english: the stems of the English sentences where the term stands.
    """
    if not own:
        return ""

    def shared(sense: str) -> float:
        stems = gloss_stems(sense)
        return sum(s in english for s in stems) / len(stems) ** 0.5 if stems else 0.0

    return _shortened(max(own, key=shared))    # the first of equals: CC-CEDICT gives the usual sense first


def _shortened(sense: str) -> str:
    """The sense, cut at its last joint (a comma, a semicolon, a bracket) that leaves it short enough."""
    if len(sense) <= LONGEST:
        return sense
    ends = [match.start() for match in _JOINT.finditer(sense) if match.start() <= LONGEST]
    return sense[: ends[-1]] if ends else sense[: sense.rfind(" ", 0, LONGEST) if " " in sense[:LONGEST] else LONGEST]
