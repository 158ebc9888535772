"""What the HTML reader makes of blocks, lines, tables and encodings, and what it says of bad pages."""

import pytest

from flashcards import readers
from flashcards.errors import InputError
from flashcards.readers import html
from tests.readers.fuzz import assert_robust


def blocks(markup):
    document, _ = html.read(markup.encode(), "a.html")
    return [(block.text, block.kind) for block in document.blocks]


def texts(markup):
    return [text for text, _ in blocks(markup)]


def cells(markup):
    document, _ = html.read(markup.encode(), "a.html")
    return [(block.row, block.text) for block in document.blocks]


def messages(markup):
    return [finding.message for finding in html.read(markup.encode(), "a.html")[1]]


FLOW = {
    "paragraphs": ("<p>One.<p>二。</p>three", [("One.", "paragraph"), ("二。", "paragraph"), ("three", "paragraph")]),
    "headings": ("<h1>标题</h1><h3><span>A</span> Title</h3>", [("标题", "heading"), ("A Title", "heading")]),
    "a heading in both languages": ("<h1>标题<br>A Title</h1>", [("标题", "heading"), ("A Title", "heading")]),
    "a heading on two lines": ("<h1>A Long<br>Title</h1>", [("A Long Title", "heading")]),
    "lists": (
        "<ul><li>one<ul><li>二</ul><li><p>three</p></ul>",
        [("one", "paragraph"), ("二", "paragraph"), ("three", "paragraph")],
    ),
    "lines": ("<p>One.<br>一。<br/>Two.</p>", [("One.", "line"), ("一。", "line"), ("Two.", "line")]),
    "two breaks part paragraphs": (
        "One.<br>一。<br> <br>Two.<br><br>\n<br>二。",
        [("One.", "line"), ("一。", "line"), ("Two.", "paragraph"), ("二。", "paragraph")],
    ),
    "breaks at a margin": (
        ("The world is entering a period of turbulence and transforma-<br>"
        "tion. The transformation now faces a major test with choices to<br>be made.<br>"),
        [
            (
                ("The world is entering a period of turbulence and transformation. "
                "The transformation now faces a major test with choices to be made."),
                "paragraph",
            )
        ],
    ),
    "white space in English": ("<p>\n  The <b>old </b>\n\t<i> man</i> \n</p>", [("The old man", "paragraph")]),
    "white space in Chinese": ("<p>世界<b>变</b><i>了</i>，\n  <b>好</b>\n。</p>", [("世界变了，好。", "paragraph")]),
    "non-breaking spaces": ("<p>&nbsp;&nbsp; A&nbsp; b&emsp;&#12288;</p>", [("A b", "paragraph")]),
    "entities": (
        "<p>AT&T &lt;b&gt; &#20013;&#x6587; caf&eacute; &none;</p>",
        [("AT&T <b> 中文 café &none;", "paragraph")],
    ),
    "no breaks within a word": (
        "<p>soft&shy;hyphen inter<wbr>national</p>",
        [("softhyphen international", "paragraph")],
    ),
    "quotations": ("<p>He said <q>yes</q>.</p>", [("He said “yes”.", "paragraph")]),
    "preformatted lines": (
        "<pre>\n床前明月光，\n疑是地上霜。\n\n  Before my bed</pre>",
        [("床前明月光，", "line"), ("疑是地上霜。", "line"), ("Before my bed", "paragraph")],
    ),
    "programs left out": ("<pre><code>print('x')</code></pre>Type <code>ls</code>.", [("Type ls.", "paragraph")]),
    "ruby": (
        ("<p><ruby>你<rp>(</rp><rt>nǐ</rt><rp>)</rp> 好<rt>hǎo</rt></ruby> "
        "<ruby><rb>世</rb> <rb>界</rb><rt>shì<rt>jiè</ruby>！</p>"),
        [("你好世界！", "paragraph")],
    ),
    "pinyin beside the words": ('<p>你好 <span class="pinyin">nǐ hǎo</span>！</p>', [("你好 ！", "paragraph")]),
    "blocks by their style": (
        '<span style="display: block">One</span><span style="color:red;display:flex">一</span>',
        [("One", "paragraph"), ("一", "paragraph")],
    ),
    "spans that a page puts on lines": (
        '<li><span class="zh">苹果</span> <i class="pinyin">píngguǒ</i> <span class="en">apple</span>',
        [("苹果", "line"), ("apple", "line")],
    ),
    "spans that are words of a sentence": (
        "<p><span>我们用</span><span lang=EN-US>Microsoft Word</span></p>",
        [("我们用Microsoft Word", "paragraph")],
    ),
    "marks of notes left out": (
        '<p>It is so.<sup><a href="#n1">[1]</a></sup> Or<a href="x.html#2">注2</a> <a href="#k">not</a>.</p>',
        [("It is so. Or not.", "paragraph")],
    ),
    "nothing closed": (
        "<div><p>One<b>two<i>three<p>四<table><tr><td>x",
        [("Onetwothree", "paragraph"), ("四", "paragraph"), ("x", "paragraph")],
    ),
    "no markup at all": ("Hello,\nworld", [("Hello, world", "paragraph")]),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), FLOW.values(), ids=FLOW)
