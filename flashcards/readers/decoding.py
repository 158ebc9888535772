"""From a file's bytes to text, with a clear word where that cannot be done."""

from dataclasses import dataclass

from flashcards.errors import InputError
from flashcards.model import Finding, Place
from flashcards.readers.encodings import guess
from flashcards.text.clean import clean, normalise_line_ends

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, with line feeds at the ends of its lines, and the encoding that it was in."""

    text: str
    encoding: str

    def findings(self, source: str) -> tuple[Finding, ...]:
        """Which encoding was taken, if it was not UTF-8."""
        if self.encoding == "UTF-8":
            return ()
        remedy = "save it as UTF-8 if characters look wrong"
        return (Finding("text", Place(source), "info", f"not in UTF-8, read as {self.encoding}", remedy),)


def decode(data: bytes, source: str) -> str:
    """The text of a file that has some, with line feeds at the ends of its lines.

    Raises:
        InputError: the file is empty, binary, or in an encoding that cannot be told for sure.
    """
    return decode_with_findings(data, source)[0]


def decode_with_findings(data: bytes, source: str) -> tuple[str, tuple[Finding, ...]]:
    """The same, and a finding that names the encoding if it is not UTF-8.

    Raises:
        InputError: the file is empty, binary, or in an encoding that cannot be told for sure.
    """
    decoded = decode_any(data, source)
    if not clean(decoded.text).strip():
        raise InputError(f"{source} is empty", "give a file with a Chinese text, best with its English")
    return decoded.text, decoded.findings(source)


def decode_any(data: bytes, source: str) -> Decoded:
    """The text of a file that may be empty: in UTF-8, UTF-16, GB 18030 or Big5, or English in windows-1252.

    Raises:
        InputError: the file is binary, or in an encoding that cannot be told for sure.
    """
    decoded = _unicode(data) or _guessed(data, source)
    return Decoded(normalise_line_ends(decoded.text), decoded.encoding)


def _unicode(data: bytes) -> Decoded | None:
    """The text of a file that is in Unicode by its mark, or because there is nothing in it that UTF-8 has not."""
    try:
        if data.startswith(_UTF_16_MARKS):
            return Decoded(data.decode("utf-16"), "UTF-16")
        return None if b"\0" in data else Decoded(data.decode("utf-8-sig"), "UTF-8")
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes, source: str) -> Decoded:
    """The text of any other file, in the encoding that its characters are evidence for."""
    best = guess(data)
    if best and best.usable:
        return Decoded(best.text, best.encoding)
    if best:
        remedy = "give a Chinese text, best with its English; save it as UTF-8 if it is Chinese"
        raise InputError(f"{source} seems to be in {best.encoding}, which is not for Chinese", remedy)
    if b"\0" in data and not data.startswith(_UTF_16_MARKS):
        raise InputError(f"{source} is not text (byte {data.index(0) + 1} is zero)", "give a text file")
    raise InputError(
        f"{source} is not in UTF-8{_first_fault(data)}, nor clearly in another encoding", "save it as UTF-8 text"
    )


def _first_fault(data: bytes) -> str:
    """Where the bytes cease to be UTF-8."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return f" (line {line}, byte {error.start + 1} of the file)"
    return ""
