"""Repairs of a text's characters: what editors and converters leave behind, never what an author wrote.

Each repair is a function of its own and does one thing; Chinese punctuation is left alone. `clean` applies them all.
"""

import re
import unicodedata

_HALF_WIDTH = {
    code: code - 0xFEE0
    for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
    for code in range(ord(first), ord(last) + 1)
}


def normalise_line_ends(text: str) -> str:
    r"""Windows's and the old Macintosh's line ends as line feeds.

    >>> normalise_line_ends("a\r\nb\rc")
    'a\nb\nc'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def remove_invisible(text: str) -> str:
    r"""The text without byte order marks, zero-width spaces and control characters other than tab and line feed.

    >>> remove_invisible("\ufeff上\u200b海\x07")
    '上海'
    """
    return re.sub(r"[\ufeff\u200b\u2060\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text)


def spell_soft_hyphens(text: str) -> str:
    r"""Soft hyphens as hyphens where a line ends with them, as nothing elsewhere.

    >>> spell_soft_hyphens("inter\u00adnational go\u00ad")
    'international go-'
    """
    return re.sub("\u00ad+(?=\\s*$)", "-", text, flags=re.MULTILINE).replace("\u00ad", "")


def compose_accents(text: str) -> str:
    r"""Letters and their combining accents as one character each (Unicode NFC).

    >>> compose_accents("lu\u0308\u030c")
    'lǚ'
    """
    return unicodedata.normalize("NFC", text)


def narrow_letters(text: str) -> str:
    """Full-width Latin letters and digits at their usual width.

    >>> narrow_letters("ＧＤＰ增长３％，好！")
    'GDP增长3％，好！'
    """
    return text.translate(_HALF_WIDTH)


def plain_spaces(text: str) -> str:
    r"""Non-breaking, thin and other Latin spaces as the ordinary space.

    >>> plain_spaces("10\u00a0%\u2009of")
    '10 % of'
    """
    return re.sub("[\u00a0\u2000-\u200a\u202f\u205f]", " ", text)


def trim_lines(text: str) -> str:
    r"""Every line without the space at its edges, the ideographic indent of Chinese paragraphs too.

    >>> trim_lines("　　感谢各位。 \n好")
    '感谢各位。\n好'
    """
    return "\n".join(line.strip() for line in text.split("\n"))


def clean(text: str) -> str:
    r"""All the repairs in turn; cleaning a clean text changes nothing.

    >>> clean("\ufeff　　ＧＤＰ\u00a0增长\r\n")
    'GDP 增长\n'
    """
    for repair in (
        normalise_line_ends,
        remove_invisible,
        spell_soft_hyphens,
        narrow_letters,
        compose_accents,
        plain_spaces,
        trim_lines,
    ):
        text = repair(text)
    return text
