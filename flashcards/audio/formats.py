"""Sound as bytes: telling the formats that Anki plays everywhere, and making MP3."""

import io
import wave
from collections.abc import Mapping

from flashcards.errors import InputError

_BIT_RATE = 48
"""In kbit/s: speech at 22 kHz in one channel has no more in it."""

_MARKS: Mapping[bytes, str] = {b"ID3": ".mp3", b"OggS": ".ogg"}


def suffix_of(data: bytes) -> str:
    """The suffix for a sound by its first bytes; "" if it is neither MP3 nor WAV nor OGG.

    >>> suffix_of(b"ID3..."), suffix_of(bytes([255, 243])), suffix_of(b"RIFF1234WAVEfmt "), suffix_of(b"<html>")
    ('.mp3', '.mp3', '.wav', '')
    """
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return ".wav"
    if len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2:    # a frame's eleven bits, and layer III
        return ".mp3"
    return next((suffix for mark, suffix in _MARKS.items() if data.startswith(mark)), "")


def to_mp3(wav: bytes) -> bytes:
    """An MP3 of a WAV file of 16 bits; the same bytes for the same sound.

    Raises:
        InputError: it is no such file, or there is nothing in it.
    """
    import lameenc

    try:
        with wave.open(io.BytesIO(wav)) as sound:
            # A WAV that came through a pipe does not know its length: take what is there.
            rate, channels, width = sound.getframerate(), sound.getnchannels(), sound.getsampwidth()
            samples = sound.readframes(sound.getnframes())
    except (wave.Error, EOFError) as error:
        raise InputError(f"the sound is no WAV file ({error or 'it is empty'})") from None
    if width != 2 or not samples:
        raise InputError("the sound is empty" if width == 2 else f"the sound has {8 * width} bits, not 16")
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(channels)
    encoder.set_bit_rate(_BIT_RATE)
    encoder.set_quality(2)
    return bytes(encoder.encode(samples) + encoder.flush())
