"""Sentence pairs as a Word document to be looked over: a table of two languages, and how sure each pair is."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flashcards.files import pack_archive
from flashcards.markup import xml_text
from flashcards.model import Bead
from flashcards.tables import About
from flashcards.tables.proofs import ProofRow, proof_rows, summary

if TYPE_CHECKING:
    from docx.document import Document

Element = Any
"""An element of lxml, which has no types."""

_PROGRAM = "docProps/app.xml"
_IS_OURS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>flashcards</Application></Properties>"
)
"""Word replaces this when somebody saves the document, which then is not ours to overwrite."""

_WIDTHS = (4300, 4300, 1300)    # of the columns, in twentieths of a point
_MARGIN = 1000    # the same
_CHINESE, _CONFIDENCE = 0, 2    # places of columns
_DOUBTFUL = "FFE8C7"
_LATIN_FONT = "Calibri"
_CHINESE_FONTS = {"zh-Hans": ("SimSun", "zh-CN"), "zh-Hant": ("PMingLiU", "zh-TW")}
_TIME = datetime(2000, 1, 1)


def docx(beads: Sequence[Bead], about: About) -> bytes:
    """The beads as rows of Chinese, English and confidence; the same beads give the same bytes.

    A doubtful pair is shaded and has a question mark; a side that is left out is an empty, hatched cell. What is not
    text of the lesson stands in the page's header, so that the document can be read back as a source.
    """
    from docx import Document

    rows = list(proof_rows(beads, about.threshold))
    document = Document()
    _set_up(document, about)
    _set_header(document, " · ".join(filter(None, (xml_text(about.title), summary(rows, about.threshold)))))
    document.element.body.insert(0, _table(rows, about))
    document.add_paragraph()    # Word wants one behind a table
    return _packed(document)


def _set_up(document: "Document", about: About) -> None:
    """The document's properties, fonts, languages and margins, without the picture of python-docx's template."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, Twips

    properties = document.core_properties
    properties.title = xml_text(about.title)[:255]
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = _TIME
    package = document.part.package
    for id in [id for id, relation in package.rels.items() if relation.reltype.endswith("/thumbnail")]:
        del package.rels[id]

    chinese_font, chinese = _CHINESE_FONTS[about.script]
    normal = document.styles["Normal"]
    normal.font.name = _LATIN_FONT
    normal.font.size = Pt(10.5)
    run = normal.element.get_or_add_rPr()
    run.rFonts.set(qn("w:eastAsia"), chinese_font)
    run.append(_w("lang", val="en-US", eastAsia=chinese))
    section = document.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(_MARGIN)
    section.page_width, section.page_height = Twips(11906), Twips(16838)    # A4


def _set_header(document: "Document", text: str) -> None:
    from docx.shared import Pt

    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.text = text
    paragraph.paragraph_format.space_after = Pt(6)


def _table(rows: Sequence[ProofRow], about: About) -> Element:
    borders = [
        _w(side, val="single", sz="4", space="0", color="A6A6A6")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    margins = [
        _w(side, w=width, type="dxa")
        for side, width in (("top", "40"), ("left", "80"), ("bottom", "40"), ("right", "80"))
    ]
    properties = _w(
        "tblPr",
        _w("tblW", w=str(sum(_WIDTHS)), type="dxa"),
        _w("tblBorders", *borders),
        _w("tblLayout", type="fixed"),
        _w("tblCellMar", *margins),
    )
    grid = _w("tblGrid", *(_w("gridCol", w=str(width)) for width in _WIDTHS))
    return _w("tbl", properties, grid, _header(about), *(_row(row, about) for row in rows))


def _header(about: About) -> Element:
    cells = _cells(("中文", "English", "Confidence"), "D9D9D9", about, _w("b"))
    return _w("tr", _w("trPr", _w("cantSplit"), _w("tblHeader")), *cells)


def _row(row: ProofRow, about: About) -> Element:
    cells = _cells((row.zh, row.en, row.shown), _DOUBTFUL if row.doubtful else "", about)
    return _w("tr", _w("trPr", _w("cantSplit")), *cells)


def _cells(texts: Sequence[str], fill: str, about: About, *properties: Element) -> Iterator[Element]:
    """The cells of a row; `fill` is the colour behind them ("" for none), `properties` those of their text."""
    chinese = _CHINESE_FONTS[about.script][1]
    for column, (text, width) in enumerate(zip(texts, _WIDTHS, strict=True)):
        shade = [_w("shd", val="clear", color="auto", fill=fill)] if fill else []
        if not text:
            shade = [_w("shd", val="thinDiagStripe", color="A6A6A6", fill="auto")]
        size = [_w("sz", val="16")] if column == _CONFIDENCE else []
        lang = _w("lang", val=chinese, eastAsia=chinese) if column == _CHINESE else _w("lang", val="en-US")
        content = _w("t")
        content.text = xml_text(text)
        run = _w("r", _w("rPr", *map(copy, properties), *size, lang), content)
        spacing = _w("pPr", _w("spacing", before="0", after="0", line="264", lineRule="auto"))
        yield _w("tc", _w("tcPr", _w("tcW", w=str(width), type="dxa"), *shade), _w("p", spacing, run))


def _w(name: str, *children: Element, **attributes: str) -> Element:
    """An element of WordprocessingML."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    element.extend(children)
    return element


def _packed(document: "Document") -> bytes:
    """The document's bytes without the time of day, what names the program in front, and that not compressed."""
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != _PROGRAM}
    return pack_archive({_PROGRAM: _IS_OURS, **parts}, stored={_PROGRAM})
