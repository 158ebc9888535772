"""What espeak-ng makes of our pinyin, by its own phonemes and by the MP3 that comes out."""

import re
import shutil
import subprocess

import pytest

from flashcards import audio, chinese, speaking
from flashcards.audio.espeak import speakable
from flashcards.audio.formats import to_mp3
from flashcards.chinese import Analyser
from flashcards.errors import InputError, MissingError, UsageError
from flashcards.lexicon import Lexicon

from .sounds import seconds_of, tone

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


def phonemes(pinyin: str) -> str:
    """What espeak-ng says, in its own signs."""
    arguments = ["espeak-ng", "-v", "cmn-latn-pinyin", "-q", "-x", "--stdin"]
    done = subprocess.run(arguments, input=speakable(pinyin).encode(), capture_output=True, check=True)
    return done.stdout.decode().strip()


def tones(pinyin: str) -> list[str]:
    """The tones that it says: 55, 35, 214 (21 before other tones), 51 (53 before another); others are neutral."""
    return re.findall(r"\d\d+", phonemes(pinyin))


TONES = {
    "third tones change once": ("ni3hao3", "35 214"),
    "and are not changed again": ("ni2hao3", "35 214"),
    "nor across a pause": ("hao3, hao3", "214 214"),
    "what we have grouped stays": ("wo2 ye3 xiang2 mai3", "35 21 35 214"),
    "一 and 不 are left to us": ("yi1bai3 bu4shi4 yi4bai3 bu2shi4", "55 21 53 51 51 21 35 51"),
    "neutral after the first tone": ("ma1ma5", "55 22"),
    "neutral after the second": ("ye2ye5", "35 33"),
    "neutral after the third": ("jie3jie5", "21 44"),
    "neutral after the fourth": ("ba4ba5", "51 11"),
    "neutral alone": ("ma5", "11"),
    "erhua is a weak er": ("hua1r5", "55 22"),
    "a name": ("Xi2 Jin4ping2", "35 51 35"),
    "an apostrophe": ("Xi1'an1", "55 55"),
    "a hyphen": ("di4-yi1", "51 55"),
    "quotation marks are no pause": ("“hao3” ma5", "21 44"),
    "double brackets are no phonemes": ("[[ hao3 ]]", "214"),
    "letters and figures": ("H 1 N 1", "35 55 55 55"),
}


@needs_espeak
@pytest.mark.parametrize(("pinyin", "said"), TONES.values(), ids=TONES)
def test_the_tones_that_espeak_says(pinyin: str, said: str) -> None:
    assert " ".join(tones(pinyin)) == said


@needs_espeak
def test_the_sounds_that_espeak_says() -> None:
    assert phonemes("lü4") == phonemes("lǜ") != phonemes("lu4")
    assert phonemes("xu1")[-6:] == phonemes("xü1")[-6:]
    assert tones("COVID-19")[-2:] == ["35", "214"]
    assert phonemes("Xi1'an1") == phonemes("xi1'an1") != phonemes("xian1")


SPOKEN = {
    "你好": "ni2hao3",
    "一百": "yi4bai3",
    "不是": "bu2shi4",
    "到2035年": "dao4 er4 ling2 san1 wu3 nian2",
    "75年前": "qi1shi2wu3 nian2 qian2",
    "女儿": "nü3'er2",
    "一点儿": "yi4dian3r5",
    "加入WTO": "jia1ru4 WTO",
    "新冠COVID-19": "COVID-19",
    "PM2.5超标": "PM 2.5 chao1biao1",
    "甲型H1N1流感": "H 1 N 1",
    "A4纸": "A 4 zhi3",
    "银行": "yin2hang2",
    "行走": "xing2zou3",
}


@pytest.mark.parametrize(("text", "pinyin"), SPOKEN.items(), ids=SPOKEN)
def test_what_is_spoken(text: str, pinyin: str, analyser: Analyser, lexicon: Lexicon) -> None:
    spelling = Analyser(lexicon, spelling=chinese.Spelling("numbers", sandhi=True, numbers=True))
    assert pinyin in speaking.spoken_pinyin(analyser.words(analyser.cut(text)), spelling)


def test_a_corrected_reading_is_spoken(lexicon: Lexicon) -> None:
    corrected = Analyser(lexicon, readings={"行": ("háng",)})
    spelling = Analyser(lexicon, spelling=chinese.Spelling("numbers", sandhi=True, numbers=True))
    assert speaking.spoken_pinyin(corrected.words(("行走",)), spelling) == "hang2zou3"


def test_nothing_is_left_that_espeak_would_name() -> None:
    assert speakable("hao3 / hao3 & ① <b> 𠮷 日本 → %") == "hao3 hao3 b"
    assert speakable("— … ！") == ""


@needs_espeak
def test_longer_texts_are_longer_sounds_and_a_higher_speed_is_shorter() -> None:
    short, long = (
        audio.Spoken("", pinyin) for pinyin in ("ni2hao3", "wo3men5 yao4 hong2yang2 Shang4hai3 jing1shen2.")
    )
    espeak = audio.provider("espeak")
    assert 0.3 < seconds_of(espeak.speak(short)) < 1.5
    assert 2.5 < seconds_of(espeak.speak(long)) < 6
    assert seconds_of(audio.provider("espeak:300").speak(long)) < 0.8 * seconds_of(espeak.speak(long))
    assert espeak.speak(long) == espeak.speak(long)


@needs_espeak
def test_two_readings_are_two_sounds() -> None:
    espeak = audio.provider("espeak")
    one, other = audio.Spoken("行", "hang2"), audio.Spoken("行", "xing2")
    assert espeak.speak(one) != espeak.speak(other)
    assert audio.sound_key(espeak, one) != audio.sound_key(espeak, other)


@needs_espeak
def test_a_text_is_never_an_option() -> None:
    espeak = audio.provider("espeak")
    assert seconds_of(espeak.speak(audio.Spoken("-v", "-v nosuch --help ma1"))) > 0.5


@pytest.mark.parametrize("detail", ["fast", "-5", "79", "451", "１５０", "150:2"])
def test_what_is_no_speed(detail: str) -> None:
    with pytest.raises(UsageError, match="80 to 450"):
        audio.provider(f"espeak:{detail}")


def test_without_espeak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingError, match="espeak-ng is not installed"):
        audio.provider("espeak")


@needs_espeak
def test_without_lameenc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flashcards.audio.espeak.find_spec", lambda _: None)
    with pytest.raises(MissingError, match="lameenc"):
        audio.provider("espeak")


def test_mp3_of_a_tone() -> None:
    assert seconds_of(to_mp3(tone(1.0))) == pytest.approx(1.0, abs=0.15)
    assert to_mp3(tone(0.5)) == to_mp3(tone(0.5))


@pytest.mark.parametrize("data", [b"", b"RIFF", tone(0.0), b"<html>" * 20], ids=["empty", "cut off", "silent", "HTML"])
def test_what_is_no_wav(data: bytes) -> None:
    with pytest.raises(InputError, match="the sound is"):
        to_mp3(data)
