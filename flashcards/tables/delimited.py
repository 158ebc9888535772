"""Rows as TSV, for programs, and as CSV, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence

from flashcards.markup import cell, spreadsheet_cell


def tsv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Tab-separated rows under their header: UTF-8, no quoting, one line a row."""
    return "".join("\t".join(cell(value) for value in row) + "\n" for row in (header, *rows)).encode()


def comma_separated(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Comma-separated rows under their header, with the byte order mark by which Excel knows UTF-8.

    A value that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([[spreadsheet_cell(value) for value in row] for row in (header, *rows)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()
