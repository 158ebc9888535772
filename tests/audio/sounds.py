"""Sounds to test with: WAV files of a tone, and what an MP3 says of itself."""

import io
import math
import struct
import wave

RATE = 22_050
_BIT_RATES = {3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128), 2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128)}
_SAMPLE_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def tone(seconds: float, hertz: float = 220) -> bytes:
    """A WAV file."""
    samples = [round(8_000 * math.sin(2 * math.pi * hertz * i / RATE)) for i in range(round(seconds * RATE))]
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return out.getvalue()


def seconds_of(mp3: bytes) -> float:
    """How long an MP3 lasts, by the headers of its frames, each of which must stand where the one before ends."""
    at, seconds = 0, 0.0
    while at < len(mp3):
        assert mp3[at] == 0xFF, f"no frame at {at}"
        assert mp3[at + 1] & 0xE6 == 0xE2, f"no frame of layer III at {at}"
        version = mp3[at + 1] >> 3 & 3
        bits = 1000 * _BIT_RATES[3 if version == 3 else 2][mp3[at + 2] >> 4]
        rate = _SAMPLE_RATES[version][mp3[at + 2] >> 2 & 3]
        samples = 1152 if version == 3 else 576
        at += samples // 8 * bits // rate + (mp3[at + 2] >> 1 & 1)
        seconds += samples / rate
    assert at == len(mp3), "the last frame is cut off"
    return seconds
