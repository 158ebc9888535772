"""Which reading a character has where it stands: a linear model over the words and characters around it.

A character's candidates get scores from features of its surroundings (characters, words, tags, and their combinations)
and from votes: readings that the dictionaries give to the words of which it may be a part. There are hundreds of
thousands of features; each is hashed to one of `KEYS` keys, and a character has a table of the keys that it has learnt
something of, made when the character is first met. It is all plain integers, as a sentence has few doubtful characters
and numpy alone takes longer to import than the rest of the model. `tools/train_readings.py` trains the weights.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate, repeat
from operator import add
from typing import NamedTuple

import msgspec

from flashcards.chinese.syllables import from_numbered
from flashcards.lexicon import Entry, Lexicon
from flashcards.model import HAN

WEIGHTS = "polyphones.bin"
KEYS = 262_139
"""How many keys there are: a prime, so that the remainder is a hash of a feature."""

_HAN = re.compile(f"[{HAN}]")
_ALL_HAN = re.compile(f"[{HAN}]+")
_LETTER = re.compile(r"\w")
_LONGEST = 8
"""Longer words are not looked for."""

NO_VOTE = 100
"""The votes from here on say that no dictionary speaks, and which candidate it is; in all there are `VOTES`."""
VOTES = 128
NEAR = 3
"""So many characters on each side count as near."""
FEATURES = 18 + 2 * NEAR
"""A character has at most so many features."""


class Weights(msgspec.Struct, frozen=True, array_like=True):
    """The trained model as it is stored.

    `candidates` has a line for each character: the character and its readings, the most usual first. A character's
    tables are one for each reading but the first, then one for votes; `sizes` are their lengths, two bytes each. `keys`
    are all tables' keys, each as the distance from the one before it in its table: all lowest bytes, all second ones,
    all third ones. `weights` are signed bytes, times `scale`. `votes` are the weights of votes for any character.
    `disputed` are words of which the model has learnt otherwise than the dictionary, with the places of the characters.
    """

    candidates: str
    disputed: dict[str, tuple[int, ...]]
    sizes: bytes
    keys: tuple[bytes, bytes, bytes]
    weights: bytes
    scale: float
    votes: tuple[float, ...]


class Evidence(NamedTuple):
    """The longest dictionary word around a character: how many of its ends are word borders, its length, readings.

    `key` identifies the word and the character's place in it, `number` the readings, the same on every machine.
    """

    borders: int
    length: int
    readings: frozenset[str]
    key: int
    number: int


Votes = tuple[Evidence | None, Evidence | None]
"""What CC-CEDICT and what pypinyin's phrases say of a character."""


class Context(msgspec.Struct, frozen=True, gc=False):
    """A word as the features see it."""

    text: str
    size: int
    key: int
    tag: int
    coarse: int
    """The first letter of its tag."""


_PLANE = tuple(byte << 8 for byte in range(256))
_LANE = 20
_LANE_MASK, _HALF = (1 << _LANE) - 1, 1 << _LANE - 1
_NOTHING = repeat(0)

_EDGE = Context("#", 0, zlib.crc32(b"w#"), zlib.crc32(b"t#"), ord("#"))


class Table(NamedTuple):
    """What the model knows of a character: its readings, the weights of keys, and of votes.

    A key's weights for all readings but the first are one integer, each `_LANE` bits above the one before, so that one
    sum adds up all of them.
    """

    readings: tuple[str, ...]
    weights: Mapping[int, int]
    votes: Mapping[int, int]


