"""The English side of a pair, as a quiz looks things up in it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from flashcards.links.english import Token, tokens

_BEFORE_A_CAPITAL = frozenset(".?!:“\"‘'(—")


@dataclass(frozen=True)
class English:
    """An English text. A passage of it is a range of its tokens."""

    text: str

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words, numbers and marks."""
        return tokens(self.text)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each stem stands in it."""
        return Counter(token.stem for token in self.tokens if token.is_word)

    def find(self, phrase: Sequence[str]) -> range | None:
        """The passage with exactly these stems in this order, None if there is none or more than one."""
        stems = [token.stem for token in self.tokens]
        size = len(phrase)
        found = [at for at in range(len(stems) - size + 1) if stems[at : at + size] == list(phrase)]
        return range(found[0], found[0] + size) if size and len(found) == 1 else None

    def gather(self, stems: Collection[str]) -> range | None:
        """The passage that holds these stems close together, None unless each stands in the text exactly once."""
        if any(self.counts[stem] != 1 for stem in stems):
            return None
        places = [at for at, token in enumerate(self.tokens) if token.is_word and token.stem in stems]
        passage = range(places[0], places[-1] + 1)
        return passage if len(passage) <= len(stems) + 2 else None

    def surface(self, passage: range) -> str:
        """The passage as it stands in the text."""
        return self.text[self.tokens[passage.start].start : self.tokens[passage.stop - 1].end]

    def stems(self, passage: range) -> list[str]:
        """The stems of the passage's content words, in order."""
        return [self.tokens[at].stem for at in passage if self.tokens[at].is_content]

    def is_name(self, passage: range) -> bool:
        """Whether a word of the passage has a capital, though it does not begin a sentence."""
        return any(
            self.tokens[at].text[0].isupper() and at > 0 and self.tokens[at - 1].text not in _BEFORE_A_CAPITAL
            for at in passage
        )
