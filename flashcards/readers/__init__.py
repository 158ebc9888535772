"""Reading a source into a document, whatever its format."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from flashcards.errors import InputError, UsageError
from flashcards.files import read_bytes, read_stream
from flashcards.model import Document, Finding, Place
from flashcards.readers.decoding import decode_any
from flashcards.readers.recognition import recognise

Reader = Callable[[bytes, str], tuple[Document, tuple[Finding, ...]]]

READERS = {
    "markdown": "flashcards.readers.markdown:read",
    "plain": "flashcards.readers.plain:read",
    "lines": "flashcards.readers.plain:read_lines",
    "pdf": "flashcards.readers.pdf:read",
    "subtitles": "flashcards.readers.subtitles:read",
    "epub": "flashcards.readers.epub:read",
    "html": "flashcards.readers.html:read",
    "mhtml": "flashcards.readers.web_archive:read_mhtml",
    "webarchive": "flashcards.readers.web_archive:read_webarchive",
    "tmx": "flashcards.readers.tmx:read",
    "xliff": "flashcards.readers.xliff:read",
    "docx": "flashcards.readers.docx:read",
    "xlsx": "flashcards.readers.xlsx:read",
    "csv": "flashcards.readers.delimited:read",
}
"""The formats by name: the function that makes a document of a file's bytes and its name, loaded on use."""

SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".pdf": "pdf",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".ass": "subtitles",
    ".ssa": "subtitles",
    ".epub": "epub",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".webarchive": "webarchive",
    ".tmx": "tmx",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".sdlxliff": "xliff",
    ".mqxliff": "xliff",
    ".mxliff": "xliff",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
}
"""The formats by the suffix of a file's name; a file with any other is plain text, unless its content says more."""

LARGEST = 100_000_000
"""Bytes that a source may have; a book's text has one million."""


def read(source: Path | str, format: str = "", *, by_line: bool = False) -> tuple[Document, tuple[Finding, ...]]:
    """Read a file, or the standard input ("-").

    Args:
        source: the file.
        format: a name in `READERS`; "" to go by the file's content, or by its suffix if that may be any text.
        by_line: whether every line of a text shall be a block of its own. Formats that have no lines keep their blocks:
            paragraphs, cells, subtitles.

    Returns:
        The document, which may be in one language only, and what there is to say about it.

    Raises:
        UsageError: there is no such format.
        InputError: there is no such file; it is empty, too large, or damaged; or its format or encoding is not known.
    """
    require_format(format)
    data, name = _bytes(source)
    if not data:
        raise InputError(f"{name} is empty", "give a file with a Chinese text, best with its English")
    findings: tuple[Finding, ...] = ()
    if not format:
        format, findings = _format(data, name)
        if by_line and format in ("plain", "markdown"):
            format = "lines"
    document, more = _reader(format)(data, name)
    return document, (*findings, *more)


def lines(source: Path | str) -> list[str]:
    """The lines of a text file, or of the standard input ("-"), as they stand; blank ones too.

    Raises:
        InputError: there is no such file, or it is too large, or not text in an encoding that can be told.
    """
    text = decode_any(*_bytes(source)).text
    return text.removesuffix("\n").split("\n") if text else []


def require_format(format: str) -> None:
    """Make sure that there is a reader for a format; "" stands for the one that a file's content or suffix tells.

    Raises:
        UsageError: there is none.
    """
    if format and format not in READERS:
        raise UsageError(f'no format is called "{format}"', f"choose one of {', '.join(READERS)}")


def _bytes(source: Path | str) -> tuple[bytes, str]:
    """The bytes of a source, and its name."""
    if str(source) == "-":
        return read_stream(sys.stdin.buffer, "standard input", LARGEST), "standard input"
    return read_bytes(Path(source), LARGEST), str(source)


def _format(data: bytes, source: str) -> tuple[str, tuple[Finding, ...]]:
    """The format of a file, and a finding if it is another than the file's suffix says."""
    suffix = Path(source).suffix.lower()
    expected = SUFFIXES.get(suffix, "")
    found = recognise(data, source)
    if found and expected and found != expected:
        message = f"the suffix is {suffix}, but the content is {found}, and was read so"
        remedy = f"give --from {expected} if that is wrong"
        return found, (Finding("text", Place(source), "info", message, remedy),)
    return found or expected or "plain", ()


def _reader(name: str) -> Reader:
    module, function = READERS[name].split(":")
    reader: Reader = getattr(import_module(module), function)
    return reader


def combine(documents: Sequence[Document]) -> Document:
    """Several documents as one, in their order: the parts of one lesson, or the two sides of one text."""
    rows: dict[tuple[int, int], int] = {}
    blocks = [
        block if block.row is None else replace(block, row=rows.setdefault((index, block.row), len(rows)))
        for index, document in enumerate(documents)
        for block in document.blocks
    ]
    title = next((document.title for document in documents if document.title), "")
    return Document(title, tuple(blocks))


def require_chinese(document: Document, sources: Sequence[Path | str]) -> None:
    """Make sure that there is Chinese to learn in the document of these sources; its translation may be missing.

    Raises:
        InputError: there is none.
    """
    if any(block.lang == "zh" for block in document.blocks):
        return
    *others, last = ("standard input" if str(source) == "-" else str(source) for source in sources)
    none = f"{', '.join(others)} and {last} have no Chinese" if others else f"{last} has no Chinese in it"
    raise InputError(none, "give a Chinese text, best with its English")
