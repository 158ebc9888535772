"""PDFs for the tests, set by Typst in the sheets' own font."""

import hashlib
import json
import struct
import zlib

import typst

from flashcards.sheets import font

_OPENING = """
#let data = json(bytes(sys.inputs.data))
#set page(width: 420pt, height: 595pt, margin: 50pt)
#set text(font: "Quiz Kai SC", size: 11pt, lang: "en", hyphenate: true)
"""
TABLE = "#table(columns: 2, ..data.zh.zip(data.en).flatten())"


def pdf(template, **data):
    """A PDF of a Typst template that finds its texts in `data`; pages have room for some 33 lines of 320 points."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font.FOLDER])
    values = {"data": json.dumps(data, ensure_ascii=False)}
    return typst.compile((_OPENING + template).encode(), format="pdf", font_paths=fonts, sys_inputs=values)


def drawn(content, *, font=b"", page=b""):
    """A PDF of one page whose content is given as it stands, with Helvetica as /F1."""
    return _file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> %s >>" % page,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>" if font else
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(font), font),
    )  # fmt: skip


def locked(password=b"secret"):
    """An empty PDF that is encrypted with RC4 and a key of 40 bits (PDF Reference 1.4, 3.5.2, algorithms 2 and 4).

    It opens with nothing less than its user password; the owner's entry is made up.
    """
    owner, identity, permissions = bytes(32), bytes(16), -4
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    seed = (password + padding)[:32] + owner + permissions.to_bytes(4, "little", signed=True) + identity
    user = _rc4(hashlib.md5(seed).digest()[:5], padding)
    return _file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>"
        % (owner.hex().encode(), user.hex().encode(), permissions),
        trailer=b"/Encrypt 4 0 R /ID [<%s> <%s>]" % ((identity.hex().encode(),) * 2),
    )


def _file(*objects, trailer=b""):
    """A PDF of some objects, the first of which is the catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = len(objects) + 1
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(body))
    return body + b"xref\n0 %d\n" % size + table + end


def _rc4(key, data):
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def png(width=300, height=300):
    """A white picture."""
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
