"""The numbers in both sides of a pair, with all the values that a translator may give them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

from flashcards.links.english import Token, tokens
from flashcards.links.symbols import chinese_number


class Weight(IntEnum):
    """What it says that the other side has not a number: nothing; something if that has another one instead; much."""

    LOOSE = 0
    WEAK = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in a text, the values that it may have, and what it says that the other side lacks it."""

    text: str
    values: frozenset[float]
    weight: Weight


def figure(text: str, values: Iterable[float], weight: Weight) -> Figure:
    """A figure, its values to six digits, which is as exact as numbers are translated."""
    return Figure(text, frozenset(float(f"{value:.6g}") for value in values), weight)


_SMALL = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_ONES = {word: value for value, word in enumerate((_SMALL + " seventeen eighteen nineteen").split(), 1)}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split(), 1
    )
} | {word[:-1] + "ieth": value for word, value in _TENS.items()}  # fmt: skip
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_SPANS = {"decade": 10, "century": 100, "dozen": 12, "score": 20, "millennium": 1000, "fortnight": 14}
"""What counts in lots: three decades are thirty years."""

_PLURALS = {
    "decades": "decade", "centuries": "century", "dozens": "dozen", "scores": "score", "millennia": "millennium",
}  # fmt: skip
_IMPLIED = {
    **dict.fromkeys("a an another once single only alone sole same every each whole".split(), 1),
    **dict.fromkeys(
        """both pair pairs couple couples double doubled twice dual twin twins bilateral either neither half second
        mutual""".split(), 2),
    **dict.fromkeys("triple tripled thrice trio trilateral".split(), 3),
    **dict.fromkeys("quadruple quadrupled quartet".split(), 4),
    **dict.fromkeys("centenary centennial".split(), 100),
    "bicentenary": 200, "zero": 0, "none": 0, "no": 0,
}  # fmt: skip
_SHARES = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4}
_MONTHS = {
    name: number
    for number, names in enumerate(
        """january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sep sept,october oct,
        november nov,december dec""".split(","), 1
    )
    for name in names.split()
}  # fmt: skip
_ABOUT = frozenset("about around nearly almost over some roughly approximately than least most to under up".split())
_MEASURES = frozenset(
    """foot feet inch inches mile miles pound pounds yard yards acre acres ounce ounces tael taels catty catties li mu
    jin kilometer kilometers kilometre kilometres km meter meters metre metres kilogram kilograms kilo kilos kg hectare
    hectares ton tons gallon gallons o'clock am pm""".split()
)
"""Measures that a translator converts."""


def english_figures(text: str) -> list[Figure]:
    """The numbers of an English text, in order.

    >>> [sorted(f.values) for f in english_figures("over three decades, two-thirds of 1.3 billion, in the 1990s")]
    [[3.0, 30.0], [0.666667], [1300000000.0], [90.0, 1990.0]]
    """
    return list(_english(tokens(text)))


def _english(all_tokens: Sequence[Token]) -> Iterator[Figure]:
    at = 0
    while at < len(all_tokens):
        read = _digits if all_tokens[at].text[0].isdigit() else _words
        end, found = read(all_tokens, at)
        if found is not None:
            yield found
        at = max(end, at + 1)


def _lower(all_tokens: Sequence[Token], at: int) -> str:
    return all_tokens[at].lower if 0 <= at < len(all_tokens) else ""


def _glued(all_tokens: Sequence[Token], at: int) -> bool:
    """Whether a token stands at once behind the one before it."""
    return 0 < at < len(all_tokens) and all_tokens[at].start == all_tokens[at - 1].end


def _digits(all_tokens: Sequence[Token], at: int) -> tuple[int, Figure | None]:
    token = all_tokens[at]
    plain = token.text.replace(",", "")
    if plain.count(".") > 1:
        return at + 1, None
    value = float(plain)
    values, weight, end = {value}, Weight.STRONG, at + 1
    behind = _lower(all_tokens, end) if _glued(all_tokens, end) else ""
    if behind == "s":    # the 1990s
        values.add(value % 100)
        end += 1
    elif behind in ("st", "nd", "rd", "th"):
        end += 1
    elif behind in _SHORT_SCALES:
        values.add(value * _SHORT_SCALES[behind])
        end += 1
    elif behind.isalpha() or (behind in (":", "/") and _lower(all_tokens, end + 1).isdigit()):
        weight = Weight.LOOSE    # 5G, 3:30, 24/7
    before = all_tokens[at - 1].text if _glued(all_tokens, at) else ""
    name = before == "-" and at > 1 and all_tokens[at - 2].text[:1].isupper() and _glued(all_tokens, at - 1)
    if before.isalpha() or name or before in (":", "/", "["):    # G20, COVID-19
        weight = Weight.LOOSE
    if "-" in (before, behind) or "/" in (before, behind):    # 2020-11-10
        values.add(-value)
    if at == 0 and _lower(all_tokens, end) in (".", ")", "、"):    # the number of a paragraph
        weight = Weight.LOOSE
    return _counted(all_tokens, at, end, values, weight)


