"""Learn the aligner's weights from hand-aligned texts: `python tools/train_alignment.py [--cross-validate]`.

The model is a conditional random field over the beads of a text: the weights are chosen so that the hand-made alignment
is as probable as can be among all alignments, and drawn towards the weights set by hand (L2), so that few texts teach
no nonsense. Every text is taken as it is and again with passages missing on one side, or omissions would be all but
unknown. Needs the extra `[train]`.
"""

import argparse
import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")    # before numpy is imported

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from flashcards.align import weights as model
from flashcards.align.aligner import expected_hits, prepare
from flashcards.align.anchors import Anchors
from flashcards.align.features import (
    BEAD_FEATURES,
    BOUNDARY_FEATURES,
    GROUPS,
    SHAPES,
    Features,
    group,
)
from flashcards.align.search import IMPOSSIBLE, Moves, best_path, confidences, log_total, posteriors
from flashcards.align.sides import Floats, make_sides
from flashcards.align.tables import Step, dictionary_table
from flashcards.align.weights import Weights
from flashcards.chinese import Analyser
from flashcards.lexicon import open_lexicon
from flashcards.links.glosses import GlossVectors
from flashcards.model import Place, Sentence

Booleans = NDArray[np.bool_]
ROOT = Path(__file__).parent.parent
GOLD = Path(os.environ.get("FLASHCARDS_GOLD", ROOT.parent / "shared" / "gold"))
OUT = ROOT / "flashcards" / "align" / "weights.json"
SETS = ("pol-dev", "mac-dev")

# Penalties of squared distance from the weights set by hand: of what all groups share of a bead feature's weight, and
# of what is one group's own, or any other weight. Chosen by cross-validation on mac-dev; a quarter of OWN costs .01.
COMMON, OWN = 0.5, 8.0
ITERATIONS = 60
MISSING = 10    # beads that lack a side in the texts with passages missing
MISSING_WEIGHT = 0.3    # of such a text, beside the whole one
KINDS = ((0, True), (0, False), (1, True), (1, False))    # which side, and whether here and there or in one passage


INGREDIENTS: dict[str, tuple[str, ...]] = {
    "order": tuple(name for name in BEAD_FEATURES if "order" in name or "crossed" in name),
    "lengths": tuple(name for name in BEAD_FEATURES if "length" in name or name == "english longer"),
    "marks": (
        "quotations", "one side quotes", "questions", "one side asks", "exclamations", "one side exclaims",
    ),
    "boundaries": (),
    "adaptation": (),
}
"""What can be left out to see what it adds: the bead features, and what else `without` knows."""


@dataclass(frozen=True)
class Text:
    """A hand-aligned text."""

    name: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    gold: tuple[Step, ...]


@dataclass(frozen=True)
class Sample:
    """A text made ready for learning: the features of its beads, and which beads are right."""

    text: Text
    features: Features
    adapted: Floats
    weight: float

    @cached_property
    def beads(self) -> Floats:
        """The bead features of all shapes: shapes × features × cells."""
        return np.stack([self.features.of_shape(shape) for shape in SHAPES])

    @cached_property
    def allowed(self) -> tuple[Booleans, Booleans]:
        """Which moves the hand-made alignment has, as in `Moves`; an unknown shape may be made of known ones."""
        band = self.features.band
        number = {shape: k for k, shape in enumerate((*SHAPES, (1, 0)))}
        moves = np.zeros((len(number), len(band)), np.bool_)
        omitted = np.zeros(len(band), np.bool_)

        def cell(i: int, j: int) -> int:
            return int(band.cells(np.array([i]), np.array([j]))[0])

        for a, b in self.text.gold:
            if (len(a), len(b)) in number and cell(a.stop, b.stop) < len(band):
                moves[number[len(a), len(b)], cell(a.stop, b.stop)] = True
                continue
            for i in range(a.start, a.stop + 1):
                for j in range(b.start, b.stop + 1):
                    if (at := cell(i, j)) < len(band):
                        for (x, y), k in number.items():
                            moves[k, at] |= i - x >= a.start and j - y >= b.start
                        omitted[at] |= j > b.start
        return moves, omitted


