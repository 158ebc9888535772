"""Choosing: which terms, sentences and clozes of a lesson become notes, and in which order they are learnt."""

import re
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from types import MappingProxyType

from flashcards.cards.notetypes import CardChoice
from flashcards.markup import cell
from flashcards.model import HAN, Lesson, Pair, Rendering, Span, Term, Word

_CHINESE = re.compile(f"[{HAN}]")
_FROM_ENGLISH = ("recall", "write", "produce")


@dataclass(frozen=True, slots=True)
class Line:
    """A pair with the words of its Chinese side."""

    pair: Pair
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class TermDraft:
    """A note to be about a term. `renderings` are the sure ones, each with another citation form."""

    term: Term
    renderings: tuple[Rendering, ...]
    example: Line | None
    kind: str = "term"

    @property
    def id(self) -> str:
        """The term's id."""
        return self.term.id

    @property
    def zh(self) -> str:
        """The term."""
        return self.term.text

    @property
    def words(self) -> tuple[Word, ...]:
        """The term's words."""
        return self.term.words

    @property
    def en(self) -> str:
        """Its English: this text's, or else the dictionary's."""
        return self.renderings[0].citation if self.renderings else self.term.definition


@dataclass(frozen=True, slots=True)
class Blank:
    """A term that a cloze hides, every range of the sentence where it stands, and those of its English there."""

    term: Term
    spans: tuple[Span, ...]
    english: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceDraft:
    """A note to be about a sentence; as a cloze it has blanks."""

    line: Line
    blanks: tuple[Blank, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of note."""
        return "cloze" if self.blanks else "sentence"

    @property
    def id(self) -> str:
        """The pair's id."""
        return self.line.pair.id

    @property
    def zh(self) -> str:
        """The sentence."""
        return self.line.pair.zh

    @property
    def words(self) -> tuple[Word, ...]:
        """The sentence's words."""
        return self.line.words

    @property
    def en(self) -> str:
        """Its translation, "" if the text is in Chinese alone."""
        return self.line.pair.en


Draft = TermDraft | SentenceDraft

APART = 20
"""How many new notes at least stand between a sentence to read and the same sentence with a blank."""

LONG_EXAMPLE = 45
"""The characters above which a sentence is a burden as an example."""


@dataclass(frozen=True, slots=True)
class Step:
    """Notes that are learnt one after the other, and a cloze for which it is too early right after them."""

    drafts: tuple[Draft, ...]
    cloze: SentenceDraft | None = None


def asked(draft: Draft, cards: CardChoice) -> tuple[str, ...]:
    """The names of the cards that the draft gets.

    None asks from English that is not there, nor from English that holds Chinese, which could give it away; nor about
    Chinese of which nothing can be seen.
    """
    if not cell(draft.zh):
        return ()
    shown = draft.en
    if isinstance(draft, TermDraft) and draft.example is not None:
        shown += draft.example.pair.en
    askable = shown and not _CHINESE.search(shown)
    return tuple(name for name in cards.of(draft.kind) if askable or name not in _FROM_ENGLISH)


def draft_notes(
    lesson: Lesson,
    *,
    worthy: Collection[str],
    askable: Mapping[str, Collection[str]],
    cards: CardChoice,
    threshold: float,
    limit: int | None,
    blanks: int,
    earlier: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> tuple[Draft, ...]:
    """The notes worth making, in the order of their first appearance: each sentence after the terms that it needs.

    No term is hidden in two sentences, and a sentence is not asked about right after it has been read. A term that a
    sentence has hidden before stays there, if it can, whatever has come in before it: else its card would have no front
    any more where it has been learnt.

    Args:
        lesson: the lesson.
        worthy: ids of the pairs whose sentence is worth a card.
        askable: by the id of a pair those of the terms that its sentence may hide.
        cards: the kinds of notes that are wanted.
        threshold: the confidence, 0 to 1, below which neither a pair nor a rendering is put on a card.
        limit: the number of terms at most, the best ones; None for all.
        blanks: the number of terms at most that one sentence hides.
        earlier: by the id of a pair the terms that its sentence has hidden in earlier builds.
    """
    lines = tuple(Line(pair, words) for pair, words in zip(lesson.pairs, lesson.words, strict=True))
    sure = {line.pair.id: line for line in lines if line.pair.confidence >= threshold}
    terms = _terms(lesson.terms, sure, worthy, threshold, limit)
    first_shown = _by_first_pair(terms, lines)
    fit: dict[str, Line] = {}    # by their texts
    for line in lines:
        if line.pair.id in worthy and line.pair.id in sure:
            fit.setdefault(line.pair.zh, line)
    held = [draft.term for draft in terms]
    home: dict[str, str] = {}    # the pair that hid a term before, by the term's id
    for line in fit.values() if cards.cloze else ():
        id = line.pair.id
        if before := set(earlier.get(id, ())).intersection(askable.get(id, ())):
            for blank in find_blanks(line, held, before, blanks):
                home.setdefault(blank.term.id, id)
    steps: list[Step] = []
    for line in lines:
        id = line.pair.id
        first = tuple(first_shown.get(id, ())) if cards.term else ()
        if fit.get(line.pair.zh) is not line:
            steps.append(Step(first))
            continue
        cloze = None
        allowed = {term for term in askable.get(id, ()) if home.get(term, id) == id}
        own = {term for term in allowed if term in home}
        if cards.cloze and (hidden := find_blanks(line, held, allowed, blanks, own)):
            home |= {blank.term.id: id for blank in hidden}
            cloze = SentenceDraft(line, tuple(_with_english(blank, id, threshold) for blank in hidden))
        steps.append(Step((*first, SentenceDraft(line)) if cards.sentence else first, cloze))
    drafts = spread(steps)
    if cards.term:
        drafts += first_shown.get("", ())
    return tuple(draft for draft in drafts if asked(draft, cards))


def spread(steps: Iterable[Step]) -> list[Draft]:
    """The notes of the steps in their order, each cloze at least `APART` notes after its sentence, or at the end."""
    drafts: list[Draft] = []
    waiting: deque[tuple[int, SentenceDraft]] = deque()
    for step in steps:
        while waiting and waiting[0][0] + APART <= len(drafts):
            drafts.append(waiting.popleft()[1])
        drafts += step.drafts
        if step.cloze is not None:
            waiting.append((len(drafts), step.cloze))
    return [*drafts, *(cloze for _, cloze in waiting)]


def _terms(
    terms: Sequence[Term], sure: Mapping[str, Line], worthy: Collection[str], threshold: float, limit: int | None
) -> list[TermDraft]:
    """Drafts for the best terms of which there is something to say in English, the best first."""
    drafts = []
    for term in sorted(terms, key=lambda term: -term.score):
        renderings = term.sure_renderings(threshold)
        if renderings or term.definition:
            drafts.append(TermDraft(term, renderings, _example(term, renderings, sure, worthy)))
    return drafts[:limit]


def _example(
    term: Term, renderings: Sequence[Rendering], sure: Mapping[str, Line], worthy: Collection[str]
) -> Line | None:
    """The sentence to show a term in: where the best rendering stands, not too long, a worthy one, in this order."""
    lines = [sure[id] for id in term.pair_ids if id in sure and term.text in sure[id].pair.zh]
    citation = renderings[0].citation.casefold() if renderings else ""
    shows = {r.pair_id for r in term.renderings if r.citation.casefold() == citation}
    return min(
        lines,
        key=lambda line: (
            line.pair.id not in shows,
            len(line.pair.zh) > LONG_EXAMPLE,
            line.pair.id not in worthy,
            len(line.pair.zh),
        ),
        default=None,
    )


def _by_first_pair(terms: Sequence[TermDraft], lines: Sequence[Line]) -> Mapping[str, list[TermDraft]]:
    """The terms by the id of the pair where they first appear, in the order of that text; "" if they do in none."""
    texts = {line.pair.id: line.pair.zh for line in lines}
    shown: defaultdict[str, list[TermDraft]] = defaultdict(list)
    for draft in terms:
        shown[next((id for id in draft.term.pair_ids if id in texts), "")].append(draft)
    for pair_id, drafts in shown.items():
        drafts.sort(key=lambda draft: (texts.get(pair_id, "").find(draft.zh), len(draft.zh)))
    return shown


def find_blanks(
    line: Line, terms: Sequence[Term], allowed: Collection[str], limit: int, before: Collection[str] = ()
) -> tuple[Blank, ...]:
    """Those of the terms with an allowed id that the sentence can hide, in its order.

    Where there are too many, those that it hid `before` go before others, and then those that it is the first to show;
    then the order of `terms` counts.
    A term is hidden wherever it stands, or the copy would give it away; so one is left alone that also stands inside a
    longer one, or across the words of the sentence. Something must be left to read around it.
    """
    text = line.pair.zh
    edges = {0, *accumulate(len(word.text) for word in line.words)}
    taken: list[Span] = []
    blanks = []
    held = [term for term in terms if term.text in text and term.text not in line.pair.en]
    for term in sorted(held, key=lambda term: -len(term.text)):
        spans = tuple(occurrences(term.text, text))
        whole = all(start in edges and end in edges for start, end in spans)
        apart = all(end <= other[0] or other[1] <= start for start, end in spans for other in taken)
        taken += spans    # also where it is not hidden: what stands inside it would be no word of its own
        if term.id in allowed and whole and apart and _leaves_something(line.words, spans):
            blanks.append(Blank(term, spans))
    rank = {
        term.id: (term.id not in before, line.pair.id not in term.pair_ids[:1], place)
        for place, term in enumerate(held)
    }
    best = sorted(blanks, key=lambda blank: rank[blank.term.id])[:limit]
    return tuple(sorted(best, key=lambda blank: blank.spans))


def _with_english(blank: Blank, pair_id: str, threshold: float) -> Blank:
    """The blank with the ranges of its sure rendering in the sentence's translation."""
    here = (r.spans for r in blank.term.renderings if r.pair_id == pair_id and r.confidence >= threshold)
    return replace(blank, english=next(here, ()))


def _leaves_something(words: Sequence[Word], spans: Sequence[Span]) -> bool:
    """Whether a word with a reading stands outside of the spans."""
    hidden = sum(end - start for start, end in spans)
    return sum(len(word.text) for word in words if word.pinyin) > hidden


def occurrences(part: str, text: str) -> Iterator[Span]:
    """The ranges of the text where the part stands, from left to right, none overlapping another."""
    start = text.find(part)
    while part and start >= 0:
        yield start, start + len(part)
        start = text.find(part, start + len(part))
