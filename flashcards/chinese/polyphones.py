"""Which reading a character has where it stands: a linear model over the words and characters around it.

A character's candidates get scores from features of its surroundings (characters, words, tags, and their combinations)
and from votes: readings that the dictionaries give to the words of which it may be a part. The features are hashed, as
there are hundreds of thousands; a fingerprint beside each weight tells a feature that was learnt from one that was
not. It is all plain integers, as a sentence has few doubtful characters and numpy alone takes longer to import than
the rest of the model. `tools/train_readings.py` trains the weights.
"""

import re
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import msgspec

from flashcards.chinese.syllables import from_numbered
from flashcards.lexicon import Entry, Lexicon
from flashcards.model import HAN

WEIGHTS = "polyphones.bin"
SLOTS = 400_000
"""How many weights there is room for."""

_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile(r"\w")
_LONGEST = 8
"""Longer words are not looked for."""

STEP = 40503
"""From a candidate's slot to the next candidate's."""

_U64 = (1 << 64) - 1
_MULTIPLIER = 0x9E3779B97F4A7C15
_CHARACTER = 0xC2B2AE3D27D4EB4F
NO_VOTE = 100
"""The votes from here on say that no dictionary speaks, and which candidate it is; in all there are `VOTES`."""
VOTES = 128


class Weights(msgspec.Struct, frozen=True, array_like=True):
    """The trained model as it is stored.

    `candidates` has a line for each character: the character and its readings, the most usual first. `fingerprints`
    and `weights` (signed bytes, times `scale`) have a place for each slot; `votes` are the weights of votes.
    """

    candidates: str
    fingerprints: bytes
    weights: bytes
    scale: float
    votes: tuple[float, ...]


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """The longest dictionary word around a character: how many of its ends are word borders, its length, readings.

    `key` identifies the word and the character's place in it.
    """

    borders: int
    length: int
    readings: frozenset[str]
    key: int


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


_EDGE = Context("#", 0, zlib.crc32(b"w#"), zlib.crc32(b"t#"), ord("#"))


@dataclass(frozen=True, slots=True)
class Polyphones:
    """The trained model, ready for use. `candidates` are the readings of each character that it knows."""

    candidates: Mapping[str, tuple[str, ...]]
    fingerprints: bytes
    weights: Sequence[int]
    scale: float
    votes: Sequence[float]

    def has_met(self, word: Context, offset: int) -> bool:
        """Whether the model has learnt something of a character in this very word (now and then true of others)."""
        character = word.text[offset]
        (key,) = keys([_in_word(word.key, offset)], character)
        fingerprint = key >> 24 & 255
        slots = (((key >> 32) * SLOTS >> 32) + STEP * j for j in range(len(self.candidates[character]) - 1))
        return any(self.fingerprints[slot % SLOTS] == fingerprint for slot in slots)

    def scores(self, character: str, features: Sequence[int], votes: Votes) -> list[float]:
        """The log-odds of each candidate of a character, up to a constant.

        Args:
            character: one of those that the model knows.
            features: those of its surroundings, from `features_at`.
            votes: what the dictionaries say of it, from `votes_at`.
        """
        candidates = self.candidates[character]
        base = ord(character) * _CHARACTER
        fingerprints, weights = self.fingerprints, self.weights
        sums = [0] * len(candidates)
        further = range(2, len(candidates)) if len(candidates) > 2 else ()
        for feature in features:
            key = (feature ^ base) * _MULTIPLIER & _U64
            slot = (key >> 32) * SLOTS >> 32
            fingerprint = key >> 24 & 255
            if fingerprints[slot] == fingerprint:
                sums[1] += weights[slot]
            if further:
                for j in further:
                    slot = (slot + STEP) % SLOTS
                    if fingerprints[slot] == fingerprint:
                        sums[j] += weights[slot]
        out = []
        for j, candidate in enumerate(candidates):
            score = sums[j] * self.scale
            for vote in ballots(votes, candidate, j):
                score += self.votes[vote]
                key = (vote ^ base) * _MULTIPLIER & _U64
                slot = (key >> 32) * SLOTS >> 32
                if fingerprints[slot] == key >> 24 & 255:
                    score += weights[slot] * self.scale
            out.append(score)
        return out


@lru_cache(maxsize=100_000)
def listed(word: str, lexicon: Lexicon) -> frozenset[tuple[str, ...]]:
    """The readings that CC-CEDICT has for a word, a marked syllable a character; "" for what is no hanzi (T恤)."""
    return frozenset(syllables_of(word, entry) for entry in lexicon.entries(word) if len(entry.reading) == len(word))


def syllables_of(word: str, entry: Entry) -> tuple[str, ...]:
    """An entry's syllables with tone marks, () if they are not one a character."""
    if len(entry.reading) != len(word):
        return ()
    return tuple(from_numbered(s) if _HAN.match(c) else "" for c, s in zip(word, entry.reading, strict=True))


def keys(features: Sequence[int], character: str) -> list[int]:
    """The hash of each feature of a character, 64 bits: its slot is in the highest bits."""
    base = ord(character) * _CHARACTER
    return [(feature ^ base) * _MULTIPLIER & _U64 for feature in features]


