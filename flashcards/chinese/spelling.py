"""How words are written: as pinyin with tone marks or numbers, or as zhuyin."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from flashcards.chinese.numerals import Phrase
from flashcards.chinese.syllables import from_numbered, numbered, toneless
from flashcards.chinese.zhuyin import zhuyin

__all__ = ["STYLES", "Layout", "Spelling", "Style", "from_numbered", "spelled"]

Style = Literal["marks", "numbers", "zhuyin"]
STYLES: tuple[Style, ...] = get_args(Style)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How words are to be spelled: the style, spaces between a word's syllables, tones as they are spoken.

    `numbers` says that numbers in Arabic digits are read out (`numerals.spoken_numbers`), in citation tones always;
    without it they stay digits, as GB/T 16159 has it.
    """

    style: Style = "marks"
    by_syllables: bool = False
    sandhi: bool = False
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What joins and parts a word's syllables, and which begin with a capital; all are positions of its characters.

    There is a space before the `breaks` and a hyphen before the `hyphens`; a hyphen at the word's length stands behind
    it and joins it to the next word (dì- in dì-èrshí).
    """

    capitals: frozenset[int] = frozenset()
    breaks: frozenset[int] = frozenset()
    hyphens: frozenset[int] = frozenset()


_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_PUNCTUATION = _FULL_WIDTH | {
    "。": ".", "｡": ".", "、": ",", "､": ",", "《": "“", "》": "”", "〈": "‘", "〉": "’", "「": "“", "」": "”",
    "『": "‘", "』": "’", "｢": "“", "｣": "”", "【": "[", "】": "]", "〔": "[", "〕": "]", "〖": "[", "〗": "]",
    "—": "–", "⋯": "…", "·": " ", "‧": " ", "・": " ", "\u3000": " ",
}  # fmt: skip


def spelled(
    text: str,
    reading: Sequence[str],
    style: Style = "marks",
    capitals: Collection[int] = (),
    breaks: Collection[int] = (),
    hyphens: Collection[int] = (),
    said: Mapping[int, Phrase] | None = None,
) -> str:
    """The spelling of a word.

    Args:
        text: the word.
        reading: one marked syllable a character, "" where a character has none.
        style: tone marks or numbers, syllables written together, or zhuyin, a space between syllables.
        capitals: the characters whose syllables begin a name.
        breaks: the characters before whose syllables there is a space.
        hyphens: those before which there is a hyphen; the word's length for one behind it.
        said: for a character what is said in its place, a number's words; () if it is said elsewhere.

    Every character is there exactly once: as its syllable, as the mark that Latin writing has for it, or as it is.

    >>> spelled("西安", ("xī", "ān"), capitals=[0]), spelled("你好", ("nǐ", "hǎo"), "numbers"), spelled("，", ("",))
    ("Xī'ān", 'ni3hao3', ',')
    >>> spelled("习近平", ("xí", "jìn", "píng"), capitals=[0, 1], breaks=[1])
    'Xí Jìnpíng'
    >>> spelled("第三", ("dì", "sān"), hyphens=[1]), spelled("T恤", ("", "xù")), spelled("花儿", ("huā", "r"), "zhuyin")
    ('dì-sān', 'T xù', 'ㄏㄨㄚㄦ')
    """
    said = said or {}
    if style == "zhuyin":
        return _in_zhuyin(text, reading, said)
    out = ""
    last = ""    # what stands before: a syllable, a number that was said, a letter or digit that is kept, a mark
    for i, (character, syllable) in enumerate(zip(text, reading, strict=True)):
        if i in said:
            piece, kind = " ".join("".join(_written(word, style)) for word in said[i]), "number"
        elif syllable:
            (piece,), kind = _written((syllable,), style), "syllable"
            if i in capitals:
                piece = piece[:1].upper() + piece[1:]
        else:
            piece, kind = _PUNCTUATION.get(character, character), "letter" if character.isalnum() else "mark"
        if not piece:
            continue
        if i in hyphens and out:
            out += "-"
        elif i in breaks or (last != kind and "mark" not in (last, kind)):
            out += "" if out.endswith(" ") else " "    # the dot of a foreign name is a space already
        elif kind == last == "syllable" and _needs_apostrophe(syllable):
            out += "'"
        out += piece
        last = kind
    return (out + "-" if len(text) in hyphens else out).strip()


def _written(word: Sequence[str], style: Style) -> list[str]:
    """A word's syllables as they are written, with the apostrophes between them."""
    written = [syllable if style == "marks" else numbered(syllable) for syllable in word]
    return [f"'{s}" if i and _needs_apostrophe(s) else s for i, s in enumerate(written)]


def _needs_apostrophe(syllable: str) -> bool:
    """Whether a syllable behind another one begins with an apostrophe: it begins with a, o or e."""
    return toneless(syllable)[0] in "aoeê"


def _in_zhuyin(text: str, reading: Sequence[str], said: Mapping[int, Phrase]) -> str:
    """The word in zhuyin: a space between syllables, none before the ㄦ of erhua nor inside what has no reading."""
    out = ""
    kept = False    # whether a character without a reading stands before
    for i, (character, syllable) in enumerate(zip(text, reading, strict=True)):
        phrase = said.get(i, ((syllable,),) if syllable else ())
        syllables = [s for word in phrase for s in word]
        if i in said and not syllables:
            continue
        piece = " ".join(map(zhuyin, syllables)) if syllables else character
        joined = kept if not syllables else syllable == "r"
        out += piece if joined or not out else f" {piece}"
        kept = not syllables
    return out.strip()
