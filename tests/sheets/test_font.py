"""The font of the sheets has what a lesson needs, under a name that it may carry."""

import pytest
from fontTools.ttLib import TTFont

from flashcards.sheets import font

PINYIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿĀÁǍÀĒÉĚÈŌÓǑÒ"
ZHUYIN = "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄧㄨㄩㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦˊˇˋ˙"
PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·～〓①⑳′’%°‰€£№"
GB2312_LEVEL_1 = "".join(
    bytes((lead, trail)).decode("gb2312", "ignore") for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF)
)
BIG5_LEVEL_1 = "".join(
    bytes((lead, trail)).decode("big5", "ignore") for lead in range(0xA4, 0xC6) for trail in range(0xA1, 0xFF)
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PINYIN, id="pinyin"),
        pytest.param(ZHUYIN, id="zhuyin"),
        pytest.param(PUNCTUATION, id="punctuation"),
        pytest.param(GB2312_LEVEL_1, id="GB 2312, level 1"),
        pytest.param(BIG5_LEVEL_1, id="Big5, level 1"),
        pytest.param("堃喆镕钚鿍䶮", id="characters of the 2013 table that GB 2312 lacks"),
        pytest.param("ɑəŋʂʐɕʰˈː", id="IPA"),
    ],
)
def test_nothing_is_missing(text: str) -> None:
    assert font.missing([text]) == set()


def test_what_is_missing_is_named_and_replaced() -> None:
    assert font.missing(["你𠮶 \n好☃", "☃"]) == {"𠮶", "☃"}
    assert font.printable("你𠮶好☃") == "你〓好〓"


def test_the_characters_are_those_that_the_font_maps() -> None:
    assert font.characters() == set(TTFont(font.FILE).getBestCmap())


def test_the_reserved_name_is_gone_and_the_licence_stays() -> None:
    names = TTFont(font.FILE)["name"]
    assert {str(names.getDebugName(number)) for number in (1, 4)} == {"Quiz Kai SC"}
    assert not [n for n in names.names if n.nameID != 0 and ("LXGW" in str(n) or "霞鹜" in str(n))]
    assert "LXGW" in names.getDebugName(0)
    assert "SIL Open Font License" in names.getDebugName(13)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (font.FOLDER / "OFL.txt").read_text()
