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
_NARROW_MARGINS = range(38, 61)
_STRICTLY = 3    # columns, where a line must be full beyond doubt
_FEWEST_FULL_LINES = 6
_SHARE_OF_FULL_LINES = 0.9
_SHARE_WITHIN_PHRASES = 0.3
_ENDS_WITHIN_PHRASE = re.compile(r"\w[-‐]?\s*$")
_CLOSING = re.compile(r"\s*[”’」』）》)\]]")
_LIST_MARK = re.compile(
    r"\s*(?:[-*•·●○▪◦]\s|\d{1,2}[.)、．]|[(（]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、|[a-z][.)]\s)"
)
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How the lines of a text were wrapped.

    `margin` is the width of its widest line in columns; `is_narrow` says that all its paragraphs are wrapped there;
    `goes_on_behind_stops` that lines which end with a sentence have to be joined as well: blank lines part the
    paragraphs, and other lines end inside sentences.
    """

    margin: int
    is_narrow: bool
    goes_on_behind_stops: bool

    @classmethod
    def of(cls, runs: Sequence[Sequence[Line]], *, are_parted: bool) -> "Wrapping":
        """The wrapping of a text.

        Args:
            runs: its lines, those of a language that stand together in one run.
            are_parted: whether blank lines part its paragraphs.
        """
        margin = max((_columns(line.text.rstrip()) for run in runs for line in run), default=0)
        pairs = [pair for run in runs for pair in pairwise(run)]
        full = [pair for pair in pairs if _is_full(*pair, margin, _STRICTLY)]
        within = sum(1 for line, following in full if _is_within_phrase(line, following))
        is_narrow = (
            margin in _NARROW_MARGINS
            and len(full) >= max(_FEWEST_FULL_LINES, _SHARE_OF_FULL_LINES * len(pairs))
            and within >= _SHARE_WITHIN_PHRASES * len(full)
        )
        return cls(margin, is_narrow, are_parted and any(ends_open(line.text) for line, _ in full))

    def undone(self, run: Sequence[Line]) -> Iterator[list[Line]]:
        """The lines of one language in groups that each were one line before they were wrapped."""
        widest = self.margin if self.is_narrow else max(_columns(line.text.rstrip()) for line in run)
        least = min(indent(line) for line in run)
        group = [run[0]]
        for line, following in pairwise(run):
            if indent(following) == least and self._is_wrapped(line, following, widest):
                group.append(following)
            else:
                yield group
                group = [following]
        yield group

    def _is_wrapped(self, line: Line, following: Line, margin: int) -> bool:
        """Whether the line ends where it does because the next word did not fit in before the margin."""
        if not (self.is_narrow or margin in _MARGINS) or _is_row(line) or _is_row(following):
            return False
        if _CLOSING.match(following.text):    # it belongs to the sentence before it, whatever ends that
            return True
        if _LIST_MARK.match(following.text):
            return False
        if ends_open(line.text):
            return _is_full(line, following, margin, _STRICTLY if self.is_narrow else _RAGGED)
        return self.goes_on_behind_stops and _is_full(line, following, self.margin, _STRICTLY)


def _is_full(line: Line, following: Line, margin: int, ragged: int) -> bool:
    """Whether the next line's first word would not have fitted in."""
    text, rest = line.text.rstrip(), following.text.lstrip()
    if len(_HAN.findall(text)) * 2 > len(text):    # some count its characters, whatever their width
        return max(_columns(text), 2 * len(text)) + 2 + ragged >= margin
    return _columns(text) + _columns(rest.split(maxsplit=1)[0]) + ragged >= margin


def _is_within_phrase(line: Line, following: Line) -> bool:
    """Whether a line ends where nobody would end a line of verse, which begins with a capital letter in English."""
    return bool(_ENDS_WITHIN_PHRASE.search(line.text)) and not following.text.lstrip()[:1].isupper()


def _is_row(line: Line) -> bool:
    return "\t" in line.text.strip()


def indent(line: Line) -> int:
    """The number of white characters before a line."""
    return len(line.text) - len(line.text.lstrip())


def _columns(text: str) -> int:
    """The width of the text in columns of a terminal: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
