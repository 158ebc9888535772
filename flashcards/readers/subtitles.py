"""Subtitles (SubRip, WebVTT, SubStation Alpha): what is spoken, with its times, in whole sentences.

A cue is a unit of time, not of language: it shows one or two lines of a sentence, in one language or in both. So the
cues are sorted by time, freed of what is not speech, taken apart by language, and joined on each side while a sentence
goes on. Where both languages are there, those shown at the same time become rows.
"""

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import groupby
from typing import TYPE_CHECKING

from flashcards.errors import InputError
from flashcards.model import HAN, Document, Finding, Language, Place
from flashcards.readers.decoding import decode_with_findings
from flashcards.readers.pieces import Piece, document
from flashcards.readers.timing import with_rows
from flashcards.text.clean import clean
from flashcards.text.joints import join, vocabulary
from flashcards.text.languages import language, other
from flashcards.text.reflow import ends_open

if TYPE_CHECKING:
    from pysubs2 import SSAEvent

_ROLLING_GAP = 0.1    # seconds between two cues of which the second repeats lines of the first
_LONGEST_GAP = 3.0    # seconds of silence inside a sentence
_MOST_CUES = 6    # of one sentence; more are a list, a song, or speech without punctuation
_STRAY_SHARE = 0.1    # of a file: up to so much in the other language is a title or an interjection, not a translation

_TIMES_INSIDE = re.compile(r"<\d[\d:.]*>")
_RUBY_TEXT = re.compile(r"<rt\b[^>]*>.*?</rt>", re.DOTALL)
_VTT_NOTE = re.compile(r"(?:\A|(?<=\n\n))(?:NOTE|STYLE|REGION)\b.*?(?:\n\n|\Z)", re.DOTALL)
_OVERRIDES = re.compile(r"\{\\[^}]*\}")
_OVERRIDES_AND_REMARKS = re.compile(r"\{[^}]*\}")
_DRAWING = re.compile(r"\\p[1-9]")
_PLACED = re.compile(r"\\(?:pos|move)\s*\(")
_SIGN_STYLE = re.compile(r"\b(?:signs?|staff|logo|notes?|titles?)\b|屏幕|注释|註釋|标题|標題", re.IGNORECASE)
_MOVING = ("banner", "scroll", "fx")

