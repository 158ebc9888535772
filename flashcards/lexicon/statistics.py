"""What the dictionary's glosses say when they are counted: computed once, when the word lists are compiled."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import permutations

from flashcards.lexicon.sources import Entry

Shares = Iterator[tuple[str, dict[str, float]]]
"""Keys, each with words and their shares."""

_REMARK = re.compile(r"\([^)]*\)")

_LONGEST_COMPOUND = 4
_RECURRING = 0.04
"""The share of a reading's compounds that have a word, from which on it is said to recur."""

_FEW = 12
"""Of so few compounds every word counts."""

_KINDS = "nvad"
"""The tags of nouns, verbs, adjectives and adverbs."""

_TO = 3
"""As how many words that are verbs a gloss counts that begins with "to"."""

_EMPTY = frozenset("to be a an the of in with sb sth".split())
"""Words that a gloss of one word may have beside it."""

_TWICE = 2
"""Of so many words of Chinese at least, two English words must both be translations, to be synonyms."""

_SYNONYMOUS = 0.02
"""The share of the Chinese words with one English word that have another, from which on they are synonyms."""


def related(compounds: Iterable[tuple[Entry, Collection[str]]]) -> Shares:
    """For each reading of a polyphone the English words that recur in its compounds, with their share of them.

    Args:
        compounds: entries, each with the words of its glosses.
    """
    short = [
        (entry.simplified, [syllable.casefold().replace("u:", "ü") for syllable in entry.reading], english)
        for entry, english in compounds
        if len(entry.simplified) == len(entry.reading) <= _LONGEST_COMPOUND
    ]
    readings: defaultdict[str, set[str]] = defaultdict(set)
    for headword, syllables, _ in short:
        for character, syllable in zip(headword, syllables, strict=True):
            readings[character].add(syllable)
    polyphones = {character for character, known in readings.items() if len(known) > 1}
    number: Counter[str] = Counter()
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for headword, syllables, english in short:
        if len(headword) > 1 and not polyphones.isdisjoint(headword):
            for character, syllable in zip(headword, syllables, strict=True):
                if character in polyphones:
                    number[character + syllable] += 1
                    words[character + syllable].update(english)
    for reading, counts in words.items():
        least = max(1 if number[reading] <= _FEW else 2, _RECURRING * number[reading])
        if found := {word: count / number[reading] for word, count in sorted(counts.items()) if count >= least}:
            yield reading, found


def _glosses(entry: Entry) -> list[str]:
    """An entry's glosses, lower case, without remarks in brackets."""
    return [
        gloss
        for sense in entry.senses
        for part in _REMARK.sub("", sense).casefold().split(";")
        if (gloss := " ".join(part.split()))
    ]


def synonyms(entries: Iterable[Entry]) -> Shares:
    """For each English stem those of which it is a synonym, as `Lexicon.synonyms` says.

    Only glosses of one word, such as "to be fond of", are looked at: they translate, longer ones describe.
    """
    stem = _stemmer()
    number: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    share: defaultdict[tuple[str, str], float] = defaultdict(float)
    for entry in entries:
        stems = set()
        for gloss in _glosses(entry):
            words = [word for word in gloss.split() if word not in _EMPTY]
            if len(words) == 1 and words[0].isascii() and words[0].isalpha():
                stems.add(stem(words[0]))
        number.update(stems)
        for pair in permutations(sorted(stems), 2):
            together[pair] += 1
            share[pair] += 1 / (len(stems) - 1)
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), times in together.items():
        if times >= _TWICE and share[one, other] >= _SYNONYMOUS * number[one]:
            found[other][one] = share[one, other] / number[one]
    yield from found.items()


def kinds(entries: Mapping[str, Collection[Entry]], tags: Mapping[str, str]) -> Shares:
    """For each reading of a polyphone what part of speech it is, as `Lexicon.kinds` says.

    A gloss has the parts of speech of the words with one reading that have it, and "to ..." is a verb.
    """
    by_gloss: defaultdict[str, Counter[str]] = defaultdict(Counter)
    polyphones = []
    for headword, own in entries.items():
        if len({entry.reading for entry in own}) > 1:
            polyphones += [entry for entry in own if len(headword) == 1 and entry.simplified == headword]
        elif (tag := tags.get(headword, "")[:1]) and tag in _KINDS:
            for entry in own:
                for gloss in _glosses(entry):
                    by_gloss[gloss][tag] += 1
    shares: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for entry in polyphones:
        if len(entry.reading) == 1:
            for gloss in _glosses(entry):
                counts = by_gloss[gloss] + Counter({"v": _TO * gloss.startswith("to ")})
                for kind, count in counts.items():
                    reading = entry.simplified + entry.reading[0].casefold().replace("u:", "ü")
                    shares[reading][kind] += count / counts.total()
    for reading, found in shares.items():
        total = sum(found.values())
        yield reading, {kind: count / total for kind, count in found.items()}


