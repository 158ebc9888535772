"""Where one word ends and the next begins."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from flashcards.chinese.script import simplified
from flashcards.lexicon import Lexicon
from flashcards.links.symbols import longest_words
from flashcards.model import HAN

_HAN = re.compile(f"[{HAN}]+")
_FUNCTION = frozenset("updcryz")
"""First letters of jieba's tags for particles, prepositions, adverbs, conjunctions, pronouns and the like."""

_FREQUENT = 5.5
"""On the Zipf scale."""


@lru_cache(maxsize=1)
def _cutter() -> Callable[[str], list[str]]:
    """The segmenter: in Rust where there is a wheel, else an instance of our own of the one in Python."""
    try:
        import rjieba
    except ImportError:
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        return jieba.Tokenizer().lcut    # type: ignore[no-any-return, unused-ignore]
    return rjieba.cut    # type: ignore[no-any-return, unused-ignore]


def words(text: str, lexicon: Lexicon, corrections: Mapping[str, Sequence[str]] | None = None) -> tuple[str, ...]:
    """The words, numbers and marks of a text; they join to it.

    Traditional text is cut where its simplified form would be, which the word lists know better.

    Args:
        text: a Chinese sentence.
        lexicon: the word lists.
        corrections: for a string the words that it is to be cut into, wherever it occurs.
    """
    edges = {0}
    end = 0
    for guess in _cutter()(simplified(text)):
        for word in _reconsidered(guess, lexicon):
            end += len(word)
            edges.add(end)
    for string, parts in (corrections or {}).items():
        start = text.find(string)
        while start >= 0:
            edges -= set(range(start, start + len(string)))
            edges.add(end := start)
            for part in parts:
                end += len(part)
                edges.add(end)
            start = text.find(string, start + len(string))
    return tuple(text[a:b] for a, b in pairwise(sorted(edges)))


def _reconsidered(word: str, lexicon: Lexicon) -> list[str]:
    """A word of the segmenter, cut up if it made it up from a function word and its neighbour.

    Of characters that stand in no list together it makes words by their statistics (使|本, 更|大, 用|好|本). Names come
    out well so, but a pronoun, a preposition or an adverb is no part of a name.
    """
    if len(word) < 2 or len(word) > 3 or word in lexicon or lexicon.frequency(word) or not _HAN.fullmatch(word):
        return [word]
    if not any(lexicon.tag(c)[:1] in _FUNCTION and lexicon.zipf(c) > _FREQUENT for c in word):
        return [word]
    return longest_words(word, lambda part: part in lexicon)
