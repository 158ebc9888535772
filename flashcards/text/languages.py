"""Which side of a bilingual text a piece of it is on."""

import re
from collections.abc import Iterable, Set
from functools import lru_cache

from flashcards.model import HAN, Language
from flashcards.text.third_languages import third_language

_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’-][A-Za-zÀ-ɏ]+)*")
_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_ADDRESS = re.compile(
    r"(?<![A-Za-z])[A-Za-z]+://[!-~]+|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
_CHINESE_MARKS = re.compile("[。、《》「」]")
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", re.IGNORECASE)
_ONLY_PINYIN = re.compile("[āǎēěīǐōǒūǔǖǘǚǜ]", re.IGNORECASE)

# ni3 hao3, nü3 or lu:4; a syllable has six letters at most, one of them a vowel, and one of the words two: not "A1 B2".
_NUMBERED = re.compile(
    r"(?=.*[a-zü:]{2}[1-5])\W*(?:(?=[a-z:]{0,5}[aeiouü])[a-zü:]{1,7}[1-5]\W+)+(?=[a-z:]{0,5}[aeiouü])[a-zü:]{1,7}[1-5]\W*",
    re.IGNORECASE,
)

_HANZI_PER_WORD = 20
"""A translation has a word for one to two and a half hanzi (`quizzes/choosing.py`): far fewer words are names, labels,
a motto, or the translation of a small part."""

PINYIN = "pinyin"
"""What `other` calls Chinese in Latin letters."""


@lru_cache(maxsize=1_000)    # readers ask for lines, for the paragraph that they make up, and again for the block
def language(text: str) -> Language | None:
    """The language of a paragraph, line or title; None if it is in neither (a page number, "***", pinyin, French).

    A gloss in brackets does not count, and a Latin name in a Chinese sentence counts for less than an English word.

    >>> language("我们用 Microsoft Word。"), language("the Shanghai Spirit (上海精神)"), language("- 12 -")
    ('zh', 'en', None)
    """
    text = _ADDRESS.sub(" ", text)    # in ASCII: Chinese follows an address without a space
    found = _of_letters(_BRACKETED.sub(" ", text)) or _of_letters(text)
    return None if found and third_language(text) else found


def other(text: str, among: Set[str] = frozenset()) -> str:
    """What a text is in that is in neither language: a third language by its English name, "pinyin", or "".

    Args:
        text: a paragraph, line or title.
        among: third languages that the document has, so that even a few words are one of them rather than English.

    >>> other("Où est la gare, s'il vous plaît ?"), other("nǐ hǎo"), other("- 12 -"), other("Oui, madame")
    ('French', 'pinyin', '', '')
    """
    if not _HAN.search(text) and _is_pinyin(text):
        return PINYIN
    return third_language(text, among=among)


def is_translated(zh: Iterable[str], en: Iterable[str]) -> bool:
    """Whether a text has enough English beside its Chinese to be the translation of more than a small part.

    >>> is_translated(["中国二十年前加入了世界贸易组织。"], ["China joined the WTO twenty years ago."])
    True
    >>> is_translated(["中国二十年前加入了世界贸易组织，从此贸易增长很快。"], ["WTO"])
    False
    """
    words = sum(len(_LATIN_WORD.findall(text)) for text in en)
    return words * _HANZI_PER_WORD >= sum(len(_HAN.findall(text)) for text in zh)


def _of_letters(text: str) -> Language | None:
    characters = len(_HAN.findall(text))
    words = _LATIN_WORD.findall(text)
    if characters and words:
        has_common_word = any(word.islower() for word in words)
        weight = len(words) if has_common_word else len(words) / 2
        return "en" if weight > characters else "zh"
    if characters or (words and _CHINESE_MARKS.search(text)):    # the end of a sentence: "Chrome。"
        return "zh"
    return "en" if words and not _is_pinyin(text) else None


def _is_pinyin(text: str) -> bool:
    """Whether the words are Chinese in Latin letters: all with a tone's number, or most with a mark.

    One of the marks must be one that only pinyin has.
    """
    words = _LATIN_WORD.findall(text)
    toned = sum(1 for word in words if _TONED.search(word))
    is_marked = 2 * toned >= len(words) and any(_ONLY_PINYIN.search(word) for word in words)
    return is_marked or _NUMBERED.fullmatch(text) is not None
