"""What the DOCX reader makes of documents that python-docx writes, and of XML as Word writes it."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml

from flashcards import readers
from flashcards.errors import InputError
from flashcards.model import Document, Finding
from flashcards.readers.docx import read
from tests.readers.fuzz import assert_robust
from tests.readers.word import SPACES, WORD, box, code, mark, old_box, p, r, saved, sdt, tbl, tc, tr, with_parts, word

Simple = list[tuple[str, str, int | None]]


def blocks(content: str) -> Simple:
    return simplified(read(word(content), "a.docx")[0])


def simplified(document: Document) -> Simple:
    return [(block.text, block.kind, block.row) for block in document.blocks]


def par(text: str) -> tuple[str, str, None]:
    return (text, "paragraph", None)


PARAGRAPHS = {
    "headings by style": (
        p(r("标题"), style="Heading1") + p(r("A Title"), style="Title") + p(r("Text.")),
        [("标题", "heading", None), ("A Title", "heading", None), par("Text.")],
    ),
    "headings by outline level": (
        p(r("标题"), properties='<w:outlineLvl w:val="0"/>')
        + p(r("Text."), style="Heading1", properties='<w:outlineLvl w:val="9"/>'),
        [("标题", "heading", None), par("Text.")],
    ),
    "list items": (
        p(r("一是好的。"), style="ListBullet", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        [par("一是好的。")],
    ),
    "runs of one word": (p(r("Wo"), r("rld"), r(" peace.")), [par("World peace.")]),
    "hard breaks": (
        p(r("Dear Sir,"), "<w:r><w:br/></w:r>", r("亲爱的先生："), "<w:r><w:cr/></w:r>", r("hello")),
        [("Dear Sir,", "line", None), ("亲爱的先生：", "line", None), ("hello", "line", None)],
    ),
    "a page break within a paragraph": (
        p(r("It is go-"), '<w:r><w:br w:type="page"/></w:r>', r("ing. We are going.")),
        [par("It is going. We are going.")],
    ),
    "a page break alone": (
        p('<w:r><w:br w:type="page"/></w:r>') + p("<w:r><w:lastRenderedPageBreak/></w:r>", r("好。")),
        [par("好。")],
    ),
    "tabs between the languages": (
        p(r("你好"), "<w:r><w:tab/></w:r>", r("hello")) + p(r("再见"), "<w:r><w:tab/></w:r>", r("bye")),
        [("你好", "cell", 0), ("hello", "cell", 0), ("再见", "cell", 1), ("bye", "cell", 1)],
    ),
    "tabs elsewhere": (
        p("<w:r><w:tab/></w:r>", r("Chapter 1"), "<w:r><w:tab/></w:r>", r("Tea")),
        [par("Chapter 1 Tea")],
    ),
    "a hyphen that never breaks": (
        p(r("e"), "<w:r><w:noBreakHyphen/></w:r>", r("mail in"), "<w:r><w:softHyphen/></w:r>", r("to")),
        [par("e-mail into")],
    ),
    "line ends in the XML": (p(r("one\n  two")), [par("one   two")]),
    "a drop capital": (
        p(r("T"), properties='<w:framePr w:dropCap="drop"/>') + p(r("he world.")),
        [par("The world.")],
    ),
}
LEFT_OUT = {
    "deleted text": (
        p(r("Good "), f"<w:del>{r('bad ')}<w:r><w:delText>worse</w:delText></w:r></w:del>",
          f"<w:ins>{r('new')}</w:ins>"),
        [par("Good new")],
    ),
    "moved text": (
        p(f"<w:moveTo>{r('Here.')}</w:moveTo>") + p(r("x"), f"<w:moveFrom>{r('Here.')}</w:moveFrom>"),
        [par("Here."), par("x")],
    ),
    "a deleted end of a paragraph": (
        p(r("世界"), properties="<w:rPr><w:del/></w:rPr>") + p(r("变了。")),
        [par("世界变了。")],
    ),
    "hidden text": (
        p(r("See"), r("n", "<w:vanish/>"), r("n", '<w:vanish w:val="0"/>')) + p(r("x"), style="Hidden"),
        [par("Seen"), par("x")],
    ),
    "pinyin above characters": (
        p(
            "<w:r><w:ruby><w:rubyPr/>"
            f"<w:rt>{r('hàn')}</w:rt><w:rubyBase>{r('汉')}</w:rubyBase></w:ruby></w:r>",
            r("字。"),
        ),
        [par("汉字。")],
    ),
    "field codes": (
        p(r("Page "), mark("begin"), code(" IF "), mark("begin"), code("PAGE"), mark("separate"), r("7"), mark("end"),
          code('= 7 "x"'), mark("separate"), r("seven"), mark("end"), r(".")),
        [par("Page seven.")],
    ),
    "a field that never ends": (p(r("one"), mark("begin"), r("x")) + p(r("two")), [par("one"),
                                                                                par("two")]),
    "a table of contents": (
        p(r("第一章"), style="TOC1") + p(r("第一章"), style="Heading1"),
        [("第一章", "heading", None)],
    ),
    "a prompt to type": (
        p(sdt(r("Click here"), "<w:showingPlcHdr/>"), r("A.")),
        [par("A.")],
    ),
    "marks of notes": (
        p(r("One"), '<w:r><w:footnoteReference w:id="2"/></w:r>',
          '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>', r("."),
          '<w:r><w:commentReference w:id="0"/></w:r>'),
        [par("One.")],
    ),
}  # fmt: skip
TAKEN = {
    "hyperlinks": (p(r("See "), f"<w:hyperlink>{r('the sea')}</w:hyperlink>", r(".")), [par("See the sea.")]),
    "simple fields": (p(r("In "), f'<w:fldSimple w:instr="DATE">{r("May")}</w:fldSimple>'), [par("In May")]),
    "smart tags": (
        p(f"<w:smartTag><w:smartTag>{r('Bei')}</w:smartTag>{r('jing')}</w:smartTag>"),
        [par("Beijing")],
    ),
    "content controls": (
        sdt(p(r("One."))) + p(sdt(r("Two."))),
        [par("One."), par("Two.")],
    ),
    "formulas": (p(r("Let "), "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", r(".")), [par("Let x=1.")]),
    "a text box once": (
        p(r("before "), '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
          f"{box('inside')}</w:drawing></mc:Choice><mc:Fallback>{old_box('inside')}</mc:Fallback>"
          "</mc:AlternateContent></w:r>", r("after")),
        [par("before after"), par("inside")],
    ),
    "an old text box": (
        p(r("text"), f"<w:r>{old_box('inside')}</w:r>"), [par("text"), par("inside")],
    ),
}  # fmt: skip
TABLES = {
    "languages in columns": (
        tbl(tr(tc("中文"), tc("English")), tr(tc("你好"), tc("hello")), tr(tc("再见"), tc("bye"))),
        [("你好", "cell", 0), ("hello", "cell", 0), ("再见", "cell", 1), ("bye", "cell", 1)],
    ),
    "a first row that is no header": (
        tbl(tr(tc("英语"), tc("English")), tr(tc("英语老师"), tc("an English teacher"))),
        [("英语老师", "cell", 0), ("an English teacher", "cell", 0)],
    ),
    "a header that is repeated": (
        tbl(tr(tc("中文"), tc("Remarks"), properties="<w:tblHeader/>"), tr(tc("你好"), tc("hello"))),
        [par("Remarks"), ("你好", "cell", 0), ("hello", "cell", 0)],
    ),
    "cells of several paragraphs": (
        tbl(tr(tc("一。", "二。"), tc("One.", "Two."))),
        [("一。", "cell", 0), ("二。", "cell", 0), ("One.", "cell", 0), ("Two.", "cell", 0)],
    ),
    "languages in rows": (
        tbl(tr(tc("你好"), tc("再见")), tr(tc("hello"), tc("bye"))),
        [par("你好"), par("再见"),
         par("hello"), par("bye")],
    ),
    "pinyin": (tbl(tr(tc("你好"), tc("ni3 hao3"), tc("hello"))), [("你好", "cell", 0), ("hello", "cell", 0)]),
    "an empty side": (
        tbl(tr(tc("一"), tc("one")), tr(tc("二"), tc(p())), tr(tc("三"), tc("three"))),
        [("一", "cell", 0), ("one", "cell", 0), par("二"), ("三", "cell", 1), ("three", "cell", 1)],
    ),
    "a cell over two rows": (
        tbl(
            tr(tc("一，二。", properties='<w:vMerge w:val="restart"/>'), tc("One,")),
            tr(tc("一，二。", properties="<w:vMerge/>"), tc("two.")),
            tr(tc("三"), tc("three")),
        ),
        [("一，二。", "cell", 0), ("One,", "cell", 0), ("two.", "cell", 0),
         ("三", "cell", 1), ("three", "cell", 1)],
    ),
    "a cell over two columns": (
        tbl(tr(tc("第一课", properties='<w:gridSpan w:val="2"/>')), tr(tc("一"), tc("one"))),
        [par("第一课"), ("一", "cell", 0), ("one", "cell", 0)],
    ),
    "a table for the layout": (
        tbl(tr(tc("左"), tc("two", tbl(tr(tc("一"), tc("one"))), p()))),
        [par("左"), par("two"), ("一", "cell", 0), ("one", "cell", 0)],
    ),
    "rows that are deleted or hidden": (
        tbl(tr(tc("一"), tc("one"), properties="<w:del/>"), tr(tc("二"), tc("two"), properties="<w:hidden/>"),
            tr(tc("三"), tc("three"), properties="<w:ins/>")),
        [("三", "cell", 0), ("three", "cell", 0)],
    ),
    "cells in content controls": (
        tbl(sdt(tr(sdt(tc("一")), tc("one")))),
        [("一", "cell", 0), ("one", "cell", 0)],
    ),
}  # fmt: skip
CASES = {**PARAGRAPHS, **LEFT_OUT, **TAKEN, **TABLES}


@pytest.mark.parametrize(("content", "expected"), CASES.values(), ids=CASES)
def test_docx(content: str, expected: Simple) -> None:
    assert blocks(content) == expected


def test_a_style_can_hide_its_text_or_make_a_heading() -> None:
    document = docx.Document()
    hidden = document.styles.add_style("Teacher", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    hidden.font.hidden = True
    derived = document.styles.add_style("Lesson", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    derived.base_style = document.styles["Heading 2"]
    derived.base_style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {SPACES} w:val="1"/>'))
    document.add_paragraph("第一课", derived)
    document.add_paragraph("Seen").add_run(" unseen", hidden)
    assert simplified(read(saved(document), "a.docx")[0]) == [("第一课", "heading", None), par("Seen")]


CHAINS = {"short": (40, "heading"), "endless": (5_000, "paragraph")}


@pytest.mark.parametrize(("length", "kind"), CHAINS.values(), ids=CHAINS)
def test_styles_based_on_each_other_are_followed_so_far(length: int, kind: str) -> None:
    first = '<w:style w:styleId="s0"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    others = "".join(
        f'<w:style w:styleId="s{each}"><w:basedOn w:val="s{each - 1}"/></w:style>' for each in range(1, length)
    )
    styles = f"<w:styles {SPACES}>{first}{others}</w:styles>".encode()
    content = p(r("好"), style=f"s{length - 1}")
    made, _ = read(with_parts(word(content), lambda parts: parts.update({"word/styles.xml": styles})), "a.docx")
    assert simplified(made) == [("好", kind, None)]


def test_a_row_of_very_many_cells_is_not_searched_for_readings() -> None:
    triples = [tc("坏"), tc("huai4"), tc("bad")]
    assert len(blocks(tbl(tr(*triples * 33)))) == 2 * 33
    assert len(blocks(tbl(tr(*triples * 34)))) == 3 * 34


def test_headers_footers_and_comments_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "A header"
    document.sections[0].footer.paragraphs[0].text = "A footer"
    document.add_comment(document.add_paragraph("Text.").runs, "A comment")
    assert [block.text for block in read(saved(document), "a.docx")[0].blocks] == ["Text."]


def test_places_are_numbers_of_paragraphs_with_text() -> None:
    made, _ = read(word(p() + p(r("One.")) + p(r("***")) + p(r("Two."))), "a.docx")
    assert [str(block.where) for block in made.blocks] == ["a.docx:1", "a.docx:3"]


def test_the_suffix_and_the_title(tmp_path) -> None:
    path = tmp_path / "lesson.docx"
    path.write_bytes(word(p(r("Tea"), style="Title") + p(r("茶"), style="Title")))
    assert readers.read(path)[0].title == "茶"


def test_the_strict_kind_of_docx() -> None:
    def make_strict(parts: dict[str, bytes]) -> None:
        body = parts["word/document.xml"].replace(WORD.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        parts["word/document.xml"] = body

    data = with_parts(word(p(r("标题"), style="Heading1") + p(r("好。"))), make_strict)
    assert simplified(read(data, "a.docx")[0]) == [("标题", "heading", None), par("好。")]


def test_parts_that_are_missing_or_damaged_stop_nothing_but_what_needs_them() -> None:
    def damage(parts: dict[str, bytes]) -> None:
        del parts["docProps/core.xml"], parts["word/theme/theme1.xml"], parts["_rels/.rels"]
        parts["word/styles.xml"] = b"<w:styles"

    made, findings = read(with_parts(word(p(r("标题"), style="Heading1")), damage), "a.docx")
    assert simplified(made) == [("标题", "heading", None)]
    assert [(f.level, f.message[:37]) for f in findings] == [("warning", "headings cannot be told from paragrap")]


BODY = "word/document.xml"
ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="' + WORD.encode() + b'"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
)
BAD = {
    "no document": (lambda parts: parts.pop(BODY), r"a\.docx is not a DOCX file \(word/document\.xml is missing\)"),
    "no XML": (lambda parts: parts.update({BODY: b"<w"}), r"a\.docx \(word/document\.xml\) is not well-formed XML"),
    "entities": (lambda parts: parts.update({BODY: ENTITIES}), "declares XML entities"),
    "no body": (lambda parts: parts.update({BODY: b"<document/>"}), "has no text in it"),
    "no text": (lambda _: None, "has no text in it"),
}


@pytest.mark.parametrize(("change", "message"), BAD.values(), ids=BAD)
def test_bad_documents(change: Callable[[dict[str, bytes]], None], message: str) -> None:
    with pytest.raises(InputError, match=message) as raised:
        read(with_parts(word(p()), change), "a.docx")
    assert "\n" not in str(raised.value)


def test_deep_nesting_is_no_traceback() -> None:
    deep = "<w:customXml>" * 200 + p(r("好")) + "</w:customXml>" * 200
    assert [text for text, _, _ in blocks(deep)] == ["好"]
    tables = p(r("好"))
    for _ in range(60):
        tables = tbl(tr(tc(tables), tc(p())))
    assert [text for text, _, _ in blocks(tables)] == ["好"]


def test_damage_gives_no_traceback() -> None:
    content = "".join(content for content, _ in CASES.values())
    assert_robust(read, word(content), 150)


def test_damage_inside_the_parts_gives_no_traceback() -> None:
    whole = word("".join(content for content, _ in TABLES.values()))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        body = archive.read(BODY)

    def read_damaged(damaged: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
        return read(with_parts(whole, lambda parts: parts.update({BODY: damaged})), source)

    assert_robust(read_damaged, body, 80)
