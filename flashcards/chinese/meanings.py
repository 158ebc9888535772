"""What the translation of a sentence says of the readings of its characters.

A reading is as likely as the English words of its senses are in this sentence, compared with how likely they would be
there anyway: a likelihood ratio. Its senses are those of the character's own entries and, weaker, what recurs in the
glosses of its compounds. An English word that other words of the sentence translate to says little.
"""

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from flashcards.chinese.syllables import from_numbered, numbered, toneless
from flashcards.lexicon import Entry, Lexicon
from flashcards.links.english import TOKEN, stem
from flashcards.links.glosses import GlossVectors, gloss_stems, plain_glosses
from flashcards.model import HAN

# Tuned on pairs-dev, and so that the English of other sentences changes hardly anything: how often a word is translated
# by a word of its glosses; what the words of compounds weigh; words in an entry's glosses; what the sum counts; up to
# which sum it may be an accident that a sense is there; the most log-odds.
_TRANSLATED = 0.5
_COMPOUNDS = 0.25
_WORDS_OF_AN_ENTRY = 5
_STRENGTH = 2.0
_ACCIDENT, _MOST = 1.5, 12.0

_EXPLAINED = 10.0
"""How many times less an English word says for each other word of the sentence that has it among its glosses."""

_TELLING = 0.05
"""The weight among its glosses from which on a word is thought to translate to an English one."""

_TITLED, _ROMANISED = 16.0, 12.0
"""Log-odds for a surname's reading that the English romanises: behind a title; as any word that is not English."""

_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Madam|Madame|Comrade|President|Premier|Minister|Chairman|Director|Master"
    r"|General|Captain|Coach|Doctor|Teacher|Principal|Manager|Old|Little|Uncle|Aunt|Auntie|surnamed|surname|name)"
    r"\.? (?:(?:is|was) )?([A-Z][a-zü]+)"
)
_CAPITALISED = re.compile(r"\b[A-Z][a-zü]+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:“\"] )[A-Z][a-zü]+")
_FULL_NAME = re.compile(r"\b([A-Z][a-zü]+) [A-Z][a-z]")
_PARTS = range(2, 5)
_HAN = re.compile(f"[{HAN}]+")

Senses = Mapping[str, float]
"""English stems, each with how probable it is as a translation."""


