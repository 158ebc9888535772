"""The cache: every sound is made once, whole or not at all, and a run that was stopped goes on."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from flashcards import audio
from flashcards.audio import Spoken
from flashcards.errors import InputError, OutputError
from flashcards.model import stable_id

TEXTS = {
    "你好": Spoken("你好", "ni2hao3"),
    "再见": Spoken("再见", "zai4jian4"),
    "谢谢": Spoken("谢谢", "xie4xie5"),
}


@dataclass
class Fake:
    """A provider that counts; it fails on `broken`, and what it says has `take` in it."""

    broken: str = ""
    take: bytes = b"1"
    settings: tuple[str, ...] = ("fake", "voice")
    at_once: int = 1
    asked: list[str] = field(default_factory=list)

    def given(self, spoken: Spoken) -> tuple[str, ...]:
        return (spoken.pinyin,) if spoken.pinyin else ()

    def speak(self, spoken: Spoken) -> bytes:
        self.asked.append(spoken.text)
        if spoken.text == self.broken:
            raise InputError(f'no sound of "{spoken.text}"', "try again")
        return b"ID3" + self.take + spoken.pinyin.encode()


def speak(provider: Fake, cache: Path, texts: dict[str, Spoken] = TEXTS) -> dict[str, Path]:
    return audio.speak(texts, provider, cache, lambda _: None)


def test_every_text_has_a_file_named_by_what_it_is(tmp_path: Path) -> None:
    told: list[str] = []
    found = audio.speak(TEXTS, Fake(), tmp_path / "new" / "cache", told.append)
    assert list(found) == list(TEXTS)
    assert found["你好"].read_bytes() == b"ID31ni2hao3"
    key = stable_id("sound", "fake", "voice", "ni2hao3")
    assert found["你好"].name.startswith(f"fc-{key[:8]}-")
    assert found["你好"].suffix == ".mp3"
    assert len({path.name for path in found.values()}) == 3
    assert told == ["speaking 1 of 3", "speaking 2 of 3", "speaking 3 of 3"]


def test_what_is_kept_is_not_made_again(tmp_path: Path) -> None:
    first = speak(Fake(), tmp_path)
    again = Fake(take=b"2")
    assert speak(again, tmp_path) == first
    assert again.asked == []


def test_other_voices_and_other_readings_are_other_sounds(tmp_path: Path) -> None:
    first = speak(Fake(), tmp_path)
    other = Fake(settings=("fake", "other"))
    assert not set(speak(other, tmp_path).values()) & set(first.values())
    changed = {**TEXTS, "你好": Spoken("你好", "ni3hao3")}
    reader = Fake()
    speak(reader, tmp_path, changed)
    assert reader.asked == ["你好"]


def test_texts_that_sound_alike_are_read_once(tmp_path: Path) -> None:
    reader = Fake()
    found = speak(reader, tmp_path, {text: Spoken(text, "ta1") for text in "他她它"})
    assert reader.asked == ["他"]
    assert len(found) == 3
    assert len(set(found.values())) == 1


def test_what_cannot_be_heard_has_no_sound(tmp_path: Path) -> None:
    assert speak(Fake(), tmp_path, {"…": Spoken("…", "")}) == {}


def test_a_run_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        speak(Fake(broken="再见"), tmp_path)
    assert '"再见"' in str(caught.value)
    assert "1 of 3 sounds are made and kept: the next run goes on from there" in str(caught.value)
    reader = Fake()
    assert len(speak(reader, tmp_path)) == 3
    assert set(reader.asked) <= {"再见", "谢谢"}


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audio.speak(TEXTS, Fake(), tmp_path, stop)
    reader = Fake()
    speak(reader, tmp_path)
    assert "你好" not in reader.asked


def test_a_damaged_sound_is_made_again(tmp_path: Path) -> None:
    path = speak(Fake(), tmp_path)["你好"]
    path.write_bytes(path.read_bytes()[:-1])
    reader = Fake()
    assert speak(reader, tmp_path)["你好"] == path
    assert reader.asked == ["你好"]
    assert path.read_bytes() == b"ID31ni2hao3"


@pytest.mark.parametrize(("data", "message"), [(b"", "nothing came"), (b"<html>", "neither MP3 nor WAV nor OGG")])
def test_what_is_no_sound_is_not_kept(
    data: bytes, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Fake, "speak", lambda *_: data)
    with pytest.raises(InputError, match=message):
        speak(Fake(), tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_cache_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(OutputError, match="FLASHCARDS_CACHE"):
        speak(Fake(), tmp_path / "cache")
