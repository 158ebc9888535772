"""Decks that have been built: looking one over, and sending it to a running Anki."""

import html
from dataclasses import dataclass, replace
from pathlib import Path

from flashcards import ankiconnect, cards, files
from flashcards.build import lesson_of, make_deck
from flashcards.cards.check import check_package
from flashcards.cards.collection import keys_of
from flashcards.errors import InputError
from flashcards.lexicon import open_lexicon
from flashcards.model import Finding
from flashcards.recipe import load


def check(target: Path, now: int) -> tuple[Finding, ...]:
    """What is wrong with a deck (.apkg), or with a recipe and the lock beside it; `now` in seconds since 1970.

    Raises:
        InputError: the file, or one that the recipe names, cannot be read; or it is neither.
        RecipeError: the recipe or its lock is broken.
    """
    if target.suffix.lower() != ".toml":
        return check_package(files.read_bytes(target), str(target), now)
    # A check looks at files alone: what Anki would say makes no recipe wrong.
    recipe = replace(load(target), anki_known="", anki_field="")
    lock = target.with_suffix(".lock")
    if lock.exists():
        cards.read_lock(files.read_bytes(lock), str(lock))
    lexicon = open_lexicon()
    lesson = lesson_of([target.parent / source for source in recipe.sources], recipe, lexicon)
    make_deck(lesson, recipe, lexicon, cards.Lock(), 0)
    return tuple(finding for finding in lesson.findings if finding.level == "warning")


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of sending a deck to Anki: the file, how many notes it has, what they changed, what is odd in it."""

    path: Path
    deck_id: str
    notes: int
    changes: ankiconnect.Changes
    findings: tuple[Finding, ...]


def push(target: Path, now: int) -> Pushed:
    """Have a running Anki import a deck (.apkg), or the one that was built of a recipe; `now` in seconds since 1970.

    Raises:
        InputError: the deck is not there, is no deck of ours, or Anki will not have it.
        RecipeError: the recipe is broken.
    """
    path = target
    if target.suffix.lower() == ".toml":
        id = load(target).id
        path = target.parent / id / f"{id}.apkg"
    try:
        data = files.read_bytes(path)
    except InputError as error:
        if path == target:
            raise
        raise InputError(error.message, f"build it first: flashcards build {target}") from None
    findings = check_package(data, str(path), now)
    keys = keys_of(data, str(path))
    changes = ankiconnect.from_environment().push(path, keys.beginnings, keys.notes)
    return Pushed(path, html.unescape(keys.deck), len(keys.notes), changes, findings)
