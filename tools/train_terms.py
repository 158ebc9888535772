"""Learn what makes a term and a rendering: `python -m tools.train_terms [--cross-validate [--errors] | --ablate]`.

Six models, each learnt from the texts with marked terms: of spans (a softmax over all spans and none, L2), once at
first sight and once with what other terms claim; of the sureness of a rendering (a logistic regression, L2); and of a
candidate's shape, of a candidate with its rendering, and of one beside what overlaps with it (boosted trees). Each is
taught with what the models before it say of texts that they have not seen. `--cross-validate` leaves out each text in
turn: nothing that it is measured with has learnt from it. Needs the extra `[train]`.
"""

import argparse
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cache
from operator import or_
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")    # before numpy is imported
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.scoring import Gold, is_exact, kind, read_gold, words_of
from flashcards import readers
from flashcards.build import make_lesson
from flashcards.lexicon import Lexicon, open_lexicon
from flashcards.links.prior import TranslationPrior
from flashcards.model import Block, Document, Place
from flashcards.recipe import Recipe
from flashcards.terms import extraction, ranking
from flashcards.terms.forest import Forest
from flashcards.terms.renderings import Search, Tally, add_to
from flashcards.terms.weights import Weights

ROOT = Path(__file__).parent.parent
GOLD = Path(os.environ.get("FLASHCARDS_GOLD", ROOT.parent / "shared" / "gold"))
OUT = ROOT / "flashcards" / "terms" / "weights.json"
BENCH = ROOT / "bench" / "terms"

SOURCES: Mapping[str, tuple[Path, Path, int]] = {
    "speech": (ROOT / "corpus" / "speech.md", GOLD / "speech.terms.tsv", 0),
    "fiction": (GOLD / "align" / "mac-dev" / "06.pairs.tsv", GOLD / "fiction.terms.tsv", 110),
    **{
        name: (BENCH / f"{name}.pairs.tsv", BENCH / f"{name}.terms.tsv", 0)
        for name in ("finance", "market", "company", "summit")
    },
    **{
        f"{folder}-0{number}": (
            GOLD / "align" / folder / f"0{number}.pairs.tsv", BENCH / f"{folder}-0{number}.terms.tsv", most
        )
        for folder, numbers, most in (("pol-dev", tuple("1234567"), 0), ("mac-dev", tuple("12345"), 110))
        for number in numbers
    },
}  # fmt: skip
"""The texts: their pairs, their terms, and how many pairs to take (0: all)."""

LIMIT = 150
SPAN_PENALTY, SURE_PENALTY = 4.0, 10.0
IMPORTANCE = (1.0, 0.6, 1.0, 1.6)
"""What a candidate counts that is not marked, and one of importance 1, 2, 3."""


FOLDS = 3

INGREDIENTS = {
    "what other terms claim": "others",
    "the dictionary at the span": "gloss|back|vouched",
    "lists and shared heads": "list|complete",
    "the term's other pairs": "dice",
    "parts of speech": "verb|noun|adjective|adverb|participle",
    "what stands beside a span": " left$| right$",
    "renderings, for the rank": "^sure|^span:|^English|^capitals only",
    "what overlaps, for the rank": "^(score|place|on its own)$|^(best|better than|inside a) ",
    "comparison with the text's candidates": ", compared$",
    "characters of other words": "(?!)",
    "foreign names by their sound": "(?!)",
}
"""What can be left out to see what it adds, and in which features it is; the last two change the links instead."""
THREE = ("speech", "fiction", "finance")

Rows = NDArray[np.float64]
Error = tuple[str, str, str, str, float]
Trainer = Callable[[Sequence["Seen"]], Any]
Seer = Callable[["Seen", Any], None]


@dataclass(frozen=True, eq=False)
class Text:
    """A text with marked terms: what there is to choose from, and the answers."""

    name: str
    pairs: tuple
    words: tuple
    gold: Gold
    material: extraction.Material


