"""The notes as a text file with the header lines of Anki's own import.

Anki takes what it does not know yet into the note types that the package brought, and updates the notes that it knows
by their guids. A row of a note type that it does not have is left out.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from flashcards.cards.notes import guid
from flashcards.cards.notetypes import SPARE, note_type
from flashcards.model import Deck, Note

_HEAD = (
    "#flashcards notes",    # a comment to Anki, and the mark by which the file is known: Anki's own exports begin alike
    "#separator:tab",
    "#html:true",
    "#if matches:update current",    # else it does what was chosen at the import before
)
_QUOTED = re.compile(r'["\t\r\n]|^#')
_NUMBER = re.compile(r"[+-]?[0-9]+")


def tsv(deck: Deck) -> bytes:
    """The notes in the order in which they are learnt, a row each: guid, note type, deck, tags, fields.

    Rows are as long as their note types ask. Spare fields at their end are left out where they are empty, so that Anki
    leaves alone what a learner has written there. The column of the deck is left out where the deck's name is a number,
    which Anki would take for its id; Anki then asks.
    """
    names = {subdeck: _deck_name(deck.name, subdeck) for subdeck in {note.subdeck for note in deck.notes}}
    if any(map(_NUMBER.fullmatch, names.values())):
        names = {}
    columns = ["guid", "notetype", *(("deck",) if names else ()), "tags"]
    head = (*_HEAD, *(f"#{column} column:{place}" for place, column in enumerate(columns, 1)))
    rows = [_row(deck.id, note, names) for note in _in_order(deck)]
    return "".join(f"{line}\n" for line in (*head, *rows)).encode()


def _in_order(deck: Deck) -> list[Note]:
    return sorted(deck.notes, key=lambda note: note.due)


def _row(deck_id: str, note: Note, names: Mapping[str, str]) -> str:
    """A note's row; `names` are the full names of the decks within the deck, by those that the notes have."""
    named = (names[note.subdeck],) if names else ()
    values = (guid(deck_id, note), note_type(note.kind).name, *named, " ".join(note.tags), *_fields(note))
    return "\t".join(map(_quoted, values))


def _fields(note: Note) -> Iterator[str]:
    """The texts of the fields, without the empty spare ones at the end."""
    first_names = note_type(note.kind).first_names
    last = max(i for i, (_, text) in enumerate(note.fields) if text or first_names[i] not in SPARE)
    yield from (text for _, text in note.fields[: last + 1])


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value


def _deck_name(name: str, subdeck: str) -> str:
    """The name of a deck within a deck, or if `subdeck` is "" of the deck itself, as Anki would write it.

    By any other it would not find the deck again, and make one for each row.
    """
    parts = (part.strip() or "blank" for part in unicodedata.normalize("NFC", name).split("::"))
    return "::".join((*parts, subdeck) if subdeck else parts)
