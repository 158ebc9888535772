"""The printed quiz, read back from its PDF."""

import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import replace
from itertools import dropwhile, pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from flashcards import sheets
from flashcards.errors import UsageError
from flashcards.model import Item, Option, Quiz
from flashcards.sheets.pdf import findings, pdf, sheet

MM = 72 / 25.4
STEM_LEFT = (18 + 9) * MM
LINE = 12    # points
HEAD_RULES_MM = (48, 30, 16)    # name, date, score
CLOSING = "，。！？；：、”’）》…"
OPENING = "“‘（《"

BANK = (
    Option("地球村", "dìqiúcūn", "global village"),
    Option("时代潮流", "shídài cháoliú", "trend of the times"),
    Option("零和博弈", "línghé bóyì", "zero-sum game"),
    Option("疫苗", "yìmiáo", "vaccine"),
)


def cloze(number: int, before: str, key: Option, after: str, prompt: str = "Its English.") -> Item:
    """An item whose stem is `before`, the key's text as a blank, and `after`."""
    span = (len(before), len(before) + len(key.text))
    return Item(f"i{number}", "cloze", before + key.text + after, (), (span,), prompt, (key,), BANK, ())


QUIZ = Quiz(
    "弘扬“上海精神” The Shanghai Spirit",
    (
        cloze(1, "人类生活在同一个", BANK[0], "，各国利益休戚与共。", "Humanity lives in a “village”; it’s global."),
        cloze(2, "和平、发展、合作的", BANK[1], "不可阻挡。"),
        cloze(3, "", BANK[3], "对人类战胜疫情至关重要。"),
        cloze(4, "互利合作必将取代", BANK[2], ""),
    ),
    "A",
)


def pages(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def blanks(page: pypdfium2.PdfPage) -> list[tuple[float, float, float]]:
    """The blanks in the stems: the (left, right, height) of every rule that is none of the head's, in points."""
    bounds = [rule.get_bounds() for rule in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
    heads = [(left, bottom) for left, bottom, right, top in bounds if round((right - left) / MM) in HEAD_RULES_MM]
    return [
        (left, right, bottom)
        for left, bottom, right, top in bounds
        if top - bottom < 2 and left > STEM_LEFT - 2 and (left, bottom) not in heads
    ]


def stem_lines(page: pypdfium2.PdfPage) -> list[str]:
    """The stems' lines from the top, without the items' numbers; "_" stands for a blank."""
    text = page.get_textpage()
    found: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for i in range(text.count_chars()):
        char = text.get_text_range(i, 1)
        left, *_ = text.get_charbox(i)
        _, bottom, _, top = text.get_charbox(i, loose=True)
        clear = char == "_"    # stands in the blank, which is drawn
        if char.strip() and not clear and left > STEM_LEFT and round(top - bottom) == LINE:
            found[round(bottom)].append((left, char))
    for left, _, bottom in blanks(page):
        line = next((line for line in found if abs(line - bottom) < 3), round(bottom))
        found[line].append((left, "_"))
    return ["".join(char for _, char in sorted(line)) for _, line in sorted(found.items(), reverse=True)]


def test_a_blank_can_be_heard_and_copied() -> None:
    for page in pages(pdf(QUIZ))[:-1]:
        assert not [line for line in page.splitlines() if line[:1] in CLOSING and line]
    assert pages(pdf(QUIZ))[0].count("____") >= len(QUIZ.items)


def test_hanzi_and_pinyin_can_be_searched() -> None:
    first, *_, key = pages(pdf(QUIZ))
    for text in ("人类生活在同一个", "各国利益休戚与共。", "地球村", "dìqiúcūn", "时代潮流", "shídài cháoliú", "it’s"):
        assert text in first
    assert "姓名 Name" in first
    assert "/ 4" in first
    for option in BANK:
        assert f"{option.text} {option.pinyin} {option.gloss}" in key


def test_the_key_stands_on_its_own_page_and_nowhere_else() -> None:
    many = replace(QUIZ, items=QUIZ.items * 7)
    *questions, key = pages(pdf(many, pinyin=False))
    assert len(questions) == 2
    assert key.count("地球村") == 7
    assert sum(page.count("地球村") for page in questions) == 1    # in the bank
    assert not any(option.pinyin in page or option.gloss in page for page in questions for option in BANK)
    assert re.search(r"^28 零和博弈", key, re.MULTILINE)


def test_pages_of_questions_are_counted_without_the_key() -> None:
    *questions, key = pages(pdf(replace(QUIZ, items=QUIZ.items * 7)))
    for number, page in enumerate(questions, start=1):
        assert f"{number} / {len(questions)}" in page
    assert "Key 1 / 1" in key
    assert "版本 Version A" in questions[0]
    assert "版本 Version A" in questions[1]


def test_the_same_quiz_gives_the_same_bytes() -> None:
    assert pdf(QUIZ) == pdf(QUIZ)
    assert pdf(QUIZ) != pdf(replace(QUIZ, version="B"))


@pytest.mark.parametrize(("paper", "size"), [("a4", (595.3, 841.9)), ("us-letter", (612, 792))])
def test_papers(paper: str, size: tuple[float, float]) -> None:
    for page in pypdfium2.PdfDocument(sheets.write("pdf", QUIZ, paper=paper)):
        assert page.get_size() == pytest.approx(size, abs=0.1)


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(UsageError, match='"tiff" is not a format'):
        sheets.write("tiff", QUIZ)


def test_tagged_with_title_and_language() -> None:
    data = pdf(QUIZ)
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_value("Title") == QUIZ.title
    assert document.get_metadata_value("Author") == "flashcards"
    assert document.get_metadata_value("CreationDate") in ("", "D:19700101000000Z")
    assert pdfium.FPDFCatalog_IsTagged(document)
    assert b"/Lang(zh-CN)" in data


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="needs pdffonts (poppler-utils)")
def test_every_font_is_embedded(tmp_path: Path) -> None:
    (tmp_path / "quiz.pdf").write_bytes(pdf(QUIZ))
    told = subprocess.run(["pdffonts", tmp_path / "quiz.pdf"], capture_output=True, text=True, check=True).stdout
    fonts = told.splitlines()[2:]
    assert fonts
    assert all(re.search(r"QuizKaiSC-Regular .* yes yes yes ", font) for font in fonts)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "，后面有中文。", id="comma after the blank"),
        pytest.param("", "。", id="full stop after the blank"),
        pytest.param("", "？！", id="two marks after the blank"),
        pytest.param("“", "”，他说中文。", id="quoted blank"),
        pytest.param("‘", "’中文。", id="single quotes"),
        pytest.param("《", "》（中文）。", id="book title and brackets"),
        pytest.param("（", "）、中文……", id="brackets"),
        pytest.param("Latin words 2020 ", " COVID-19, 中文。", id="Latin and numbers"),
        pytest.param("中文，“", "！”中文", id="mark before the closing quote"),
        pytest.param("——", "——中文。", id="dashes"),
    ],
)
def test_no_line_begins_or_ends_badly(before: str, after: str) -> None:
    # Ever longer starts push the blank and what follows over the end of the line.
    items = tuple(cloze(n, "中" * n + before, BANK[n % 4], after, "") for n in range(18, 42))
    *questions, _ = pypdfium2.PdfDocument(pdf(Quiz("行", items)))
    body = [line for page in questions for line in stem_lines(page)]
    found = list(dropwhile(lambda line: "中中中" not in line, body))
    text = "".join(found)
    wanted = "".join("中" * n + before + "_" + after for n in range(18, 42)).replace(" ", "")
    assert text == wanted
    assert len(found) > len(items)
    assert not [line for line in found if line[0] in CLOSING or line[-1] in OPENING]


