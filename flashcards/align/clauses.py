"""Long beads divided into parts that translate each other, where both sides support it.

The clauses of a bead are aligned like the sentences of a text. Between two beads of clauses there may be a cut: how
sure it is depends on the aligner and on the word links that it would sever. Of the sure cuts as few are made as bring
the parts down to the length that is wanted.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

import numpy as np

from flashcards.align.aligner import align
from flashcards.links.english import Token, tokens
from flashcards.links.glosses import GlossVectors
from flashcards.links.model1 import Links, word_links
from flashcards.links.prior import TranslationPrior
from flashcards.model import HAN, Bead, Sentence

Cutter = Callable[[str, Sequence[int]], Sequence[int]]
"""Where a text may be cut: the positions at which clauses may begin, ascending.

Its second argument are the positions at which all sentences of the text but the first begin.
"""

FEWEST_HANZI, FEWEST_WORDS = 10, 5
"""What each part has at least: less is no sentence to learn."""

_SURE = 0.92    # of 66 cuts as sure, in a speech, an article and a chapter of fiction, 64 were right
_PER_CUT = 4.0    # hanzi by which a part may be too long before another cut is made for it
_PER_DOUBT = 10.0    # the same for a cut e times less sure
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a bead: its sentences, their text, and what stands between them in it."""

    sentences: tuple[Sentence, ...]
    gap: str

    @property
    def text(self) -> str:
        return self.gap.join(s.text for s in self.sentences)

    @property
    def starts(self) -> list[int]:
        """Where all sentences but the first begin in the text."""
        return list(accumulate(len(s.text) + len(self.gap) for s in self.sentences[:-1]))

    def between(self, start: int, end: int) -> tuple[Sentence, ...]:
        """The sentences, or pieces of them, from one position of the text to another."""
        pieces = []
        at = 0
        for sentence in self.sentences:
            piece = sentence.text[max(0, start - at) : max(0, end - at)]
            if piece := piece.removesuffix(self.gap) if self.gap else piece:
                pieces.append(sentence if piece == sentence.text else replace(sentence, text=piece, original=""))
            at += len(sentence.text) + len(self.gap)
        return tuple(pieces)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place to cut both sides at, as positions in their texts, and the probability, 0 to 1, that it is right."""

    zh: int
    en: int
    confidence: float


def divide(
    beads: Sequence[Bead],
    longest: int,
    *,
    least: float,
    chinese_cuts: Cutter,
    english_cuts: Cutter,
    words: Callable[[str], Sequence[str]],
    glosses: GlossVectors,
) -> tuple[Bead, ...]:
    """The beads with the long ones divided, but for those that are kept; their order and text stay what they were.

    Args:
        beads: the beads, in order.
        longest: the hanzi above which a bead is divided; 0 divides none.
        least: the confidence, 0 to 1, that every part must have.
        chinese_cuts: where Chinese may be cut; its sentences are joined by nothing.
        english_cuts: where English may be cut; its sentences are joined by a space.
        words: cuts a Chinese text into its words.
        glosses: the dictionary's gloss vectors.

    Returns:
        The beads; the parts of a divided one are numbered from 1, and less sure than it by the doubt about their cuts.
    """
    paired = [i for i, bead in enumerate(beads) if bead.zh and bead.en]
    long = {i for i in paired if 0 < longest < _hanzi(_chinese(beads[i]).text) and not beads[i].kept}
    if not long:
        return tuple(beads)
    zh, en = [], []
    for i in paired:    # the short ones too: they teach the aligner the words of this text
        zh += _units(_chinese(beads[i]), chinese_cuts if i in long else _whole, i)
        en += _units(_english(beads[i]), english_cuts if i in long else _whole, i)
    aligned = _by_row(align(zh, en, [words(s.text) for s in zh], glosses))

    segmented = [words(_chinese(beads[i]).text) for i in paired]
    tokenised = [tokens(_english(beads[i]).text) for i in paired]
    links = word_links(segmented, tokenised, TranslationPrior(glosses.lexicon))
    divided = {}
    for i, own, others, linked in zip(paired, segmented, tokenised, links, strict=True):
        if i in long:
            cuts = [cut for cut in _cuts(aligned.get(i, ()), own, others, linked) if cut.confidence >= _SURE]
            divided[i] = _parts(beads[i], _best(beads[i], cuts, longest, least))
    return tuple(part for i, bead in enumerate(beads) for part in divided.get(i, (bead,)))


def _by_row(aligned: Sequence[Bead]) -> dict[int | None, list[Bead]]:
    """The beads of clauses by the row that they are in."""
    rows: dict[int | None, list[Bead]] = {}
    for bead in aligned:
        rows.setdefault((*bead.zh, *bead.en)[0].row, []).append(bead)
    return rows


def _chinese(bead: Bead) -> _Side:
    return _Side(bead.zh, "")


def _english(bead: Bead) -> _Side:
    return _Side(bead.en, " ")


def _hanzi(text: str) -> int:
    return len(_HAN.findall(text))


def _whole(_text: str, _sentences: Sequence[int]) -> Sequence[int]:
    """Cuts nowhere."""
    return ()


def _units(side: _Side, cutter: Cutter, row: int) -> list[Sentence]:
    """The clauses of a side, each as one sentence of the row."""
    text = side.text
    edges = [0, *cutter(text, side.starts), len(text)]
    return [replace(side.sentences[0], text=text[start:end], row=row, group=None) for start, end in pairwise(edges)]


def _cuts(aligned: Sequence[Bead], words: Sequence[str], others: Sequence[Token], links: Links) -> Iterator[_Cut]:
    """The cuts between beads of clauses, none beside a clause that nothing translates."""
    weights = links * _content(words)[:, None] * np.array([t.is_content for t in others], float)
    word_ends = np.cumsum([len(word) for word in words])
    starts = np.array([t.start for t in others])
    zh = en = 0
    for before, behind in pairwise(aligned):
        zh += sum(len(s.text) for s in before.zh)
        en += sum(len(s.text) for s in before.en)
        if before.zh and before.en and behind.zh and behind.en:
            severed = _severed(weights, int(np.searchsorted(word_ends, zh, "right")), int(np.searchsorted(starts, en)))
            yield _Cut(zh, en, _confidence(severed, min(before.confidence, behind.confidence)))


def _content(words: Sequence[str]) -> Links:
    return np.array([bool(_WORD.match(word)) and word not in "的了和是在" for word in words], float)


def _severed(links: Links, row: int, column: int) -> float:
    """The share of words whose best link leads to the other side of a cut, weighted by how much better it is."""
    kept = lost = 0.0
    for own in (links, links.T):
        for inside, across in ((own[:row, :column], own[:row, column:]), (own[row:, column:], own[row:, :column])):
            best = inside.max(1, initial=0.0)
            kept += float(best.sum())
            lost += float(np.maximum(across.max(1, initial=0.0) - best, 0.0).sum())
        row, column = column, row
    return lost / (kept + lost + 0.5)


def _confidence(severed: float, posterior: float) -> float:
    """The probability that a cut is right, by a logistic model of 67 possible cuts that were judged one by one."""
    return 1 / (1 + math.exp(-(2.76 - 17.2 * severed + 0.67 * posterior)))


def _best(bead: Bead, cuts: Sequence[_Cut], longest: int, least: float) -> list[_Cut]:
    """The cuts to make: parts within the length, with few cuts and sure ones (the cheapest path from end to end)."""
    zh, en = _chinese(bead).text, _english(bead).text
    places = [_Cut(0, 0, 1.0), *cuts, _Cut(len(zh), len(en), 1.0)]
    costs: list[tuple[float, list[_Cut]]] = [(0.0, [])]
    for end in range(1, len(places)):
        options = []
        for start in range(end):
            cost, made = costs[start]
            first, last = places[start], places[end]
            size = _hanzi(zh[first.zh : last.zh])
            enough = size >= FEWEST_HANZI and len(en[first.en : last.en].split()) >= FEWEST_WORDS
            sure = bead.confidence * first.confidence * last.confidence >= least
            own = max(0, size - longest) + _PER_CUT - _PER_DOUBT * math.log(last.confidence)
            own = own if enough and sure else math.inf
            options.append((cost + own, [*made, last]))
        costs.append(min(options, key=lambda option: option[0]))
    cost, made = costs[-1]
    return made[:-1] if math.isfinite(cost) else []


def _parts(bead: Bead, cuts: Sequence[_Cut]) -> tuple[Bead, ...]:
    """The bead cut into parts; whole where there are no cuts."""
    if not cuts:
        return (bead,)
    zh, en = _chinese(bead), _english(bead)
    places = [_Cut(0, 0, 1.0), *cuts, _Cut(len(zh.text), len(en.text), 1.0)]
    return tuple(
        Bead(
            zh.between(first.zh, last.zh),
            en.between(first.en, last.en),
            bead.confidence * first.confidence * last.confidence,
            part,
        )
        for part, (first, last) in enumerate(pairwise(places), 1)
    )
