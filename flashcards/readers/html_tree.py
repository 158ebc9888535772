"""An HTML page as a flat sequence of its elements and texts, so that deep nesting is no recursion."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashcards.errors import InputError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Tree = Sequence["Node"]
"""A page in the order of its source: every element stands before what it holds."""

BLOCKS = frozenset("""
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary
    table tbody td tfoot th thead tr ul
""".split())
"""The elements that set their text apart from what stands before and behind it."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_FORMATTING = r"(?P<formatting>b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)"
_NESTING = re.compile(
    rf"<(?P<end>/?)(?:{_FORMATTING}|article|aside|blockquote|center|dir|div|dl|fieldset|form|main|ol|section|ul)\b",
    re.IGNORECASE,
)
# Parsing takes time with the square of the depth, and so do formatting elements that are never closed, which every
# paragraph opens anew. Pages that people write are some ten or a hundred deep.
_DEEPEST = {True: 1000, False: 20_000}


@dataclass(frozen=True, slots=True)
class Node:
    """An element, or a run of text (whose `tag` is ""). What stands in it are the nodes behind it and before `end`."""

    tag: str
    text: str
    attributes: Mapping[str, str]
    end: int

    @property
    def names(self) -> tuple[str, ...]:
        """The element's classes and its id."""
        return (*self.attributes.get("class", "").split(), *self.attributes.get("id", "").split())


def parse(markup: str, source: str) -> Tree:
    """The page, as a browser would understand it; comments are left out.

    Raises:
        InputError: it is nested too deeply.
    """
    from selectolax.lexbor import LexborHTMLParser

    _require_shallow(markup, source)
    opened = list(_walk(LexborHTMLParser(markup).root))
    ends = [len(opened)] * len(opened)
    waiting: list[int] = []
    for index, (depth, _, _, _) in enumerate(opened):
        while waiting and opened[waiting[-1]][0] >= depth:
            ends[waiting.pop()] = index
        waiting.append(index)
    return tuple(Node(tag, text, attributes, end) for (_, tag, text, attributes), end in zip(opened, ends, strict=True))


def children(tree: Tree, parent: int) -> Iterator[int]:
    """The indexes of the nodes that stand immediately in another one."""
    child = parent + 1
    while child < tree[parent].end:
        yield child
        child = tree[child].end


def text_of(tree: Tree, index: int) -> str:
    """All the text in an element, as it stands in the source."""
    return "".join(node.text for node in tree[index : tree[index].end])


def _require_shallow(markup: str, source: str) -> None:
    depths = {True: 0, False: 0}
    for tag in _NESTING.finditer(markup):
        kind = tag["formatting"] is not None
        depths[kind] = max(0, depths[kind] - 1) if tag["end"] else depths[kind] + 1
        if depths[kind] > _DEEPEST[kind]:
            line = markup.count("\n", 0, tag.start()) + 1
            raise InputError(f"{source} is nested too deeply (line {line})", "copy its text into a text file")


def _walk(root: "LexborNode | None") -> Iterator[tuple[int, str, str, dict[str, str]]]:
    """The depth, tag, text and attributes of every element and text."""
    node, depth = root, 0
    while node is not None:
        if node.is_text_node:
            yield depth, "", node.text_content or "", {}
        elif node.is_element_node:
            yield depth, node.tag or "", "", {name.lower(): value or "" for name, value in node.attributes.items()}
        following = node.first_child
        if following is not None:
            depth += 1
        while following is None and node is not None and depth > 0:
            following = node.next
            if following is None:
                node, depth = node.parent, depth - 1
        node = following
