"""What a Chinese sentence is made of: its words, how they are read, and how that is spelled."""

from flashcards.chinese.analysis import Analyser, respelled
from flashcards.chinese.script import is_traditional
from flashcards.chinese.spelling import STYLES

__all__ = ["STYLES", "Analyser", "is_traditional", "respelled"]
