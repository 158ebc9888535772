"""What the readers make of small files, and what they say of bad ones."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from flashcards import readers
from flashcards.errors import InputError, UsageError
from flashcards.readers import markdown, plain


def blocks(reader, text):
    document, _ = reader.read(text.encode(), "a")
    return [(block.text, block.kind, block.where.line) for block in document.blocks]


MARKDOWN = {
    "headings": ("# 标题\n\nA Title\n=====\n", [("标题", "heading", 1), ("A Title", "heading", 3)]),
    "a soft break in English": ("one\ntwo\n", [("one two", "paragraph", 1)]),
    "a soft break in Chinese": ("世界\n变了，\n好。\n", [("世界变了，好。", "paragraph", 1)]),
    "a soft break inside a word": ("We are going. It is go-\ning.\n", [("We are going. It is going.", "paragraph", 1)]),
    "hard breaks": ("One,  \ntwo\\\nthree\n", [("One,", "line", 1), ("two", "line", 2), ("three", "line", 3)]),
    "a break tag": ("One<br>two\n", [("One", "line", 1), ("two", "line", 1)]),
    "lines of two languages": (
        "Hello there,\nfriend.\n你好，\n朋友。\n",
        [("Hello there, friend.", "line", 1), ("你好，朋友。", "line", 3)],
    ),
    "inline marks": (
        "The *old* **man** and `the` [sea](http://a.b) ![pic](p.png)&amp; \\*me\\* <b>x</b>\n",
        [("The old man and the sea & *me* x", "paragraph", 1)],
    ),
    "emphasis beside Chinese marks": ("他说**“好”**是*重要。*的。\n", [("他说“好”是重要。的。", "paragraph", 1)]),
    "asterisks that are none": ("5 * 3 is 15 * 1\n", [("5 * 3 is 15 * 1", "paragraph", 1)]),
    "quotes and dashes as they stand": (
        'He said "it\'s" -- so... (c)\n',
        [('He said "it\'s" -- so... (c)', "paragraph", 1)],
    ),
    "lists": (
        "- one\n- 二\n\n1. three\n",
        [("one", "paragraph", 1), ("二", "paragraph", 2), ("three", "paragraph", 4)],
    ),
    "block quotes": ("> 引文\n>\n> quote\n", [("引文", "paragraph", 1), ("quote", "paragraph", 3)]),
    "indented text": (
        "    世界变了。\n\n    It changed.\n",
        [("世界变了。", "paragraph", 1), ("It changed.", "paragraph", 3)],
    ),
    "code, HTML and rules left out": (
        "a\n\n```\ncode\n```\n\n<div>html</div>\n\n---\n\n好\n",
        [("a", "paragraph", 1), ("好", "paragraph", 11)],
    ),
    "front matter": ("---\ntitle: x\ntags: [a]\n---\n\nHello\n", [("Hello", "paragraph", 6)]),
    "Windows's line ends": ("one\r\ntwo\r\n\r\n三\r\n", [("one two", "paragraph", 1), ("三", "paragraph", 4)]),
    "full-width letters": ("ＧＤＰ增长\n", [("GDP增长", "paragraph", 1)]),
}


@pytest.mark.parametrize(("text", "expected"), MARKDOWN.values(), ids=MARKDOWN)
def test_markdown(text, expected):
    assert blocks(markdown, text) == expected


def test_the_cells_of_a_row_belong_together():
    text = "| 中文 | English |\n|--|--|\n| 你好 | hello |\n| 再见<br>了 | good *bye* |\n"
    document, _ = markdown.read(text.encode(), "a")
    assert [(block.text, block.kind, block.where.line, block.row) for block in document.blocks] == [
        ("你好", "cell", 3, 1),
        ("hello", "cell", 3, 1),
        ("再见 了", "cell", 4, 2),
        ("good bye", "cell", 4, 2),
    ]


WRAPPED_EN = (
    "The world is entering a period of turbulence and transforma-\n"
    "tion. The transformation now faces a major test with choices to\n"
    "be made.\n"
)
WRAPPED_ZH = (
    "新冠肺炎疫情加速了国际格局调整，世界进入动荡变革期。国际社会正在经历多\n"
    "边和单边、开放和封闭的重大考验。\n"
)  # fmt: skip
PLAIN = {
    "blank lines part blocks": (
        "A title\n\n标题\n \nText.\n",
        [("A title", "paragraph", 1), ("标题", "paragraph", 3), ("Text.", "paragraph", 5)],
    ),
    "lines of a block": (
        "Dear Sir,\nDear Madam,\n\nhello\n",
        [("Dear Sir,", "line", 1), ("Dear Madam,", "line", 2), ("hello", "paragraph", 4)],
    ),
    "no blank lines": (
        "Hello.\n你好。\nBye.\n",
        [("Hello.", "paragraph", 1), ("你好。", "paragraph", 2), ("Bye.", "paragraph", 3)],
    ),
    "wrapped lines": (
        WRAPPED_EN + "\n" + WRAPPED_ZH,
        [
            (
                ("The world is entering a period of turbulence and transformation. "
                "The transformation now faces a major test with choices to be made."),
                "paragraph",
                1,
            ),
            (WRAPPED_ZH.replace("\n", ""), "paragraph", 5),
        ],
    ),
    "an indented line begins a paragraph": (
        "　　新冠肺炎疫情加速了国际格局调整，世界进入动荡变革期，国际社会正在经历\n多边的考验\n　　单边\n",
        [
            ("新冠肺炎疫情加速了国际格局调整，世界进入动荡变革期，国际社会正在经历多边的考验", "paragraph", 1),
            ("单边", "paragraph", 3),
        ],
    ),
    "verse": ("床前明月光，\n疑是地上霜。\n", [("床前明月光，", "paragraph", 1), ("疑是地上霜。", "paragraph", 2)]),
    "form feeds": ("one\n\ftwo\n", [("one", "paragraph", 1), ("two", "paragraph", 2)]),
    "a wide space before a paragraph": ("　　你好。\n", [("你好。", "paragraph", 1)]),
    "marks of other formats": ("# *one*\n", [("# *one*", "paragraph", 1)]),
    "only carriage returns": ("one\r\r二\r", [("one", "paragraph", 1), ("二", "paragraph", 3)]),
}


@pytest.mark.parametrize(("text", "expected"), PLAIN.values(), ids=PLAIN)
def test_plain(text, expected):
    assert blocks(plain, text) == expected


def test_tabs_between_the_languages_make_a_row():
    document, findings = plain.read("你好\tnǐ hǎo\thello\n再见\t\tbye\n".encode(), "a")
    assert [(block.text, block.kind, block.row) for block in document.blocks] == [
        ("你好", "cell", 1),
        ("hello", "cell", 1),
        ("再见", "cell", 2),
        ("bye", "cell", 2),
    ]
    assert [finding.message for finding in findings] == ["lines of pinyin left out: 1 (line 1)"]


def test_what_is_in_no_language_is_left_out_and_counted():
    document, findings = markdown.read("Hello\n\n- 12 -\n\n***\n\n\\*\\*\\*\n\n你好\n".encode(), "a.md")
    assert [block.text for block in document.blocks] == ["Hello", "你好"]
    assert len(findings) == 1
    assert findings[0].where.line == 3


@pytest.mark.parametrize(
    ("text", "title"),
    [("# One\n\n# 二\n", "二"), ("# One\n\nx\n", "One"), ("x\n", ""), ("# 一\n\n# Two\n\n# 三\n", "一")],
)
def test_the_title(text, title):
    assert markdown.read(text.encode(), "a")[0].title == title


@pytest.mark.parametrize(
    ("name", "heading"),
    [("a.md", "heading"), ("a.MARKDOWN", "heading"), ("a.txt", "paragraph"), ("a", "paragraph"), ("a.b", "paragraph")],
)
def test_the_suffix_chooses_the_format(tmp_path, name, heading):
    path = tmp_path / name
    path.write_text("# One\n", encoding="utf-8")
    assert readers.read(path)[0].blocks[0].kind == heading
    assert readers.read(path, "plain")[0].blocks[0].text == "# One"
    assert readers.read(str(path), "markdown")[0].blocks[0].text == "One"


def test_the_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("你好\n".encode())))
    document, _ = readers.read("-")
    assert str(document.blocks[0].where) == "standard input:1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_text("你好\nhello\n", encoding=encoding)
    assert [block.text for block in readers.read(path)[0].blocks] == ["你好", "hello"]


BAD = {
    "empty": (b"", "a.txt is empty"),
    "white space": ("\ufeff \n\t　\r\n".encode(), "a.txt is empty"),
    "binary": (b"\x01\x02\x00\x03\xff", "a.txt is not text (byte 3 is zero): give a text file"),
    "UTF-8 with a broken byte": (
        "one\n你好，世界".encode() + b"\xff",
        "a.txt is not in UTF-8 (line 2, byte 20 of the file), nor clearly in another encoding: save it as UTF-8 text",
    ),
    "half a UTF-16 character": (b"\xff\xfe\x60", "a.txt is not in UTF-8"),
}


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_bad_files(tmp_path, monkeypatch, data, message):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_bytes(data)
    with pytest.raises(InputError) as raised:
        readers.read("a.txt")
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


def test_missing_files_folders_and_formats(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        readers.read(tmp_path / "none.md")
    with pytest.raises(InputError, match="is a folder"):
        readers.read(tmp_path)
    with pytest.raises(UsageError, match="choose one of markdown, plain"):
        readers.read(tmp_path / "a", "word")


def test_two_files_of_one_language_each_are_one_text():
    chinese, _ = plain.read("你好。\n".encode(), "zh.txt")
    english, _ = markdown.read(b"# Hi\n\nHello.\n", "en.md")
    combined = readers.combine([chinese, english])
    assert combined.title == "Hi"
    assert [block.where.source for block in combined.blocks] == ["zh.txt", "en.md", "en.md"]
    readers.require_chinese(combined, ["zh.txt", "en.md"])


def test_rows_of_several_files_stay_apart():
    table = plain.read("你好\thello\n再见\tbye\n".encode(), "a.txt")[0]
    assert [block.row for block in readers.combine([table, table]).blocks] == [0, 0, 1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Hello.", "a.txt has no Chinese in it"),
        ("12", "a.txt has no Chinese in it"),
    ],
)
def test_no_chinese(text, message):
    document, _ = plain.read(text.encode(), "a.txt")
    with pytest.raises(InputError, match=message):
        readers.require_chinese(document, ["a.txt"])


def test_nothing_heavy_is_loaded_before_it_is_needed():
    code = "import sys, flashcards.readers, flashcards.text.sentences; print('markdown_it' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_lines_stay_a_function_when_the_readers_are_loaded(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("你好\n\nhello", encoding="utf-8")
    readers.read(path)
    assert readers.lines(path) == ["你好", "", "hello"]


def test_every_line_can_be_a_block():
    document, _ = plain.read_lines(WRAPPED_EN.encode(), "a")
    assert [block.kind for block in document.blocks] == ["line"] * 3
