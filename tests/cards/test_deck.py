"""Which notes a lesson is worth, and what stands on them."""

from dataclasses import replace

import pytest

from flashcards.cards.deck import Imprint
from flashcards.cards.drafts import APART
from flashcards.cards.notetypes import CardChoice
from flashcards.errors import RecipeError
from flashcards.model import Gloss

from .conftest import EVERY_CARD, build
from .lessons import DEMO, ROWS, TERMS, lesson


def summary(deck):
    return [(note.kind, dict(note.fields)["Hanzi"]) for note in deck.notes]


def field(deck, kind, hanzi, name):
    (note,) = [n for n in deck.notes if n.kind == kind and dict(n.fields)["Hanzi"] == hanzi]
    return dict(note.fields)[name]


def test_terms_come_before_the_sentences_that_need_them_and_doubtful_or_repeated_sentences_not_at_all():
    deck, _, _ = build(DEMO)
    assert summary(deck) == [
        ("term", "上海精神"),
        ("term", "合作"),
        ("term", "基础"),
        ("sentence", "上海精神是合作的基础。"),
        ("term", "弘扬"),
        ("term", "发展"),
        ("sentence", "我们要弘扬上海精神，坚持共同发展。"),
        ("term", "发展中国家"),
        ("sentence", "发展中国家也要发展。"),
        ("term", "安全"),
        ("cloze", "上海精神是合作的基础。"),
        ("cloze", "我们要弘扬上海精神，坚持共同发展。"),
        ("cloze", "发展中国家也要发展。"),
    ]
    assert [note.due for note in deck.notes] == list(range(1, 14))


def test_a_sentence_without_worth_gets_no_card_but_may_stand_as_an_example():
    deck, _, _ = build(DEMO, worthy={DEMO.pairs[1].id})
    assert [hanzi for kind, hanzi in summary(deck) if kind != "term"] == ["我们要弘扬上海精神，坚持共同发展。"] * 2
    assert "合作" in field(deck, "term", "合作", "Sentence")


def test_a_worthy_sentence_is_the_example_before_a_shorter_one():
    deck, _, _ = build(DEMO, worthy={DEMO.pairs[1].id})
    assert field(deck, "term", "上海精神", "Sentence") == "我们要弘扬<mark>上海精神</mark>，坚持共同发展。"


def test_kinds_cards_and_limit_are_chosen():
    deck, _, _ = build(DEMO, cards=CardChoice(("recognise",), (), ()), limit=2)
    assert summary(deck) == [("term", "上海精神"), ("term", "合作")]
    assert {note.cards for note in deck.notes} == {("recognise",)}
    with pytest.raises(RecipeError, match='term has no card "sing": choose from recognise'):
        CardChoice(term=("sing",))


def test_only_recognition_reading_and_clozes_are_on_by_default():
    deck, _, _ = build(DEMO, cards=CardChoice())
    assert {(note.kind, note.cards) for note in deck.notes} == {
        ("term", ("recognise",)),
        ("sentence", ("read",)),
        ("cloze", ("cloze",)),
    }


def test_a_term_shows_its_sure_rendering_and_without_one_the_dictionary():
    deck, _, _ = build(DEMO)
    assert field(deck, "term", "合作", "Rendering") == "cooperation"
    assert field(deck, "term", "合作", "SentenceEnglish").endswith("of <mark>cooperation</mark>.")
    assert (field(deck, "term", "安全", "Rendering"), field(deck, "term", "安全", "Definition")) == ("", "safety")
    strict, _, _ = build(DEMO, threshold=0.96)
    assert field(strict, "term", "合作", "Rendering") == ""
    assert ("term", "上海精神") not in summary(strict), "neither a sure rendering nor a definition"


def test_what_the_dictionary_says_besides_stands_on_the_back():
    parts = (Gloss("合", "hé", "to join <"), Gloss("作", "zuò", ""))
    terms = [replace(t, parts=parts) if t.text == "合作" else replace(t, senses=("base",)) for t in DEMO.terms]
    deck, _, _ = build(replace(DEMO, terms=tuple(terms)))
    assert field(deck, "term", "合作", "Senses") == "to cooperate<br>another sense of 合作"
    assert field(deck, "term", "合作", "Parts") == (
        '<span lang="zh-Hans">合</span> hé · to join &lt;<br><span lang="zh-Hans">作</span> zuò'
    )
    assert field(deck, "term", "弘扬", "Senses") == "base"    # the definition was given by hand
    assert field(deck, "term", "弘扬", "Parts") == ""


def test_the_example_comes_from_no_doubtful_pair():
    deck, _, _ = build(DEMO)
    assert field(deck, "term", "安全", "Sentence") == ""


def test_every_occurrence_of_a_term_is_hidden_under_one_number():
    rows = (("发展 是 基础 ， 也 是 发展 。", "Development is the basis, and is development.", 1.0),)
    twice = lesson(rows, (("发展", "", "development"),))
    deck, _, _ = build(twice)
    assert field(deck, "cloze", "发展是基础，也是发展。", "Text").count("{{c1::发展[fā zhǎn]}}") == 2


