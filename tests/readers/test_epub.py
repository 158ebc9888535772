"""What the EPUB reader takes from e-books, and what it says of protected and damaged ones."""

import io
import zipfile

import pytest

from flashcards import readers
from flashcards.errors import InputError
from flashcards.readers import epub
from tests.readers.fuzz import assert_robust

CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>zh</dc:language></metadata>
<manifest>{items}</manifest><spine toc="ncx">{spine}</spine>{guide}</package>"""
CHAPTER = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"
xmlns:epub="http://www.idpf.org/2007/ops"><head><title/><link rel="stylesheet" href="s.css"/></head>
<body><a id="top"/>{}</body></html>"""
XHTML = "application/xhtml+xml"
ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="{}"/>
<enc:CipherData><enc:CipherReference URI="{}"/></enc:CipherData></enc:EncryptedData></encryption>"""


def item(name, properties="", kind=XHTML):
    return f'<item id="{name}" href="{name}" media-type="{kind}" properties="{properties}"/>'


def entry(name, more=""):
    return f'<itemref idref="{name}"{more}/>'


def archive(members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return packed.getvalue()


def book(chapters, *, items=None, spine=None, guide="", title="书", more=None):
    """A book whose chapters are the bodies of pages, by their names."""
    package = PACKAGE.format(
        title=title,
        items=items or "".join(map(item, chapters)),
        spine=spine or "".join(map(entry, chapters)),
        guide=guide,
    )
    pages = {f"OEBPS/{name}": CHAPTER.format(body) for name, body in chapters.items()}
    start = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER.format("OEBPS/p.opf")}
    return archive({**start, "OEBPS/p.opf": package, **pages, **(more or {})})


def texts(data):
    return [block.text for block in epub.read(data, "a.epub")[0].blocks]


TWO = {"one.xhtml": "<h1>第一章</h1><p>你好。</p>", "two.xhtml": "<h1>Chapter One</h1><p>Hello.</p>"}


def test_chapters_in_reading_order():
    document, findings = epub.read(book(TWO, spine=entry("two.xhtml") + entry("one.xhtml")), "a.epub")
    assert document.title == "书"
    assert [(block.text, block.kind, str(block.where)) for block in document.blocks] == [
        ("Chapter One", "heading", "a.epub:1"),
        ("Hello.", "paragraph", "a.epub:2"),
        ("第一章", "heading", "a.epub:3"),
        ("你好。", "paragraph", "a.epub:4"),
    ]
    assert findings == ()


def test_rows_of_chapters_stay_apart():
    table = "<table><tr><td>好</td><td>good</td></tr><tr><td>坏</td><td>bad</td></tr></table>"
    document, _ = epub.read(book({"a.xhtml": table, "b.xhtml": "<p>x</p>", "c.xhtml": table}), "a.epub")
    assert [block.row for block in document.blocks] == [0, 0, 1, 1, None, 2, 2, 3, 3]


CHAPTERS = {
    "notes": (
        ('<p>你好<a epub:type="noteref" href="#n">①</a>。<span epub:type="pagebreak" id="p9">9</span></p>'
        '<aside epub:type="footnote" id="n"><p>注</p></aside>'),
        ["你好。"],
    ),
    "ruby": ("<p><ruby>你<rt>nǐ</rt>好<rt>hǎo</rt></ruby></p>", ["你好"]),
    "what a web page would call something else": (
        '<div class="sidebar ad"><p>广告</p></div><footer>结尾</footer><p>正文</p>',
        ["广告", "结尾", "正文"],
    ),
    "empty elements of XML": (
        '<p>一<span/><br/>二<i class="a > b"/></p><div/><p>三</p><script src="x"/><p>四</p>',
        ["一", "二", "三", "四"],
    ),
    "entities": ("<p>caf&eacute;&nbsp;&#20013;</p>", ["café 中"]),
    "other languages": ('<p lang="fr">Bonjour</p><p xml:lang="de">Hallo</p><p>Hi</p>', ["Hi"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), CHAPTERS.values(), ids=CHAPTERS)
def test_the_text_of_a_chapter(body, expected):
    assert texts(book({"a.xhtml": body})) == expected


LINKS = "<h1>目录</h1>" + "".join(f'<p><a href="{number}.xhtml">第{number}章</a></p>' for number in range(9))
LEFT_OUT = {
    "navigation": {"items": item("x.xhtml", "nav") + item("one.xhtml")},
    "what is not linear": {"spine": entry("x.xhtml", ' linear="no"') + entry("one.xhtml")},
    "the cover": {"guide": '<guide><reference type="cover" href="x.xhtml#top"/></guide>'},
    "the contents": {"guide": '<guide><reference type="toc" href="x.xhtml"/></guide>'},
    "pictures": {"items": item("x.xhtml", kind="image/svg+xml") + item("one.xhtml")},
    "what the manifest does not have": {"items": item("one.xhtml")},
}


@pytest.mark.parametrize("arguments", LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_no_chapter(arguments):
    assert texts(book({"x.xhtml": "<p>没有</p>", "one.xhtml": "<p>有</p>"}, **arguments)) == ["有"]


def test_contents_that_nothing_calls_so():
    assert texts(book({"x.xhtml": LINKS, "one.xhtml": "<p>有</p>"})) == ["有"]


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("text/%E7%AC%AC%201.xhtml", "OEBPS/text/第 1.xhtml"),
        ("./a/../One.XHTML#start", "OEBPS/one.xhtml"),
        ("../one.xhtml", "one.xhtml"),
    ],
)
def test_names_of_members(href, name):
    manifest = f'<item id="a" href="{href}" media-type="{XHTML}"/>'
    assert texts(book({}, items=manifest, spine=entry("a"), more={name: CHAPTER.format("<p>好</p>")})) == ["好"]


def test_chapters_that_are_missing_or_damaged_are_findings():
    good = book(TWO, items=item("lost.xhtml") + item("one.xhtml"), spine=entry("lost.xhtml") + entry("one.xhtml"))
    document, findings = epub.read(good, "a.epub")
    assert [block.text for block in document.blocks] == ["第一章", "你好。"]
    assert [(each.level, each.message) for each in findings] == [
        ("warning", "a chapter cannot be read: a.epub is not a whole EPUB file (OEBPS/lost.xhtml is missing)"),
    ]
    data = bytearray(book({"one.xhtml": "<p>你好</p>" * 99, "two.xhtml": "<p>Hello</p>"}))
    start = data.index(b"OEBPS/one.xhtml") + len("OEBPS/one.xhtml")
    data[start : start + 60] = bytes(60)
    document, findings = epub.read(bytes(data), "a.epub")
    assert [block.text for block in document.blocks] == ["Hello"]
    message = "a chapter cannot be read: a.epub is not a whole EPUB file (OEBPS/one.xhtml is damaged)"
    assert [each.message for each in findings] == [message]


def test_the_title_of_the_text_where_the_book_has_none():
    assert epub.read(book(TWO, title=" "), "a.epub")[0].title == "第一章"


def test_encrypted_fonts_do_no_harm():
    encryption = ENCRYPTION.format("http://www.idpf.org/2008/embedding", "OEBPS/font.otf")
    assert texts(book(TWO, more={"META-INF/encryption.xml": encryption}))[1] == "你好。"


XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BAD = {
    "protected": (
        book(TWO, more={"META-INF/encryption.xml": ENCRYPTION.format("http://www.w3.org/2001/04/xmlenc#aes", "a")}),
        "a.epub is protected against copying (DRM): give the book without protection",
    ),
    "no archive": (b"hello", "a.epub is not a whole EPUB file: get or save it again"),
    "cut off": (book(TWO)[:-200], "a.epub is not a whole EPUB file: get or save it again"),
    "another archive": (archive({"a.txt": "x"}), "a.epub is no e-book, or a damaged one"),
    "no package": (archive({"META-INF/container.xml": CONTAINER.format("p.opf")}), "a.epub is no e-book, or a damaged"),
    "a broken package": (
        archive({"META-INF/container.xml": CONTAINER.format("p.opf"), "p.opf": "<package>"}),
        "a.epub: p.opf is not well-formed XML (line 1: ",
    ),
    "an external entity": (
        archive({"META-INF/container.xml": XXE + "<container>&e;</container>"}),
        "a.epub: META-INF/container.xml declares XML entities",
    ),
    "pictures": (book({"a.xhtml": '<img src="1.jpg" alt="page"/>'}), "a.epub has no text in it: its pages may be"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_bad_books(data, message):
    with pytest.raises(InputError) as raised:
        epub.read(data, "a.epub")
    assert str(raised.value).startswith(message)


def test_a_chapter_cannot_name_other_files():
    page = XXE + "<html><body><p>好&e;</p></body></html>"
    data = book({}, items=item("a.xhtml"), spine=entry("a.xhtml"), more={"OEBPS/a.xhtml": page})
    assert "root:" not in "".join(texts(data))


def test_a_book_that_unpacks_to_too_much_is_not_read():
    bomb = {"OEBPS/bomb.xhtml": "<p>" + "a" * 50_000_000}
    with pytest.raises(InputError, match=r"a\.epub unpacks to far more than the text of a EPUB file"):
        epub.read(book({"bomb.xhtml": "", **TWO}, more=bomb), "a.epub")


def test_books_are_recognised(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(book(TWO))
    assert len(readers.read(path)[0].blocks) == 4


def test_damage():
    assert_robust(epub.read, book(TWO), 300)
