"""Word documents, workbooks, and tables in text."""

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from flashcards.model import Language
from tests.layouts.writers.kit import ENGLISH_FIRST, LANGUAGES, Files, Writer, bead_rows, paragraph_rows
from tests.lesson_text import LessonText

if TYPE_CHECKING:
    from docx.document import Document

Rows = Sequence[tuple[str, str]]

_STYLES = {"heading": "Heading 2", "paragraph": "Normal", "item": "List Bullet"}


def _saved(document: "Document") -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _docx_file(lesson: LessonText, languages: Sequence[Language]) -> bytes:
    import docx

    document = docx.Document()
    for index, paragraph in enumerate(lesson.paragraphs):
        for lang in languages:
            document.add_paragraph(paragraph.text(lang), "Title" if index == 0 else _STYLES[paragraph.kind])
    return _saved(document)


def _docx(lesson: LessonText, languages: Sequence[Language]) -> Files:
    return {"lesson.docx": _docx_file(lesson, languages)}


def _docx_two_files(lesson: LessonText) -> Files:
    return {f"{lang}.docx": _docx_file(lesson, [lang]) for lang in LANGUAGES}


def _docx_table(lesson: LessonText, rows_of: Callable[[LessonText], Rows]) -> Files:
    import docx

    document = docx.Document()
    rows = [("中文", "English"), *rows_of(lesson)]
    table = document.add_table(rows=len(rows), cols=2)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return {"lesson.docx": _saved(document)}


def _xlsx(lesson: LessonText, rows_of: Callable[[LessonText], Rows]) -> Files:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "中文", "English"])
    for number, row in enumerate(rows_of(lesson), start=1):
        sheet.append([number, *row])
    data = io.BytesIO()
    book.save(data)
    return {"lesson.xlsx": data.getvalue()}


def _delimited(lesson: LessonText, name: str, delimiter: str, encoding: str = "utf-8") -> Files:
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter).writerows([("zh", "en"), *bead_rows(lesson)])
    return {name: table.getvalue().encode(encoding)}


WRITERS: dict[str, Writer] = {
    "docx paragraphs, Chinese first": partial(_docx, languages=LANGUAGES),
    "docx paragraphs, English first": partial(_docx, languages=ENGLISH_FIRST),
    "docx two files": _docx_two_files,
    "docx table of beads": partial(_docx_table, rows_of=bead_rows),
    "docx table of paragraphs": partial(_docx_table, rows_of=paragraph_rows),
    "xlsx table of beads": partial(_xlsx, rows_of=bead_rows),
    "xlsx table of paragraphs": partial(_xlsx, rows_of=paragraph_rows),
    "tsv table of beads": partial(_delimited, name="lesson.tsv", delimiter="\t"),
    "csv table of beads": partial(_delimited, name="lesson.csv", delimiter=","),
    "csv with semicolons, table of beads": partial(_delimited, name="lesson.csv", delimiter=";", encoding="utf-8-sig"),
}
