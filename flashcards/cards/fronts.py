"""Anki's template language, as far as it decides which cards a note has."""

import re
from collections.abc import Iterator, Set

_TAG = re.compile(r"\{\{\s*([#^/]?)\s*([^{}]*?)\s*\}\}")


def makes_card(front: str, filled: Set[str]) -> bool:
    """Whether Anki makes a card of this template for a note: whether its front shows one of the note's fields.

    Text of the template itself does not count, nor does what Anki knows besides, such as `{{Tags}}`.

    Args:
        front: the template of the card's front.
        filled: the names of the note's fields that are not empty.

    Raises:
        ValueError: a condition is not closed, or closed without having been opened.

    >>> makes_card("{{#Flag}}<b>{{tts zh_CN:Hanzi}}</b>{{/Flag}}", {"Flag", "Hanzi"})
    True
    >>> makes_card("{{#Flag}}{{Hanzi}}{{/Flag}}", {"Hanzi"}), makes_card("read this", {"Hanzi"})
    (False, False)
    """
    return not filled.isdisjoint([*_shown(front, filled)])    # a list, so that every condition is looked at


def fields_of(template: str) -> frozenset[str]:
    """The names that a template's tags ask for: fields, and what Anki knows besides."""
    return frozenset(_field(name) for _, name in _TAG.findall(template))


def _shown(template: str, filled: Set[str]) -> Iterator[str]:
    """The fields that stand where the conditions around them hold."""
    conditions: list[tuple[str, bool]] = []
    for sign, name in _TAG.findall(template):
        if sign == "/":
            if not conditions or conditions.pop()[0] != name:
                raise ValueError(f"{{{{/{name}}}}} closes nothing")
        elif sign:
            conditions.append((name, (name in filled) == (sign == "#")))
        elif all(holds for _, holds in conditions):
            yield _field(name)
    if conditions:
        raise ValueError(f"{{{{#{conditions[-1][0]}}}}} is not closed")


def _field(name: str) -> str:
    """The field of a tag, without its filters."""
    return name.rpartition(":")[2].strip()
