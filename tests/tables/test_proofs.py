"""The tables of pairs that humans look over: Word documents and pages, read back by those who read such files."""

import io
from pathlib import Path

import docx
import lxml.html
import pytest
from docx.oxml.ns import qn

from flashcards import files, readers, tables
from flashcards.errors import OutputError
from flashcards.model import Bead, Place, Sentence
from flashcards.tables import About

HERE = Place("lesson.md", 1)
ABOUT = About("第一课 <Lesson> 1", 0.8)


def bead(zh: str, en: str, confidence: float) -> Bead:
    return Bead(
        (Sentence(zh, "zh", HERE),) if zh else (), (Sentence(en, "en", HERE),) if en else (), confidence
    )


BEADS = (
    bead("你好。", "Hello & <b>welcome</b>.", 0.98),
    bead("他说：“再见。”", 'He said, "Bye."', 0.62),
    bead("", "Only English.", 0.5),
    bead("只有中文。", "", 0.9),
    bead("一\x07\u202e二", "]]> <script>alert(1)</script>", 0.8),
)
TEXTS = [
    ["你好。", "Hello & <b>welcome</b>.", "0.980"],
    ["他说：“再见。”", 'He said, "Bye."', "? 0.620"],
    ["", "Only English.", "0.500"],
    ["只有中文。", "", "0.900"],
    ["一 二", "]]> <script>alert(1)</script>", "0.800"],
]
COUNTS = "3 pairs, 1 doubtful (under 0.8), 2 without translation"


def word(about: About = ABOUT) -> docx.document.Document:
    return docx.Document(io.BytesIO(tables.write(tables.PAIRS, "docx", BEADS, about)))


def page(about: About = ABOUT) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(tables.write(tables.PAIRS, "html", BEADS, about))


def test_word_shows_every_bead_in_a_row() -> None:
    rows = word().tables[0].rows
    texts = [[cell.text for cell in row.cells] for row in rows]
    assert texts == [["中文", "English", "Confidence"], *TEXTS]


def test_rows_of_word_stay_whole_under_a_header_on_every_page() -> None:
    properties = [row._tr.trPr for row in word().tables[0].rows]
    assert all(each.find(qn("w:cantSplit")) is not None for each in properties)
    assert [each.find(qn("w:tblHeader")) is not None for each in properties] == [True, *[False] * len(BEADS)]


def test_word_shades_doubtful_pairs_and_hatches_what_is_missing() -> None:
    shades = [
        [(shade.get(qn("w:val")), shade.get(qn("w:fill"))) for shade in row._tr.iter(qn("w:shd"))]
        for row in word().tables[0].rows[1:]
    ]
    assert shades == [[], [("clear", "FFE8C7")] * 3, [("thinDiagStripe", "auto")], [("thinDiagStripe", "auto")], []]


@pytest.mark.parametrize(
    ("script", "chinese", "font"), [("zh-Hans", "zh-CN", "SimSun"), ("zh-Hant", "zh-TW", "PMingLiU")]
)
def test_word_knows_the_languages(script: str, chinese: str, font: str) -> None:
    document = word(About("", 0.8, script))
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == font
    zh, en = (
        cell.paragraphs[0].runs[0]._r.rPr.find(qn("w:lang")) for cell in document.tables[0].rows[1].cells[:2]
    )
    assert (zh.get(qn("w:eastAsia")), en.get(qn("w:val"))) == (chinese, "en-US")


def test_the_header_of_word_says_what_it_is() -> None:
    document = word()
    assert document.sections[0].header.paragraphs[0].text == f"{ABOUT.title} · {COUNTS}"
    assert document.core_properties.title == ABOUT.title


def test_word_reads_back_as_the_same_rows(tmp_path: Path) -> None:
    path = tmp_path / "pairs.docx"
    path.write_bytes(tables.write(tables.PAIRS, "docx", BEADS, ABOUT))
    read, _ = readers.read(path)
    assert [(block.text, block.lang) for block in read.blocks] == [
        (text, lang) for row in TEXTS for text, lang in zip(row[:2], ("zh", "en"), strict=True) if text
    ]
    pairs = [block.row for block in read.blocks if block.row is not None]
    assert pairs == [0, 0, 1, 1, 2, 2]


def test_the_same_beads_give_the_same_bytes() -> None:
    for suffix in tables.PAIRS:
        assert tables.write(tables.PAIRS, suffix, BEADS, ABOUT) == tables.write(tables.PAIRS, suffix, BEADS, ABOUT)


def test_a_word_document_that_somebody_saved_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "pairs.docx"
    data, mark = tables.write(tables.PAIRS, "docx", BEADS, ABOUT), tables.mark(tables.PAIRS, "docx")
    files.write_result(path, data, mark, [])
    files.write_result(path, data, mark, [])
    docx.Document(path).save(path)
    with pytest.raises(OutputError, match="is something else"):
        files.write_result(path, data, mark, [])


def test_the_page_shows_every_bead_in_a_row() -> None:
    rows = page().xpath("//tbody/tr")
    assert [[cell.text_content() for cell in row.iter("td")] for row in rows] == TEXTS
    assert [row.get("class") for row in rows] == [None, "doubtful", None, None, None]


def test_the_page_lists_what_to_look_at_first_with_links_to_it() -> None:
    found = page()
    assert found.xpath("//header/p")[0].text == COUNTS
    lists = {section.find("h2").text: section.xpath(".//a/@href") for section in found.xpath("//section")}
    assert lists == {"Doubtful pairs": ["#pair-2"], "Without translation": ["#pair-3", "#pair-4"]}
    ids = set(found.xpath("//@id"))
    assert all(link[1:] in ids for links in lists.values() for link in links)


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    found = page()
    assert not found.xpath("//script | //link | //img | //@src | //@onclick")
    assert all(link.startswith("#") for link in found.xpath("//@href"))
    assert "url(" not in found.xpath("//style")[0].text
    assert found.xpath("//h1")[0].text == ABOUT.title


def test_the_page_knows_its_languages() -> None:
    found = page(About("课", 0.8, "zh-Hant"))
    assert {cell.get("lang") for cell in found.xpath("//tbody//td[@lang]")} == {"zh-Hant", "en"}
    assert (found.get("lang"), found.xpath("//h1/@lang")) == ("en", ["zh-Hant"])


def test_a_page_without_doubts_lists_none() -> None:
    data = tables.write(tables.PAIRS, "html", BEADS[:1], ABOUT)
    assert b"<section>" not in data
