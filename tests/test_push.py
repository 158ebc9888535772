"""Sending a deck to a running Anki: over a real collection, and over everything that can go wrong."""

import io
import json
import re
import time
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flashcards import ankiconnect
from flashcards.__main__ import run

from .anki_collection import Anki
from .anki_connect import Answer, answers, said, served
from .cards.conftest import build
from .cards.lessons import DEMO, ROWS, TERMS, lesson
from .cards.test_check import change, spoilt
from .test_ankiconnect import free_port

Push = Callable[..., dict[str, Any]]
ALL = len(build(DEMO)[0].notes)

LATER = 2_000_000_000
"""Seconds since 1970: after all that a test does."""


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
    assert push(corrected(LATER)) == report(updated=1, unchanged=ALL - 1)
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


HOSTILE = (
    "a*b", "a_b", "a.b-c", "re:.*", "nc:é", "tag:x", '"', '\\"', "a\\", "(or)", "-x", "<b>&amp;", "{{c1::x}}", "%", "'",
    "*", "x:y", "[sound:x]", "上海精神", "豈", "\u1112\u1161\u11ab", unicodedata.normalize("NFD", "é"),
)  # fmt: skip


@pytest.mark.parametrize("deck_id", HOSTILE)
def test_a_hostile_deck_id(deck_id: str, push: Push) -> None:
    data = build(lesson(ROWS, TERMS, deck_id=deck_id))[2]
    push(build(lesson(ROWS, TERMS, deck_id="axb"))[2])
    for figures in (report(added=ALL), report(unchanged=ALL)):
        told = push(data)
        assert {**told, "id": "demo"} == figures
        assert told["id"] == deck_id
    shorter = build(lesson(ROWS, (*TERMS[:4], *TERMS[5:]), deck_id=deck_id))[2]
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


def instead(action: str, told: bytes, wait: float = 0.0) -> Callable[[Any], Answer]:
    """An AnkiConnect that answers one action in another way."""

    def over(col: Any) -> Answer:
        usual = answers(col)

        def answer(body: bytes) -> bytes:
            if json.loads(body)["action"] != action:
                return usual(body)
            time.sleep(wait)
            return told

        return answer

    return over


NO_KEY = "AnkiConnect wants its API key: set ANKICONNECT_KEY"
WRONG_KEY = "AnkiConnect does not accept this API key: set ANKICONNECT_KEY"
OLD = "does not speak version 6 of its protocol: update the add-on"
DENIED = "AnkiConnect does not let flashcards in: answer Yes"
STRANGE = "is not AnkiConnect: start Anki"
UNREAD = "see that Anki may read the file, or import it there with File > Import"
FAILURES: dict[str, tuple[Callable[[Any], Answer], str, str]] = {
    "no key": (lambda col: answers(col, "secret"), "", NO_KEY),
    "no key, and the documentation's spelling": (
        instead("requestPermission", said({"permission": "granted", "requireApiKey": True, "version": 6})), "", NO_KEY
    ),
    "a wrong key": (lambda col: answers(col, "secret"), "public", WRONG_KEY),
    "a key where none is wanted": (lambda col: answers(col), "public", WRONG_KEY),
    "denied": (lambda col: answers(col, permission="denied"), "", DENIED),
    "version 5": (lambda col: answers(col, version=5), "", OLD),
    "a version that has no errors": (instead("version", b"4"), "", OLD),
    "before permissions": (instead("requestPermission", said(None, "unsupported action")), "", OLD),
    "a version that is none": (instead("version", said("6")), "", STRANGE),
    "a truth as version": (instead("version", said(True)), "", STRANGE),
    "a permission that is none": (instead("requestPermission", said(["granted"])), "", STRANGE),
    "a permission that says nothing": (instead("requestPermission", said({})), "", STRANGE),
    "null": (lambda _: lambda _: b"null", "", STRANGE),
    "no JSON": (lambda _: lambda _: b"AnkiConnect v.6", "", STRANGE),
    "deep JSON": (lambda _: lambda _: b"[" * 100_000, "", STRANGE),
    "notes that are none": (instead("findNotes", said([1])), "", "Anki refuses: "),
    "ids that are none": (instead("findNotes", said({"a": 1})), "", STRANGE),
    "notes without tags": (
        lambda col: (lambda given: lambda body: given.pop(json.loads(body)["action"], answers(col))(body))(
            {"findNotes": lambda _: said([1]), "notesInfo": lambda _: said([{"noteId": 1, "fields": {}}])}
        ), "", STRANGE
    ),
    "no profile": (lambda _: answers(None), "", "Anki has no profile open: choose one in it"),
    "an import that fails": (instead("importPackage", said(None, "no such\nfile")), "", f"no such file: {UNREAD}"),
    "an import that says no": (instead("importPackage", said(False)), "", UNREAD),
    "an import that says nothing": (instead("importPackage", said(None)), "", UNREAD),
    "a late answer": (instead("version", said(6), wait=1), "", "did not answer within 0.5 seconds: close the dialogs"),
    "a late import": (instead("importPackage", said(True), wait=1.5), "", "did not answer within 0.7 seconds"),
}  # fmt: skip


