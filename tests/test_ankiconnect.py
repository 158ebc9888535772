"""Asking a running Anki what its user knows: over a real collection, and over everything that can go wrong."""

import json
import socket
from pathlib import Path

import pytest

from flashcards import ankiconnect
from flashcards.__main__ import run
from flashcards.ankiconnect import AnkiConnect
from flashcards.errors import InputError

from .anki_collection import Anki
from .anki_connect import answers, served

BOTH = "病毒不分国界。\n\nThe virus respects no borders.\n\n疫苗至关重要。\n\nVaccines play a vital role.\n"


def add(anki: Anki, deck: str, *words: str, studied: bool = True) -> list[int]:
    """Notes of Anki's own kind in a deck of that name; the first card of each has been answered."""
    col = anki.col
    deck_id = col.decks.id(deck)
    ids = []
    for word in words:
        note = col.new_note(col.models.by_name("Basic"))
        note["Front"], note["Back"] = word, "meaning"
        col.add_note(note, deck_id)
        ids.append(note.id)
    if studied:
        col.decks.select(deck_id)
        for _ in words:
            col.sched.answerCard(col.sched.getCard(), 3)
    return ids


def fronts(anki: Anki, query: str, key: str = "", given: str = "") -> list[str]:
    with served(answers(anki.col, key)) as address:
        return [note.fields[0] for note in AnkiConnect(address, given).learnt(query)]


QUERIES = {
    "a deck": ("HSK", ["疫苗", "<b>合作</b>"]),
    "a deck in a deck": ("HSK::two words", ["精神"]),
    "a deck with signs that mean something": ("a_b*", ["世界"]),
    "a search": ("deck:a_b\\* or Front:精神", ["精神", "世界"]),
    "nothing": ("deck:nowhere", []),
}


@pytest.mark.parametrize(("query", "expected"), QUERIES.values(), ids=QUERIES)
def test_what_has_been_studied(query: str, expected: list[str], anki: Anki) -> None:
    add(anki, "HSK", "疫苗", "<b>合作</b>")
    add(anki, "HSK::two words", "精神")
    add(anki, "a_b*", "世界")
    add(anki, "axb", "国家")
    if query == "HSK":
        expected = [*expected, "精神"]    # a deck has what its subdecks have
    assert sorted(fronts(anki, query)) == sorted(expected)


def test_what_is_new_or_suspended_is_not_known(anki: Anki) -> None:
    add(anki, "HSK", "疫苗")
    (known,) = add(anki, "Old", "合作")
    add(anki, "HSK", "精神", studied=False)
    assert fronts(anki, "deck:*") == ["疫苗", "合作"]
    anki.col.sched.suspend_cards(anki.col.get_note(known).card_ids())
    assert fronts(anki, "deck:*") == ["疫苗"]


def test_many_notes_are_asked_for_in_parts(anki: Anki, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ankiconnect, "_AT_ONCE", 2)
    add(anki, "HSK", "一", "二", "三", "四", "五")
    assert sorted(fronts(anki, "HSK")) == sorted("一二三四五")


def test_the_key(anki: Anki) -> None:
    add(anki, "HSK", "疫苗")
    assert fronts(anki, "HSK", key="secret", given="secret") == ["疫苗"]
    with pytest.raises(InputError, match="wants its API key: set ANKICONNECT_KEY"):
        fronts(anki, "HSK", key="secret")


def test_a_search_that_anki_does_not_understand(anki: Anki) -> None:
    with pytest.raises(InputError, match=r"Anki refuses: .*: try the search in Anki's browser"):
        fronts(anki, "(deck:HSK")


STRANGE = {
    "no JSON": b"AnkiConnect v.6",
    "null": b"null",
    "a list": b"[]",
    "no result": b'{"error": null}',
    "another kind of result": b'{"result": 6, "error": null}',
    "an empty answer": b"",
    "bytes": b"\xff\xfe",
    "notes without fields": json.dumps({"result": ["x", 1], "error": None}).encode(),
}


@pytest.mark.parametrize("answer", STRANGE.values(), ids=STRANGE)
def test_another_program_that_answers(answer: bytes) -> None:
    with served(lambda _: answer) as address, pytest.raises(InputError, match="is not AnkiConnect: start Anki"):
        AnkiConnect(address).learnt("x")


def test_a_note_that_is_gone_meanwhile() -> None:
    fields = {"Back": {"value": "b", "order": 1}, "Front": {"value": "a", "order": 0}}
    note = {"noteId": 2, "modelName": "Basic", "tags": [], "fields": fields}
    replies = iter([[], [1, 2], [{}, note]])
    with served(lambda _: json.dumps({"result": next(replies), "error": None}).encode()) as address:
        assert [note.fields for note in AnkiConnect(address).learnt("x")] == [("a", "b")]


