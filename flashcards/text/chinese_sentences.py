"""Where Chinese sentences end.

A stop ends a sentence and takes the closing quotes and brackets behind it along. It does so inside a quotation too,
unless the quotation is a part of the sentence round it: something goes on behind it (“怎么办？”的问题), or a tag says
who spoke (“你去吗？”他问。).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flashcards.model import HAN

_CANDIDATE = re.compile(
    rf"""
      [。！？｡…⋯][。！？｡…⋯!?]*
    | [!?]+ [！？…]* (?![A-Za-z0-9=&/])             # not in an address
    | (?<=[{HAN}”’」』）]) [!?]+ [！？…]*
    | (?<=[{HAN}”’」』）》%％]) \.+ (?![A-Za-z0-9])    # typed for 。 or ……; not in 3.5 or U.S.
    | [—–]+ (?=[”」])
    """,
    re.VERBOSE,
)
_SPACE = re.compile(r"\s*")
_CLOSING_OF = dict(zip("“‘「『（(《〈【〔", "”’」』）)》〉】〕", strict=True))
_CLOSING = frozenset(_CLOSING_OF.values())
_QUOTES = frozenset("“‘「『\"")
_TITLES = frozenset("《〈")
_BROKEN_OFF = re.compile(r"[…⋯—–]+|\.{2,}")
_BETWEEN_CLAUSES = frozenset("，、；：,;:")
_CONTINUATION = re.compile(
    "的(?!确|確)|之(?!后|後|前|所以)|[和与與](?!此)|成[为為了]|是(?![的啊呀])|[这這][一个個]?(?:问题|問題|句|声|聲)"
)
_ENDS_IN_A_CLAUSE = re.compile(rf"[{HAN}]\s*$")
_SPEECH_VERBS = "说說道问問喊叫答嚷"
_SPEECH_TAG = re.compile(rf"(?:(?![没沒不未])[{HAN}·]){{1,8}}[{_SPEECH_VERBS}](?:[。.！!]|$)")


@dataclass(frozen=True, slots=True)
class _Enclosure:
    """A quotation, bracket or title: the positions of its two marks; one that is never closed ends with the text."""

    opening: int
    closing: int


def chinese_boundaries(text: str) -> list[int]:
    """The positions in a Chinese text, ascending, at which a new sentence begins (never 0 or the end)."""
    starts = [0]
    closed_at = {each.closing: each for each in _enclosures(text)}
    for stop, around in _stops(text, list(closed_at.values())):
        closed: list[_Enclosure] = []
        end = stop.end()
        while (mark := _skip_space(text, end)) < len(text) and (mark in closed_at or text[mark] in _CLOSING):
            closed += [closed_at[mark]] if mark in closed_at else []
            end = mark + 1
        following = _skip_space(text, end)
        still_open = [each for each in around if each not in closed]
        if following < len(text) and _ends_a_sentence(text, stop[0], following, closed, still_open, starts[-1]):
            starts.append(following)
    return starts[1:]


def _skip_space(text: str, position: int) -> int:
    space = _SPACE.match(text, position)
    return space.end() if space else position


def _enclosures(text: str) -> list[_Enclosure]:
    """The quotations and brackets of the text; straight double quotes open and close in turn."""
    found: list[_Enclosure] = []
    waiting: list[int] = []
    for position, mark in enumerate(text):
        if mark in _CLOSING or mark == '"':
            partners = [depth for depth, opening in enumerate(waiting) if _CLOSING_OF.get(text[opening], '"') == mark]
            if partners:
                found.append(_Enclosure(waiting[partners[-1]], position))
                del waiting[partners[-1] :]    # what was opened inside and never closed does not reach beyond
                continue
        if mark in _CLOSING_OF or mark == '"':
            waiting.append(position)
    quotations = [opening for opening in waiting if text[opening] in _QUOTES]
    return found + [_Enclosure(opening, len(text)) for opening in quotations]


def _stops(text: str, enclosures: list[_Enclosure]) -> Iterator[tuple[re.Match[str], list[_Enclosure]]]:
    """Every run of marks that may end a sentence, with the enclosures that it stands in."""
    coming = sorted(enclosures, key=lambda each: each.opening, reverse=True)
    around: list[_Enclosure] = []
    for stop in _CANDIDATE.finditer(text):
        while coming and coming[-1].opening < stop.start():
            around.append(coming.pop())
        around = [each for each in around if each.closing >= stop.end()]
        yield stop, around


def _ends_a_sentence(
    text: str, stop: str, following: int, closed: list[_Enclosure], still_open: list[_Enclosure], start: int
) -> bool:
    """Whether a stop ends the sentence that began at `start`.

    Args:
        text: the whole text.
        stop: the stop itself, without closing marks.
        following: where the text goes on behind the closing marks.
        closed: the enclosures that the closing marks close.
        still_open: the enclosures that the text goes on in.
        start: where the sentence began.
    """
    if text[following] in _BETWEEN_CLAUSES:
        return False
    if any(text[each.opening] not in _QUOTES or _is_embedded(text, each, start) for each in still_open):
        return False
    if any(text[each.opening] in _TITLES for each in closed):
        return False
    is_question = not re.search("[。｡.]", stop)
    quotations = [each for each in closed if text[each.opening] in _QUOTES]
    if not quotations:
        bracketed_aside = is_question and any(each.opening > start for each in closed)
        return not (_BROKEN_OFF.fullmatch(stop) or bracketed_aside)
    if stop[0] in "—–" and text[following] not in _QUOTES:
        return False
    tagged = _SPEECH_TAG.match(text, following) or _is_governed(text, quotations[-1], start)
    return not (_CONTINUATION.match(text, following) or (is_question and tagged))


def _is_embedded(text: str, quotation: _Enclosure, start: int) -> bool:
    """Whether the sentence round a quotation goes on behind it, so that stops inside it end nothing."""
    behind = _skip_space(text, quotation.closing + 1)
    if behind < len(text) and text[behind] in _BETWEEN_CLAUSES:
        return _is_governed(text, quotation, start)
    return bool(_CONTINUATION.match(text, behind))


def _is_governed(text: str, quotation: _Enclosure, start: int) -> bool:
    """Whether a quotation stands in the middle of a clause (面对“怎么办？”), not behind a pause or a colon."""
    return bool(_ENDS_IN_A_CLAUSE.search(text[start : quotation.opening]))
