"""Where one word ends and the next begins."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from flashcards.chinese.script import simplified


@lru_cache(maxsize=1)
def _cutter() -> Callable[[str], list[str]]:
    """The segmenter: in Rust where there is a wheel, else an instance of our own of the one in Python."""
    try:
        import rjieba
    except ImportError:
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        return jieba.Tokenizer().lcut    # type: ignore[no-any-return, unused-ignore]
    return rjieba.cut    # type: ignore[no-any-return, unused-ignore]


def words(text: str, corrections: Mapping[str, Sequence[str]] | None = None) -> tuple[str, ...]:
    """The words, numbers and marks of a text; they join to it.

    Traditional text is cut where its simplified form would be, which the word lists know better.

    Args:
        text: a Chinese sentence.
        corrections: for a string the words that it is to be cut into, wherever it occurs.

    >>> words("他的确喜欢上海。", {"喜欢上海": ["喜", "欢上海"]})
    ('他', '的确', '喜', '欢上海', '。')
    """
    edges = {0}
    end = 0
    for word in _cutter()(simplified(text)):
        end += len(word)
        edges.add(end)
    for string, parts in (corrections or {}).items():
        start = text.find(string)
        while start >= 0:
            edges -= set(range(start, start + len(string)))
            edges.add(end := start)
            for part in parts:
                end += len(part)
                edges.add(end)
            start = text.find(string, start + len(string))
    ordered = sorted(edges)
    return tuple(text[a:b] for a, b in pairwise(ordered))
