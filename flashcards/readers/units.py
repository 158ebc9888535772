"""What translation memories have in common: units in several languages, of which a lesson takes two."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from flashcards.errors import InputError
from flashcards.model import BlockKind, Document, Finding, Language, Place
from flashcards.readers.language_codes import side
from flashcards.readers.pieces import Piece, document
from flashcards.text.clean import clean

_REMEDY = "give a file with a Chinese text, best with its English"


@dataclass(frozen=True, slots=True)
class Unit:
    """A translation unit: its texts, each behind the code of its language, and the line where it begins.

    `kind` is "cell" for a unit that is aligned as it stands, "paragraph" for one that may hold several sentences.
    """

    number: int
    kind: BlockKind
    texts: tuple[tuple[str, str], ...]


def document_of(units: Iterable[Unit], source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The units as rows of a document, with the findings on what was left out.

    Of several kinds of Chinese (or English) the one that most units have is taken, and where it is missing another. A
    unit whose two sides are the same text has not been translated: only the side that it is in is taken.

    Raises:
        InputError: there is no unit, or none with Chinese.
    """
    units = [Unit(unit.number, unit.kind, tuple(_filled(unit))) for unit in units]
    codes = Counter(code for unit in units for code in dict(unit.texts))
    _require_chinese(codes, source)
    preferred = [code for code, _ in codes.most_common()]
    left_out: Counter[str] = Counter()
    untranslated: list[int] = []
    pieces: list[Piece] = []
    for row, unit in enumerate(units):
        chosen = _choose(unit, preferred)
        left_out.update(code for code, _ in unit.texts if code not in chosen)
        texts = dict(reversed(unit.texts))    # of two in one language the first
        sides = {side(code): texts[code] for code in chosen}
        if len(sides) == 2 and sides["zh"] == sides["en"]:
            untranslated.append(unit.number)
            pieces.append(Piece(sides["zh"], unit.kind, unit.number, row))
        else:
            pieces += [Piece(text, unit.kind, unit.number, row, lang=lang) for lang, text in sides.items()]
    made, findings = document(pieces, source)
    return made, (*_findings(source, left_out, untranslated), *findings)


def _filled(unit: Unit) -> Iterator[tuple[str, str]]:
    """The texts of a unit that are not empty."""
    for code, text in unit.texts:
        text = clean(text).strip()
        if text:
            yield code, text


def _choose(unit: Unit, preferred: Sequence[str]) -> list[str]:
    """The codes of the texts that a lesson takes, one a language at most, in the order of the unit."""
    present = sorted(dict(unit.texts), key=preferred.index)
    best = {lang: next((code for code in present if side(code) == lang), None) for lang in get_args(Language)}
    return [code for code in dict(unit.texts) if code in best.values()]


def _require_chinese(codes: Counter[str], source: str) -> None:
    if not codes:
        raise InputError(f"{source} has no translation units in it", _REMEDY)
    if not any(side(code) == "zh" for code in codes):
        there = ", ".join(code or "no language" for code in codes)
        raise InputError(f"{source} has no Chinese in it, only {there}", _REMEDY)


def _findings(source: str, left_out: Counter[str], untranslated: Sequence[int]) -> Iterator[Finding]:
    if left_out:
        counts = ", ".join(f"{code or 'no language'} {count}" for code, count in left_out.most_common())
        message = f"texts in other languages left out: {left_out.total()} ({counts})"
        yield Finding("text", Place(source), "info", message)
    if untranslated:
        message = f"units that say the same on both sides, so are not translated: {len(untranslated)}"
        yield Finding("text", Place(source, untranslated[0]), "info", message)
