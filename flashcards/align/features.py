"""What speaks for and against each bead: the features that its score is a weighted sum of."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flashcards.align.bands import Band
from flashcards.align.evidence import Scores, Strips, score_strips
from flashcards.align.search import Shape
from flashcards.align.sides import ENDINGS, Floats, Ints, Side
from flashcards.align.tables import Step, Table

SHAPES: tuple[Shape, ...] = (
    (1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (4, 1), (2, 3), (3, 2), (1, 5), (3, 3), (2, 4), (4, 2),
    (1, 6),
)  # fmt: skip
"""The shapes of beads, besides single sentences without translation."""

MOST_ZH = max(a for a, _ in SHAPES)
MOST_EN = max(b for _, b in SHAPES)

GROUPS = ("one to one", "one to many", "many to one", "many to many")

BEAD_FEATURES = (
    "english explained", "chinese explained", "length", "length, tempered",
    "english longer", "length ratio", "quotations", "one side quotes", "questions", "one side asks", "exclamations",
    "one side exclaims", "english in order", "english crossed", "chinese in order", "chinese crossed",
)  # fmt: skip
"""What is told of each bead; each has a weight in each of the `GROUPS`."""

BOUNDARY_FEATURES = (
    *(f"ends with {mark}" for mark in ENDINGS), "closes", "next opens", "quoting", "length before", "length behind",
    "shorter length", "within a quotation",
)  # fmt: skip
"""What is told of a boundary between two sentences that lies inside a bead."""

OMISSION_FEATURES = ("any", "log length", "length", "asks", "exclaims", "quotes", "best translation")
"""What is told of a sentence that is left without translation."""

_VARIANCE = 6.8    # of the length difference per character; Gale and Church's value, which fits Chinese too
_MEDIAN_OF_SQUARE = 0.455    # of a normal variable of variance 1
_USUAL_RATIO = (2.5, 6.0)    # English characters for a Chinese one
_ENOUGH = 10    # single pairs from which something is learnt of a text
_MEAN_LENGTHS = (25.0, 100.0)


@dataclass(frozen=True, slots=True)
class Traits:
    """How a text is translated: English characters for a Chinese one, and how much their number varies for each."""

    ratio: float
    variance: float


@dataclass(frozen=True)
class Features:
    """All features of the beads of a band of n + 1 rows and m + 1 columns.

    `zh_inner[a]` are, for the windows of a Chinese sentences that end at each row, the sums of their boundary features,
    `zh_omitted` the features of leaving out the sentence that ends at each row.
    """

    band: Band
    zh: Side
    en: Side
    forward: Table
    backward: Table
    english: Strips
    chinese: Strips
    traits: Traits
    zh_inner: Sequence[Floats]
    en_inner: Sequence[Floats]
    zh_omitted: Floats
    en_omitted: Floats

    def of_shape(self, shape: Shape, wanted: NDArray[np.bool_] | None = None) -> Scores:
        """The `BEAD_FEATURES` of all beads of a shape, features × cells; zeros for those that are not wanted."""
        a, b = shape
        rows, columns = self.band.rows, self.band.columns
        out = np.zeros((len(BEAD_FEATURES), len(self.band)), np.float32)
        wanted = np.ones(len(BEAD_FEATURES), np.bool_) if wanted is None else wanted
        out[0] = self.english.sums(a, rows, columns, b) / 10
        out[1] = self.chinese.sums(b, columns, rows, a) / 10
        if wanted[2:6].any():
            out[2:6] = self._lengths(a, b)
        if wanted[6:12].any():
            out[6:12] = self._marks(a, b)
        if b > 1 and wanted[12:14].any():
            out[12:14] = _order(self.english_halves, rows - a + 1, rows, columns - b + 1, columns)
        if a > 1 and wanted[14:16].any():
            out[14:16] = _order(self.chinese_halves, columns - b + 1, columns, rows - a + 1, rows)
        return out

    @cached_property
    def english_halves(self) -> tuple[Strips, Strips]:
        """The ratios of both halves of each Chinese sentence with English ones."""
        return _halves(self.zh, self.en, self.forward, self.band)

    @cached_property
    def chinese_halves(self) -> tuple[Strips, Strips]:
        """The ratios of both halves of each English sentence with Chinese ones."""
        return _halves(self.en, self.zh, self.backward, self.band.transposed(len(self.en)))

    def _lengths(self, a: int, b: int) -> list[Floats]:
        expected = self._of_cells(self.zh.lengths * self.traits.ratio, a, self.band.rows)
        actual = self._of_cells(self.en.lengths, b, self.band.columns)
        deviation = (actual - expected) / np.sqrt(np.maximum((expected + actual) / 2 * self.traits.variance, 1))
        square = deviation * deviation
        ratio = np.abs(np.log((actual + 5) / (expected + 5)))
        return [np.minimum(square, 60) / 10, np.log1p(square / 5), np.clip(deviation, -6, 6), ratio]

    def _marks(self, a: int, b: int) -> list[Floats]:
        out: list[Floats] = []
        for zh, en in (
            (self.zh.quotations, self.en.quotations),
            (self.zh.questions, self.en.questions),
            (self.zh.exclamations, self.en.exclamations),
        ):
            left = self._of_cells(zh, a, self.band.rows)
            right = self._of_cells(en, b, self.band.columns)
            out += [np.minimum(np.abs(left - right), 4), (left > 0) != (right > 0)]
        return out

    @staticmethod
    def _of_cells(values: Floats, size: int, ends: Ints) -> Floats:
        """The sum of the `size` values before each place."""
        total = np.concatenate([[0.0], np.cumsum(values)])
        windows = total - total[np.maximum(np.arange(len(total)) - size, 0)]
        return np.asarray(windows[ends], np.float64)


def group(shape: Shape) -> int:
    """The place of a shape's group in `GROUPS`."""
    a, b = shape
    return (0 if b == 1 else 1) if a == 1 else (2 if b == 1 else 3)


