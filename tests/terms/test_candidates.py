import pytest

from flashcards.lexicon import Lexicon
from flashcards.terms.candidates import Candidate, candidates
from flashcards.terms.ranking import COMPARED, compared, joint_features
from flashcards.terms.wordclass import WordClasses

SHAPES = {
    "a word": ("我们|支持|疫苗|合作|。", "疫苗", "word"),
    "nouns": ("弘扬|上海|精神|，", "上海精神", "phrase"),
    "a word that jieba takes for a pronoun, and a suffix": ("践行|真正|的|多边|主义|。", "多边主义", "phrase"),
    "a hanzi that may end a noun": ("支持|阿富汗|联络|组|发挥|作用|。", "联络组", "phrase"),
    "a hanzi that jieba takes for a verb": ("控制|杠杆|率|。", "杠杆率", "phrase"),
    "a prefix inside": ("世界|反|法西斯|战争|胜利|。", "世界反法西斯战争", "phrase"),
    "a number and a noun": ("世界|处于|百|年|变局|之中|。", "百年变局", "phrase"),
    "an ordinal": ("养老金|的|第三|支柱|。", "第三支柱", "phrase"),
    "words that share a hanzi": ("坚持|共商|共建|共享|。", "共商共建共享", "phrase"),
    "four single hanzi": ("我们|坚持|先|立|后|破|，", "先立后破", "phrase"),
    "nouns before a verb": ("推进|全民|健康|覆盖|。", "全民健康覆盖", "phrase"),
    "a joined pair": ("面临|威胁|和|挑战|。", "威胁和挑战", "pair"),
    "a joined pair before a noun": ("建立|损失|与|损害|基金|。", "损失与损害基金", "pair"),
    "a quotation": ("这|是|“|断供|”|。", "断供", "quoted"),
    "a quotation with a number": ("关注|“|00|后|”|。", "00后", "quoted"),
    "a member of a list": ("共商|、|共建|、|共享|。", "共建", "word"),
    "a clause": ("攻坚|克难|，|我们|前进|。", "攻坚克难", "alone"),
    "a name with a figure": ("发展|5G|网络|。", "5G网络", "phrase"),
    "what is said twice": ("学习|党|的|十八|大|。/党|的|十八|大|指出|，", "党的十八大", "repeated"),
}

NONE = {
    "a number with its measure": ("我们|有|三|个|建议|。", "三个"),
    "a year": ("2020|年|，", "2020年"),
    "what begins with a particle": ("的|合作|。", "的合作"),
    "a pronoun": ("任何|国家|。", "任何国家"),
    "across a mark": ("合作|，|发展|。", "合作，发展"),
    "what is said once": ("学习|党|的|十八|大|。", "党的十八大"),
}


def found_in(text: str, lexicon: Lexicon) -> dict[str, Candidate]:
    sentences = [sentence.split("|") for sentence in text.split("/")]
    return candidates(sentences, lexicon, WordClasses(lexicon))


@pytest.mark.parametrize(("text", "term", "shape"), SHAPES.values(), ids=SHAPES)
def test_shapes(lexicon: Lexicon, text: str, term: str, shape: str) -> None:
    found = found_in(text, lexicon)
    assert term in found, list(found)
    assert shape in found[term].shapes


@pytest.mark.parametrize(("text", "term"), NONE.values(), ids=NONE)
def test_no_candidates(lexicon: Lexicon, text: str, term: str) -> None:
    assert term not in found_in(text, lexicon)


def test_shares_of_the_candidates_that_have_less() -> None:
    values = {"a": 1.0, "b": 2.0, "c": 2.0, "d": 9.0}
    rows = {text: dict.fromkeys(COMPARED, 0.0) | {"rarity": value} for text, value in values.items()}
    assert [own["rarity, compared"] for own in compared(rows).values()] == [0.125, 0.5, 0.5, 0.875]
    assert compared({}) == {}


def test_what_overlaps(lexicon: Lexicon) -> None:
    found = found_in("人类|命运|共同体|。/利益|共同体|。", lexicon)
    scores = {"人类命运共同体": 1.0, "人类命运": -2.0, "命运共同体": 2.0, "共同体": 0.5}
    beside = joint_features(scores, found)
    whole, inner, word = beside["人类命运共同体"], beside["命运共同体"], beside["共同体"]
    assert (whole["best inside"], whole["better than inside"], whole["inside a better one"]) == (2.0, -1.0, 0.0)
    assert (inner["best around"], inner["best crossing"], inner["inside a good one"]) == (1.0, -2.0, 1.0)
    assert (word["inside a better one"], word["on its own"], word["best as frequent around"]) == (0.5, 1.0, -9.0)
    assert joint_features({}, found) == {}
