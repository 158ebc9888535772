"""The same text gives the same pairs, however it is laid out and in whatever format it is stored."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from flashcards import build
from flashcards.chinese.script import traditional
from flashcards.lexicon import Lexicon
from flashcards.recipe import Recipe
from flashcards.text import layouts, sentences
from tests import lesson_text
from tests.layouts.writers import WRITERS
from tests.layouts.writers.kit import LANGUAGES, Files

Pairs = list[tuple[str, str]]

_LEAST_F1 = 0.97
_REFERENCE = "txt two files, Chinese first"

# In these every bead has its own row, line or cue, so that the layout itself tells the alignment.
_TELLING = ("rows with tabs", "table of beads", "units", "cues")
_LINES = "line by line"


def _key(text: str) -> str:
    """What is compared: letters, digits and characters, without case and width."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def strict_f1(found: Pairs, gold: Pairs) -> float:
    """The share of pairs of which both sides are those of a gold pair, as the harmonic mean of precision and recall."""
    ours, theirs = (Counter((_key(zh), _key(en)) for zh, en in pairs) for pairs in (found, gold))
    return 2 * (ours & theirs).total() / (len(found) + len(gold))


def pairs_in(files: Files, folder: Path, lexicon: Lexicon) -> Pairs:
    """The pairs that the program finds in some files."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    recipe = Recipe(id="lesson", sources=tuple(files))
    lesson = build.lesson_of([folder / name for name in files], recipe, lexicon, with_terms=False)
    return [(pair.zh, pair.en) for pair in lesson.pairs]


@pytest.fixture(scope="module")
def text() -> lesson_text.LessonText:
    return lesson_text.load()


@pytest.fixture(scope="module")
def reference(
    text: lesson_text.LessonText, lexicon: Lexicon, tmp_path_factory: pytest.TempPathFactory
) -> Pairs:
    return pairs_in(WRITERS[_REFERENCE](text), tmp_path_factory.mktemp("reference"), lexicon)


@pytest.mark.parametrize("name", WRITERS)
def test_same_pairs(
    name: str, text: lesson_text.LessonText, reference: Pairs, lexicon: Lexicon, tmp_path: Path
) -> None:
    gold = text.pairs()
    expected = gold if name.endswith(_TELLING) or _LINES in name else reference
    if "traditional" in name:
        gold, expected = ([(traditional(zh), en) for zh, en in pairs] for pairs in (gold, expected))
    found = pairs_in(WRITERS[name](text), tmp_path, lexicon)
    assert strict_f1(found, gold) >= _LEAST_F1
    assert found == expected


_COLUMNS = "the last words of an item that is wrapped in a column begin a block"
_UNFAMILIAR = {
    "pdf all Chinese, then all English": "the bullet of an item behind a paragraph is taken for text",
    "pdf two columns, Chinese left": _COLUMNS,
    "pdf two columns, English left": _COLUMNS,
}
"""The layouts in which another text is not mastered yet, and why."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xfail(reason=_UNFAMILIAR[name])) if name in _UNFAMILIAR else name
        for name in WRITERS
        if not name.endswith(_TELLING)
    ],
)
def test_another_text_keeps_its_sentences(name: str, lexicon: Lexicon, tmp_path: Path) -> None:
    tea = lesson_text.load("tea")
    files = WRITERS[name](tea)
    for file, data in files.items():
        (tmp_path / file).write_bytes(data)
    document, _ = build.read_sources([tmp_path / file for file in files])
    found = sentences.split(layouts.arrange(document.blocks, lexicon.is_english)[0])
    for lang in LANGUAGES:
        expected = [sentence for bead in tea.beads for sentence in (bead.zh if lang == "zh" else bead.en)]
        if "traditional" in name and lang == "zh":
            expected = [traditional(sentence) for sentence in expected]
        assert [sentence.text for sentence in found if sentence.lang == lang] == expected
