"""What the styles of a DOCX file say of a paragraph or a run: whether it is a heading, and whether it is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flashcards.readers import xml

_HEADING = re.compile(r"heading ?\d|title|subtitle", re.IGNORECASE)    # the names are English in every language's Word
_CONTENTS = re.compile(r"toc ?\d|toc heading|table of figures", re.IGNORECASE)
_LONGEST_CHAIN = 50    # styles, each based on the next; a file of thousands would cost the square of their number
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    base: str
    level: int | None
    is_hidden: bool | None


class Styles:
    """The styles of a document, by their ids; a style that is not there goes by its id."""

    def __init__(self, root: xml.Element | None = None) -> None:
        """Take the styles from the root of their part; without one there are none."""
        self._styles = {
            attribute(style, "styleId"): _Style(
                attribute(child(style, "name"), "val"),
                attribute(child(style, "basedOn"), "val"),
                _level(child(style, "pPr")),
                switch(child(style, "rPr"), "vanish"),
            )
            for style in (root if root is not None else ())
            if xml.name(style) == "style"
        }

    def is_heading(self, properties: xml.Element | None) -> bool:
        """Whether a paragraph with these properties (`w:pPr`) is a heading."""
        level = _level(properties)
        if level is not None:
            return level < _BODY
        style = attribute(child(properties, "pStyle"), "val")
        levels = [each.level for each in self._chain(style) if each.level is not None]
        return bool(_HEADING.fullmatch(self._name(style))) or (bool(levels) and levels[0] < _BODY)

    def is_contents(self, properties: xml.Element | None) -> bool:
        """Whether a paragraph with these properties belongs to a table of contents, which repeats the headings."""
        return bool(_CONTENTS.fullmatch(self._name(attribute(child(properties, "pStyle"), "val"))))

    def is_hidden(self, properties: xml.Element | None, style: str) -> bool:
        """Whether text is hidden.

        Args:
            properties: those of its run or style (`w:rPr`).
            style: the id of the style that it has besides, if the properties say nothing.
        """
        direct = switch(properties, "vanish")
        if direct is not None:
            return direct
        ids = (attribute(child(properties, "rStyle"), "val"), style)
        return next((each.is_hidden for id in ids for each in self._chain(id) if each.is_hidden is not None), False)

    def _name(self, id: str) -> str:
        return self._styles[id].name if id in self._styles else id

    def _chain(self, id: str) -> Iterator[_Style]:
        """The style and those that it is based on."""
        seen: set[str] = set()
        while id in self._styles and id not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(id)
            yield self._styles[id]
            id = self._styles[id].base


_BODY = 9    # the outline level of what is no heading; those of headings count from 0


def child(element: xml.Element | None, name: str) -> xml.Element | None:
    """The first child of that name, without its namespace."""
    return next((each for each in (element if element is not None else ()) if xml.name(each) == name), None)


def attribute(element: xml.Element | None, name: str) -> str:
    """An attribute by its name without its namespace, of which there are two; "" if it is not there."""
    attributes = element.attrib.items() if element is not None else ()
    return next((value for key, value in attributes if key.rpartition("}")[2] == name), "")


def switch(properties: xml.Element | None, name: str) -> bool | None:
    """Whether a property is on or off; None if it is not set."""
    element = child(properties, name)
    return None if element is None else attribute(element, "val").lower() not in _OFF


def _level(properties: xml.Element | None) -> int | None:
    value = attribute(child(properties, "outlineLvl"), "val")
    return int(value) if re.fullmatch("[0-9]", value) else None
