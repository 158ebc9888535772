"""Whom a deck is for: what the recipe, its lists of words, earlier decks and Anki say that they know."""

from collections.abc import Iterable
from pathlib import Path

from flashcards import cards, chinese, files, readers, terms
from flashcards.errors import InputError
from flashcards.lexicon import Lexicon
from flashcards.model import Finding
from flashcards.recipe import Recipe, load


def taught_before(recipe: Recipe) -> tuple[frozenset[str], frozenset[str]]:
    """The terms and the sentences, in Chinese, of the decks that come before the recipe's, and of those before them.

    Raises:
        InputError: the recipe of one, or its lock, is not there.
        RecipeError: one is broken.
    """
    terms_of: set[str] = set()
    sentences_of: set[str] = set()
    waiting, seen = [*recipe.after], set[Path]()
    while waiting:
        path = Path(waiting.pop())
        if path.resolve() in seen:
            continue
        seen.add(path.resolve())
        earlier = load(path)
        if earlier.id == recipe.id:    # no deck comes before itself
            continue
        waiting += earlier.after
        lock = path.with_suffix(".lock")
        if not lock.is_file():
            raise InputError(f"{lock} is not there, so nobody knows what its deck teaches", f"build {path} first")
        known = cards.read_lock(files.read_bytes(lock), str(lock))
        terms_of |= known.taught("term")
        sentences_of |= known.taught("sentence", "cloze")
    return frozenset(terms_of), frozenset(sentences_of)


def learner_of(recipe: Recipe, lexicon: Lexicon) -> tuple[terms.Learner, tuple[Finding, ...]]:
    """Whom the recipe is for, with the words that they know by its files, earlier decks and Anki, and what is odd.

    The deck's own notes do not count, wherever they lie in Anki now: else a deck rebuilt would drop its own cards.

    Raises:
        InputError: a file cannot be read, or Anki does not answer.
        RecipeError: an earlier deck's recipe or lock is broken.
    """
    if not (recipe.known or recipe.anki_known or recipe.after):
        return learner_at_level(recipe, lexicon), ()
    from flashcards import ankiconnect
    from flashcards.terms import known

    words = set(taught_before(recipe)[0])
    findings: list[Finding] = []
    for name in recipe.known:
        own, odd = known.listed(readers.lines(name), name)
        words.update(own)
        findings += odd
    if recipe.anki_known:
        notes = ankiconnect.from_environment().learnt(recipe.anki_known)
        if not notes:
            message = f'Anki has nothing that has been studied by "{recipe.anki_known}"'
            remedy = "give the name of a deck, or what finds notes in Anki's browser"
            findings.append(Finding("terms", None, "warning", message, remedy))
        others = [note for note in notes if not cards.is_of_deck(note.fields, recipe.id)]
        field = recipe.anki_field
        if field and others and not any(note.named(field) for note in others):
            message = f'no note that has been studied by "{recipe.anki_known}" has a field "{field}"'
            names = dict.fromkeys(name for note in others for name in note.names)
            findings.append(Finding("terms", None, "warning", message, f"their fields are {', '.join(names)}"))
        for note in others:
            words.update(known.words_in(note.named(field) if field else note.fields))
    return learner_at_level(recipe, lexicon, words), tuple(findings)


def learner_at_level(recipe: Recipe, lexicon: Lexicon, words: Iterable[str] = ()) -> terms.Learner:
    """Someone of the recipe's level, who knows these words besides."""
    known = frozenset(map(chinese.simplified, words))
    return terms.Learner(lexicon, recipe.hsk, recipe.hsk_list, known, recipe.parts_suffice, chinese.simplified)
