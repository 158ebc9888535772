"""Make the font of the printed sheets, `Quiz Kai SC`, out of LXGW WenKai (SIL Open Font License 1.1).

    python tools/subset_font.py /usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf

needs `pip install fonttools pypinyin-dict`. The same input gives the same bytes.

"LXGW" and "霞鹜" are reserved font names, so the subset carries another; copyright and licence records stay.
"""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pypinyin_dict.pinyin_data import ktghz2013

FAMILY = "Quiz Kai SC"
TARGET = Path(__file__).parents[1] / "flashcards/sheets/fonts/QuizKaiSC-Regular.ttf"

_NAMES = {
    1: FAMILY,
    3: f"{FAMILY}:subset",
    4: FAMILY,
    6: "QuizKaiSC-Regular",
}
_BLOCKS = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A: ā é ě ò ü
    (0x01CD, 0x01DC),  # ǎ ǐ ǒ ǔ ǖ ǘ ǚ ǜ
    (0x01F8, 0x01F9),  # ǹ
    (0x0250, 0x036F),  # IPA, modifier letters, combining marks
    (0x1E3E, 0x1E3F),  # ḿ
    (0x1EBE, 0x1EC5),  # ế ề, as in zhuyin's ê
    (0x2000, 0x20CF),  # punctuation, superscripts, currencies
    (0x2100, 0x2199),  # letter-like symbols, fractions, Roman numerals, arrows
    (0x2460, 0x24FF),  # circled numbers
    (0x2713, 0x2717),  # ticks and crosses
    (0x2E3A, 0x2E3A),  # two-em dash
    (0x3000, 0x30FF),  # CJK punctuation, kana
    (0x3105, 0x312F),  # bopomofo
    (0xFE30, 0xFE4F),  # compatibility punctuation
    (0xFF01, 0xFFEE),  # full-width forms
)


def characters() -> set[int]:
    """The code points that a lesson may need: the characters of three standards, and `_BLOCKS`."""
    wanted = {code for first, last in _BLOCKS for code in range(first, last + 1)}
    wanted |= ktghz2013.pinyin_dict.keys()  # 通用规范汉字表, 8,105 characters, by Unihan's kTGHZ2013
    wanted |= set(_two_byte_characters("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)))
    wanted |= set(_two_byte_characters("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))))
    return wanted


def _two_byte_characters(encoding: str, leads: Iterable[int], trails: Iterable[int]) -> Iterator[int]:
    for pair in (bytes((lead, trail)) for lead in leads for trail in trails):
        yield from map(ord, pair.decode(encoding, errors="ignore"))


def subset(source: Path) -> TTFont:
    """The font at `source` cut down to `characters()` and renamed.

    Hints, vertical metrics, glyph names and OpenType features go: sheets are horizontal print, and a ligature would
    only blur the text that a reader searches for.
    """
    options = Options(
        hinting=False, glyph_names=False, notdef_outline=True, name_IDs=["*"], name_languages=["*"], name_legacy=True
    )
    options.drop_tables += ["BASE", "GDEF", "GSUB", "vhea", "vmtx"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    for record in font["name"].names:
        record.string = _NAMES.get(record.nameID, record.toUnicode())
    return font


def main() -> None:
    """Write the subset to its place in the package."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("font", type=Path, help="LXGWWenKai-Regular.ttf")
    font = subset(parser.parse_args().font)
    TARGET.parent.mkdir(exist_ok=True)
    font.save(TARGET)
    print(f"{TARGET}: {len(font.getBestCmap()):,} characters, {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
