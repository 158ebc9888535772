"""What every printed sheet shares: Typst and its font, texts that the font can print, the two languages of a title."""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from flashcards import markup
from flashcards.model import HAN, Finding
from flashcards.sheets import font

if TYPE_CHECKING:
    import typst

Paper = Literal["a4", "us-letter"]
Data = dict[str, Any]
"""A value that becomes JSON; each template says at its head what it reads."""

_FOLDER = Path(__file__).parent
_HAN = re.compile(f"[{HAN}]")
_PARTED = re.compile(r"[^\sA-Za-z/|·—-]*([\s/|·—-]+)")    # what still belongs to the Chinese, and what parts it off
_LATIN = re.compile("[A-Za-z]")


def typeset(template: str, data: Data, paper: Paper) -> bytes:
    """The data as a tagged, searchable PDF, set by a template of this folder; the same data give the same bytes."""
    import typst

    return typst.compile(
        _FOLDER / template,
        root=_FOLDER,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "paper": paper},
        timestamp=0,
    )


@cache
def _fonts() -> "typst.Fonts":
    """Nothing but the sheets' own font, so that a sheet looks the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font.FOLDER])


def unprintable(texts: Iterable[str]) -> tuple[Finding, ...]:
    """What a sheet with these texts cannot show."""
    lacking = sorted(font.missing(texts))
    if not lacking:
        return ()
    message = f"the print font has no {' '.join(lacking)}; the sheet shows {font.LACKING} instead"
    return (Finding("sheets", None, "warning", message, "write them in on the printed sheet"),)


def plain(text: str) -> str:
    """The text in one line, without control characters and without characters that the font lacks."""
    return font.printable(re.sub(r"\s+", " ", markup.terminal(text)))


def title_parts(text: str) -> tuple[str, str]:
    """A title's Chinese and its English, if it is Chinese followed by English, and else all of it and "".

    >>> title_parts("春节 The Spring Festival"), title_parts("Unit 3 春节")
    (('春节', 'The Spring Festival'), ('Unit 3 春节', ''))
    """
    last = max((i for i, character in enumerate(text) if _HAN.match(character)), default=-1)
    parted = _PARTED.match(text, last + 1) if last >= 0 else None
    english = text[parted.end() :] if parted else ""
    return (text[: parted.start(1)], english) if parted and _LATIN.search(english) else (text, "")
