"""Paragraphs of columns side by side as rows: those of a table, or of two texts set level with each other."""

from collections.abc import Sequence
from dataclasses import replace

from flashcards.readers.overlap import runs
from flashcards.readers.pdf_lines import is_pinyin
from flashcards.readers.pdf_paragraphs import Paragraph
from flashcards.readers.pieces import COLUMN_NAMES
from flashcards.text.languages import language

_AT_ONE_HEIGHT = 0.6    # of the size
_MOST, _MANY = 0.8, 0.6    # of the rows must be level; of the paragraphs must be in level rows
_LINES_OF_A_CELL = 4


def rows(columns: Sequence[Sequence[Paragraph]], first: int) -> list[Paragraph] | None:
    """The paragraphs of columns side by side from top to bottom, with the rows of a table or of parallel texts.

    Args:
        columns: the columns' paragraphs.
        first: the number of the first row.

    Returns:
        The paragraphs by row and in a row by column; None if the columns are read one after the other: they are in one
        language, or their paragraphs stand at heights that have nothing to do with each other.
    """
    columns = [column for column in columns if not is_pinyin(" ".join(each.text for each in column))]
    languages = [language(" ".join(each.text for each in column)) for column in columns]
    if not {"zh", "en"} <= set(languages):
        return None
    zh, en = (sorted(columns[languages.index(lang)], key=lambda each: each.span) for lang in ("zh", "en"))
    found = runs([each.span for each in zh], [each.span for each in en])
    pairs = [(zh[left.start : left.stop], en[right.start : right.stop]) for left, right in found]
    if not _are_rows(pairs):
        return None
    spans = [(min(a[0].span[0], b[0].span[0]), max(a[-1].span[1], b[-1].span[1])) for a, b in pairs]
    placed = [
        replace(each, row=next((first + n for n, span in enumerate(spans) if _middle_is_in(each, span)), None))
        for column in columns
        for each in column
    ]
    names = {row for row in range(first, first + len(spans)) if _only_names_columns(placed, row)}
    placed = [each for each in placed if each.row not in names]
    tops = {first + n: span[0] for n, span in enumerate(spans)}
    return sorted(placed, key=lambda each: tops.get(each.row, each.span[0]) if each.row is not None else each.span[0])


def _only_names_columns(placed: Sequence[Paragraph], row: int) -> bool:
    return all(each.text.strip().casefold() in COLUMN_NAMES for each in placed if each.row == row)


def _are_rows(pairs: Sequence[tuple[Sequence[Paragraph], Sequence[Paragraph]]]) -> bool:
    """Whether most paragraphs stand beside one of the other language at the same height."""
    level = sum(1 for left, right in pairs if _are_level(left, right))
    if not level:
        return False
    if level == len(pairs) == 1:    # a table of one row, but not a page with one paragraph in each column
        return max(len(each.lines) for side in pairs[0] for each in side) <= _LINES_OF_A_CELL
    paragraphs = max(sum(map(len, side)) for side in zip(*pairs, strict=True))
    return level >= 2 and level >= _MOST * len(pairs) and level >= _MANY * paragraphs


def _are_level(left: Sequence[Paragraph], right: Sequence[Paragraph]) -> bool:
    (top, bottom), (other_top, other_bottom) = ((side[0].span[0], side[-1].span[1]) for side in (left, right))
    allowed = _AT_ONE_HEIGHT * max(left[0].size, right[0].size)
    return abs(top - other_top) <= allowed or abs(top + bottom - other_top - other_bottom) / 2 <= allowed


def _middle_is_in(paragraph: Paragraph, span: tuple[float, float]) -> bool:
    return span[0] <= sum(paragraph.span) / 2 <= span[1]
