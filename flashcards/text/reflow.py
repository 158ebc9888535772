"""Mending what page breaks cut: the text's two languages taken apart, each made into running text again.

A page of a bilingual edition prints a run of one language and then the same in the other. Its end may fall inside a
word, inside a sentence, or between two paragraphs, and not at the same place on the two sides. So a block is joined
with its successor only across a run of the other language, and only if it ends open.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from flashcards.model import Block, Finding, Language
from flashcards.text.chinese_sentences import chinese_boundaries
from flashcards.text.english_sentences import english_boundaries
from flashcards.text.joints import join, vocabulary
from flashcards.text.standalone import is_standalone

Run = tuple[Block, ...]

# Characters. Not tuned, only generous: the longest titles of speeches that were looked at have 37 and 133.
_LONGEST_TITLE = {"zh": 50, "en": 200}

_FINAL_STOP = re.compile(r"(?:[。！？!?｡.…⋯]|[—–](?=[\"'”’」』]))[\"'”’」』）)\]】\s]*$")
_BROKEN_OFF = re.compile(r"[…⋯]$|[—–][\"'”’」』]+$")
_CUT_WORD = re.compile(r"\w[-‐]$")
_ENDS_OPEN = re.compile(r"[,，、;；:：—–－(（“‘「『《\[]$")
_BEGINS_WITHIN = re.compile(r"[,，、;；.。!！?？)）”」』》\]…]")
_ENUMERATES = re.compile(
    r"[-•·*○●]|第?[一二三四五六七八九十]+[，,、是]|[（(]?(?:[一二三四五六七八九十]+|\d+|[a-z])[)）.、]"
    r"|(?:First|Second|Third|Fourth|Fifth|Finally|Last)(?:ly)?\b"
)
_OPENING_MARKS = re.compile(r"^[\"'“‘(\[—–\s]*")
_PAIRED_MARKS = ("“”", "「」", "『』", "《》", "()", "（）", "[]")
_NEVER_ENDS_A_TITLE = {
    "en": frozenset("""
        the a an of to in on at by for from with into upon between among through under over about against and or nor but
        as that which who whose than if because while is are was were be been being has have had will would shall can
        could should may might must do does did our their its his her my your this these those not very
    """.split()),
    "zh": frozenset("的和与與及或在对對向把被将將从從于於而但是要以为為"),
}


def _no_word(_word: str) -> bool:
    return False


def mend(
    blocks: Sequence[Block], is_word: Callable[[str], bool] = _no_word
) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Join what page breaks have cut.

    Args:
        blocks: the blocks of both languages in their printed order.
        is_word: whether an English word (lower case, perhaps hyphenated) exists. It decides with the document's own
            words which hyphens at a break belong to a compound; without it those of rare compounds are lost.

    Returns:
        All Chinese blocks and then all English ones, each language in its order, every block at the place where it
        begins; and a finding for each language that was mended, with the lines at which it goes on.
    """
    known = vocabulary(block.text for block in blocks if block.lang == "en")
    runs = [tuple(run) for _, run in groupby(blocks, key=lambda block: block.lang)]
    mended: list[Block] = []
    findings: list[Finding] = []
    unpaired = _unpaired_titles(runs)
    for lang in ("zh", "en"):
        side, breaks = _mend_side(runs, lang, lambda word: word in known or is_word(word), unpaired[lang])
        mended += side
        if breaks:
            findings.append(_finding(lang, breaks))
    return tuple(mended), tuple(findings)


def is_cut(left: Block, right: Block) -> bool:
    """Whether an English block ends inside a sentence that the next English one goes on with, beyond doubt.

    A short block may be a line of verse, and one that ends with a colon leads up to a list.
    """
    if not _begins_lower(right.text) or "heading" in (left.kind, right.kind):
        return False
    is_open = ends_open(left.text) and left.text[-1] not in ":;"
    return bool(_CUT_WORD.search(left.text)) or (is_open and not _is_short(left))


def ends_open(text: str) -> bool:
    """Whether a line ends without a final stop."""
    return not _FINAL_STOP.search(text)


def _finding(lang: Language, breaks: list[Block]) -> Finding:
    name = {"zh": "Chinese", "en": "English"}[lang]
    lines = ", ".join(str(block.where.line) for block in breaks)
    message = f"page breaks inside {name} sentences mended: {len(breaks)} (line {lines})"
    return Finding("text", breaks[0].where, "info", message)


def _mend_side(
    runs: Sequence[Run], lang: Language, is_word: Callable[[str], bool], unpaired_titles: bool
) -> tuple[list[Block], list[Block]]:
    """One language's blocks in running text, and those that were found to go on after a page break.

    `unpaired_titles` says that the other language may have titles whose counterparts stand at page breaks.
    """
    mended: list[Block] = []
    continuations: list[Block] = []
    for index, run in enumerate(runs):
        if run[0].lang != lang:
            continue
        first = run[0]
        if mended and _goes_on(mended[-1], first, runs, index - 2, unpaired_titles):
            mended[-1] = replace(mended[-1], text=join(mended[-1].text, first.text, lang, is_word))
            continuations.append(first)
            run = run[1:]
        mended += run
    return mended, continuations


