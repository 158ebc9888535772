"""Sparse tables of how the symbols of two sides translate each other: the dictionary's, and what a text teaches."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from flashcards.align.sides import Floats, Ints, Side
from flashcards.links.glosses import GlossVectors
from flashcards.links.symbols import translations

Step = tuple[range, range]
"""The Chinese and the English sentences of a bead, one of them possibly empty."""

_CHARACTER = 0.1
"""The share of a word's characters in its translations. Set by hand on pol-dev and mac-dev; 0 costs .002."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sparse matrix of weights, row by row: the entries of row i stand from `starts[i]` to `starts[i + 1]`."""

    starts: Ints
    columns: Ints
    values: Floats
    width: int

    @classmethod
    def of(cls, rows: Ints, columns: Ints, values: Floats, height: int, width: int) -> "Table":
        """The table with the given entries, no two at the same place."""
        order = np.lexsort((columns, rows))
        starts = np.searchsorted(rows[order], np.arange(height + 1)).astype(np.intp)
        return cls(starts, columns[order], values[order], width)

    @property
    def rows(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def transposed(self) -> "Table":
        """The same entries with rows and columns exchanged."""
        return Table.of(self.columns, self.rows, self.values, self.width, len(self.starts) - 1)

    def row_normalised(self) -> "Table":
        """Each row with a sum of 1, or of the square root of its sum if that is smaller.

        So words of which the dictionary knows little promise little.
        """
        sums = np.bincount(self.rows, self.values, len(self.starts) - 1)
        scale = np.sqrt(np.minimum(sums, 1)) / np.maximum(sums, 1e-9)
        return Table(self.starts, self.columns, self.values * scale[self.rows], self.width)

    def entries(self, rows: Ints) -> tuple[Ints, Ints]:
        """For some rows, which may repeat: the place in `rows` and the index of each of their entries."""
        first = self.starts[rows]
        lengths = self.starts[rows + 1] - first
        owner = np.repeat(np.arange(len(rows)), lengths)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return owner, first[owner] + within


def dictionary_table(zh: Side, en: Side, glosses: GlossVectors) -> Table:
    """The dictionary's translation weights, Chinese × English symbols of the two sides."""
    column = {symbol: j for j, symbol in enumerate(en.vocabulary)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for i, symbol in enumerate(zh.vocabulary):
        for target, weight in translations(symbol, glosses, _CHARACTER).items():
            if (j := column.get(target)) is not None:
                rows.append(i)
                columns.append(j)
                values.append(weight)
    return Table.of(
        np.array(rows, np.intp), np.array(columns, np.intp), np.array(values), len(zh.vocabulary), len(en.vocabulary)
    )


def learnt_table(table: Table, steps: Sequence[Step], zh: Side, en: Side) -> Table:
    """The table sharpened by the text itself: three rounds of IBM model 1 over the beads, the dictionary as prior.

    Only symbols that occur together in two beads or more, or that the dictionary links, may be linked.
    """
    width = len(en.vocabulary)
    known = table.rows * width + table.columns
    mass = np.bincount(table.rows, table.values, len(zh.vocabulary))
    own = table.values / np.maximum(mass, 1e-9)[table.rows]

    cells, targets = _symbol_pairs(steps, zh, en)
    keys = _linkable(cells, targets.beads, known)
    prior = np.zeros(len(keys))
    prior[np.searchsorted(keys, known)] = own
    place = np.searchsorted(keys, cells)
    place[place == len(keys)] = 0
    linked = keys[place] == cells
    place, target = place[linked], targets.tokens[linked]
    unlinked = np.bincount(targets.tokens[~linked], minlength=targets.count) * _UNSEEN

    sources = keys // width
    occurrences = np.bincount(zh.symbols[targets.sources], minlength=len(zh.vocabulary))[sources]
    believed = prior * np.minimum(mass, 1)[sources]
    probability = prior + 0.02
    for _ in range(3):
        share = probability[place] + _UNSEEN
        total = np.bincount(target, share, targets.count) + unlinked + 0.05
        counts = np.bincount(place, share / total[target], len(keys))
        counts = np.maximum(counts - 0.3, 0)    # a link seen only in part of one bead is no evidence
        probability = (believed + counts) / (1 + occurrences)
    kept = probability > 1e-7
    return Table.of(sources[kept], (keys % width)[kept], probability[kept], len(zh.vocabulary), width)


_UNSEEN = 1e-6


@dataclass(frozen=True, slots=True)
class _Targets:
    """For each pair of symbols of a bead: the bead, and the English occurrence; the Chinese occurrences in beads."""

    beads: Ints
    tokens: Ints
    count: int
    sources: Ints


def _symbol_pairs(steps: Sequence[Step], zh: Side, en: Side) -> tuple[Ints, _Targets]:
    """Every Chinese with every English symbol of its bead, as the index of their place in the table."""
    both = [(a, b) for a, b in steps if a and b]
    zh_first = zh.starts[np.array([a.start for a, _ in both], np.intp)]
    zh_count = zh.starts[np.array([a.stop for a, _ in both], np.intp)] - zh_first
    en_first = en.starts[np.array([b.start for _, b in both], np.intp)]
    en_count = en.starts[np.array([b.stop for _, b in both], np.intp)] - en_first
    size = zh_count * en_count
    bead = np.repeat(np.arange(len(both)), size)
    within = np.arange(len(bead)) - np.repeat(np.cumsum(size) - size, size)
    source = zh_first[bead] + within // np.maximum(en_count, 1)[bead]
    target = en_first[bead] + within % np.maximum(en_count, 1)[bead]
    cells = zh.symbols[source] * len(en.vocabulary) + en.symbols[target]
    sources = np.repeat(zh_first - (np.cumsum(zh_count) - zh_count), zh_count) + np.arange(zh_count.sum())
    return cells, _Targets(bead, target, len(en.symbols), sources)


def _linkable(cells: Ints, beads: Ints, known: Ints) -> Ints:
    """The places in the table of symbols that may be linked, ascending."""
    order = np.lexsort((beads, cells))
    cells, beads = cells[order], beads[order]
    first = np.ones(len(cells), bool)
    first[1:] = (cells[1:] != cells[:-1]) | (beads[1:] != beads[:-1])
    distinct = cells[first]
    repeated = distinct[:-1][distinct[:-1] == distinct[1:]]
    return np.union1d(repeated, known)