def test_flow(markup, expected):
    assert blocks(markup) == expected


INVISIBLE = {
    "scripts": '<script>document.write("<p>no</p>")</script>',
    "styles": "<style>p { color: red }</style>",
    "comments": "<!-- no <p>no</p> -->",
    "comments for Word": "<!--[if gte mso 9]><xml>no</xml><![endif]-->",
    "what stands in for scripts": "<noscript>no</noscript>",
    "templates": "<template><p>no</p></template>",
    "controls": "<button>no</button><select><option>no</select><textarea>no</textarea><input value=no>",
    "the attribute": "<p hidden>no</p>",
    "a style": '<div style="color:red; display : NONE"><p>no</p></div>',
    "Word's style": "<span style='mso-hide:all'>no</span>",
    "invisible but there": '<p style="visibility:hidden">no</p>',
    "a closed dialog": "<dialog>no</dialog>",
    "pictures": '<img alt="no"><svg><title>no</title><text>no</text></svg>',
}


@pytest.mark.parametrize("markup", INVISIBLE.values(), ids=INVISIBLE)
def test_what_is_not_seen_is_left_out(markup):
    assert texts(f"<p>Yes.</p>{markup}<p>是。</p>") == ["Yes.", "是。"]


def test_hidden_text_that_is_much_is_mentioned():
    hidden = '<p style="display:none">Once upon a time there was a boy who lived in a village by the sea.</p>'
    message = "hidden text left out: 0 Chinese characters and 16 English words"
    assert messages(f"<p>从前有一个小男孩。</p>{hidden}") == [message]
    assert messages("<p>从前有一个小男孩。</p><p hidden>Menu</p>") == []


