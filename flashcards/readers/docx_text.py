"""The text of a paragraph of a DOCX file, as it would be printed with all changes accepted."""

from collections.abc import Iterable, Iterator

from flashcards.readers import xml
from flashcards.readers.docx_styles import Styles, attribute, child

PAGE_BREAK = "\f"
"""Stands in a text where a page or a column is broken within a paragraph."""

_WRAPPERS = frozenset(
    {"hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent", "rubyBase"}
)
_MATHEMATICS = frozenset({"oMath", "oMathPara"})
_DRAWINGS = frozenset({"drawing", "pict", "object"})
_NOTES = frozenset({"footnoteReference", "endnoteReference"})


class Text:
    """The text of a paragraph while it is taken: hard breaks are line feeds in it, tabs are tabs.

    `boxes` are the text boxes that are anchored in it.
    """

    def __init__(self, styles: Styles, style: str) -> None:
        self.text = ""
        self.boxes: list[xml.Element] = []
        self._styles = styles
        self._style = style
        self._fields: list[bool] = []    # for each field that is open whether its instruction has ended

    def add(self, element: Iterable[xml.Element]) -> None:
        """Add the runs of a paragraph, or of what holds some."""
        for each in element:
            name = xml.name(each)
            if name == "r":
                self._add_run(each)
            elif name == "AlternateContent":
                self.add(chosen(each))
            elif name in _WRAPPERS or (name == "sdt" and not is_placeholder(each)):
                self.add(each)
            elif name in _MATHEMATICS:
                self._write("".join(each.itertext()))

    def _add_run(self, run: xml.Element) -> None:
        has_own_mark = any(xml.name(each) in _NOTES and attribute(each, "customMarkFollows") for each in run)
        if not has_own_mark and not self._styles.is_hidden(child(run, "rPr"), self._style):
            self._add_content(run)

    def _add_content(self, run: Iterable[xml.Element]) -> None:
        for each in run:
            name = xml.name(each)
            if name == "t":
                self._write(_on_one_line(each.text or ""))
            elif name in ("tab", "ptab"):
                self._write("\t")
            elif name in ("br", "cr"):
                self._write(PAGE_BREAK if attribute(each, "type") in ("page", "column") else "\n")
            elif name == "noBreakHyphen":
                self._write("-")
            elif name == "fldChar":
                self._mark_field(attribute(each, "fldCharType"))
            elif name == "ruby":
                self.add(children(each, "rubyBase"))
            elif name == "AlternateContent":
                self._add_content(chosen(each))
            elif name in _DRAWINGS:
                self.boxes += _boxes(each)

    def _write(self, text: str) -> None:
        """Add text, unless it is part of what a field is to show, not of what it shows."""
        if all(self._fields):
            self.text += text

    def _mark_field(self, mark: str) -> None:
        if mark == "begin":
            self._fields.append(False)
        elif mark == "separate" and self._fields:
            self._fields[-1] = True
        elif mark == "end" and self._fields:
            self._fields.pop()


def chosen(alternatives: xml.Element) -> Iterable[xml.Element]:
    """What stands in the alternative for newer programs, or else in that for older ones; they have the same text."""
    choices = children(alternatives, "Choice") or children(alternatives, "Fallback")
    return choices[0] if choices else ()


def is_placeholder(control: xml.Element) -> bool:
    """Whether a content control holds nothing of its author's: a prompt to type something, or a table of contents."""
    properties = child(control, "sdtPr")
    gallery = child(child(properties, "docPartObj"), "docPartGallery")
    return child(properties, "showingPlcHdr") is not None or attribute(gallery, "val") == "Table of Contents"


def children(element: xml.Element, name: str) -> list[xml.Element]:
    """The children of that name, without its namespace."""
    return [each for each in element if xml.name(each) == name]


def texts(elements: Iterable[xml.Element]) -> Iterator[str]:
    """The lines of all paragraphs in some elements, whether they are shown or not."""
    for element in elements:
        for part in element.iter():
            if xml.name(part) == "p":
                text = "".join("\n" if xml.name(each) == "br" else each.text or "" for each in part.iter())
                yield from text.split("\n")


def _boxes(element: Iterable[xml.Element]) -> Iterator[xml.Element]:
    """The contents of the text boxes in a drawing, without the boxes inside them."""
    for each in element:
        name = xml.name(each)
        if name == "txbxContent":
            yield each
        elif name == "AlternateContent":
            yield from _boxes(chosen(each))
        elif name:
            yield from _boxes(each)


def _on_one_line(text: str) -> str:
    """The text without the line ends and tabs that programs put into the XML; those of its author are elements."""
    return text.replace("\r", "").replace("\n", " ").replace("\t", " ")
