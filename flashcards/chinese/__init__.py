"""What a Chinese sentence is made of: its words, how they are read, and how that is spelled."""

from flashcards.chinese.analysis import Analyser, unread
from flashcards.chinese.script import is_traditional, simplified
from flashcards.chinese.spelling import STYLES, Spelling
from flashcards.chinese.words import names

__all__ = ["STYLES", "Analyser", "Spelling", "is_traditional", "names", "simplified", "unread"]
