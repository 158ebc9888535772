"""Lists of known words as people keep them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashcards.terms.known import listed, words_in

LISTS = {
    "one a line": ("疫苗\n合作\n", ["疫苗", "合作"]),
    "comments and blank lines": ("# known\n\n疫苗\n  # more\n   \n合作", ["疫苗", "合作"]),
    "twice": ("疫苗\n疫苗", ["疫苗"]),
    "white space": ("  疫苗 \n\u3000合作", ["疫苗", "合作"]),
    "tabs": ("疫苗\tyìmiáo\tvaccine\n合作\thézuò\tto cooperate", ["疫苗", "合作"]),
    "commas": ('疫苗,yìmiáo,"vaccine, shot"\n合作,hézuò,to cooperate', ["疫苗", "合作"]),
    "a header": ("word,pinyin\n疫苗,yìmiáo", ["疫苗"]),
    "English first": ("vaccine\t疫苗\tA sentence with 疫苗.", ["疫苗"]),
    "both scripts": ("發展\n发展", ["發展", "发展"]),
    "two at once": ("爸爸|爸\n星期日/星期天", ["爸爸", "爸", "星期日", "星期天"]),
    "remarks and homographs": ("打(电话)\n会1\n花儿（花）\n卡拉OK", ["打", "会", "花儿", "卡拉OK"]),
    "readings": ("你好[nǐ hǎo]", ["你好"]),
    "names with a dot": ("弗拉基米尔·普京", ["弗拉基米尔·普京"]),
    "notes from Anki": (
        """#separator:tab
#html:true
#guid column:1
#notetype column:2
#deck column:3
#tags column:6
abc	Basic	汉语	<b>疫苗</b>	"a
合作"	HSK
def	Basic	汉语	精神&nbsp;	spirit	标签""",
        ["疫苗", "精神"],
    ),
    "notes of our own decks": (
        "#separator:tab\nspeech term 0a1b\t疫苗\t疫苗\t疫苗\tvaccine\nspeech cloze 0c\t我们要{{c1::合作}}。\t",
        ["疫苗"],
    ),
}


@pytest.mark.parametrize(("text", "words"), LISTS.values(), ids=LISTS)
def test_a_list(text: str, words: list[str]) -> None:
    assert list(listed(text.split("\n"), "words.txt")[0]) == words


def test_lines_without_chinese_are_one_finding() -> None:
    words, (finding,) = listed(["疫苗", "hello", "", "how are you", "合作"], "words.txt")
    assert words == ("疫苗", "合作")
    assert (finding.level, str(finding.where)) == ("warning", "words.txt:2")
    assert "2 lines have no Chinese word" in finding.message
    assert "hello" in finding.message


@pytest.mark.parametrize("lines", [[], [""], ["# 疫苗"], ["hello"], ["我们要合作。"]])
def test_a_list_without_words_is_a_finding(lines: list[str]) -> None:
    words, (finding,) = listed(lines, "words.txt")
    assert words == ()
    assert "no Chinese word" in finding.message


@given(st.lists(st.text(st.one_of(st.sampled_from("疫苗#\t,;\"'\r[<|1 "), st.characters()), max_size=20), max_size=8))
def test_nothing_in_a_list_is_too_odd(lines: list[str]) -> None:
    for text in (lines, ["#separator:tab", *lines]):
        words, findings = listed(text, "words.txt")
        assert len(findings) <= 1
        assert words or findings
        assert len(set(words)) == len(words)
        assert not any(character.isspace() or character in "\t,;[<|" for word in words for character in word)


def test_a_field_without_end() -> None:
    endless = "疫苗\t" + "x" * 200_000
    assert listed(["合作", endless], "words.txt")[0] == ("合作", "疫苗")
    assert listed(["#separator:tab", "合作\tb", '"' + endless], "words.txt")[0] == ("合作",)


FIELDS = [
    (("vaccine", "疫苗<br>", "病毒"), ("疫苗",)),
    (("这是句子。", "词"), ("词",)),
    (("",), ()),
    ((), ()),
    (("<img src=a.png>", "[sound:a.mp3]"), ()),
    (("123", "ＡＢ"), ()),
]


@pytest.mark.parametrize(("fields", "words"), FIELDS)
def test_the_word_of_a_note_is_its_first_field_in_chinese_alone(fields: tuple[str, ...], words: tuple[str]) -> None:
    assert words_in(fields) == words
