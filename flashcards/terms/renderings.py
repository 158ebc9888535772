"""Which English of a pair stands for a term: how probable each span is, over all the pairs of the term."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from flashcards.lexicon import Lexicon
from flashcards.links.model1 import Links, Prior
from flashcards.links.prior import gloss_keys
from flashcards.links.symbols import syllables
from flashcards.model import HAN
from flashcards.terms.candidates import Candidate
from flashcards.terms.english import English, Flags, Floats
from flashcards.terms.spans import Scene, Sought, features, scores
from flashcards.terms.weights import Weights
from flashcards.terms.wordclass import WordClasses

_MOST_OCCURRENCES = 12
"""So many occurrences of a term tell enough of its renderings."""

_LONGEST_NAME = 6
_LEAST_PROBABILITY = 0.003
_CLAIMED = 0.3
"""The probability from which on a term's best span counts as its own, when others seek theirs."""

_HAN_ONLY = re.compile(f"[{HAN}]+")


@dataclass(frozen=True, eq=False)
class Search:
    """A pair with the terms sought in it, the features of every span for each, and which spans come into question."""

    scene: Scene
    terms: tuple[Sought, ...]
    found: Mapping[str, Floats]
    possible: Flags
    nothing: Mapping[str, Floats]
    vouched: Floats

    def probabilities(self, weights: Mapping[str, float]) -> Floats:
        """How probable each span and, in a last column, no rendering is for each term."""
        total = scores(self.found, self.possible, self.nothing, weights)
        total = np.exp(total - total.max(1, keepdims=True))
        return np.asarray(total / total.sum(1, keepdims=True), np.float64)

    def completed(self, probabilities: Floats) -> Floats:
        """The probabilities, those of a conjunct without the head that it shares given to the whole of it.

        So it is where the dictionary finds the head in the term: 产业链 in "industrial, supply and value chains".
        """
        vouched = self.found["completed, vouched"]
        for part, whole in self.scene.side.spans.completions:
            rows = (vouched[:, whole] >= 1) & (probabilities[:, part] > 0)
            probabilities[rows, whole] += probabilities[rows, part]
            probabilities[rows, part] = 0.0
        return probabilities

    def at(self, row: int, span: int) -> dict[str, float]:
        """The features of one span for one term."""
        return {name: _at(values, row, span) for name, values in self.found.items()}

    def settled(self, probabilities: Floats) -> "Search":
        """The same search, once it is known what the terms claim."""
        return replace(self, found={**self.found, **self.competition(probabilities)})

    def competition(self, probabilities: Floats) -> Mapping[str, Floats]:
        """What other terms claim of each span: features for a second look."""
        spans, content = self.scene.side.spans, self.scene.side.content
        number = len(content)
        best = probabilities.argmax(1)
        claims = np.zeros((len(self.terms), number))
        for t, s in enumerate(best):
            p = probabilities[t, s]
            if s < len(spans) and p > _CLAIMED:
                strength = p if p > 0.5 else 0.5 * p
                claims[t, spans.start[s] : spans.end[s]] = strength
                claims[t, spans.second_start[s] : spans.second_end[s]] = strength
        claims *= content
        starts = np.array([t.at.start for t in self.terms])
        ends = np.array([t.at.end for t in self.terms])
        apart = (ends[None, :] <= starts[:, None]) | (ends[:, None] <= starts[None, :])
        others = np.where(apart[:, :, None], claims[None], 0.0).max(1)
        last = np.where(spans.completed, spans.second_end, spans.end)
        left, right = np.maximum(spans.start - 1, 0), np.minimum(last, number - 1)
        return {
            "others' share": spans.sums(others, others * (self.vouched < 0.2)) / spans.sums(content),
            "others' most": spans.largest(others),
            "others beside": others[:, left] * (spans.start > 0) + others[:, right] * (last < number),
        }


def _at(values: Floats, row: int, span: int) -> float:
    """One value of an array of spans, or of terms by spans; either axis may have one value for all."""
    if values.ndim == 1:
        return float(values.item(span))
    rows, columns = values.shape
    return float(values.item(row if rows > 1 else 0, span if columns > 1 else 0))


@dataclass(frozen=True, eq=False)
class Sighting:
    """Where a rendering of a term is seen best: the search, the term's row in it, the span."""

    probability: float
    pair: int
    search: Search
    row: int
    span: int

    @property
    def side(self) -> English:
        """The English side of the pair."""
        return self.search.scene.side

    @cached_property
    def features(self) -> dict[str, float]:
        """The features of the span for the term."""
        return self.search.at(self.row, self.span)