def test_an_anki_that_takes_its_time(anki: Anki) -> None:
    late = r"did not answer within 0\.1 seconds: close the dialogs"
    with served(answers(anki.col), delay=0.5) as address, pytest.raises(InputError, match=late):
        AnkiConnect(address, timeout=0.1).learnt("HSK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("address", ["http://127.0.0.1:{port}", "not an address", "file:///etc/passwd", "http://[", ""])
def test_an_anki_that_does_not_run(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    monkeypatch.setattr(ankiconnect, "ADDRESS", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("ANKICONNECT_URL", address.format(port=port))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    source = tmp_path / "a.md"
    source.write_text(BOTH, "utf-8")
    assert run(["terms", str(source), "--known-from-anki", "HSK"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "start Anki with the add-on AnkiConnect" in err
    assert run(["terms", str(source), "-q"]) == 0, "nobody asks Anki unasked"


def test_a_deck_that_anki_has_not(
    anki: Anki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.md"
    source.write_text(BOTH, "utf-8")
    with served(answers(anki.col)) as address:
        monkeypatch.setenv("ANKICONNECT_URL", address)
        assert run(["terms", str(source), "--known-from-anki", "HSQ"]) == 0
    assert 'Anki has nothing that has been studied by "HSQ"' in capsys.readouterr().err


FIELDS = {
    "none: the first that is Chinese and nothing else": (["--known-from-anki", "HSK"], {"病毒", "国界"}, ""),
    "none, by the option's old name": (["--known-in-anki", "HSK"], {"病毒", "国界"}, ""),
    "one": (["--known-from-anki", "HSK", "--field", "Back"], {"疫苗"}, ""),
    "in other letters": (["--known-from-anki", "HSK", "--field", "bACK"], {"疫苗"}, ""),
    "one that some notes have": (["--known-from-anki", "HSK", "--field", "Éxtra"], {"国界"}, ""),
    "one that no note has": (
        ["--known-from-anki", "HSK", "--field", "Hanzi"], set(), 'field "Hanzi" (their fields are Front, Back, éxtra)'
    ),
}  # fmt: skip


@pytest.mark.parametrize(("options", "known", "warning"), FIELDS.values(), ids=FIELDS)
def test_the_field_that_has_the_words(
    options: list[str],
    known: set[str],
    warning: str,
    anki: Anki,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source = tmp_path / "a.md"
    source.write_text(BOTH, "utf-8")
    col = anki.col
    basic = col.models.by_name("Basic")
    other = col.models.copy(basic)
    col.models.add_field(other, col.models.new_field("éxtra"))
    col.models.update_dict(other)
    deck = col.decks.id("HSK")
    for kind, fields in ((basic, ["病毒", "疫苗"]), (col.models.get(other["id"]), ["a word", "border", "国界"])):
        note = col.new_note(kind)
        note.fields = fields
        col.add_note(note, deck)
    col.decks.select(deck)
    for _ in range(2):
        col.sched.answerCard(col.sched.getCard(), 3)

    def terms(*options: str) -> tuple[set[str], str]:
        assert run(["terms", str(source), *options]) == 0
        out, err = capsys.readouterr()
        return {line.split("\t")[0] for line in out.splitlines()[1:]}, err

    every, _ = terms()
    with served(answers(col)) as address:
        monkeypatch.setenv("ANKICONNECT_URL", address)
        left, err = terms(*options)
    assert every - left == known
    assert warning in err
    assert bool(err) == bool(warning)


def test_a_rebuilt_deck_keeps_its_own_words_and_drops_those_of_others(
    anki: Anki, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text(BOTH, "utf-8")
    recipe = tmp_path / "a.toml"
    recipe.write_text('id = "a_b"\nsources = ["a.md"]\nanki_known = "deck:*"\n', "utf-8")
    package = tmp_path / "a_b" / "a_b.apkg"

    def words() -> set[str]:
        assert run(["build", str(recipe), "--only", "deck,tables", "-q"]) == 0
        anki.take(package.read_bytes())
        return {line.split("\t")[0] for line in (tmp_path / "a_b" / "terms.tsv").read_text("utf-8").splitlines()[1:]}

    with served(answers(anki.col)) as address:
        monkeypatch.setenv("ANKICONNECT_URL", address)
        first = words()
        anki.review(4)
        before = anki.schedule()
        assert len(before) >= 2
        anki.col.set_deck([card.id for card in anki.cards()], anki.col.decks.id("Elsewhere"))
        assert words() == first, "its own notes do not count, wherever they are now"
        dropped = "疫苗"
        add(anki, "Others", dropped)
        assert words() & first == first - {dropped}    # others may come up in its place
        assert before.keys() <= anki.schedule().keys()
        assert run(["check", str(recipe)]) == 0
    assert run(["check", str(recipe)]) == 0, "a check needs no Anki"
    assert run(["build", str(recipe), "-q"]) == 3
