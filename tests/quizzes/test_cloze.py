from collections import defaultdict
from dataclasses import replace
from itertools import accumulate, pairwise

import pytest

from flashcards.errors import UsageError
from flashcards.links.english import content_stems
from flashcards.model import Bead
from flashcards.quizzes import make_quiz
from flashcards.quizzes.cloze import BANK, cloze


@pytest.fixture(scope="module")
def items(speech, lexicon):
    return cloze(speech, lexicon)


@pytest.fixture(scope="module")
def sections(items):
    by_bank = defaultdict(list)
    for item in items:
        by_bank[item.options].append(item)
    return by_bank


def test_the_speech_yields_a_sheet(items):
    assert len(items) == 25


def test_asks_for_no_sentence_and_no_key_twice(items):
    assert len({item.stem for item in items}) == len(items)
    assert len({item.key[0].text for item in items}) == len(items)
    assert len({item.id for item in items}) == len(items)


def test_the_blank_is_the_key_and_stands_on_word_edges(items):
    for item in items:
        ((start, end),) = item.blanks
        edges = {0, *accumulate(len(word.text) for word in item.words)}
        assert "".join(word.text for word in item.words) == item.stem
        assert item.stem[start:end] == item.key[0].text
        assert item.stem.count(item.key[0].text) == 1
        assert {start, end} <= edges


def test_keys_have_pinyin_and_a_meaning(items):
    for item in items:
        assert item.key[0].pinyin
        assert item.key[0].gloss


def test_sections_are_whole_and_in_the_order_of_the_text(speech, items, sections):
    place = {pair.id: at for at, pair in enumerate(speech.pairs)}
    for bank, section in sections.items():
        assert len(section) in BANK
        assert sorted(option.text for option in bank) == sorted(item.key[0].text for item in section)
        places = [place[item.source_ids[0]] for item in section]
        assert places == sorted(places)
    assert [item for section in sections.values() for item in section] == list(items)


def test_no_word_of_a_bank_fits_another_blank_of_it(sections):
    for bank, section in sections.items():
        for item in section:
            beside = set(content_stems(item.prompt))
            for option in bank:
                if option != item.key[0] and option.text not in item.stem:
                    assert not set(content_stems(option.gloss)) <= beside, (option.text, item.stem)
                    assert option.text not in item.key[0].text


def test_questions_are_spread_over_the_text(speech, items):
    place = {pair.id: at for at, pair in enumerate(speech.pairs)}
    asked = sorted(place[item.source_ids[0]] for item in items)
    assert max(b - a for a, b in pairwise(asked)) <= 10


def test_a_seed_gives_the_same_banks_twice(speech, lexicon, items):
    assert cloze(speech, lexicon) == items
    other = cloze(speech, lexicon, seed=1)
    assert [replace(item, options=()) for item in other] == [replace(item, options=()) for item in items]
    assert other != items


@pytest.mark.parametrize("count", [0, 4, 5, 12])
def test_makes_no_more_items_than_asked_for(speech, lexicon, count):
    made = cloze(speech, lexicon, count=count)
    assert len(made) <= count
    assert bool(made) == (count >= BANK.start)


def test_makes_all_that_there_are(speech, lexicon, items):
    assert len(cloze(speech, lexicon, count=None)) > len(items)


def test_asks_about_sure_pairs_only(speech, lexicon):
    def doubted(bead: Bead) -> Bead:
        return replace(bead, confidence=0.5)

    unsure = replace(speech, pairs=tuple(replace(pair, bead=doubted(pair.bead)) for pair in speech.pairs))
    assert cloze(unsure, lexicon) == ()
    assert cloze(unsure, lexicon, threshold=0.5)


def test_versions_have_the_same_items_in_another_order(speech, lexicon, items):
    plain, a, b = (make_quiz(speech, lexicon, version=version) for version in ("", "A", "B"))
    assert plain.items == items
    assert a.version == "A"
    assert a.items != b.items
    assert {item.id for item in a.items} == {item.id for item in b.items} == {item.id for item in items}
    for item in a.items:
        assert item.key[0] in item.options


def test_knows_its_kinds(speech, lexicon):
    assert make_quiz(speech, lexicon).title == speech.title
    with pytest.raises(UsageError):
        make_quiz(speech, lexicon, ["essay"])
