"""Polyphones in sentences that no rule was made for; those that are read wrong today are known by name."""

import pytest

from flashcards.chinese import Analyser
from tests.chinese.marked import rows
from tests.conftest import DATA

CASES = [tuple(row) for row in rows(DATA / "polyphones.tsv")]
FAILURES = dict(rows(DATA / "polyphones.failures.tsv"))


def wrong(analyser: Analyser, zh: str, targets: str, en: str) -> list[str]:
    """The targets that are read otherwise, and how."""
    read = [syllable for word in analyser.words(analyser.cut(zh, en), en) for syllable in word.reading]
    found = []
    at = 0
    for target in targets.split():
        character, syllable = target.split("=")
        at = zh.index(character, at)
        if read[at] != syllable:
            found.append(f"{target}, not {read[at]}")
        at += 1
    return found


@pytest.mark.parametrize(("topic", "zh", "targets", "en"), CASES, ids=[f"{topic} {zh}" for topic, zh, *_ in CASES])
def test_polyphones(
    analyser: Analyser, topic: str, zh: str, targets: str, en: str, request: pytest.FixtureRequest
) -> None:
    if zh in FAILURES:
        request.applymarker(pytest.mark.xfail(strict=True, reason=FAILURES[zh]))
    assert not wrong(analyser, zh, targets, en), topic


def test_every_known_failure_is_a_sentence_of_the_list() -> None:
    assert set(FAILURES) <= {zh for _, zh, *_ in CASES}
    assert all(reason.strip("? ") for reason in FAILURES.values())
