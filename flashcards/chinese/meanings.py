"""What the translation of a sentence says of the readings of its characters.

A reading is as likely as the English words of its senses are in this sentence, compared with how likely they would be
there anyway: a likelihood ratio. Its senses are those of the character's own entries and, weaker, what recurs in the
glosses of its compounds. An English word that other words of the sentence translate to says little.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from flashcards.chinese.polyphones import listed
from flashcards.chinese.syllables import from_numbered, numbered, toneless
from flashcards.lexicon import Entry, Lexicon
from flashcards.links.english import FUNCTION_WORDS, TOKEN, stem
from flashcards.links.glosses import GlossVectors, gloss_stems, plain_glosses
from flashcards.model import HAN, tone

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

# Log-odds that the English is the sentence's translation: before looking; for each word that has one of its glosses in
# it, and against it for each that has none. Half the words of true pairs have, and one of sixteen of wrong ones.
_PAIRED, _TOLD, _UNTOLD = 3.0, 2.1, 0.6

_TELLING_STILL = frozenset("same own again back must very only each other another more once".split())
"""Words of the closed classes that tell readings apart even in a longer gloss (当年 "that very same year")."""

_LOWER = re.compile("[a-z]+")

_TITLED, _ROMANISED = 16.0, 12.0
"""Log-odds for a surname's reading that the English romanises: behind a title; as any word that is not English."""

_COMMONER = 5
"""By how many times the parts of a word must have more entries than the word."""

_HAVE_TO = re.compile(r"\b(?:have|has|had|having)(?: got)? to\b|['’](?:ve|s) got to\b", re.IGNORECASE)
"""What is as much a modal verb as "must"; its words are of the closed classes."""

_COMPARED = re.compile("([a-z]{3,})(?:er|est)")

