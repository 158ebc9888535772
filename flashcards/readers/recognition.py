"""Which format a file is in, told by its content: the marks that formats begin with, and the members of archives."""

import re
import zipfile
from io import BytesIO

from flashcards.errors import InputError

_HEAD = 4096    # bytes; more than any prologue of XML or list of comments that was seen

_SAVE_AS = "save it as .docx, .pdf or .txt"
_FOREIGN_MARKS: tuple[tuple[bytes, int, str, str], ...] = (
    # The mark, its offset in bytes, what the file is, what to do.
    (b"\x89PNG", 0, "a picture", "type its text, or have it recognised (OCR)"),
    (b"\xff\xd8\xff", 0, "a picture", "type its text, or have it recognised (OCR)"),
    (b"GIF8", 0, "a picture", "type its text, or have it recognised (OCR)"),
    (b"II*\0", 0, "a picture", "type its text, or have it recognised (OCR)"),
    (b"MM\0*", 0, "a picture", "type its text, or have it recognised (OCR)"),
    (b"WEBP", 8, "a picture", "type its text, or have it recognised (OCR)"),
    (b"ftyphei", 4, "a picture", "type its text, or have it recognised (OCR)"),
    (b"ftypM4A", 4, "a sound recording", "give its text"),
    (b"WAVE", 8, "a sound recording", "give its text"),
    (b"ID3", 0, "a sound recording", "give its text"),
    (b"OggS", 0, "a sound recording", "give its text"),
    (b"fLaC", 0, "a sound recording", "give its text"),
    (b"ftyp", 4, "a video", "give its subtitles (.srt, .vtt or .ass)"),
    (b"AVI ", 8, "a video", "give its subtitles (.srt, .vtt or .ass)"),
    (b"\x1aE\xdf\xa3", 0, "a video", "give its subtitles (.srt, .vtt or .ass)"),
    (
        b"\xd0\xcf\x11\xe0",
        0,
        "an Office file of before 2007 (.doc, .xls, .ppt), or one with a password",
        "save it as .docx or .xlsx without a password",
    ),
    (b"{\\rtf", 0, "in Rich Text Format (.rtf)", _SAVE_AS),
    (b"BOOKMOBI", 60, "a Kindle book", "give it as .epub"),
    (b"\x1f\x8b", 0, "a gzip archive", "unpack it first"),
    (b"7z\xbc\xaf", 0, "a 7-Zip archive", "unpack it first"),
    (b"Rar!", 0, "a RAR archive", "unpack it first"),
)
_MEMBERS = (
    # The beginning of a member's name, and the format of the archive that has one.
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("META-INF/container.xml", "epub"),
)
_FOREIGN_MEMBERS = (
    ("ppt/", "a PowerPoint file (.pptx)", _SAVE_AS),
    ("Index/", "an Apple iWork file (.pages, .numbers, .key)", f"export it: {_SAVE_AS}"),
    ("index.apxl", "an Apple Keynote file", f"export it: {_SAVE_AS}"),
    ("index.xml", "an Apple iWork file (.pages, .numbers)", f"export it: {_SAVE_AS}"),
    ("collection.anki", "an Anki deck", "give the text that it was made from"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"

_PDF = re.compile(rb"^%PDF-\d", re.MULTILINE)
_TEXT_MARKS = (
    ("mhtml", re.compile(r"(?:From|MIME-Version|Snapshot-Content-Location):(?s:.*)multipart/related", re.IGNORECASE)),
    ("subtitles", re.compile(r"WEBVTT(?=\s|$)")),
    ("subtitles", re.compile(r"(?:[;!][^\n]*\n\s*)*\[Script Info\]", re.IGNORECASE)),
    ("subtitles", re.compile(r"\d+[ \t]*\r?\n\d{1,3}:\d\d:\d\d[,.]\d{1,3}[ \t]*-->")),
)
_PROLOGUE = re.compile(r"(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>]|\[[^\]]*\])*>|\s)*+", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_ROOTS = {"tmx": "tmx", "xliff": "xliff", "html": "html"}
_HTML = re.compile(r"(?:<!--.*?-->|\s)*+<!doctype\s+html", re.DOTALL | re.IGNORECASE)


def recognise(data: bytes, source: str) -> str:
    """The name of the format that the content proves a file to be in; "" if it may be any kind of plain text.

    Raises:
        InputError: the file is a picture, a recording, or a document of a kind that there is no reader for.
    """
    if _PDF.search(data[:1024]):    # some begin with what a mail program left there
        return "pdf"
    if data.startswith(b"bplist00") and b"WebMainResource" in data:
        return "webarchive"
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data, source)
    for mark, offset, what, remedy in _FOREIGN_MARKS:
        if data.startswith(mark, offset):
            raise InputError(f"{source} is {what}", remedy)
    return _of_text(_head(data))


def _of_archive(data: bytes, source: str) -> str:
    """The format of a ZIP archive, by the names of its members."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise InputError(f"{source} is a damaged document or ZIP archive", "get or save it again") from None
    if _OPEN_DOCUMENT.encode() in data[:_HEAD]:    # the first member's content, which this format never compresses
        raise InputError(f"{source} is an OpenDocument file (.odt, .ods, .odp)", _SAVE_AS)
    for beginning, format in _MEMBERS:
        if any(name.startswith(beginning) for name in names):
            return format
    for beginning, what, remedy in _FOREIGN_MEMBERS:
        if any(name.startswith(beginning) for name in names):
            raise InputError(f"{source} is {what}", remedy)
    raise InputError(f"{source} is a ZIP archive", "unpack it first")


def _head(data: bytes) -> str:
    """The beginning of a text in any encoding: the marks of formats are in ASCII."""
    head = data[:_HEAD]
    is_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16", errors="replace") if is_utf16 else head.replace(b"\0", b"").decode("latin-1")
    return text.removeprefix("ï»¿").lstrip()


def _of_text(head: str) -> str:
    for format, mark in _TEXT_MARKS:
        if mark.match(head):
            return format
    if _HTML.match(head):
        return "html"
    prologue = _PROLOGUE.match(head)
    root = _ROOT.match(head, prologue.end() if prologue else 0)
    return _ROOTS.get(root[1].lower(), "") if root else ""
