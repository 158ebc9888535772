"""PDF: the text layer of the pages, with its columns, tables and paragraphs found again from the characters' places."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flashcards.errors import InputError
from flashcards.model import Document, Finding, Place
from flashcards.readers.pdf_characters import Character, characters
from flashcards.readers.pdf_columns import bands
from flashcards.readers.pdf_lines import Segment, segments
from flashcards.readers.pdf_margins import without_margins
from flashcards.readers.pdf_paragraphs import BULLET, Paragraph, goes_on, paragraphs, style, together
from flashcards.readers.pdf_rows import rows
from flashcards.readers.pieces import Line, Piece, document, join_lines
from flashcards.text.joints import vocabulary
from flashcards.text.languages import language

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

_MOST_PAGES = 3000
_CHARACTERS_OF_A_PAGE = 20    # a page with fewer, and with a picture, is scanned
_UNREADABLE = 0.2    # of the characters
_HEADING = 1.12    # times the size of most characters
_LONGEST_HEADING = 200    # characters
_NOTE = 0.92    # times the size of the text: footnotes are smaller


@dataclass(frozen=True, slots=True)
class _Page:
    characters: list[Character]
    width: float
    has_picture: bool


def read(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a PDF that has text in it; a block's `line` is the number of its page.

    Paragraphs of both languages that stand side by side at the same heights share a row.

    Raises:
        InputError: the file is damaged, needs a password, is too long, or has no text that could be taken out of it.
    """
    pages = _pages(data, source)
    _require_text(pages, source)
    kept, left_out = without_margins([segments(page.characters) for page in pages])
    found = _joined(_paragraphs(kept, [page.width for page in pages]))
    words = vocabulary(line.text for each in found for line in each.lines)
    body = _body_size(found)
    read, findings = document((_piece(each, body, words.__contains__) for each in found), source)
    if left_out:
        message = f"page numbers and running headers and footers left out: {left_out}"
        findings = (Finding("text", Place(source), "info", message), *findings)
    return read, findings


def _pages(data: bytes, source: str) -> list[_Page]:
    """What stands on each page."""
    import pypdfium2 as pdfium
    from pypdfium2.raw import FPDF_ERR_PASSWORD  # type: ignore[import-untyped]

    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise InputError(f"{source} is locked with a password", "save a copy without one") from None
        raise _damaged(source) from None
    try:
        if len(file) > _MOST_PAGES:
            raise InputError(f"{source} has {len(file)} pages, more than {_MOST_PAGES}", "split it into parts")
        return [_page(file, index) for index in range(len(file))]
    except pdfium.PdfiumError:
        raise _damaged(source) from None
    finally:
        file.close()


def _damaged(source: str) -> InputError:
    return InputError(f"{source} is no PDF that can be opened, or is damaged", "get or save it again")


def _page(file: "PdfDocument", index: int) -> _Page:
    import pypdfium2.raw as pdfium

    page = file[index]
    try:
        pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
        return _Page(characters(page), page.get_width(), next(iter(pictures), None) is not None)
    finally:
        page.close()


def _require_text(pages: Sequence[_Page], source: str) -> None:
    """Make sure that there is text, and that its fonts tell which characters it has.

    Raises:
        InputError: there is none, or only pictures of it, or the characters cannot be told.
    """
    texts = ["".join(each.text for each in page.characters).split() for page in pages]
    counts = [sum(map(len, words)) for words in texts]
    is_bare = [count < _CHARACTERS_OF_A_PAGE for count in counts]
    if all(is_bare) and any(page.has_picture for page in pages):
        raise InputError(
            f"{source} has no text layer, only pictures of pages", "have its text recognised (OCR) and give that"
        )
    if not any(counts):
        raise InputError(f"{source} has no text", "give a PDF with a Chinese text, best with its English")
    unreadable = sum(1 for words in texts for word in words for character in word if _is_unreadable(character))
    if unreadable > _UNREADABLE * sum(counts):
        message = f"{source} does not tell which characters it shows ({unreadable} of {sum(counts)} are unknown)"
        raise InputError(message, "have its text recognised (OCR) and give that")


def _is_unreadable(character: str) -> bool:
    return character == "\ufffd" or "\ue000" <= character <= "\uf8ff"


def _paragraphs(pages: Sequence[Sequence[Segment]], widths: Sequence[float]) -> Iterator[list[Paragraph]]:
    """The paragraphs of each column, or of columns side by side in rows, in the order in which they are read."""
    banded = [bands(page) for page in pages]
    setting = style(column for page in banded for band in page for column in band)
    first_row = 0
    for number, (page, width) in enumerate(zip(banded, widths, strict=True), start=1):
        for band in page:
            columns = paragraphs(band, number, width, setting)
            in_rows = rows(columns, first_row, go_on=first_row > 0)
            if in_rows is None:
                yield from columns
            else:
                yield in_rows
                first_row += len(in_rows)


def _joined(columns: Iterable[list[Paragraph]]) -> list[Paragraph]:
    """All paragraphs, those in one again that the end of a column or of a page cuts."""
    found: list[Paragraph] = []
    for column in columns:
        found = _continued(found, column) if found and column else [*found, *column]
    return found


def _continued(found: list[Paragraph], column: list[Paragraph]) -> list[Paragraph]:
    """Add a column, or rows; what it begins with may be the rest of the last paragraph, or of the last row."""
    end = len(found) if found[-1].row is not None else _before_notes(found, column[0])
    row = found[end - 1].row
    start = next((i for i, each in enumerate(found) if each.row == row), end - 1) if row is not None else end - 1
    before, first = found[start:end], _first_row(column)
    cells = [(_in_language(before, lang), _in_language(first, lang)) for lang in ("zh", "en")]
    is_cut = any(old and new and goes_on(old[-1], new[0]) for old, new in cells)
    if not is_cut or (first[0].row is not None and (row is None or before[-1].page == first[0].page)):
        return [*found, *column]
    whole = [replace(each, row=row) for old, new in cells for each in _one_cell(old, new)]
    return [*found[:start], *whole, *found[end:], *column[len(first) :]]


def _before_notes(found: Sequence[Paragraph], following: Paragraph) -> int:
    """How many paragraphs there are without the footnotes at the end of the last page."""
    end = len(found)
    while end > 1 and found[end - 1].page == found[-1].page and found[end - 1].size < _NOTE * following.size:
        end -= 1
    return end


def _first_row(column: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs of the first row, or the first paragraph outside of rows."""
    row = column[0].row
    return [column[0]] if row is None else [each for each in column if each.row == row]


def _in_language(paragraphs: Iterable[Paragraph], lang: str) -> list[Paragraph]:
    return [each for each in paragraphs if language(each.text) == lang]


def _one_cell(old: list[Paragraph], new: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs of two parts of a cell."""
    if old and new and goes_on(old[-1], new[0]):
        return [*old[:-1], together(old[-1], new[0]), *new[1:]]
    return [*old, *new]


def _body_size(found: Sequence[Paragraph]) -> float:
    """The size in points of most characters."""
    sizes: Counter[float] = Counter()
    for each in found:
        sizes[round(each.size, 1)] += len(each.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _piece(paragraph: Paragraph, body: float, is_word: Callable[[str], bool]) -> Piece:
    text = join_lines([Line(line.text, paragraph.page) for line in paragraph.lines], is_word).text
    bullet = BULLET.match(text)
    text = text[bullet.end() :] if bullet else text
    is_heading = paragraph.size > _HEADING * body and len(text) <= _LONGEST_HEADING and paragraph.row is None
    return Piece(text, "heading" if is_heading else "paragraph", paragraph.page, paragraph.row)
