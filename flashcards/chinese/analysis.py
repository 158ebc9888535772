"""From a Chinese sentence to its words, with everything that is known of each."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, pairwise

import msgspec

from flashcards.chinese.meanings import translation
from flashcards.chinese.numerals import (
    Phrase,
    begins_with_number,
    ends_with_number,
    joint_behind_a_number,
    spoken_numbers,
)
from flashcards.chinese.orthography import layout, names_of_several_words
from flashcards.chinese.polyphones import tag_of
from flashcards.chinese.readings import Reader, Reading, corrected
from flashcards.chinese.recut import recut
from flashcards.chinese.sandhi import with_sandhi
from flashcards.chinese.script import simplified, traditional
from flashcards.chinese.spelling import Layout, Spelling, spelled
from flashcards.chinese.words import Segmenter
from flashcards.lexicon import Lexicon
from flashcards.links.glosses import GlossVectors
from flashcards.model import HAN, HSK_STANDARD, HskList, Word

_HAN = re.compile(f"[{HAN}]")

Said = tuple[tuple[int, Phrase], ...]
"""For characters of a word what is said in their place."""


class Analyser:
    """Cuts sentences into words and reads them, with a human's corrections.

    Args:
        lexicon: the dictionary and the word lists.
        words: for a string the words that it is cut into.
        readings: for a string its syllables, one a character; "" leaves one as it is.
        spelling: how the words' pinyin is written.
        terms: strings whose ends are ends of words.
        names: names of persons that occur in the text.
        taiwan: read as is standard in Taiwan, where CC-CEDICT says so.
        glosses: the gloss vectors of words, if somebody else uses them too.
        hsk_list: the list that gives the words their levels; how they are cut does not depend on it.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        words: Mapping[str, Sequence[str]] | None = None,
        readings: Mapping[str, Sequence[str]] | None = None,
        spelling: Spelling | None = None,
        *,
        terms: Iterable[str] = (),
        names: Iterable[str] = (),
        taiwan: bool = False,
        glosses: GlossVectors | None = None,
        hsk_list: HskList = HSK_STANDARD,
    ) -> None:
        self._lexicon = lexicon
        self._hsk_list = hsk_list
        names = tuple(names)
        self._segmenter = Segmenter(lexicon, words, terms, names)
        self._corrected_readings = readings or {}
        self._spelling = spelling or Spelling()
        self._glosses = glosses or GlossVectors(lexicon)
        self._names = frozenset(names)
        self._reader = Reader(lexicon, taiwan=taiwan, glosses=self._glosses)
        self._word = lru_cache(maxsize=100_000)(self._make_word)
        self._layout = lru_cache(maxsize=100_000)(lambda word, given: layout(word, given, lexicon))

    def cut(self, text: str, english: str = "") -> tuple[str, ...]:
        """The words of a sentence; they join to it. `english` is its translation, which tells which cut was meant."""
        if not english:
            return self._segmenter.cut(text)

        def revise(words: list[str]) -> list[str]:
            own = translation(english, tuple(words), self._lexicon, self._glosses)
            return recut(words, own, self._lexicon, self._names)

        return self._segmenter.cut(text, revise)

    def words(self, cut: Sequence[str], english: str = "") -> tuple[Word, ...]:
        """The words of a sentence that has been cut, read and spelled; `english` is its translation if it has one."""
        text = "".join(cut)
        plain = simplified(text)
        readings = self._reader.read(_sliced(plain, cut), english, "" if plain == text else text)
        return self._made(cut, readings)

    def term(self, cut: Sequence[str], syllables: Sequence[str]) -> tuple[Word, ...]:
        """The words of a term whose syllables are known from its sentences, one a character; () if they are not."""
        words = _sliced(simplified("".join(cut)), cut)
        return self._made(cut, self._reader.as_read(words, syllables) if syllables else self._reader.read(words))

    def _made(self, cut: Sequence[str], readings: list[Reading]) -> tuple[Word, ...]:
        """The words with these readings, corrected by the human and spelled."""
        text = "".join(cut)
        plain = simplified(text)
        if self._corrected_readings:
            readings = corrected(cut, readings, self._corrected_readings)
        if self._spelling.sandhi:
            spoken = with_sandhi([reading.syllables for reading in readings], cut, self._lexicon.__contains__)
            readings = [msgspec.structs.replace(r, syllables=s) for r, s in zip(readings, spoken, strict=True)]
        other = traditional(text)
        said = dict(self._said(cut, plain)) if self._spelling.numbers else {}
        layouts = self._layouts(cut, plain, readings)
        out = []
        at = 0
        for i, (word, reading) in enumerate(zip(cut, readings, strict=True)):
            out.append(self._word(word, other[at : at + len(word)], reading, layouts[i], said.get(i, ())))
            at += len(word)
        return tuple(out)

    def _layouts(self, cut: Sequence[str], plain: str, readings: Sequence[Reading]) -> list[Layout]:
        """How each word's syllables are joined and which have a capital; `plain` is the sentence simplified."""
        layouts = []
        at = 0
        for word, reading in zip(cut, readings, strict=True):
            end = at + len(word)
            own = self._layout(plain[at:end], Layout(reading.capitals, reading.breaks))
            if plain[at:end] == "第" and begins_with_number(plain[end:]):
                own = replace(own, hyphens=own.hyphens | {1})
            elif (joint := joint_behind_a_number(plain[at:end])) and ends_with_number(plain[:at]):
                own = replace(own, breaks=own.breaks | {joint})
            layouts.append(own)
            at = end
        names = names_of_several_words(cut, [0 in each.capitals for each in layouts], self._lexicon)
        return [names.get(i, own) for i, own in enumerate(layouts)]

    def _said(self, cut: Sequence[str], plain: str) -> Iterator[tuple[int, Said]]:
        """For words with numbers that are read out, by their place, what is said for their characters.

        A number's first character has all its words, the others none, whichever words they belong to.
        """
        numbers = spoken_numbers(plain)
        at = {start: phrase for start, _, phrase in numbers}
        silent = {i for start, end, _ in numbers for i in range(start + 1, end)}
        start = 0
        for place, word in enumerate(cut):
            own = [(i - start, at.get(i, ())) for i in range(start, start + len(word)) if i in at or i in silent]
            if own:
                yield place, tuple(own)
            start += len(word)

    def _make_word(self, text: str, other: str, reading: Reading, own: Layout, said: Said) -> Word:
        plain = simplified(text)
        syllables, instead = reading.syllables, dict(said)
        if self._spelling.by_syllables:
            own = Layout(own.capitals, frozenset(range(len(text))))
            instead = {i: tuple((syllable,) for word in phrase for syllable in word) for i, phrase in said}
        return Word(
            text=text,
            simplified=plain,
            traditional=other,
            tag=tag_of(plain, self._lexicon),
            level=self._lexicon.level(plain, self._hsk_list),
            reading=syllables,
            confidence=reading.confidence,
            check=reading.check,
            pinyin=spelled(text, syllables, self._spelling.style, own.capitals, own.breaks, own.hyphens, instead),
            zhuyin=spelled(text, syllables, "zhuyin", said=instead) if any(syllables) or said else "",
        )


def unread(words: Iterable[Word]) -> Iterator[str]:
    """The hanzi of which no reading is known, in order."""
    for word in words:
        for character, syllable in zip(word.text, word.reading, strict=True):
            if not syllable and _HAN.match(character):
                yield character


def _sliced(text: str, like: Sequence[str]) -> list[str]:
    """A text cut at the places where the words of another of its length end."""
    edges = [0, *accumulate(map(len, like))]
    return [text[a:b] for a, b in pairwise(edges)]
