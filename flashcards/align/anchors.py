"""What the layout says of the alignment: rows that only translate each other, and what is printed together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from flashcards.align.bands import Band
from flashcards.align.search import IMPOSSIBLE, Moves
from flashcards.align.sides import Ints
from flashcards.model import Sentence

_APART = 4.0
"""Log odds: what it costs that the sentences of a bead are not all printed together. Set by hand: a doubtful boundary
follows the layout, a clear one does not. (A reward for standing together would favour many small beads.)"""

_FEW = 20    # cells for each sentence

@dataclass(frozen=True, slots=True)
class Anchors:
    """The segments that no bead may cross, and hints.

    `zh` and `en` are the number of each sentence's segment, ascending; `zh_groups` and `en_groups` that of what is
    printed together, -1 for none.
    """

    zh: Ints
    en: Ints
    zh_groups: Ints
    en_groups: Ints

    @classmethod
    def of(cls, zh: Sequence[Sentence], en: Sequence[Sentence]) -> "Anchors":
        """The anchors that the sentences carry."""
        rows = sorted({s.row for s in (*zh, *en) if s.row is not None})
        number = {row: 2 * k + 1 for k, row in enumerate(rows)}    # what stands between rows gets the even numbers
        return cls(
            _segments(zh, number),
            _segments(en, number),
            np.array([-1 if s.group is None else s.group for s in zh], np.intp),
            np.array([-1 if s.group is None else s.group for s in en], np.intp),
        )

    @property
    def are_set(self) -> bool:
        """Whether there is more than one segment."""
        return bool(self.zh.any() or self.en.any())

    @property
    def leave_few_cells(self) -> bool:
        """Whether the segments are so short that no narrower band need be looked for."""
        return self.are_set and len(self.band()) <= _FEW * (len(self.zh) + len(self.en))

    def band(self, wanted: Band | None = None) -> Band:
        """The cells of the wanted band that the segments allow; all that they allow without one."""
        chinese, english = len(self.zh), len(self.en)
        i = np.arange(chinese + 1)
        before = np.where(i > 0, self.zh[np.maximum(i - 1, 0)], -1)
        behind = np.where(i < chinese, self.zh[np.minimum(i, chinese - 1)], np.iinfo(np.intp).max)
        # Done are all English sentences of segments before the last Chinese one's, none of those behind the next one's.
        low = np.searchsorted(self.en, before, "left")
        high = np.searchsorted(self.en, behind, "right") + 1
        if wanted is not None:
            first, last = np.maximum(low, wanted.low), np.minimum(high, wanted.high)
            empty = first >= last    # the wanted band misses the segment: take all of it
            low, high = np.where(empty, low, first), np.where(empty, high, last)
        low[0], high[-1] = 0, english + 1
        return _connected(low, high)

    def applied(self, moves: Moves) -> Moves:
        """The moves without those that cross an anchor, and with what the groups are worth."""
        grouped = bool((self.zh_groups >= 0).any() and (self.en_groups >= 0).any())
        if not (self.are_set or grouped):
            return moves
        band = moves.band
        rows, columns = band.rows, band.columns
        scores = moves.scores.copy()
        for k, (a, b) in enumerate(moves.shapes):
            zh_first, zh_last = np.maximum(rows - a, 0), np.maximum(rows - 1, 0)
            en_first, en_last = np.maximum(columns - b, 0), np.maximum(columns - 1, 0)
            if self.are_set:
                segment = self.zh[zh_first]
                whole = (segment == self.zh[zh_last]) & (segment == self.en[en_first]) & (segment == self.en[en_last])
                scores[k][~whole] = IMPOSSIBLE
            if grouped:
                group = self.zh_groups[zh_first]
                others = self.zh_groups[zh_last], self.en_groups[en_first], self.en_groups[en_last]
                known = (group >= 0) & np.logical_and.reduce([other >= 0 for other in others])
                together = np.logical_and.reduce([other == group for other in others])
                scores[k] -= np.where(known & ~together, np.float32(_APART), np.float32(0))
        moves = replace(moves, scores=scores)
        return self._without_stray_omissions(moves) if self.are_set else moves

    def _without_stray_omissions(self, moves: Moves) -> Moves:
        """Leave a sentence out only where the other side is at its segment."""
        rows, columns = moves.band.rows, moves.band.columns
        zh_segment = self.zh[np.maximum(rows - 1, 0)]
        en_segment = self.en[np.maximum(columns - 1, 0)]
        zh_stray = (columns < np.searchsorted(self.en, zh_segment, "left")) | (
            columns > np.searchsorted(self.en, zh_segment, "right")
        )
        en_stray = (rows < np.searchsorted(self.zh, en_segment, "left")) | (
            rows > np.searchsorted(self.zh, en_segment, "right")
        )
        moves.scores[-1][zh_stray] = IMPOSSIBLE
        # Added up along a row, so that it must be small enough to keep the digits of the others.
        return replace(moves, en_omitted=np.where(en_stray, IMPOSSIBLE / 1000, moves.en_omitted))


def _segments(sentences: Sequence[Sentence], number: dict[int, int]) -> Ints:
    """The segment of each sentence: its row's, or the one between the rows around it."""
    segments = []
    current = 0
    for sentence in sentences:
        if sentence.row is not None:
            current = number[sentence.row]
        elif current % 2:
            current += 1
        segments.append(current)
    return np.maximum.accumulate(np.array(segments, np.intp))


def _connected(low: Ints, high: Ints) -> Band:
    """The band of these rows, widened where one row's cells do not reach the next one's."""
    low, high = np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high)
    low[1:] = np.minimum(low[1:], high[:-1] - 1)
    return Band(np.minimum.accumulate(low[::-1])[::-1], high)
