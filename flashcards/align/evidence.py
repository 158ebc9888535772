"""What the words of two windows of sentences say about their translating each other.

For a window of source sentences and a target sentence it is a log-likelihood ratio: how much better the target's words
are explained by the window's words than by chance. All windows of a band are scored at once, as arrays.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flashcards.align.bands import Band
from flashcards.align.sides import Floats, Ints, Side
from flashcards.align.tables import Table

Scores = NDArray[np.float32]

TRANSLATED = 0.35
"""The share of words that the other side explains (λ). Set by hand on pol-dev and mac-dev; flat from .3 to .5."""

_SMOOTHING = 0.5
_ROWS_AT_ONCE = 64    # so few that their vocabulary is small: fastest on mac-dev, and little memory


@dataclass(frozen=True, slots=True)
class Strips:
    """For each window end i, strips of target sentences from `low[i]` on, with the windows' ratios for each of them.

    `ratios[a - 1]` are those of the windows of a sentences that end at i; those of row i stand from `starts[i]` on.
    """

    low: Ints
    starts: Ints
    ratios: Scores

    def sums(self, window: int, rows: Ints, columns: Ints, size: int) -> Scores:
        """The ratio of the windows that end at `rows` with the `size` target sentences that end at `columns`."""
        ratios = self.ratios[window - 1]
        together = ratios.copy()    # at each place that of the sentences up to and with this one
        for back in range(1, size):
            together[back:] += ratios[:-back]
        place = self.starts[rows] + columns - self.low[rows] - 1
        # Windows that would begin before their strip, and so before the text, are never taken.
        return np.asarray(together[np.maximum(place, 0)], np.float32)

    def at(self, rows: Ints, columns: Ints) -> Scores:
        """The ratios of the sentences before `rows` with the targets before `columns`; 0 for one not scored."""
        row = np.clip(rows, 0, len(self.low) - 1)
        place = self.starts[row] + columns - self.low[row] - 1
        inside = (rows > 0) & (columns > self.low[row]) & (place < self.starts[row + 1])
        return np.asarray(np.where(inside, self.ratios[0][np.where(inside, place, 0)], 0), np.float32)


def score_strips(source: Side, target: Side, table: Table, band: Band, windows: int, reach: int) -> Strips:
    """The ratios of all windows of up to `windows` source sentences with the target sentences around the band.

    Args:
        source: the side that explains.
        target: the side that is explained.
        table: translation probabilities, source × target symbols.
        band: cells, rows along the source.
        windows: the most sentences of a window.
        reach: how many target sentences before a row's first cell are scored, too.
    """
    low = np.maximum(band.low - reach, 0)
    low[0] = 0
    high = np.maximum(band.high - 1, low)
    starts = np.concatenate([[0], np.cumsum(high - low)]).astype(np.intp)
    ratios = np.zeros((windows, max(int(starts[-1]), 1)), np.float32)
    chance = TRANSLATED / target.unigrams(_SMOOTHING)
    for first in range(1, len(source) + 1, _ROWS_AT_ONCE):
        rows = np.arange(first, min(first + _ROWS_AT_ONCE, len(source) + 1))
        part = slice(int(starts[rows[0]]), int(starts[rows[-1] + 1]))
        _score_rows(source, target, table, chance, rows, low[rows], high[rows], ratios[:, part])
    return Strips(low, starts, ratios)


def _score_rows(
    source: Side, target: Side, table: Table, chance: Floats, rows: Ints, low: Ints, high: Ints, out: Scores
) -> None:
    """The ratios of the windows that end at some neighbouring rows, written into `out`."""
    windows = len(out)
    begin, end = int(low[0]), int(high[-1])
    tokens = target.symbols[target.starts[begin] : target.starts[end]]
    vocabulary, tokens = np.unique(tokens, return_inverse=True)
    base = target.starts[begin]

    sentences = np.arange(max(int(rows[0]) - windows, 0), int(rows[-1]))
    promised = _promised(source, table, sentences, vocabulary, len(chance))
    sizes = np.diff(source.starts)[sentences]

    first, last = target.starts[low] - base, target.starts[high] - base
    row_of = np.repeat(np.arange(len(rows)), last - first)
    token_at = np.arange(len(row_of)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
    token_at += first[row_of]
    column = tokens[token_at]
    inverse = chance[vocabulary].astype(np.float32)[column]

    counts = high - low
    sentence_row = np.repeat(np.arange(len(rows)), counts)
    sentence_at = np.arange(len(sentence_row)) - np.repeat(np.cumsum(counts) - counts, counts) + low[sentence_row]
    shift = (np.cumsum(last - first) - (last - first) - first)[sentence_row]
    edges = target.starts[sentence_at] - base + shift
    empty = target.starts[sentence_at] == target.starts[sentence_at + 1]

    place_of = row_of * len(vocabulary) + column
    ratios = np.zeros(len(place_of) + 1, np.float32)    # one more, where an empty last sentence would begin
    mass = np.zeros((len(rows), len(vocabulary)), np.float32)
    size = np.ones(len(rows))    # the empty word explains, too
    for window in range(1, windows + 1):
        place = rows - window - sentences[0]
        inside = rows >= window
        mass[inside] += promised[place[inside]]
        size[inside] += sizes[place[inside]]
        scaled = mass / size.astype(np.float32)[:, None]
        np.log1p(scaled.ravel()[place_of] * inverse - np.float32(TRANSLATED), out=ratios[:-1])
        out[window - 1] = np.where(empty, np.float32(0), np.add.reduceat(ratios, edges))


def _promised(source: Side, table: Table, sentences: Ints, vocabulary: Ints, width: int) -> Scores:
    """For each of some neighbouring source sentences, how much of each target symbol its words promise together."""
    column = np.full(width, -1, np.intp)
    column[vocabulary] = np.arange(len(vocabulary))
    first, last = source.starts[sentences[0]], source.starts[sentences[-1] + 1]
    owner, entry = table.entries(source.symbols[first:last])
    sentence = np.repeat(np.arange(len(sentences)), np.diff(source.starts[sentences[0] : sentences[-1] + 2]))[owner]
    target = column[table.columns[entry]]
    known = target >= 0
    flat = np.bincount(
        sentence[known] * len(vocabulary) + target[known], table.values[entry[known]], len(sentences) * len(vocabulary)
    )
    return flat.reshape(len(sentences), len(vocabulary)).astype(np.float32)
