"""What speaks for and against each span of a pair's English as the rendering of a term: the features.

After the span model of the research on terms: a softmax over all spans that touch a word linked to the term, and over
no rendering at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from flashcards.links.model1 import Links
from flashcards.terms.candidates import Occurrence
from flashcards.terms.english import (
    CONJUNCTIONS,
    DETERMINERS,
    NAME_LINKS,
    PREPOSITIONS,
    PRONOUNS,
    English,
    Flags,
    Floats,
    Places,
    Spans,
)

HANZI_PER_WORD = 1.9
"""A content word of English stands for about so many hanzi."""

_LINKED = 0.6
"""The strength of links that explains a word fully."""

_COUNTED = {
    "and": CONJUNCTIONS,
    "of": frozenset(["of"]),
    "to": frozenset(["to"]),
    "prepositions": PREPOSITIONS,
    "commas": frozenset([","]),
    "pronouns": PRONOUNS,
    "'s": frozenset(["'s"]),
    "hyphens": frozenset("-"),
    "quotes": frozenset("“”\"'‘’"),
    "determiners": DETERMINERS,
}
"""The words and marks of which it counts how many a span has."""


@dataclass(frozen=True)
class Sought:
    """A term whose rendering is sought in one pair, and what is known of it besides its links.

    `gloss_keys` are the dictionary's glosses of the whole, `part_keys` those of its units, as stems with a space
    between two; `spellings` how it would be spelled in English if it is a name, `syllables` the parts of that;
    `pairs` is the number of the term's pairs, and `found_in` says in how many of them each key stands, where there are
    several. `member` is its place in a list of the Chinese and the number of the list's members, if it is one.
    """

    at: Occurrence
    text: str
    gloss_keys: frozenset[str]
    part_keys: frozenset[str]
    spellings: frozenset[str]
    syllables: frozenset[str]
    found_in: Mapping[str, int]
    pairs: int
    is_verb: bool
    is_quoted: bool
    member: tuple[int, int] | None = None


@dataclass(frozen=True, eq=False)
class Scene:
    """A pair, as all its terms see it: its English, the units of its Chinese, and how they are linked.

    `links` and `support` are units by tokens; `support` is how far the dictionary or other pairs vouch for each link.
    `everywhere` says for each span in how many pairs of the lesson its key stands.
    """

    side: English
    units: Sequence[str]
    links: Links
    support: Links
    everywhere: Floats


def features(
    scene: Scene, terms: Sequence[Sought]
) -> tuple[Mapping[str, Floats], Flags, Mapping[str, Floats], Floats]:
    """The features of all spans of a pair for each of some terms.

    Returns:
        The features of the spans by name, arrays terms by spans (or by one another's broadcast); which spans come into
        question for which term, in the same shape; the features of no rendering by name, one value a term; how far each
        token is vouched for, terms by tokens.
    """
    side, spans = scene.side, scene.side.spans
    content = side.content
    number = len(side.tokens)
    starts = np.array([t.at.start for t in terms], np.intp)
    ends = np.array([t.at.end for t in terms], np.intp)

    own_links = scene.links * content
    # Of each term: its links, the strongest of them, and the strongest of all other words', for each token.
    rising = np.concatenate([np.zeros((1, number)), np.cumsum(own_links, 0)])
    inside = rising[ends] - rising[starts]
    outside = np.minimum(rising[-1] - inside, 1)
    strongest = np.stack([own_links[a:b].max(0) for a, b in zip(starts, ends, strict=True)])
    empty = np.zeros((1, number))
    before = np.concatenate([empty, np.maximum.accumulate(own_links, 0)])
    behind = np.concatenate([np.maximum.accumulate(own_links[::-1], 0)[::-1], empty])
    others = np.maximum(before[starts], behind[ends])
    vouched = np.stack([scene.support[a:b].max(0) for a, b in zip(starts, ends, strict=True)]) * content
    named = np.stack([_names(side, t) for t in terms]) & (others < 0.7)

    glossed = np.array([[stem in words for stem in side.stems] for words in map(_words_of, terms)], bool)
    peaks = (strongest > 0.1) | ((strongest > 0.02) & (vouched > 0.3)) | (glossed & content & (others < 0.6)) | named
    without = ~peaks.any(1)
    weak = np.where(content & (others < 0.5), inside + 0.3 * vouched, 0)
    least = np.maximum(0.02, 0.5 * weak.max(1, keepdims=True, initial=0.0))
    peaks = np.where(without[:, None], (weak >= least) & content, peaks)
    possible = spans.sums(peaks) > 0

    # The units' sizes, and what of them each span covers.
    sizes = np.array([len(unit) for unit in scene.units], float)
    total_sizes = _between(sizes, starts, ends)[:, 0]
    masses = spans.sums(own_links)
    totals = own_links.sum(1, keepdims=True) + 1e-9
    covered = _between(np.minimum(1, masses / _LINKED) * sizes[:, None], starts, ends) / total_sizes[:, None]
    share = masses / totals * np.minimum(1, totals / 0.5)
    shared = _between(share * sizes[:, None], starts, ends) / total_sizes[:, None]
    backed = spans.largest(scene.support * content)
    backed = _between(np.minimum(1, backed) * sizes[:, None], starts, ends) / total_sizes[:, None]
    least_covered = np.stack([masses[a:b].min(0) for a, b in zip(starts, ends, strict=True)])

    words = spans.sums(content)
    idle = content & (strongest < 0.15) & (others < 0.25)
    explained, sole = np.minimum(1, strongest / 0.5), (strongest > 0.5) & (others < 0.3)
    rows = [inside, explained, idle, np.minimum(1, vouched), peaks, sole]
    gathered, explained, idle_words, backing, own_peaks, own = spans.sums(np.stack(rows))
    unlinked, taken = content & (strongest < 0.1), (others > 0.4) & (others > strongest)
    foreign = vouched < 0.2    # what of a shared head is none of the term's words
    claimed, gap, taken_words = spans.sums(cells := np.stack([outside, unlinked, taken]), cells * foreign)
    all_own = np.maximum(inside.sum(1, keepdims=True), 0.3)
    expected = np.array([max(1, len(t.text)) for t in terms], float)[:, None] / HANZI_PER_WORD
    length = np.log((words[None] + 0.3) / (expected + 0.3))

    last, left, right = _edges(scene)
    verb, noun, adjective = side.kinds
    has_left, has_right = left >= 0, right < number
    left, right = np.maximum(left, 0), np.minimum(right, number - 1)
    left_content, right_content = content[left] & has_left, content[right] & has_right
    participle = np.array([w.endswith(("ing", "ed")) for w in side.lower], bool)
    adverb = np.array([w.endswith("ly") for w in side.lower], bool)
    first = spans.start
    counts = spans.sums(np.stack([side.among(each) for each in _COUNTED.values()]))
    number_of = dict(zip(_COUNTED, counts, strict=True))
    conjoined = number_of["and"] > 0
    asks_and = np.array([[any(c in t.text[1:-1] for c in "和与及、")] for t in terms], float)
    verbal = np.array([[t.is_verb] for t in terms], float)
    capitals = spans.sums(side.capital & content)
    capital = side.capital
    inner = (first > 0).astype(float)
    linking = side.among(NAME_LINKS)
    far_right = np.minimum(right + 1, number - 1)
    far_left = np.maximum(left - 1, 0)
    free_capital = capital & (others < 0.5)
    name_right = has_right & (right < number - 1) & linking[right] & capital[last]
    name_left = has_left & (left > 1) & linking[left] & capital[first]
    exact = _held(spans, [t.gloss_keys for t in terms])
    partly = _held(spans, [t.part_keys for t in terms])
    together = np.ones(possible.shape)
    for row, t in enumerate(terms):
        if t.pairs > 1:
            together[row] = [t.found_in[key] for key in spans.keys]
    pairs = np.array([[t.pairs] for t in terms], float)
    dice = 2 * together / (np.maximum(scene.everywhere, 1)[None] + pairs)
    whole_name, part_of_name = _spelled(side, terms, named)
    quoted = np.array([[t.is_quoted] for t in terms], float) * _in_quotes(side)
    place = _list_places(side, terms)

    completes = np.minimum(1, spans.weakest_piece(vouched) / 0.3)

    found = {
        "mass": gathered / all_own,
        "missed": (all_own - gathered).clip(0) / (ends - starts)[:, None],
        "claimed": np.minimum(claimed, 3),
        "covered": covered,
        "explained": explained / words,
        "idle": np.minimum(idle_words, 3),
        "taken": np.minimum(taken_words, 3),
        "backed": backed,
        "backing": backing / words,
        "gloss": exact,
        "part's gloss": partly,
        "length": np.abs(length),
        "too short": np.maximum(0, -length),
        "too long": np.maximum(0, length) * (words > 2),
        "noun last": noun[last],
        "verb last": verb[last] * ~participle[last],
        "verb first": verb[first],
        "adverb last": adverb[last],
        "adverb first": adverb[first],
        "participle last": participle[last],
        "has and": conjoined,
        "has of": np.minimum(2, number_of["of"]),
        "has to": np.minimum(2, number_of["to"]),
        "has preposition": np.minimum(2, number_of["prepositions"]),
        "has comma": np.minimum(2, number_of["commas"]),
        "has pronoun": np.minimum(2, number_of["pronouns"]),
        "has 's": number_of["'s"],
        "has hyphen": number_of["hyphens"] > 0,
        "capitals only": (capitals == words) * inner,
        "capitals": capitals / words,
        "capital cut left": (left_content & capital[left] & capital[first] & (left > 0)) * (others[:, left] < 0.4),
        "capital cut right": (right_content & capital[right] & capital[last]) * (others[:, right] < 0.4),
        "name cut right": name_right * inner * free_capital[:, far_right],
        "name cut left": name_left * free_capital[:, far_left],
        "idle left": left_content & idle[:, left],
        "idle right": right_content & idle[:, right],
        "idle adjective left": left_content & idle[:, left] & (adjective[left] > 0.4),
        "function word left": ~left_content,
        "function word right": ~right_content,
        "determiner left": has_left & side.among(DETERMINERS)[left],
        "taken left": left_content & (others[:, left] > 0.4),
        "taken right": right_content & (others[:, right] > 0.4),
        "one word": words == 1,
        "two words": words == 2,
        "three words": words == 3,
        "four words": words >= 4,
        "dice": dice,
        "dice of several": dice * (pairs > 1),
        "in quotes": quoted,
        "cuts a quotation": number_of["quotes"] % 2,
        "has determiner": np.minimum(2, number_of["determiners"]),
        "adjective first": adjective[first],
        "participle first": participle[first],
        "verb for verb": verb[first] * verbal,
        "verb for noun": verb[first] * (1 - verbal),
        "and for and": conjoined * asks_and,
        "no and for and": ~conjoined * asks_and,
        "least covered": least_covered,
        "gap": gap / words,
        "gap, hardly linked": (gap > 0) * (explained / words < 0.5),
        "verb within": spans.sums(np.where(content, verb, 0)) - verb[first],
        "share": shared,
        "log mass": np.log(np.maximum(gathered, 0.02)),
        "whole name": whole_name,
        "part of a name": part_of_name,
        "peaks": own_peaks / np.maximum(1, peaks.sum(1, keepdims=True)),
        "weak": np.broadcast_to(without[:, None], possible.shape),
        "own": own / words,
        "completed": spans.completed,
        "completed, vouched": completes,
        "could be completed": spans.completable(completes),
        "first covered": np.minimum(1, masses[starts] / _LINKED),
        "last covered": np.minimum(1, masses[ends - 1] / _LINKED),
        "first a verb": _as_kind(own_links[starts], verb),
        "last a noun": _as_kind(own_links[ends - 1], noun),
        "last a verb": _as_kind(own_links[ends - 1], verb * ~participle),
        "same place in list": place > 0,
        "other place in list": place < 0,
    }
    nothing = {
        "none": np.ones(len(terms)),
        "none, though linked": np.minimum(1, strongest.max(1, initial=0.0)),
        "none, only weak": without.astype(float),
    }
    return found, possible, nothing, vouched


def _as_kind(links: Floats, kind: Floats) -> Floats:
    """How far a word's links lead to words of one kind: a column, words by one."""
    return np.asarray(((links * kind).sum(1) / np.maximum(links.sum(1), 0.3))[:, None], np.float64)


def _between(rows: Floats, starts: Places, ends: Places) -> Floats:
    """For each range of rows their sum."""
    if rows.ndim == 1:
        rows = rows[:, None]
    rising = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, 0)])
    return np.asarray(rising[ends] - rising[starts], np.float64)


