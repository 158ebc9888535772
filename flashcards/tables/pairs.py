"""Sentence pairs as rows: an omission has an empty side."""

from collections.abc import Iterator, Sequence
from typing import Any

from flashcards.model import Bead
from flashcards.tables import About
from flashcards.tables.delimited import comma_separated, json_document, json_lines
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
    return json_lines(_records(beads))


def json(beads: Sequence[Bead], about: About) -> bytes:
    """One document: the same objects as a list, "pairs"."""
    return json_document("pairs", about.title, _records(beads))


def _records(beads: Sequence[Bead]) -> Iterator[dict[str, Any]]:
    for bead in beads:
        zh, en = ([s.text for s in side] for side in (bead.zh, bead.en))
        yield {"zh": zh, "en": en, "confidence": round(bead.confidence, 3)}