def make_features(zh: Side, en: Side, table: Table, band: Band, steps: Sequence[Step] = ()) -> Features:
    """The features of all beads in a band.

    Args:
        zh: the Chinese side.
        en: the English side.
        table: weights of how the symbols translate each other, Chinese × English.
        band: the cells.
        steps: the path of an earlier pass, from which it is learnt how this text is translated.
    """
    turned = band.transposed(len(en))
    forward, backward = table.row_normalised(), table.transposed().row_normalised()
    english = score_strips(zh, en, forward, band, MOST_ZH, MOST_EN)
    chinese = score_strips(en, zh, backward, turned, MOST_EN, MOST_ZH)
    best_zh, best_en = _best_partners(band, english, chinese, len(zh), len(en))
    return Features(
        band=band,
        zh=zh,
        en=en,
        forward=forward,
        backward=backward,
        english=english,
        chinese=chinese,
        traits=_traits(zh, en, steps),
        zh_inner=_inner(zh, MOST_ZH, _MEAN_LENGTHS[0]),
        en_inner=_inner(en, MOST_EN, _MEAN_LENGTHS[1]),
        zh_omitted=_omissions(zh, _MEAN_LENGTHS[0], best_zh),
        en_omitted=_omissions(en, _MEAN_LENGTHS[1], best_en),
    )


def _traits(zh: Side, en: Side, steps: Sequence[Step]) -> Traits:
    """How a text is translated, from the single pairs of a path; what is usual where there are few of them.

    Where one side leaves much out, the lengths of the whole say little, so their ratio is kept to what is usual.
    """
    single = [(a.start, b.start) for a, b in steps if len(a) == len(b) == 1]
    if len(single) < _ENOUGH:
        return Traits(float(np.clip(en.lengths.sum() / zh.lengths.sum(), *_USUAL_RATIO)), _VARIANCE)
    rows, columns = np.array(single, np.intp).T
    left, right = zh.lengths[rows], en.lengths[columns]
    ratio = float(np.median(right / left))
    square = float(np.median((right - left * ratio) ** 2 / (right + left * ratio) * 2)) / _MEDIAN_OF_SQUARE
    known = len(single) / (len(single) + _ENOUGH)
    return Traits(ratio, known * square + (1 - known) * _VARIANCE)


