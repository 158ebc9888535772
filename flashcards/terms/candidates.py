"""Strings of a lesson that have the shape of a term."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise

from flashcards.lexicon import Lexicon
from flashcards.links.glosses import gloss_stems, plain_glosses
from flashcards.model import HAN
from flashcards.terms.wordclass import WordClasses

_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"\w")
_NUMBER = re.compile(r"^[\d%]+(?![A-Za-z])|\d[^A-Za-z]?$")
"""A number at the edge of a text that is no part of a name such as 5G."""

_OPENING, _CLOSING = "“《「『‘", "”》」』’"
_CLAUSE_ENDS = frozenset("，。、；：！？,.;:!?")
_COORDINATING = frozenset("和与及")
_INNER_PREFIXES = frozenset("反非抗超副亚泛准")
_LINKING = frozenset("之")
_MOST_UNITS = 6
_MOST_HANZI = 14
_LONGEST_ALONE = 8
_LONGEST_CONJUNCT = 4
_LONGEST_PREFIXED = 6
_LONGEST_NUMBERED = 8
_MOST_BEFORE_VERB = 3
_FUNCTIONAL = frozenset("的了着过们地得和与及而是在有很都也就把被让给对从到这那我你他她它")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a candidate stands: units `start` to `end` of pair number `pair`."""

    pair: int
    start: int
    end: int


@dataclass(slots=True)
class Candidate:
    """A string that may be a term: its units, its shapes, its occurrences.

    The shapes: "word" for one unit, "phrase" for several, "quoted" for what stands in quotation marks, "listed" for a
    whole member of a list with 、, "alone" for a whole clause, "pair" for two that 和 joins, "repeated" for what has a
    particle inside and is said again, "wanted" for what a human added.
    """

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
    for cuts in ((2,), (3,), (2, 4), *((at,) for at in range(4, len(word) - 1))):
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
    repeated = _repeated(sentences, classes)
    seen: set[Occurrence] = set()
    for pair, sentence in enumerate(sentences):
        for start, end, shape in chain(_shapes(sentence, lexicon, classes), repeated.get(pair, ())):
            text = "".join(sentence[start:end])
            if not 2 <= len(text) <= _MOST_HANZI or (_NUMBER.search(text) and shape != "quoted"):
                continue
            candidate = found.get(text)
            if candidate is None:
                candidate = found[text] = Candidate(text, tuple(sentence[start:end]))
            candidate.shapes.add(shape)
            occurrence = Occurrence(pair, start, end)
            if occurrence not in seen:
                seen.add(occurrence)
                candidate.occurrences.append(occurrence)
    return found


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
    particles = [classes.is_particle(unit) for unit in sentence]
    for start in range(len(sentence)):
        if marks[start]:
            continue
        before = sentence[start - 1] if start else "。"
        begins = before in _CLAUSE_ENDS
        inside = 0
        for end in range(start + 1, min(start + _MOST_UNITS, len(sentence)) + 1):
            if marks[end - 1]:
                break
            parts = sentence[start:end]
            inside += particles[end - 1]
            if inside == 1 and end - start > 1 and not particles[start] and classes.is_suffix(parts[-1]):
                yield start, end, "phrase"
                continue
            if end == start + 1:
                if not inside or (len(parts[0]) > 2 and parts[0] in lexicon):
                    yield start, end, "word"
            elif _is_phrase(parts, inside, lexicon, classes):
                yield start, end, "phrase"
            elif inside and _is_pair(parts, particles[start:end], classes):
                yield start, end, "pair"
            if begins and not particles[start]:
                after = sentence[end] if end < len(sentence) else "。"
                hanzi = sum(len(unit) for unit in parts)
                if after in _CLAUSE_ENDS and 3 <= hanzi <= _LONGEST_ALONE:
                    if "、" in (before, after):
                        yield start, end, "listed"
                    elif hanzi == 4:
                        yield start, end, "alone"


def _repeated(
    sentences: Sequence[Sequence[str]], classes: WordClasses
) -> Mapping[int, Sequence[tuple[int, int, str]]]:
    """By pair, the longest strings with a particle inside that stand in two sentences: 党的十八大, 以经济建设为中心."""
    places: defaultdict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for pair, sentence in enumerate(sentences):
        particles = [classes.is_particle(unit) for unit in sentence]
        marks = [not _WORD.search(unit) for unit in sentence]
        for start, first in enumerate(sentence):
            if first in _FUNCTIONAL:
                continue
            for end in range(start + 3, min(start + _MOST_UNITS, len(sentence)) + 1):
                if any(marks[start:end]):
                    break
                if any(particles[start + 1 : end - 1]) and not particles[end - 1]:
                    places[tuple(sentence[start:end])].append((pair, start))
    often = {parts: where for parts, where in places.items() if len({pair for pair, _ in where}) > 1}
    inner = {
        part
        for parts, where in often.items()
        for part in (parts[1:], parts[:-1])
        if len(often.get(part, ())) == len(where)
    }
    found: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for parts, where in often.items():
        if parts not in inner:
            for pair, start in where:
                found[pair].append((start, start + len(parts), "repeated"))
    return found


def _is_phrase(parts: Sequence[str], particles: int, lexicon: Lexicon, classes: WordClasses) -> bool:
    """Whether several units make a word of the dictionary, or what may be a noun phrase."""
    text = "".join(parts)
    if len(text) >= 3 and text in lexicon:
        return True
    if len(text) == 4 == len(parts) and not any(part in _FUNCTIONAL for part in parts):
        return True    # 先立后破
    first, last = classes.of(parts[0]), classes.of(parts[-1])
    ends_in_noun = last not in ("verb", "closed", "idiom") or classes.is_suffix(parts[-1])
    if particles:
        if particles == 1 and len(text) <= _LONGEST_PREFIXED and classes.is_prefix(parts[0]):
            return True
        if particles == 1 and classes.is_number(parts[0]):    # 百年变局
            return ends_in_noun and len(text) <= _LONGEST_NUMBERED
        if particles == 1 and not _INNER_PREFIXES.isdisjoint(parts[1:-1]):    # 世界反法西斯战争
            return ends_in_noun and first not in ("verb", "closed")
        return len(text) == 4 and parts[-2] in _LINKING    # 职工之家
    if len(parts[0]) == 1 and len(text) > 4 and first in ("verb", "closed"):
        return False
    if _is_parallel(parts):
        return True
    if len(parts) > 3 and first in ("verb", "closed"):
        return False
    if last == "verb" and len(parts[-1]) == 2 and len(parts) <= _MOST_BEFORE_VERB:    # 全民健康覆盖
        return first not in ("verb", "closed") or len(text) == 4
    return ends_in_noun or len(text) == 4


def _is_parallel(parts: Sequence[str]) -> bool:
    """Whether words of two hanzi share their first or their last one: 共商共建共享."""
    return all(len(part) == 2 for part in parts) and any(len({part[at] for part in parts}) == 1 for at in (0, 1))


def _is_pair(parts: Sequence[str], particles: Sequence[bool], classes: WordClasses) -> bool:
    """Whether 和 and nothing else joins two strings of one length, of a noun or not: 威胁和挑战, 损失与损害基金."""
    if sum(particles) != 1:
        return False
    at = list(particles).index(True)
    if parts[at] not in _COORDINATING:
        return False
    left, right = "".join(parts[:at]), "".join(parts[at + 1 :])
    if len(right) > len(left) and len(parts) > at + 2 and classes.of(parts[-1]) == "noun":
        right = right.removesuffix(parts[-1])
    return len(left) == len(right) and 2 <= len(left) <= _LONGEST_CONJUNCT
