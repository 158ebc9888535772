"""Zip archives from strangers are opened within limits, and what is wrong with one is said in one line."""

import contextlib
import io
import random
import struct
import zipfile

import pytest

from flashcards import files
from flashcards.errors import InputError


def packed(entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def encrypted(data: bytes) -> bytes:
    """An archive with the flag of encryption set in the headers of its only entry."""
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        data = data[:at] + b"\x01\x00" + data[at + 2 :]
    return data


def with_claimed_size(data: bytes, size: int) -> bytes:
    """An archive that says that its only entry unpacks to so many bytes."""
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data = data[:at] + struct.pack("<I", size) + data[at + 4 :]
    return data


def compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")


def test_entries_are_read() -> None:
    archive = files.open_archive(packed({"a": b"1", "b/c": b"2"}), "x.docx", "DOCX")
    assert archive.names == ("a", "b/c")
    assert archive.read("b/c") == b"2"
    assert archive.read("b/c") == b"2"


BAD = {
    "not a zip": (b"PK\x03\x04 or not", "x.docx is not a whole DOCX file: get or save it again"),
    "cut off": (packed({"a": b"1" * 999})[:60], "x.docx is not a whole DOCX file"),
    "encrypted": (encrypted(packed({"a": b"1"})), "x.docx has a password: save it without one"),
    "an encrypted Office file": (compound("EncryptedPackage"), "x.docx has a password: open it in Office"),
    "an old Word file": (compound("WordDocument"), "x.docx is an Office file of before 2007 (.doc, .xls, .ppt)"),
    "another compression": (packed({"a": b"1"}, zipfile.ZIP_LZMA), "x.docx is not a whole DOCX file"),
    "many entries": (packed({str(i): b"" for i in range(10_001)}), "x.docx has 10001 parts"),
}


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_bad_archives(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as raised:
        files.open_archive(data, "x.docx", "DOCX")
    assert str(raised.value).startswith(message)


def test_a_missing_entry() -> None:
    archive = files.open_archive(packed({"a": b"1"}), "x.epub", "EPUB")
    with pytest.raises(InputError, match=r"x\.epub is not a whole EPUB file \(b is missing\)"):
        archive.read("b")


def test_a_damaged_entry() -> None:
    data = packed({"a": random.Random(1).randbytes(999)})
    archive = files.open_archive(data[:200] + b"\0" * 50 + data[250:], "x.epub", "EPUB")
    with pytest.raises(InputError, match="a is damaged"):
        archive.read("a")


@pytest.mark.parametrize("claimed", [None, 1], ids=["honest", "lying"])
def test_a_bomb_is_found_while_it_unpacks(claimed: int | None) -> None:
    data = packed({"a": bytes(40_000_000)})
    if claimed is not None:
        data = with_claimed_size(data, claimed)
    with pytest.raises(InputError, match=r"unpacks to far more|is damaged"):
        files.open_archive(data, "x.docx", "DOCX").read("a")


def test_entries_count_together() -> None:
    archive = files.open_archive(packed({name: bytes(6_000_000) for name in "abc"}), "x.docx", "DOCX")
    assert len(archive.read("a")) == len(archive.read("b")) == 6_000_000
    with pytest.raises(InputError, match="unpacks to far more"):
        archive.read("c")


def test_what_packs_as_text_does_is_read() -> None:
    chance = random.Random(1)
    data = chance.randbytes(1_000_000) + bytes(30_000_000)
    assert files.open_archive(packed({"a": data}), "x.xlsx", "XLSX").read("a") == data


def test_damage_gives_no_other_error() -> None:
    whole = packed({"a": b"1" * 99, "b": random.Random(1).randbytes(99)})
    chance = random.Random(2)
    for _ in range(300):
        data = bytearray(whole[: chance.randrange(1, len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(InputError):
            archive = files.open_archive(bytes(data), "x", "DOCX")
            for name in archive.names:
                archive.read(name)


def test_packing_gives_the_same_bytes_and_shows_what_is_stored() -> None:
    entries = {"b": b"first", "a": b"second" * 99}
    data = files.pack_archive(entries, stored=["b"])
    assert data == files.pack_archive(entries, stored=["b"])
    assert data.index(b"first") < 50
    archive = files.open_archive(data, "x", "DOCX")
    assert {name: archive.read(name) for name in archive.names} == entries
