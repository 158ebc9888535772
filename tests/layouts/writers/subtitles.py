"""Subtitles: a cue for every bead, in both languages or in two files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from flashcards.model import Language
from tests.layouts.writers.kit import ENGLISH_FIRST, LANGUAGES, Files, Writer
from tests.lesson_text import GoldBead, LessonText

_SHOWN = 4.0    # seconds that a cue is shown
_BETWEEN_CUES = 0.5
_BETWEEN_PARAGRAPHS = 5.0

_ASS_HEAD = """[Script Info]
ScriptType: v4.00+
PlayResX: 640
PlayResY: 480

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Alignment, MarginL, MarginR, MarginV
Style: Default,Arial,20,&H00FFFFFF,2,10,10,10

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float
    bead: GoldBead

    def lines(self, languages: Sequence[Language]) -> list[str]:
        return [text for lang in languages if (text := self.bead.text(lang))]


def _cues(lesson: LessonText) -> list[_Cue]:
    """A cue for every bead, and a longer silence after every paragraph."""
    cues = []
    now = 1.0
    for paragraph in lesson.paragraphs:
        for bead in paragraph.beads:
            cues.append(_Cue(now, now + _SHOWN, bead))
            now += _SHOWN + _BETWEEN_CUES
        now += _BETWEEN_PARAGRAPHS
    return cues


def _clock(seconds: float, point: str) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{thousandths:03}"


def _srt(cues: Sequence[_Cue], languages: Sequence[Language]) -> bytes:
    shown = [(cue, "\n".join(cue.lines(languages))) for cue in cues if cue.lines(languages)]
    return "\n".join(
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{text}\n"
        for number, (cue, text) in enumerate(shown, start=1)
    ).encode()


def _vtt(cues: Sequence[_Cue], languages: Sequence[Language]) -> bytes:
    shown = "\n".join(
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')} line:90%\n" + "\n".join(cue.lines(languages)) + "\n"
        for cue in cues
    )
    return f"WEBVTT\n\nNOTE a weekend\n\n{shown}".encode()


def _ass(cues: Sequence[_Cue], languages: Sequence[Language]) -> bytes:
    def clock(seconds: float) -> str:
        return _clock(seconds, ".")[1:-1]    # one digit of hours, hundredths

    lines = [
        f"Dialogue: 0,{clock(cue.start)},{clock(cue.end)},Default,,0,0,0,,"
        + r"\N{\fs14}".join(cue.lines(languages))
        + "\n"
        for cue in cues
    ]
    return (_ASS_HEAD + "".join(lines)).encode()


def _one_file(
    lesson: LessonText,
    name: str,
    write: Callable[[Sequence[_Cue], Sequence[Language]], bytes],
    languages: Sequence[Language] = LANGUAGES,
) -> Files:
    return {name: write(_cues(lesson), languages)}


def _two_files(lesson: LessonText) -> Files:
    return {f"{lang}.srt": _srt(_cues(lesson), [lang]) for lang in LANGUAGES}


WRITERS: dict[str, Writer] = {
    "srt Chinese above English, cues": partial(_one_file, name="lesson.srt", write=_srt),
    "srt English above Chinese, cues": partial(_one_file, name="lesson.srt", write=_srt, languages=ENGLISH_FIRST),
    "vtt cues": partial(_one_file, name="lesson.vtt", write=_vtt),
    "ass cues": partial(_one_file, name="lesson.ass", write=_ass),
    "srt two files, cues": _two_files,
}