@dataclass(slots=True)
class Tally:
    """All that the occurrences of a term say: how many they are, what share each rendering has, where it is seen.

    Shares are by the renderings' stems, a space between two, "" for none, summed over the occurrences; `sightings` has
    for each rendering the occurrences in which it is the most probable one.
    """

    occurrences: int = 0
    shares: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    sightings: defaultdict[str, list[Sighting]] = field(default_factory=lambda: defaultdict(list))

    def ranked(self) -> list[str]:
        """The renderings that are the most probable one somewhere, the one with the greatest share first."""
        return sorted(self.sightings, key=lambda key: (-self.shares[key], key))

    def best(self, key: str) -> Sighting:
        """Where a rendering is most probable."""
        return max(self.sightings[key], key=lambda sighting: sighting.probability)

    def sureness_features(self, key: str, text: str) -> dict[str, float]:
        """What speaks for a rendering being the whole translation of a term and no more."""
        seen, number = self.best(key), self.occurrences
        own = [sighting.probability for sighting in self.sightings[key]]
        mean = min(sum(own) / len(own), 0.999)
        share = min(self.shares[key] / number, 0.999)
        others = ((v, k) for k, v in self.shares.items() if k not in ("", key))
        second, second_key = max(others, default=(0.0, ""))
        words = set(key.split())
        near = sum(v for k, v in self.shares.items() if k and words & set(k.split())) / number
        alike = len(words & set(second_key.split())) / len(words | set(second_key.split()))
        features = {
            "bias": 1.0,
            "probability": mean,
            "odds": math.log(mean / (1 - mean)),
            "share": share,
            "odds of the share": math.log(share / (1 - share)),
            "second": second / number,
            "alike second": alike * second / number,
            "none": self.shares[""] / number,
            "near": near,
            "occurrences": math.log(number),
            "words": float(len(words)),
            "hanzi": float(len(text)),
            "2 hanzi": float(len(text) == 2),
        }
        at_best = seen.features
        return features | {f"at best, {name}": at_best[name] for name in _AT_BEST}


_AT_BEST = (
    "backed", "backing", "covered", "explained", "missed", "claimed", "gap", "gloss", "dice of several", "length",
    "too long", "capitals only", "whole name", "least covered", "completed", "idle left", "function word left",
    "function word right", "verb first", "others' share", "others beside", "same place in list", "own",
    "first covered", "last covered",
)  # fmt: skip


class Searcher:
    """Looks for the renderings of candidates in the English of a lesson.

    Args:
        chinese: the units of each pair's Chinese side.
        english: the pairs' English sides.
        links: the links of each pair, units by tokens, and `support`, how far each is vouched for.
    """

    def __init__(
        self,
        chinese: Sequence[Sequence[str]],
        english: Sequence[English],
        links: Sequence[Links],
        support: Sequence[Links],
        lexicon: Lexicon,
        classes: WordClasses,
    ) -> None:
        self._chinese = chinese
        self._english = english
        self._links = links
        self._support = support
        self._lexicon = lexicon
        self._classes = classes
        self._pairs_with: Counter[str] = Counter()
        for side in english:
            self._pairs_with.update(set(side.spans.keys))

    def searches(self, candidates: Sequence[Candidate]) -> Iterator[tuple[int, Search]]:
        """For each pair that has any of the candidates the search for them, by the pair's number."""
        by_pair: defaultdict[int, list[Sought]] = defaultdict(list)
        for candidate in candidates:
            for sought in self._sought(candidate):
                by_pair[sought.at.pair].append(sought)
        for pair in sorted(by_pair):
            side, terms = self._english[pair], tuple(by_pair[pair])
            if len(side.spans):
                everywhere = np.array([self._pairs_with[key] for key in side.spans.keys], float)
                scene = Scene(side, self._chinese[pair], self._links[pair], self._support[pair], everywhere)
                yield pair, Search(scene, terms, *features(scene, terms))

    def tallies(self, candidates: Sequence[Candidate], weights: Weights) -> dict[str, Tally]:
        """What the occurrences of each candidate say, all together."""
        tallies: defaultdict[str, Tally] = defaultdict(Tally)
        for pair, search in self.searches(candidates):
            first = search.probabilities(weights.spans)
            settled = search.settled(first)
            add_to(tallies, pair, settled, settled.completed(settled.probabilities(weights.settled)))
        return dict(tallies)

    def _sought(self, candidate: Candidate) -> Iterator[Sought]:
        text, parts = candidate.text, candidate.units
        occurrences = candidate.occurrences[:_MOST_OCCURRENCES]
        pairs = {at.pair for at in occurrences}
        found: Counter[str] = Counter()
        if len(pairs) > 1:
            for pair in pairs:
                found.update(set(self._english[pair].spans.keys))
        whole = gloss_keys(text, self._lexicon)
        own = frozenset().union(*(gloss_keys(part, self._lexicon) for part in parts)) if len(parts) > 1 else frozenset()
        spellings, sounds = _spellings(text, self._lexicon)
        verb = self._classes.of(parts[0]) == "verb"
        quoted = "quoted" in candidate.shapes
        for at in occurrences:
            member = _member(self._chinese[at.pair], at.start, at.end)
            yield Sought(at, text, whole, own, spellings, sounds, found, len(pairs), verb, quoted, member)


