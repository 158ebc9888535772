"""The readings of a whole speech, with its English."""

import pytest

from flashcards.chinese import Analyser
from tests.chinese.marked import Marked, differences, gold_of, read, rows
from tests.conftest import DATA

BETWEEN = " ¦ "
"""What stands between sentences that have one translation."""

ENGLISH = {zh.replace(BETWEEN, ""): en.replace(BETWEEN, " ") for zh, en in rows(DATA / "speech.pairs.tsv")}
SPEECH = list(
    dict.fromkeys(Marked(zh, gold_of(reading), ENGLISH[zh]) for zh, reading in rows(DATA / "speech.readings.tsv"))
)

KNOWN = {
    "感谢普京总统和俄方作为轮值主席国为本次会议所做的精心准备。":
        "the model takes the preposition 为 for the verb",
}  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(
            sentence,
            id=sentence.zh[:20],
            marks=[pytest.mark.xfail(strict=True, reason=KNOWN[sentence.zh])] if sentence.zh in KNOWN else [],
        )
        for sentence in SPEECH
    ],
)
def test_sentence(analyser: Analyser, sentence: Marked) -> None:
    assert not differences(sentence, read(analyser, sentence.zh, sentence.en))


def test_known_differences_are_sentences_of_the_speech() -> None:
    assert KNOWN.keys() <= {sentence.zh for sentence in SPEECH}


def test_the_speech_has_all_its_sentences() -> None:
    assert sum(len(sentence.gold) for sentence in SPEECH) > 1500
    assert len(ENGLISH) >= len(SPEECH)
