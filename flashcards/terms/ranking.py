"""Which candidates are worth learning: features of their shape, their renderings, and of what overlaps with them."""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from flashcards.lexicon import Lexicon
from flashcards.links.english import FUNCTION_WORDS
from flashcards.terms.candidates import Candidate
from flashcards.terms.english import PRONOUNS, word_kinds
from flashcards.terms.spans import HANZI_PER_WORD
from flashcards.terms.wordclass import WordClasses

_SUFFIXES = tuple(
    "主义 化 性 论 观 力 率 学 者 法 权 制 链 体 型 式 业 界 器 机 站 局 部 会 组织 机构 制度 体系".split()
)
_DERIVING = tuple("主义 化 性 型 学".split())
_RAREST = 7.2
"""On the Zipf scale: words that are as frequent, or more, are not specific to any text."""

Features = Mapping[str, float]

_OF_SPAN = (
    "covered", "least covered", "missed", "claimed", "backed", "backing", "others' share", "others beside", "gloss",
    "function word left", "function word right", "determiner left", "gap", "own", "length", "completed", "idle left",
    "taken left", "taken right", "whole name", "in quotes", "same place in list", "dice of several", "verb for noun",
)  # fmt: skip
_OF_SPAN_OF_SEVERAL = ("first covered", "last covered", "first a verb", "last a noun", "last a verb")
"""The features of a rendering's span that say something of the term, too."""
COMPARED = (
    "rarity", "least zipf", "most zipf", "early", "nested", "rarer than its parts", "sure", "sure, frequent",
    "sure, nested", "surest inside", "surer than inside", "surest around", "English verb first", "English noun last",
    "English adjective last", "English length", "English everywhere", "English rarity", "span: covered",
    "span: least covered", "span: missed", "span: claimed", "span: backed", "span: backing", "span: others' share",
    "span: others beside", "span: length", "span: dice of several",
)  # fmt: skip
"""The features whose usual values differ from text to text."""
_NONE = -9.0
"""The log-odds of what is not there."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What ranking asks of a candidate's best rendering: its English, its stems, its confidence ("" and 0 if none)."""

    english: str = ""
    key: str = ""
    confidence: float = 0.0
    pairs_with: int = 0
    at_best: Mapping[str, float] = field(default_factory=dict)


class Surroundings:
    """Which candidates contain which, occurrence by occurrence."""

    def __init__(self, found: Mapping[str, Candidate]) -> None:
        self.number = {text: len(candidate.occurrences) for text, candidate in found.items()}
        by_pair: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for text, candidate in found.items():
            for at in candidate.occurrences:
                by_pair[at.pair].append((at.start, at.end, text))
        self.around: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.within: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.nested: Counter[str] = Counter()
        for spans in by_pair.values():
            spans.sort(key=lambda span: (span[0], -span[1]))
            open_spans: list[tuple[int, int, str]] = []
            for start, end, text in spans:
                open_spans = [span for span in open_spans if span[1] > start]
                outer = {other for a, b, other in open_spans if b >= end and other != text}
                self.nested[text] += bool(outer)
                self.around[text].update(outer)
                for other in outer:
                    self.within[other][text] += 1
                open_spans.append((start, end, text))


