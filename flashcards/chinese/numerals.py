"""Numbers: how those in Arabic digits are read out, and how those in hanzi are divided into words.

The words are those of GB/T 16159: the numbers from eleven to ninety-nine are one word, and hundreds, thousands, 万 and
亿 are one with a single digit (or 十) before them and stand apart behind a longer number: èrqiān sānbǎi wǔshíliù,
jiǔyì, sānshíwǔ wàn.
"""

import re
from functools import cache

Phrase = tuple[tuple[str, ...], ...]
"""Words, each of marked syllables."""

_DIGITS = ("líng", "yī", "èr", "sān", "sì", "wǔ", "liù", "qī", "bā", "jiǔ")
_UNITS = {"百": "bǎi", "千": "qiān", "万": "wàn", "亿": "yì"}
_CURRENCIES: dict[str, Phrase] = {
    "¥": (("yuán",),), "￥": (("yuán",),), "$": (("měi", "yuán"),), "€": (("ōu", "yuán"),), "£": (("yīng", "bàng"),),
}  # fmt: skip
_LARGEST = 16
"""Numbers of more digits than this have no names in use; they are read digit by digit."""

_CLASSIFIERS = (
    "平方公里|平方米|立方米|千米|千克|公里|公斤|公顷|厘米|毫米|小时|分钟|刻钟|星期|年(?![级代])|点(?!\\d)|"
    "[个名位只条张件家座项种本台部辆艘架间层栋幢杯瓶盒碗包袋箱块片颗粒根支枝把双对副套组批群排篇首幅封份句门场顿遍趟"
    "次回番阵倍天周秒岁元角米克吨升亩人口头匹株棵朵滴笔桩具尊枚里尺寸斤代国方者省市县卷册类道股届期款员页步季]"
)
_BEFORE_A_CLASSIFIER = re.compile(f"\\s*(?:{_CLASSIFIERS})")

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)*)"
_UNIT = r"(?:千(?![米克瓦卡伏赫帕焦])|百(?!分)|万(?![能物一])|亿)"
_AMOUNT = rf"[-−]?[¥￥$€£]?{_NUMBER}{_UNIT}*[%‰℃]?"
_CLOCK = r"(?:2[0-4]|[01]?\d)[:：][0-5]\d(?:[:：][0-5]\d)?(?![:：]?\d)"
_TO = r"\s?[-–—~～]\s?"


@cache
def _spoken() -> re.Pattern[str]:
    """What numbers look like; compiled when it is first asked for, as it takes longer than reading a page."""
    return re.compile(
        rf"""
        (?<![A-Za-z0-9]) (?<![A-Za-z][-−.]) (?<!\d[./]) (?:
          (?P<date> [12]\d{{3}} (?P<mark>[-/.]) (?:1[0-2]|0?[1-9]) (?P=mark) (?:3[01]|[12]\d|0?[1-9]) )
        | (?P<clock> {_CLOCK} (?:{_TO}{_CLOCK})? )
        | (?P<telephone> 1[3-9]\d{{9}} | 0\d{{2,3}}-?\d{{7,8}} | \d{{3,4}}-\d{{3,4}}-\d{{4}} | \d{{3,4}}-\d{{7,8}} )
        | (?P<fraction> \d+/\d+ )
        | (?P<ratio> \d+(?:[:：]\d+)+ )
        | (?P<range> (?P<from>{_AMOUNT}) {_TO} (?P<to>{_AMOUNT}) )
        | (?P<amount> {_AMOUNT} )
        )
        (?![A-Za-z0-9]) (?![-−][A-Za-z]) (?![-–—~～./:：]\d)
        """,
        re.VERBOSE,
    )


_PARTS = re.compile(
    rf"(?P<sign>[-−]?)(?P<currency>[¥￥$€£]?)(?P<number>{_NUMBER})(?P<units>[百千万亿]*)(?P<behind>[%‰℃]?)"
)
_SHARES = {"%": "bǎi", "‰": "qiān"}
_SAME_MEASURE = re.compile(r"\d\s?[年月日号时点分秒页元岁度个米%℃]{1,2}$")
_FULL_WIDTH = {0xFF10 + digit: ord("0") + digit for digit in range(10)} | {
    ord(wide): ord(narrow) for wide, narrow in zip("．％／－＄", ".%/-$", strict=True)
}

