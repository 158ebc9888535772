"""Text keeps its meaning wherever it lands, and does nothing there."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.markup import anki_ruby, anki_text, cell, pinyin_line, terminal
from flashcards.model import Word


def word(text, pinyin="", reading=()):
    return Word(text, text, text, "n", 0, tuple(reading), 1.0, pinyin, "")


HELLO = word("你好", "nǐhǎo", ("nǐ", "hǎo"))
WORLD = word("世界", "shìjiè", ("shì", "jiè"))


@pytest.mark.parametrize(
    ("words", "ruby"),
    [
        ([HELLO, WORLD], "你好[nǐ hǎo]世界[shì jiè]"),
        ([HELLO, word("，"), WORLD, word("！")], "你好[nǐ hǎo]， 世界[shì jiè]！"),
        ([word("SCO"), word(" "), HELLO], "SCO  你好[nǐ hǎo]"),
        ([word("[1]"), HELLO], "&#91;1&#93; 你好[nǐ hǎo]"),
        ([HELLO, word("\\"), word("(")], "你好[nǐ hǎo]&#92;("),
        ([word(":"), word(":")], "&#58;&#58;"),
        ([word("{"), word("{")], "&#123;&#123;"),
        ([word("卡拉OK", "kǎlā OK", ("kǎ", "lā", "", ""))], "卡拉OK[kǎ lā]"),
        ([], ""),
    ],
)
def test_ruby_in_ankis_notation(words, ruby):
    assert anki_ruby(words) == ruby


@given(st.text(alphabet=st.sampled_from("a<>&[]{}\\(:$/\n字 \u202e;#"), max_size=12))
def test_anki_text_reads_as_the_text_and_nothing_in_it_is_live(text):
    escaped = anki_text(text)
    assert html.unescape(escaped.replace("<br>", "\n")) == text.replace("\u202e", "")
    assert not re.search(r"<(?!br>)|>(?<!<br>)|\[|\\|\{|\}|::", escaped)


def test_a_line_of_pinyin_has_spaces_between_words_but_not_before_closing_marks():
    comma, quote = word("，", "，"), word("“", "“")
    assert pinyin_line([HELLO, comma, quote, WORLD]) == "nǐhǎo， “shìjiè"


WORDS = st.sampled_from(
    [HELLO, WORLD, word("第", "dì-", ("dì",)), word(" "), word("12", "12"), *(word(c, c) for c in '"“”。，：!./…—5$A')]
)


@settings(derandomize=True, max_examples=300)
@given(st.lists(WORDS, max_size=12), st.booleans())
def test_a_line_of_pinyin_has_every_word_and_nothing_else(words, begins):
    line = pinyin_line(words, begins)
    assert line.replace(" ", "").casefold() == "".join(w.pinyin for w in words).casefold()
    assert "  " not in line


def test_cells_and_terminals_get_one_harmless_line():
    assert cell(" a\tb\nc\x1b[2J ") == "a b c [2J"
    assert terminal("a\x1b[2J\u202eb") == "a[2Jb"
