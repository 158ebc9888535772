"""What every reader of text does with the lines that its format gives it: clean, sort by language, make blocks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flashcards.model import Block, BlockKind, Document, Finding, Language, Place
from flashcards.text.clean import clean
from flashcards.text.joints import join
from flashcards.text.languages import language

# A title page may have a list of contents before the title, everything in both languages.
_HEADINGS_OF_A_TITLE = 4

COLUMN_NAMES = frozenset({"", "english", "chinese", "pinyin", "中文", "英文", "汉语", "漢語", "英语", "英語", "拼音"})
"""What the cells at the head of a table say, in lower case, if they only name its columns."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a source, or what a format makes of several: its text, and its number from 1."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before its language is known, unless its format tells it (`lang`)."""

    text: str
    kind: BlockKind
    number: int
    row: int | None = None
    seconds: tuple[float, float] | None = None
    lang: Language | None = None


def by_language(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines in runs of one language; a line in neither ("2020", "***") stays with the run that it stands in."""
    runs: list[list[Line]] = []
    current: Language | None = None
    for line in lines:
        lang = language(line.text)
        if runs and (lang is None or current is None or lang == current):
            runs[-1].append(line)
        else:
            runs.append([line])
        current = lang or current
    return runs


def join_lines(lines: Sequence[Line], is_word: Callable[[str], bool]) -> Line:
    """Lines of one language as one, at the place of the first."""
    text = clean(lines[0].text)
    lang = language(" ".join(line.text for line in lines)) or "en"
    for line in lines[1:]:
        text = join(text, clean(line.text), lang, is_word)
    return Line(text, lines[0].number)


def document(pieces: Iterable[Piece], source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The pieces as blocks of a document, and a finding that counts those left out because they are in no language."""
    blocks: list[Block] = []
    left_out: list[int] = []
    for piece in pieces:
        text = clean(piece.text).strip()
        lang = piece.lang or language(text)
        if text and lang:
            place = Place(source, piece.number)
            blocks.append(Block(text, lang, piece.kind, place, piece.row, seconds=piece.seconds))
        elif text:
            left_out.append(piece.number)
    findings = [_finding(source, left_out)] if left_out else []
    return Document(_title(blocks), tuple(blocks)), tuple(findings)


def _finding(source: str, left_out: Sequence[int]) -> Finding:
    lines = ", ".join(map(str, left_out[:20])) + (", ..." if len(left_out) > 20 else "")
    message = f"blocks in neither language left out: {len(left_out)} (line {lines})"
    return Finding("text", Place(source, left_out[0]), "info", message)


def _title(blocks: Sequence[Block]) -> str:
    """The first heading, or the Chinese one if there is one among the first few ("" without headings)."""
    headings = [block for block in blocks if block.kind == "heading"][:_HEADINGS_OF_A_TITLE]
    headings.sort(key=lambda block: block.lang != "zh")
    return headings[0].text if headings else ""
