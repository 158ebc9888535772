"""A program of the user's own: what it is told, what may become of a text, and how it fails."""

import json
import shlex
import sys
from pathlib import Path

import pytest

from flashcards import audio
from flashcards.audio import Spoken
from flashcards.audio.command import Command
from flashcards.errors import FlashcardsError, InputError, MissingError, UsageError

from .sounds import tone

HELLO = Spoken("你好", "ni2hao3")
ARGUMENTS = """
import json, os, sys
told = [sys.argv[2:], os.environ["FLASHCARDS_TEXT"], os.environ["FLASHCARDS_PINYIN"], sys.stdin.read()]
open(sys.argv[1], "wb").write(b"ID3" + json.dumps(told).encode())
"""


def python(code: str, *arguments: str) -> str:
    """A command that runs Python."""
    return shlex.join([sys.executable, "-c", code, *arguments])


def told(spoken: Spoken, *arguments: str) -> list[list[str] | str]:
    """What a program hears of a text: its arguments, the environment, its input."""
    sound = audio.provider("command:" + python(ARGUMENTS, "{out}", *arguments)).speak(spoken)
    heard: list[list[str] | str] = json.loads(sound.removeprefix(b"ID3"))
    return heard


def test_what_a_program_is_told() -> None:
    assert told(HELLO, "{text}", "--reading={pinyin}") == [["你好", "--reading=ni2hao3"], "你好", "ni2hao3", ""]


HOSTILE = {
    "an option": ("--help", " --help"),
    "a file": ("@/etc/passwd", " @/etc/passwd"),
    "a switch": ("/?", " /?"),
    "shell syntax": ("$(touch x); `touch x` | touch x", " $(touch x); `touch x` | touch x"),
    "words of a shell": ("你好; touch x", "你好; touch x"),
    "a place": ("{out} {pinyin}", " {out} {pinyin}"),
    "quotation marks": ("'\"", " '\""),
    "lines": ("a\nb\r\nc", "a b c"),
    "control characters": ("a\x00\x1bb", "a b"),
    "half a character": ("a\ud800b", "a?b"),
    "Chinese marks": ("“你好”", "“你好”"),
}


@pytest.mark.parametrize(("text", "argument"), HOSTILE.values(), ids=HOSTILE)
def test_a_text_is_an_argument_and_nothing_else(
    text: str, argument: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments, environment, _, _ = told(Spoken(text, "x"), "{text}", "--text={text}")
    assert arguments == [argument, f"--text={argument}"]
    assert environment == argument.removeprefix(" ")
    assert list(tmp_path.iterdir()) == []


WRITES = {
    "MP3 to its output": (b"ID3sound", ".mp3"),
    "bare frames": (bytes([255, 243, 0, 0]), ".mp3"),
    "OGG": (b"OggSsound", ".ogg"),
    "WAV": (tone(0.01), ".wav"),
}


@pytest.mark.parametrize(("data", "suffix"), WRITES.values(), ids=WRITES)
@pytest.mark.parametrize("to", ["stdout", "file"])
def test_what_a_program_may_write(data: bytes, suffix: str, to: str, tmp_path: Path) -> None:
    source = tmp_path / "sound"
    source.write_bytes(data)
    copy = "import shutil, sys; shutil.copyfileobj(open(sys.argv[1], 'rb'), "
    line = (
        python(f"{copy}sys.stdout.buffer)", str(source))
        if to == "stdout"
        else python(f"{copy}open(sys.argv[2], 'wb'))", str(source), "{out}")
    )
    found = audio.speak({"你好": HELLO}, audio.provider(f"command:{line}"), tmp_path / "cache", lambda _: None)
    assert found["你好"].suffix == suffix
    assert found["你好"].read_bytes() == data


FAILS = {
    "a code": (python("import sys; sys.exit(3)"), "ended with the code 3"),
    "a complaint": (python("import sys; sys.exit('a\\nno voice\\n')"), "ended with the code 1 (no voice)"),
    "nothing on its output": (python("pass"), "wrote nothing to its output"),
    "no file": (python("print('done')", "{out}"), "wrote nothing to {out}"),
    "an empty file": (python("import sys; open(sys.argv[1], 'w')", "{out}"), "wrote nothing to {out}"),
    "no sound": (python("print('<html>')"), "neither MP3 nor WAV nor OGG"),
}


@pytest.mark.parametrize(("line", "message"), FAILS.values(), ids=FAILS)
def test_how_a_program_fails(line: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        audio.speak({"你好": HELLO}, audio.provider(f"command:{line}"), tmp_path, lambda _: None)
    assert message in caught.value.message
    assert '"你好"' in caught.value.message
    assert "\n" not in str(caught.value)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_program_that_never_ends() -> None:
    slow = Command((sys.executable, "-c", "import time; time.sleep(60)"), seconds=0.5)
    with pytest.raises(InputError, match=r"took more than 0\.5 seconds"):
        slow.speak(HELLO)


REFUSED: dict[str, tuple[str, type[FlashcardsError], str]] = {
    "nothing": ("", UsageError, "no command"),
    "an open quotation": ("say 'x", UsageError, "quotation"),
    "a text in a program for a shell": ("sh -c 'say {text}'", UsageError, "FLASHCARDS_TEXT"),
    "a text as a program for a shell": ("sh -c {text}", UsageError, "FLASHCARDS_TEXT"),
    "a text in an argument": ("say x{text}", UsageError, "a part of"),
    "no such program": ("no-such-program-xyz {text}", MissingError, "no-such-program-xyz"),
    "an empty program": ("'' {text}", MissingError, "no program"),
}


@pytest.mark.parametrize(("line", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_a_command_that_is_refused(
    line: str, error: type[FlashcardsError], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FLASHCARDS_AUDIO_COMMAND", raising=False)
    with pytest.raises(error, match=message):
        audio.provider(f"command:{line}")


def test_a_batch_file_is_refused(tmp_path: Path) -> None:
    batch = tmp_path / "say.bat"
    batch.write_text("")
    batch.chmod(0o755)
    with pytest.raises(UsageError, match="batch file"):
        audio.provider(f"command:{shlex.quote(str(batch))} {{text}}")


def test_the_command_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASHCARDS_AUDIO_COMMAND", python("print('x')"))
    assert audio.provider("command").settings[:2] == ("command", sys.executable)
