"""What real Anki does with a deck: a fresh collection to import packages into, to review in, and to look at."""

from pathlib import Path

import pytest


class Anki:
    """A fresh collection; `imported` says what the last import did."""

    def __init__(self, folder: Path) -> None:
        collection = pytest.importorskip("anki.collection")
        self._module = collection
        self._folder = folder
        self.col = collection.Collection(str(folder / "collection.anki2"))
        self.imported: dict[str, int] = {}

    def take(self, data: bytes) -> None:
        path = self._folder / "deck.apkg"
        path.write_bytes(data)
        options = self._module.ImportAnkiPackageOptions()
        request = self._module.ImportAnkiPackageRequest(package_path=str(path), options=options)
        log = self.col.import_anki_package(request).log
        self.imported = {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}
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

    def review(self, count: int) -> None:
        self.col.decks.select(self.cards()[0].did)
        for _ in range(count):
            card = self.col.sched.getCard()
            self.col.sched.answerCard(card, 3)
