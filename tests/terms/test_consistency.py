import pytest

from flashcards.chinese import Analyser
from flashcards.lexicon import Lexicon
from flashcards.model import Bead, Pair, Place, Rendering, Sentence, Term, Word, pairs_of, term_id
from flashcards.terms import inconsistencies

Rows = list[tuple[str, str]]


def pairs_and_words(
    rows: Rows, analyser: Analyser, parts: bool = False
) -> tuple[tuple[Pair, ...], list[tuple[Word, ...]]]:
    pairs = pairs_of(
        Bead(
            (Sentence(zh, "zh", Place("a", line)),), (Sentence(en, "en", Place("a", line)),), 1.0, line if parts else 0
        )
        for line, (zh, en) in enumerate(rows, 1)
    )
    return pairs, [analyser.words(analyser.cut(pair.zh, pair.en), pair.en) for pair in pairs]


def found(rows: Rows, lexicon: Lexicon, analyser: Analyser, parts: bool = False) -> list[str]:
    pairs, words = pairs_and_words(rows, analyser, parts)
    return [f"{f.where}: {f.message}" for f in inconsistencies(pairs, words, (), lexicon, 0.8)]


@pytest.mark.parametrize(
    ("zh", "en", "expected"),
    [
        ("他有3本书。", "He has 4 books.", "numbers differ: 3 in Chinese and 4 in English"),
        ("会议在2020年举行。", "The meeting was held.", "numbers differ: 2020 in Chinese alone"),
        ("兩萬人參加。", "Thirty people took part.", "numbers differ: 两万 in Chinese and Thirty in English"),
        ("我们党成立了。", "The Party was founded in 1921.", "numbers differ: 1921 in English alone"),
        ("我明天去北京。", "I am going to Shanghai tomorrow.", "names differ: 北京 in Chinese and Shanghai in English"),
        ("他来自法国。", "He comes from Germany.", "names differ: 法国 in Chinese and Germany in English"),
        ("习近平讲话。", "President Li Keqiang spoke.", "names differ: 习近平 in Chinese and Li Keqiang in English"),
        ("王小明来了。", "Wang Xiaohong came.", "names differ: 王小明 in Chinese and Wang Xiaohong in English"),
    ],
)
def test_what_differs_is_told(zh: str, en: str, expected: str, lexicon: Lexicon, analyser: Analyser) -> None:
    assert found([(zh, en)], lexicon, analyser) == [f"a:1: {expected}: {zh} | {en}"]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("我明天去北京。", "I am going to Beijing tomorrow."),
        ("我明天去北京。", "I am going to Peking tomorrow."),
        ("兩萬人參加。", "Twenty thousand people took part."),
        ("我明天去北京。", "I am going to the capital tomorrow."),
        ("他五月去北京。", "He will be there in May, on a Sunday."),
        ("我明天去那里。", "I am going to Beijing tomorrow."),
        ("他来自法国。", "He is a Frenchman."),
        ("她学西班牙语，住在西班牙。", "She learns the language of Spain, where she lives."),
        ("他是西班牙人。", "His passport is Spanish."),
        ("美国和中国的关系", "relations between America and China"),
        ("英国人喝茶。", "Tea is a British drink."),
        ("习近平主席讲话。", "President Xi spoke."),
        ("习近平主席讲话。", "Xi Jinping spoke."),
        ("孙中山来了。", "Dr. Sun Yat-sen came."),
        ("毛泽东思想", "Mao Tse-tung Thought"),
        ("普京总统讲话。", "He met President Putin."),
        ("王小明来了。", "Wang Xiaoming came with Li Na."),
        ("王熙凤来了。", "Wang Xi-feng came."),
        ("凤姐来了。", "Wang Xi-feng came."),
    ],
)
def test_names_that_agree(zh: str, en: str, lexicon: Lexicon, analyser: Analyser) -> None:
    assert found([(zh, en)], lexicon, analyser) == []


