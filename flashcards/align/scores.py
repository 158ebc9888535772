"""How well the sentences of a bead translate each other.

The score of a bead is a log-likelihood ratio: how much better its words are explained by the other side's words than
by chance, in both directions, plus what its lengths and its shape say.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Scores = NDArray[np.float32]
Ints = NDArray[np.intp]
Shape = tuple[int, int]
"""The number of Chinese and of English sentences in a bead."""

PRIORS: Mapping[Shape, float] = {
    (1, 1): 0.72, (1, 2): 0.13, (2, 1): 0.05, (1, 3): 0.035, (1, 4): 0.014, (2, 2): 0.012, (3, 1): 0.008,
    (2, 3): 0.006, (3, 2): 0.004, (1, 5): 0.004, (3, 3): 0.002, (4, 1): 0.002, (2, 4): 0.002, (4, 2): 0.001,
    (1, 0): 0.006, (0, 1): 0.005,
}  # fmt: skip
"""How often each shape occurs; the shapes that are missing are never made."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The model's constants, set by hand on seven speeches and six chapters of fiction (pol-dev and MAC-dev).

    `translated` is the share of words that the other side explains (λ), `backward` the weight of Chinese given
    English beside English given Chinese, `length_variance` that of the length difference per character, `prior` the
    weight of a shape's log prior, `omission` the penalty of leaving a sentence untranslated, `smoothing` is added to
    every symbol's count, `character` the share of a word's characters in its translations, `shape_memory` the number of
    beads that the priors weigh in the second pass, `posterior` what scores are multiplied by to give confidences.
    """

    translated: float = 0.35
    backward: float = 0.7
    length_variance: float = 6.8
    prior: float = 1.5
    omission: float = 6.0
    smoothing: float = 0.5
    character: float = 0.1
    shape_memory: float = 20.0
    posterior: float = 0.3


@dataclass(frozen=True, slots=True)
class Side:
    """One language's side of a text: for each sentence its symbols as indices, and its length in characters."""

    symbols: tuple[Ints, ...]
    lengths: Floats
    vocabulary: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.symbols)

    def unigrams(self, smoothing: float) -> Floats:
        """The share of each symbol of the vocabulary in the text, smoothed."""
        flat = np.concatenate([*self.symbols, np.zeros(0, np.intp)])
        counts = np.bincount(flat, minlength=len(self.vocabulary)) + smoothing
        return np.asarray(counts / counts.sum(), np.float64)


@dataclass(frozen=True, slots=True)
class Band:
    """The part of the search space that is looked at: for i Chinese sentences done, `low[i]` to `high[i]` English."""

    low: Ints
    high: Ints

    @classmethod
    def around(cls, middle: Floats, reach: int, english: int) -> "Band":
        """All that is at most `reach` English sentences from the middle, which rises with the Chinese sentences."""
        low = np.maximum(0, np.floor(middle) - reach).astype(np.intp)
        high = np.minimum(english, np.ceil(middle) + reach).astype(np.intp)
        return cls(low, high)

    def transposed(self, english: int) -> "Band":
        """The same band with the languages' roles exchanged."""
        steps = np.arange(english + 1)
        last = len(self.low) - 1
        low = np.searchsorted(self.high, steps, "left").clip(0, last)
        high = (np.searchsorted(self.low, steps, "right") - 1).clip(0, last)
        return Band(low, high)


def normalised(table: Floats) -> tuple[Floats, Floats]:
    """Translation probabilities in both directions, t(en | zh) and t(zh | en), from a table of weights zh × en.

    A row's mass is kept as its square root, so that words of which the dictionary knows little promise little.
    """
    return _rows_normalised(table), np.ascontiguousarray(_rows_normalised(table.T))


def _rows_normalised(table: Floats) -> Floats:
    mass = table.sum(1, keepdims=True)
    return np.asarray(table / np.maximum(mass, 1e-9) * np.sqrt(np.minimum(mass, 1)), np.float64)


