"""Decks with sound: built by the program, imported by real Anki."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from flashcards.__main__ import run
from flashcards.cards import read_lock
from flashcards.cards.lock import content_hash
from flashcards.cards.notetypes import note_type
from flashcards.model import Note
from tests.anki_collection import Anki

from .sounds import seconds_of

TEXT = """中国的银行为世界各国的企业提供了很多帮助。

China's banks have given much help to enterprises of all countries of the world.

我们要坚持共同发展，维护地区和平与安全。

We must pursue common development and safeguard peace and security in the region.
"""
needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bytes]:
    """Builds the text's deck with more arguments, and returns the package."""
    (tmp_path / "text.md").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)

    def build(*arguments: str) -> bytes:
        assert run(["build", "text.md", "--only", "deck", "-q", *arguments]) == 0
        return (tmp_path / "text" / "text.apkg").read_bytes()

    return build


def media(package: bytes) -> dict[str, bytes]:
    """The package's media by their names, and that none of them is packed twice over."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = json.loads(archive.read("media"))
        assert {archive.getinfo(entry).compress_type for entry in names} <= {zipfile.ZIP_STORED}
        return {name: archive.read(entry) for entry, name in names.items()}


@needs_espeak
def test_a_deck_that_espeak_reads(built: Callable[..., bytes], anki: Anki) -> None:
    package = built("--audio", "espeak")
    assert built("--audio", "espeak") == package
    sounds = media(package)
    assert len(sounds) > 3
    assert all(seconds_of(sound) > 0.2 for sound in sounds.values())
    anki.take(package)
    notes = [anki.col.get_note(id) for id in anki.col.find_notes("")]
    for note in notes:
        (name,) = re.findall(r"^\[sound:(fc-[0-9a-f]{8}-[0-9a-f]{8}\.mp3)\]$", note["Audio"])
        assert Path(anki.col.media.dir(), name).read_bytes() == sounds[name]
    for card in anki.cards():
        assert [tag.filename for tag in card.render_output().answer_av_tags] == [card.note()["Audio"][7:-1]]
    lengths = sorted((len(note["Hanzi"]), seconds_of(sounds[note["Audio"][7:-1]])) for note in notes)
    assert lengths[0][1] < lengths[-1][1]


@needs_espeak
def test_a_sound_that_comes_later_arrives_on_its_notes(
    built: Callable[..., bytes], anki: Anki, monkeypatch: pytest.MonkeyPatch
) -> None:
    anki.take(built())
    monkeypatch.setattr("time.time", lambda: 2_000_000_000)
    anki.take(built("--audio", "espeak"))
    assert anki.imported["new"] == 0
    assert anki.imported["updated"] == anki.col.note_count()


def test_a_deck_that_the_users_own_program_reads(built: Callable[..., bytes], tmp_path: Path) -> None:
    program = tmp_path / "say.py"
    program.write_text("import sys; open(sys.argv[2], 'wb').write(b'ID3' + sys.argv[1].encode())", "utf-8")
    package = built("--audio", f'command:"{sys.executable}" say.py {{text}} {{out}}')
    assert b"ID3" + "我们要坚持共同发展，维护地区和平与安全。".encode() in media(package).values()


def test_anki_reads_where_nothing_else_is_wanted(built: Callable[..., bytes]) -> None:
    assert media(built()) == {}
    assert built("--audio", "anki") == built()


def test_sounds_made_again_are_no_change_of_their_notes(built: Callable[..., bytes], tmp_path: Path) -> None:
    program = tmp_path / "say.py"
    line = f'command:"{sys.executable}" {{}} say.py {{text}} {{out}}'
    locks = []
    for take, options, cache in (("1", "-B", "a"), ("2", "-B", "b"), ("2", "-E", "b")):
        program.write_text(f"import sys; open(sys.argv[2], 'wb').write(b'ID3{take}' + sys.argv[1].encode())", "utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("flashcards.speaking.cache_folder", lambda cache=cache: tmp_path / cache)
            built("--audio", line.replace("{}", options, 1))
        locks.append(read_lock((tmp_path / "text" / "text.lock").read_bytes(), "lock"))
    first, again, other = ({entry.identity: entry.hash for entry in lock.notes} for lock in locks)
    assert first == again
    assert all(other[identity] != first[identity] for identity in first)


def test_what_of_a_sound_counts() -> None:
    def digest(audio: str) -> str:
        fields = tuple((name, audio if name == "Audio" else "") for name in note_type("term").fields)
        return content_hash(Note("a", "term", fields, (), (), 1))

    sound = "[sound:fc-00000001-00000002.mp3]"
    assert digest(sound) == digest("[sound:fc-00000001-ffffffff.mp3]")
    others = {digest("[sound:fc-00000003-00000002.mp3]"), digest("[sound:fc-00000001-00000002.ogg]"), digest("")}
    assert len({digest(sound), *others}) == 4


def test_a_recipe_asks_for_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "text.md").write_text(TEXT, "utf-8")
    (tmp_path / "text.toml").write_text('id = "text"\nsources = ["text.md"]\naudio = "command"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    code = "import sys; sys.stdout.buffer.write(b'ID3')"
    monkeypatch.setenv("FLASHCARDS_AUDIO_COMMAND", f'"{sys.executable}" -c "{code}"')
    assert run(["build", "text.toml", "--only", "deck", "-q"]) == 0
    assert set(media((tmp_path / "text" / "text.apkg").read_bytes()).values()) == {b"ID3"}


STOPPED = {
    "an unknown source": ("song", 2, 'no source of sound is called "song": there are espeak, edge, command, and anki'),
    "no speed": ("espeak:fast", 2, "80 to 450"),
    "no command": ("command", 2, "FLASHCARDS_AUDIO_COMMAND"),
    "a program that is not there": ("command:no-such-program-xyz", 5, 'no program "no-such-program-xyz"'),
    "a program that fails": (f'command:"{sys.executable}" -c "import sys; sys.exit(9)"', 3, "ended with the code 9"),
}


@pytest.mark.parametrize(("source", "code", "message"), STOPPED.values(), ids=STOPPED)
def test_what_stops_a_build(
    source: str, code: int, message: str, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.delenv("FLASHCARDS_AUDIO_COMMAND", raising=False)
    text = tmp_path / "text.md"
    text.write_text(TEXT, "utf-8")
    assert run(["build", str(text), "--audio", source, "--out", str(tmp_path / "out")]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert message in err
    assert not (tmp_path / "out").exists()


def test_a_machine_without_espeak(tmp_path: Path) -> None:
    text = tmp_path / "text.md"
    text.write_text(TEXT, "utf-8")
    arguments = [sys.executable, "-m", "flashcards", "build", str(text), "--audio", "espeak"]
    environment = {**os.environ, "PATH": ""}
    done = subprocess.run(arguments, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 5
    assert done.stderr.startswith("flashcards: espeak-ng is not installed: install espeak-ng 1.51")
