"""The order of learning is another order of the same notes, and no sentence comes before its terms."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.cards.drafts import APART, SentenceDraft, TermDraft, draft_notes
from flashcards.cards.notetypes import CardChoice
from flashcards.cards.order import arranged
from flashcards.model import ORDERS

from .conftest import build
from .lessons import DEMO, ROWS, TERMS, lesson

WORDS = "上海 精神 合作 基础 我们 弘扬 安全 需要 坚持 发展 国家 共同 人民 传统 文化".split()
NEW = {pair.id: tuple(dict.fromkeys(w.text for w in words)) for pair, words in zip(DEMO.pairs, DEMO.words, strict=True)}


def drafts_of(made, cards=CardChoice(), blanks=2):  # noqa: B008 - frozen
    ids = {pair.id for pair in made.pairs}
    askable = {id: {term.id for term in made.terms} for id in ids}
    return draft_notes(
        made, worthy=ids, askable=askable, cards=cards, threshold=0.8, limit=None, blanks=blanks
    )


def new_words_of(made):
    return {pair.id: tuple({w.text: 0 for w in words}) for pair, words in zip(made.pairs, made.words, strict=True)}


def summary(drafts):
    return [(draft.kind, draft.zh) for draft in drafts]


lessons = st.builds(
    lambda rows, terms: lesson(
        [(" ".join([*row, "。"]), f"English {i}", 1.0) for i, row in enumerate(rows)],
        [(" ".join(term), "", "definition") for term in terms],
    ),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=0, max_size=40),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2), max_size=15, unique_by="".join),
)
choices = st.builds(
    CardChoice,
    st.sampled_from([(), ("recognise",)]),
    st.sampled_from([(), ("read",)]),
    st.sampled_from([(), ("cloze",)]),
)


@pytest.mark.parametrize("order", ORDERS)
@settings(max_examples=60, deadline=None)
@given(made=lessons, cards=choices)
def test_every_note_stands_once_and_after_what_it_needs(order, made, cards):
    drafts = drafts_of(made, cards)
    out = arranged(drafts, order, new_words_of(made))
    assert sorted(out, key=lambda draft: (draft.kind, draft.id)) == sorted(
        drafts, key=lambda draft: (draft.kind, draft.id)
    )
    place = {(draft.kind, draft.id): at for at, draft in enumerate(out)}
    terms = [draft for draft in out if isinstance(draft, TermDraft)]
    for draft in out:
        if isinstance(draft, SentenceDraft):
            own = place[draft.kind, draft.id]
            assert all(place["term", term.id] < own for term in terms if draft.id in term.term.pair_ids)
            assert all(place.get(("term", blank.term.id), -1) < own for blank in draft.blanks)
            if draft.kind == "cloze":
                read = place.get(("sentence", draft.id), -1)
                assert own > read
                at_the_end = all(isinstance(d, SentenceDraft) and d.kind == "cloze" for d in out[own:])
                assert read < 0 or own - read > APART or at_the_end or order == "appearance"


@settings(max_examples=60, deadline=None)
@given(made=lessons)
def test_each_next_sentence_asks_for_the_fewest_new_things(made):
    drafts = drafts_of(made, CardChoice(cloze=()))
    terms = [draft for draft in drafts if isinstance(draft, TermDraft)]
    things = {}
    for draft in drafts:
        if isinstance(draft, SentenceDraft):
            held = [term for term in terms if draft.id in term.term.pair_ids]
            words = {word.text for word in draft.line.words if not any(word.text in term.zh for term in held)}
            things[draft.id] = {term.id for term in held} | words
    left = list(things)
    seen = set()
    for draft in arranged(drafts, "fewest-new", new_words_of(made)):
        if isinstance(draft, SentenceDraft):
            assert draft.id == min(left, key=lambda id: (len(things[id] - seen), list(things).index(id)))
            left.remove(draft.id)
            seen |= things[draft.id]
        elif any(draft.id in own for own in things.values()):
            assert draft.id not in seen


def test_the_demo_in_its_three_orders():
    drafts = drafts_of(DEMO, CardChoice(cloze=()))
    assert arranged(drafts, "appearance", {}) == drafts
    assert summary(arranged(drafts, "importance", NEW)) == [
        ("term", "上海精神"),
        ("term", "合作"),
        ("term", "基础"),
        ("sentence", "上海精神是合作的基础。"),
        ("term", "弘扬"),
        ("term", "安全"),
        ("term", "发展中国家"),
        ("term", "发展"),
        ("sentence", "我们要弘扬上海精神，坚持共同发展。"),
        ("sentence", "发展中国家也要发展。"),
    ]
    assert summary(arranged(drafts, "fewest-new", NEW)) == [
        ("term", "发展"),
        ("term", "发展中国家"),
        ("sentence", "发展中国家也要发展。"),
        ("term", "上海精神"),
        ("term", "合作"),
        ("term", "基础"),
        ("sentence", "上海精神是合作的基础。"),
        ("term", "弘扬"),
        ("sentence", "我们要弘扬上海精神，坚持共同发展。"),
        ("term", "安全"),
    ]


def test_known_words_do_not_count():
    rows = [("我们 合作 。", "We cooperate.", 1.0), ("弘扬 文化 。", "Carry culture on.", 1.0)]
    drafts = drafts_of(lesson(rows, ()))
    first, second = (pair.id for pair in lesson(rows, ()).pairs)
    new = {first: ("我们", "合作"), second: ("文化",)}
    assert [draft.id for draft in arranged(drafts, "fewest-new", new)] == [second, first]
    assert [draft.id for draft in arranged(drafts, "fewest-new", new | {second: ("弘扬", "文化")})] == [first, second]


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_changes_no_note_and_no_lock(order):
    plain, lock, _ = build(DEMO)
    other, own_lock, _ = build(DEMO, order=order, new_words=NEW)
    assert own_lock == lock
    assert {replace(note, due=0) for note in other.notes} == {replace(note, due=0) for note in plain.notes}
    assert [note.due for note in other.notes] == list(range(1, len(plain.notes) + 1))


def test_another_order_keeps_reviews(anki):
    _, lock, data = build(DEMO)
    anki.take(data)
    anki.review(6)
    before = anki.schedule()
    places = {card.id: card.due for card in anki.cards()}
    _, lock, data = build(DEMO, lock, now=1_800_000_000, order="fewest-new", new_words=NEW)
    anki.take(data)
    assert anki.schedule() == before != {}
    assert {card.id: card.due for card in anki.cards()} == places, "an order is for cards that are new to Anki"
    assert anki.imported["new"] == anki.imported["conflicting"] == 0


def test_terms_that_become_known_leave_the_reviews_of_the_others(anki):
    _, lock, data = build(DEMO)
    anki.take(data)
    anki.review(8)
    before = anki.schedule()
    fewer = replace(DEMO, terms=tuple(term for term in DEMO.terms if term.text not in ("合作", "发展")))
    deck, less, data = build(fewer, lock, now=1_800_000_000)
    assert "合作" not in {dict(note.fields)["Hanzi"] for note in deck.notes}
    anki.take(data)
    assert anki.schedule() == before, "also of the terms that the deck has no more"
    _, back, data = build(DEMO, less, now=1_900_000_000)
    assert {(e.kind, e.id, e.identity) for e in back.notes} == {(e.kind, e.id, e.identity) for e in lock.notes}
    anki.take(data)
    assert anki.schedule() == before
    assert anki.imported["new"] == 0


def test_five_thousand_sentences_take_no_time():
    rows = [
        (" ".join([*(WORDS[(i * k) % len(WORDS)] for k in (1, 3, 7)), f"{i}", "。"]), f"English {i}", 1.0)
        for i in range(5_000)
    ]
    made = lesson(rows, TERMS)
    drafts = drafts_of(made)
    new = {pair.id: (*NEW[DEMO.pairs[i % len(ROWS)].id], f"字{i}", f"词{i % 97}") for i, pair in enumerate(made.pairs)}
    start = time.perf_counter()
    for order in ORDERS:
        assert len(arranged(drafts, order, new)) == len(drafts)
    assert time.perf_counter() - start < 5
