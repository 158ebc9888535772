"""Beads as rows to be looked over: which are doubtful, which have no translation, and how many there are of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flashcards.markup import cell
from flashcards.model import Bead


@dataclass(frozen=True, slots=True)
class ProofRow:
    """A bead to be looked over: its number from 1, its sides as running text ("" if it has none), its confidence.

    A pair is `doubtful`; a bead with one side is `alone`.
    """

    number: int
    zh: str
    en: str
    confidence: float
    doubtful: bool

    @property
    def alone(self) -> bool:
        """Whether nothing translates it."""
        return not (self.zh and self.en)

    @property
    def shown(self) -> str:
        """The confidence, behind a question mark if it is low: a colour alone is not seen by all, nor printed."""
        return f"{'? ' * self.doubtful}{self.confidence:.3f}"


def proof_rows(beads: Sequence[Bead], threshold: float) -> Iterator[ProofRow]:
    """The beads in their order; those with both sides and a confidence under the threshold are doubtful."""
    for number, bead in enumerate(beads, start=1):
        zh = cell("".join(s.text for s in bead.zh))
        en = cell(" ".join(s.text for s in bead.en))
        yield ProofRow(number, zh, en, bead.confidence, bool(zh and en) and bead.confidence < threshold)


def summary(rows: Sequence[ProofRow], threshold: float) -> str:
    """How many there are, in a line."""
    doubtful = sum(row.doubtful for row in rows)
    alone = sum(row.alone for row in rows)
    return f"{len(rows) - alone} pairs, {doubtful} doubtful (under {threshold:g}), {alone} without translation"
