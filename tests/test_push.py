"""Sending a deck to a running Anki: over a real collection, and over everything that can go wrong."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flashcards import ankiconnect, cards
from flashcards.__main__ import run

from .anki_collection import Anki
from .anki_connect import Answer, answers, imported, said, served
from .cards.conftest import build
from .cards.lessons import DEMO, ROWS, TERMS, lesson
from .test_ankiconnect import free_port

Push = Callable[..., dict[str, Any]]
ALL = len(build(DEMO)[0].notes)


@pytest.fixture
def push(anki: Anki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: Any) -> Push:
    """Pushes a package into the collection and returns what is printed of it, without its path."""

    def send(data: bytes, *options: str, name: str = "demo.apkg") -> dict[str, Any]:
        path = tmp_path / name
        path.write_bytes(data)
        with served(answers(anki.col)) as address:
            monkeypatch.setenv("ANKICONNECT_URL", address)
            assert run(["push", str(path), "--json", *options]) == 0
        out, err = capsysbinary.readouterr()
        assert err == b""
        told: dict[str, Any] = json.loads(out)
        assert told.pop("deck") == str(path)
        return told

    return send


def report(**figures: Any) -> dict[str, Any]:
    nothing = {"added": 0, "updated": 0, "unchanged": 0, "missing": 0, "left": [], "warnings": 0}
    return {"id": "demo", "notes": ALL, **nothing, **figures}


def changed(how: Callable[[list[Any]], list[Any]], now: int = 1_700_000_001) -> bytes:
    """The demo with its terms changed, built upon its own lock."""
    return build(lesson(ROWS, tuple(how(list(TERMS)))), build(DEMO)[1], now=now)[2]


def corrected(now: int = 1_700_000_001) -> bytes:
    """One definition is another."""
    other = ("安全", "", "security", 3)
    return changed(lambda terms: [other if term[0] == other[0] else term for term in terms], now)


def shortened() -> bytes:
    """Without one term, and without its note."""
    return changed(lambda terms: [term for term in terms if term[0] != "安全"])


def test_a_first_push_and_the_same_again(anki: Anki, push: Push) -> None:
    data = build(DEMO)[2]
    assert push(data) == report(added=ALL)
    assert len(anki.col.find_notes("")) == ALL
    anki.review(5)
    before = anki.schedule()
    assert len(before) >= 3
    assert push(data) == report(unchanged=ALL)
    assert anki.schedule() == before


def test_a_corrected_term(anki: Anki, push: Push) -> None:
    push(build(DEMO)[2])
    anki.review(8)
    before = anki.schedule()
    assert push(corrected()) == report(updated=1, unchanged=ALL - 1)
    assert anki.note(Hanzi="安全", CardRecognise="yes")["Definition"] == "security"
    assert anki.schedule() == before


def test_what_the_user_edited_stays(anki: Anki, push: Push) -> None:
    push(build(DEMO)[2])
    note = anki.note(Hanzi="安全", CardRecognise="yes")
    note["Definition"] = "my own words"
    note.tags.append("mine")
    anki.col.update_note(note)
    assert push(corrected()) == report(unchanged=ALL)
    again = anki.note(Hanzi="安全", CardRecognise="yes")
    assert (again["Definition"], "mine" in again.tags) == ("my own words", True)


def test_a_term_that_is_there_no_more(anki: Anki, push: Push) -> None:
    push(build(DEMO)[2])
    gone = anki.note(Hanzi="安全", CardRecognise="yes")
    assert push(shortened()) == report(notes=ALL - 1, unchanged=ALL - 1, left=[gone.id])
    assert anki.col.get_note(gone.id)["Hanzi"] == "安全"


def rename(anki: Anki) -> None:
    """Everything that has a name gets another."""
    col = anki.col
    for kind in [kind for kind in col.models.all() if kind["name"].startswith("Flashcards")]:
        kind["name"] = "Mine " + kind["name"]
        for field in kind["flds"]:
            field["name"] = "My " + field["name"]
        col.models.update_dict(kind)
    for deck in list(col.decks.all_names_and_ids()):
        if deck.id != 1:
            col.decks.rename(deck.id, "My deck")
    col.tags.rename("flashcards", "mine")


def add_field(anki: Anki) -> None:
    col = anki.col
    for kind in [kind for kind in col.models.all() if kind["name"].startswith("Flashcards")]:
        col.models.add_field(kind, col.models.new_field("Mine"))
        col.models.update_dict(kind)


def move(anki: Anki) -> None:
    anki.col.set_deck([card.id for card in anki.cards()], anki.col.decks.id("Elsewhere::*"))


def exclude_keys(anki: Anki) -> None:
    for kind in [kind for kind in anki.col.models.all() if kind["name"].startswith("Flashcards")]:
        kind["flds"][0]["excludeFromSearch"] = True
        anki.col.models.update_dict(kind)


ARRANGED = {"renamed": rename, "one more field": add_field, "moved": move, "excluded from searches": exclude_keys}


@pytest.mark.parametrize("arrange", ARRANGED.values(), ids=ARRANGED)
def test_an_anki_that_its_user_has_arranged(arrange: Callable[[Anki], None], anki: Anki, push: Push) -> None:
    push(build(DEMO)[2])
    anki.review(5)
    arrange(anki)
    before = anki.schedule()
    assert push(build(DEMO)[2]) == report(unchanged=ALL)
    assert push(corrected()) == report(updated=1, unchanged=ALL - 1)
    assert anki.schedule() == before


def test_a_key_that_the_user_changed(anki: Anki, push: Push) -> None:
    push(build(DEMO)[2])
    note = anki.note(Hanzi="安全", CardRecognise="yes")
    note["Key"] = "mine"
    anki.col.update_note(note)
    assert push(build(DEMO)[2]) == report(unchanged=ALL - 1, missing=1)


def test_a_copy_counts_once(anki: Anki, push: Push) -> None:
    push(build(DEMO)[2])
    note = anki.note(Hanzi="安全", CardRecognise="yes")
    copy = anki.col.new_note(note.note_type())
    copy.fields = list(note.fields)
    anki.col.add_note(copy, 1)
    assert push(build(DEMO)[2]) == report(unchanged=ALL)


def test_notes_of_other_decks_are_not_counted(anki: Anki, push: Push) -> None:
    push(build(lesson(ROWS, TERMS, deck_id="demo-2"))[2])
    push(build(lesson(ROWS, TERMS[:2], deck_id="DEMO"))[2])
    note = anki.col.new_note(anki.col.models.by_name("Basic"))
    note["Front"], note["Back"] = "a demo term x", "demo term 91d2359b5f8a555d"
    anki.col.add_note(note, 1)
    assert push(build(DEMO)[2]) == report(added=ALL)


HOSTILE = ("a*b", "a_b", "a.b-c", "re:.*", "tag:x", '"', '\\"', "a\\", "(or)", "-x", "<b>&amp;", "{{c1::x}}", "%", "*",
           "上海精神", "豈", "\u1112\u1161\u11ab", unicodedata.normalize("NFD", "é"), "nc:é", "x:y", "[sound:x]", "'")  # fmt: skip


@pytest.mark.parametrize("deck_id", HOSTILE)
def test_a_hostile_deck_id(deck_id: str, anki: Anki, push: Push) -> None:
    data = build(lesson(ROWS, TERMS, deck_id=deck_id))[2]
    push(build(lesson(ROWS, TERMS, deck_id="axb"))[2])
    for figures in (report(added=ALL), report(unchanged=ALL)):
        told = push(data)
        assert {**told, "id": "demo"} == figures
        assert told["id"] == deck_id
    shorter = build(lesson(ROWS, TERMS[:-1], deck_id=deck_id))[2]
    assert len(push(shorter)["left"]) == 1


def test_many_notes_are_asked_for_in_parts(push: Push, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ankiconnect, "_AT_ONCE", 3)
    assert push(build(DEMO)[2]) == report(added=ALL)


def test_what_is_printed(
    anki: Anki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "demo.apkg"

    def printed(data: bytes, *options: str) -> str:
        path.write_bytes(data)
        assert run(["push", str(path), *options]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return re.sub(r"\d{5,}", "N", out)

    with served(answers(anki.col)) as address:
        monkeypatch.setenv("ANKICONNECT_URL", address)
        assert printed(build(DEMO)[2]) == f"demo\n    {ALL} added\n     0 updated\n     0 unchanged\n"
        left = "left       in the deck no more; they stay in Anki, with their reviews"
        assert printed(shortened()).endswith(f"    {ALL - 1} unchanged\n     1 {left}\n")
        assert printed(shortened(), "-v").endswith(f"     1 {left}: nid:N\n")
        assert printed(corrected(), "-q") == ""


def test_a_recipe_means_the_deck_that_was_built_of_it(
    anki: Anki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = tmp_path / "a.toml"
    recipe.write_text('id = "demo"\nsources = ["gone.md"]\n', "utf-8")
    with served(answers(anki.col)) as address:
        monkeypatch.setenv("ANKICONNECT_URL", address)
        monkeypatch.chdir(tmp_path)
        assert run(["push", "a.toml"]) == 3
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert "demo.apkg: no such file: build it first: flashcards build a.toml" in err
        (tmp_path / "demo").mkdir()
        (tmp_path / "demo" / "demo.apkg").write_bytes(build(DEMO)[2])
        assert run(["push", "a.toml"]) == 0
    assert f"{ALL} added" in capsys.readouterr().out
