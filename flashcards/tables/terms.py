"""Terms as rows, the best first."""

from collections.abc import Iterator, Sequence
from typing import Any

from flashcards.markup import pinyin_line
from flashcards.model import Term
from flashcards.tables import About
from flashcards.tables.delimited import comma_separated, json_document, json_lines
from flashcards.tables.delimited import tsv as tab_separated

HEADER = ("term", "pinyin", "rendering", "confidence", "level", "count", "definition")

SURE = 0.5
"""The confidence under which a rendering is left blank: below it, more are inexact than exact."""


def _rows(terms: Sequence[Term]) -> Iterator[tuple[str, str, str, float, int, int, str]]:
    for term in terms:
        best = next((r for r in term.renderings if r.confidence >= SURE), None)
        yield (
            term.text,
            pinyin_line(term.words),
            best.citation if best else "",
            round(best.confidence, 3) if best else 0.0,
            term.level,
            term.count,
            term.definition,
        )


def _texts(terms: Sequence[Term]) -> Iterator[list[str]]:
    for row in _rows(terms):
        yield [str(value) if value else "" for value in row]


def tsv(terms: Sequence[Term]) -> bytes:
    """One term a line; the rendering and its confidence are empty where none is sure."""
    return tab_separated(HEADER, _texts(terms))


def csv(terms: Sequence[Term]) -> bytes:
    """The same for spreadsheets."""
    return comma_separated(HEADER, _texts(terms))


def jsonl(terms: Sequence[Term]) -> bytes:
    """One term a line, as an object: the columns of the table, all renderings, and the terms in and around it."""
    return json_lines(_records(terms))


def json(terms: Sequence[Term], about: About) -> bytes:
    """One document: the same objects as a list, "terms"."""
    return json_document("terms", about.title, _records(terms))


def _records(terms: Sequence[Term]) -> Iterator[dict[str, Any]]:
    """The table's columns, and what does not fit into one: all renderings, and which terms contain which."""
    texts = {term.id: term.text for term in terms}
    for term, row in zip(terms, _rows(terms), strict=True):
        yield dict(zip(HEADER, row, strict=True)) | {
            "renderings": [
                {"rendering": r.citation, "in_text": r.surface, "confidence": round(r.confidence, 3)}
                for r in term.renderings
            ],
            "contains": [texts[other] for other in term.inside if other in texts],
            "stands_in": [texts[other] for other in term.around if other in texts],
        }
