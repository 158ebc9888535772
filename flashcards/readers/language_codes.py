"""Which side of a bilingual text the language codes of markup mean."""

import re

from flashcards.model import Language

_PRIMARY: dict[str, Language] = {
    **dict.fromkeys(("zh", "zho", "chi", "cmn", "yue", "cn", "chinese"), "zh"),
    **dict.fromkeys(("en", "eng", "english"), "en"),
}
_SEPARATOR = re.compile(r"[-_\s]")


def side(code: str) -> Language | None:
    """The language that a code (BCP 47, ISO 639, or what tools write instead) stands for; None for any other.

    Chinese in Latin letters is pinyin, and none.

    >>> side("zh-Hant-TW"), side("EN_us"), side("cmn"), side("zh-Latn-pinyin"), side("fr")
    ('zh', 'en', 'zh', None, None)
    """
    primary, *others = _SEPARATOR.split(code.strip().lower())
    return None if "latn" in others and _PRIMARY.get(primary) == "zh" else _PRIMARY.get(primary)
