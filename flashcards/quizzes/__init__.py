"""Quizzes: the kinds of items, what may be asked, and the proofs that each has one right answer."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import groupby

from flashcards.errors import UsageError
from flashcards.lexicon import Lexicon
from flashcards.model import Item, Lesson, Quiz

KINDS = {
    "cloze": "flashcards.quizzes.cloze:cloze",
}
"""The maker of each kind of item: `(lesson, lexicon, *, threshold, count, seed) -> tuple[Item, ...]`."""


def make_quiz(
    lesson: Lesson,
    lexicon: Lexicon,
    kinds: Iterable[str] = ("cloze",),
    *,
    threshold: float = 0.8,
    count: int | None = 25,
    seed: int = 0,
    version: str = "",
) -> Quiz:
    """A quiz on a lesson: its items kind after kind.

    Args:
        lesson: the lesson.
        lexicon: the dictionary.
        kinds: names of `KINDS`.
        threshold: the confidence, 0 to 1, that a pair must have to be asked about.
        count: the most items of a kind; None for as many as the text yields.
        seed: decides whatever is shuffled; the same seed gives the same quiz.
        version: "" for the order of the text; "A", "B", ... for the same items, each section in an order of its own.

    Raises:
        UsageError: there is no such kind.
    """
    items: list[Item] = []
    for kind in kinds:
        items += _maker(kind)(lesson, lexicon, threshold=threshold, count=count, seed=seed)
    return Quiz(lesson.title, _mixed(items, f"{seed} {version}") if version else tuple(items), version)


def _maker(kind: str) -> Callable[..., tuple[Item, ...]]:
    if kind not in KINDS:
        raise UsageError(f'no kind of question is called "{kind}"', f"the kinds are {', '.join(KINDS)}")
    module, function = KINDS[kind].split(":")
    maker: Callable[..., tuple[Item, ...]] = getattr(import_module(module), function)
    return maker


def _mixed(items: Sequence[Item], seed: str) -> tuple[Item, ...]:
    """The items with those that share a bank in another order, and the bank too."""
    shuffler = random.Random(seed)
    mixed: list[Item] = []
    for options, section in groupby(items, key=lambda item: item.options):
        bank = tuple(shuffler.sample(options, len(options)))
        group = list(section)
        mixed += (replace(item, options=bank) for item in shuffler.sample(group, len(group)))
    return tuple(mixed)
