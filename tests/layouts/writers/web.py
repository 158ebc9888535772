"""Web pages and EPUB books."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from functools import partial
from html import escape
from itertools import groupby

from flashcards.model import Language
from tests.layouts.writers.kit import ENGLISH_FIRST, LANGUAGES, Files, Writer, bead_rows, paragraph_rows, sections
from tests.lesson_text import LessonText, Paragraph

_AROUND = """<header><a href="/">Travel Stories</a></header>
<nav><ul><li><a href="/about">About us</a></li><li><a href="/zh">中文首页</a></li></ul></nav>
<script>if (a < b) {{ track("page", "A visitor has come to the page."); }}</script>
<style>p {{ color: black; }}</style>
<main><article>
{article}
</article></main>
<aside><h3>Related</h3><ul><li><a href="/1">Ten Great Parks</a></li><li><a href="/2">十大公园</a></li></ul></aside>
<footer><p>© 2024 Travel Stories · <a href="/privacy">Privacy</a> · <a href="/terms">服务条款</a></p></footer>"""


def _page(body: str, title: str = "lesson") -> bytes:
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>'
    return f'<!DOCTYPE html>\n<html lang="zh">\n<head>{head}</head>\n<body>\n{body}\n</body>\n</html>\n'.encode()


def _element(run: Sequence[Paragraph], lang: Language, heading: str) -> str:
    """A run of paragraphs as a heading, a paragraph, or a list."""
    texts = [escape(paragraph.text(lang)) for paragraph in run]
    if run[0].kind == "item":
        return "<ul>\n" + "\n".join(f"<li>{text}</li>" for text in texts) + "\n</ul>"
    tag = heading if run[0].kind == "heading" else "p"
    return "\n".join(f"<{tag}>{text}</{tag}>" for text in texts)


def _elements(paragraphs: Iterable[Sequence[Paragraph]], languages: Sequence[Language], title: bool) -> str:
    runs = enumerate(paragraphs)
    return "\n".join(
        _element(run, lang, "h1" if title and index == 0 else "h2") for index, run in runs for lang in languages
    )


def _paragraphs(lesson: LessonText, languages: Sequence[Language] = LANGUAGES, around: str = "{article}") -> Files:
    article = _elements(sections(lesson), languages, title=True)
    return {"lesson.html": _page(around.format(article=article))}


def _one_after_the_other(lesson: LessonText) -> Files:
    halves = (_elements(sections(lesson), [lang], title=True) for lang in LANGUAGES)
    return {"lesson.html": _page("\n<hr>\n".join(f"<div>{half}</div>" for half in halves))}


def _broken_lines(lesson: LessonText) -> Files:
    """Both languages in one paragraph, with a break between them."""
    tags = {"heading": "h2", "paragraph": "p", "item": "p"}
    lines = [
        f"<{tags[paragraph.kind]}>{'<br>'.join(escape(paragraph.text(lang)) for lang in LANGUAGES)}"
        f"</{tags[paragraph.kind]}>"
        for paragraph in lesson.paragraphs
    ]
    return {"lesson.html": _page("\n".join(lines))}


def _table(rows: Sequence[tuple[str, str]]) -> Files:
    body = "\n".join(f"<tr><td>{escape(zh)}</td><td>{escape(en)}</td></tr>" for zh, en in rows)
    head = "<tr><th>中文</th><th>English</th></tr>"
    return {"lesson.html": _page(f"<table>\n<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>\n</table>")}


def _table_of_beads(lesson: LessonText) -> Files:
    return _table(bead_rows(lesson))


def _table_of_paragraphs(lesson: LessonText) -> Files:
    return _table(paragraph_rows(lesson))


_CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""

_PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:00000000-0000-4000-8000-000000000000</dc:identifier>
<dc:title>{title}</dc:title><dc:language>zh</dc:language>
<meta property="dcterms:modified">2024-10-12T00:00:00Z</meta>
</metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
{items}</manifest>
<spine>{spine}</spine>
</package>"""

_XHTML = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>{title}</title></head>
<body>
{body}
</body>
</html>"""


def _chapters(lesson: LessonText, languages: Sequence[Language]) -> list[str]:
    """What is before the second heading, and from each later heading to the next."""
    chapter = 0
    numbered = []
    for run in sections(lesson):
        chapter += run[0].kind == "heading"
        numbered.append((chapter, run))
    chapters = [[run for _, run in group] for _, group in groupby(numbered, key=lambda each: each[0])]
    return [_elements(runs, languages, title=index == 0) for index, runs in enumerate(chapters)]


def _book(lesson: LessonText, bodies: Sequence[str]) -> Files:
    title = escape(lesson.paragraphs[0].text("zh"))
    names = [f"chapter{number}" for number in range(1, len(bodies) + 1)]
    links = "\n".join(f'<li><a href="{name}.xhtml">Chapter</a></li>' for name in names)
    items = "\n".join(f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    contents = f'<nav epub:type="toc"><ol>\n{links}\n</ol></nav>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", _CONTAINER)
        book.writestr("OEBPS/book.opf", _PACKAGE.format(title=title, items=items, spine=spine))
        book.writestr("OEBPS/nav.xhtml", _XHTML.format(title=title, body=contents))
        for name, body in zip(names, bodies, strict=True):
            book.writestr(f"OEBPS/{name}.xhtml", _XHTML.format(title=title, body=body))
    return {"lesson.epub": data.getvalue()}


def _book_of_paragraphs(lesson: LessonText) -> Files:
    return _book(lesson, _chapters(lesson, LANGUAGES))


def _book_of_chapters(lesson: LessonText) -> Files:
    """Each chapter in Chinese, and then, as a chapter of its own, in English."""
    zh, en = (_chapters(lesson, [lang]) for lang in LANGUAGES)
    return _book(lesson, [body for both in zip(zh, en, strict=True) for body in both])


WRITERS: dict[str, Writer] = {
    "html paragraphs, Chinese first": _paragraphs,
    "html paragraphs, English first": partial(_paragraphs, languages=ENGLISH_FIRST),
    "html all Chinese, then all English": _one_after_the_other,
    "html breaks inside paragraphs": _broken_lines,
    "html navigation and scripts around": partial(_paragraphs, around=_AROUND),
    "html table of beads": _table_of_beads,
    "html table of paragraphs": _table_of_paragraphs,
    "epub paragraphs": _book_of_paragraphs,
    "epub chapters": _book_of_chapters,
}