@dataclass(eq=False)
class Seen:
    """A text as models see it that have not learnt from it."""

    text: Text
    shapes: dict[str, float] = field(default_factory=dict)
    promising: list[str] = field(default_factory=list)
    first: list[tuple[int, Search]] = field(default_factory=list)
    settled: list[tuple[int, Search]] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    sure: dict[str, dict[str, float]] = field(default_factory=dict)
    features: dict[str, dict[str, float]] = field(default_factory=dict)
    alone: dict[str, float] = field(default_factory=dict)
    examples: dict[str, list] = field(default_factory=dict)


@cache
def lexicon() -> Lexicon:
    """The dictionary, opened once."""
    return open_lexicon()


def load(name: str) -> Text:
    """A text, aligned by the program as a user's is."""
    source, terms, most = SOURCES[name]
    if source.suffix == ".md":
        document, _ = readers.read(source)
        recipe = Recipe(name, (str(source),))
    else:
        rows = [line.split("\t") for line in source.read_text("utf-8").splitlines() if line and line[0] != "#"]
        blocks = [
            Block(sentence, lang, "line", Place(name, number))
            for side, lang in enumerate(("zh", "en"))
            for number, row in enumerate(rows[: most or None], 1)
            if len(row) > side
            for sentence in row[side].split(" ¦ ")
            if sentence
        ]
        document, recipe = Document(name, tuple(blocks)), Recipe(name, (name,), split="lines")
    lesson = make_lesson(document, recipe, lexicon(), with_terms=False)
    sure = [i for i, pair in enumerate(lesson.pairs) if pair.confidence >= recipe.threshold]
    pairs, words = tuple(lesson.pairs[i] for i in sure), tuple(lesson.words[i] for i in sure)
    return Text(name, pairs, words, read_gold(terms), extraction.gather(pairs, words, lexicon()))


# Models


LEFT_OUT = ["(?!)"]
"""The features that are left out in this process."""


def without(ingredient: str) -> None:
    """Leave an ingredient out in this process; "" for none."""
    LEFT_OUT[0] = INGREDIENTS.get(ingredient, "(?!)")
    if ingredient == "characters of other words":
        Lexicon.character = lambda *_: {}    # type: ignore[method-assign]
    if ingredient == "foreign names by their sound":
        TranslationPrior._sounds = lambda *_: ()    # type: ignore[method-assign]


def kept(names: Sequence[str], rows: Rows) -> Rows:
    """The features, with nothing in those that are left out."""
    return rows * np.array([not re.search(LEFT_OUT[0], name) for name in names])


def fit_softmax(examples: Sequence[tuple[Rows, Sequence[int], float]], penalty: float) -> Rows:
    """The weights under which the right rows of each example are most probable, in the features' own units."""
    rows = np.concatenate([own for own, _, _ in examples])
    scale = rows.std(0) + 1e-6
    rows = rows / scale
    sizes = np.array([len(own) for own, _, _ in examples])
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    example = np.repeat(np.arange(len(examples)), sizes)
    weight = np.array([w for _, _, w in examples])
    right = np.zeros(len(rows), bool)
    for start, (_, answers, _) in zip(starts, examples, strict=True):
        right[start + np.array(answers)] = True

    def loss(w: Rows) -> tuple[float, Rows]:
        scores = rows @ w
        top = np.maximum.reduceat(scores, starts)
        scores = np.exp(scores - top[example])
        total = np.add.reduceat(scores, starts)
        hit = np.add.reduceat(scores * right, starts) + 1e-300
        value = -(weight * np.log(hit / total)).sum() + penalty / 2 * (w @ w)
        slope = weight[example] * scores * (1 / total[example] - right / hit[example])
        return value, rows.T @ slope + penalty * w

    done = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return np.asarray(done.x / scale)