def _counted(
    all_tokens: Sequence[Token], start: int, end: int, values: set[float], weight: Weight
) -> tuple[int, Figure]:
    """The number with what stands behind it: millions, decades, thirds, measures; and in front of it."""
    while True:
        following = end + (_lower(all_tokens, end) == "-")
        word = _lower(all_tokens, following)
        word = _PLURALS.get(word, word)
        if scale := _SCALES.get(word.removesuffix("s")):
            values = {value * scale for value in values}
        elif span := _SPANS.get(word):
            values |= {value * span for value in values}
        elif part := _SHARES.get(word.removesuffix("s")) or _ORDINALS.get(word.removesuffix("s"), 0):
            if part == 2 and word.startswith("second"):    # ten seconds
                break
            values = {value / part for value in values}
        else:
            break
        weight = max(weight, Weight.WEAK) if weight else weight
        end = following + 1
    if word in _MEASURES:
        weight = Weight.LOOSE
    if _lower(all_tokens, start - 1) in _ABOUT:
        weight = min(weight, Weight.WEAK)
    if "or" in (_lower(all_tokens, start - 1), _lower(all_tokens, end)):    # two or three, a word or two
        weight = Weight.LOOSE
    return end, figure(_text(all_tokens[start:end]), values, weight)


def _text(some: Sequence[Token]) -> str:
    """The tokens as they stand in the text."""
    return "".join(" " * (i > 0 and token.start > some[i - 1].end) + token.text for i, token in enumerate(some))


def _words(all_tokens: Sequence[Token], at: int) -> tuple[int, Figure | None]:
    word = _lower(all_tokens, at)
    a_hundred = word in ("a", "an") and _lower(all_tokens, at + 1) in _SCALES
    if not (word in _ONES or word in _TENS or word in _ORDINALS or a_hundred):
        return at + 1, _implied(all_tokens, at)
    total, end, is_ordinal = _spelled(all_tokens, at)
    values = {float(total)}
    if is_ordinal:
        weight = Weight.LOOSE if total <= 2 else Weight.WEAK
        return end, figure(_text(all_tokens[at:end]), values, weight)
    weight = Weight.STRONG if end > at + 1 or total > 12 else Weight.WEAK if total > 1 else Weight.LOOSE
    if a_hundred and end == at + 2:
        weight = Weight.LOOSE
    return _counted(all_tokens, at, end, values, weight)


def _spelled(all_tokens: Sequence[Token], at: int) -> tuple[float, int, bool]:
    """The value of a number in words, where it ends, and whether it is an ordinal."""
    total = section = 0.0
    limit = 100.0    # what follows is smaller
    end = at
    while True:
        joint = _lower(all_tokens, end)
        place = end + ((joint == "-" and limit == 10) or (joint == "and" and limit == 100 and end > at))
        word = _lower(all_tokens, place)
        value = _ONES.get(word) or _TENS.get(word) or (1 if word in ("a", "an") and end == at else limit)
        if value < limit:
            section += value
            limit = 10 if word in _TENS else 1
        elif _ORDINALS.get(word, limit) < limit and (end == at or place > end):
            return total + section + _ORDINALS[word], place + 1, True
        elif word == "hundred" and 0 < section < 100:
            section, limit = section * 100, 100
        elif word in _SCALES and section:
            total, section, limit = total + section * _SCALES[word], 0.0, 100
        else:
            return total + section, end, False
        end = place + 1


def _implied(all_tokens: Sequence[Token], at: int) -> Figure | None:
    """What a word says of a number without being one."""
    token = all_tokens[at]
    word = _PLURALS.get(token.lower, token.lower)
    values: list[float] = []
    if word in _IMPLIED:
        values.append(_IMPLIED[word])
    if word in _SPANS:
        values.append(_SPANS[word])
    if word in _SHARES:
        values.append(1 / _SHARES[word])
    if word.removesuffix("s") in _SCALES:
        values.append(_SCALES[word.removesuffix("s")])
    if word in _MONTHS and token.text[0].isupper():
        values.append(-_MONTHS[word])    # a month is no number of things
    if word.endswith("ies") and word[:-3] + "y" in _TENS:    # in his thirties
        values.append(_TENS[word[:-3] + "y"])
    if word.endswith("fold") and word[:-4] in _ONES:
        values.append(_ONES[word[:-4]])
    return figure(token.text, values, Weight.LOOSE) if values else None


