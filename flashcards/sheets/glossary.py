"""A glossary as a PDF to print: the terms of a lesson with pinyin, the text's English, and a clause to see them in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from flashcards.markup import level_name, pinyin_line
from flashcards.model import Finding, Lesson, Pair, Rendering, Term
from flashcards.sheets.typesetting import Data, Paper, plain, title_parts, typeset, unprintable

Script = Literal["zh-Hans", "zh-Hant"]
Clause = tuple[str, str, str]
"""What stands before a term, the term, and what stands behind it."""

_RENDERINGS = 3    # the most that are printed of a term
_LONGEST = 26    # characters of an example; more would take a third line
_STOPS = re.compile(r"(?:[，。；！？;!?…—\n]|[：:,](?!\d))+")
_NO_WORD = re.compile(r"\S{26,}")
_WESTERN_END = re.compile(r"[!-~]+\Z")
_MARKS = {"“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "〈": "〉"}
_WORDS: Mapping[Script, tuple[str, str, str, str, str]] = {
    "zh-Hans": ("词汇表", "词语", "本文译文", "词典释义", "句"),
    "zh-Hant": ("詞彙表", "詞語", "本文譯文", "詞典釋義", "句"),
}

_HEAD = b"%PDF-1.7\n%"
MARK = _HEAD + bytes(byte | 0x80 for byte in b"flsh")
"""How our glossaries begin, and no other PDF.

