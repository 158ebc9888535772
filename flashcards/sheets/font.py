"""The font of the printed sheets: where it lies, and which characters it has."""

import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FILE = FOLDER / "QuizKaiSC-Regular.ttf"

LACKING = "〓"
"""What is printed for a character that the font lacks: the geta mark, a typesetter's sign for a missing sort."""

_WIDE_TABLE = 12    # the format of the cmap subtable that maps all of Unicode


def missing(texts: Iterable[str]) -> set[str]:
    """The characters of the texts that the font cannot print."""
    known = characters()
    return {char for text in texts for char in text if ord(char) not in known and not char.isspace()}


def printable(text: str) -> str:
    """The text with `LACKING` for every character that the font lacks.

    >>> printable("你好 ☃ ok")
    '你好 〓 ok'
    """
    lacking = missing([text])
    return "".join(LACKING if char in lacking else char for char in text)


@cache
def characters() -> frozenset[int]:
    """The code points that the font has.

    They stand in the font's `cmap` table, format 12: groups of (first code, last code, first glyph), each 32 bits
    (https://learn.microsoft.com/typography/opentype/spec/cmap).
    """
    data = FILE.read_bytes()
    cmap = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    offsets = {cmap + struct.unpack_from(">I", data, cmap + 4 + 8 * i + 4)[0] for i in range(count)}
    start = next(at for at in sorted(offsets) if struct.unpack_from(">H", data, at)[0] == _WIDE_TABLE)
    (groups,) = struct.unpack_from(">I", data, start + 12)
    spans = (struct.unpack_from(">II", data, start + 16 + 12 * i) for i in range(groups))
    return frozenset(code for first, last in spans for code in range(first, last + 1))


def _table(data: bytes, tag: bytes) -> int:
    """The offset of a table of a font file."""
    (count,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sIII", data, 12 + 16 * i) for i in range(count))
    return next(int(offset) for name, _, offset, _ in records if name == tag)
