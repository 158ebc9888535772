"""Words in each style: nothing is lost, and zhuyin is what pypinyin makes of the same syllables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.chinese.spelling import Style, spelled
from flashcards.chinese.syllables import numbered, toneless
from flashcards.chinese.zhuyin import zhuyin

STYLES: list[tuple[str, tuple[str, ...], Style, str]] = [
    ("女儿", ("nǚ", "ér"), "marks", "nǚ'ér"),
    ("女儿", ("nǚ", "ér"), "numbers", "nü3'er2"),
    ("女儿", ("nǚ", "ér"), "zhuyin", "ㄋㄩˇ ㄦˊ"),
    ("知道", ("zhī", "dao"), "marks", "zhīdao"),
    ("知道", ("zhī", "dao"), "numbers", "zhi1dao5"),
    ("知道", ("zhī", "dao"), "zhuyin", "ㄓ ˙ㄉㄠ"),
    ("方案", ("fāng", "àn"), "marks", "fāng'àn"),
    ("皮袄", ("pí", "ǎo"), "marks", "pí'ǎo"),
    ("旅客", ("lǚ", "kè"), "marks", "lǚkè"),
    ("战略", ("zhàn", "lüè"), "numbers", "zhan4lüe4"),
    ("战略", ("zhàn", "lüè"), "zhuyin", "ㄓㄢˋ ㄌㄩㄝˋ"),
    ("花儿", ("huā", "r"), "marks", "huār"),
    ("花儿", ("huā", "r"), "numbers", "hua1r5"),
    ("花儿", ("huā", "r"), "zhuyin", "ㄏㄨㄚㄦ"),
    ("一会儿", ("yī", "huì", "r"), "marks", "yīhuìr"),
    ("一会儿", ("yī", "huì", "r"), "zhuyin", "ㄧ ㄏㄨㄟˋㄦ"),
    ("2020", ("",) * 4, "marks", "2020"),
    ("2020", ("",) * 4, "zhuyin", "2020"),
    ("２０２０", ("",) * 4, "marks", "2020"),
    ("T恤", ("", "xù"), "marks", "T xù"),
    ("卡拉OK", ("kǎ", "lā", "", ""), "marks", "kǎlā OK"),
    ("卡拉OK", ("kǎ", "lā", "", ""), "zhuyin", "ㄎㄚˇ ㄌㄚ OK"),
    ("《", ("",), "marks", "“"),
    ("、", ("",), "marks", ","),
    ("……", ("", ""), "marks", "……"),
    ("☯", ("",), "marks", "☯"),
    ("，", ("",), "zhuyin", "，"),
]


@pytest.mark.parametrize(("text", "reading", "style", "expected"), STYLES)
def test_styles(text: str, reading: tuple[str, ...], style: Style, expected: str) -> None:
    assert spelled(text, reading, style) == expected


CHARACTERS = st.sampled_from([("好", "hǎo"), ("安", "ān"), ("儿", "r"), *((c, "") for c in "a9，。《》（—·☯𠀀%😀１")])
MARKS = dict(zip("，。《》（—１", ",.“”(–1", strict=True))


@settings(derandomize=True, max_examples=300)
@given(st.lists(CHARACTERS, max_size=12), st.sets(st.integers(0, 12)), st.sets(st.integers(0, 12)))
def test_no_character_is_lost(
    word: list[tuple[str, str]], breaks: set[int], hyphens: set[int]
) -> None:
    text, reading = "".join(c for c, _ in word), [s for _, s in word]
    there = "".join(s or MARKS.get(c, c) for c, s in word)
    for each in (spelled(text, reading), spelled(text, reading, breaks=breaks, hyphens=hyphens)):
        assert "".join(c for c in each if c not in " '-") == "".join(c for c in there if c not in "·")
    numbers = spelled(text, reading, "numbers")
    assert all(numbered(s) in numbers for _, s in word if s)


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
