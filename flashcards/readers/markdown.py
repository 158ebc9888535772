"""Markdown (CommonMark and tables): headings, paragraphs, list items, quotes and cells; code and HTML are left out."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from flashcards.model import HAN, BlockKind, Document, Finding
from flashcards.readers.decoding import decode_with_findings
from flashcards.readers.pieces import COLUMN_NAMES, Line, Piece, by_language, document, join_lines
from flashcards.text.joints import vocabulary

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---\n(?=[\w-]+:)(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_LINE_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)
_KINDS: dict[str, BlockKind] = {"heading_open": "heading", "th_open": "cell", "td_open": "cell"}
# CommonMark does not take the asterisks for emphasis where Chinese punctuation and characters meet: **“好”**是.
_STRAY_EMPHASIS = re.compile(rf"(\*{{1,3}})([^*]*[{HAN}][^*]*)\1")


def read(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a Markdown file.

    A line that ends with a hard break is a block of its own, and so are neighbouring lines of different languages. Text
    that is indented by four spaces is a paragraph, as its author meant it, not code.

    Raises:
        InputError: the file is empty, or not text in an encoding that can be told.
    """
    from markdown_it import MarkdownIt

    text, encoding = decode_with_findings(data, source)
    text = _FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), text)
    words = vocabulary(text.split("\n"))
    parser = MarkdownIt("commonmark").enable("table").disable("code")
    read, findings = document(_pieces(parser.parse(text), words.__contains__), source)
    return read, (*encoding, *findings)


def _pieces(tokens: Iterable["Token"], is_word: Callable[[str], bool]) -> Iterator[Piece]:
    kind: BlockKind = "paragraph"
    row = -1
    in_column_names = False
    for token in tokens:
        if token.type == "inline":
            first = token.map[0] + 1 if token.map else 0
            pieces = _pieces_of(token.children or [], kind, first, is_word)
            if kind == "cell":
                text = " ".join(piece.text for piece in pieces)
                if not (in_column_names and text.strip().casefold() in COLUMN_NAMES):
                    yield Piece(text, kind, first, row)
            else:
                yield from pieces
        elif token.type.endswith("_open"):
            kind = _KINDS.get(token.type, "paragraph")
            row += token.type == "tr_open"
            in_column_names = token.type == "th_open"


def _pieces_of(inline: Sequence["Token"], kind: BlockKind, first: int, is_word: Callable[[str], bool]) -> list[Piece]:
    """The pieces that an inline text falls into at hard breaks and where its lines change their language."""
    runs = [run for segment in _segments(inline, first) for run in by_language(segment)]
    if kind == "paragraph" and len(runs) > 1:
        kind = "line"
    joined = [join_lines(run, is_word) for run in runs]
    return [Piece(_STRAY_EMPHASIS.sub(r"\2", line.text), kind, line.number) for line in joined]


def _segments(inline: Iterable["Token"], first: int) -> list[list[Line]]:
    """The lines of an inline text, reduced to plain text, in groups that hard breaks part."""
    segments: list[list[Line]] = [[Line("", first)]]
    number = first
    for token in inline:
        if token.type == "softbreak":
            number += 1
            segments[-1].append(Line("", number))
        elif token.type == "hardbreak" or (token.type == "html_inline" and _LINE_BREAK_TAG.match(token.content)):
            number += token.type == "hardbreak"
            segments.append([Line("", number)])
        elif token.type in ("text", "code_inline"):
            line = segments[-1].pop()
            segments[-1].append(Line(line.text + token.content, line.number))
    return segments
