"""Where sentences may be cut into clauses, as cases: each is a list of the pieces that the joined text must give."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.chinese import Analyser
from flashcards.lexicon import Lexicon
from flashcards.text.clauses import chinese_cuts, english_cuts

CHINESE = {
    "clauses": ["成员国遵循“上海精神”，", "加强政治、经济、安全、人文等领域合作，", "树立了新型国际关系典范。"],
    "half-width marks": ["他们走过了不平凡的历程,", "我们经历了时间检验; ", "大家都很高兴。"],
    "a dash": ["他终于看到了那座城市——", "它在河的对岸闪着光。"],
    "a lone adverbial": ["近年来，这座城市的变化很大，", "人们的生活越来越好。"],
    "an adverbial frame": ["在全体同事的共同努力下，我们完成了这项任务，", "大家都很高兴。"],
    "when": ["当她走进那间屋子的时候，所有的灯忽然都灭了，", "外面下起了大雨。"],
    "since": ["上海合作组织成立以来，走过了不平凡的历程，", "成为重要的建设性力量。"],
    "he said": ["老师告诉他，这本书明天必须还给图书馆，", "他连忙点了点头。"],
    "if and then": ["如果明天早上还下大雨，我们就不去爬山了，", "改去博物馆看展览。"],
    "not only but also": ["他不仅会说流利的英语，而且会写漂亮的汉字，", "同学们都很佩服他。"],
    "only then": ["我们只有坚持改革开放，才能实现共同发展，", "这是历史的结论。"],
    "a topic": ["这种认真负责的学习和工作态度，是我们班的传统，", "也是成功的重要条件。"],
    "a subject of several clauses": ["坚持走自己的道路，全面深化改革，有效应对各种风险，都会提出新的课题。"],
    "a result": ["我们要让发展成果惠及全体人民，使大家过上更好的生活。"],
    "an enumeration": ["全面建成小康社会、加快推进现代化、实现民族复兴的目标一定能实现。"],
    "a colon": ["这个概括告诉我们：理论来自实践。"],
    "quotation marks": ["“明天一早就得出发，不然会赶不上火车，”他说完就睡了。"],
    "a quotation that is not closed": ["她慢慢地走到了窗边，", "“外面的雨已经停了，我们现在可以走了。"],
    "a quotation that is not opened": ["外面的雨已经停了，我们现在可以走了，”她说完就出了门。"],
    "corner brackets": ["「明天一早就得出发，不然會趕不上火車，」他說完就睡了。"],
    "brackets": ["他在那里住了三年（先是一个人住，后来和朋友住），", "一直没有回过家。"],
    "a title": ["我昨天读完了《远去的家，回来的人》这本书，", "它写得非常好。"],
    "digits": ["这座大楼花了1,000万元，", "用了整整三年时间。"],
    "a fixed expression": ["大家都相信一分耕耘，一分收获的道理，", "所以每天都很努力。"],
    "the same with a half-width comma": ["大家都相信一分耕耘,一分收获的道理,", "所以每天都很努力。"],
    "traditional characters": ["我們完成了這項重要的任務，", "大家都覺得非常高興。"],
}


def pieces(text: str, cuts: list[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]


def cut_chinese(text: str, analyser: Analyser, lexicon: Lexicon, sentences: tuple[int, ...] = ()) -> list[str]:
    words = [(word.text, word.tag) for word in analyser.words(analyser.cut(text))]
    return pieces(text, chinese_cuts(words, sentences, lexicon.__contains__))


@pytest.mark.parametrize("case", CHINESE)
def test_chinese(case: str, analyser: Analyser, lexicon: Lexicon) -> None:
    assert cut_chinese("".join(CHINESE[case]), analyser, lexicon) == CHINESE[case]


ENGLISH = {
    "clauses": ["China has joined the facility, ", "and will actively consider the need for vaccines."],
    "three": ["We must curb the proliferation of drugs, ", "crack down on extremism, ", "and deepen our cooperation."],
    "a semicolon": ["Her beauty highlighted his unattractive appearance; ", "her care highlighted his lack of it."],
    "a spaced dash": ["He finally saw that great city – ", "it lay glittering across the river."],
    "a dash without spaces": ["He finally saw that great city—it lay glittering across the river."],
    "a leading phrase": ["In the current circumstances, the organization must act, ", "and we must help it to act."],
    "a leading clause": ["When she walked into the room, the light went out, ", "and it began to rain outside."],
    "a participle": ["Committed to the Shanghai Spirit, they have worked together, ", "setting an example for us all."],
    "an enumeration": ["They have cooperated in the political, economic, security and cultural fields for years."],
    "the last of a list": ["The new library will lend books, films and musical instruments."],
    "a list behind a colon": ["There are three things to do: read the whole book, write the report, and hand it in."],
    "not only but also": ["It is needed not only in building the economy, but also in speeding up the progress."],
    "that": ["He told us all about the plan, that it was too late to change it."],
    "which": ["They will hold more youth events, to which 600 young people will be invited."],
    "he said": ["The weather is going to change, he said quietly to the others."],
    "an apposition": ["The mission to carry out the revolution in China, an Eastern country, have led to this."],
    "digits": ["It took 1,000 workers three whole years, ", "and they finished it before the winter."],
    "curly quotes": ["“We must leave early tomorrow, or we shall miss the train,” he said to us all."],
    "straight quotes": ['"We must leave early tomorrow, or we shall miss the train," he said to us all.'],
    "a quotation that is not opened": ['We must leave early tomorrow, or we shall miss the train," he said to us all.'],
    "single quotes": ["'We must leave early tomorrow, and we don't miss the train,' he said to us all."],
    "an apostrophe": ["It's the workers' own decision to stay, ", "and we don't want to change it."],
    "brackets": ["He lived there for years (alone at first, and with a friend later), ", "and never went back home."],
    "a short tag": ["We should have gone there by train, of course."],
}


@pytest.mark.parametrize("case", ENGLISH)
def test_english(case: str) -> None:
    text = "".join(ENGLISH[case])
    assert pieces(text, english_cuts(text, ())) == ENGLISH[case]


def quoting(plain: str, *marks: str) -> st.SearchStrategy[str]:
    """Texts of some characters, parts of them between the marks."""
    parts = st.text(plain, max_size=12)
    enclosed = st.tuples(st.sampled_from(marks), parts).map(lambda each: each[0][0] + each[1] + each[0][1])
    return st.lists(parts | enclosed, max_size=8).map("".join)


@given(quoting("我们要走了，；,;—的ab", "“”", "「」", "（）", "《》", '""'), quoting("ab we, ;–—.s'", "“”", "()", '""'))
def test_cuts_lie_inside_the_text_and_outside_quotations(chinese: str, english: str) -> None:
    chinese_found = chinese_cuts([(character, "v") for character in chinese], (), lambda _text: False)
    english_found = english_cuts(english, ())
    for text, cuts in ((chinese, chinese_found), (english, english_found)):
        assert cuts == sorted(set(cuts))
        assert all(0 < cut < len(text) for cut in cuts)
        for piece in pieces(text, cuts):
            assert all(piece.count(a) == piece.count(b) for a, b in ("“”", "「」", "（）", "《》", "()"))
            assert piece.count('"') % 2 == 0
    assert all(english[cut - 1] == " " != english[cut] for cut in english_found)


def test_sentences_are_cut_apart_unless_one_quotation_holds_them(analyser: Analyser, lexicon: Lexicon) -> None:
    assert cut_chinese("他来了。她走了。", analyser, lexicon, (4,)) == ["他来了。", "她走了。"]
    assert cut_chinese("“来。”“走。”", analyser, lexicon, (4,)) == ["“来。”", "“走。”"]
    assert cut_chinese("他说：“我来了。你走吧。”", analyser, lexicon, (8,)) == ["他说：“我来了。你走吧。”"]
    assert english_cuts("He came. She left.", (9,)) == [9]
    assert english_cuts("“He came. She left.”", (10,)) == []