def test_the_english_of_a_blank_is_known_by_its_number():
    deck, _, _ = build(DEMO)
    assert field(deck, "cloze", "上海精神是合作的基础。", "English") == (
        'The <span class="b1">Shanghai Spirit</span> is the <span class="b3">foundation</span> of '
        '<span class="b2">cooperation</span>.'
    )
    assert "<span" not in field(build(DEMO, threshold=0.96)[0], "cloze", "上海精神是合作的基础。", "English")


def test_a_term_inside_a_longer_one_or_across_words_is_not_hidden():
    deck, _, _ = build(DEMO)
    assert field(deck, "cloze", "发展中国家也要发展。", "Text") == (
        "{{c1::发展[fā zhǎn]中[zhōng]国家[guó jiā]}}也[yě]要[yào]发展[fā zhǎn]。"
    )
    across = lesson((("人民大会堂 好 。", "The Great Hall is good.", 1.0),), (("大会", "", "congress"),))
    assert ("cloze", "人民大会堂好。") not in summary(build(across)[0])


def test_a_sentence_that_is_nothing_but_the_term_or_whose_english_holds_it_gets_no_cloze():
    rows = (("合作 ！", "Cooperation!", 1.0), ("合作 好 。", "合作 is good.", 1.0))
    alone = lesson(rows, (("合作", "", "to cooperate"),))
    assert [kind for kind, _ in summary(build(alone)[0])] == ["term", "sentence", "sentence"]


def test_the_terms_that_a_sentence_is_the_first_to_show_are_hidden_before_better_ones():
    decks = [build(DEMO, blanks=blanks)[0] for blanks in (1, 2, 3)]
    texts = [field(deck, "cloze", "我们要弘扬上海精神，坚持共同发展。", "Text") for deck in decks]
    assert [text.count("{{c") for text in texts] == [1, 2, 2]    # the third was hidden in the sentence before
    assert "{{c1::弘扬" in texts[0]
    assert "{{c2::发展" in texts[1]


def test_a_term_is_hidden_once_and_only_where_it_may_be():
    hidden = [note for note in build(DEMO)[0].notes if note.kind == "cloze"]
    texts = "".join(dict(note.fields)["Text"] for note in hidden)
    assert texts.count("::上海") == 1
    first = DEMO.pairs[0].id
    only = build(DEMO, askable={first: {term.id for term in DEMO.terms if term.text == "合作"}})[0]
    (cloze,) = [note for note in only.notes if note.kind == "cloze"]
    assert dict(cloze.fields)["Text"].count("{{c") == 1
    assert "::合作" in dict(cloze.fields)["Text"]


def test_a_rendering_that_cuts_another_short_is_not_shown_beside_it():
    rows = (("上海 精神 。", "The Shanghai Spirit.", 1.0), ("弘扬 上海 精神 。", "A spirit of Shanghai.", 1.0))
    plain = lesson(rows, (("上海 精神", "Shanghai Spirit", ""),))
    (term,) = plain.terms
    others = tuple(replace(term.renderings[0], citation=c) for c in ("Shanghai", "Shanghai spirit", "spirit of all"))
    deck = build(replace(plain, terms=(replace(term, renderings=(*term.renderings, *others)),)))[0]
    assert field(deck, "term", "上海精神", "OtherRenderings") == "spirit of all"


def test_a_sentence_is_not_asked_about_right_after_it_was_read():
    rows = [(f"我们 要 合作 {i} 。", f"We need to cooperate {i}.", 1.0) for i in range(40)]
    deck, _, _ = build(lesson(rows, (("合作", "cooperate", ""),)))
    kinds = [note.kind for note in deck.notes]
    assert kinds.count("cloze") == 1
    assert kinds[:2] == ["term", "sentence"]
    assert kinds.index("cloze") - kinds.index("sentence") - 1 == APART


def test_english_that_holds_chinese_makes_no_card_from_english():
    leaky = lesson((), (("合作", "", "see also 合力"),))
    (note,) = build(leaky)[0].notes
    assert note.cards == ("recognise", "listen")
    assert build(leaky, cards=CardChoice(("recall",), (), ()))[0].notes == ()


def test_tags_name_and_description():
    deck, _, _ = build(lesson(ROWS, TERMS, deck_id="my deck", title="A::B\n<i>"))
    assert deck.name == "A: B <i>"
    assert "&lt;i&gt;" in deck.description
    assert "demo.md" in deck.description
    assert "/some/where" not in deck.description
    assert "CC BY-SA 4.0" in deck.description
    tags = {tag for note in deck.notes for tag in note.tags}
    kinds = {"flashcards::term", "flashcards::sentence", "flashcards::cloze"}
    assert tags == {"flashcards::my-deck", "HSK::3", "HSK::7-9"} | kinds
    assert build(DEMO, imprint=Imprint("Chinese::Demo"))[0].name == "Chinese::Demo"


