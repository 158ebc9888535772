"""espeak-ng: the small synthesiser that is offline, in every distribution, and exact in its tones.

It is given pinyin with tone numbers: of hanzi its Mandarin voices know but one reading, and some not even that. It
speaks a third tone before another one as a second by itself, also across words but not across a pause; what we have
changed already it leaves. Neutral tones (5) it gives the pitch that the tone before asks for. 一 and 不 it leaves, so
their change must be in what it is given, and so must numbers.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec

from flashcards.audio.formats import to_mp3
from flashcards.audio.providers import Spoken, quoted
from flashcards.errors import InputError, MissingError, UsageError

SPEED = 150
"""Words a minute by espeak's count: some three syllables a second, the pace of a patient teacher."""

_SLOWEST, _FASTEST = 80, 450    # espeak's own limits
_VOICE = "cmn-latn-pinyin"
_SECONDS = 60
_INSTALL = "install espeak-ng 1.51 or newer: with apt, dnf or brew, or from github.com/espeak-ng on Windows"
_WINDOWS = os.path.expandvars(r"%ProgramFiles%\eSpeak NG")    # its installer does not put it on the PATH

_PAUSES = {ord(mark): "," for mark in "()[]{}–—"}
_KEPT = "A-Za-z0-9À-ɏ"    # the letters of Latin writing, and digits
_UNSPOKEN = re.compile(rf"[^{_KEPT}\s,.;:?!…'-]+")


@dataclass(frozen=True, slots=True)
class Espeak:
    """espeak-ng at a speed in words a minute."""

    program: str
    speed: int
    at_once: int

    @property
    def settings(self) -> tuple[str, ...]:
        """The provider, voice and speed; not the version, or a newer one would change every note."""
        return "espeak", _VOICE, str(self.speed)

    def given(self, spoken: Spoken) -> tuple[str, ...]:
        """Its pinyin."""
        pinyin = speakable(spoken.pinyin)
        return (pinyin,) if pinyin else ()

    def speak(self, spoken: Spoken) -> bytes:
        """The sound as MP3."""
        # What is read comes through stdin, where nothing is an option.
        arguments = [self.program, "-v", _VOICE, "-s", str(self.speed), "-b", "1", "-z", "--stdin", "--stdout"]
        given = "".join(self.given(spoken)).encode()
        try:
            done = subprocess.run(arguments, input=given, capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError(f"espeak-ng did not speak {quoted(spoken.text)} ({error})", "try it by hand") from None
        said = done.stderr.decode("utf-8", "replace").strip()
        if "voice does not exist" in said:
            raise MissingError(f"this espeak-ng has no voice {_VOICE}", _INSTALL)
        if done.returncode or not done.stdout:
            why = said or f"its exit code is {done.returncode}"
            raise InputError(f"espeak-ng did not speak {quoted(spoken.text)} ({why})", "try it by hand")
        return to_mp3(done.stdout)


def espeak(detail: str) -> Espeak:
    """espeak-ng at the speed in `detail`, or at the usual one.

    Raises:
        UsageError: this is no speed.
        MissingError: espeak-ng or lameenc is not installed.
    """
    if detail and not (detail.isascii() and detail.isdigit() and _SLOWEST <= int(detail) <= _FASTEST):
        remedy = f"words a minute from {_SLOWEST} to {_FASTEST}, such as espeak:{SPEED}"
        raise UsageError(f'"{detail}" is no speed for espeak', remedy)
    program = shutil.which("espeak-ng") or shutil.which("espeak-ng", path=_WINDOWS)
    if program is None:
        raise MissingError("espeak-ng is not installed", _INSTALL)
    if find_spec("lameenc") is None:
        remedy = 'install flashcards with its extra "audio": pipx install ".[audio]"'
        raise MissingError("the Python package lameenc, which makes MP3, is not installed", remedy)
    return Espeak(program, int(detail or SPEED), min(4, os.cpu_count() or 1))


def speakable(pinyin: str) -> str:
    """The pinyin with all that espeak-ng would name, spell or take for its own phonemes gone; "" if nothing is left.

    >>> speakable("“Shang4hai3” [[_:]] & H 1 N 1 (shi4) – 好!"), speakable("……")
    ('Shang4hai3 ,, :,, H 1 N 1 ,shi4, , !', '')
    """
    text = _UNSPOKEN.sub(" ", pinyin.translate(_PAUSES))
    text = re.sub(r"\s+", " ", text).strip()
    return text if re.search(f"[{_KEPT}]", text) else ""
