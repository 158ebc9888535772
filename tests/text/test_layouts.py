"""Which layout a text has by the order and the lengths of its blocks, and what it says belongs together."""

import pytest

from flashcards.model import Block, Place
from flashcards.text.languages import language
from flashcards.text.layouts import arrange

# Paragraphs and their translations, of different lengths.
ZH = [
    "星期六，我和表姐坐火车去泉州。车票每人一百二十元，路上用了两个小时。",
    "晚上六点，夜市开门了。街上有八十多个小摊，卖水果、烤鱼、豆腐和旧书。空气里有烤玉米和花生的香味。我们都饿了，所以先去买吃的。",
    "我们要了两碗面。",
    "博物馆不大，只有三个房间，门票十五元，学生半价。墙上挂着许多老照片。",
    "雨停了，我们回家。",
]
EN = [
    "On Saturday my cousin and I took the train to Quanzhou. The tickets cost 120 yuan each, and it took two hours.",
    (
        "At six in the evening, the night market opened. There were more than eighty stalls on the street, selling "
        "fruit, grilled fish, tofu and old books. The air smelled of roast corn and peanuts. We were both hungry, so "
        "we first went to buy something to eat."
    ),
    "We ordered two bowls of noodles.",
    "The museum is not big and has only three rooms. Tickets are 15 yuan, students pay half. Old photos hung there.",
    "The rain stopped, and we went home.",
]
INTERLEAVED = [text for both in zip(ZH, EN, strict=True) for text in both]
INTRODUCTION = "This text was written by two students, who travelled for a weekend."


def blocks(texts, *, kind="paragraph", source="a.txt", rows=()):
    return [
        Block(text, language(text), kind, Place(source, number), dict(rows).get(number))
        for number, text in enumerate(texts, start=1)
    ]


def layout(given):
    """The name of the layout, and the texts of each group."""
    arranged, findings = arrange(given, lambda _word: False)
    assert sorted(block.text for block in arranged) == sorted(block.text for block in given)
    groups = {}
    for block in arranged:
        if block.group is not None:
            groups.setdefault(block.group, []).append(block.text)
    names = [finding.message.removeprefix("layout: ") for finding in findings]
    return "; ".join(names), [tuple(group) for group in groups.values()]


PAIRS = list(zip(ZH, EN, strict=True))
LAYOUTS = {
    "paragraphs": (blocks(INTERLEAVED), "paragraphs alternate, Chinese first: 5 beside their translation", PAIRS),
    "English first": (
        blocks([text for zh, en in PAIRS for text in (en, zh)]),
        "paragraphs alternate, English first: 5 beside their translation",
        PAIRS,
    ),
    "lines": (
        blocks(INTERLEAVED, kind="line"),
        "lines alternate, Chinese first: 5 beside their translation",
        PAIRS,
    ),
    "a paragraph without translation": (
        blocks([*INTERLEAVED[:4], "下面的一段没有翻译。", *INTERLEAVED[4:]]),
        "paragraphs alternate, Chinese first: 5 beside their translation",
        PAIRS,
    ),
    "a paragraph in two": (
        blocks([*INTERLEAVED[:3], EN[1][:190].rstrip(), EN[1][190:].lstrip().capitalize(), *INTERLEAVED[4:]]),
        "paragraphs alternate, Chinese first: 5 beside their translation",
        [PAIRS[0], (ZH[1], EN[1][:190].rstrip(), EN[1][190:].lstrip().capitalize()), *PAIRS[2:]],
    ),
    "an introduction in one language": (
        blocks([INTRODUCTION, *INTERLEAVED]),
        "paragraphs alternate, Chinese first: 5 beside their translation",
        PAIRS,
    ),
    "a list in each language": (
        blocks([*INTERLEAVED, "苹果", "牛奶", "apples", "milk"]),
        "paragraphs alternate, Chinese first: 7 beside their translation",
        [*PAIRS, ("苹果", "apples"), ("牛奶", "milk")],
    ),
    "all, then all": (blocks([*EN, *ZH]), "all of the English, then all of the Chinese", []),
    "all, then all, below an English title": (
        blocks(["A Weekend", *ZH * 3, *EN * 3]),
        "all of the Chinese, then all of the English",
        [],
    ),
    "pages": (
        blocks([*EN[:2], *ZH[:3], *EN[2:], *ZH[3:]]),
        "pages, the English of each before the Chinese",
        [],
    ),
    "a table": (
        blocks(INTERLEAVED, kind="cell", rows=[(n, (n - 1) // 2) for n in range(1, 11)]),
        "a table of 5 rows",
        [],
    ),
    "a table in a text": (
        blocks(["苹果", "apple", *EN, *ZH], rows=[(1, 0), (2, 0)]),
        "mixed: a table of 1 rows, and all of the English, then all of the Chinese",
        [],
    ),
    "two files": (
        [*blocks(ZH, source="zh.txt"), *blocks([*EN, "One more."], source="en.txt")],
        "two files, Chinese and English",
        [],
    ),
    "two files, paragraph by paragraph": (
        [*blocks(EN, source="en.txt"), *blocks(ZH, source="zh.txt")],
        "two files, English and Chinese, of 5 paragraphs each",
        PAIRS,
    ),
    "two files of as many paragraphs that differ": (
        [*blocks([*ZH[:1], *ZH[2:], ZH[1]], source="zh.txt"), *blocks(EN, source="en.txt")],
        "two files, Chinese and English",
        [],
    ),
}


@pytest.mark.parametrize(("given", "name", "groups"), LAYOUTS.values(), ids=LAYOUTS)
def test_layouts(given, name, groups):
    found, together = layout(given)
    assert found == name
    assert sorted(together) == sorted(tuple(group) for group in groups)


def test_paragraphs_that_alternate_are_not_mended():
    listed = ["我们最喜欢的东西有三件：", "There were three things that we liked best:", "一把茶壶", "a teapot"]
    given = blocks([*INTERLEAVED, *listed])
    arranged, _ = arrange(given, lambda _word: False)
    assert {block.text for block in arranged} == {block.text for block in given}


def test_a_page_of_one_paragraph_is_a_page_still():
    cut = EN[1].index("selling")
    texts = [ZH[0], EN[0], ZH[1][:40], EN[1][:cut].rstrip(), ZH[1][40:], EN[1][cut:], ZH[3], EN[3]]
    arranged, findings = arrange(blocks(texts), lambda _word: False)
    assert EN[1] in [block.text for block in arranged]
    assert findings[0].message.startswith("layout: pages")
    assert all(block.group is None for block in arranged)


def test_every_part_of_a_lesson_has_its_own_layout():
    texts = {"1.txt": INTERLEAVED, "2.txt": [*ZH, *EN], "3.txt": INTERLEAVED}
    parts = [block for source, each in texts.items() for block in blocks(each, source=source)]
    arranged, findings = arrange(parts, lambda _word: False)
    assert [str(finding.where) for finding in findings] == list(texts)
    groups = {source: {block.group for block in arranged if block.where.source == source} for source in texts}
    assert groups == {"1.txt": {0, 1, 2, 3, 4}, "2.txt": {None}, "3.txt": {5, 6, 7, 8, 9}}
    assert [block.lang for block in arranged] == ["zh"] * 15 + ["en"] * 15


def test_one_language_alone_has_no_layout():
    assert arrange(blocks(ZH), lambda _word: False) == (tuple(blocks(ZH)), ())
    assert arrange([], lambda _word: False) == ((), ())
