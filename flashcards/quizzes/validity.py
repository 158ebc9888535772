"""Proofs that a word does not fill a blank: what a bank, or the distractors of a choice, must pass."""

from collections.abc import Callable

from flashcards.quizzes.blanks import Blank
from flashcards.quizzes.senses import Senses
from flashcards.quizzes.wordclass import may_share_a_bank

_SHARED = 0.5
"""Two words that share so much of what the smaller one has (stems, hanzi) are too close to stand in one bank."""


def doubt(asked: Blank, other: Blank, senses: Senses) -> str:
    """Why the key of one blank might also fill another, or be told apart by its form; "" if it is proven wrong there.

    Args:
        asked: the blank to fill.
        other: the blank whose key is tried in it.
        senses: the dictionary.
    """
    return next((reason for reason, raises in _DOUBTS if raises(asked, other, senses)), "")


def are_distinct(one: Blank, other: Blank, senses: Senses) -> bool:
    """Whether the keys of two blanks can stand in one bank: neither may fill the other's place."""
    return not doubt(one, other, senses) and not doubt(other, one, senses)


def _is_nested(asked: Blank, other: Blank, _: Senses) -> bool:
    return asked.text in other.text or other.text in asked.text


def _shares_hanzi(asked: Blank, other: Blank, _: Senses) -> bool:
    return _overlap(frozenset(asked.text), frozenset(other.text)) >= _SHARED


def _shares_english(asked: Blank, other: Blank, _: Senses) -> bool:
    return _overlap(asked.stems, other.stems) >= _SHARED


def _shares_a_sense(asked: Blank, other: Blank, senses: Senses) -> bool:
    """Whether the dictionary could say for one word what the text says for the other, or the same of both."""
    return bool(
        asked.stems & senses.stems(other.text)
        or other.stems & senses.stems(asked.text)
        or {s.stems for s in senses[asked.text]} & {s.stems for s in senses[other.text]}
    )


def _fits_the_english(asked: Blank, other: Blank, _: Senses) -> bool:
    """Whether the other word's English stands beside this blank, while the Chinese does not show the word itself."""
    return other.text not in asked.pair.zh and other.stems <= asked.beside


_DOUBTS: tuple[tuple[str, Callable[[Blank, Blank, Senses], bool]], ...] = (
    ("is of another word class", lambda a, b, _: not may_share_a_bank(a.word_class, b.word_class)),
    ("contains the key or lies in it", _is_nested),
    ("shares hanzi with the key", _shares_hanzi),
    ("has the same English", _shares_english),
    ("shares a sense with the key", _shares_a_sense),
    ("is what the English says", _fits_the_english),
)
"""What raises a doubt, the cheap looks first. None excuses a sense for being general: 做到 and 保持 are both "keep"."""


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
