"""Decks of hand-made lessons."""

from flashcards.cards.deck import make_deck
from flashcards.cards.lock import Lock
from flashcards.cards.notetypes import CardChoice
from flashcards.cards.package import pack

NOW = 1_700_000_000    # seconds since 1970
EVERY_CARD = CardChoice(("recognise", "recall", "listen", "write"), ("read", "listen", "produce"))


def build(lesson, lock=None, *, now=NOW, worthy=None, cards=EVERY_CARD, **options):
    """The lesson's deck, its lock and its package; every sentence is worth a card and may hide every term."""
    ids = {pair.id for pair in lesson.pairs}
    options.setdefault("askable", {id: {term.id for term in lesson.terms} for id in ids})
    worthy = ids if worthy is None else worthy
    deck, lock = make_deck(lesson, lock or Lock(), now=now, worthy=worthy, cards=cards, **options)
    return deck, lock, pack(deck, lock)