def fit_logistic(rows: Rows, right: Rows, penalty: float, weight: Rows | None = None) -> Rows:
    """The weights of a logistic regression, in the features' own units; the first feature is the bias."""
    scale = rows.std(0) + 1e-6
    scale[0] = 1.0
    middle = rows.mean(0)
    middle[0] = 0.0
    scaled = (rows - middle) / scale
    weight = np.ones(len(rows)) if weight is None else weight
    free = np.r_[0.0, np.ones(rows.shape[1] - 1)]

    def loss(w: Rows) -> tuple[float, Rows]:
        scores = np.clip(scaled @ w, -30, 30)
        p = 1 / (1 + np.exp(-scores))
        value = -(weight * (right * np.log(p) + (1 - right) * np.log(1 - p))).sum() + penalty / 2 * (free * w @ w)
        return value, scaled.T @ (weight * (p - right)) + penalty * free * w

    w = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x / scale
    w[0] -= middle @ w
    return np.asarray(w)


def named(names: Iterable[str], weights: Rows, without: frozenset[str] = frozenset()) -> dict[str, float]:
    """Weights by their names, with as many digits as matter."""
    return {
        n: float(f"{w:.4g}") for n, w in zip(names, weights, strict=True) if n not in without and abs(w) > 1e-6
    }


# Shapes


def shape_table(text: Text) -> tuple[list[str], list[str], Rows, Rows]:
    """Candidates, the names of their features, the features, and which are marked."""
    features = text.material.shape_features
    names = list(next(iter(features.values())))
    rows = np.array([[own[name] for name in names] for own in features.values()])
    return list(features), names, rows, np.array([t in text.gold for t in features], float)


def train_shapes(texts: Sequence[Text]) -> Forest:
    """The trees that choose candidates by their shape."""
    tables = [shape_table(text) for text in texts]
    rows, right = np.concatenate([t[2] for t in tables]), np.concatenate([t[3] for t in tables])
    weight = np.concatenate([weights_of(table[0], text.gold) for table, text in zip(tables, texts, strict=True)])
    return boosted(tables[0][1], rows, right, weight, trees=100, rate=0.1)


def boosted(names: Sequence[str], rows: Rows, right: Rows, weight: Rows, trees: int, rate: float) -> Forest:
    """Boosted trees that tell the right rows."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=trees, learning_rate=rate, max_leaf_nodes=8, l2_regularization=3, min_samples_leaf=20,
        max_features=0.15, early_stopping=False, random_state=0,
    )  # fmt: skip
    model.fit(kept(names, rows), right, sample_weight=weight)
    return forest(tuple(names), [own for (own,) in model._predictors], float(model._baseline_prediction.item()))


def weights_of(candidates: Sequence[str], gold: Gold) -> Rows:
    """What each candidate of a text counts; all texts count the same, however many terms are marked in them."""
    own = np.array([IMPORTANCE[gold[t][1] if t in gold else 0] for t in candidates])
    return own * 150 / max(1, sum(t in gold for t in candidates))


def see_shapes(seen: Seen, weights: Forest) -> None:
    """Give a text the shapes' scores, and choose the candidates that are rendered."""
    seen.shapes = seen.text.material.shapes(weights)
    order = sorted(seen.shapes, key=lambda text: (-seen.shapes[text], text))
    seen.promising = order[: extraction._PROMISING]


# Spans


def search(seen: Seen) -> list[tuple[int, Search]]:
    """The searches for the promising candidates of a text, and for all marked ones."""
    found = seen.text.material.found
    texts = dict.fromkeys([*seen.promising, *(t for t in seen.text.gold if t in found)])
    return list(seen.text.material.searcher.searches([found[t] for t in texts]))


def span_examples(text: Text, searches: Sequence[tuple[int, Search]]) -> list[tuple[Rows, list[int], float]]:
    """For each occurrence of a marked term the features of its spans, and which are right."""
    examples = []
    for _, own in searches:
        side, shape = own.scene.side, own.possible.shape
        whole = " ".join(words_of(side.text))
        marked = [row for row, term in enumerate(own.terms) if term.text in text.gold]
        if not marked:
            continue
        table = np.stack([np.broadcast_to(values, shape) for values in own.found.values()], -1)
        for row in marked:
            answers, _ = text.gold[own.terms[row].text]
            spans = np.flatnonzero(own.possible[row])
            right = [i for i, s in enumerate(spans) if is_exact(side.surface(int(s), " "), answers)]
            if not right and not any(" ".join(words_of(a)) in whole for a in answers):
                right = [len(spans)]
            if right:
                rows = np.zeros((len(spans) + 1, len(own.found) + len(own.nothing)))
                rows[:-1, : len(own.found)] = table[row][spans]
                rows[-1, len(own.found) :] = [values[row] for values in own.nothing.values()]
                number = min(12, len(text.material.found[own.terms[row].text].occurrences))
                examples.append((rows, right, 1 / number))
    return examples


