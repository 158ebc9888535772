"""The report as a page: self-contained HTML without a script, for screens by day and night, telephones and paper."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from string import Template
from typing import Literal

from flashcards.markup import html_text, pinyin_line
from flashcards.model import Bead, Finding, Lesson, Place, Sentence, Word

Script = Literal["zh-Hans", "zh-Hant"]

MARK = b"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="flashcards report">
"""
"""How every report begins: enough to tell it from a file of somebody else's."""


_ALIGNED = "Which sentences translate each other, and how sure that is: 1 is certain."
_ALONE = "The text has no English: beside each sentence stands how it is read."


@dataclass(frozen=True, slots=True)
class _Row:
    """A bead as the page shows it: its number, from 1, what is to be said of it, and its words if it is a pair.

    It is "sure" or "doubtful"; "alone" if nothing translates it; "untranslated" in a text that is in Chinese alone.
    """

    number: int
    bead: Bead
    kind: Literal["sure", "doubtful", "alone", "untranslated"]
    words: tuple[Word, ...] = ()


def write(lesson: Lesson, threshold: float, script: Script = "zh-Hans") -> bytes:
    """The report on a lesson.

    Args:
        lesson: the lesson.
        threshold: the confidence, 0 to 1, under which a pair is doubtful.
        script: the script of the lesson's Chinese.
    """
    rows = list(_rows(lesson, threshold))
    doubtful = [row for row in rows if row.kind == "doubtful"]
    alone = [row for row in rows if row.kind == "alone"]
    untranslated = sum(row.kind == "untranslated" for row in rows)
    differences = [finding for finding in lesson.findings if finding.stage == "consistency"]
    noticed = [finding for finding in lesson.findings if finding.stage != "consistency"]
    aligned = {
        "pairs": len(rows) - len(alone) - untranslated,
        f"doubtful (under {threshold:g})": len(doubtful),
        "Chinese sentences without translation": sum(len(row.bead.zh) for row in alone),
        "English sentences without translation": sum(len(row.bead.en) for row in alone),
        "differences between the sides": len(differences),
    }
    counts = {
        **({"Chinese sentences": untranslated} if untranslated else {}),
        **{what: count for what, count in aligned.items() if count or not untranslated},
        "readings to check": sum(word.check for words in lesson.words for word in words),
        "warnings": sum(finding.level == "warning" for finding in lesson.findings),
    }
    sections = (
        _section("Doubtful pairs", (_item(row, script, listed=False) for row in doubtful)),
        _section("Sentences without translation", (_item(row, script, listed=False) for row in alone)),
        _section("Readings to check", _readings(rows, script)),
        _section("Numbers, names and terms to compare", map(_finding, differences)),
        _section("What was noticed", map(_finding, noticed)),
        _section("All sentences" if untranslated else "All pairs", (_item(row, script, listed=True) for row in rows)),
    )
    template = files("flashcards.report")
    page = Template(template.joinpath("page.html").read_text("utf-8")).substitute(
        title=html_text(lesson.title or lesson.id),
        script=script,
        about=_ALONE if untranslated else _ALIGNED,
        style=template.joinpath("style.css").read_text("utf-8"),
        counts="".join(f"<div><dt>{what}</dt><dd>{count}</dd></div>\n" for what, count in counts.items()),
        sections="".join(sections),
    )
    return MARK + page.encode()


def _rows(lesson: Lesson, threshold: float) -> Iterator[_Row]:
    """The lesson's beads in their order."""
    alone = lesson.chinese_alone
    words = iter(lesson.words)
    for number, bead in enumerate(lesson.beads, 1):
        if bead.zh and bead.en:
            yield _Row(number, bead, "doubtful" if bead.confidence < threshold else "sure", next(words, ()))
        elif bead.zh and alone:
            yield _Row(number, bead, "untranslated", next(words, ()))
        else:
            yield _Row(number, bead, "alone")


def _section(heading: str, items: Iterable[str]) -> str:
    """A section, or nothing if there is nothing in it."""
    listed = "".join(items)
    return f"<section>\n<h2>{heading}</h2>\n<ul>\n{listed}</ul>\n</section>\n" if listed else ""


def _item(row: _Row, script: Script, *, listed: bool) -> str:
    """A bead with both sides, or with pinyin where the text is in Chinese alone; `listed` in its place among all.

    The sections before link to that one.
    """
    place = f' id="pair-{row.number}"' if listed else ""
    number = str(row.number) if listed else f'<a href="#pair-{row.number}">{row.number}</a>'
    facts = [number]
    if row.bead.part:
        facts.append(f"part {row.bead.part}")
    if row.kind == "alone":
        facts.append("no translation found")
    elif row.kind != "untranslated":
        facts.append(f'<span class="sure">{row.bead.confidence:.2f}</span>')
    facts.append(_place((*row.bead.zh, *row.bead.en)[0].where))
    if row.kind == "untranslated":
        other = f'<div><p lang="zh-Latn">{html_text(pinyin_line(row.words, begins=True))}</p></div>\n'
    else:
        other = _side(row.bead.en, "en", " ")
    return (
        f'<li class="pair {row.kind}"{place}>\n{_side(row.bead.zh, script, "")}{other}'
        f'<p class="about">{" · ".join(facts)}</p>\n</li>\n'
    )


def _readings(rows: Sequence[_Row], script: Script) -> Iterator[str]:
    """The words whose reading someone should check, each in its sentence."""
    for row in rows:
        for i, word in enumerate(row.words):
            if word.check:
                before, behind = ("".join(w.text for w in part) for part in (row.words[:i], row.words[i + 1 :]))
                yield (
                    f'<li>\n<p lang="{script}">{html_text(before)}<mark>{html_text(word.text)}</mark>'
                    f"{html_text(behind)}</p>\n"
                    f'<p class="about"><span lang="zh-Latn">{html_text(word.pinyin)}</span>? · '
                    f'<a href="#pair-{row.number}">{row.number}</a> · '
                    f'<span class="sure">{word.confidence:.2f}</span></p>\n'
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
