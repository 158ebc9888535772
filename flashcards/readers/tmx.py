"""TMX, translation memories: every unit with Chinese and English is a row."""

import re
from collections.abc import Iterator

from flashcards.model import BlockKind, Document, Finding
from flashcards.readers import xml
from flashcards.readers.folding import fold_lines
from flashcards.readers.units import Unit, document_of

_NATIVE_CODE = frozenset({"bpt", "ept", "ph", "it", "ut"})
_LINE_END = re.compile(r"\s*(?:<br\b[^>]*>|\\n|\n)\s*", re.IGNORECASE)


def read(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a translation memory; its units stay whole if they are sentences or phrases.

    Raises:
        InputError: the file is no TMX, or not well-formed XML; or it has no Chinese.
    """
    return document_of(_units(data, source), source)


def _units(data: bytes, source: str) -> Iterator[Unit]:
    usual = ""
    for element in xml.elements(data, source, frozenset({"header", "tu"})):
        segments = element.get("segtype") or usual
        if xml.name(element) == "header":
            usual = segments
            continue
        kind: BlockKind = "paragraph" if segments in ("paragraph", "block") else "cell"
        variants = [child for child in element if xml.name(child) == "tuv"]
        texts = tuple((_code(variant), _text(variant)) for variant in variants)
        yield Unit(element.sourceline or 0, kind, texts)


def _code(variant: xml.Element) -> str:
    """The code of a variant's language; before version 1.4 the attribute had no namespace."""
    return variant.get(xml.LANG) or variant.get("lang") or ""


def _text(variant: xml.Element) -> str:
    segments = (child for child in variant if xml.name(child) == "seg")
    return " ".join(fold_lines(xml.text(segment, _NATIVE_CODE, _is_line_end)) for segment in segments)


def _is_line_end(code: xml.Element) -> bool:
    return code.get("type") == "lb" or bool(_LINE_END.fullmatch("".join(code.itertext())))
