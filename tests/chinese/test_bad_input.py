"""Whatever is in a text, its words have every character once, with one place for a syllable each; and soon enough."""

import json
import sys
import time
from collections.abc import Callable
from io import BytesIO, TextIOWrapper

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.__main__ import run
from flashcards.chinese import Analyser, unread
from flashcards.lexicon import Lexicon

HANZI = "的一不谁了着得长行还重乐朝单参加发干为上海精神儿姓先生發乾幹髮還〇没收到看人"
ODD = "\n\t\r\x00 \u3000\ue000\uf8ff\u200b\u0301\U00020000\U0002a700𠮷😀👩‍👩‍👧é·•，。“”1%a'"
ENGLISH = "Mr. Shan returned the long row; music must grow again.\n\t\x00\ue000\U00020000😀"

zh_texts = st.text(alphabet=HANZI + ODD, max_size=24) | st.text(st.characters(exclude_categories=["Cs"]), max_size=24)
en_texts = st.text(max_size=30) | st.lists(st.sampled_from(ENGLISH.split(" ")), max_size=8).map(" ".join)


@pytest.fixture(scope="module")
def taiwanese(lexicon: Lexicon) -> Analyser:
    return Analyser(lexicon, taiwan=True)


def assert_whole(analyser: Analyser, zh: str, en: str) -> None:
    cut = analyser.cut(zh)
    words = analyser.words(cut, en)
    assert "".join(word.text for word in words) == zh
    assert tuple(word.text for word in words) == cut
    for word in words:
        assert len(word.reading) == len(word.text)
        assert 0 <= word.confidence <= 1
        assert not any(" " in syllable for syllable in word.reading)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(zh=zh_texts, en=en_texts)
def test_every_character_comes_back_once(analyser: Analyser, zh: str, en: str) -> None:
    assert_whole(analyser, zh, en)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(zh=zh_texts)
def test_every_character_comes_back_once_in_taiwan(taiwanese: Analyser, zh: str) -> None:
    assert_whole(taiwanese, zh, "")


TEXTS = {
    "empty": "",
    "a space": " ",
    "lines": "你好\n\n行长\r\n",
    "tabs": "还\t还",
    "private use": "\ue000行\uf8ff",
    "beyond the BMP": "\U00020000长𠮷",
    "emoji": "😀得👩‍👩‍👧了",
    "a null": "长\x00行",
    "combining marks": "长\u0301行",
    "marks only": "，。“”！",
}


@pytest.mark.parametrize("english", ["", "Mr. Shan has grown long.", "\ud800\x00😀\n"], ids=["alone", "English", "odd"])
@pytest.mark.parametrize("zh", TEXTS.values(), ids=TEXTS)
def test_texts(analyser: Analyser, zh: str, english: str) -> None:
    assert_whole(analyser, zh, english)


@pytest.mark.parametrize("zh", ["\ud800", "你\udfff好"])
def test_a_lone_surrogate(analyser: Analyser, zh: str) -> None:
    assert_whole(analyser, zh, "")


def test_a_lone_surrogate_in_words_that_are_cut(analyser: Analyser) -> None:
    assert [word.text for word in analyser.words(("长", "\ud800"))] == ["长", "\ud800"]


