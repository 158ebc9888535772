"""What each feature is worth: learnt from texts with marked terms by `tools/train_terms.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import msgspec


@dataclass(frozen=True)
class Weights:
    """The weights by the features' names: of spans at first sight and once others' claims are known, of sureness,
    of a candidate's shape, and of a candidate with its rendering.
    """

    spans: Mapping[str, float]
    settled: Mapping[str, float]
    sureness: Mapping[str, float]
    shape: Mapping[str, float]
    rank: Mapping[str, float]


@lru_cache(maxsize=1)
def trained() -> Weights:
    """The weights that come with the program."""
    return msgspec.json.decode(resources.files("flashcards.terms").joinpath("weights.json").read_bytes(), type=Weights)
