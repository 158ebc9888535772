"""The speech as a lesson, and small pairs and blanks to try rules on."""

from pathlib import Path

import pytest

from flashcards.model import Bead, Lesson, Pair, Place, Sentence, pairs_of
from flashcards.quizzes.senses import Senses
from flashcards.terms import Sources, find_terms

DATA = Path(__file__).parent.parent / "data"
NOWHERE = Place("test")


def pair_of(zh, en, confidence=1.0) -> Pair:
    """A pair; " ¦ " stands between the sentences of a side."""
    chinese, english = (
        tuple(Sentence(text, lang, NOWHERE) for text in side.split(" ¦ ") if text)
        for side, lang in ((zh, "zh"), (en, "en"))
    )
    return Pair("pair", Bead(chinese, english, confidence))


def lesson_of(rows, lexicon, analyser, limit=100) -> Lesson:
    beads = [pair_of(zh, en).bead for zh, en in rows]
    pairs = pairs_of(beads)
    words = tuple(analyser.words(analyser.cut(pair.zh)) for pair in pairs)
    terms, _ = find_terms(pairs, words, Sources(lexicon, analyser.term), limit)
    return Lesson("test", "A test", tuple(beads), pairs, words, terms, ())


@pytest.fixture(scope="session")
def speech(lexicon, analyser) -> Lesson:
    lines = (DATA / "speech.pairs.tsv").read_text("utf-8").splitlines()
    return lesson_of([line.split("\t") for line in lines if line[0] != "#"], lexicon, analyser)


@pytest.fixture(scope="session")
def senses(lexicon) -> Senses:
    return Senses(lexicon)
