"""What the writers of several formats share."""

from collections.abc import Callable, Sequence
from itertools import groupby

from flashcards.model import Language
from tests.lesson_text import LessonText, Paragraph

Files = dict[str, bytes]
"""The contents of files by their names, in the order in which they are given to the program."""

Writer = Callable[[LessonText], Files]

LANGUAGES: tuple[Language, Language] = ("zh", "en")
ENGLISH_FIRST: tuple[Language, Language] = ("en", "zh")

FRENCH = (
    "Nous sommes arrivés à la gare vers midi, et la ville était déjà pleine de visiteurs.",
    "Le musée n'est pas grand, mais il y a beaucoup de choses à voir et à découvrir.",
    "Dans le train du retour, nous avons parlé de tout ce que nous avions mangé.",
)
JAPANESE = (
    "私たちは昼ごろ駅に着きましたが、町はもう人でいっぱいでした。",
    "博物館はあまり大きくありませんが、見るものがたくさんあります。",
    "帰りの電車の中で、食べたものについてずっと話していました。",
)


def blocks(lesson: LessonText, lang: Language) -> list[str]:
    """One language's paragraphs as running text."""
    return [paragraph.text(lang) for paragraph in lesson.paragraphs]


def bead_rows(lesson: LessonText) -> list[tuple[str, str]]:
    """The Chinese and the English of every bead; "" where one is left out."""
    return [(bead.text("zh"), bead.text("en")) for bead in lesson.beads]


def paragraph_rows(lesson: LessonText) -> list[tuple[str, str]]:
    """The Chinese and the English of every paragraph."""
    return [(paragraph.text("zh"), paragraph.text("en")) for paragraph in lesson.paragraphs]


def sections(lesson: LessonText) -> list[list[Paragraph]]:
    """The paragraphs in runs: a list's items are together, every other paragraph is a run of its own."""
    numbered = enumerate(lesson.paragraphs)
    runs = groupby(numbered, key=lambda each: -1 if each[1].kind == "item" else each[0])
    return [[paragraph for _, paragraph in run] for _, run in runs]


def between(texts: Sequence[str], others: Sequence[str], every: int) -> list[str]:
    """The texts with one of the others after each `every` of them, taken in turn."""
    out = []
    for number, text in enumerate(texts, start=1):
        out.append(text)
        if number % every == 0:
            out.append(others[number // every % len(others)])
    return out
