"""What the dictionary's glosses say of a word, as weights over English stems."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from flashcards.lexicon import Entry, Lexicon
from flashcards.links.english import FUNCTION_WORDS, stem
from flashcards.model import HAN

_NOTE = re.compile(rf"\([^)]*\)|[^\s\[]*[{HAN}][^\s\[]*(?:\[[^\]]*\])?|\[[^\]]*\]")
_ABBREVIATION = re.compile(r"^abbr\. (?:for|of)\b")
_SPACED_MARK = re.compile(r"\s+([,.])")
_REFERENCE = re.compile(
    r"CL:|surname |(?:old |Japanese |archaic |erhua )?variant of|see |also written|also pr|Taiwan pr"
)
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿĀ-ſ]+")
_JARGON = frozenset("sth sb etc esp fig lit abbr cf coll idiom euph dialect tw classifier".split())
"""Abbreviations by which CC-CEDICT speaks about a word; never a translation of it."""

_TELLING = frozenset(
    """i me we us you he him she her they them my our your his their who what why how where when if but because not no
    never all only very most more before after again through few other each here there now once can should must may
    might could would will own same both some any this that these those""".split()
)
"""Words of the closed classes that do translate something when they stand alone in a gloss."""


@lru_cache(maxsize=20_000)
def plain_glosses(entry: Entry) -> tuple[str, ...]:
    """The entry's glosses one by one, without cross-references, classifiers, surnames and remarks in brackets."""
    glosses = []
    for sense in entry.senses:
        if not _REFERENCE.match(sense):
            bare = sense
            if not bare.isascii() or "(" in bare or "[" in bare:    # most have nothing to take out
                bare = _NOTE.sub("", bare)
            if bare.startswith("abbr. "):
                bare = _ABBREVIATION.sub("", bare)
            if " ," in bare or " ." in bare:
                bare = _SPACED_MARK.sub(r"\1", bare)
            glosses += [text for part in bare.split(";") if (text := " ".join(part.split()).strip(" ,"))]
    return tuple(glosses)


class GlossVectors:
    """Gloss vectors by word, each computed once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._vectors: dict[str, Mapping[str, float]] = {}

    def __getitem__(self, word: str) -> Mapping[str, float]:
        """The stems of the word's glosses, weights summing to 1; {} for a word without glosses.

        A stem of a gloss of n words weighs 1/√n: the shorter a gloss, the more it is a translation and the less a
        description.
        """
        vector = self._vectors.get(word)
        if vector is None:
            weights: Counter[str] = Counter()
            for entry in self.lexicon.entries(word):
                for gloss in plain_glosses(entry):
                    stems = gloss_stems(gloss)
                    for each in stems:
                        weights[each] += len(stems) ** -0.5
            total = sum(weights.values())
            vector = self._vectors[word] = {each: weight / total for each, weight in weights.items()}
        return vector


@lru_cache(maxsize=50_000)
def gloss_stems(gloss: str) -> tuple[str, ...]:
    """The stems of a gloss that can translate something, in order.

    Behind a name's comma stands who or what it is, which no translation repeats.

    >>> gloss_stems("Vladimir Putin, president of Russia")
    ('vladimir', 'putin')
    """
    if gloss[:1].isupper():
        gloss = gloss.partition(",")[0]
    words = [w.casefold() for w in _WORD.findall(gloss)]
    alone = len(words) <= 2
    return tuple(
        stem(w)
        for w in words
        if w not in _JARGON and (w not in FUNCTION_WORDS or (alone and w in _TELLING)) and (len(w) > 1 or w == "i")
    )