def shape_features(
    candidate: Candidate, around: Surroundings, lexicon: Lexicon, classes: WordClasses, pairs: int
) -> dict[str, float]:
    """What the candidate's shape, its words and its frequency say; `pairs` is the number of the lesson's pairs."""
    text, parts, shapes = candidate.text, candidate.units, candidate.shapes
    number, size, units = len(candidate.occurrences), len(text), len(parts)
    zipfs = [lexicon.zipf(part) for part in parts]
    tags = [lexicon.tag(part) or "?" for part in parts]
    kinds = [classes.of(part) for part in parts]
    listed = text in lexicon
    outer, inner = around.around[text], around.within[text]
    swallowed = [other for other, times in outer.items() if times >= number]
    log_number = math.log2(number)
    nested = around.nested[text] / number
    level = lexicon.level(text)
    several = units > 1
    where = {at.pair for at in candidate.occurrences}
    nominal = all(kind in ("noun", "name", "person") for kind in kinds)
    features: dict[str, float] = {
        **{f"{n} hanzi": size == n for n in range(2, 7)},
        "7 hanzi or more": size >= 7,
        **{f"{n} units": units == n for n in range(1, 4)},
        "4 units or more": units >= 4,
        "rarity": sum(max(0.0, _RAREST - z) for z in zipfs) / units,
        "least zipf": min(zipfs),
        "most zipf": max(zipfs),
        "frequency": log_number,
        "more than once": number > 1,
        "frequency of a phrase": log_number * several,
        "pairs": math.log2(len(where)),
        "early": 1 - min(where) / max(1, pairs),
        "nested": nested,
        "nested word": nested * (units == 1),
        "nested, listed": nested * listed,
        "around": min(3, len(outer)),
        "swallowed": bool(swallowed),
        "swallowed by a word": any(other in lexicon for other in swallowed),
        "within": min(4, len(inner)),
        "rarer than its parts": math.log2(max((around.number[o] for o in inner), default=number) / number),
        "listed": listed,
        "listed, 3 hanzi or more": listed and size >= 3,
        "listed, 4 hanzi": listed and size == 4,
        "counted": lexicon.frequency(text) > 0 and size >= 3,
        "quoted": "quoted" in shapes,
        "in a list": "listed" in shapes,
        "4 hanzi alone": "alone" in shapes or ("listed" in shapes and size == 4),
        "joined pair": "pair" in shapes,
        "nouns only": nominal,
        "nouns only, several": nominal and several,
        "verb first": tags[0] == "v",
        "verb first of several": tags[0][0] == "v" and several,
        "mostly verb first": several and classes.is_mostly_verb(parts[0]),
        "modifier first": tags[0][0] in "ad" and several,
        "adverb first": tags[0][0] == "d",
        "noun last": tags[-1][0] == "n",
        "verb last": tags[-1] == "v",
        "verbal noun last": tags[-1] == "vn",
        "adjective last": tags[-1][0] == "a",
        "verb within": several and any(tag == "v" for tag in tags[:-1]),
        "name": any(kind in ("name", "person") for kind in kinds),
        "place first": tags[0] == "ns" and several,
        "name alone": units == 1 and kinds[0] in ("name", "person"),
        "person alone": units == 1 and kinds[0] == "person",
        "name, frequent": log_number * any(kind in ("name", "person") for kind in kinds),
        "idiom": units == 1 and kinds[0] == "idiom",
        "short unit": several and min(map(len, parts)) == 1,
        "short first": several and len(parts[0]) == 1,
        "short last": several and len(parts[-1]) == 1,
        "suffix": size >= 3 and text.endswith(_SUFFIXES),
        "derived": size >= 3 and text.endswith(_DERIVING),
        "closed": sum(kind == "closed" for kind in kinds),
        "closed first": kinds[0] == "closed",
        "closed last": kinds[-1] == "closed",
        "adverb, numeral, time": any(tag[0] in "dmtqf" for tag in tags),
        "unknown": sum(tag == "?" and part not in lexicon for tag, part in zip(tags, parts, strict=True)) / units,
        "unknown, once": units == 1 and tags[0] == "?" and not listed and number == 1,
        "unknown, again": units == 1 and tags[0] == "?" and not listed and number > 1,
        "elementary": level in (1, 2, 3),
        "intermediate": level in (4, 5),
        "advanced": level >= 6,
        "elementary unit": several and any(lexicon.level(part) in (1, 2) for part in parts),
        "word, zipf": zipfs[0] * (units == 1),
        "2 hanzi, zipf": (size == 2) * sum(zipfs) / units,
        "4 hanzi, zipf": (size == 4) * sum(zipfs) / units,
        "4 hanzi, nouns": (size == 4) * nominal,
        "long, nouns": (size >= 5) * nominal,
        "long, frequency": (size >= 5) * log_number,
        "long, swallowed": (size >= 5) * bool(swallowed),
        "long, zipf": (size >= 5) * sum(zipfs) / units,
        "latin": any(c.isascii() for c in text),
    }
    return features


def rendering_features(
    candidate: Candidate,
    rendered: Rendered,
    around: Surroundings,
    all_rendered: Mapping[str, Rendered],
    same_key: int,
    lexicon: Lexicon,
) -> dict[str, float]:
    """What the rendering says of the candidate; `same_key` is the number of other candidates with the same one."""
    text, parts = candidate.text, candidate.units
    several, long = len(parts) > 1, len(text) >= 5
    sure = rendered.confidence
    words = rendered.english.split()
    lower = [word.casefold().strip("'’s") or word for word in words]
    content = [(word, low) for word, low in zip(words, lower, strict=True) if low not in FUNCTION_WORDS]
    kinds = [word_kinds(low, lexicon) for _, low in content]
    number = len(candidate.occurrences)
    inner = [all_rendered[o].confidence for o in around.within[text] if o in all_rendered]
    swallowing = [
        all_rendered[o].confidence for o, times in around.around[text].items() if times >= number and o in all_rendered
    ]
    capitals = sum(word[:1].isupper() for word, _ in content) / len(content) if content else 0.0
    best_inner = max(inner, default=0.0)
    features: dict[str, float] = {
        "sure": sure,
        "sure squared": sure * sure,
        "unrendered": not words,
        "sure phrase": sure * several,
        "sure, 2 hanzi": sure * (len(text) == 2),
        "sure, 4 hanzi": sure * (len(text) == 4),
        "sure, long": sure * long,
        "sure, frequent": sure * math.log2(number),
        "sure, listed": sure * (text in lexicon),
        "sure, nested": sure * around.nested[text] / number,
        "surest inside": best_inner,
        "surer than inside": sure - best_inner,
        "surest around": max(swallowing, default=0.0),
        "1 word": len(words) == 1,
        "2 words": len(words) == 2,
        "3 words": len(words) == 3,
        "5 words or more": len(words) >= 5,
        "capitals": capitals,
        "capitals only": capitals == 1.0 and len(text) >= 3,
        "capitals only, long": capitals == 1.0 and long,
        "English verb first": kinds[0][0] if kinds else 0.0,
        "English verb first of a phrase": kinds[0][0] * several if kinds else 0.0,
        "English noun last": kinds[-1][1] if kinds else 0.0,
        "English adjective last": kinds[-1][2] if kinds else 0.0,
        "English verbs": sum(kind[0] > 0.5 for kind in kinds),
        "English pronoun": any(low in PRONOUNS for low in lower),
        "English adverb": any(low.endswith("ly") for low in lower),
        "English length": abs(math.log((len(words) + 0.5) / (len(text) / HANZI_PER_WORD + 0.5))) if words else 0.0,
        "English everywhere": math.log2(max(1, rendered.pairs_with)),
        "English rarity": _rarity([low for _, low in content], lexicon),
        "same rendering": min(3, same_key),
        **{f"span: {name}": rendered.at_best.get(name, 0.0) for name in _OF_SPAN},
        **{f"span: {name}, several": rendered.at_best.get(name, 0.0) * several for name in _OF_SPAN_OF_SEVERAL},
    }
    return features


