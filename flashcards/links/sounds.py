"""How much a name in Latin letters sounds like hanzi that transliterate it: 威尔金森 and Wilkinson."""

import re
from collections.abc import Sequence
from functools import lru_cache

_INITIALS = {
    "b": "P", "p": "P", "d": "T", "t": "T", "g": "K", "k": "K", "h": "H", "j": "J", "q": "C", "x": "S", "zh": "J",
    "ch": "C", "sh": "S", "z": "S", "c": "S", "s": "S", "l": "L", "r": "L", "m": "M", "n": "N", "f": "F", "w": "W",
    "y": "Y",
}  # fmt: skip
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)([aeiouüvê]*)(ng?|r?)")
_LETTERS = (
    (re.compile("ph|v"), "F"), (re.compile("tch|ch"), "C"), (re.compile("sh"), "S"), (re.compile("th"), "T"),
    (re.compile("ck|qu?"), "K"), (re.compile("x"), "KS"), (re.compile("c(?=[eiy])"), "S"),
    (re.compile("g(?=[eiy])"), "J"), (re.compile("[bp]+"), "P"), (re.compile("[dt]+"), "T"),
    (re.compile("[gkc]+"), "K"),
    (re.compile("[lr]+"), "L"), (re.compile("m+"), "M"), (re.compile("n+g?"), "N"), (re.compile("f+"), "F"),
    (re.compile("j"), "J"), (re.compile("[sz]+"), "S"), (re.compile("(?<!^)w|(?<!^)[hy]|[aeiou]"), ""),
    (re.compile("^w"), "W"), (re.compile("^h"), "H"), (re.compile("^y"), "Y"),
)  # fmt: skip
"""Letters by their sound, one rule after the other; vowels are left out, as are w, h and y behind another letter."""

_ALIKE = {
    frozenset(pair): 0.6
    for pair in ("JK", "CK", "SC", "SJ", "JC", "SH", "WF", "TS", "TC", "JY", "HK", "PF", "MN", "TJ")
}
_FEWEST_SOUNDS = 3
"""With fewer sounds on either side they are alike by accident."""

_ADDED = {"L": 0.4, "N": 0.5, "H": 0.4, "W": 0.5, "Y": 0.4}
"""What a sound costs that one side has and the other has not; Chinese adds and drops these. Others cost 1."""


@lru_cache(maxsize=20_000)
def likeness(syllables: Sequence[str], name: str) -> float:
    """How alike hanzi and a name sound, 0 to 1, by the sounds that are no vowels; 0 if these are too few to tell.

    Args:
        syllables: the pinyin of the hanzi without tones, as a tuple.
        name: the name in lower case.

    >>> likeness(("wei", "er", "jin", "sen"), "wilkinson") > 0.8 > likeness(("fa", "zhan"), "development")
    True
    """
    chinese, latin = _of_syllables(syllables), _of_letters(name)
    longest = max(len(chinese), len(latin))
    if min(len(chinese), len(latin)) < _FEWEST_SOUNDS:
        return 0.0
    costs = [0.0]
    for sound in latin:
        costs.append(costs[-1] + _ADDED.get(sound, 1.0))
    for own in chinese:
        before, costs = costs, [costs[0] + _ADDED.get(own, 1.0)]
        for at, sound in enumerate(latin, 1):
            replaced = before[at - 1] + (0.0 if own == sound else 1.0 - _ALIKE.get(frozenset((own, sound)), 0.0))
            dropped = before[at] + _ADDED.get(own, 1.0)
            added = costs[at - 1] + _ADDED.get(sound, 1.0)
            costs.append(min(replaced, dropped, added))
    return max(0.0, 1.0 - costs[-1] / longest)


@lru_cache(maxsize=20_000)
def _of_syllables(syllables: Sequence[str]) -> str:
    sounds = ""
    for syllable in syllables:
        if syllable == "er":
            sounds += "L"
        elif match := _SYLLABLE.match(syllable):
            initial, _, coda = match.groups()
            sounds += _INITIALS.get(initial, "")
            sounds += "N" if coda.startswith("n") else ""
    return sounds


@lru_cache(maxsize=20_000)
def _of_letters(name: str) -> str:
    sounds = name
    for letters, sound in _LETTERS:
        sounds = letters.sub(sound, sounds)
    return sounds
