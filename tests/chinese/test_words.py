import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.chinese.words import words
from flashcards.lexicon import Lexicon

CASES = {
    "的确 is one word": ("他的确很忙。", ["他", "的确", "很", "忙", "。"]),
    "marks stand alone": ("“上海精神”，好！", ["“", "上海", "精神", "”", "，", "好", "！"]),
    "half-width marks": ("总统,同事:", ["总统", ",", "同事", ":"]),
    "a preposition stands alone": ("使本组织更大", ["使", "本", "组织", "更", "大"]),
    "a name keeps together": ("汪淼看着沙瑞山", ["汪淼", "看着", "沙瑞山"]),
    "traditional text": ("我們應該發展經濟", ["我們", "應該", "發展", "經濟"]),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_cuts(lexicon: Lexicon, text: str, expected: list[str]) -> None:
    assert list(words(text, lexicon)) == expected


CORRECTIONS = {
    "joined": ("各国命运与共", {"命运与共": ["命运与共"]}, ["各国", "命运与共"]),
    "split": ("上海精神", {"上海": ["上", "海"]}, ["上", "海", "精神"]),
    "across words": ("发展经济", {"展经": ["展", "经"]}, ["发", "展", "经", "济"]),
    "absent": ("发展经济", {"北京": ["北", "京"]}, ["发展", "经济"]),
    "twice": ("好人好人", {"好人": ["好", "人"]}, ["好", "人", "好", "人"]),
}


@pytest.mark.parametrize(("text", "corrections", "expected"), CORRECTIONS.values(), ids=CORRECTIONS)
def test_corrections(
    lexicon: Lexicon, text: str, corrections: dict[str, list[str]], expected: list[str]
) -> None:
    assert list(words(text, lexicon, corrections)) == expected


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.text(alphabet="的一了上海精神，。“”a1 發展\u3000😀é\n", max_size=30))
def test_words_join_to_the_text(lexicon: Lexicon, text: str) -> None:
    assert "".join(words(text, lexicon)) == text
    assert "".join(words(text, lexicon, {"上海": ["上", "海"]})) == text
