from pathlib import Path

import numpy as np
import pytest

from flashcards.align import align, correct
from flashcards.align.scores import Shape
from flashcards.align.search import best_path, confidences
from flashcards.chinese import Analyser
from flashcards.links.glosses import GlossVectors
from flashcards.model import Bead, PairCorrection, Place, Sentence

DATA = Path(__file__).parent.parent / "data"
HERE = Place("test", 1)


def zh(*texts: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(text, "zh", HERE) for text in texts)


def en(*texts: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(text, "en", HERE) for text in texts)


def aligned(
    chinese: tuple[Sentence, ...], english: tuple[Sentence, ...], analyser: Analyser, glosses: GlossVectors
) -> list[tuple[int, int]]:
    beads = align(chinese, english, [analyser.cut(s.text) for s in chinese], glosses)
    assert tuple(s for b in beads for s in b.zh) == chinese
    assert tuple(s for b in beads for s in b.en) == english
    return [(len(b.zh), len(b.en)) for b in beads]


CHINESE = zh("疫苗对人类战胜疫情至关重要。", "中国将于明年在重庆举行论坛。", "文明没有优劣之分。", "病毒不分国界。")
ENGLISH = en(
    "Vaccines play a vital role in defeating the epidemic.",
    "Next year China will hold a forum.",
    "It will be in Chongqing.",
    "No civilization is better than another.",
    "The virus respects no borders.",
)


def test_one_to_one_and_one_to_two(analyser: Analyser, glosses: GlossVectors) -> None:
    assert aligned(CHINESE, ENGLISH, analyser, glosses) == [(1, 1), (1, 2), (1, 1), (1, 1)]


