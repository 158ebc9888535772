"""A quiz as a PDF to print: the questions, then the answers on a page of their own, set by Typst."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from flashcards.model import Finding, Item, Option, Quiz
from flashcards.sheets.typesetting import Data, Paper, plain, title_parts, typeset, unprintable

_MM_PER_HANZI = 8    # room to write one character by hand
_BLANK_MM = (26, 44)    # the shortest and the longest blank


def pdf(quiz: Quiz, *, paper: Paper = "a4", pinyin: bool = True, notice: str = "") -> bytes:
    """The quiz as a tagged, searchable PDF; the same quiz gives the same bytes.

    Args:
        quiz: the quiz; an item's blanks become rules to write on, its options a bank or a list to choose from.
        paper: the paper size.
        pinyin: whether the words to choose from carry their pinyin. The key always does.
        notice: credits, set small below the key.
    """
    return typeset("quiz.typ", sheet(quiz, pinyin=pinyin, notice=notice), paper)


def findings(quiz: Quiz) -> tuple[Finding, ...]:
    """What the quiz's printed sheet cannot show."""
    return unprintable(_texts(quiz))


def _texts(quiz: Quiz) -> Iterator[str]:
    yield quiz.title
    for item in quiz.items:
        yield from (item.stem, item.prompt)
        for option in (*item.key, *item.options):
            yield from (option.text, option.pinyin, option.gloss)


def sheet(quiz: Quiz, *, pinyin: bool = True, notice: str = "") -> Data:
    """What the template sets: plain strings and numbers only, in the order of the page."""
    uses = Counter(item.options for item in quiz.items)
    numbered = list(enumerate(quiz.items, start=1))

    def bank(item: Item) -> tuple[Option, ...]:
        """The options, if they stand in a box above the items that share them rather than below the item."""
        return item.options if item.blanks and (uses[item.options] > 1 or len(item.blanks) > 1) else ()

    title, subtitle = title_parts(plain(quiz.title))
    return {
        "title": title,
        "subtitle": subtitle,
        "version": plain(quiz.version),
        "points": sum(item.points for item in quiz.items),
        "blank": _blank_width(quiz),
        "sections": [
            {
                "bank": [_option(option, pinyin) for option in shared],
                "items": [_item(number, item, () if shared else item.options, pinyin) for number, item in section],
            }
            for (_, shared), section in groupby(numbered, key=lambda entry: (entry[1].kind, bank(entry[1])))
        ],
        "key": [answer for number, item in numbered for answer in _answers(number, item, lettered=not bank(item))],
        "notice": plain(notice),
    }


def _blank_width(quiz: Quiz) -> int:
    """The width of every blank in millimetres: one for all, so that none tells how long its word is."""
    longest = max((len(key.text) for item in quiz.items for key in item.key), default=0)
    shortest, widest = _BLANK_MM
    return min(max(longest * _MM_PER_HANZI, shortest), widest)


def _item(number: int, item: Item, options: tuple[Option, ...], pinyin: bool) -> Data:
    return {
        "number": number,
        "stem": list(_pieces(item)),
        "prompt": plain(item.prompt),
        "options": [_option(option, pinyin) for option in options],
    }


def _pieces(item: Item) -> Iterator[str | int]:
    """The stem as texts and blanks; a blank is its number from 1, or 0 if it is the only one."""
    end = 0
    for place, (start, stop) in enumerate(item.blanks, start=1):
        yield plain(item.stem[end:start])
        yield place if len(item.blanks) > 1 else 0
        end = stop
    yield plain(item.stem[end:])


def _answers(number: int, item: Item, *, lettered: bool) -> Iterator[Data]:
    choices = [option.text for option in item.options] if lettered else []
    for place, key in enumerate(item.key, start=1):
        letter = chr(ord("A") + choices.index(key.text)) if key.text in choices else ""
        part = f" ({place})" if len(item.key) > 1 else ""
        yield {"number": f"{number}{part} {letter}".strip(), **_option(key, pinyin=True), "gloss": plain(key.gloss)}


def _option(option: Option, pinyin: bool) -> dict[str, str]:
    return {"text": plain(option.text), "pinyin": plain(option.pinyin) if pinyin else ""}
