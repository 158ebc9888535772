"""Web pages saved in one file with their pictures: MHTML (Chrome, Edge) and web archives (Safari)."""

from typing import Any

from flashcards.errors import InputError
from flashcards.model import Document, Finding
from flashcards.readers.html import read_page

_REMEDY = 'save the page again, as "web page, HTML only"'


def read_mhtml(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a page that was saved as MHTML.

    Raises:
        InputError: there is no page in it, its encoding cannot be told, or there is no text in the page.
    """
    from email import message_from_bytes

    try:
        parts = list(message_from_bytes(data).walk())
    except RecursionError:
        raise InputError(f"{source} is nested too deeply", _REMEDY) from None
    for part in parts:    # the page itself; frames come behind it
        content = part.get_payload(decode=True)
        if part.get_content_type() in ("text/html", "application/xhtml+xml") and isinstance(content, bytes):
            return read_page(content, source, part.get_content_charset(""))
    raise InputError(f"{source} has no web page in it", _REMEDY)


def read_webarchive(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a web archive.

    Raises:
        InputError: there is no page in it, its encoding cannot be told, or there is no text in the page.
    """
    page = _dictionary(_property_list(data).get("WebMainResource"))
    content = page.get("WebResourceData")
    if not isinstance(content, bytes):
        raise InputError(f"{source} has no web page in it", _REMEDY)
    return read_page(content, source, str(page.get("WebResourceTextEncodingName", "")))


def _property_list(data: bytes) -> dict[str, Any]:
    """The keys and values of a property list; none if it is damaged."""
    import plistlib
    from xml.parsers.expat import ExpatError

    damages = (ExpatError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError, RecursionError)
    try:
        return _dictionary(plistlib.loads(data))
    except damages:    # plistlib believes what it reads
        return {}


def _dictionary(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
