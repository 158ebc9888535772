"""The checker finds what is wrong with a package, one planted defect at a time."""

import io
import json
import sqlite3
import zipfile

import pytest

from flashcards.cards import collection
from flashcards.cards.check import check_package
from flashcards.errors import InputError

from .conftest import NOW, build
from .lessons import DEMO


@pytest.fixture(scope="module")
def package():
    return build(DEMO)[2]


def spoilt(package, sql="", arguments=(), media=None):
    """The package with its collection changed."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    if sql:
        connection.execute(sql, arguments)
        connection.commit()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("collection.anki2", connection.serialize())
        archive.writestr("media", json.dumps(media or {}))
    connection.close()
    return out.getvalue()


def change(old, new):
    return "UPDATE notes SET flds = replace(flds, ?, ?)", (old, new)


DEFECTS = {
    "no notes": ("DELETE FROM notes", (), "has no notes"),
    "no cards": ("DELETE FROM cards WHERE nid = (SELECT min(id) FROM notes)", (), "has no card"),
    "same guid": ("UPDATE notes SET guid = 'x' WHERE id IN (SELECT id FROM notes LIMIT 2)", (), "guid x stands on 2"),
    "no key": ("UPDATE notes SET flds = substr(flds, instr(flds, char(31)))", (), "empty first field"),
    "same key": (*change("demo term 91d2359b5f8a555d", "demo term 67f310756f3ad939"), "2 notes of"),
    "unknown type": ("UPDATE notes SET mid = 7", (), "unknown note type"),
    "fields": ("UPDATE notes SET flds = flds || char(31) || 'x'", (), "29 fields, its type 28"),
    "ord": ("UPDATE cards SET ord = 9", (), "card without a template"),
    "cloze gone": (*change("{{c1::", "{{d1::"), "has other cards than clozes"),
    "all clozes gone": ("UPDATE notes SET flds = replace(flds, '::', ':')", (), "has no cloze"),
    "cloze 0": (*change("{{c1::", "{{c0::"), "numbered 0"),
    "cloze open": (*change("]}}", "]"), "does not close"),
    "cloze in cloze": (*change("{{c1::", "{{c1::{{c1::"), "does not close"),
    "script": (*change("cooperation", "<script>x</script>"), "<script> has no place"),
    "handler": (*change("cooperation", "<b onclick='x'>b</b>"), "<b onclick> runs a script"),
    "script address": (*change("cooperation", "<a href=' JavaScript:x'>b</a>"), "<a href> runs a script"),
    "remote": (*change("cooperation", "<img src='https://x/y.png'>"), "<img src> loads from the network"),
    "remote style": (*change("cooperation", "<b style='background:url(//x/y)'>b</b>"), "<b style> loads"),
    "open tag": (*change("cooperation", "<b>b"), "<b> is not closed"),
    "stray tag": (*change("cooperation", "b</b>"), "</b> closes nothing"),
    "sound": (*change("cooperation", "[sound:x.mp3]"), "needs x.mp3"),
    "picture": (*change("cooperation", "<img src='x y.png'>"), "needs x y.png"),
    "blank front": ("UPDATE notes SET flds = replace(flds, 'yes', ' <br>')", (), "is blank"),
    "card to come": ("DELETE FROM cards WHERE ord = 2", (), 'lacks the card "Listen"'),
    "braces": (*change("cooperation", "{{c1::cooperation}}"), "braces of a template"),
    "LaTeX": (*change("cooperation", r"\(x\)"), r"act on \("),
    "Anki's own tags": (*change("cooperation", "[anki:play:q:0]"), "act on [anki:"),
    "control characters": (*change("cooperation", "a\x01"), "cannot be shown"),
    "a time to come": ("UPDATE notes SET mod = 1800000000", (), "notes of a time to come"),
    "no order": ("UPDATE cards SET due = 0", (), "no order of new cards"),
    "a field that is not there": (
        "UPDATE col SET models = replace(models, '{{Rendering}}', '{{Meaning}}')", (), 'asks for a field "Meaning"',
    ),
    "a condition that is not closed": (
        "UPDATE col SET models = replace(models, '{{/CardRecall}}', '')", (), "{{#CardRecall}} is not closed",
    ),
    "css": ("UPDATE col SET models = replace(models, '.card {', '@import url(x); .card {')", (), "loads from"),
    "template": ("UPDATE col SET models = replace(models, '<hr ', '<script ')", (), "<script> has no place"),
}


@pytest.mark.parametrize(("sql", "arguments", "message"), DEFECTS.values(), ids=DEFECTS)
def test_a_defect_is_found(package, sql, arguments, message):
    findings = check_package(spoilt(package, sql, arguments), "demo.apkg", NOW)
    assert any(message in finding.message for finding in findings), findings
    assert all(finding.remedy and str(finding.where) == "demo.apkg" for finding in findings)


def test_a_good_package_has_no_findings(package):
    assert check_package(package, "demo.apkg", NOW) == check_package(spoilt(package), "demo.apkg", NOW) == ()


def test_media_that_are_listed_must_be_there_and_differ_in_name(package):
    messages = [f.message for f in check_package(spoilt(package, media={"0": "a.mp3", "1": "a.mp3"}), "x", NOW)]
    assert messages == ["media file a.mp3 is missing"] * 2 + ["2 media files are named a.mp3"]


def zipped(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"nothing", zipped(readme="x"), zipped(collection_anki2=b"x" * 200), zipped(collection_anki2=b"")],
)
def test_what_is_no_package_is_an_error(data):
    with pytest.raises(InputError, match=r"x\.apkg is no Anki package"):
        check_package(data, "x.apkg", NOW)


def test_a_damaged_entry_is_an_error(package):
    with pytest.raises(InputError, match="no Anki package"):
        check_package(package[:60] + b"\0" * 40 + package[100:], "x.apkg", NOW)


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(collection, "MAX_COLLECTION", 10_000)
    with pytest.raises(InputError, match="larger than"):
        check_package(zipped(collection_anki2=b"\0" * 1_000_000), "x.apkg", NOW)
    monkeypatch.setattr(collection, "MAX_ENTRIES", 3)
    with pytest.raises(InputError, match="more than 3 files"):
        check_package(zipped(a="", b="", c="", d=""), "x.apkg", NOW)


def test_a_collection_of_views_is_an_error():
    connection = sqlite3.connect(":memory:")
    for name in ("col", "notes", "cards"):
        connection.execute(f"CREATE VIEW {name} AS SELECT 1 AS id")
    connection.commit()
    with pytest.raises(InputError, match="lacks tables"):
        check_package(zipped(collection_anki2=connection.serialize()), "x.apkg", NOW)
    connection.close()


def test_the_newer_format_is_a_finding():
    (finding,) = check_package(zipped(collection_anki21b=b"x"), "x.apkg", NOW)
    assert "Support older Anki versions" in finding.remedy
