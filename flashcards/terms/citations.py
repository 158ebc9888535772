"""The form of a rendering that stands on a card: without what its sentence, and not the term, gave it."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from flashcards.lexicon import Lexicon
from flashcards.links.english import FUNCTION_WORDS
from flashcards.terms.english import English, word_kinds

_POSSESSIVE = re.compile(r"(?:'s|’s|'|’)$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_HEADING = 0.7
"""The share of an English side's content words, three or more, that begin with a capital, if it is a heading."""

_INFLECTIONS = (("", "s"), ("", "es"), ("y", "ies"), ("", "ing"), ("e", "ing"), ("", "ed"), ("e", "ed"))


class Casing:
    """Which words of a lesson's English are names: those that have a capital in running text.

    Args:
        english: the English sides of all pairs.
    """

    def __init__(self, english: Sequence[English], lexicon: Lexicon) -> None:
        self._english = english
        self._lexicon = lexicon

    @cached_property
    def _names(self) -> frozenset[str]:
        """The words with a capital, in lower case, that neither a heading nor the beginning of a sentence gave it."""
        found: Counter[str] = Counter()
        for side in self._english:
            if not self.is_heading(side):
                starts = _starts(side)
                for j, (token, word) in enumerate(zip(side.tokens, side.lower, strict=True)):
                    if token.text[0].isalpha() and j not in starts:
                        found[word] += 1 if token.text[0].isupper() else -1
        return frozenset(word for word, more in found.items() if more > 0)

    @cached_property
    def _common(self) -> frozenset[str]:
        """The words that stand in lower case somewhere."""
        return frozenset(t.text for side in self._english for t in side.tokens if t.text[0].islower())

    def is_heading(self, side: English) -> bool:
        """Whether all but the small words of an English side have capitals, and no full stop ends it."""
        if side.tokens and side.tokens[-1].text == ".":
            return False
        content = int(side.content.sum())
        return content >= 3 and int((side.content & side.capital).sum()) >= _HEADING * content

    def plain(self, side: English, span: int, names: Collection[str]) -> str:
        """What stands in a span of an English side, in small letters but for names.

        Args:
            side: the English side.
            span: the number of the span.
            names: words that the dictionary writes with a capital when it translates the term.
        """
        text = side.surface(span, " ")
        first, *more = _WORD.findall(text) or [""]
        heading = self.is_heading(side)
        if heading or (int(side.spans.start[span]) in _starts(side) and not any(w[0].isupper() for w in more)):
            lowered = {w: self._lowered(w) for w in (first, *more) if w not in names}
            kept = [lowered.get(w, w) == w and w[:1].isupper() for w in (first, *more)]
            amid = zip(kept, more, kept[2:], strict=False)
            lowered |= {word: word for before, word, after in amid if before and after}    # Shanghai Cooperation …
            text = _WORD.sub(lambda match: lowered.get(match.group(), match.group()), text)
        small = text.lower()
        if more and small != text and any(small in other.text for other in self._english):
            return small    # a phrase that is common elsewhere: Global Initiative on Data Security, and data security
        return text

    def _lowered(self, word: str) -> str:
        low = word.casefold()
        if word[1:] != word[1:].lower() or len(word) == 1 or low in self._names:
            return word
        known = low in self._common or low in FUNCTION_WORDS or any(word_kinds(low, self._lexicon))
        return word[0].lower() + word[1:] if known else word


def _starts(side: English) -> set[int]:
    """The tokens that begin a sentence."""
    return {0} | {j + 1 for j, token in enumerate(side.tokens) if token.text in ".?!:“\"‘"}


def citation(surfaces: Iterable[str], verbs: Collection[str]) -> str:
    """The form for a card's front of a rendering that stands in several forms.

    The most frequent one, without an article or a possessive at its edges, with as few capitals as it has anywhere
    (data security beside Global Initiative on Data Security); if it is an inflection of another that
    stands in the text, or a form in -ing of a verb by which the dictionary translates the term, then that one.

    Args:
        surfaces: the forms as they stand in the text, names alone with capitals; the first of equals counts.
        verbs: verbs by which the dictionary translates the term, in lower case without "to".

    >>> citation(["the SCO's"], ()), citation(["supply chains", "supply chain", "supply chains"], ())
    ('SCO', 'supply chain')
    >>> citation(["deepening mutual trust"], ["deepen"])
    'deepen mutual trust'
    """
    forms = [stripped for surface in surfaces if (stripped := _stripped(surface))]
    plainest: dict[str, str] = {}
    for form in sorted(forms, key=lambda form: sum(map(str.isupper, form))):
        plainest.setdefault(form.casefold(), form)
    counts = Counter(plainest[form.casefold()] for form in forms)
    if not counts:
        return ""
    (best, _), *_ = counts.most_common(1)
    for other in sorted(counts, key=len):
        if len(other) < len(best) and _is_inflection(best, other):
            return other
    head, space, rest = best.partition(" ")
    if head.endswith("ing"):
        for verb in verbs:
            if _inflects(head, verb):
                return verb + space + rest
    return best


def _stripped(surface: str) -> str:
    words = _POSSESSIVE.sub("", surface).split()
    while len(words) > 1 and words[0].casefold() in FUNCTION_WORDS:
        words = words[1:]
    return " ".join(words)


def _is_inflection(form: str, base: str) -> bool:
    """Whether one phrase differs from another in an inflection of its first or its last word only."""
    one, other = form.split(), base.split()
    if len(one) != len(other):
        return False
    different = [(i, a, b) for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(different) == 1 and all(i in (0, len(one) - 1) and _inflects(a, b) for i, a, b in different)


def _inflects(form: str, base: str) -> bool:
    return any(base.endswith(stem) and form == base[: len(base) - len(stem)] + ending for stem, ending in _INFLECTIONS)
