"""The online voices, at a server of our own that speaks as theirs does, and at none."""

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from flashcards import audio
from flashcards.audio import Spoken
from flashcards.audio.formats import to_mp3
from flashcards.errors import InputError, MissingError, UsageError

from .sounds import tone

communicate = pytest.importorskip("edge_tts.communicate", reason="edge-tts is not installed")

SOUND = to_mp3(tone(0.3))
TEXTS = {text: Spoken(text, "") for text in ("你好", "再见", "<b>&谢谢", "一", "二", "三")}


class Service:
    """What the service hears, and the text that it does not read."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.silent = ""

    async def answer(self, request):  # type: ignore[no-untyped-def]
        from aiohttp import web

        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.receive_str()
        ssml = await socket.receive_str()
        voice, text = re.search(r"<voice name='([^']*)'.*?<prosody[^>]*>(.*?)</prosody>", ssml, re.DOTALL).groups()
        self.heard.append(f"{voice} {text}")
        if text != self.silent:
            header = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"
            for part in (SOUND[:100], SOUND[100:]):
                await socket.send_bytes(len(header).to_bytes(2, "big") + header + part)
        await socket.send_str("Path:turn.end\r\n\r\n{}")
        await socket.close()
        return socket


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    from aiohttp import web

    own = Service()
    loop = asyncio.new_event_loop()
    app = web.Application()
    app.router.add_get("/", own.answer)
    runner = web.AppRunner(app)
    loop.run_until_complete(runner.setup())
    site = web.TCPSite(runner, "127.0.0.1", 0)
    loop.run_until_complete(site.start())
    port = runner.addresses[0][1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    monkeypatch.setattr(communicate, "WSS_URL", f"ws://127.0.0.1:{port}/?x=1")
    yield own
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.run_until_complete(runner.cleanup())
    loop.close()


def test_what_is_heard_and_kept(service: Service, tmp_path: Path) -> None:
    found = audio.speak(TEXTS, audio.provider("edge"), tmp_path, lambda _: None)
    assert {path.read_bytes() for path in found.values()} == {SOUND}
    assert len(found) == len(service.heard) == 6
    assert any(each.endswith("XiaoxiaoNeural) &lt;b&gt;&amp;谢谢") for each in service.heard)
    audio.speak(TEXTS, audio.provider("edge:zh-CN-XiaoxiaoNeural"), tmp_path, lambda _: None)
    assert len(service.heard) == 6
    audio.speak({"你好": TEXTS["你好"]}, audio.provider("edge:zh-TW-HsiaoChenNeural"), tmp_path, lambda _: None)
    assert "HsiaoChenNeural" in service.heard[-1]


def test_a_text_that_it_does_not_read(service: Service, tmp_path: Path) -> None:
    service.silent = "再见"
    with pytest.raises(InputError, match=r'does not read "再见".*the next run goes on'):
        audio.speak(TEXTS, audio.provider("edge"), tmp_path, lambda _: None)


def test_offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))    # bound, but nobody listens
        monkeypatch.setattr(communicate, "WSS_URL", f"wss://127.0.0.1:{taken.getsockname()[1]}/?x=1")
        with pytest.raises(InputError) as caught:
            audio.speak(TEXTS, audio.provider("edge"), tmp_path, lambda _: None)
    assert "Microsoft's voices cannot be reached" in caught.value.message
    assert "0 of 6 sounds are made and kept: the next run goes on from there" in caught.value.remedy
    assert "object at" not in str(caught.value)


@pytest.mark.parametrize("voice", ["Xiaoxiao", "zh-CN-XiaoxiaoNeural'/><x", "--help", "zh CN"])
def test_what_is_no_voice(voice: str) -> None:
    with pytest.raises(UsageError, match="no name of a voice"):
        audio.provider(f"edge:{voice}")


def test_without_edge_tts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flashcards.audio.edge.find_spec", lambda _: None)
    with pytest.raises(MissingError, match="edge-tts is not installed"):
        audio.provider("edge")
