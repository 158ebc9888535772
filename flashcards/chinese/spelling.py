"""How syllables are written: tone marks, tone numbers, zhuyin, word spelling and tone sandhi."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, get_args

Style = Literal["marks", "numbers", "zhuyin"]
STYLES: tuple[Style, ...] = get_args(Style)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How words are to be spelled: the style, spaces between a word's syllables, tones as they are spoken."""

    style: Style = "marks"
    by_syllables: bool = False
    sandhi: bool = False


_TONES = "\u0304\u0301\u030c\u0300"
_PUNCTUATION = {
    "，": ",", "。": ".", "、": ",", "；": ";", "：": ":", "？": "?", "！": "!", "（": "(", "）": ")", "《": "“",
    "》": "”", "〈": "‘", "〉": "’", "「": "“", "」": "”", "『": "‘", "』": "’", "【": "[", "】": "]", "·": " ",
    "…": "…", "—": "–", "～": "~", "％": "%",
}  # fmt: skip


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


_INITIALS = _pairs(
    "b=ㄅ p=ㄆ m=ㄇ f=ㄈ d=ㄉ t=ㄊ n=ㄋ l=ㄌ g=ㄍ k=ㄎ h=ㄏ j=ㄐ q=ㄑ x=ㄒ zh=ㄓ ch=ㄔ sh=ㄕ r=ㄖ z=ㄗ c=ㄘ s=ㄙ"
)
_FINALS = _pairs(
    "a=ㄚ o=ㄛ e=ㄜ ê=ㄝ ai=ㄞ ei=ㄟ ao=ㄠ ou=ㄡ an=ㄢ en=ㄣ ang=ㄤ eng=ㄥ er=ㄦ"
    " i=ㄧ ia=ㄧㄚ io=ㄧㄛ ie=ㄧㄝ iai=ㄧㄞ iao=ㄧㄠ iu=ㄧㄡ ian=ㄧㄢ in=ㄧㄣ iang=ㄧㄤ ing=ㄧㄥ"
    " u=ㄨ ua=ㄨㄚ uo=ㄨㄛ uai=ㄨㄞ ui=ㄨㄟ uan=ㄨㄢ un=ㄨㄣ uang=ㄨㄤ ueng=ㄨㄥ ong=ㄨㄥ"
    " ü=ㄩ üe=ㄩㄝ üan=ㄩㄢ ün=ㄩㄣ iong=ㄩㄥ"
)
_NASALS = _pairs("m=ㄇ n=ㄋ ng=ㄫ hm=ㄏㄇ hng=ㄏㄫ r=ㄦ")
"""Syllables without a vowel: interjections, and the suffix of erhua."""

_WRITTEN_FINALS = (
    ("yu", "ü"), ("yi", "i"), ("you", "iu"), ("y", "i"), ("wu", "u"), ("wei", "ui"), ("weng", "ueng"), ("wen", "un"),
    ("wong", "ong"), ("w", "u"),
)  # fmt: skip
"""How pinyin writes finals that have no initial."""


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
    return unicodedata.normalize("NFC", letters[: at + 1] + _TONES[int(tone) - 1] + letters[at + 1 :])


def _marked_letter(letters: str) -> int:
    """Which letter takes the tone mark: a or e; o in ou; else the last vowel; the first letter of m, n, ng."""
    for vowel in "ae":
        if vowel in letters:
            return letters.index(vowel)
    if "ou" in letters:
        return letters.index("o")
    vowels = [i for i, letter in enumerate(letters) if letter in "iouü"]
    return vowels[-1] if vowels else 0


def tone(syllable: str) -> int:
    """The tone of a marked syllable, 1 to 4, or 5 for the neutral tone."""
    for mark in unicodedata.normalize("NFD", syllable):
        if mark in _TONES:
            return _TONES.index(mark) + 1
    return 5


def toneless(syllable: str) -> str:
    """A marked syllable without its tone.

    >>> toneless("lǜ")
    'lü'
    """
    letters = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES))


def with_tone(syllable: str, number: int) -> str:
    """A syllable with another tone."""
    return from_numbered(f"{toneless(syllable)}{number}")


def numbered(syllable: str) -> str:
    """A marked syllable with its tone as a number, 5 for the neutral tone.

    >>> numbered("lǜ"), numbered("de")
    ('lü4', 'de5')
    """
    return f"{toneless(syllable)}{tone(syllable)}"


