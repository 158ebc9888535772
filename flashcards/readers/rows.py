"""Which cells in a row of a table translate each other, and which only say how the Chinese is read."""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from flashcards.model import HAN, Language
from flashcards.readers.pieces import Piece
from flashcards.text.languages import language

_SYLLABLE = r"""(?:
    [bp](?:a|o|ai|ei|ao|ou|an|en|ang|eng|i|ie|iao|ian|in|ing|u)
  | m(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|i|ie|iao|iu|ian|in|ing|u)
  | f(?:a|o|ei|ou|an|en|ang|eng|u)
  | [dt](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|ing|u|uo|ui|uan|un)
  | [nl](?:a|e|o|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|in|iang|ing|u|uo|uan|un|[üv]e?|ue)
  | [gkh](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)
  | [jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)
  | [zcs]h?(?:a|e|i|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)
  | r(?:e|i|ao|ou|an|en|ang|eng|ong|u|ua|uo|ui|uan|un)
  | y(?:a|e|i|o|ai|ao|ou|an|in|ang|ing|ong|u|ue|uan|un)
  | w(?:a|o|u|ai|ei|an|en|ang|eng)
  | a|o|e|ai|ei|ao|ou|an|en|ang|eng|er
)r?[0-5]?[\s'’·-]*"""
_TONE_MARKS = "\u0304\u0301\u030c\u0300"
_TONES = re.compile(f"[{_TONE_MARKS}]|[a-zü][1-4]")
_CHINESE_CHARACTER = re.compile(f"[{HAN}]")
_LONGEST = 20    # characters; a whole sentence is no word of a list


@dataclass(frozen=True, slots=True)
class Group:
    """A range of the cells of a row, from `start` to before `end`, and whether they translate each other."""

    start: int
    end: int
    is_row: bool


def groups(languages: Sequence[Set[Language]]) -> list[Group]:
    """Which cells of a row translate each other, by the languages that each cell has.

    Cells that have both languages each stand for themselves; where the two languages take turns (a word, its
    translation, another word, its translation), every turn does.

    >>> groups([{"zh"}, {"en"}, {"zh"}, {"en"}])
    [Group(start=0, end=2, is_row=True), Group(start=2, end=4, is_row=True)]
    """
    both = {"zh", "en"}
    if not both <= set().union(*languages):
        return [Group(0, len(languages), False)]
    if all(both <= each for each in languages if each):
        return [Group(index, index + 1, bool(each)) for index, each in enumerate(languages)]
    turns = [(index, "".join(each)) for index, each in enumerate(languages) if each]
    codes = [code for _, code in turns]
    if codes[0] == codes[1] or codes != codes[:2] * (len(codes) // 2):
        return [Group(0, len(languages), True)]
    starts = [0, *(index for index, code in turns[2:] if code == codes[0])]
    return [Group(start, end, True) for start, end in zip(starts, [*starts[1:], len(languages)], strict=True)]


def is_pinyin_of(text: str, chinese: str) -> bool:
    """Whether a text is the reading of a Chinese word or phrase: as many syllables as it has characters, with tones.

    >>> is_pinyin_of("huài", "坏"), is_pinyin_of("ni3 hao3", "你好"), is_pinyin_of("China", "中国")
    (True, True, False)
    """
    characters = len(_CHINESE_CHARACTER.findall(chinese))
    decomposed = unicodedata.normalize("NFD", text.lower().strip(" ()[]/（）【】.,。，"))
    if not 0 < characters <= _LONGEST or not _TONES.search(decomposed):
        return False
    plain = unicodedata.normalize("NFC", re.sub(f"[{_TONE_MARKS}]", "", decomposed))
    return re.fullmatch(f"(?:{_SYLLABLE}){{{characters}}}", plain, re.VERBOSE) is not None


def pieces_of(cells: Sequence[Sequence[Piece]], numbers: Iterator[int]) -> Iterator[Piece]:
    """The cells of a row of a table as pieces: those that translate each other in a row, readings left out.

    Args:
        cells: what stands in each cell.
        numbers: gives each row its number.
    """
    read = without_pinyin(cells)
    for group in groups([{lang for piece in cell if (lang := language(piece.text))} for cell in read]):
        own = read[group.start : group.end]
        if not group.is_row:
            yield from (piece for cell in own for piece in cell)
            continue
        row = next(numbers)
        yield from (replace(piece, kind="cell", row=row) for cell in own for piece in cell)


def without_pinyin(cells: Sequence[Sequence[Piece]]) -> list[Sequence[Piece]]:
    """The cells of a row without those that are the reading of a Chinese one."""
    chinese = [cell[0].text for cell in cells if len(cell) == 1 and language(cell[0].text) == "zh"]
    return [cell for cell in cells if len(cell) != 1 or not any(is_pinyin_of(cell[0].text, text) for text in chinese)]