def test_blanks_are_equally_wide_whatever_their_keys() -> None:
    found = [right - left for left, right, _ in blanks(pypdfium2.PdfDocument(pdf(QUIZ))[0])]
    assert found == pytest.approx([32 * MM] * len(QUIZ.items), abs=0.1)    # 8 mm for each hanzi of the longest key


def test_lines_are_high_enough_to_write_in() -> None:
    item = cloze(1, "中" * 60, BANK[0], "中" * 60)
    text = pypdfium2.PdfDocument(pdf(Quiz("行", (item,))))[0].get_textpage()
    bottoms = sorted({
        text.get_charbox(i, loose=True)[1] for i in range(text.count_chars()) if text.get_text_range(i, 1) == "中"
    })
    assert len(bottoms) > 3
    assert min(high - low for low, high in pairwise(bottoms)) > 9 * MM


def test_several_blanks_are_numbered_in_the_stem_and_in_the_key() -> None:
    stem = "地球村里有疫苗。"
    item = Item("p", "passage", stem, (), ((0, 3), (5, 7)), "", (BANK[0], BANK[3]), BANK, ())
    questions, key = pages(pdf(Quiz("题", (item,))))
    assert "里有" in questions
    assert "(1)" in questions
    assert "(2)" in questions
    assert [answer["number"] for answer in sheet(Quiz("题", (item,)))["key"]] == ["1 (1)", "1 (2)"]
    assert "疫苗" in key


def test_options_of_one_item_stand_below_it_with_letters() -> None:
    item = Item("c", "choice", "“疫苗”是什么？", (), (), "", (Option("疫苗"),), BANK, ())
    questions, key = pages(pdf(Quiz("题", (item, item))))
    assert "D.\r\nyìmiáo\r\n疫苗" in questions
    assert "Choose the right answer." in questions
    assert "1 D" in key


def test_an_item_longer_than_a_page_runs_on() -> None:
    item = Item("l", "passage", "很长的文章。" * 400 + "完", (), (), "", (BANK[0],), (), ())
    *questions, _ = pages(pdf(Quiz("题", (item,))))
    assert sum(page.count("很") for page in questions) > 380    # a line end may part a word, no text is lost
    assert "完" in questions[-1]


@pytest.mark.parametrize(
    "text",
    ["#let x = 1", "$x^2$", "*bold* _em_", "<b>&amp;", '"', "\\ \\u{1F}", "] } )", "@ref <label>", "// no", "`c`"],
)
def test_hostile_text_is_text(text: str) -> None:
    key = Option(text, text, text)
    item = Item("h", "cloze", f"{text}，词。", (), ((len(text) + 1, len(text) + 2),), text, (key,), (key,), ())
    questions, answers = pages(pdf(Quiz(text, (item, replace(item, id="g"))), notice=text))
    assert questions.count(text) >= 6    # title, bank (word and reading), two stems, two prompts
    assert answers.count(text) >= 7


def test_line_breaks_and_control_characters_do_no_harm() -> None:
    key = Option("词")
    item = Item("h", "cloze", "第一\n第二\u202e 词\x07。", (), ((7, 8),), "a\tb", (key,), (key,), ())
    questions, _ = pages(pdf(Quiz("题", (item,))))
    assert "第一 第二" in questions
    assert "a b" in questions


def test_a_character_that_the_font_lacks_is_shown_and_told() -> None:
    quiz = replace(QUIZ, items=(cloze(1, "𠮶", BANK[0], "☃"), *QUIZ.items[1:]))
    assert "〓" in pages(pdf(quiz))[0]
    (finding,) = findings(quiz)
    assert "☃ 𠮶" in finding.message
    assert findings(QUIZ) == ()
