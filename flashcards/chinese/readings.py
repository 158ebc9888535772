"""How the characters of a text are read: citation tones, by words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flashcards.chinese.spelling import from_numbered
from flashcards.lexicon import Entry, Lexicon
from flashcards.links.symbols import longest_words

_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CITATION = {"一": "yī", "不": "bù"}
"""Dictionaries of phrases write these two as they are spoken; here sandhi is the reader's choice."""

_ALONE = {"地": "de", "得": "de", "着": "zhe", "了": "le", "都": "dōu", "还": "hái", "长": "cháng", "只": "zhǐ"}
"""Characters that, as words of their own, are nearly always one word with one reading."""

# The share of characters read rightly on g2pL-dev and CPP-dev (see bench/readings.py), by where the reading is from.
_SURE, _AGREED, _PHRASE, _GUESSED = 0.999, 0.99, 0.95, 0.85


@dataclass(frozen=True, slots=True)
class Reading:
    """One marked syllable a character, "" for what is no hanzi; whether it is a name; how sure it is, 0 to 1."""

    syllables: tuple[str, ...]
    name: bool
    confidence: float


def read(word: str, lexicon: Lexicon) -> Reading:
    """The reading of a word, in citation tones.

    Where CC-CEDICT has one reading for a word of several characters it stands; else pypinyin decides.
    """
    if not _HAN.search(word):
        return Reading(("",) * len(word), False, 1.0)
    entries = _own_entries(word, lexicon)
    listed = {_syllables(word, entry) for entry in entries if len(entry.reading) == len(word)}
    if len(word) > 1 and len(listed) == 1:
        return Reading(_cited(word, listed.pop()), _is_name(entries), _SURE)
    if word in _ALONE:
        return Reading((_ALONE[word],), False, _AGREED)
    syllables = lexicon.pinyin(word)
    if not syllables:
        return _by_parts(word, lexicon)
    if len(listed) == 1:
        confidence = _SURE if syllables in listed else _AGREED
    else:
        confidence = _PHRASE if syllables in listed and len(word) > 1 else _GUESSED
    own = [entry for entry in entries if _syllables(word, entry) == syllables]
    return Reading(_cited(word, syllables), _is_name(own), confidence)


def _by_parts(word: str, lexicon: Lexicon) -> Reading:
    """The reading of a word that no dictionary has: that of the longest words that it consists of."""
    parts = longest_words(word, lambda text: text != word and text in lexicon)
    if parts == [word]:
        return Reading(("",), False, 0.0)
    readings = [read(part, lexicon) for part in parts]
    syllables = tuple(s for reading in readings for s in reading.syllables)
    return Reading(syllables, readings[0].name, min(reading.confidence for reading in readings))


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
        span = range(at, at + len(word))
        sure = 1.0 if fixed.issuperset(span) else reading.confidence
        out.append(Reading(tuple(syllables[span.start : span.stop]), reading.name, sure))
        at = span.stop
    return out


def _own_entries(word: str, lexicon: Lexicon) -> list[Entry]:
    """The word's entries, those left out that only point to another word, if any is left then."""
    entries = lexicon.entries(word)
    return [e for e in entries if not e.senses[0].startswith(("variant of", "old variant of"))] or list(entries)


def _is_name(entries: Sequence[Entry]) -> bool:
    """Whether the dictionary writes the word with a capital and nothing else."""
    return bool(entries) and all(e.reading[0][0].isupper() for e in entries)


def _syllables(word: str, entry: Entry) -> tuple[str, ...]:
    """The entry's syllables with tone marks, "" for what is no hanzi (T恤)."""
    if len(entry.reading) != len(word):
        return ()
    return tuple(from_numbered(s) if _HAN.match(c) else "" for c, s in zip(word, entry.reading, strict=True))


def _cited(word: str, syllables: Sequence[str]) -> tuple[str, ...]:
    return tuple(_CITATION.get(c, s) for c, s in zip(word, syllables, strict=True))