def _goes_on(left: Block, right: Block, runs: Sequence[Run], index: int, unpaired_titles: bool) -> bool:
    """Whether `left`, which ends `runs[index]`, goes on in `right`, which begins `runs[index + 2]`."""
    if left.where.source != right.where.source or not {left.kind, right.kind} <= {"paragraph", "line"}:
        return False
    if left.row != right.row:    # what a reader has found to stand in rows is whole
        return False
    if is_standalone(left.text, left.lang) or is_standalone(right.text, right.lang):
        return False
    if left.lang == "en" and _CUT_WORD.search(left.text):
        return True
    if _stands_alone_on_its_page(left, runs, index):
        return False
    verdict = _verdict(left.text, right.text, left.lang)
    return not (unpaired_titles and _has_title_beside(runs, index)) if verdict is None else verdict


def _stands_alone_on_its_page(left: Block, runs: Sequence[Run], index: int) -> bool:
    """Whether runs of one short block alternate here: titles, bylines, verse or captions, not cut paragraphs."""
    beside = [*runs[max(index - 1, 0) : index], *runs[index + 1 : index + 2]]
    return (
        runs[index] == (left,)
        and _is_short(left)
        and any(len(run) == 1 and _is_short(run[0]) for run in beside)
    )


def _verdict(left: str, right: str, lang: Language) -> bool | None:
    """Whether `right` continues `left` by the words and marks at the break; None if they leave it open."""
    boundaries = _boundaries(left, lang)
    begins_lower = lang == "en" and _begins_lower(right)
    if not ends_open(left):
        glue = " " if lang == "en" else ""
        may_end = _BROKEN_OFF.search(left) and not begins_lower
        return not may_end and len(left + glue) not in _boundaries(left + glue + right, lang)
    announces = left[-1] in ":：" and not begins_lower    # a list, or what someone says in a paragraph of its own
    if announces or (left[-1] in ";；" and _ENUMERATES.match(right)):
        return False
    last_word = re.sub(r"^.*[^\w'’]", "", left).lower() if lang == "en" else left[-1:]
    if (
        _ENDS_OPEN.search(left)
        or _BEGINS_WITHIN.match(right)
        or begins_lower
        or _is_unbalanced(left)
        or last_word in _NEVER_ENDS_A_TITLE[lang]
        or boundaries
        or len(left) > _LONGEST_TITLE[lang]
    ):
        return True
    return None


def _boundaries(text: str, lang: Language) -> list[int]:
    return chinese_boundaries(text) if lang == "zh" else english_boundaries(text)


def _begins_lower(text: str) -> bool:
    return _OPENING_MARKS.sub("", text)[:1].islower()


def _is_unbalanced(text: str) -> bool:
    """Whether a quotation or bracket is opened and not closed."""
    unclosed = any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRED_MARKS)
    return unclosed or text.count('"') % 2 == 1


def _is_short(block: Block) -> bool:
    """Whether the block is one sentence at most and no longer than a title."""
    return len(block.text) <= _LONGEST_TITLE[block.lang] and not _boundaries(block.text, block.lang)


def _unpaired_titles(runs: Sequence[Run]) -> dict[Language, bool]:
    """For each language whether the other has more titles than it has itself inside its pages, away from the breaks."""
    inside: Counter[Language] = Counter()
    everywhere: Counter[Language] = Counter()
    for index, run in enumerate(runs):
        following = runs[index + 2][0].text if index + 2 < len(runs) else ""
        texts = [*(block.text for block in run[1:]), following]
        titles = [_looks_like_title(block, text) for block, text in zip(run, texts, strict=True)]
        everywhere[run[0].lang] += sum(titles)
        inside[run[0].lang] += sum(titles[:-1])
    return {"zh": everywhere["en"] > inside["zh"], "en": everywhere["zh"] > inside["en"]}


def _has_title_beside(runs: Sequence[Run], index: int) -> bool:
    """Whether the other language has a title near the end of `runs[index]`.

    The pages of the two languages need not end at the same content, so the first block and the last two of each run
    near by are looked at.
    """
    for other in (index - 1, index + 1, index + 3):
        if 0 <= other < len(runs):
            run = runs[other]
            following = runs[other + 2][0].text if other + 2 < len(runs) else ""
            texts = [*(block.text for block in run), following]
            edges = {0, max(len(run) - 2, 0), len(run) - 1}
            if any(_looks_like_title(run[i], texts[i + 1]) for i in edges):
                return True
    return False


def _looks_like_title(block: Block, following: str) -> bool:
    text = block.text
    return (
        _is_short(block)
        and ends_open(text)
        and not is_standalone(text, block.lang)
        and not _CUT_WORD.search(text)
        and _verdict(text, following, block.lang) is None
    )
