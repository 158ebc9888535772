"""The English side of a pair, as the search for renderings needs it: tokens, what kind each is, and all its spans."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from flashcards.lexicon import Lexicon
from flashcards.links.english import FUNCTION_WORDS, Token, tokens
from flashcards.model import Span

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

ENDS_SPAN = frozenset(".?!;:“”\"()—…")
"""Marks that no rendering holds."""

GAP = " … "
"""What stands for the words between the two pieces of a completed rendering."""

_APOSTROPHES, _DASHES = frozenset("'’"), frozenset("-–")
LONGEST = 12
_MOST_CONTENT = 8
_LONGEST_LIST_MEMBER = 8
CONJUNCTIONS = frozenset(["and", "or", "&"])
PRONOUNS = frozenset(
    """we our us i he she it they their his her its you your is are was were have has had be been will should must that
    which who""".split()
)
PREPOSITIONS = frozenset("in for on by from with as at".split())
DETERMINERS = frozenset("the a an our its his her their your my".split())
NAME_LINKS = frozenset("of and for on & -".split())
_NOMINAL = re.compile("(?:tion|ment|ness|ity|ship|ism|ence|ance|sis)s?$")


@dataclass(frozen=True, eq=False)
class Spans:
    """Spans of one English side: tokens `start` to `end`, and for a completed one a second piece (else both 0).

    `shared_first` says of which completed ones the first piece is what they share with others, a modifier; of the rest
    it is the second, a head. `keys` are their content as stems, a space between two.
    """

    start: Places
    end: Places
    second_start: Places
    second_end: Places
    shared_first: Flags
    keys: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def sums(self, values: NDArray[np.generic], shared: NDArray[np.generic] | None = None) -> Floats:
        """The sum of a value of each token over each span; further axes may stand before that of the tokens.

        In the piece that a completed span shares with others the tokens have the value `shared`, if it is given.
        """
        sums = self._piece_sums(values, self.start, self.end)
        if self.completed.any():
            second = self._piece_sums(values, self.second_start, self.second_end)
            if shared is not None:
                first_shared = self._piece_sums(shared, self.start, self.end)
                second_shared = self._piece_sums(shared, self.second_start, self.second_end)
                sums = np.where(self.shared_first, first_shared, sums)
                second = np.where(self.shared_first, second, second_shared)
            sums = sums + second
        return sums

    def _piece_sums(self, values: NDArray[np.generic], start: Places, end: Places) -> Floats:
        rising = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
        np.cumsum(values, axis=-1, out=rising[..., 1:])
        return np.asarray(rising[..., end] - rising[..., start], np.float64)

    def largest(self, values: Floats) -> Floats:
        """The largest of a value of each token over each span, at least 0."""
        found = self._pieces(values, self.start, self.end)
        if self.completed.any():
            found = np.maximum(found, self._pieces(values, self.second_start, self.second_end) * self.completed)
        return found

    def weakest_piece(self, values: Floats) -> Floats:
        """The largest of a value of each token in that piece of a completed span that has less; 0 for others."""
        if not self.completed.any():
            return np.zeros((*values.shape[:-1], len(self)))
        first = self._pieces(values, self.start, self.end)
        return np.minimum(first, self._pieces(values, self.second_start, self.second_end)) * self.completed

    @cached_property
    def completions(self) -> tuple[tuple[int, int], ...]:
        """Spans that are a term's own piece of a completed one, each with that one, the shortest first."""
        alone = np.flatnonzero(~self.completed).tolist()
        whole = {(int(self.start[i]), int(self.end[i])): i for i in alone}
        found = []
        for i in np.flatnonzero(self.completed).tolist():
            first, second = (self.start, self.end), (self.second_start, self.second_end)
            own, shared = (second, first) if self.shared_first[i] else (first, second)
            if (int(own[0][i]), int(own[1][i])) in whole:
                found.append((int(shared[1][i] - shared[0][i]), whole[int(own[0][i]), int(own[1][i])], i))
        return tuple((part, i) for _, part, i in sorted(found))

    def completable(self, values: Floats) -> Floats:
        """For each span the largest of some values, one a span, that the spans have that complete it; 0 without one."""
        found = np.zeros(values.shape)
        for part, whole in self.completions:
            found[..., part] = np.maximum(found[..., part], values[..., whole])
        return found

    def _pieces(self, values: Floats, start: Places, end: Places) -> Floats:
        padded = np.concatenate([values, np.zeros((*values.shape[:-1], 1))], axis=-1)
        edges = np.stack([start, end], 1).ravel()
        return np.asarray(np.maximum.reduceat(padded, edges, axis=-1)[..., ::2], np.float64)

    @cached_property
    def places(self) -> Mapping[str, list[int]]:
        """The spans by their keys."""
        found: dict[str, list[int]] = {}
        for span, key in enumerate(self.keys):
            found.setdefault(key, []).append(span)
        return found

    @cached_property
    def completed(self) -> Flags:
        """Which spans have a second piece."""
        return self.second_end > 0


