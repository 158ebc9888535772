"""Train the model that tells how a character is read, and print how good it is by cross-validation.

    python tools/train_readings.py [--gold DIR] [--cross-validate] [-o FILE]

Trained on CPP (kakaobrain/g2pM) and g2pL (whzikaros/g2pL), sentences with one marked character each; the network is
g2pM's as it was published (extra `[train]`). Without options it trains on all of them and writes the weights into the
package; with --cross-validate it writes nothing.
"""

import argparse
import importlib.util
import os
import pickle
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from flashcards.chinese import polyphones, recurrent, simplified
from flashcards.chinese.readings import FIXED, Reader, own_entries
from flashcards.chinese.syllables import from_numbered, tone
from flashcards.chinese.words import Segmenter
from flashcards.lexicon import Lexicon, open_lexicon
from flashcards.lexicon.sources import cedict_path, read_cedict

ROOT = Path(__file__).parent.parent
GOLD = Path(os.environ.get("FLASHCARDS_GOLD", ROOT.parent / "shared" / "gold"))
TARGET = ROOT / "flashcards" / "chinese"
SETS = ("cpp-dev", "g2pl-train", "g2pl-dev")

# How it is trained, chosen on the folds of CPP-dev and on g2pL-dev: the rate of Adagrad in the first and the last
# epoch, the penalty on weights, the share of features left out of a step, the sentences of a step.
EPOCHS, RATES, PENALTY, DROPOUT, BATCH = 8, (0.1, 0.03), 0.1, 0.2, 16
WEIGHTS, FREQUENT = 400_000, 0.25
"""How many weights are kept: those with the greatest weight × count to this power."""
SHARPNESS = 2.0
"""What the log-odds are multiplied by, so that they are honest: dropout makes them too small. Fitted on the folds."""
LEVELS = 31
"""A weight is stored as a whole number of at most this size."""
RARE = 100
"""The network helps with characters that have fewer marked sentences than this; others are better without it."""
SEEDS = (1, 2, 3)
"""The model is the mean of one trained with each."""
FOLDS = 5
DISPUTED = 4.0
"""Log-odds by which the model must speak against the only reading of a word that it has not met."""

_EVERY = 7
"""In the place of a candidate's number, for weights that all candidates of a character share."""
_BITS = 18
"""Of a key."""

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Marked:
    """A sentence, the place of its marked character, and how that is read."""

    text: str
    place: int
    reading: str


@dataclass(frozen=True)
class Samples:
    """Marked characters as features: a row for each candidate of each.

    `keys` are names of weights (0: none), `votes` numbers of votes (0: none), both rows × columns; `sizes` the
    number of candidates of each sample, `right` whether a row is the right one.
    """

    keys: Integers
    votes: Integers
    sizes: Integers
    right: Floats

    @property
    def starts(self) -> Integers:
        """The first row of each sample."""
        return np.cumsum(self.sizes) - self.sizes

    def some(self, chosen: Integers) -> "Samples":
        """The samples with these numbers."""
        rows = rows_of(self, chosen)
        return Samples(self.keys[rows], self.votes[rows], self.sizes[chosen], self.right[rows])


def rows_of(samples: Samples, chosen: Integers) -> Integers:
    """The rows of some samples."""
    sizes = samples.sizes[chosen]
    return np.repeat(samples.starts[chosen] - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())


def together(parts: Sequence[Samples]) -> Samples:
    """Several sets of samples as one."""
    fields = ("keys", "votes", "sizes", "right")
    return Samples(*(np.concatenate([getattr(part, name) for part in parts]) for name in fields))


def load(folder: Path, name: str) -> list[Marked]:
    """A data set: sentences with a ▁marked▁ character, and their labels."""
    sentences = (folder / f"{name}.sent").read_text("utf-8").splitlines()
    labels = (folder / f"{name}.lb").read_text("utf-8").split()
    return [
        Marked(sentence.replace("▁", ""), sentence.index("▁"), from_numbered(label))
        for sentence, label in zip(sentences, labels, strict=True)
    ]


