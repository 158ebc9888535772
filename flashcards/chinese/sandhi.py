"""Tones as they are spoken: 一 and 不 before other tones, third tones before third tones."""

from collections.abc import Callable, Sequence
from itertools import accumulate

from flashcards.chinese.syllables import with_tone
from flashcards.model import tone

_DIGITS = "零〇一二三四五六七八九"
_NEUTRAL_FOURTH = frozenset("个個箇")
"""Characters that are neutral in speech and still change 一 as the fourth tone that they had."""

_NOT_A_VERB = frozenset("从從决決绝絕并並也都毫永要可岂豈无無莫何这這那三四半再还還就又才总總若如既便更最很真")
_NOT_A_COMPLEMENT = frozenset("是会會能要可应應肯敢许許想该該让讓")


def with_sandhi(
    reading: Sequence[Sequence[str]], text: Sequence[str], is_word: Callable[[str], bool] = lambda _: False
) -> list[tuple[str, ...]]:
    """The readings of a sentence's words as they are spoken.

    一 becomes yí before a fourth tone (and before 个 that has lost its own) and yì before others, except in numbers, as
    an ordinal, and at the end of a longer word; it is neutral between a verb and its double (看一看, 看了一看). 不
    becomes bú before a fourth tone, and is neutral between a word and its double (好不好) and before a complement in a
    word of three characters (看不见).

    Third tones change in a word first, by its parts, then between words in twos, see `_third_tones`.

    Args:
        reading: for each word one syllable a character.
        text: the words.
        is_word: whether a part of a word is a word itself; it tells 小·老虎 from 展览·馆.

    Returns:
        The readings in the same shape.
    """
    characters = "".join(text)
    syllables = [s for word in reading for s in word]
    ends = set(accumulate(len(word) for word in text if word))
    starts = {0, *ends}
    spoken = list(syllables)
    for i, (character, syllable) in enumerate(zip(characters, syllables, strict=True)):
        if character == "一" and syllable == "yī":
            spoken[i] = _yi(characters, syllables, i, ends_word=i + 1 in ends and i not in starts)
        elif character == "不" and syllable == "bù":
            inside = i - 1 in starts and i + 2 in ends and not starts & {i, i + 1}
            spoken[i] = _bu(characters, syllables, i, inside)
    return _third_tones(text, spoken, is_word)


def _yi(characters: str, syllables: Sequence[str], i: int, ends_word: bool) -> str:
    """How the 一 at i is spoken."""
    following = syllables[i + 1] if i + 1 < len(syllables) else ""
    if not following or ends_word or _counts(characters, i):
        return "yī"
    behind = characters[i + 1]
    before = characters[max(0, i - 2) : i]
    if (before[-1:] == behind and before[:-1] != "一") or before == f"{behind}了":
        return "yi"
    falling = tone(following) == 4 or (tone(following) == 5 and behind in _NEUTRAL_FOURTH)
    return "yí" if falling else "yì"


def _counts(characters: str, i: int) -> bool:
    """Whether the 一 at i is a digit, an ordinal or part of a date, which keeps its tone."""
    before, following = characters[i - 1 : i] if i else "", characters[i + 1 : i + 2]
    return bool(
        (before and before in _DIGITS + "第初十百千万萬亿億")
        or characters[max(0, i - 2) : i] in ("星期", "礼拜", "禮拜")
        or (following and following in _DIGITS + "十月日号號楼樓级級")
        or characters[i + 1 : i + 3] in ("年级", "年級")
    )


def _bu(characters: str, syllables: Sequence[str], i: int, inside: bool) -> str:
    """How the 不 at i is spoken; `inside` says that it is the middle of a word of three characters."""
    following = syllables[i + 1] if i + 1 < len(syllables) else ""
    if not following:
        return "bù"
    before, behind = characters[i - 1 : i] if i else "", characters[i + 1]
    doubled = before == behind or characters[max(0, i - 2) : i] == characters[i + 1 : i + 3] != ""
    complement = inside and before not in _NOT_A_VERB and behind not in _NOT_A_COMPLEMENT
    if i and syllables[i - 1] and (doubled or complement):
        return "bu"
    return "bú" if tone(following) == 4 else "bù"


def _third_tones(
    text: Sequence[str], syllables: Sequence[str], is_word: Callable[[str], bool]
) -> list[tuple[str, ...]]:
    """The words' readings with the third tones that are spoken as second ones.

    In a word each part changes first, then what still meets: zhánlán·guǎn, xiǎo·láohǔ. Words whose third tones still
    meet then go in twos from the first, an odd one with the two before it (wó hén hǎo, wó yě | xiáng mǎi); they change
    inside such a group, not across its edge.
    """
    out = []
    at = 0
    for word in text:
        own = list(syllables[at : at + len(word)])
        _change_word(word, own, is_word)
        out.append(own)
        at += len(word)
    run: list[int] = []
    for i in range(len(out)):
        run.append(i)
        if i + 1 < len(out) and _meet(out[i], out[i + 1]):
            continue
        for position, word_at in enumerate(run[:-1]):
            edge = position % 2 == 1 and position + 2 < len(run)
            if not edge:
                out[word_at][-1] = with_tone(out[word_at][-1], 2)
        run = []
    return [tuple(own) for own in out]


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a third tone at the end of one meets a third tone at the beginning of the other."""
    return bool(one and other and one[-1] and other[0]) and tone(one[-1]) == tone(other[0]) == 3


def _change_word(word: str, syllables: list[str], is_word: Callable[[str], bool]) -> None:
    """Change the third tones in a word, in place: in its two parts, then where they meet."""
    if len(word) < 2 or sum(bool(s) and tone(s) == 3 for s in syllables) < 2:
        return
    cut = _seam(word, is_word)
    head, tail = syllables[:cut], syllables[cut:]
    _change_word(word[:cut], head, is_word)
    _change_word(word[cut:], tail, is_word)
    if _meet(head, tail):
        head[-1] = with_tone(head[-1], 2)
    syllables[:] = head + tail


def _seam(word: str, is_word: Callable[[str], bool]) -> int:
    """Where a word's two parts meet: an even one divides behind two, an odd one before or behind what is a word."""
    if len(word) % 2 == 0:
        return min(2, len(word) // 2)
    if is_word(word[1:]) and not is_word(word[:-1]):
        return 1
    return len(word) - 1