def main() -> int:
    """Train, report, and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cross-validate", action="store_true", help="score each text by weights that never saw it")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the weights")
    parser.add_argument(
        "--without", default="", metavar="INGREDIENT", help=f"see what it adds, write nothing: {', '.join(INGREDIENTS)}"
    )
    options = parser.parse_args()
    if not GOLD.is_dir():
        print(f"no gold data in {GOLD}: set FLASHCARDS_GOLD", file=sys.stderr)
        return 2
    texts = {name: list(read_texts(name)) for name in SETS}
    samples = prepare_all([text for of_set in texts.values() for text in of_set])
    if options.without:
        samples = [without(sample, options.without) for sample in samples]
    vector = learn(samples)
    if not options.without:
        write(options.out, vector)
    report("in sample", texts, samples, dict.fromkeys((t.name for s in texts.values() for t in s), vector))
    if options.cross_validate:
        fit_confidence(report("cross-validated", texts, samples, cross_validated(texts, samples)))
    return 0


def read_texts(name: str) -> Iterator[Text]:
    """The texts of a set of gold data."""
    for path in sorted((GOLD / "align" / name).glob("*.pairs.tsv")):
        base = str(path).removesuffix("pairs.tsv")
        steps: list[Step] = []
        i = j = 0
        for line in path.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                zh, en = (len(side.split(" ¦ ")) if side else 0 for side in (line + "\t").split("\t")[:2])
                steps.append((range(i, i + zh), range(j, j + en)))
                i, j = i + zh, j + en
        sides = [tuple(Path(base + side).read_text("utf-8").splitlines()) for side in ("zh.txt", "en.txt")]
        if (i, j) != (len(sides[0]), len(sides[1])):
            raise SystemExit(f"{path} does not cover its text")
        yield Text(f"{name}/{path.name.partition('.')[0]}", sides[0], sides[1], tuple(steps))


def with_missing(text: Text, side: int, count: int, random_: random.Random, *, scattered: bool) -> Text:
    """The text without one side of some beads, scattered or in one passage."""
    whole = [k for k, (a, b) in enumerate(text.gold) if a and b]
    count = min(count, len(whole) // 3)
    first = random_.randrange(len(whole) - count + 1)
    gone = set(random_.sample(whole, count) if scattered else whole[first : first + count])
    sides: tuple[list[str], list[str]] = ([], [])
    steps: list[Step] = []
    for k, (a, b) in enumerate(text.gold):
        kept = [list(text.zh[a.start : a.stop]), list(text.en[b.start : b.stop])]
        if k in gone:
            kept[side] = []
        i, j = len(sides[0]), len(sides[1])
        if kept[0] and kept[1]:
            steps.append((range(i, i + len(kept[0])), range(j, j + len(kept[1]))))
        else:
            steps += [(range(i + x, i + x + 1), range(j, j)) for x in range(len(kept[0]))]
            steps += [(range(i, i), range(j + x, j + x + 1)) for x in range(len(kept[1]))]
        for own, more in zip(sides, kept, strict=True):
            own += more
    return Text(f"{text.name} without {side}", tuple(sides[0]), tuple(sides[1]), tuple(steps))


def prepare_all(texts: Sequence[Text]) -> list[Sample]:
    """The samples of the texts: each whole, a speech also with each kind of omissions, a chapter with one in turn."""
    lexicon = open_lexicon()
    analyser, glosses = Analyser(lexicon), GlossVectors(lexicon)
    out = []
    for number, text in enumerate(texts):
        of_set = text.name.partition("/")[0]
        kinds = KINDS if of_set == "pol-dev" else KINDS[number % 4 :][:1]
        random_ = random.Random(number)
        missing = [with_missing(text, side, MISSING, random_, scattered=every) for side, every in kinds]
        for each in (text, *missing):
            zh = [Sentence(line, "zh", Place(each.name)) for line in each.zh]
            en = [Sentence(line, "en", Place(each.name)) for line in each.en]
            sides = make_sides(zh, en, [analyser.cut(s.text) for s in zh], lexicon)
            features, adapted = prepare(*sides, Anchors.of(zh, en), dictionary_table(*sides, glosses))
            out.append(Sample(each, features, adapted, 1.0 if each is text else MISSING_WEIGHT))
    return out


def without(sample: Sample, ingredient: str) -> Sample:
    """The sample as if an ingredient were unknown."""
    features = sample.features
    if ingredient == "boundaries":
        nothing = [[np.zeros_like(inner) for inner in side] for side in (features.zh_inner, features.en_inner)]
        features = replace(features, zh_inner=nothing[0], en_inner=nothing[1])
    elif ingredient == "adaptation":
        sample = replace(sample, adapted=np.zeros_like(sample.adapted))
    lacking = replace(sample, features=features)
    lacking.beads[:, [BEAD_FEATURES.index(name) for name in INGREDIENTS[ingredient]]] = 0
    return lacking


def score(sample: Sample, vector: Floats) -> Moves:
    """`model.score` with the beads' features kept from call to call."""
    weights = Weights.from_vector(vector)
    return model.score(sample.features, weights, sample.adapted, lambda shape: sample.beads[SHAPES.index(shape)])


def expected(sample: Sample, probable: Moves) -> Floats:
    """The sum of all features over the beads of a text, each times its probability, as a vector of weights."""
    features, band = sample.features, sample.features.band
    n, m = len(features.zh), len(features.en)
    beads = probable.scores[: len(SHAPES)]
    bead = np.zeros((len(GROUPS), len(BEAD_FEATURES)))
    zh_boundary, en_boundary = np.zeros(len(BOUNDARY_FEATURES)), np.zeros(len(BOUNDARY_FEATURES))
    for k, (a, b) in enumerate(SHAPES):
        share = beads[k]
        bead[group((a, b))] += sample.beads[k] @ share
        zh_boundary += features.zh_inner[a].T @ np.bincount(band.rows, share, n + 1)
        en_boundary += features.en_inner[b].T @ np.bincount(band.columns, share, m + 1)
    zh_omitted = np.bincount(band.rows, probable.scores[-1], n + 1)
    en_omitted = np.bincount(band.columns, probable.en_omitted, m + 1)
    shape = beads.sum(1, dtype=np.float64)
    adapted = np.append(shape, [zh_omitted.sum(), en_omitted.sum()]) @ sample.adapted
    return Weights(
        bead, shape, zh_boundary, en_boundary,
        features.zh_omitted.T @ zh_omitted, features.en_omitted.T @ en_omitted, float(adapted),
    ).to_vector()    # fmt: skip