def span_names(searches: Sequence[tuple[int, Search]]) -> list[str]:
    """The names of the features of spans."""
    own = searches[0][1]
    return [*own.found, *own.nothing]


def see_spans(seen: Seen, weights: Mapping[str, float]) -> None:
    """Give a text what the first look claims."""
    seen.settled = [(pair, own.settled(own.probabilities(weights))) for pair, own in seen.first]


def see_tallies(seen: Seen, weights: Mapping[str, float]) -> None:
    """Give a text the tallies of its candidates."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for pair, own in seen.settled:
        add_to(tallies, pair, own, own.completed(own.probabilities(weights)))
    seen.tallies = {t: tallies.get(t, Tally(1)) for t in dict.fromkeys([*seen.promising, *tallies])}


# Sureness


def surfaces(tally: Tally, key: str) -> str:
    """What a rendering reads."""
    best = tally.best(key)
    return best.side.surface(best.span, " ")


def sure_table(seen: Seen) -> tuple[list[str], Rows, Rows]:
    """Of the best rendering of each marked term its features, and whether it is right."""
    rows, right, names = [], [], []
    for t, (answers, _) in seen.text.gold.items():
        tally = seen.tallies.get(t)
        if tally and (keys := tally.ranked()):
            features = tally.sureness_features(keys[0], t)
            names = list(features)
            rows.append(list(features.values()))
            right.append(float(is_exact(surfaces(tally, keys[0]), answers)))
    return names, np.array(rows), np.array(right)


def see_sureness(seen: Seen, weights: Mapping[str, float]) -> None:
    """Give a text the confidences of its renderings, and what ranking asks of its candidates."""
    seen.sure = {t: extraction.confidences(tally, t, weights) for t, tally in seen.tallies.items()}
    seen.features = seen.text.material.rank_features({t: seen.tallies[t] for t in seen.promising}, seen.sure)


# Ranking


def rank_table(seen: Seen) -> tuple[list[dict[str, float]], Rows, Rows]:
    """Of the promising candidates the features, which are marked, and what each counts."""
    gold = seen.text.gold
    marked = np.array([t in gold for t in seen.features], float)
    return list(seen.features.values()), marked, weights_of(list(seen.features), gold)


def train_rank(all_seen: Sequence[Seen]) -> Forest:
    """The trees that rank candidates with their renderings."""
    tables = [rank_table(seen) for seen in all_seen]
    rows, names = stacked([rows for rows, _, _ in tables])
    right, weight = (np.concatenate([t[i] for t in tables]) for i in (1, 2))
    return boosted(names, rows, right, weight, trees=200, rate=0.05)


def train_joint(all_seen: Sequence[Seen]) -> Forest:
    """The trees that rank candidates beside those that overlap with them."""
    tables = [rank_table(seen) for seen in all_seen]
    beside = [ranking.joint_features(seen.alone, seen.text.material.found) for seen in all_seen]
    whole = [map(or_, rows, own.values()) for (rows, _, _), own in zip(tables, beside, strict=True)]
    rows, names = stacked([list(each) for each in whole])
    right, weight = (np.concatenate([t[i] for t in tables]) for i in (1, 2))
    return boosted(names, rows, right, weight, trees=200, rate=0.05)


def stacked(tables: Sequence[Sequence[Mapping[str, float]]]) -> tuple[Rows, tuple[str, ...]]:
    """The features of all texts' candidates in one table, and their names."""
    names = tuple(tables[0][0])
    return np.array([[own[name] for name in names] for table in tables for own in table]), names


