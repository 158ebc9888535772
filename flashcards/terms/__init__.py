"""A lesson's key terms for a learner, with the English that this text uses, and where its sides do not say the same."""

from flashcards.terms.consistency import inconsistencies
from flashcards.terms.definitions import meaning
from flashcards.terms.extraction import Sources, find_terms
from flashcards.terms.learner import Learner, new_words

__all__ = ["Learner", "Sources", "find_terms", "inconsistencies", "meaning", "new_words"]
