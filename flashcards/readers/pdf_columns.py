"""The columns of a page, found by the white between them: which pieces of lines are read one after the other."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median

from flashcards.readers.pdf_lines import Segment, merged
from flashcards.text.languages import language

Column = tuple[Segment, ...]
"""The lines of a column from top to bottom."""

Band = tuple[Column, ...]
"""A part of a page, as high as its columns stand side by side: the columns from left to right."""

_DEEPEST = 8
_GUTTER = 0.8    # of the size: the least width of the white between columns
_SAME_LINE = 0.35    # of the size
_NEXT_LINE = 1.8    # of the size: baselines in one paragraph are seldom farther apart
_LINES_OF_A_COLUMN = 4    # the fewest lines that make columns of one language
_LINES_OF_A_LANGUAGE = 2    # the fewest that make columns of two
_WIDE_GUTTER = 6.0    # half gutters; over so wide a gap, or with nothing else around, one line of either is enough


def bands(segments: Sequence[Segment], depth: int = 0) -> list[Band]:
    """The parts of a page from top to bottom.

    Args:
        segments: the page's pieces of lines.
        depth: how many columns they stand in, one inside the other; too deep ones are none.
    """
    gutter = _gutter(segments) if depth < _DEEPEST else None
    if gutter is None:
        return [(lines(segments),)] if segments else []
    found: list[Band] = []
    for is_parted, part in _parts(segments, gutter):
        both = _sides(part, gutter)
        if is_parted and all(both):
            sides = [bands(side, depth + 1) for side in both]
            found.append(tuple(column for side in sides for column in (side[0] if len(side) == 1 else (_flat(side),))))
        else:
            found += bands(part, depth + 1)
    return found


def lines(segments: Iterable[Segment]) -> Column:
    """The segments as whole lines."""
    found: list[Segment] = []
    for segment in sorted(segments, key=lambda each: (each.y, each.left)):
        if found and abs(found[-1].y - segment.y) < _SAME_LINE * segment.size:
            found[-1] = merged(*sorted((found[-1], segment), key=lambda each: each.left))
        else:
            found.append(segment)
    return tuple(found)


def _flat(side: Iterable[Band]) -> Column:
    return tuple(line for band in side for column in band for line in column)


def _sides(segments: Iterable[Segment], gutter: float) -> tuple[list[Segment], list[Segment]]:
    sides: tuple[list[Segment], list[Segment]] = ([], [])
    for segment in segments:
        sides[segment.left > gutter].append(segment)
    return sides


def _gutter(segments: Sequence[Segment]) -> float | None:
    """Where the white is that parts most lines, and that is widest among those; None if there are no columns."""
    if len(segments) < 2:
        return None
    half = _GUTTER / 2 * median(segment.size for segment in segments)
    languages = {segment: language(segment.text) for segment in segments}
    edges = {round(edge) for each in segments for edge in (each.right + half, each.left - half)}
    best, best_merit = None, (0, 0.0)
    for edge in sorted(edges):
        merit = (0, 0.0)
        for is_parted, part in _runs(segments, edge, half):
            left, right = _sides(part, edge)
            if is_parted and left and right:
                spoken = [{languages[each] for each in side} - {None} for side in (left, right)]
                count = min(_beside(left, right), _beside(right, left))
                width = min(each.left for each in right) - max(each.right for each in left)
                if spoken[0].isdisjoint(spoken[1]):    # one of them may be numbers or pinyin
                    least = 1 if width >= _WIDE_GUTTER * half or len(part) == len(segments) else _LINES_OF_A_LANGUAGE
                else:
                    least = _LINES_OF_A_COLUMN
                if count >= least:
                    merit = merit[0] + count, max(merit[1], width)
        if merit > best_merit:
            best, best_merit = edge, merit
    return best


def _beside(side: Sequence[Segment], other: Sequence[Segment]) -> int:
    """How many lines of one side stand between the first and the last one of the other."""
    top, bottom = min(each.y for each in other), max(each.y for each in other)
    return len({round(each.y) for each in side if top - each.size < each.y < bottom + each.size})


def _runs(segments: Iterable[Segment], gutter: float, half: float) -> list[tuple[bool, list[Segment]]]:
    """The segments from top to bottom in runs that the gutter parts, or that cross it."""

    def is_parted(segment: Segment) -> bool:
        return segment.left >= gutter + half - 1 or segment.right <= gutter - half + 1

    ordered = sorted(segments, key=lambda each: (each.y, each.left))
    return [(parted, list(run)) for parted, run in groupby(ordered, key=is_parted)]


def _parts(segments: Sequence[Segment], gutter: float) -> list[tuple[bool, list[Segment]]]:
    """The runs, after lines that are only short have been given back to the text across the page that they end."""
    half = _GUTTER / 2 * median(segment.size for segment in segments)
    parts: list[tuple[bool, list[Segment]]] = []
    for parted, run in _runs(segments, gutter, half):
        if not parted:
            parts.append((False, run))
            continue
        ending = _ending(parts[-1][1][-1], run, gutter) if parts else 0
        if ending:
            parts[-1][1].extend(run[:ending])
        rest = run[ending:]
        tail = _tail(rest, gutter)
        parts += [(True, rest[:tail])] if rest[:tail] else []
        parts += [(False, rest[tail:])] if rest[tail:] else []
    return parts


def _ending(last: Segment, run: Sequence[Segment], gutter: float) -> int:
    """How many lines at the beginning of a run are only the short end of the text that crosses the gutter above."""
    count = 0
    for segment, following in zip(run, [*run[1:], None], strict=True):
        has_neighbour = following is not None and following.y - segment.y < _SAME_LINE * segment.size
        if segment.left > gutter or has_neighbour or segment.y - last.y > _NEXT_LINE * segment.size:
            break
        last, count = segment, count + 1
    return count


def _tail(run: Sequence[Segment], gutter: float) -> int:
    """Where lines on one side only, below both columns and apart from them, begin."""
    left, right = _sides(run, gutter)
    if not (left and right):
        return 0
    both_end = min(left[-1].y, right[-1].y)
    for index in range(1, len(run)):
        segment, before = run[index], run[index - 1]
        if before.y >= both_end and segment.y - before.y > _NEXT_LINE * segment.size:
            return index
    return len(run)
