import pytest

from flashcards.chinese import Analyser
from flashcards.lexicon import Lexicon
from flashcards.markup import anki_ruby, pinyin_line


def syllables(analyser: Analyser, text: str) -> list[str]:
    return [s for word in analyser.words(analyser.cut(text)) for s in word.reading]


# A sentence, the character that is asked, and its reading; the first seven are those that a plain dictionary misreads.
CASES = {
    "大家一起": ("大家一起发展才是真发展", "一", "yī"),
    "各国一起": ("全球事务由各国一起商量着办", "一", "yī"),
    "青年一代": ("培养相知相亲的青年一代", "一", "yī"),
    "电子商务": ("加强电子商务领域合作", "子", "zǐ"),
    "有效运转": ("保持相关机制有效运转", "转", "zhuǎn"),
    "以史为鉴": ("我们要以史为鉴", "为", "wéi"),
    "商量着办": ("由各国一起商量着办", "量", "liang"),
    "都 as a word": ("他们都来了", "都", "dōu"),
    "慢慢地": ("他慢慢地走", "地", "de"),
    "不 is cited": ("病毒不分国界", "不", "bù"),
    "traditional": ("發展經濟", "經", "jīng"),
}


@pytest.mark.parametrize(("text", "character", "expected"), CASES.values(), ids=CASES)
def test_reading(analyser: Analyser, text: str, character: str, expected: str) -> None:
    assert syllables(analyser, text)[text.index(character)] == expected


SPELLINGS = {
    "by words": ("病毒不分国界。", "bìngdú bù fēn guójiè."),
    "names with capitals": ("上海合作组织", "Shànghǎi Hézuò Zǔzhī"),
    "apostrophe": ("西安", "Xī'ān"),
    "quotation marks hug": ("“上海精神”，好！", "“Shànghǎi jīngshén”, hǎo!"),
    "numbers and Latin": ("2020年，COVID-19", "2020 nián, COVID-19"),
    "half-width marks": ("总统,同事:", "zǒngtǒng, tóngshì:"),
}


@pytest.mark.parametrize(("text", "expected"), SPELLINGS.values(), ids=SPELLINGS)
def test_pinyin_line(analyser: Analyser, text: str, expected: str) -> None:
    assert pinyin_line(analyser.words(analyser.cut(text))) == expected


def test_ruby_has_one_syllable_a_character(analyser: Analyser) -> None:
    assert anki_ruby(analyser.words(("你好", "，", "世界", "！"))) == "你好[nǐ hǎo]， 世界[shì jiè]！"


def test_every_field_of_a_word(analyser: Analyser) -> None:
    (word,) = analyser.words(("经济",))
    assert (word.text, word.traditional, word.reading, word.pinyin, word.zhuyin) == (
        "经济", "經濟", ("jīng", "jì"), "jīngjì", "ㄐㄧㄥ ㄐㄧˋ",
    )  # fmt: skip
    assert word.level > 0
    assert word.confidence > 0.9


def test_corrected_readings(lexicon: Lexicon) -> None:
    analyser = Analyser(lexicon, readings={"单先生": ("shàn", "xiān", "sheng")})
    words = analyser.words(("单", "先生", "好"))
    assert [word.reading for word in words] == [("shàn",), ("xiān", "sheng"), ("hǎo",)]
    assert words[0].confidence == 1.0
