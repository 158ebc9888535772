"""What is in an .apkg file: its note types, notes, cards and media, read without Anki and without trust."""

import io
import sqlite3
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass

import msgspec

from flashcards.cards.notes import beginnings, deck_of
from flashcards.errors import InputError

MAX_ENTRIES = 50_000
MAX_COLLECTION = 512 * 2**20
"""The most bytes of a collection that are unpacked: some million notes, and no bomb fits in a laptop's memory."""

NEWER = "is in Anki's newer format", 'export it with "Support older Anki versions" to check it'
"""What is wrong with a package that only a newer Anki can read, and what to do about it."""

_COLLECTIONS = ("collection.anki21", "collection.anki2")    # where both are there, the second only says "update Anki"
_NEWER = "collection.anki21b"
_DAMAGE = (
    sqlite3.Error, msgspec.MsgspecError, zipfile.BadZipFile, zlib.error,
    EOFError, LookupError, NotImplementedError, OverflowError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
"""All that reading a damaged archive or database has raised in trials with random bytes."""
_SQLITE = b"SQLite format 3\0"
_TABLES = {"col", "notes", "cards"}


class FieldOf(msgspec.Struct):
    """A field of a note type."""

    name: str


class Template(msgspec.Struct):
    """A template of a note type."""

    name: str
    qfmt: str
    afmt: str


class CollectedType(msgspec.Struct):
    """A note type as the collection describes it; `type` is 1 for clozes."""

    name: str
    type: int
    flds: list[FieldOf]
    tmpls: list[Template]
    css: str = ""


@dataclass(frozen=True, slots=True)
class CollectedNote:
    """A note in a package: `changed` in seconds since 1970, `ords` the numbers of its cards' templates or clozes."""

    id: int
    guid: str
    type_id: str
    changed: int
    fields: tuple[str, ...]
    ords: tuple[int, ...]

    @property
    def label(self) -> str:
        """How the note is named to the user."""
        return f'note "{self.fields[0][:60]}"'


@dataclass(frozen=True, slots=True)
class Package:
    """What is in an .apkg file.

    `media` are names of files by the names of their entries, `types` the note types by their ids, `due` the places of
    the new cards in their order, each once.
    """

    entries: frozenset[str]
    media: dict[str, str]
    types: dict[str, CollectedType]
    notes: tuple[CollectedNote, ...]
    due: frozenset[int]


@dataclass(frozen=True, slots=True)
class Keys:
    """By what the notes of a deck are known in Anki: the deck's id, how keys of its notes begin, those of a package.

    They are HTML, as they stand in the notes' first fields.
    """

    deck: str
    beginnings: tuple[str, ...]
    notes: frozenset[str]


def keys_of(data: bytes, name: str) -> Keys:
    """The keys of the notes in an .apkg file that `flashcards build` has made.

    Args:
        data: the file's bytes.
        name: its name, for messages.

    Raises:
        InputError: it is no Anki package, or its notes are not those of one deck of ours.
    """
    package = read_package(data, name)
    if package is None:
        message, remedy = NEWER
        raise InputError(f"{name} {message}", remedy)
    keys = frozenset(note.fields[0] for note in package.notes)
    decks = {deck_of(key) for key in keys}
    if len(decks) != 1 or decks == {""}:
        raise InputError(f"{name} has not the notes of one deck of flashcards", "give one that flashcards build made")
    (deck,) = decks
    return Keys(deck, beginnings(deck), keys)


def read_package(data: bytes, name: str) -> Package | None:
    """What is in an .apkg file; None if only a newer Anki can read it.

    Raises:
        InputError: it is no Anki package, is damaged, or would unpack to more than `MAX_COLLECTION` bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return None if _NEWER in archive.namelist() else _read_package(archive)
    except _DAMAGE as error:
        remedy = "give an .apkg file that Anki or flashcards has made"
        raise InputError(f"{name} is no Anki package ({error})", remedy) from None


def _read_package(archive: zipfile.ZipFile) -> Package:
    """The archive's contents.

    Raises:
        ValueError: it is too large, or something in it is not what it should be (and others of `_DAMAGE`).
    """
    names = archive.namelist()
    if len(names) > MAX_ENTRIES:
        raise ValueError(f"it has more than {MAX_ENTRIES} files")
    collection = next((each for each in _COLLECTIONS if each in names), None)
    if collection is None:
        raise ValueError("it has no collection")
    media = _unpack(archive, "media") if "media" in names else b"{}"
    files = msgspec.json.decode(media, type=dict[str, str])
    return Package(frozenset(names), files, *_read_collection(_unpack(archive, collection)))


def _unpack(archive: zipfile.ZipFile, entry: str) -> bytes:
    """The bytes of an entry; what it says of its own size is not believed."""
    with archive.open(entry) as file:
        data = file.read(MAX_COLLECTION + 1)
    if len(data) > MAX_COLLECTION:
        raise ValueError(f"its {entry} is larger than {MAX_COLLECTION} bytes")
    return data


def _read_collection(database: bytes) -> tuple[dict[str, CollectedType], tuple[CollectedNote, ...], frozenset[int]]:
    """The note types by their ids, the notes, and the places of new cards."""
    if not database.startswith(_SQLITE):
        raise ValueError("its collection is no database")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(database)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables >= _TABLES:    # a view of that name could run for ever
            raise ValueError("its collection lacks tables")
        (models,) = connection.execute("SELECT models FROM col").fetchone() or ("{}",)
        ords: defaultdict[int, list[int]] = defaultdict(list)
        for note_id, ord_ in connection.execute("SELECT nid, ord FROM cards ORDER BY nid, ord"):
            ords[note_id].append(ord_)
        due = frozenset(int(place) for (place,) in connection.execute("SELECT DISTINCT due FROM cards WHERE type = 0"))
        notes = tuple(
            CollectedNote(id, str(guid), str(mid), int(changed), tuple(str(fields).split("\x1f")), tuple(ords[id]))
            for id, guid, mid, changed, fields in connection.execute(
                "SELECT id, guid, mid, mod, flds FROM notes ORDER BY id"
            )
        )
    finally:
        connection.close()
    return msgspec.json.decode(models, type=dict[str, CollectedType]), notes, due
