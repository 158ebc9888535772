"""PDFs in one column, in two side by side, and as a table, set by Typst in the sheets' font."""

import json
from collections.abc import Sequence
from functools import partial

from flashcards.model import Language
from flashcards.sheets import font
from tests.layouts.writers.kit import ENGLISH_FIRST, LANGUAGES, Files, Writer, bead_rows, paragraph_rows, sections
from tests.lesson_text import LessonText, Paragraph

_PREAMBLE = """
#set page(paper: "a5", margin: 15mm, numbering: "1")
#set text(font: "Quiz Kai SC", size: 10pt)
#set par(justify: true, spacing: 1.2em)
#show heading: set block(above: 1.6em, below: 1em)
#let zh(body) = text(lang: "zh", region: "cn", body)
#let en(body) = text(lang: "en", hyphenate: true, body)
"""


def _compiled(body: str) -> Files:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font.FOLDER])
    return {"lesson.pdf": typst.compile((_PREAMBLE + body).encode(), format="pdf", font_paths=fonts, timestamp=0)}


def _text(text: str, lang: Language) -> str:
    """A text as code of Typst, in which no mark-up is read."""
    return f"{lang}({json.dumps(text, ensure_ascii=False)})"


def _marked(run: Sequence[Paragraph], lang: Language, level: int) -> str:
    texts = [_text(paragraph.text(lang), lang) for paragraph in run]
    if run[0].kind == "item":
        return f"list({', '.join(texts)})"
    code = texts[0]
    return f"heading(level: {level}, {code})" if run[0].kind == "heading" else f"par({code})"


def _elements(lesson: LessonText, lang: Language) -> list[str]:
    return [_marked(run, lang, 1 if index == 0 else 2) for index, run in enumerate(sections(lesson))]


def _alternating(lesson: LessonText, languages: Sequence[Language]) -> Files:
    both = zip(*(_elements(lesson, lang) for lang in languages), strict=True)
    return _compiled("\n".join(f"#{element}" for elements in both for element in elements))


def _one_after_the_other(lesson: LessonText) -> Files:
    halves = ("\n".join(f"#{element}" for element in _elements(lesson, lang)) for lang in LANGUAGES)
    return _compiled("\n#pagebreak()\n".join(halves))


def _columns(lesson: LessonText, languages: Sequence[Language]) -> Files:
    """The one language in the left column, the other beside it in the right one, each paragraph beside its own."""
    both = zip(*(_elements(lesson, lang) for lang in languages), strict=True)
    cells = ",\n".join(element for elements in both for element in elements)
    return _compiled(f"#grid(columns: (1fr, 1fr), column-gutter: 8mm, row-gutter: 1.2em,\n{cells})")


def _table(rows: Sequence[tuple[str, str]]) -> Files:
    texts = (_text(text, lang) for row in rows for lang, text in zip(LANGUAGES, row, strict=True))
    cells = ",\n".join(texts)
    return _compiled(f"#table(columns: (1fr, 1fr), inset: 6pt,\n{cells})")


def _table_of_beads(lesson: LessonText) -> Files:
    return _table(bead_rows(lesson))


def _table_of_paragraphs(lesson: LessonText) -> Files:
    return _table(paragraph_rows(lesson))


WRITERS: dict[str, Writer] = {
    "pdf one column, Chinese first": partial(_alternating, languages=LANGUAGES),
    "pdf one column, English first": partial(_alternating, languages=ENGLISH_FIRST),
    "pdf all Chinese, then all English": _one_after_the_other,
    "pdf two columns, Chinese left": partial(_columns, languages=LANGUAGES),
    "pdf two columns, English left": partial(_columns, languages=ENGLISH_FIRST),
    "pdf table of beads": _table_of_beads,
    "pdf table of paragraphs": _table_of_paragraphs,
}