def candidates_of(marked: Iterable[Marked]) -> dict[str, tuple[str, ...]]:
    """For each marked character with several readings all of them, the most usual first.

    They are those of the data sets, and those of CC-CEDICT, an entry of the character itself counted three times; but
    where a character is marked often, a reading that it never has is none of its readings in running text.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sample in marked:
        counts[sample.text[sample.place]][sample.reading] += 1
    often = {character for character, found in counts.items() if found.total() >= RARE}
    for entry in read_cedict(cedict_path()):
        rare = all(sense.startswith(("variant of", "old variant of", "surname", "used in")) for sense in entry.senses)
        syllables = polyphones.syllables_of(entry.simplified, entry)
        for character, syllable in zip(entry.simplified, syllables, strict=False):
            if syllable and character in counts and (character not in often or syllable in counts[character]):
                counts[character][syllable] += 3 if len(entry.simplified) == 1 and not rare else 1
    return {c: tuple(r for r, _ in found.most_common()) for c, found in sorted(counts.items()) if len(found) > 1}


class Extractor:
    """Makes features of sentences, as the program does when it reads."""

    def __init__(self, candidates: dict[str, tuple[str, ...]]) -> None:
        self.candidates = candidates
        self.lexicon = open_lexicon()
        self.segmenter = Segmenter(self.lexicon)
        self._contexts: dict[str, polyphones.Context] = {}

    def _context(self, word: str) -> polyphones.Context:
        if word not in self._contexts:
            self._contexts[word] = polyphones.context(word, self.lexicon)
        return self._contexts[word]

    def samples(self, marked: Sequence[Marked]) -> Samples:
        """The features of marked characters."""
        rows, votes, sizes, right = [], [], [], []
        for sample in marked:
            cut = self.segmenter.cut(simplified(sample.text))
            sentence = polyphones.surrounded([self._context(word) for word in cut])
            place, offset = 0, sample.place
            while offset >= len(cut[place]):
                offset -= len(cut[place])
                place += 1
            character = sample.text[sample.place]
            said = polyphones.votes_at(sentence, place + 2, offset, self.lexicon)
            features = names(character, polyphones.features_at(sentence, place + 2, offset, said), 0)
            known = self.candidates.get(character, (sample.reading,))
            for j, candidate in enumerate(known):
                ballots = polyphones.ballots(said, candidate, j)
                row = row_of(features, j)
                row[polyphones.FEATURES : polyphones.FEATURES + len(ballots)] = names(character, ballots, _EVERY)
                rows.append(row)
                votes.append([*ballots, 0, 0][:3])
                right.append(candidate == sample.reading)
            sizes.append(len(known))
        return Samples(np.array(rows), np.array(votes), np.array(sizes), np.array(right, np.float32))


def of_one_reading(lexicon: Lexicon) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The dictionary's words of one reading, with that."""
    for word in sorted(lexicon.headwords):
        readings = {s for e in own_entries(word, lexicon) if (s := polyphones.syllables_of(word, e))}
        if len(readings) == 1:
            yield word, *readings


def row_of(features: Integers, j: int) -> Integers:
    """The names of a candidate's weights by its features; the first has none, as the others are compared with it."""
    row = np.zeros(polyphones.FEATURES + 3, np.int64)
    if j:
        row[: len(features)] = features + (j << _BITS)
    return row


def names(character: str, keys: Sequence[int], number: int) -> Integers:
    """The names of a character's weights: the character, the number of its candidate, the key, one behind another."""
    return (ord(character) << 3 | number) << _BITS | np.array(keys, np.int64)


def softmax(scores: Floats, starts: Integers, sizes: Integers) -> Floats:
    """Probabilities of the rows of each sample."""
    odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
    return odds / np.repeat(np.add.reduceat(odds, starts), sizes)


def fit(samples: Samples, known: Integers) -> Floats:
    """The weights: `VOTES` of votes, then one for each of the `known` keys (sorted).

    Adagrad on the softmax of each sample with dropout of features; the mean of the second half's weights, and of
    several seeds.
    """
    columns = columns_of(samples, known)
    return np.mean([descend(samples, columns, polyphones.VOTES + len(known), seed) for seed in SEEDS], axis=0)


