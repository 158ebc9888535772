"""From a file's bytes to text, with a clear word where that cannot be done."""

from flashcards.errors import InputError
from flashcards.text.clean import clean, normalise_line_ends


def decode(data: bytes, source: str) -> str:
    """The text of a file that has some, with line feeds at the ends of its lines.

    Raises:
        InputError: the file is empty, binary, or neither in UTF-8 nor in UTF-16 with a byte order mark.
    """
    text = decode_any(data, source)
    if not clean(text).strip():
        raise InputError(f"{source} is empty", "give a file with a Chinese text and its English translation")
    return text


def decode_any(data: bytes, source: str) -> str:
    """The same for a file that may be empty."""
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in data and not is_utf16:
        raise InputError(f"{source} is not text (byte {data.index(0) + 1} is zero)", "give a text file")
    try:
        return normalise_line_ends(data.decode("utf-16" if is_utf16 else "utf-8-sig"))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError(
            f"{source} is not in UTF-8 (line {line}, byte {error.start + 1} of the file)", "save it as UTF-8 text"
        ) from None
