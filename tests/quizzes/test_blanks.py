import pytest

from flashcards.model import Rendering, Word
from flashcards.quizzes.blanks import Line, find_blanks, misplacement, term_class
from flashcards.quizzes.english import English
from flashcards.quizzes.evidence import gloss, rendering_passage
from flashcards.quizzes.unfit import unfit
from flashcards.quizzes.wordclass import word_class

from .conftest import lesson_of, pair_of

INTELLIGENCE = "artificial intelligence"


def words(spaced, tags=""):
    """Words from a line with spaces between them, nouns unless `tags` says otherwise."""
    texts = spaced.split(" ")
    given = tags.split() or ["n"] * len(texts)
    return tuple(Word(text, text, text, tag, 0, (), 1.0, "a", "") for text, tag in zip(texts, given, strict=True))


def test_finds_the_words_whose_english_is_certain(lexicon, analyser, senses):
    row = ("科学家们在北京研究一种新的疫苗和药物。", "Scientists are studying a new vaccine and new drugs in Beijing.")
    lesson = lesson_of([row], lexicon, analyser)
    line = Line(lesson.pairs[0], lesson.words[0])
    found = {blank.text: blank.gloss for blank in find_blanks(line, lesson.terms, senses)}
    assert found["疫苗"] == "vaccine"
    assert found["研究"] == "studying"
    assert not found.keys() & {"科学家们", "一种", "新的", "北京"}


@pytest.mark.parametrize(
    ("spaced", "key", "reason"),
    [
        ("我们 要 加强 合作 ， 扩大 国际 合作 的 领域", "合作", "stands in the sentence twice"),
        ("我们 在 山坡 上 看见 一 大片 美丽 的 森林", "大片", "follows a bare numeral"),
        ("科学家 研究 疫苗", "疫苗", "leaves too little to read"),
        ("我们 要 支持 上海 合作 组织 发挥 更 大 的 作用", "合作", "is part of a longer word"),
        ("他 在 实践 中 检验 真理 ， 也 发展真理 和 科学", "发展真理", "is given away by the rest of the sentence"),
        ("红 盖头 里 的 适应 了 ， 能 看见 人影 在 动", "适应", "is a noun where a verb stands"),
        ("我们 要 支持 各国 科学家 研究 新 的 疫苗", "疫苗", ""),
    ],
)
def test_says_why_a_place_cannot_be_left_out(spaced, key, reason, senses):
    parts = words(spaced, " ".join("m" if word == "一" else "n" for word in spaced.split(" ")))
    line = Line(pair_of(spaced.replace(" ", ""), "English"), parts)
    assert misplacement(line, line.find(key), "noun", senses) == reason


def test_a_text_across_word_edges_has_no_place():
    line = Line(pair_of("我们研究生命科学", "We study life sciences"), words("我们 研究 生命 科学"))
    assert line.find("研究生") is None
    assert line.find("生命科学") == range(2, 4)


@pytest.mark.parametrize(
    ("spaced", "tags", "kind"),
    [
        ("公共卫生", "n", "noun"),
        ("数据 安全", "n an", "noun"),
        ("迫不及待", "i", "idiom"),
        ("汪淼 迫不及待", "nr i", None),
        ("加大 力度", "v n", "verb"),    # a headword of CC-CEDICT
        ("加强 合作", "v vn", None),
        ("他们 国家", "r n", None),
        ("5G 网络", "eng n", None),
        ("可以", "c", None),
    ],
)
def test_accepts_only_terms_that_are_words(spaced, tags, kind, senses):
    assert term_class(spaced.replace(" ", ""), words(spaced, tags), senses) == kind


@pytest.mark.parametrize(
    ("spaced", "rendering", "en", "expected"),
    [
        ("政治 病毒", "political virus", "We resist any “political virus”.", "political virus"),
        ("人工智能", "artificial intelligence and smart", "artificial intelligence and smart cities", INTELLIGENCE),
        ("改革开放", "reform and opening", "the purpose of reform and opening up", "reform and opening up"),
        ("合作", "cooperation", "Cooperation needs cooperation.", None),
        ("病毒 标签化", "pandemic or mislabel", "the pandemic or mislabel it", None),
        ("合作", "SCO has traveled", "The SCO has traveled far.", None),
    ],
)
def test_takes_a_rendering_that_the_dictionary_vouches_for(spaced, rendering, en, expected, senses):
    english = English(en)
    given = (Rendering((), rendering, rendering, "pair", 0.9),)
    passage = rendering_passage(spaced.replace(" ", ""), words(spaced), given, english, senses)
    assert (passage and english.surface(passage)) == expected


@pytest.mark.parametrize(
    ("word", "surface", "shown"),
    [
        ("合作", "cooperation", "cooperation"),
        ("一无所知", "knew", "not knowing anything at all"),
        ("政治病毒", "political virus", "political virus"),
    ],
)
def test_shows_a_whole_meaning(word, surface, shown, senses):
    assert gloss(surface, senses[word]) == shown


def test_leaves_out_unfit_sentences_and_their_neighbours(lexicon, analyser):
    rows = [(f"第{n}天我们在北京研究新的疫苗。", f"On day {n} we study a vaccine.") for n in "一二三四五六七八"]
    rows[4] = ("医生发现了一具尸体。", "The doctor found a dead body.")
    pairs = lesson_of(rows, lexicon, analyser).pairs
    assert unfit(pairs) == {pair.id for pair in pairs[2:7]}
    assert not unfit(pairs[:2])


@pytest.mark.parametrize(
    ("text", "tag", "kind"),
    [
        ("邓小平", "nr", "person"),
        ("高粱", "nr", "noun"),
        ("合作", "vn", "noun"),
        ("支持", "v", "verb"),
        ("重要", "a", "modifier"),
        ("至关重要", "l", "idiom"),
        ("进行", "v", "closed"),
        ("我们", "r", "closed"),
    ],
)
def test_knows_the_class_of_a_word(text, tag, kind, senses):
    assert word_class(words(text, tag)[0], senses) == kind
