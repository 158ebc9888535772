"""The network that helps where the model is unsure."""

import math

import pytest

from flashcards.chinese import polyphones, recurrent
from flashcards.chinese.recurrent import REACH, Network
from flashcards.chinese.syllables import from_numbered, numbered

SENTENCES = {
    "one character": "{}",
    "a sentence": "他说这个{}字很难读。",
    "marks and letters": "“A{}”，1！",
    "what it has never seen": "\U00020000\ue000\U0001f600{}\ud800\n",
    "longer than its reach": "天" * 3 * REACH + "{}" + "地" * 3 * REACH,
}


@pytest.fixture(scope="module")
def network() -> Network:
    return recurrent.trained()


def test_every_candidate_is_a_syllable_that_the_network_knows(network: Network) -> None:
    assert len(network.candidates) > 100
    for character, candidates in network.candidates.items():
        assert len(set(candidates)) == len(candidates) > 1, character
        assert all(from_numbered(numbered(candidate)) == candidate for candidate in candidates), character
        assert set(candidates) <= set(network.readings), character


def test_it_helps_the_model_with_some_characters(network: Network) -> None:
    assert set(network.candidates) & set(polyphones.trained().candidates)


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
def test_probabilities_sum_to_one(network: Network, sentence: str) -> None:
    for character in list(network.candidates)[::7]:
        text = sentence.format(character)
        (found,) = network.log_probabilities(text, [text.index(character)])
        assert tuple(found) == network.candidates[character]
        assert all(value <= 1e-6 for value in found.values())
        assert sum(map(math.exp, found.values())) == pytest.approx(1, abs=1e-5)


def test_what_is_out_of_reach_changes_nothing(network: Network) -> None:
    character = next(iter(network.candidates))
    near = "山" * REACH + character + "水" * REACH
    (alone,) = network.log_probabilities(near, [REACH])
    for far in ("天", "读书，读书。", "\U00020000" * 50):
        (found,) = network.log_probabilities(far + near + far, [len(far) + REACH])
        assert found == pytest.approx(alone, abs=1e-4)


def test_several_places_at_once_are_as_each_alone(network: Network) -> None:
    characters = list(network.candidates)[:8]
    text = "，是".join(characters) + "天" * 2 * REACH + "".join(characters)
    places = [i for i, character in enumerate(text) if character in network.candidates]
    together = network.log_probabilities(text, places)
    assert len(together) == len(places) > len(characters)
    for place, found in zip(places, together, strict=True):
        (alone,) = network.log_probabilities(text, [place])
        assert found == pytest.approx(alone, abs=1e-4)
