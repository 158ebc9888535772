"""What real Anki does with a deck: a fresh collection to import packages into, to review in, and to look at."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from flashcards.cards.notetypes import FIRST_TIME

DAY = 86_400
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


class Anki:
    """A fresh collection, or the one that is in the folder; `imported` says what the last import did."""

    def __init__(self, folder: Path) -> None:
        collection = pytest.importorskip("anki.collection")
        self._module = collection
        self._folder = folder
        self.col = collection.Collection(str(folder / "collection.anki2"))
        self.imported: dict[str, int] = {}
        self.updated: set[int] = set()

    def take(self, data: bytes, **options: int) -> None:
        """Import a package, with Anki's default options but for those that are named."""
        path = self._folder / "deck.apkg"
        path.write_bytes(data)
        request = self._module.ImportAnkiPackageRequest(
            package_path=str(path), options=self._module.ImportAnkiPackageOptions(**options)
        )
        log = self.col.import_anki_package(request).log
        self.imported = {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}
        self.updated = {each.id.nid for each in log.updated}
        self.col.models._clear_cache()

    def take_text(self, data: bytes, name: str = "notes.tsv") -> None:
        """Import notes from text as Anki's window does where nobody changes anything in it."""
        path = self._folder / name
        path.write_bytes(data)
        metadata = self.col.get_csv_metadata(path=str(path), delimiter=None)
        log = self.col.import_csv(self._module.ImportCsvRequest(path=str(path), metadata=metadata)).log
        kinds = ("new", "updated", "duplicate", "conflicting", "missing_notetype", "missing_deck", "empty_first_field")
        self.imported = {kind: len(found) for kind in kinds if (found := getattr(log, kind))}

    def note(self, **fields: str):
        """The only note whose fields are these."""
        found = [
            note
            for note in (self.col.get_note(id) for id in self.col.find_notes(""))
            if all(note[name] == value for name, value in fields.items() if name in note)
            and set(fields) <= set(note.keys())
        ]
        assert len(found) == 1, fields
        return found[0]

    def cards(self):
        return [self.col.get_card(id) for id in self.col.find_cards("")]

    def sides(self, card) -> tuple[str, str]:
        output = card.render_output()
        return output.question_text, output.answer_text

    def schedule(self):
        rows = self.col.db.all("select id, due, ivl, reps, did from cards where reps > 0")
        return {id: tuple(rest) for id, *rest in rows}

    def review(self, count: int, ratings: Sequence[int] = (GOOD,)) -> None:
        """Answer so many cards of the deck, as long as there are any, the ratings in turn."""
        self.col.decks.select(self.cards()[0].did)
        for place in range(count):
            card = self.col.sched.getCard()
            if card is None:
                return
            self.col.sched.answerCard(card, ratings[place % len(ratings)])

    def sleep(self, days: int = 1) -> None:
        """Let days pass: all that was done lies so far back, and what was due then is due sooner."""
        self.col.db.execute("update col set crt = crt - ?", days * DAY)
        self.col.db.execute("update revlog set id = id - ?", days * DAY * 1000)
        self.col.db.execute("update cards set mod = mod - ?", days * DAY)
        self.col.db.execute("update cards set due = due - ? where queue = 1", days * DAY)    # in learning: seconds
        edited = FIRST_TIME + DAY    # what the user or a later package changed is newer than this
        self.col.db.execute("update notes set mod = mod - ? where mod > ?", days * DAY, edited)
        self.reopen()

    def reopen(self) -> None:
        self.col.close()
        self.col = self._module.Collection(str(self._folder / "collection.anki2"))
