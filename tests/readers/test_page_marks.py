"""Page numbers, headers, pinyin and third languages are left out and counted; what an author repeats stays."""

import textwrap

import pytest

from flashcards.readers import html, markdown, plain
from flashcards.readers.page_marks import is_page_number

SENTENCES = [
    ("太阳从东边升起来了。", "The sun rose in the east."),
    ("小鸟在树上唱歌。", "The birds sang in the trees."),
    ("孩子们都去上学。", "The children all went to school."),
    ("老师在门口等他们。", "The teacher waited for them at the door."),
    ("下午他们一起踢足球。", "In the afternoon they played football together."),
    ("晚上大家都很累。", "In the evening everybody was tired."),
]
PAGES = [(f"{a[0]}{b[0]}", f"{a[1]} {b[1]}") for a, b in zip(SENTENCES[::2], SENTENCES[1::2], strict=True)]
TEXT = [text for page in PAGES for text in page]
CHINESE = [page[0] for page in PAGES]


def read(reader, text):
    """The texts of the blocks, and the messages on what was left out."""
    document, findings = reader.read(text.encode(), "a")
    return [block.text for block in document.blocks], [finding.message for finding in findings]


@pytest.mark.parametrize(
    "text",
    [
        "12", "- 12 -", "12 -", "— 3 —", "·5·", "3 / 10", "Page 3", "page 3 of 10", "p. 12", "第3页",
        "第 3 頁 共 10 頁", "第3页，共10页", "- iv -",
    ],
)  # fmt: skip
def test_page_numbers(text):
    assert is_page_number(text)


@pytest.mark.parametrize(
    "text", ["12345", "12.", "1. One", "In 12", "第三页", "第3课", "请看第3页。", "Page", "iv", "3%", ""]
)
def test_other_lines_are_not(text):
    assert not is_page_number(text)


FURNITURE = {
    "bare numbers": ("{text}\n\n{n}", "\n\n", "page numbers left out: 6"),
    "numbers between dashes": ("{text}\n\n- {n} -", "\n\n", "page numbers left out: 6"),
    "numbers of English pages": ("Page {n} of 6\n\n{text}", "\n\n", "page numbers left out: 6"),
    "numbers of Chinese pages": ("{text}\n\n第 {n} 页 共 6 页", "\n\n", "page numbers left out: 6"),
    "a header above numbers": (
        "小城故事 A Small City\n\n{n}\n\n{text}",
        "\n\n",
        "headers and footers left out: 6; page numbers left out: 6",
    ),
    "a header at form feeds": ("A Small City\n\n{text}", "\n\f", "headers and footers left out: 6"),
    "a footer at form feeds": (
        "{text}\n\nA Small City | {n}\nAll rights reserved",
        "\n\f",
        "headers and footers left out: 12",
    ),
    "a header with the number in it": ("小城故事　第{n}页\n\n{text}", "\n\n", "headers and footers left out: 6"),
}


@pytest.mark.parametrize(("page", "between", "told"), FURNITURE.values(), ids=FURNITURE)
def test_what_stands_at_the_edges_of_pages_is_left_out(page, between, told):
    text = between.join(page.format(n=n, text=text) for n, text in enumerate(TEXT, start=1))
    found, messages = read(plain, text)
    assert found == TEXT
    assert "; ".join(message.partition(" (")[0] for message in messages) == told


@pytest.mark.parametrize("reader", [markdown, html])
def test_other_formats_leave_page_numbers_and_headers_out(reader):
    paragraphs = [each for n, text in enumerate(TEXT, start=1) for each in ("A Small City", f"- {n} -", text)]
    text = "".join(f"<p>{each}</p>\n" for each in paragraphs) if reader is html else "\n\n".join(paragraphs)
    found, messages = read(reader, text)
    assert found == TEXT
    assert len(messages) == 2


def test_a_number_inside_a_wrapped_paragraph_ends_no_sentence():
    text = "\n".join(
        line
        for n, line in enumerate(textwrap.wrap(" ".join([page[1] for page in PAGES] * 4), 72))
        for line in ([f"- {n} -", line] if n in (3, 4, 5) else [line])
    )
    assert read(plain, text)[0] == [" ".join([page[1] for page in PAGES] * 4)]


def test_a_sentence_goes_on_over_the_edge_of_a_page():
    lines = textwrap.wrap(" ".join([page[1] for page in PAGES] * 6), 72)
    pages = ["\n".join(["A Small City", *lines[start : start + 4], f"{start // 4 + 1}"]) for start in range(0, 16, 4)]
    assert read(plain, "\n\f".join(pages))[0] == [" ".join(lines[:16])]


