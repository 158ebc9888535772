"""Checking a package without Anki: what is in it that Anki would refuse, drop, leave blank or run."""

import io
import re
import sqlite3
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from html.parser import HTMLParser

import msgspec

from flashcards.cards.notes import beginnings, deck_of
from flashcards.errors import InputError
from flashcards.model import Finding, Place

MAX_ENTRIES = 50_000
MAX_COLLECTION = 512 * 2**20
"""The most bytes of a collection that are unpacked: some million notes, and no bomb fits in a laptop's memory."""

_COLLECTIONS = ("collection.anki21", "collection.anki2")    # where both are there, the second only says "update Anki"
_NEWER = "collection.anki21b"
_IS_NEWER = ("is in Anki's newer format", 'export it with "Support older Anki versions" to check it')
_DAMAGE = (
    sqlite3.Error, msgspec.MsgspecError, zipfile.BadZipFile, zlib.error,
    EOFError, LookupError, NotImplementedError, OverflowError, RuntimeError, TypeError, ValueError,
)  # fmt: skip
"""All that reading a damaged archive or database has raised in trials with random bytes."""
_SQLITE = b"SQLite format 3\0"
_TABLES = {"col", "notes", "cards"}
_MEDIA = re.compile(
    r"\[sound:([^\]]*)\]|<(?:img|audio|video|source)\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'>]+)", re.IGNORECASE
)
_CLOZE_NUMBER = re.compile(r"\{\{c(\d+)::")
_BRACES = re.compile(r"\{\{c\d+::|\}\}|\{\{")
_CSS_REMOTE = re.compile(r"@import|url\(\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
_REMOTE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_SCRIPT_URL = re.compile(r"\s*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_FORBIDDEN = frozenset("script iframe object embed form link meta base style".split())
_VOID = frozenset("area br col hr img input link meta source track wbr".split())
_OPTIONAL_END = frozenset("li p rb rp rt".split())

Problem = tuple[str, str]
"""What is wrong and what to do about it."""


class _Named(msgspec.Struct):
    """A field of a note type."""

    name: str


class _Template(msgspec.Struct):
    name: str
    qfmt: str
    afmt: str


class _Type(msgspec.Struct):
    """A note type as the collection describes it; `type` is 1 for clozes."""

    name: str
    type: int
    flds: list[_Named]
    tmpls: list[_Template]
    css: str = ""


@dataclass(frozen=True, slots=True)
class _Note:
    id: int
    guid: str
    type_id: str
    fields: tuple[str, ...]
    ords: tuple[int, ...]

    @property
    def label(self) -> str:
        """How the note is named to the user."""
        return f'note "{self.fields[0][:60]}"'


@dataclass(frozen=True, slots=True)
class _Package:
    """What is in an .apkg file. `media` are names of files by the names of their entries."""

    entries: frozenset[str]
    media: dict[str, str]
    types: dict[str, _Type]
    notes: tuple[_Note, ...]


def check_package(data: bytes, name: str) -> tuple[Finding, ...]:
    """What is wrong with an .apkg file; () if nothing is.

    Args:
        data: the file's bytes.
        name: its name, for the findings.

    Raises:
        InputError: it is no Anki package, is damaged, or would unpack to more than `MAX_COLLECTION` bytes.
    """
    package = _package(data, name)
    problems = _problems(package) if package else [_IS_NEWER]
    return tuple(Finding("cards", Place(name), "warning", message, remedy) for message, remedy in problems)


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
    package = _package(data, name)
    if package is None:
        message, remedy = _IS_NEWER
        raise InputError(f"{name} {message}", remedy)
    keys = frozenset(note.fields[0] for note in package.notes)
    decks = {deck_of(key) for key in keys}
    if len(decks) != 1 or decks == {""}:
        raise InputError(f"{name} has not the notes of one deck of flashcards", "give one that flashcards build made")
    (deck,) = decks
    return Keys(deck, beginnings(deck), keys)


def _package(data: bytes, name: str) -> _Package | None:
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


def _read_package(archive: zipfile.ZipFile) -> _Package:
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
    types, notes = _read_collection(_unpack(archive, collection))
    return _Package(frozenset(names), msgspec.json.decode(media, type=dict[str, str]), types, notes)


def _unpack(archive: zipfile.ZipFile, entry: str) -> bytes:
    """The bytes of an entry; what it says of its own size is not believed."""
    with archive.open(entry) as file:
        data = file.read(MAX_COLLECTION + 1)
    if len(data) > MAX_COLLECTION:
        raise ValueError(f"its {entry} is larger than {MAX_COLLECTION} bytes")
    return data


def _read_collection(database: bytes) -> tuple[dict[str, _Type], tuple[_Note, ...]]:
    """The note types by their ids, and the notes with the numbers of their cards' templates."""
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
        notes = tuple(
            _Note(id, str(guid), str(mid), tuple(str(fields).split("\x1f")), tuple(ords[id]))
            for id, guid, mid, fields in connection.execute("SELECT id, guid, mid, flds FROM notes ORDER BY id")
        )
    finally:
        connection.close()
    return msgspec.json.decode(models, type=dict[str, _Type]), notes


def _problems(package: _Package) -> Iterator[Problem]:
    yield from _package_problems(package)
    for kind in package.types.values():
        yield from _type_problems(kind)
    files = frozenset(package.media.values())
    for note in package.notes:
        yield from _note_problems(note, package.types.get(note.type_id), files)


def _package_problems(package: _Package) -> Iterator[Problem]:
    if not package.notes:
        yield "has no notes", "lower the thresholds of the recipe, or choose more kinds of cards"
    for guid, count in Counter(note.guid for note in package.notes).items():
        if count > 1:
            yield f"guid {guid} stands on {count} notes", "give each note its own: Anki would import them all"
    keys = Counter((note.type_id, note.fields[0]) for note in package.notes)
    for (type_id, key), count in keys.items():
        if count > 1 and type_id in package.types:
            kind = package.types[type_id].name
            yield f'{count} notes of "{kind}" have the first field "{key[:60]}"', "make the keys differ"
    for entry, file in package.media.items():
        if entry not in package.entries:
            yield f"media file {file} is missing", "build the deck again"
    for file, count in Counter(package.media.values()).items():
        if count > 1:
            yield f"{count} media files are named {file}", "give each its own name"


def _type_problems(kind: _Type) -> Iterator[Problem]:
    if _CSS_REMOTE.search(kind.css):
        yield f'the style of "{kind.name}" loads from the network', "put the file into the package"
    for template in kind.tmpls:
        for side in (template.qfmt, template.afmt):
            for problem in html_problems(side):
                yield f'card "{template.name}" of "{kind.name}": {problem}', "mend the template"


def _note_problems(note: _Note, kind: _Type | None, files: Set[str]) -> Iterator[Problem]:
    if kind is None:
        yield f"{note.label} has an unknown note type", "build the deck again"
        return
    if len(note.fields) != len(kind.flds):
        yield f"{note.label} has {len(note.fields)} fields, its type {len(kind.flds)}", "build the deck again"
    if not note.fields[0].strip():
        yield f"note {note.id} has an empty first field", "give it a key: Anki would refuse it"
    if not note.ords:
        yield f"{note.label} has no card", "choose a card for it, or leave it out"
    yield from _cloze_problems(note, kind)
    for text in note.fields:
        for problem in html_problems(text):
            yield f"{note.label}: {problem}", "escape the text"
        for file in map("".join, _MEDIA.findall(text)):
            if file not in files and not _REMOTE.match(file):
                yield f"{note.label} needs {file}, which is not in the package", "build the deck again"


def _cloze_problems(note: _Note, kind: _Type) -> Iterator[Problem]:
    if kind.type != 1:
        if any(ord_ >= len(kind.tmpls) for ord_ in note.ords):
            yield f"{note.label} has a card without a template", "build the deck again"
        return
    numbers = {int(number) for text in note.fields for number in _CLOZE_NUMBER.findall(text)}
    if not numbers or 0 in numbers:
        yield f"{note.label} has no cloze, or one numbered 0", "number its clozes from 1"
    elif {ord_ + 1 for ord_ in note.ords} != numbers:
        yield f"{note.label} has other cards than clozes", "build the deck again"
    if not all(map(_well_formed, note.fields)):
        yield f"{note.label} has a cloze that does not close", "escape the braces of its text"


def _well_formed(text: str) -> bool:
    """Whether every cloze is closed and none lies in another."""
    open_ = False
    for brace in _BRACES.findall(text):
        if brace == "{{" or (brace != "}}") == open_:
            return False
        open_ = brace != "}}"
    return not open_


def html_problems(text: str) -> Iterator[str]:
    """What is wrong with a piece of HTML: tags that do not match, scripts, handlers, addresses on the network."""
    parser = _Inspector()
    parser.feed(text)
    parser.close()
    yield from parser.problems
    yield from (f"<{tag}> is not closed" for tag in parser.open if tag not in _OPTIONAL_END)


class _Inspector(HTMLParser):
    """Follows the tags of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        if tag in _FORBIDDEN:
            self.problems.append(f"<{tag}> has no place on a card")
        if tag not in _VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name.startswith("on"):
                self.problems.append(f"<{tag} {name}> runs a script")
            if name in ("src", "href", "data", "poster", "srcset") and value:
                if _SCRIPT_URL.match(value):
                    self.problems.append(f"<{tag} {name}> runs a script")
                elif name != "href" and _REMOTE.match(value):
                    self.problems.append(f"<{tag} {name}> loads from the network")
            if name == "style" and _CSS_REMOTE.search(value or ""):
                self.problems.append(f"<{tag} style> loads from the network")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in _OPTIONAL_END:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in _VOID:
            self.problems.append(f"</{tag}> closes nothing")
