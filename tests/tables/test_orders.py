from flashcards.model import Bead, Pair, Place, Sentence, Term, Word
from flashcards.tables import ORDERS, Order, ordered


def pair(id: str, zh: str) -> Pair:
    return Pair(id, Bead((Sentence(zh, "zh", Place("x", 1)),), (), 1.0))


def term(text: str, reading: str, *pairs: str) -> Term:
    word = Word(text, text, text, "n", 0, tuple(reading.split()), 1.0, reading, "")
    return Term(text, text, (word,), (), "", (), 0, 1, pairs, (), 1.0)


PAIRS = (pair("p1", "甲乙丙丁"), pair("p2", "子丑甲"))


def test_a_text_shows_its_terms_one_after_the_other() -> None:
    terms = [
        term("子丑", "", "p2"), term("乙", "", "p1"), term("乙丙", "", "p1"), term("甲", "", "p1", "p2"),
        term("x", "", "p9"),
    ]  # fmt: skip
    assert [t.text for t in ordered(terms, "text", PAIRS)] == ["甲", "乙丙", "乙", "子丑", "x"]


def test_a_dictionary_goes_by_syllable_then_tone_then_character() -> None:
    right = [
        term("A股", "A gǔ"), term("阿", "ā"), term("路", "lù"), term("绿", "lǜ"), term("绿色", "lǜ sè"),
        term("乱", "luàn"), term("吗", "ma"), term("西安", "xī ān"), term("先", "xiān"),
    ]  # fmt: skip
    assert [t.text for t in ordered(right[::-1], "pinyin", ())] == [t.text for t in right]


def test_the_best_first_is_the_order_that_they_come_in() -> None:
    terms = (term("乙", "yǐ", "p2"), term("甲", "jiǎ", "p1"))
    assert ordered(terms, "best", PAIRS) == terms


def test_every_order_keeps_every_term() -> None:
    terms = (term("乙", "yǐ", "p2"), term("甲", "jiǎ", "p1"), term("☃", ""))
    order: Order
    for order in ORDERS:
        assert sorted(t.id for t in ordered(terms, order, PAIRS)) == sorted(t.id for t in terms)
