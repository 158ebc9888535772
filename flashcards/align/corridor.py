"""Where the path runs, roughly: blocks of sentences compared by what their rare words mean, from coarse to fine.

A block's vector holds the rare English symbols of its sentences, for Chinese those that its words translate to, hashed
into few dimensions. The best path through ever finer blocks takes time and memory in proportion to the text's length.
"""

from collections.abc import Sequence

import numpy as np

from flashcards.align.bands import Band, around, diagonal
from flashcards.align.evidence import Scores
from flashcards.align.search import Moves, best_path
from flashcards.align.sides import Floats, Ints, Side
from flashcards.align.tables import Table

Corners = Sequence[tuple[float, float]]

_SMALL = 10_000    # cells; so few are searched as a whole
_REACH = (8, 10)    # sentences from the path. No gold bead of pol-dev and mac-dev ends outside.
_BLOCK = 4    # sentences in the finest blocks
_COARSEST = 96    # blocks that are compared each with each
_FINER = 4    # by how much blocks are divided from one level to the next
_BLOCKS_BESIDE = 3    # coarser blocks to both sides of the path that the next level looks at
_DIMENSIONS = 512
_RARE = 4.0    # a symbol of a share of exp(-4) in the text or more tells nothing of a block
_UNLIKE = 0.05    # the likeness that two blocks may have by chance
_TOKENS_AT_ONCE = 20_000
_CELLS_AT_ONCE = 4_000


def first_band(zh: Side, en: Side, table: Table) -> Band:
    """The cells that the first pass looks at; `table` is the dictionary's."""
    if len(zh) * len(en) <= _SMALL:
        return Band(np.zeros(len(zh) + 1, np.intp), np.full(len(zh) + 1, len(en) + 1, np.intp))
    return around(_path(zh, en, table), len(zh), len(en), *_REACH)


def _path(zh: Side, en: Side, table: Table) -> Corners:
    """The path by blocks, as corners in sentences."""
    levels = [-(-min(len(zh), len(en)) // _BLOCK)]
    while levels[-1] > _COARSEST:
        levels.append(-(-levels[-1] // _FINER))
    chinese, english = _block_vectors(zh, en, table, levels[0])
    if not (chinese.any() and english.any()):
        return diagonal(zh.lengths, en.lengths)
    corners: Corners = ()
    above = 0
    for blocks in reversed(levels):
        left, right = _merged(chinese, blocks), _merged(english, blocks)
        if corners:
            scale = blocks / above
            scaled = [(x * scale, y * scale) for x, y in corners]
            reach = round(_BLOCKS_BESIDE * scale)
            band = around(scaled, blocks, blocks, reach, reach)
        else:
            band = Band(np.zeros(blocks + 1, np.intp), np.full(blocks + 1, blocks + 1, np.intp))
        corners = _block_path(left, right, band)
        above = blocks
    return [(x * len(zh) / above, y * len(en) / above) for x, y in corners]


def _block_path(zh: Scores, en: Scores, band: Band) -> Corners:
    """The path that meets the most likeness: from corner to corner through the middles of the blocks that match."""
    rows, columns = band.rows, band.columns
    scores = np.zeros((2, len(band)), np.float32)    # of likeness, and of passing over a Chinese block
    inner = np.flatnonzero((rows > 0) & (columns > 0))
    for part in np.array_split(inner, len(inner) // _CELLS_AT_ONCE + 1):
        scores[0, part] = np.einsum("ij,ij->i", zh[rows[part] - 1], en[columns[part] - 1]) - _UNLIKE
    steps = best_path(Moves.of(band, ((1, 1),), scores, np.zeros(len(band))))
    middles = [(a.start + 0.5, b.start + 0.5) for a, b in steps if a and b]
    return [(0.0, 0.0), *middles, (float(len(zh)), float(len(en)))]


def _merged(vectors: Scores, blocks: int) -> Scores:
    """The sums of neighbouring vectors as so many unit vectors."""
    owner = np.arange(len(vectors)) * blocks // len(vectors)
    out = np.zeros((blocks, vectors.shape[1]), np.float32)
    np.add.at(out, owner, vectors)
    return np.asarray(out / (np.linalg.norm(out, axis=1, keepdims=True) + 1e-9), np.float32)


def _block_vectors(zh: Side, en: Side, table: Table, blocks: int) -> tuple[Scores, Scores]:
    """The vectors of so many blocks of each side, not yet of unit length."""
    random = np.random.default_rng(1)    # any seed does; a fixed one gives the same result always
    size = len(en.vocabulary)
    place = random.integers(0, _DIMENSIONS, size)
    weight = np.sqrt(np.maximum(-np.log(en.unigrams(0.5)) - _RARE, 0)) * random.choice([-1.0, 1.0], size)
    translated = table.row_normalised()
    chinese = np.zeros(blocks * _DIMENSIONS)
    english = np.zeros(blocks * _DIMENSIONS)
    for part, owner in _parts(zh, blocks):
        symbol, entry = translated.entries(zh.symbols[part])
        target = translated.columns[entry]
        _add(chinese, owner[symbol], place[target], translated.values[entry] * weight[target])
    for part, owner in _parts(en, blocks):
        symbols = en.symbols[part]
        _add(english, owner, place[symbols], weight[symbols])
    shape = (blocks, _DIMENSIONS)
    return chinese.reshape(shape).astype(np.float32), english.reshape(shape).astype(np.float32)


def _parts(side: Side, blocks: int) -> list[tuple[slice, Ints]]:
    """The symbols of a side in parts of bounded size, each with the blocks that they are in."""
    sentence = np.repeat(np.arange(len(side)), np.diff(side.starts))
    owner = sentence * blocks // len(side)
    cuts = range(0, len(owner), _TOKENS_AT_ONCE)
    return [(slice(cut, cut + _TOKENS_AT_ONCE), owner[cut : cut + _TOKENS_AT_ONCE]) for cut in cuts]


def _add(vectors: Floats, blocks: Ints, places: Ints, values: Floats) -> None:
    vectors += np.bincount(blocks * _DIMENSIONS + places, values, len(vectors))
