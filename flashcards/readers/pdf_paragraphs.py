"""Lines of a column joined to paragraphs, by what typesetters do where one begins or ends."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from flashcards.model import HAN, Language
from flashcards.readers.pdf_columns import Band, Column
from flashcards.readers.pdf_lines import Segment
from flashcards.text.languages import language
from flashcards.text.reflow import ends_open

_OTHER_SIZE = 0.1    # of the size
_INDENT = 0.8    # of the size
_DEEPEST_INDENT = 5.0    # of the size; farther in, a line is centred or set to the right
_APART = 1.15    # of the usual distance of baselines
_LEEWAY = 0.6    # of the size: how much more room than the next word needs the last line of a paragraph leaves
_LEEWAY_INSIDE = 2.0    # the same for a line that does not end a sentence: some marks may not begin a line
_RAGGED = 1.5    # of the size: how far from the margin full lines may end
_FULL_LINES = 3    # that end so near to each other show where the margin is
_WIDTH_OF_TEXT = 6.0    # of the size; narrower lines are words
_GUTTER = 2.0    # of the size, if no line tells where the margin is
_LEVEL = 0.3    # of the size
_USUAL_LEADING = 1.7    # of the size, where no two lines of a language follow each other

_FIRST_WORD = re.compile(rf"[“‘「『《（(]*(?:[{HAN}][，。、；：？！”’」』》）]*|[^\s{HAN}]+)")
BULLET = re.compile(r"[•●○▪■◆‣◦➢✓]\s*|[-–·]\s+")
"""What stands before an item of a list and is no text."""

_LABELLED = re.compile(
    rf"\(?\d{{1,3}}[.)、](?!\d)|[（(]\d{{1,2}}[)）]|[一二三四五六七八九十]{{1,3}}、|{BULLET.pattern}"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are read as one text.

    `room` is the width that its last line leaves before the margin, `indent` how far its first stands in, in points.
    Those in one `row` stand side by side in two languages.
    """

    lines: tuple[Segment, ...]
    page: int
    room: float
    indent: float
    row: int | None = None

    @property
    def size(self) -> float:
        """The size of its type in points."""
        return self.lines[0].size

    @property
    def span(self) -> tuple[float, float]:
        """Its top and its bottom, downwards, in points."""
        return self.lines[0].y - self.size, max(self.lines[-1].y, self.lines[0].y) + 0.2 * self.size

    @property
    def text(self) -> str:
        """Its lines with spaces between them: enough to tell its language."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Style:
    """How a document is set.

    `leading` is the usual distance of baselines in points, for each language and each size in whole points: that of
    lines in one paragraph, not of paragraphs. `indented` are the languages whose paragraphs begin farther in than they
    go on.
    """

    leading: Mapping[tuple[Language | None, int], float]
    indented: frozenset[Language | None]


def style(columns: Iterable[Column]) -> Style:
    """How the columns of a document are set."""
    gaps: dict[tuple[Language | None, int], list[float]] = defaultdict(list)
    begin_inside: Counter[Language | None] = Counter()
    for column in columns:
        left = _left(column)
        for upper, lower in pairwise(column):
            kind = _kind(lower)
            if lower.y > upper.y and _kind(upper) == kind:
                gaps[kind].append(lower.y - upper.y)
                if _is_indented(upper, left):
                    begin_inside[kind[0]] += -1 if _is_indented(lower, left) else 1
    leading = {kind: sorted(found)[len(found) // 4] for kind, found in gaps.items()}
    return Style(leading, frozenset(lang for lang, more in begin_inside.items() if more > 0))


def _kind(line: Segment) -> tuple[Language | None, int]:
    return language(line.text), round(line.size)


def _left(column: Column) -> float:
    return min(line.left for line in column)


def paragraphs(band: Band, page: int, width: float, style: Style) -> list[list[Paragraph]]:
    """The paragraphs of each column.

    Args:
        band: columns side by side.
        page: the number of their page.
        width: the page's width in points.
        style: how the document is set.
    """
    margins = [(_left(column), _right(index, band, width)) for index, column in enumerate(band)]
    begins = [
        {index for index in range(1, len(column)) if _begins(column[index - 1], column[index], left, right, style)}
        for column, (left, right) in zip(band, margins, strict=True)
    ]
    if len(band) > 1:
        begins = _level_begins(band, begins)
    return [
        [
            Paragraph(column[start:end], page, _room(column[end - 1], left, right), column[start].left - left)
            for start, end in pairwise(sorted({0, *cuts, len(column)}))
        ]
        for column, cuts, (left, right) in zip(band, begins, margins, strict=True)
    ]


def _right(index: int, band: Band, width: float) -> float:
    """The right margin: where many lines end, or how far they could go, if few lines tell."""
    column = band[index]
    farthest = max(column, key=lambda line: line.right)
    wide = [line for line in column if line.right - line.left > _WIDTH_OF_TEXT * line.size]
    full = sum(1 for line in wide if farthest.right - line.right < _RAGGED * line.size)
    if full >= _FULL_LINES:
        return farthest.right
    is_last = index + 1 == len(band)
    limit = width - _left(band[0]) if is_last else _left(band[index + 1]) - _GUTTER * farthest.size
    return max(farthest.right, limit)


def _level_begins(band: Band, begins: Sequence[set[int]]) -> list[set[int]]:
    """The lines that begin paragraphs, with those level with such a line in another column that may as well begin one.

    They may if a sentence ends before them; or if none does there either, as in titles and lists of words.
    """
    found = [set(each) for each in begins]
    for column, own in zip(band, found, strict=True):
        for other, cuts in zip(band, begins, strict=True):
            for cut in cuts if other is not column else ():
                level = (i for i in range(1, len(column)) if abs(column[i].y - other[cut].y) < _LEVEL * column[i].size)
                for index in level:
                    goes_on = ends_open(column[index - 1].text)
                    if not goes_on or (ends_open(other[cut - 1].text) and not column[index].text[:1].islower()):
                        own.add(index)
    return found


def _differ(one: float, other: float) -> bool:
    return abs(one - other) > _OTHER_SIZE * max(one, other)


def _is_indented(line: Segment, left: float) -> bool:
    return _INDENT * line.size < line.left - left < _DEEPEST_INDENT * line.size


def _begins(last: Segment, line: Segment, left: float, right: float, style: Style) -> bool:
    """Whether a line begins a new paragraph behind the last one."""
    lang, last_lang = language(line.text), language(last.text)
    if _differ(last.size, line.size) or (lang and last_lang and lang != last_lang):
        return True
    usual = style.leading.get(_kind(line), _USUAL_LEADING * line.size)
    if not 0 < line.y - last.y <= _APART * usual or _room(last, left, right) > _needed(last, line):
        return True
    is_labelled, was_labelled = _LABELLED.match(line.text), _LABELLED.match(last.text)
    if is_labelled and (was_labelled or not ends_open(last.text)):
        return True
    if was_labelled:    # the rest of a list's item hangs
        return False
    is_farther_in = line.left - last.left > _INDENT * line.size
    return _is_indented(line, left) and (lang in style.indented or is_farther_in)


def _room(line: Segment, left: float, right: float) -> float:
    """The width that a line leaves free; on both sides if it is centred."""
    behind, before = right - line.right, line.left - left
    is_centred = before > _INDENT * line.size and abs(behind - before) < line.size
    return behind + before if is_centred else behind


def _needed(last: Segment, line: Segment) -> float:
    """The width in points that the first word of a line needs behind the last one; more inside a sentence."""
    first = _FIRST_WORD.match(line.text)
    share = len(first[0]) / len(line.text) if first else 0.0
    return share * (line.right - line.left) + (_LEEWAY_INSIDE if ends_open(last.text) else _LEEWAY) * line.size


def goes_on(before: Paragraph, following: Paragraph) -> bool:
    """Whether the end of a column or page cuts a paragraph, of which the second one is the rest."""
    text, rest = before.text, following.text
    if _differ(before.size, following.size) or language(text) != language(rest) or not ends_open(text):
        return False
    if rest[:1].islower():
        return True
    is_indented = _INDENT * following.size < following.indent
    return not is_indented and before.room <= _needed(before.lines[-1], following.lines[0])


def together(before: Paragraph, following: Paragraph) -> Paragraph:
    """The two parts of a paragraph as one."""
    return replace(following, lines=(*before.lines, *following.lines), page=before.page, indent=before.indent)
