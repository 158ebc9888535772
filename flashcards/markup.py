"""One escaping function and one ruby function for each place where a text can land."""

import html
import re
import unicodedata
from collections.abc import Iterable

from flashcards.model import Word

_ANKI_LIVE = re.compile(r"\[(?=(?:sound|anki|type):|latex\]|/latex\]|\$\$?\]|/\$\$?\])", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_OPENING = frozenset("“‘（《〈「『【〔(")
_CLOSING = frozenset("，。！？；：、”’）》〉」』】〕…,.!?;:)%％·")


def anki_text(text: str) -> str:
    r"""Plain text as HTML for a field of an Anki note.

    Besides `<`, `>` and `&` it disarms what Anki would act on: `[sound:...]`, `[latex]`, `[$]`, `[anki:...]`, MathJax's
    `\(` and `\[`, the braces of templates and clozes, and the colons of a cloze's hint.

    >>> anki_text("a<b [sound:x.mp3] {{c1::d}}")
    'a&lt;b &#91;sound:x.mp3] &#123;&#123;c1&#58;&#58;d&#125;&#125;'
    """
    escaped = html.escape(_CONTROL.sub("", text), quote=False)
    escaped = _ANKI_LIVE.sub("&#91;", escaped)
    for live, harmless in (
        ("\\(", "&#92;("),
        ("\\[", "&#92;["),
        ("{{", "&#123;&#123;"),
        ("}}", "&#125;&#125;"),
        ("::", "&#58;&#58;"),
    ):
        escaped = escaped.replace(live, harmless)
    return escaped.replace("\n", "<br>")


def anki_ruby(words: Iterable[Word]) -> str:
    """The words as Anki's furigana notation, `你好[nǐ hǎo]， 世界[shì jiè]`, for `{{furigana:Field}}`.

    The annotation has one syllable a character. Anki swallows one ASCII space before an annotated word, so one stands
    there wherever text would otherwise join it.
    """
    out: list[str] = []
    for word in words:
        text = anki_text(word.text).replace("[", "&#91;")
        if word.pinyin and any(word.reading):
            gap = " " if out and not out[-1].endswith("]") else ""
            out.append(f"{gap}{text}[{anki_text(' '.join(s for s in word.reading if s))}]")
        else:
            out.append(text)
    return "".join(out)


def pinyin_line(words: Iterable[Word]) -> str:
    """The words' pinyin as a line: spaces between words, none before closing or after opening punctuation."""
    line = ""
    glue = True    # whether the next word joins without a space
    for word in words:
        spelled = word.pinyin
        if not spelled:
            continue
        closing = word.text[0] in _CLOSING
        line += spelled if glue or closing else " " + spelled
        glue = word.text[-1] in _OPENING
    return line.strip()


def cell(text: str) -> str:
    """Plain text as a cell of a TSV table: one line, no tab, no control characters."""
    return re.sub(r"\s+", " ", _CONTROL.sub(" ", text)).strip()


def terminal(text: str) -> str:
    """Plain text for a terminal: nothing in it can move the cursor, change colours or reverse the line."""
    return _CONTROL.sub("", text).replace("\r", "")


def width(text: str) -> int:
    """The number of terminal columns that the text takes: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text if not unicodedata.combining(c))
