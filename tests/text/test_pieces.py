"""The small judgements: languages, salutations, datelines, repairs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.text.clean import clean
from flashcards.text.languages import language
from flashcards.text.standalone import is_standalone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们学习。", "zh"),
        ("We learn.", "en"),
        ("The Shanghai Spirit (上海精神) is old.", "en"),
        ("Shanghai Spirit (上海精神)", "en"),
        ("上海合作组织（Shanghai Cooperation Organization，SCO）成员国", "zh"),
        ("（上海精神）", "zh"),
        ("我用 Google Chrome 和 Microsoft Edge。", "zh"),
        ("The word 和谐 means harmony.", "en"),
        ("第3页", "zh"),
        ("Chrome。", "zh"),
        ("GDP", "en"),
        ("学汉语，看 https://example.com/learn/chinese/with/us", "zh"),
        ("wǒ ài nǐ", None),
        ("Ta1 shi4 lu:4 se4 de5.", None),
        ("A1 B2", "en"),
        ("MP3 MP4", "en"),
        ("a café résumé", "en"),
        ("- 12 -", None),
        ("***", None),
        ("", None),
        ("https://example.com/a", None),
        ("Привет", None),
    ],
)
def test_language(text, expected):
    assert language(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "尊敬的普京总统,", "各位同事！", "女士们，先生们，朋友们：", "各位代表、各位委员：",
        "尊敬的各位元首、政府首脑：",
        "主席先生：",
        "2020年11月10日, 北京", "（2012年11月15日）", "二〇一二年十一月十五日", "北京，2020年11月",
        "Your Excellency President Vladimir Putin,", "Dear Colleagues,", "Colleagues,", "Fellow deputies,",
        "Ladies and gentlemen, dear friends,", "Mr. President,", "Distinguished guests, ladies and gentlemen,",
        "Beijing, November 10, 2020", "November 15, 2012", "10 November 2020", "(March 17, 2013)",
    ],
)  # fmt: skip
def test_salutations_and_datelines_stand_alone(text):
    assert is_standalone(text, language(text) or "zh")


@pytest.mark.parametrize(
    "text",
    [
        "我们", "人们", "各位同事要加强合作，", "中华人民共和国主席 习近平",
        "2020年11月10日，习近平主席出席上海合作组织会议，",
        "Friends from the news media,", "On November 10, 2020", "Dear John, thank you for the letter",
        "We met, colleagues,",
        "Xi Jinping, President of the People's Republic of China",
    ],
)  # fmt: skip
def test_other_lines_do_not(text):
    assert not is_standalone(text, language(text))


AWKWARD = st.text(
    st.sampled_from("aＡ５é中，。 \t\n\r\f\u0301\u00a0\u2003\u3000\u00ad\ufeff\u200b\u2028\x00\x85-\uf900"), max_size=30
)


@settings(derandomize=True, max_examples=500)
@given(AWKWARD)
def test_cleaning_a_clean_text_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


def test_cleaning_leaves_chinese_punctuation_alone():
    text = "“你好，”他说：《书》（上）！？；……——、。％"
    assert clean(text) == text


def test_the_repairs_work_together():
    assert clean("\ufeff　ｅ\u0301\u00a0go\u00ad\r\n") == "é go-\n"
