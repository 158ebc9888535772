"""Quizzes as sheets to print or to load elsewhere, one file an output format, loaded when it is used; glossaries."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flashcards.errors import UsageError
from flashcards.model import Finding, Quiz

FORMATS: Mapping[str, str] = {
    "pdf": "flashcards.sheets.pdf:pdf",
}


def findings(quiz: Quiz) -> tuple[Finding, ...]:
    """What there is to say about a quiz before it is printed: the characters that the font lacks."""
    from flashcards.sheets import pdf

    return pdf.findings(quiz)


def write(format: str, quiz: Quiz, **options: Any) -> bytes:
    """The quiz in a format of `FORMATS`; the options are those of the format's own function.

    Raises:
        UsageError: there is no such format.
    """
    name = FORMATS.get(format)
    if name is None:
        raise UsageError(f'"{format}" is not a format of a quiz', f"choose from {', '.join(FORMATS)}")
    module, function = name.split(":")
    return bytes(getattr(import_module(module), function)(quiz, **options))
