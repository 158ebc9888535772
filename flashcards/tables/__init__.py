"""Lessons as tables: pairs and terms for other programs, pairs for a human to look over; one file a format.

Each table of formats says for a file's suffix which function makes its bytes; it is loaded when it is used.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from flashcards.errors import UsageError
from flashcards.model import Pair
from flashcards.tables.orders import ORDERS, Order, ordered

__all__ = [
    "DOCUMENTS", "ORDERS", "PAIRS", "TERMS", "About", "Edition", "Order", "mark", "ordered", "require_format", "write",
]  # fmt: skip

PAIRS: Mapping[str, str] = {
    "tsv": "flashcards.tables.pairs:tsv",
    "csv": "flashcards.tables.pairs:csv",
    "jsonl": "flashcards.tables.pairs:jsonl",
    "json": "flashcards.tables.pairs:json",
    "tmx": "flashcards.tables.tmx:tmx",
    "docx": "flashcards.tables.docx:docx",
    "html": "flashcards.tables.html:html",
}
TERMS: Mapping[str, str] = {
    "tsv": "flashcards.tables.terms:tsv",
    "csv": "flashcards.tables.terms:csv",
    "jsonl": "flashcards.tables.terms:jsonl",
    "json": "flashcards.tables.terms:json",
    "tbx": "flashcards.tables.tbx:tbx",
}
DOCUMENTS = frozenset({"json", "tbx", "docx", "html"})
"""The formats that are more than rows: their functions take what is to be said about the values, too."""

_AFTER_MARK = {
    # What follows the part with which all files of a format begin.
    "json": b',"title"',
    "tmx": b" creationtoolversion",
    "tbx": b"<tbx",    # and in its older edition the DOCTYPE
    "html": b"<title",
    "docx": b"PK\x03\x04",    # the archive's second entry; the first names the program
}

Edition = Literal["2019", "2008"]


@dataclass(frozen=True, slots=True)
class About:
    """What a document says besides its rows: a title, what is doubtful, and the pairs to show terms in.

    `threshold` is the confidence, 0 to 1, under which a pair or a rendering is doubtful; `script` that of the Chinese;
    `edition` the one of the standard that a term base keeps to.
    """

    title: str = ""
    threshold: float = 0.8
    script: Literal["zh-Hans", "zh-Hant"] = "zh-Hans"
    pairs: tuple[Pair, ...] = ()
    edition: Edition = "2019"


def write(formats: Mapping[str, str], suffix: str, values: Any, about: About | None = None) -> bytes:
    """The values in the format of a suffix.

    Args:
        formats: `PAIRS` for beads, `TERMS` for terms.
        suffix: with its dot or without.
        values: beads or terms.
        about: what a document says besides.

    Raises:
        UsageError: no format has this suffix.
    """
    name = require_format(formats, suffix)
    module, function = formats[name].split(":")
    make = getattr(import_module(module), function)
    return bytes(make(values, about or About()) if name in DOCUMENTS else make(values))


def require_format(formats: Collection[str], suffix: str) -> str:
    """The name of the format of a suffix.

    Raises:
        UsageError: no format has this suffix.
    """
    name = suffix.lstrip(".").casefold()
    if name not in formats:
        known = ", ".join(f".{suffix}" for suffix in formats)
        raise UsageError(f'"{suffix}" is not a known format', f"give a file name that ends in one of {known}")
    return name


def mark(formats: Mapping[str, str], suffix: str) -> bytes:
    """How every table of a format begins: enough to tell it from a file of somebody else's."""
    empty = write(formats, suffix, ())
    following = _AFTER_MARK.get(require_format(formats, suffix))
    if following:
        return empty[: empty.index(following, 1)]
    return empty or (b'{"zh":' if formats is PAIRS else b'{"term":')    # an object a line: no header, its first key
