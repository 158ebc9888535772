"""A deck by other doors: each format of its notes is a function, loaded when it is used."""

from collections.abc import Mapping
from importlib import import_module

from flashcards.cards.lock import Lock
from flashcards.errors import UsageError
from flashcards.model import Deck

EXPORTS: Mapping[str, str] = {
    "apkg": "flashcards.cards.package:pack",
    "tsv": "flashcards.cards.anki_import:tsv",
    "txt": "flashcards.cards.anki_import:tsv",
    "csv": "flashcards.cards.quizlet:csv",
    "md": "flashcards.cards.handout:markdown",
}
_LOCKED = frozenset({"apkg"})
"""The formats that say when each note last changed: their functions take the lock, too."""

_ZIP_HEADER = 14
"""The bytes of a zip archive from its beginning to the end of its first entry's date."""


def require_export(suffix: str) -> str:
    """The name of the format of a suffix, with its dot or without.

    Raises:
        UsageError: no format has this suffix.
    """
    name = suffix.lstrip(".").casefold()
    if name not in EXPORTS:
        known = ", ".join(f".{name}" for name in EXPORTS)
        raise UsageError(f'"{suffix}" is not a known format', f"give a file name that ends in one of {known}")
    return name


def export(suffix: str, deck: Deck, lock: Lock) -> bytes:
    """The deck's notes in the format of a suffix; the lock is that which came with the deck.

    Raises:
        UsageError: no format has this suffix.
        InputError: a media file cannot be read.
    """
    name = require_export(suffix)
    module, function = EXPORTS[name].split(":")
    make = getattr(import_module(module), function)
    return bytes(make(deck, lock) if name in _LOCKED else make(deck))


def mark(suffix: str, data: bytes) -> bytes:
    """How a file begins that an earlier export in this format may have left and that `data` may replace.

    A package begins with an entry of 1980, Anki's own ones with an entry of the day. Quizlet would take any header for
    a card, so a CSV is known by its first card.
    """
    name = require_export(suffix)
    if name == "apkg":
        return data[:_ZIP_HEADER]
    if name == "csv":
        return data[: data.find(b"\n") + 1] or data + b"\n"    # without a card: what nothing begins with
    return data[: data.index(b"\n") + 1]
