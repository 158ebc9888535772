"""XML from strangers: parsed without entities, DTDs and the network, and what is wrong with it said in one line."""

from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from typing import Any

from flashcards.errors import InputError

Element = Any
"""An element of lxml, which has no types; comments and processing instructions have a tag that is no string."""

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
"""The attribute xml:lang."""

_HARDENED = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
_REMEDY = "get or export the file again"


def elements(data: bytes, source: str, names: frozenset[str]) -> Iterator[Element]:
    """The elements with some names, each when it is whole, in the order in which they end.

    An element and all before it are forgotten as soon as the next one is asked for, so that a document of any length
    takes little memory; what it stands in is still there, with its attributes.

    Args:
        data: the document.
        source: its name, for errors.
        names: the elements' names, without namespaces.

    Raises:
        InputError: the document is not well-formed, declares entities, is nested too deeply, or has too long a text.
    """
    from lxml import etree  # type: ignore[import-untyped]

    inside = 0
    first = True
    try:
        for event, element in etree.iterparse(BytesIO(data), events=("start", "end"), **_HARDENED):
            if first:
                _refuse_entities(element, source)
                first = False
            wanted = name(element) in names
            if event == "start":
                inside += wanted
                continue
            if wanted:
                yield element
                inside -= 1
            if not inside:
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise _fault(error, source) from None


def parse(data: bytes, source: str) -> Element:
    """The root of a small document.

    Raises:
        InputError: the document is not well-formed, declares entities, is nested too deeply, or has too long a text.
    """
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(**_HARDENED))
    except etree.XMLSyntaxError as error:
        raise _fault(error, source) from None
    _refuse_entities(root, source)
    return root


def name(element: Element) -> str:
    """An element's name without its namespace; "" for comments, processing instructions and references to entities."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text(element: Element, without: frozenset[str], is_line_end: Callable[[Element], bool]) -> str:
    """The text of an element and of what stands in it.

    Args:
        element: it may hold no deeper nesting than the parser lets through, some 250 levels.
        without: the names of the elements whose content is no text.
        is_line_end: whether such an element stands for the end of a line.
    """
    parts = [element.text or ""]
    for child in element:
        if name(child) in without:
            parts.append("\n" if is_line_end(child) else "")
        elif name(child):
            parts.append(text(child, without, is_line_end))
        elif (child.text or "").startswith("&"):    # a reference to an entity that the document does not declare
            parts.append(unescape(child.text))
        parts.append(child.tail or "")
    return "".join(parts)


def _forget(element: Element) -> None:
    """Free what has been read: the element's content, and all that stands before it."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_entities(root: Element, source: str) -> None:
    """Raise an error if the document declares entities: they can name other files, or blow up to any size."""
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise _declares_entities(source)


def _declares_entities(source: str) -> InputError:
    return InputError(f"{source} declares XML entities, which can reach for other files or exhaust the memory", _REMEDY)


def _fault(error: Any, source: str) -> InputError:
    """What the parser complains about, in our words where it is about a limit."""
    if "entity" in error.msg.lower() and "amplification" in error.msg:
        return _declares_entities(source)
    if "Excessive depth" in error.msg:
        return InputError(f"{source} is nested too deeply (line {error.lineno})", _REMEDY)
    if "XML_PARSE_HUGE" in error.msg:
        return InputError(f"{source} has too long a text in one place (line {error.lineno})", _REMEDY)
    what = " ".join(error.msg.partition(", line ")[0].split())
    where = f"line {error.lineno}: " if error.lineno else ""
    return InputError(f"{source} is not well-formed XML ({where}{what})", _REMEDY)
