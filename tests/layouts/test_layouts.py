"""The same text gives the same pairs, however it is laid out and in whatever format it is stored."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from flashcards import build, readers
from flashcards.chinese.script import traditional
from flashcards.lexicon import Lexicon
from flashcards.recipe import Recipe
from tests import lesson_text
from tests.layouts.writers import WRITERS
from tests.layouts.writers.kit import Files

Pairs = list[tuple[str, str]]

_LEAST_F1 = 0.97
_REFERENCE = "txt two files, Chinese first"

# In these every bead has its own row, line or cue, so that the layout itself tells the alignment.
_TELLING = ("rows with tabs", "table of beads", "units", "cues")

_LIST = "the items of a list are joined as if the other language between them were a page break"
_CELLS = "a cell is never split into sentences"

FAILING: dict[str, str] = {
    **dict.fromkeys(
        [
            "txt paragraphs, Chinese first",
            "txt paragraphs, English first",
            "txt a paragraph a line",
            "txt wrapped at 72 columns",
            "txt traditional characters",
            "txt Windows line ends",
            "txt doubled blank lines",
            "txt indents and blank lines",
            "txt indents alone",
            "txt UTF-8 with a mark",
            "txt UTF-16",
            "txt GB 18030",
            "md paragraphs, Chinese first",
            "md paragraphs, English first",
            "md hard breaks",
            "html paragraphs, Chinese first",
            "html paragraphs, English first",
            "html breaks inside paragraphs",
            "html navigation and scripts around",
            "epub paragraphs",
            "docx paragraphs, Chinese first",
            "docx paragraphs, English first",
            "pdf one column, Chinese first",
            "pdf one column, English first",
        ],
        _LIST,
    ),
    "txt wrapped at 60 columns": f"a closing quotation mark alone on a line is lost; {_LIST}",
    "txt French between": "French is taken for English",
    "txt Japanese between": "Japanese is taken for Chinese",
    "txt pages with running headers": "running headers are taken for text",
    "md table of paragraphs": _CELLS,
    "html table of paragraphs": _CELLS,
}
"""The layouts that the program does not master yet, and why."""

# For whoever merges a reader: a layout of docx, xlsx or csv is tested as soon as `readers.SUFFIXES` has its suffix.
# Once all are in, this selection leaves nothing out, and goes.
READABLE = [name for name in WRITERS if f".{name.split()[0]}" in {*readers.SUFFIXES, ".txt"}]


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


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xfail(reason=FAILING[name], strict=True)) if name in FAILING else name
        for name in READABLE
    ],
)
def test_same_pairs(
    name: str, text: lesson_text.LessonText, reference: Pairs, lexicon: Lexicon, tmp_path: Path
) -> None:
    gold = text.pairs()
    expected = gold if name.endswith(_TELLING) else reference
    if "traditional" in name:
        gold, expected = ([(traditional(zh), en) for zh, en in pairs] for pairs in (gold, expected))
    found = pairs_in(WRITERS[name](text), tmp_path, lexicon)
    assert strict_f1(found, gold) >= _LEAST_F1
    assert found == expected


def test_failing_layouts_exist() -> None:
    assert FAILING.keys() <= WRITERS.keys()