A PDF's second line is a comment of four bytes, each 128 or more, that says nothing (ISO 32000-1, 7.5.2).
"""


def pdf(
    lesson: Lesson,
    terms: Sequence[Term],
    *,
    threshold: float,
    script: Script = "zh-Hans",
    paper: Paper = "a4",
    notice: str = "",
) -> bytes:
    """The glossary as a tagged, searchable PDF; the same terms give the same bytes.

    Args:
        lesson: where the terms are from.
        terms: those to print, in their order; one of which nothing can be said in English is left out.
        threshold: the confidence, 0 to 1, below which a rendering is not printed.
        script: that of the Chinese.
        paper: the paper size.
        notice: credits, set small at the end.
    """
    data = typeset("glossary.typ", sheet(lesson, terms, threshold, script, notice), paper)
    return MARK + data[len(MARK) :] if data.startswith(_HEAD) else data


def has_terms(terms: Sequence[Term], threshold: float) -> bool:
    """Whether there is anything to print."""
    return any(_is_shown(term, threshold) for term in terms)


def findings(lesson: Lesson, terms: Sequence[Term], threshold: float) -> tuple[Finding, ...]:
    """What the printed glossary cannot show."""
    shown = [term for term in terms if _is_shown(term, threshold)]
    texts = [lesson.title]
    for term in shown:
        texts += [term.text, pinyin_line(term.words), term.definition]
        texts += [rendering.citation for rendering in term.sure_renderings(threshold)[:_RENDERINGS]]
    return unprintable(texts)


def sheet(lesson: Lesson, terms: Sequence[Term], threshold: float, script: Script, notice: str) -> Data:
    """What the template sets: plain strings only, in the order of the page."""
    title, subtitle = title_parts(plain(lesson.title))
    heading, word, rendering, definition, sentence = _WORDS[script]
    pairs = {pair.id: pair for pair in lesson.pairs}
    numbers = {pair.id: number for pair, number in zip(lesson.pairs, _numbers(lesson), strict=True)}
    rows = []
    for term in terms:
        if not _is_shown(term, threshold):
            continue
        renderings = term.sure_renderings(threshold)[:_RENDERINGS]
        first = next((id for id in term.pair_ids if id in pairs), "")
        rows.append(
            {
                "text": plain(term.text),
                "pinyin": plain(pinyin_line(term.words)),
                "english": _breakable(plain("; ".join(rendering.citation for rendering in renderings))),
                "definition": _breakable(plain(term.definition)) if term.says_more(renderings) else "",
                "level": level_name(term.level) if term.level else "",
                "example": [plain(part) for part in _example(term, renderings[:1], pairs) or ()],
                "number": str(numbers.get(first, "")),
            }
        )
    return {
        "title": title,
        "subtitle": subtitle,
        "region": "tw" if script == "zh-Hant" else "cn",
        "heading": [heading, "Glossary"],
        "labels": [
            [word, "Term"], [rendering, "In this text"], [definition, "Dictionary"], ["", "HSK"], [sentence, "No."],
        ],
        "terms": rows,
        "notice": plain(notice),
    }  # fmt: skip


def _breakable(text: str) -> str:
    """The text with zero width spaces in whatever is longer than a word: a column has room for any word, no more."""
    return _NO_WORD.sub(lambda found: "\u200b".join(found[0]), text)


def _is_shown(term: Term, threshold: float) -> bool:
    return bool(term.definition or term.sure_renderings(threshold))


def _numbers(lesson: Lesson) -> Iterator[int]:
    """The numbers of the pairs in the lesson report, which counts omissions too."""
    alone = lesson.chinese_alone
    return (number for number, bead in enumerate(lesson.beads, start=1) if bead.zh and (bead.en or alone))


def _example(term: Term, best: Sequence[Rendering], pairs: Mapping[str, Pair]) -> Clause | None:
    """The clause to show a term in; None if none is more than the term.

    One that need not be cut goes first, then one where the best rendering stands, then the first in the text.
    """
    citations = {rendering.citation.casefold() for rendering in best}
    shows = {r.pair_id for r in term.renderings if r.citation.casefold() in citations}
    found = [(clause(pairs[id].zh, term.text), id not in shows) for id in term.pair_ids if id in pairs]
    telling = [(parts, hidden) for parts, hidden in found if parts and "".join(parts) != term.text]
    if not telling:
        return None
    return min(telling, key=lambda each: ("…" in each[0][0] + each[0][2], each[1]))[0]


def clause(text: str, term: str) -> Clause | None:
    """The clause of a text in which a term first stands, parted around it; None if it stands in none.

    A long one is cut, but for the term itself, and so is a quotation mark whose other half is elsewhere.

    >>> clause("“我们要弘扬‘上海精神’，加强团结。”", "上海精神")
    ('我们要弘扬‘', '上海精神', '’')
    """
    at = text.find(term)
    if at < 0:
        return None
    end = at + len(term)
    stops = [match.span() for match in _STOPS.finditer(text)]
    start = max((stop for _, stop in stops if stop <= at), default=0)
    last = min((begin for begin, _ in stops if begin >= end), default=len(text))
    before, behind = _balanced(text[start:at], text[end:last])
    room = max(_LONGEST - len(term), 0)
    if len(before) + len(behind) > room:
        # The shorter side keeps all it has, up to half of the room.
        kept = max(room // 2, room - len(behind))
        behind = _shortened(behind, room - min(len(before), kept))
        before = _shortened(before[::-1], kept)[::-1]
    return before, term, behind


def _balanced(before: str, behind: str) -> tuple[str, str]:
    """What is around a term, without spaces and halves of quotation marks at its ends."""
    before, behind = before.lstrip("、 \u3000"), behind.rstrip("、 \u3000")
    while before and (before[0] in _MARKS.values() or _MARKS.get(before[0], before[0]) not in before + behind):
        before = before[1:]
    while behind and any(behind[-1] == right and left not in before + behind for left, right in _MARKS.items()):
        behind = behind[:-1]
    return before, behind


def _shortened(text: str, length: int) -> str:
    """The beginning of a text; a number or a word in Latin letters is dropped rather than cut."""
    if len(text) <= length:
        return text
    kept = text[:length]
    if text[length].isascii():
        kept = _WESTERN_END.sub("", kept)
    return f"{kept.rstrip()}…"
