"""How renderings are compared with marked ones, as the scorer that comes with the gold data does it."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

Kind = Literal["exact", "overlap", "wrong", "none"]

Gold = Mapping[str, tuple[tuple[str, ...], int]]
"""Marked terms, each with its renderings (none if the English leaves it out) and its importance, 1 to 3."""

_LITTLE = frozenset("a an the of to in on at by for with from as and or its their our all us".split())


def read_gold(path: Path) -> Gold:
    """The marked terms of a text."""
    found = {}
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            term, renderings, importance = line.split("\t")
            found[term] = (() if renderings == "—" else tuple(renderings.split("|")), int(importance))
    return found


def words_of(text: str) -> list[str]:
    """The words of a rendering."""
    return re.findall(r"[a-z0-9]+", text.casefold().replace("’", "'"))


def is_exact(rendering: str, answers: Iterable[str]) -> bool:
    """Whether a rendering is one of the marked ones, but for its small words."""
    have = words_of(rendering)
    return any(have == words_of(a) or have == [w for w in words_of(a) if w not in _LITTLE] for a in answers)


def kind(rendering: str, answers: Iterable[str]) -> Kind:
    """How right a rendering is: exact, overlapping in a word that is not small, wrong, or none."""
    have = words_of(rendering)
    if not have:
        return "none"
    answers = tuple(answers)
    if is_exact(rendering, answers):
        return "exact"
    return "overlap" if any((set(have) & set(words_of(a))) - _LITTLE for a in answers) else "wrong"
