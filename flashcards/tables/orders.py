"""The orders that a list of terms can have."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, get_args

from flashcards.model import Pair, Term

Order = Literal["best", "text", "pinyin"]
ORDERS: tuple[Order, ...] = get_args(Order)

_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}    # combining marks
_NEUTRAL = 5
_DIAERESIS = "\u0308"


def ordered(terms: Sequence[Term], order: Order, pairs: Sequence[Pair]) -> tuple[Term, ...]:
    """The terms with the best first, as the pairs show them one after the other, or as a dictionary has them."""
    if order == "best":
        return tuple(terms)
    if order == "pinyin":
        return tuple(sorted(terms, key=lambda term: tuple(_letters(term))))
    places = {pair.id: (i, pair.zh) for i, pair in enumerate(pairs)}
    return tuple(sorted(terms, key=lambda term: _place(term, places)))


def _place(term: Term, places: Mapping[str, tuple[int, str]]) -> tuple[int, int, int]:
    """The first pair that holds a term, where in it, and of two terms that begin there the longer one first."""
    first = next((places[id] for id in term.pair_ids if id in places), (len(places), ""))
    return first[0], first[1].find(term.text), -len(term.text)


def _letters(term: Term) -> Iterator[tuple[str, bool, int, str]]:
    """For each character: its syllable's letters, whether u is ü, the tone, and the character itself.

    So 路 lù goes before 绿 lǜ, that before 乱 luàn, and words of one first character stand together.
    """
    for word in term.words:
        for character, syllable in zip(word.text, word.reading, strict=False):
            parts = unicodedata.normalize("NFD", syllable or character.casefold())
            tone = next((_TONES[part] for part in parts if part in _TONES), _NEUTRAL)
            letters = "".join(part for part in parts if part not in _TONES and part != _DIAERESIS)
            yield letters, _DIAERESIS in parts, tone, character
