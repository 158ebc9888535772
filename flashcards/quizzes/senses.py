"""The dictionary's senses of a word as stems that can be looked for in a translation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flashcards.lexicon import Lexicon
from flashcards.links.glosses import gloss_stems, plain_glosses
from flashcards.links.symbols import longest_words

_REMARK = re.compile(r"^(?:lit|fig)\. ")


@dataclass(frozen=True, slots=True)
class Sense:
    """One short gloss of a word: whether it is that of a verb ("to ...", "not to ..."); its content stems."""

    text: str
    verbal: bool
    stems: frozenset[str]


class Senses:
    """The senses of words, each worked out once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._senses: dict[str, tuple[Sense, ...]] = {}
        self._stems: dict[str, frozenset[str]] = {}

    def __getitem__(self, word: str) -> tuple[Sense, ...]:
        """The word's senses; () for a word that the dictionary lacks."""
        found = self._senses.get(word)
        if found is None:
            found = self._senses[word] = tuple(self._read(word))
        return found

    def _read(self, word: str) -> Iterator[Sense]:
        for entry in self.lexicon.entries(word):
            for gloss in (_REMARK.sub("", gloss) for gloss in plain_glosses(entry)):
                verbal = gloss.startswith(("to ", "not to "))
                for part in re.split(r",\s*", gloss.split(": ")[0]):
                    if stems := frozenset(gloss_stems(part)):
                        yield Sense(part, verbal, stems)

    def stems(self, word: str) -> frozenset[str]:
        """The stems of all senses of a word; of its longest parts' for a word that the dictionary lacks."""
        found = self._stems.get(word)
        if found is None:
            known = self.lexicon.__contains__
            parts = [word] if known(word) else [part for part in longest_words(word, known) if len(part) > 1]
            found = frozenset(stem for part in parts for sense in self[part] for stem in sense.stems)
            self._stems[word] = found
        return found
