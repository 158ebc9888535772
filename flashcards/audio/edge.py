"""Microsoft's online voices, as its browser Edge uses them, through the package edge-tts."""

import asyncio
import re
from dataclasses import dataclass
from importlib.util import find_spec

from flashcards.audio.providers import Spoken, quoted
from flashcards.errors import InputError, MissingError, UsageError

VOICE = "zh-CN-XiaoxiaoNeural"
_NAME = re.compile(r"[a-z]{2,3}-[A-Z]{2}-(?:[a-z]+-)?[A-Za-z]+Neural")
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Edge:
    """An online voice. It reads hanzi as it thinks right: pinyin it does not take."""

    voice: str
    at_once: int = 4

    @property
    def settings(self) -> tuple[str, ...]:
        """The provider and the voice."""
        return "edge", self.voice

    def given(self, spoken: Spoken) -> tuple[str, ...]:
        """The text."""
        return (spoken.text,) if any(map(str.isalnum, spoken.text)) else ()

    def speak(self, spoken: Spoken) -> bytes:
        """The sound as MP3."""
        import aiohttp
        from edge_tts.exceptions import EdgeTTSException, NoAudioReceived

        try:
            return asyncio.run(asyncio.wait_for(_received(spoken.text, self.voice), _SECONDS))
        except NoAudioReceived:
            remedy = "check the name of the voice: edge-tts --list-voices"
            raise InputError(f"{self.voice} does not read {quoted(spoken.text)}", remedy) from None
        except (aiohttp.ClientError, OSError, EdgeTTSException, TimeoutError) as error:
            message = f"Microsoft's voices cannot be reached for {quoted(spoken.text)} ({_reason(error)})"
            raise InputError(message, "check the connection, or take espeak, which needs none") from None


def _reason(error: Exception) -> str:
    """What went wrong, without addresses and objects."""
    if status := getattr(error, "status", None):
        return f"their answer is {status}"
    return getattr(error, "strerror", None) or str(error) or "no answer in time"


async def _received(text: str, voice: str) -> bytes:
    from edge_tts import Communicate

    sound = b""
    async for chunk in Communicate(text, voice).stream():
        if chunk["type"] == "audio":
            sound += chunk["data"]
    return sound


def edge(detail: str) -> Edge:
    """The voice in `detail`, or the usual one.

    Raises:
        UsageError: this is no name of a voice.
        MissingError: edge-tts is not installed.
    """
    if detail and not _NAME.fullmatch(detail):
        raise UsageError(f'"{detail}" is no name of a voice', f"names are as {VOICE}: see edge-tts --list-voices")
    if find_spec("edge_tts") is None:
        remedy = 'install flashcards with its extra "audio": pipx install ".[audio]"'
        raise MissingError("the Python package edge-tts is not installed", remedy)
    return Edge(detail or VOICE)
