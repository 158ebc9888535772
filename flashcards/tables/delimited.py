"""Rows as TSV, for programs, as CSV, for spreadsheets, and as JSON."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

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


def json_lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """An object a line."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def json_document(kind: str, title: str, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One object: what made it, a title, and the rows by the name of their kind, a line each."""
    head = msgspec.json.encode({"generator": f"flashcards {kind}", "title": title, kind: []})
    return head.removesuffix(b"]}") + b"\n" + b",\n".join(map(msgspec.json.encode, rows)) + b"\n]}\n"
