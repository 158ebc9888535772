"""Tables with a column for each language: the columns are found by what stands in them, not by what they are called."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import count

from flashcards.model import Document, Finding, Language, Place
from flashcards.readers import rows
from flashcards.readers.pieces import COLUMN_NAMES, Piece, document
from flashcards.text.languages import language
from flashcards.text.pinyin import is_pinyin_of

_OWN_NAMES: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"chinese|zh|zho|中文|汉语|漢語|汉字|漢字|华语|華語|普通话", re.IGNORECASE),
    "en": re.compile(r"\benglish|\beng?\b|英文|英语|英語", re.IGNORECASE),
}
_COLUMN_NAMES = COLUMN_NAMES | frozenset("zh en source target 原文 译文 譯文 翻译 翻譯".split())
_NEARLY_AS_MANY = 0.8    # of the cells of the column with the most: as good as any
_SHOWN = 20    # columns in a finding
_LONGEST_NAME = 40    # characters of a column's name
_ENDS_SENTENCE = re.compile(r"[。！？.!?][”\"’')）]*$")
_PART_OF_SPEECH = re.compile(r"[a-z]{1,6}\.(?:\s*[/,;&]?\s*[a-z]{1,6}\.)*")
_NUMBERED = re.compile(r"[a-zü]{1,6}[1-5]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number from 1, and its cells that are not empty, by their columns from 0.

    `covered` are the columns in which a cell of the row above reaches into this one.
    """

    number: int
    cells: Mapping[int, str]
    covered: Set[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of each language that are filled alike, from the one that is taken on."""

    zh: tuple[int, ...]
    en: tuple[int, ...]


def document_of(
    tables: Iterable[Sequence[Row]], source: str, label: Callable[[int], str]
) -> tuple[Document, tuple[Finding, ...]]:
    """The rows of some tables as rows of a document.

    Of several columns in one language that are filled alike the one is taken that is called after it, or else the
    first. A table that has no column for each language gives its cells in their order.

    Args:
        tables: the rows of each table, those that are not empty.
        source: the file's name, for findings.
        label: how users call the column of that number (from 0).
    """
    numbers = count()
    pieces: list[Piece] = []
    findings: list[Finding] = []
    for table in tables:
        columns = find_columns(table)
        if columns is None:
            pieces += (piece for row in table for piece in rows.pieces_of(_all_cells(row), numbers))
            continue
        zh, en = columns.zh[0], columns.en[0]
        body = table[1:] if _is_header(table[0], zh, en) else table
        pieces += _pieces(body, zh, en, numbers)
        findings += _findings(table, columns, source, label)
    made, more = document(pieces, source)
    return made, (*findings, *more)


def find_columns(table: Sequence[Row]) -> Columns | None:
    """The Chinese and the English column of a table; None if one of them is missing."""
    counts: dict[Language, Counter[int]] = {"zh": Counter(), "en": Counter()}
    columns = _columns(table)
    for column, cells in columns.items():
        if _are_parts_of_speech(cells.values()):
            continue
        found = Counter(language(text) for text in set(cells.values()))
        lang: Language = "zh" if found["zh"] >= found["en"] else "en"
        counts[lang][column] = found[lang]
    zh = _best(counts["zh"], table, "zh")
    if not zh:
        return None
    readings = [column for column in counts["en"] if _is_reading(columns[column], columns[zh[0]])]
    for column in readings:
        del counts["en"][column]
    en = _best(counts["en"], table, "en")
    return Columns(zh, en) if en else None


def _best(counts: Counter[int], table: Sequence[Row], lang: Language) -> tuple[int, ...]:
    """The columns with the most different texts in a language, from the one to take on."""
    most = max(counts.values(), default=0)
    filled = [column for column in sorted(counts) if counts[column] >= max(1, _NEARLY_AS_MANY * most)]
    named = [column for column in filled if _OWN_NAMES[lang].search(table[0].cells.get(column, "")[:_LONGEST_NAME])]
    return tuple(named if len(named) == 1 else filled)


def _pieces(table: Sequence[Row], zh_column: int, en_column: int, numbers: Iterator[int]) -> Iterator[Piece]:
    number: int | None = None
    for row in table:
        zh, en = row.cells.get(zh_column, ""), row.cells.get(en_column, "")
        if not zh and not en:
            continue
        is_part = (not zh and zh_column in row.covered) or (not en and en_column in row.covered)
        if number is None or not is_part:
            number = next(numbers)
        # The same language twice is a name or an abbreviation in the other's column, unless it is the same text twice.
        are_alike = language(zh) == language(en) and zh != en
        sides: tuple[tuple[Language, str], ...] = (("zh", zh), ("en", en))
        for lang, text in sides:
            for line in filter(None, text.split("\n")):
                yield Piece(line, "cell", row.number, number, lang=lang if are_alike and language(line) else None)


def _all_cells(row: Row) -> list[list[Piece]]:
    """The cells of a row, each as its lines."""
    lines = ([line for line in text.split("\n") if line] for _, text in sorted(row.cells.items()))
    return [[Piece(line, "paragraph", row.number) for line in cell] for cell in lines]


def _is_header(row: Row, zh: int, en: int) -> bool:
    """Whether a row says what stands in its columns: by known names, or because it does so in the other language."""
    sides = row.cells.get(zh, ""), row.cells.get(en, "")
    if all(text.casefold() in _COLUMN_NAMES for text in sides):
        return not any(is_pinyin_of(text, sides[0]) for text in row.cells.values())    # 英语, yīngyǔ, English
    in_other = language(sides[0]) == "en" or language(sides[1]) == "zh"
    return in_other and all(len(text) <= _LONGEST_NAME and not _ENDS_SENTENCE.search(text) for text in sides)


def _findings(
    table: Sequence[Row], columns: Columns, source: str, label: Callable[[int], str]
) -> Iterator[Finding]:
    place = Place(source, table[0].number)
    for name, alike in (("Chinese", columns.zh), ("English", columns.en)):
        if len(alike) > 1:
            message = f"several columns are in {name} ({', '.join(map(label, alike))}); {label(alike[0])} was taken"
            remedy = f'delete the others, or call the right one "{name}" in the first row'
            yield Finding("text", place, "warning", message, remedy)
    further = [label(column) for column in sorted(_columns(table)) if column not in (columns.zh[0], columns.en[0])]
    if further:
        shown = ", ".join(further[:_SHOWN]) + (", ..." if len(further) > _SHOWN else "")
        yield Finding("text", place, "info", f"further columns left out: {len(further)} ({shown})")


def _columns(table: Sequence[Row]) -> dict[int, dict[int, str]]:
    """The columns that are not empty: the texts of each by the index of their row."""
    columns: dict[int, dict[int, str]] = {}
    for index, row in enumerate(table):
        for column, text in row.cells.items():
            columns.setdefault(column, {})[index] = text
    return columns


def _are_parts_of_speech(texts: Collection[str]) -> bool:
    return 2 * sum(_PART_OF_SPEECH.fullmatch(text) is not None for text in texts) > len(texts)


def _is_reading(column: Mapping[int, str], chinese: Mapping[int, str]) -> bool:
    """Whether a column says how the Chinese one is read: in pinyin with tone marks, with numbers, or without tones."""
    pairs = [(text, chinese[index]) for index, text in column.items() if index in chinese]
    readings = sum(
        is_pinyin_of(text, words)
        or is_pinyin_of(f"{text}1", words)
        or 2 * len(_NUMBERED.findall(text)) > len(text.split())
        for text, words in pairs
    )
    return 2 * readings > len(pairs)
