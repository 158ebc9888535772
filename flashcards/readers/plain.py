"""Plain text: blank lines part its blocks; a block's lines are joined where they were wrapped at a margin."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence

from flashcards.model import BlockKind, Document, Finding
from flashcards.readers.decoding import decode_with_findings
from flashcards.readers.page_marks import marks_at_edges, page_marks
from flashcards.readers.pieces import Line, Piece, by_language, document, join_lines
from flashcards.readers.wrapping import Wrapping, indent
from flashcards.text.joints import vocabulary
from flashcards.text.languages import language
from flashcards.text.reflow import ends_open


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
    lines = [Line(line, number) for number, line in enumerate(text.split("\n"), start=1)]
    marks = _page_marks(lines)
    for line in sorted(marks, key=lambda line: line.number):
        yield Piece(line.text, "line", line.number, left_out=marks[line])
    groups = _groups(lines, marks)
    runs = [by_language(group) for group in groups]
    wrapping = Wrapping.of([run for group in runs for run in group], are_parted=len(groups) > 1)
    for group in runs:
        blocks = [block for run in group for block in wrapping.undone(run)]
        kind: BlockKind = "line" if len(blocks) > 1 and len(groups) > 1 else "paragraph"
        for block in blocks:
            cells = _cells(block[0])
            if cells:
                yield from (Piece(cell, "cell", block[0].number, row=block[0].number) for cell in cells)
            else:
                line = join_lines(block, is_word)
                yield Piece(line.text, kind, line.number)


def _page_marks(lines: Sequence[Line]) -> dict[Line, str]:
    """The lines that are no text but page numbers, headers and footers, and what each is."""
    pages: list[list[Line]] = [[]]
    for line in lines:
        if line.text.startswith("\f"):
            pages.append([])
        if line.text.strip():
            pages[-1].append(line)
    at_edges = marks_at_edges([[line.text.strip() for line in page] for page in pages])
    found = {page[place]: mark for page, marks in zip(pages, at_edges, strict=True) for place, mark in marks.items()}
    others = [line for page in pages for line in page if line not in found]
    return found | {others[place]: mark for place, mark in page_marks([line.text for line in others]).items()}


def _groups(lines: Iterable[Line], marks: Container[Line]) -> list[list[Line]]:
    """The lines of text in groups that blank lines and form feeds part; a page's end does not part a sentence."""
    groups: list[list[Line]] = [[]]
    is_parted = at_page_end = False
    for line in lines:
        at_page_end |= line.text.startswith("\f") or line in marks
        is_parted |= line.text.startswith("\f") or not line.text.strip()
        if not line.text.strip() or line in marks:
            continue
        if is_parted and not (at_page_end and groups[-1] and _may_go_on(groups[-1][-1], line)):
            groups.append([])
        groups[-1].append(line)
        is_parted = at_page_end = False
    return [group for group in groups if group]


def _may_go_on(line: Line, following: Line) -> bool:
    return ends_open(line.text) and language(line.text) == language(following.text) and not indent(following)


def _cells(line: Line) -> list[str]:
    """The cells of a line that has them in both languages; else none."""
    cells = line.text.split("\t")
    return cells if {"zh", "en"} <= {language(cell) for cell in cells} else []
