"""Where Chinese sentences may be cut into clauses that can each be read by itself.

Cuts lie behind the marks between clauses, never inside quotation marks, brackets or a fixed expression. A clause that
leads up to the next one (an adverbial, a condition, 他说，) is not cut off from it, nor one that only completes what
stands before. Within a clause nothing is cut: 、 and a colon join its parts. All patterns are in simplified characters.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from flashcards.model import HAN
from flashcards.text.breaks import Break, breaks

Tagged = tuple[str, str]
"""A word in simplified characters, and jieba's tag for its part of speech."""

_HAN = re.compile(f"[{HAN}]")
_MARK = re.compile(r"(?:[，；;]|(?<!\d),|,(?!\d)|—{2,}|(?<!—)—(?!—))\s*")
_FULL_WIDTH = str.maketrans(",;", "，；")
_HALVES = [(a, b) for a in range(2, 10) for b in range(2, 10) if abs(a - b) <= 3]
"""How many characters the fixed expressions of CC-CEDICT have before and behind their comma."""

_FEWEST_HANZI = 7    # what is shorter leads up to the next clause: 近年来， 可以看出，

_ANNOUNCES = re.compile(
    "(?:[说道问喊叫答讲称]|指出|强调|认为|以为|觉得|表示|表明|证明|知道|相信|希望|发现|看到|看出|意识到|感到|感觉|意味着|告诉[^，]{0,4}|要求|决定|宣布"
    "|承认|明白|想到|据了解|如下|例如|比如|就是|还是|是|地)$"
)
_LEADS_UP = re.compile(
    "^(?:随着|为了|由于|根据|按照|依照|面对|鉴于|除|至于|关于|对于|作为|经过|正如|截至|当(?![前时今年])|通过[^，]*的[^，]*$)"
    "|^[^，]{0,5}(?:按照|根据|依照|针对)"
    "|^[但而并且]?(?:在|自|从|到|以|于|就|直到)[^，]*(?:[时下中上里后前内间外际起]|以来|之初|期间|方面|来说|来看|而言)$"
    "|(?:之?[时后前]|的时候|以来|之际|来说|而言|的话|过程中|情况下|形势下|条件下|基础上)$"
)
_FIRST_HALF = re.compile(
    "如果|倘若|假如|要是|只要|只有|一旦|即使|即便|哪怕|虽然|尽管|固然|既然|因(?![此而素子果])|不仅|不但|不只|不光|不是|无论|不管|不论|除非|与其|宁可|宁愿|一方面|要么"
    "|既(?![然定有成往])"
)
_SECOND_HALF = re.compile("才(?!能[^够])|就|都|也|则|便|却|而且")
_FOLLOWS_ON = re.compile(
    "才|就|便|则|都|而是|否则|不然|以便|以免|以致|以至|从而|因而|使|令|让|以(?![后前来上下])|来(?!自)|的|等|及|和|与|或|并不|并非|更不|甚至|包括|例如"
    "|比如|特别是|尤其|其中|即|也就是|如同|仿佛|像|好像|只是|只不过"
)
_SUMS_UP = re.compile("都(?!市)|均|就是|就(?!业)")
_TOPIC = re.compile("^[这那][种些个样][^，]*的")
_PREDICATE = re.compile("^(?:[我你您他她它咱]|大家|人们)|[了着过是有将要已会能应须可没不被把让使]")


def chinese_cuts(words: Sequence[Tagged], sentences: Iterable[int], is_expression: Callable[[str], bool]) -> list[int]:
    """Where one or more Chinese sentences may be cut.

    Args:
        words: their words; they join to the text.
        sentences: the positions at which all sentences but the first begin.
        is_expression: whether the dictionary has a text with a comma in it.

    Returns:
        The positions, ascending, at which a clause may begin (never 0 or the end).
    """
    text = "".join(word for word, _ in words)
    edges = [0, *accumulate(len(word) for word, _ in words)]
    marks = [mark for mark in _MARK.finditer(text) if not _is_within_expression(text, mark, is_expression)]
    found = list(breaks(text, marks, sentences))
    cuts = []
    for i, each in enumerate(found):
        own = [word for word, at in zip(words, edges, strict=False) if each.start <= at < each.stop]
        if each.certain or not (
            _leads_up(text[each.start : each.stop], own)
            or _FOLLOWS_ON.match(text, each.following)
            or _is_summed_up(text, each, found[i + 1 :])
        ):
            cuts.append(each.following)
    return cuts


def _leads_up(clause: str, words: Sequence[Tagged]) -> bool:
    """Whether a clause must be read together with the next one."""
    if len(_HAN.findall(clause)) < _FEWEST_HANZI or not _has_predicate(clause, words):
        return True
    opener = _FIRST_HALF.search(clause)
    if opener and not _SECOND_HALF.search(clause, opener.end()):
        return True
    return bool(_ANNOUNCES.search(clause) or _LEADS_UP.search(clause))


def _is_summed_up(text: str, each: Break, coming: Iterable[Break]) -> bool:
    """Whether a later clause takes up all before it (A，B，C，都是…) and does not answer a condition between them."""
    clause = text[each.following : each.end]
    for later in coming:
        if later.certain or text[later.stop : later.following].strip() in ("；", ";"):
            return False
        if _FIRST_HALF.search(clause) or _LEADS_UP.search(clause):
            return False
        if _SUMS_UP.match(text, later.following):
            return True
        clause = text[later.following : later.end].rstrip("，, ")
    return False


def _has_predicate(clause: str, words: Sequence[Tagged]) -> bool:
    """Whether a clause is more than a topic: a verb stands in it, not only before the 的 of its noun."""
    if _PREDICATE.search(clause) or (words and words[0][1][:1] in "vd"):
        return True
    if _TOPIC.match(clause):
        return False
    last = max((i for i, (word, _) in enumerate(words) if word == "的"), default=-1)
    return any(tag[:1] in "vadz" and tag != "vn" for _, tag in words[last + 1 :])


def _is_within_expression(text: str, mark: re.Match[str], is_expression: Callable[[str], bool]) -> bool:
    """Whether the mark is the comma of a fixed expression such as 一分耕耘，一分收获."""
    comma = mark[0].strip().translate(_FULL_WIDTH)
    return any(
        is_expression(text[mark.start() - a : mark.start()] + comma + text[mark.end() : mark.end() + b])
        for a, b in _HALVES
        if a <= mark.start()
    )
