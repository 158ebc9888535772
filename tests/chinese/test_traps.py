"""Sentences whose pinyin is easily wrong, with their English; those that are wrong today are known by name."""

from collections import Counter

import pytest

from flashcards.chinese import Analyser
from tests.chinese.marked import Marked, differences, gold_of, read, rows
from tests.conftest import DATA

TRAPS = [Marked(zh, gold_of(reading), en, kind) for kind, zh, reading, _, en in rows(DATA / "traps.tsv")]
FAILURES = DATA / "traps.failures.tsv"
UNKNOWN = "?"
"""The reason of a failure into which nobody has looked yet."""


@pytest.fixture(scope="module")
def wrong(analyser: Analyser) -> dict[str, list[str]]:
    """The sentences that are read wrong, with what is wrong."""
    found = {trap.zh: differences(trap, read(analyser, trap.zh, trap.en)) for trap in TRAPS}
    return {zh: syllables for zh, syllables in found.items() if syllables}


@pytest.fixture(scope="module")
def failures(wrong: dict[str, list[str]], request: pytest.FixtureRequest) -> dict[str, str]:
    """The known failures and their reasons; with `--accept` first made those of today."""
    if request.config.getoption("--accept"):
        comments = [line for line in FAILURES.read_text("utf-8").splitlines() if line.startswith("#")]
        reasons = dict(rows(FAILURES))
        lines = [*comments, *(f"{zh}\t{reasons.get(zh, UNKNOWN)}" for zh in wrong)]
        FAILURES.write_text("\n".join(lines) + "\n", "utf-8")
    return dict(rows(FAILURES))


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.zh)
def test_trap(
    trap: Marked, wrong: dict[str, list[str]], failures: dict[str, str], request: pytest.FixtureRequest
) -> None:
    if trap.zh in failures:
        request.applymarker(pytest.mark.xfail(strict=True, reason=failures[trap.zh]))
    assert not wrong.get(trap.zh)


def test_every_known_failure_is_a_sentence_of_the_list(failures: dict[str, str]) -> None:
    assert set(failures) <= {trap.zh for trap in TRAPS}
    assert len(failures) == len(rows(FAILURES))


def test_every_known_failure_has_its_reason(failures: dict[str, str]) -> None:
    assert not [zh for zh, reason in failures.items() if not reason.strip(UNKNOWN + " ")]


def test_how_many_are_right(wrong: dict[str, list[str]], failures: dict[str, str]) -> None:
    """A known failure counts as wrong: the list of them is what the figures are, no more and no less."""
    total = Counter(trap.kind for trap in TRAPS)
    right = Counter(trap.kind for trap in TRAPS if trap.zh not in wrong)
    implied = Counter(trap.kind for trap in TRAPS if trap.zh not in failures)
    figures = ", ".join(f"{kind} {right[kind]} of {total[kind]}" for kind in total)
    assert right == implied, f"{right.total()} of {total.total()} sentences are right ({figures})"
