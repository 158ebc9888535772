"""EPUB 2 and 3: the chapters of an e-book in their reading order, without cover, contents and notes."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from flashcards.errors import InputError
from flashcards.files import Archive, open_archive
from flashcards.model import Document, Finding, Place
from flashcards.readers import xml
from flashcards.readers.html import Page, decode_markup, findings_of, page_of
from flashcards.readers.html_measure import Measure
from flashcards.readers.html_tree import parse
from flashcards.readers.pieces import Piece, document

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_ENCRYPTIONS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/xml", "text/x-oeb1-document"})
_NO_CHAPTERS = frozenset({"cover", "toc", "copyright-page"})


@dataclass(frozen=True, slots=True)
class _Book:
    """What a book says of itself: its title, and the members of the archive that are its chapters, in their order."""

    title: str
    chapters: tuple[str, ...]


def read(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in an e-book; a block's place is its number in the book.

    A chapter that is missing or damaged is a finding, unless there is no other.

    Raises:
        InputError: the file is damaged or no e-book, it is protected against copying, or it has no text.
    """
    archive = open_archive(data, source, "EPUB")
    _refuse_protected(archive, source)
    book = _book(archive, source)
    pages: list[Page] = []
    findings: list[Finding] = []
    faults: list[InputError] = []
    for chapter in book.chapters:
        try:
            markup, encoding = decode_markup(archive.read(chapter), f"{source}: {chapter}")
            tree = parse(markup, f"{source}: {chapter}")
        except InputError as error:
            faults.append(error)
            what = f"a chapter cannot be read: {error.message}"
            findings.append(Finding("text", Place(source), "warning", what, "get the book again"))
            continue
        findings += encoding
        if not Measure.of(tree).is_list_of_links():
            pages.append(page_of(tree, is_book=True))
    made, more = document(_numbered(pages), source)
    if not made.blocks:
        no_text = InputError(f"{source} has no text in it", "its pages may be pictures; give a file with text")
        raise faults[0] if faults else no_text
    return replace(made, title=book.title or made.title), (*findings, *findings_of(pages, source), *more)


def _numbered(pages: Sequence[Page]) -> Iterator[Piece]:
    """The blocks of all pages, with numbers and rows that go on from page to page."""
    number = rows = 0
    for page in pages:
        for piece in page.pieces:
            row = piece.row if piece.row is None else rows + piece.row
            yield replace(piece, number=number + piece.number, row=row)
        number += len(page.pieces)
        rows += 1 + max((piece.row for piece in page.pieces if piece.row is not None), default=-1)


def _refuse_protected(archive: Archive, source: str) -> None:
    """Raise an error if more is encrypted than fonts."""
    if _ENCRYPTION not in archive.names:
        return
    root = xml.parse(archive.read(_ENCRYPTION), f"{source}: {_ENCRYPTION}")
    for encrypted in root.iter("{*}EncryptedData"):
        methods = [method.get("Algorithm", "") for method in encrypted.iter("{*}EncryptionMethod")]
        if not any(method.startswith(_FONT_ENCRYPTIONS) for method in methods):
            raise InputError(f"{source} is protected against copying (DRM)", "give the book without protection")


def _book(archive: Archive, source: str) -> _Book:
    path = _package_path(archive, source)
    package = xml.parse(archive.read(path), f"{source}: {path}")
    members = {name.casefold(): name for name in archive.names}

    def member(reference: str) -> str:
        """The member that a reference in the package means; what it says if there is none."""
        target = unquote(reference.partition("#")[0])
        name = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        return name if name in archive.names else members.get(name.casefold(), name)

    titles = ("".join(element.itertext()).strip() for element in package.iter("{*}title"))
    items = {item.get("id"): item for item in package.iter("{*}item")}
    no_chapters = {
        member(reference.get("href", ""))
        for reference in package.iter("{*}reference")
        if reference.get("type", "").lower() in _NO_CHAPTERS
    }
    chapters = []
    for entry in package.iter("{*}itemref"):
        item = items.get(entry.get("idref"))
        if item is None or entry.get("linear") == "no" or item.get("media-type", "").lower() not in _PAGES:
            continue
        name = member(item.get("href", ""))
        if "nav" not in item.get("properties", "").split() and name not in no_chapters:
            chapters.append(name)
    return _Book(next(filter(None, titles), ""), tuple(chapters))


def _package_path(archive: Archive, source: str) -> str:
    """The member that lists the parts of the book."""
    if _CONTAINER in archive.names:
        root = xml.parse(archive.read(_CONTAINER), f"{source}: {_CONTAINER}")
        paths = [unquote(file.get("full-path", "")) for file in root.iter("{*}rootfile")]
    else:
        paths = [name for name in archive.names if name.endswith(".opf")]
    found = [path for path in paths if path in archive.names]
    if not found:
        raise InputError(f"{source} is no e-book, or a damaged one: it has no list of its parts", "get the book again")
    return found[0]
