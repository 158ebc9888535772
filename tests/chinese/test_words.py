import time
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.chinese.script import simplified, traditional
from flashcards.chinese.words import Segmenter, names
from flashcards.lexicon import Lexicon
from tests.conftest import DATA

CASES = {
    "的确 is one word": "他|的确|很|忙|。",
    "marks stand alone": "“|上海|精神|”|，|好|！",
    "half-width marks": "总统|,|同事|:",
    "a preposition stands alone": "使|本|组织|更|大",
    "a name keeps together": "汪淼|看|着|沙瑞山",
    "traditional text": "我們|應該|發展|經濟",
    "a word that only the dictionary has": "雾霾|天气",
    "a word of several of jieba's": "他|是|中国人|，|站起来|了",
    "not across a mark": "共|，|赢",
    "not across a line's end": "中国|\n|人",
    "not across a space": "中国| |人",
    "a phrase of jieba's list": "喝|咖啡|，|很|大|，|加强|团结",
    "a numeral and a measure word": "一|个|人|，|三|年|，|十|分钟|，|这|两|张|纸",
    "what is no more a numeral with its measure word": "一起|去|一下|，|一样|，|这种|人",
    "numerals": "二十一|本|，|一百三十五|块|，|第二十|届|，|二〇二一|年",
    "figures": "2020|年|，|3.5%|，|1/3|，|10:30|，|1,200|人|，|20|世纪",
    "letters": "COVID-19|，|T恤|，|卡拉OK|，|AA制|，|don't|，|café|，|D'Arc",
    "the particle 地": "慢慢|地|走|，|静静|地|听",
    "地 that is no particle": "不同|地区|的|重要|地位|，|整个|地方|，|渐渐|地|凉|了",
    "the particles 了 着 过": "看|着|，|说|了|，|去|过|，|为了|我们",
    "a complement that makes no word": "说|完|，|坐|在|，|走进|，|找不到",
    "repeated": "看看|，|高高兴兴|地|，|研究研究|，|看|了|看",
    "an adjective that is repeated": "长长|的|大衣|，|脸|红红|的",
    "儿": "小孩儿|，|花儿|，|事儿",
    "们": "孩子们|，|农民们|，|我们",
    "a foreign name": "弗拉基米尔·普京|与|唐纳德·特朗普|。",
    "a foreign name with letters": "J·K·罗琳|说",
    "a dot that is none of a name's": "苹果|·|香蕉",
    "a surname and a given name": "赵志强|来|了",
    "a surname and a title": "李|教授|和|王|经理|来|了",
    "an organisation": "联合国教科文组织|说",
    "two words across a third": "热水|泡脚|，|无数|学霸",
    "an adverb that is part of a word": "共建|，|真话|，|不|远",
    "才能": "只有|这样|才|能|成功|，|他|有|才能|。",
    "的话": "你|说|的|话|，|下雨|的话|，|如果|你|来|的话|就|好",
    "把手": "把|手|举|起来|，|门|的|把手",
    "个人": "个人|能力|，|20|个|人",
}


@pytest.mark.parametrize("expected", CASES.values(), ids=CASES)
def test_cuts(lexicon: Lexicon, expected: str) -> None:
    assert "|".join(Segmenter(lexicon).cut(expected.replace("|", ""))) == expected


CORRECTIONS = {
    "joined": ("各国命运与共", {"命运与共": ["命运与共"]}, ["各国", "命运与共"]),
    "split": ("上海精神", {"上海": ["上", "海"]}, ["上", "海", "精神"]),
    "across words": ("发展经济", {"展经": ["展", "经"]}, ["发", "展", "经", "济"]),
    "absent": ("发展经济", {"北京": ["北", "京"]}, ["发展", "经济"]),
    "twice": ("好人好人", {"好人": ["好", "人"]}, ["好", "人", "好", "人"]),
}


@pytest.mark.parametrize(("text", "corrections", "expected"), CORRECTIONS.values(), ids=CORRECTIONS)
def test_corrections(
    lexicon: Lexicon, text: str, corrections: dict[str, list[str]], expected: list[str]
) -> None:
    assert list(Segmenter(lexicon, corrections).cut(text)) == expected


def test_no_word_reaches_into_a_term(lexicon: Lexicon) -> None:
    assert Segmenter(lexicon, terms=["命运与"]).cut("命运与共，家命运") == ("命运", "与", "共", "，", "家", "命运")
    assert Segmenter(lexicon, terms=["济合"]).cut("经济合作") == ("经", "济", "合", "作")


def test_names_that_recur(lexicon: Lexicon) -> None:
    texts = ["列夫·托尔斯泰生于俄国。", "人们爱托尔斯泰的书。", "汪淼看着他。", "他对汪淼说。", "他看见汪淼走了。"]
    found = names(texts, lexicon)
    assert {"托尔斯泰", "汪淼"} <= found
    segmenter = Segmenter(lexicon, names=found)
    assert segmenter.cut("托尔斯泰生在俄国") == ("托尔斯泰", "生", "在", "俄国")
    assert segmenter.cut("汪淼笑着问")[:1] == ("汪淼",)


def test_the_sentences_of_the_list(lexicon: Lexicon) -> None:
    lines = (DATA / "segmentation.tsv").read_text(encoding="utf-8").splitlines()
    expected = [line.split("\t")[1].split("|") for line in lines if line[0] != "#"]
    texts = ["".join(words) for words in expected]
    segmenter = Segmenter(lexicon, names=names(texts, lexicon))
    gold = {(i, end) for i, words in enumerate(expected) for end in list(accumulate(map(len, words)))[:-1]}
    cuts = {(i, end) for i, text in enumerate(texts) for end in list(accumulate(map(len, segmenter.cut(text))))[:-1]}
    assert 2 * len(gold & cuts) / (len(gold) + len(cuts)) > 0.975


def test_traditional_text_is_cut_at_the_same_places(lexicon: Lexicon) -> None:
    lines = (DATA / "segmentation.tsv").read_text(encoding="utf-8").splitlines()
    segmenter = Segmenter(lexicon)
    for line in lines[5:]:
        text = line.split("\t")[1].replace("|", "")
        if simplified(traditional(text)) != text:    # 著 stays as it is
            continue
        assert list(map(len, segmenter.cut(traditional(text)))) == list(map(len, segmenter.cut(text)))


def test_a_million_characters_on_one_line(lexicon: Lexicon) -> None:
    segmenter = Segmenter(lexicon)
    for text in ("他站起来一百二十三看看中国人们·", "一", "·", "们", "研究", "卡", "1:"):
        took = []
        for length in (50_000, 400_000):
            started = time.process_time()
            assert sum(map(len, segmenter.cut(text * (length // len(text))))) == length // len(text) * len(text)
            took.append(time.process_time() - started)
        assert took[1] < 30 * max(took[0], 0.02)


ALPHABET = "的一了着地上海精神们儿看第十个人才能话把手卡特，。“”·•a1%:/.,' 發展〇"
ODD = "\u3000😀é\n\t\r\ue000\u200b\u0301\U00020000𠮷"


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.text(alphabet=ALPHABET + ODD, max_size=30) | st.text(max_size=30))
def test_words_join_to_the_text(lexicon: Lexicon, text: str) -> None:
    assert "".join(Segmenter(lexicon).cut(text)) == text
    corrected = Segmenter(lexicon, {"上海": ["上", "海"]}, terms=["海精"], names=["卡特", "上海人"])
    words = corrected.cut(text)
    assert "".join(words) == text
    assert all(words)
    assert not any(len(word) > 1 and mark in word for word in words for mark in "，。“”\n\t\u3000 ")