def see_alone(seen: Seen, weights: Forest) -> None:
    """Give a text the scores of its candidates, each by itself."""
    seen.alone = dict(zip(seen.features, weights(list(seen.features.values())), strict=True))


def forest(names: tuple[str, ...], trees: Sequence[Any], bias: float) -> Forest:
    """The trees of scikit-learn as ours."""
    roots, feature, threshold, left, right = [], [], [], [], []
    for tree in trees:
        base = len(feature)
        roots.append(base)
        for at, node in enumerate(tree.nodes, base):
            leaf = bool(node["is_leaf"])
            feature.append(0 if leaf else int(node["feature_idx"]))
            threshold.append(float(f"{node['value' if leaf else 'num_threshold']:.5g}"))
            left.append(at if leaf else base + int(node["left"]))
            right.append(at if leaf else base + int(node["right"]))
    depth = max(int(tree.nodes["depth"].max()) for tree in trees)
    return Forest(names, *map(tuple, (roots, feature, threshold, left, right)), depth, round(bias, 4))


def ranked(seen: Seen, first: Forest, joint: Forest) -> list[str]:
    """The terms of a text, the best first."""
    scores = seen.text.material.ranks(seen.features, first, joint)
    order = sorted(scores, key=lambda t: (-scores[t], t))
    return ranking.without_repetition(order, seen.text.material.found, lexicon())[:LIMIT]


# All together


def in_folds(all_seen: Sequence[Seen], train: Trainer, see: Seer) -> None:
    """Let each text be seen by a model that has learnt from the texts of the other folds."""
    for fold in range(FOLDS):
        weights = train([seen for i, seen in enumerate(all_seen) if i % FOLDS != fold])
        for seen in all_seen[fold::FOLDS]:
            see(seen, weights)


def train_spans(which: str) -> Trainer:
    """A trainer of spans at the first or the second look."""

    def train(all_seen: Sequence[Seen]) -> dict[str, float]:
        names = span_names(getattr(all_seen[0], which))
        examples = [(kept(names, rows), *more) for seen in all_seen for rows, *more in seen.examples[which]]
        return named(names, fit_softmax(examples, SPAN_PENALTY))

    return train


def train_sureness(all_seen: Sequence[Seen]) -> dict[str, float]:
    """The model of sureness."""
    tables = [sure_table(seen) for seen in all_seen]
    rows, right = np.concatenate([t[1] for t in tables]), np.concatenate([t[2] for t in tables])
    return named(tables[0][0], fit_logistic(kept(tables[0][0], rows), right, SURE_PENALTY))


def score(seen: Seen, terms: Sequence[str]) -> tuple[dict[str, float], list[Error]]:
    """The figures of a text as the scorer gives them, and its errors."""
    errors: list[Error] = []
    gold = seen.text.gold
    out: dict[str, float] = {f"p@{n}": sum(t in gold for t in terms[:n]) / n for n in (20, 50, 100)}
    top = [t for t, (_, importance) in gold.items() if importance == 3]
    out["recall3"] = sum(t in terms for t in top) / len(top)
    kinds: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    casing = extraction.Casing(seen.text.material.english, lexicon())
    for t in terms:
        if t not in gold or not gold[t][0]:
            continue
        made = extraction.make_renderings(
            seen.tallies[t], seen.sure[t], t, seen.text.pairs, casing, lexicon()
        )
        text, confidence = (made[0].citation, made[0].confidence) if made else ("", 0.0)
        how = kind(text, gold[t][0])
        kinds[how] += 1
        if how != "none" and confidence >= 0.8:
            sure[how] += 1
        if how != "exact":
            errors.append((how, t, text, "|".join(gold[t][0]), round(confidence, 2)))
    n = kinds.total() or 1
    out |= {how: kinds[how] / n for how in ("exact", "overlap", "wrong", "none")}
    m = sure.total() or 1
    out |= {"sure exact": sure["exact"] / m, "sure wrong": sure["wrong"] / m, "sure kept": m / n, "found": n, "sure": m}
    return out, errors


