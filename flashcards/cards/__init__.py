"""Anki: which notes a lesson is worth, how they look, how they keep their identity, and the package they travel in."""

from flashcards.cards.deck import Imprint, make_deck
from flashcards.cards.exports import EXPORTS, export, mark, require_export
from flashcards.cards.lock import Lock, read_lock, write_lock
from flashcards.cards.notes import count, is_of_deck
from flashcards.cards.notetypes import CardChoice
from flashcards.model import Deck

__all__ = [
    "EXPORTS", "CardChoice", "Imprint", "Lock", "count", "export", "is_of_deck", "make_deck", "mark", "pack",
    "read_lock", "require_export", "write_lock",
]  # fmt: skip


def pack(deck: Deck, lock: Lock) -> bytes:
    """The deck as an .apkg file; see `flashcards.cards.package.pack`."""
    from flashcards.cards.package import pack  # imports genanki, which only packing needs

    return pack(deck, lock)
