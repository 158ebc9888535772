"""What every reader of text does with the lines that its format gives it: clean, sort by language, make blocks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from flashcards.model import Block, BlockKind, Document, Finding, Language, Place
from flashcards.readers.page_marks import page_marks
from flashcards.text.bilingual_lines import halves
from flashcards.text.clean import clean
from flashcards.text.joints import join
from flashcards.text.languages import PINYIN, language, other
from flashcards.text.pinyin import is_pinyin_of
from flashcards.text.reflow import ends_open

# A title page may have a list of contents before the title, everything in both languages.
_HEADINGS_OF_A_TITLE = 4

_OTHER_LANGUAGE = "blocks in another language"
_LINES_THAT_TELL = 3    # of a paragraph, its language
_ENOUGH_OF_A_LANGUAGE = 3    # blocks, so that its short ones can be told as well

# In a text whose lines hold their translation, so many do; the other lines are titles and names.
_FEWEST_DOUBLE_LINES = 3
_SHARE_OF_DOUBLE_LINES = 0.6

COLUMN_NAMES = frozenset(
    {"", "english", "chinese", "pinyin", "confidence", "中文", "英文", "汉语", "漢語", "英语", "英語", "拼音"}
)
"""What the cells at the head of a table say, in lower case, if they only name its columns."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a source, or what a format makes of several: its text, and its number from 1."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before its language is known, unless its format tells it (`lang`).

    `left_out` says in the plural what it is if its format shows that it is no text ("page numbers").
    """

    text: str
    kind: BlockKind
    number: int
    row: int | None = None
    seconds: tuple[float, float] | None = None
    lang: Language | None = None
    left_out: str = ""


def by_language(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines in runs of one language, a third one too; a line in none ("2020", "***") stays with its run."""
    runs: list[list[Line]] = []
    current: str | None = None
    for line in lines:
        lang = language(line.text) or other(line.text) or None
        if lang == "en" and current == "zh" and is_pinyin_of(line.text, runs[-1][-1].text):
            lang = PINYIN
        elif lang == "en" and current and _goes_on(runs[-1], line, current):
            lang = current
        if runs and (lang is None or current is None or lang == current):
            runs[-1].append(line)
        else:
            runs.append([line])
        current = lang or current
    return runs


def _goes_on(run: Sequence[Line], line: Line, third: str) -> bool:
    """Whether a line that might be English is the rest of a paragraph in a third language."""
    before = " ".join(each.text for each in run[-_LINES_THAT_TELL:])
    return third not in ("zh", "en") and ends_open(before) and other(f"{before} {line.text}") == third


def join_lines(lines: Sequence[Line], is_word: Callable[[str], bool]) -> Line:
    """Lines of one language as one, at the place of the first."""
    text = clean(lines[0].text)
    lang = language(" ".join(line.text for line in lines)) or "en"
    for line in lines[1:]:
        text = join(text, clean(line.text), lang, is_word)
    return Line(text, lines[0].number)


def document(pieces: Iterable[Piece], source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The pieces as blocks of a document, and findings that count what was left out, by what it is.

    That is page numbers, headers and footers, and what is in neither language.
    """
    cleaned = [replace(piece, text=clean(piece.text).strip()) for piece in pieces]
    given = _halved([piece for piece in cleaned if piece.text])
    langs = [None if piece.left_out else piece.lang or language(piece.text) for piece in given]
    reasons = _reasons(given, langs)
    left_out: defaultdict[str, list[int]] = defaultdict(list)
    blocks: list[Block] = []
    for piece, lang, reason in zip(given, langs, reasons, strict=True):
        if lang and not reason:
            place = Place(source, piece.number)
            blocks.append(Block(piece.text, lang, piece.kind, place, piece.row, seconds=piece.seconds))
        else:
            left_out[reason].append(piece.number)
    findings = tuple(_finding(source, reason, numbers) for reason, numbers in left_out.items())
    return Document(_title(blocks), tuple(blocks)), findings


def _halved(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, and where line after line holds a text and its translation, each two of them as a row."""
    parts = [() if piece.row is not None or piece.lang or piece.left_out else halves(piece.text) for piece in pieces]
    double = sum(1 for each in parts if each)
    if double < max(_FEWEST_DOUBLE_LINES, _SHARE_OF_DOUBLE_LINES * len(pieces)):
        return list(pieces)
    numbers: defaultdict[object, int] = defaultdict(count().__next__)
    found = []
    for place, (piece, each) in enumerate(zip(pieces, parts, strict=True)):
        if each:
            rows = [numbers[place, at // 2] for at in range(len(each))]
            found += [replace(piece, text=text, row=row) for text, row in zip(each, rows, strict=True)]
        else:
            found.append(replace(piece, row=None if piece.row is None else numbers[piece.row]))
    return found


def _reasons(pieces: Sequence[Piece], langs: Sequence[Language | None]) -> list[str]:
    """For each piece why it is left out, in the plural; "" for text."""
    in_pages = [place for place, piece in enumerate(pieces) if _may_be_page_mark(piece)]
    marks = {in_pages[at]: mark for at, mark in page_marks([pieces[place].text for place in in_pages]).items()}
    third = [other(piece.text) if lang is None else "" for piece, lang in zip(pieces, langs, strict=True)]
    among = {name for name, count in Counter(third).items() if name and count >= _ENOUGH_OF_A_LANGUAGE}
    reasons = []
    for place, (piece, lang) in enumerate(zip(pieces, langs, strict=True)):
        name = third[place]
        if lang == "en" and not piece.lang and piece.row is None:
            before = pieces[place - 1].text if place else ""
            name = PINYIN if is_pinyin_of(piece.text, before) else other(piece.text, among)
        if piece.left_out or place in marks:
            reasons.append(piece.left_out or marks[place])
        elif name == PINYIN:
            reasons.append("lines of pinyin")
        elif name:
            reasons.append(_OTHER_LANGUAGE)
        else:
            reasons.append("" if lang else "blocks in neither language")
    return reasons


def _may_be_page_mark(piece: Piece) -> bool:
    return piece.row is None and piece.kind in ("paragraph", "line") and not piece.left_out


def _finding(source: str, reason: str, numbers: Sequence[int]) -> Finding:
    lines = ", ".join(map(str, numbers[:20])) + (", ..." if len(numbers) > 20 else "")
    message = f"{reason} left out: {len(numbers)} (line {lines})"
    return Finding("text", Place(source, numbers[0]), "info", message)


def _title(blocks: Sequence[Block]) -> str:
    """The first heading, or the Chinese one if there is one among the first few ("" without headings)."""
    headings = [block for block in blocks if block.kind == "heading"][:_HEADINGS_OF_A_TITLE]
    headings.sort(key=lambda block: block.lang != "zh")
    return headings[0].text if headings else ""
