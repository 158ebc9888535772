"""Which blocks go on after a page break, as small pages: "zh" and "en" blocks in printed order."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.model import Block, Place
from flashcards.text.languages import language
from flashcards.text.reflow import mend

FULL_EN = "The world has changed. It will change again."
FULL_ZH = "世界变了。世界还会变。"


def page(*texts: str, kind="paragraph", source="a.md"):
    return [Block(text, language(text), kind, Place(source, number)) for number, text in enumerate(texts, start=1)]


def mended(*texts: str, is_word=None):
    blocks, _ = mend(page(*texts), *([is_word] if is_word else []))
    return [block.text for block in blocks]


@pytest.mark.parametrize(
    ("before", "between", "after", "joined"),
    [
        ("We met. “What is go-", FULL_ZH, "ing on?” he asked.", "We met. “What is going on?” he asked."),
        ("We met. We need", FULL_ZH, "China to help.", "We met. We need China to help."),
        ("We need to", FULL_ZH, "China and Russia. It helps.", "We need to China and Russia. It helps."),
        ("We, the people,", FULL_ZH, "Of the world. We go.", "We, the people, Of the world. We go."),
        ("He said (in a", FULL_ZH, "Paris hotel) nothing. Yes.", "He said (in a Paris hotel) nothing. Yes."),
        ("He left. At 5 p.m.", FULL_ZH, "on Monday he came.", "He left. At 5 p.m. on Monday he came."),
        ("He left. Then Mr.", FULL_ZH, "Smith came.", "He left. Then Mr. Smith came."),
        ("He left. It was night—", FULL_ZH, "dark night.", "He left. It was night—dark night."),
        ("He left. It was night —", FULL_ZH, "dark night.", "He left. It was night — dark night."),
        ("世界变了。“世界怎么了,", FULL_EN, "我们怎么办”成为问题。", "世界变了。“世界怎么了,我们怎么办”成为问题。"),
        ("世界变了。阿富汗局势", FULL_EN, "事关地区安全。", "世界变了。阿富汗局势事关地区安全。"),
        ("我们的", FULL_EN, "国家很大。我们爱她。", "我们的国家很大。我们爱她。"),
        ("他说：“世界", FULL_EN, "很大。”他走了。", "他说：“世界很大。”他走了。"),
        ("发展、合作", FULL_EN, "、共赢。好。", "发展、合作、共赢。好。"),
        ("世界变了。我们用 Google", FULL_EN, "Chrome。", "世界变了。我们用 Google Chrome。"),
    ],
)
def test_an_open_block_goes_on_behind_the_page_break(before, between, after, joined):
    assert joined in mended(FULL_ZH if before[0].isascii() else FULL_EN, before, between, after)


@pytest.mark.parametrize(
    ("before", "between", "after"),
    [
        ("The world has changed.", FULL_ZH, "it will change again."[0].upper() + "t will."),
        ("He left at 5 p.m.", FULL_ZH, "He was tired. So was I."),
        ("“Go!”", FULL_ZH, "“Why? Tell me.”"),
        ("Colleagues,", FULL_ZH, "The pandemic goes on. We stay."),
        ("Beijing, November 10, 2020", FULL_ZH, "Dear friends,"),
        ("We must do three things:", FULL_ZH, "First, we must eat. Then sleep."),
        ("We met. She had bought three things:", FULL_ZH, "A teapot. A book."),
        ("We met. “But he said—”", FULL_ZH, "At last he went on."),
        ("她笑了。她买了三样东西：", FULL_EN, "一把茶壶。一本书。"),
        ("她笑了。“你为什么——”", FULL_EN, "说到这里，她停了。"),
        ("世界变了。", FULL_EN, "事关地区安全。"),
        ("各位同事!", FULL_EN, "疫情加速了调整。世界变了。"),
        ("尊敬的普京总统,", FULL_EN, "感谢你们。世界变了。"),
        ("2020年11月10日, 北京", FULL_EN, "感谢你们。世界变了。"),
        ("要做到三点：", FULL_EN, "第一，吃饭。第二，睡觉。"),
        ("他沉默了……", FULL_EN, "后来他走了。"),
    ],
)
def test_a_finished_block_does_not(before, between, after):
    filler = FULL_ZH if before[0].isascii() else FULL_EN
    assert {before, after} <= set(mended(filler, before, between, after))


@pytest.mark.parametrize(
    "texts",
    [
        ("The Shanghai Spirit", "上海精神", "Xi Jinping, President", "国家主席 习近平", FULL_EN, FULL_ZH),
        ("上海精神", "The Shanghai Spirit", "国家主席 习近平", "Xi Jinping, President", FULL_ZH, FULL_EN),
        ("Before my bed the moonlight,", "床前明月光，", "I think it is frost.", "疑是地上霜。"),
        # A title at the foot of a page, below a paragraph, is a title on both sides.
        (FULL_EN, "A New Start", FULL_ZH, "新的起点", "China has changed. It grows.", "中国变了。中国在成长。"),
        (FULL_ZH, "新的起点", FULL_EN, "A New Start", "中国变了。中国在成长。", "China has changed. It grows."),
    ],
)
def test_titles_and_verse_stay_as_they_are(texts):
    assert sorted(mended(*texts)) == sorted(texts)


def test_a_fragment_with_no_title_beside_it_goes_on():
    assert "新的起点到了。我们走。" in mended(FULL_EN, FULL_ZH, "新的起点", FULL_EN, "到了。我们走。")


@pytest.mark.parametrize(("behind", "joined"), [("Her tea is good.", True), ("Grandma's Tea", False)])
def test_a_fragment_may_be_a_title_only_if_the_other_language_has_one_more(behind, joined):
    chinese = (FULL_ZH, "茶市", FULL_ZH, "外婆的茶")
    english = (FULL_EN, "The Tea Market", FULL_EN, behind)
    assert ("外婆的茶是好茶。" in mended(*chinese, *english, "是好茶。", FULL_EN)) == joined


def test_headings_and_cells_never_join():
    for kind in ("heading", "cell"):
        blocks = page("We met. We need", FULL_ZH, "to talk.", kind=kind)
        assert len(mend(blocks)[0]) == 3


def test_neighbours_on_one_page_do_not_join():
    assert mended("We met. We need", "to talk.", FULL_ZH) == [FULL_ZH, "We met. We need", "to talk."]


def test_two_files_do_not_join():
    blocks = [*page("We met. We need", FULL_ZH), *page("to talk.", source="b.md")]
    assert len(mend(blocks)[0]) == 3


WORDS = {"zero", "sum", "win", "law", "enforcement", "care", "fully", "carefully", "long", "neighbor"}


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("a zero-", "sum game", "a zero-sum game"),
        ("he did it care-", "fully", "he did it carefully"),
        ("the inter-", "national order", "the international order"),
        ("the SCO-", "Afghanistan group", "the SCO-Afghanistan group"),
        ("since COVID-", "19 came", "since COVID-19 came"),
        ("people-to-", "people ties", "people-to-people ties"),
        ("people-to-peo-", "ple ties", "people-to-people ties"),
        ("a beggar-thy-", "neighbor way", "a beggar-thy-neighbor way"),
        ("long-", "and short-term", "long- and short-term"),
        ("an anti-", "epidemic plan", "an anti-epidemic plan"),
    ],
)
def test_hyphens_at_a_break(before, after, joined):
    text = "The epidemic needs people-to-people help."
    assert mended(text, before, FULL_ZH, after, is_word=lambda word: word in WORDS | {"anti"})[-1] == joined


def test_a_compound_that_occurs_elsewhere_keeps_its_hyphen_without_a_word_list():
    assert mended("Our anti-epidemic plan.", "An anti-", FULL_ZH, "epidemic plan.")[-1] == "An anti-epidemic plan."


def test_a_finding_says_where_the_text_goes_on():
    blocks, findings = mend(page("We met. We need", FULL_ZH, "to talk."))
    assert blocks[-1].where.line == 1
    assert [(f.level, f.where.line) for f in findings] == [("info", 3)]


PARAGRAPHS = st.sampled_from([
    FULL_EN, FULL_ZH, "We met. We need", "to talk.", "What is go-", "ing on", "The Shanghai Spirit", "Colleagues,",
    "“What", "world?” he said.", "世界变了。阿富汗局势", "事关安全", "各位同事!", "“世界,", "新的起点", "好……",
    "an anti-",
])  # fmt: skip


@settings(derandomize=True, max_examples=300)
@given(st.lists(PARAGRAPHS, max_size=14))
def test_every_character_is_kept_and_mended_text_is_whole(texts):
    once, _ = mend(page(*texts))
    twice, findings = mend(once)
    assert twice == once
    assert findings == ()
    for lang in ("zh", "en"):
        printed = "".join(text for text in texts if language(text) == lang)
        kept = "".join(block.text for block in once if block.lang == lang)
        strip = r"[\s-]" if lang == "en" else r"\s"
        assert re.sub(strip, "", kept) == re.sub(strip, "", printed)
