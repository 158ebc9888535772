"""What the dictionary says of a term: all its senses, and the one that this text means."""

import re
from collections.abc import Collection, Iterable

from flashcards.lexicon import Lexicon
from flashcards.links.glosses import gloss_stems, plain_glosses

LONGEST = 60
"""The most characters that a definition has."""

_REMARK = re.compile(r"\s*\([^()]*\)\s*$")


def senses(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The senses of a word in CC-CEDICT, in its order, without references to other words; () if it has none."""
    found = [gloss for entry in lexicon.entries(text) for gloss in plain_glosses(entry)]
    return tuple(dict.fromkeys(found))


def stems(own: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """The stems of each sense, sorted, so that their order does not matter."""
    return frozenset(tuple(sorted(gloss_stems(sense))) for sense in own)


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

    best = max(own, key=shared)    # the first of equals: CC-CEDICT gives the usual sense first
    while len(best) > LONGEST and _REMARK.search(best):
        best = _REMARK.sub("", best)
    if len(best) > LONGEST:
        best = best[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;") + "…"
    return best