_CALLED = re.compile(r"(?:电话|手机|热线|传真|拨打|号码|编号|邮编|邮政编码|密码|账号|学号|车牌)[是为号：:\s]{0,3}$")
"""Behind these words digits are a name, not a number."""

_A_YEAR = re.compile(r"\s*(?:[至到]\s*\d{4}\s*)?年(?!\s*(?:来|之久|间|的?历史|的时间))")
_SHORT_YEAR = re.compile(r"\s*年\s*\d{1,2}\s*月")
_HOW_LONG = re.compile(r"(?:[近约超逾]|超过|大约|将近|长达|历时|整整|过去|前后)\s*$")

_DIGIT = "〇零一二三四五六七八九两几"
_NUMERAL = f"[{_DIGIT}十百千万亿数]+"
_MEASURED = re.compile(
    rf"(?P<ordinal>第?)(?P<numeral>{_NUMERAL})(?P<about>[多余来]?)"
    rf"(?P<measure>(?:{_CLASSIFIERS}|[月日号点分年]|世纪|年代|年级)?)"
)
_BEHIND_A_NUMBER = re.compile(rf"[多余](?:{_CLASSIFIERS})|[年月日天][前后间时底初内来中末起]|个[人月]|米[长宽高深远处]")
_PARTED = re.compile(rf"(?P<of>{_NUMERAL}|百|千|万)分之(?P<number>{_NUMERAL})")
_LEXICAL = frozenset("一点 一块 一道 一度 一方 一头 一口 一把 一一 万一 万分 十分 百分 半天".split())
"""Words made like a numeral and a classifier that are no longer read as such."""

_NUMERAL_WORD = re.compile(
    f"[一二三四五六七八九两几数]?十[一二三四五六七八九几]?|[一二三四五六七八九两几数]?[百千]|[万亿]|[{_DIGIT}数]"
)


def cardinal(number: int) -> Phrase:
    """The words of a whole number from 0.

    >>> [" ".join("".join(w) for w in cardinal(n)) for n in (0, 12, 110, 907_002_356, 350_000)]
    ['líng', 'shíèr', 'yībǎi yīshí', 'jiǔyì líng qībǎi wàn èrqiān sānbǎi wǔshíliù', 'sānshíwǔ wàn']
    """
    return _cardinal(number, first=True)


def _cardinal(number: int, first: bool) -> Phrase:
    """The words of a number; `first` says that nothing stands before it, so that ten is shí and not yīshí."""
    for size, unit in ((10**8, "yì"), (10**4, "wàn"), (1000, "qiān"), (100, "bǎi")):
        if number >= size:
            count, rest = divmod(number, size)
            words = _counted(_cardinal(count, first), unit)
            if not rest:
                return words
            skipped: Phrase = (("líng",),) if rest < size // 10 else ()
            return words + skipped + _cardinal(rest, first=False)
    tens, ones = divmod(number, 10)
    if not tens:
        return ((_DIGITS[ones],),)
    spelled_tens = [] if tens == 1 and first else [_DIGITS[tens]]
    return ((*spelled_tens, "shí", *([_DIGITS[ones]] if ones else [])),)


def _counted(words: Phrase, unit: str) -> Phrase:
    """A count and its unit: one word if the count is a single digit, or ten."""
    return ((*words[0], unit),) if len(words) == 1 and len(words[0]) == 1 else (*words, (unit,))


def digit_by_digit(digits: str, one: str = "yī") -> Phrase:
    """The digits as words of their own.

    >>> digit_by_digit("2020")
    (('èr',), ('líng',), ('èr',), ('líng',))
    """
    return tuple((one if d == "1" else _DIGITS[int(d)],) for d in digits)


