"""What can be said of a word and an English stem before the text is read: the prior of their translation."""

from collections.abc import Iterable, Mapping

from flashcards.lexicon import Lexicon
from flashcards.links.english import stem
from flashcards.links.glosses import gloss_stems, plain_glosses
from flashcards.links.symbols import longest_words, syllables

_ROOT = 5
"""Stems that share so many letters count as of one root: cooper-ation, cooper-ative."""


class TranslationPrior:
    """How probable it is that a stem stands for a Chinese word, 0 to 1, by the dictionary and by sound."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._tables: dict[str, Mapping[str, float]] = {}

    def __call__(self, word: str, stems: Iterable[str]) -> list[float]:
        """The priors of a word and each of some stems: the best of its glosses, its parts', its sound and its root."""
        table = self._tables.get(word)
        if table is None:
            table = self._tables[word] = self._make_table(word)
        priors = []
        for each in stems:
            own = table.get(each, 0.0)
            root = table.get(each[:_ROOT] + "~", 0.0) if len(each) >= _ROOT else 0.0
            priors.append(own if own > root else root)
        return priors

    def _make_table(self, word: str) -> dict[str, float]:
        """All stems with a prior for a word, and their roots, written with "~" behind them."""
        table: dict[str, float] = {}
        if word.isascii():
            return {stem(word): 1.0}
        self._add_glosses(table, word, 1.0)
        if len(word) > 1:
            listed = word in self.lexicon
            for part in longest_words(word, lambda text: text != word and text in self.lexicon):
                weight = 0.6 if len(part) > 1 else 0.25
                self._add_glosses(table, part, weight / 2 if listed else weight)
        self._add_sounds(table, word)
        return table

    def _add_glosses(self, table: dict[str, float], word: str, weight: float) -> None:
        for entry in self.lexicon.entries(word):
            for gloss in plain_glosses(entry):
                stems = gloss_stems(gloss)
                for each in stems:
                    value = weight / len(stems) ** 0.5
                    table[each] = max(table.get(each, 0.0), value)
                    if len(each) >= _ROOT:
                        root = each[:_ROOT] + "~"
                        table[root] = max(table.get(root, 0.0), value / 2)

    def _add_sounds(self, table: dict[str, float], word: str) -> None:
        """Names keep their sound: two or three syllables together, or one alone in a short word."""
        spelled = [syllables(character, self.lexicon) for character in word[:6]]
        for start in range(len(spelled)):
            names = {""}
            for end, own in enumerate(spelled[start : start + 3], start + 1):
                names = {name + syllable for name in names for syllable in own}
                several = end - start > 1
                if several or len(word) <= 3:
                    for name in names:
                        if len(name) > 2:
                            key = stem(name)
                            table[key] = max(table.get(key, 0.0), 1.0 if several else 0.3)
