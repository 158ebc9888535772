"""What the XLIFF reader takes from versions 1.2 and 2, and what it says of bad files."""

import pytest

from flashcards.errors import InputError
from flashcards.readers import xliff
from tests.readers.fuzz import assert_robust


def version_1(*units, languages='source-language="en-US" target-language="zh-CN"'):
    return (
        '<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        f'<file original="a.docx" datatype="x" {languages}><body><group>{"".join(units)}</group></body></file></xliff>'
    ).encode()


def version_2(*units, languages='srcLang="zh-Hans" trgLang="en"'):
    return (
        f'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" {languages}>'
        f'<file id="f"><group id="g">{"".join(units)}</group></file></xliff>'
    ).encode()


def translated(source, target, more=""):
    return f"<trans-unit><source>{source}</source>{more}<target>{target}</target></trans-unit>"


def segment(source, target):
    return f"<segment><source>{source}</source><target>{target}</target></segment>"


def mark(number, text):
    return f'<mrk mtype="seg" mid="{number}">{text}</mrk>'


def rows(data):
    document, _ = xliff.read(data, "a.xlf")
    return [(block.row, block.lang, block.text, block.kind) for block in document.blocks]


HELLO = translated("Hello.", "你好。")
FILES = {
    "version 1.2": (version_1(HELLO), [(0, "en", "Hello.", "paragraph"), (0, "zh", "你好。", "paragraph")]),
    "from Chinese": (
        version_1(translated("你好。", "Hello."), languages='source-language="zh" target-language="en"'),
        [(0, "zh", "你好。", "paragraph"), (0, "en", "Hello.", "paragraph")],
    ),
    "a language that only the target names": (
        version_1(
            '<trans-unit><source>Hi</source><target xml:lang="zh-TW">好</target></trans-unit>',
            languages='source-language="en"',
        ),
        [(0, "en", "Hi", "paragraph"), (0, "zh", "好", "paragraph")],
    ),
    "codes of a format": (
        version_1(
            translated(
                'A <g id="1">bold <g id="2">red</g></g> <x id="3"/>word<bx id="4"/>!<ex id="4"/><x ctype="lb"/>End',
                '一<bpt id="1">&lt;b></bpt>词<ept id="1">&lt;/b></ept><ph id="2">{<sub>图</sub>}</ph><mrk>！</mrk>',
            )
        ),
        [(0, "en", "A bold red word! End", "paragraph"), (0, "zh", "一词！", "paragraph")],
    ),
    "marked segments": (
        version_1(
            translated(
                "One. Two.",
                f"<g>{mark(1, '一。')}{mark(2, '')}</g>",
                f"<seg-source><g>{mark(1, 'One.')} {mark(2, 'Two.')}</g></seg-source>",
            )
        ),
        [(0, "en", "One.", "cell"), (0, "zh", "一。", "cell"), (1, "en", "Two.", "cell")],
    ),
    "segments on one side only": (
        version_1(
            translated("One. Two.", "一。二。", f"<seg-source>{mark(1, 'One.')} {mark(2, 'Two.')}</seg-source>"),
            f"<trans-unit><source>Three.</source><seg-source>{mark(1, 'Three.')}</seg-source></trans-unit>",
        ),
        [(0, "en", "One. Two.", "paragraph"), (0, "zh", "一。二。", "paragraph"), (1, "en", "Three.", "cell")],
    ),
    "suggestions left out": (
        version_1(translated("Hello.", "你好。", "<alt-trans><source>Hullo</source><target>哈喽</target></alt-trans>")),
        [(0, "en", "Hello.", "paragraph"), (0, "zh", "你好。", "paragraph")],
    ),
    "no translation yet": (
        version_1(HELLO, "<trans-unit><source>Bye.</source></trans-unit>", translated("Next.", "Next.")),
        [
            *((0, "en", "Hello.", "paragraph"), (0, "zh", "你好。", "paragraph")),
            *((1, "en", "Bye.", "paragraph"), (2, "en", "Next.", "paragraph")),
        ],
    ),
    "version 2": (
        version_2(
            f"<unit>{segment('你好。', 'Hello.')}<ignorable><source> </source></ignorable>"
            "<segment><source>再见。</source></segment></unit>",
            f"<unit>{segment('一。二。', 'One. Two.')}</unit>",
        ),
        [
            *((0, "zh", "你好。", "cell"), (0, "en", "Hello.", "cell"), (1, "zh", "再见。", "cell")),
            *((2, "zh", "一。二。", "paragraph"), (2, "en", "One. Two.", "paragraph")),
        ],
    ),
    "codes of version 2": (
        version_2(
            '<unit><originalData><data id="d">&lt;b></data></originalData><notes><note>记</note></notes>'
            + segment(
                '<pc id="1">粗<mrk id="m">体</mrk></pc><ph id="2" dataRef="d"/>字<sc id="3"/><ec startRef="3"/>',
                'bold<ph id="2" subType="xlf:lb"/>letters',
            )
            + "</unit>"
        ),
        [(0, "zh", "粗体字", "paragraph"), (0, "en", "bold letters", "paragraph")],
    ),
    "matches of version 2 left out": (
        version_2(
            '<unit><m:matches xmlns:m="urn:oasis:names:tc:xliff:matches:2.0"><m:match ref="#1">'
            f"<source>你</source><target>you</target></m:match></m:matches>{segment('你好', 'Hello')}</unit>"
        ),
        [(0, "zh", "你好", "paragraph"), (0, "en", "Hello", "paragraph")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), FILES.values(), ids=FILES)
def test_files(data, expected):
    assert rows(data) == expected


def test_several_files_in_one_with_their_own_languages():
    first, second = (version_1(HELLO, languages=f'source-language="en" target-language="{to}"') for to in ("zh", "fr"))
    data = first.replace(b"</xliff>", b"") + second[second.index(b"<file") :].replace("你好".encode(), b"Bonjour")
    assert [row[:3] for row in rows(data)] == [(0, "en", "Hello."), (0, "zh", "你好。"), (1, "en", "Hello.")]
    assert [finding.message for finding in xliff.read(data, "a")[1]] == ["texts in other languages left out: 1 (fr 1)"]


BAD = {
    "no Chinese": (
        version_1(translated("Hi", "Salut"), languages='source-language="en" target-language="fr"'),
        "a.xlf has no Chinese in it, only en, fr: give a file with a Chinese text, best with its English",
    ),
    "no languages": (version_1(HELLO, languages=""), "a.xlf has no Chinese in it, only no language"),
    "no units": (version_2(), "a.xlf has no translation units in it"),
    "not XML": (b"", "a.xlf is not well-formed XML (no element found)"),
    "an external entity": (
        b'<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + version_2(f"<unit>{segment('&x;', 'a')}</unit>"),
        "a.xlf declares XML entities",
    ),
}


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_bad_files(data, message):
    with pytest.raises(InputError) as raised:
        xliff.read(data, "a.xlf")
    assert str(raised.value).startswith(message)
    assert "root:" not in str(raised.value)


@pytest.mark.parametrize("name", ["marked segments", "codes of version 2"])
def test_damage(name):
    assert_robust(xliff.read, FILES[name][0], 300)
