"""Reading a source into a document, whatever its format."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from flashcards.errors import InputError, UsageError
from flashcards.files import read_bytes
from flashcards.model import Document, Finding
from flashcards.readers.decoding import decode_any

Reader = Callable[[bytes, str], tuple[Document, tuple[Finding, ...]]]

READERS = {
    "markdown": "flashcards.readers.markdown:read",
    "plain": "flashcards.readers.plain:read",
    "lines": "flashcards.readers.plain:read_lines",
}
"""The formats by name: the function that makes a document of a file's bytes and its name, loaded on use."""

SUFFIXES = {".md": "markdown", ".markdown": "markdown"}
"""The formats by the suffix of a file's name; any other is plain text."""


def read(source: Path | str, format: str = "") -> tuple[Document, tuple[Finding, ...]]:
    """Read a file, or the standard input ("-").

    Args:
        source: the file.
        format: a name in `READERS`; "" to go by the file's suffix.

    Returns:
        The document, which may be in one language only, and what there is to say about it.

    Raises:
        UsageError: there is no such format.
        InputError: there is no such file, it is empty, or not text in an encoding that can be told.
    """
    require_format(format)
    name = format or SUFFIXES.get(Path(source).suffix.lower(), "plain")
    return _reader(name)(*_bytes(source))


def lines(source: Path | str) -> list[str]:
    """The lines of a text file, or of the standard input ("-"), as they stand; blank ones too.

    Raises:
        InputError: there is no such file, or it is not text in an encoding that can be told.
    """
    text = decode_any(*_bytes(source)).text
    return text.removesuffix("\n").split("\n") if text else []


def require_format(format: str) -> None:
    """Make sure that there is a reader for a format; "" stands for the one that a file's suffix tells.

    Raises:
        UsageError: there is none.
    """
    if format and format not in READERS:
        raise UsageError(f'no format is called "{format}"', f"choose one of {', '.join(READERS)}")


def _bytes(source: Path | str) -> tuple[bytes, str]:
    """The bytes of a source, and its name."""
    if str(source) == "-":
        return sys.stdin.buffer.read(), "standard input"
    return read_bytes(Path(source)), str(source)


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


def require_both(document: Document) -> None:
    """Make sure that there is Chinese and English to align.

    Raises:
        InputError: one of the languages is missing, or both.
    """
    languages = {block.lang for block in document.blocks}
    missing = [name for lang, name in (("zh", "Chinese"), ("en", "English")) if lang not in languages]
    if missing:
        sources = ", ".join(dict.fromkeys(block.where.source for block in document.blocks)) or "the source"
        raise InputError(
            f"{sources} has no {' and no '.join(missing)} in it",
            "give a text in both languages, or two files, one in each",
        )