def test_the_parts_of_a_pair_are_looked_at_together(lexicon: Lexicon, analyser: Analyser) -> None:
    rows = [("到2020年，", "By then"), ("我们有五十家工厂。", "in 2020 we shall have fifty plants.")]
    assert found(rows, lexicon, analyser, parts=True) == []
    assert len(found(rows, lexicon, analyser)) == 2


def term(text: str, renderings: list[tuple[str, float]], pairs: tuple[Pair, ...], *senses: str) -> Term:
    own = [pair for pair in pairs if text in pair.zh]
    placed = []
    for citation, confidence in renderings:
        pair = next(pair for pair in own if citation in pair.en)
        at = pair.en.index(citation)
        placed.append(Rendering(((at, at + len(citation)),), citation, citation, pair.id, confidence))
    ids = tuple(pair.id for pair in own)
    return Term(term_id(text), text, (), tuple(placed), "", senses, 0, len(own), ids, (), 1.0)


EPIDEMIC: Rows = [
    ("疫情", "the epidemic is over"), ("疫情", "an epidemic began"),
    ("疫情", "the pandemic is over"), ("疫情", "a pandemic began"),
]  # fmt: skip
TWO_WAYS = '疫情 is translated in two ways: "epidemic" and here "pandemic"'


@pytest.mark.parametrize(
    ("rows", "renderings", "senses", "expected"),
    [
        (EPIDEMIC, [("epidemic", 0.9), ("pandemic", 0.9)], (), [TWO_WAYS]),
        (EPIDEMIC, [("epidemic", 0.9), ("pandemic", 0.7)], (), []),    # not sure
        (EPIDEMIC[1:3], [("epidemic", 0.9), ("pandemic", 0.9)], (), []),    # seen once, and not in the dictionary
        (EPIDEMIC[1:3], [("epidemic", 0.9), ("pandemic", 0.9)], ("epidemic", "pandemic"), [TWO_WAYS]),
        ([("疫情", "Epidemics"), ("疫情", "an epidemic")], [("Epidemics", 0.9), ("epidemic", 0.9)], ("epidemic",), []),
        ([("中国", "China"), ("中国", "Chinese")], [("China", 0.9), ("Chinese", 0.9)], ("China", "Chinese"), []),
        ([("合作", "cooperation"), ("合作", "to cooperate")], [("cooperation", 0.9), ("cooperate", 0.9)],
         ("cooperation", "to cooperate"), []),
        ([("上合组织", "the SCO"), ("上合组织", "Shanghai Cooperation Organization")],
         [("SCO", 0.9), ("Shanghai Cooperation Organization", 0.9)],
         ("SCO", "Shanghai Cooperation Organization"), []),
        ([("经", "a Sutra in Sections")] * 2, [("Sutra", 0.9), ("Sections", 0.9)], (), []),    # always together
    ],
)  # fmt: skip
def test_a_term_in_two_ways(
    rows: Rows,
    renderings: list[tuple[str, float]],
    senses: tuple[str, ...],
    expected: list[str],
    lexicon: Lexicon,
    analyser: Analyser,
) -> None:
    pairs, words = pairs_and_words(rows, analyser)
    terms = [term(rows[0][0], renderings, pairs, *senses)]
    assert [f.message for f in inconsistencies(pairs, words, terms, lexicon, 0.8)] == expected


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [("合作", "协作", True), ("劳模", "劳动模范", False), ("合作", "合作关系", False), ("国际合作", "合作关系", False)],
)
def test_one_rendering_for_two_terms(
    one: str, other: str, told: bool, lexicon: Lexicon, analyser: Analyser
) -> None:
    pairs, words = pairs_and_words([(one, "we cooperate here"), (other, "they cooperate there")], analyser)
    terms = [term(text, [("cooperate", 0.9)], pairs, "to cooperate") for text in (one, other)]
    expected = [f'a:2: "cooperate" stands for two terms: {one} and here {other}'] if told else []
    assert [f"{f.where}: {f.message}" for f in inconsistencies(pairs, words, terms, lexicon, 0.8)] == expected