def spoken_numbers(text: str) -> list[tuple[int, int, Phrase]]:
    """The numbers of a text in Arabic digits and how they are read out: (start, end, words).

    What belongs to a number is read with it: signs, units (万, 亿), currency and per cent signs. Digits with Latin
    letters before or behind them (G20, COVID-19) are names and left out.

    Read digit by digit are four digits from 1000 to 2999 before 年, two before 年 and a month, what stands behind 公元,
    numbers that begin with 0, telephone numbers (1 is yāo) and what 电话, 编号 and the like announce. Before 年 other
    numbers are a length of time, and so are four digits with a word that measures (近2000年, 1000年来, 2000多年). 2 is
    liǎng before a classifier unless it is an ordinal, a date or part of a longer number.

    Args:
        text: a sentence in simplified characters; the positions are those of its characters.
    """
    plain = text.translate(_FULL_WIDTH)
    return [(m.start(), m.end(), phrase) for m in _spoken().finditer(plain) if (phrase := _read_out(plain, m))]


def _read_out(text: str, match: re.Match[str]) -> Phrase:
    before, behind = text[: match.start()], text[match.end() :]
    written = match.group()
    if match["date"]:
        year, month, day = re.split(r"[-/.]", written)
        return (*digit_by_digit(year), ("nián",), *cardinal(int(month)), ("yuè",), *cardinal(int(day)), ("rì",))
    if match["clock"]:
        return _between([_clock(re.split("[:：]", time)) for time in re.split(_TO, written)], "zhì")
    if match["telephone"] or (_CALLED.search(before) and re.fullmatch(r"[\d-]{3,}", written)):
        return digit_by_digit(written.replace("-", ""), one="yāo")
    if match["fraction"]:
        part, whole = written.split("/")
        return (*_number(whole), ("fēn",), ("zhī",), *_number(part))
    if match["ratio"]:
        return _between([_number(n) for n in re.split("[:：]", written)], "bǐ")
    if match["range"]:
        start, end = match["from"], match["to"]
        shared = end[-1] if end[-1] in "%‰" and start[-1] not in "%‰" else ""
        one = _amount(start + shared, "", behind if _is_year(start, "", behind) else "")
        other = _amount(end.removesuffix(shared) if shared else end, before, behind)
        return (*one, ("zhì",), *other)
    return _amount(written, before, behind)


def _clock(parts: list[str]) -> Phrase:
    """Hours, minutes and seconds: no minutes on the hour, and a zero before less than ten of them."""
    hour, *rest = map(int, parts)
    words: Phrase = (("liǎng",) if hour == 2 else cardinal(hour)[0], ("diǎn",))
    if not any(rest):
        return words
    for value, unit in zip(rest, ("fēn", "miǎo"), strict=False):
        words += ((("líng",),) if value < 10 and value else ()) + cardinal(value) + ((unit,),)
    return words


def _between(phrases: list[Phrase], word: str) -> Phrase:
    return tuple(w for i, phrase in enumerate(phrases) for w in (*([(word,)] if i else []), *phrase))


def _is_year(number: str, before: str, behind: str) -> bool:
    """Whether the number, between these texts, names a year."""
    if re.search(r"公元前?\s*$", before):
        return number.isdecimal()
    if re.fullmatch(r"[12]\d{3}", number):
        return bool(_A_YEAR.match(behind)) and not _HOW_LONG.search(before)
    return bool(re.fullmatch(r"\d{2}", number) and _SHORT_YEAR.match(behind))


def _amount(written: str, before: str, behind: str) -> Phrase:
    """A number with its sign, units, currency and per cent sign, between the texts before and behind it."""
    if _is_year(written, before, behind):
        return digit_by_digit(written)
    parts = _PARTS.fullmatch(written)
    assert parts is not None
    number, units = parts["number"], parts["units"]
    if number == "2" and not units and not before.endswith("第") and _BEFORE_A_CLASSIFIER.match(behind):
        words: Phrase = (("liǎng",),)
    else:
        words = _number(number)
    for i, unit in enumerate(units):
        words = _counted(words, _UNITS[unit]) if "." not in number and not i else (*words, (_UNITS[unit],))
    behind_it = parts["behind"]
    if behind_it in _SHARES:
        words = ((_SHARES[behind_it],), ("fēn",), ("zhī",), *words)
    elif behind_it:
        words = (*words, ("shè", "shì", "dù"))
    if parts["sign"]:    # 5日-8日 is a range, 气温-5度 a number below zero
        words = (("zhì",) if _SAME_MEASURE.search(before) else ("fù",), *words)
    return (*words, *_CURRENCIES.get(parts["currency"], ()))


