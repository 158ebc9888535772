"""Lines that were wrapped at a margin put together again, and no others: verse, titles and lists keep their lines."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flashcards.model import HAN
from flashcards.readers.pieces import Line
from flashcards.text.reflow import ends_open

# In columns. Plain text is wrapped at 60 to 80, letters at up to 100; lines of verse are shorter, paragraphs longer.
_MARGINS = range(56, 121)
_RAGGED = 8    # columns that a line may stay short of the margin, besides the word that did not fit in
# Verse has narrow lines too, but they are neither all full nor do they end in the middle of a phrase.
_NARROW_MARGINS = range(38, 56)
_NARROW_RAGGED = 3
_FEWEST_FULL_LINES = 6
_SHARE_OF_FULL_LINES = 0.9
_SHARE_WITHIN_PHRASES = 0.3
_ENDS_WITHIN_PHRASE = re.compile(r"\w[-‐]?\s*$")
_CLOSING = re.compile(r"\s*[”’」』）》)\]]")
_LIST_MARK = re.compile(
    r"\s*(?:[-*•·●○▪◦]\s|\d{1,2}[.)、．]|[(（]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、|[a-z][.)]\s)"
)
_FIRST_WORD = re.compile(rf"\s*(?:[{HAN}]|[^\s{HAN}]+)")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How the lines of a text were wrapped.

    `narrow_margin` is the margin of a text that is narrow throughout, 0 for others; `are_parted` says that blank lines
    part its paragraphs.
    """

    narrow_margin: int
    are_parted: bool

    @classmethod
    def of(cls, runs: Sequence[Sequence[Line]], are_parted: bool) -> "Wrapping":
        """The wrapping of a text whose lines are given in runs of one language."""
        margin = max((_columns(line.text.rstrip()) for run in runs for line in run), default=0)
        pairs = [pair for run in runs for pair in pairwise(run)]
        full = [line for line, following in pairs if _is_full(line, following, margin, _NARROW_RAGGED)]
        within = sum(1 for line in full if _ENDS_WITHIN_PHRASE.search(line.text))
        is_narrow = (
            margin in _NARROW_MARGINS
            and len(full) >= max(_FEWEST_FULL_LINES, _SHARE_OF_FULL_LINES * len(pairs))
            and within >= _SHARE_WITHIN_PHRASES * len(full)
        )
        return cls(margin if is_narrow else 0, are_parted)

    def undone(self, run: Sequence[Line]) -> Iterator[list[Line]]:
        """The lines of one language in groups that each were one line before they were wrapped."""
        margin = self.narrow_margin or max(_columns(line.text.rstrip()) for line in run)
        least = min(indent(line) for line in run)
        is_wrapped = [self._is_wrapped(line, following, margin) for line, following in pairwise(run)]
        # Where some lines end inside sentences, others end with one by chance, and a paragraph goes on behind it.
        closed_too = self.are_parted and any(
            each and ends_open(line.text) for each, line in zip(is_wrapped, run, strict=False)
        )
        group = [run[0]]
        for joined, (line, following) in zip(is_wrapped, pairwise(run), strict=True):
            goes_on = joined and (ends_open(line.text) or closed_too) and indent(following) == least
            if goes_on or (margin in _MARGINS and _CLOSING.match(following.text)):
                group.append(following)
            else:
                yield group
                group = [following]
        yield group

    def _is_wrapped(self, line: Line, following: Line, margin: int) -> bool:
        """Whether the line ends where it does because the next word did not fit in before the margin."""
        if "\t" in line.text.strip() or "\t" in following.text.strip() or _LIST_MARK.match(following.text):
            return False
        if self.narrow_margin:
            return _is_full(line, following, margin, _NARROW_RAGGED)
        return margin in _MARGINS and _is_full(line, following, margin, _RAGGED)


def _is_full(line: Line, following: Line, margin: int, ragged: int) -> bool:
    """Whether the next line's first word would not have fitted in."""
    first_word = _FIRST_WORD.match(following.text)
    needed = _columns(line.text.rstrip()) + _columns(first_word[0] if first_word else "")
    return needed + ragged >= margin


def indent(line: Line) -> int:
    """The number of white characters before a line."""
    return len(line.text) - len(line.text.lstrip())


def _columns(text: str) -> int:
    """The width of the text in columns of a terminal: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
