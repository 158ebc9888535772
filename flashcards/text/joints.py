"""How two pieces of one sentence, cut by the end of a line or a page, are put together again."""

import re
from collections.abc import Callable, Iterable

from flashcards.model import Language

_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][A-Za-zÀ-ɏ]+)*")
_HYPHENATED = re.compile(rf"{_WORD.pattern}(?:-{_WORD.pattern})+")
_CUT_HYPHEN = re.compile(r"(?<=\w)[-‐]$")
_CUT_WORD = re.compile(r"[\w'’-]*$")
_NEXT_WORD = re.compile(r"\w+(?:['’]\w+)*")
_AFTER_A_SUSPENDED_HYPHEN = frozenset({"and", "or", "to", "nor", "but"})    # "long- and short-term"
_LATIN = re.compile("[A-Za-zÀ-ɏ]")


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The English words of the texts in lower case, hyphenated ones ("people-to-people") whole and in their parts.

    A word that a line's end cuts in two is none of them, nor are its halves.
    """
    found: set[str] = set()
    for text in texts:
        whole = re.sub(r"^\W*[\w'’]+|[\w'’-]+-\s*$", " ", text)
        found.update(word.lower() for pattern in (_WORD, _HYPHENATED) for word in pattern.findall(whole))
    return frozenset(found)


def join(left: str, right: str, lang: Language, is_word: Callable[[str], bool]) -> str:
    """The two pieces as one text.

    English gets a space between them, unless a hyphen or a closed-up dash stood at the cut; Chinese gets none, unless
    Latin letters meet.

    Args:
        left: the piece before the cut.
        right: the piece behind it.
        lang: their language.
        is_word: whether a word in lower case, hyphenated or not, is known.
    """
    left, right = left.rstrip(), right.lstrip()
    if lang == "zh":
        letters_meet = _LATIN.match(right) and _LATIN.match(left[-1:])
        return f"{left} {right}" if letters_meet else left + right
    if _CUT_HYPHEN.search(left):
        return _join_word(left, right, is_word)
    closed_up = re.search(r"\w[—–]$", left)
    return left + right if closed_up else f"{left} {right}"


def _join_word(left: str, right: str, is_word: Callable[[str], bool]) -> str:
    following = _NEXT_WORD.match(right)
    if following is None or following[0] in _AFTER_A_SUSPENDED_HYPHEN:
        return f"{left} {right}"
    first = _CUT_WORD.search(left[:-1])
    return left + right if _keeps_hyphen(first[0] if first else "", following[0], is_word) else left[:-1] + right


def _keeps_hyphen(first: str, second: str, is_word: Callable[[str], bool]) -> bool:
    """Whether `first-second` is a compound, not one word that was cut at a syllable."""
    if not second[0].islower() or not first[-1:].isalpha() or first.isupper():    # SCO-Afghanistan, COVID-19, T-shirt
        return True
    first, second = first.lower(), second.lower()
    if is_word(f"{first}-{second}"):
        return True
    head, _, last = first.rpartition("-")
    if is_word(last + second):
        return False
    return is_word(second) and (bool(head) or is_word(last))    # beggar-thy-neighbor; anti-epidemic
