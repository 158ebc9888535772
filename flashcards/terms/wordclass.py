"""What part a word can play in a term: jieba's tag, checked against the dictionary's glosses."""

import re
from functools import lru_cache
from typing import Literal

from flashcards.lexicon import Lexicon
from flashcards.links.english import FUNCTION_WORDS
from flashcards.links.glosses import plain_glosses
from flashcards.model import HAN
from flashcards.terms.english import word_kinds

WordClass = Literal["noun", "verb", "modifier", "name", "person", "idiom", "closed", "mark"]

_HAN = re.compile(f"[{HAN}]")
_NAMES = ("ns", "nt", "nz", "nrt")
_CLOSED = ("u", "p", "c", "r", "m", "q", "y", "e", "o", "f", "k", "h", "x")
_PARTICLES = ("u", "p", "c", "r", "y", "e", "o", "k", "h")
_NUMBER = re.compile("(?:第|百分之)?[零〇一二两三四五六七八九十百千万亿几半]+(?:次|个|号|多|百分之)?|百分之")
_LOCALIZERS = "里上下中后前内外间旁边"
_FREQUENT = 5.5
"""On the Zipf scale; a character above it that stands in a word no list has was probably cut off wrongly."""

_LETTERS = re.compile("[a-z]+")
_TIME = re.compile(r"\b(?:year|month|week|day|today|yesterday|tomorrow|now|ago|moment|o'clock|time|when|while)s?\b")


class WordClasses:
    """The classes of words, each looked up once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.of = lru_cache(maxsize=100_000)(self._class)

    def _class(self, word: str) -> WordClass:
        """The class of a word.

        jieba's list has one tag a word and errs on those that are several things at once (元首 as time, 务实 as an
        adverb), so the glosses decide between verb, noun and modifier where they can.
        """
        if not _HAN.search(word):
            return "noun" if word.isalpha() else "mark"
        if "·" in word:    # 弗拉基米尔·普京
            return "person"
        tag = self._tag(word)
        glosses = self._glosses(word)
        if not tag and not glosses:
            return "closed" if any(self._is_function(c) for c in word) else "noun"
        if tag in ("nr", "nrfg") and not any(g[:1].islower() for g in glosses):
            return "person"
        if tag in _NAMES:
            return "name"
        if tag[:1] in ("i", "l") and len(word) >= 4 and (tag[:1] == "i" or glosses):
            return "idiom"
        if tag[:1] == "m" or (tag[:1] in ("f", "s") and word[-1] in _LOCALIZERS):
            return "closed"
        if tag[:1] in _CLOSED and (len(word) == 1 or tag[:1] not in ("f", "q", "x")):
            return "closed"
        if not glosses:
            return "verb" if tag == "v" else "closed" if tag[:1] in ("d", "t", "l", *_CLOSED) else "noun"
        return self._by_gloss(word, tag, glosses)

    def _by_gloss(self, word: str, tag: str, glosses: list[str]) -> WordClass:
        verbal = sum(g.startswith("to ") for g in glosses)
        if verbal == len(glosses):
            return "noun" if tag == "vn" else "verb"
        if tag[:1] in ("d", "t", "f", "z"):
            closed = any(_TIME.search(g) or g.endswith("ly") for g in glosses)
            return "closed" if closed or len(word) == 1 else "modifier" if tag[0] == "d" else "noun"
        if tag[:1] == "v" and tag != "vn":
            return "noun" if len(word) > 1 else "verb"
        return "modifier" if tag[:1] in ("a", "b") else "noun"

    def _tag(self, word: str) -> str:
        """The tag of jieba's list; a noun's for a "pronoun" that no gloss shows to be one: 多边 multilateral, 本科."""
        tag = self._lexicon.tag(word)
        glosses = self._glosses(word) if tag == "r" and len(word) > 1 else []
        said = {part for gloss in glosses for part in _LETTERS.findall(gloss)}
        return "n" if said and said.isdisjoint(FUNCTION_WORDS) else tag

    def _glosses(self, word: str) -> list[str]:
        return [g for entry in self._lexicon.entries(word) for g in plain_glosses(entry)]

    def _is_function(self, character: str) -> bool:
        """Whether a character is, as a word, of the closed classes and frequent: 些, 很, 个."""
        return self._lexicon.tag(character)[:1] in (*_CLOSED, "d", "z") and self._lexicon.zipf(character) > _FREQUENT

    @lru_cache(maxsize=100_000)    # noqa: B019  (one lesson's)
    def is_particle(self, word: str) -> bool:
        """Whether a word is so clearly of the closed classes that no term begins or ends with it: 的, 我们, 因为."""
        if not _HAN.search(word):
            return False
        tag = self._tag(word)[:1]
        if tag in _PARTICLES or _NUMBER.fullmatch(word):
            return True
        return len(word) == 1 and tag in ("d", "f", "q", "z") and self.of(word) == "closed"

    @lru_cache(maxsize=100_000)    # noqa: B019  (one lesson's)
    def is_suffix(self, word: str) -> bool:
        """Whether a hanzi that may be a particle or a verb may end a noun, too: 家, 谱, 率, 组."""
        return len(word) == 1 and self._lexicon.tag(word)[:1] in ("k", "q", "n", "v", "z") and any(
            word_kinds(head, self._lexicon)[1] > 0.5
            for gloss in self._glosses(word)
            if not gloss.startswith("to ")
            for head in _LETTERS.findall(gloss)[-1:]
        )

    @staticmethod
    def is_number(word: str) -> bool:
        """Whether a word is a number, in hanzi: 两, 第一."""
        return bool(_NUMBER.fullmatch(word))

    def is_prefix(self, word: str) -> bool:
        """Whether a hanzi that may be a particle may begin a noun, too: 反, 再, 不, 外."""
        return len(word) == 1 and self._lexicon.tag(word)[:1] in ("d", "f", "h", "z", "p")

    @lru_cache(maxsize=100_000)    # noqa: B019  (one lesson's)
    def is_mostly_verb(self, word: str) -> bool:
        """Whether the word is a verb before anything else: by all of its glosses, or by jieba's tag.

        CC-CEDICT adds a noun to the glosses of many verbs, or has only nouns (感谢): the glosses alone do not tell.
        """
        verbal = [gloss.startswith("to ") for gloss in self._glosses(word)]
        return bool(verbal) and (all(verbal) or self._lexicon.tag(word) == "v")
