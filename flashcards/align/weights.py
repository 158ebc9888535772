"""What each feature is worth: learnt from hand-aligned texts by `tools/train_alignment.py`, or set by hand."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np

from flashcards.align.evidence import Scores
from flashcards.align.features import (
    BEAD_FEATURES,
    BOUNDARY_FEATURES,
    GROUPS,
    OMISSION_FEATURES,
    SHAPES,
    Features,
    group,
)
from flashcards.align.search import Moves, Shape
from flashcards.align.sides import Floats

PRIORS: Mapping[Shape, float] = {
    (1, 1): 0.72, (1, 2): 0.13, (2, 1): 0.05, (1, 3): 0.035, (1, 4): 0.014, (2, 2): 0.012, (3, 1): 0.008,
    (2, 3): 0.006, (3, 2): 0.004, (1, 5): 0.004, (3, 3): 0.002, (4, 1): 0.002, (2, 4): 0.002, (4, 2): 0.001,
    (1, 6): 0.001, (1, 0): 0.006, (0, 1): 0.005,
}  # fmt: skip
"""How often each shape occurs in speeches and fiction."""

_PRIOR = 1.5    # the weight of a shape's log prior
_OMISSION = 1.0    # the penalty of an omission beside its prior
_SIZES = {
    "bead": len(GROUPS) * len(BEAD_FEATURES),
    "shape": len(SHAPES),
    "zh_boundary": len(BOUNDARY_FEATURES),
    "en_boundary": len(BOUNDARY_FEATURES),
    "zh_omission": len(OMISSION_FEATURES),
    "en_omission": len(OMISSION_FEATURES),
    "adaptation": 1,
}


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of all features.

    `bead` is groups × bead features; `adaptation` is worth a shape's log frequency in the first pass over its prior.
    """

    bead: Floats
    shape: Floats
    zh_boundary: Floats
    en_boundary: Floats
    zh_omission: Floats
    en_omission: Floats
    adaptation: float

    @classmethod
    def from_vector(cls, vector: Floats) -> "Weights":
        """The weights that a vector of all of them holds, in the order of the fields."""
        parts = np.split(np.asarray(vector, np.float64), np.cumsum(list(_SIZES.values()))[:-1])
        bead, shape, zh_boundary, en_boundary, zh_omission, en_omission, adaptation = parts
        return cls(
            bead.reshape(len(GROUPS), -1), shape, zh_boundary, en_boundary, zh_omission, en_omission,
            float(adaptation[0]),
        )    # fmt: skip

    def to_vector(self) -> Floats:
        """All weights as one vector."""
        values = [np.ravel(getattr(self, name)) for name in _SIZES]
        return np.concatenate(values)


@lru_cache(maxsize=1)
def trained() -> Weights:
    """The weights that are shipped."""
    import msgspec

    data = resources.files("flashcards.align").joinpath("weights.json").read_bytes()
    return read_weights(msgspec.json.decode(data))


def read_weights(table: Mapping[str, Sequence[float]]) -> Weights:
    """The weights of a table of lists, as `tools/train_alignment.py` writes it."""
    return Weights.from_vector(np.concatenate([np.ravel(table[name]) for name in _SIZES]))


def by_hand() -> Weights:
    """The first pass's weights, set by hand on pol-dev and mac-dev: words, lengths and shapes."""
    vector = np.zeros(sum(_SIZES.values()))
    weights = Weights.from_vector(vector)
    for feature, weight in (("english explained", 10.0), ("chinese explained", 7.0), ("length", -5.0)):
        weights.bead[:, BEAD_FEATURES.index(feature)] = weight
    weights.shape[:] = [_PRIOR * math.log(PRIORS[shape]) for shape in SHAPES]
    weights.zh_omission[0] = _PRIOR * math.log(PRIORS[1, 0]) - _OMISSION
    weights.en_omission[0] = _PRIOR * math.log(PRIORS[0, 1]) - _OMISSION
    return weights


def adaptation(frequencies: Mapping[Shape, float]) -> Floats:
    """For each of `SHAPES`, then for omitted Chinese and English, its log frequency over its prior."""
    return np.array([math.log(frequencies[shape] / PRIORS[shape]) for shape in (*SHAPES, (1, 0), (0, 1))])


def score(
    features: Features, weights: Weights, adapted: Floats, of_shape: Callable[[Shape], Scores] | None = None
) -> Moves:
    """The scores of all beads and omissions of the band.

    Args:
        features: what is known of them.
        weights: what that is worth.
        adapted: how much more often this text uses each shape, see `adaptation`; zeros if nothing is known.
        of_shape: the bead features of a shape, if they have been computed before.
    """
    band = features.band
    rows, columns = band.rows, band.columns
    zh_inner = [inner @ weights.zh_boundary for inner in features.zh_inner]
    en_inner = [inner @ weights.en_boundary for inner in features.en_inner]
    bias = weights.shape + weights.adaptation * adapted[: len(SHAPES)]
    scores = np.empty((len(SHAPES) + 1, len(band)), np.float32)
    for k, (a, b) in enumerate(SHAPES):
        worth = weights.bead[group((a, b))].astype(np.float32)
        own = worth @ (of_shape((a, b)) if of_shape else features.of_shape((a, b), worth != 0))
        scores[k] = own + bias[k] + zh_inner[a][rows] + en_inner[b][columns]
    omitted = weights.adaptation * adapted[len(SHAPES) :]
    scores[-1] = (features.zh_omitted @ weights.zh_omission + omitted[0])[rows]
    en_omitted = (features.en_omitted @ weights.en_omission + omitted[1])[columns]
    return Moves.of(band, SHAPES, scores, en_omitted)