def _spellings(text: str, lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """How a name would be spelled in English, family name first or last, and its syllables; nothing for long terms."""
    if len(text) > _LONGEST_NAME or not _HAN_ONLY.fullmatch(text):
        return frozenset(), frozenset()
    own = [_plain(lexicon.pinyin(c)[0]) if lexicon.pinyin(c) else min(syllables(c, lexicon), default="") for c in text]
    if not all(own):
        return frozenset(), frozenset()
    orders = {"".join(own), "".join(own[1:] + own[:1])} | ({"".join(own[2:] + own[:2])} if len(own) > 2 else set())
    sounds = set(own) | {"".join(own[i : i + n]) for n in (2, 3) for i in range(len(own) - n + 1)}
    return frozenset(orders), frozenset(sounds)


_PLAIN = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü", "aaaaeeeeiiiioooouuuuuuuuu")


def _plain(syllable: str) -> str:
    return syllable.translate(_PLAIN)


def add_to(tallies: defaultdict[str, Tally], pair: int, search: Search, probabilities: Floats) -> None:
    """Add what one pair says to the tallies of its terms."""
    keys = search.scene.side.spans.keys
    best = probabilities.argmax(1).tolist()
    for row, term in enumerate(search.terms):
        tally = tallies[term.text]
        tally.occurrences += 1
        tally.shares[""] += float(probabilities[row, -1])
        for span in np.flatnonzero(probabilities[row, :-1] > _LEAST_PROBABILITY).tolist():
            tally.shares[keys[span]] += float(probabilities[row, span])
        top = best[row]
        if top < len(keys):
            tally.sightings[keys[top]].append(Sighting(float(probabilities[row, top]), pair, search, row, top))


_LIST_ENDS = frozenset("和与及") | {"以及"}
_LIST_STOPS = frozenset("，。、；：！？,.;:!?“”（）()")
_LONGEST_MEMBER = 6


def _member(units: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """A stretch's place in a list A、B和C of which it is a whole member, and the list's number of members."""
    before = 0
    at = start - 1
    while at > 0 and (units[at] == "、" or (units[at] in _LIST_ENDS and not before)):
        stretch = range(at - 1, max(-1, at - 2 - _LONGEST_MEMBER), -1)
        at = next((i for i in stretch if _ends_member(units[i])), -1)
        before += 1
    behind = 0
    at = end
    while at < len(units) and (units[at] == "、" or units[at] in _LIST_ENDS):
        behind += 1
        if units[at] in _LIST_ENDS:
            break
        stretch = range(at + 1, min(len(units), at + 2 + _LONGEST_MEMBER))
        at = next((i for i in stretch if _ends_member(units[i])), len(units))
    return (before, before + 1 + behind) if before or behind else None


def _ends_member(unit: str) -> bool:
    return unit in _LIST_STOPS or unit in _LIST_ENDS


def vouched(
    links: Sequence[Links], chinese: Sequence[Sequence[str]], english: Sequence[English], prior: Prior
) -> list[Links]:
    """How far the dictionary or a second pair supports each link, 0 to 1."""
    together: defaultdict[str, Counter[str]] = defaultdict(Counter)
    count = Counter(word for words in chinese for word in words)
    for matrix, words, side in zip(links, chinese, english, strict=True):
        for i, j in np.argwhere(matrix > 0.3).tolist():
            together[words[i]][side.stems[j]] += 1
    supports = []
    for words, side in zip(chinese, english, strict=True):
        stems = side.stems
        support = np.array([prior(word, stems) for word in words]).reshape(len(words), len(stems))
        for i, word in enumerate(words):
            repeated = {each: seen / count[word] for each, seen in together[word].items() if seen > 1}
            if repeated:
                for j, each in enumerate(stems):
                    if each in repeated:
                        support[i, j] = max(support[i, j], min(1.0, repeated[each]))
        support[:, [not token.is_word for token in side.tokens]] = 0.0
        supports.append(support)
    return supports
