"""Packing: a deck becomes an .apkg file, the same bytes on any day and in any folder.

Only this module needs genanki, so it is imported only when a deck is packed.
"""

import itertools
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import genanki

from flashcards.cards.lock import Lock
from flashcards.cards.notes import cloze_numbers, guid
from flashcards.cards.notetypes import FIRST_TIME, NoteType, anki_id, note_type
from flashcards.files import pack_archive, read_bytes
from flashcards.model import Deck, Note

_PACKED = frozenset({".mp3", ".ogg"})    # packing these again gains nothing

_Row = tuple[int | str, ...]

STRIDE = 1000
"""How many places in the order of new cards lie between two cards of one note: recognition well before production."""


def pack(deck: Deck, lock: Lock) -> bytes:
    """The deck as an .apkg file.

    Args:
        deck: a deck as `make_deck` makes it; its media are read.
        lock: the lock that came with it: it knows when each note last changed.

    Raises:
        InputError: a media file cannot be read.
    """
    known = lock.by_identity()
    dated = [(note, known[note.kind, note.id].time) for note in deck.notes]
    return _archive(_database(deck, dated), deck.media)


class _Model(genanki.Model):  # type: ignore[misc]
    """A note type with its own time and stable ids.

    Anki makes a card exactly where its flag is set. genanki's own guess fails on fronts that hold only filters.
    """

    def __init__(self, kind: NoteType) -> None:
        super().__init__(
            kind.id,
            kind.name,
            fields=[{"name": name, "id": id} for name, id in zip(kind.fields, kind.field_ids, strict=True)],
            templates=[{"name": c.name, "id": c.id, "qfmt": c.front, "afmt": c.back} for c in kind.cards],
            css=kind.css,
            model_type=self.CLOZE if kind.is_cloze else self.FRONT_BACK,
            sort_field_index=kind.fields.index(kind.sort_field),
        )
        self.kind = kind

    @property
    def _req(self) -> list[list[Any]]:
        index = self.kind.fields.index
        needed = ("Text",) if self.kind.is_cloze else tuple(card.flag for card in self.kind.cards)
        return [[place, "all", [index(name)]] for place, name in enumerate(needed)]

    def to_json(self, timestamp: float, deck_id: int) -> Any:  # noqa: ARG002 - the note type has its own time
        return super().to_json(self.kind.time, deck_id)


def _database(deck: Deck, dated: Sequence[tuple[Note, int]]) -> bytes:
    """The collection with the notes, each with the time when it last changed.

    genanki writes what Anki wants around them. The notes are written here, in two statements: their times and cards
    are our own, and genanki would look each field over for a tag that is not escaped.
    """
    decks = {"": genanki.Deck(anki_id("deck", deck.id), deck.name, deck.description)}
    for name in sorted({note.subdeck for note in deck.notes} - {""}):
        decks[name] = genanki.Deck(anki_id("deck", deck.id, name), f"{deck.name}::{name}")
    for kind in sorted({note.kind for note in deck.notes}):
        decks[""].add_model(_Model(note_type(kind)))
    notes, cards = _rows(deck.id, {name: each.deck_id for name, each in decks.items()}, dated)
    connection = sqlite3.connect(":memory:")
    try:
        cursor = connection.cursor()
        genanki.Package(list(decks.values())).write_to_db(cursor, FIRST_TIME, itertools.count())
        cursor.executemany("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')", notes)
        cursor.executemany("INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')", cards)
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _rows(
    deck_id: str, decks: Mapping[str, int], dated: Iterable[tuple[Note, int]]
) -> tuple[list[_Row], list[_Row]]:
    """The rows of the notes and of their cards. Anki's ids are milliseconds; each deck begins at its own.

    The cards of a note lie apart in the order of new ones.
    """
    ids = itertools.count(FIRST_TIME * 1000 + anki_id("first", deck_id) % 2**33)
    notes: list[_Row] = []
    cards: list[_Row] = []
    for note, time in dated:
        kind = note_type(note.kind)
        note_id, values = next(ids), dict(note.fields)
        fields, tags = "\x1f".join(values.values()), f" {' '.join(note.tags)} "
        notes.append((note_id, guid(deck_id, note), kind.id, time, tags, fields, values[kind.sort_field]))
        places = (
            [number - 1 for number in cloze_numbers(values["Text"])]
            if kind.is_cloze
            else [place for place, card in enumerate(kind.cards) if values[card.flag]]
        )
        cards += [(next(ids), note_id, decks[note.subdeck], place, time, note.due + STRIDE * place) for place in places]
    return notes, cards


def _archive(database: bytes, media: Iterable[str]) -> bytes:
    paths = sorted(map(Path, media))
    names = json.dumps({str(i): path.name for i, path in enumerate(paths)}).encode()
    files = {str(i): read_bytes(path) for i, path in enumerate(paths)}
    packed = [str(i) for i, path in enumerate(paths) if path.suffix in _PACKED]
    return pack_archive({"collection.anki2": database, "media": names, **files}, packed)
