"""Where sentences end, as cases: each is a list of the sentences that the joined text must give back."""

import os
import re
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.model import Block, Place
from flashcards.text.sentences import sentences, split, units

ENGLISH = [
    ["Mr. Smith met Mrs. Jones, Dr. Who and Prof. Higgins.", "They left."],
    ["The U.S. Senate met.", "He lives in the U.S.", "He is well."],
    ["She spoke at the U.N. General Assembly at 5 p.m. on Monday.", "It rained."],
    ["At 5 p.m.", "He went home."],
    ["It opens at 9 a.m. Beijing time."],
    ["Many things, e.g. rice, i.e. food, etc. were sold.", "He bought some."],
    ["See No. 5 and p. 12, Vol. 3.", "Number six is lost."],
    ["“Will you come?”", "“No.”", "“Why?”"],
    ["It grew by 3.5 percent.", "600 people came."],
    ["J. K. Rowling wrote it.", "George W. Bush read it."],
    ["It was I.", "Then he took vitamin C.", "The end came."],
    ["Apple Inc. of California and Tom Jones Jr. Esquire agreed.", "The talks ended."],
    ["1. First we eat.", "Then we sleep."],
    ["On Nov. 10 he left.", "In Dec. he came back."],
    ["“What is going on with the world?”", "“What shall we do about it?”", "— These are the questions of our time."],
    ['"What?" he said.', "Then he left."],
    ["“Go!” Tom Smith shouted.", "“Now!” I added."],
    ["“Go!”", "Tom Smith went."],
    ["“Surrender?”", "He asked nothing else."],
    ["He said, “I am tired.", "I shall sleep.”", "She left."],
    ["He ate (it was good.)", "Then he slept."],
    ["He ate (was it good?) and slept."],
    ['A so-called "p.m." time is not a time.', "It is a joke."],
    ["Wait... what?", "Well…", "Yes."],
    ["I ... I don't know.", "What I mean is ...", "You should go."],
    ["I . . . I went."],
    ["“If he grips me, then—”", "“That is no good!”"],
    ["Yahoo! is a company.", "Is it old?"],
    ["‘Stop!’", "‘Why?’ asked the boy.", "He laughed."],
    ["Really?!", "Yes!!!", "Good."],
    ["The company (est. 1990) grew.", "It failed."],
]

CHINESE = [
    ["“世界怎么了，我们怎么办”成为时代之问。", "人们在想。"],
    ["“世界怎么了？我们怎么办？”成为时代之问。"],
    ["“察势者明，趋势者智。”", "人类生活在同一个地球村。"],
    ["他问：“你去吗？”", "她没回答。"],
    ["“你去吗？”他问。", "她没回答。"],
    ["“是的。”", "汪淼说着，钻进车里。"],
    ["“好啊！”", "小玄子笑道：“那就来。”", "两人打了起来。"],
    ["韦小宝道：“皮人有什么好玩？", "我来跟你玩。”", "他跳了起来。"],
    ["“死了？”", "“打死了。”"],
    ["“足够了，”他说，“那你就应该知道。”", "她点头。"],
    ["「你好。」", "他說：「我不去！」", "然後走了。"],
    ["他说：“老师说‘走！’就走了。”", "我也走了。"],
    ["面对“怎么办？”这一问题，我们在想。"],
    ["“走！”的叫声此起彼伏。"],
    ["《怎么办？》是一本书。", "他看了。"],
    ["他来了（真的！）就走了。", "（他没说再见。）", "大家睡了。"],
    ["我叫……叫小玄子。", "你呢？"],
    ["“吐了一辈子没好运……”", "轿夫们笑了。"],
    ["“咚——咚——”", "“猛捅——”"],
    ["真的吗？！", "太好了！！", "走吧。"],
    ["增长3.5%,来自U.S.的货物增长2.0%.", "好的!", "真的?", "是."],
    ["他走了.", "我也走了."],
    ["他在 www.example.com/?a=b 上看到的。", "好。"],
    ["第一，发展；第二，合作：这是方向。"],
    ["啊！，他叫了一声。"],
    ["他走了。", '"你好。"', "她笑了。"],
    ["一勤天下无难事 。 ”", "大家都懂。"],
    ["各位同事!", "新冠肺炎疫情加速了国际格局调整,世界进入动荡变革期。"],
]


@pytest.mark.parametrize("expected", ENGLISH, ids=lambda expected: expected[0][:40])
def test_english(expected):
    assert sentences(" ".join(expected), "en") == expected


def test_english_quotations_that_touch():
    assert sentences("“Ready.”“Steady.” Go.", "en") == ["“Ready.”", "“Steady.”", "Go."]


@pytest.mark.parametrize("expected", CHINESE, ids=lambda expected: expected[0][:20])
@pytest.mark.parametrize("between", ["", " ", "　"], ids=["close", "spaced", "wide"])
def test_chinese(expected, between):
    assert sentences(between.join(expected), "zh") == expected


PIECES = st.sampled_from(
    [*"。！？!?….,，：—“”‘’「」《》（）()\"' \u3000\n", "他说", "走", "Mr", "Go", "went", "3.5", "U.S", "I"]
)


@settings(derandomize=True, max_examples=500)
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["zh", "en"]))
def test_nothing_but_white_space_is_lost(text, lang):
    found = sentences(text, lang)
    assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", text)
    assert all(sentence and sentence == sentence.strip() for sentence in found)


BLOCKS = [
    Block("Title. And more", "en", "heading", Place("a.md", 1)),
    Block("One. Two.", "en", "paragraph", Place("a.md", 3)),
    Block("Dear Colleagues,", "en", "line", Place("a.md", 5)),
    Block("Three. Four.", "en", "cell", Place("a.md", 7), row=0),
]


def test_headings_stay_whole_and_a_cell_is_cut():
    assert [(s.text, s.where.line, s.row) for s in split(BLOCKS)] == [
        ("Title. And more", 1, None),
        ("One.", 3, None),
        ("Two.", 3, None),
        ("Dear Colleagues,", 5, None),
        ("Three.", 7, 0),
        ("Four.", 7, 0),
    ]


def test_units_are_the_blocks():
    assert [s.text for s in units(BLOCKS)] == [block.text for block in BLOCKS]


GOLD = Path(os.environ.get("FLASHCARDS_GOLD", Path(__file__).parents[3] / "shared" / "gold")) / "align"


def boundary_score(lang: str, folder: Path) -> float:
    """F1 of the boundaries inside the files, their lines joined; the last end of a file does not count."""
    hits = found = wanted = 0
    for path in sorted(folder.glob(f"*.{lang}.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        split_lines = sentences((" " if lang == "en" else "").join(lines), lang)
        ours, theirs = (
            set(accumulate(len(re.sub(r"\s", "", part)) for part in parts if part.strip()))
            for parts in (split_lines, lines)
        )
        hits, found, wanted = hits + len(ours & theirs) - 1, found + len(ours) - 1, wanted + len(theirs) - 1
    return 2 * hits / (found + wanted)


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold data is not here (FLASHCARDS_GOLD)")
@pytest.mark.parametrize(
    ("lang", "folder", "at_least"),
    # What is left are titles, lists and paragraphs that end without a stop, which only their blocks tell apart.
    [("en", "pol-dev", 0.975), ("zh", "pol-dev", 0.975), ("en", "mac-dev", 0.99), ("zh", "mac-dev", 0.985)],
)
def test_annotators_agree(lang, folder, at_least):
    assert boundary_score(lang, GOLD / folder) >= at_least
