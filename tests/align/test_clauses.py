"""Long pairs divided: each case is a pair among others, and the parts that it must give (one: it stays whole)."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashcards import chinese
from flashcards.align.clauses import divide
from flashcards.chinese import Analyser
from flashcards.links.glosses import GlossVectors
from flashcards.model import Bead, Place, Sentence, pairs_of
from flashcards.text import clauses
from tests.align.test_align import DATA, speech

HERE = Place("test", 1)

def cases() -> dict[str, list[tuple[str, str]]]:
    """The cases of the data file by their names: the parts that each must give."""
    found = {}
    for case in (DATA / "clauses.txt").read_text("utf-8").split("\n## ")[1:]:
        name, *lines = case.strip().splitlines()
        found[name] = list(zip(lines[::2], lines[1::2], strict=True))
    return found


CASES = cases()


def bead(zh: tuple[str, ...], en: tuple[str, ...], confidence: float = 1.0) -> Bead:
    return Bead(
        tuple(Sentence(text, "zh", HERE) for text in zh), tuple(Sentence(text, "en", HERE) for text in en), confidence
    )


SPEECH = tuple(bead(*sides) for sides in speech())


class Divider:
    """Divides as the pipeline does."""

    def __init__(self, analyser: Analyser, glosses: GlossVectors) -> None:
        self.analyser = analyser
        self.glosses = glosses

    def __call__(self, beads: tuple[Bead, ...], longest: int = 30, least: float = 0.8) -> tuple[Bead, ...]:
        def chinese_cuts(text: str, starts: list[int]) -> list[int]:
            words = self.analyser.cut(chinese.simplified(text))
            tagged = [(word, self.glosses.lexicon.tag(word)) for word in words]
            return clauses.chinese_cuts(tagged, starts, self.glosses.lexicon.__contains__)

        return divide(
            beads, longest, least=least, chinese_cuts=chinese_cuts, english_cuts=clauses.english_cuts,
            words=self.analyser.cut, glosses=self.glosses,
        )  # fmt: skip


@pytest.fixture(scope="module")
def divider(analyser: Analyser, glosses: GlossVectors) -> Divider:
    return Divider(analyser, glosses)


def texts(beads: tuple[Bead, ...]) -> list[tuple[str, str]]:
    return [("".join(s.text for s in b.zh), " ".join(s.text for s in b.en)) for b in beads]


@pytest.mark.parametrize("case", CASES)
def test_parts(case: str, divider: Divider) -> None:
    parts = CASES[case]
    english = re.split(r"(?<=\.) (?=[A-Z])", " ".join(en for _, en in parts))
    whole = bead(("".join(zh for zh, _ in parts),), tuple(english))
    divided = divider((whole, *SPEECH[:20]))
    assert texts(divided[: len(divided) - len(divider(SPEECH[:20]))]) == parts


def test_the_speech(divider: Divider) -> None:
    divided = divider(SPEECH, longest=40)
    assert sum(b.part == 1 for b in divided) >= 6
    assert all(b.confidence >= 0.8 for b in divided)
    assert max(len(re.findall("[\u4e00-\u9fff]", "".join(s.text for s in b.zh))) for b in divided if b.part) <= 60


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(12)), longest=st.integers(5, 60), group=st.integers(1, 3))
def test_parts_give_back_the_text(divider: Divider, order: list[int], longest: int, group: int) -> None:
    chosen = [SPEECH[20 + i] for i in order]
    beads = tuple(
        Bead(tuple(s for b in few for s in b.zh), tuple(s for b in few for s in b.en), 1.0)
        for few in (chosen[i : i + group] for i in range(0, len(chosen), group))
    )
    divided = divider(beads, longest)
    again = []
    for part in divided:
        if part.part < 2:
            again.append([part])
        else:
            assert part.part == len(again[-1]) + 1
            again[-1].append(part)
    assert [
        ("".join(zh for zh, _ in texts(tuple(parts))), " ".join(en for _, en in texts(tuple(parts)))) for parts in again
    ] == texts(beads)


def test_what_is_kept_doubtful_or_short_stays_whole(divider: Divider) -> None:
    kept = tuple(replace(b, kept=True) for b in SPEECH)
    assert divider(kept) == kept
    doubtful = tuple(replace(b, confidence=0.5) for b in SPEECH)
    assert divider(doubtful) == doubtful
    assert divider(SPEECH, longest=0) == SPEECH
    assert divider((), longest=40) == ()


def test_ids_of_parts_are_stable(divider: Divider) -> None:
    divided = pairs_of(divider(SPEECH, longest=40))
    assert len({pair.id for pair in divided}) == len(divided)
    later = pairs_of(divider((bead(("你好。",), ("Hello.",)), *SPEECH), longest=40))
    assert {pair.id for pair in divided} <= {pair.id for pair in later}
