"""XLSX: the sheets of an Excel workbook as tables, with the Chinese and the English in any two columns.

The XML is read directly and as a stream: openpyxl knows what is hidden or merged only when it holds the whole workbook
with its styles, and it refuses styles of other programs.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from flashcards.errors import InputError
from flashcards.model import Document, Finding, Place
from flashcards.readers import xml
from flashcards.readers.columns import Row, document_of
from flashcards.readers.opc import Package
from flashcards.text.clean import clean

_USUAL_WORKBOOK = "xl/workbook.xml"
_MOST_COLUMNS = 16_384    # Excel's own limit
_MOST_CHARACTERS = 50_000_000    # many cells can refer to one text, so a small file can have any number
_COST_OF_A_CELL = 10    # characters
_COST_OF_A_COVERED_CELL = 100    # characters; nothing need stand in such a cell, and a short range covers many
_HIGHEST_MERGE = 100    # rows; a cell that reaches over more is a label, no text
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RANGE = re.compile(rf"{_REFERENCE.pattern}:{_REFERENCE.pattern}")
_ESCAPED = re.compile("_x00([01][0-9A-Fa-f]|5[Ff])_")    # control characters, and the underscore of such an escape
_NUMBER = re.compile("[0-9]{1,9}")
_ON = frozenset({"1", "true", "on"})


def read(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a workbook: its sheets in their order, formulas as their results, without what is hidden.

    Raises:
        InputError: the file is no XLSX file, damaged, protected by a password, or has no text or far too much.
    """
    workbook = _Workbook(data, source)
    made, findings = document_of(workbook.tables(), source, _letters)
    if not made.blocks:
        raise InputError(f"{source} has no text in it", "give a table with a column for each language")
    if workbook.hidden:
        message = f"hidden and left out: {', '.join(workbook.hidden)}"
        found = Finding("text", Place(source), "info", message, "show it in Excel if it belongs to the text")
        findings = (found, *findings)
    return made, findings


class _Workbook:
    """A workbook while it is read: `hidden` grows with the tables that are taken from it."""

    def __init__(self, data: bytes, source: str) -> None:
        self._package = Package(data, source, "XLSX")
        self._source = source
        self._left = _MOST_CHARACTERS
        self._texts: list[str] = []
        self.hidden: list[str] = []

    def tables(self) -> Iterator[list[Row]]:
        """The sheets that are shown and not empty."""
        workbook = self._package.main(_USUAL_WORKBOOK)
        if workbook.endswith(".bin"):
            raise InputError(f"{self._source} is a binary workbook (.xlsb)", "open it in Excel and save it as .xlsx")
        relations = self._package.relations(workbook)
        for path in (part.path for part in relations.values() if part.kind == "sharedStrings"):
            self._texts += (_text(element) for element in self._elements(path, "si"))
        for element in self._elements(workbook, "sheet"):
            id = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            part = relations.get(id)
            if part is None or part.kind != "worksheet":    # a sheet with nothing but a chart
                continue
            if element.get("state", "visible") != "visible":
                self.hidden.append(f'the sheet "{element.get("name", "")}"')
            elif table := self._table(part.path):
                yield table

    def _elements(self, path: str, *names: str) -> Iterator[xml.Element]:
        return xml.elements(self._package.read(path), f"{self._source} ({path})", frozenset(names))

    def _table(self, path: str) -> list[Row]:
        rows: dict[int, dict[int, str]] = {}
        covered: defaultdict[int, set[int]] = defaultdict(set)
        hidden_columns = bytearray(_MOST_COLUMNS)
        hidden_rows = 0
        number = 0
        for element in self._elements(path, "col", "row", "mergeCell"):
            name = xml.name(element)
            if name == "row":
                number = _number(element, "r") or number + 1
                cells = dict(self._cells(element))
                if element.get("hidden") in _ON:
                    hidden_rows += bool(cells)
                elif cells:
                    rows[number] = cells
            elif name == "mergeCell":
                self._cover(covered, element.get("ref", ""))
            elif element.get("hidden") in _ON:
                span = slice(max(_number(element, "min") - 1, 0), min(_number(element, "max"), _MOST_COLUMNS))
                hidden_columns[span] = b"\1" * len(hidden_columns[span])
        columns = {column for cells in rows.values() for column in cells}
        self._note_hidden(hidden_rows, sorted(column for column in columns if hidden_columns[column]))
        shown = (
            Row(at, {column: text for column, text in cells.items() if not hidden_columns[column]}, covered[at])
            for at, cells in sorted(rows.items())
        )
        return [row for row in shown if row.cells]

    def _note_hidden(self, rows: int, columns: Sequence[int]) -> None:
        if columns:
            self.hidden.append(f"columns {', '.join(map(_letters, columns))}")
        if rows:
            self.hidden.append(f"rows: {rows}")

    def _cells(self, row: xml.Element) -> Iterator[tuple[int, str]]:
        """The cells of a row that have a text, with their columns."""
        column = -1
        for cell in row:
            if xml.name(cell) != "c":
                continue
            reference = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(reference[1]) if reference else column + 1
            text = self._value(cell)
            if not text or column >= _MOST_COLUMNS:
                continue
            self._spend(len(text) + _COST_OF_A_CELL)
            yield column, text

    def _cover(self, covered: defaultdict[int, set[int]], reference: str) -> None:
        """Note the rows into which a merged cell reaches from above."""
        found = _RANGE.fullmatch(reference)
        if found is None:
            return
        first, last = int(found[2]), int(found[4])
        if first < last < first + _HIGHEST_MERGE:
            self._spend((last - first) * _COST_OF_A_COVERED_CELL)
            for row in range(first + 1, last + 1):
                covered[row].add(_column(found[1]))

    def _spend(self, characters: int) -> None:
        """Count what is taken into memory.

        Raises:
            InputError: it is more than a workbook may have.
        """
        self._left -= characters
        if self._left < 0:
            raise InputError(f"{self._source} has too much text for one lesson", "split it into several files")

    def _value(self, cell: xml.Element) -> str:
        """A cell's text or number; "" for an error such as #N/A and for a truth value."""
        kind = cell.get("t", "n")
        if kind in ("e", "b"):
            return ""
        if kind == "inlineStr":
            return "".join(_text(child) for child in cell if xml.name(child) == "is")
        value = "".join(child.text or "" for child in cell if xml.name(child) == "v")
        if kind != "s":
            return _cleaned(value)
        index = int(value) if _NUMBER.fullmatch(value) else len(self._texts)
        return self._texts[index] if index < len(self._texts) else ""


def _text(element: xml.Element) -> str:
    """A text and its runs, without the readings that stand above Japanese and Chinese ones (`rPh`)."""
    parts = []
    for child in element:
        if xml.name(child) == "t":
            parts.append(child.text or "")
        elif xml.name(child) == "r":
            parts += (part.text or "" for part in child if xml.name(part) == "t")
    return _cleaned("".join(parts))


def _cleaned(text: str) -> str:
    return clean(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)).strip()


def _number(element: xml.Element, name: str) -> int:
    """An attribute that counts from 1; 0 if it is missing or no number."""
    value = element.get(name, "")
    return int(value) if _NUMBER.fullmatch(value) else 0


def _column(letters: str) -> int:
    """The column from 0 that Excel calls by these letters.

    >>> _column("A"), _column("Z"), _column("AA"), _letters(27)
    (0, 25, 26, 'AB')
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
