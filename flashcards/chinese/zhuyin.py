"""Syllables of pinyin in zhuyin."""

from flashcards.chinese.syllables import toneless
from flashcards.model import tone


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


_INITIALS = _pairs(
    "b=ㄅ p=ㄆ m=ㄇ f=ㄈ d=ㄉ t=ㄊ n=ㄋ l=ㄌ g=ㄍ k=ㄎ h=ㄏ j=ㄐ q=ㄑ x=ㄒ zh=ㄓ ch=ㄔ sh=ㄕ r=ㄖ z=ㄗ c=ㄘ s=ㄙ"
)
_FINALS = _pairs(
    "a=ㄚ o=ㄛ e=ㄜ ê=ㄝ ai=ㄞ ei=ㄟ ao=ㄠ ou=ㄡ an=ㄢ en=ㄣ ang=ㄤ eng=ㄥ er=ㄦ"
    " i=ㄧ ia=ㄧㄚ io=ㄧㄛ ie=ㄧㄝ iai=ㄧㄞ iao=ㄧㄠ iu=ㄧㄡ ian=ㄧㄢ in=ㄧㄣ iang=ㄧㄤ ing=ㄧㄥ"
    " u=ㄨ ua=ㄨㄚ uo=ㄨㄛ uai=ㄨㄞ ui=ㄨㄟ uan=ㄨㄢ un=ㄨㄣ uang=ㄨㄤ ueng=ㄨㄥ ong=ㄨㄥ"
    " ü=ㄩ üe=ㄩㄝ üan=ㄩㄢ ün=ㄩㄣ iong=ㄩㄥ"
)
_NASALS = _pairs("m=ㄇ n=ㄋ ng=ㄫ hm=ㄏㄇ hng=ㄏㄫ r=ㄦ")
"""Syllables without a vowel: interjections, and the suffix of erhua."""

_WRITTEN_FINALS = (
    ("yu", "ü"), ("yi", "i"), ("you", "iu"), ("y", "i"), ("wu", "u"), ("wei", "ui"), ("weng", "ueng"), ("wen", "un"),
    ("wong", "ong"), ("w", "u"),
)  # fmt: skip
"""How pinyin writes finals that have no initial."""


def zhuyin(syllable: str) -> str:
    """A marked syllable in zhuyin; the neutral tone's dot stands before it.

    >>> zhuyin("lǜ"), zhuyin("de"), zhuyin("zhōng"), zhuyin("r")
    ('ㄌㄩˋ', '˙ㄉㄜ', 'ㄓㄨㄥ', 'ㄦ')
    """
    letters = toneless(syllable)
    mark = "ˊˇˋ"[tone(syllable) - 2] if tone(syllable) in (2, 3, 4) else ""
    dot = "˙" if tone(syllable) == 5 and letters != "r" else ""
    return dot + (_NASALS.get(letters) or _in_zhuyin(letters)) + mark


def _in_zhuyin(letters: str) -> str:
    """A syllable with a vowel, without its tone."""
    for written, plain in _WRITTEN_FINALS:
        if letters.startswith(written):
            letters = plain + letters[len(written) :]
            break
    initial = next((letters[:size] for size in (2, 1) if letters[:size] in _INITIALS), "")
    final = letters[len(initial) :]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "ü" + final[1:]
    if initial in ("zh", "ch", "sh", "r", "z", "c", "s") and final == "i":
        final = ""
    return _INITIALS.get(initial, "") + _FINALS.get(final, final)
