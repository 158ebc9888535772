"""From a lesson and its lock to a deck whose notes are known again: the room's straight line."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from types import MappingProxyType

from flashcards.cards.drafts import Draft, SentenceDraft, TermDraft, draft_notes
from flashcards.cards.lock import Lock, identify, number_clozes, stamp
from flashcards.cards.notes import Script, Setting, source_name, write_note
from flashcards.cards.notetypes import CardChoice
from flashcards.cards.order import arranged
from flashcards.markup import anki_text, cell
from flashcards.model import Deck, Lesson, Order, Subdecks, Word

Speaker = Callable[[Mapping[str, Sequence[Word]]], Mapping[str, Path]]
"""From Chinese texts and their words to the files of their sounds, by the texts."""

THRESHOLD = 0.8
"""Of the renderings this sure, 91 to 98 % are exact (`terms/renderings.py`); of a speech's pairs 99 %."""

_LICENCE = (
    "Dictionary definitions and readings: CC-CEDICT (cc-cedict.org), licensed CC BY-SA 4.0; "
    "cards that show them may be shared under the same licence."
)

_KINDS = {"term": "1 Terms", "sentence": "2 Sentences", "cloze": "3 Clozes"}
"""The names of the decks by kind: Anki sorts decks by name, and takes new cards from them in that order."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a deck says of itself, and where in Anki its cards lie.

    `name` is the deck's in Anki, "::" between a deck and its subdeck ("": the lesson's title); `subdecks` divides it;
    `topics` are tags for all its notes; `credit` says where the text is from and under which licence it stands.
    """

    name: str = ""
    subdecks: Subdecks = "none"
    topics: tuple[str, ...] = ()
    credit: str = ""


def make_deck(
    lesson: Lesson,
    lock: Lock,
    *,
    now: int,
    worthy: Collection[str],
    askable: Mapping[str, Collection[str]],
    cards: CardChoice = CardChoice(),  # noqa: B008 - frozen
    imprint: Imprint = Imprint(),
    script: Script = "zh-Hans",
    meanings: Mapping[str, str] | None = None,
    audio: Speaker | None = None,
    threshold: float = THRESHOLD,
    limit: int | None = None,
    blanks: int = 3,
    order: Order = "appearance",
    new_words: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> tuple[Deck, Lock]:
    """The lesson's deck, its notes' ids being the identities that they keep, and the lock that remembers them.

    Args:
        lesson: the lesson; its id is the deck's.
        lock: the deck's lock; an empty one if it has none.
        now: seconds since 1970; it only counts for notes whose content has changed.
        worthy: ids of the pairs whose sentence is worth a card.
        askable: by the id of a pair those of the terms that its sentence may hide.
        cards: which cards each kind of note gets.
        imprint: what the deck says of itself.
        script: the script of the lesson's Chinese.
        meanings: what the dictionary says of words, by their text; a sentence without a translation shows its words'.
        audio: gives the sound files for terms and sentences, all asked for at once; without it, or where it gives none,
            the learner's own Anki reads.
        threshold: the confidence, 0 to 1, below which neither a pair nor a rendering is put on a card.
        limit: the number of terms at most; None for all.
        blanks: the number of terms at most that one sentence hides.
        order: how the notes are learnt; see `flashcards.cards.order.arranged`.
        new_words: by the id of a pair the words of its Chinese that the learner does not know, simplified.
    """
    drafts = draft_notes(
        lesson,
        worthy=worthy,
        askable=askable,
        cards=cards,
        threshold=threshold,
        limit=limit,
        blanks=blanks,
        earlier=_hidden_earlier(lock),
    )
    sounds = audio({draft.zh: draft.words for draft in drafts}) if audio else {}
    setting = Setting(lesson.id, cards, script, meanings or {}, sounds, imprint.topics)
    lock = identify(lock, drafts, {pair.zh for pair in lesson.pairs})
    hidden = _hidden(drafts, lock)
    lock = number_clozes(lock, {id: tuple(terms.values()) for id, terms in hidden.items()})
    known = lock.by_id()
    subdeck = _subdecks(lesson, imprint.subdecks)
    notes = []
    # The lock keeps the order of the text: a mended note is looked for near its old place there.
    for due, draft in enumerate(arranged(drafts, order, new_words), 1):
        entry = known[draft.kind, draft.id]
        terms = hidden[draft.id] if draft.kind == "cloze" else {}
        numbers = {id: entry.clozes[identity] for id, identity in terms.items()}
        note = write_note(draft, entry.identity, numbers, setting, due)
        notes.append(replace(note, subdeck=subdeck(draft)))
    texts = {draft.zh for draft in drafts}
    media = sorted({str(path) for text, path in sounds.items() if text in texts})
    deck = Deck(
        id=lesson.id,
        name=imprint.name or _deck_name(lesson.title) or lesson.id,
        description=_description(lesson, imprint.credit),
        notes=tuple(notes),
        media=tuple(media),
    )
    return deck, stamp(lock, notes, now)


def _hidden_earlier(lock: Lock) -> dict[str, list[str]]:
    """For each cloze that the lock remembers, by its pair's id, the ids of the terms that it has ever hidden."""
    ids = {entry.identity: entry.id for entry in lock.notes if entry.kind == "term"}
    clozes = (entry for entry in lock.notes if entry.kind == "cloze")
    return {entry.id: [ids.get(identity, identity) for identity in entry.clozes] for entry in clozes}


def _hidden(drafts: Iterable[Draft], lock: Lock) -> dict[str, dict[str, str]]:
    """For each cloze, by its id, the identities of the terms that it hides, by their ids, in their order."""
    known = {entry.id: entry.identity for entry in lock.notes if entry.kind == "term"}
    return {
        draft.id: {blank.term.id: known.get(blank.term.id, blank.term.id) for blank in draft.blanks}
        for draft in drafts
        if isinstance(draft, SentenceDraft) and draft.blanks
    }


def _subdecks(lesson: Lesson, divided: Subdecks) -> Callable[[Draft], str]:
    """Tells the deck within the deck where a draft's cards begin."""
    if divided == "kinds":
        return lambda draft: _KINDS[draft.kind]
    names = {pair.id: source_name(pair.bead.zh[0].where) for pair in lesson.pairs}
    if divided == "none" or len(set(names.values())) < 2:
        return lambda _: ""

    def by_source(draft: Draft) -> str:
        ids = draft.term.pair_ids if isinstance(draft, TermDraft) else (draft.id,)
        return next((_deck_name(PurePath(names[id]).stem) for id in ids if id in names), "")

    return by_source


def _deck_name(text: str) -> str:
    """A text as the name of one deck, not of a deck in a deck."""
    return cell(cell(text).replace("::", ": "))    # with no space at its end


def _description(lesson: Lesson, credit: str) -> str:
    """What the deck is made from, of which day, and under which licences: HTML."""
    names = ", ".join(dict.fromkeys(source_name(s.where) for pair in lesson.pairs for s in pair.bead.zh))
    source = f"Source: {names} ({lesson.date})" if lesson.date else f"Source: {names}"
    return "<br>".join(map(anki_text, filter(None, (lesson.title, source, credit, _LICENCE))))
