"""What is known of Chinese words: CC-CEDICT, jieba's word list and the HSK lists behind one fast look-up."""

from flashcards.lexicon.lookup import Lexicon, cache_folder, open_lexicon
from flashcards.lexicon.sources import Entry

__all__ = ["Entry", "Lexicon", "cache_folder", "open_lexicon"]
