"""Who reads out: a table of providers by their names, each loaded when it is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from flashcards.errors import UsageError


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is to be read out: a Chinese text, and its pinyin as it is spoken.

    The pinyin has tone numbers (5 is the neutral tone), the tones of speech and numbers in words; what is not Chinese
    in it is as the text has it, with letters and digits apart: ni2hao3, er4 ling2 er4 ling2 nian2, H 1 N 1.
    """

    text: str
    pinyin: str


class Provider(Protocol):
    """Somebody who reads out."""

    @property
    def settings(self) -> tuple[str, ...]:
        """All that a sound depends on besides what is read: the provider, its voice, its speed."""

    @property
    def at_once(self) -> int:
        """How many may be read at the same time."""

    def given(self, spoken: Spoken) -> tuple[str, ...]:
        """What of it the provider makes a sound of; () if there is nothing to be heard."""

    def speak(self, spoken: Spoken) -> bytes:
        """The sound: a whole MP3, WAV or OGG file.

        Raises:
            InputError: there was no sound of this text.
            MissingError: something on this machine is missing.
        """


_PROVIDERS: Mapping[str, str] = {
    "espeak": "flashcards.audio.espeak:espeak",
    "edge": "flashcards.audio.edge:edge",
    "command": "flashcards.audio.command:command",
}


def provider(wanted: str) -> Provider:
    """The provider of a name, such as "espeak", "espeak:120", "edge:zh-CN-YunxiNeural" or "command:say {text}".

    Raises:
        UsageError: there is no such provider, or it is not to be had with what stands behind the colon.
        MissingError: a program or package that it needs is not installed.
    """
    name, _, detail = wanted.partition(":")
    if name not in _PROVIDERS:
        remedy = f"there are {', '.join(_PROVIDERS)}, and anki for the voice of the learner's own Anki"
        raise UsageError(f'no source of sound is called "{name}"', remedy)
    module, _, function = _PROVIDERS[name].partition(":")
    made: Provider = getattr(import_module(module), function)(detail)
    return made


def quoted(text: str) -> str:
    """A text as an error names it."""
    return f'"{text}"' if len(text) <= 30 else f'"{text[:29]}…"'
