"""The word lists compiled into one SQLite file in the user's cache, and the look-ups in it."""

import hashlib
import math
import os
import re
import sqlite3
import tempfile
import weakref
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from zlib import crc32

import msgspec
from platformdirs import user_cache_path

from flashcards.lexicon.sources import (
    Entry,
    cedict_path,
    list_paths,
    read_cedict,
    read_jieba,
    read_levels,
    read_pypinyin,
)
from flashcards.model import HSK_LISTS, HSK_STANDARD, HskList

_SCHEMA = "42"
_ENGLISH = re.compile(r"[a-z]+(?:-[a-z]+)*")

_SKETCH_BITS = 22
"""The sketch of all words is a Bloom filter of two to this power bits; a word has two, from both ends of its CRC."""

_SKETCHED = (1 << _SKETCH_BITS) - 1


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All that one headword has; `levels` has one for each of `HSK_LISTS`, or none at all."""

    tag: str = ""
    frequency: int = 0
    levels: tuple[int, ...] = ()
    entries: tuple[Entry, ...] = ()
    pinyin: tuple[str, ...] = ()


_NOTHING = Row()
_encode = msgspec.msgpack.encode
_decode = msgspec.msgpack.Decoder(Row).decode
_decode_shares = msgspec.msgpack.Decoder(dict[str, float]).decode

_SHARES = ("related", "kinds", "synonyms", "characters", "english_kinds")
"""The tables of words with their shares, by a key."""


class Lexicon:
    """Look-ups by word, simplified or traditional; each is remembered, so asking again costs nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._execute = connection.cursor().execute
        weakref.finalize(self, connection.close)
        self._rows: dict[str, Row] = {}
        self._tables: dict[str, dict[str, Mapping[str, float]]] = {table: {} for table in _SHARES}
        self._entries_with: dict[str, int] = {}
        (total,) = connection.execute("SELECT value FROM facts WHERE name = 'total frequency'").fetchone()
        self._total = int(total)
        (self.number_of_entries,) = connection.execute("SELECT value FROM facts WHERE name = 'entries'").fetchone()
        (self._sketch,) = connection.execute("SELECT value FROM facts WHERE name = 'sketch'").fetchone()

    def row(self, word: str) -> Row:
        """All that the lists have of a word."""
        row = self._rows.get(word)
        if row is None:
            if not self.may_have(word):
                row = self._rows[word] = _NOTHING
                return row
            found = self._execute("SELECT data FROM words WHERE word = ?", (word,)).fetchone()
            row = _decode(found[0]) if found else _NOTHING
            self._rows[word] = row
        return row

    def may_have(self, word: str) -> bool:
        """False if no list has the word; true for a few that none has, either.

        It spares looking up what is hardly ever a word, such as two neighbours joined.
        """
        number = crc32(word.encode("utf-8", "surrogatepass"))
        sketch, first = self._sketch, number & _SKETCHED
        if not sketch[first >> 3] >> (first & 7) & 1:
            return False
        second = number >> 32 - _SKETCH_BITS
        return bool(sketch[second >> 3] >> (second & 7) & 1)

    def __contains__(self, word: str) -> bool:
        """Whether CC-CEDICT has the word."""
        return bool(self.row(word).entries)

    @cached_property
    def headwords(self) -> frozenset[str]:
        """CC-CEDICT's simplified words of two characters or more, without those with a mark in them."""
        return self._strings("headwords")

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What two characters or more some of the `headwords` begin with, without those that are one themselves."""
        return self._strings("beginnings")

    def _strings(self, fact: str) -> frozenset[str]:
        (joined,) = self._connection.execute("SELECT value FROM facts WHERE name = ?", (fact,)).fetchone()
        return frozenset(str(joined).split("\n"))

    def entries(self, word: str) -> tuple[Entry, ...]:
        """The word's entries in CC-CEDICT, in its order; () if it has none."""
        return self.row(word).entries

    def tag(self, word: str) -> str:
        """The word's part of speech in jieba's list ("n", "v", "nr", ...), "" if it is not in it."""
        return self.row(word).tag

    def frequency(self, word: str) -> int:
        """How often the word occurs in the texts that jieba's list was counted on, 0 if it is not in it."""
        return self.row(word).frequency

    def zipf(self, word: str) -> float:
        """The word's frequency on the Zipf scale: log10 of its occurrences in 10^9 words (about 1 rare, 7 的)."""
        return math.log10(max(self.row(word).frequency, 0.5) / self._total * 1e9)

    def level(self, word: str, hsk_list: HskList = HSK_STANDARD) -> int:
        """The HSK level of a word, simplified, in one of the lists: 1 to 7 (the band 7 to 9), 0 if it is not in it."""
        levels = self.row(word).levels
        return levels[HSK_LISTS.index(hsk_list)] if levels else 0

    def pinyin(self, word: str) -> tuple[str, ...]:
        """Pypinyin's reading of a phrase or a character, one marked syllable a character; () if it has none."""
        return self.row(word).pinyin

    def related(self, character: str, syllable: str) -> Mapping[str, float]:
        """English words that recur in the glosses of compounds in which a character has a reading, with their share.

        Args:
            character: a polyphone, simplified; others have nothing.
            syllable: its reading with a tone number, "xing2", "lü4".
        """
        return self._shares("related", character + syllable)

    def kinds(self, character: str, syllable: str) -> Mapping[str, float]:
        """How much a polyphone's reading is a noun "n", a verb "v", an adjective "a", an adverb "d", by its glosses.

        Args:
            character: a polyphone, simplified; others have nothing.
            syllable: its reading with a tone number, "xing2", "lü4".
        """
        return self._shares("kinds", character + syllable)

    def synonyms(self, stem: str) -> Mapping[str, float]:
        """English stems that translate the same Chinese words as one does, each with what share of its words.

        Those of "fool" are the stems of "deceive", "hoodwink", ...; 11 % of the Chinese words that are glossed as
        "deceive" are glossed as "fool", too.
        """
        return self._shares("synonyms", stem)

    def character(self, character: str) -> Mapping[str, float]:
        """English stems that stand for a character in the glosses of its words, each with its probability.

        Those of 疫 are the stems of "epidemic", "plague", ...: what a word of the dictionary, or one that is in none,
        may mean by its characters.
        """
        return self._shares("characters", character)

    def english_kinds(self, word: str) -> Mapping[str, float]:
        """How much an English word (lower case) is a noun "n", a verb "v", an adjective "a", by the glosses.

        Only base forms are in the glosses; {} for a word of which too little is known.
        """
        return self._shares("english_kinds", word)

    def _shares(self, table: str, key: str) -> Mapping[str, float]:
        """What one of the tables of shares has for a key, {} if nothing."""
        shares = self._tables[table].get(key)
        if shares is None:
            found = self._execute(f"SELECT shares FROM {table} WHERE key = ?", (key,)).fetchone()
            shares = self._tables[table][key] = _decode_shares(found[0]) if found else {}
        return shares

    def entries_with(self, word: str) -> int:
        """How many entries of CC-CEDICT use an English word (lower case) in their glosses."""
        found = self._entries_with.get(word)
        if found is None:
            row = self._execute("SELECT entries FROM english WHERE word = ?", (word,)).fetchone()
            found = self._entries_with[word] = row[0] if row else 0
        return found

    def is_english(self, word: str) -> bool:
        """Whether the glosses of CC-CEDICT use this English word."""
        return self.entries_with(word.casefold()) > 0


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
        connection.execute(f"PRAGMA mmap_size = {pages * size}")
        return Lexicon(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise


def cache_folder() -> Path:
    """Where what can be made again is kept: $FLASHCARDS_CACHE, or the platform's cache folder of the user."""
    chosen = os.environ.get("FLASHCARDS_CACHE")
    return Path(chosen) if chosen else user_cache_path("flashcards")


def _fingerprint(dictionary: Path) -> str:
    """Changes whenever one of the lists, or the way they are compiled, does."""
    facts = [_SCHEMA]
    for path in (dictionary, *list_paths()):
        if path.exists():
            stat = path.stat()
            facts += [str(path.resolve()), str(stat.st_size), str(stat.st_mtime_ns)]
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()[:12]


def _compile(connection: sqlite3.Connection, dictionary: Path) -> None:
    from flashcards.lexicon import statistics

    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    english: Counter[str] = Counter()
    number = 0
    compounds = []
    for entry in read_cedict(dictionary):
        number += 1
        for headword in {entry.simplified, entry.traditional}:
            entries[headword].append(entry)
        used = {word for sense in entry.senses for word in _ENGLISH.findall(sense.casefold())}
        english.update(used)
        compounds.append((entry, used))
    words = {word: (frequency, tag) for word, frequency, tag in read_jieba()}
    levels = read_levels()
    readings = dict(read_pypinyin())
    rows = []
    for word in sorted(entries.keys() | words.keys() | levels.keys() | readings.keys()):
        frequency, tag = words.get(word, (0, ""))
        row = Row(tag, frequency, levels.get(word, ()), tuple(entries.get(word, ())), readings.get(word, ()))
        rows.append((word, _encode(row)))
    sketch = bytearray(1 << _SKETCH_BITS - 3)
    for word, _ in rows:
        number_of_word = crc32(word.encode("utf-8", "surrogatepass"))
        for bit in (number_of_word & _SKETCHED, number_of_word >> 32 - _SKETCH_BITS):
            sketch[bit >> 3] |= 1 << (bit & 7)
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE TABLE words (word TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;"
        "CREATE TABLE english (word TEXT PRIMARY KEY, entries INTEGER) WITHOUT ROWID;"
        "CREATE TABLE facts (name TEXT PRIMARY KEY, value);"
    )
    connection.executemany("INSERT INTO words VALUES (?, ?)", rows)
    connection.executemany("INSERT INTO english VALUES (?, ?)", sorted(english.items()))
    tags = {word: tag for word, (_, tag) in words.items()}
    shares = {
        "related": statistics.related(compounds),
        "kinds": statistics.kinds(entries, tags),
        "synonyms": statistics.synonyms(entry for entry, _ in compounds),
        "characters": statistics.characters(entry for entry, _ in compounds),
        "english_kinds": statistics.english_kinds((entry for entry, _ in compounds), tags),
    }
    for table in _SHARES:
        connection.execute(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, shares BLOB) WITHOUT ROWID")
        found = ((key, _encode(own)) for key, own in sorted(shares[table]))
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", found)
    total = sum(frequency for frequency, _ in words.values())
    connection.execute("INSERT INTO facts VALUES ('total frequency', ?)", (str(total),))
    headwords = {w for own in entries.values() for e in own if len(w := e.simplified) > 1 and w.isalnum()}
    beginnings = {word[:end] for word in headwords for end in range(2, len(word))} - headwords
    for name, strings in (("headwords", headwords), ("beginnings", beginnings)):
        connection.execute("INSERT INTO facts VALUES (?, ?)", (name, "\n".join(sorted(strings))))
    connection.execute("INSERT INTO facts VALUES ('sketch', ?)", (bytes(sketch),))
    connection.execute("INSERT INTO facts VALUES ('entries', ?)", (number,))
    connection.commit()