def _halves(source: Side, target: Side, table: Table, band: Band) -> tuple[Strips, Strips]:
    """The ratios of the first and of the second half of each source sentence."""
    reach = max(MOST_ZH, MOST_EN)
    return (
        score_strips(source.half(second=False), target, table, band, 1, reach),
        score_strips(source.half(second=True), target, table, band, 1, reach),
    )


def _order(
    halves: tuple[Strips, Strips], first_row: Ints, last_row: Ints, first_column: Ints, last_column: Ints
) -> tuple[Scores, Scores]:
    """How well a window's first half explains the first target and its second half the last, and the reverse."""
    begins, ends = halves
    kept = begins.at(first_row, first_column) + ends.at(last_row, last_column)
    crossed = ends.at(last_row, first_column) + begins.at(first_row, last_column)
    return np.asarray(kept / 10, np.float32), np.asarray(crossed / 10, np.float32)


def _inner(side: Side, most: int, mean_length: float) -> list[Floats]:
    """For 0 to `most` sentences the boundary features of the windows that end at each place, n + 1 × features."""
    n = len(side)
    of_boundary = np.zeros((n + 1, len(BOUNDARY_FEATURES)))    # at [k] the boundary before sentence k; none at the ends
    if n > 1:
        before, behind = slice(0, n - 1), slice(1, n)
        inner = of_boundary[1:n]
        inner[np.arange(n - 1), side.ending[before]] = 1
        kinds = len(ENDINGS)
        inner[:, kinds] = side.closes[before]
        inner[:, kinds + 1] = side.opens[behind]
        inner[:, kinds + 2] = side.quoting[before]
        left, right = side.lengths[before] / mean_length, side.lengths[behind] / mean_length
        inner[:, kinds + 3] = np.log(left + 0.1)
        inner[:, kinds + 4] = np.log(right + 0.1)
        inner[:, kinds + 5] = np.log(np.minimum(left, right) + 0.1)
        inner[:, kinds + 6] = side.quoting[before] * (1 - side.opens[behind]) * (1 - side.closes[before])
    total = np.cumsum(of_boundary, axis=0)
    windows = [np.zeros_like(total)]
    for size in range(1, most + 1):
        window = np.zeros_like(total)
        if size <= n:
            window[size:] = total[size - 1 : n] - total[: n - size + 1]
        windows.append(window)
    return windows


def _best_partners(band: Band, english: Strips, chinese: Strips, zh: int, en: int) -> tuple[Floats, Floats]:
    """For each sentence how well it and any single one of the other side explain each other at best."""
    rows, columns = band.rows, band.columns
    some = (rows > 0) & (columns > 0)
    rows, columns = rows[some], columns[some]
    forward = english.sums(1, rows, columns, 1)
    backward = chinese.sums(1, columns, rows, 1)
    best_zh, best_en = np.full(zh + 1, -20.0), np.full(en + 1, -20.0)
    np.maximum.at(best_zh, rows, backward)
    np.maximum.at(best_en, columns, forward)
    return best_zh, best_en


def _omissions(side: Side, mean_length: float, best: Floats) -> Floats:
    """The omission features of the sentence before each place, n + 1 × features."""
    out = np.zeros((len(side) + 1, len(OMISSION_FEATURES)))
    length = side.lengths / mean_length
    out[1:, 0] = 1
    out[1:, 1] = np.log(length + 0.1)
    out[1:, 2] = length
    out[1:, 3] = side.ending == ENDINGS.index("?")
    out[1:, 4] = side.ending == ENDINGS.index("!")
    out[1:, 5] = np.maximum(side.opens, side.closes)
    out[1:, 6] = np.clip(best[1:], -20, 40) / 10
    return out
