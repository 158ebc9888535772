"""Where the two sides of a lesson do not say the same: numbers and names, and terms that are not always put alike."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, product

from flashcards.lexicon import Lexicon
from flashcards.links.english import content_stems
from flashcards.model import Finding, Pair, Place, Rendering, Term, Word
from flashcards.terms.figures import chinese_figures, english_figures, unmatched
from flashcards.terms.names import Names

STAGE = "consistency"

_REMEDY = "correct the side that is wrong, in the source or with replace in [[pairs]]"
_ONE_RENDERING = "if it is one thing, let the English have one word for it"
_TWO_RENDERINGS = "if they are two things, let the English have two words for them"
_ROOT = 4
"""Words that begin with so many letters alike are of one family: China and Chinese, cooperate and cooperative."""


def inconsistencies(
    pairs: Sequence[Pair],
    sentences: Sequence[Sequence[Word]],
    terms: Sequence[Term],
    lexicon: Lexicon,
    threshold: float,
) -> tuple[Finding, ...]:
    """A finding for each number, date or name that the sides of a pair do not share, and each term put in two ways.

    Args:
        pairs: the pairs that are sure.
        sentences: for each pair the words of its Chinese side.
        terms: the lesson's terms.
        lexicon: the dictionary.
        threshold: the confidence, 0 to 1, from which on a rendering is sure.
    """
    places = {pair.id: pair.bead.zh[0].where for pair in pairs}
    renderings = _Renderings(pairs, threshold)
    told = (
        *((*told, _ONE_RENDERING) for told in _two_ways(terms, renderings)),
        *((*told, _TWO_RENDERINGS) for told in _one_for_two(terms, renderings)),
    )
    return (
        *_differing_pairs(pairs, sentences, terms, lexicon),
        *(Finding(STAGE, places.get(id), "info", message, remedy) for id, message, remedy in told),
    )


def _differing_pairs(
    pairs: Sequence[Pair], sentences: Sequence[Sequence[Word]], terms: Sequence[Term], lexicon: Lexicon
) -> Iterator[Finding]:
    names = Names(terms, lexicon)
    for group in _whole(pairs):
        zh = "".join(pairs[i].zh for i in group)
        en = " ".join(pairs[i].en for i in group)
        words = [word for i in group for word in sentences[i]]
        where = pairs[group[0]].bead.zh[0].where
        plain = [word.simplified for word in words]
        numbers = unmatched(chinese_figures("".join(plain), plain), english_figures(en))
        if any(numbers):
            yield _difference("numbers", [n.text for n in numbers[0]], [n.text for n in numbers[1]], zh, en, where)
        if all(unlike := names.unmatched(words, en)):
            yield _difference("names", *unlike, zh, en, where)


def _whole(pairs: Sequence[Pair]) -> Iterator[list[int]]:
    """The places of the pairs, those together that are parts of one: a part may say what its neighbour translates."""
    group: list[int] = []
    for place, pair in enumerate(pairs):
        if group and pair.part <= 1:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _difference(
    what: str, chinese: Iterable[str], english: Iterable[str], zh: str, en: str, where: Place
) -> Finding:
    sides = {"Chinese": ", ".join(dict.fromkeys(chinese)), "English": ", ".join(dict.fromkeys(english))}
    told = " and ".join(f"{own} in {side}" for side, own in sides.items() if own)
    message = f"{what} differ: {told}{'' if all(sides.values()) else ' alone'}: {zh} | {en}"
    return Finding(STAGE, where, "info", message, _REMEDY)


class _Renderings:
    """The renderings of a lesson's terms, to ask which are sure, and where they stand.

    A sure one stands in two pairs of its term, or is among the senses of the dictionary: one that only the word links
    of a single sentence speak for may be a neighbour's.
    """

    def __init__(self, pairs: Sequence[Pair], threshold: float) -> None:
        self._english = {pair.id: pair.en for pair in pairs}
        self._threshold = threshold
        self._stems = cache(lambda id: content_stems(self._english.get(id, "")))

    def sure(self, term: Term) -> list[Rendering]:
        """The sure renderings of a term."""
        return [r for r in term.renderings if r.confidence >= self._threshold and r.spans and self._stands(r, term)]

    def _stands(self, rendering: Rendering, term: Term) -> bool:
        own = content_stems(rendering.citation)
        listed = any(content_stems(sense) == own for sense in term.senses)
        return bool(own) and (listed or len(self.where(rendering, term)) > 1)

    def where(self, rendering: Rendering, term: Term) -> list[str]:
        """The ids of the term's pairs in whose English the rendering stands."""
        own = content_stems(rendering.citation)
        return [id for id in term.pair_ids if _contains(self._stems(id), own)]


def _contains(text: Sequence[str], part: Sequence[str]) -> bool:
    return any(text[at : at + len(part)] == part for at in range(len(text)))


def _two_ways(terms: Iterable[Term], renderings: _Renderings) -> Iterator[tuple[str, str]]:
    """The terms that are translated otherwise than by their best rendering: the id of a pair that does, a message.

    Where both renderings stand in one sentence, they may be two parts of one.
    """
    for term in terms:
        sure = renderings.sure(term)
        for first, other in product(sure[:1], sure[1:]):
            apart = [id for id in renderings.where(other, term) if id not in renderings.where(first, term)]
            if apart and not _is_same(first.citation, other.citation):
                yield apart[0], f'{term.text} is translated in two ways: "{first.citation}" and here "{other.citation}"'
                break


def _one_for_two(terms: Iterable[Term], renderings: _Renderings) -> Iterator[tuple[str, str]]:
    """The renderings of two terms that have nothing in common: the id of a pair of the second one, a message."""
    by_stems: defaultdict[tuple[str, ...], list[tuple[Term, Rendering]]] = defaultdict(list)
    for term in terms:
        for best in renderings.sure(term)[:1]:
            by_stems[content_stems(best.citation)].append((term, best))
    for group in by_stems.values():
        for (one, first), (other, second) in combinations(group, 2):
            if not (_is_related(one.text, other.text) or _overlap(first, second)):
                yield second.pair_id, f'"{second.citation}" stands for two terms: {one.text} and here {other.text}'


def _is_related(one: str, other: str) -> bool:
    """Whether two terms share two characters that stand together, or one is made of the other's (劳模, 劳动模范)."""
    shorter, longer = sorted((one, other), key=len)
    characters = iter(longer)
    return any(one[at : at + 2] in other for at in range(len(one) - 1)) or all(c in characters for c in shorter)


def _overlap(one: Rendering, other: Rendering) -> bool:
    """Whether two renderings are the same words of the same pair."""
    return one.pair_id == other.pair_id and any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def _is_same(one: str, other: str) -> bool:
    """Whether two renderings are one in other forms: a part of it, a noun and its verb, China and Chinese, initials."""
    first, second = ({stem[:_ROOT] for stem in content_stems(each)} for each in (one, other))
    return first <= second or second <= first or _is_abbreviation(one, other) or _is_abbreviation(other, one)


def _is_abbreviation(short: str, long: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"\w+", long) if word[0].isupper())
    return len(short) > 1 and short.isupper() and short in (initials, initials + "S")
