"""Lessons as tables that other programs read: pairs and terms, one file a format.

Each table of formats says for a file's suffix which function makes its bytes; it is loaded when it is used.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flashcards.errors import UsageError

PAIRS: Mapping[str, str] = {
    "tsv": "flashcards.tables.pairs:tsv",
    "csv": "flashcards.tables.pairs:csv",
    "jsonl": "flashcards.tables.pairs:jsonl",
    "tmx": "flashcards.tables.tmx:tmx",
}
TERMS: Mapping[str, str] = {
    "tsv": "flashcards.tables.terms:tsv",
    "csv": "flashcards.tables.terms:csv",
    "jsonl": "flashcards.tables.terms:jsonl",
}


def write(formats: Mapping[str, str], suffix: str, *values: Any) -> bytes:
    """The values in the format of a suffix.

    Raises:
        UsageError: no format has this suffix.
    """
    name = formats.get(suffix.lstrip(".").casefold())
    if name is None:
        known = ", ".join(f".{suffix}" for suffix in formats)
        raise UsageError(f'"{suffix}" is not a known format', f"give a file name that ends in one of {known}")
    module, function = name.split(":")
    return bytes(getattr(import_module(module), function)(*values))


def mark(formats: Mapping[str, str], suffix: str) -> bytes:
    """How every table of a format begins: enough to tell it from a file of somebody else's."""
    empty = write(formats, suffix, ())
    if empty.startswith(b"<?xml"):
        return empty[: empty.index(b"<body")]
    return empty or (b'{"zh":' if formats is PAIRS else b'{"term":')    # an object a line: no header, its first key
