"""From what a command line says to a recipe, its files, its lock and the dictionary."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from flashcards.errors import UsageError

if TYPE_CHECKING:
    from flashcards.cards import Lock
    from flashcards.lexicon import Lexicon
    from flashcards.model import Lesson
    from flashcards.recipe import Recipe

Choice = TypeVar("Choice", bound=str)

def is_recipe(source: str) -> bool:
    """Whether a source is a recipe: its name says so."""
    return Path(source).suffix.lower() == ".toml"


def recipe_of(sources: Sequence[str], format: str) -> tuple["Recipe", list[Path | str], Path]:
    """The recipe, the files to read, and the folder where results go by default."""
    from flashcards import files, readers
    from flashcards.recipe import Recipe, load

    readers.require_format(format)
    if len(set(sources)) < len(sources):
        raise UsageError("a source is named twice", "name each once")
    if any(is_recipe(source) for source in sources[1:]):
        raise UsageError("a recipe names its own sources", "give the recipe alone")
    if not is_recipe(sources[0]):
        name = "stdin" if sources[0] == "-" else Path(sources[0]).stem
        return Recipe(files.slug(name), tuple(sources)), list(sources), Path()
    if len(sources) > 1:
        raise UsageError("a recipe names its own sources", "give the recipe alone")
    path = Path(sources[0])
    recipe = load(path)
    return recipe, [path.parent / source for source in recipe.sources], path.parent


def adjusted(recipe: "Recipe", split: str, longest: int | None, threshold: float | None) -> "Recipe":
    """The recipe with what the command line says otherwise."""
    from flashcards.recipe import SPLITS

    return replace(
        recipe,
        split=one_of(split, SPLITS, "split") if split else recipe.split,
        max_characters=recipe.max_characters if longest is None else longest,
        threshold=recipe.threshold if threshold is None else threshold,
    )


def for_learner(
    recipe: "Recipe",
    hsk: int | None,
    hsk_list: str,
    known: Sequence[Path] | None,
    anki: str,
    field: str,
    parts_suffice: bool,
) -> "Recipe":
    """The recipe with what the command line says of the learner; known words come on top of the recipe's."""
    from flashcards.model import HSK_LISTS
    from flashcards.recipe import level_fault

    recipe = replace(
        recipe,
        hsk=recipe.hsk if hsk is None else hsk,
        hsk_list=one_of(hsk_list, HSK_LISTS, "HSK list") if hsk_list else recipe.hsk_list,
        known=(*recipe.known, *map(str, known or ())),
        anki_known=anki or recipe.anki_known,
        anki_field=field or recipe.anki_field,
        parts_suffice=parts_suffice or recipe.parts_suffice,
    )
    if fault := level_fault(recipe):
        raise UsageError(*fault)
    if recipe.anki_field and not recipe.anki_known:
        raise UsageError("--field names a field of Anki's notes", "say which with --known-from-anki")
    return recipe


def source_of(sources: Sequence[str]) -> str:
    """The text that results are made from: without a recipe two texts of one name are still two texts."""
    return "" if is_recipe(sources[0]) else str(Path(sources[0]).absolute())


def lock_path_of(sources: Sequence[str], recipe: "Recipe", folder: Path) -> Path:
    """Where the deck's lock belongs: beside its recipe; without a recipe with the results."""
    return Path(sources[0]).with_suffix(".lock") if is_recipe(sources[0]) else folder / f"{recipe.id}.lock"


def lock_at(own: Path, earlier: Path) -> "Lock":
    """The deck's lock; that of its builds without a recipe if it has none yet; else an empty one."""
    from flashcards import cards, files

    for path in (own, earlier):
        try:
            found = path.is_file()
        except (OSError, ValueError):    # no name that a file can have; writing will say so
            found = False
        if found:
            return cards.read_lock(files.read_bytes(path), str(path))
    return cards.Lock()


def with_lost_lock(lesson: "Lesson", lock: Path) -> "Lesson":
    """The lesson with a warning that its deck has been built before, but its lock is not there any more."""
    from flashcards.model import Finding

    message = f"the deck has been built before, but {lock.name} is gone: to Anki, notes that were mended are new ones"
    remedy = "fetch it from a copy or from version control, and build again"
    return replace(lesson, findings=(*lesson.findings, Finding("cards", None, "warning", message, remedy)))


def lexicon_of(dictionary: Path | None) -> "Lexicon":
    """The dictionary in a file, or the one that is installed."""
    from flashcards.lexicon import open_lexicon

    return open_lexicon(dictionary)


def one_of(name: str, known: Sequence[Choice], what: str) -> Choice:
    """The value of that name."""
    for each in known:
        if each == name:
            return each
    raise UsageError(f'no {what} is called "{name}"', f"there are {', '.join(known)}")


def listed(text: str) -> list[str]:
    """The names in a list with commas."""
    return [name for part in text.split(",") if (name := part.strip())]


def some_of(text: str, what: str) -> list[str]:
    """The names in a list with commas, at least one.

    Raises:
        UsageError: there is none.
    """
    names = listed(text)
    if not names:
        raise UsageError(f"no {what} is named", f"name one with --{what}")
    return names


def lines_of(text: str) -> Iterable[str]:
    """The lines of the text itself, of the file that it names, or of stdin."""
    from flashcards import readers

    try:
        named = text == "-" or Path(text).exists()
    except (OSError, ValueError):    # too long for a file's name, or with a character that none can have
        named = False
    looks_named = re.fullmatch(r"[^\s]*[/\\][^\s]*|[\w.-]+\.(?:txt|md|markdown)", text) is not None
    return readers.lines(text) if named or looks_named else text.split("\n")