def compared(rows: Mapping[str, Features]) -> dict[str, dict[str, float]]:
    """The features, and for some the share of this text's candidates that have less: what is rare differs by text."""
    if not rows:
        return {}
    told = {text: dict(features) for text, features in rows.items()}
    for name in COMPARED:
        values = sorted(features[name] for features in rows.values())
        shares: dict[float, float] = {
            v: (bisect_left(values, v) + bisect_right(values, v)) / (2 * len(values)) for v in set(values)
        }
        for features in told.values():
            features[f"{name}, compared"] = shares[features[name]]
    return told


def joint_features(scores: Mapping[str, float], found: Mapping[str, Candidate]) -> dict[str, dict[str, float]]:
    """What the scores of the candidates that contain it, that it contains, and that cross it say of each candidate.

    Args:
        scores: the log-odds of each candidate, as it stands alone.
        found: the candidates by their text.
    """
    texts = list(scores)
    score = np.array([scores[text] for text in texts])
    number = np.array([len(found[text].occurrences) for text in texts])
    kinds = ("around", "inside", "crossing", "as frequent around", "as frequent inside")
    best = {kind: np.full(len(texts), _NONE) for kind in kinds}
    in_better, in_good = np.zeros(len(texts)), np.zeros(len(texts))
    by_pair: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row, text in enumerate(texts):
        for at in found[text].occurrences:
            by_pair[at.pair].append((at.start, at.end, row))
    for places in by_pair.values():
        start, end, row = np.array(places).T
        other = row[:, None] != row
        around = (start <= start[:, None]) & (end >= end[:, None]) & other
        inside = around.T
        crossing = (start < end[:, None]) & (end > start[:, None]) & other & ~around & ~inside
        own, as_frequent = score[row], number[row] == number[row][:, None]
        masks = (around, inside, crossing, around & as_frequent, inside & as_frequent)
        for values, mask in zip(best.values(), masks, strict=True):
            np.maximum.at(values, row, np.where(mask, own, _NONE).max(1))
        np.add.at(in_better, row, (around & (own > own[:, None])).any(1))
        np.add.at(in_good, row, (around & (own > 0)).any(1))
    columns: dict[str, NDArray[np.float64]] = {
        "score": score,
        "place": score.argsort().argsort() / max(1, len(texts)),
        **{f"best {name}": values for name, values in best.items()},
        **{f"better than {name}": score - values for name, values in best.items()},
        "inside a better one": in_better / number,
        "inside a good one": in_good / number,
        "on its own": number - in_better,
    }
    table = np.stack(list(columns.values()), 1).tolist() if texts else []
    return {text: dict(zip(columns, row, strict=True)) for text, row in zip(texts, table, strict=True)}


def _rarity(words: Sequence[str], lexicon: Lexicon) -> float:
    """How rare English words are in the dictionary's glosses, on average: 0 for the most usual."""
    if not words:
        return 0.0
    return sum(math.log10(lexicon.number_of_entries / (lexicon.entries_with(w) + 1)) for w in words) / len(words)


def weigh(features: Features, weights: Mapping[str, float]) -> float:
    """The sum of the features, each times its weight."""
    return sum([value * weights.get(name, 0.0) for name, value in features.items() if value])


def without_repetition(ranked: Sequence[str], found: Mapping[str, Candidate], lexicon: Lexicon) -> list[str]:
    """The ranked candidates without those that occur only inside a better one, unless the dictionary has them."""
    kept: list[str] = []
    by_pair: defaultdict[str, list[str]] = defaultdict(list)
    for text in ranked:
        number = len(found[text].occurrences)
        listed = text in lexicon and len(text) >= 3
        holding = [o for o in by_pair[text[:2]] if text in o] if not listed else []
        if any(number <= len(found[other].occurrences) for other in holding):
            continue
        kept.append(text)
        for at in range(len(text) - 1):
            by_pair[text[at : at + 2]].append(text)
    return kept
