"""Lines that hold a text and its translation, one behind the other: 你好。Hello."""

import re
from itertools import pairwise

from flashcards.model import HAN
from flashcards.text.languages import language

_LETTERS = re.compile(rf"(?P<zh>[{HAN}]+)|(?P<en>[A-Za-zÀ-ɏ]+)")
_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_SENTENCE_END = re.compile(r".*[。！？.!?…][”’」』\"'）)]*")
_CLOSING = re.compile(r".*[)）\]】”’」』》]")
_SEPARATOR = re.compile(r"\s*[-–—|/=:：]*\s*")
_CHINESE_MARKS = re.compile("[。，、；《》「」]")
_TONED = "[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]"
_PINYIN_FIRST = re.compile(rf"(?:[a-zü]*{_TONED}[a-zü{_TONED[1:-1]}'’]*[\s-]+)+", re.IGNORECASE)


def halves(text: str) -> tuple[str, ...]:
    """The texts of a line in turn, of which each two translate each other; () if it is in one language.

    Glosses in brackets stay with what they explain; pinyin between a word and its translation is left out.

    >>> halves("你好。Hello."), halves("苹果 píngguǒ - apple"), halves("我们用 Microsoft Word 写字。")
    (('你好。', 'Hello.'), ('苹果', 'apple'), ())
    """
    masked = _BRACKETED.sub(lambda found: " " * len(found[0]), text)
    letters = list(_LETTERS.finditer(masked))
    turns = [(a.end(), b.start()) for a, b in pairwise(letters) if a.lastgroup != b.lastgroup]
    cuts = [(end, start) for end, start in turns if _SENTENCE_END.match(text[end:start])]
    if not cuts and len(turns) == 1:
        cuts = turns
    bounds = [(0, 0), *(_cut(text, end, start) for end, start in cuts), (len(text), len(text))]
    parts = tuple(text[start:end].strip() for (_, start), (end, _) in pairwise(bounds))
    parts = tuple(_PINYIN_FIRST.sub("", part, count=1) if _PINYIN_FIRST.match(part) else part for part in parts)
    return parts if _take_turns(parts) else ()


def _cut(text: str, end: int, start: int) -> tuple[int, int]:
    """Where the text before a turn ends and the one behind it begins; a separator is in neither."""
    between = text[end:start]
    if _SEPARATOR.fullmatch(between):
        return end, start
    edge = _SENTENCE_END.match(between) or _CLOSING.match(between)
    at = end + (edge.end() if edge else 0)
    return at, at


def _take_turns(parts: tuple[str, ...]) -> bool:
    langs = [language(part) for part in parts]
    if len(parts) < 2 or len(parts) % 2 or None in langs or any(a == b for a, b in pairwise(langs)):
        return False
    return not any(lang == "en" and _CHINESE_MARKS.search(part) for lang, part in zip(langs, parts, strict=True))
