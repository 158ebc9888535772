"""Packing: a deck becomes an .apkg file, the same bytes on any day and in any folder.

Only this module needs genanki, so it is imported only when a deck is packed.
"""

import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import genanki

from flashcards.cards.lock import Lock
from flashcards.cards.notes import cloze_numbers, guid
from flashcards.cards.notetypes import FIRST_TIME, NoteType, anki_id, note_type
from flashcards.files import pack_archive, read_bytes
from flashcards.model import Deck, Note

_PACKED = frozenset({".mp3", ".ogg"})    # packing these again gains nothing

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
    decks = {"": genanki.Deck(anki_id("deck", deck.id), deck.name, deck.description)}
    for name in sorted({note.subdeck for note in deck.notes} - {""}):
        decks[name] = genanki.Deck(anki_id("deck", deck.id, name), f"{deck.name}::{name}")
    models = {kind: _Model(note_type(kind)) for kind in sorted({note.kind for note in deck.notes})}
    known = lock.by_identity()
    for note in deck.notes:
        decks[note.subdeck].add_note(_Note(deck.id, note, models[note.kind], known[note.kind, note.id].time))
    return _archive(_database(list(decks.values()), deck.id), deck.media)


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


class _Note(genanki.Note):  # type: ignore[misc]
    """A note with its own time, the cloze cards that Anki would make, and its cards apart in the order of new ones."""

    def __init__(self, deck_id: str, note: Note, model: _Model, time: int) -> None:
        super().__init__(
            model=model,
            fields=[text for _, text in note.fields],
            guid=guid(deck_id, note),
            tags=note.tags,
            due=note.due,
        )
        self._time = time

    @property
    def cards(self) -> list[genanki.Card]:
        if not self.model.kind.is_cloze:
            return list(self._front_back_cards())
        text = self.fields[self.model.kind.fields.index("Text")]
        return [genanki.Card(number - 1) for number in cloze_numbers(text)]

    def write_to_db(self, cursor: sqlite3.Cursor, _timestamp: float, deck_id: int, ids: Iterator[int]) -> None:
        """Add the note and its cards to the tables of a collection."""
        note_id = next(ids)
        content = (self._format_tags(), self._format_fields(), self.sort_field)
        cursor.execute(
            "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')",
            (note_id, self.guid, self.model.model_id, self._time, *content),
        )
        for card in self.cards:
            card.write_to_db(cursor, self._time, deck_id, note_id, ids, self.due + STRIDE * card.ord)


def _database(decks: Sequence[genanki.Deck], deck_id: str) -> bytes:
    """The collection with the decks in it. Anki's ids are milliseconds; each deck begins at its own."""
    first = FIRST_TIME * 1000 + anki_id("first", deck_id) % 2**33
    connection = sqlite3.connect(":memory:")
    try:
        genanki.Package(decks).write_to_db(connection.cursor(), FIRST_TIME, itertools.count(first))
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _archive(database: bytes, media: Iterable[str]) -> bytes:
    paths = sorted(map(Path, media))
    names = json.dumps({str(i): path.name for i, path in enumerate(paths)}).encode()
    files = {str(i): read_bytes(path) for i, path in enumerate(paths)}
    packed = [str(i) for i, path in enumerate(paths) if path.suffix in _PACKED]
    return pack_archive({"collection.anki2": database, "media": names, **files}, packed)
