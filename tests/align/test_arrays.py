"""The aligner's arrays against the plain loops that they stand for, on small random texts."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.align.aligner import confidence
from flashcards.align.bands import Band, around
from flashcards.align.corridor import first_band
from flashcards.align.evidence import TRANSLATED, score_strips
from flashcards.align.features import SHAPES, make_features
from flashcards.align.sides import Side
from flashcards.align.tables import Step, Table, learnt_table


def side(random: np.random.Generator, sentences: int, symbols: int) -> Side:
    """A text of random symbols; some sentences are empty."""
    sizes = random.integers(0, 7, sentences)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    middles = starts[:-1] + sizes // 2
    marks = {name: np.zeros(sentences) for name in "opens closes quoting quotations questions exclamations".split()}
    return Side(
        symbols=random.integers(0, symbols, int(starts[-1])),
        starts=starts,
        middles=middles,
        vocabulary=tuple(map(str, range(symbols))),
        lengths=np.maximum(sizes * 4.0, 1.0),
        ending=np.zeros(sentences, np.intp),
        **marks,
    )


def table(random: np.random.Generator, height: int, width: int) -> Table:
    dense = random.random((height, width)) * (random.random((height, width)) < 0.2)
    rows, columns = np.nonzero(dense)
    return Table.of(rows, columns, dense[rows, columns], height, width)


def dense(sparse: Table) -> np.ndarray:
    out = np.zeros((len(sparse.starts) - 1, sparse.width))
    out[sparse.rows, sparse.columns] = sparse.values
    return out


def own(text: Side, i: int) -> np.ndarray:
    return text.symbols[text.starts[i] : text.starts[i + 1]]


def ratio(weights: np.ndarray, source: Side, target: Side, sources: range, j: int) -> float:
    """By the formula: the log-likelihood ratio of a target sentence, given a window of source sentences."""
    counts = np.bincount(target.symbols, minlength=len(target.vocabulary)) + 0.5
    chance = counts / counts.sum()
    words = np.concatenate([own(source, i) for i in sources])
    total = 0.0
    for symbol in own(target, j):
        promised = weights[words, symbol].sum() / (len(words) + 1)
        total += math.log(1 - TRANSLATED + TRANSLATED * promised / chance[symbol])
    return total


@pytest.mark.parametrize("seed", range(3))
def test_the_ratios_of_all_windows(seed: int) -> None:
    random = np.random.default_rng(seed)
    zh, en = side(random, 9, 12), side(random, 11, 10)
    weights = table(random, 12, 10).row_normalised()
    band = around([(0, 0), (4, 6), (9, 11)], 9, 11, 1, 2)
    strips = score_strips(zh, en, weights, band, 3, 2)
    rows, columns = band.rows, band.columns
    for window in (1, 2, 3):
        for size in (1, 2):
            found = strips.sums(window, rows, columns, size)
            for cell, (i, j) in enumerate(zip(rows, columns, strict=True)):
                if i >= window and j >= size:
                    parts = [ratio(dense(weights), zh, en, range(i - window, i), k) for k in range(j - size, j)]
                    assert found[cell] == pytest.approx(sum(parts), abs=1e-4)


def learnt_by_loops(sparse: Table, steps: list[Step], zh: Side, en: Side) -> np.ndarray:
    """IBM model 1 with whole matrices."""
    prior = dense(sparse)
    mass = prior.sum(1, keepdims=True)
    prior = prior / np.maximum(mass, 1e-9)
    together = np.zeros(prior.shape)
    occurrences = np.zeros(len(prior))
    beads = []
    for a, b in steps:
        if a and b:
            sources = np.concatenate([own(zh, i) for i in a])
            targets = np.concatenate([own(en, j) for j in b])
            beads.append((sources, targets))
            together[np.ix_(np.unique(sources), np.unique(targets))] += 1
            np.add.at(occurrences, sources, 1)
    allowed = (together >= 2) | (prior > 0)
    probability = prior + allowed * 0.02
    for _ in range(3):
        counts = np.zeros(prior.shape)
        for sources, targets in beads:
            share = probability[np.ix_(sources, targets)] * allowed[np.ix_(sources, targets)] + 1e-6
            np.add.at(counts, (sources[:, None], targets[None]), share / (share.sum(0) + 0.05))
        counts = np.maximum(counts * allowed - 0.3, 0)
        probability = (prior * np.minimum(mass, 1) + counts) / (1 + occurrences[:, None])
    return probability


@pytest.mark.parametrize("seed", range(3))
def test_what_a_path_teaches(seed: int) -> None:
    random = np.random.default_rng(seed)
    zh, en = side(random, 8, 6), side(random, 9, 5)
    weights = table(random, 6, 5)
    steps = [(range(k, k + 1), range(k, k + 1)) for k in range(6)]
    steps += [(range(6, 7), range(6, 6)), (range(7, 8), range(6, 9))]
    found = dense(learnt_table(weights, steps, zh, en))
    assert found == pytest.approx(learnt_by_loops(weights, steps, zh, en), abs=1e-4)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12), st.integers(1, 3))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_band_holds_its_path_and_is_connected(moves: list[tuple[int, int]], reach: int) -> None:
    corners = [(0.0, 0.0)]
    for a, b in moves:
        corners.append((corners[-1][0] + a, corners[-1][1] + b))
    chinese, english = int(corners[-1][0]), int(corners[-1][1])
    band = around(corners, chinese, english, reach, reach)
    i, j = (np.array(values, np.intp) for values in zip(*corners, strict=True))
    assert (band.cells(i, j) < len(band)).all()
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert (band.low[1:] < band.high[:-1]).all()
    turned = band.transposed(english)
    ours = set(zip(band.rows.tolist(), band.columns.tolist(), strict=True))
    assert set(zip(turned.columns.tolist(), turned.rows.tolist(), strict=True)) == ours


def test_the_band_grows_with_the_text_not_with_its_square() -> None:
    random = np.random.default_rng(5)
    cells = []
    for sentences in (400, 1600):
        zh = side(random, sentences, 300)
        en = Side(*(getattr(zh, name) for name in Side.__slots__))
        identity = Table.of(np.arange(300), np.arange(300), np.ones(300), 300, 300)
        band = first_band(zh, en, identity)
        diagonal = np.arange(sentences + 1)
        assert (band.cells(diagonal, diagonal) < len(band)).all()
        cells.append(len(band))
    assert cells[1] < 5 * cells[0]


def test_features_of_a_text_without_words() -> None:
    random = np.random.default_rng(1)
    zh, en = side(random, 3, 1), side(random, 2, 1)
    nothing = Table.of(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0), 1, 1)
    everything = Band(np.zeros(4, np.intp), np.full(4, 3, np.intp))
    features = make_features(zh, en, nothing, everything)
    assert all(np.isfinite(features.of_shape(shape)).all() for shape in SHAPES)


def test_confidences_rise_with_probabilities() -> None:
    found = [confidence(p) for p in (0.0, 1e-12, 0.3, 0.8, 0.95, 1 - 1e-12, 1.0)]
    assert found == sorted(found)
    assert found[0] >= 0
    assert found[-1] <= 1
