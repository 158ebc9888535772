"""Characters of a page put together to pieces of lines: what stands on one baseline without a wide gap in it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from flashcards.model import HAN
from flashcards.readers.pdf_characters import Character
from flashcards.text.languages import language

_SAME_LINE = 0.35    # of the size: how far a superscript or subscript may stand from the baseline
_WIDE_GAP = 0.8    # of the size: few spaces between words are so wide, and few columns so close
_WIDE_GAP_OF_LANGUAGES = 0.5    # of the size: between Chinese and Latin letters
_SPACE = 0.15    # of the size: no letters of one word stand so far apart
_SPACE_IN_CHINESE_TEXT = 0.4    # of the size: between two characters
_SPACE_BESIDE_CHINESE = 1.0    # of the size: typesetters part Chinese from Latin letters by less
_NOTE_SIZE = 0.8    # of the line's size
_RUBY_SIZE = 0.8
_RUBY_REACH = 1.6    # of the size of the line below

_WIDE = rf"{HAN}\u3000-\u303f\u3100-\u312f\uff00-\uffef"    # the marks that both languages share may be either
_SPACE_IN_CHINESE = re.compile(rf"(?<=[{_WIDE}“”‘’—…])\s+(?=[{_WIDE}])")
_SPACED_OUT = 0.25    # of the places between characters have a space in a text that is only set wide
_BESIDE_CHINESE = re.compile(f"[{_WIDE}]")
_LEADER = re.compile(r"\s*(?:[.·…]\s?){5,}\s*\d*$")
_NOTE_MARK = re.compile(r"[\[(（]?[\d*†‡§①-⑳]{1,3}(?:,\s?\d{1,3})*[\])）]?")
_CLOSING_MARKS = frozenset("，。、；：！？）》」』】〉")
_WHITE_OF_MARK = 0.45    # of the size
_LABEL = re.compile(r"\(?\d{1,3}[.)、]|[（(]\d{1,2}[)）]|[-•·●○▪■◆‣◦➢✓–]|[a-zA-Z][.)]|[一二三四五六七八九十]{1,3}、")
_HAN = re.compile(f"[{HAN}]")
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_VOWELS = re.compile("[aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+")
_ANNOTATION = re.compile(r"[A-Za-zÀ-ɏ\u3040-\u30ff\u3100-\u312f\s'’-]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line: its text, its edges, its baseline `y` downwards from the top, its size; all in points."""

    text: str
    left: float
    right: float
    y: float
    size: float


def segments(characters: Iterable[Character]) -> list[Segment]:
    """The pieces of lines from top to bottom and from left to right, without marks of footnotes and without ruby."""
    lines = _lines(_strokes(characters))
    pieces = [segment for line in lines for segment in _segments(_without_note_marks(line))]
    return _without_ruby(pieces)


def is_pinyin(text: str) -> bool:
    """Whether a text is nothing but pinyin, or zhuyin; every syllable of a single word must bear a tone.

    >>> is_pinyin("lí"), is_pinyin("nǐ hǎo ma"), is_pinyin("café"), is_pinyin("apple")
    (True, True, False, False)
    """
    if text.isascii() or not _ANNOTATION.fullmatch(text):
        return False
    return language(text) is None or all(_TONED.search(vowels) for vowels in _VOWELS.findall(text.lower()))


def merged(left: Segment, right: Segment) -> Segment:
    """Two pieces of one line as one, whatever the gap between them."""
    main = max(left, right, key=lambda piece: piece.size)
    text = f"{left.text}{' ' if _is_space(left, right) else ''}{right.text}"
    return Segment(_tidied(text), min(left.left, right.left), max(left.right, right.right), main.y, main.size)


def _strokes(characters: Iterable[Character]) -> list[Segment]:
    """The characters in runs that were drawn one after the other, each on one baseline and in one size."""
    strokes: list[Segment] = []
    after_space = False
    for character in characters:
        if not character.text.strip():
            after_space = after_space or bool(character.text)    # of any width: only what is printed parts columns
            continue
        piece = Segment(character.text, character.left, character.right, character.y, character.size)
        last = strokes[-1] if strokes else None
        if last and _goes_on(last, piece):
            text = f"{last.text}{' ' if after_space or _is_space(last, piece) else ''}{piece.text}"
            strokes[-1] = Segment(text, last.left, max(last.right, piece.right), last.y, last.size)
        else:
            strokes.append(replace(piece, text=f" {piece.text}") if after_space else piece)
        after_space = False
    return strokes


def _goes_on(last: Segment, piece: Segment) -> bool:
    return (
        abs(last.y - piece.y) < 0.1 * last.size
        and abs(last.size - piece.size) < 0.1 * last.size
        and -0.5 * last.size < piece.left - last.right < _WIDE_GAP_OF_LANGUAGES * last.size
    )