def _held(spans: Spans, sets: Sequence[frozenset[str]]) -> Floats:
    """For each set the spans whose key it holds."""
    found = np.zeros((len(sets), len(spans)))
    for row, held in enumerate(sets):
        for key in held & spans.places.keys():
            found[row, spans.places[key]] = 1.0
    return found


def _words_of(term: Sought) -> set[str]:
    return {stem for key in term.gloss_keys for stem in key.split()}


def _edges(scene: Scene) -> tuple[Places, Places, Places]:
    """Of each span the last token, the one to the left of it and the one to the right of it (may lie outside)."""
    spans = scene.side.spans
    last_end = np.where(spans.completed, spans.second_end, spans.end)
    # A completed span's pieces have an "and" or a comma between them: its first piece's neighbours tell.
    return last_end - 1, spans.start - 1, last_end


def _names(side: English, term: Sought) -> Flags:
    """Which capitalised tokens spell syllables of the term."""
    if not term.spellings:
        return np.zeros(len(side.tokens), bool)
    spelled = [letters in term.syllables for letters in side.letters]
    return np.array(spelled, bool) & side.capital


def _spelled(side: English, terms: Sequence[Sought], named: Flags) -> tuple[Floats, Floats]:
    """Which spans spell the whole of a term, and which a part of it."""
    spans = side.spans
    whole = np.zeros((len(terms), len(spans)))
    part = np.zeros((len(terms), len(spans)))
    for t in np.flatnonzero(named.any(1)).tolist():
        spellings = terms[t].spellings
        for s in np.flatnonzero((spans.end - spans.start <= 4) & named[t][spans.start]):
            word = "".join(side.letters[spans.start[s] : spans.end[s]])
            whole[t, s] = word in spellings
            part[t, s] = not whole[t, s] and any(each.startswith(word) or each.endswith(word) for each in spellings)
    return whole, part


