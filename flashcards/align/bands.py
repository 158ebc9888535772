"""The part of the search space that is looked at: a band of cells along the path, however long the text is.

A cell (i, j) stands for i Chinese and j English sentences done. A band holds for each i the cells from `low[i]` up to
but without `high[i]`, one row after the other, so that everything about them fits into flat arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from flashcards.align.sides import Floats, Ints


@dataclass(frozen=True)
class Band:
    """The cells of n + 1 rows; neither `low` nor `high` ever falls."""

    low: Ints
    high: Ints

    @cached_property
    def starts(self) -> Ints:
        """Where each row begins among the cells, and at last the number of cells."""
        return np.concatenate([[0], np.cumsum(self.high - self.low)]).astype(np.intp)

    @cached_property
    def rows(self) -> Ints:
        """The i of each cell."""
        return np.repeat(np.arange(len(self.low)), self.high - self.low)

    @cached_property
    def columns(self) -> Ints:
        """The j of each cell."""
        return np.arange(self.starts[-1]) - np.repeat(self.starts[:-1] - self.low, self.high - self.low)

    def __len__(self) -> int:
        return int(self.starts[-1])

    def cells(self, rows: Ints, columns: Ints) -> Ints:
        """The index of each cell (row, column); `len(self)` for one outside the band."""
        within = np.clip(rows, 0, len(self.low) - 1)
        inside = (rows == within) & (columns >= self.low[within]) & (columns < self.high[within])
        return np.where(inside, self.starts[within] + columns - self.low[within], len(self))

    def transposed(self, english: int) -> "Band":
        """The same cells with the languages' roles exchanged."""
        columns = np.arange(english + 1)
        low = np.searchsorted(self.high, columns, "right")
        high = np.searchsorted(self.low, columns, "right")
        return Band(low, np.maximum(high, low))


def around(corners: Sequence[tuple[float, float]], chinese: int, english: int, rows: int, columns: int) -> Band:
    """All cells that are at most so many rows and columns from a path.

    Args:
        corners: the path's corners, ascending in both coordinates, from (0, 0) to (chinese, english).
        chinese: the number of Chinese sentences.
        english: the number of English ones.
        rows: how far the band reaches along the Chinese side.
        columns: how far it reaches along the English side.
    """
    x, y = (np.array(values, np.float64) for values in zip(*corners, strict=True))
    at = np.arange(chinese + 1)
    # Where the path runs along the English side at one i, its lowest point counts for `low` and its highest for `high`.
    first = -np.interp(-(at - rows), -x[::-1], -y[::-1])
    last = np.interp(at + rows, x, y)
    low = np.clip(np.floor(first) - columns, 0, english).astype(np.intp)
    high = np.clip(np.ceil(last) + columns + 1, 1, english + 1).astype(np.intp)
    low[0], high[-1] = 0, english + 1
    return Band(np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high))


def diagonal(zh_lengths: Floats, en_lengths: Floats) -> list[tuple[float, float]]:
    """The path on which both sides have as many characters behind them, in share of the whole."""
    done = np.concatenate([[0.0], np.cumsum(zh_lengths)]) / zh_lengths.sum()
    written = np.concatenate([[0.0], np.cumsum(en_lengths)]) / en_lengths.sum()
    middle = np.interp(done, written, np.arange(len(written)))
    return list(zip(map(float, range(len(done))), map(float, middle), strict=True))
