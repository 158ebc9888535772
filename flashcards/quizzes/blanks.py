"""Which words of a sentence can be asked for: each with its place, its class and the English that it has there."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from flashcards.lexicon import Lexicon
from flashcards.model import Lesson, Pair, Span, Term, Word
from flashcards.quizzes.choosing import hanzi
from flashcards.quizzes.english import English
from flashcards.quizzes.evidence import gloss, is_noun_phrase, rendering_passage, sense_passage
from flashcards.quizzes.senses import Senses
from flashcards.quizzes.wordclass import WordClass, word_class

CONTEXT_HANZI = 8
"""So many hanzi must be left outside of a blank."""

_COMPOUND_HANZI, _HEADWORD_HANZI = range(3, 9), range(2, 8)
_HIGH_SCORE = -1.0
"""Terms of a lesson that score less than this are mostly words of no great weight in it."""

_NUMERAL = re.compile(r"[零一二三四五六七八九十百千万亿两几半]+")
_ASPECT = ("了", "着", "过")
_LATIN = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Blank:
    """A word or a term that can be asked for in one place.

    `span` is that place in the pair's Chinese; `stems` are those of the English that stands for it there, `beside`
    those of the whole English of the pair; `gloss` is what an answer key says of it; `importance` ranks the blanks.
    """

    pair: Pair
    span: Span
    words: tuple[Word, ...]
    word_class: WordClass
    gloss: str
    stems: frozenset[str]
    beside: frozenset[str]
    importance: float
    term_id: str = ""

    @property
    def text(self) -> str:
        """The key: the hanzi to be asked for."""
        return self.pair.zh[self.span[0] : self.span[1]]

    @property
    def pinyin(self) -> str:
        """The key's pinyin, as it is read in its sentence."""
        return " ".join(word.pinyin for word in self.words)


@dataclass(frozen=True)
class Line:
    """A pair with the words of its Chinese side."""

    pair: Pair
    words: tuple[Word, ...]

    @cached_property
    def zh(self) -> str:
        """Its Chinese side as running text."""
        return self.pair.zh

    @cached_property
    def english(self) -> English:
        """Its English side."""
        return English(self.pair.en)

    @cached_property
    def edges(self) -> list[int]:
        """Where each word begins in the Chinese, and where the last one ends."""
        return [0, *accumulate(len(word.text) for word in self.words)]

    def find(self, text: str) -> range | None:
        """Which words spell the text, where it first stands; None if it is not in the line or not on word edges."""
        start = self.zh.find(text)
        if start < 0 or start not in self.edges or start + len(text) not in self.edges:
            return None
        return range(self.edges.index(start), self.edges.index(start + len(text)))

    def stems_outside(self, inside: range, senses: Senses) -> frozenset[str]:
        """The stems that the dictionary has for the words outside of a range."""
        outside = (word.text for at, word in enumerate(self.words) if at not in inside)
        return frozenset().union(*map(senses.stems, outside))


def find_blanks(line: Line, terms: Sequence[Term], senses: Senses) -> tuple[Blank, ...]:
    """The blanks of a line, the most important first; one that lies inside another is left out.

    Args:
        line: the line.
        terms: the lesson's terms.
        senses: the dictionary.
    """
    found: dict[Span, Blank] = {}
    for blank in (*_term_blanks(line, terms, senses), *_word_blanks(line, senses)):
        found.setdefault(blank.span, blank)
    outer = [
        blank
        for blank in found.values()
        if not any(a <= blank.span[0] and blank.span[1] <= b and (a, b) != blank.span for a, b in found)
    ]
    return tuple(sorted(outer, key=lambda blank: (-blank.importance, blank.span)))


