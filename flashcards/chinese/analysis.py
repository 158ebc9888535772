"""From a Chinese sentence to its words, with everything that is known of each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from flashcards.chinese import words as segmentation
from flashcards.chinese.readings import Reading, corrected, read
from flashcards.chinese.script import simplified, traditional
from flashcards.chinese.spelling import Style, spelled, with_sandhi
from flashcards.lexicon import Lexicon
from flashcards.model import Word

_LETTER = re.compile(r"\w")


class Analyser:
    """Cuts sentences into words and reads them, with a human's corrections.

    Args:
        lexicon: the dictionary and the word lists.
        words: for a string the words that it is cut into.
        readings: for a string its syllables, one a character.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        words: Mapping[str, Sequence[str]] | None = None,
        readings: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._corrected_words = words or {}
        self._corrected_readings = readings or {}
        self._read = lru_cache(maxsize=100_000)(lambda word: read(word, lexicon))
        self._word = lru_cache(maxsize=100_000)(self._make_word)

    def cut(self, text: str) -> tuple[str, ...]:
        """The words of a sentence; they join to it."""
        return segmentation.words(text, self._corrected_words)

    def words(self, cut: Sequence[str]) -> tuple[Word, ...]:
        """The words of a sentence that has been cut, read and spelled."""
        readings = [self._read(word) for word in cut]
        if self._corrected_readings:
            readings = corrected(cut, readings, self._corrected_readings)
        other = traditional("".join(cut))
        out = []
        at = 0
        for word, reading in zip(cut, readings, strict=True):
            out.append(self._word(word, other[at : at + len(word)], reading))
            at += len(word)
        return tuple(out)

    def _make_word(self, text: str, other: str, reading: Reading) -> Word:
        plain = simplified(text)
        is_word = bool(_LETTER.search(text))
        return Word(
            text=text,
            traditional=other,
            tag=self._lexicon.tag(plain) or ("n" if is_word else "x"),
            level=self._lexicon.level(plain),
            reading=reading.syllables,
            confidence=reading.confidence,
            pinyin=spelled(text, reading.syllables, capital=reading.name),
            zhuyin=spelled(text, reading.syllables, "zhuyin") if any(reading.syllables) else "",
        )


def respelled(
    words: Sequence[Word], style: Style, *, by_syllables: bool = False, sandhi: bool = False
) -> tuple[Word, ...]:
    """The words of a sentence with another spelling in `reading` and `pinyin`.

    Args:
        words: the words of the sentence, as `Analyser.words` gives them.
        style: tone marks, tone numbers or zhuyin.
        by_syllables: spaces between the syllables of a word too.
        sandhi: tones as they are spoken.
    """
    readings: Sequence[tuple[str, ...]] = [word.reading for word in words]
    if sandhi:
        readings = with_sandhi(readings, [word.text for word in words])
    return tuple(
        _respelled(word, reading, style, by_syllables) for word, reading in zip(words, readings, strict=True)
    )


def _respelled(word: Word, reading: Sequence[str], style: Style, by_syllables: bool) -> Word:
    syllables = tuple(spelled(c, [s], style) if s else "" for c, s in zip(word.text, reading, strict=True))
    if not any(syllables):
        return word
    pinyin = " ".join(filter(None, syllables)) if by_syllables else spelled(word.text, reading, style)
    if word.pinyin[:1].isupper() and style != "zhuyin":
        pinyin = pinyin[:1].upper() + pinyin[1:]
    return replace(word, reading=syllables, pinyin=pinyin)
