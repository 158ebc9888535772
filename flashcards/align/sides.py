"""The two sides of a text as the aligner sees them: symbols as indices, lengths, how sentences begin and end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from flashcards.lexicon import Lexicon
from flashcards.links.symbols import chinese_symbols, english_symbols, name_symbols
from flashcards.model import Sentence

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

ENDINGS = ("?", "!", ".", ":", ";", "…", "other")
"""The classes of marks that a sentence can end with, quotation marks and brackets aside."""

_ENDING_OF = {
    "?": 0, "？": 0, "!": 1, "！": 1, ".": 2, "。": 2, "｡": 2, ":": 3, "：": 3, ";": 4, "；": 4,
    "…": 5, "⋯": 5, "—": 5, "–": 5, "-": 5,
}  # fmt: skip
_CLOSING = "”」』\"’'）)』】] \u3000"
_CLAUSE_MARKS = "，；：、—,;:"
_ENGLISH_CLAUSE = re.compile(r"[,;:—–]\s*|[.!?]\s+")
_LATIN_WIDTH = 0.4    # A Latin letter takes about as much room as .4 Chinese characters.
_FORGOTTEN = 10    # A quotation that goes on for so many sentences was never closed by mistake.

_CHINESE_QUOTES = re.compile("(?P<open>[“「『])|(?P<close>[”」』])|(?P<either>\")")
_ENGLISH_QUOTES = re.compile(
    r"""(?P<open> (?:(?<=^)|(?<=[\s(\[—–-])) ['"‘“] (?=\S) )
      | (?P<close> (?<=[.,!?;:…—–\w]) ["”] | (?<=[.,!?;:…—–-]) ['’] (?=\s|$|[)—–]) )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Side:
    """One language's side of a text of n sentences.

    `symbols` are all its symbols one after the other, as indices into `vocabulary`; those of sentence i stand from
    `starts[i]` to `starts[i + 1]`, those of its second half from `middles[i]` on. `lengths` are in characters. `ending`
    is each sentence's class in `ENDINGS`; `opens` and `closes` say whether it begins and ends with a quotation mark,
    `quoting` whether a quotation goes on behind it, `quotations` how many it opens, `questions` and `exclamations` how
    many such marks it has.
    """

    symbols: Ints
    starts: Ints
    middles: Ints
    vocabulary: tuple[str, ...]
    lengths: Floats
    ending: Ints
    opens: Floats
    closes: Floats
    quoting: Floats
    quotations: Floats
    questions: Floats
    exclamations: Floats

    def __len__(self) -> int:
        return len(self.lengths)

    def half(self, second: bool) -> "Side":
        """The side with only the first, or only the second, half of every sentence's symbols."""
        first, last = (self.middles, self.starts[1:]) if second else (self.starts[:-1], self.middles)
        lengths = last - first
        bounds = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
        taken = np.repeat(first - bounds[:-1], lengths) + np.arange(bounds[-1])
        return replace(self, symbols=self.symbols[taken], starts=bounds, middles=bounds[:-1])

    def unigrams(self, smoothing: float) -> Floats:
        """The share of each symbol of the vocabulary in the text, smoothed."""
        counts = np.bincount(self.symbols, minlength=len(self.vocabulary)) + smoothing
        return np.asarray(counts / counts.sum(), np.float64)


def make_sides(
    zh: Sequence[Sentence], en: Sequence[Sentence], words: Sequence[Sequence[str]], lexicon: Lexicon
) -> tuple[Side, Side]:
    """The Chinese and the English side; `words` are those of each Chinese sentence."""
    chinese = _chinese_halves(words, [s.text for s in en], lexicon)
    english = [(english_symbols(first), english_symbols(second)) for first, second in (_halves(s.text) for s in en)]
    lengths = [sum(1.0 if c > "\u2e80" else _LATIN_WIDTH for c in s.text) for s in zh]
    return (
        _side([s.text for s in zh], chinese, lengths, _CHINESE_QUOTES),
        _side([s.text for s in en], english, [float(len(s.text)) for s in en], _ENGLISH_QUOTES),
    )


def _chinese_halves(
    words: Sequence[Sequence[str]], english: Sequence[str], lexicon: Lexicon
) -> list[tuple[list[str], list[str]]]:
    """The symbols of both halves of each Chinese sentence."""
    cut = [_middle_word(own) for own in words]
    parts = [part for own, at in zip(words, cut, strict=True) for part in (own[:at], own[at:])]
    texts = ["".join(part) for part in parts]
    names = name_symbols(texts, english, lexicon)
    symbols = [
        chinese_symbols(text, part, lexicon) + found for text, part, found in zip(texts, parts, names, strict=True)
    ]
    return list(zip(symbols[::2], symbols[1::2], strict=True))


def _middle_word(words: Sequence[str]) -> int:
    """The number of words in the first half of a sentence: up to the mark nearest to its middle, or to the middle."""
    ends = list(accumulate(map(len, words)))
    half = ends[-1] / 2 if ends else 0
    marks = [k for k, word in enumerate(words) if word[-1] in _CLAUSE_MARKS and abs(ends[k] - half) <= 0.4 * half]
    return 1 + min(marks or range(len(words)), key=lambda k: abs(ends[k] - half), default=-1)


def _halves(text: str) -> tuple[str, str]:
    """An English sentence cut at the mark nearest to its middle, or between the words there."""
    half = len(text) / 2
    marks = [at for m in _ENGLISH_CLAUSE.finditer(text) if abs((at := m.end()) - half) <= 0.4 * half]
    at = min(marks or [m.end() for m in re.finditer(" ", text)], key=lambda at: abs(at - half), default=len(text))
    return text[:at], text[at:]


def _side(
    texts: Sequence[str],
    halves: Sequence[tuple[Sequence[str], Sequence[str]]],
    lengths: Sequence[float],
    quotes: re.Pattern[str],
) -> Side:
    vocabulary = sorted({symbol for sentence in halves for half in sentence for symbol in half})
    index = {symbol: i for i, symbol in enumerate(vocabulary)}
    bounds = np.array([0, *accumulate(len(half) for sentence in halves for half in sentence)], np.intp)
    stripped = [text.strip() for text in texts]
    bare = [text.rstrip(_CLOSING) for text in stripped]
    opens, closes, quoting, quotations = _quotation_marks(stripped, quotes)
    return Side(
        symbols=np.array([index[symbol] for sentence in halves for half in sentence for symbol in half], np.intp),
        starts=bounds[::2],
        middles=bounds[1::2],
        vocabulary=tuple(vocabulary),
        lengths=np.maximum(np.array(lengths), 1.0),
        ending=np.array([_ENDING_OF.get(text[-1:], len(ENDINGS) - 1) for text in bare], np.intp),
        opens=opens,
        closes=closes,
        quoting=quoting,
        quotations=quotations,
        questions=np.array([float(len(re.findall("[?？]", text))) for text in texts]),
        exclamations=np.array([float(len(re.findall("[!！]", text))) for text in texts]),
    )


def _quotation_marks(texts: Sequence[str], quotes: re.Pattern[str]) -> tuple[Floats, Floats, Floats, Floats]:
    """For each sentence whether it begins and ends with a quotation mark, is left within one, and how many it opens."""
    rows = []
    inside = False
    age = 0
    for text in texts:
        was_inside = inside
        opened = 0
        marks = list(quotes.finditer(text))
        for mark in marks:
            inside = not inside if mark.lastgroup == "either" else mark.lastgroup == "open"
            opened += inside
        age = age + 1 if inside and was_inside else 0
        inside = inside and age <= _FORGOTTEN
        begins = bool(marks) and marks[0].start() == 0 and marks[0].lastgroup != "close"
        ends = bool(marks) and marks[-1].end() == len(text) and not inside
        rows.append((begins, ends, inside, opened))
    columns = np.array(rows, np.float64).reshape(-1, 4).T
    return columns[0], columns[1], columns[2], columns[3]
