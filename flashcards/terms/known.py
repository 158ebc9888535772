"""Lists of known words: a file with a word a line, an export of Anki's, the fields of a note."""

import csv
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from flashcards.model import HAN, Finding, Place

_MARKUP = re.compile(r"<[^>]*>|\[[^\]]*\]|[(（][^)）]*[)）]")
_WORD = re.compile(rf"(?=.*[{HAN}])[\w·]+")
_SEVERAL = re.compile(r"[|/／、]")
_NUMBER = re.compile(r"(?<=\D)\d$")
_SEPARATOR = re.compile(r"#separator:(\w+)", re.IGNORECASE)
_OTHER_COLUMN = re.compile(r"#(?:guid|notetype|deck|tags) column:(\d+)", re.IGNORECASE)
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}


def words_in(fields: Iterable[str]) -> tuple[str, ...]:
    """The words in the first of the fields that is Chinese and nothing else, () if none is.

    HTML, readings and remarks in brackets, and the number of a homograph do not count: 你好[nǐ hǎo], 打(电话), 会1. A
    field may name several: 爸爸|爸.
    """
    for field in fields:
        bare = _MARKUP.sub("", html.unescape(field)).strip()
        parts = [_NUMBER.sub("", part.strip()) for part in _SEVERAL.split(bare)]
        if parts and all(_WORD.fullmatch(part) for part in parts):
            return tuple(parts)
    return ()


def listed(lines: Sequence[str], source: str) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The words of a list, and a finding if some of its lines have none.

    Args:
        lines: one word a line, the first Chinese column of a table with tabs, commas or semicolons counting; blank
            lines and those that begin with # are passed over, and so is a first line without Chinese, a header. Of the
            notes that Anki exports as text, the columns before the fields are known by its own headings.
        source: the file's name, for the finding.
    """
    # Anki says which columns hold no field; only what it writes may have fields with line ends in them.
    others = {int(match[1]) - 1 for line in lines if (match := _OTHER_COLUMN.match(line))}
    declared = next((match[1].casefold() for line in lines if (match := _SEPARATOR.match(line))), "")
    words: dict[str, None] = {}
    strange = []
    for number, (place, record) in enumerate(_records(lines, _SEPARATORS.get(declared, ""))):
        found = words_in(field for column, field in enumerate(record) if column not in others)
        words.update(dict.fromkeys(found))
        if not found and number:
            strange.append((place, "".join(record).strip()))
    if strange or not words:
        remedy = "give one Chinese word a line"
        if strange:
            (place, example), count = strange[0], len(strange)
            have = "1 line has" if count == 1 else f"{count} lines have"
            message = f"{have} no Chinese word and tell nothing of what is known, such as {example[:40]}"
        else:
            place, message = 0, "there is no Chinese word in it, so it tells nothing of what is known"
        return tuple(words), (Finding("terms", Place(source, place), "warning", message, remedy),)
    return tuple(words), ()


def _records(lines: Sequence[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that say something as fields, with their numbers from 1."""
    said = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and line.lstrip()[0] != "#"]
    if separator:
        reader = csv.reader((line + "\n" for _, line in said), delimiter=separator)
        before = 0
        with suppress(csv.Error):    # a quotation mark that nothing closes: there is no more to be had
            for record in reader:
                yield said[before][0], record
                before = reader.line_num
        return
    for number, line in said:
        delimiter = next((each for each in "\t;," if each in line), ",")
        try:
            yield number, next(csv.reader([line], delimiter=delimiter))
        except csv.Error:
            yield number, line.split(delimiter)
