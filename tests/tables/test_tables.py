import csv
import io
import json

import pytest
from lxml import etree

from flashcards import tables
from flashcards.errors import UsageError
from flashcards.model import Bead, Place, Rendering, Sentence, Term, Word

HERE = Place("x", 1)
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def bead(zh: tuple[str, ...], en: tuple[str, ...], confidence: float) -> Bead:
    return Bead(
        tuple(Sentence(text, "zh", HERE) for text in zh), tuple(Sentence(text, "en", HERE) for text in en), confidence
    )


BEADS = (
    bead(("一。", "二\t三。"), ("One.", "Two & <three>."), 0.98765),
    bead((), ("Only English.",), 0.5),
    bead(("=1+1",), ("A formula\x07.",), 1.0),
)
WORD = Word("疫苗", "疫苗", "疫苗", "n", 6, ("yì", "miáo"), 1.0, "yìmiáo", "")
TERMS = (
    Term("1", "疫苗", (WORD,), (Rendering(((0, 8),), "Vaccines", "vaccines", "p", 0.9),), "jab", (), 6, 2, (), (), 1),
    Term("2", "疫苗", (WORD,), (Rendering(((0, 8),), "it", "it", "p", 0.2),), "", (), 0, 1, (), (), 0.5),
)


def test_pairs_as_tsv() -> None:
    lines = tables.write(tables.PAIRS, "tsv", BEADS).decode().splitlines()
    assert lines == [
        "zh\ten\tconfidence",
        "一。二 三。\tOne. Two & <three>.\t0.988",
        "\tOnly English.\t0.500",
        "=1+1\tA formula .\t1.000",
    ]


def test_pairs_as_jsonl_keep_sentences_and_omissions() -> None:
    rows = [json.loads(line) for line in tables.write(tables.PAIRS, ".jsonl", BEADS).splitlines()]
    assert rows[0] == {"zh": ["一。", "二\t三。"], "en": ["One.", "Two & <three>."], "confidence": 0.988}
    assert rows[1]["zh"] == []
    document = json.loads(tables.write(tables.PAIRS, "json", BEADS, tables.About("课")))
    assert document == {"generator": "flashcards pairs", "title": "课", "pairs": rows}


def test_csv_is_safe_in_a_spreadsheet() -> None:
    data = tables.write(tables.PAIRS, "CSV", BEADS)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[3][0] == "'=1+1"


TMX = """
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #REQUIRED>
<!ELEMENT header (note | prop | ude)*>
<!ATTLIST header
    creationtool CDATA #REQUIRED
    creationtoolversion CDATA #REQUIRED
    segtype (block | paragraph | sentence | phrase) #REQUIRED
    o-tmf CDATA #REQUIRED
    adminlang CDATA #REQUIRED
    srclang CDATA #REQUIRED
    datatype CDATA #REQUIRED>
<!ELEMENT note (#PCDATA)>
<!ELEMENT ude EMPTY>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
"""
"""The structure of TMX 1.4b, without what we do not write."""


def test_tmx_holds_the_pairs() -> None:
    root = etree.fromstring(tables.write(tables.PAIRS, "tmx", BEADS))
    segments = [seg.text for seg in root.iter("seg")]
    assert segments == ["一。二\t三。", "One. Two & <three>.", "=1+1", "A formula."]
    assert {tuv.get(LANG) for tuv in root.iter("tuv")} == {"zh", "en"}


@pytest.mark.parametrize("beads", [BEADS, ()], ids=["pairs", "nothing"])
def test_tmx_has_the_structure_of_tmx(beads: tuple[Bead, ...]) -> None:
    structure = etree.DTD(io.StringIO(TMX))
    root = etree.fromstring(tables.write(tables.PAIRS, "tmx", beads))
    assert structure.validate(root), structure.error_log
    languages = [{tuv.get(LANG) for tuv in unit.iter("tuv")} for unit in root.iter("tu")]
    assert all(root.find("header").get("srclang") in each for each in languages)


def test_terms_leave_unsure_renderings_blank() -> None:
    lines = tables.write(tables.TERMS, "tsv", TERMS).decode().splitlines()
    assert lines[1:] == ["疫苗\tyìmiáo\tvaccines\t0.9\t6\t2\tjab", "疫苗\tyìmiáo\t\t\t\t1\t"]
    rows = [json.loads(line) for line in tables.write(tables.TERMS, "jsonl", TERMS).splitlines()]
    assert [row["rendering"] for row in rows] == ["vaccines", ""]


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"\.tsv, \.csv, \.jsonl, \.json, \.tmx"):
        tables.write(tables.PAIRS, ".doc", BEADS)


@pytest.mark.parametrize("suffix", tables.PAIRS)
def test_marks_tell_our_files(suffix: str) -> None:
    assert len(tables.mark(tables.PAIRS, suffix)) >= 3
    assert tables.write(tables.PAIRS, suffix, BEADS).startswith(tables.mark(tables.PAIRS, suffix))
