"""A human's joins, splits and drops, replayed on the beads."""

from collections.abc import Sequence
from dataclasses import replace

from flashcards.model import Bead, Finding, PairCorrection, Sentence


def correct(
    beads: Sequence[Bead], corrections: Sequence[PairCorrection]
) -> tuple[tuple[Bead, ...], tuple[Finding, ...]]:
    """The beads after the corrections, in order; a finding for each correction that matches nothing.

    A bead that a human made has the confidence 1.
    """
    current = tuple(beads)
    findings = []
    for correction in corrections:
        corrected = _apply(current, correction)
        if corrected is None:
            message = f"no pair matches the correction {_described(correction)}"
            findings.append(Finding("align", None, "warning", message, "quote text of one pair's Chinese side"))
        else:
            for quote in filter(None, (correction.drop, *(correction.join or ()), (correction.split or ("",))[0])):
                if (count := sum(quote in _chinese(bead) for bead in current)) > 1:
                    message = f'"{quote}" stands in {count} pairs; the first was taken'
                    findings.append(Finding("align", None, "warning", message, "quote more of it"))
            current = corrected
    return current, tuple(findings)


def _apply(beads: tuple[Bead, ...], correction: PairCorrection) -> tuple[Bead, ...] | None:
    if correction.join is not None:
        first, last = (_find(beads, quote) for quote in correction.join)
        if first is None or last is None or first >= last:
            return None
        parts = beads[first : last + 1]
        joined = Bead(tuple(s for b in parts for s in b.zh), tuple(s for b in parts for s in b.en), 1.0)
        return (*beads[:first], joined, *beads[last + 1 :])
    at = _find(beads, correction.drop or (correction.split or ("",))[0])
    if at is None:
        return None
    if correction.split is None:
        return (*beads[:at], *beads[at + 1 :])
    bead = beads[at]
    zh = _starting(bead.zh, correction.split[0])
    en = _starting(bead.en, correction.split[1])
    if zh is None or en is None:
        return None
    halves = (replace(bead, zh=bead.zh[:zh], en=bead.en[:en]), replace(bead, zh=bead.zh[zh:], en=bead.en[en:]))
    return (*beads[:at], *(replace(half, confidence=1.0) for half in halves), *beads[at + 1 :])


def _find(beads: Sequence[Bead], quote: str) -> int | None:
    """The first bead whose Chinese side holds the quotation."""
    return next((i for i, bead in enumerate(beads) if quote and quote in _chinese(bead)), None)


def _chinese(bead: Bead) -> str:
    return "".join(sentence.text for sentence in bead.zh)


def _starting(sentences: Sequence[Sentence], quote: str) -> int | None:
    """The first sentence but the first of all that begins with the quotation."""
    return next((i for i, s in enumerate(sentences) if i and quote and s.text.startswith(quote)), None)


def _described(correction: PairCorrection) -> str:
    if correction.join:
        return f'join = ["{correction.join[0]}", "{correction.join[1]}"]'
    if correction.split:
        return f'split = ["{correction.split[0]}", "{correction.split[1]}"]'
    return f'drop = "{correction.drop}"'
