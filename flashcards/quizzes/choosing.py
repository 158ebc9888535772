"""Which sentences can stand alone on a card or in a quiz, and what speaks against the others."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flashcards.model import HAN, Pair

CARD_WORTH, CARD_HANZI = 0.75, range(10, 51)
QUIZ_WORTH, QUIZ_HANZI = 0.6, range(12, 46)
"""What a card and a quiz ask of a sentence. Of 60 sentences of a speech and of fiction that one strict reader judged,
.6 kept 76 % of the good ones, and 91 % of those kept were good; .75 kept fewer and only good ones."""

_HAN = re.compile(f"[{HAN}]")
_ENGLISH_WORD = re.compile(r"[A-Za-z]+")
_FULL_WIDTH = str.maketrans(",!?:;()", "，！？：；（）")
_ENUMERATION = re.compile(r"(?:第?[一二三四五六七八九十]+(?:是|，|、)|(?:首先|其次|再次|最后)，)(?=.{8})")


@dataclass(frozen=True, slots=True)
class Deduction:
    """Something that speaks against a sentence: why, and how much of its worth that costs."""

    reason: str
    cost: float


@dataclass(frozen=True, slots=True)
class _View:
    """A pair as the rules look at it: full-width marks, no enumerating opener, the hanzi counted."""

    zh: str
    en: str
    hanzi: int
    pair: Pair


_Rule = Callable[[_View], float]


def hanzi(text: str) -> int:
    """The number of hanzi in a text."""
    return len(_HAN.findall(text))


def opener(text: str) -> int:
    """Where a sentence begins behind a word that only counts it off.

    >>> opener("第一，我们要弘扬上海精神。"), opener("第一次世界大战结束了。")
    (3, 0)
    """
    found = _ENUMERATION.match(text.translate(_FULL_WIDTH))
    return found.end() if found else 0


def worth(pair: Pair) -> float:
    """How well the pair's sentence stands alone: 1 where nothing speaks against it, less (even below 0) elsewhere."""
    return 1.0 - sum(deduction.cost for deduction in deductions(pair))


def deductions(pair: Pair) -> tuple[Deduction, ...]:
    """All that speaks against the pair's sentence standing alone."""
    zh = pair.zh[opener(pair.zh) :].translate(_FULL_WIDTH)
    view = _View(zh, pair.en, hanzi(zh), pair)
    return tuple(Deduction(reason, cost) for reason, rule in _RULES if (cost := rule(view)))


def worth_a_card(pairs: Iterable[Pair], threshold: float) -> frozenset[str]:
    """The ids of the pairs whose sentences are worth a card; a sentence that is repeated counts once.

    Args:
        pairs: the pairs of a lesson.
        threshold: the confidence, 0 to 1, that a pair must have.
    """
    return frozenset(pair.id for pair in _worthy(pairs, threshold, CARD_WORTH, CARD_HANZI))


def worth_asking(pairs: Iterable[Pair], threshold: float) -> tuple[Pair, ...]:
    """The pairs whose sentences can be asked about in a quiz, in order; a sentence that is repeated counts once."""
    return _worthy(pairs, threshold, QUIZ_WORTH, QUIZ_HANZI)


def _worthy(pairs: Iterable[Pair], threshold: float, least: float, length: range) -> tuple[Pair, ...]:
    chosen: dict[str, Pair] = {}
    for pair in pairs:
        if pair.confidence >= threshold and hanzi(pair.zh) in length and worth(pair) >= least:
            chosen.setdefault(pair.zh, pair)
    return tuple(chosen.values())


def _where(pattern: str, cost: float) -> _Rule:
    """A rule that costs something where the Chinese matches."""
    compiled = re.compile(pattern)
    return lambda view: cost if compiled.search(view.zh) else 0.0


def _length(view: _View) -> float:
    return next(cost for most, cost in _LENGTH_COSTS if view.hanzi <= most)


def _density(view: _View) -> float:
    return 0.1 if view.hanzi > 28 * max(1, len(_PAUSE.findall(view.zh))) else 0.0


def _pointing(view: _View) -> float:
    """A word that points outside of the sentence; at most one such word is charged, the worst."""
    return next((cost for pattern, cost in _POINTERS if pattern.search(view.zh)), 0.0)


def _pronouns(view: _View) -> float:
    count = len(_PRONOUN.findall(view.zh))
    return 0.1 + 0.05 * min(count, 3) if count else 0.0


def _half_quotation(view: _View) -> float:
    return 0.25 if any(view.zh.count(left) != view.zh.count(right) for left, right in ("“”", "「」", "‘’")) else 0.0


def _freedom(view: _View) -> float:
    if not view.en:    # a text in Chinese alone
        return 0.0
    ratio = len(_ENGLISH_WORD.findall(view.en)) / max(1, view.hanzi)
    return 0.0 if 0.42 <= ratio <= 1.05 else 0.3


def _several(view: _View) -> float:
    zh, en = len(view.pair.bead.zh), len(view.pair.bead.en)
    return 0.2 if zh > 1 or en > zh + 1 else 0.0


def _is_closed(view: _View) -> bool:
    """Whether a final stop ends it, or, of a sentence divided into clauses, the mark between them."""
    marks = "。！？….，；—" if view.pair.part else "。！？…."
    return re.search(rf"[{marks}][”’」』）\s]*$", view.zh) is not None


_LENGTH_COSTS = ((7, 0.6), (11, 0.15), (45, 0.0), (60, 0.25), (float("inf"), 0.5))
_PAUSE = re.compile(r"[，；：。、]")
_PRONOUN = re.compile(r"(?<![其吉])[他她它]们?")
_POINTERS = (
    (
        re.compile(
            r"^[“‘「]?(?:[这那此该他她它]|其(?!他|实)|对此|为此|因此|因而|所以|但|可是|然而|不过|于是|而且|同时|另外|然后|后来"
            r"|接着|显然，|从而|就是，|还(?!是)|又|哦|唉|哇|嗯)"
        ),
        0.3,
    ),
    (re.compile(r"[这那](?:[个项种些件一位次句时样里]|[^里么儿样]{1,2}[，。])|上述|该(?=[组地计项公])"), 0.3),
    (re.compile(r"对此|为此|其中|此时|[它他她]们|本次"), 0.15),
)
_RULES: tuple[tuple[str, _Rule], ...] = (
    ("is not closed by a final stop", lambda view: 0.0 if _is_closed(view) else 0.7),
    (
        "is a salutation, a byline or a heading",
        _where(
            r"^(?:尊敬的|亲爱的|各位|同志们|女士们|先生们|朋友们)[^，。]*[！，：]$|^——|^第[一二三四五六七八九十百]+[章节部回]",
            1.0,
        ),
    ),
    ("is a dateline", _where(r"^（?\d{4}年\d+月\d+日[，、\s]*[^，。]{0,6}）?$", 1.0)),
    ("is too short or too long", _length),
    ("runs on without a pause", _density),
    ("points to what was said before", _pointing),
    ("speaks of him, her or it", _pronouns),
    ("holds half a quotation", _half_quotation),
    ("is a short line of talk", lambda view: 0.2 if view.hanzi < 15 and re.match(r"“.*”$", view.zh) else 0.0),
    ("breaks off or changes course", _where("……|——", 0.15)),
    ("holds a code or a long acronym", _where(r"\d{3,}[:：]|[A-Z]{4,}", 0.15)),
    ("is translated freely", _freedom),
    ("is several sentences", _several),
    ("trails a fragment", _where("[。！？][^。！？”]{1,8}[。！？]", 0.3)),
)
"""What may speak against a sentence, in the order in which the reasons are given."""
