"""Plain text: the orders in which the languages stand, how lines are broken, and encodings."""

import textwrap
from collections.abc import Sequence
from functools import partial

from flashcards.chinese.script import traditional
from flashcards.model import Language
from tests.layouts.writers.kit import (
    ENGLISH_FIRST,
    FRENCH,
    JAPANESE,
    LANGUAGES,
    Files,
    Writer,
    bead_rows,
    between,
    blocks,
)
from tests.lesson_text import LessonText


def _file(paragraphs: Sequence[str], encoding: str = "utf-8") -> Files:
    return {"lesson.txt": ("\n\n".join(paragraphs) + "\n").encode(encoding)}


def alternating(lesson: LessonText, languages: Sequence[Language] = LANGUAGES, encoding: str = "utf-8") -> Files:
    """Each paragraph in the one language, then in the other."""
    return _file([paragraph.text(lang) for paragraph in lesson.paragraphs for lang in languages], encoding)


def _one_after_the_other(lesson: LessonText, languages: Sequence[Language]) -> Files:
    return _file([text for lang in languages for text in blocks(lesson, lang)])


def _two_files(lesson: LessonText, languages: Sequence[Language]) -> Files:
    return {f"{lang}.txt": ("\n\n".join(blocks(lesson, lang)) + "\n").encode() for lang in languages}


def _line_by_line(lesson: LessonText, languages: Sequence[Language]) -> Files:
    """Under each bead's line in the one language its line in the other; blank lines between the paragraphs."""
    return _file(
        [
            "\n".join(bead.text(lang) for bead in paragraph.beads for lang in languages if bead.text(lang))
            for paragraph in lesson.paragraphs
        ]
    )


def _lines_without_blanks(lesson: LessonText) -> Files:
    lines = [paragraph.text(lang) for paragraph in lesson.paragraphs for lang in LANGUAGES]
    return {"lesson.txt": ("\n".join(lines) + "\n").encode()}


def _tab_rows(lesson: LessonText) -> Files:
    rows = ["\t".join(row) for row in bead_rows(lesson)]
    return {"lesson.txt": ("\n".join(rows) + "\n").encode()}


def _wrapped(lesson: LessonText, columns: int) -> Files:
    """Broken at a margin, at which a Chinese character takes two columns."""
    wide = columns // 2

    def lines(text: str, lang: Language) -> str:
        if lang == "zh":
            return "\n".join(text[start : start + wide] for start in range(0, len(text), wide))
        return textwrap.fill(text, columns, break_on_hyphens=False)

    return _file([lines(paragraph.text(lang), lang) for paragraph in lesson.paragraphs for lang in LANGUAGES])


def _with_a_third_language(lesson: LessonText, foreign: Sequence[str]) -> Files:
    both = [paragraph.text(lang) for paragraph in lesson.paragraphs for lang in LANGUAGES]
    return _file(between(both, foreign, every=4))


def _indented(lesson: LessonText, between_paragraphs: str) -> Files:
    """Chinese paragraphs begin with two ideographic spaces, English ones with four spaces; headings with none."""
    indents: dict[Language, str] = {"zh": "\u3000\u3000", "en": "    "}
    text = between_paragraphs.join(
        ("" if paragraph.kind == "heading" else indents[lang]) + paragraph.text(lang)
        for paragraph in lesson.paragraphs
        for lang in LANGUAGES
    )
    return {"lesson.txt": f"{text}\n".encode()}


def _windows(lesson: LessonText) -> Files:
    return {name: data.replace(b"\n", b"\r\n") for name, data in alternating(lesson).items()}


def _doubled_blank_lines(lesson: LessonText) -> Files:
    return {name: data.replace(b"\n\n", b"\n\n \n\n") for name, data in alternating(lesson).items()}


def _traditional(lesson: LessonText) -> Files:
    return alternating(lesson.with_chinese(traditional))


WRITERS: dict[str, Writer] = {
    "txt paragraphs, Chinese first": alternating,
    "txt paragraphs, English first": partial(alternating, languages=ENGLISH_FIRST),
    "txt all Chinese, then all English": partial(_one_after_the_other, languages=LANGUAGES),
    "txt all English, then all Chinese": partial(_one_after_the_other, languages=ENGLISH_FIRST),
    "txt two files, Chinese first": partial(_two_files, languages=LANGUAGES),
    "txt two files, English first": partial(_two_files, languages=ENGLISH_FIRST),
    "txt line by line, Chinese first": partial(_line_by_line, languages=LANGUAGES),
    "txt line by line, English first": partial(_line_by_line, languages=ENGLISH_FIRST),
    "txt a paragraph a line": _lines_without_blanks,
    "txt rows with tabs": _tab_rows,
    "txt wrapped at 60 columns": partial(_wrapped, columns=60),
    "txt wrapped at 72 columns": partial(_wrapped, columns=72),
    "txt French between": partial(_with_a_third_language, foreign=FRENCH),
    "txt Japanese between": partial(_with_a_third_language, foreign=JAPANESE),
    "txt traditional characters": _traditional,
    "txt Windows line ends": _windows,
    "txt doubled blank lines": _doubled_blank_lines,
    "txt indents and blank lines": partial(_indented, between_paragraphs="\n\n"),
    "txt indents alone": partial(_indented, between_paragraphs="\n"),
    "txt UTF-8 with a mark": partial(alternating, encoding="utf-8-sig"),
    "txt UTF-16": partial(alternating, encoding="utf-16"),
    "txt GB 18030": partial(alternating, encoding="gb18030"),
}
