"""Sentences with their readings as the tests' data mark them: a syllable a hanzi, "a|b" where both are right."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flashcards.chinese import Analyser
from flashcards.model import HAN, Word

_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence, the syllables that are right for each of its hanzi, and its English."""

    zh: str
    gold: tuple[frozenset[str], ...]
    en: str
    kind: str = ""


def rows(path: Path) -> list[list[str]]:
    """The columns of a table's lines, comments left out."""
    lines = path.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and line[0] != "#"]


def gold_of(reading: str) -> tuple[frozenset[str], ...]:
    """What is right for each hanzi."""
    return tuple(frozenset(syllable.split("|")) for syllable in reading.split())


def of_hanzi(words: Iterable[Word]) -> list[str]:
    """The syllables of the hanzi of some words, "" for one of which no reading is known."""
    return [s for word in words for c, s in zip(word.text, word.reading, strict=True) if _HAN.match(c)]


def read(analyser: Analyser, zh: str, en: str = "") -> list[str]:
    """How the program reads the hanzi of a sentence."""
    return of_hanzi(analyser.words(analyser.cut(zh, en), en))


def differences(sentence: Marked, found: Sequence[str]) -> list[str]:
    """The hanzi that are read otherwise than marked, with both readings."""
    hanzi = _HAN.findall(sentence.zh)
    return [
        f"{character} {syllable}, not {' or '.join(sorted(right))}"
        for character, syllable, right in zip(hanzi, found, sentence.gold, strict=True)
        if syllable not in right
    ]
