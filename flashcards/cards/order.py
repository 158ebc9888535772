"""The order in which a deck's notes are learnt; which notes there are, and what stands on them, never depends on it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from flashcards.cards.drafts import Draft, SentenceDraft, Step, TermDraft, spread
from flashcards.model import Order


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sentence of the deck: its text, the notes about it, the ids of the terms that it needs, and its other words."""

    text: str
    read: SentenceDraft | None
    cloze: SentenceDraft | None
    needs: frozenset[str]
    words: frozenset[str]

    def after(self, first: Sequence[Draft] = ()) -> Step:
        """The step in which it is learnt, right after these notes."""
        return Step(tuple(first) if self.read is None else (*first, self.read), self.cloze)


def arranged(drafts: Sequence[Draft], order: Order, new_words: Mapping[str, Collection[str]]) -> tuple[Draft, ...]:
    """The same notes in the order in which they are to be learnt.

    A sentence comes after the terms that it has, whatever the order, and its cloze some notes after the sentence.

    Args:
        drafts: the notes in the order of their first appearance.
        order: "appearance" leaves them so. With "importance" the best terms come first, and each sentence as soon as
            all its terms are there; those without terms come last. With "fewest-new" the next sentence is always the
            one that asks for the fewest terms and new words which no sentence before it has, the first such in the
            text; its new terms come right before it, those that no sentence needs come last.
        new_words: by the id of a pair the words of its Chinese that the learner does not know, simplified.
    """
    if order == "appearance":
        return tuple(drafts)
    terms = [draft for draft in drafts if isinstance(draft, TermDraft)]
    steps = _ARRANGEMENTS[order](terms, _readings(drafts, terms, new_words))
    return tuple(spread(steps))


def _readings(
    drafts: Sequence[Draft], terms: Sequence[TermDraft], new_words: Mapping[str, Collection[str]]
) -> list[_Reading]:
    """The sentences of the deck in the order of the text."""
    notes: dict[str, dict[str, SentenceDraft]] = {}
    for draft in drafts:
        if isinstance(draft, SentenceDraft):
            notes.setdefault(draft.id, {})[draft.kind] = draft
    held: defaultdict[str, set[str]] = defaultdict(set)
    for term in terms:
        for pair_id in term.term.pair_ids:
            held[pair_id].add(term.id)
    spelled = {term.id: term.zh + "".join(word.simplified for word in term.term.words) for term in terms}
    readings = []
    for pair_id, own in notes.items():
        cloze = own.get("cloze")
        needs = held[pair_id] | {blank.term.id for blank in cloze.blanks} & spelled.keys() if cloze else held[pair_id]
        inside = "\n".join(spelled[id] for id in sorted(needs))
        words = frozenset(word for word in new_words.get(pair_id, ()) if word not in inside)
        text = next(iter(own.values())).zh
        readings.append(_Reading(text, own.get("sentence"), cloze, frozenset(needs), words))
    return readings


def _by_importance(terms: Sequence[TermDraft], readings: Sequence[_Reading]) -> Iterator[Step]:
    missing = [len(reading.needs) for reading in readings]
    waiting = _places(reading.needs for reading in readings)
    for term in sorted(terms, key=lambda draft: -draft.term.score):
        yield Step((term,))
        for place in waiting.get(term.id, ()):
            missing[place] -= 1
            if not missing[place]:
                yield readings[place].after()
    for reading in readings:
        if not reading.needs:
            yield reading.after()


def _fewest_new(terms: Sequence[TermDraft], readings: Sequence[_Reading]) -> Iterator[Step]:
    # A heap in which a sentence stands once for each number of new things that it has had; only its last one counts.
    # Each of its things is met but once, so the whole takes as long as sorting all things of all sentences.
    by_id = {term.id: term for term in terms}
    things = [(*reading.needs, *reading.words) for reading in readings]
    holders = _places(things)
    new = [len(own) for own in things]
    heap = [(count, place) for place, count in enumerate(new)]
    heapify(heap)
    shown: set[str] = set()
    while heap:
        count, place = heappop(heap)
        if count != new[place]:
            continue
        reading = readings[place]
        first = [by_id[id] for id in reading.needs if id not in shown]
        first.sort(key=lambda draft: (reading.text.find(draft.zh), len(draft.zh), draft.id))
        shown |= reading.needs
        yield reading.after(first)
        new[place] = -1
        for thing in things[place]:
            for other in holders.pop(thing, ()):
                if new[other] >= 0:
                    new[other] -= 1
                    heappush(heap, (new[other], other))
    yield Step(tuple(term for term in terms if term.id not in shown))


def _places(things: Iterator[Collection[str]] | Sequence[Collection[str]]) -> dict[str, list[int]]:
    """For each thing the places of the collections that have it, in order."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(things):
        for thing in own:
            places[thing].append(place)
    return dict(places)


_ARRANGEMENTS: Mapping[str, Callable[[Sequence[TermDraft], Sequence[_Reading]], Iterator[Step]]] = {
    "importance": _by_importance,
    "fewest-new": _fewest_new,
}
