"""The printed glossary, read back from its PDF."""

import re
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards import files
from flashcards.errors import OutputError
from flashcards.model import Bead, Lesson, Pair, Place, Quiz, Rendering, Sentence, Term, Word
from flashcards.sheets import glossary
from flashcards.sheets import pdf as quiz
from flashcards.sheets.font import LACKING

HERE = Place("x", 1)
MM = 72 / 25.4
NOTICE = "Dictionary: CC-CEDICT, CC BY-SA 4.0."


def bead(zh: str, en: str) -> Bead:
    return Bead((Sentence(zh, "zh", HERE),) if zh else (), (Sentence(en, "en", HERE),), 0.99)


def term(text: str, pinyin: str, *renderings: tuple[str, str, float], definition: str = "", level: int = 0) -> Term:
    word = Word(text, text, text, "n", level, ("x",) * len(text), 1.0, pinyin, "")
    found = tuple(Rendering((), citation, citation, pair, confidence) for citation, pair, confidence in renderings)
    return Term(text, text, (word,), found, definition, (), level, 1, ("p1", "p2"), (), 1.0)


BEADS = (bead("", "Only English."), bead("专家说，疫苗是有效的。", "It works."), bead("打疫苗！", "Get the jab!"))
LESSON = Lesson("x", "第一课 Lesson One", BEADS, (Pair("p1", BEADS[1]), Pair("p2", BEADS[2])), (), (), ())
VACCINE = term(
    "疫苗", "yìmiáo", ("vaccine", "p1", 0.9), ("jab", "p2", 0.85), ("shot", "p2", 0.7), definition="inoculum", level=7
)


def rows(*terms: Term) -> list[dict[str, object]]:
    found = glossary.sheet(LESSON, terms, 0.8, "zh-Hans", "")["terms"]
    assert isinstance(found, list)
    return found


def printed(*terms: Term, **options: object) -> bytes:
    return glossary.pdf(LESSON, terms, threshold=0.8, notice=NOTICE, **options)  # type: ignore[arg-type]