_NOISE = re.compile(r"\[[^\[\]]*\]|【[^【】]*】|［[^［］]*］")
_ASIDE = re.compile(r"^\s*[(（][^()（）]*[^()（）.。!！?？…][)）](?:\s*[:：])?\s*", re.MULTILINE)
_SPEAKER = re.compile(rf"^\s*(?P<name>[A-Z][\w.'’ -]{{0,24}}|[{HAN}·]{{1,5}})\s*(?::(?!\d)|：)\s*")
_SPEAKS = re.compile("[说說道问問是曰答喊叫]$")
_SPEAKER_EVERYWHERE = 3    # times that a name stands before a colon until it is taken for a speaker's
_DASH = re.compile(r"^\s*[-–—‐]+\s*(?=[^\s>-])")
_CHINESE_STOP = re.compile("[，。、；！？]")
_SUSPENDED = re.compile(r"(?:\.{2,}|…|⋯|--|—)$")
_BEGINS_WITHIN = re.compile(r"(?:\.{2,}|…|⋯)?\s*[a-z]|\.{2,}|…|⋯")
_SONG = re.compile(r"[♪♫♩♬]+|^\s*#(?=\s)|(?<=\s)#\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Cue:
    """What is shown from one second to another: its lines, and its number in the file, from 1."""

    start: float
    end: float
    lines: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class _Utterance:
    """What one speaker says in one cue or, joined, in several; `is_new` where a dash shows that another one begins."""

    text: str
    start: float
    end: float
    number: int
    is_new: bool = False
    cues: int = 1


def read(data: bytes, source: str) -> tuple[Document, tuple[Finding, ...]]:
    """The document in a file of subtitles.

    Every block has the span of time in which it is shown; `number` is the number of its first cue. In a file with both
    languages, those shown at the same time share a row.

    Raises:
        InputError: the file is empty, not text in an encoding that can be told, or has no subtitles.
    """
    text, encoding = decode_with_findings(data, source)
    cues = _folded(_cues(text, source))
    speakers = _speakers(cues)
    pauses = _has_pauses(cues)
    sides: dict[Language, list[_Utterance]] = {"zh": [], "en": []}
    for cue in cues:
        for lang, utterance in _utterances(cue, speakers, pauses=pauses):
            sides[lang].append(utterance)
    sides, stray = _without_stray(sides, source)
    words = vocabulary(utterance.text for utterance in sides["en"])
    pieces = [
        Piece(each.text, "line", each.number, seconds=(each.start, each.end))
        for lang, side in sides.items()
        for each in _joined(side, lang, words.__contains__)
    ]
    if not pieces:
        raise InputError(f"{source} has no subtitles in it", "give a file in SRT, WebVTT or ASS with some text")
    pieces += [Piece(line, "line", cue.number) for cue in cues for line in cue.lines if other(line)]    # to be counted
    read, findings = document(pieces, source)
    return replace(read, blocks=with_rows(read.blocks)), (*encoding, *stray, *findings)


def _cues(text: str, source: str) -> list[_Cue]:
    """The cues by time; those with exactly the same times, such as one of each language, are one."""
    events = [
        _Cue(start, end, lines, number)
        for number, (start, end, event) in enumerate(_events(text, source), start=1)
        if (lines := _lines(event)) and end >= start
    ]
    events.sort(key=lambda event: (event.start, event.end, event.number))
    together = groupby(events, key=lambda event: (event.start, event.end))
    cues = []
    for (start, end), group in together:
        shown = list(group)
        different = dict.fromkeys(line for event in shown for line in event.lines)    # a shadow is a second copy
        cues.append(_Cue(start, end, tuple(different), shown[0].number))
    return cues


def _events(text: str, source: str) -> Iterator[tuple[float, float, str]]:
    """Start and end in seconds and the plain text of all that the file shows and that may be spoken."""
    import pysubs2

    if re.search(r"^\[(?:Script Info|V4\+? Styles)\]", text, re.MULTILINE | re.IGNORECASE):
        format, marks = "ass", _OVERRIDES_AND_REMARKS
    elif text.lstrip().startswith("WEBVTT"):
        format, marks = "vtt", _OVERRIDES
        text = _VTT_NOTE.sub("", text)
    else:
        format, marks = "srt", _OVERRIDES
    if format != "ass":
        # Two times inside a line would be taken for those of a cue.
        text = _RUBY_TEXT.sub("", _TIMES_INSIDE.sub("", text))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")    # of fields that do not matter here
            events = list(pysubs2.SSAFile.from_string(text, format_=format))
    except (pysubs2.Pysubs2Error, ValueError, LookupError, TypeError) as error:
        raise InputError(f"{source} is damaged ({error})", "open and save it with a subtitle editor") from None
    if format == "ass":
        events = _spoken(events)
    for event in events:
        shown = event.text.partition("\\N\\N")[0] if format == "vtt" else event.text    # then comes the next one's name
        shown = marks.sub("", shown).replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ")
        yield event.start / 1000, event.end / 1000, shown if format == "ass" else unescape(shown)


def _spoken(events: Sequence["SSAEvent"]) -> list["SSAEvent"]:
    """The events without comments, drawings, and signs: texts put at a place of the picture, if most are not."""
    visible = [
        event
        for event in events
        if not event.is_comment
        and not event.effect.lower().startswith(_MOVING)
        and not _DRAWING.search(event.text)
        and not _SIGN_STYLE.search(event.style)
    ]
    unplaced = [event for event in visible if not _PLACED.search(event.text)]
    return unplaced if 2 * len(unplaced) >= len(visible) else visible


def _lines(text: str) -> tuple[str, ...]:
    """The lines of a cue without descriptions of sounds and notes of music."""
    speech = _ASIDE.sub("", _NOISE.sub("", _SONG.sub("", clean(text))))
    return tuple(stripped for line in speech.split("\n") if (stripped := line.strip()))


def _folded(cues: Iterable[_Cue]) -> list[_Cue]:
    """The cues without the lines that they repeat of the one before: captions that roll up show every line twice."""
    folded: list[_Cue] = []
    shown: tuple[str, ...] = ()
    for cue in cues:
        follows = folded and cue.start - folded[-1].end <= _ROLLING_GAP
        repeated = _repeated(shown, cue.lines) if follows else 0
        shown = cue.lines
        if repeated < len(cue.lines):
            folded.append(replace(cue, lines=cue.lines[repeated:]))
        else:
            folded[-1] = replace(folded[-1], end=max(cue.end, folded[-1].end))
    return folded


def _repeated(before: tuple[str, ...], lines: tuple[str, ...]) -> int:
    """How many lines at the beginning are the last ones of the cue before."""
    for count in range(min(len(before), len(lines)), 0, -1):
        if before[-count:] == lines[:count]:
            return count
    return 0


def _speakers(cues: Iterable[_Cue]) -> frozenset[str]:
    """The names that stand before a colon at the beginning of lines: in capitals, or again and again."""
    found = (_SPEAKER.match(_DASH.sub("", line)) for cue in cues for line in cue.lines)
    names = Counter(match["name"] for match in found if match)
    return frozenset(
        name
        for name, count in names.items()
        if (name.isupper() and len(name) > 1) or (count >= _SPEAKER_EVERYWHERE and not _SPEAKS.search(name))
    )


def _utterances(cue: _Cue, speakers: frozenset[str], *, pauses: bool) -> Iterator[tuple[Language, _Utterance]]:
    """What is said in a cue, by language; the lines of one speaker are one."""
    sides: dict[Language, list[tuple[bool, str]]] = {}
    lang: Language | None = None
    for line in cue.lines:
        text = _DASH.sub("", line)
        is_new = text != line
        speaker = _SPEAKER.match(text)
        if speaker and speaker["name"] in speakers:
            text, is_new = text[speaker.end() :], True
        lang = language(text) or lang
        if lang is None or not text or other(text):
            continue
        side = sides.setdefault(lang, [])
        if side and not is_new:
            is_new, before = side.pop()
            text = f"{before} {text}" if pauses and lang == "zh" else join(before, text, lang, _no_word)
        side.append((is_new, text))
    for lang, texts in sides.items():
        for is_new, text in texts:
            yield lang, _Utterance(text, cue.start, cue.end, cue.number, is_new)


def _no_word(_word: str) -> bool:
    return False


def _has_pauses(cues: Iterable[_Cue]) -> bool:
    """Whether the Chinese is written without punctuation, as subtitles often are; then a new line is a pause."""
    lines = [line for cue in cues for line in cue.lines if language(line) == "zh"]
    return 4 * sum(1 for line in lines if _CHINESE_STOP.search(line)) < len(lines)


def _without_stray(
    sides: dict[Language, list[_Utterance]], source: str
) -> tuple[dict[Language, list[_Utterance]], tuple[Finding, ...]]:
    """The sides without the few utterances of a file in one language that are in the other one."""
    few, many = sorted(sides, key=lambda lang: len(sides[lang]))
    stray = sides[few]
    if not stray or len(stray) > _STRAY_SHARE * len(sides[many]):
        return sides, ()
    message = f"subtitles in the other language left out: {len(stray)} (number {_numbers(stray)})"
    return {many: sides[many]}, (Finding("text", Place(source, stray[0].number), "info", message),)


def _numbers(utterances: Sequence[_Utterance]) -> str:
    return ", ".join(str(each.number) for each in utterances[:20]) + (", ..." if len(utterances) > 20 else "")


def _joined(utterances: Sequence[_Utterance], lang: Language, is_word: Callable[[str], bool]) -> list[_Utterance]:
    """The utterances of one language, joined where a sentence goes on in the next cue."""
    # Without punctuation nothing tells where a sentence ends, so every cue stays by itself.
    is_punctuated = 5 * sum(1 for each in utterances if not ends_open(each.text)) >= 2 * len(utterances)
    joined: list[_Utterance] = []
    for each in utterances:
        left = joined[-1] if joined else None
        if left and _may_go_on(left, each) and _goes_on(left.text, each.text, lang, is_punctuated=is_punctuated):
            text = join(left.text, each.text, lang, is_word)
            joined[-1] = replace(left, text=text, end=max(left.end, each.end), cues=left.cues + 1)
        else:
            joined.append(each)
    return joined


def _may_go_on(left: _Utterance, right: _Utterance) -> bool:
    return not right.is_new and right.start - left.end <= _LONGEST_GAP and left.cues < _MOST_CUES


def _goes_on(left: str, right: str, lang: Language, *, is_punctuated: bool) -> bool:
    """Whether the sentence at the end of `left` goes on in `right`."""
    if is_punctuated:
        return ends_open(left) or bool(_SUSPENDED.search(left) and _BEGINS_WITHIN.match(right))
    return lang == "en" and ends_open(left) and not left.islower() and right[:1].islower()
