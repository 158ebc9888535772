"""Simplified and traditional characters."""

import re
from functools import lru_cache

import opencc

_SURROGATE = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=4)
def _converter(configuration: str) -> opencc.OpenCC:
    return opencc.OpenCC(configuration)


def simplified(text: str) -> str:
    """The text in simplified characters, one for one, so that places in it stay what they were."""
    try:
        text.encode("gb2312")    # a set of simplified characters: most texts that are simplified need no converter
    except UnicodeEncodeError:
        return _one_for_one(text, "t2s")
    return text


def traditional(text: str) -> str:
    """The text in traditional characters, in Taiwan's forms, one for one."""
    return _one_for_one(text, "s2tw")


@lru_cache(maxsize=1)
def is_traditional(text: str) -> bool:
    """Whether a text is in traditional characters: more of its characters change to simplified than to traditional."""
    to_simplified = sum(a != b for a, b in zip(text, simplified(text), strict=True))
    to_traditional = sum(a != b for a, b in zip(text, traditional(text), strict=True))
    return to_simplified > to_traditional


def _one_for_one(text: str, configuration: str) -> str:
    convert = _converter(configuration).convert
    if alone := _SURROGATE.findall(text):    # halves of characters, which no library takes
        rest = iter(alone)
        plain = _one_for_one(_SURROGATE.sub("\ufffd", text), configuration)
        return "".join(next(rest) if _SURROGATE.match(old) else new for old, new in zip(text, plain, strict=True))
    whole = str(convert(text))
    return whole if len(whole) == len(text) else "".join(str(convert(c))[:1] or c for c in text)
