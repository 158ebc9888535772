"""What each feature is worth: learnt from texts with marked terms by `tools/train_terms.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import msgspec

from flashcards.terms.forest import Forest


@dataclass(frozen=True)
class Weights:
    """The weights of the features by their names, and the trees that choose and rank.

    `spans` are of the spans at first sight, `settled` once others' claims are known, `sureness` of a rendering's
    confidence, `shape` of what a candidate looks like without a rendering, `rank` of one with it,
    `joint` of one beside those that overlap with it.
    """

    spans: Mapping[str, float]
    settled: Mapping[str, float]
    sureness: Mapping[str, float]
    shape: Forest
    rank: Forest
    joint: Forest


@lru_cache(maxsize=1)
def trained() -> Weights:
    """The weights that come with the program."""
    return msgspec.json.decode(resources.files("flashcards.terms").joinpath("weights.json").read_bytes(), type=Weights)