def descend(samples: Samples, columns: Integers, size: int, seed: int) -> Floats:
    """One run of the training; `columns` are the numbers of each row's weights."""
    weights = np.zeros(size, np.float32)
    squares = np.full_like(weights, 1e-6)
    mean, times = np.zeros_like(weights), 0
    random = np.random.default_rng(seed)
    usable = np.flatnonzero(samples.sizes > 1)
    for epoch in range(EPOCHS):
        rate = RATES[0] + (RATES[1] - RATES[0]) * epoch / (EPOCHS - 1)
        order = random.permutation(usable)
        for step, start in enumerate(range(0, len(order), BATCH)):
            chosen = order[start : start + BATCH]
            rows, sizes = rows_of(samples, chosen), samples.sizes[chosen]
            kept = np.repeat(random.random((len(chosen), columns.shape[1])) >= DROPOUT, sizes, 0)
            used = columns[rows]
            scores = (weights[used] * kept).sum(1) / (1 - DROPOUT)
            errors = softmax(scores, np.cumsum(sizes) - sizes, sizes) - samples.right[rows]
            matters = np.abs(errors) > 0.002
            used, kept = used[matters], kept[matters]
            slopes = np.where(kept, errors[matters][:, None] + PENALTY * weights[used], 0).astype(np.float32)
            np.add.at(squares, used.ravel(), (slopes * slopes).ravel())
            np.subtract.at(weights, used.ravel(), (rate * slopes / np.sqrt(squares[used])).ravel())
            weights[0] = 0
            if epoch >= EPOCHS // 2 and step % 200 == 0:
                mean += weights
                times += 1
    return mean / times


def columns_of(samples: Samples, known: Integers) -> Integers:
    """Where each key and vote of a row stands among the weights; 0 for what is not known."""
    flat = samples.keys.ravel()
    at = np.minimum(np.searchsorted(known, flat), len(known) - 1)
    found = (known[at] == flat) & (flat != 0)
    keys = np.where(found, at + polyphones.VOTES, 0).reshape(samples.keys.shape)
    return np.concatenate([keys, samples.votes], 1)


def heaviest(known: Integers, counts: Integers, weights: Floats) -> Integers:
    """The keys that matter most: by their weight, and by how often they occur."""
    heavy = np.abs(weights[polyphones.VOTES :]) * counts**FREQUENT
    return np.sort(known[np.argsort(-heavy, kind="stable")[:WEIGHTS]])


def train(samples: Samples, candidates: dict[str, tuple[str, ...]], lexicon: Lexicon) -> polyphones.Weights:
    """The model: trained with all keys, then again with those that are kept."""
    known, counts = np.unique(samples.keys, return_counts=True)
    known, counts = known[known != 0], counts[known != 0]
    known = heaviest(known, counts, fit(samples, known))
    weights = fit(samples, known) * SHARPNESS
    model = stored(known, weights, candidates)
    return replace(model, disputed=disputed(polyphones.Polyphones(model), lexicon))


def stored(known: Integers, weights: Floats, candidates: dict[str, tuple[str, ...]]) -> polyphones.Weights:
    """The model as the package has it; `weights` are those of votes, then those of the `known` names."""
    scale = float(np.abs(weights).max()) / LEVELS
    levels = np.round(weights[polyphones.VOTES :] / scale).astype(np.int8)
    known, levels = known[levels != 0], levels[levels != 0]
    tables = tables_of(candidates)
    own, keys = known >> _BITS, known & (1 << _BITS) - 1
    gaps = np.where(np.r_[True, own[1:] != own[:-1]], keys, np.diff(keys, prepend=0))
    sizes = np.searchsorted(own, tables, "right") - np.searchsorted(own, tables)
    lines = "\n".join(f"{character}{' '.join(readings)}" for character, readings in candidates.items())
    return polyphones.Weights(
        lines,
        {},
        sizes.astype("<u2").tobytes(),
        tuple((gaps >> shift & 255).astype(np.uint8).tobytes() for shift in (0, 8, 16)),
        levels.tobytes(),
        scale,
        tuple(float(weight) for weight in weights[: polyphones.VOTES]),
    )


