"""Two passes over a text: the first with the dictionary, the second with what the first has taught."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from flashcards.align.scores import (
    PRIORS,
    Band,
    Floats,
    Shape,
    Side,
    Weights,
    bead_scores,
    learnt_table,
    omission_scores,
)
from flashcards.align.search import Step, best_path, confidences
from flashcards.lexicon import Lexicon
from flashcards.links.glosses import GlossVectors
from flashcards.links.symbols import chinese_symbols, english_symbols, name_symbols, translations
from flashcards.model import Bead, Sentence


def align(
    zh: Sequence[Sentence],
    en: Sequence[Sentence],
    words: Sequence[Sequence[str]],
    glosses: GlossVectors,
    weights: Weights | None = None,
) -> tuple[Bead, ...]:
    """Align two texts sentence by sentence.

    Args:
        zh: the Chinese sentences, in order.
        en: the English sentences, in order.
        words: the words of each Chinese sentence.
        glosses: the dictionary's gloss vectors.
        weights: other constants than the default.

    Returns:
        The beads in order, omissions included; every sentence is in exactly one.
    """
    if not zh or not en:
        return tuple(Bead((s,), (), 1.0) for s in zh) + tuple(Bead((), (s,), 1.0) for s in en)
    weights = weights or Weights()
    chinese, english = _sides(zh, en, words, glosses.lexicon)
    table = _dictionary_table(chinese, english, glosses, weights)
    shapes = dict(PRIORS)

    scores = bead_scores(chinese, english, table, shapes, _first_band(chinese, english), weights)
    steps = best_path(scores, omission_scores(shapes, weights))

    shapes = _learnt_shapes(steps, weights)
    table = learnt_table(table, steps, chinese, english)
    scores = bead_scores(chinese, english, table, shapes, _second_band(steps, len(en)), weights)
    omitted = omission_scores(shapes, weights)
    steps = best_path(scores, omitted)
    sure = confidences(steps, scores, omitted, weights.posterior)
    return tuple(
        Bead(tuple(zh[i] for i in a), tuple(en[j] for j in b), confidence)
        for (a, b), confidence in zip(steps, sure, strict=True)
    )


def _sides(
    zh: Sequence[Sentence], en: Sequence[Sentence], words: Sequence[Sequence[str]], lexicon: Lexicon
) -> tuple[Side, Side]:
    names = name_symbols([s.text for s in zh], [s.text for s in en], lexicon)
    chinese = [
        chinese_symbols(s.text, own, lexicon) + found for s, own, found in zip(zh, words, names, strict=True)
    ]
    # A Latin letter takes about as much room as .4 Chinese characters.
    lengths = [sum(1.0 if c > "\u2e80" else 0.4 for c in s.text) for s in zh]
    return _side(chinese, lengths), _side([english_symbols(s.text) for s in en], [float(len(s.text)) for s in en])


def _side(symbols: list[list[str]], lengths: list[float]) -> Side:
    vocabulary = sorted({symbol for sentence in symbols for symbol in sentence})
    index = {symbol: i for i, symbol in enumerate(vocabulary)}
    arrays = tuple(np.array([index[symbol] for symbol in sentence], np.intp) for sentence in symbols)
    return Side(arrays, np.maximum(np.array(lengths), 1.0), tuple(vocabulary))


def _dictionary_table(zh: Side, en: Side, glosses: GlossVectors, weights: Weights) -> Floats:
    """The dictionary's translation weights between the symbols of the two texts."""
    column = {symbol: j for j, symbol in enumerate(en.vocabulary)}
    table = np.zeros((len(zh.vocabulary), len(en.vocabulary)))
    for i, symbol in enumerate(zh.vocabulary):
        for target, weight in translations(symbol, glosses, weights.character).items():
            if (j := column.get(target)) is not None:
                table[i, j] += weight
    return table


def _first_band(zh: Side, en: Side) -> Band:
    """Wide, around the diagonal by characters: nothing is known of the text yet."""
    done = np.concatenate([[0.0], np.cumsum(zh.lengths)]) / zh.lengths.sum()
    written = np.concatenate([[0.0], np.cumsum(en.lengths)]) / en.lengths.sum()
    middle = np.interp(done, written, np.arange(len(en) + 1))
    return Band.around(middle, max(60, max(len(zh), len(en)) // 5), len(en))


def _second_band(steps: list[Step], english: int) -> Band:
    """Narrow, around the first path."""
    corners = [(0, 0)] + [(a.stop, b.stop) for a, b in steps if a and b]
    chinese = steps[-1][0].stop
    if corners[-1] != (chinese, english):
        corners.append((chinese, english))
    at, path = zip(*corners, strict=True)
    return Band.around(np.interp(np.arange(chinese + 1), at, path), 25, english)


def _learnt_shapes(steps: list[Step], weights: Weights) -> dict[Shape, float]:
    """The priors of the shapes, drawn towards how often the first path uses them."""
    counts = Counter((len(a), len(b)) for a, b in steps)
    total = len(steps) + weights.shape_memory
    return {shape: (counts[shape] + weights.shape_memory * prior) / total for shape, prior in PRIORS.items()}
