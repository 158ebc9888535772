"""A human's changes to the beads, replayed: joined, split, dropped, kept as they are, given other words.

Each names beads by text that it quotes from either side. White space, invisible characters and the width of letters and
marks do not count, nor does the shape of quotation marks: what is copied out of a PDF or typed by hand still matches.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flashcards.model import Bead, Finding, Language, PairCorrection, Place, Sentence

_SHAPES = str.maketrans("“”„«»「」『』‘’‚—–―‑‐。", "\"\"\"\"\"\"\"\"\"'''-----.")
_IGNORED = re.compile(r"[\s\u00ad\u200b\u2060\ufeff]+")

Beads = tuple[Bead, ...]


class _UnfitError(Exception):
    """A correction cannot be applied; says why."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """Where a quotation stands: the bead's number, its side, and the place in the side's text where it begins."""

    bead: int
    lang: Language
    place: int


def correct(beads: Sequence[Bead], corrections: Sequence[PairCorrection]) -> tuple[Beads, tuple[Finding, ...]]:
    """The beads after the corrections, in order, and a finding for each correction that matches nothing or too much.

    A bead that a human made has the confidence 1.
    """
    current = tuple(beads)
    findings: list[Finding] = []
    for correction in corrections:
        findings += _ambiguities(current, correction)
        try:
            current = _apply(current, correction)
        except _UnfitError as why:
            message = f"the correction {_described(correction)} was not made: {why}"
            findings.append(Finding("align", None, "warning", message, "quote text of one pair"))
    return current, tuple(findings)


def _ambiguities(beads: Beads, correction: PairCorrection) -> Iterator[Finding]:
    """A finding for each quotation that stands in several beads."""
    if correction.split:
        quotes = {" + ".join(correction.split): len(list(_split_places(beads, *correction.split)))}
    else:
        named = correction.join or (correction.drop or correction.keep or correction.replace,)
        quotes = {quote: len({hit.bead for hit in _hits(beads, quote)}) for quote in named}
    for quote, count in quotes.items():
        if count > 1:
            message = f'"{quote}" stands in {count} pairs; the first was taken'
            yield Finding("align", None, "warning", message, "quote more of it")


def _described(correction: PairCorrection) -> str:
    for name in ("join", "split", "drop", "keep", "replace"):
        if value := getattr(correction, name):
            quoted = f'["{value[0]}", "{value[1]}"]' if isinstance(value, tuple) else f'"{value}"'
            return f"{name} = {quoted}"
    return ""


def _apply(beads: Beads, correction: PairCorrection) -> Beads:
    """The beads after one correction.

    Raises:
        _UnfitError: it matches nothing, or nothing that it could change.
    """
    if correction.join:
        return _joined(beads, *correction.join)
    if correction.split:
        return _split(beads, *correction.split)
    at = _find(beads, correction.drop or correction.keep or correction.replace).bead
    bead = beads[at]
    if correction.keep:
        changed: Beads = (replace(bead, confidence=1.0, kept=True),)
    elif correction.replace:
        changed = (_replaced(bead, correction.zh, correction.en),)
    else:
        changed = ()
    return (*beads[:at], *changed, *beads[at + 1 :])


def _joined(beads: Beads, one: str, other: str) -> Beads:
    first, last = sorted((_find(beads, one).bead, _find(beads, other).bead))
    if first == last:
        raise _UnfitError("both stand in one pair already")
    parts = beads[first : last + 1]
    joined = Bead(tuple(s for b in parts for s in b.zh), tuple(s for b in parts for s in b.en), 1.0)
    return (*beads[:first], joined, *beads[last + 1 :])


def _split(beads: Beads, one: str, other: str) -> Beads:
    """The bead that holds both quotations, one on each side, cut where they begin."""
    found = next(_split_places(beads, one, other), None)
    if found is None:
        raise _UnfitError("no pair has both, one on each side")
    at, zh, en = found
    if not (zh and en):
        raise _UnfitError("the pair begins with the quotation, so nothing stands before it")
    halves = zip(_cut(beads[at].zh, zh), _cut(beads[at].en, en), strict=True)
    return (*beads[:at], *(Bead(a, b, 1.0, kept=beads[at].kept) for a, b in halves), *beads[at + 1 :])


def _split_places(beads: Beads, one: str, other: str) -> Iterator[tuple[int, int, int]]:
    """The beads that hold both quotations, one on each side, and where these begin in Chinese and in English."""
    partners = {(hit.bead, hit.lang): hit.place for hit in _hits(beads, other)}
    for hit in _hits(beads, one):
        place = partners.get((hit.bead, "en" if hit.lang == "zh" else "zh"))
        if place is not None:
            yield (hit.bead, hit.place, place) if hit.lang == "zh" else (hit.bead, place, hit.place)


def _cut(sentences: Sequence[Sentence], place: int) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """A side before and behind a place of its text; a sentence in which the place lies is cut in two."""
    before, behind = [], []
    start = 0
    for sentence in sentences:
        inside = place - start
        if inside <= 0:
            behind.append(sentence)
        elif inside >= len(sentence.text):
            before.append(sentence)
        else:
            before.append(replace(sentence, text=sentence.text[:inside].rstrip()))
            behind.append(replace(sentence, text=sentence.text[inside:].lstrip(), original=""))
        start += len(sentence.text)
    return tuple(before), tuple(behind)


def _replaced(bead: Bead, zh: str, en: str) -> Bead:
    """The bead in a human's words; Chinese of one's own is taken as a whole, so that its id stays the source's."""
    where = (*bead.zh, *bead.en)[0].where
    chinese = _rewritten(bead.zh, zh, "zh", where) if zh else bead.zh
    english = _rewritten(bead.en, en, "en", where) if en else bead.en
    return Bead(chinese, english, 1.0, kept=bead.kept or bool(zh))


def _rewritten(side: Sequence[Sentence], text: str, lang: Language, where: Place) -> tuple[Sentence, ...]:
    original = ("" if lang == "zh" else " ").join(s.original or s.text for s in side)
    first = side[0] if side else Sentence("", lang, where)
    return (replace(first, text=" ".join(text.split()), original=original),)


def _find(beads: Beads, quote: str) -> _Hit:
    """The first place where the quotation stands."""
    hit = next(_hits(beads, quote), None)
    if hit is None:
        raise _UnfitError(f'no pair has "{quote}"')
    return hit


def _hits(beads: Beads, quote: str) -> Iterator[_Hit]:
    """Where the quotation stands: the first place of each side of each bead."""
    wanted, _ = _plain(unicodedata.normalize("NFC", quote))
    if not wanted:
        return
    for i, bead in enumerate(beads):
        for side in (bead.zh, bead.en):
            plain, places = _plain("".join(s.text for s in side))
            if (at := plain.find(wanted)) >= 0:
                yield _Hit(i, side[0].lang, places[at])


def _plain(text: str) -> tuple[str, list[int]]:
    """The text without what does not count, and for each of its characters the place where it came from."""
    plain, places = [], []
    for place, character in enumerate(text):
        for each in _IGNORED.sub("", unicodedata.normalize("NFKC", character)).translate(_SHAPES):
            plain.append(each)
            places.append(place)
    return "".join(plain), places
