from pathlib import Path

import pytest

from flashcards.errors import InputError, OutputError
from flashcards.files import MANIFEST, read_bytes, slug, write_all, write_result, write_results


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_all_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "taken").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write_all({tmp_path / "a": b"new", tmp_path / "deep" / "b": b"new", tmp_path / "taken": b"new"})
    assert everything(tmp_path) == {"a": b"old"}
    assert not (tmp_path / "deep").exists()


def test_folders_are_made(tmp_path: Path) -> None:
    write_all({tmp_path / "x" / "y" / "z": b"1"})
    assert everything(tmp_path) == {"x/y/z": b"1"}


def test_a_file_in_the_way_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"1")
    with pytest.raises(OutputError, match="cannot be written"):
        write_all({tmp_path / "file" / "b": b"2"})
    assert everything(tmp_path) == {"file": b"1"}


def test_reading_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_bytes(tmp_path / "none")
    with pytest.raises(InputError, match="is a folder"):
        read_bytes(tmp_path)


def test_results_replace_results(tmp_path: Path) -> None:
    write_results(tmp_path, {"a.txt": b"1", "b.txt": b"1"}, "deck")
    write_results(tmp_path, {"a.txt": b"2"}, "deck")
    write_results(tmp_path, {"b.txt": b"3"}, "deck")
    assert {k: v for k, v in everything(tmp_path).items() if k != MANIFEST} == {"a.txt": b"2", "b.txt": b"3"}


def test_results_never_replace_a_users_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"mine")
    with pytest.raises(OutputError, match="was not written by flashcards"):
        write_results(tmp_path, {"a.txt": b"2", "b.txt": b"2"}, "deck")
    assert everything(tmp_path) == {"a.txt": b"mine"}
    write_results(tmp_path, {"a.txt": b"2"}, "deck", force=True)
    assert (tmp_path / "a.txt").read_bytes() == b"2"


def test_results_that_are_no_longer_made_go(tmp_path: Path) -> None:
    write_results(tmp_path, {"a.txt": b"1", "b.txt": b"1"}, "deck")
    (tmp_path / "c.txt").write_bytes(b"mine")
    write_results(tmp_path, {"a.txt": b"2"}, "deck", obsolete=["a.txt", "b.txt", "c.txt"])
    assert {k: v for k, v in everything(tmp_path).items() if k != MANIFEST} == {"a.txt": b"2", "c.txt": b"mine"}


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_names_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_bytes(tmp_path / name)
    with pytest.raises(OutputError, match="cannot be written"):
        write_result(tmp_path / name, b"1", b"", [])
    with pytest.raises(OutputError, match="cannot be written"):
        write_results(tmp_path / name, {"a": b"1"}, "deck")
    assert everything(tmp_path) == {}


def test_results_of_another_deck_stay(tmp_path: Path) -> None:
    write_results(tmp_path, {"a.txt": b"1"}, "one")
    with pytest.raises(OutputError, match='results of "one"'):
        write_results(tmp_path, {"a.txt": b"2"}, "two")
    assert (tmp_path / "a.txt").read_bytes() == b"1"


def test_one_result(tmp_path: Path) -> None:
    source, target = tmp_path / "source.md", tmp_path / "pairs.tsv"
    source.write_bytes(b"zh\ten")
    write_result(target, b"zh\ten\n1", b"zh\ten", [source])
    write_result(target, b"zh\ten\n2", b"zh\ten", [source])
    assert target.read_bytes() == b"zh\ten\n2"
    with pytest.raises(OutputError, match="is a source"):
        write_result(source, b"zh\ten\n2", b"zh\ten", [source], force=True)
    target.write_bytes(b"my notes")
    with pytest.raises(OutputError, match="something else"):
        write_result(target, b"zh\ten\n2", b"zh\ten", [source])
    assert target.read_bytes() == b"my notes"


@pytest.mark.parametrize(
    ("name", "expected"), [("Speech", "speech"), ("a/b c", "a-b-c"), ("第一课", "第一课"), ("--", "deck")]
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected
