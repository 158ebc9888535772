"""What the speech becomes, as text to read: a change shows as a diff, and `make accept` takes it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from flashcards import build as pipeline
from flashcards import cards, tables
from flashcards.__main__ import run
from flashcards.lexicon import Lexicon
from flashcards.model import Item, Lesson, Note
from flashcards.recipe import Recipe, parse
from flashcards.sheets import glossary

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"

TELLING = ("Hanzi", "Text", "Pinyin", "Rendering", "OtherRenderings", "Definition", "Sentence", "English", "Parts")
"""The fields in which a change is worth reading; the others follow from them."""

Compare = Callable[[str, str], None]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Compare:
    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--accept"):
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8"), f"{name} has changed; if it is right, run make accept"

    return compare


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    path = ROOT / "decks" / "speech.toml"
    return parse(path.read_text("utf-8"), str(path))


@pytest.fixture(scope="module")
def lesson(recipe: Recipe, lexicon: Lexicon) -> Lesson:
    return pipeline.lesson_of([ROOT / "corpus" / "speech.md"], recipe, lexicon)


def note_text(note: Note) -> str:
    fields = "".join(f"  {name}: {value}\n" for name, value in note.fields if value and name in TELLING)
    return f"{note.due}. {note.kind} ({', '.join(note.cards)}) {' '.join(note.tags)}\n{fields}"


def test_notes(lesson: Lesson, recipe: Recipe, lexicon: Lexicon, golden: Compare) -> None:
    deck, _ = pipeline.make_deck(lesson, recipe, lexicon, cards.Lock(), 0)
    text = "".join(map(note_text, deck.notes))
    golden("notes.txt", text.replace(str(ROOT), ""))


def item_text(item: Item) -> str:
    (start, end), (key,) = item.blanks[0], item.key
    bank = " ".join(option.text for option in item.options)
    return f"{item.stem[:start]}____{item.stem[end:]}\n{item.prompt}\n{key.text} {key.pinyin}: {key.gloss}\n[{bank}]\n"


def test_items(lesson: Lesson, recipe: Recipe, lexicon: Lexicon, golden: Compare) -> None:
    quiz = pipeline.make_quiz(lesson, recipe, lexicon)
    golden("items.txt", "\n".join(map(item_text, quiz.items)))


@pytest.mark.parametrize("table", ["pairs.tsv", "terms.tsv"])
def test_tables(table: str, tmp_path: Path, golden: Compare) -> None:
    recipe = str(ROOT / "decks" / "speech.toml")
    assert run(["build", recipe, "--only", "tables", "--out", str(tmp_path), "-q"]) == 0
    golden(table, (tmp_path / table).read_text("utf-8"))


def row_text(row: dict[str, Any]) -> str:
    zh = f"{row['text']} {row['pinyin']} {'|'.join(row['example'])}"
    return f"{row['number']}. {zh}\n  {row['english']} / {row['definition']} {row['level']}".rstrip() + "\n"


def test_the_glossary(lesson: Lesson, recipe: Recipe, golden: Compare) -> None:
    terms = tables.ordered(lesson.terms, "text", lesson.pairs)
    rows = glossary.sheet(lesson, terms, recipe.threshold, "zh-Hans", "")["terms"]
    golden("glossary.txt", "".join(map(row_text, rows)))


def test_the_term_base(lesson: Lesson, recipe: Recipe, golden: Compare) -> None:
    about = pipeline.about(lesson, recipe.threshold)
    grammar = etree.RelaxNG(etree.parse(ROOT / "tests" / "tables" / "tbx_basic.rng"))
    grammar.assertValid(etree.fromstring(tables.write(tables.TERMS, "tbx", lesson.terms, about)))
    golden("terms.tbx", tables.write(tables.TERMS, "tbx", lesson.terms[:10], about).decode())


def test_the_summary(tmp_path: Path, golden: Compare, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(ROOT / "corpus" / "speech.md"), "--out", str(tmp_path / "out"), "-v"]) == 0
    out, err = capsys.readouterr()
    text = (out + err).replace(str(tmp_path), "").replace(str(ROOT), "")
    golden("summary.txt", re.sub(r"(?<=\d) +$", "", text))


def test_a_new_recipe(tmp_path: Path, golden: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "speech.md").write_bytes((ROOT / "corpus" / "speech.md").read_bytes())
    monkeypatch.chdir(tmp_path)
    assert run(["new", "speech.md"]) == 0
    golden("new.toml", (tmp_path / "speech.toml").read_text("utf-8"))