def disputed(model: polyphones.Polyphones, lexicon: Lexicon) -> dict[str, tuple[int, ...]]:
    """The dictionary's words with one reading of which the model, seeing them alone, reads characters otherwise.

    Never those of which a second dictionary agrees with the first: there the texts are marked wrong (挣脱 zhēng). Where
    the model has not met the character in the word it has to be surer. Neutral tones are never disputed: the texts are
    marked without most of them.
    """
    found = {}
    for word, syllables in of_one_reading(lexicon):
        phrase = lexicon.pinyin(word) or ("",) * len(word)
        places = [
            i
            for i, (settled, agreed) in enumerate(zip(syllables, phrase, strict=True))
            if settled != agreed and tone(settled) != 5 and word[i] not in FIXED
            if settled in model.candidates.get(word[i], ()) and speaks_against(model, word, i, settled, lexicon)
        ]
        if places:
            found[word] = tuple(places)
    return found


def speaks_against(model: polyphones.Polyphones, word: str, i: int, settled: str, lexicon: Lexicon) -> bool:
    """Whether the model, seeing a word alone, reads one of its characters otherwise than it is settled."""
    alone = polyphones.surrounded([polyphones.context(word, lexicon)])
    votes = polyphones.votes_at(alone, 2, i, lexicon)
    scores = model.scores(word[i], polyphones.features_at(alone, 2, i, votes), votes)
    ahead = max(scores) - scores[model.candidates[word[i]].index(settled)]
    return ahead > (0 if model.has_met(alone[2], i) else DISPUTED)


def tables_of(candidates: dict[str, tuple[str, ...]]) -> Integers:
    """The number of each table of the stored model, in its order."""
    numbers = ((c, number) for c, readings in candidates.items() for number in (*range(1, len(readings)), _EVERY))
    return np.array([names(c, [0], number)[0] >> _BITS for c, number in numbers])


def scores_of(model: polyphones.Weights, samples: Samples) -> Floats:
    """What the model says of each row, as `Polyphones.scores` does."""
    candidates = polyphones.Polyphones(model).candidates
    sizes = np.frombuffer(model.sizes, "<u2").astype(np.int64)
    gaps = sum(np.frombuffer(plane, np.uint8).astype(np.int64) << 8 * i for i, plane in enumerate(model.keys))
    keys = np.cumsum(gaps)
    firsts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    known = np.repeat(tables_of(candidates), sizes) << _BITS | keys - (keys - gaps)[firsts]
    table = np.r_[model.votes, np.frombuffer(model.weights, np.int8) * model.scale].astype(np.float32)
    table[0] = 0
    return table[columns_of(samples, known)].sum(1)


def accuracy(scores: Floats, samples: Samples) -> float:
    """The share of samples whose best row is the right one."""
    best = np.maximum.reduceat(np.where(samples.right > 0, scores, -np.inf), samples.starts)
    others = np.maximum.reduceat(np.where(samples.right > 0, -np.inf, scores), samples.starts)
    return float((best > others).mean())


def folds(marked: Sequence[Marked]) -> Integers:
    """A fold for each sample; a sentence is in one fold only."""
    sentences = sorted({sample.text for sample in marked})
    order = np.random.default_rng(SEEDS[0]).permutation(len(sentences))
    fold = {sentences[i]: k % FOLDS for k, i in enumerate(order)}
    return np.array([fold[sample.text] for sample in marked])


def network(rare: Callable[[str], bool]) -> recurrent.Weights:
    """The published network of g2pM with its weights as bytes, for the polyphones that are `rare`."""
    folder = Path(next(iter(importlib.util.find_spec("g2pM").submodule_search_locations)))

    def pickled(name: str) -> Any:
        return pickle.loads((folder / f"{name}.pkl").read_bytes())

    weights, symbols, classes = pickled("np_ckpt"), pickled("char2idx"), pickled("class2idx")
    lines = []
    for character, readings in pickled("digest_cedict").items():
        known = dict.fromkeys(from_numbered(reading) for reading in readings if reading in classes)
        if len(known) > 1 and rare(character):
            lines.append(f"{character}{' '.join(known)}")
    arrays = {"embedding": weights["embedding.weight"]}
    for name, suffix in (("forward", ""), ("backward", "_reverse")):
        arrays[f"{name} input"] = weights[f"lstm.weight_ih_l0{suffix}"]
        arrays[f"{name} state"] = weights[f"lstm.weight_hh_l0{suffix}"]
        arrays[f"{name} bias"] = (weights[f"lstm.bias_ih_l0{suffix}"] + weights[f"lstm.bias_hh_l0{suffix}"])[None]
    for name, layer in (("hidden", 0), ("output", 2)):
        arrays[name] = weights[f"logit_layer.{layer}.weight"]
        arrays[f"{name} bias"] = weights[f"logit_layer.{layer}.bias"][None]
    return recurrent.Weights(
        tuple(sorted(symbols, key=symbols.__getitem__)),
        tuple(from_numbered(reading) for reading in sorted(classes, key=classes.__getitem__)),
        "\n".join(sorted(lines)),
        {name: in_bytes(array, 15 if name == "embedding" else 127) for name, array in arrays.items()},
    )


