"""Numbers read out, and numerals in hanzi as words."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flashcards.chinese.numerals import Phrase, cardinal, digit_by_digit, numeral_joints, spoken_numbers
from flashcards.chinese.spelling import spelled

CARDINALS = {
    0: "líng", 2: "èr", 10: "shí", 11: "shíyī", 12: "shí'èr", 20: "èrshí", 99: "jiǔshíjiǔ", 100: "yībǎi",
    101: "yībǎi líng yī", 110: "yībǎi yīshí", 600: "liùbǎi", 1010: "yīqiān líng yīshí", 2356: "èrqiān sānbǎi wǔshíliù",
    5658: "wǔqiān liùbǎi wǔshíbā", 10_000: "yīwàn", 40_507: "sìwàn líng wǔbǎi líng qī", 100_000: "shíwàn",
    350_000: "sānshíwǔ wàn", 1_000_000: "yībǎi wàn", 1_000_001: "yībǎi wàn líng yī", 100_000_000: "yīyì",
    435_658: "sìshísān wàn wǔqiān liùbǎi wǔshíbā",
    379_435_658: "sānyì qīqiān jiǔbǎi sìshísān wàn wǔqiān liùbǎi wǔshíbā",
    900_072_356: "jiǔyì líng qīwàn èrqiān sānbǎi wǔshíliù",
    100_100_000: "yīyì líng yīshí wàn", 10**12: "yīwàn yì",
}  # fmt: skip


def line(phrase: Phrase) -> str:
    return spelled("1", ("",), said={0: phrase})


@pytest.mark.parametrize(("number", "expected"), CARDINALS.items())
def test_cardinals(number: int, expected: str) -> None:
    assert line(cardinal(number)) == expected


DIGITS = {s: i for i, s in enumerate("líng yī èr sān sì wǔ liù qī bā jiǔ".split())}
UNITS = {"shí": 10, "bǎi": 100, "qiān": 1000}


def parsed(words: Phrase) -> int:
    """The number that the words say."""
    total = section = digit = 0
    for syllable in (s for word in words for s in word):
        if syllable in DIGITS:
            digit = DIGITS[syllable]
        elif syllable in UNITS:
            section += (digit or 1) * UNITS[syllable]
            digit = 0
        elif syllable == "wàn":
            total += (section + digit) * 10**4
            section = digit = 0
        else:
            total = (total + section + digit) * 10**8
            section = digit = 0
    return total + section + digit


@settings(derandomize=True, max_examples=500)
@given(st.one_of(st.integers(0, 10**12), st.integers(0, 10**5), st.integers(0, 999).map(lambda n: n * 10**6 + n)))
@example(10**12)
@example(100_100_010)
def test_numbers_come_back(number: int) -> None:
    words = cardinal(number)
    assert parsed(words) == number
    assert line(words).replace("'", "").split() == ["".join(word) for word in words]
    assert spoken_numbers(f"有{number:,}人") == [(1, 1 + len(f"{number:,}"), words)] or number == 2


@settings(derandomize=True)
@given(st.text("0123456789", min_size=17, max_size=30))
def test_long_numbers_are_read_by_digits(digits: str) -> None:
    assert [phrase for _, _, phrase in spoken_numbers(digits)] == [digit_by_digit(digits)]


# A sentence, and its numbers as they are read out, with strokes between them.
READ_OUT = {
    "a date": ("2020年11月10日", "èr líng èr líng | shíyī | shí"),
    "a date in marks": ("2020-11-10", "èr líng èr líng nián shíyī yuè shí rì"),
    "a date in strokes": ("2020/1/2", "èr líng èr líng nián yī yuè èr rì"),
    "a year with a space": ("2020 年", "èr líng èr líng"),
    "years from to": ("2021—2025年", "èr líng èr yī zhì èr líng èr wǔ"),
    "years with 至": ("1941至1944年", "yī jiǔ sì yī | yī jiǔ sì sì"),
    "a year of three digits": ("公元506年", "wǔ líng liù"),
    "a decade": ("1990年代", "yī jiǔ jiǔ líng"),
    "a short year before a month": ("98年5月", "jiǔ bā | wǔ"),
    "two digits are a duration": ("75年前", "qīshíwǔ"),
    "so are three": ("300年", "sānbǎi"),
    "more than 2000 years": ("2000多年", "èrqiān"),
    "nearly 2000 years": ("近2000年", "èrqiān"),
    "for 1000 years": ("1000年来", "yīqiān"),
    "a century": ("20世纪", "èrshí"),
    "an ordinal": ("第20次", "èrshí"),
    "a second one": ("第2个", "èr"),
    "people": ("600名", "liùbǎi"),
    "two of something": ("2个", "liǎng"),
    "two years": ("2年", "liǎng"),
    "second school year": ("2年级", "èr"),
    "the second of February": ("2月2日", "èr | èr"),
    "twelve of something": ("12个", "shí'èr"),
    "one or two": ("1-2个", "yī zhì liǎng"),
    "per cent": ("3.5%", "bǎi fēn zhī sān diǎn wǔ"),
    "per cent, full-width": ("３．５％", "bǎi fēn zhī sān diǎn wǔ"),
    "per mille": ("8.5‰", "qiān fēn zhī bā diǎn wǔ"),
    "per cent from to": ("3-5%", "bǎi fēn zhī sān zhì wǔ"),
    "per cent from to, twice": ("3%～5%", "bǎi fēn zhī sān zhì bǎi fēn zhī wǔ"),
    "a fraction": ("1/3", "sān fēn zhī yī"),
    "a time": ("12:30", "shí'èr diǎn sānshí fēn"),
    "a time on the hour": ("8:00", "bā diǎn"),
    "a time with a zero": ("08:05", "bā diǎn líng wǔ fēn"),
    "a time at two": ("2:30", "liǎng diǎn sānshí fēn"),
    "a time with seconds": ("12:30:05", "shí'èr diǎn sānshí fēn líng wǔ miǎo"),
    "times from to": ("9:00-11:30", "jiǔ diǎn zhì shíyī diǎn sānshí fēn"),
    "a time, full-width": ("１２：３０", "shí'èr diǎn sānshí fēn"),
    "a score": ("3:2", "sān bǐ èr"),
    "commas": ("1,000,000", "yībǎi wàn"),
    "numbers in a list": ("1,2,3", "yī | èr | sān"),
    "a decimal with 亿": ("1.2亿", "yī diǎn èr yì"),
    "亿": ("3亿", "sānyì"),
    "万": ("10万人", "shíwàn"),
    "万 behind more": ("35万", "sānshíwǔ wàn"),
    "千万": ("5千万", "wǔqiān wàn"),
    "千米 is a unit": ("5千米", "wǔ"),
    "less than one": ("0.5", "líng diǎn wǔ"),
    "a long decimal": ("3.14159", "sān diǎn yī sì yī wǔ jiǔ"),
    "below zero": ("-5", "fù wǔ"),
    "below zero, behind a word": ("气温-5度", "fù wǔ"),
    "from one day to another": ("5日-8日", "wǔ | zhì bā"),
    "from to": ("3-5", "sān zhì wǔ"),
    "from to, with a dash": ("3—5天", "sān zhì wǔ"),
    "a leading zero": ("007", "líng líng qī"),
    "a telephone": ("010-12345678", "líng yāo líng yāo èr sān sì wǔ liù qī bā"),
    "a mobile telephone": ("13812345678", "yāo sān bā yāo èr sān sì wǔ liù qī bā"),
    "what is called a number": ("编号：12345", "yāo èr sān sì wǔ"),
    "yuan": ("¥100", "yībǎi yuán"),
    "dollars": ("$5.5", "wǔ diǎn wǔ měiyuán"),
    "degrees": ("20℃", "èrshí shèshìdù"),
    "a version": ("3.2.1", "sān diǎn èr diǎn yī"),
    "full-width digits": ("２０２０年", "èr líng èr líng"),
    "Latin letters before": ("G20", ""),
    "Latin letters and a hyphen": ("COVID-19", ""),
    "Latin letters behind": ("5G", ""),
    "a unit in Latin letters": ("1.5km", ""),
    "a version with a letter": ("v1.2.3", ""),
    "none": ("没有数字", ""),
}


@pytest.mark.parametrize(("text", "expected"), READ_OUT.values(), ids=READ_OUT)
def test_read_out(text: str, expected: str) -> None:
    assert " | ".join(line(phrase) for _, _, phrase in spoken_numbers(text)) == expected


@settings(derandomize=True, max_examples=400)
@given(st.text("0123456789.,:/-%年月日第个万亿G ０５％—～", max_size=20))
def test_numbers_do_not_overlap(text: str) -> None:
    found = spoken_numbers(text)
    edges = [edge for start, end, _ in found for edge in (start, end)]
    assert edges == sorted(edges)
    assert all(phrase and any(c.isdecimal() for c in text[start:end]) for start, end, phrase in found)


WORDS = """
    二十一  十二  一百 零 五  二千 三百 五十六  九亿 零 七万 二千 三百 五十六  十亿  三十五 万  一万 亿
    六十三 亿 七千 二百 六十八 万 四千 零 九十五  十万  两万  一百 万
    第-一  第-十三  第-二十 次  第-三百 五十六  第-一 个
    一 个  两 次  十几 个  几十 年  数十 年  二十 多 年  一百 多 个
    七-八 个  三-五 天  十五-六 岁  三-四十
    二 〇 〇 八 年  一 九 四 九 年  五 月  十一 月  四 日
    三 分 之 一  百 分 之 三十
""".split("  ")


@pytest.mark.parametrize("expected", [w.strip() for w in WORDS if w.strip()])
def test_numerals_as_words(expected: str) -> None:
    text = expected.replace(" ", "").replace("-", "")
    joints = numeral_joints(text)
    assert joints is not None
    breaks, hyphens = joints
    written = "".join(("-" if i in hyphens else " " if i in breaks else "") + c for i, c in enumerate(text))
    assert written == expected


@pytest.mark.parametrize("word", "一切 一点 万一 十分 百万 发展 三月份".split())
def test_what_is_no_numeral(word: str) -> None:
    assert numeral_joints(word) is None
