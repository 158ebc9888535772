"""White space as markup means it: where a line ends says nothing, and a run of spaces is one."""

import re

from flashcards.text.languages import language

_SPACE = "[ \\t\\n\\r\\f\u00a0\u2000-\u200a\u202f\u205f]"
_SPACES = re.compile(f"{_SPACE}+")
_LINE_END = re.compile(f"{_SPACE}*[\\r\\n]{_SPACE}*")
_BETWEEN_LETTERS = re.compile(f"(?<=[A-Za-zÀ-ɏ]){_LINE_END.pattern}(?=[A-Za-zÀ-ɏ])")


def fold(text: str) -> str:
    r"""The text on one line, without space at its edges and with single spaces in it.

    >>> fold("\n  It\u00a0 changed.\n"), fold("世界\n  变了，\n好。")
    ('It changed.', '世界变了，好。')
    """
    return _SPACES.sub(" ", fold_lines(text))


def fold_lines(text: str) -> str:
    r"""The text on one line; spaces within its lines stay as they are.

    A line end is a space in English, and in Chinese only between Latin letters.

    >>> fold_lines("Hello,\n  world.  Yes."), fold_lines("用\nMicrosoft\nWord 写，\n好。")
    ('Hello, world.  Yes.', '用Microsoft Word 写，好。')
    """
    text = text.strip()
    if "\n" not in text and "\r" not in text:
        return text
    if language(text) == "zh":
        return _LINE_END.sub("", _BETWEEN_LETTERS.sub(" ", text))
    return _LINE_END.sub(" ", text)