def askable_terms(lesson: Lesson, lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """By the id of each pair the ids of the terms that its sentence can ask for, its translation beside it."""
    senses = Senses(lexicon)
    return {
        pair.id: frozenset(blank.term_id for blank in _term_blanks(Line(pair, words), lesson.terms, senses))
        for pair, words in zip(lesson.pairs, lesson.words, strict=True)
    }


def misplacement(line: Line, place: range, kind: WordClass, senses: Senses) -> str:
    """Why these words of a line, of this class, cannot be left out whatever they mean; "" if they can."""
    start, end = line.edges[place.start], line.edges[place.stop]
    zh, key = line.zh, line.zh[start:end]
    if zh.count(key) > 1:
        return "stands in the sentence twice"
    before = line.words[place.start - 1] if place.start else None
    if before is not None and before.tag[:1] == "m" and _NUMERAL.fullmatch(before.text):
        return "follows a bare numeral"
    after = line.words[place.stop].text if place.stop < len(line.words) else ""
    if kind == "noun" and after in _ASPECT:
        return "is a noun where a verb stands"
    if hanzi(zh) - hanzi(key) < CONTEXT_HANZI:
        return "leaves too little to read"
    if _shows_half(zh[:start] + "\n" + zh[end:], key):
        return "is given away by the rest of the sentence"
    if _is_part_of_a_word(line.words, place, senses):
        return "is part of a longer word"
    return ""


def _shows_half(rest: str, key: str) -> bool:
    """Whether half of a key, two hanzi or more, stands in the rest of its sentence: 真理 for 发展真理."""
    size = max(2, (len(key) + 1) // 2)
    return any(key[at : at + size] in rest for at in range(len(key) - size + 1))


def _is_part_of_a_word(words: Sequence[Word], place: range, senses: Senses) -> bool:
    """Whether the dictionary has a word that the neighbours make with them: 合作 in 上海|合作|组织."""
    return any(
        "".join(word.text for word in words[start:end]) in senses.lexicon
        for start in range(max(0, place.start - 2), place.start + 1)
        for end in range(place.stop, min(len(words), place.stop + 2) + 1)
        if (start, end) != (place.start, place.stop)
    )


def _term_blanks(line: Line, terms: Sequence[Term], senses: Senses) -> Iterator[Blank]:
    """The line's terms of which the dictionary vouches that they are words and that their English is theirs."""
    for term in terms:
        place = line.find(term.text)
        if place is None:
            continue
        words = line.words[place.start : place.stop]
        kind = term_class(term.text, words, senses)
        if kind is None:
            continue
        passage = rendering_passage(term.text, words, term.renderings, line.english, senses)
        if passage is None or _is_used_as_a_name(term.text, passage, line.english, senses):
            continue
        if line.english.is_name(passage) and _is_spelled_out(words, line.english.surface(passage)):
            continue
        listed = term.text in senses.lexicon
        outside = line.stems_outside(place, senses)
        sound = listed or is_noun_phrase(passage, words, line.english, outside, senses)
        if sound and not misplacement(line, place, kind, senses):
            yield _blank(line, place, kind, passage, senses, _term_importance(term, listed=listed), term.id)


def _word_blanks(line: Line, senses: Senses) -> Iterator[Blank]:
    """The line's words of which a whole sense stands in the English once, and belongs to no other word of the line."""
    for at, word in enumerate(line.words):
        kind = word_class(word, senses)
        place = range(at, at + 1)
        if hanzi(word.text) < 2 or kind in ("person", "closed"):
            continue
        passage = sense_passage(senses[word.text], kind, line.english)
        if passage is None or line.english.is_name(passage):
            continue
        stems = line.english.stems(passage)
        is_its_own = bool(stems) and line.stems_outside(place, senses).isdisjoint(stems)
        if is_its_own and not misplacement(line, place, kind, senses):
            yield _blank(line, place, kind, passage, senses, _word_importance(word))


def _blank(
    line: Line, place: range, kind: WordClass, passage: range, senses: Senses, importance: float, term_id: str = ""
) -> Blank:
    span = (line.edges[place.start], line.edges[place.stop])
    english = line.english
    return Blank(
        pair=line.pair,
        span=span,
        words=line.words[place.start : place.stop],
        word_class=kind,
        gloss=gloss(english.surface(passage), senses[line.pair.zh[span[0] : span[1]]]),
        stems=frozenset(english.stems(passage)),
        beside=frozenset(english.counts),
        importance=importance,
        term_id=term_id,
    )


def term_class(text: str, words: Sequence[Word], senses: Senses) -> WordClass | None:
    """The class of a term that can be asked for as one word; None if it is no such word.

    It must be a headword of the dictionary, or a compound of headwords that are all nouns or modifiers, the last one a
    noun: 汪淼迫不及待 and 加强合作 are none.
    """
    classes = [word_class(word, senses) for word in words]
    if _LATIN.search(text) or "person" in classes:
        return None
    if text in senses.lexicon and hanzi(text) in _HEADWORD_HANZI:
        if len(words) > 1:
            return "verb" if all(sense.verbal for sense in senses[text]) else "noun"
        return None if classes[0] == "closed" else classes[0]
    nominal = set(classes) <= {"noun", "modifier"} and classes[-1] == "noun"
    known = all(word.text in senses.lexicon for word in words)
    return "noun" if nominal and known and len(words) > 1 and hanzi(text) in _COMPOUND_HANZI else None


def _is_used_as_a_name(text: str, passage: range, english: English, senses: Senses) -> bool:
    """Whether a common word is used as a name: the English has a capital that no sense in the dictionary has."""
    own = senses[text]
    return bool(own) and english.is_name(passage) and not any(sense.text[0].isupper() for sense in own)


def _is_spelled_out(words: Sequence[Word], surface: str) -> bool:
    """Whether the English is the term's pinyin: Beijing would say how 北京 is read, and ask for nothing else."""
    reading = unicodedata.normalize("NFD", "".join(syllable for word in words for syllable in word.reading))
    one, other = ("".join(filter(str.isalpha, text.casefold())) for text in (reading, surface))
    return one == other


def _term_importance(term: Term, *, listed: bool) -> float:
    """Terms come before words, the dictionary's before compounds; what fills the hand (over six hanzi) last."""
    size = hanzi(term.text)
    base = 2.0 if term.score > _HIGH_SCORE else 1.0
    return base + 0.3 * listed + 0.2 * (size == 4) - 0.3 * (size > 6) - _easiness(term.level)


def _word_importance(word: Word) -> float:
    return 1.2 + 0.6 * (word.level >= 4) + 0.2 * (len(word.text) > 2) - _easiness(word.level)


def _easiness(level: int) -> float:
    """What the words of HSK 1 and 2 lose: they are asked for last."""
    return 0.6 if level in (1, 2) else 0.0
