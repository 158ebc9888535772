"""What the TMX reader takes from translation memories, and what it says of bad ones."""

import pytest

from flashcards.errors import InputError
from flashcards.model import Bead, Place, Sentence, pairs_of
from flashcards.readers import tmx
from flashcards.tables.tmx import tmx as write_tmx
from tests.readers.fuzz import assert_robust


def variant(lang, text, attribute="xml:lang"):
    return f'<tuv {attribute}="{lang}"><seg>{text}</seg></tuv>'


def unit(*variants, attributes=""):
    return f"<tu{attributes}>{''.join(variants)}</tu>"


def memory(*units, header='segtype="sentence"', prologue='<?xml version="1.0"?>'):
    return f'{prologue}<tmx version="1.4"><header {header}/><body>{"".join(units)}</body></tmx>'.encode()


def rows(data):
    document, _ = tmx.read(data, "a.tmx")
    return [(block.row, block.lang, block.text) for block in document.blocks]


def messages(data):
    return [finding.message for finding in tmx.read(data, "a.tmx")[1]]


HELLO = unit(variant("zh", "你好。"), variant("en", "Hello."))
UNITS = {
    "either order": (
        [HELLO, unit(variant("en-US", "Bye."), variant("zh-CN", "再见。"))],
        [(0, "zh", "你好。"), (0, "en", "Hello."), (1, "en", "Bye."), (1, "zh", "再见。")],
    ),
    "codes of all kinds": (
        [unit(variant("cmn-Hans", "一"), variant("EN_GB", "one")), unit(variant("chi", "二"), variant("eng", "two"))],
        [(0, "zh", "一"), (0, "en", "one"), (1, "zh", "二"), (1, "en", "two")],
    ),
    "before version 1.4": (
        [unit(variant("ZH-TW", "你好", "lang"), variant("EN-US", "Hello", "lang"))],
        [(0, "zh", "你好"), (0, "en", "Hello")],
    ),
    "codes of a format": (
        [
            unit(
                variant("en", 'A <bpt i="1">&lt;b&gt;</bpt>bold<ept i="1">&lt;/b&gt;</ept> <hi>word</hi><it>x</it>.'),
                variant("zh", '一个<ph>&lt;img alt="<sub>图</sub>"/&gt;</ph>词<ut>{}</ut>。'),
            )
        ],
        [(0, "en", "A bold word."), (0, "zh", "一个词。")],
    ),
    "ends of lines": (
        [unit(variant("en", 'One,\n  two<ph>&lt;br/&gt;</ph>three<ph type="lb"/>four'), variant("zh", "一，\n二"))],
        [(0, "en", "One, two three four"), (0, "zh", "一，二")],
    ),
    "spaces as they stand": (
        [unit(variant("en", " Hello.  Bye. "), variant("zh", "你好 再见"))],
        [(0, "en", "Hello.  Bye."), (0, "zh", "你好 再见")],
    ),
    "Latin letters in Chinese": (
        [unit(variant("zh", "GDP"), variant("en", "gross domestic product"))],
        [(0, "zh", "GDP"), (0, "en", "gross domestic product")],
    ),
    "a missing translation": (
        [HELLO, unit(variant("zh", "再见"), variant("en", " ")), unit(variant("zh", "好"))],
        [(0, "zh", "你好。"), (0, "en", "Hello."), (1, "zh", "再见"), (2, "zh", "好")],
    ),
    "the same unit twice": (
        [HELLO, HELLO],
        [(0, "zh", "你好。"), (0, "en", "Hello."), (1, "zh", "你好。"), (1, "en", "Hello.")],
    ),
    "a language twice": (
        [unit(variant("zh", "一"), variant("zh", "壹"), variant("en", "one"))],
        [(0, "zh", "一"), (0, "en", "one")],
    ),
    "the usual kind of Chinese first": (
        [
            unit(variant("zh-TW", "電腦"), variant("zh-CN", "电脑"), variant("en", "computer")),
            unit(variant("zh-TW", "軟體"), variant("en", "software")),
            unit(variant("zh-CN", "网"), variant("en", "net")),
            unit(variant("zh-CN", "屏"), variant("en", "screen")),
        ],
        [
            *((0, "zh", "电脑"), (0, "en", "computer"), (1, "zh", "軟體"), (1, "en", "software")),
            *((2, "zh", "网"), (2, "en", "net"), (3, "zh", "屏"), (3, "en", "screen")),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("units", "expected"), UNITS.values(), ids=UNITS)
def test_units(units, expected):
    assert rows(memory(*units)) == expected


@pytest.mark.parametrize(
    ("header", "attributes", "kind"),
    [
        ('segtype="sentence"', "", "cell"),
        ('segtype="paragraph"', "", "paragraph"),
        ('segtype="paragraph"', ' segtype="phrase"', "cell"),
        ("", "", "cell"),
    ],
)
def test_only_paragraphs_are_split_into_sentences(header, attributes, kind):
    data = memory(unit(variant("zh", "一"), variant("en", "one"), attributes=attributes), header=header)
    assert {block.kind for block in tmx.read(data, "a")[0].blocks} == {kind}


def test_other_languages_and_what_is_not_translated_are_counted():
    foreign = unit(variant("fr", "Bonjour"), variant("de", "Hallo"), variant("fr", "Salut"), variant("en", "Hi"))
    same = unit(variant("zh", "OK"), variant("en", "OK"))
    number = unit(variant("zh", "12"), variant("en", "12"))
    data = memory(HELLO, foreign, same, number)
    assert rows(data)[2:] == [(1, "en", "Hi"), (2, "en", "OK")]
    assert messages(data) == [
        "texts in other languages left out: 3 (fr 2, de 1)",
        "units that say the same on both sides, so are not translated: 2",
        "blocks in neither language left out: 1 (line 1)",
    ]


def test_lines_are_those_of_the_file():
    document, _ = tmx.read(memory("\n", HELLO, "\n\n", HELLO), "a")
    assert [block.where.line for block in document.blocks] == [2, 2, 4, 4]


def test_our_own_files_give_the_same_pairs():
    def bead(zh, en):
        return Bead(
            tuple(Sentence(text, "zh", Place("a", 1)) for text in zh),
            tuple(Sentence(text, "en", Place("a", 1)) for text in en),
            0.9,
        )

    beads = (
        bead(["“你好”，<他>说 & 笑了。"], ['"Hello," <he> said &  laughed.']),
        bead(["一。", "二。"], ["One. Two."]),
        bead(["GDP"], ["Gross Domestic Product"]),
        bead(["三。"], ["Three.", "3."]),
        bead(["没有。"], []),
        bead(["一。", "二。"], ["One. Two."]),
    )
    blocks = tmx.read(write_tmx(beads), "a.tmx")[0].blocks
    texts = [tuple(block.text for block in blocks if block.row == row) for row in range(5)]
    assert texts == [(pair.zh, pair.en) for pair in pairs_of(beads)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding):
    name = encoding.removesuffix("-sig")
    text = memory(HELLO, prologue=f'<?xml version="1.0" encoding="{name}"?>').decode()
    assert rows(text.encode(encoding)) == [(0, "zh", "你好。"), (0, "en", "Hello.")]


def test_the_document_type_is_not_loaded():
    prologue = '<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/tmx14.dtd">'
    data = memory(unit(variant("zh", "你好"), variant("en", "a&nbsp;b&nosuchentity;")), prologue=prologue)
    assert rows(data) == [(0, "zh", "你好"), (0, "en", "a b&nosuchentity;")]


BOMB = "".join(f'<!ENTITY {name} "{f"&{last};" * 10}">' for last, name in zip("abcdefghi", "bcdefghij", strict=True))
BAD = {
    "no Chinese": (
        memory(unit(variant("fr", "a"), variant("en", "b"))),
        "a.tmx has no Chinese in it, only fr, en: give a file with a Chinese text, best with its English",
    ),
    "neither": (memory(unit("<tuv><seg>a</seg></tuv>")), "a.tmx has no Chinese in it, only no language"),
    "pinyin": (memory(unit(variant("zh-Latn", "hǎo"), variant("en", "b"))), "a.tmx has no Chinese in it, only zh-Latn"),
    "no units": (memory(), "a.tmx has no translation units in it"),
    "another format": (b"<html><p>x</p></html>", "a.tmx has no translation units in it"),
    "not XML": (b"hello", "a.tmx is not well-formed XML (line 1: Start tag expected, '<' not found)"),
    "cut off": (memory(HELLO)[:-20] + b"\n", "a.tmx is not well-formed XML (line 2: "),
    "an external entity": (
        memory(unit(variant("zh", "&x;")), prologue='<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "a.tmx declares XML entities, which can reach for other files or exhaust the memory",
    ),
    "an external parameter entity": (
        memory(HELLO, prologue='<!DOCTYPE tmx [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>'),
        "a.tmx declares XML entities",
    ),
    "a billion laughs": (
        memory(unit(variant("zh", "&j;")), prologue=f'<!DOCTYPE tmx [<!ENTITY a "ha">{BOMB}]>'),
        "a.tmx declares XML entities",
    ),
    "a billion laughs in an attribute": (
        memory(unit(variant("&j;", "x")), prologue=f'<!DOCTYPE tmx [<!ENTITY a "ha">{BOMB}]>'),
        "a.tmx declares XML entities",
    ),
    "nested too deeply": (b"<tmx>" + b"<a>" * 1000, "a.tmx is nested too deeply (line 1)"),
    "a huge text": (b"<tmx>" + b"x" * 11_000_000, "a.tmx has too long a text in one place (line 1)"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="x-none"?><tmx/>', "a.tmx is not well-formed XML (line 1: "),
}


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_bad_files(data, message):
    with pytest.raises(InputError) as raised:
        tmx.read(data, "a.tmx")
    assert str(raised.value).startswith(message)
    assert "root:" not in str(raised.value)


def test_damage():
    assert_robust(tmx.read, memory(HELLO, unit(variant("en", "A<hi>b</hi>"), variant("zh", "好")), HELLO), 400)
