"""Which spans of two sides belong together because they overlap, in time or on a page."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

Span = tuple[float, float]
"""From its start to its end, in seconds or in points."""

_OVERLAP = 0.5    # of the shorter of two spans


def runs(left: Sequence[Span], right: Sequence[Span]) -> list[tuple[range, range]]:
    """The smallest runs of both sides, in order, that no overlapping pair of spans leaves.

    Args:
        left: spans that are not empty, by their starts.
        right: the same of the other side.

    Returns:
        Ranges of indices, those of the left side and those of the right one.
    """
    found: list[tuple[range, range]] = []
    for i, j in _overlapping(left, right):
        run = range(i, i + 1), range(j, j + 1)
        while found and any(new.start < old.stop for new, old in zip(run, found[-1], strict=True)):
            before = found.pop()
            run = _union(before[0], run[0]), _union(before[1], run[1])
        found.append(run)
    return found


def _union(one: range, other: range) -> range:
    return range(min(one.start, other.start), max(one.stop, other.stop))


def _overlapping(left: Sequence[Span], right: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The pairs of indices of spans that overlap by a good part of the shorter one, in order."""
    starts = [start for start, _ in right]
    longest = max((end - start for start, end in right), default=0.0)
    for i, (start, end) in enumerate(left):
        for j in range(bisect_left(starts, start - longest), bisect_left(starts, end)):
            shorter = min(end - start, right[j][1] - right[j][0])
            if min(end, right[j][1]) - max(start, right[j][0]) >= _OVERLAP * shorter:
                yield i, j
