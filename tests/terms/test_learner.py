"""What a learner knows already, what its parts teach them, and how far the rest is above their level."""

from dataclasses import replace

import pytest

from flashcards.chinese import Analyser, simplified
from flashcards.lexicon import Lexicon
from flashcards.model import HskList, Rendering, TermCorrection
from flashcards.terms import Learner, Sources, find_terms, new_words
from flashcards.terms.candidates import Candidate, Occurrence
from flashcards.terms.learner import knows, left_out, level_bonus, parts_suffice

from .test_terms import Lesson, speech

__all__ = ["speech"]    # the fixture


@pytest.fixture
def nobody(lexicon: Lexicon) -> Learner:
    return Learner(lexicon, simplified=simplified)


KNOWN: dict[str, tuple[str, int, HskList, bool]] = {
    "of the level": ("留学生", 3, "2025", True),
    "above it": ("留学生", 2, "2025", False),
    "of the level by another list": ("留学生", 2, "2021", True),
    "in no level of this list": ("留学生", 6, "2.0", False),
    "traditional": ("東西", 1, "2.0", True),
    "in the band that is not divided": ("一丝不苟", 8, "2025", False),
    "in the band, all of which is known": ("一丝不苟", 9, "2025", True),
    "of the highest level of a list": ("一丝不苟", 6, "2.0", True),
    "in no list": ("上海精神", 9, "2025", False),
    "of nobody's level": ("东西", 0, "2025", False),
}


@pytest.mark.parametrize(("text", "hsk", "hsk_list", "known"), KNOWN.values(), ids=KNOWN)
def test_known_by_level(text: str, hsk: int, hsk_list: HskList, known: bool, nobody: Learner) -> None:
    assert knows(text, replace(nobody, hsk=hsk, hsk_list=hsk_list)) is known


def test_known_by_a_list_in_either_script(nobody: Learner) -> None:
    learner = replace(nobody, known=frozenset({"疫苗", "上海精神"}))
    assert [knows(text, learner) for text in ("疫苗", "上海精神", "精神", "發展")] == [True, True, False, False]
    assert knows("發展", replace(nobody, known=frozenset({"发展"})))


SUFFICE = {
    "the sum of its parts": ("留学生", "留学 生", True),
    "in traditional characters": ("留學生", "留学 生", True),
    "a part is not known": ("留学生", "留学", False),
    "another reading means something else": ("东西", "东 西", False),
    "one of the parts has no share": ("生气", "生 气", False),
    "no part has to do with it": ("马上", "马 上", False),
    "a figurative sense": ("下海", "下 海", False),
    "a name": ("黄河", "黄 河", False),
    "an idiom": ("一丝不苟", "一 丝 不 苟", False),
    "several senses": ("左右", "左 右", False),
    "a compound": ("火车站", "火车 站", True),
    "three parts": ("大学生", "大学 生", True),
    "a part of itself": ("留学", "留学", False),
    "not in the dictionary": ("经济合作", "经济 合作", False),
    "one character": ("生", "生", False),
}


@pytest.mark.parametrize(("text", "known", "enough"), SUFFICE.values(), ids=SUFFICE)
def test_parts_suffice_only_where_they_say_all_of_it(text: str, known: str, enough: bool, nobody: Learner) -> None:
    learner = replace(nobody, known=frozenset(known.split()), parts_suffice=True)
    assert parts_suffice(text, learner) is enough
    assert not parts_suffice(text, replace(learner, parts_suffice=False))


RENDERED = [("经济合作", "economic cooperation", True), ("命运共同体", "community with a shared future", False)]


@pytest.mark.parametrize(("text", "english", "enough"), RENDERED)
def test_a_phrase_is_judged_by_what_the_text_says(text: str, english: str, enough: bool, nobody: Learner) -> None:
    learner = replace(nobody, known=frozenset({"经济", "合作", "命运", "共同体"}), parts_suffice=True)
    rendering = Rendering(((0, len(english)),), english, english, "pair", 0.9)
    assert parts_suffice(text, learner, [rendering]) is enough


def test_cutting_a_long_text_into_known_characters_ends(nobody: Learner) -> None:
    text = "一" * 40
    assert not parts_suffice(text, replace(nobody, known=frozenset({"一", "一一", "一一一"}), parts_suffice=True))


def test_the_bonus_is_greatest_just_above_the_level(nobody: Learner) -> None:
    words = ["东西", "大家", "留学", "生", "合作", "上海精神"]
    bonuses = {word: level_bonus(word, replace(nobody, hsk=3)) for word in words}
    assert bonuses["东西"] == bonuses["留学"] == bonuses["上海精神"] == 0
    assert bonuses["生"] > bonuses["合作"] > 0
    assert {level_bonus(word, nobody) for word in words} == {0}
    assert {level_bonus(word, replace(nobody, known=frozenset({"东西"}))) for word in words} == {0}


def test_what_stands_only_inside_a_known_phrase_is_no_term(nobody: Learner) -> None:
    found = {
        "上海精神": Candidate("上海精神", ("上海", "精神"), {"phrase"}, [Occurrence(0, 0, 2)]),
        "精神": Candidate("精神", ("精神",), {"word"}, [Occurrence(0, 1, 2)]),
        "上海": Candidate("上海", ("上海",), {"word"}, [Occurrence(0, 0, 1), Occurrence(1, 0, 1)]),
    }
    assert left_out(found, nobody) == frozenset()
    assert left_out(found, replace(nobody, known=frozenset({"上海精神"}))) == {"上海精神", "精神"}


def test_a_learner_gets_no_known_terms_and_as_many_as_anybody(
    speech: Lesson, lexicon: Lexicon, analyser: Analyser, nobody: Learner
) -> None:
    def terms(learner: Learner | None, *corrections: TermCorrection) -> dict[str, int]:
        found, findings = find_terms(*speech, Sources(lexicon, analyser.term), 100, corrections, learner)
        assert findings == ()
        return {term.text: term.level for term in found}

    learner = replace(nobody, hsk=5, hsk_list="2.0", known=frozenset({"上海精神"}), parts_suffice=True)
    anybody, own = terms(None), terms(learner)
    assert anybody == terms(nobody)
    assert len(own) == len(anybody) == 100
    assert not any(knows(text, learner) for text in own)
    assert "上海精神" in anybody.keys() - own.keys()
    assert all(level in (0, 6) for level in own.values())
    by_hand = [TermCorrection("上海精神", render="the Spirit"), TermCorrection("世界", add=True)]
    assert {"上海精神", "世界"} < terms(learner, *by_hand).keys(), "what a human names stays"
    assert "合作" not in terms(learner, TermCorrection("合作", drop=True)), "nor is a drop of what is known a mistake"


def test_new_words_of_a_sentence(analyser: Analyser, nobody: Learner) -> None:
    words = analyser.words(analyser.cut("我們2020年要弘揚上海精神，弘揚傳統文化。"))
    assert new_words(words, replace(nobody, hsk=4)) == ("弘扬", "上海", "精神", "传统")
    assert new_words(words, replace(nobody, hsk=6)) == ("弘扬", "上海")
    assert "我们" in new_words(words, nobody)
