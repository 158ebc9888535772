"""Two passes over a text: the first with the dictionary, the second with what the first has taught."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from flashcards.align.anchors import Anchors
from flashcards.align.bands import around
from flashcards.align.corridor import first_band
from flashcards.align.evidence import Scores
from flashcards.align.features import SHAPES, Features, make_features
from flashcards.align.search import IMPOSSIBLE, Moves, Shape, best_path, confidences, posteriors
from flashcards.align.sides import Floats, Side, make_sides
from flashcards.align.tables import Step, Table, dictionary_table, learnt_table
from flashcards.align.weights import PRIORS, Weights, adaptation, by_hand, score, trained
from flashcards.links.glosses import GlossVectors
from flashcards.model import Bead, Sentence

_SECOND_REACH = (5, 8)    # sentences from the first pass's path
_SHAPE_MEMORY = 20.0    # the number of beads that the priors weigh when the shapes of a text are counted
_DOUBT = 0.2    # a bead is worth the probability that it is right, less this; chosen for F1 on pol-dev and mac-dev
# From probabilities to confidences, in log odds. On chapters that the weights had not seen, of the pairs of probability
# of .8 to .95 some 77 % are right; above, this is a little too cautious. tools/train_alignment.py prints the best fit.
_SLOPE, _SHIFT = 1.0, -0.9
_NO_BEAD = -3.0    # what an improbable omission is worth: less than any way round it
_NEGLIGIBLE = 1e-4    # the probability of a bead that the last search does not look at


def align(
    zh: Sequence[Sentence],
    en: Sequence[Sentence],
    words: Sequence[Sequence[str]],
    glosses: GlossVectors,
    weights: Weights | None = None,
) -> tuple[Bead, ...]:
    """Align two texts sentence by sentence.

    Time and memory grow with the length of the text, not with the product of its sides. Sentences that carry a row are
    aligned with those of the same row only; a group is a hint.

    Args:
        zh: the Chinese sentences, in order.
        en: the English sentences, in order.
        words: the words of each Chinese sentence.
        glosses: the dictionary's gloss vectors.
        weights: others than the trained ones.

    Returns:
        The beads in order, omissions included; every sentence is in exactly one. A bead's confidence is the share of
        beads as probable as it, among all ways to align a text, that are right.
    """
    if not zh or not en:
        return tuple(Bead((s,), (), 1.0) for s in zh) + tuple(Bead((), (s,), 1.0) for s in en)
    chinese, english = make_sides(zh, en, words, glosses.lexicon)
    anchors = Anchors.of(zh, en)
    features, adapted = prepare(chinese, english, anchors, dictionary_table(chinese, english, glosses))
    moves = score(features, weights or trained(), adapted)
    probable = posteriors(anchors.applied(moves))
    steps = best_path(expected_hits(probable))
    return tuple(
        Bead(tuple(zh[i] for i in a), tuple(en[j] for j in b), confidence(probability))
        for (a, b), probability in zip(steps, confidences(steps, probable), strict=True)
    )


def confidence(probability: float) -> float:
    """The share of right beads among those that the model gives a probability, which is too sure of itself."""
    odds = probability / max(1 - probability, 1e-9)
    return 1 - 1 / (1 + math.exp(_SLOPE * math.log(max(odds, 1e-9)) + _SHIFT))


def prepare(zh: Side, en: Side, anchors: Anchors, table: Table) -> tuple[Features, Floats]:
    """What the second pass weighs, after a first one with weights set by hand.

    Args:
        zh: the Chinese side.
        en: the English side.
        anchors: what no bead may cross.
        table: the dictionary's weights.

    Returns:
        The features of the beads around the first pass's path, and how much more often than usual it uses each shape.
    """
    steps = _first_path(zh, en, anchors, table)
    band = anchors.band(around(_corners(steps), len(zh), len(en), *_SECOND_REACH))
    features = make_features(zh, en, learnt_table(table, steps, zh, en), band, steps)
    return features, adaptation(_frequencies(steps))


def _first_path(zh: Side, en: Side, anchors: Anchors, table: Table) -> list[Step]:
    """The path that the dictionary, the lengths and the usual shapes make likely."""
    band = anchors.band(None if anchors.leave_few_cells else first_band(zh, en, table))
    features = make_features(zh, en, table, band)
    return best_path(anchors.applied(score(features, by_hand(), np.zeros(len(SHAPES) + 2))))


def expected_hits(probable: Moves) -> Moves:
    """Posteriors as scores whose best path has the most right beads to be expected (minimum Bayes risk)."""

    def worth(probability: Floats | Scores, otherwise: float) -> Floats:
        return np.where(probability > _NEGLIGIBLE, probability - _DOUBT, otherwise).astype(np.float64)

    # A sentence must be able to end somewhere, however improbable all its beads are.
    scores = worth(probable.scores, IMPOSSIBLE).astype(np.float32)
    scores[-1] = worth(probable.scores[-1], _NO_BEAD)
    return replace(probable, scores=scores, en_omitted=worth(probable.en_omitted, _NO_BEAD))


def _corners(steps: Sequence[Step]) -> list[tuple[float, float]]:
    return [(0.0, 0.0), *((float(a.stop), float(b.stop)) for a, b in steps)]


def _frequencies(steps: Sequence[Step]) -> dict[Shape, float]:
    """How often each shape occurs, drawn from what is usual towards how often the path uses it."""
    counts = Counter((len(a), len(b)) for a, b in steps)
    total = len(steps) + _SHAPE_MEMORY
    return {shape: (counts[shape] + _SHAPE_MEMORY * prior) / total for shape, prior in PRIORS.items()}
