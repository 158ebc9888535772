"""A lesson's key terms, with the English that this text uses for them, and where its two sides do not say the same."""

from flashcards.terms.consistency import inconsistencies
from flashcards.terms.definitions import meaning
from flashcards.terms.extraction import Sources, find_terms

__all__ = ["Sources", "find_terms", "inconsistencies", "meaning"]
