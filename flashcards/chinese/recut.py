"""Words cut again where the translation says that they are others.

The segmenter takes the likeliest words; which of two possible cuts was meant, often only the meaning tells: in
他得到学校去 it is 得|到 "has to go", not 得到 "obtain". Where a word has none of its senses in the English, and its
neighbourhood can be cut into words of the dictionary that have theirs, it is cut so. A compound is not cut because its
parts mean what it means (书店 "book shop"): a new word has to reach over the old one's border, or a part has to have
another reading. Words that the segmenter made up (鞋禁, 脸涨) are cut for less.
"""

import math
import re
from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise

from flashcards.chinese.meanings import Translation
from flashcards.chinese.polyphones import listed
from flashcards.chinese.words import UNSEEN
from flashcards.lexicon import Lexicon
from flashcards.model import HAN

_WORD = re.compile(f"[{HAN}]{{1,4}}")
_MADE_BY_RULE = re.compile(r"第?[零〇一二两三四五六七八九十百千万亿几]+|.*[们儿]|.[不得].{1,2}|(.).?\1.?|..(.)\2")
"""Numbers, words with a suffix, potential complements and words that are repeated, which no dictionary has all of."""

_RARE = 2.0
"""On the Zipf scale: rarer words are not found in other words."""

_KEPT = 1.0
"""Log-odds for each word of the segmenter's cut, which knows more than frequencies."""

_AS_SOON = 6.0
"""Log-odds for a word between 一 and 就, which together say "as soon as"."""

_TRUSTED = 0.9
"""How probable it must be, by the other words, that the English is the sentence's translation."""

_COMMON = 4.0
"""On the Zipf scale: words as common as this are cut inside only where a part is of a closed class (不|好, 得|到)."""

_CLOSED = frozenset("dump")
"""First letters of the tags of adverbs, particles, numerals and prepositions."""

_LONGEST = 4
"""Longer words are not looked for."""

_LEAST = 2.0
"""Log-odds by which another cut must be likelier."""


def recut(
    words: Sequence[str], translation: Translation, lexicon: Lexicon, names: Collection[str] = frozenset()
) -> list[str]:
    """The words of a sentence, some of them cut otherwise; they join to the same text.

    Args:
        words: the words in simplified characters.
        translation: the sentence's English.
        lexicon: the dictionary and the frequencies of words.
        names: words that stay as they are.
    """
    out = list(words)
    place = 0
    while place < len(out):
        word = out[place]
        if word not in names and _may_be_wrong(word, lexicon) and not translation.fit(word, (word,)):
            first = place - (place > 0 and bool(_WORD.fullmatch(out[place - 1])) and out[place - 1] not in names)
            behind = place + 1 < len(out) and bool(_WORD.fullmatch(out[place + 1])) and out[place + 1] not in names
            window = out[first : place + 1 + behind]
            trusted = translation.trust(window) > _TRUSTED
            if trusted and (better := _better(window, place - first, translation, lexicon)):
                out[first : first + len(window)] = better
                place = first + len(better) - 1
        place += 1
    return out


def _may_be_wrong(word: str, lexicon: Lexicon) -> bool:
    """Whether a word of several characters is one of the dictionary, or one that nobody has met, and no name.

    The latter only if a character of it has several readings: compounds that nobody has met (抗疫, 互鉴) are words.
    """
    if len(word) == 1 or not _WORD.fullmatch(word) or _MADE_BY_RULE.fullmatch(word):
        return False
    if lexicon.tag(word)[:2] in ("nr", "ns"):
        return False
    unmet = lexicon.frequency(word) <= UNSEEN and any(len(listed(c, lexicon)) > 1 for c in word)
    return word in lexicon or unmet


def _better(window: Sequence[str], place: int, translation: Translation, lexicon: Lexicon) -> list[str]:
    """The words of a window without the one at a place, if they are much likelier cut so; [] if not."""
    text = "".join(window)
    borders = list(accumulate(map(len, window), initial=0))
    start, end = borders[place], borders[place + 1]
    kept = set(pairwise(borders))
    readings = listed(window[place], lexicon)

    def likelihood(begin: int, stop: int) -> float:
        frequency = math.log(10) * (lexicon.zipf(text[begin:stop]) - 9)
        as_soon_as = stop == begin + 1 and text[begin - 1 : begin] == "一" and text[stop : stop + 1] == "就"
        return frequency + _KEPT * ((begin, stop) in kept) + _AS_SOON * as_soon_as

    def fit(begin: int, stop: int) -> float:
        word = text[begin:stop]
        if (begin, stop) in kept or not readings or (stop - begin > 1 and (begin < start or stop > end)):
            return translation.fit(word, window)
        inside = stop - begin == 1 and start <= begin < end
        return translation.fit_of_others(word, {r[begin - start] for r in readings}, window) if inside else 0.0

    def is_way(begin: int, stop: int) -> bool:
        if (begin, stop) == (start, end):
            return False
        return (begin, stop) in kept or stop == begin + 1 or _is_word(text[begin:stop], lexicon)

    common = lexicon.zipf(window[place]) > _COMMON

    reaching = ((b, e) for e in range(start + 1, len(text) + 1) for b in range(max(0, e - _LONGEST), min(e, end)))
    if not any((b, e) not in kept and is_way(b, e) and fit(b, e) > 0 for b, e in reaching):
        return []
    best: list[tuple[float, float, list[str]]] = [(0.0, 0.0, [])]
    """The likeliest cut up to each place: its log-odds, what of them the new words have by the English, its words."""
    for stop in range(1, len(text) + 1):
        ways = []
        for begin in range(max(0, stop - _LONGEST), stop):
            if is_way(begin, stop):
                total, said, words = best[begin]
                value = fit(begin, stop)
                said += value * ((begin, stop) not in kept and stop > start and begin < end)
                ways.append((total + likelihood(begin, stop) + value, said, [*words, text[begin:stop]]))
        best.append(max(ways))
    total, said, words = best[-1]
    pieces = words if common and {start, end} <= set(accumulate(map(len, words), initial=0)) else []
    if pieces and not any(lexicon.tag(text[at])[:1] in _CLOSED for at in range(start, end)):
        return []    # 行走 is no 行 with 走
    words = _with_whole_neighbours(words, window, place)
    before = sum(likelihood(*span) + fit(*span) for span in kept)
    return words if said > 0 and total - before > _LEAST else []


def _with_whole_neighbours(words: list[str], window: Sequence[str], place: int) -> list[str]:
    """The words with the neighbours of the one at a place as they were, unless a new word takes a part of them."""
    for at in range(1, len(words)):
        if place and "".join(words[:at]) == window[0]:
            words = [window[0], *words[at:]]
            break
    for at in range(1, len(words)):
        if place + 1 < len(window) and "".join(words[at:]) == window[-1]:
            return [*words[:at], window[-1]]
    return words


def _is_word(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.headwords and lexicon.zipf(word) > _RARE
