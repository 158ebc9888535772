"""The edge to the file system: reading with clear errors, writing whole or not at all."""

import contextlib
import io
import os
import re
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec

from flashcards.errors import InputError, OutputError


def read_bytes(path: Path, largest: int | None = None) -> bytes:
    """The file's bytes.

    Args:
        path: the file.
        largest: the most bytes that it may have; a larger file is not taken into memory.

    Raises:
        InputError: it does not exist, is a folder, may not be read, or is too large.
    """
    try:
        with path.open("rb") as file:
            if largest is None:
                return file.read()
            size = os.fstat(file.fileno()).st_size
            if size > largest:
                raise _too_large(str(path), f"{size / 1e6:.0f} MB, more", largest)
            return read_stream(file, str(path), largest)    # a pipe has no size before it is read
    except FileNotFoundError:
        raise InputError(f"{path}: no such file", "check the name and the folder") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder", "name a file in it") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read ({_reason(error)})", "check its name and permissions") from None


def read_stream(file: BinaryIO, name: str, largest: int) -> bytes:
    """All bytes of an open file or pipe.

    Raises:
        InputError: there are more than `largest`.
    """
    data = file.read(largest + 1)
    if len(data) > largest:
        raise _too_large(name, "more", largest)
    return data


def _too_large(name: str, size: str, largest: int) -> InputError:
    return InputError(f"{name} is {size} than the {largest / 1e6:g} MB that can be read", "split it into parts")


_MOST_ENTRIES = 10_000
_MOST_UNPACKED = 256_000_000    # bytes; a book with its pictures has some 50 million
_USUAL_UNPACKED = 16_000_000    # bytes that any archive may have, however well it is packed
_HIGHEST_RATIO = 100    # the XML of a large spreadsheet packs to a fortieth, a zip bomb to a thousandth
_CHUNK = 1 << 20
_IS_ENCRYPTED = 1    # a bit of an entry's flags
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})    # all that Office and EPUB allow
_LEVEL = 5    # a deck of 10,000 notes is packed in .09 s to 1.80 MB; 6, the usual one, takes .15 s, 9 .46 s (1.79 MB)
_EARLIEST = (1980, 1, 1, 0, 0, 0)    # the first moment that a zip archive can name
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, ValueError)


class Archive:
    """A document that is a zip archive, in memory: its entries are unpacked one by one, and never to disk.

    What they come to together is counted while they are unpacked; what the archive says of their sizes is not believed.
    """

    def __init__(self, archive: zipfile.ZipFile, source: str, what: str, limit: int) -> None:
        self._archive = archive
        self._source = source
        self._what = what
        self._left = limit
        self.names = tuple(archive.namelist())

    def read(self, name: str) -> bytes:
        """The bytes of an entry.

        Raises:
            InputError: there is no such entry, it is damaged, or the archive unpacks to too much.
        """
        parts = []
        try:
            with self._archive.open(name) as entry:
                while part := entry.read(min(_CHUNK, self._left + 1)):
                    self._left -= len(part)
                    if self._left < 0:
                        message = f"{self._source} unpacks to far more than the text of a {self._what} file"
                        raise InputError(message, "take out its pictures, or split it into parts")
                    parts.append(part)
        except KeyError:
            raise _broken(self._source, self._what, f"{name} is missing") from None
        except _BROKEN:
            raise _broken(self._source, self._what, f"{name} is damaged") from None
        return b"".join(parts)


def open_archive(data: bytes, source: str, what: str) -> Archive:
    """Open a document that is a zip archive.

    Args:
        data: the file's bytes.
        source: its name, for errors.
        what: the kind of document that it is taken for, such as "DOCX".

    Raises:
        InputError: it is no zip archive, damaged, protected by a password, of before 2007, or of too many entries.
    """
    if data.startswith(_COMPOUND_FILE):
        if _ENCRYPTED_PACKAGE in data:
            raise InputError(f"{source} has a password", "open it in Office and save it without one")
        remedy = "open it in Office and save it as .docx or .xlsx"
        raise InputError(f"{source} is an Office file of before 2007 (.doc, .xls, .ppt)", remedy)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise _broken(source, what) from None
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise InputError(f"{source} has {len(entries)} parts, far more than a {what} file", "split it into several")
    if any(entry.flag_bits & _IS_ENCRYPTED for entry in entries):
        raise InputError(f"{source} has a password", "save it without one")
    if not _PACKINGS.issuperset(entry.compress_type for entry in entries):
        raise _broken(source, what, "packed in a way that it cannot be")
    return Archive(archive, source, what, min(_MOST_UNPACKED, max(_USUAL_UNPACKED, _HIGHEST_RATIO * len(data))))


def _broken(source: str, what: str, detail: str = "") -> InputError:
    return InputError(f"{source} is not a whole {what} file{f' ({detail})' if detail else ''}", "get or save it again")