def learn(samples: Sequence[Sample]) -> Floats:
    """The weights under which the hand-made alignments are most probable, not too far from those set by hand."""
    start = model.by_hand().to_vector()
    beads = len(GROUPS) * len(BEAD_FEATURES)
    common = len(BEAD_FEATURES)

    def weights_of(parameters: Floats) -> Floats:
        # The parameters: what is common to the groups, then all weights as distances from it.
        vector = start + parameters[common:]
        vector[:beads] += np.tile(parameters[:common], len(GROUPS))
        return vector

    penalty = np.concatenate([np.full(common, COMMON), np.full(len(start), OWN)])

    def objective(parameters: Floats) -> tuple[float, Floats]:
        vector = weights_of(parameters)
        loss = 0.5 * float(penalty @ (parameters * parameters))
        slope = np.zeros(len(start))
        for sample in samples:
            moves = score(sample, vector)
            allowed, omitted = sample.allowed
            right = replace(
                moves,
                scores=np.where(allowed, moves.scores, np.float32(IMPOSSIBLE)),
                en_omitted=np.where(omitted, moves.en_omitted, IMPOSSIBLE / 1000),
            )
            loss += sample.weight * (log_total(moves) - log_total(right))
            slope += sample.weight * (expected(sample, posteriors(moves)) - expected(sample, posteriors(right)))
        shared = slope[:beads].reshape(len(GROUPS), common).sum(0)
        return loss, np.concatenate([shared, slope]) + penalty * parameters

    found = minimize(
        objective, np.zeros(len(penalty)), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}
    )
    return weights_of(found.x)


def cross_validated(texts: dict[str, list[Text]], samples: Sequence[Sample]) -> dict[str, Floats]:
    """For each text weights that never saw it: six folds of a chapter, three of two or three speeches."""
    folds = [[text.name] for text in texts["mac-dev"]]
    folds += [[text.name for text in texts["pol-dev"][k::3]] for k in range(3)]
    seen = [[s for s in samples if not any(s.text.name.startswith(name) for name in fold)] for fold in folds]
    with ProcessPoolExecutor() as processes:
        vectors = list(processes.map(learn, seen))
    return {name: vector for fold, vector in zip(folds, vectors, strict=True) for name in fold}


def report(
    what: str, texts: dict[str, list[Text]], samples: Sequence[Sample], vectors: dict[str, Floats]
) -> list[tuple[float, bool]]:
    """Print the published F1 of each set (exact beads, omissions too); return how probable and how right pairs are."""
    whole = {sample.text.name: sample for sample in samples}
    judged: list[tuple[float, bool]] = []
    for name, of_set in texts.items():
        right = total = 0
        for text in of_set:
            sample = whole[text.name]
            probable = posteriors(score(sample, vectors[text.name]))
            steps = best_path(expected_hits(probable))
            gold = set(text.gold)
            right += len(gold & set(steps))
            total += len(gold) + len(steps)
            for step, probability in zip(steps, confidences(steps, probable), strict=True):
                if all(step):
                    judged.append((probability, step in gold))
        print(f"{what}: {name} published F1 {2 * right / total:.4f}", flush=True)
    return judged


def fit_confidence(judged: Sequence[tuple[float, bool]]) -> None:
    """Print the slope and shift in log odds that turn probabilities into shares of right pairs."""
    probability = np.clip(np.array([p for p, _ in judged]), 1e-6, 1 - 1e-6)
    right = np.array([r for _, r in judged], np.float64)
    odds = np.log(probability / (1 - probability))

    def loss(parameters: Floats) -> float:
        logit = parameters[0] * odds + parameters[1]
        return float((np.logaddexp(0, logit) - right * logit).sum())

    slope, shift = minimize(loss, np.array([1.0, 0.0])).x
    print(f"confidence: slope {slope:.3f}, shift {shift:.3f}")


def write(path: Path, vector: Floats) -> None:
    """The weights as JSON, a list for each kind; the names of the features are those of `align/features.py`."""
    weights = Weights.from_vector(vector)
    table = {
        "bead": weights.bead, "shape": weights.shape, "zh_boundary": weights.zh_boundary,
        "en_boundary": weights.en_boundary, "zh_omission": weights.zh_omission,
        "en_omission": weights.en_omission, "adaptation": [weights.adaptation],
    }    # fmt: skip
    rows = [f" {json.dumps(name)}: {json.dumps(np.round(values, 4).tolist())}" for name, values in table.items()]
    path.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
