"""Strings of a lesson that have the shape of a term."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from flashcards.lexicon import Lexicon
from flashcards.links.glosses import gloss_stems, plain_glosses
from flashcards.model import HAN
from flashcards.terms.wordclass import WordClasses

_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"\w")
_OPENING, _CLOSING = "“《「『‘", "”》」』’"
_CLAUSE_ENDS = frozenset("，。、；：！？,.;:!?")
_MOST_UNITS = 6
_MOST_HANZI = 12


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a candidate stands: units `start` to `end` of pair number `pair`."""

    pair: int
    start: int
    end: int


@dataclass(slots=True)
class Candidate:
    """A string that may be a term: its units, its shapes ("quoted", "listed", "word", "phrase"), its occurrences."""

    text: str
    units: tuple[str, ...]
    shapes: set[str] = field(default_factory=set)
    occurrences: list[Occurrence] = field(default_factory=list)


def units(words: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The words of a sentence, compounds that say no more than their parts taken apart.

    A word of four hanzi or more is one unit if it is an idiom, or if a gloss shows that it is more than its parts; else
    it becomes the dictionary's words of two or three hanzi that it consists of, if it does.
    """
    return tuple(unit for word in words for unit in _parts(word, lexicon))


def _parts(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    if len(word) < 4 or not all(_HAN.match(c) for c in word) or lexicon.tag(word)[:1] == "i":
        return (word,)
    glosses = [g for e in lexicon.entries(word) for g in plain_glosses(e)]
    if glosses and not any(len(gloss_stems(g)) in (2, 3) for g in glosses):
        return (word,)
    for cuts in ((2,), (3,), (2, 4), (4,)):
        edges = (0, *cuts, len(word))
        parts = tuple(word[a:b] for a, b in pairwise(edges))
        if all(len(part) >= 2 and part in lexicon for part in parts):
            return parts
    return (word,)


def cut_out(sentence: Sequence[str], text: str) -> tuple[str, ...]:
    """The units, those at the edges of the text's occurrences cut, so that it consists of whole units."""
    whole = "".join(sentence)
    edges = {0, *accumulate(len(unit) for unit in sentence)}
    for start in places(whole, text):
        edges |= {start, start + len(text)}
    return tuple(whole[a:b] for a, b in pairwise(sorted(edges)))


def places(text: str, part: str) -> list[int]:
    """Where a part begins in a text, occurrences that overlap an earlier one left out."""
    return [match.start() for match in re.finditer(re.escape(part), text)]


def wanted(sentences: Sequence[Sequence[str]], text: str) -> Candidate | None:
    """The candidate for a text that a human wants, None if it does not occur; units must end at its edges."""
    occurrences = []
    parts: tuple[str, ...] = ()
    for pair, sentence in enumerate(sentences):
        ends = [0, *accumulate(len(unit) for unit in sentence)]
        for start in places("".join(sentence), text):
            at = Occurrence(pair, ends.index(start), ends.index(start + len(text)))
            parts = parts or tuple(sentence[at.start : at.end])
            occurrences.append(at)
    return Candidate(text, parts, {"wanted"}, occurrences) if occurrences else None


def candidates(sentences: Sequence[Sequence[str]], lexicon: Lexicon, classes: WordClasses) -> dict[str, Candidate]:
    """The candidates of a lesson by their text.

    Args:
        sentences: the units of each pair's Chinese side.
        lexicon: the dictionary.
        classes: the units' word classes.
    """
    found: dict[str, Candidate] = {}
    for pair, sentence in enumerate(sentences):
        for start, end, shape in _shapes(sentence, lexicon, classes):
            text = "".join(sentence[start:end])
            if not 2 <= len(_HAN.findall(text)) <= _MOST_HANZI or any(c.isdigit() for c in text):
                continue
            candidate = found.setdefault(text, Candidate(text, tuple(sentence[start:end])))
            candidate.shapes.add(shape)
            occurrence = Occurrence(pair, start, end)
            if occurrence not in candidate.occurrences:
                candidate.occurrences.append(occurrence)
    return {text: candidate for text, candidate in found.items() if not _is_guess(candidate, lexicon)}


def _is_guess(candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether nothing but the segmenter vouches for the candidate: two hanzi, in no list, seen once."""
    text = candidate.text
    listed = text in lexicon or lexicon.frequency(text) > 0
    return len(candidate.units) == 1 and len(text) == 2 and not listed and len(candidate.occurrences) == 1


def _shapes(sentence: Sequence[str], lexicon: Lexicon, classes: WordClasses) -> Iterator[tuple[int, int, str]]:
    marks = [not _WORD.search(unit) for unit in sentence]
    opened = None
    for at, unit in enumerate(sentence):
        if unit in _OPENING:
            opened = at + 1
        elif unit in _CLOSING and opened is not None:
            if opened < at and not any(marks[opened:at]):
                yield opened, at, "quoted"
            opened = None
    for start in range(len(sentence)):
        if marks[start]:
            continue
        for end in range(start + 1, min(start + _MOST_UNITS, len(sentence)) + 1):
            if marks[end - 1]:
                break
            parts = sentence[start:end]
            if _is_phrase(parts, lexicon, classes):
                yield start, end, "phrase" if end - start > 1 else "word"
            if _stands_alone(sentence, start, end, classes):
                yield start, end, "listed"


def _is_phrase(parts: Sequence[str], lexicon: Lexicon, classes: WordClasses) -> bool:
    """Whether the units make a word of the dictionary, or a noun phrase without particles."""
    text = "".join(parts)
    kinds = [classes.of(part) for part in parts]
    if len(parts) == 1:
        return kinds[0] in ("noun", "name", "person", "idiom") or (len(text) >= 3 and text in lexicon)
    if text in lexicon and len(text) >= 3:
        return True
    if any(kind in ("closed", "mark", "verb", "idiom") for kind in kinds) or kinds[-1] == "modifier":
        return False
    if classes.is_mostly_verb(parts[0]) or classes.is_measure(parts[0]):    # 加强|合作 is a verb with its object
        return False
    return not (len(parts[0]) == 1 and len(text) > 4)


def _stands_alone(sentence: Sequence[str], start: int, end: int, classes: WordClasses) -> bool:
    """Whether the units are a whole clause of four hanzi, or a whole member of a list with 、 (three to six)."""
    before = sentence[start - 1] if start else "。"
    after = sentence[end] if end < len(sentence) else "。"
    if before not in _CLAUSE_ENDS or after not in _CLAUSE_ENDS:
        return False
    if any(classes.of(unit) == "closed" for unit in sentence[start:end]):
        return False
    if end - start > 1 and classes.is_mostly_verb(sentence[start]):
        return False
    hanzi = sum(len(unit) for unit in sentence[start:end])
    return hanzi == 4 or ("、" in (before, after) and 3 <= hanzi <= 6)
