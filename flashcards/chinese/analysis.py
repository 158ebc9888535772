"""From a Chinese sentence to its words, with everything that is known of each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from flashcards.chinese import words as segmentation
from flashcards.chinese.readings import Reading, corrected, read
from flashcards.chinese.script import simplified, traditional
from flashcards.chinese.spelling import Spelling, spelled, with_sandhi
from flashcards.lexicon import Lexicon
from flashcards.model import Word

_LETTER = re.compile(r"\w")


class Analyser:
    """Cuts sentences into words and reads them, with a human's corrections.

    Args:
        lexicon: the dictionary and the word lists.
        words: for a string the words that it is cut into.
        readings: for a string its syllables, one a character.
        spelling: how the words' pinyin is written.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        words: Mapping[str, Sequence[str]] | None = None,
        readings: Mapping[str, Sequence[str]] | None = None,
        spelling: Spelling | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._corrected_words = words or {}
        self._corrected_readings = readings or {}
        self._spelling = spelling or Spelling()
        self._read = lru_cache(maxsize=100_000)(lambda word: read(word, lexicon))
        self._word = lru_cache(maxsize=100_000)(self._make_word)

    def cut(self, text: str) -> tuple[str, ...]:
        """The words of a sentence; they join to it."""
        return segmentation.words(text, self._lexicon, self._corrected_words)

    def words(self, cut: Sequence[str]) -> tuple[Word, ...]:
        """The words of a sentence that has been cut, read and spelled."""
        readings = [self._read(word) for word in cut]
        if self._corrected_readings:
            readings = corrected(cut, readings, self._corrected_readings)
        if self._spelling.sandhi:
            spoken = with_sandhi([reading.syllables for reading in readings], cut)
            readings = [replace(r, syllables=s) for r, s in zip(readings, spoken, strict=True)]
        other = traditional("".join(cut))
        out = []
        at = 0
        for word, reading in zip(cut, readings, strict=True):
            out.append(self._word(word, other[at : at + len(word)], reading))
            at += len(word)
        return tuple(out)

    def _make_word(self, text: str, other: str, reading: Reading) -> Word:
        plain = simplified(text)
        breaks = range(len(text)) if self._spelling.by_syllables else reading.breaks
        return Word(
            text=text,
            traditional=other,
            tag=self._lexicon.tag(plain) or ("n" if _LETTER.search(text) else "x"),
            level=self._lexicon.level(plain),
            reading=reading.syllables,
            confidence=reading.confidence,
            pinyin=spelled(text, reading.syllables, self._spelling.style, reading.capitals, breaks),
            zhuyin=spelled(text, reading.syllables, "zhuyin") if any(reading.syllables) else "",
        )