def pages(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def test_a_row_has_what_the_text_and_the_dictionary_say() -> None:
    assert rows(VACCINE) == [
        {
            "text": "疫苗",
            "pinyin": "yìmiáo",
            "english": "vaccine; jab",
            "definition": "inoculum",
            "level": "7-9",
            "example": ["", "疫苗", "是有效的"],
            "number": "2",
        }
    ]


def test_what_cannot_be_said_in_english_is_left_out() -> None:
    unsure = ("it", "p1", 0.79)
    assert rows(term("疫苗", "", unsure)) == []
    assert not glossary.has_terms([term("疫苗", "", unsure)], 0.8)
    known = term("疫苗", "", unsure, definition="inoculum")
    assert [(row["english"], row["definition"]) for row in rows(known)] == [("", "inoculum")]
    assert "inoculum" in pages(printed(known))[0]


def test_the_dictionary_does_not_repeat_the_text() -> None:
    (row,) = rows(term("疫苗", "", ("vaccines", "p1", 0.9), definition="the vaccine"))
    assert row["definition"] == ""


CLAUSES = {
    ("我们要弘扬“上海精神”，加强团结。", "上海精神"): "我们要弘扬“|上海精神|”",
    ("他说：“疫苗有效。”", "疫苗"): "|疫苗|有效",
    ("“我们有疫苗，”他说。", "疫苗"): "我们有|疫苗|",
    ("有3,000支疫苗。", "疫苗"): "有3,000支|疫苗|",
    ("第一,疫苗", "疫苗"): "|疫苗|",
    ("疫苗", "疫苗"): "|疫苗|",
    ("没有", "疫苗"): None,
    ("甲" * 40 + "疫苗" + "乙" * 40, "疫苗"): "…" + "甲" * 12 + "|疫苗|" + "乙" * 12 + "…",
    ("疫苗" + "乙" * 40, "疫苗"): "|疫苗|" + "乙" * 24 + "…",
    ("疫苗" + "乙" * 22 + "WMAP" + "乙" * 9, "疫苗"): "|疫苗|" + "乙" * 22 + "…",
    ("2.726K" + "甲" * 22 + "疫苗", "疫苗"): "…" + "甲" * 22 + "|疫苗|",
}


@pytest.mark.parametrize(("given", "wanted"), CLAUSES.items(), ids=[text for text, _ in CLAUSES])
def test_the_clause_around_a_term(given: tuple[str, str], wanted: str | None) -> None:
    parts = glossary.clause(*given)
    assert (parts and "|".join(parts)) == wanted


AROUND = st.text("甲乙，。“”‘’《》 a1,", max_size=60)


@given(AROUND, st.text("甲乙丙", min_size=1, max_size=4), AROUND)
def test_a_clause_is_a_part_of_the_text(before: str, found: str, behind: str) -> None:
    text = before + found + behind
    parts = glossary.clause(text, found)
    assert parts
    assert parts[1] == found
    assert "".join(parts).strip("…") in text
    assert len("".join(parts)) <= 26 + 2


MANY = tuple(term(f"词{i}", f"cí{i}", (f"word {i}", "p1", 0.9), definition=f"sense {i}") for i in range(90))


def test_every_page_has_the_head_and_whole_rows() -> None:
    sheets = pages(printed(*MANY))
    assert len(sheets) > 2
    for i, page in enumerate(sheets, start=1):
        assert "本文译文" in page
        assert f"{i} / {len(sheets)}" in page
        for number in re.findall(r"cí(\d+)", page):
            assert f"word {number}" in page
            assert f"sense {number}" in page
    assert [NOTICE in page for page in sheets] == [False] * (len(sheets) - 1) + [True]


def test_a_term_stays_with_its_example() -> None:
    # The examples end each page at another height.
    for count in range(17, 27):
        terms = [term("疫苗", f"ym{i}", ("vaccine", "p1", 0.9)) for i in range(count)]
        for page in pages(printed(*terms)):
            assert len(re.findall(r"ym\d", page)) == page.count("是有效的")


LONG = term(
    "疫苗" * 12,
    "yìmiáo " * 12,
    ("a very long rendering " * 6, "p1", 0.9),
    definition="Lopadotemacho" * 9 + " and so on" * 20,
)


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("us-letter", (215.9, 279.4))])
def test_long_texts_stay_inside_the_margins(paper: str, size: tuple[float, float]) -> None:
    document = pypdfium2.PdfDocument(printed(VACCINE, LONG, paper=paper))
    for page in document:
        assert [round(side / MM, 1) for side in page.get_size()] == [round(side, 1) for side in size]
        text = page.get_textpage()
        for i in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(i)
            assert left / MM >= 17.5
            assert right / MM <= size[0] - 17.5
            assert 0 < bottom <= top < size[1] * MM


def test_labels_are_in_the_script_of_the_text() -> None:
    assert "詞彙表" in pages(printed(VACCINE, script="zh-Hant"))[0]
    assert "词汇表" in pages(printed(VACCINE))[0]


def test_the_same_terms_give_the_same_bytes() -> None:
    assert printed(VACCINE) == printed(VACCINE)
    assert pypdfium2.PdfDocument(printed(VACCINE)).get_metadata_value("Title") == "第一课 · 词汇表 Glossary"


def test_no_other_pdf_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "glossary.pdf"
    for _ in range(2):
        files.write_result(path, printed(VACCINE), glossary.MARK, [])
    path.write_bytes(quiz.pdf(Quiz("课", ())))
    with pytest.raises(OutputError, match="is something else"):
        files.write_result(path, printed(VACCINE), glossary.MARK, [])


def test_what_the_font_lacks_is_told() -> None:
    strange = term("☃", "", ("snowman\x07", "p1", 0.9))
    (finding,) = glossary.findings(LESSON, [strange], 0.8)
    assert "☃" in finding.message
    assert LACKING in pages(printed(strange))[0]
    assert glossary.findings(LESSON, [term("☃", "")], 0.8) == ()
