"""The report read back as a browser reads it: what it shows, where, and that no text of a source is ever markup."""

import re
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from flashcards.model import Bead, Finding, Lesson, Place, Sentence, Word, pairs_of
from flashcards.report import MARK, write

HERE = Place("folder/lesson.md", 7)
HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;\u202e"


def bead(zh: str, en: str, confidence: float, part: int = 0) -> Bead:
    chinese = (Sentence(zh, "zh", HERE),) if zh else ()
    return Bead(chinese, (Sentence(en, "en", HERE),) if en else (), confidence, part)


BEADS = (
    bead("一。", "One.", 0.98),
    bead("二。", "Three?", 0.41),
    bead("四。", "", 0.7),
    bead("", "Five.", 0.7),
    bead("六，", "Six,", 0.9, part=1),
    bead("七。", "seven.", 0.9, part=2),
)
FINDING = Finding("text", Place("folder/lesson.md", 3), "warning", "something is odd", "look at it")


def lesson(
    beads: tuple[Bead, ...] = BEADS, title: str = "第一课", findings: tuple[Finding, ...] = (FINDING,)
) -> Lesson:
    return Lesson("lesson", title, beads, pairs_of(beads), (), (), findings)


def parsed(page: bytes) -> LexborHTMLParser:
    return LexborHTMLParser(page.decode())


def section(page: LexborHTMLParser, heading: str) -> LexborNode:
    return next(s for s in page.css("section") if s.css_first("h2").text() == heading)


def shown(items: list[LexborNode]) -> list[tuple[str, ...]]:
    return [tuple(p.text() for p in item.css("p")) for item in items]


def test_counts() -> None:
    terms = parsed(write(lesson(), 0.8)).css("dl div")
    assert {each.css_first("dt").text(): each.css_first("dd").text() for each in terms} == {
        "pairs": "4",
        "doubtful (under 0.8)": "1",
        "Chinese sentences without translation": "1",
        "English sentences without translation": "1",
        "readings to check": "0",
        "differences between the sides": "0",
        "warnings": "1",
    }


def test_a_text_in_chinese_alone_stands_beside_its_pinyin() -> None:
    beads = (bead("他行。", "", 1.0), bead("", "WTO", 0.7))
    words = (
        Word("他", "他", "他", "r", 1, ("tā",), 0.99, "tā", ""),
        Word("行", "行", "行", "v", 1, ("xíng",), 0.6, "xíng", "", check=True),
    )
    alone = replace(lesson(beads, findings=()), pairs=pairs_of(beads, chinese_alone=True), words=(words,))
    page = parsed(write(alone, 0.8))
    assert {each.css_first("dt").text(): each.css_first("dd").text() for each in page.css("dl div")} == {
        "Chinese sentences": "1",
        "English sentences without translation": "1",
        "readings to check": "1",
        "warnings": "0",
    }
    assert shown(section(page, "Sentences without translation").css("li")) == [
        ("", "WTO", "2 · no translation found · lesson.md:7")
    ]
    assert section(page, "Readings to check").css_first(".about").text() == "xíng? · 1 · 0.60"
    first = section(page, "All sentences").css_first("li")
    assert shown([first]) == [("他行。", "Tā xíng", "1 · lesson.md:7")]


def test_readings_to_check_stand_in_their_sentence() -> None:
    sure = Word("他", "他", "他", "r", 1, ("tā",), 0.99, "tā", "")
    doubtful = Word("行", "行", "行", "v", 1, ("xíng",), 0.61, "xíng", "", check=True)
    checked = replace(lesson((bead("他行", "He can.", 0.98),)), words=((sure, doubtful),))
    (item,) = section(parsed(write(checked, 0.8)), "Readings to check").css("li")
    assert (item.css_first("mark").text(), item.css_first("p").text()) == ("行", "他行")
    assert item.css_first(".about").text() == "xíng? · 1 · 0.61"


def test_differences_have_a_section_of_their_own() -> None:
    difference = Finding("consistency", HERE, "info", "numbers differ: 3 in Chinese and 4 in English: 3 | 4", "look")
    page = parsed(write(lesson(findings=(FINDING, difference)), 0.8))
    (item,) = section(page, "Numbers, names and terms to compare").css("li")
    assert item.text().startswith("info: lesson.md:7: numbers differ: 3 in Chinese and 4 in English")
    assert len(section(page, "What was noticed").css("li")) == 1


