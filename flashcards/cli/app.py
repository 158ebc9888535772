"""The program's commands; each module of them registers its own."""

from typing import Annotated

import typer

from flashcards import __version__

app = typer.Typer(
    name="flashcards",
    help="Anki decks, printed quizzes and word lists from a bilingual Chinese-English text.",
    epilog="Example: flashcards build corpus/speech.md",
    rich_markup_mode=None,    # plain help: rich alone would take longer to import than the help to print
    context_settings={"help_option_names": ["-h", "--help"]},
)

def _version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error comes from.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Anki decks, printed quizzes and word lists from a bilingual Chinese-English text."""
    # `--debug` is read in `__main__`, before there is anything to catch.