TABLES = {
    "rows": (
        "<table><tr><th>中文<th>English<tr><td>你好<td>hello<tr><td>再\n见<td><b>good</b> bye</table>",
        [(0, "你好"), (0, "hello"), (1, "再见"), (1, "good bye")],
    ),
    "column names in ordinary cells": (
        "<table><tr><td>英语</td><td><b>汉语</b></td></tr><tr><td>Chinese</td><td>中文</td></tr></table>",
        [(0, "Chinese"), (0, "中文")],
    ),
    "heads of rows": (
        "<table><tr><th>One<td>一<tr><th>Two<td>二</table>",
        [(0, "One"), (0, "一"), (1, "Two"), (1, "二")],
    ),
    "pinyin between": (
        "<table><tr><td>坏<td>huài<td>bad<tr><td>bad<td>huai4<td>坏<tr><td>中国<td>China<td>land</table>",
        [(0, "坏"), (0, "bad"), (1, "bad"), (1, "坏"), (2, "中国"), (2, "China"), (2, "land")],
    ),
    "words in turns": (
        "<table><tr><td>好<td>hǎo<td>good<td>坏<td>huài<td>bad</table>",
        [(0, "好"), (0, "good"), (1, "坏"), (1, "bad")],
    ),
    "two columns of one language": (
        "<table><tr><td>好<td>good<td>fine</table>",
        [(0, "好"), (0, "good"), (0, "fine")],
    ),
    "both languages in every cell": (
        "<table><tr><td>好<br>good<td>坏<br>bad</table>",
        [(0, "好"), (0, "good"), (1, "坏"), (1, "bad")],
    ),
    "rows in one language": (
        "<table><tr><td>好<td>坏<tr><td>good<td>bad</table>",
        [(None, "好"), (None, "坏"), (None, "good"), (None, "bad")],
    ),
    "a row that is not translated": (
        "<table><tr><td>好<td>good<tr><td>坏<td></table>",
        [(0, "好"), (0, "good"), (None, "坏")],
    ),
    "a table within a table": (
        "<table><tr><td>Menu<td>正文<table><tr><td>好<td>good</table></table>",
        [(None, "Menu"), (None, "正文"), (0, "好"), (0, "good")],
    ),
    "paragraphs in cells": (
        "<table><tr><td><p>One.</p><p>Two.</p><td><p>一。</p><p>二。</p></table>",
        [(0, "One."), (0, "Two."), (0, "一。"), (0, "二。")],
    ),
    "terms and their descriptions": (
        "<dl><dt>你好<dd>hello<dt>再见<dd>goodbye</dl><dl><div><dt>好<dd>good</div></dl>",
        [(0, "你好"), (0, "hello"), (1, "再见"), (1, "goodbye"), (2, "好"), (2, "good")],
    ),
    "tables by their roles": (
        ('<div role="row"><i role="columnheader">中文</i><i role="columnheader">English</i></div>'
        '<div role="row"><i role="cell">好</i><i role="cell">good</i></div>'),
        [(0, "好"), (0, "good")],
    ),
    "tabs in preformatted text": ("<pre>好\tgood\n坏\tbad</pre>", [(0, "好"), (0, "good"), (1, "坏"), (1, "bad")]),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), TABLES.values(), ids=TABLES)
def test_tables(markup, expected):
    assert cells(markup) == expected


def test_only_texts_of_rows_are_cells():
    markup = "<table><tr><td>好<td><p>good</p><p>fine</p><tr><td>One. Two.<td></table>"
    assert blocks(markup) == [("好", "cell"), ("good", "cell"), ("fine", "cell"), ("One. Two.", "paragraph")]


def test_blocks_are_numbered():
    document, _ = html.read(b"<h1>One</h1><p>12</p><p>Two<br>three", "a.html")
    assert [str(block.where) for block in document.blocks] == ["a.html:1", "a.html:3", "a.html:4"]


LANGUAGES = {
    "another language": ('<p lang="fr">Bonjour</p><p>Hello</p>', ["Hello"], "1 (fr 1)"),
    "one within another": ('<div lang="de-DE"><p>Hallo</p><p lang="en">Hello</p></div>', ["Hello"], "1 (de-DE 1)"),
    "Japanese in Chinese characters": ('<p lang="ja">東京に行く</p><p>东京</p>', ["东京"], "1 (ja 1)"),
    "a word in a sentence": ('<p>A <i lang="fr">déjà vu</i>.</p>', ["A déjà vu."], ""),
    "a page that says it is in another": ('<html lang="fr"><body lang="fr"><p>Hello</p>', ["Hello"], ""),
    "codes that are wrong": ('<p lang="cn">一<p lang="english">Hi<p lang="tw">好</p>', ["一", "Hi", "好"], ""),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "expected", "count"), LANGUAGES.values(), ids=LANGUAGES)
def test_languages(markup, expected, count):
    assert texts(markup) == expected
    assert messages(markup) == ([f"blocks in other languages left out: {count}"] if count else [])


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>你好 - My Site</title><p>x", "你好"),
        ("<title>你好_新华网</title><h2>x</h2>", "你好"),
        ("<title>Well-known | a | b</title><p>x", "Well-known"),
        ("<title>x</title><h1>A Title</h1><h1>标题</h1>", "标题"),
        ("<h2>Second</h2>", "Second"),
        ("<p>x", ""),
    ],
)
def test_the_title(markup, title):
    assert html.read(markup.encode(), "a.html")[0].title == title