STAYS = {
    "the refrain of a poem": "\n\n".join(f"{zh}\n啊，故乡！\n{en}\nOh, my home!" for zh, en in PAGES),
    "an answer in a dialogue": "\n\n".join(f"{zh}\n\n“是的。”\n\n{en}\n\n“Yes.”" for zh, en in PAGES),
    "a title that stands twice": "A Small City\n\n小城故事\n\nA Small City\n\n小城故事\n\n" + "\n\n".join(TEXT),
    "numbered lessons": "\n\n".join(f"Lesson {n}\n\n{en}\n\n第{n}课\n\n{zh}" for n, (zh, en) in enumerate(PAGES, 1)),
    "numbered lessons at form feeds": "\n\f".join(f"Lesson {n}\n\n{en}\n\n{zh}" for n, (zh, en) in enumerate(PAGES, 1)),
    "a page number in the text": "请看第3页。\n\nPlease look at page 3.\n\n第3页\n\nPage 3\n\n" + "\n\n".join(TEXT),
}


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS)
def test_what_an_author_repeats_stays(text):
    found, messages = read(plain, text)
    assert "\n".join(found) == "\n".join(line for line in text.replace("\f", "").split("\n") if line)
    assert messages == []


def test_a_refrain_between_page_numbers_stays():
    text = "\n\n".join(f"{zh}\n\n啊，故乡！\n\n{en}\n\n- {n} -" for n, (zh, en) in enumerate(PAGES, start=1))
    assert read(plain, text)[0].count("啊，故乡！") == 3


def test_pinyin_and_third_languages_are_counted():
    text = (
        "你好吗？\n\nNǐ hǎo ma?\n\nHow are you?\n\nPrivet, 我们走。\n\nПривет!\n\n"
        "Nous sommes arrivés à la gare vers midi avec des amis.\n\n***\n"
    )
    found, messages = read(plain, text)
    assert found == ["你好吗？", "How are you?", "Privet, 我们走。"]
    assert messages == [
        "lines of pinyin left out: 1 (line 3)",
        "blocks in another language left out: 2 (line 9, 11)",
        "blocks in neither language left out: 1 (line 13)",
    ]


@pytest.mark.parametrize("reader", [plain, markdown])
def test_pinyin_below_a_word_is_told_by_its_syllables(reader):
    text = "再见\nzàijiàn\ngoodbye\n\n谢谢\nxièxie\nthanks\n\n可爱\n\nkě'ài\n\ncute\n\n咖啡\n\ncafé\n"
    found, messages = read(reader, text)
    assert found == ["再见", "goodbye", "谢谢", "thanks", "可爱", "cute", "咖啡", "café"]
    assert [message.partition(" (")[0] for message in messages] == ["lines of pinyin left out: 3"]


def test_a_wrapped_paragraph_in_a_third_language_is_one():
    french = "Nous sommes arrivés à la gare vers midi avec des amis, et nous avons\nmangé du bon pain."
    found, messages = read(plain, f"{PAGES[0][0]}\n{PAGES[0][1]}\n{french}\n{PAGES[1][0]}\n{PAGES[1][1]}\n")
    assert found == TEXT[:4]
    assert [message.partition(" (")[0] for message in messages] == ["blocks in another language left out: 1"]


def test_short_lines_of_a_language_that_the_document_has_are_left_out():
    french = [
        "Le soleil se levait à l'est et les oiseaux chantaient.",
        "Les enfants sont tous allés à l'école avec leurs amis.",
        "Le soir, tout le monde était très fatigué.",
    ]
    rest = ["Oui, je viens.", "Mes amis", "Qui est là ?"]
    found, _ = read(plain, "\n\n".join([*TEXT, *french, *rest, "Lin Xiaoyu", "Go!"]))
    assert found == [*TEXT, "Lin Xiaoyu", "Go!"]


# --- Lines in both languages ----------------------------------------------------------------------------------------


def rows(text):
    return [(block.text, block.row) for block in plain.read(text.encode(), "a")[0].blocks]


def test_lines_that_hold_their_translation_become_rows():
    assert rows("对话\n你好。Hello.\n再见。Goodbye.\n谢谢！Thank you!\n") == [
        ("对话", None), ("你好。", 0), ("Hello.", 0), ("再见。", 1), ("Goodbye.", 1), ("谢谢！", 2), ("Thank you!", 2),
    ]  # fmt: skip


def test_rows_stay_in_their_order_beside_those_of_a_table():
    lines = ["你好。Hello.", "再见。Goodbye.", "苹果\tapple", "谢谢！Thank you!", "来吧。Come on.", "好。Good."]
    numbers = [row for _, row in rows("\n\n".join(lines))]
    assert numbers == sorted(numbers) == [n for n in range(6) for _ in range(2)]


@pytest.mark.parametrize("double", ["上海精神。The Shanghai Spirit.", "他说OK。OK, he said."])
def test_a_few_such_lines_in_a_text_stay_whole(double):
    assert double in [text for text, _ in rows("\n\n".join([*TEXT, double, double]))]
