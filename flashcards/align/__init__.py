"""Which sentences translate each other: a lexicon model of beads, searched over the whole text at once."""

from flashcards.align.aligner import align

__all__ = ["align"]
