from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from flashcards.align import align
from flashcards.align.bands import Band
from flashcards.align.search import Moves, Shape, best_path, confidences, posteriors
from flashcards.chinese import Analyser
from flashcards.links.glosses import GlossVectors
from flashcards.model import Place, Sentence

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


SHAPES: tuple[Shape, ...] = ((1, 1), (1, 2), (2, 1))
BANDS = {
    "everything": Band(np.zeros(4, np.intp), np.full(4, 5, np.intp)),
    "a band": Band(np.array([0, 0, 1, 2]), np.array([3, 4, 5, 5])),
}


def exhaustive(moves: Moves) -> list[tuple[float, list[Shape]]]:
    """Every way to cover both texts within the band, with its score."""
    band = moves.band

    def cell(i: int, j: int) -> int:
        return int(band.cells(np.array([i]), np.array([j]))[0])

    def ways(i: int, j: int) -> list[tuple[float, list[Shape]]]:
        if (i, j) == (len(band.low) - 1, band.high[-1] - 1):
            return [(0.0, [])]
        out = []
        for k, (a, b) in enumerate((*moves.shapes, (1, 0), (0, 1))):
            if (at := cell(i + a, j + b)) < len(band):
                own = (*moves.scores, moves.en_omitted)[k][at]
                out += [(float(own) + score, [(a, b), *rest]) for score, rest in ways(i + a, j + b)]
        return out

    return ways(0, 0)


@pytest.mark.parametrize("band", BANDS.values(), ids=BANDS)
def test_the_search_is_exact(band: Band) -> None:
    random = np.random.default_rng(7)
    scores = random.normal(size=(len(SHAPES) + 1, len(band))).astype(np.float32)
    moves = Moves.of(band, SHAPES, scores, random.normal(size=len(band)) - 1)
    ways = exhaustive(moves)
    steps = best_path(moves)
    _, best = max(ways, key=lambda way: way[0])
    assert [(len(a), len(b)) for a, b in steps] == best

    sure = confidences(steps, posteriors(moves))
    total = np.logaddexp.reduce([score for score, _ in ways])
    for n, bead in enumerate(steps):
        through = [score for score, way in ways if corners(bead) in placed(way)]
        assert sure[n] == pytest.approx(np.exp(np.logaddexp.reduce(through) - total), rel=1e-4)


def corners(bead: tuple[range, range]) -> tuple[int, int, int, int]:
    """Where a bead begins and ends; empty ranges are all equal, so they alone would not say."""
    return bead[0].start, bead[0].stop, bead[1].start, bead[1].stop


def placed(way: list[Shape]) -> list[tuple[int, int, int, int]]:
    """The corners of the beads of a path."""
    out = []
    i = j = 0
    for a, b in way:
        out.append((i, i + a, j, j + b))
        i, j = i + a, j + b
    return out


def in_rows(sentences: tuple[Sentence, ...], rows: list[int | None]) -> tuple[Sentence, ...]:
    return tuple(replace(s, row=row) for s, row in zip(sentences, rows, strict=True))


def test_no_bead_crosses_a_row(analyser: Analyser, glosses: GlossVectors) -> None:
    chinese = in_rows(CHINESE, [0, 0, 1, 2])
    english = in_rows(ENGLISH, [0, 1, 1, 1, 2])    # wrong on purpose: a row holds against all that words say
    beads = align(chinese, english, [analyser.cut(s.text) for s in chinese], glosses)
    assert all(len({s.row for s in (*bead.zh, *bead.en)}) == 1 for bead in beads)
    assert {bead.zh[0].row for bead in beads if bead.zh and bead.en} == {0, 1, 2}


def test_a_row_without_translation(analyser: Analyser, glosses: GlossVectors) -> None:
    chinese = in_rows(CHINESE, [0, 1, 2, 4])
    english = in_rows(ENGLISH, [0, 1, 1, 3, 4])
    assert aligned(chinese, english, analyser, glosses) == [(1, 1), (1, 2), (1, 0), (0, 1), (1, 1)]


def test_text_between_rows_is_aligned_between_them(analyser: Analyser, glosses: GlossVectors) -> None:
    chinese = in_rows(CHINESE, [None, None, 7, None])
    english = in_rows(ENGLISH, [None, None, None, 7, None])
    assert aligned(chinese, english, analyser, glosses) == [(1, 1), (1, 2), (1, 1), (1, 1)]


def test_a_doubtful_boundary_follows_the_layout(analyser: Analyser, glosses: GlossVectors) -> None:
    chinese = zh("我们明天再谈这件事吧。", "他们今天晚上都会来的。")
    english = en("Let's talk about this tomorrow.", "That much is certain.", "They will all come tonight.")
    first = [replace(s, group=g) for s, g in zip(english, (0, 1, 1), strict=True)]
    second = [replace(s, group=g) for s, g in zip(english, (0, 0, 1), strict=True)]
    grouped = tuple(replace(s, group=g) for g, s in enumerate(chinese))
    assert aligned(grouped, tuple(first), analyser, glosses) == [(1, 1), (1, 2)]
    assert aligned(grouped, tuple(second), analyser, glosses) == [(1, 2), (1, 1)]


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