def _is_space(left: Segment, right: Segment) -> bool:
    """Whether the gap between two pieces stands for a space."""
    before, after = left.text[-1:], right.text.lstrip()[:1]
    if _HAN.match(before) and _HAN.match(after):
        least = _SPACE_IN_CHINESE_TEXT
    elif _BESIDE_CHINESE.match(before) or _BESIDE_CHINESE.match(after):
        least = _SPACE_BESIDE_CHINESE
    else:
        least = _SPACE
    return right.left - left.right > least * max(left.size, right.size)


def _lines(strokes: Iterable[Segment]) -> list[list[Segment]]:
    """The strokes that stand on one line, from left to right; the lines from top to bottom."""
    lines: list[list[Segment]] = []
    for stroke in sorted(strokes, key=lambda stroke: (stroke.y, stroke.left)):
        line = next((line for line in reversed(lines[-3:]) if _is_beside(line, stroke)), None)
        if line is None:
            lines.append([stroke])
        elif not any(_is_copy(stroke, other) for other in line):
            line.append(stroke)
    return [sorted(line, key=lambda stroke: stroke.left) for line in lines]


def _is_beside(line: Sequence[Segment], stroke: Segment) -> bool:
    """Whether the stroke stands on the line: on its baseline, or raised or lowered and close to something on it."""
    nearest = min(line, key=lambda other: _gap(other, stroke))
    off = abs(nearest.y - stroke.y)
    size = max(nearest.size, stroke.size)
    if off < 0.1 * size:
        return True
    return off < _SAME_LINE * size + 0.1 * size and _gap(nearest, stroke) < 0.5 * size


def _gap(one: Segment, other: Segment) -> float:
    return max(one.left, other.left) - min(one.right, other.right)


def _is_copy(one: Segment, other: Segment) -> bool:
    """Whether a stroke is drawn twice, a little aside, to make it bold."""
    return one.text == other.text and abs(one.left - other.left) < 0.1 * one.size


def _without_note_marks(line: list[Segment]) -> list[Segment]:
    """The line without small raised numbers and signs that point to a footnote, or stand before one."""
    if len(line) == 1:
        return line
    size = max(stroke.size for stroke in line)
    base = median(stroke.y for stroke in line if stroke.size == size)

    def is_mark(stroke: Segment) -> bool:
        is_raised = stroke.size < _NOTE_SIZE * size and stroke.y < base - 0.1 * size
        return is_raised and _NOTE_MARK.fullmatch(stroke.text.strip()) is not None

    return [stroke for stroke in line if not is_mark(stroke)]


def _segments(line: Sequence[Segment]) -> list[Segment]:
    """The pieces of a line that wide gaps part; the label of a list's item stays with it."""
    pieces: list[Segment] = []
    for stroke in line:
        last = pieces[-1] if pieces else None
        size = max(stroke.size, last.size) if last else stroke.size
        if last and (stroke.left - _ink_end(last) < _widest(last, stroke) * size or _LABEL.fullmatch(last.text)):
            pieces[-1] = merged(last, stroke)
        else:
            pieces.append(replace(stroke, text=_tidied(stroke.text).strip()))
    led = [_without_leader(piece) for piece in pieces]
    return [replace(piece, right=_ink_end(piece)) for piece in led]


def _without_leader(piece: Segment) -> Segment:
    """A line of a table of contents without the dots that lead to its page's number."""
    text = _LEADER.sub("", piece.text)
    share = len(text) / len(piece.text) if text else 1.0
    return replace(piece, text=text or piece.text, right=piece.left + share * (piece.right - piece.left))


def _ink_end(piece: Segment) -> float:
    """Where a piece ends to the eye: the right half of a closing mark is white, and may reach into the margin."""
    return piece.right - (_WHITE_OF_MARK * piece.size if piece.text[-1:] in _CLOSING_MARKS else 0.0)


def _widest(left: Segment, right: Segment) -> float:
    """The gap, in sizes, that parts two strokes."""
    change = bool(_BESIDE_CHINESE.match(left.text[-1:])) != bool(_BESIDE_CHINESE.match(right.text.lstrip()))
    return _WIDE_GAP_OF_LANGUAGES if change else _WIDE_GAP


def _tidied(text: str) -> str:
    """The text without double spaces, and without spaces between Chinese characters if they only set it wide."""
    text = re.sub(r"\s+", " ", text)
    spaces = len(_SPACE_IN_CHINESE.findall(text))
    return _SPACE_IN_CHINESE.sub("", text) if spaces > _SPACED_OUT * (len(_HAN.findall(text)) - 1) else text


def _without_ruby(pieces: Sequence[Segment]) -> list[Segment]:
    """The pieces without pinyin and zhuyin: alone on a line, or small and close above a piece with characters."""
    return [piece for piece in pieces if not (is_pinyin(piece.text) or _is_ruby(piece, pieces))]


def _is_ruby(piece: Segment, pieces: Iterable[Segment]) -> bool:
    return bool(_ANNOTATION.fullmatch(piece.text)) and any(
        piece.size < _RUBY_SIZE * base.size
        and 0 < base.y - piece.y < _RUBY_REACH * base.size
        and piece.left < base.right
        and base.left < piece.right
        and _HAN.search(base.text)
        for base in pieces
    )
