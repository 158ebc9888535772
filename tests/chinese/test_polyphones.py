"""The model of contexts: its file, its features, its scores."""

import importlib.util
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from types import ModuleType

import pytest

from flashcards.chinese import polyphones, recurrent
from flashcards.chinese.polyphones import (
    FEATURES,
    KEYS,
    VOTES,
    Context,
    Polyphones,
    Votes,
    Weights,
    ballots,
    context,
    features_at,
    surrounded,
    votes_at,
)
from flashcards.chinese.syllables import from_numbered, numbered
from flashcards.chinese.words import Segmenter
from flashcards.lexicon import Lexicon
from tests.conftest import ROOT

TRAINING = ROOT / "tools" / "train_readings.py"
PACKAGE = Path(polyphones.__file__).parent

SENTENCES = """
    他还没把书还给我，行长说这行不行。 为人民服务，以史为鉴，成为老师。 音乐使人快乐，乐队在演奏。
    重庆的银行行长要重新数一数。 得了吧，你得走得快一点。 长江很长，孩子长得快。 参差不齐的参加者。 着着 了了
    2020年，COVID-19大流行，AA制的T恤。 “单先生”（朝鲜）！ 的 𠀀长𠮷 😀得
""".split()    # made up, to have polyphones beside everything else

GOLDEN_WORDS = (("他", 1, 11, 12, 114), ("还", 1, 13, 14, 100), ("书", 1, 15, 16, 110))
GOLDEN_KEYS = [
    1, 117071, 117830, 257797, 29569, 106, 154, 171, 231, 268, 358, 152, 381,
    246, 493, 151, 157, 21949, 86648, 93182,
]  # fmt: skip
GOLDEN_CONTEXT = 1437019388
GOLDEN_READINGS = 4220129276

Place = tuple[str, int, str, list[int], Votes]
"""A sentence, the place of a character in it, the character, its features, and its votes."""


@pytest.fixture(scope="module")
def model() -> Polyphones:
    return polyphones.trained()


@pytest.fixture(scope="module")
def stored() -> Weights:
    return polyphones.stored()


def places_of(sentence: str, model: Polyphones, lexicon: Lexicon, segmenter: Segmenter) -> Iterator[Place]:
    words = segmenter.cut(sentence)
    around = surrounded([context(word, lexicon) for word in words])
    for i, (word, start) in enumerate(zip(words, accumulate(map(len, words), initial=0), strict=False)):
        for offset, character in enumerate(word):
            if character in model.candidates:
                votes = votes_at(around, i + 2, offset, lexicon)
                yield sentence, start + offset, character, features_at(around, i + 2, offset, votes), votes


@pytest.fixture(scope="module")
def places(model: Polyphones, lexicon: Lexicon) -> list[Place]:
    segmenter = Segmenter(lexicon)
    return [place for sentence in SENTENCES for place in places_of(sentence, model, lexicon, segmenter)]


def test_the_files_are_small() -> None:
    sizes = [(PACKAGE / name).stat().st_size for name in (polyphones.WEIGHTS, recurrent.WEIGHTS)]
    assert sum(sizes) < 1_000_000, sizes


def test_every_table_has_its_weights(stored: Weights, model: Polyphones) -> None:
    sizes = memoryview(stored.sizes).cast("H").tolist()
    assert len(sizes) == sum(map(len, model.candidates.values()))
    assert [len(plane) for plane in stored.keys] == [sum(sizes)] * 3 == [len(stored.weights)] * 3
    assert len(stored.votes) == VOTES
    assert stored.scale > 0


def test_the_disputed_words_are_open(model: Polyphones, lexicon: Lexicon) -> None:
    assert 10 < len(model.disputed) < 500
    for word, places in model.disputed.items():
        assert word in lexicon
        assert all(word[place] in model.candidates for place in places)


def test_every_candidate_is_a_syllable(model: Polyphones) -> None:
    assert len(model.candidates) > 500
    for character, candidates in model.candidates.items():
        assert len(character) == 1
        assert len(set(candidates)) == len(candidates) > 1, character
        for candidate in candidates:
            assert from_numbered(numbered(candidate)) == candidate, (character, candidate)


def test_features_are_keys(places: list[Place]) -> None:
    assert len(places) > 50
    assert max(len(features) for *_, features, _ in places) <= FEATURES
    for *_, features, _ in places:
        assert all(isinstance(feature, int) and 0 <= feature < KEYS for feature in features)


def test_votes_are_numbers_of_weights(places: list[Place], model: Polyphones) -> None:
    for *_, character, _, votes in places:
        for rank, candidate in enumerate(model.candidates[character]):
            assert all(0 <= vote < VOTES for vote in ballots(votes, candidate, rank))


def test_hashes_are_the_same_on_every_machine(lexicon: Lexicon) -> None:
    """Weights are found by these numbers: if they change, the model has to be trained again."""
    sentence = surrounded([Context(*word) for word in GOLDEN_WORDS])
    assert features_at(sentence, 3, 0, (None, None)) == GOLDEN_KEYS
    assert polyphones.context("行长", lexicon).key == GOLDEN_CONTEXT
    said, _ = votes_at(surrounded([polyphones.context("行长", lexicon)]), 2, 0, lexicon)
    assert said
    assert (said.readings, said.number) == ({"háng"}, GOLDEN_READINGS)


def test_scores_are_finite_and_the_same_each_time(places: list[Place], model: Polyphones) -> None:
    for *_, character, features, votes in places:
        scores = model.scores(character, features, votes)
        assert len(scores) == len(model.candidates[character])
        assert all(abs(score) < 100 for score in scores)
        assert scores == model.scores(character, features, votes)


def test_the_first_candidate_has_no_features_of_its_own(model: Polyphones) -> None:
    """Its score is that of its votes: the others' weights are relative to it."""
    votes: Votes = (None, None)
    first = [model.scores("还", [feature], votes)[0] for feature in range(1, 200)]
    assert len(set(first)) == 1


def test_weights_of_several_readings_add_up_side_by_side(model: Polyphones) -> None:
    """They are sums in one integer, some negative: those of all keys at once are those of each key."""
    votes: Votes = (None, None)
    for character in ("还", "得", "着", "和"):
        none = model.scores(character, [], votes)
        keys = list(range(0, KEYS, 400))
        each = [model.scores(character, [key], votes) for key in keys]
        expected = [start + sum(own[i] - start for own in each) for i, start in enumerate(none)]
        assert model.scores(character, keys, votes) == pytest.approx(expected), character


@pytest.fixture(scope="module")
def training() -> ModuleType:
    """The tool that trains the model, which is no part of the package."""
    pytest.importorskip("numpy")
    if not TRAINING.exists():
        pytest.skip(f"no {TRAINING.name}")
    spec = importlib.util.spec_from_file_location("train_readings", TRAINING)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module    # its dataclasses look for their module there
    spec.loader.exec_module(module)
    return module


def test_scores_are_those_of_the_training(
    training: ModuleType, places: list[Place], model: Polyphones, stored: Weights
) -> None:
    marked = [
        training.Marked(sentence, place, model.candidates[character][-1]) for sentence, place, character, *_ in places
    ]
    samples = training.Extractor(dict(model.candidates)).samples(marked)
    expected = iter(training.scores_of(stored, samples).tolist())
    for *_, character, features, votes in places:
        scores = model.scores(character, features, votes)
        assert scores == pytest.approx([next(expected) for _ in scores], abs=1e-4), character
    assert next(expected, None) is None
