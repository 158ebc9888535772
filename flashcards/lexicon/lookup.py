"""The word lists compiled into one SQLite file in the user's cache, and the look-ups in it."""

import hashlib
import math
import os
import re
import sqlite3
import tempfile
import weakref
from collections import defaultdict
from pathlib import Path

import msgspec
from platformdirs import user_cache_path

from flashcards.lexicon.sources import (
    HSK_STANDARD,
    Entry,
    cedict_path,
    list_paths,
    read_cedict,
    read_jieba,
    read_levels,
    read_pypinyin,
)

_SCHEMA = "5"
_ENGLISH = re.compile(r"[a-z]+(?:-[a-z]+)*")


class Row(msgspec.Struct, frozen=True, array_like=True):
    """All that one headword has."""

    tag: str = ""
    frequency: int = 0
    level: int = 0
    entries: tuple[Entry, ...] = ()
    pinyin: tuple[str, ...] = ()


_NOTHING = Row()
_encode = msgspec.msgpack.encode
_decode = msgspec.msgpack.Decoder(Row).decode


class Lexicon:
    """Look-ups by word, simplified or traditional; each is remembered, so asking again costs nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        weakref.finalize(self, connection.close)
        self._rows: dict[str, Row] = {}
        self._english: dict[str, bool] = {}
        (total,) = connection.execute("SELECT value FROM facts WHERE name = 'total frequency'").fetchone()
        self._total = int(total)
        self._headwords: tuple[str, ...] | None = None

    def _row(self, word: str) -> Row:
        row = self._rows.get(word)
        if row is None:
            found = self._connection.execute("SELECT data FROM words WHERE word = ?", (word,)).fetchone()
            row = _decode(found[0]) if found else _NOTHING
            self._rows[word] = row
        return row

    def __contains__(self, word: str) -> bool:
        """Whether CC-CEDICT has the word."""
        return bool(self._row(word).entries)

    def headwords(self) -> tuple[str, ...]:
        """CC-CEDICT's simplified words of two characters or more, without those with a mark in them, sorted."""
        if self._headwords is None:
            query = "SELECT value FROM facts WHERE name = 'headwords'"
            (joined,) = self._connection.execute(query).fetchone()
            self._headwords = tuple(str(joined).split("\n"))
        return self._headwords

    def entries(self, word: str) -> tuple[Entry, ...]:
        """The word's entries in CC-CEDICT, in its order; () if it has none."""
        return self._row(word).entries

    def tag(self, word: str) -> str:
        """The word's part of speech in jieba's list ("n", "v", "nr", ...), "" if it is not in it."""
        return self._row(word).tag

    def frequency(self, word: str) -> int:
        """How often the word occurs in the texts that jieba's list was counted on, 0 if it is not in it."""
        return self._row(word).frequency

    def zipf(self, word: str) -> float:
        """The word's frequency on the Zipf scale: log10 of its occurrences in 10^9 words (about 1 rare, 7 的)."""
        return math.log10(max(self._row(word).frequency, 0.5) / self._total * 1e9)

    def level(self, word: str) -> int:
        """The word's HSK level, 1 to 7 (7 stands for the band 7 to 9), 0 if no list has it."""
        return self._row(word).level

    def pinyin(self, word: str) -> tuple[str, ...]:
        """Pypinyin's reading of a phrase or a character, one marked syllable a character; () if it has none."""
        return self._row(word).pinyin

    def is_english(self, word: str) -> bool:
        """Whether the glosses of CC-CEDICT use this English word."""
        word = word.casefold()
        known = self._english.get(word)
        if known is None:
            query = "SELECT 1 FROM english WHERE word = ?"
            known = self._english[word] = self._connection.execute(query, (word,)).fetchone() is not None
        return known


def open_lexicon(dictionary: Path | None = None, cache: Path | None = None) -> Lexicon:
    """The lexicon, from the user's cache; compiled first where the cache has none for these very lists.

    Args:
        dictionary: a CC-CEDICT file to use instead of the installed one.
        cache: the folder of the compiled file, `cache_folder()` if None. Where it cannot be written to, the lexicon is
            compiled in memory.

    Raises:
        InputError: the dictionary cannot be read or is none.
    """
    dictionary = dictionary or cedict_path()
    folder = cache or cache_folder()
    path = folder / f"lexicon-{_fingerprint(dictionary)}.sqlite"
    try:
        if not path.exists():
            _write(path, dictionary)
        try:
            return _read(path)
        except sqlite3.DatabaseError:    # damaged: a disk was full, or a copy broke off
            path.unlink()
            _write(path, dictionary)
            return _read(path)
    except (OSError, sqlite3.DatabaseError):
        connection = sqlite3.connect(":memory:")
        _compile(connection, dictionary)
        return Lexicon(connection)


def _write(path: Path, dictionary: Path) -> None:
    """Compile into the file, in one step: a process that starts meanwhile sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        fresh = Path(scratch) / path.name
        connection = sqlite3.connect(fresh)
        _compile(connection, dictionary)
        connection.close()
        fresh.replace(path)


def _read(path: Path) -> Lexicon:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        if path.stat().st_size != pages * size:
            raise sqlite3.DatabaseError(f"{path} is cut off")
        return Lexicon(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise


def cache_folder() -> Path:
    """Where compiled lists are kept: $FLASHCARDS_CACHE, or the platform's cache folder of the user."""
    chosen = os.environ.get("FLASHCARDS_CACHE")
    return Path(chosen) if chosen else user_cache_path("flashcards")


def _fingerprint(dictionary: Path) -> str:
    """Changes whenever one of the lists, or the way they are compiled, does."""
    facts = [_SCHEMA, HSK_STANDARD]
    for path in (dictionary, *list_paths()):
        if path.exists():
            stat = path.stat()
            facts += [str(path.resolve()), str(stat.st_size), str(stat.st_mtime_ns)]
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()[:12]


def _compile(connection: sqlite3.Connection, dictionary: Path) -> None:
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    english: set[str] = set()
    for entry in read_cedict(dictionary):
        for headword in {entry.simplified, entry.traditional}:
            entries[headword].append(entry)
        for sense in entry.senses:
            english.update(_ENGLISH.findall(sense.casefold()))
    words = {word: (frequency, tag) for word, frequency, tag in read_jieba()}
    levels = read_levels()
    readings = dict(read_pypinyin())
    rows = []
    for word in sorted(entries.keys() | words.keys() | levels.keys() | readings.keys()):
        frequency, tag = words.get(word, (0, ""))
        row = Row(tag, frequency, levels.get(word, 0), tuple(entries.get(word, ())), readings.get(word, ()))
        rows.append((word, _encode(row)))
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE TABLE words (word TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;"
        "CREATE TABLE english (word TEXT PRIMARY KEY) WITHOUT ROWID;"
        "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT);"
    )
    connection.executemany("INSERT INTO words VALUES (?, ?)", rows)
    connection.executemany("INSERT INTO english VALUES (?)", ((word,) for word in sorted(english)))
    total = sum(frequency for frequency, _ in words.values())
    connection.execute("INSERT INTO facts VALUES ('total frequency', ?)", (str(total),))
    headwords = {e.simplified for own in entries.values() for e in own if len(e.simplified) > 1}
    joined = "\n".join(sorted(word for word in headwords if word.isalnum()))
    connection.execute("INSERT INTO facts VALUES ('headwords', ?)", (joined,))
    connection.commit()
