"""Files in the encodings that people have: which one it is, and what is said where it cannot be told."""

from functools import partial

import pytest

from flashcards import readers
from flashcards.errors import InputError
from flashcards.readers import plain
from flashcards.readers.decoding import decode
from tests.conftest import ROOT

SIMPLIFIED = "中国将坚定不移走和平发展道路。"
TRADITIONAL = "學校對這個問題沒有說明，請您再問一次。"
ENGLISH = "It’s “nothing”, he said – a naïve café."

TEXTS = {
    "a greeting": ("你好，世界！", ("gb18030", "gbk", "gb2312", "big5", "utf-16")),
    "a sentence": (SIMPLIFIED, ("gb18030", "gbk", "gb2312", "utf-16")),
    "a traditional sentence": (TRADITIONAL, ("big5", "big5hkscs", "cp950", "gb18030", "gbk", "utf-16")),
    "a character of Hong Kong": (f"{TRADITIONAL}佢哋嘅嘢喺邊度？", ("big5hkscs", "gb18030")),
    "one that GB 2312 lacks": (f"{SIMPLIFIED}朱镕基", ("gbk", "gb18030")),
    "both languages": (f"{SIMPLIFIED}\nChina will take the path of peaceful development.\n", ("gb18030", "utf-16")),
    "one English word": (f"我们用 GDP 说明。\n{SIMPLIFIED}", ("gb18030", "utf-16")),
    "much English and one sentence": ("All men are created equal.\n" * 40 + SIMPLIFIED, ("gb18030",)),
    "windows": ("你好，世界！\r\nHello, world!\r\n", ("utf-8", "utf-8-sig", "gb18030", "utf-16")),
    "no mark, little endian": (f"Hello, world!\n{SIMPLIFIED}\n", ("utf-16-le", "utf-16-be")),
    "English with no mark": ("Hello, world!\n", ("utf-16-le", "utf-16-be")),
    "curly quotes": (ENGLISH, ("cp1252", "utf-16-le")),
    "one apostrophe": ("One can do well only when one’s country does.", ("cp1252",)),
    "one accent": ("one\ncafé\n", ("cp1252", "latin-1")),
    "ASCII": ("Hello, world!", ("ascii", "utf-8-sig")),
}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(text, encoding, id=f"{name} in {encoding}")
        for name, (text, encodings) in TEXTS.items()
        for encoding in encodings
    ],
)
def test_encodings_that_can_be_told(text, encoding):
    assert decode(text.encode(encoding), "a.txt") == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("gb18030", "GB18030"), ("big5", "Big5"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16LE"), ("utf-8", "")],
)
def test_the_user_is_told_which_encoding_was_taken(encoding, name):
    text = f"1\n{TRADITIONAL}\n"
    findings = plain.read(text.encode(encoding), "a.txt")[1]
    assert [f"{each.level}: {each.where}: {each.message}" for each in findings if "UTF-8" in each.message] == (
        [f"info: a.txt: not in UTF-8, read as {name}"] if name else []
    )


REFUSED = {
    "Japanese": ("吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。", ("cp932", "euc_jp")),
    "Korean": ("안녕하세요. 저는 학생입니다. 모든 국민은 법 앞에 평등하다.", ("euc_kr", "cp949")),
    "Russian": ("Все люди рождаются свободными и равными.", ("cp1251", "koi8_r", "iso8859_5")),
    "two rare characters": ("鼷麤", ("gb18030",)),
    "Chinese cut inside a character": (SIMPLIFIED, ("utf-8", "gb18030")),
}


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        pytest.param(text, encoding, name, id=f"{name} in {encoding}")
        for name, (text, encodings) in REFUSED.items()
        for encoding in encodings
    ],
)
def test_what_cannot_be_told_is_refused_rather_than_garbled(text, encoding, name):
    data = text.encode(encoding)
    with pytest.raises(InputError, match="save it as UTF-8") as raised:
        decode(data[:-1] if "cut" in name else data, "a.txt")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_whole_document_is_the_same_in_every_encoding(tmp_path, encoding):
    speech = ROOT / "corpus" / "speech.md"
    copy = tmp_path / "speech.md"
    copy.write_bytes(speech.read_text("utf-8").encode(encoding))
    texts = [[block.text for block in readers.read(path)[0].blocks] for path in (speech, copy)]
    assert texts[0] == texts[1]


def test_every_file_of_the_gold_data_in_every_encoding_that_can_hold_it(gold):
    refused = []
    for path in sorted((gold / "align").glob("*/*.txt")):
        text = path.read_text("utf-8")
        encodings = ("gb18030", "big5hkscs", "utf-16", "utf-16-le") if ".zh." in path.name else ("cp1252", "gb18030")
        for encoding in filter(partial(_can_hold, text), encodings):
            assert decode(text.encode(encoding), path.name) == text
            for excerpt in (text.split("\n", 1)[0], text[-60:]):
                try:
                    assert decode(excerpt.encode(encoding), path.name) == excerpt
                except InputError:
                    refused.append(excerpt)
    assert len(refused) <= 3, refused


def _can_hold(text, encoding):
    return text.encode(encoding, errors="replace").decode(encoding) == text