_BEFORE = frozenset("姓小老阿")
"""What stands before a surname in one word with it."""

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
        self._glosses = glosses
        self._characters = Counter("".join(words))
        plain = _HAVE_TO.sub("must", english)
        tokens = [token.casefold() for token in TOKEN.findall(plain) if token[0].isalpha()]
        length = max(len(tokens), 5)
        number = lexicon.number_of_entries * _WORDS_OF_AN_ENTRY
        self._chance: dict[str, float] = {}
        for form in (form for token in tokens for form in (token, *parts_of(token, lexicon))):
            base = stem(form)
            entries = max(lexicon.entries_with(form), lexicon.entries_with(base)) + 2
            self._chance[base] = max(self._chance.get(base, 0.0), min(1.0, length * entries / number))
        self._said_by = {base: [(base, 1.0)] for base in self._chance}
        for base in self._chance:
            for other, share in lexicon.synonyms(base).items():
                if other not in self._chance:
                    self._said_by.setdefault(other, []).append((base, share))
        self._explained: dict[str, list[str]] = {}
        told = {}
        for word in dict.fromkeys(words):
            if vector := glosses[word]:
                found = [base for base, weight in self._translations(vector).items() if weight > _TELLING]
                told[word] = bool(found)
                for base in found:
                    self._explained.setdefault(base, []).append(word)
        self._told, self._untold = sum(told.values()), len(told) - sum(told.values())
        self._is_told = told
        self._titled = {name.casefold() for name in _TITLE.findall(english)}
        # A capital at the start of a sentence may be any word's, unless another follows (Shan Ming was absent).
        starts = {name.split()[-1].strip("“\"").casefold() for name in _SENTENCE_START.findall(english)}
        capitalised = {name.casefold() for name in _CAPITALISED.findall(english)}
        full = {name.casefold() for name in _FULL_NAME.findall(english)}
        self._names = {n for n in capitalised if n not in starts or n in full or not lexicon.is_english(n)}

    def evidence(self, word: str, offset: int, readings: Sequence[str]) -> list[float]:
        """Log-odds for each reading of a character of a word."""
        character = word[offset]
        beside = word[:offset] + word[offset + 1 :]
        surnames = surnames_of(character, self._lexicon) if self.may_name(word, offset) else frozenset()
        return [
            self._ratio(senses_of(character, reading, self._lexicon), word, beside=beside)
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

    def fit(self, word: str, window: Sequence[str]) -> float:
        """Log-odds for a word, whatever its reading, not counting what the words of a window explain.

        A word with 不 or 没 is not recognised by its "no" or "not", which the character has by itself.
        """
        senses = self._glosses[word]
        if len(word) > 1 and word[0] in "不没":
            senses = {base: weight for base, weight in senses.items() if base not in ("no", "not")}
        return self._ratio(senses, *window)

    def fit_of_others(self, character: str, readings: Collection[str], window: Sequence[str]) -> float:
        """By how much more readings of a character other than some fit than these do, at least 0."""
        every = {s for entry in listed(character, self._lexicon) for s in entry if tone(s) != 5}
        if every <= set(readings):
            return 0.0
        fits = {s: self._ratio(senses_of(character, s, self._lexicon), *window) for s in every}
        own = max((fits[s] for s in every if s in readings), default=0.0)
        return max(0.0, max(fits[s] for s in every if s not in readings) - own)

    def may_name(self, word: str, offset: int) -> bool:
        """Whether a character of a word may be the surname of somebody whom the English names.

        It is by itself, or the first of a word (or behind 小, 老, 姓). Of the dictionary's words it may only be if it
        stands nowhere else: 任 of 任务 is no Ren where a 任先生 is.
        """
        if len(word) == 1:
            return True
        if word in self._lexicon:
            return offset == 0 and self._characters[word[0]] == 1
        return offset == 0 or (offset == 1 and word[0] in _BEFORE)

    def named(self, reading: str) -> float:
        """Log-odds for a reading as a surname, if the English has it as a name."""
        name = toneless(reading)
        spellings = {name, name.replace("ü", "u"), name.replace("ü", "v")}
        if spellings & self._titled:
            return _TITLED
        return _ROMANISED if spellings & self._names else 0.0

    def _ratio(self, senses: Senses, *words: str, beside: str = "") -> float:
        """How much likelier the English is with these senses than without.

        Args:
            senses: those of a word or a character.
            words: what does not explain the English otherwise: the word, or those in whose place it might be.
            beside: characters that do, beside the other words.
        """
        if not senses:
            return 0.0
        total = 0.0
        for base, weight in self._translations(senses).items():
            others = sum(other not in words for other in self._explained.get(base, ()))
            others += sum(self._glosses[character].get(base, 0.0) > _TELLING for character in beside)
            total += math.log1p(_TRANSLATED * weight / self._chance[base] / (1 + others * _EXPLAINED))
        return min(_MOST, _STRENGTH * total) * self.trust(words) if total > _ACCIDENT else 0.0

    def _translations(self, senses: Senses) -> Senses:
        """The stems of the English by which a word with these senses may be translated, themselves or a synonym."""
        found: dict[str, float] = {}
        said_by = self._said_by.get
        for base, weight in senses.items():
            for other, share in said_by(base, ()):
                found[other] = found.get(other, 0.0) + weight * share
        return found

    def trust(self, words: Sequence[str]) -> float:
        """How probable it is that the English translates the sentence, by its words other than these."""
        own = [self._is_told[word] for word in words if word in self._is_told]
        told, untold = self._told - sum(own), self._untold - len(own) + sum(own)
        return 1 / (1 + math.exp(-(_PAIRED + _TOLD * told - _UNTOLD * untold)))


@lru_cache(maxsize=16)
def translation(english: str, words: tuple[str, ...], lexicon: Lexicon, glosses: GlossVectors) -> Translation:
    """A translation, made once for those who cut a sentence and who read it."""
    return Translation(english, words, lexicon, glosses)


@lru_cache(maxsize=20_000)
def parts_of(token: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The commoner words of which a rare English word is made: long of "longest", pig and pen of "pigpen".

    Args:
        token: a word in lower case.
        lexicon: tells by the glosses of its entries which words are common.
    """
    most = _COMMONER * max(lexicon.entries_with(token), 1)

    def is_commoner(part: str) -> bool:
        return len(part) > 2 and part not in FUNCTION_WORDS and lexicon.entries_with(part) > most

    if compared := _COMPARED.fullmatch(token):
        base = compared[1]
        for form in (base, base + "e", base[:-1] + "y" if base[-1] == "i" else base[:-1]):
            if is_commoner(form):
                return (form,)
    if token.startswith("re") and len(token) > 4:
        rest = token[2:]
        for form in (rest, rest[:-1], rest[:-2], rest[:-3], rest[:-3] + "e"):
            if is_commoner(form):
                return "re", form
    for cut in range(3, len(token) - 2):
        if is_commoner(token[:cut]) and is_commoner(token[cut:]):
            return token[:cut], token[cut:]
    return ()


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
                still = (stem(w) for w in _LOWER.findall(gloss.casefold()) if w in _TELLING_STILL)
                stems = list(dict.fromkeys([*gloss_stems(gloss), *still]))
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