def speech() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The speech's gold beads."""
    lines = (DATA / "speech.pairs.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(tuple(a.split(" ¦ ")), tuple(b.split(" ¦ "))) for a, b in rows]


def test_the_speech(analyser: Analyser, glosses: GlossVectors) -> None:
    gold = speech()
    chinese = zh(*(text for side, _ in gold for text in side))
    english = en(*(text for _, side in gold for text in side))
    beads = align(chinese, english, [analyser.cut(s.text) for s in chinese], glosses)
    assert [(tuple(s.text for s in b.zh), tuple(s.text for s in b.en)) for b in beads] == gold
    assert sum(b.confidence > 0.8 for b in beads) >= 60


def test_an_omitted_passage(analyser: Analyser, glosses: GlossVectors) -> None:
    gold = speech()
    gold[30:36] = [(side, ()) for side, _ in gold[30:36]]
    chinese = zh(*(text for side, _ in gold for text in side))
    english = en(*(text for _, side in gold for text in side))
    beads = align(chinese, english, [analyser.cut(s.text) for s in chinese], glosses)
    found = {(tuple(s.text for s in b.zh), tuple(s.text for s in b.en)) for b in beads if b.zh and b.en}
    kept = {bead for bead in gold if bead[1]}
    assert len(found & kept) >= 0.95 * len(kept)


@pytest.mark.parametrize(("chinese", "english"), [(CHINESE, ()), ((), ENGLISH), (CHINESE[:1], ENGLISH[:1])])
def test_small_texts(
    chinese: tuple[Sentence, ...], english: tuple[Sentence, ...], analyser: Analyser, glosses: GlossVectors
) -> None:
    aligned(chinese, english, analyser, glosses)


def test_a_wrong_pair_is_not_believed(analyser: Analyser, glosses: GlossVectors) -> None:
    wrong = (*ENGLISH[:3], en("He sat down and lit a cigarette.")[0], ENGLISH[4])
    beads = align(CHINESE, wrong, [analyser.cut(s.text) for s in CHINESE], glosses)
    of = {b.zh[0].text: b.confidence for b in beads if b.zh}
    assert of[CHINESE[2].text] < of[CHINESE[0].text]


ROWS, COLUMNS = 3, 4


def exhaustive(scores: dict[Shape, np.ndarray], omitted: tuple[float, float]) -> list[tuple[float, list[Shape]]]:
    """Every way to cover both texts, with its score."""
    rows, columns = ROWS + 1, COLUMNS + 1

    def ways(i: int, j: int) -> list[tuple[float, list[Shape]]]:
        if (i, j) == (rows - 1, columns - 1):
            return [(0.0, [])]
        out = []
        moves = [(a, b, None) for a, b in scores] + [(1, 0, omitted[0]), (0, 1, omitted[1])]
        for a, b, fixed in moves:
            if i + a < rows and j + b < columns:
                own = float(scores[a, b][i, j]) if fixed is None else fixed
                out += [(own + score, [(a, b), *rest]) for score, rest in ways(i + a, j + b)]
        return out

    return ways(0, 0)


def test_the_search_is_exact() -> None:
    random = np.random.default_rng(7)
    shapes = ((1, 1), (1, 2), (2, 1))
    scores: dict[Shape, np.ndarray] = {
        (a, b): random.normal(size=(ROWS + 1 - a, COLUMNS + 1 - b)).astype(np.float32) for a, b in shapes
    }
    omitted = (-1.0, -1.5)
    ways = exhaustive(scores, omitted)
    steps = best_path(scores, omitted)
    _, best = max(ways, key=lambda way: way[0])
    assert [(len(a), len(b)) for a, b in steps] == best

    scale = 0.5
    sure = confidences(steps, scores, omitted, scale)
    total = np.logaddexp.reduce([scale * score for score, _ in ways])
    first = [scale * score for score, way in ways if way[0] == best[0]]
    assert sure[0] == pytest.approx(np.exp(np.logaddexp.reduce(first) - total))


BEADS = (
    Bead(zh("一。", "二。"), en("One.", "Two."), 0.5),
    Bead(zh("三。"), en("Three."), 0.9),
    Bead(zh("四。"), (), 0.7),
)


def test_corrections() -> None:
    split, nothing = correct(BEADS, [PairCorrection(split=("二", "Two"))])
    assert [(len(b.zh), len(b.en), b.confidence) for b in split] == [(1, 1, 1.0), (1, 1, 1.0), (1, 1, 0.9), (1, 0, 0.7)]
    assert nothing == ()
    joined, _ = correct(split, [PairCorrection(join=("一", "三"))])
    assert [(len(b.zh), len(b.en)) for b in joined] == [(3, 3), (1, 0)]
    assert correct(BEADS, [PairCorrection(drop="三")])[0] == (BEADS[0], BEADS[2])


def test_a_quotation_that_is_too_short_is_a_finding() -> None:
    beads, findings = correct(BEADS, [PairCorrection(drop="。")])
    assert beads == BEADS[1:]
    assert "stands in 3 pairs" in findings[0].message


@pytest.mark.parametrize(
    "correction",
    [PairCorrection(drop="五"), PairCorrection(join=("三", "一")), PairCorrection(split=("一", "Two"))],
    ids=["drop", "join", "split"],
)
def test_a_correction_that_matches_nothing_is_a_finding(correction: PairCorrection) -> None:
    beads, findings = correct(BEADS, [correction])
    assert beads == BEADS
    assert len(findings) == 1
    assert findings[0].level == "warning"


@pytest.mark.parametrize(("folder", "least"), [("pol-dev", 0.98), ("mac-dev", 0.88)])
def test_gold(gold: Path, folder: str, least: float, analyser: Analyser, glosses: GlossVectors) -> None:
    """A floor under the published F1; `make bench` has the figures themselves."""
    hits = total = 0
    for path in sorted((gold / "align" / folder).glob("*.pairs.tsv")):
        base = str(path).removesuffix("pairs.tsv")
        chinese = zh(*Path(base + "zh.txt").read_text("utf-8").splitlines())
        english = en(*Path(base + "en.txt").read_text("utf-8").splitlines())
        beads = align(chinese, english, [analyser.cut(s.text) for s in chinese], glosses)
        found = {(tuple(s.text for s in b.zh), tuple(s.text for s in b.en)) for b in beads}
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
        wanted = {tuple(tuple(side.split(" ¦ ")) if side else () for side in (*row, "")[:2]) for row in rows}
        hits += len(found & wanted)
        total += len(found) + len(wanted)
    assert 2 * hits / total >= least
