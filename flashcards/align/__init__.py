"""Which sentences translate each other: a lexicon model of beads, searched over the whole text at once."""

from flashcards.align.aligner import align
from flashcards.align.corrections import correct

__all__ = ["align", "correct"]
