"""A program of the user's own: whatever reads Chinese on their machine."""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from flashcards.audio.providers import Spoken, quoted
from flashcards.errors import InputError, MissingError, UsageError
from flashcards.files import read_bytes

VARIABLE = "FLASHCARDS_AUDIO_COMMAND"
SECONDS = 120
"""How long one text may take: a large model on a slow machine loads for a minute."""

_LARGEST = 50_000_000
_PLACE = re.compile(r"\{(text|pinyin|out)\}")
_WHOLE = re.compile(r"(?:--?[\w-]+=)?\{(?:text|pinyin)\}")
_LOADED = re.compile(r"[!-/:-@\[-`{-~]")    # ASCII marks, of which one might mean something: -o, @file, /?
_RUNS = frozenset({"-c", "/c", "-e", "-command"})
"""Options behind which shells and interpreters expect a program."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Command:
    """A program and its arguments, with places for the text, its pinyin and the file to write."""

    arguments: tuple[str, ...]
    seconds: float = SECONDS
    at_once: int = 2

    @property
    def settings(self) -> tuple[str, ...]:
        """The whole command."""
        return "command", *self.arguments

    def given(self, spoken: Spoken) -> tuple[str, ...]:
        """The text and its pinyin."""
        return (spoken.text, spoken.pinyin) if any(map(str.isalnum, spoken.text)) else ()

    def speak(self, spoken: Spoken) -> bytes:
        """What the program writes to the file that it is told, or, if it is told none, to its output."""
        text, pinyin = _plain(spoken.text), _plain(spoken.pinyin)
        with tempfile.TemporaryDirectory(prefix="flashcards-") as folder:
            out, printed, complaint = (Path(folder) / name for name in ("sound.mp3", "printed", "complaint"))
            values = {"text": _harmless(text), "pinyin": _harmless(pinyin), "out": str(out)}
            arguments = [_PLACE.sub(lambda match: values[match[1]], each) for each in self.arguments]
            told = {"FLASHCARDS_TEXT": text, "FLASHCARDS_PINYIN": pinyin, "FLASHCARDS_OUT": str(out)}
            # Files, not pipes: a grandchild that holds a pipe open would outlast the time allowed.
            with printed.open("wb") as output, complaint.open("wb") as errors:
                try:
                    done = subprocess.run(
                        arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
                        env={**os.environ, **told}, timeout=self.seconds, check=False,
                    )  # fmt: skip
                except subprocess.TimeoutExpired:
                    raise self._failure(f"took more than {self.seconds:g} seconds", spoken) from None
                except (OSError, ValueError) as error:
                    raise self._failure(f"cannot be run ({error})", spoken) from None
            if done.returncode:
                said = complaint.read_bytes()[-2000:].decode("utf-8", "replace").split("\n")
                last = next((line.strip() for line in reversed(said) if line.strip()), "")
                raise self._failure(f"ended with the code {done.returncode}{f' ({last})' if last else ''}", spoken)
            asked = any("{out}" in each for each in self.arguments)
            source = out if asked or out.exists() else printed
            data = read_bytes(source, _LARGEST) if source.exists() else b""
            if not data:
                where = "to {out}" if asked else "to its output"
                raise self._failure(f"wrote nothing {where}", spoken)
            return data

    def _failure(self, what: str, spoken: Spoken) -> InputError:
        return InputError(f"{self.arguments[0]} {what} on {quoted(spoken.text)}", "try the command by hand")


def command(detail: str) -> Command:
    """The command line in `detail`, or else in $FLASHCARDS_AUDIO_COMMAND.

    Raises:
        UsageError: there is none, its quotation marks do not match, or a text could become a piece of a program in it.
        MissingError: there is no such program.
    """
    line = detail.strip() or os.environ.get(VARIABLE, "").strip().removeprefix("command:")
    if not line:
        remedy = f'give it with --audio "command:my-tts {{text}} {{out}}", or in ${VARIABLE}'
        raise UsageError("no command for the sound is given", remedy)
    try:
        arguments = tuple(shlex.split(line.replace("\\", "\\\\") if os.name == "nt" else line))    # C:\\ is a path
    except ValueError as error:
        raise UsageError(f"the command for the sound cannot be read ({error})", "close its quotation marks") from None
    for before, argument in pairwise(("", *arguments)):
        told = {"text", "pinyin"} & set(_PLACE.findall(argument))
        if told and (not _WHOLE.fullmatch(argument) or before.casefold() in _RUNS):
            remedy = "let {text} be an argument of its own; a script finds it in $FLASHCARDS_TEXT"
            raise UsageError(f'the text of a document would become a part of "{argument}"', remedy)
    program = shutil.which(arguments[0]) if arguments else None
    if program is None:
        raise MissingError(f'there is no program "{"".join(arguments[:1])}"', "check its name, or give its whole path")
    if Path(program).suffix.casefold() in (".bat", ".cmd"):    # Windows has these read by a shell, arguments and all
        raise UsageError(f"{program} is a batch file, in which a text can become a command", "name the program itself")
    return Command(arguments)


def _plain(text: str) -> str:
    """The text as every system takes it: on one line, without control characters and halves of characters."""
    return _CONTROL.sub(" ", text).encode("utf-8", "replace").decode()


def _harmless(text: str) -> str:
    """The text so that it is an argument and nothing else: never an option, nor the name of a file (@file)."""
    return f" {text}" if _LOADED.match(text) else text