def in_bytes(array: Floats, levels: int) -> recurrent.Matrix:
    """A matrix as whole numbers of at most `levels`, with a scale for each row."""
    scales = np.maximum(np.abs(array).max(1) / levels, 1e-9)
    values = np.round(array / scales[:, None]).astype(np.int8)
    return recurrent.Matrix(*array.shape, values.tobytes(), tuple(float(scale) for scale in scales))


def cross_validate(sets: dict[str, list[Marked]]) -> None:
    """Print the accuracy on each fold of CPP-dev (trained on the others and on g2pL-train), and on g2pL-dev.

    First that of the linear model alone, then that of the program as it reads a sentence.
    """
    candidates = candidates_of([*sets["cpp-dev"], *sets["g2pl-train"]])
    extractor = Extractor(candidates)
    samples = {name: extractor.samples(marked) for name, marked in sets.items()}
    net = recurrent.ready(network(rare_in(sets)))

    def measure(name: str, training: Samples, chosen: Integers) -> NDArray[np.float64]:
        held_out = samples[name].some(chosen)
        model = train(training, candidates, extractor.lexicon)
        reader = Reader(extractor.lexicon, polyphones.Polyphones(model), net)
        right = [as_read(sets[name][i], reader, extractor.segmenter) == sets[name][i].reading for i in chosen]
        return np.array([accuracy(scores_of(model, held_out), held_out), np.mean(right)])

    fold = folds(sets["cpp-dev"])
    total = np.zeros(2)
    for k in range(FOLDS):
        rest = samples["cpp-dev"].some(np.flatnonzero(fold != k))
        chosen = np.flatnonzero(fold == k)
        found = measure("cpp-dev", together([rest, samples["g2pl-train"]]), chosen)
        print(f"cpp-dev, fold {k + 1}: linear model {found[0]:.4f}, program {found[1]:.4f}", flush=True)
        total += found * len(chosen) / len(fold)
    print(f"cpp-dev: linear model {total[0]:.4f}, program {total[1]:.4f}")
    everything = np.arange(len(sets["g2pl-dev"]))
    found = measure("g2pl-dev", together([samples["cpp-dev"], samples["g2pl-train"]]), everything)
    print(f"g2pl-dev: linear model {found[0]:.4f}, program {found[1]:.4f}")


def as_read(sample: Marked, reader: Reader, segmenter: Segmenter) -> str:
    """How the program reads the marked character."""
    readings = reader.read(segmenter.cut(simplified(sample.text)))
    return [syllable for reading in readings for syllable in reading.syllables][sample.place]


def rare_in(sets: dict[str, list[Marked]]) -> Callable[[str], bool]:
    """Whether a character has few marked sentences."""
    counts = Counter(sample.text[sample.place] for marked in sets.values() for sample in marked)
    return lambda character: counts[character] < RARE


def main() -> int:
    """Train or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=GOLD / "readings", help="the folder of the data sets")
    parser.add_argument("--cross-validate", action="store_true", help="only print scores")
    parser.add_argument("-o", "--output", type=Path, default=TARGET, help="the folder to write the weights to")
    options = parser.parse_args()
    sets = {name: load(options.gold, name) for name in SETS}
    if options.cross_validate:
        cross_validate(sets)
        return 0
    everything = [sample for name in SETS for sample in sets[name]]
    candidates = candidates_of(everything)
    extractor = Extractor(candidates)
    net = network(rare_in(sets))
    model = train(extractor.samples(everything), candidates, extractor.lexicon)
    for name, weights in ((polyphones.WEIGHTS, model), (recurrent.WEIGHTS, net)):
        data = zlib.compress(msgspec.msgpack.encode(weights), 9)
        (options.output / name).write_bytes(data)
        print(f"{options.output / name}: {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
