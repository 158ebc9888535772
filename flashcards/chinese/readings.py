"""How the characters of a text are read: citation tones, by words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from flashcards.chinese.spelling import from_numbered
from flashcards.lexicon import Entry, Lexicon
from flashcards.links.symbols import longest_words
from flashcards.model import HAN

_HAN = re.compile(f"[{HAN}]")
_CITATION = {"一": "yī", "不": "bù"}
"""Dictionaries of phrases write these two as they are spoken; here sandhi is the reader's choice."""

_ALONE = {"地": "de", "得": "de", "着": "zhe", "了": "le", "都": "dōu", "还": "hái", "长": "cháng", "只": "zhǐ"}
"""Characters that, as words of their own, are nearly always one word with one reading."""

# The share of readings that are right on the marked polyphones of g2pL-dev and CPP-dev together (21,000 sentences), by
# where a reading is from: the dictionary's only one; one set here, or not the dictionary's; a phrase; a lone character.
_SURE, _AGREED, _PHRASE, _GUESSED = 0.98, 0.86, 0.9, 0.8


@dataclass(frozen=True, slots=True)
class Reading:
    """How a word is read: one marked syllable a character, "" for what is no hanzi.

    `capitals` are the syllables that begin a name, `breaks` those before which its spelling has a space, `confidence`,
    0 to 1, is how sure the reading is.
    """

    syllables: tuple[str, ...]
    capitals: frozenset[int] = frozenset()
    breaks: frozenset[int] = frozenset()
    confidence: float = 1.0


def read(word: str, lexicon: Lexicon) -> Reading:
    """The reading of a word, in citation tones.

    Where CC-CEDICT has one reading for a word of several characters it stands; else pypinyin decides.
    """
    if not _HAN.search(word):
        return Reading(("",) * len(word))
    entries = _own_entries(word, lexicon)
    listed = {_syllables(word, entry) for entry in entries if len(entry.reading) == len(word)}
    if len(word) > 1 and len(listed) == 1:
        return _written(word, listed.pop(), entries, _SURE, lexicon)
    if word in _ALONE:
        return Reading((_ALONE[word],), confidence=_AGREED)
    syllables = lexicon.pinyin(word)
    if not syllables:
        return _by_parts(word, lexicon)
    if len(listed) == 1:
        confidence = _SURE if syllables in listed else _AGREED
    else:
        confidence = _PHRASE if syllables in listed and len(word) > 1 else _GUESSED
    own = [entry for entry in entries if _syllables(word, entry) == syllables]
    return _written(word, syllables, own, confidence, lexicon)


def _written(
    word: str, syllables: Sequence[str], entries: Sequence[Entry], confidence: float, lexicon: Lexicon
) -> Reading:
    """A reading with what its entries and its parts say of its spelling."""
    capitals = [{i for i, s in enumerate(entry.reading) if s[0].isupper()} for entry in entries]
    names = frozenset(set.intersection(*capitals)) if capitals else frozenset()
    breaks = names - {0} if names else _seams(word, lexicon)
    cited = tuple(_CITATION.get(c, s) for c, s in zip(word, syllables, strict=True))
    return Reading(cited, names, breaks, confidence)


def _seams(word: str, lexicon: Lexicon) -> frozenset[int]:
    """Where a compound of four characters or more is written apart: between the words of which it consists.

    Idioms, and compounds with a part of one character, are written together.
    """
    if len(word) < 4 or lexicon.tag(word)[:1] == "i":
        return frozenset()
    parts = longest_words(word, lambda text: text != word and text in lexicon)
    return frozenset(accumulate(len(p) for p in parts[:-1])) if all(len(p) > 1 for p in parts) else frozenset()


def _by_parts(word: str, lexicon: Lexicon) -> Reading:
    """The reading of a word that no dictionary has: that of the longest words that it consists of."""
    parts = longest_words(word, lambda text: text != word and text in lexicon)
    if parts == [word]:
        return Reading(("",), confidence=0.0)
    readings = [read(part, lexicon) for part in parts]
    starts = [0, *accumulate(len(part) for part in parts)]
    return Reading(
        tuple(s for reading in readings for s in reading.syllables),
        frozenset(start + i for start, reading in zip(starts, readings, strict=False) for i in reading.capitals),
        _seams(word, lexicon),
        min(reading.confidence for reading in readings),
    )


def corrected(
    words: Sequence[str], readings: Sequence[Reading], corrections: Mapping[str, Sequence[str]]
) -> list[Reading]:
    """The readings of a sentence with those that a human has set: for a string one syllable a character."""
    text = "".join(words)
    syllables = [s for reading in readings for s in reading.syllables]
    fixed: set[int] = set()
    for string, own in corrections.items():
        start = text.find(string)
        while start >= 0:
            syllables[start : start + len(string)] = own
            fixed |= set(range(start, start + len(string)))
            start = text.find(string, start + len(string))
    out = []
    at = 0
    for word, reading in zip(words, readings, strict=True):
        own = syllables[at : at + len(word)]
        mine = {i for i in range(len(word)) if at + i in fixed}
        capitals = {i for i in mine if own[i][:1].isupper()} | (reading.capitals - mine)
        sure = 1.0 if len(mine) == len(word) else reading.confidence
        out.append(Reading(tuple(s.lower() for s in own), frozenset(capitals), reading.breaks, sure))
        at += len(word)
    return out


def _own_entries(word: str, lexicon: Lexicon) -> list[Entry]:
    """The word's entries, those left out that only point to another word, if any is left then."""
    entries = lexicon.entries(word)
    return [e for e in entries if not e.senses[0].startswith(("variant of", "old variant of"))] or list(entries)


def _syllables(word: str, entry: Entry) -> tuple[str, ...]:
    """The entry's syllables with tone marks, "" for what is no hanzi (T恤)."""
    if len(entry.reading) != len(word):
        return ()
    return tuple(from_numbered(s) if _HAN.match(c) else "" for c, s in zip(word, entry.reading, strict=True))