def test_all_beads_stand_in_order_with_confidence_and_place() -> None:
    items = section(parsed(write(lesson(), 0.8)), "All pairs").css("li")
    assert shown(items) == [
        ("一。", "One.", "1 · 0.98 · lesson.md:7"),
        ("二。", "Three?", "2 · 0.41 · lesson.md:7"),
        ("四。", "", "3 · no translation found · lesson.md:7"),
        ("", "Five.", "4 · no translation found · lesson.md:7"),
        ("六，", "Six,", "5 · part 1 · 0.90 · lesson.md:7"),
        ("七。", "seven.", "6 · part 2 · 0.90 · lesson.md:7"),
    ]


def test_doubts_and_omissions_come_first_and_lead_to_their_place() -> None:
    page = parsed(write(lesson(), 0.8))
    assert [s.css_first("h2").text() for s in page.css("section")] == [
        "Doubtful pairs", "Sentences without translation", "What was noticed", "All pairs",
    ]  # fmt: skip
    doubtful = section(page, "Doubtful pairs").css("li")
    assert shown(doubtful) == [("二。", "Three?", "2 · 0.41 · lesson.md:7")]
    assert len(section(page, "Sentences without translation").css("li")) == 2
    for link in page.css("a"):
        assert page.css_first(link.attributes["href"] or "") is not None
    assert section(page, "What was noticed").text(deep=True).split() == (
        "What was noticed warning: lesson.md:3: something is odd (look at it)".split()
    )


def test_nothing_doubtful_needs_no_section() -> None:
    page = parsed(write(lesson(BEADS[:1], findings=()), 0.8))
    assert [s.css_first("h2").text() for s in page.css("section")] == ["All pairs"]


def test_what_a_human_replaced_stands_beside_the_source() -> None:
    corrected = replace(BEADS[0], en=(Sentence("One!", "en", HERE, original="One."),))
    items = section(parsed(write(lesson((corrected,)), 0.8)), "All pairs").css("li")
    assert shown(items) == [("一。", "One!", "in the source: One.", "1 · 0.98 · lesson.md:7")]


@pytest.mark.parametrize("script", ["zh-Hans", "zh-Hant"])
def test_each_side_names_its_language(script: str) -> None:
    page = parsed(write(lesson(), 0.8, script))  # type: ignore[arg-type]
    assert page.css_first("html").attributes["lang"] == "en"
    for item in section(page, "All pairs").css("li"):
        assert [div.css_first("p").attributes["lang"] for div in item.css("div")] == [script, "en"]


def test_no_text_is_markup() -> None:
    where = Place(f"a/{HOSTILE}", 1)
    hostile = Bead(
        (Sentence(HOSTILE, "zh", where, original=HOSTILE),), (Sentence(HOSTILE, "en", where, original=HOSTILE),), 0.1
    )
    findings = (Finding("text", where, "warning", HOSTILE, HOSTILE),)
    page = write(lesson((hostile,), HOSTILE, findings), 0.8)
    harmless = write(lesson((bead("一。", "One.", 0.1),), "title", (replace(FINDING, where=where),)), 0.8)
    tags = {node.tag for node in parsed(page).css("*")}
    assert tags - {"p", "span"} == {node.tag for node in parsed(harmless).css("*")} - {"p", "span"}
    assert not parsed(page).css("script, img, [onerror], [src]")
    assert "\u202e" not in page.decode()
    shown_text = section(parsed(page), "All pairs").css_first("li p").text()
    assert shown_text == HOSTILE.replace("\u202e", "")


def test_the_page_needs_nothing_else() -> None:
    page = write(lesson(), 0.8).decode()
    assert not re.search(r"<script|https?:|url\(|@import|<link|<img", page)
    assert "default-src 'none'" in page
    assert page.encode().startswith(MARK)


def test_the_page_is_the_same_in_every_folder() -> None:
    def moved(beads: tuple[Bead, ...], folder: str) -> tuple[Bead, ...]:
        where = Place(f"{folder}lesson.md", 7)
        return tuple(
            replace(b, zh=tuple(replace(s, where=where) for s in b.zh), en=tuple(replace(s, where=where) for s in b.en))
            for b in beads
        )

    assert len({write(lesson(moved(BEADS, folder)), 0.8) for folder in ("", "/home/a/", "C:\\b\\")}) == 1
