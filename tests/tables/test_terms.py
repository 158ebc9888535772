"""Terms in every format of a table, read back as programs read them."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tbx import tbxfile

from flashcards import tables
from flashcards.markup import cell, spreadsheet_cell, xml_text
from flashcards.model import Bead, Pair, Place, Rendering, Sentence, Term, Word
from flashcards.tables import TERMS, About
from flashcards.tables.terms import HEADER

HERE = Place("x", 1)
TBX_BASIC = etree.RelaxNG(etree.parse(Path(__file__).parent / "tbx_basic.rng"))
NAMESPACES = {"t": "urn:iso:std:iso:30042:ed-2"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CREDIT = "CC BY-SA 4.0"


def pair(id: str, zh: str, en: str) -> Pair:
    return Pair(id, Bead((Sentence(zh, "zh", HERE),), (Sentence(en, "en", HERE),), 0.99))


def word(text: str, tag: str = "n") -> Word:
    return Word(text, text, text, tag, 0, ("x",) * len(text), 1.0, "x" * len(text), "")


def rendering(citation: str, pair_id: str, confidence: float) -> Rendering:
    return Rendering((), citation, citation, pair_id, confidence)


def term(text: str, *renderings: Rendering, tag: str = "n", definition: str = "", level: int = 0) -> Term:
    senses = (definition,) if definition else ()
    return Term("0" * 15 + "1", text, (word(text, tag),), renderings, definition, senses, level, 1, ("p1",), (), 1)


PAIRS = (pair("p1", "他打了疫苗。", "He got the jab."), pair("p2", "疫苗有效。", "Vaccines work."))
ABOUT = About("第一课", 0.8, "zh-Hans", PAIRS)
VACCINE = term(
    "疫苗",
    rendering("vaccine", "p2", 0.97),
    rendering("jab", "p1", 0.85),
    rendering("got", "p1", 0.7),
    definition="preparation that gives immunity",
    level=7,
)


def tbx(terms: tuple[Term, ...], about: About = ABOUT) -> etree._Element:
    return etree.fromstring(tables.write(TERMS, "tbx", terms, about))


def texts(root: etree._Element, path: str) -> list[str]:
    return [str(each.text or "") for each in root.findall(path, NAMESPACES)]


def test_a_term_base_has_each_sure_rendering_in_its_context() -> None:
    root = tbx((VACCINE,))
    assert TBX_BASIC.validate(root), TBX_BASIC.error_log
    chinese, english = root.findall(".//t:langSec", NAMESPACES)
    assert [chinese.get(LANG), english.get(LANG)] == ["zh-Hans", "en"]
    assert texts(chinese, ".//t:term") == ["疫苗"]
    assert texts(chinese, ".//t:descrip") == ["疫苗有效。"]
    assert texts(chinese, ".//t:note") == ["Pinyin: xx", "HSK level: 7-9"]
    assert texts(english, ".//t:term") == ["vaccine", "jab"]
    assert texts(english, ".//t:termNote") == ["preferredTerm-admn-sts", "admittedTerm-admn-sts"]
    assert texts(english, ".//t:descrip") == ["Vaccines work.", "He got the jab."]
    assert texts(root, ".//t:conceptEntry/t:descripGrp/*") == ["preparation that gives immunity", "CC-CEDICT"]
    assert texts(root, ".//t:title") == ["第一课"]
    assert CREDIT in " ".join(texts(root, ".//t:p"))


OLDER = {
    "martif": "tbx",
    "martifHeader": "tbxHeader",
    "termEntry": "conceptEntry",
    "langSet": "langSec",
    "tig": "termSec",
}


def test_the_edition_of_2008_has_other_names_for_the_same() -> None:
    def tree(element: etree._Element) -> object:
        name = etree.QName(element).localname
        children = [tree(child) for child in element if etree.QName(child).localname != "encodingDesc"]
        attributes = {key: value for key, value in element.attrib.items() if key != "style"}
        return OLDER.get(name, name), attributes, (element.text or "").strip(), children

    older = tbx((VACCINE,), replace(ABOUT, edition="2008"))
    assert tree(older) == tree(tbx((VACCINE,)))
    assert older.getroottree().docinfo.system_url == "TBXBasiccoreStructV02.dtd"
    assert {etree.QName(each).namespace for each in older.iter()} == {None}
    assert texts(older, ".//encodingDesc/p") == ["TBXBasicXCSV02.xcs"]


def test_a_translators_program_reads_the_edition_of_2008() -> None:
    terms = (VACCINE, term("疫苗", rendering("got", "p1", 0.7)))
    store = tbxfile.parsestring(tables.write(TERMS, "tbx", terms, replace(ABOUT, edition="2008")))
    store.setsourcelanguage("zh-Hans")
    store.settargetlanguage("en")
    known, unsure = store.units
    assert (known.source, [each.text for each in known.get_target_terms()]) == ("疫苗", ["vaccine", "jab"])
    assert known.getnotes("definition").splitlines()[0] == "preparation that gives immunity"
    assert (unsure.source, unsure.target) == ("疫苗", None)


def test_a_term_without_a_sure_rendering_has_no_english() -> None:
    root = tbx((term("疫苗", rendering("got", "p1", 0.79)),))
    assert TBX_BASIC.validate(root), TBX_BASIC.error_log
    assert texts(root, ".//t:term") == ["疫苗"]


def test_the_script_of_a_term_base() -> None:
    data = tables.write(TERMS, "tbx", (VACCINE,), replace(ABOUT, script="zh-Hant"))
    assert b'xml:lang="zh-Hant"' in data
    assert b"zh-Hans" not in data


PARTS_OF_SPEECH = {
    ("v", "to vaccinate"): ["verb"],
    ("ns", "Shanghai, municipality"): ["noun"],
    ("n", "to vaccinate"): [],
    ("n", "sustainable"): [],
    ("v", "vaccine"): [],
    ("nr", "to surname"): [],
    ("v", ""): [],
}


@pytest.mark.parametrize(("known", "told"), PARTS_OF_SPEECH.items(), ids=map("-".join, PARTS_OF_SPEECH))
def test_a_part_of_speech_is_told_only_where_it_is_known(known: tuple[str, str], told: list[str]) -> None:
    tag, definition = known
    assert texts(tbx((term("疫苗", tag=tag, definition=definition),)), ".//t:termNote") == told


@pytest.mark.parametrize("suffix", TERMS)
def test_marks_tell_our_files(suffix: str) -> None:
    assert len(tables.mark(TERMS, suffix)) >= 3
    assert tables.write(TERMS, suffix, (VACCINE,), ABOUT).startswith(tables.mark(TERMS, suffix))


def test_json_is_one_document_with_the_rows_of_json_lines() -> None:
    document = json.loads(tables.write(TERMS, "json", (VACCINE, VACCINE), ABOUT))
    lines = [json.loads(line) for line in tables.write(TERMS, "jsonl", (VACCINE, VACCINE)).splitlines()]
    assert document == {"generator": "flashcards terms", "title": "第一课", "terms": lines}
    assert json.loads(tables.write(TERMS, "json", ()))["terms"] == []


ANY = st.text(max_size=12) | st.sampled_from(
    ["=1+1", "@x", "a\tb\nc", '"', ",", "'", "]]>", "<!--", "&amp;", "\x00\x1b[2J", "\ufffe", "\u202e", "\r\n", "𠮷"]
)


def any_terms(text: str, citation: str, definition: str) -> tuple[Term, ...]:
    found = term(text, rendering(citation, "p1", 0.9), definition=definition)
    return (replace(found, words=(replace(word(text), pinyin=""),)),)


@given(ANY, ANY, ANY)
def test_any_text_survives_every_table(text: str, citation: str, definition: str) -> None:
    terms = any_terms(text, citation, definition)
    wanted = (text, citation, definition)

    header, row = tables.write(TERMS, "tsv", terms).decode().removesuffix("\n").split("\n")
    assert header.split("\t") == list(HEADER)
    assert [row.split("\t")[i] for i in (0, 2, 6)] == [cell(each) for each in wanted]

    rows = list(csv.reader(io.StringIO(tables.write(TERMS, "csv", terms).decode("utf-8-sig"), newline="")))
    assert [rows[1][i] for i in (0, 2, 6)] == [spreadsheet_cell(each) for each in wanted]
    assert not any(each[:1] in ("=", "+", "-", "@", "\t", "\r") for each in rows[1] if each)

    found = json.loads(tables.write(TERMS, "json", terms, About(text)))
    assert [found["terms"][0][HEADER[i]] for i in (0, 2, 6)] == [*wanted]
    assert found["title"] == text


@given(ANY, ANY, ANY)
def test_any_text_survives_a_term_base(text: str, citation: str, definition: str) -> None:
    about = About(text, 0.8, "zh-Hans", (pair("p1", text, citation),))
    root = tbx(any_terms(text, citation, definition), about)
    clean = [cell(xml_text(each)) for each in (text, citation)]
    assert texts(root, ".//t:term") == (clean if citation else clean[:1])
    assert texts(root, ".//t:termSec//t:descrip") == (clean if citation else clean[:1])
    assert texts(root, ".//t:conceptEntry/t:descripGrp/t:descrip") == [cell(xml_text(definition))] * bool(definition)
    if all(clean):
        assert TBX_BASIC.validate(root), TBX_BASIC.error_log


SPREADSHEET = {
    "=1+1": "'=1+1",
    "+86": "'+86",
    "-5": "'-5",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1+1": "'=1+1",
    "＝1+1": "'＝1+1",
    "共同体": "共同体",
    'a "b", c': 'a "b", c',
}


@pytest.mark.parametrize(("text", "shown"), SPREADSHEET.items(), ids=map(repr, SPREADSHEET))
def test_nothing_is_a_formula_in_a_spreadsheet(text: str, shown: str) -> None:
    data = tables.write(TERMS, "csv", (term(text, definition=text),))
    assert data.startswith(b"\xef\xbb\xbf")
    row = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1]
    assert (row[0], row[-1]) == (shown, shown)
