"""Markdown: headings and lists, tables, and two languages in one paragraph or in two files."""

from collections.abc import Sequence
from functools import partial

from flashcards.model import Language
from tests.layouts.writers.kit import ENGLISH_FIRST, LANGUAGES, Files, Writer, bead_rows, paragraph_rows, sections
from tests.lesson_text import LessonText, Paragraph


def _marked(run: Sequence[Paragraph], lang: Language, level: int) -> str:
    """A run of paragraphs as Markdown: a heading, a paragraph, or a list."""
    marks = {"heading": "#" * level + " ", "paragraph": "", "item": "- "}
    return "\n".join(marks[paragraph.kind] + paragraph.text(lang) for paragraph in run)


def _chunks(lesson: LessonText, languages: Sequence[Language]) -> list[str]:
    runs = enumerate(sections(lesson))
    return [_marked(run, lang, 1 if index == 0 else 2) for index, run in runs for lang in languages]


def _file(chunks: Sequence[str], name: str = "lesson.md") -> Files:
    return {name: ("\n\n".join(chunks) + "\n").encode()}


def _alternating(lesson: LessonText, languages: Sequence[Language]) -> Files:
    return _file(_chunks(lesson, languages))


def _one_after_the_other(lesson: LessonText) -> Files:
    return _file([*_chunks(lesson, ["zh"]), *_chunks(lesson, ["en"])])


def _two_files(lesson: LessonText) -> Files:
    return _file(_chunks(lesson, ["en"]), "en.md") | _file(_chunks(lesson, ["zh"]), "zh.md")


def _broken_lines(lesson: LessonText) -> Files:
    """Both languages in one paragraph, with a hard break between them."""
    return _file(
        [
            "\\\n".join(_marked([paragraph], lang, 2) for lang in LANGUAGES)
            if paragraph.kind == "paragraph"
            else "\n\n".join(_marked([paragraph], lang, 2) for lang in LANGUAGES)
            for paragraph in lesson.paragraphs
        ]
    )


def _table(rows: Sequence[tuple[str, str]]) -> Files:
    lines = ["| 中文 | English |", "| --- | --- |", *(f"| {zh} | {en} |" for zh, en in rows)]
    return {"lesson.md": ("\n".join(lines) + "\n").encode()}


def _table_of_beads(lesson: LessonText) -> Files:
    return _table(bead_rows(lesson))


def _table_of_paragraphs(lesson: LessonText) -> Files:
    return _table(paragraph_rows(lesson))


WRITERS: dict[str, Writer] = {
    "md paragraphs, Chinese first": partial(_alternating, languages=LANGUAGES),
    "md paragraphs, English first": partial(_alternating, languages=ENGLISH_FIRST),
    "md all Chinese, then all English": _one_after_the_other,
    "md two files": _two_files,
    "md hard breaks": _broken_lines,
    "md table of beads": _table_of_beads,
    "md table of paragraphs": _table_of_paragraphs,
}
