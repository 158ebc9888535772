"""Cloze items: a sentence with one word left out, its translation beside it, and a bank of words for each section."""

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise, zip_longest
from math import ceil

from flashcards.lexicon import Lexicon
from flashcards.model import Item, Lesson, Option, Word, stable_id
from flashcards.quizzes.blanks import Blank, Line, find_blanks
from flashcards.quizzes.choosing import worth_asking
from flashcards.quizzes.senses import Senses
from flashcards.quizzes.unfit import unfit
from flashcards.quizzes.validity import are_distinct

BANK = range(5, 10)
"""How many words a bank has, and so how many items a section."""
_STARTS = 12
"""With how many of the most wanted blanks a section is begun, until one is full."""

Section = list[Blank]


def cloze(
    lesson: Lesson, lexicon: Lexicon, *, threshold: float = 0.8, count: int | None = 25, seed: int = 0
) -> tuple[Item, ...]:
    """The lesson's cloze items: section after section, each in the order of the text.

    The items of a section have equal options: its keys, shuffled. Of every two words of a bank it is proven that
    neither fills the other's blank. No sentence and no key is asked for twice.

    Args:
        lesson: the lesson.
        lexicon: the dictionary.
        threshold: the confidence, 0 to 1, that a pair must have.
        count: the most items to make, spread over the text; None for as many as it yields.
        seed: shuffles the banks.
    """
    senses = Senses(lexicon)
    words = dict(zip((pair.id for pair in lesson.pairs), lesson.words, strict=True))
    order = {pair.id: place for place, pair in enumerate(lesson.pairs)}
    left_out = unfit(lesson.pairs)
    pairs = [pair for pair in worth_asking(lesson.pairs, threshold) if pair.id not in left_out]
    candidates = [find_blanks(Line(pair, words[pair.id]), lesson.terms, senses) for pair in pairs]
    sections = fill_sections(by_rounds(candidates, min(count or len(pairs), len(pairs))), count, senses)
    for section in sections:
        section.sort(key=lambda blank: order[blank.pair.id])
    sections.sort(key=lambda section: order[section[0].pair.id])
    shuffler = random.Random(f"{seed} {lesson.id}")
    return tuple(
        _item(blank, bank, words)
        for section in sections
        for bank in [_bank(section, shuffler)]
        for blank in section
    )


def by_rounds(candidates: Sequence[Sequence[Blank]], stretches: int) -> list[Blank]:
    """Blanks in the order in which they are wanted: the best of each stretch of the text, then the second best of each.

    So no long part of a text goes unasked while another has the better words.
    """
    size = len(candidates)
    cuts = [size * number // stretches for number in range(stretches + 1)] if stretches else []
    ranked = [
        sorted((blank for blanks in candidates[start:end] for blank in blanks), key=lambda blank: -blank.importance)
        for start, end in pairwise(cuts)
    ]
    return [blank for one_round in zip_longest(*ranked) for blank in one_round if blank is not None]


def fill_sections(wanted: Sequence[Blank], count: int | None, senses: Senses) -> list[Section]:
    """Sections of blanks, no two of one pair or with one key, each begun with one of the most wanted that are left.

    A blank that finds too few others to go with it is dropped; its sentence may still give another. The sections are
    of about one size, so that none that is asked for is too small; the first that is full is taken, else the fullest.

    Args:
        wanted: the blanks, the most wanted first.
        count: the most blanks to use; None for all.
        senses: the dictionary.
    """
    sections: list[Section] = []
    left = list(wanted)
    open_places = len(left) if count is None else count
    while left and open_places >= BANK.start:
        size = ceil(open_places / ceil(open_places / BANK[-1]))
        section: Section = []
        for start in range(min(_STARTS, len(left))):
            section = max(section, _section(left[start:], size, senses), key=len)
            if len(section) == size:
                break
        if len(section) < BANK.start:
            left = left[_STARTS:]
            continue
        sections.append(section)
        open_places -= len(section)
        pairs, keys = {blank.pair.id for blank in section}, {blank.text for blank in section}
        left = [blank for blank in left if blank.pair.id not in pairs and blank.text not in keys]
    return sections


def _section(wanted: Sequence[Blank], size: int, senses: Senses) -> Section:
    """The first blank, with those behind it that can share a bank with all before them."""
    section: Section = []
    for blank in wanted:
        if all(blank.pair.id != other.pair.id and are_distinct(blank, other, senses) for other in section):
            section.append(blank)
        if len(section) == size:
            break
    return section


def _bank(section: Section, shuffler: random.Random) -> tuple[Option, ...]:
    bank = sorted((_option(blank) for blank in section), key=lambda option: option.text)
    shuffler.shuffle(bank)
    return tuple(bank)


def _option(blank: Blank) -> Option:
    return Option(blank.text, blank.pinyin, blank.gloss)


def _item(blank: Blank, bank: tuple[Option, ...], words: Mapping[str, tuple[Word, ...]]) -> Item:
    pair = blank.pair
    return Item(
        id=stable_id("cloze", pair.id, blank.text),
        kind="cloze",
        stem=pair.zh,
        words=words[pair.id],
        blanks=(blank.span,),
        prompt=pair.en,
        key=(_option(blank),),
        options=bank,
        source_ids=(pair.id, blank.term_id) if blank.term_id else (pair.id,),
    )
