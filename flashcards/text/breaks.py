"""Where one clause ends and the next begins, outside of all quotation marks and brackets; for either language."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_CLOSING_OF = dict(zip("“「『（(《〈【〔[", "”」』）)》〉】〕]", strict=True))
_OPENING_OF = {closing: opening for opening, closing in _CLOSING_OF.items()}
_SINGLE_QUOTED = re.compile(
    r"""
    (?<!\w) ['‘] (?=\S)
    (?: .*? (?<=[^s\s]) ['’] (?!\w)     # an s with an apostrophe is more often a plural's than the end of a quotation
      | .*? (?<=s) ['’] (?!\w)
      | .* $ )
    """,
    re.VERBOSE | re.DOTALL,
)
_ELISION = re.compile(r"['’‘](?=(?:\d0s|em|tis|til|cause)\b)")
_CLOSES = re.compile(r"(?<=\S)\"(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Break:
    """A place where one clause ends and the next begins; `certain` if a sentence ends there."""

    start: int    # of the clause before
    stop: int    # where that ends, before its mark
    following: int    # where the next clause begins
    end: int    # where that ends, before or behind its mark
    certain: bool


def breaks(text: str, marks: Iterable[re.Match[str]], sentences: Iterable[int]) -> Iterator[Break]:
    """The breaks between clauses and between sentences, outside of quotation marks and brackets.

    Args:
        text: one or more sentences.
        marks: the marks between clauses, with the space behind them.
        sentences: the positions at which all sentences but the first begin.
    """
    free = _outside(text)
    found = {mark.end(): (mark.start(), False) for mark in marks if free[mark.start()] and mark.end() < len(text)}
    found |= {at: (at, True) for at in sentences if free[at]}
    starts = sorted(found)
    for previous, start, following in zip([0, *starts], starts, [*starts[1:], len(text)], strict=False):
        stop, certain = found[start]
        yield Break(previous, stop, start, following, certain)


def _outside(text: str) -> list[bool]:
    """For each place between two characters whether it lies outside of all quotation marks and brackets.

    A mark without its partner encloses all from there to the edge of the text; an apostrophe is no quotation mark.
    """
    free = [True] * (len(text) + 1)
    for opening, closing in (*_enclosures(text), *_straight_quotations(text)):
        for place in range(opening + 1, closing + 1):
            free[place] = False
    return free


def _enclosures(text: str) -> Iterator[tuple[int, int]]:
    """The places of opening and closing marks; -1 or the text's length stand for one that is missing."""
    waiting: list[int] = []
    for position, mark in enumerate(text):
        if mark in _CLOSING_OF:
            waiting.append(position)
        elif mark in _OPENING_OF:
            partners = [i for i in waiting if text[i] == _OPENING_OF[mark]]
            yield (partners[-1] if partners else -1), position
            waiting = [i for i in waiting if partners and i < partners[-1]]
    yield from ((opening, len(text)) for opening in waiting)


def _straight_quotations(text: str) -> Iterator[tuple[int, int]]:
    """The same for quotation marks that do not say whether they open or close, and for single ones."""
    places = [i for i, mark in enumerate(text) if mark == '"']
    if places and _CLOSES.match(text, places[0]):
        places.insert(0, -1)
    yield from zip(places[::2], [*places[1::2], len(text)], strict=False)
    for quoted in _SINGLE_QUOTED.finditer(_ELISION.sub("·", text)):
        yield quoted.start(), quoted.end() - 1
