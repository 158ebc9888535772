"""Tones as they are spoken."""

import pytest

from flashcards.chinese.sandhi import with_sandhi

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


# Words with a stroke between them, their readings, and what is spoken; the parts of words that are words themselves.
SPOKEN = {
    "一 before a neutral fourth tone": ("一 个", "yī ge", "yí ge"),
    "一 before a second tone": ("一 年", "yī nián", "yì nián"),
    "一 before a third tone": ("一 本", "yī běn", "yì běn"),
    "一 before a hundred": ("一 百", "yī bǎi", "yì bǎi"),
    "一 inside a number": ("三千一百", "sān-qiān-yī-bǎi", "sān-qiān-yī-bǎi"),
    "一 in a date": ("一月 一日", "yī-yuè yī-rì", "yī-yuè yī-rì"),
    "一 as a floor": ("一楼", "yī-lóu", "yī-lóu"),
    "一 as a school year": ("一年级", "yī-nián-jí", "yī-nián-jí"),
    "一 of a weekday": ("星期一 晚上", "xīng-qī-yī wǎn-shang", "xīng-qī-yī wǎn-shang"),
    "一 twice": ("一一", "yī-yī", "yī-yī"),
    "一 between a verb and its double": ("看一看", "kàn-yī-kàn", "kàn-yi-kàn"),
    "the same as three words": ("看 一 看", "kàn yī kàn", "kàn yi kàn"),
    "with 了": ("看 了 一 看", "kàn le yī kàn", "kàn le yi kàn"),
    "one day after another": ("一 天 一 天", "yī tiān yī tiān", "yì tiān yì tiān"),
    "不 before a neutral tone": ("不 了", "bù le", "bù le"),
    "不 at the end": ("我 不", "wǒ bù", "wǒ bù"),
    "a question with 不": ("好不好", "hǎo-bù-hǎo", "hǎo-bu-hǎo"),
    "the same as three words with 不": ("去 不 去", "qù bù qù", "qù bu qù"),
    "a question with a word of two": ("喜欢 不 喜欢", "xǐ-huan bù xǐ-huan", "xǐ-huan bu xǐ-huan"),
    "a question with half a word": ("喜不喜欢", "xǐ-bù-xǐ-huan", "xǐ-bu-xǐ-huan"),
    "a complement": ("看不见", "kàn-bù-jiàn", "kàn-bu-jiàn"),
    "another complement": ("对不起", "duì-bù-qǐ", "duì-bu-qǐ"),
    "no complement": ("要不是", "yào-bù-shì", "yào-bú-shì"),
    "three third tones, two and one": ("展览馆", "zhǎn-lǎn-guǎn", "zhán-lán-guǎn"),
    "three third tones, one and two": ("小老虎", "xiǎo-lǎo-hǔ", "xiǎo-láo-hǔ"),
    "one and two again": ("纸老虎", "zhǐ-lǎo-hǔ", "zhǐ-láo-hǔ"),
    "four third tones": ("岂有此理", "qǐ-yǒu-cǐ-lǐ", "qí-yǒu-cí-lǐ"),
    "three words": ("我 很 好", "wǒ hěn hǎo", "wó hén hǎo"),
    "four words": ("我 也 想 买", "wǒ yě xiǎng mǎi", "wó yě xiáng mǎi"),
    "five words": ("我 也 想 买 酒", "wǒ yě xiǎng mǎi jiǔ", "wó yě xiáng mái jiǔ"),
    "a word that has changed": ("买 雨伞", "mǎi yǔ-sǎn", "mǎi yú-sǎn"),
    "two words that meet": ("我 喜欢", "wǒ xǐ-huan", "wó xǐ-huan"),
    "words of two that meet": ("水果 好吃", "shuǐ-guǒ hǎo-chī", "shuí-guó hǎo-chī"),
    "a mark between third tones": ("好 ， 你", "hǎo - nǐ", "hǎo - nǐ"),
    "a neutral tone between": ("你 的 手", "nǐ de shǒu", "nǐ de shǒu"),
}
PARTS = {"展览", "老虎"}


def syllables(text: str) -> list[tuple[str, ...]]:
    """The words of a line, a space between them and a hyphen between syllables; "-" for a mark without one."""
    return [("",) if word == "-" else tuple(word.split("-")) for word in text.split(" ")]


@pytest.mark.parametrize(("text", "citation", "spoken"), SPOKEN.values(), ids=SPOKEN)
def test_spoken(text: str, citation: str, spoken: str) -> None:
    assert with_sandhi(syllables(citation), text.split(" "), PARTS.__contains__) == syllables(spoken)