def bead_scores(
    zh: Side, en: Side, table: Floats, shapes: Mapping[Shape, float], band: Band, weights: Weights
) -> dict[Shape, Scores]:
    """The scores of all beads in the band.

    Returns:
        For each shape (a, b) an array of len(zh) + 1 - a by len(en) + 1 - b; at [i, j] stands the score of the bead of
        the a Chinese sentences from i on and the b English ones from j on; very low outside the band.
    """
    fitting = [(a, b) for a, b in shapes if 0 < a <= len(zh) and 0 < b <= len(en)]
    english_given_chinese, chinese_given_english = normalised(table)
    scores = _explained(zh, en, english_given_chinese, fitting, band, weights)
    turned = [(b, a) for a, b in fitting]
    backward = _explained(en, zh, chinese_given_english, turned, band.transposed(len(en)), weights)
    ratio = en.lengths.sum() / zh.lengths.sum()
    for (a, b), score in scores.items():
        expected = _window_sums(zh.lengths, a)[:, None] * ratio
        actual = _window_sums(en.lengths, b)[None, :]
        variance = np.maximum((expected + actual) / 2 * weights.length_variance, 1)
        score += weights.backward * backward.pop((b, a)).T
        score += weights.prior * math.log(shapes[a, b]) - (actual - expected) ** 2 / variance / 2
    return scores


def omission_scores(shapes: Mapping[Shape, float], weights: Weights) -> tuple[float, float]:
    """The score of a Chinese sentence without English, and of an English one without Chinese."""
    return (
        weights.prior * math.log(shapes[1, 0]) - weights.omission,
        weights.prior * math.log(shapes[0, 1]) - weights.omission,
    )


def _window_sums(values: Floats, size: int) -> Floats:
    """At [i] the sum of `size` values from i on."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray(total[size:] - total[:-size], np.float64)


def _explained(
    source: Side, target: Side, table: Floats, shapes: Sequence[Shape], band: Band, weights: Weights
) -> dict[Shape, Scores]:
    """How well source sentences explain target ones: for (a, b) at [i, j] the ratio for the windows from there on."""
    flat = np.concatenate([*target.symbols, np.zeros(0, np.intp)])
    starts = np.concatenate([[0], np.cumsum([len(s) for s in target.symbols])]).astype(np.intp)
    by_chance = (weights.translated / target.unigrams(weights.smoothing))[flat]
    out = {
        (a, b): np.full((len(source) + 1 - a, len(target) + 1 - b), -1e9, np.float32)    # half the room is enough
        for a, b in shapes
    }
    most = max(a for a, _ in shapes)
    promised = np.stack([table[symbols].sum(0) for symbols in source.symbols])
    for i in range(1, len(source) + 1):
        first, last = int(band.low[max(0, i - most)]), int(band.high[i])
        part = slice(int(starts[first]), int(starts[last]))
        edges = starts[first : last + 1] - starts[first]
        mass: Floats = np.zeros(part.stop - part.start)
        size = 1    # the empty word explains too
        for a in range(1, min(most, i) + 1):
            mass = mass + promised[i - a][flat[part]]
            size += len(source.symbols[i - a])
            ratios = np.log1p(-weights.translated + mass * by_chance[part] / size)
            total = np.concatenate([[0.0], np.cumsum(ratios)])[edges]
            for b in [b for own, b in shapes if own == a and b < len(total)]:
                out[a, b][i - a, first : last + 1 - b] = total[b:] - total[:-b]
    return out


def learnt_table(table: Floats, beads: Sequence[tuple[range, range]], zh: Side, en: Side) -> Floats:
    """The table sharpened by the text itself: three rounds of IBM model 1 over the beads, the dictionary as prior.

    Only symbols that occur together in two beads or more, or that the dictionary links, may be linked.
    """
    groups = [
        (np.concatenate([zh.symbols[i] for i in a]), np.concatenate([en.symbols[j] for j in b]))
        for a, b in beads
        if a and b
    ]
    together = np.zeros(table.shape, np.int32)
    occurrences = np.zeros(len(zh.vocabulary))
    for sources, targets in groups:
        together[np.ix_(np.unique(sources), np.unique(targets))] += 1
        np.add.at(occurrences, sources, 1)
    allowed = (together >= 2) | (table > 0)
    mass = table.sum(1, keepdims=True)
    prior = table / np.maximum(mass, 1e-9)
    probability = prior + allowed * 0.02
    for _ in range(3):
        counts = np.zeros(table.shape)
        for sources, targets in groups:
            share = probability[np.ix_(sources, targets)] + 1e-6
            np.add.at(counts, (sources[:, None], targets[None, :]), share / (share.sum(0, keepdims=True) + 0.05))
        counts = np.maximum(counts * allowed - 0.3, 0)    # a link seen only in part of one bead is no evidence
        probability = (prior * np.minimum(mass, 1) + counts) / (1 + occurrences[:, None])
    return np.asarray(probability, np.float64)
