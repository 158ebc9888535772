"""What a Chinese sentence is made of: its words, how they are read, and how that is spelled."""

from flashcards.chinese.analysis import Analyser

__all__ = ["Analyser"]