def pack_archive(entries: Mapping[str, bytes], stored: Collection[str] = ()) -> bytes:
    """A zip archive that is the same on any day and in any folder.

    Args:
        entries: the contents by their names, in the order in which they are packed.
        stored: the names of those that are not compressed, so that they can be seen in the archive's bytes.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = 3    # Unix, wherever it is made
            entry.external_attr = 0o644 << 16
            packing = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, packing, compresslevel=_LEVEL)
    return out.getvalue()


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write several files so that either all of them are new and whole, or all are as they were before.

    Every file is first written beside its destination; only when all have been written are they moved into place. (If
    the system refuses one of those moves, as Windows does for a file that is open, the ones before it stay new.)

    Raises:
        OutputError: a folder cannot be made or written to, or a destination is a folder.
    """
    staged: dict[Path, Path] = {}
    made: list[Path] = []
    path = Path()
    try:
        for path, data in contents.items():
            made += _make_folder(path.parent)
            if path.is_dir():
                raise OutputError(f"{path} is a folder", "choose another name")
            handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
            staged[path] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            _give_usual_mode(Path(name))
        for path, temporary in staged.items():
            temporary.replace(path)
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)
        for folder in reversed(made):
            with contextlib.suppress(OSError):    # not empty: the files are in place
                folder.rmdir()


def _unwritable(place: Path | str, error: Exception) -> OutputError:
    return OutputError(f"{place} cannot be written ({_reason(error)})", "choose another place")


def _reason(error: Exception) -> str:
    """What the system says, in a few words."""
    return getattr(error, "strerror", None) or str(error)


def _make_folder(folder: Path) -> list[Path]:
    """Make the folder and those above it; return the ones that were not there."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
    return missing[::-1]


def _give_usual_mode(path: Path) -> None:
    """Temporary files are private; give it the mode that an ordinary new file would have."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def slug(name: str) -> str:
    """A file name's stem as an id: lower-case letters (of any script), digits and hyphens.

    >>> slug("My Lesson (1)"), slug("上海 精神"), slug("...")
    ('my-lesson-1', '上海-精神', 'deck')
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "-", text).strip("-") or "deck"


class _Manifest(msgspec.Struct, forbid_unknown_fields=True):
    """What a folder of results remembers: whose they are, of which text ("" if a recipe says it), and their names."""

    owner: str
    files: list[str]
    source: str = ""


MANIFEST = ".flashcards.json"


def write_results(
    folder: Path,
    contents: Mapping[str, bytes],
    owner: str,
    *,
    source: str = "",
    also: Mapping[Path, bytes] | None = None,
    obsolete: Collection[str] = (),
    force: bool = False,
) -> None:
    """Write a set of results into their folder, whole or not at all; files of the user's own are not replaced.

    Args:
        folder: made if it does not exist.
        contents: the files by their names.
        owner: the id of the deck that they belong to.
        source: the text that they are made from, where no recipe vouches for the id.
        also: files elsewhere that must change with them, without further question.
        obsolete: results that an earlier run may have left and that are removed if they are not among the contents.
        force: replace files that this program did not write there.

    Raises:
        OutputError: the folder holds another deck's results, or a file of the user's by one of the names; or it cannot
            be written to.
    """
    try:
        if folder.is_file():
            raise OutputError(f"{folder} cannot be written (it is a file)", "choose a folder with --out")
        manifest = _read_manifest(folder / MANIFEST)
        there = [name for name in contents if (folder / name).exists()]
    except (OSError, ValueError) as error:
        raise _unwritable(folder, error) from None
    written = manifest.files if manifest else []
    if not force:
        if manifest and (manifest.owner != owner or (source and manifest.source not in ("", source))):
            remedy = "choose another folder with --out, or give --force"
            raise OutputError(f'{folder} holds the results of "{manifest.source or manifest.owner}"', remedy)
        for name in there:
            if name not in written:
                remedy = "move it, choose another folder with --out, or give --force"
                raise OutputError(f"{folder / name} is there already and was not written by flashcards", remedy)
    stale = [name for name in written if name in obsolete and name not in contents]
    known = sorted({*contents, *written} - set(stale))
    note = msgspec.json.encode(_Manifest(owner, known, source)) + b"\n"
    results = {folder / name: data for name, data in contents.items()}
    write_all({folder / MANIFEST: note, **results, **(also or {})})
    for name in stale:
        (folder / name).unlink(missing_ok=True)


def has_written(folder: Path, name: str) -> bool:
    """Whether `write_results` has written a result of that name into the folder."""
    with contextlib.suppress(ValueError):    # no name that a folder can have
        manifest = _read_manifest(folder / MANIFEST)
        return manifest is not None and name in manifest.files
    return False


def _read_manifest(path: Path) -> _Manifest | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Manifest)
    except (OSError, msgspec.DecodeError):
        return None


def write_result(
    path: Path,
    data: bytes,
    mark: bytes,
    sources: Iterable[Path],
    *,
    also: Mapping[Path, bytes] | None = None,
    force: bool = False,
) -> None:
    """Write one result where the user wants it, but not over anything else.

    Args:
        path: the destination.
        data: the file's bytes.
        mark: how a file of this kind begins; one that begins so may be replaced.
        sources: files that must stay what they are, even with `force`.
        also: files elsewhere that must change with it, without further question.
        force: replace any other file.

    Raises:
        OutputError: the destination is a source or another kind of file, or it cannot be written to.
    """
    try:
        if any(source.exists() and path.exists() and path.samefile(source) for source in sources):
            raise OutputError(f"{path} is a source", "choose another name with -o")
        if path.is_file() and not force and path.stat().st_size and not path.read_bytes().startswith(mark):
            raise OutputError(f"{path} is there already and is something else", "choose another name, or give --force")
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None
    write_all({path: data, **(also or {})})
