"""The bilingual text that the tests print in every layout and format, with its gold alignment."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from flashcards.model import Language

Kind = Literal["heading", "paragraph", "item"]

_FOLDER = Path(__file__).parent / "data"
_BETWEEN: dict[Language, str] = {"zh": "", "en": " "}


@dataclass(frozen=True, slots=True)
class GoldBead:
    """Sentences that translate each other; one side is empty where the other leaves something out."""

    zh: tuple[str, ...]
    en: tuple[str, ...]

    def text(self, lang: Language) -> str:
        """One side as running text, "" if it is empty."""
        return _BETWEEN[lang].join(self.zh if lang == "zh" else self.en)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading, a paragraph or an item of a list: its beads."""

    kind: Kind
    beads: tuple[GoldBead, ...]

    def text(self, lang: Language) -> str:
        """One language's running text."""
        return _BETWEEN[lang].join(filter(None, (bead.text(lang) for bead in self.beads)))


@dataclass(frozen=True, slots=True)
class LessonText:
    """The text: its paragraphs in their order; the first is the title."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def beads(self) -> tuple[GoldBead, ...]:
        """All beads in their order."""
        return tuple(bead for paragraph in self.paragraphs for bead in paragraph.beads)

    def pairs(self) -> list[tuple[str, str]]:
        """The Chinese and the English of every bead that has both."""
        return [(bead.text("zh"), bead.text("en")) for bead in self.beads if bead.zh and bead.en]

    def with_chinese(self, change: Callable[[str], str]) -> "LessonText":
        """The text with every Chinese sentence changed."""
        return LessonText(
            tuple(
                replace(paragraph, beads=tuple(GoldBead(tuple(map(change, b.zh)), b.en) for b in paragraph.beads))
                for paragraph in self.paragraphs
            )
        )


def load(name: str = "lesson") -> LessonText:
    """The text as its file has it: "lesson", or "tea", which no rule was made for."""
    paragraphs: list[Paragraph] = []
    for chunk in (_FOLDER / f"{name}.pairs.tsv").read_text(encoding="utf-8").split("\n\n"):
        lines = chunk.splitlines()
        beads = tuple(_bead(line) for line in lines if "\t" in line and not line.startswith("#"))
        if "#heading" in lines:
            paragraphs.append(Paragraph("heading", beads))
        elif "#list" in lines:
            paragraphs += [Paragraph("item", (bead,)) for bead in beads]
        elif beads:
            paragraphs.append(Paragraph("paragraph", beads))
    return LessonText(tuple(paragraphs))


def _bead(line: str) -> GoldBead:
    zh, en = (tuple(filter(None, side.split(" ¦ "))) for side in line.split("\t"))
    return GoldBead(zh, en)
