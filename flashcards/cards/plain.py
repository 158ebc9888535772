"""Fields of notes as plain text again, for what knows neither HTML nor Anki's notation."""

import html
import re
from collections.abc import Iterator

_SOUND = re.compile(r"\[sound:[^\]]*\]")
_READING = re.compile(r" ?([^ \[\]<>{}]+)\[[^\]]*\]")
_CLOZE = re.compile(r"\{\{c\d+::(.*?)\}\}", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")
_SENTINEL = "\x00"
"""No field has it: control characters are taken out of all of them."""


def plain(field: str) -> str:
    r"""The text that a learner reads in a field, without readings; a line break is one, a cloze shows its answer.

    What `anki_text` and `anki_ruby` have made of a text is that text again. Raw brackets and braces are always
    notation, since those of a text are entities.

    >>> plain("SCO  上海[shàng hǎi]是{{c1::<mark>好[hǎo]</mark>}}&#91;1]<br>a&amp;b")
    'SCO 上海是好[1]\na&b'
    """
    return _text(_CLOZE.sub(r"\1", _without_readings(field)))


def _without_readings(field: str) -> str:
    """Before clozes are taken out: their braces, too, part a word from a space before it."""
    return _READING.sub(r"\1", _SOUND.sub("", field))


def _text(markup: str) -> str:
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", markup)))


def blanked(field: str, blank: str) -> tuple[str, tuple[str, ...]]:
    """A field with clozes as plain text with a blank for each, and the answers in the order of the blanks.

    >>> blanked("{{c2::上海[shàng hǎi]}}是 {{c1::好[hǎo]}}", "__")
    ('__是 __', ('上海', '好'))
    """
    field = _without_readings(field)
    answers = tuple(map(_text, _CLOZE.findall(field)))
    return _text(_CLOZE.sub(_SENTINEL, field)).replace(_SENTINEL, blank), answers


def lines(field: str) -> Iterator[str]:
    """The lines of a field as plain text, without empty ones."""
    yield from (line.strip() for line in plain(field).split("\n") if line.strip())
