"""XLIFF 1.2 and 2, translations in the making: every segment with its translation is a row."""

from collections.abc import Iterator

from flashcards.model import BlockKind, Document, Finding
from flashcards.readers import xml
from flashcards.readers.folding import fold_lines
from flashcards.readers.units import Unit, document_of

_NATIVE_CODE = frozenset({"x", "bx", "ex", "bpt", "ept", "ph", "it", "sub", "sc", "ec", "cp", "sm", "em"})
_LINE_ENDS = frozenset({"lb", "x-br", "xlf:lb"})

Side = xml.Element | None
"""A source, a target or a segment of one; None if it is missing."""


def read(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a file that translators work on; what has no translation yet is an omission.

    Raises:
        InputError: the file is no XLIFF, or not well-formed XML; or it has no Chinese.
    """
    return document_of(_units(data, source), source)


def _units(data: bytes, source: str) -> Iterator[Unit]:
    for element in xml.elements(data, source, frozenset({"trans-unit", "unit"})):
        yield from (_of_version_2(element) if xml.name(element) == "unit" else _of_version_1(element))


def _of_version_1(unit: xml.Element) -> Iterator[Unit]:
    """The segments that a unit is cut into, or the whole unit."""
    codes = _codes(unit, "source-language", "target-language")
    source, target = _child(unit, "source"), _child(unit, "target")
    sources, targets = _marked(_child(unit, "seg-source")), _marked(target)
    is_cut_alike = target is None or bool(targets) or not _text(target)
    if sources and is_cut_alike:
        for number, segment in sources.items():
            yield _unit("cell", codes, segment, targets.get(number))
    elif source is not None:
        yield _unit("paragraph", codes, source, target)


def _of_version_2(unit: xml.Element) -> Iterator[Unit]:
    """The segments of a unit; one that has a single segment may be a paragraph that nobody has cut."""
    codes = _codes(unit, "srcLang", "trgLang")
    segments = [child for child in unit if xml.name(child) == "segment"]
    for segment in segments:
        source = _child(segment, "source")
        if source is not None:
            yield _unit("cell" if len(segments) > 1 else "paragraph", codes, source, _child(segment, "target"))


def _marked(side: Side) -> dict[str, xml.Element]:
    """The segments of a side of a unit by their numbers."""
    marks = [] if side is None else side.iter("{*}mrk")
    return {mark.get("mid", ""): mark for mark in marks if mark.get("mtype") == "seg"}


def _codes(unit: xml.Element, source: str, target: str) -> tuple[str, str]:
    """The codes of the two languages, by the attributes of an element further out."""
    for outer in unit.iterancestors():
        if outer.get(source):
            return outer.get(source), outer.get(target, "")
    return "", ""


def _child(element: xml.Element, name: str) -> Side:
    return next((child for child in element if xml.name(child) == name), None)


def _unit(kind: BlockKind, codes: tuple[str, str], source: xml.Element, target: Side) -> Unit:
    sides = [(code, side) for code, side in zip(codes, (source, target), strict=True) if side is not None]
    return Unit(source.sourceline or 0, kind, tuple((side.get(xml.LANG) or code, _text(side)) for code, side in sides))


def _text(side: xml.Element) -> str:
    return fold_lines(xml.text(side, _NATIVE_CODE, _is_line_end))


def _is_line_end(code: xml.Element) -> bool:
    return code.get("ctype") in _LINE_ENDS or code.get("subType") in _LINE_ENDS