SIMPLIFIED = "中国将坚定不移走和平发展道路。"
TRADITIONAL = "學校對這個問題沒有說明，請您再問一次。"
META = '<meta charset="{}">'
HTTP_EQUIV = '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={}">'
ENCODINGS = {
    "UTF-8 without a word": ("", SIMPLIFIED, "utf-8"),
    "a byte order mark against the declaration": (META.format("gb2312"), SIMPLIFIED, "utf-8-sig"),
    "UTF-16": (META.format("utf-16"), SIMPLIFIED, "utf-16"),
    "GB 2312": (HTTP_EQUIV.format("gb2312"), SIMPLIFIED, "gb2312"),
    "more than GB 2312": (META.format("GB2312"), "朱镕基说：你好，世界！", "gb18030"),
    "Big5": (HTTP_EQUIV.format("big5"), TRADITIONAL, "big5"),
    "Hong Kong's Big5": (META.format("Big5-HKSCS"), "佢哋嘅嘢喺邊度？", "big5hkscs"),
    "an XML declaration": ('<?xml version="1.0" encoding="GBK"?>', SIMPLIFIED, "gbk"),
    "a word that is both": (META.format("gbk"), "联通", "gbk"),
    "not declared": ("", SIMPLIFIED, "gb18030"),
    "declared as western": (META.format("iso-8859-1"), SIMPLIFIED, "gb18030"),
    "declared as something unknown": (META.format("x-none"), SIMPLIFIED, "utf-8"),
    "declared wrongly": (META.format("gb2312"), SIMPLIFIED, "utf-8"),
    "declared as UTF-8 but is not": (META.format("utf-8"), SIMPLIFIED, "gb18030"),
    "declared in a comment": (f"<!-- {META.format('big5')} -->", SIMPLIFIED, "gb18030"),
    "a western page": (META.format("iso-8859-1"), "It’s “nothing”, he said – a naïve café.", "cp1252"),
}


@pytest.mark.parametrize(("declaration", "text", "encoding"), ENCODINGS.values(), ids=ENCODINGS)
def test_encodings(declaration, text, encoding):
    data = f"{declaration}<p>{text}</p>".encode(encoding)
    assert [block.text for block in html.read(data, "a.html")[0].blocks] == [text]


def test_a_few_broken_characters_do_not_spoil_a_page():
    data = f"{META.format('gb2312')}<p>{SIMPLIFIED * 50}".encode("gb18030") + b"\xff</p>"
    document, findings = html.read(data, "a.html")
    assert document.blocks[0].text.startswith(SIMPLIFIED)
    assert ("characters that are broken in the file: 1", "warning") in [(each.message, each.level) for each in findings]


BAD = {
    "nothing": ("", "a.html has no text in it: open the page in a browser and save it from there"),
    "only scripts": ('<div id="a"></div><script>x</script><noscript>Enable it.</noscript>', "a.html has no text in it"),
    "frames": (
        '<frameset><frame src="menu.htm"><frame src="text.htm"><noframes>no</noframes></frameset>',
        "a.html is only a frame round other pages: save one of those: menu.htm, text.htm",
    ),
    "far too deep": ("<div>" * 30_000, "a.html is nested too deeply (line 1)"),
    "formatting that multiplies": (
        "".join(f"<p><font size={size}>x" for size in range(3000)),
        "a.html is nested too deeply (line 1): copy its text into a text file",
    ),
}


@pytest.mark.parametrize(("markup", "message"), BAD.values(), ids=BAD)
def test_bad_pages(markup, message):
    with pytest.raises(InputError) as raised:
        html.read(markup.encode(), "a.html")
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize("element", ["div", "table><tr><td", "ul><li", "dl><dt>x<dd", "span", "ruby", "q"])
def test_deep_nesting(element):
    assert "你好" in texts(f"<{element}>" * 10_000 + "你好")[-1]


def test_damage():
    page = "".join(markup for markup, _ in (*FLOW.values(), *TABLES.values())).encode()
    assert_robust(html.read, page, 150)


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.XHTML", "a"])
def test_pages_are_recognised(tmp_path, name):
    path = tmp_path / name
    path.write_text("<!DOCTYPE html><p>你好</p><p>hello</p>", encoding="utf-8")
    assert [block.text for block in readers.read(path)[0].blocks] == ["你好", "hello"]
