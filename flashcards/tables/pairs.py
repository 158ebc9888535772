"""Sentence pairs as rows: an omission has an empty side."""

from collections.abc import Iterator, Sequence

import msgspec

from flashcards.model import Bead
from flashcards.tables.delimited import comma_separated
from flashcards.tables.delimited import tsv as tab_separated

HEADER = ("zh", "en", "confidence")


def _rows(beads: Sequence[Bead]) -> Iterator[tuple[str, str, str]]:
    for bead in beads:
        zh = "".join(s.text for s in bead.zh)
        en = " ".join(s.text for s in bead.en)
        yield zh, en, f"{bead.confidence:.3f}"


def tsv(beads: Sequence[Bead]) -> bytes:
    """One bead a line: Chinese, English, confidence."""
    return tab_separated(HEADER, _rows(beads))


def csv(beads: Sequence[Bead]) -> bytes:
    """The same for spreadsheets."""
    return comma_separated(HEADER, _rows(beads))


def jsonl(beads: Sequence[Bead]) -> bytes:
    """One bead a line: `{"zh": [sentence, ...], "en": [sentence, ...], "confidence": 0.98}`."""
    rows = (
        {"zh": [s.text for s in b.zh], "en": [s.text for s in b.en], "confidence": round(b.confidence, 3)}
        for b in beads
    )
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
