"""Paragraphs of columns side by side as rows: those of a table, or of two texts set level with each other."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from flashcards.readers.overlap import Span, runs
from flashcards.readers.pdf_lines import is_pinyin
from flashcards.readers.pdf_paragraphs import Paragraph
from flashcards.readers.pieces import COLUMN_NAMES
from flashcards.text.languages import language

_AT_ONE_HEIGHT = 0.6    # of the size
_MOST, _MANY = 0.8, 0.6    # of the rows must be level; of the paragraphs must be in level rows
_LINES_OF_A_CELL = 4
_NEXT = 0.4    # of the size: white between lines of one cell

Pair = tuple[Sequence[Paragraph], Sequence[Paragraph]]
"""Paragraphs in Chinese and in English that stand beside each other."""


def rows(columns: Sequence[Sequence[Paragraph]], first: int, *, go_on: bool = False) -> list[Paragraph] | None:
    """The paragraphs of columns side by side from top to bottom, with the rows of a table or of parallel texts.

    Args:
        columns: the columns' paragraphs.
        first: the number of the first row.
        go_on: whether there were rows before, of which these may be the last.

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
    if not _are_rows(pairs, go_on=go_on):
        return None
    spans = _spans(pairs)
    placed = [(each, _nearest(each, spans)) for column in columns for each in column]
    names = {row for row in range(len(spans)) if _only_names_columns(each for each, own in placed if own == row)}
    placed.sort(key=lambda entry: entry[0].span[0] if entry[1] is None else spans[entry[1]][0])
    return [replace(each, row=None if row is None else first + row) for each, row in placed if row not in names]


def _spans(pairs: Iterable[Pair]) -> list[Span]:
    """The rows' tops and bottoms.

    What is not level is part of the row above, and so are items of lists that stand so close that they seem to be rows
    of one and of two.
    """
    spans: list[Span] = []
    was_uneven = False
    for left, right in pairs:
        top, bottom = min(left[0].span[0], right[0].span[0]), max(left[-1].span[1], right[-1].span[1])
        is_uneven = len(left) != len(right)
        is_close = bool(spans) and top - spans[-1][1] < _NEXT * left[0].size
        if spans and (not _are_level(left, right) or (is_close and (is_uneven or was_uneven))):
            spans[-1] = spans[-1][0], max(spans[-1][1], bottom)
        else:
            spans.append((top, bottom))
        was_uneven = is_uneven
    return spans


def _nearest(paragraph: Paragraph, spans: Sequence[Span]) -> int | None:
    """The index of the span that shares most with the paragraph, or ends right above it; None if none does."""
    top, bottom = paragraph.span
    shared = [min(bottom, other[1]) - max(top, other[0]) for other in spans]
    if max(shared) > 0:
        return shared.index(max(shared))
    above = [index for index, other in enumerate(spans) if 0 <= top - other[1] < _NEXT * paragraph.size]
    return above[-1] if above else None


def _only_names_columns(row: Iterable[Paragraph]) -> bool:
    return all(each.text.strip().casefold() in COLUMN_NAMES for each in row)


def _are_rows(pairs: Sequence[Pair], *, go_on: bool) -> bool:
    """Whether most paragraphs stand beside one of the other language at the same height."""
    level = sum(1 for left, right in pairs if _are_level(left, right))
    if not level:
        return False
    if level == len(pairs) == 1:    # a table of one row, but not a page with one paragraph in each column
        return go_on or max(len(each.lines) for side in pairs[0] for each in side) <= _LINES_OF_A_CELL
    paragraphs = max(sum(map(len, side)) for side in zip(*pairs, strict=True))
    return level >= 2 and level >= _MOST * len(pairs) and level >= _MANY * paragraphs


def _are_level(left: Sequence[Paragraph], right: Sequence[Paragraph]) -> bool:
    (top, bottom), (other_top, other_bottom) = ((side[0].span[0], side[-1].span[1]) for side in (left, right))
    allowed = _AT_ONE_HEIGHT * max(left[0].size, right[0].size)
    return abs(top - other_top) <= allowed or abs(top + bottom - other_top - other_bottom) / 2 <= allowed
