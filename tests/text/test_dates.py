"""The day of a text is that of its dateline, and no other that it speaks of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.model import Place, Sentence
from flashcards.text.dates import NEAR_THE_BEGINNING, date_of, read_date

DATES = {
    "2020年11月10日，北京": "2020-11-10",
    "（2013年9月7日）": "2013-09-07",
    "二〇一三年九月七日": "2013-09-07",
    "二零二一年十二月三十一日": "2021-12-31",
    "北京 2020年11月": "2020-11",
    "Beijing, November 10, 2020": "2020-11-10",
    "10 November 2020": "2020-11-10",
    "Astana, 3rd Sept. 2015": "2015-09-03",
    "(June 2019)": "2019-06",
    "2020年13月10日": "",
    "2021年2月29日": "",
    "February 30, 2020": "",
    "11月10日": "",
    "2十年1十月": "",
    "北京": "",
    "": "",
}


@pytest.mark.parametrize(("text", "date"), DATES.items(), ids=DATES)
def test_a_date_is_read(text, date):
    assert read_date(text) == date


def units(*texts):
    return [Sentence(text, "zh" if text > "z" else "en", Place("x.md", i)) for i, text in enumerate(texts, 1)]


TEXTS = {
    "a dateline": (("讲话", "A talk", "北京，2020年11月10日", "Beijing, November 10, 2020"), "2020-11-10"),
    "the English one alone": (("讲话", "A speech", "Beijing, November 10, 2020"), "2020-11-10"),
    "a date that is spoken of": (("2020年11月10日我们在北京见面。", "We met on November 10, 2020."), ""),
    "a dateline at the end of a long text": ((*["你好。"] * NEAR_THE_BEGINNING, "2020年11月10日"), ""),
    "none": (("你好。", "Hello."), ""),
    "nothing": ((), ""),
}


@pytest.mark.parametrize(("texts", "date"), TEXTS.values(), ids=TEXTS)
def test_the_date_of_a_text(texts, date):
    assert date_of(units(*texts)) == date


@given(st.text("0123456789〇零一二十年月日, JanuaryFeb", max_size=20))
def test_any_characters(text):
    assert len(read_date(text)) in (0, 7, 10)
