"""Words cut by what the translation says, and what must not be."""

import pytest

from flashcards.chinese import Analyser
from flashcards.chinese.meanings import parts_of
from flashcards.lexicon import Lexicon

CUT = {
    "over a border": ("他|得|到|医院|去|检查|。", "He has to go to hospital for a check-up."),
    "over a border, the other way": ("这里|的|水|分子|很|活跃|。", "The water molecules here are very active."),
    "a part with another reading": ("我|要|重|读|这|本|书|。", "I want to reread this book."),
    "一 and 就 around a verb": ("这|块|肉|一|切|就|碎|。", "This meat falls apart as soon as you cut it."),
    "what the segmenter made up": ("汤|盛|完|了|。", "The soup has all been served."),
}
KEPT = {
    "the word itself is there": ("他|得到|了|大家|的|帮助|。", "He obtained everybody's help."),
    "everything": ("一切|都|准备|好|了|。", "Everything is ready."),
    "parts that mean what the word means": ("街上|有|一|家|书店|。", "There is a book shop in the street."),
    "a repeated verb": ("咱们|聊聊|吧|。", "Let's have a chat."),
    "a potential complement": ("太阳|晃|得|他|睁不开|眼|。", "The sun was so dazzling that he couldn't open his eyes."),
    "a plural": ("战士们|从|地道|里|出来|。", "The soldiers came out of the tunnel."),
    "an English that is none of its translation": ("他|得到|了|大家|的|帮助|。", "They must cross the river at noon."),
    "no English": ("他|得到|学校|去|一|趟|。", ""),
}


@pytest.mark.parametrize(("expected", "en"), [*CUT.values(), *KEPT.values()], ids=[*CUT, *KEPT])
def test_cut_with_its_english(analyser: Analyser, expected: str, en: str) -> None:
    assert "|".join(analyser.cut(expected.replace("|", ""), en)) == expected


def test_a_correction_wins(lexicon: Lexicon) -> None:
    zh, en = "这块肉一切就碎。", "This meat falls apart as soon as you cut it."
    assert "一切" in Analyser(lexicon, {"一切就": ["一切", "就"]}).cut(zh, en)


def test_traditional_text_is_cut_at_the_same_places(analyser: Analyser) -> None:
    en = "He has to go to hospital for a check-up."
    assert analyser.cut("他得到醫院去檢查。", en) == ("他", "得", "到", "醫院", "去", "檢查", "。")


PARTS = {
    "longest": ("long",), "heavier": ("heavy",), "hottest": ("hot",), "nicer": ("nice",), "pigpen": ("pig", "pen"),
    "sheepfold": ("sheep", "fold"), "reread": ("re", "read"), "recalculated": ("re", "calculate"),
    "water": (), "forest": (), "letter": (), "honest": (), "butter": (), "master": (), "reply": (), "season": (),
}  # fmt: skip


@pytest.mark.parametrize(("word", "parts"), PARTS.items(), ids=PARTS)
def test_parts_of_english_words(lexicon: Lexicon, word: str, parts: tuple[str, ...]) -> None:
    assert parts_of(word, lexicon) == parts