class Polyphones:
    """The trained model, ready for use.

    `candidates` are the readings of each character that it knows, `disputed` words with one reading in the dictionary
    of which it has learnt otherwise, with the places of the characters that are to be open there.
    """

    def __init__(self, weights: Weights) -> None:
        self.candidates = {line[0]: tuple(line[1:].split()) for line in weights.candidates.splitlines()}
        self.disputed = weights.disputed
        self._stored = weights
        self._signed = memoryview(weights.weights).cast("b")
        numbers = [len(readings) for readings in self.candidates.values()]
        sizes = memoryview(weights.sizes).cast("H").tolist()
        self._ends = [0, *accumulate(sizes)]
        self._first = dict(zip(self.candidates, accumulate(numbers, initial=0), strict=False))
        self._tables: dict[str, Table] = {}
        self._voted: dict[tuple[object, ...], list[float]] = {}

    def _table(self, character: str) -> Table:
        """A character's table, made when it is first asked for."""
        readings = self.candidates[character]
        first = self._first[character]
        weights = dict(self._pairs(first))
        for i in range(1, len(readings) - 1):
            for key, weight in self._pairs(first + i):
                weights[key] = weights.get(key, 0) + (weight << _LANE * i)
        votes = dict(self._pairs(first + len(readings) - 1))
        table = self._tables[character] = Table(readings, weights, votes)
        return table

    def _pairs(self, number: int) -> Iterator[tuple[int, int]]:
        """The keys of a stored table with their weights."""
        own = slice(self._ends[number], self._ends[number + 1])
        low, middle, high = (plane[own] for plane in self._stored.keys)
        gaps: Iterable[int] = map(add, low, map(_PLANE.__getitem__, middle))
        if any(high):
            gaps = map(add, gaps, (byte << 16 for byte in high))
        return zip(accumulate(gaps), self._signed[own], strict=True)

    def has_met(self, word: Context, offset: int) -> bool:
        """Whether the model has learnt something of a character in this very word (now and then true of others)."""
        character = word.text[offset]
        key = _in_word(word.key, offset) % KEYS
        table = self._tables.get(character) or self._table(character)
        return key in table.weights

    def scores(self, character: str, features: Sequence[int], votes: Votes) -> list[float]:
        """The log-odds of each candidate of a character, up to a constant.

        Args:
            character: one of those that the model knows.
            features: those of its surroundings, from `features_at`.
            votes: what the dictionaries say of it, from `votes_at`.
        """
        table = self._tables.get(character) or self._table(character)
        said, other = votes
        facts = (character, said and said[:3], other and other[:3])
        voted = self._voted.get(facts)
        if voted is None:
            voted = self._voted[facts] = self._scores_of_votes(table, votes)
        scale = self._stored.scale
        total = sum(map(table.weights.get, features, _NOTHING))
        scores = voted.copy()
        for i in range(1, len(scores)):
            own = (total + _HALF & _LANE_MASK) - _HALF
            scores[i] += scale * own
            total = total - own >> _LANE
        return scores

    def _scores_of_votes(self, table: Table, votes: Votes) -> list[float]:
        """What the votes say of each candidate: for any character, and for this one."""
        return [
            sum(self._stored.votes[vote] + table.votes.get(vote, 0) * self._stored.scale for vote in own)
            for own in (ballots(votes, candidate, rank) for rank, candidate in enumerate(table.readings))
        ]


@lru_cache(maxsize=100_000)
def listed(word: str, lexicon: Lexicon) -> frozenset[tuple[str, ...]]:
    """The readings that CC-CEDICT has for a word, a marked syllable a character; "" for what is no hanzi (T恤)."""
    return frozenset(syllables_of(word, entry) for entry in lexicon.entries(word) if len(entry.reading) == len(word))


def syllables_of(word: str, entry: Entry) -> tuple[str, ...]:
    """An entry's syllables with tone marks, () if they are not one a character."""
    if len(entry.reading) != len(word):
        return ()
    marked = tuple(map(from_numbered, entry.reading))
    if _ALL_HAN.fullmatch(word):
        return marked
    return tuple(syllable if _HAN.match(c) else "" for c, syllable in zip(word, marked, strict=True))


def tag_of(word: str, lexicon: Lexicon) -> str:
    """A word's part of speech: that of jieba's list, else "n" for what has letters and "x" for marks."""
    return lexicon.tag(word) or ("n" if _LETTER.search(word) else "x")


def context(text: str, lexicon: Lexicon) -> Context:
    """A word as the features see it."""
    key = zlib.crc32(f"w{text}".encode("utf-8", "surrogatepass"))
    tag = tag_of(text, lexicon)
    return Context(text, min(len(text), 4), key, _key_of_tag(tag), ord(tag[0]))


@lru_cache(maxsize=1_000)
def _key_of_tag(tag: str) -> int:
    return zlib.crc32(f"t{tag}".encode())


def surrounded(words: Sequence[Context]) -> list[Context]:
    """A sentence with room at both ends, so that every word has two neighbours on each side."""
    return [_EDGE, _EDGE, *words, _EDGE, _EDGE]


@lru_cache(maxsize=100_000)
def _inside(text: str, offset: int, lexicon: Lexicon) -> Votes:
    """What the longest dictionary words inside a word say of one of its characters."""
    best: list[Evidence | None] = [None, None]
    for start in range(offset + 1):
        for end in range(max(offset + 1, start + 2), min(len(text), start + 8) + 1):
            borders = (start == 0) + (end == len(text))
            _improve(best, text[start:end], offset - start, borders, lexicon)
    return best[0], best[1]


def _improve(best: list[Evidence | None], word: str, offset: int, borders: int, lexicon: Lexicon) -> None:
    """Put a word's evidence in the place of what is less."""
    phrase = lexicon.pinyin(word)
    if not phrase and word not in lexicon:
        return
    for dictionary, readings in enumerate((listed(word, lexicon), {phrase} if phrase else ())):
        known = best[dictionary]
        if readings and (known is None or (borders, len(word)) > (known.borders, known.length)):
            own = frozenset(reading[offset] for reading in readings)
            key = zlib.crc32(f"{offset}{word}".encode("utf-8", "surrogatepass"))
            best[dictionary] = Evidence(borders, len(word), own, key, _number(own))


