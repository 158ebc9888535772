"""Anki decks, quizzes and drills from a bilingual Chinese-English text."""

__version__ = "0.1.0"
