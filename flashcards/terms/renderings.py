"""Which English of a pair stands for a term: the best span by the word links."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flashcards.links.english import FUNCTION_WORDS, Token
from flashcards.links.model1 import Links, Prior
from flashcards.terms.candidates import Candidate, Occurrence

_ENDS_SPAN = frozenset(".?!;:“”\"()—…")
_NAME_LINKS = frozenset(["of", "and", "on", "for", "the", "-", "with", "a", "in", "to"])
_LONGEST = 14
_IDLE = 0.15
_WELCOME = 0.25
_UNWELCOME = 0.14
_LINKED = 0.6
"""The strength of links that explains a word fully."""

_HANZI_PER_WORD = 1.9
"""A content word of English stands for about so many hanzi."""


_LISTED = 0.95
"""The confidence of a gloss of several words that stands in the English."""

_LEADING = re.compile(r"^(?:to|the|an?) ")

Stems = tuple[str, ...]


@dataclass(frozen=True)
class English:
    """One pair's English side: its text, its tokens, and what is asked of them again and again."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def content(self) -> NDArray[np.bool_]:
        """Which tokens are words outside the closed classes."""
        return np.array([t.is_content for t in self.tokens], bool)

    @cached_property
    def glued(self) -> NDArray[np.bool_]:
        """Which tokens are written together with the one before by a hyphen or an apostrophe."""
        return np.array([self._is_glued(j) for j in range(len(self.tokens))], bool)

    @cached_property
    def capital(self) -> NDArray[np.bool_]:
        """Which tokens begin with a capital, though they do not begin the sentence."""
        starts = {0} | {j + 1 for j, t in enumerate(self.tokens) if t.text in ".?!“"}
        return np.array([t.text[0].isupper() and j not in starts for j, t in enumerate(self.tokens)], bool)

    @cached_property
    def commas(self) -> Links:
        """1 for a comma, 0 for the other tokens."""
        return np.array([t.text == "," for t in self.tokens], float)

    @cached_property
    def spans(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The starts and ends of all spans that begin and end with a content word and cut nothing in two."""
        found = [
            (start, end)
            for start in np.flatnonzero(self.content & ~self.glued)
            for end in self._ends(int(start))
        ]
        both = np.array(found, np.intp).reshape(-1, 2)
        return both[:, 0], both[:, 1]

    def _ends(self, start: int) -> Iterator[int]:
        for end in range(start + 1, min(start + _LONGEST, len(self.tokens)) + 1):
            if self.tokens[end - 1].text in _ENDS_SPAN:
                break
            if self.content[end - 1] and not (end < len(self.tokens) and self.glued[end]):
                yield end

    @cached_property
    def _stems(self) -> str:
        return f" {' '.join(token.stem for token in self.tokens if token.is_word)} "

    def holds(self, key: str) -> bool:
        """Whether these stems, a space between two, stand in the text one after the other."""
        return f" {key} " in self._stems

    def _is_glued(self, j: int) -> bool:
        if j == 0 or self.tokens[j].start != self.tokens[j - 1].end:
            return False
        either = (self.tokens[j].text[0], self.tokens[j - 1].text[-1])
        return any(c in "-–'’" for c in either)


@dataclass(frozen=True, slots=True)
class Match:
    """A span of a pair's English, as tokens and as text, with its words' stems and its confidence, 0 to 1."""

    pair: int
    start: int
    end: int
    surface: str
    key: str
    confidence: float


def vouched(
    links: Sequence[Links], chinese: Sequence[Sequence[str]], english: Sequence[English], prior: Prior
) -> tuple[list[Links], list[Links]]:
    """The links, those weakened that neither the dictionary nor a second pair supports; and the support itself."""
    together: defaultdict[str, Counter[str]] = defaultdict(Counter)
    count = Counter(word for words in chinese for word in words)
    for matrix, words, side in zip(links, chinese, english, strict=True):
        for i, j in np.argwhere(matrix > 0.3):
            together[words[i]][side.tokens[j].stem] += 1
    supports = []
    for words, side in zip(chinese, english, strict=True):
        stems = [token.stem for token in side.tokens]
        support = np.array([prior(word, stems) for word in words]).reshape(len(words), len(stems))
        for i, word in enumerate(words):
            repeated = {each: seen / count[word] for each, seen in together[word].items() if seen > 1}
            for j, each in enumerate(stems):
                if each in repeated:
                    support[i, j] = max(support[i, j], min(1.0, repeated[each]))
        support[:, [not token.is_word for token in side.tokens]] = 0.0
        supports.append(support)
    weakened = [m * (0.12 + 0.88 * np.minimum(1, 3 * s)) for m, s in zip(links, supports, strict=True)]
    return weakened, supports


def best_match(
    candidate: Candidate, at: Occurrence, side: English, links: Links, support: Links, glosses: Mapping[Stems, str]
) -> Match | None:
    """The best span for one occurrence of a candidate, None if no word of the English is linked to it.

    Args:
        candidate: the candidate.
        at: the occurrence.
        side: the pair's English.
        links: the pair's links, units by tokens.
        support: how far the dictionary or other pairs support each link, in the same shape.
        glosses: the candidate's glosses by their stems, sorted.
    """
    listed = _whole_gloss(glosses.values(), side)
    if listed is not None:
        return _match(at.pair, side, *listed, _LISTED)
    inside = links[at.start : at.end].sum(0)
    total = float((inside * side.content).sum())
    if total < 0.05:
        return None
    outside = links.sum(0) - inside
    own = links[at.start : at.end]
    sizes = np.array([len(unit) for unit in candidate.units], float)
    covered = np.minimum(1.0, own @ side.content / _LINKED)
    unexplained = float(((1 - covered) * sizes).sum() / _HANZI_PER_WORD)
    span = _best_span(side, inside, outside, unexplained)
    if span is None:
        return None
    start, end = _whole_name(side, outside, *span)
    content = side.content[start:end]
    within = own[:, start:end]
    sure = _confidence(
        backed=float((support[at.start : at.end, start:end].max(1) * sizes).sum() / sizes.sum()),
        linked=float((np.minimum(1.0, within.sum(1) / 0.5) * sizes).sum() / sizes.sum()),
        claimed=float(outside[start:end][content].mean()),
        length=abs(math.log((content.sum() + 0.3) / (len(candidate.text) / _HANZI_PER_WORD + 0.3))),
        listed=tuple(sorted(t.stem for t in side.tokens[start:end] if t.is_content)) in glosses,
    )
    return _match(at.pair, side, start, end, sure)


def _match(pair: int, side: English, start: int, end: int, confidence: float) -> Match:
    surface = side.text[side.tokens[start].start : side.tokens[end - 1].end]
    key = " ".join(token.stem for token in side.tokens[start:end] if token.is_word)
    return Match(pair, start, end, surface, key, confidence)


def _whole_gloss(glosses: Iterable[str], side: English) -> tuple[int, int] | None:
    """Where the longest gloss of several words stands in the English as it is, function words included."""
    text = side.text.lower()
    starts = {token.start: i for i, token in enumerate(side.tokens)}
    ends = {token.end: i + 1 for i, token in enumerate(side.tokens)}
    for gloss in sorted(glosses, key=len, reverse=True):
        words = _LEADING.sub("", gloss.lower())
        at = text.find(words) if " " in words else -1
        if at >= 0 and at in starts:
            after = at + len(words)
            end = ends.get(after + 1) if text[after : after + 1] == "s" else ends.get(after)
            if end is not None:
                return starts[at], end
    return None


def _confidence(*, backed: float, linked: float, claimed: float, length: float, listed: bool) -> float:
    """How probable it is that a span is the whole rendering and no more.

    Args:
        backed: the share of the term's hanzi whose units the dictionary or a second pair supports in the span.
        linked: the share of its hanzi whose units are linked into the span.
        claimed: how strongly other words are linked with the span's words, on average.
        length: how far the span's length is from the usual one, as a logarithm.
        listed: whether the dictionary translates the whole term so.

    A logistic regression on the gold terms of a speech and of a chapter of fiction (187 terms).
    """
    score = 0.29 + 0.57 * backed + 1.02 * linked - 0.83 * claimed - 1.65 * length + 1.39 * listed
    return 1 / (1 + math.exp(-score))


def settled(confidence: float, key: str, own: Collection[int], english: Sequence[English]) -> float:
    """The confidence of a rendering, once it is known where else the English and the term stand.

    A string that stands in the pairs of the term, twice or more, and hardly anywhere else, is its rendering.

    Args:
        confidence: the mean of the matches'.
        key: the rendering's stems, a space between two.
        own: the pairs that hold the term.
        english: the English of all pairs.

    Set like `_confidence`. Each of the two texts predicted by the other, 98 % of the renderings with .9 or more are
    exact, 90 % of those with .8 to .9, 71 % of those with .7 to .8, 40 % below; 1 % of those above .5 are wrong, the
    others have a word too many or too few.
    """
    holding = {pair for pair in own if english[pair].holds(key)}
    dice = 0.0
    if len(holding) > 1:
        everywhere = sum(side.holds(key) for side in english)
        dice = 2 * len(holding) / (everywhere + len(own))
    logit = math.log(confidence / (1 - confidence))
    return 1 / (1 + math.exp(-(-0.49 + 1.42 * logit + 1.49 * dice)))


def _best_span(side: English, inside: Links, outside: Links, unexplained: float) -> tuple[int, int] | None:
    """The span that gathers most of the term's links and least of other words'.

    `unexplained` is the number of English words that the term's unlinked hanzi may still stand for: so many words that
    no link claims are welcome in the span, further ones are not.
    """
    start, end = side.spans
    unlinked = side.content & (inside + outside < _IDLE)
    allowed = (inside[start] >= 0.05) | unlinked[start]
    start, end = start[allowed], end[allowed]
    if not len(start):
        return None

    def total(values: Links) -> Links:
        sums = np.concatenate([[0.0], np.cumsum(values)])
        return np.asarray(sums[end] - sums[start], np.float64)

    own = np.where(side.content, inside, 0.3 * inside)
    gathered = total(own)
    idle = total(unlinked.astype(float))
    score = (
        gathered
        - total(np.where(side.content, outside, 0.2 * outside))
        - 0.8 * (own.sum() - gathered)
        + _WELCOME * np.minimum(idle, unexplained)
        - _UNWELCOME * np.maximum(0.0, idle - unexplained)
        - 0.25 * total(side.commas)
        - 0.01 * (end - start)
    )
    best = int(score.argmax())
    return int(start[best]), int(end[best])


def _whole_name(side: English, outside: Links, start: int, end: int) -> tuple[int, int]:
    """Extend a span that cuts a capitalised name to the whole of it, where no other word claims the rest."""
    inside = range(start, end)
    if not all(side.capital[j] or side.tokens[j].lower in _NAME_LINKS for j in inside) or not side.capital[end - 1]:
        return start, end
    free = side.capital & side.content & (outside < 0.35)

    def links(j: int) -> bool:
        return side.tokens[j].lower in ("of", "-", "on", "for")

    while start > 0 and (free[start - 1] or (start > 1 and links(start - 1) and free[start - 2])):
        start -= 1 if free[start - 1] else 2
    last = len(free) - 1
    while end <= last and (free[end] or (end < last and links(end) and free[end + 1])):
        end += 1 if free[end] else 2
    return start, end


def citation(surface: str) -> str:
    """The form for a card's front: without an article or a possessive at its edges.

    >>> citation("the SCO's"), citation("global affairs")
    ('SCO', 'global affairs')
    """
    text = re.sub(r"(?:'s|’s|'|’)$", "", surface)
    words = text.split()
    while len(words) > 1 and words[0].casefold() in FUNCTION_WORDS:
        words = words[1:]
    return " ".join(words)
