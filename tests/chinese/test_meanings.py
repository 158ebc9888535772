"""What the translation says of readings, and what it must not."""

import pytest

from flashcards.chinese import Analyser
from tests.chinese.marked import read, rows
from tests.conftest import DATA

# A sentence, its English, the hanzi that is asked with which of its occurrences, and its reading.
CASES = {
    "Mr. Shan": ("单先生来了。", "Mr. Shan has come.", "单", ["shàn"]),
    "Shan without a title": ("昨天单明没来。", "Shan Ming was absent yesterday.", "单", ["shàn"]),
    "a bill, not Mr. Shan": ("我们买单吧。", "Let's pay the bill.", "单", ["dān"]),
    "行 row": ("第三行第四列。", "The third row, the fourth column.", "行", ["háng"]),
    "行 line": ("这一行写错了。", "This line is wrong.", "行", ["háng"]),
    "行 will do": ("你不行，他行。", "You can't do it, but he can.", "行", ["xíng", "xíng"]),
    "长 long": ("这条路很长。", "This road is long.", "长", ["cháng"]),
    "长 grow": ("他长得很快。", "He is growing fast.", "长", ["zhǎng"]),
    "得 must": ("我得走了。", "I must go now.", "得", ["děi"]),
    "得 need to": ("你得早点来。", "You need to come early.", "得", ["děi"]),
    "得 get": ("我得了第一名。", "I got first place.", "得", ["dé"]),
    "还 return": ("他还了书。", "He returned the book.", "还", ["huán"]),
    "还 still": ("他还没来。", "He still has not come.", "还", ["hái"]),
    "朝 Korea": ("中朝关系很好。", "Relations between China and North Korea are good.", "朝", ["cháo"]),
    "朝 morning": ("朝阳升起来了。", "The morning sun has risen.", "朝", ["zhāo"]),
    "重 again": ("这件事要重做。", "This must be done again.", "重", ["chóng"]),
    "重 heavy": ("箱子很重。", "The box is heavy.", "重", ["zhòng"]),
    "乐 music": ("他爱听器乐。", "He loves instrumental music.", "乐", ["yuè"]),
    "乐 happy": ("他心里很乐。", "He was happy at heart.", "乐", ["lè"]),
    "行 line, farther from its word": ("这一行有三个字。", "There are three characters in this line.", "行", ["háng"]),
    "打的 by taxi": ("我是打的来的。", "I came by taxi.", "的", ["dī", "de"]),
    "打的 take a taxi": ("我们打的去吧。", "Let's take a taxi.", "的", ["dī"]),
    "东西 things": ("这是什么东西？", "What is this thing?", "西", ["xi"]),
    "the particle 了": ("我把房间打扫了。", "I made the room clean and bright.", "了", ["le"]),
    "为 with whom it serves": ("我们为人民服务。", "We serve the people.", "为", ["wèi"]),
    "like words share one evidence": (
        "我昨天就还了，你还没收到。", "I returned it yesterday; have you still not received it?", "还", ["huán", "hái"],
    ),
    "like words share one evidence, the other way round": (
        "他还在想，书我已经还了。", "He was still thinking; I had already returned the book.", "还", ["hái", "huán"],
    ),
    "a word that the segmenter did not see": (
        "人参加蜂蜜泡水喝。", "Ginseng and honey are steeped in water.", "参", ["shēn"],
    ),
}  # fmt: skip

WRONG = {
    "a verb repeated around 了": ("他量了量桌子。", "He measured the table.", "量", ["liáng", "liáng"]),
}
REASONS = {
    "a verb repeated around 了": "like words share the evidence, so the second has none",
}


def asked(analyser: Analyser, zh: str, en: str, character: str) -> list[str]:
    hanzi = [c for word in analyser.words(analyser.cut(zh)) for c, s in zip(word.text, word.reading, strict=True) if s]
    return [s for c, s in zip(hanzi, read(analyser, zh, en), strict=True) if c == character]


@pytest.mark.parametrize(("zh", "en", "character", "expected"), CASES.values(), ids=CASES)
def test_the_english_helps(analyser: Analyser, zh: str, en: str, character: str, expected: list[str]) -> None:
    assert asked(analyser, zh, en, character) == expected


@pytest.mark.parametrize(
    ("zh", "en", "character", "expected"),
    [
        pytest.param(*case, id=name, marks=pytest.mark.xfail(strict=True, reason=REASONS[name]))
        for name, case in WRONG.items()
    ],
)
def test_known_to_be_wrong(analyser: Analyser, zh: str, en: str, character: str, expected: list[str]) -> None:
    assert asked(analyser, zh, en, character) == expected


CLEAR = dict(rows(DATA / "clear.tsv"))
FAILURES = DATA / "clear.failures.tsv"

Changes = dict[str, dict[str, str]]
"""For sentences the English ones that change their reading, and how they are read then."""


@pytest.fixture(scope="module")
def changes(analyser: Analyser) -> Changes:
    """What the English of any of the clear sentences changes in each."""
    found: Changes = {}
    for zh in CLEAR:
        words = analyser.cut(zh)
        plain = [word.reading for word in analyser.words(words)]
        for en in CLEAR.values():
            own = [word.reading for word in analyser.words(words, en)]
            if own != plain:
                differing = [(w, " ".join(b)) for w, a, b in zip(words, plain, own, strict=True) if a != b]
                found.setdefault(zh, {})[en] = ", ".join(f"{word} {reading}" for word, reading in differing)
    return found


@pytest.fixture(scope="module")
def known(changes: Changes, request: pytest.FixtureRequest) -> Changes:
    """The changes that are known; with `--accept` first made those of today."""
    if request.config.getoption("--accept"):
        comments = [line for line in FAILURES.read_text("utf-8").splitlines() if line.startswith("#")]
        lines = [f"{zh}\t{en}\t{change}" for zh, found in changes.items() for en, change in found.items()]
        FAILURES.write_text("\n".join([*comments, *lines]) + "\n", "utf-8")
    found: Changes = {}
    for zh, en, change in rows(FAILURES):
        found.setdefault(zh, {})[en] = change
    return found


def test_there_are_sixty_clear_sentences() -> None:
    assert len(CLEAR) == 60


@pytest.mark.parametrize("zh", CLEAR)
def test_no_english_changes_a_clear_sentence(
    zh: str, changes: Changes, known: Changes, request: pytest.FixtureRequest
) -> None:
    if zh in known:
        request.applymarker(pytest.mark.xfail(strict=True, reason="; ".join(dict.fromkeys(known[zh].values()))))
    assert not changes.get(zh)


def test_how_many_english_sentences_change_a_clear_one(changes: Changes, known: Changes) -> None:
    """A known change counts as wrong: the list of them is what the figures are, no more and no less."""
    wrong = sum(map(len, changes.values()))
    figures = f"{wrong} of {len(CLEAR) ** 2} English sentences change {len(changes)} of {len(CLEAR)} clear ones"
    assert changes == known, figures


@pytest.mark.parametrize("zh", CLEAR)
def test_an_english_without_words_changes_nothing(analyser: Analyser, zh: str) -> None:
    words = analyser.cut(zh)
    plain = analyser.words(words)
    for en in ("", " ", "…", "?!", "12 34", "你好", "\ud800", "\U0001f600\n"):
        assert analyser.words(words, en) == plain