@dataclass(frozen=True, eq=False)
class English:
    """One pair's English side."""

    text: str
    tokens: tuple[Token, ...]
    lexicon: Lexicon

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """The tokens in lower case."""
        return tuple(token.lower for token in self.tokens)

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The tokens' letters in lower case, without marks."""
        return tuple(re.sub("[^a-z]", "", word.replace("ü", "u")) for word in self.lower)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The tokens' stems."""
        return tuple(token.stem for token in self.tokens)

    @cached_property
    def content(self) -> Flags:
        """Which tokens are words outside the closed classes."""
        return np.array([t.is_content for t in self.tokens], bool)

    @cached_property
    def glued(self) -> Flags:
        """Which tokens are written in one with the one before, or by a hyphen or an apostrophe; one more at the end."""
        return np.array([*(self._is_glued(j) for j in range(len(self.tokens))), False], bool)

    def _is_glued(self, j: int) -> bool:
        """Whether token `j` is part of one word with the one before: well-being, O'Brien; but not SCO's, 'tourist'."""
        if j == 0 or not self._touches(j):
            return False
        before, token = self.tokens[j - 1].text, self.tokens[j].text
        if token in _APOSTROPHES:
            return before[-1].isalnum() and j + 1 < len(self.tokens) and self._touches(j + 1)
        if before in _APOSTROPHES:
            return token[0].isalnum() and j > 1 and self._touches(j - 1) and self.tokens[j - 2].text[-1].isalnum()
        return token in _DASHES or before in _DASHES or (before[-1].isalnum() and token[0].isalnum())

    def _touches(self, j: int) -> bool:
        return self.tokens[j].start == self.tokens[j - 1].end

    def among(self, words: frozenset[str]) -> Flags:
        """Which tokens are one of the words."""
        return np.array([word in words for word in self.lower], bool)

    @cached_property
    def capital(self) -> Flags:
        """Which tokens begin with a capital."""
        return np.array([t.text[0].isupper() for t in self.tokens], bool)

    @cached_property
    def kinds(self) -> tuple[Floats, Floats, Floats]:
        """How much each token is a verb, a noun, an adjective."""
        found = np.array([word_kinds(word, self.lexicon) for word in self.lower], float).reshape(-1, 3)
        return found[:, 0], found[:, 1], found[:, 2]

    @cached_property
    def spans(self) -> Spans:
        """All spans that begin and end with a content word and cut nothing in two, and the completed ones."""
        rows = [(start, end, 0, 0, 0) for start, end in self._contiguous()]
        rows += sorted(
            row for row in set(self._completed()) if self._is_whole(*row[:2]) and self._is_whole(*row[2:4])
        )
        table = np.array(rows, np.intp).reshape(-1, 5)
        stems = self.stems
        keys = tuple(
            " ".join(stems[j] for j in (*range(a, b), *range(c, d)) if self.tokens[j].is_word) for a, b, c, d, _ in rows
        )
        return Spans(table[:, 0], table[:, 1], table[:, 2], table[:, 3], table[:, 4] > 0, keys)

    def _contiguous(self) -> Iterator[tuple[int, int]]:
        number = np.concatenate([[0], np.cumsum(self.content)])
        for start in np.flatnonzero(self.content & ~self.glued[:-1]).tolist():
            for end in range(start + 1, min(start + LONGEST, len(self.tokens)) + 1):
                if self.tokens[end - 1].text in ENDS_SPAN or number[end] - number[start] > _MOST_CONTENT:
                    break
                if self.content[end - 1] and not self.glued[end]:
                    yield start, end

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether a stretch begins and ends with a content word and cuts nothing in two."""
        edges = self.content[start] and self.content[end - 1]
        return bool(edges and not self.glued[start] and not self.glued[end])

    def _completed(self) -> Iterator[tuple[int, int, int, int, int]]:
        """Conjuncts with the head, or the modifier, that they share with another.

        "industrial, supply and value chains" has "industrial ... chains" and "supply ... chains"; "mutual trust and
        respect" has "mutual ... respect".
        """
        runs = self._runs()
        for at, (first, last) in enumerate(runs[1:], 1):
            between = self.lower[runs[at - 1][1] : first]
            if not (between and between[-1] in CONJUNCTIONS and set(between[:-1]) <= {","}):
                continue
            before = at - 1
            if runs[before][1] - runs[before][0] > 1:    # a shared modifier
                start = runs[before][0]
                yield from ((start, start + 1, first, end, 1) for end in range(first + 1, min(first + 2, last) + 1))
            if last - first > 1:    # a shared head
                heads = [(h, h + n) for n in (1, 2) for h in range(first + 1, last + 1 - n)]
                while before >= 0:
                    start, end = runs[before]
                    for head in heads:
                        yield from ((begin, end, *head, 0) for begin in range(max(start, end - 2), end))
                    if self.lower[runs[before - 1][1] : start] != (",",):
                        break
                    before -= 1

    def _runs(self) -> list[tuple[int, int]]:
        """The stretches of content words with nothing between them, hyphenated words whole."""
        runs: list[list[int]] = []
        for j in range(len(self.tokens)):
            follows = bool(runs) and runs[-1][1] == j
            if follows and (self.content[j] or self.glued[j] or self.glued[j + 1]):
                runs[-1][1] = j + 1
            elif self.content[j]:
                runs.append([j, j + 1])
        return [(start, end) for start, end in runs]

    @cached_property
    def lists(self) -> tuple[tuple[int, ...], ...]:
        """The lists "A, B and C": for each the places of its separators, where the last is "and" or "or"."""
        found = []
        for at in np.flatnonzero(self.among(CONJUNCTIONS)).tolist():
            separators = [at]
            here = at - 1 if at and self.lower[at - 1] == "," else at
            while True:
                before = [j for j in range(max(0, here - _LONGEST_LIST_MEMBER), here) if self.lower[j] == ","]
                if not before or not self.content[before[-1] + 1 : here].any():
                    break
                here = before[-1]
                separators.append(here)
            found.append(tuple(reversed(separators)))
        return tuple(found)

    def ranges(self, span: int) -> tuple[Span, ...]:
        """The ranges of characters that a span takes: one, or two if it is completed."""
        spans = self.spans
        pieces = [(spans.start[span], spans.end[span]), (spans.second_start[span], spans.second_end[span])]
        return tuple((self.tokens[a].start, self.tokens[b - 1].end) for a, b in pieces if b)

    def surface(self, span: int, gap: str = GAP) -> str:
        """What stands in a span, with `gap` between the pieces of a completed one."""
        return gap.join(self.text[a:b] for a, b in self.ranges(span))


def make_english(texts: Sequence[str], lexicon: Lexicon) -> list[English]:
    """The English sides of some pairs."""
    return [English(text, tokens(text), lexicon) for text in texts]


@lru_cache(maxsize=50_000)
def word_kinds(word: str, lexicon: Lexicon) -> tuple[float, float, float]:
    """How much an English word, in lower case, is a verb, a noun, an adjective; 0 to 1, together at most 1."""
    if word in FUNCTION_WORDS or not word[:1].isalpha() or word.endswith("ly"):
        return 0.0, 0.0, 0.0
    verb = noun = adjective = 0.0
    for base, weight, inflected in _bases(word):
        shares = lexicon.english_kinds(base)
        if shares:
            verb += weight * shares.get("v", 0.0)
            noun += weight * shares.get("n", 0.0) * (0.3 if inflected else 1.0)
            adjective += weight * shares.get("a", 0.0)
    if _NOMINAL.search(word):
        noun += 1.0
    total = verb + noun + adjective + 0.2
    return verb / total, noun / total, adjective / total


def _bases(word: str) -> Iterator[tuple[str, float, bool]]:
    """The word and what it may be a form of, each with a weight and whether it is then a participle."""
    yield word, 1.0, False
    if word.endswith("ies"):
        yield word[:-3] + "y", 1.0, False
    elif word.endswith("s"):
        yield word[:-1], 1.0, False
    for ending in ("ing", "ed", "er", "est"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stripped = word[: -len(ending)]
            yield stripped, 0.8, True
            yield stripped + "e", 0.8, True
