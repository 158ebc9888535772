"""The commands that keep a deck: its recipe, a look over it, and the way into Anki."""

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from flashcards.cli import options as o
from flashcards.cli.app import app
from flashcards.cli.inputs import is_recipe
from flashcards.cli.output import Progress, print_json, record, told
from flashcards.errors import OutputError, UsageError
from flashcards.markup import terminal


@app.command(epilog="Example: flashcards new lesson.md")
def new(
    sources: o.Sources,
    output: o.Output = None,
    force: o.Force = False,
) -> None:
    """Write a recipe for a text: its deck's id, options, and room for corrections."""
    import os

    from flashcards import build as pipeline
    from flashcards import files, recipe

    if is_recipe(sources[0]):
        raise UsageError(f"{sources[0]} is a recipe already", "name the text that it is to be made for")
    if "-" in sources:
        raise UsageError("a recipe needs a file to read again", "save the text first")
    document, _ = pipeline.read_sources([Path(source) for source in sources])
    id = files.slug(Path(sources[0]).stem)
    path = output or Path(f"{id}.toml")
    if not is_recipe(str(path)):
        raise UsageError(f"{path} would not be known as a recipe", "give a name that ends in .toml")
    if path.exists() and not force:
        raise OutputError(f"{path} is there already", "choose another name with -o, or give --force")
    relative = tuple(Path(os.path.relpath(source, path.parent)).as_posix() for source in sources)
    files.write_all({path: recipe.new_recipe(id, relative, document.title or id).encode()})
    print(terminal(str(path)))


@app.command(epilog="Example: flashcards check decks/speech/speech.apkg")
def check(
    target: Annotated[Path, typer.Argument(metavar="DECK_OR_RECIPE", help="An .apkg file or a recipe.")],
    json: o.Json = False,
) -> None:
    """Look for mistakes in a deck or a recipe; exit with 1 if there are any."""
    from flashcards import decks

    findings = decks.check(target, int(time.time()))
    for finding in findings:
        if json:
            print_json(record(finding))
        else:
            print(told(finding))
    if not findings and not json:
        print(terminal(f"{target}: no mistakes"))
    if findings:
        raise typer.Exit(1)


@app.command(epilog="Example: flashcards push my-lesson.toml")
def push(
    target: Annotated[
        Path, typer.Argument(metavar="DECK_OR_RECIPE", help="An .apkg file, or the recipe that it was built of.")
    ],
    json: o.Json = False,
    quiet: o.Quiet = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Tell how to find the notes that are in the deck no more.")
    ] = False,
) -> None:
    """Send a deck that was built to a running Anki (with the add-on AnkiConnect), and tell what that changed."""
    from flashcards import decks

    with Progress(quiet or json) as report:
        report("sending the deck to Anki")
        pushed = decks.push(target, int(time.time()))
    for finding in pushed.findings if not quiet else ():
        print(told(finding), file=sys.stderr)
    done = pushed.changes
    if json:
        print_json({
            "deck": str(pushed.path), "id": pushed.deck_id, "notes": pushed.notes,
            "added": done.added, "updated": done.updated, "unchanged": done.unchanged, "missing": done.missing,
            "left": list(done.left), "warnings": len(pushed.findings),
        })  # fmt: skip
    elif not quiet:
        search = f": nid:{','.join(map(str, done.left))}" if verbose else ""
        lines = [
            (done.added, "added", ""),
            (done.updated, "updated", ""),
            (done.unchanged, "unchanged", ""),
            (done.missing, "missing", "not in Anki under their keys, which were changed there"),
            (len(done.left), "left", f"in the deck no more; they stay in Anki, with their reviews{search}"),
        ]
        print(terminal(pushed.deck_id))
        for count, what, remark in lines:
            if count or not remark:
                print(f"{count:>6} {what:<10} {remark}".rstrip())
