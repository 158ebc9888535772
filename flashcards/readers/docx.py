"""DOCX: the body of a Word document as it would be printed with all changes accepted; notes and headers are left out.

The XML is read directly: python-docx knows neither tracked changes nor content controls, ruby, fields or text boxes,
and it refuses a document of which any part is missing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from flashcards.errors import InputError
from flashcards.model import Document, Finding, Place
from flashcards.readers import plain, rows, xml
from flashcards.readers.docx_styles import Styles, attribute, child, switch
from flashcards.readers.docx_text import PAGE_BREAK, Text, children, chosen, is_placeholder, texts
from flashcards.readers.opc import Package
from flashcards.readers.pieces import COLUMN_NAMES, Line, Piece, by_language, document, join_lines
from flashcards.text.joints import vocabulary

_USUAL_BODY = "word/document.xml"
_WRAPPERS = frozenset({"body", "customXml", "sdtContent", "ins", "moveTo"})


def read(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a DOCX file; what it says of places are numbers of paragraphs that have text.

    Raises:
        InputError: the file is no DOCX file, damaged, protected by a password, or has no text.
    """
    package = Package(data, source, "DOCX")
    path = package.main(_USUAL_BODY)
    body = children(package.parse(path), "body")
    styles, findings = _styles(package, path, source)
    words = vocabulary(texts(body))
    made, more = document(_Body(styles, words.__contains__).pieces(body), source)
    if not made.blocks:
        remedy = "save its text from Word as .docx or .txt; a picture of a text has to be recognised (OCR) first"
        raise InputError(f"{source} has no text in it", remedy)
    return made, (*findings, *more)


def _styles(package: Package, path: str, source: str) -> tuple[Styles, tuple[Finding, ...]]:
    """The styles, or none and a finding if they are damaged."""
    try:
        parts = package.relations(path).values()
        styles = next((part.path for part in parts if part.kind == "styles"), "word/styles.xml")
        return Styles(package.parse(styles) if styles in package else None), ()
    except InputError as error:
        message = f"headings cannot be told from paragraphs: {error.message}"
        return Styles(), (Finding("text", Place(source), "warning", message, error.remedy),)


class _Body:
    """The pieces of a body in its order."""

    def __init__(self, styles: Styles, is_word: Callable[[str], bool]) -> None:
        self._styles = styles
        self._is_word = is_word
        self._rows = count()
        self._number = 0
        self._text = ""    # of the paragraph that has begun, which may go on in the next element

    def pieces(self, elements: Iterable[xml.Element]) -> Iterator[Piece]:
        """The pieces of paragraphs and tables, and of what holds some: the body, a cell, a text box."""
        for element in elements:
            name = xml.name(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._end_paragraph()
                yield from self._table(element)
            elif name == "AlternateContent":
                yield from self.pieces(chosen(element))
            elif name in _WRAPPERS or (name == "sdt" and not is_placeholder(element)):
                yield from self.pieces(element)
        yield from self._end_paragraph()

    # Paragraphs

    def _paragraph(self, paragraph: xml.Element) -> Iterator[Piece]:
        properties = child(paragraph, "pPr")
        text = Text(self._styles, attribute(child(properties, "pStyle"), "val"))
        text.add(paragraph)
        if not self._styles.is_contents(properties):
            self._text += text.text
            if not _goes_on(properties):
                yield from self._end_paragraph(self._styles.is_heading(properties))
        for box in text.boxes:
            yield from self.pieces(box)

    def _end_paragraph(self, is_heading: bool = False) -> Iterator[Piece]:
        text, self._text = self._text, ""
        if text.strip():
            self._number += 1
            yield from self._pieces_of(text, is_heading)

    def _pieces_of(self, text: str, is_heading: bool) -> Iterator[Piece]:
        """The pieces of a paragraph's text, in which hard breaks end lines."""
        if PAGE_BREAK in text:
            text = "\n".join(self._joined(line) for line in text.split("\n"))
        if is_heading:
            for run in by_language(Line(line, self._number) for line in text.split("\n") if line.strip()):
                yield Piece(_on_one_line(join_lines(run, self._is_word).text), "heading", self._number)
            return
        found = list(plain.pieces(text, self._is_word))
        numbers = {row: next(self._rows) for row in dict.fromkeys(piece.row for piece in found) if row is not None}
        for piece in found:
            kind = "line" if len(found) > 1 and piece.kind == "paragraph" else piece.kind
            row = None if piece.row is None else numbers[piece.row]
            yield Piece(_on_one_line(piece.text), kind, self._number, row)

    def _joined(self, line: str) -> str:
        """A line without the page breaks in it, which end no sentence."""
        runs = by_language(Line(part, self._number) for part in line.split(PAGE_BREAK) if part.strip())
        return "\n".join(join_lines(run, self._is_word).text for run in runs)

    # Tables

    def _table(self, table: xml.Element) -> Iterator[Piece]:
        above: int | None = None
        for index, row in enumerate(_within(table, "tr")):
            properties = child(row, "trPr")
            if child(properties, "del") is not None or switch(properties, "hidden"):
                continue
            cells = _within(row, "tc")
            if len(cells) == 1 or any(child(cell, "tbl") is not None for cell in cells):
                above = None
                for cell in cells:
                    yield from self.pieces(cell)
                continue
            own = [list(self.pieces(cell)) for cell in cells if not _is_merged_into_another(cell)]
            is_repeated = bool(switch(properties, "tblHeader"))
            made = list(rows.pieces_of(_without_column_names(own, is_repeated, index == 0), self._rows))
            if above is not None and len(own) < len(cells) and all(piece.row is None for piece in made):
                # A cell of the row above reaches into this one.
                made = [replace(piece, kind="cell", row=above) for piece in made]
            above = next((piece.row for piece in made if piece.row is not None), None)
            yield from made


def _goes_on(properties: xml.Element | None) -> bool:
    """Whether a paragraph's end is deleted, or it is only the large letter with which the next one begins."""
    is_deleted = child(child(properties, "rPr"), "del") is not None
    return is_deleted or attribute(child(properties, "framePr"), "dropCap") in ("drop", "margin")


def _within(element: xml.Element, name: str) -> list[xml.Element]:
    """The rows of a table, or the cells of a row, those inside content controls too."""
    found = []
    for each in element:
        if xml.name(each) == name:
            found.append(each)
        elif xml.name(each) in _WRAPPERS or xml.name(each) == "sdt":
            found += _within(each, name)
    return found


def _is_merged_into_another(cell: xml.Element) -> bool:
    """Whether a cell is only there in the file: the one above it or before it reaches over it, or it is deleted."""
    properties = child(cell, "tcPr")
    merges = (child(properties, "vMerge"), child(properties, "hMerge"))
    is_merged = any(merge is not None and attribute(merge, "val") != "restart" for merge in merges)
    return is_merged or child(properties, "cellDel") is not None


def _without_column_names(cells: Sequence[list[Piece]], is_repeated: bool, is_first: bool) -> list[list[Piece]]:
    """The cells of a row that say more than what stands in their column.

    In a row that is repeated on every page each such cell is left out; the first row only if it has no others.
    """
    texts = [" ".join(piece.text for piece in cell).strip().casefold() for cell in cells]
    are_names = [text in COLUMN_NAMES for text in texts]
    if not is_repeated and not (is_first and all(are_names)):
        return list(cells)
    return [cell for cell, is_name in zip(cells, are_names, strict=True) if not is_name]


def _on_one_line(text: str) -> str:
    return text.replace("\t", " ")
