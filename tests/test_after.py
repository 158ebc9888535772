"""Lessons that follow one another: what the earlier decks teach is taught no more, and no deck touches another's."""

from pathlib import Path

import pytest

from flashcards.__main__ import run
from tests.anki_collection import Anki

FIRST = """病毒不分国界，各国要携手抗疫。

The virus respects no borders, and all countries must fight it together.

疫苗至关重要。

Vaccines play a vital role.

我们要加强国际合作。

We need to strengthen international cooperation.
"""
SECOND = """病毒不分国界，各国要携手抗疫。

The virus respects no borders, and all countries must fight it together.

我们要开展疫苗研发合作。

We need to cooperate on the research and development of vaccines.

各国要维护公共卫生安全。

All countries need to safeguard public health security.
"""
WORDS = '\n[[terms]]\ntext = "疫苗"\nadd = true\n'


def recipe(folder: Path, id: str, text: str, more: str = "", corrections: str = "") -> Path:
    (folder / f"{id}.md").write_text(text, "utf-8")
    path = folder / f"{id}.toml"
    path.write_text(f'id = "{id}"\ntitle = "Lesson {id}"\nsources = ["{id}.md"]\n{more}\n{corrections}', "utf-8")
    return path


def deck(path: Path) -> bytes:
    assert run(["build", str(path), "--only", "deck", "-q"]) == 0
    return (path.parent / path.stem / f"{path.stem}.apkg").read_bytes()


def hanzi(anki: Anki, id: str, kind: str) -> set[str]:
    found = anki.col.find_notes(f'"note:Flashcards {kind}" tag:flashcards::{id}')
    return {anki.col.get_note(note)["Hanzi"] for note in found}


def test_what_the_first_has_taught_is_left_out_of_the_second(tmp_path: Path, anki: Anki) -> None:
    anki.take(deck(recipe(tmp_path, "one", FIRST)))
    anki.take(deck(recipe(tmp_path, "two", SECOND)))
    assert "疫苗" in hanzi(anki, "one", "term") & hanzi(anki, "two", "term")
    assert "病毒不分国界，各国要携手抗疫。" in hanzi(anki, "one", "sentence") & hanzi(anki, "two", "sentence")

    anki.take(deck(recipe(tmp_path, "three", SECOND, 'after = ["one"]')))
    assert not hanzi(anki, "one", "term") & hanzi(anki, "three", "term")
    assert not hanzi(anki, "one", "sentence") & hanzi(anki, "three", "sentence")
    assert hanzi(anki, "three", "sentence") == {"我们要开展疫苗研发合作。", "各国要维护公共卫生安全。"}
    assert hanzi(anki, "three", "term")

    # By the chain of lessons, too; and a word that the user wants is there all the same.
    anki.take(deck(recipe(tmp_path, "four", FIRST + SECOND, 'after = ["three.toml"]', WORDS)))
    earlier = hanzi(anki, "one", "term") | hanzi(anki, "three", "term")
    assert hanzi(anki, "four", "term") & earlier == {"疫苗"}
    assert hanzi(anki, "four", "sentence") == set()


def test_lessons_that_share_terms_do_not_touch_each_other(tmp_path: Path, anki: Anki) -> None:
    anki.take(deck(recipe(tmp_path, "one", FIRST)))
    anki.review(4)
    before, notes = anki.schedule(), {id: anki.col.get_note(id).fields for id in anki.col.find_notes("")}
    render = '\n[[terms]]\ntext = "疫苗"\nrender = "jab"\n'
    anki.take(deck(recipe(tmp_path, "two", SECOND, corrections=render)))
    assert (anki.imported["updated"], anki.imported["conflicting"]) == (0, 0)
    assert anki.schedule() == before
    assert {id: anki.col.get_note(id).fields for id in notes} == notes


def test_lessons_that_name_each_other(tmp_path: Path) -> None:
    one = recipe(tmp_path, "one", FIRST)
    deck(one)
    recipe(tmp_path, "one", FIRST, 'after = ["two", "one"]')
    deck(recipe(tmp_path, "two", SECOND, 'after = ["one"]'))
    assert deck(one)


@pytest.mark.parametrize(
    ("after", "code", "message"),
    [("nowhere", 3, "nowhere.toml: no such file"), ("new", 3, "new.lock is not there"), ("bad", 4, "bad.toml")],
)
def test_a_lesson_that_is_not_there(
    after: str, code: int, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe(tmp_path, "new", FIRST)
    (tmp_path / "bad.toml").write_text("colour = 1", "utf-8")
    path = recipe(tmp_path, "two", SECOND, f'after = ["{after}"]')
    assert run(["build", str(path), "-q"]) == code
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert message in error
    assert not (tmp_path / "two").exists()
