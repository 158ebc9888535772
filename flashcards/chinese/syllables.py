"""Syllables of pinyin: the letters, and the tone as a mark or as a number."""

import unicodedata
from functools import lru_cache

from flashcards.model import TONE_MARKS, tone


@lru_cache(maxsize=10_000)
def from_numbered(syllable: str) -> str:
    """CC-CEDICT's numbered syllable in lower case with a tone mark.

    >>> [from_numbered(s) for s in ("Zhong1", "lu:4", "de5", "liu2", "r5", "m2", "gui4")]
    ['zhōng', 'lǜ', 'de', 'liú', 'r', 'ḿ', 'guì']
    """
    letters = syllable.casefold().replace("u:", "ü").replace("v", "ü")
    tone = letters[-1]
    if not tone.isdigit():
        return letters
    letters = letters[:-1]
    if tone not in "1234":
        return letters
    at = _marked_letter(letters)
    return unicodedata.normalize("NFC", letters[: at + 1] + TONE_MARKS[int(tone) - 1] + letters[at + 1 :])


def _marked_letter(letters: str) -> int:
    """Which letter takes the tone mark: a or e; o in ou; else the last vowel; the first letter of m, n, ng."""
    for vowel in "ae":
        if vowel in letters:
            return letters.index(vowel)
    if "ou" in letters:
        return letters.index("o")
    vowels = [i for i, letter in enumerate(letters) if letter in "iouü"]
    return vowels[-1] if vowels else 0


@lru_cache(maxsize=10_000)
def toneless(syllable: str) -> str:
    """A marked syllable without its tone.

    >>> toneless("lǜ")
    'lü'
    """
    letters = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONE_MARKS))


def with_tone(syllable: str, number: int) -> str:
    """A syllable with another tone."""
    return from_numbered(f"{toneless(syllable)}{number}")


@lru_cache(maxsize=10_000)
def numbered(syllable: str) -> str:
    """A marked syllable with its tone as a number, 5 for the neutral tone.

    >>> numbered("lǜ"), numbered("de")
    ('lü4', 'de5')
    """
    return f"{toneless(syllable)}{tone(syllable)}"
