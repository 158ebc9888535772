"""The report as a page: self-contained HTML without a script, for screens by day and night, telephones and paper."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from string import Template
from typing import Literal

from flashcards.markup import html_text
from flashcards.model import Bead, Finding, Lesson, Place, Sentence

Script = Literal["zh-Hans", "zh-Hant"]

MARK = b"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="flashcards report">
"""
"""How every report begins: enough to tell it from a file of somebody else's."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A bead as the page shows it: its number, from 1, and whether it is a pair that is not sure."""

    number: int
    bead: Bead
    doubtful: bool

    @property
    def alone(self) -> bool:
        """Whether nothing translates it."""
        return not (self.bead.zh and self.bead.en)


def write(lesson: Lesson, threshold: float, script: Script = "zh-Hans") -> bytes:
    """The report on a lesson.

    Args:
        lesson: the lesson.
        threshold: the confidence, 0 to 1, under which a pair is doubtful.
        script: the script of the lesson's Chinese.
    """
    rows = [
        _Row(number, bead, bool(bead.zh and bead.en) and bead.confidence < threshold)
        for number, bead in enumerate(lesson.beads, 1)
    ]
    doubtful = [row for row in rows if row.doubtful]
    alone = [row for row in rows if row.alone]
    differences = [finding for finding in lesson.findings if finding.stage == "consistency"]
    noticed = [finding for finding in lesson.findings if finding.stage != "consistency"]
    counts = {
        "pairs": len(rows) - len(alone),
        f"doubtful (under {threshold:g})": len(doubtful),
        "Chinese sentences without translation": sum(len(row.bead.zh) for row in alone),
        "English sentences without translation": sum(len(row.bead.en) for row in alone),
        "readings to check": sum(word.check for words in lesson.words for word in words),
        "differences between the sides": len(differences),
        "warnings": sum(finding.level == "warning" for finding in lesson.findings),
    }
    sections = (
        _section("Doubtful pairs", (_item(row, script, listed=False) for row in doubtful)),
        _section("Sentences without translation", (_item(row, script, listed=False) for row in alone)),
        _section("Readings to check", _readings(lesson, rows, script)),
        _section("Numbers, names and terms to compare", map(_finding, differences)),
        _section("What was noticed", map(_finding, noticed)),
        _section("All pairs", (_item(row, script, listed=True) for row in rows)),
    )
    template = files("flashcards.report")
    page = Template(template.joinpath("page.html").read_text("utf-8")).substitute(
        title=html_text(lesson.title or lesson.id),
        script=script,
        style=template.joinpath("style.css").read_text("utf-8"),
        counts="".join(f"<div><dt>{what}</dt><dd>{count}</dd></div>\n" for what, count in counts.items()),
        sections="".join(sections),
    )
    return MARK + page.encode()


def _section(heading: str, items: Iterable[str]) -> str:
    """A section, or nothing if there is nothing in it."""
    listed = "".join(items)
    return f"<section>\n<h2>{heading}</h2>\n<ul>\n{listed}</ul>\n</section>\n" if listed else ""


def _item(row: _Row, script: Script, *, listed: bool) -> str:
    """A bead with both sides; `listed` in its place among all, where the sections before link to it."""
    kind = "alone" if row.alone else "doubtful" if row.doubtful else "sure"
    place = f' id="pair-{row.number}"' if listed else ""
    number = str(row.number) if listed else f'<a href="#pair-{row.number}">{row.number}</a>'
    facts = [number]
    if row.bead.part:
        facts.append(f"part {row.bead.part}")
    facts.append("no translation found" if row.alone else f'<span class="sure">{row.bead.confidence:.2f}</span>')
    facts.append(_place((*row.bead.zh, *row.bead.en)[0].where))
    return (
        f'<li class="pair {kind}"{place}>\n'
        f'{_side(row.bead.zh, script, "")}{_side(row.bead.en, "en", " ")}'
        f'<p class="about">{" · ".join(facts)}</p>\n</li>\n'
    )


def _readings(lesson: Lesson, rows: Sequence[_Row], script: Script) -> Iterator[str]:
    """The words whose reading someone should check, each in its sentence."""
    numbers = [row.number for row in rows if not row.alone]
    for number, words in zip(numbers, lesson.words, strict=False):    # without terms a lesson may have no words
        for i, word in enumerate(words):
            if word.check:
                before, behind = ("".join(w.text for w in part) for part in (words[:i], words[i + 1 :]))
                yield (
                    f'<li>\n<p lang="{script}">{html_text(before)}<mark>{html_text(word.text)}</mark>'
                    f"{html_text(behind)}</p>\n"
                    f'<p class="about"><span lang="zh-Latn">{html_text(word.pinyin)}</span>? · '
                    f'<a href="#pair-{number}">{number}</a> · <span class="sure">{word.confidence:.2f}</span></p>\n'
                    "</li>\n"
                )


def _side(side: tuple[Sentence, ...], lang: str, gap: str) -> str:
    """A side's text, and what stood in its place before a human replaced it."""
    text = f'<p lang="{lang}">{html_text(gap.join(s.text for s in side))}</p>'
    source = gap.join(s.original for s in side if s.original)
    replaced = f'<p class="source">in the source: <span lang="{lang}">{html_text(source)}</span></p>' if source else ""
    return f"<div>{text}{replaced}</div>\n"


def _place(where: Place) -> str:
    """A place by its file's name alone, so that the page is the same in every folder."""
    return html_text(str(replace(where, source=re.split(r"[/\\]", where.source)[-1])))


def _finding(finding: Finding) -> str:
    where = f"{_place(finding.where)}: " if finding.where else ""
    remedy = f" ({finding.remedy})" if finding.remedy else ""
    told = html_text(finding.message + remedy)
    return f'<li><span class="{finding.level}">{finding.level}</span>: {where}{told}</li>\n'
