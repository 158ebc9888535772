"""The running text of an HTML page: its blocks and lines, and the rows of its tables."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, count

from flashcards.model import HAN
from flashcards.readers import plain, rows
from flashcards.readers.folding import fold
from flashcards.readers.html_tree import BLOCKS, HEADINGS, Node, Tree, children, text_of
from flashcards.readers.language_codes import side
from flashcards.readers.pieces import COLUMN_NAMES, Line, Piece, by_language, join_lines
from flashcards.text.languages import language

_CELLS = frozenset({"td", "th"})
_CELL_ROLES = frozenset({"cell", "gridcell", "rowheader", "columnheader"})
_BLOCK_STYLE = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_GAP = re.compile(rf"(?<=[{HAN}，。、；：？！“”])\s+$")
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_].*)?")
_KANA_OR_HANGUL = re.compile("[\u3041-\u30ff\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class _Inside:
    """What a text stands in: the innermost element that matters, where it ends, and what those round it say of it."""

    end: int
    tag: str = ""
    is_heading: bool = False
    is_preformatted: bool = False
    lang: str = ""


class Flow:
    """Reads the text of a page; counts the blocks in other languages, which it leaves out, by their codes.

    Args:
        tree: the page.
        left_out: the nodes that are not read, nor what stands in them.
        is_word: whether an English word (lower case, perhaps hyphenated) is known.
    """

    def __init__(self, tree: Tree, left_out: frozenset[int], is_word: Callable[[str], bool]) -> None:
        self.foreign: Counter[str] = Counter()
        self._tree = tree
        self._left_out = left_out
        self._is_word = is_word
        self._rows = count()
        self._tables = list(accumulate((int(_makes_rows(node)) for node in tree), initial=0))
        self._is_head = False
        self._own_lines: set[int] = set()

    def pieces(self) -> Iterator[Piece]:
        """The blocks in their order, numbered from 1."""
        for number, piece in enumerate(self._pieces(0, _Inside(len(self._tree))), start=1):
            yield replace(piece, number=number)

    def _pieces(self, start: int, around: _Inside) -> Iterator[Piece]:
        """The blocks of the nodes from `start` to the end of the element that they stand in."""
        stack = [around]
        lines = [""]
        index = start
        while stack:
            inside = stack[-1]
            if index >= inside.end:
                stack.pop()
                if inside.tag == "q":
                    lines[-1] += "”"
                elif inside.tag != "ruby":
                    yield from self._blocks(lines, inside)
                    lines = [""]
                continue
            node = self._tree[index]
            if index in self._left_out:
                index = node.end
                continue
            if not node.tag:
                _add(lines, node.text, inside)
            elif node.tag == "br":
                lines.append("")
            elif node.tag in ("q", "ruby"):
                lines[-1] = lines[-1] + "“" if node.tag == "q" else _GAP.sub("", lines[-1])
                stack.append(replace(inside, end=node.end, tag=node.tag))
            elif _is_block(node):
                yield from self._blocks(lines, inside)
                lines = [""]
                cells = self._cells(index)
                if cells:
                    yield from self._row(cells, inside)
                    index = self._tree[cells[-1]].end
                    continue
                self._is_head = node.tag == "table" or (self._is_head and node.tag != "tr")
                self._own_lines.update(self._record(index))
                stack.append(_inside(node, inside))
            elif index in self._own_lines:
                lines.append("")
            index += 1

    def _blocks(self, lines: Sequence[str], inside: _Inside) -> Iterator[Piece]:
        """What the lines between two borders of blocks make."""
        if inside.is_preformatted:
            text = "\n".join(lines)
        else:
            lines = [fold(line) for line in lines]
            text = "\n".join(lines)
        if not text.strip():
            return
        if _is_foreign(inside.lang, text):
            self.foreign[inside.lang] += 1
        elif inside.is_heading:
            for run in by_language(Line(line, 0) for line in lines if line.strip()):
                yield Piece(join_lines(run, self._is_word).text, "heading", 0)
        else:
            yield from self._paragraphs(text)

    def _paragraphs(self, text: str) -> Iterator[Piece]:
        """The paragraphs or lines of a text in which blank lines part paragraphs."""
        found = list(plain.pieces(text, self._is_word))
        are_lines = len(found) > 1 and "\n\n" not in text.strip()
        numbers = {row: next(self._rows) for row in dict.fromkeys(piece.row for piece in found) if row is not None}
        for piece in found:
            kind = "line" if are_lines and piece.kind == "paragraph" else piece.kind
            yield replace(piece, kind=kind, row=piece.row if piece.row is None else numbers[piece.row])

    # Tables

    def _cells(self, index: int) -> tuple[int, ...]:
        """The cells of a row that begins here and has no table in it: of a table, or a term and its descriptions."""
        node = self._tree[index]
        if node.tag == "dt":
            cells = self._described(index)
        elif _is_row(node):
            cells = tuple(child for child in children(self._tree, index) if _is_cell(self._tree[child]))
        else:
            return ()
        has_tables = cells and self._tables[self._tree[cells[-1]].end] > self._tables[cells[0]]
        return cells if len(cells) > 1 and not has_tables else ()

    def _described(self, index: int) -> tuple[int, ...]:
        """The terms from here on that share their descriptions, and these."""
        found: list[int] = []
        while index < len(self._tree):
            node = self._tree[index]
            is_next_term = node.tag == "dt" and found and self._tree[found[-1]].tag == "dd"
            if is_next_term or not (node.tag in ("dt", "dd") or (not node.tag and not node.text.strip())):
                break
            if node.tag:
                found.append(index)
            index = node.end
        return tuple(found)

    def _row(self, cells: Sequence[int], around: _Inside) -> Iterator[Piece]:
        """The cells of a row, those that translate each other as one; column names are left out."""
        read = []
        names = []
        for cell in cells:
            node = self._tree[cell]
            pieces = [] if cell in self._left_out else list(self._pieces(cell + 1, _inside(node, around)))
            is_name = " ".join(piece.text for piece in pieces).strip().casefold() in COLUMN_NAMES
            names.append(is_name)
            if pieces and not (is_name and (node.tag == "th" or node.attributes.get("role") == "columnheader")):
                read.append(pieces)
        is_head, self._is_head = self._is_head, False
        if is_head and all(names):
            return
        yield from rows.pieces_of(read, self._rows)

    # Spans

    def _record(self, index: int) -> list[int]:
        """The elements of a block that are lines of their own: it has nothing else, and their classes set them apart.

        So pages write a sentence, its pinyin and its translation, and put them on lines by their style.
        """
        found = []
        for child in children(self._tree, index):
            node = self._tree[child]
            if (node.tag and (_is_block(node) or not node.attributes.get("class"))) or node.text.strip():
                return []
            if node.tag:
                found.append(child)
        sides = {language(text_of(self._tree, child)): self._tree[child].attributes["class"] for child in found}
        return found if "zh" in sides and "en" in sides and sides["zh"] != sides["en"] else []


def _makes_rows(node: Node) -> bool:
    return node.tag in ("table", "dl") or _is_row(node)


def _is_row(node: Node) -> bool:
    return node.tag == "tr" or node.attributes.get("role") == "row"


def _is_cell(node: Node) -> bool:
    return node.tag in _CELLS or node.attributes.get("role") in _CELL_ROLES


def _is_block(node: Node) -> bool:
    return node.tag in BLOCKS or bool(_BLOCK_STYLE.search(node.attributes.get("style", "")))


def _inside(node: Node, around: _Inside) -> _Inside:
    says_nothing = node.tag in ("html", "body")    # the language of a page is often that of its designer
    return _Inside(
        node.end,
        node.tag,
        around.is_heading or node.tag in HEADINGS,
        around.is_preformatted or node.tag in ("pre", "listing", "xmp", "plaintext"),
        around.lang if says_nothing else node.attributes.get("lang") or node.attributes.get("xml:lang") or around.lang,
    )


def _add(lines: list[str], text: str, inside: _Inside) -> None:
    """Add a run of text to the last of the lines."""
    if inside.tag == "ruby":
        lines[-1] += text.strip()
    elif inside.is_preformatted:
        first, *others = text.replace("\r\n", "\n").split("\n")
        lines[-1] += first
        lines += others
    else:
        lines[-1] += text


def _is_foreign(code: str, text: str) -> bool:
    """Whether a text is in a language that is neither Chinese nor English, by its code and its characters."""
    if not _LANGUAGE_CODE.fullmatch(code) or side(code) or code.lower() in ("und", "mul", "zxx"):
        return False
    return language(text) != "zh" or bool(_KANA_OR_HANGUL.search(text))
