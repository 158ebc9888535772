"""Sentence pairs as one self-contained page to be looked over, on a screen or on paper."""

import re
from collections.abc import Iterable, Sequence
from importlib.resources import files

from flashcards.markup import html_text
from flashcards.model import HAN, Bead
from flashcards.tables import About
from flashcards.tables.proofs import ProofRow, proof_rows, summary

_HAN = re.compile(f"[{HAN}]")
_EXCERPT = 40    # characters; enough to know a sentence again
_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="flashcards pairs">
"""


def html(beads: Sequence[Bead], about: About) -> bytes:
    """The beads as rows of Chinese, English and confidence; what is doubtful or left out is listed before them."""
    rows = list(proof_rows(beads, about.threshold))
    alone = [row for row in rows if row.alone]
    title = about.title or "Sentence pairs"
    lang = about.script if _HAN.search(title) else "en"
    parts = [
        _HEAD,
        f"<title>{html_text(title)}</title>\n",
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n""",
        f"<style>\n{files('flashcards.tables').joinpath('html.css').read_text('utf-8')}</style>\n</head>\n<body>\n",
        f'<header>\n<h1 lang="{lang}">{html_text(title)}</h1>\n',
        f"<p>{summary(rows, about.threshold)}</p>\n</header>\n",
        _links("Doubtful pairs", (row for row in rows if row.doubtful), about),
        _links("Without translation", alone if len(alone) < len(rows) else (), about),
        "<main>\n<table>\n<thead>\n<tr>",
        f'<th scope="col">#</th><th scope="col" lang="{about.script}">中文</th>',
        '<th scope="col">English</th><th scope="col">Confidence</th></tr>\n</thead>\n<tbody>\n',
        *(_row(row, about) for row in rows),
        "</tbody>\n</table>\n</main>\n</body>\n</html>\n",
    ]
    return "".join(parts).encode()


def _links(heading: str, rows: Iterable[ProofRow], about: About) -> str:
    """A list of links to rows, or nothing if there are none."""
    items = "".join(
        f'<li><a href="#pair-{row.number}">{row.number}</a> {_excerpt(row, about)} <small>{row.shown}</small></li>\n'
        for row in rows
    )
    return f"<section>\n<h2>{heading}</h2>\n<ul>\n{items}</ul>\n</section>\n" if items else ""


def _excerpt(row: ProofRow, about: About) -> str:
    text, lang = (row.zh, about.script) if row.zh else (row.en, "en")
    cut = f"{text[:_EXCERPT]}…" if len(text) > _EXCERPT else text
    return f'<span lang="{lang}">{html_text(cut)}</span>'


def _row(row: ProofRow, about: About) -> str:
    kind = ' class="doubtful"' if row.doubtful else ""
    return (
        f'<tr id="pair-{row.number}"{kind}><th scope="row">{row.number}</th>'
        f"{_side(row.zh, about.script)}{_side(row.en, 'en')}<td>{row.shown}</td></tr>\n"
    )


def _side(text: str, lang: str) -> str:
    return f'<td lang="{lang}">{html_text(text)}</td>' if text else '<td class="missing"></td>'