class Translation:
    """An English sentence, to ask which readings of the Chinese it speaks for.

    Args:
        english: the sentence.
        words: the words of the Chinese, which explain what else stands in it.
        lexicon: the dictionary.
        glosses: the gloss vectors of words.
    """

    def __init__(self, english: str, words: Sequence[str], lexicon: Lexicon, glosses: GlossVectors) -> None:
        self._lexicon = lexicon
        tokens = [token.casefold() for token in TOKEN.findall(english) if token[0].isalpha()]
        length = max(len(tokens), 5)
        number = lexicon.number_of_entries * _WORDS_OF_AN_ENTRY
        self._chance: dict[str, float] = {}
        for token in tokens:
            base = stem(token)
            entries = max(lexicon.entries_with(token), lexicon.entries_with(base)) + 2
            self._chance[base] = max(self._chance.get(base, 0.0), min(1.0, length * entries / number))
        self._explained: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            for base, weight in glosses[word].items():
                if base in self._chance and weight > _TELLING:
                    self._explained.setdefault(base, []).append(word)
        self._titled = {name.casefold() for name in _TITLE.findall(english)}
        # A capital at the start of a sentence may be any word's, unless another follows (Shan Ming was absent).
        starts = {name.split()[-1].strip("“\"").casefold() for name in _SENTENCE_START.findall(english)}
        capitalised = {name.casefold() for name in _CAPITALISED.findall(english)}
        full = {name.casefold() for name in _FULL_NAME.findall(english)}
        self._names = {n for n in capitalised if n not in starts or n in full or not lexicon.is_english(n)}

    def evidence(self, word: str, offset: int, readings: Sequence[str]) -> list[float]:
        """Log-odds for each reading of a character of a word."""
        character = word[offset]
        surnames = surnames_of(character, self._lexicon)
        return [
            self._ratio(senses_of(character, reading, self._lexicon), word)
            + (self.named(reading) if reading in surnames else 0.0)
            for reading in readings
        ]

    def evidence_for_word(self, word: str, readings: Sequence[tuple[str, ...]]) -> list[float]:
        """Log-odds for each of the dictionary's readings of a whole word."""
        return [self._ratio(word_senses(word, reading, self._lexicon), word) for reading in readings]

    def across(self, text: str, at: int, own: str) -> dict[str, float]:
        """Log-odds for readings of a character by dictionary words around it other than its `own`.

        Args:
            text: the sentence in simplified characters.
            at: the character's place in it.
            own: the word to which it belongs.
        """
        found: dict[str, float] = {}
        for size in _PARTS:
            for start in range(max(0, at - size + 1), min(at, len(text) - size) + 1):
                word = text[start : start + size]
                if word == own or word in own or not self._lexicon.may_have(word) or not _HAN.fullmatch(word):
                    continue
                for entry in self._lexicon.entries(word):
                    if len(entry.reading) == size:
                        reading = tuple(map(from_numbered, entry.reading))
                        value = self._ratio(word_senses(word, reading, self._lexicon), own)
                        found[reading[at - start]] = max(found.get(reading[at - start], 0.0), value)
        return found

    def named(self, reading: str) -> float:
        """Log-odds for a reading as a surname, if the English has it as a name."""
        name = toneless(reading)
        spellings = {name, name.replace("ü", "u"), name.replace("ü", "v")}
        if spellings & self._titled:
            return _TITLED
        return _ROMANISED if spellings & self._names else 0.0

    def _ratio(self, senses: Senses, word: str) -> float:
        """How much likelier the English is with these senses of a word than without."""
        if not senses:
            return 0.0
        total = 0.0
        for base, weight in senses.items():
            if chance := self._chance.get(base):
                others = sum(other != word for other in self._explained.get(base, ()))
                total += math.log1p(_TRANSLATED * weight / chance / (1 + others * _EXPLAINED))
        return min(_MOST, _STRENGTH * total) if total > _ACCIDENT else 0.0


@lru_cache(maxsize=20_000)
def senses_of(character: str, reading: str, lexicon: Lexicon) -> Senses:
    """The English stems of a character's reading."""
    senses = dict(word_senses(character, (reading,), lexicon))
    for word, share in lexicon.related(character, numbered(reading)).items():
        base = stem(word)
        senses[base] = senses.get(base, 0.0) + _COMPOUNDS * share
    return senses


@lru_cache(maxsize=20_000)
def word_senses(word: str, reading: tuple[str, ...], lexicon: Lexicon) -> Senses:
    """The English stems of the glosses that a word has with a reading; their weights sum to 1."""
    if len(word) > 1 and reading[-1] == "r":    # erhua changes no meaning
        return word_senses(word[:-1], reading[:-1], lexicon)
    wanted = [numbered(syllable) for syllable in reading]
    weights: dict[str, float] = {}
    for entry in lexicon.entries(word):
        if _syllables(entry) == wanted:
            for gloss in plain_glosses(entry):
                stems = gloss_stems(gloss)
                for base in stems:
                    weights[base] = weights.get(base, 0.0) + len(stems) ** -0.5
    total = sum(weights.values())
    return {base: weight / total for base, weight in weights.items()}


@lru_cache(maxsize=5_000)
def surnames_of(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The readings that a text has as a surname, syllables with tone marks and spaces between: "shàn"."""
    return frozenset(
        " ".join(map(from_numbered, entry.reading))
        for entry in lexicon.entries(text)
        if any(sense.startswith("surname ") for sense in entry.senses)
    )


def _syllables(entry: Entry) -> list[str]:
    return [syllable.casefold().replace("u:", "ü") for syllable in entry.reading]