_OF_PLACES = re.compile(
    r"\d|idiom|lit\.|fig\.|city|county|province|district|prefecture|surname|township|\bCL:|variant of"
)
"""Glosses that say little of the characters of their word."""

_GLOSSES_OF_AN_ENTRY = 6
_LONGEST_GLOSS = 5
_ITERATIONS = 6
_LEAST_SHARE = 0.004
_BY_CHANCE = 1.5
"""How probable it is, in units of an English word's frequency, that it stands for no character."""

_ARTICLES = frozenset("to be a an the of in on at for by with from and or one's sb sth etc esp used".split())
_WORD = re.compile("[a-z]+")


def _stemmer() -> Callable[[str], str]:
    import snowballstemmer

    return cache(snowballstemmer.stemmer("english").stemWord)


def characters(entries: Iterable[Entry]) -> Shares:
    """For each character the English stems that stand for it in its words, as `Lexicon.character` says.

    IBM model 1 (Brown et al. 1993) with headwords of two to five characters and their short glosses as its sentences.
    """
    import numpy as np

    stem = _stemmer()
    zh: dict[str, int] = {}
    en: dict[str, int] = {}
    character, english, gloss = [], [], []
    number = 0
    for entry in entries:
        word = entry.simplified
        if not (2 <= len(word) <= 5 and word.isalpha() and not word.isascii()):
            continue
        own = [zh.setdefault(c, len(zh)) for c in dict.fromkeys(word)]
        for each in [g for g in _glosses(entry) if not _OF_PLACES.search(g)][:_GLOSSES_OF_AN_ENTRY]:
            stems = [stem(w) for w in _WORD.findall(each) if w not in _ARTICLES]
            if 1 <= len(stems) <= _LONGEST_GLOSS:
                for s in stems:
                    place = en.setdefault(s, len(en))
                    character += own
                    english += [place] * len(own)
                    gloss += [number] * len(own)
                    number += 1
    if not number:
        return
    zh_of, en_of, gloss_of = np.array(character), np.array(english), np.array(gloss)
    kinds, cell = np.unique(zh_of * len(en) + en_of, return_inverse=True)
    zh_kind, en_kind = kinds // len(en), kinds % len(en)
    frequency = np.bincount(en_of) / len(en_of)
    chance = _BY_CHANCE * np.maximum.reduceat(frequency[en_of], np.flatnonzero(np.r_[True, np.diff(gloss_of) > 0]))
    share = 1.0 / np.bincount(zh_kind)[zh_kind]
    for _ in range(_ITERATIONS):
        mass = share[cell]
        counts = np.bincount(cell, mass / (np.bincount(gloss_of, mass) + chance)[gloss_of])
        share = counts / (np.bincount(zh_kind, counts) + 2)[zh_kind]
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    names, stems = list(zh), list(en)
    for i in np.flatnonzero((share > _LEAST_SHARE) & (counts > 0.5)):
        found[names[zh_kind[i]]][stems[en_kind[i]]] = round(float(share[i]), 4)
    yield from found.items()


def english_kinds(entries: Iterable[Entry], tags: Mapping[str, str]) -> Shares:
    """For each English word of the glosses what part of speech it is, as `Lexicon.english_kinds` says.

    A gloss "to ..." begins with a verb; the last word of another gloss is a noun, the one before it an adjective or a
    noun; a gloss of one word is what the Chinese word is.
    """
    counts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for entry in entries:
        tag = tags.get(entry.simplified, "")[:1]
        for gloss in (part for sense in entry.senses for part in _REMARK.sub("", sense).split(";")):
            words = re.findall("[A-Za-z]+", gloss)
            if not words or len(words) > 6 or not gloss.islower():    # names are of no part of speech
                continue
            if words[0] == "to" and len(words) > 1:
                counts[words[1]]["v"] += 1
            elif len(words) > 1:
                counts[words[-1]]["n"] += 1
                counts[words[0]]["a"] += 1
            elif tag in "nva" and tag:
                counts[words[0]][tag] += 0.5
    for word, own in counts.items():
        total = sum(own.values())
        if total >= 1 and len(word) > 1:
            yield word, {kind: round(count / total, 3) for kind, count in own.items()}