MILLION = 1_000_000
LONG = {
    "a repeated sentence": "今天天气很好，我们高兴得跳起来了。",
    "one character": "的",
    "one hanzi of which nothing is known": "\U0002a700",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_million_characters_on_one_line(analyser: Analyser, text: str) -> None:
    line = (text * (MILLION // len(text) + 1))[:MILLION]
    words = analyser.words(analyser.cut(line))
    assert sum(len(word.reading) for word in words) == sum(len(word.text) for word in words) == MILLION


def slower(work: Callable[[int], object], length: int) -> float:
    """How much longer the work takes for four times the length; 4 if it is linear, 16 if quadratic.

    Of each length the best of two rounds counts: what else the machine does can only add to one.
    """
    took = {length: float("inf"), 4 * length: float("inf")}
    for size in (*took, *took):
        started = time.process_time()
        work(size)
        took[size] = min(took[size], time.process_time() - started)
    return took[4 * length] / max(took[length], 0.02)


GROWING = {
    "clear": "今天天气很好。",
    "polyphones": "他还得长得快，行长说行。",
    "one polyphone": "长",
    "one particle": "着",
    "a repeated word": "研究",
    "unknown": "\U0002a700",
    "marks": "，",
}


@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING)
def test_time_grows_as_the_text(analyser: Analyser, text: str) -> None:
    def work(length: int) -> None:
        analyser.words(analyser.cut(text * (length // len(text))))

    work(1_000)
    assert slower(work, 8_000) < 9


@pytest.mark.parametrize(
    ("text", "english"),
    [("长", "He has grown tall."), ("長得很高", "")],
    ids=["with English", "in traditional characters"],
)
def test_time_grows_as_the_text_with_more_to_go_by(analyser: Analyser, text: str, english: str) -> None:
    def work(length: int) -> None:
        analyser.words(analyser.cut(text * (length // len(text))), english)

    work(1_000)
    assert slower(work, 4_000) < 7


UNKNOWN = "𠮷"
"""A hanzi of which no dictionary here has a reading."""

Pinyin = Callable[..., tuple[str, str]]


@pytest.fixture
def pinyin(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Pinyin:
    """Runs `flashcards pinyin` with some stdin; returns stdout and stderr."""

    def call(stdin: str, *arguments: str) -> tuple[str, str]:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin.encode()), "utf-8"))
        assert run(["pinyin", *arguments]) == 0
        out, err = capsysbinary.readouterr()
        return out.decode(), err.decode()

    return call


def test_a_json_line_for_each_line_of_stdin(pinyin: Pinyin) -> None:
    out, err = pinyin("你好\n\n行长\n\n\n的😀\n", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["text"] for row in rows] == ["你好", "", "行长", "", "", "的😀"]
    assert [len(row["words"]) for row in rows] == [1, 0, 1, 0, 0, 2]
    assert err == ""


def test_pairs(pinyin: Pinyin) -> None:
    stdin = "中朝关系\tChina and North Korea\n\n单明没来。\tShan Ming was absent.\n没有英文\n\tOnly English\n"
    out, _ = pinyin(stdin, "--pairs", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["text"] for row in rows] == ["中朝关系", "", "单明没来。", "没有英文", ""]
    assert rows[2]["words"][0]["reading"][0] == "shàn"
    assert rows[4]["words"] == []


def test_without_pairs_a_tab_is_text(pinyin: Pinyin) -> None:
    out, _ = pinyin("你好\thello\n", "--json")
    assert "".join(word["text"] for word in json.loads(out)["words"]) == "你好\thello"


def test_a_hanzi_without_reading(pinyin: Pinyin, analyser: Analyser) -> None:
    assert list(unread(analyser.words(analyser.cut(f"好{UNKNOWN}！")))) == [UNKNOWN]
    out, err = pinyin(f"你好\n好{UNKNOWN}，{UNKNOWN}\n")
    assert out.splitlines()[0] == "nǐhǎo"
    assert UNKNOWN in out.splitlines()[1]
    assert err.count("\n") == 1
    assert err.count(UNKNOWN) == 1
    assert "2" in err
    _, quiet = pinyin(f"好{UNKNOWN}\n", "-q")
    assert quiet == ""


def test_a_hanzi_without_reading_as_json(pinyin: Pinyin) -> None:
    out, err = pinyin(f"{UNKNOWN}\n", "--json")
    assert json.loads(out)["words"][0]["reading"] == [""]
    assert UNKNOWN in err


def test_an_argument_that_is_not_in_utf8(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["pinyin", "\udcff长"])
    assert "error of the program itself" not in capsys.readouterr().err
    assert code != 70