def test_topics_credit_and_date():
    imprint = Imprint(topics=("politics::security", "two  words"), credit="Taken from A & B, CC BY 4.0")
    deck, _, _ = build(replace(DEMO, date="2020-11-10"), imprint=imprint)
    assert all({"topic::politics::security", "topic::two-words"} <= set(note.tags) for note in deck.notes)
    assert "Source: demo.md (2020-11-10)<br>Taken from A &amp; B, CC BY 4.0<br>Dictionary" in deck.description
    assert "(" not in build(DEMO)[0].description.split("<br>")[1]


def test_a_deck_divided_by_kinds_teaches_terms_first():
    deck, _, _ = build(DEMO, imprint=Imprint(subdecks="kinds"))
    names = {note.kind: note.subdeck for note in deck.notes}
    assert len({(note.kind, note.subdeck) for note in deck.notes}) == 3
    assert sorted(names.values()) == [names["term"], names["sentence"], names["cloze"]]


def test_a_deck_divided_by_sources_has_a_note_where_its_text_first_stands():
    one, other = lesson(ROWS[:2], TERMS, source="/x/lesson 1.md"), lesson(ROWS[2:4], TERMS, source="/x/b::c.md")
    pairs = (*one.pairs, *other.pairs)
    terms = tuple(replace(term, pair_ids=tuple(p.id for p in pairs if term.text in p.zh)) for term in DEMO.terms)
    both = replace(one, beads=(*one.beads, *other.beads), pairs=pairs, words=(*one.words, *other.words), terms=terms)
    deck, _, _ = build(both, imprint=Imprint(subdecks="sources"))
    where = {(note.kind, dict(note.fields)["Hanzi"]): note.subdeck for note in deck.notes}
    assert where["term", "合作"] == where["sentence", "上海精神是合作的基础。"] == "lesson 1"
    assert where["term", "发展中国家"] == where["cloze", "发展中国家也要发展。"] == "b: c"
    assert {note.subdeck for note in build(DEMO, imprint=Imprint(subdecks="sources"))[0].notes} == {""}


def test_long_headwords_are_smaller():
    rows = [("人民大会堂 传统 文化 。", "The Great Hall of the People and traditional culture.", 1.0)]
    terms = [("人民 大会堂", "", "hall"), ("大会堂 传统", "", "x"), ("人民大会堂 传统 文化", "", "y")]
    deck, _, _ = build(lesson(rows, terms))
    assert [field(deck, "term", zh.replace(" ", ""), "Look") for zh, *_ in terms] == ["", "", "longer"]
    assert field(build(lesson(rows, [("人民大会堂 传", "", "z")]))[0], "term", "人民大会堂传", "Look") == "long"


def test_tones_and_pinyin_are_a_matter_of_looks():
    plain, _, _ = build(DEMO)
    assert field(plain, "term", "弘扬", "Look") == ""
    assert field(plain, "term", "弘扬", "Ruby") == "弘扬[hóng yáng]"
    toned, _, _ = build(DEMO, cards=replace(EVERY_CARD, tones="pleco", pinyin_shown=True))
    assert {dict(note.fields)["Look"] for note in toned.notes} == {"pleco shown"}
    assert field(toned, "term", "弘扬", "Ruby") == '<span class="t2">弘[hóng]</span><span class="t2">扬[yáng]</span>'
    assert field(toned, "cloze", "发展中国家也要发展。", "Text").startswith('{{c1::<span class="t1">发[fā]</span>')
    assert "<mark><span" in field(toned, "term", "弘扬", "SentenceRuby")


def test_source_and_evidence_stand_on_the_note():
    deck, _, _ = build(DEMO)
    assert field(deck, "sentence", "发展中国家也要发展。", "Source") == "demo.md, line 3"
    assert field(deck, "sentence", "发展中国家也要发展。", "Evidence").endswith("alignment 96%")
    assert "rendering 95%" in field(deck, "term", "合作", "Evidence")


def test_audio_is_named_on_its_note_and_packed(tmp_path):
    sound = tmp_path / "hz-12ab.mp3"
    sound.write_bytes(b"sound")
    deck, _, data = build(DEMO, audio=lambda _: {"合作": sound, "无关": tmp_path / "unused.mp3"})
    assert field(deck, "term", "合作", "Audio") == "[sound:hz-12ab.mp3]"
    assert deck.media == (str(sound),)
    assert b"hz-12ab.mp3" not in build(DEMO)[2]
    assert len(data) > len(build(DEMO)[2])


def test_traditional_text_is_marked_as_such():
    deck, _, _ = build(DEMO, script="zh-Hant")
    assert {dict(note.fields)["Script"] for note in deck.notes} == {"zh-Hant"}


def test_every_card_has_a_choice():
    assert {name for note in build(DEMO)[0].notes if note.kind == "term" for name in note.cards} == set(EVERY_CARD.term)
