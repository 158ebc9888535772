"""The notes as pairs of a term and a definition, as Quizlet takes them: plain text, one line each."""

import csv as delimited
import io
from collections.abc import Iterator

from flashcards.cards.plain import lines, plain
from flashcards.markup import spreadsheet_cell
from flashcards.model import Deck


def csv(deck: Deck) -> bytes:
    """Terms, then sentences, in the order in which they are learnt; a front that was there before is left out.

    There is no header, which would be a card. A byte order mark tells spreadsheets that the file is UTF-8.
    """
    backs: dict[str, str] = {}
    for front, back in _cards(deck):
        backs.setdefault(spreadsheet_cell(front), spreadsheet_cell(back))
    text = io.StringIO()
    delimited.writer(text).writerows(backs.items())
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cards(deck: Deck) -> Iterator[tuple[str, str]]:
    """What each card asks and answers. Clozes are left out: here a card has one front, whatever it hides."""
    notes = sorted(deck.notes, key=lambda note: note.due)
    for fields in (dict(note.fields) for note in notes if note.kind == "term"):
        english = "; ".join(plain(fields[name]) for name in ("Rendering", "Definition") if fields[name])
        yield plain(fields["Hanzi"]), " — ".join(filter(None, (plain(fields["Pinyin"]), english)))
    for fields in (dict(note.fields) for note in notes if note.kind == "sentence"):
        # A sentence without a translation has what the dictionary says of its words, or else its reading.
        yield plain(fields["Hanzi"]), "; ".join(lines(fields["English"])) or plain(fields["Pinyin"])