def zhuyin(syllable: str) -> str:
    """A marked syllable in zhuyin; the neutral tone's dot stands before it.

    >>> zhuyin("lǜ"), zhuyin("de"), zhuyin("zhōng"), zhuyin("r")
    ('ㄌㄩˋ', '˙ㄉㄜ', 'ㄓㄨㄥ', 'ㄦ')
    """
    letters = toneless(syllable)
    mark = "ˊˇˋ"[tone(syllable) - 2] if tone(syllable) in (2, 3, 4) else ""
    dot = "˙" if tone(syllable) == 5 and letters != "r" else ""
    return dot + (_NASALS.get(letters) or _in_zhuyin(letters)) + mark


def _in_zhuyin(letters: str) -> str:
    """A syllable with a vowel, without its tone."""
    for written, plain in _WRITTEN_FINALS:
        if letters.startswith(written):
            letters = plain + letters[len(written) :]
            break
    initial = next((letters[:size] for size in (2, 1) if letters[:size] in _INITIALS), "")
    final = letters[len(initial) :]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "ü" + final[1:]
    if initial in ("zh", "ch", "sh", "r", "z", "c", "s") and final == "i":
        final = ""
    return _INITIALS.get(initial, "") + _FINALS.get(final, final)


def spelled(
    text: str,
    reading: Sequence[str],
    style: Style = "marks",
    capitals: Collection[int] = (),
    breaks: Collection[int] = (),
) -> str:
    """The spelling of a word.

    Args:
        text: the word.
        reading: one marked syllable a character, "" where a character has none.
        style: tone marks or numbers, syllables written together, or zhuyin, a space between syllables.
        capitals: the characters whose syllables begin a name.
        breaks: the characters before whose syllables there is a space.

    >>> spelled("西安", ("xī", "ān"), capitals=[0]), spelled("你好", ("nǐ", "hǎo"), "numbers"), spelled("，", ("",))
    ("Xī'ān", 'ni3hao3', ',')
    >>> spelled("习近平", ("xí", "jìn", "píng"), capitals=[0, 1], breaks=[1])
    'Xí Jìnpíng'
    """
    if style == "zhuyin":
        return " ".join(zhuyin(s) if s else c for c, s in zip(text, reading, strict=True)).strip()
    out = ""
    for i, (character, syllable) in enumerate(zip(text, reading, strict=True)):
        if i in breaks:
            out += " "
        if not syllable:
            out += _PUNCTUATION.get(character, character)
            continue
        if out and out[-1].isalnum() and toneless(syllable)[0] in "aoe":
            out += "'"
        spelling = syllable if style == "marks" else numbered(syllable)
        out += spelling[:1].upper() + spelling[1:] if i in capitals else spelling
    return out.strip()


def with_sandhi(reading: Sequence[Sequence[str]], text: Sequence[str]) -> list[tuple[str, ...]]:
    """The readings of a sentence's words as they are spoken: 一 and 不 before other tones, third tones in a word.

    Args:
        reading: for each word one syllable a character.
        text: the words.

    Returns:
        The readings in the same shape. 一 becomes yí before a fourth tone and yì before others, except in numbers, as
        an ordinal, and at the end of a longer word; 不 becomes bú before a fourth tone; of two third tones in a word
        the first becomes a second tone.
    """
    characters = [c for word in text for c in word]
    syllables = [s for word in reading for s in word]
    last = set(accumulate(len(word) for word in text if word))    # behind each word
    spoken = list(syllables)
    for i, (character, syllable) in enumerate(zip(characters, syllables, strict=True)):
        following = tone(syllables[i + 1]) if i + 1 < len(syllables) and syllables[i + 1] else 0
        ends_word = i + 1 in last and i not in {0, *last}
        if character == "不" and syllable == "bù" and following == 4:
            spoken[i] = "bú"
        elif character == "一" and syllable == "yī" and following and not ends_word and not _counts(characters, i):
            spoken[i] = "yí" if following == 4 else "yì"
    at = 0
    out = []
    for word in text:
        own = spoken[at : at + len(word)]
        for i in range(len(own) - 1):
            if own[i] and own[i + 1] and tone(own[i]) == tone(own[i + 1]) == 3:
                own[i] = with_tone(own[i], 2)
        out.append(tuple(own))
        at += len(word)
    return out


def _counts(characters: Sequence[str], i: int) -> bool:
    """Whether the 一 at i is a digit or an ordinal, which keeps its tone."""
    numerals = "第零〇一二三四五六七八九十百千万亿"
    following = characters[i + 1] if i + 1 < len(characters) else ""
    return (i > 0 and characters[i - 1] in numerals) or following in tuple("零〇一二三四五六七八九十月日号")
