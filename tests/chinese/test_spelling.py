import pytest

from flashcards.chinese.sandhi import with_sandhi
from flashcards.chinese.spelling import spelled
from flashcards.chinese.syllables import toneless
from flashcards.chinese.zhuyin import zhuyin

SANDHI = {
    "一 before a fourth tone": (["一样"], [("yī", "yàng")], [("yí", "yàng")]),
    "一 before others": (["一起"], [("yī", "qǐ")], [("yì", "qǐ")]),
    "一 across words": (["一", "年"], [("yī",), ("nián",)], [("yì",), ("nián",)]),
    "一 as an ordinal": (["第一", "次"], [("dì", "yī"), ("cì",)], [("dì", "yī"), ("cì",)]),
    "一 in a number": (["二十一", "世纪"], [("èr", "shí", "yī"), ("shì", "jì")], [("èr", "shí", "yī"), ("shì", "jì")]),
    "一 at the end": (["第", "一"], [("dì",), ("yī",)], [("dì",), ("yī",)]),
    "一 at the end of a word": (["统一", "思想"], [("tǒng", "yī"), ("sī", "xiǎng")], [("tǒng", "yī"), ("sī", "xiǎng")]),
    "不 before a fourth tone": (["不", "是"], [("bù",), ("shì",)], [("bú",), ("shì",)]),
    "不 before others": (["不", "好"], [("bù",), ("hǎo",)], [("bù",), ("hǎo",)]),
    "two third tones": (["你好"], [("nǐ", "hǎo")], [("ní", "hǎo")]),
    "a mark between": (["一", "，", "是"], [("yī",), ("",), ("shì",)], [("yī",), ("",), ("shì",)]),
}


@pytest.mark.parametrize(("text", "citation", "spoken"), SANDHI.values(), ids=SANDHI)
def test_sandhi(text: list[str], citation: list[tuple[str, ...]], spoken: list[tuple[str, ...]]) -> None:
    assert with_sandhi(citation, text) == spoken


STYLES = [
    ("女儿", ("nǚ", "ér"), "marks", "nǚ'ér"),
    ("女儿", ("nǚ", "ér"), "numbers", "nü3'er2"),
    ("女儿", ("nǚ", "ér"), "zhuyin", "ㄋㄩˇ ㄦˊ"),
    ("知道", ("zhī", "dao"), "zhuyin", "ㄓ ˙ㄉㄠ"),
    ("方案", ("fāng", "àn"), "marks", "fāng'àn"),
    ("2020", ("",) * 4, "marks", "2020"),
]


@pytest.mark.parametrize(("text", "reading", "style", "expected"), STYLES)
def test_styles(text: str, reading: tuple[str, ...], style: str, expected: str) -> None:
    assert spelled(text, reading, style) == expected    # type: ignore[arg-type]


def test_zhuyin_agrees_with_pypinyin() -> None:
    from pypinyin import Style
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.style import convert

    differing = {}
    for syllable in {s for choices in PINYIN_DICT.values() for s in choices.split(",")}:
        theirs = convert(syllable, Style.BOPOMOFO, strict=True)
        theirs = f"˙{theirs[:-1]}" if theirs.endswith("˙") else theirs
        if zhuyin(syllable) != theirs:
            differing[syllable] = theirs
    assert {toneless(s) for s in differing} == {"m", "n", "ng", "hng"}    # interjections, which it gives a vowel
