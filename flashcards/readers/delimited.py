"""CSV and TSV: tables as lines of text, with the Chinese and the English in any two columns."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from flashcards.errors import InputError
from flashcards.model import Document, Finding
from flashcards.readers.columns import Row, document_of
from flashcards.readers.decoding import decode_with_findings
from flashcards.text.clean import clean
from flashcards.text.languages import language

_DELIMITERS = ("\t", ";", "|", ",")    # when in doubt the one that English has more seldom
_SAMPLE = 200    # lines by which the delimiter is told
_DECLARATION = re.compile(r'"?sep=(.)"?\n', re.IGNORECASE)    # Excel's own
_OWN_HEADER = ("zh", "en", "confidence")
_DISARMED = re.compile(r"^'(?=[=+\-@＝＋－＠])")

_DOUBLED_MARK = re.compile('"(?:[^"]|"")*""(?:[^"]|"")*"')

Record = tuple[int, list[str]]
"""The line from 1 on which a record begins, and its fields."""


def read(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a table; the delimiter is a tab, semicolon, bar or comma, and told by the content.

    Raises:
        InputError: the file is empty, not text in an encoding that can be told, or has a field of endless length.
    """
    text, encoding = decode_with_findings(data, source)
    declared = _DECLARATION.match(text)
    if declared:
        text = "\n" + text[declared.end() :]    # the lines keep their numbers
    try:
        delimiter = declared[1] if declared else _delimiter(text)
        records = _records(text, delimiter)
    except csv.Error:
        message = f"{source} has a field of more than {csv.field_size_limit()} characters"
        raise InputError(message, "close the quotation mark that opens it, or give the text as plain text") from None
    made, findings = document_of([_rows(records)], source, lambda column: str(column + 1))
    return made, (*encoding, *findings)


def _rows(records: Sequence[Record]) -> list[Row]:
    """The rows that are not empty. Our own CSV disarms what a spreadsheet would take for formulas; this is undone."""
    cleaned = ((line, [clean(field).strip() for field in fields]) for line, fields in records)
    filled = [(line, fields) for line, fields in cleaned if any(fields)]
    is_own = bool(filled) and tuple(filled[0][1]) == _OWN_HEADER
    return [
        Row(line, {i: _DISARMED.sub("", field) if is_own else field for i, field in enumerate(fields) if field})
        for line, fields in filled
    ]


def _delimiter(text: str) -> str:
    """The delimiter by which the most lines have both languages; if none has, that of the most even lines."""
    sample = "\n".join(text.split("\n", _SAMPLE)[:_SAMPLE])
    return max(_DELIMITERS, key=lambda delimiter: _fitness(_records(sample, delimiter)))


def _fitness(records: Sequence[Record]) -> tuple[int, int]:
    """How many records of the usual number of fields have both languages, and how many have that number, if over 1."""
    widths = Counter(len(fields) for _, fields in records)
    usual = widths.most_common(1)[0][0] if widths else 0
    even = [fields for _, fields in records if len(fields) == usual > 1]
    return sum({"zh", "en"} <= {language(field) for field in fields} for fields in even), len(even)


def _records(text: str, delimiter: str) -> list[Record]:
    """The records of a table.

    Raises:
        csv.Error: a field is longer than Python reads any.
    """
    if delimiter == "\t" and not _has_quoted_fields(text):
        return list(_split(text, delimiter))
    try:
        return list(_parse(text, delimiter, strict=True))
    except csv.Error as error:
        # Whether a quotation mark is never closed, so that no mark in the file can be trusted, or one is out of place.
        if "unexpected end" in str(error) or "limit" in str(error):
            return list(_split(text, delimiter))
    return list(_parse(text, delimiter, strict=False))


def _has_quoted_fields(text: str) -> bool:
    """Whether a tab-separated file has quotation marks round its fields, as Excel writes them, or as part of them.

    Excel needs them round a field with a quotation mark or a line end in it; a sentence has them by itself, and may
    open a quotation that a later one closes.
    """
    fields = [field for line in text.split("\n") for field in line.split("\t") if field]
    if text.startswith("\t".join(_OWN_HEADER)) or not any(field.startswith('"') for field in fields):
        return False
    try:
        parsed = [field for _, record in _parse(text, "\t", strict=True) for field in record]
    except csv.Error:
        return False
    if any("\n" in field and "\t" in field for field in parsed):
        return False
    return (
        any("\n" in field for field in parsed)
        or any(_DOUBLED_MARK.fullmatch(field) for field in fields)
        or all(field.startswith('"') for field in fields)
    )


def _parse(text: str, delimiter: str, *, strict: bool) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    first = 1
    for fields in reader:
        yield first, fields
        first = reader.line_num + 1


def _split(text: str, delimiter: str) -> Iterator[Record]:
    """The records of a table without quotation marks round its fields."""
    for number, line in enumerate(text.split("\n"), start=1):
        yield number, line.split(delimiter)
