"""The format is told by the content, then by the suffix; what cannot be read is named."""

import io
import os
import sys
import zipfile

import pytest

from flashcards import build, readers
from flashcards.errors import InputError
from flashcards.readers.recognition import recognise


def archive(*members, mimetype=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for member in members:
            made.writestr(member, "x")
    return buffer.getvalue()


SRT = "1\n00:00:01,000 --> 00:00:02,000\n你好。\nHello.\n"
TMX = '<?xml version="1.0"?>\n<!-- made by hand --><!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">'
RECOGNISED = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    "PDF behind a mail program's lines": (b"Content-Type: application/pdf\r\n\r\n%PDF-1.4\n", "pdf"),
    "Word": (archive("[Content_Types].xml", "word/document.xml"), "docx"),
    "Word with a sheet in it": (archive("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"), "docx"),
    "Excel": (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    "EPUB": (archive("META-INF/container.xml", mimetype="application/epub+zip"), "epub"),
    "TMX": (TMX.encode(), "tmx"),
    "TMX in UTF-16": (TMX.encode("utf-16"), "tmx"),
    "TMX in UTF-16 without a mark": (TMX.encode("utf-16-le"), "tmx"),
    "TMX with entities declared": (b'<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', "tmx"),
    "XLIFF": (b'\xef\xbb\xbf<?xml version="1.0"?>\n<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2">', "xliff"),
    "XLIFF with a prefix": (b'<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:1.2">', "xliff"),
    "HTML": (b"\n<!-- saved -->\n<!DOCTYPE HTML PUBLIC>\n<p>", "html"),
    "HTML without a doctype": (b"<html lang=zh>", "html"),
    "XHTML": (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "html"),
    "a page saved by Chrome": (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=x", "mhtml",
    ),
    "a page saved by Safari": (b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource", "webarchive"),
    "SRT": (SRT.encode(), "subtitles"),
    "SRT of Windows in GB 18030": (SRT.replace("\n", "\r\n").encode("gb18030"), "subtitles"),
    "SRT with a mark": (SRT.encode("utf-8-sig"), "subtitles"),
    "WebVTT": (b"\xef\xbb\xbfWEBVTT - some words\n\n", "subtitles"),
    "ASS": (b"; by an editor\n\n[Script Info]\nTitle: x\n", "subtitles"),
    "a text about WebVTT": (b"WEBVTTs are files", ""),
    "a numbered text": (b"1\nThe first chapter\n", ""),
    "a text that begins with a tag": (b"<b>Hello</b>", ""),
    "a text that begins with an arrow": ("<- 你好".encode(), ""),
    "text": ("你好".encode(), ""),
    "many empty comments": (b"<!---->" * 500 + b"<p>", ""),
    "many declarations": (b"<!DOCTYPE a " + b"[]" * 1500, ""),
    "many remarks": (b";          \n" * 400, ""),
}


@pytest.mark.parametrize(("data", "format"), RECOGNISED.values(), ids=RECOGNISED)
def test_formats_are_told_by_their_content(data, format):
    assert recognise(data, "a") == format


FOREIGN = {
    "PNG": (b"\x89PNG\r\n\x1a\n\0", "a is a picture: type its text"),
    "JPEG": (b"\xff\xd8\xff\xe0\0", "a is a picture"),
    "WebP": (b"RIFF\x10\0\0\0WEBPVP8 ", "a is a picture"),
    "HEIC": (b"\0\0\0\x18ftypheic", "a is a picture"),
    "MP3": (b"ID3\x03\0", "a is a sound recording"),
    "MP4": (b"\0\0\0\x18ftypisom", r"a is a video: give its subtitles \(.srt, .vtt or .ass\)"),
    "Matroska": (b"\x1aE\xdf\xa3\x01", "a is a video"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a is an Office file of before 2007 .*: save it as .docx"),
    "RTF": (b"{\\rtf1\\ansi", "a is in Rich Text Format .*: save it as .docx"),
    "ODT": (archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "a is an OpenDocument file"),
    "PowerPoint": (archive("[Content_Types].xml", "ppt/presentation.xml"), "a is a PowerPoint file"),
    "Pages": (archive("Index/Document.iwa"), "a is an Apple iWork file .*: export it"),
    "an Anki deck": (archive("collection.anki2"), "a is an Anki deck"),
    "a ZIP archive": (archive("a.txt"), "a is a ZIP archive: unpack it first"),
    "half a Word file": (archive("word/document.xml")[:60], "a is a damaged document"),
    "gzip": (b"\x1f\x8b\x08\0", "a is a gzip archive"),
}


@pytest.mark.parametrize(("data", "message"), FOREIGN.values(), ids=FOREIGN)
def test_what_cannot_be_read_is_named(data, message):
    with pytest.raises(InputError, match=message):
        recognise(data, "a")


def test_the_content_wins_over_a_wrong_suffix(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n你好。\nHello.\n", encoding="utf-8")
    document, findings = readers.read(path)
    assert [block.text for block in document.blocks] == ["你好。", "Hello."]
    assert "the suffix is .md, but the content is subtitles" in findings[0].message
    assert readers.read(path, "plain")[0].blocks[0].text == "WEBVTT"


def test_standard_input_is_told_by_its_content(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SRT.encode())))
    assert [block.text for block in readers.read("-")[0].blocks] == ["你好。", "Hello."]


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        os.truncate(file.fileno(), readers.LARGEST + 20_000_000)
    with pytest.raises(InputError, match=r"a\.txt is 120 MB, more than the 100 MB that can be read: split it"):
        readers.read(path)


def test_a_pipe_that_is_too_large_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr(readers, "LARGEST", 1_000_000)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a" * 3_000_000)))
    with pytest.raises(InputError, match="standard input is more than the 1 MB that can be read"):
        readers.read("-")
    assert sys.stdin.buffer.tell() == 1_000_001


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.docx", "a"])
def test_an_empty_file_in_any_format(tmp_path, name):
    (tmp_path / name).touch()
    with pytest.raises(InputError, match=rf"{name} is empty"):
        readers.read(tmp_path / name)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a"])
def test_lines_are_units_of_their_own_if_that_is_wanted(tmp_path, name):
    (tmp_path / name).write_text("你好，\n世界。\nHello,\nworld.\n", encoding="utf-8")
    document, _ = build.read_sources([tmp_path / name], "lines")
    assert [block.text for block in document.blocks] == ["你好，", "世界。", "Hello,", "world."]


def test_a_format_without_lines_keeps_its_blocks(tmp_path):
    (tmp_path / "a.srt").write_text(SRT, encoding="utf-8")
    document, _ = build.read_sources([tmp_path / "a.srt"], "lines")
    assert [block.text for block in document.blocks] == ["你好。", "Hello."]


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["Hello.", "Bye.", "Thanks."], "0.txt, .*1.txt and .*2.txt have no Chinese: give a Chinese text"),
        (["Hello."], "0.txt has no Chinese in it"),
    ],
)
def test_files_that_are_all_in_english(tmp_path, texts, message):
    paths = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        build.read_sources(paths)
