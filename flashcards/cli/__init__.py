"""The command line: options in, a function of the library, results out."""

from flashcards.cli import making, upkeep
from flashcards.cli.app import app

__all__ = ["app", "making", "upkeep"]    # importing the modules registers their commands
