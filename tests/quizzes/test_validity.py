import pytest

from flashcards.links.english import content_stems
from flashcards.quizzes.blanks import Blank
from flashcards.quizzes.validity import are_distinct, doubt

from .conftest import pair_of

ECONOMY = "A vaccine saves the economy."


def blank(key, english, kind="noun", en=None, zh="我们要在{}方面做得更好。"):
    zh = zh.format(key)
    en = en or f"We must do better in {english}."
    stems, beside = frozenset(content_stems(english)), frozenset(content_stems(en))
    start = zh.index(key)
    return Blank(pair_of(zh, en), (start, start + len(key)), (), kind, english, stems, beside, 1.0)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (blank("合作", "cooperation"), blank("赢得", "win", "verb"), "is of another word class"),
        (blank("合作", "cooperation"), blank("国际合作", "exchange"), "contains the key or lies in it"),
        (blank("国家", "country"), blank("国际", "international"), "shares hanzi with the key"),
        (blank("命运", "destiny"), blank("前途", "destiny and future"), "has the same English"),
        (blank("机会", "chance"), blank("时机", "moment"), "shares hanzi with the key"),
        (blank("差异", "differences"), blank("分歧", "disputes"), "shares a sense with the key"),
        (blank("疫苗", "vaccine", en=ECONOMY), blank("经济", "economy"), "is what the English says"),
        (blank("疫苗", "vaccine"), blank("经济", "economy"), ""),
        (blank("至关重要", "vital", "idiom"), blank("疫苗", "vaccine"), ""),
    ],
)
def test_says_why_a_word_might_fill_a_blank(one, other, reason, senses):
    assert doubt(one, other, senses) == reason


def test_a_word_that_the_sentence_shows_is_no_danger(senses):
    asked = blank("疫苗", "vaccine", en=ECONOMY, zh="好的{}能拯救世界的经济。")
    assert doubt(asked, blank("经济", "economy"), senses) == ""


def test_words_of_one_bank_are_proven_both_ways(senses):
    first, second = blank("疫苗", "vaccine", en=ECONOMY), blank("经济", "economy")
    assert doubt(second, first, senses) == ""
    assert not are_distinct(first, second, senses)
    assert not are_distinct(second, first, senses)