_NUMERAL = "〇零一二三四五六七八九十百千万亿两"
_CHINESE = re.compile(
    rf"""
      (?P<century>\d+|[{_NUMERAL}]+)世纪(?P<decade>\d+|[{_NUMERAL}]+)年代
    | (?P<hundred>[百千万])分之(?P<share>\d[\d.]*|[{_NUMERAL}点]+)
    | (?P<whole>\d+|[{_NUMERAL}]+)分之(?P<part>\d+|[{_NUMERAL}]+)
    | (?P<digits>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>[百千万亿]*)
    | (?P<decimal>[{_NUMERAL}]+点[{_NUMERAL}]+)
    | (?P<numeral>[{_NUMERAL}]+)
    """,
    re.VERBOSE,
)
_WELL_FORMED = re.compile(r"(?:[一二三四五六七八九两]?[十百千万亿]+[零〇]?)+[一二三四五六七八九]?")
_NEIGHBOURS = re.compile("[一二三四五六七八九两]{2}")
_ROUND = re.compile(r"一?[十百千万亿]+")
_IMPLIED_IN_CHINESE = {"双": 2, "俩": 2, "对": 2, "半": 0.5, "仨": 3, "廿": 20, "卅": 30, "首": 1, "倍": 2, "单": 1}
_COUNTED = re.compile(
    r"\s*[个位名年月日号天次届世岁国方本条件家座项种张只头匹辆架台层口分里人章节页集部类股支把双对排步代周期级大]"
)
"""What a single digit stands before when it counts."""

_MEASURED = re.compile(r"\s*(?:公?里|[公市英华]?[尺寸丈亩斤斗石顷米吨两钱点刻更]|千克|千米|厘米|毫米|平方)")
_ABOUT_BEFORE = re.compile(r"(?:[近约超逾上过]|大约|将近|超过|至少|不到|最多)$")
_SOME_BEFORE = re.compile(r"[几数好成若]$")
_NO_NUMBER_BEFORE = re.compile(r"(?:星期|礼拜|[周初])$")
_SHORT_SCALE_ENDS = re.compile(r"[百千万亿][一二三四五六七八九]$")
_FULL_WIDTH = {0xFF10 + digit: ord("0") + digit for digit in range(10)} | {0xFF0E: ord("."), 0xFF05: ord("%")}


def chinese_figures(text: str, words: Sequence[str]) -> list[Figure]:
    """The numbers of a Chinese text, in order; those inside other words (三峡, 千方百计) count for nothing.

    Args:
        text: the text, in simplified characters.
        words: its words, which join to it.

    >>> [sorted(f.values) for f in chinese_figures("3.5亿、第二十", ["3.5亿", "、", "第二十"])]
    [[350000000.0], [20.0]]
    """
    plain = text.translate(_FULL_WIDTH).replace("元年", "一年")
    inside = _inside_words(words)
    found = [figure(c, [_IMPLIED_IN_CHINESE[c]], Weight.LOOSE) for c in text if c in _IMPLIED_IN_CHINESE]
    for match in _CHINESE.finditer(plain):
        values, weight = _value(match, plain)
        if not match["digits"] and any(inside[match.start() : match.end()]):
            weight = Weight.LOOSE
        if match.start() <= 1 and plain[match.end() : match.end() + 1] in tuple("、.．)）"):
            weight = Weight.LOOSE    # the number of a paragraph
        found.append(figure(match.group(), values, weight))
    return found


def _inside_words(words: Sequence[str]) -> list[bool]:
    """For each character whether it is part of a word that is no number."""
    ends = accumulate(len(word) for word in words)
    out = [False] * sum(len(word) for word in words)
    for word, end in zip(words, ends, strict=True):
        numeral = re.fullmatch(rf"第?[{_NUMERAL}\d.,分之点几多余来]+[个名位年月日号次届世]?纪?", word)
        if not numeral:
            out[end - len(word) : end] = [True] * len(word)
    return out