def votes_at(sentence: Sequence[Context], place: int, offset: int, lexicon: Lexicon) -> Votes:
    """What dictionary words inside its word, or CC-CEDICT's made of it and of its neighbours, say of a character."""
    text, before, behind = sentence[place].text, sentence[place - 1].text, sentence[place + 1].text
    best: list[Evidence | None] = list(_inside(text, offset, lexicon)) if len(text) > 1 else [None, None]
    left = len(before) + offset
    further, later = sentence[place - 2].text, sentence[place + 2].text
    headwords = lexicon.headwords
    if (joined := before + text) in headwords:
        _improve(best, joined, left, 2, lexicon)
    if (longer := further + joined) in headwords:
        _improve(best, longer, len(further) + left, 2, lexicon)
    if (longer := joined + behind) in headwords:
        _improve(best, longer, left, 2, lexicon)
    if (joined := text + behind) in headwords:
        _improve(best, joined, offset, 2, lexicon)
    if (longer := joined + later) in headwords:
        _improve(best, longer, offset, 2, lexicon)
    return best[0], best[1]


def ballots(votes: Votes, candidate: str, rank: int) -> tuple[int, ...]:
    """The votes, as numbers under `VOTES`, that a candidate gets; `rank` is its place among the candidates."""
    out = []
    pattern = 0
    for dictionary, evidence in enumerate(votes):
        verdict = 0
        if evidence is not None:
            verdict = 3
            if candidate in evidence.readings:
                verdict = 1 + (len(evidence.readings) > 1)
                kind = (dictionary * 3 + evidence.borders) * 4 + min(evidence.length, 5) - 2
                out.append(16 + kind * 2 + (len(evidence.readings) > 1))
        pattern = pattern * 4 + verdict
    out.append(pattern if pattern else NO_VOTE + rank)
    return tuple(out)


def features_at(sentence: Sequence[Context], place: int, offset: int, votes: Votes) -> list[int]:
    """The features of a character's surroundings, as keys, at most `FEATURES`.

    They are its neighbours and their pairs; the characters near it, wherever they stand; its word, that from it on, and
    its pairs with the words and tags beside it; how the clause goes on; what the dictionaries say. The factors only
    keep one kind of feature apart from another.
    """
    word, before, behind = sentence[place], sentence[place - 1], sentence[place + 1]
    text, key = word.text, word.key
    left = f"##{sentence[place - 2].text}{before.text}{text[:offset]}"
    right = f"{text[offset + 1:]}{behind.text}{sentence[place + 2].text}##"
    l1, r1 = ord(left[-1]) * 0x1003F, ord(right[0]) * 0x1F0B5
    l2, r2 = ord(left[-2]) * 0x3D0C7, ord(right[1]) * 0x7A1D3
    said, other = votes
    allowed = ((said.number if said else 0) * 31) ^ (other.number if other else 0)
    longest = other if other and (not said or other[:2] > said[:2]) else said
    features = (
        1, l1 + 3, r1 + 5, (l1 ^ l2) * 3 + 19, (r1 ^ r2) * 3 + 23,
        before.key * 3 + 73, behind.key * 5 + 79, (before.key * 7 ^ key) + 107, (key * 9 ^ behind.key) + 109,
        (before.tag * 11 ^ key) + 131, (key ^ behind.tag * 13) + 137,
        _in_word(key, offset), word.tag * 3 + (word.size * 4 + min(offset, 3)) * 67 + 71,
        behind.tag * 3 + word.size * 97 + 101, _ahead(sentence, place) * 3 + 163,
        allowed * 5 + 151, (longest.key if longest else 0) * 17 + 157, _suffix(text, offset) * 7 + 173,
        *[ord(character) * 0x5C8E3 + 167 for character in left[-NEAR:] + right[:NEAR] if character.isalnum()],
    )  # fmt: skip
    return [feature % KEYS for feature in features]


@lru_cache(maxsize=20_000)
def _suffix(text: str, offset: int) -> int:
    """A number for a word from one of its characters on."""
    return zlib.crc32(text[offset:].encode("utf-8", "surrogatepass"))


def _ahead(sentence: Sequence[Context], place: int) -> int:
    """The tags of the next words, as far as the clause goes and at most five: 为 before a verb, or before none."""
    tags = 0
    for word in sentence[place + 1 : place + 6]:
        if not word.text[0].isalnum():
            break
        tags = (tags * 31 + word.coarse) & 0xFFFFFFFF
    return tags


def _in_word(key: int, offset: int) -> int:
    """The feature of a word and of the character's place in it."""
    return key * 7 + offset * 59 + 61


@lru_cache(maxsize=10_000)
def _number(readings: frozenset[str]) -> int:
    """A number for some readings, the same on every machine."""
    return zlib.crc32(",".join(sorted(readings)).encode())


@cache
def trained() -> Polyphones:
    """The model that comes with the package."""
    return Polyphones(stored())


def stored() -> Weights:
    """The weights that come with the package."""
    data = resources.files("flashcards.chinese").joinpath(WEIGHTS).read_bytes()
    return msgspec.msgpack.decode(zlib.decompress(data), type=Weights)
