"""What the readers take from pages that browsers save in one file."""

import plistlib
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from flashcards import readers
from flashcards.errors import InputError
from flashcards.readers import web_archive
from tests.readers.fuzz import assert_robust

PAGE = "<html><head><title>标题</title></head><body><p>中国将坚定不移走和平发展道路。</p><p>Hello.</p></body></html>"


def mhtml(page=PAGE, charset="utf-8", kind="html"):
    message = MIMEMultipart("related")
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://example.org/"
    part = MIMEText("", kind, charset)
    part.set_payload(page.encode(charset), charset)
    message.attach(part)
    message.attach(MIMEText("p { color: red }", "css"))
    message.attach(MIMEText("<p>An advertisement in a frame</p>", "html"))
    return message.as_bytes()


def webarchive(page=PAGE, charset="utf-8"):
    resource = {
        "WebResourceData": page.encode(charset),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": charset,
    }
    return plistlib.dumps({"WebMainResource": resource, "WebSubresources": []}, fmt=plistlib.FMT_BINARY)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
@pytest.mark.parametrize(("make", "suffix"), [(mhtml, ".mhtml"), (mhtml, ".mht"), (webarchive, ".webarchive")])
def test_pages_in_one_file(tmp_path, make, suffix, charset):
    path = tmp_path / f"page{suffix}"
    path.write_bytes(make(charset=charset))
    document, findings = readers.read(path)
    assert document.title == "标题"
    assert [block.text for block in document.blocks] == ["中国将坚定不移走和平发展道路。", "Hello."]
    assert findings == ()


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (web_archive.read_mhtml, b"hello"),
        (web_archive.read_mhtml, b""),
        (web_archive.read_webarchive, b"bplist00"),
        (web_archive.read_webarchive, plistlib.dumps({"WebMainResource": "x"})),
        (web_archive.read_webarchive, plistlib.dumps(["x"])),
    ],
)
def test_files_without_a_page(read, data):
    with pytest.raises(InputError, match="a has no web page in it: save the page again"):
        read(data, "a")


def test_parts_within_parts_without_end():
    boundaries = "".join(f"Content-Type: multipart/mixed; boundary={depth}\n\n--{depth}\n" for depth in range(3000))
    with pytest.raises(InputError, match="a is nested too deeply"):
        web_archive.read_mhtml(boundaries.encode(), "a")


@pytest.mark.parametrize(
    ("read", "make"), [(web_archive.read_mhtml, mhtml), (web_archive.read_webarchive, webarchive)]
)
def test_damage(read, make):
    assert_robust(read, make(), 400)
