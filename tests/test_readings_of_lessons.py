"""Readings from a text to its lesson: the translation helps, a human has the last word, doubts are told."""

from pathlib import Path

import pytest

from flashcards import build
from flashcards.cards import Lock
from flashcards.lexicon import Lexicon
from flashcards.model import Lesson
from flashcards.recipe import ReadingCorrection, Recipe, TermCorrection

TEXT = """单先生昨天来了。

Mr. Shan came yesterday.

这一行有三个字。

There are three characters in this row.

名单在桌子上。

The list is on the table.
"""
TRADITIONAL = """我們應該發展經濟。

We should develop the economy.

他在銀行工作。

He works in a bank.
"""


def lesson(folder: Path, lexicon: Lexicon, text: str, **options: object) -> Lesson:
    path = folder / "lesson.md"
    path.write_text(text, "utf-8")
    return build.lesson_of([path], Recipe("lesson", ("lesson.md",), **options), lexicon)    # type: ignore[arg-type]


def syllable(found: Lesson, sentence: str, character: str) -> str:
    (words,) = [w for pair, w in zip(found.pairs, found.words, strict=True) if sentence in pair.zh]
    readings = {c: s for word in words for c, s in zip(word.text, word.reading, strict=True)}
    return readings[character]


def test_the_translation_helps(tmp_path: Path, lexicon: Lexicon) -> None:
    found = lesson(tmp_path, lexicon, TEXT)
    assert [syllable(found, s, c) for s, c in (("先生", "单"), ("三个字", "行"), ("名单", "单"))] == [
        "shàn", "háng", "dān",
    ]  # fmt: skip


CORRECTIONS = {
    "everywhere": ((ReadingCorrection("单", "chán"),), ["chán", "chán"]),
    "in a context": ((ReadingCorrection("单", "chán", "单先生"),), ["chán", "dān"]),
    "the context has the last word": (
        (ReadingCorrection("单", "shàn", "名单"), ReadingCorrection("单", "chán")),
        ["chán", "shàn"],
    ),
    "the context may begin before": ((ReadingCorrection("先生", "xiān shēng", "单先生"),), ["shàn", "dān"]),
}


@pytest.mark.parametrize(("corrections", "expected"), CORRECTIONS.values(), ids=CORRECTIONS)
def test_corrections_win(
    tmp_path: Path, lexicon: Lexicon, corrections: tuple[ReadingCorrection, ...], expected: list[str]
) -> None:
    found = lesson(tmp_path, lexicon, TEXT, readings=corrections)
    assert [syllable(found, sentence, "单") for sentence in ("单先生", "名单")] == expected


def test_a_context_that_is_not_in_the_text_is_told(tmp_path: Path, lexicon: Lexicon) -> None:
    found = lesson(tmp_path, lexicon, TEXT, readings=(ReadingCorrection("单", "chán", "单小姐"),))
    assert any("单小姐" in finding.message for finding in found.findings)


def test_a_term_is_read_as_in_its_sentence(tmp_path: Path, lexicon: Lexicon) -> None:
    found = lesson(tmp_path, lexicon, TEXT, terms=(TermCorrection("单先生", add=True),))
    (term,) = [term for term in found.terms if term.text == "单先生"]
    assert [s for word in term.words for s in word.reading] == ["shàn", "xiān", "sheng"]


def test_cards_of_a_text_in_traditional_characters_show_the_simplified_ones(tmp_path: Path, lexicon: Lexicon) -> None:
    recipe = Recipe("lesson", ("lesson.md",), threshold=0.0)
    found = lesson(tmp_path, lexicon, TRADITIONAL, threshold=0.0)
    deck, _ = build.make_deck(found, recipe, lexicon, Lock(), 0)
    fields = {dict(note.fields)["Hanzi"]: dict(note.fields) for note in deck.notes}
    assert fields["發展經濟"]["Simplified"] == "发展经济"
    assert fields["發展經濟"]["Traditional"] == ""
    assert syllable(found, "銀行", "行") == "háng"


def test_doubts_and_hanzi_without_a_reading_are_told(tmp_path: Path, lexicon: Lexicon) -> None:
    text = TEXT + "\n他住在\U0003134a村。\n\nHe lives in a village.\n\n他的头发长了。\n\nHis hair is longer.\n"
    found = lesson(tmp_path, lexicon, text)
    assert any("\U0003134a" in f.message and f.level == "warning" for f in found.findings)
    checked = [word.text for words in found.words for word in words if word.check]
    told = [f.message for f in build.doubts(found, 0.0) if f.stage == "chinese"]
    assert len(told) == len(checked)
