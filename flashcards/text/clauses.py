"""Where sentences may be cut into clauses, in either language."""

from flashcards.text.chinese_clauses import chinese_cuts
from flashcards.text.english_clauses import english_cuts

__all__ = ["chinese_cuts", "english_cuts"]
