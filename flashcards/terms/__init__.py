"""A lesson's key terms for a learner, with the English that this text uses for them."""

from flashcards.terms.extraction import Sources, find_terms
from flashcards.terms.known import listed, words_in
from flashcards.terms.learner import Learner, new_words

__all__ = ["Learner", "Sources", "find_terms", "listed", "new_words", "words_in"]
