"""The characters of a PDF's page with their places, upright and in the order in which they are drawn."""

import re
import unicodedata
from collections import Counter
from ctypes import byref, c_double
from dataclasses import dataclass
from math import hypot, pi
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage  # type: ignore[import-untyped]

_HYPHEN_AT_LINE_END = 2    # what PDFium makes of it
_DISGUISED = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06]")
# Fonts that map one glyph to two characters are often saved with the rarer one. NFKC does not undo these.
_RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺼⺝⺫⻊",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟肉月目足",
)


@dataclass(frozen=True, slots=True)
class Character:
    """A character where it is printed: its edges, its baseline `y` downwards from the top, its size; all in points."""

    text: str
    left: float
    right: float
    y: float
    size: float


def characters(page: "PdfPage") -> list[Character]:
    """The characters of a page that are set in its main direction, as if it ran from left to right.

    Spaces that stand in the file are among them; others must be told from the gaps.
    """
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    text = page.get_textpage()
    try:
        found = [
            (quarter, character)
            for index in range(text.count_chars())
            if pdfium.FPDFText_IsGenerated(text.raw, index) != 1
            for quarter, character in [_character(text, index)]
        ]
    finally:
        text.close()
    if not found:
        return []
    ((main, _),) = Counter(quarter for quarter, _ in found).most_common(1)
    return [character for quarter, character in found if quarter == main]


def _character(text: "PdfTextPage", index: int) -> tuple[int, Character]:
    """A character, and the number of quarter turns by which its line is turned (-1: by any other angle)."""
    import pypdfium2.raw as pdfium

    code = pdfium.FPDFText_GetUnicode(text.raw, index)
    turns = -pdfium.FPDFText_GetCharAngle(text.raw, index) / (pi / 2)    # PDFium counts them clockwise
    quarter = round(turns) % 4 if abs(turns - round(turns)) < 0.05 else -1
    x, y = c_double(), c_double()
    pdfium.FPDFText_GetCharOrigin(text.raw, index, byref(x), byref(y))
    left, bottom, right, top = text.get_charbox(index, loose=True)
    for _ in range(quarter if quarter > 0 else 0):
        left, bottom, right, top = bottom, -right, top, -left
        x.value, y.value = y.value, -x.value
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text.raw, index, byref(matrix))
    size = pdfium.FPDFText_GetFontSize(text.raw, index) * hypot(matrix.c, matrix.d)    # boxes differ between fonts
    return quarter, Character(spelled(code), left, right, -y.value, size or top - bottom)


def spelled(code: int) -> str:
    """The character for a code, spelled as elsewhere: no ligatures, and characters instead of radicals.

    >>> spelled(0xFB01), spelled(0x2F00), spelled(0x2EC5), spelled(2)
    ('fi', '一', '见', '-')
    """
    if code == _HYPHEN_AT_LINE_END:
        return "-"
    if not 0x20 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return " " if code in (9, 10, 13) else ""
    text = chr(code)
    return unicodedata.normalize("NFKC", text).translate(_RADICALS) if _DISGUISED.match(text) else text
