"""Which words of a pair translate each other: IBM model 1 in both directions over the whole lesson.

After Brown et al. (1993), with a dictionary as prior, variational Bayes (Johnson 2007), a prior for the diagonal, and
the geometric mean of both directions; constants chosen by the error rate of links on hand-aligned sentences.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from flashcards.links.english import Token

Links = NDArray[np.float64]
"""For each word of the Chinese side and each token of the English one how strongly they are linked, 0 to 1."""

Prior = Callable[[str, Iterable[str]], list[float]]
"""The priors of a Chinese word and each of some English stems, 0 to 1."""

_ITERATIONS = 6
_PRIOR_MASS = 6.0
_DIAGONAL = 3.0
_UNSEEN = 0.02
_NULL = 0.032
_BASE, _BOOST, _CORNER = 0.3, 1.0, 0.7


def word_links(
    chinese: Sequence[Sequence[str]],
    english: Sequence[Sequence[Token]],
    prior: Prior,
) -> list[Links]:
    """Link the words of each pair.

    Args:
        chinese: the words of each pair's Chinese side.
        english: the tokens of each pair's English side.
        prior: the prior of a Chinese word and each of some English stems, 0 to 1.

    Returns:
        For each pair an array, words by tokens.
    """
    zh_index: dict[str, int] = {}
    en_index: dict[str, int] = {}
    zh = [np.array([zh_index.setdefault(w, len(zh_index)) for w in words], np.intp) for words in chinese]
    en = [np.array([en_index.setdefault(t.stem, len(en_index)) for t in row], np.intp) for row in english]
    shapes = [(len(z), len(e)) for z, e in zip(zh, en, strict=True)]
    if not any(rows * columns for rows, columns in shapes):
        return [np.zeros(shape) for shape in shapes]

    # All cells of all pairs in one row: which pair of types each is, and which word and which token it belongs to.
    types = np.concatenate([(z[:, None] * len(en_index) + e[None, :]).ravel() for z, e in zip(zh, en, strict=True)])
    kinds, cell = np.unique(types, return_inverse=True)
    zh_kind, en_kind = kinds // len(en_index), kinds % len(en_index)
    row, column = _cell_owners(shapes)
    near = np.concatenate([_diagonal(*shape) for shape in shapes])

    zh_words, en_stems = list(zh_index), list(en_index)
    mark_zh = np.array([not any(c.isalnum() for c in w) for w in zh_words])
    mark_en = np.array([not any(c.isalnum() for c in s) for s in en_stems])
    mixed = mark_zh[zh_kind] != mark_en[en_kind]    # marks are linked with marks only
    starts = np.searchsorted(zh_kind, np.arange(len(zh_words) + 1)).tolist()
    stems = [en_stems[e] for e in en_kind.tolist()]
    weights = np.array(
        [
            weight
            for word, (start, end) in zip(zh_words, pairwise(starts), strict=True)
            for weight in prior(word, stems[start:end])
        ]
    )
    weights[mixed] = 0.0

    def estimate(counts: Links, owner: NDArray[np.intp]) -> Links:
        mass = counts + _PRIOR_MASS * weights + _UNSEEN
        own = _exp_digamma(mass) / _exp_digamma(_sums(owner, mass))[owner]
        own[mixed] = 1e-9
        return own

    # A word that is frequent is the likelier to stand for nothing on the other side.
    seen_zh, seen_en = np.concatenate(zh), np.concatenate(en)
    null_zh = _NULL * np.bincount(seen_zh)[seen_zh] / len(seen_zh)
    null_en = _NULL * np.bincount(seen_en)[seen_en] / len(seen_en)

    def share(table: Links, owner: NDArray[np.intp], null: Links) -> Links:
        mass = table[cell] * near * boost
        return np.asarray(mass / (np.bincount(owner, mass, len(null)) + null)[owner], np.float64)

    forward = backward = weights * _PRIOR_MASS + 0.1
    forward = forward / _sums(zh_kind, forward)[zh_kind]
    backward = backward / _sums(en_kind, backward)[en_kind]
    boost = np.ones(len(cell))
    ends = np.cumsum([rows * columns for rows, columns in shapes])[:-1]
    for iteration in range(_ITERATIONS):
        to_zh, to_en = share(forward, column, null_en), share(backward, row, null_zh)
        linked = np.sqrt(to_zh * to_en)
        if iteration == _ITERATIONS - 1:
            break
        if iteration:
            boost = _BASE + _BOOST * _neighbours(linked, shapes, ends)
        forward = estimate(_sums(cell, to_zh), zh_kind)
        backward = estimate(_sums(cell, to_en), en_kind)
    return [part.reshape(shape) for part, shape in zip(np.split(linked, ends), shapes, strict=True)]


def _neighbours(linked: Links, shapes: Sequence[tuple[int, int]], ends: NDArray[np.intp]) -> Links:
    """For each cell how strongly the cells around it are linked: neighbours mostly translate neighbours."""
    found = []
    for part, (rows, columns) in zip(np.split(linked, ends), shapes, strict=True):
        p = np.zeros((rows + 2, columns + 2))
        p[1:-1, 1:-1] = part.reshape(rows, columns)
        near = p[:-2, :-2] + p[2:, 2:]
        near += _CORNER * (p[:-2, 2:] + p[2:, :-2] + p[:-2, 1:-1] + p[2:, 1:-1] + p[1:-1, :-2] + p[1:-1, 2:])
        found.append(near.ravel())
    return np.concatenate(found)


def _sums(owner: NDArray[np.intp], values: Links) -> Links:
    """The sum of the values of each owner."""
    return np.asarray(np.bincount(owner, values), np.float64)


def _cell_owners(shapes: Sequence[tuple[int, int]]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For each cell the number of its Chinese word and of its English token, counted through all pairs."""
    rows, columns = [], []
    zh = en = 0
    for height, width in shapes:
        rows.append(np.repeat(np.arange(zh, zh + height), width))
        columns.append(np.tile(np.arange(en, en + width), height))
        zh += height
        en += width
    return np.concatenate(rows), np.concatenate(columns)


def _diagonal(rows: int, columns: int) -> Links:
    """How near each cell of a pair is to its diagonal, 0 to 1, row by row."""
    across = (np.arange(rows) + 0.5) / max(rows, 1)
    down = (np.arange(columns) + 0.5) / max(columns, 1)
    return np.asarray(np.exp(-_DIAGONAL * np.abs(across[:, None] - down[None, :])).ravel(), np.float64)


def _exp_digamma(x: Links) -> Links:
    """The exponential of the digamma function, by recurrence and its asymptotic series."""
    shifted = np.maximum(x, 1e-10)
    out = np.zeros_like(shifted)
    for _ in range(6):
        out -= 1 / shifted
        shifted = shifted + 1
    square = 1 / (shifted * shifted)
    out += np.log(shifted) - 0.5 / shifted - square * (1 / 12 - square * (1 / 120 - square / 252))
    return np.asarray(np.exp(out), np.float64)
