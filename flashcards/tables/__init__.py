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


def mark(data: bytes) -> bytes:
    """How the tables of this kind begin: enough of one to tell it from a file of somebody else's."""
    return data[: data.index(b"<body")] if data.startswith(b"<?xml") else data[:6]
