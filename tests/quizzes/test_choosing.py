from dataclasses import replace

import pytest

from flashcards.model import Pair, pairs_of
from flashcards.quizzes.choosing import deductions, opener, worth, worth_a_card, worth_asking

from .conftest import pair_of

GOOD = "科学家们在北京研究一种新的疫苗和药物。"
GOOD_EN = "Scientists are studying a new vaccine and new drugs in Beijing."

REFUSED = {
    "is not closed by a final stop": [("弘扬上海精神，深化团结协作", "Carrying Forward the Shanghai Spirit")],
    "is a salutation, a byline or a heading": [
        ("尊敬的各位同事：", "Dear colleagues,"),
        ("尊敬的普京总统:", "Your Excellency President Putin,"),
        ("——在上海合作组织成员国元首理事会上的讲话", "Remarks at the Meeting of the Council"),
        ("第三章 四十年的故事", "Chapter Three: A Story of Forty Years"),
    ],
    "is a dateline": [("（2020年11月10日，北京）", "Beijing, 10 November 2020")],
    "is too short or too long": [
        ("我们走吧。", "Let us go now."),
        ("我们" + "共同努力" * 16 + "。", "We " + "work hard together " * 16 + "."),
    ],
    "points to what was said before": [
        ("这是我们共同的责任和历史使命。", "This is our common responsibility and mission."),
        ("但是科学家们还没有找到新的药物。", "But scientists have not found a new drug yet."),
        ("科学家们在北京研究这种疫苗和药物。", "Scientists study such vaccines and drugs in Beijing."),
    ],
    "speaks of him, her or it": [("昨天晚上她和朋友在饭馆吃了晚饭。", "Last night she had dinner with friends.")],
    "holds half a quotation": [("老师说：“科学家们在研究新的疫苗。", "The teacher said, 'Scientists study vaccines.")],
    "is a short line of talk": [("“科学家们在研究新疫苗。”", "'Scientists are studying a new vaccine.'")],
    "breaks off or changes course": [("科学家们在北京——和上海——研究一种新的疫苗。", GOOD_EN)],
    "is translated freely": [(GOOD, "They work.")],
    "is several sentences": [("科学家研究疫苗。 ¦ 医生研究药物。", "Scientists study vaccines. ¦ Doctors do, too.")],
}


@pytest.mark.parametrize(("zh", "en", "reason"), [(*pair, reason) for reason, rows in REFUSED.items() for pair in rows])
def test_says_what_speaks_against_a_sentence(zh, en, reason):
    assert reason in [deduction.reason for deduction in deductions(pair_of(zh, en))]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        (GOOD, GOOD_EN),
        (GOOD, ""),
        ("第一，科学家们要在北京研究一种新的疫苗。", "First, scientists must study a new vaccine in Beijing."),
        ("我们要支持其他国家的科学家。", "We must support scientists of other countries."),
        ("人民是历史的创造者,群众是真正的英雄!", "The people are the creators of history and its real heroes!"),
        ("老师说：“科学家们在北京研究新的疫苗。”", "The teacher said, 'Scientists study vaccines in Beijing.'"),
    ],
)
def test_finds_nothing_against_a_good_sentence(zh, en):
    assert deductions(pair_of(zh, en)) == ()
    assert worth(pair_of(zh, en)) == 1.0


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("第一，我们要弘扬上海精神。", 3),
        ("首先,我们要弘扬上海精神。", 3),
        ("一是我们要弘扬上海精神。", 2),
        ("第一次世界大战结束了。", 0),
        ("第一，好。", 0),
    ],
)
def test_finds_where_a_counted_sentence_begins(text, start):
    assert opener(text) == start


def test_a_card_asks_more_than_a_quiz():
    pronoun = pair_of("科学家们在北京研究这种疫苗和药物。", GOOD_EN)
    assert not worth_a_card([pronoun], 0.8)
    assert worth_asking([pronoun], 0.8) == (pronoun,)


def test_a_clause_of_a_divided_sentence_needs_no_final_stop():
    whole = pair_of("科学家们在北京研究这种疫苗，", GOOD_EN)
    clause = Pair(whole.id, replace(whole.bead, part=1))
    assert worth_asking([whole, clause], 0.8) == (clause,)


def test_leaves_out_unsure_pairs_and_repeated_sentences():
    beads = [pair_of(GOOD, GOOD_EN, 0.5).bead, pair_of(GOOD, GOOD_EN).bead, pair_of(GOOD, GOOD_EN + "!").bead]
    pairs = pairs_of(beads)
    assert worth_asking(pairs, 0.8) == (pairs[1],)
    assert worth_a_card(pairs, 0.8) == {pairs[1].id}