@pytest.mark.parametrize(("over", "key", "message"), FAILURES.values(), ids=FAILURES)
def test_what_anki_may_answer(
    over: Callable[[Any], Answer],
    key: str,
    message: str,
    anki: Anki,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(ankiconnect, "TIMEOUT", 0.5)
    monkeypatch.setattr(ankiconnect, "IMPORT_TIMEOUT", 0.7)
    monkeypatch.setenv("ANKICONNECT_KEY", key)
    path = tmp_path / "demo.apkg"
    path.write_bytes(build(DEMO)[2])
    with served(over(anki.col)) as address:
        monkeypatch.setenv("ANKICONNECT_URL", address)
        assert run(["push", str(path), "--json"]) == 3
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert message in err
    assert anki.col.note_count() == 0


def test_a_key_and_a_slow_import(
    anki: Anki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ankiconnect, "TIMEOUT", 1)
    monkeypatch.setenv("ANKICONNECT_KEY", "secret")
    path = tmp_path / "demo.apkg"
    path.write_bytes(build(DEMO)[2])
    usual = answers(anki.col, "secret")

    def slow(body: bytes) -> bytes:
        if json.loads(body)["action"] == "importPackage":
            time.sleep(1.5)
        return usual(body)

    with served(slow) as address:
        monkeypatch.setenv("ANKICONNECT_URL", address)
        assert run(["push", str(path)]) == 0
    assert f"{ALL} added" in capsys.readouterr().out


def test_a_server_that_forbids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "demo.apkg"
    path.write_bytes(build(DEMO)[2])
    with served(lambda _: b"", status=403) as address:
        monkeypatch.setenv("ANKICONNECT_URL", address)
        assert run(["push", str(path)]) == 3
    assert DENIED in capsys.readouterr().err
    monkeypatch.setenv("ANKICONNECT_URL", f"http://127.0.0.1:{free_port()}")
    assert run(["push", str(path)]) == 3
    assert "start Anki with the add-on AnkiConnect" in capsys.readouterr().err


def of_two_decks() -> bytes:
    return spoilt(build(DEMO)[2], "UPDATE notes SET flds = 'b' || flds WHERE id = (SELECT min(id) FROM notes)")


def newer() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("collection.anki21b", "x")
    return out.getvalue()


NO_DECKS: dict[str, tuple[str, Callable[[], bytes] | None, str, int]] = {
    "nothing": ("a.apkg", None, "no such file", 3),
    "text": ("a.apkg", lambda: b"text", "is no Anki package", 3),
    "an empty file": ("a.apkg", lambda: b"", "is no Anki package", 3),
    "a newer format": ("a.apkg", newer, "is in Anki's newer format", 3),
    "no notes": ("a.apkg", lambda: spoilt(build(DEMO)[2], "DELETE FROM notes"), "has not the notes of one deck", 3),
    "notes of others": ("a.apkg", lambda: spoilt(build(DEMO)[2], *change("demo ", "")), "has not the notes of one", 3),
    "notes of two decks": ("a.apkg", of_two_decks, "has not the notes of one deck", 3),
    "no recipe": ("a.toml", lambda: b"id", "is not valid TOML", 4),
    "no recipe at all": ("a.toml", None, "a.toml: no such file: check the name", 3),
    "an endless id": ("a.TOML", lambda: f'id = "{"a" * 300}"\nsources = ["a"]'.encode(), "build it first", 3),
}


@pytest.mark.parametrize(("name", "content", "message", "code"), NO_DECKS.values(), ids=NO_DECKS)
def test_what_is_no_deck_is_not_sent(
    name: str,
    content: Callable[[], bytes] | None,
    message: str,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ANKICONNECT_URL", f"http://127.0.0.1:{free_port()}")
    path = tmp_path / name
    if content:
        path.write_bytes(content())
    assert run(["push", str(path)]) == code
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert message in err


def test_a_faulty_deck_is_sent_with_a_warning(
    anki: Anki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "demo.apkg"
    path.write_bytes(spoilt(build(DEMO)[2], *change("safety", "<script>x</script>")))
    with served(answers(anki.col)) as address:
        monkeypatch.setenv("ANKICONNECT_URL", address)
        assert run(["push", str(path)]) == 0
        out, err = capsys.readouterr()
        assert f"{ALL} added" in out
        assert "<script> has no place on a card" in err
        assert run(["push", str(path), "-q"]) == 0
        assert capsys.readouterr() == ("", "")
