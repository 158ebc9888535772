"""Plain text: blank lines part its blocks; a block's lines are joined where they were wrapped at a margin."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from flashcards.model import HAN, BlockKind, Document, Finding
from flashcards.readers.decoding import decode_with_findings
from flashcards.readers.pieces import Line, Piece, by_language, document, join_lines
from flashcards.text.joints import vocabulary
from flashcards.text.languages import language
from flashcards.text.reflow import ends_open

# In columns. Plain text is wrapped at 60 to 80, letters at up to 100; lines of verse are shorter, paragraphs longer.
_MARGINS = range(56, 121)
_RAGGED = 8    # columns that a line may stay short of the margin, besides the word that did not fit in
_CLOSING = tuple("”’」』）)》】")
_FIRST_WORD = re.compile(rf"\s*(?:[{HAN}]|[^\s{HAN}]+)")


def read(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a file of plain text.

    A file without blank lines has a block on every line. A line with tabs between texts of different languages is a row
    of a table.

    Raises:
        InputError: the file is empty, or not text in an encoding that can be told.
    """
    text, encoding = decode_with_findings(data, source)
    words = vocabulary(text.split("\n"))
    read, findings = document(pieces(text, words.__contains__), source)
    return read, (*encoding, *findings)


def read_lines(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a file that has one unit a line: every line that is not blank is a block.

    Raises:
        InputError: the file is empty, or not text in an encoding that can be told.
    """
    text, encoding = decode_with_findings(data, source)
    numbered = enumerate(text.split("\n"), start=1)
    read, findings = document((Piece(line, "line", number) for number, line in numbered if line.strip()), source)
    return read, (*encoding, *findings)


def pieces(text: str, is_word: Callable[[str], bool]) -> Iterator[Piece]:
    """The blocks of a plain text; their numbers are those of its lines.

    Args:
        text: with line feeds at the ends of its lines.
        is_word: whether an English word (lower case, perhaps hyphenated) is known.
    """
    groups = _groups(text)
    for group in groups:
        blocks = [block for run in by_language(group) for block in _unwrapped(run)]
        kind: BlockKind = "line" if len(blocks) > 1 and len(groups) > 1 else "paragraph"
        for block in blocks:
            cells = _cells(block[0])
            if cells:
                yield from (Piece(cell, "cell", block[0].number, row=block[0].number) for cell in cells)
            else:
                line = join_lines(block, is_word)
                yield Piece(line.text, kind, line.number)


def _groups(text: str) -> list[list[Line]]:
    """The lines that are not blank, in groups that blank lines and form feeds part."""
    groups: list[list[Line]] = [[]]
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("\f"):
            groups.append([])
        if line.strip():
            groups[-1].append(Line(line, number))
    return [group for group in groups if group]


def _cells(line: Line) -> list[str]:
    """The cells of a line that has them in both languages; else none."""
    cells = line.text.split("\t")
    return cells if {"zh", "en"} <= {language(cell) for cell in cells} else []


def _unwrapped(run: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of one language in groups that each were one line before they were wrapped."""
    margin = max(_columns(line.text.rstrip()) for line in run)
    indent = min(_indent(line) for line in run)
    group = [run[0]]
    for line in run[1:]:
        if _indent(line) == indent and _is_wrapped(group[-1], line, margin):
            group.append(line)
        else:
            yield group
            group = [line]
    yield group


def _is_wrapped(line: Line, following: Line, margin: int) -> bool:
    """Whether the line ends where it does because the next word did not fit in before the margin."""
    if margin not in _MARGINS or _cells(line) or _cells(following):
        return False
    if following.text.strip()[:1] in _CLOSING:    # it belongs to the sentence before it, whatever ends that
        return True
    if not ends_open(line.text):
        return False
    first_word = _FIRST_WORD.match(following.text)
    needed = _columns(line.text.rstrip()) + _columns(first_word[0] if first_word else "")
    return needed + _RAGGED >= margin


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _columns(text: str) -> int:
    """The width of the text in columns of a terminal: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
