"""One escaping function and one ruby function for each place where a text can land."""

import html
import re
from collections.abc import Iterable, Sequence

from flashcards.model import Word, tone

_ANKI_LIVE = str.maketrans({"[": "&#91;", "{": "&#123;", "}": "&#125;", "\\": "&#92;"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_TWO_COLONS = "&#58;&#58;"
_OPENING = frozenset("“‘（《〈「『【〔(￥¥$€£")
_MARKDOWN_LIVE = re.compile(r"[\\`*_\[\]<>#|&~^$]|(?<=www)\.|:(?=//)|^[-+=:]", re.IGNORECASE)
_MARKDOWN_NUMBER = re.compile(r"^(\d+)(?=[.)])")
_CLOSING = frozenset("，。！？；：、”’）》〉」』】〕…,.!?;:)%％‰℃°·")
_WESTERN = re.compile(r"[!-~０-９Ａ-Ｚａ-ｚ]+")
_QUOTES = frozenset("“‘「『\"")
_STOPS = frozenset("。｡！？!?")
_SAYING = frozenset("说說道问問答喊叫嚷")
_LONGEST_TAG = 6
"""Of so many words behind a quotation may say who spoke."""


def anki_text(text: str) -> str:
    r"""Plain text as HTML for a field of an Anki note.

    Besides `<`, `>` and `&` it disarms what Anki would act on: `[sound:...]`, `[latex]`, `[$]`, `[anki:...]`, MathJax's
    `\(` and `\[`, the braces of templates and clozes, and the colons of a cloze's hint. Each character is disarmed by
    itself, so pieces stay harmless when they are joined.

    >>> anki_text("a<b [sound:x.mp3] {{c1::d}}")
    'a&lt;b &#91;sound:x.mp3] &#123;&#123;c1&#58;&#58;d&#125;&#125;'
    """
    escaped = html.escape(_CONTROL.sub("", text), quote=False).translate(_ANKI_LIVE)
    return escaped.replace("::", _TWO_COLONS).replace("\n", "<br>")


def anki_ruby(words: Iterable[Word], toned: bool = False) -> str:
    """The words as Anki's furigana notation, `你好[nǐ hǎo]， 世界[shì jiè]`, for `{{furigana:Field}}`.

    The annotation has one syllable a character. Anki swallows one ASCII space before an annotated word, so one stands
    there wherever text would otherwise join it.

    Args:
        words: the words of a text.
        toned: whether each character has an annotation of its own, in a span of the class of its tone, t1 to t5.
    """
    out = ""
    for word in words:
        if not (word.pinyin and any(word.reading)):
            out += _anki_base(word.text)
        elif toned:
            out += "".join(map(_toned, word.text, word.reading))
        else:
            gap = " " if out and out[-1] not in "]>" else ""
            out += f"{gap}{_anki_base(word.text)}[{_anki_base(' '.join(s for s in word.reading if s))}]"
    return out.replace("::", _TWO_COLONS)


def _anki_base(text: str) -> str:
    return anki_text(text).replace("]", "&#93;")


def _toned(character: str, syllable: str) -> str:
    """A character with its syllable above it, in the class of its tone."""
    base = _anki_base(character)
    return f'<span class="t{tone(syllable)}">{base}[{_anki_base(syllable)}]</span>' if syllable else base


def pinyin_line(words: Sequence[Word], begins: bool = False) -> str:
    """The words' pinyin as a line: spaces between words, none before closing or after opening punctuation.

    The first letter of a sentence is a capital, behind an opening quotation mark too; the words' own pinyin stays as it
    is. What stood together without hanzi (12:30, 1,000) still does.

    Args:
        words: the words of a text, or of a term.
        begins: whether a sentence begins with them. One begins anyway behind a stop, and behind a colon where a
            quotation opens; none behind a quotation that a word of saying follows (“Nǐ hǎo!” tā shuō).
    """
    line = ""
    capital = begins
    glue = True    # whether the next word joins without a space
    quoting = False    # inside straight quotes
    last = None    # the word before, if it is written at all
    for i, word in enumerate(words):
        spelled = word.pinyin
        if not spelled:
            last = None if word.text.isspace() else last
            continue
        opening, closing = word.text[-1] in _OPENING, word.text[0] in _CLOSING
        if word.text == '"':
            opening, closing, quoting = not quoting, quoting, not quoting
        if any(c.isalnum() for c in spelled):
            if capital and spelled != word.text:    # a name in Latin letters keeps its own: iPhone
                spelled = _capitalised(spelled)
            capital = False
        elif not opening:
            capital = _begins_behind(words, i, capital)
        elif i and words[i - 1].text[-1] in "：:" and word.text[-1] in _QUOTES:
            capital = True
        together = last is not None and not opening and _stand_together(last, word)
        line += spelled if glue or closing or together else " " + spelled
        glue = opening or (any(word.reading) and spelled.endswith("-"))
        last = word
    return line.strip()


def _stand_together(one: Word, other: Word) -> bool:
    """Whether there is no space between two words without hanzi: numbers and their marks, and the halves of a dash."""
    if any(one.reading) or any(other.reading):
        return False
    return bool(_WESTERN.fullmatch(one.text + other.text)) or one.text == other.text in ("—", "…")


def _capitalised(spelled: str) -> str:
    """With its first letter as a capital, unless a digit stands before it."""
    at = next(i for i, c in enumerate(spelled) if c.isalnum())
    return spelled[:at] + spelled[at].upper() + spelled[at + 1 :]


def _begins_behind(words: Sequence[Word], i: int, capital: bool) -> bool:
    """Whether a sentence begins behind the marks at i, `capital`: whether one would have begun before them."""
    marks = words[i].text
    if marks.isspace():
        return capital
    stop = marks[-1]
    if stop in _STOPS or (stop == "." and i > 0 and any(words[i - 1].reading)):
        return True
    if not (capital and stop in _CLOSING and stop not in "，、；：,;:"):
        return False
    for word in words[i + 1 : i + 1 + _LONGEST_TAG]:
        if not any(c.isalnum() for c in word.text):
            break
        if word.text[-1] in _SAYING:
            return False
    return True


def level_name(level: int) -> str:
    """The name of an HSK level: 7 stands for the levels 7 to 9, which share one list.

    >>> level_name(3), level_name(7)
    ('3', '7-9')
    """
    return "7-9" if level >= 7 else str(level)


def cell(text: str) -> str:
    """Plain text as a cell of a TSV table: one line, no tab, no control characters."""
    return re.sub(r"\s+", " ", _CONTROL.sub(" ", text)).strip()


def spreadsheet_cell(text: str) -> str:
    """Plain text as a cell of a table that a spreadsheet opens: it is never taken for a formula.

    >>> spreadsheet_cell("=1+1"), spreadsheet_cell("50")
    ("'=1+1", '50')
    """
    text = cell(text)
    return f"'{text}" if text[:1] in tuple("=+-@＝＋－＠") else text


def markdown_text(text: str) -> str:
    r"""Plain text as one line of Markdown: nothing in it is markup, begins a list or a heading, or becomes a link.

    >>> markdown_text("1. [x](http://x) <b>*y*")
    '1\\. \\[x\\](http\\://x) \\<b\\>\\*y\\*'
    """
    return _MARKDOWN_NUMBER.sub(r"\1\\", _MARKDOWN_LIVE.sub(r"\\\g<0>", cell(text)))


def html_text(text: str) -> str:
    """Plain text for HTML, in an element or in a quoted attribute: nothing in it is markup or turns the line round.

    >>> html_text('<b title="x">&amp;')
    '&lt;b title=&quot;x&quot;&gt;&amp;amp;'
    """
    return html.escape(_CONTROL.sub("", text))


def xml_text(text: str) -> str:
    """Plain text without the characters that XML 1.0 forbids; the XML library escapes the rest."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def terminal(text: str) -> str:
    """Plain text for a terminal: nothing in it can move the cursor, change colours or reverse the line."""
    return _CONTROL.sub("", text)
