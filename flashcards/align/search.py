"""The best path of beads through a band of cells, and how probable each bead is among all paths."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from flashcards.align.bands import Band
from flashcards.align.evidence import Scores
from flashcards.align.sides import Floats, Ints
from flashcards.align.tables import Step

Shape = tuple[int, int]
"""The number of Chinese and of English sentences in a bead."""

IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class Moves:
    """All beads of a band, each at the cell where it ends.

    `scores[k]` are those of the beads of `shapes[k]`, `zh_omitted` and `en_omitted` those of one sentence without
    translation; `origins[k]` are the cells where the beads begin, the number of cells standing for one outside.
    """

    band: Band
    shapes: tuple[Shape, ...]
    scores: Scores
    origins: Ints
    zh_omitted: Floats
    en_omitted: Floats

    @classmethod
    def of(
        cls, band: Band, shapes: Sequence[Shape], scores: Scores, zh_omitted: Floats, en_omitted: Floats
    ) -> "Moves":
        """The moves with these scores."""
        rows, columns = band.rows, band.columns
        origins = np.stack([band.cells(rows - a, columns - b) for a, b in (*shapes, (1, 0))])
        return cls(band, tuple(shapes), scores, origins, zh_omitted, en_omitted)

    def replaced(self, scores: Scores, zh_omitted: Floats, en_omitted: Floats) -> "Moves":
        """The same beads with other scores."""
        return Moves(self.band, self.shapes, scores, self.origins, zh_omitted, en_omitted)


def best_path(moves: Moves) -> list[Step]:
    """The beads, in order, that cover both texts with the highest sum of scores (Viterbi)."""
    band = moves.band
    starts = band.starts
    scores = np.concatenate([moves.scores, moves.zh_omitted[None]])
    best = np.full(len(band) + 1, IMPOSSIBLE * 10)
    came = np.empty(len(band), np.intp)
    english = len(moves.shapes) + 1
    for i in range(len(band.low)):
        row = slice(starts[i], starts[i + 1])
        ways = best[moves.origins[:, row]] + scores[:, row]
        choice = ways.argmax(0)
        value = ways[choice, np.arange(ways.shape[1])]
        if i == 0:
            value[0] = 0.0
        skipped = np.cumsum(moves.en_omitted[row])
        reached = np.maximum.accumulate(value - skipped) + skipped
        came[row] = np.where(reached > value + 1e-9, english, choice)
        best[row] = reached
    return _traced(moves, came)


def _traced(moves: Moves, came: Ints) -> list[Step]:
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

    def share(score: Floats | Scores, origin: Ints) -> Floats:
        total = before[origin] + score + after[:-1] - whole
        return np.asarray(np.exp(np.minimum(total, 0.0)), np.float64)

    scores = np.stack([share(moves.scores[k], moves.origins[k]) for k in range(len(moves.shapes))]).astype(np.float32)
    left = np.arange(-1, len(moves.band) - 1)
    left[moves.band.starts[:-1]] = len(moves.band)    # a row's first cell has none to its left
    return moves.replaced(scores, share(moves.zh_omitted, moves.origins[-1]), share(moves.en_omitted, left))


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
    scores = np.concatenate([moves.scores, moves.zh_omitted[None]])
    table = np.full(len(band) + 1, IMPOSSIBLE * 10)
    for i in range(len(band.low)):
        row = slice(starts[i], starts[i + 1])
        value = _log_sum(table[moves.origins[:, row]] + scores[:, row])
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
    targets = np.stack([band.cells(rows + a, columns + b) for a, b in shapes])
    outside = np.full((len(shapes), 1), IMPOSSIBLE)
    padded = np.concatenate([np.concatenate([moves.scores, moves.zh_omitted[None]]), outside], axis=1)
    leaving = np.stack([padded[k, targets[k]] for k in range(len(shapes))])
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
    number = {shape: k for k, shape in enumerate(probable.shapes)}
    out = []
    for zh, en in steps:
        cell = int(probable.band.starts[zh.stop]) + en.stop - int(probable.band.low[zh.stop])
        if not zh:
            out.append(float(probable.en_omitted[cell]))
        elif not en:
            out.append(float(probable.zh_omitted[cell]))
        else:
            out.append(float(probable.scores[number[len(zh), len(en)], cell]))
    return out
