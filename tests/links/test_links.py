import numpy as np
import pytest

from flashcards.lexicon import Lexicon
from flashcards.links.english import content_stems, stem, tokens
from flashcards.links.glosses import GlossVectors, gloss_stems
from flashcards.links.model1 import word_links
from flashcards.links.prior import TranslationPrior
from flashcards.links.symbols import chinese_number, chinese_symbols, english_symbols, name_symbols


def test_tokens_know_their_places() -> None:
    text = "Mr. Smith’s 1,000 well-known U.S. books"
    assert all(text[t.start : t.end] == t.text for t in tokens(text))
    assert [t.text for t in tokens(text)][:4] == ["Mr", ".", "Smith", "’s"]


@pytest.mark.parametrize(
    ("form", "base"), [("went", "go"), ("children", "child"), ("Taken", "take"), ("countries", "country")]
)
def test_forms_share_a_stem(form: str, base: str) -> None:
    assert stem(form) == stem(base)


def test_closed_classes_are_no_content() -> None:
    assert content_stems("We have been to the countries of it") == (stem("countries"),)


ENGLISH = {
    "million": ("2.5 million people", ["#2.5e+06", "person"]),
    "hyphenated number": ("twenty-one", ["#21"]),
    "ordinal": ("the first", ["#1"]),
    "one is a pronoun too": ("one of us", ["we"]),
    "marks": ("Why? “No!”", ["whi", "mark ?", "mark “", "not", "mark !"]),
    "May is a month, may is not": ("May may", ["month 5", "may"]),
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.values(), ids=ENGLISH)
def test_english_symbols(text: str, expected: list[str]) -> None:
    assert english_symbols(text) == expected


CHINESE = {
    "date": ("2020年11月", ["2020", "年", "11", "月"], ["#2020", "month 11", "年", "月"]),
    "ordinal": ("第二十次", ["第二十次"], ["#20", "第二", "十", "次"]),
    "percent": ("3.5%", ["3.5", "%"], ["#3.5", "percent"]),
    "unlisted words fall apart": ("抗疫", ["抗疫"], ["抗", "疫"]),
    "a name with dots": ("J·K·罗琳", ["J·K·罗琳"], ["罗琳", "name j", "name k"]),
    "Latin": ("COVID疫情", ["COVID", "疫情"], ["name covid", "疫情"]),
}


@pytest.mark.parametrize(("text", "words", "expected"), CHINESE.values(), ids=CHINESE)
def test_chinese_symbols(lexicon: Lexicon, text: str, words: list[str], expected: list[str]) -> None:
    assert chinese_symbols(text, words, lexicon) == expected


@pytest.mark.parametrize(
    ("digits", "value"), [("三百六十五", 365), ("一亿二千万", 1.2e8), ("十", 10), ("1.5万", 15000), ("十二亿", 1.2e9)]
)
def test_chinese_numbers(digits: str, value: float) -> None:
    assert chinese_number(digits) == value


def test_names_are_found_by_sound(lexicon: Lexicon) -> None:
    assert "name wang" in name_symbols(["汪淼笑了"], ["Wang laughed."], lexicon)[0]
    assert name_symbols(["汪淼笑了"], ["They wang laughed."], lexicon)[0] == []


def test_gloss_vectors_sum_to_one(glosses: GlossVectors) -> None:
    assert sum(glosses["合作"].values()) == pytest.approx(1)
    assert stem("cooperation") in glosses["合作"]
    assert glosses["没有的词"] == {}


def test_glosses_without_remarks() -> None:
    assert gloss_stems("to give sb a hand") == (stem("give"), stem("hand"))


def test_links_follow_the_dictionary_and_the_text(lexicon: Lexicon) -> None:
    chinese = [["疫苗", "很", "重要"], ["疫苗", "来", "了"]]
    english = [tokens("The vaccine matters"), tokens("The vaccine came")]
    first, second = word_links(chinese, english, TranslationPrior(lexicon))
    assert first.shape == (3, 3)
    assert np.argmax(first[0]) == 1
    assert np.argmax(second[0]) == 1
    assert second[1, 2] > second[1, 1]


def test_links_of_nothing(lexicon: Lexicon) -> None:
    assert word_links([[]], [()], TranslationPrior(lexicon))[0].shape == (0, 0)


def test_the_prior_knows_roots_and_sounds(lexicon: Lexicon) -> None:
    prior = TranslationPrior(lexicon)
    close, none = prior("合作", [stem("cooperative"), stem("banana")])
    assert (close > 0.3, none) == (True, 0.0)
    assert prior("重庆", [stem("Chongqing")]) == [1.0]
