"""Facing pages in plain text: a page in the one language, then one in the other, broken wherever the page was full."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

from flashcards.model import HAN, Language
from tests.layouts.writers.kit import ENGLISH_FIRST, LANGUAGES, Files, Writer, blocks
from tests.lesson_text import LessonText

_PAGES = 4
_INSIDE_A_SENTENCE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(rf"(?<=[{HAN}]{{4}})(?=[{HAN}]{{4}})"),
    "en": re.compile(r"(?<=[a-z]{3}) (?=[a-z]{2,} [a-z])"),
}
# Between two consonants, well inside of a word, as a typesetter would hyphenate: "mar-ket".
_INSIDE_A_WORD = re.compile(r"(?<=[a-z]{2}[lnrst])(?=[bdgklmnpt][aeiou][a-z])")

Page = list[str]
"""The paragraphs of a page; the first and the last may be parts."""

_NOTHING: Mapping[Language, str] = {"zh": "", "en": ""}
_NUMBERS: Mapping[Language, str] = {"zh": "— {} —", "en": "— {} —"}
_HEADERS: Mapping[Language, str] = {"zh": "周末旅行故事集　第{}页", "en": "Stories of Weekend Trips    {}"}


def _pages(lesson: LessonText, lang: Language, inside_words: bool) -> list[Page]:
    """One language in pages of about the same length, every one but the last ending inside a sentence or a word."""
    break_at = _INSIDE_A_WORD if inside_words and lang == "en" else _INSIDE_A_SENTENCE[lang]
    paragraphs = blocks(lesson, lang)
    full = sum(map(len, paragraphs)) / _PAGES
    pages: list[Page] = [[]]
    for text in paragraphs:
        filled = sum(map(len, pages[-1]))
        places = [found.start() for found in break_at.finditer(text) if filled + found.start() >= full]
        if places and len(pages) < _PAGES:
            head, tail = text[: places[0]], text[places[0] :].lstrip()
            pages[-1].append(head + ("-" if break_at is _INSIDE_A_WORD else ""))
            pages.append([tail])
        else:
            pages[-1].append(text)
    return pages


def _facing(
    lesson: LessonText,
    languages: Sequence[Language],
    inside_words: bool = False,
    headers: Mapping[Language, str] = _NOTHING,
    footers: Mapping[Language, str] = _NOTHING,
    page_break: str = "\n\n",
) -> Files:
    sides = {lang: _pages(lesson, lang, inside_words) for lang in languages}
    order = [(lang, sides[lang][index]) for index in range(_PAGES) for lang in languages]
    pages = [
        "\n\n".join(filter(None, [headers[lang].format(number), *page, footers[lang].format(number)]))
        for number, (lang, page) in enumerate(order, start=1)
    ]
    return {"lesson.txt": (page_break.join(pages) + "\n").encode()}


WRITERS: dict[str, Writer] = {
    "txt pages, English first, broken inside sentences": partial(_facing, languages=ENGLISH_FIRST),
    "txt pages, Chinese first, broken inside sentences": partial(_facing, languages=LANGUAGES),
    "txt pages, English first, broken inside words": partial(_facing, languages=ENGLISH_FIRST, inside_words=True),
    "txt pages, Chinese first, broken inside words": partial(_facing, languages=LANGUAGES, inside_words=True),
    "txt pages with form feeds": partial(_facing, languages=ENGLISH_FIRST, page_break="\n\f"),
    "txt pages with page numbers": partial(_facing, languages=ENGLISH_FIRST, footers=_NUMBERS),
    "txt pages with running headers": partial(_facing, languages=ENGLISH_FIRST, headers=_HEADERS),
}