def _number(digits: str) -> Phrase:
    """Digits with commas and points: a decimal's places are read one by one, a version's parts as numbers."""
    whole, *rest = digits.replace(",", "").split(".")
    is_name = len(whole) > _LARGEST or (whole[0] == "0" and len(whole) > 1)
    head = digit_by_digit(whole) if is_name else cardinal(int(whole))
    if len(rest) == 1:
        return (*head, ("diǎn",), *digit_by_digit(rest[0]))
    return _between([head, *map(_number, rest)], "diǎn")


def numeral_joints(text: str) -> tuple[frozenset[int], frozenset[int]] | None:
    """Where a word that is a numeral in hanzi is written apart, and with a hyphen; None if it is none.

    The word may be an ordinal, and may have a classifier or the name of a part of a date behind it: both stand apart.
    Two neighbouring digits mean "some" and are hyphened, other digits without a unit stand each for itself, as in a
    year.

    Args:
        text: a word in simplified characters.

    >>> numeral_joints("二千三百五十六"), numeral_joints("第十三"), numeral_joints("七八个"), numeral_joints("一切")
    ((frozenset({2, 4}), frozenset()), (frozenset(), frozenset({1})), (frozenset({2}), frozenset({1})), None)
    """
    if text in _LEXICAL:
        return None
    if match := _PARTED.fullmatch(text):
        of, number = match.span("of"), match.span("number")
        breaks = {of[1], of[1] + 1, number[0]}
        for start, end in (of, number):
            breaks |= {start + at for at in _words_of(text[start:end])[0]}
        return frozenset(breaks), frozenset()
    match = _MEASURED.fullmatch(text)
    if not match or not (match["measure"] or match["ordinal"] or set(text) & set(_DIGIT + "十数")):
        return None
    start = match.start("numeral")
    breaks, hyphens = _words_of(match["numeral"])
    breaks = {start + at for at in breaks} | {match.start(part) for part in ("about", "measure") if match[part]}
    hyphens = {start + at for at in hyphens} | ({start} if match["ordinal"] else set())
    return frozenset(breaks), frozenset(hyphens)


def _words_of(numeral: str) -> tuple[set[int], set[int]]:
    """Where a numeral's second and further words begin, and where a hyphen stands."""
    if not set(numeral) & set("十百千万亿"):
        if len(numeral) == 2 and _is_about(numeral):
            return set(), {1}
        return set(range(1, len(numeral))), set()
    if not set(numeral) & set(_DIGIT + "十数"):    # 百万, 千万: words of the dictionary
        return set(), set()
    breaks: set[int] = set()
    hyphens: set[int] = set()
    count = 0    # the words since the last 万 or 亿, without 零
    length = 0    # of the last one
    for word in _NUMERAL_WORD.finditer(numeral):
        if word.group() in ("万", "亿"):
            if not (count == 1 and length == 1):
                breaks.add(word.start())
            count = 0 if word.group() == "亿" else 2
            continue
        neighbours = numeral[word.start() - 1 : word.start() + 1] if word.start() else ""
        (hyphens if _is_about(neighbours) else breaks).add(word.start())
        if word.group() not in ("零", "〇"):
            count, length = count + 1, len(word.group())
    return breaks - {0}, hyphens


def _is_about(digits: str) -> bool:
    """Whether two digits together mean "some": they follow each other, or are 三五."""
    return len(digits) == 2 and (digits in "一二三四五六七八九" or digits in ("两三", "三五"))


def joint_behind_a_number(word: str) -> int:
    """Where a word is written apart that the segmenter joined to the classifier of the number before it, 0 if nowhere.

    >>> [joint_behind_a_number(word) for word in ("多年", "年前", "个人", "年代", "公里")]
    [1, 1, 1, 0, 0]
    """
    return 1 if _BEHIND_A_NUMBER.fullmatch(word) else 0


def begins_with_number(text: str) -> bool:
    """Whether the text begins with a number, in digits or in hanzi."""
    return bool(re.match(rf"[\d{_DIGIT}十百千万]", text))


def ends_with_number(text: str) -> bool:
    """Whether the text ends with a number, in digits or in hanzi."""
    return bool(re.search(rf"[\d{_DIGIT}十百千万亿]\s*$", text))
