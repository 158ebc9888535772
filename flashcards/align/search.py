"""The best path of beads through a band of cells, and how probable each bead is among all paths."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from flashcards.align.bands import Band
from flashcards.align.evidence import Scores
from flashcards.align.sides import Floats
from flashcards.align.tables import Step

Places = NDArray[np.int32]
Shape = tuple[int, int]
"""The number of Chinese and of English sentences in a bead."""

IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class Moves:
    """All beads of a band, each at the cell where it ends.

    `scores[k]` are those of the beads of `shapes[k]`, and last those of one Chinese sentence without translation;
    `en_omitted` are those of one English sentence; `origins[k]` are the cells where the beads of `scores[k]` begin, the
    number of cells standing for one outside.
    """

    band: Band
    shapes: tuple[Shape, ...]
    scores: Scores
    en_omitted: Floats
    origins: Places

    @classmethod
    def of(cls, band: Band, shapes: Sequence[Shape], scores: Scores, en_omitted: Floats) -> "Moves":
        """The moves with these scores."""
        rows, columns = band.rows, band.columns
        origins = np.empty((len(shapes) + 1, len(band)), np.int32)
        for k, (a, b) in enumerate((*shapes, (1, 0))):
            origins[k] = band.cells(rows - a, columns - b)
        return cls(band, tuple(shapes), scores, en_omitted, origins)


def best_path(moves: Moves) -> list[Step]:
    """The beads, in order, that cover both texts with the highest sum of scores (Viterbi)."""
    band = moves.band
    starts = band.starts
    best = np.full(len(band) + 1, IMPOSSIBLE * 10)
    came = np.empty(len(band), np.int8)
    english = len(moves.shapes) + 1
    for i in range(len(band.low)):
        row = slice(starts[i], starts[i + 1])
        ways = best[moves.origins[:, row]] + moves.scores[:, row]
        choice = ways.argmax(0)
        value = ways[choice, np.arange(ways.shape[1])]
        if i == 0:
            value[0] = 0.0
        skipped = np.cumsum(moves.en_omitted[row])
        reached = np.maximum.accumulate(value - skipped) + skipped
        came[row] = np.where(reached > value + 1e-9, english, choice)
        best[row] = reached
    return _traced(moves, came)


def _traced(moves: Moves, came: NDArray[np.int8]) -> list[Step]:
    band = moves.band
    sizes = (*moves.shapes, (1, 0), (0, 1))
    i, j = len(band.low) - 1, int(band.high[-1]) - 1
    steps: list[Step] = []
    while i or j:
        a, b = sizes[came[band.starts[i] + j - band.low[i]]]
        steps.append((range(i - a, i), range(j - b, j)))
        i, j = i - a, j - b
    return steps[::-1]


def posteriors(moves: Moves) -> Moves:
    """The probability of every bead among all ways to cover the texts (forward-backward), in the scores' place."""
    before, after = _forward(moves), _backward(moves)
    whole = before[len(moves.band) - 1]

    def share(score: Floats | Scores, origin: Places) -> Floats:
        total = before[origin] + score + after[:-1] - whole
        return np.asarray(np.exp(np.minimum(total, 0.0)), np.float64)

    scores = np.empty_like(moves.scores)
    for k, origin in enumerate(moves.origins):
        scores[k] = share(moves.scores[k], origin)
    left = np.arange(-1, len(moves.band) - 1, dtype=np.int32)
    left[moves.band.starts[:-1]] = len(moves.band)    # a row's first cell has none to its left
    return replace(moves, scores=scores, en_omitted=share(moves.en_omitted, left))


def log_total(moves: Moves) -> float:
    """The logarithm of the sum over all ways to cover the texts."""
    return float(_forward(moves)[len(moves.band) - 1])


def _log_sum(ways: Floats) -> Floats:
    most = ways.max(0)
    return np.asarray(most + np.log(np.exp(ways - most).sum(0)), np.float64)


def _forward(moves: Moves) -> Floats:
    """At each cell the logarithm of the sum over all ways from the beginning to it."""
    band = moves.band
    starts = band.starts
    table = np.full(len(band) + 1, IMPOSSIBLE * 10)
    for i in range(len(band.low)):
        row = slice(starts[i], starts[i + 1])
        value = _log_sum(table[moves.origins[:, row]] + moves.scores[:, row])
        if i == 0:
            value[0] = 0.0
        skipped = np.cumsum(moves.en_omitted[row])
        table[row] = np.logaddexp.accumulate(value - skipped) + skipped
    return table


def _backward(moves: Moves) -> Floats:
    """At each cell the logarithm of the sum over all ways from it to the end."""
    band = moves.band
    rows, columns = band.rows, band.columns
    shapes = (*moves.shapes, (1, 0))
    targets = np.empty_like(moves.origins)
    leaving = np.empty_like(moves.scores)
    for k, (a, b) in enumerate(shapes):
        targets[k] = band.cells(rows + a, columns + b)
        leaving[k] = np.append(moves.scores[k], IMPOSSIBLE)[targets[k]]
    table = np.full(len(band) + 1, IMPOSSIBLE * 10)
    for i in range(len(band.low) - 1, -1, -1):
        row = slice(band.starts[i], band.starts[i + 1])
        value = _log_sum(table[targets[:, row]] + leaving[:, row])
        if i == len(band.low) - 1:
            value[-1] = 0.0
        skipped = np.cumsum(moves.en_omitted[row])
        table[row] = np.logaddexp.accumulate((value + skipped)[::-1])[::-1] - skipped
    return table


def confidences(steps: Sequence[Step], probable: Moves) -> list[float]:
    """The probability of each step, from the posteriors of all beads."""
    number = {shape: k for k, shape in enumerate((*probable.shapes, (1, 0)))}
    out = []
    for zh, en in steps:
        cell = int(probable.band.starts[zh.stop]) + en.stop - int(probable.band.low[zh.stop])
        out.append(float(probable.scores[number[len(zh), len(en)], cell] if zh else probable.en_omitted[cell]))
    return out
