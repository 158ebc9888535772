"""Boosted decision trees, as `tools/train_terms.py` learns them: what ranks the terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np


@dataclass(frozen=True)
class Forest:
    """Decision trees whose leaves, and a bias, are summed to log-odds.

    `features` are the names of the features. All trees' nodes stand in one row, `roots` says where each tree begins. A
    node asks whether a feature is at most a threshold, and leads to the node `left` if so, else to `right`; a leaf
    leads to itself, and has its value as its threshold.
    """

    features: tuple[str, ...]
    roots: tuple[int, ...]
    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    depth: int
    bias: float

    def __call__(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """The log-odds for each of some rows of features; a feature that a row has not counts as 0."""
        if not rows:
            return []
        table = np.array([list(map(row.get, self.features, repeat(0.0))) for row in rows])
        feature, threshold = np.array(self.feature), np.array(self.threshold)
        children = np.stack([self.right, self.left], 1).ravel()
        at = np.tile(np.array(self.roots), (len(rows), 1))
        line = np.arange(len(rows))[:, None] * len(self.features)    # where each row begins in the table
        for _ in range(self.depth):
            at = children.take(2 * at + (table.take(line + feature.take(at)) <= threshold.take(at)))
        return [self.bias + float(total) for total in threshold[at].sum(1)]
