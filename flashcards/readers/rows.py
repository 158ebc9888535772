"""Which cells in a row of a table translate each other, and which only say how the Chinese is read."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from flashcards.model import Language
from flashcards.readers.pieces import Piece
from flashcards.text.languages import language
from flashcards.text.pinyin import is_pinyin_of

_WIDEST = 100    # cells of a row that may hold readings, as each is compared with all; Word's tables have 63 columns


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
    if len(cells) > _WIDEST:
        return list(cells)
    chinese = [cell[0].text for cell in cells if len(cell) == 1 and language(cell[0].text) == "zh"]
    return [cell for cell in cells if len(cell) != 1 or not any(is_pinyin_of(cell[0].text, text) for text in chinese)]