def taught(all_seen: list[Seen]) -> list[Seen]:
    """The texts, each seen by models that have learnt from the others."""
    in_folds(all_seen, lambda others: train_shapes([o.text for o in others]), see_shapes)
    for seen in all_seen:
        seen.first = search(seen)
        seen.examples = {"first": span_examples(seen.text, seen.first)}
    in_folds(all_seen, train_spans("first"), see_spans)
    for seen in all_seen:
        seen.examples["settled"] = span_examples(seen.text, seen.settled)
    in_folds(all_seen, train_spans("settled"), see_tallies)
    in_folds(all_seen, train_sureness, see_sureness)
    in_folds(all_seen, train_rank, see_alone)
    return all_seen


def held_out(job: tuple[str, tuple[str, ...], str]) -> tuple[dict[str, float], list[Error]]:
    """The figures of a text by models that have never seen it, not even what other models say of it, and its errors.

    Args:
        job: the text, all texts, and the ingredient to leave out ("" for none).
    """
    name, names, ingredient = job
    without(ingredient)
    others = taught([Seen(load(other)) for other in names if other != name])
    seen = Seen(load(name))
    see_shapes(seen, train_shapes([o.text for o in others]))
    seen.first = search(seen)
    see_spans(seen, train_spans("first")(others))
    see_tallies(seen, train_spans("settled")(others))
    see_sureness(seen, train_sureness(others))
    return score(seen, ranked(seen, train_rank(others), train_joint(others)))


def report(rows: Mapping[str, Mapping[str, float]]) -> None:
    """Print the figures of each text, their mean, and how sure what is sure is on the three texts that count."""
    for name, own in rows.items():
        print(f"{name:12}", "  ".join(f"{k} {v:.3f}" for k, v in own.items()))
    print(f"{'mean':12}", "  ".join(f"{k} {np.mean([r[k] for r in rows.values()]):.3f}" for k in own), flush=True)
    three = [rows[n] for n in THREE]
    sure, all_ = sum(r["sure"] for r in three), sum(r["found"] for r in three)
    shares = {k: sum(r[k] * r["sure"] for r in three) / sure for k in ("sure exact", "sure wrong")}
    shares["kept"] = sure / all_
    print(f"{'the three':12}", "  ".join(f"{k} {v:.3f}" for k, v in shares.items()))


def main() -> int:
    """Train, and write the weights, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--errors", action="store_true", help="with it: print what is not exact")
    parser.add_argument("--ablate", action="store_true", help="leave out each ingredient in turn")
    options = parser.parse_args()
    if options.cross_validate:
        with ProcessPoolExecutor(2) as pool:
            results = dict(zip(SOURCES, pool.map(held_out, [(n, tuple(SOURCES), "") for n in SOURCES]), strict=True))
        report({name: own for name, (own, _) in results.items()})
        if options.errors:
            for name, (_, errors) in results.items():
                for error in errors:
                    print(name, *error, sep="\t")
        return 0
    if options.ablate:
        ways = ("", *INGREDIENTS)
        with ProcessPoolExecutor(2, max_tasks_per_child=1) as pool:    # what is left out is left out in a process
            found = pool.map(held_out, [(name, tuple(SOURCES), way) for way in ways for name in THREE])
            for way in ways:
                print(f"== without {way or 'nothing'}")
                report({name: next(found)[0] for name in THREE})
        return 0
    all_seen = taught([Seen(load(name)) for name in SOURCES])
    weights = Weights(
        spans=train_spans("first")(all_seen),
        settled=train_spans("settled")(all_seen),
        sureness=train_sureness(all_seen),
        shape=train_shapes([seen.text for seen in all_seen]),
        rank=train_rank(all_seen),
        joint=train_joint(all_seen),
    )
    lines = (f"{json.dumps(name)}: {json.dumps(own)}" for name, own in asdict(weights).items())
    OUT.write_text("{" + ",\n".join(lines) + "}\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
