"""The best path of beads through a text, and how sure each of its beads is."""

from collections.abc import Mapping

import numpy as np

from flashcards.align.scores import Floats, Scores, Shape

Step = tuple[range, range]
"""The Chinese and the English sentences of a bead, one of them possibly empty."""

_IMPOSSIBLE = -1e15


def best_path(scores: Mapping[Shape, Scores], omitted: tuple[float, float]) -> list[Step]:
    """The beads, in order, that cover both texts with the highest sum of scores (Viterbi)."""
    best = _sweep(scores, omitted, np.maximum, 1.0)
    i, j = best.shape[0] - 1, best.shape[1] - 1
    steps: list[Step] = []
    while i or j:
        moves = [((a, b), float(score[i - a, j - b])) for (a, b), score in scores.items() if a <= i and b <= j]
        moves += [((1, 0), omitted[0])] * (i > 0) + [((0, 1), omitted[1])] * (j > 0)
        a, b = max(moves, key=lambda move: best[i - move[0][0], j - move[0][1]] + move[1])[0]
        steps.append((range(i - a, i), range(j - b, j)))
        i, j = i - a, j - b
    return steps[::-1]


def confidences(
    steps: list[Step], scores: Mapping[Shape, Scores], omitted: tuple[float, float], scale: float
) -> list[float]:
    """The posterior probability of each step among all ways to cover the texts (forward-backward), 0 to 1.

    `scale` multiplies all scores first, so that the probabilities come out as shares of right beads.
    """
    nothing = (omitted[0] * scale, omitted[1] * scale)
    before = _sweep(scores, nothing, np.logaddexp, scale)
    turned = {shape: score[::-1, ::-1] for shape, score in scores.items()}
    after = _sweep(turned, nothing, np.logaddexp, scale)[::-1, ::-1]
    out = []
    for zh, en in steps:
        shape = (len(zh), len(en))
        own = scale * float(scores[shape][zh.start, en.start]) if all(shape) else nothing[shape[0] == 0]
        total = before[zh.start, en.start] + own + after[zh.stop, en.stop] - before[-1, -1]
        out.append(float(np.exp(min(0.0, total))))
    return out


def _sweep(scores: Mapping[Shape, Scores], omitted: tuple[float, float], plus: np.ufunc, scale: float) -> Floats:
    """At [i, j] the scores of all ways to get there put together by `plus` (maximum, or the logarithm of a sum).

    Bead scores are multiplied by `scale`; those of omissions come scaled.
    """
    (a, b), score = next(iter(scores.items()))
    rows, columns = score.shape[0] + a, score.shape[1] + b
    table = np.full((rows, columns), _IMPOSSIBLE)
    table[0, 0] = 0.0
    skipped = np.arange(columns) * omitted[1]
    for i in range(rows):
        row = table[i]
        if i:
            row[:] = table[i - 1] + omitted[0]
            for (a, b), score in scores.items():
                if a <= i:
                    row[b:] = plus(row[b:], table[i - a, : columns - b] + scale * score[i - a].astype(np.float64))
        row[:] = plus.accumulate(row - skipped) + skipped
    return table