def _in_quotes(side: English) -> Flags:
    opening = frozenset("“\"'‘")
    closing = frozenset("”\"'’,")
    lower = side.lower
    return np.array(
        [
            a > 0 and lower[a - 1] in opening and b < len(lower) and lower[b] in closing
            for a, b in zip(side.spans.start, side.spans.end, strict=True)
        ],
        bool,
    )


def _list_places(side: English, terms: Sequence[Sought]) -> Floats:
    """1 where a span lies at the term's place of the one list with as many members, -1 where at another, else 0."""
    spans = side.spans
    out = np.zeros((len(terms), len(spans)))
    by_length: dict[int, list[tuple[int, ...]]] = {}
    for separators in side.lists:
        by_length.setdefault(len(separators) + 1, []).append(separators)
    for t, term in enumerate(terms):
        if term.member is None:
            continue
        place, members = term.member
        fitting = by_length.get(members, [])
        if len(fitting) == 1:
            edges = np.array(fitting[0], np.intp)
            near = (spans.start >= edges[0] - 8) & (spans.end <= edges[-1] + 9)
            first, last = np.searchsorted(edges, spans.start, "right"), np.searchsorted(edges, spans.end, "left")
            within = near & ((first == last) | spans.completed)
            out[t] = np.where(within, np.where(first == place, 1, -1), 0)
    return out


def scores(
    found: Mapping[str, Floats], possible: Flags, nothing: Mapping[str, Floats], weights: Mapping[str, float]
) -> Floats:
    """The scores of all spans and, in a last column, of no rendering: terms by spans + 1; -inf what is impossible."""
    total = np.zeros((possible.shape[0], possible.shape[1] + 1))
    spans = total[:, :-1]
    for name, values in found.items():
        if weight := weights.get(name, 0.0):
            spans += weight * values
    spans[~possible] = -np.inf
    for name, values in nothing.items():
        total[:, -1] += weights.get(name, 0.0) * values
    return total
