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

_UNSEEN, _NO_LINK = 1e-6, 0.05    # the share of a link not yet believed in, and that of no link at all
_BEADS_AT_ONCE = 1000


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
        return cls.sorted(rows[order], columns[order], values[order], height, width)

    @classmethod
    def sorted(cls, rows: Ints, columns: Ints, values: Floats, height: int, width: int) -> "Table":
        """The same of entries that are in the order of their places."""
        return cls(np.searchsorted(rows, np.arange(height + 1)).astype(np.intp), columns, values, width)

    @property
    def rows(self) -> Ints:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def transposed(self) -> "Table":
        """The same entries with rows and columns exchanged."""
        order = np.argsort(self.columns, kind="stable")    # so that the rows stay in order
        height = len(self.starts) - 1
        return Table.sorted(self.columns[order], self.rows[order], self.values[order], self.width, height)

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
    beads = [(a, b) for a, b in steps if a and b]
    sources, targets = _tokens([a for a, _ in beads], zh), _tokens([b for _, b in beads], en)
    known = table.rows * width + table.columns
    keys = np.union1d(_repeated(sources, targets, zh, en), known)
    mass = np.bincount(table.rows, table.values, len(zh.vocabulary))
    prior = np.zeros(len(keys))
    prior[np.searchsorted(keys, known)] = table.values / np.maximum(mass, 1e-9)[table.rows]

    place, target = _linked(sources, targets, zh, en, keys)
    source = keys // width
    occurrences = np.bincount(zh.symbols[_flat(sources)], minlength=len(zh.vocabulary))[source]
    believed = prior * np.minimum(mass, 1)[source]
    probability = prior + 0.02
    for _ in range(3):
        share = probability[place] + _UNSEEN
        total = np.bincount(target, share, len(en.symbols)) + _NO_LINK
        counts = np.bincount(place, share / total[target], len(keys))
        counts = np.maximum(counts - 0.3, 0)    # a link seen only in part of one bead is no evidence
        probability = (believed + counts) / (1 + occurrences)
    kept = probability > 1e-4    # smaller ones change no score, and cost time
    return Table.sorted(source[kept], (keys % width)[kept], probability[kept], len(zh.vocabulary), width)


def _tokens(sentences: Sequence[range], side: Side) -> Ints:
    """Where the symbols of neighbouring sentences begin and end, one row for each of the ranges."""
    first = side.starts[np.array([each.start for each in sentences], np.intp)]
    last = side.starts[np.array([each.stop for each in sentences], np.intp)]
    return np.stack([first, last], axis=1)


def _flat(spans: Ints) -> Ints:
    """All places of some spans, one after the other."""
    lengths = spans[:, 1] - spans[:, 0]
    return np.repeat(spans[:, 0] - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())


def _crossed(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Every place of each left span with every place of the right span beside it."""
    widths = right[:, 1] - right[:, 0]
    sizes = (left[:, 1] - left[:, 0]) * widths
    row = np.repeat(np.arange(len(left)), sizes)
    within = np.arange(len(row)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return left[row, 0] + within // widths[row], right[row, 0] + within % widths[row]


def _parts(spans: Ints) -> list[slice]:
    """The beads in parts of bounded size, so that the memory does not grow with all pairs of their symbols."""
    return [slice(first, first + _BEADS_AT_ONCE) for first in range(0, len(spans), _BEADS_AT_ONCE)]


def _repeated(sources: Ints, targets: Ints, zh: Side, en: Side) -> Ints:
    """The cells of the table whose two symbols stand together in two beads or more, ascending."""
    left, zh_symbols = _distinct(sources, zh)
    right, en_symbols = _distinct(targets, en)
    found = []
    for part in _parts(sources):
        source, target = _crossed(left[part], right[part])
        found.append(zh_symbols[source] * len(en.vocabulary) + en_symbols[target])
    cells = np.sort(np.concatenate([*found, np.zeros(0, np.intp)]))
    again = cells[1:][cells[1:] == cells[:-1]]
    return np.asarray(again[np.diff(again, prepend=-1) > 0], np.intp)


def _distinct(spans: Ints, side: Side) -> tuple[Ints, Ints]:
    """The symbols of each span, each once: the spans among them, and the symbols."""
    owner = np.repeat(np.arange(len(spans)), spans[:, 1] - spans[:, 0])
    keys = np.unique(owner * len(side.vocabulary) + side.symbols[_flat(spans)])
    bounds = np.searchsorted(keys, np.arange(len(spans) + 1) * len(side.vocabulary))
    return np.stack([bounds[:-1], bounds[1:]], axis=1), keys % len(side.vocabulary)


def _linked(sources: Ints, targets: Ints, zh: Side, en: Side, keys: Ints) -> tuple[Ints, Ints]:
    """For every pair of symbols in a bead that may be linked: its place among the keys, and the English symbol's."""
    places, tokens = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for part in _parts(sources):
        source, target = _crossed(sources[part], targets[part])
        cells = zh.symbols[source] * len(en.vocabulary) + en.symbols[target]
        place = np.minimum(np.searchsorted(keys, cells), len(keys) - 1)
        may = keys[place] == cells if len(keys) else np.zeros(len(cells), np.bool_)
        places.append(place[may].astype(np.int32))
        tokens.append(target[may].astype(np.int32))
    return np.concatenate(places), np.concatenate(tokens)