def _value(match: re.Match[str], text: str) -> tuple[set[float], Weight]:
    """The values of a number in a Chinese text, and its weight."""
    before, behind = text[: match.start()], text[match.end() :]
    if match["century"]:
        decade = chinese_number(match["decade"])
        return {(chinese_number(match["century"]) - 1) * 100 + decade, decade}, Weight.STRONG
    if match["hundred"]:
        share = _decimal(match["share"])
        return {share, share / chinese_number("一" + match["hundred"])}, Weight.STRONG
    if match["whole"]:
        whole, part = chinese_number(match["whole"]), chinese_number(match["part"])
        return {part / whole, whole} if whole and part == 1 else {part / (whole or 1)}, Weight.WEAK    # one in five
    if match["decimal"]:
        return {_decimal(match["decimal"])} | _loosely(match["decimal"]), Weight.WEAK
    written = match["digits"] + match["scale"] if match["digits"] else match["numeral"]
    if match["digits"]:
        values, weight = {chinese_number(written)}, Weight.STRONG
        if re.search(r"[A-Za-z]-?$", before) or re.match(r"[A-Za-z:：/]\d?", behind) or re.search(r"\d[:：/]$", before):
            weight = Weight.LOOSE
        if re.match(r"年代", behind):
            values.add(1900 + chinese_number(written) % 100)
    else:
        values, weight = _numeral(written, before.endswith("第"), behind)
    if behind.startswith("月"):
        months = {-value for value in values}
        values = months if match["digits"] else values | months
    if behind.startswith("成"):
        values.add(10 * max(values))
    if before.endswith("民国"):
        values.add(1911 + max(values))
    if larger := re.match("[多余几]([百千万亿]+)", behind):    # 一百多亿
        values = {value * chinese_number("1" + larger[1]) for value in values}
    uncounted = _SOME_BEFORE.search(before) or _NO_NUMBER_BEFORE.search(before) or behind.startswith("几")
    if uncounted or _MEASURED.match(behind):
        weight = Weight.LOOSE
    elif _ABOUT_BEFORE.search(before) or re.match("[多余来]", behind):
        weight = min(weight, Weight.WEAK)
    return values, weight


def _numeral(written: str, ordinal: bool, behind: str) -> tuple[set[float], Weight]:
    """The values of a number in hanzi, and its weight."""
    if len(written) > 1 and written.endswith("两"):    # 二十两 "twenty taels"
        return _numeral(written[:-1], ordinal, behind)[0], Weight.LOOSE
    value = chinese_number("一" + written if written[0] in "百千万亿" else written)
    if len(written) == 1:
        counts = written not in "一百千万亿零〇" and (ordinal or _COUNTED.match(behind))
        return {value}, Weight.WEAK if counts else Weight.LOOSE
    if not set(written) & set("十百千万亿"):
        year = behind.startswith("年") and len(written) in (2, 4)
        if year or len(written) >= 4:    # 一九四九
            return {value, 1900 + value} if len(written) == 2 else {value}, Weight.STRONG if year else Weight.WEAK
        return _loosely(written), Weight.LOOSE    # 三四 "three or four"
    if not _WELL_FORMED.fullmatch(written):
        return {value} | _loosely(written), Weight.LOOSE    # 二三十, 十四五
    values = {value}
    if _SHORT_SCALE_ENDS.search(written):    # 一百二 is 120
        unit = chinese_number("一" + written[-2])
        values.add(value - value % unit + value % unit * unit / 10)
    if behind.startswith("年代"):
        values.add(1900 + value)
    if written[0] in "百千万亿":    # 万一 "just in case"
        return values, Weight.LOOSE
    return values, Weight.WEAK if _ROUND.fullmatch(written) else Weight.STRONG


def _loosely(written: str) -> set[float]:
    """The values of the digits of a number, and of what it is with one of two neighbouring digits: 二三十, 十四五."""
    found = {chinese_number(c) for c in written if c in "十〇零一二三四五六七八九两"}
    for pair in _NEIGHBOURS.finditer(written):
        for digit in pair.group():
            found.add(chinese_number(written[: pair.start()] + digit + written[pair.end() :]))
    return found


def _decimal(written: str) -> float:
    """The value of a number that may have a decimal point, in figures or as 点."""
    whole, _, places = written.replace("点", ".").partition(".")
    if not places:
        return chinese_number(whole)
    digits = "".join(c if c.isdigit() else str(int(chinese_number(c))) for c in places)
    return chinese_number(whole or "零") + float(f"0.{digits}")


def unmatched(chinese: Sequence[Figure], english: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """The numbers of either side that differ from those of the other; none if there is only a doubt.

    A number that the other side lacks is told if it is clear (2020, twenty-five). One that may be put otherwise (two,
    第三) is told only if the other side has another one in its place.
    """
    left, right = _lacking(chinese, english), _lacking(english, chinese)
    clear = any(each.weight is Weight.STRONG for each in (*left, *right))
    return (left, right) if clear or (left and right) else ([], [])


def _lacking(own: Sequence[Figure], other: Sequence[Figure]) -> list[Figure]:
    """The numbers of one side that no number of the other equals."""
    values = {value for each in other for value in each.values}
    return [each for each in own if each.weight and values.isdisjoint(each.values)]
