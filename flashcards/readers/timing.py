"""Subtitles of two languages matched by the times at which they are shown, in one file or in two.

Two files of one film are seldom in step: the one begins some seconds later, or runs as fast as another television
system plays it. Both are told from the starts of the subtitles alone: by the shift, and the speed, at which most starts
of the one side fall on starts of the other.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import median

from flashcards.model import Block, Document, Finding, Place
from flashcards.readers.overlap import Span, runs

_SPEEDS = (1.0, 25 / 23.976, 23.976 / 25, 25 / 24, 24 / 25, 24 / 23.976, 23.976 / 24)
_LARGEST_SHIFT = 120.0    # seconds
_SLOT = 0.1    # seconds; differences of starts are counted in slots of this width
_PEAK = 2    # slots on either side of one that count with it: translators set their times by eye
_ONE_SPEED = 1.3    # times as many starts must fit at another speed for it to be believed
_NO_SHIFT = 0.9    # of the starts that fit best must fit without a shift for there to be none
_FITTING = 0.3    # of the side with fewer subtitles must fit
_FEW = 5    # subtitles, too few to tell a shift from chance
_LONGEST = 60.0    # seconds; longer ones are mistakes
_SHORTEST = 0.1
_MOST_STARTS = 2000    # that are compared; a film has some 1500
_MOST_IN_A_ROW = 12    # blocks of one side; times that connect more of them say nothing


@dataclass(frozen=True, slots=True)
class _Clock:
    """How the times of one side become those of the other, and how many starts then fit."""

    speed: float
    shift: float
    fitting: int

    def moved(self, span: Span) -> Span:
        return span[0] * self.speed + self.shift, span[1] * self.speed + self.shift


def with_rows(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with a row for those of both languages that are shown together.

    Args:
        blocks: blocks with their `seconds`, each language in the order of time. What has nothing in the other language
            at its time gets no row.
    """
    zh, en = ([index for index, block in enumerate(blocks) if block.lang == lang] for lang in ("zh", "en"))
    rows: dict[int, int] = {}
    for row, (zh_run, en_run) in enumerate(runs(_spans(blocks, zh), _spans(blocks, en))):
        if max(len(zh_run), len(en_run)) <= _MOST_IN_A_ROW:
            rows |= {zh[index]: row for index in zh_run} | {en[index]: row for index in en_run}
    return tuple(replace(block, row=rows.get(index)) for index, block in enumerate(blocks))


def merge(documents: Sequence[Document]) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    """Two documents of subtitles, one in each language, as one with rows; any others as they are.

    The finding says how the times had to be changed, or that they do not fit together.
    """
    if not _are_two_sides(documents):
        return tuple(documents), ()
    zh, en = sorted(documents, key=lambda document: document.blocks[0].lang != "zh")
    names = [document.blocks[0].where.source for document in (zh, en)]
    clock = _clock(_starts(zh.blocks), _starts(en.blocks))
    if clock is None:
        message = f"the times do not fit those of {names[0]}; aligned by their texts alone"
        remedy = "check that both are of the same film"
        return tuple(documents), (Finding("text", Place(names[1]), "warning", message, remedy),)
    in_step = [replace(block, seconds=clock.moved(block.seconds)) for block in en.blocks if block.seconds]
    rows = with_rows((*zh.blocks, *in_step))
    blocks = tuple(replace(block, row=row.row) for block, row in zip((*zh.blocks, *en.blocks), rows, strict=True))
    return (Document(zh.title or en.title, blocks),), _changes(clock, names[1])


def _are_two_sides(documents: Sequence[Document]) -> bool:
    sides = [{block.lang for block in document.blocks} for document in documents]
    timed = all(block.seconds and block.row is None for document in documents for block in document.blocks)
    return timed and sorted(map(sorted, sides)) == [["en"], ["zh"]]


def _changes(clock: _Clock, source: str) -> tuple[Finding, ...]:
    changes = []
    if clock.speed != 1:
        changes.append(f"stretched by {clock.speed:.4f}")
    if abs(clock.shift) >= _SLOT:
        changes.append(f"moved by {clock.shift:+.1f} s")
    if not changes:
        return ()
    return (Finding("text", Place(source), "info", f"times {' and '.join(changes)} to fit the other file"),)


def _spans(blocks: Sequence[Block], indices: Iterable[int]) -> list[Span]:
    """The spans of some of the blocks, none of them empty or endless."""
    spans = [blocks[index].seconds or (0.0, 0.0) for index in indices]
    return [(start, min(max(end, start + _SHORTEST), start + _LONGEST)) for start, end in spans]


def _starts(blocks: Iterable[Block]) -> list[float]:
    return sorted({block.seconds[0] for block in blocks if block.seconds})[:_MOST_STARTS]


def _clock(left: Sequence[float], right: Sequence[float]) -> _Clock | None:
    """How the right side's times become the left one's, by the starts of both; None if they do not fit together."""
    fewer = min(len(left), len(right))
    clocks = [_best_shift(left, right, speed) for speed in (_SPEEDS if fewer >= _FEW else _SPEEDS[:1])]
    same_speed, best = clocks[0], max(clocks, key=lambda clock: clock.fitting)
    if best.fitting < _ONE_SPEED * same_speed.fitting:
        best = same_speed
    return best if best.fitting >= max(_FITTING * fewer, 1) else None


def _best_shift(left: Sequence[float], right: Sequence[float], speed: float) -> _Clock:
    """The shift at which most starts fall together, if they are more than chance brings together; else none."""
    differences = [
        start - other * speed
        for other in right
        for start in left[
            bisect_left(left, other * speed - _LARGEST_SHIFT) : bisect_right(left, other * speed + _LARGEST_SHIFT)
        ]
    ]
    slots = Counter(round(difference / _SLOT) for difference in differences)

    def fitting(slot: int) -> int:
        return sum(slots[near] for near in range(slot - _PEAK, slot + _PEAK + 1))

    best = max(sorted(slots, key=abs), key=fitting, default=0)
    by_chance = len(differences) * (2 * _PEAK + 1) * _SLOT / (2 * _LARGEST_SHIFT)
    is_chance = min(len(left), len(right)) < _FEW or fitting(best) < by_chance + 5 * sqrt(by_chance)
    if is_chance or fitting(0) >= _NO_SHIFT * fitting(best):
        return _Clock(speed, 0.0, fitting(0))
    shift = median(each for each in differences if abs(each / _SLOT - best) <= _PEAK + 0.5)
    return _Clock(speed, shift, fitting(best))