def tag_of(word: str, lexicon: Lexicon) -> str:
    """A word's part of speech: that of jieba's list, else "n" for what has letters and "x" for marks."""
    return lexicon.tag(word) or ("n" if _LETTER.search(word) else "x")


def context(text: str, lexicon: Lexicon) -> Context:
    """A word as the features see it."""
    key = zlib.crc32(f"w{text}".encode("utf-8", "surrogatepass"))
    tag = tag_of(text, lexicon)
    return Context(text, min(len(text), 4), key, zlib.crc32(f"t{tag}".encode()), ord(tag[0]))


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
    if not lexicon.may_have(word):
        return
    phrase = lexicon.pinyin(word)
    for dictionary, readings in enumerate((listed(word, lexicon), {phrase} if phrase else ())):
        known = best[dictionary]
        if readings and (known is None or (borders, len(word)) > (known.borders, known.length)):
            own = frozenset(reading[offset] for reading in readings)
            key = zlib.crc32(f"{offset}{word}".encode("utf-8", "surrogatepass"))
            best[dictionary] = Evidence(borders, len(word), own, key)


def votes_at(sentence: Sequence[Context], place: int, offset: int, lexicon: Lexicon) -> Votes:
    """What dictionary words inside its word, or made of it and of its neighbours, say of a character."""
    word = sentence[place]
    text, before, behind = word.text, sentence[place - 1].text, sentence[place + 1].text
    best: list[Evidence | None] = list(_inside(text, offset, lexicon)) if len(text) > 1 else [None, None]
    size, left, right = len(text), len(before), len(behind)
    if size + left <= _LONGEST:
        _improve(best, before + text, left + offset, 2, lexicon)
        further = sentence[place - 2].text
        if size + left + len(further) <= _LONGEST:
            _improve(best, further + before + text, len(further) + left + offset, 2, lexicon)
    if size + right <= _LONGEST:
        _improve(best, text + behind, offset, 2, lexicon)
        later = sentence[place + 2].text
        if size + right + len(later) <= _LONGEST:
            _improve(best, text + behind + later, offset, 2, lexicon)
        if left + size + right <= _LONGEST:
            _improve(best, before + text + behind, left + offset, 2, lexicon)
    return best[0], best[1]


@lru_cache(maxsize=100_000)
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
    """The features of a character's surroundings, as integers of at most 64 bits.

    They are its neighbours and their pairs and triples; its word, the words beside it, and their pairs; their tags;
    what the dictionaries say. The factors only keep one kind of feature apart from another.
    """
    word, before, behind = sentence[place], sentence[place - 1], sentence[place + 1]
    further, later = sentence[place - 2], sentence[place + 2]
    text = word.text
    left = f"##{further.text}{before.text}{text[:offset]}"
    right = f"{text[offset + 1:]}{behind.text}{later.text}##"
    l2, l1 = ord(left[-2]) * 0x3D0C7, ord(left[-1]) * 0x1003F
    r1, r2 = ord(right[0]) * 0x1F0B5, ord(right[1]) * 0x7A1D3
    l21, r12 = l1 ^ l2, r1 ^ r2
    shape = word.size * 4 + min(offset, 3)
    key, before_key, behind_key = word.key, before.key, behind.key
    tag, before_tag, behind_tag = word.tag, before.tag, behind.tag
    said, other = votes
    longest = max((e for e in votes if e), key=lambda e: (e.borders, e.length), default=None)
    return [
        1, l1 + 3, r1 + 5, l2 + 7, r2 + 11,
        l21 * 3 + 19, r12 * 3 + 23, (l1 ^ r1) * 3 + 29, (l21 ^ r1) * 5 + 41, (l1 ^ r12) * 5 + 43,
        _in_word(key, offset), tag * 3 + shape * 67 + 71, before_key * 3 + 73, behind_key * 5 + 79,
        before_tag + word.size * 83 + 89, behind_tag * 3 + word.size * 97 + 101,
        (before_key * 7 ^ key) + 107, (key * 9 ^ behind_key) + 109,
        (further.tag * 3 ^ before_tag) + 113, (behind_tag ^ later.tag * 5) + 127,
        (before_tag * 11 ^ key) + 131, (key ^ behind_tag * 13) + 137,
        _ahead(sentence, place) * 3 + 163,
        ((hash_of(said) * 31) ^ hash_of(other)) * 5 + 151, (longest.key if longest else 0) * 17 + 157,
    ]  # fmt: skip


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


def hash_of(evidence: Evidence | None) -> int:
    """A number for the readings that a dictionary allows, the same on every machine."""
    return _hash(evidence.readings) if evidence else 0


@lru_cache(maxsize=10_000)
def _hash(readings: frozenset[str]) -> int:
    return zlib.crc32(",".join(sorted(readings)).encode())


@cache
def trained() -> Polyphones:
    """The model that comes with the package."""
    data = resources.files("flashcards.chinese").joinpath(WEIGHTS).read_bytes()
    return ready(msgspec.msgpack.decode(zlib.decompress(data), type=Weights))


def ready(weights: Weights) -> Polyphones:
    """The model for use."""
    candidates = {line[0]: tuple(line[1:].split()) for line in weights.candidates.splitlines()}
    signed = memoryview(weights.weights).cast("b")
    return Polyphones(candidates, weights.fingerprints, signed, weights.scale, array("f", weights.votes))
