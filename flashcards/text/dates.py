"""The day that a text gives for itself in its dateline."""

import re
from collections.abc import Iterable

from flashcards.model import Sentence
from flashcards.text.standalone import is_standalone

NEAR_THE_BEGINNING = 12
"""In so many sentences of each language, titles and names among them, a dateline is looked for."""

_DIGITS = "〇零一二三四五六七八九"
_VALUES = str.maketrans(_DIGITS, "00123456789")
_ZH = re.compile(rf"([\d{_DIGITS}]{{4}})\s*年\s*([\d{_DIGITS}十]{{1,3}})\s*月(?:\s*([\d{_DIGITS}十]{{1,3}})\s*日)?")
_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s(?:{_DAY},?\s)?(\d{{4}})\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b{_DAY}\s{_MONTH},?\s(\d{{4}})\b", re.IGNORECASE)


def date_of(sentences: Iterable[Sentence]) -> str:
    """The day of the first dateline near the text's beginning, "2020-11-10", or its month, "2020-11"; "" if none is."""
    left = {"zh": NEAR_THE_BEGINNING, "en": NEAR_THE_BEGINNING}
    for sentence in sentences:
        left[sentence.lang] -= 1
        if left[sentence.lang] < 0 or not is_standalone(sentence.text, sentence.lang):
            continue
        if date := read_date(sentence.text):
            return date
    return ""


def read_date(text: str) -> str:
    """The first whole date in a text, as ISO 8601 writes it; "" if there is none.

    >>> read_date("2020年11月10日, 北京"), read_date("二〇二〇年十一月十日"), read_date("Beijing, 3rd Sept. 2015")
    ('2020-11-10', '2020-11-10', '2015-09-03')
    >>> read_date("(June 2019)"), read_date("11月10日"), read_date("February 31, 2020")
    ('2019-06', '', '')
    """
    if found := _ZH.search(text):
        return _iso(*(_number(part) if part else None for part in found.groups()))
    if found := _DAY_FIRST.search(text):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.search(text):
        month, day, year = found.groups()
    else:
        return ""
    return _iso(int(year), _MONTHS[month[:3].casefold()], int(day) if day else None)


def _iso(year: int | None, month: int | None, day: int | None) -> str:
    import datetime  # few texts have a dateline

    try:
        whole = datetime.date(year or 0, month or 0, day or 1).isoformat()
    except ValueError:
        return ""
    return whole if day else whole[:7]


def _number(numeral: str) -> int:
    """A numeral up to 31, or the digits of a year.

    >>> _number("二十一"), _number("十"), _number("〇八"), _number("二零二〇"), _number("12")
    (21, 10, 8, 2020, 12)
    """
    tens, ten, ones = numeral.translate(_VALUES).rpartition("十")
    return int(ones or 0) + (10 * int(tens or 1) if ten else 0)
