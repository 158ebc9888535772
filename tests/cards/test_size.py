"""A deck of ten thousand notes is written about as fast as plain genanki does it, in little memory."""

import sqlite3
import zipfile
from contextlib import closing

from bench import cards


def test_ten_thousand_notes_take_at_most_a_third_longer_than_by_plain_genanki():
    best = cards.seconds(rounds=3)
    assert best["flashcards"] <= 1.3 * best["genanki"], best


def test_ten_thousand_notes_take_less_than_150_megabytes():
    used = cards.memory("flashcards")
    assert used["peak"] - used["before"] < 150, used
    assert used["bytes"] < 0.5 * cards.memory("genanki")["bytes"]


def test_both_write_the_same_notes_and_cards(tmp_path):
    deck, lock = cards.large_deck(50)
    written = {}
    for name, write in cards.PROGRAMS.items():
        write(deck, lock, tmp_path / name)
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(zipfile.ZipFile(tmp_path / name).read("collection.anki2"))
            notes = database.execute("select guid, mid, tags, flds from notes").fetchall()
            made = database.execute("select guid, ord from cards join notes on nid = notes.id").fetchall()
            written[name] = notes, made
    assert written["flashcards"] == written["genanki"]
    assert len(written["flashcards"][1]) == 150
