"""What the words beside a character say of its reading: facts of the grammar, for characters that are words.

A reading is a noun, a verb or an adjective as its glosses are (`Lexicon.kinds`). Behind a degree adverb stands an
adjective, before a potential complement a verb, behind a number and a measure word, where the phrase ends, a noun.
Of the 492 marked characters of CPP-dev and g2pL of which these rules speak, they make one wrong.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from flashcards.chinese.syllables import numbered
from flashcards.lexicon import Lexicon

_DEGREES = frozenset(
    """很 太 最 更 真 挺 非常 十分 特别 多么 那么 极其 相当 比较 格外 越 越来越 如此 更加 尤其 极 颇 过于 有点 有点儿
    有些 分外 无比 不太 不很 最为""".split()
)
"""Adverbs of degree; neither 好, which is more often a complement (做好准备), nor 这么, as often of manner (这么干)."""

_POTENTIAL = re.compile(
    "[不得] ?(?:[下了完起动到住清掉开上进出着过准高紧平断]|上去|下去|进去|出来|起来|下来|过来) "
)
"""不 or 得 with a complement: what stands before is a verb."""

_DIGITS = "0123456789０１２３４５６７８９零〇一二两三四五六七八九十百千万亿"
_NUMBERS = frozenset(f"{_DIGITS}几每数半整这那")
"""What words end in behind which a measure word may stand."""

_KIND = 5.0
"""What the log-odds of the part of speech that is wanted count."""

_LEAST = 0.2
"""A part of speech that no gloss of a reading has is not impossible."""

_CERTAIN = 12.0
"""Log-odds for what has no exception."""

_ADVERBS = frozenset("还 正 都 也 就 已 没 不 又 才 竟 却".split())
DOUBLED = {"着": ("zháo", "zhe"), "了": ("liǎo", "le"), "得": ("dé", "de")}
"""A particle does not stand twice: the first of two is the verb (还着着呢, 事情了了)."""

_NO_OBJECT = re.compile(r"$|[\W了呢吗吧啊得火]")
"""What stands behind 着 zháo "burn", but not behind 着 zhuó "wear" (都着红装)."""

_PLACES = frozenset("里 中 边 面 头".split())
"""Behind these 地 is the ground, whatever stands before (天天地里干活)."""

_RESULTS = frozenset("完 起 动 住 清 懂 见 掉 成 着".split())
"""What a verb may achieve: 得 before them is a particle (干得完)."""

_TAKEN = re.compile(
    f"(?:[{_DIGITS}几半]+多?(?:天(?!假)|年(?![级纪])|小时|分钟|秒|周|星期|夜|块|元|个[多半]?(?:月|星期|小时|钟头|礼拜|世纪))"
    "|(?:半天|好几[天年个]|好久|很久|一会儿|一阵|多久|多长时间|多少钱))"
)
"""A duration or a sum of money."""

_TAKES = 9.0
"""Log-odds for 得 děi before a duration or a sum of money: what it takes (得三天, 得五百块)."""

_AGAIN = re.compile(r"(一\w)又\1$")

_LONGEST = 30
"""A clause is not looked at further than so many words."""

_TO_BE_DONE = 3.0
"""Log-odds for 得 děi between a pronoun or an adverb and a verb."""

_PHRASE = 3.0
"""Log-odds for the reading of 为: of the marked texts nine in ten of such phrases have it."""


def log_odds(words: Sequence[str], place: int, candidates: Sequence[str], lexicon: Lexicon) -> list[float] | None:
    """What a sentence adds to the readings of a word of one character; None if it says nothing.

    Args:
        words: the words of the sentence.
        place: which of them is asked about.
        candidates: its readings.
        lexicon: says what part of speech a reading is.
    """
    word = words[place]
    before = words[place - 1] if place else ""
    behind = words[place + 1] if place + 1 < len(words) else ""
    if word in _RULES:
        reading, weight = _RULES[word](words, place, before, behind, lexicon)
        return [weight * (candidate == reading) for candidate in candidates] if reading else None
    kind = _kind(words, place, before, behind, lexicon)
    if not kind:
        return None
    shares = [lexicon.kinds(word, numbered(candidate)).get(kind, 0.0) + _LEAST for candidate in candidates]
    most = max(shares)
    return [_KIND * math.log(share / most) for share in shares]


def _twice(words: Sequence[str], place: int, before: str, behind: str, _: Lexicon) -> tuple[str, float]:
    """着, 了 or 得 beside itself, and 着 behind an adverb, where it is no particle."""
    word = words[place]
    if behind == word or (word == "着" and before in _ADVERBS and _NO_OBJECT.match(behind)):
        return DOUBLED[word][0], _CERTAIN
    return (DOUBLED[word][1], _CERTAIN) if before == word else ("", 0.0)


def _de(words: Sequence[str], place: int, before: str, behind: str, lexicon: Lexicon) -> tuple[str, float]:
    """得: a particle before what is achieved, děi "need" before a duration or a sum, and before what is to be done."""
    if (before and behind in _RESULTS) or (behind == "到" and _is_verb(before, lexicon)):
        return "de", _TAKES
    if _TAKEN.match("".join(words[place + 1 : place + 5])) and not _is_verb(before, lexicon):
        return "děi", _TAKES
    if lexicon.tag(before)[:1] in ("r", "d") and lexicon.tag(behind) == "v":    # 他还得去
        return "děi", _TO_BE_DONE
    return _twice(words, place, before, behind, lexicon)


def _ground(words: Sequence[str], place: int, _: str, behind: str, _lexicon: Lexicon) -> tuple[str, float]:
    """地: a particle behind an adverbial that is repeated."""
    repeated = bool(behind) and behind not in _PLACES and _is_repeated(words[max(place - 5, 0) : place])
    return ("de", _CERTAIN) if repeated else ("", 0.0)


def _for(words: Sequence[str], place: int, before: str, _: str, lexicon: Lexicon) -> tuple[str, float]:
    """为: see `_preposition_or_verb`."""
    clause = list(takewhile(lambda word: word[0].isalnum(), words[place + 1 : place + _LONGEST]))
    return _preposition_or_verb(clause, not before[:1].isalnum(), lexicon), _PHRASE


_RULES: Mapping[str, Callable[[Sequence[str], int, str, str, Lexicon], tuple[str, float]]] = {
    "着": _twice, "了": _twice, "得": _de, "地": _ground, "为": _for,
}  # fmt: skip
"""Words with a rule of their own, which gives a reading and log-odds for it, by what is before and behind."""


def _preposition_or_verb(clause: Sequence[str], opens: bool, lexicon: Lexicon) -> str:
    """The reading of 为: "for" with whom something is done (为人民办事), "be" with what somebody is (选他为班长).

    Args:
        clause: the words behind it, to the end of the clause.
        opens: whether 为 is the clause's first word.
        lexicon: has parts of speech.
    """
    if not clause or "所" in clause[:3]:    # 为…所 is passive
        return ""
    tag = lexicon.tag(clause[0])[:1]
    if len(clause) == 1:
        return "wéi" if tag == "n" else "wèi" if tag == "r" else ""
    following = zip(clause[1:], [*clause[2:], ""], strict=True)
    if opens and any(lexicon.tag(word) == "v" and after != "的" for word, after in following):
        return "wèi"    # 为地区稳定注入正能量
    return "wèi" if tag in ("n", "r") and _is_done(clause[1], lexicon) else ""


@lru_cache(maxsize=5_000)
def _is_done(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a verb, by its tag or its first gloss (办事 "to handle affairs")."""
    return lexicon.tag(word) == "v" or any(entry.senses[0].startswith("to ") for entry in lexicon.entries(word)[:1])


def is_tried(words: Sequence[str], place: int) -> bool:
    """Whether a word stands again behind 一 or 了, as verbs do: 量一量, 数了数."""
    return place + 2 < len(words) and words[place + 1] in ("一", "了") and words[place + 2] == words[place]


def is_graded(words: Sequence[str], place: int) -> bool:
    """Whether a word has a degree, as adjectives have: 特别精神, 精神极了, 地道得很."""
    behind = words[place + 1 : place + 3]
    return (place > 0 and words[place - 1] in _DEGREES) or behind[:1] == ["极了"] or behind == ["得", "很"]


def _is_repeated(before: Sequence[str]) -> bool:
    """Whether an adverbial that is repeated stands here: 一步一步, 一遍又一遍, 慢慢, 大口大口."""
    if not before:
        return False
    last = before[-1]
    half = len(last) // 2
    if len(last) > 1 and (last[:half] == last[half:] or (len(last) == 4 and last[0] == last[1] and last[2] == last[3])):
        return True
    text = "".join(before)
    return any(text[-n:] == text[-2 * n : -n] for n in (2, 3)) or bool(_AGAIN.search(text))


def _is_verb(word: str, lexicon: Lexicon) -> bool:
    """Whether a particle 得 may belong to a word: a verb of one syllable, an adjective (高兴得一夜没睡)."""
    tag = lexicon.tag(word)[:1]
    return tag in ("a", "b", "z") or (tag == "v" and len(word) == 1)


def _kind(words: Sequence[str], place: int, before: str, behind: str, lexicon: Lexicon) -> str:
    """The part of speech that the words around ask for: "a", "v", "n", or "" if none."""
    if before in _DEGREES:
        return "a"
    if before == "一" and behind == "就":
        return "v"
    if behind[:1] in ("不", "得") and _POTENTIAL.match(" ".join([*words[place + 1 : place + 3], ""])):
        return "v"
    if is_tried(words, place) or (place > 1 and is_tried(words, place - 2)):
        return "v"
    if behind == "着" or (behind in ("了", "过") and lexicon.tag(before)[:1] == "d"):
        return "v"
    if place > 1 and (not behind or behind == "的" or not behind[0].isalnum()) and words[place - 2][-1] in _NUMBERS:
        return "n" if _is_measure(before, lexicon) else ""
    return ""


@lru_cache(maxsize=5_000)
def _is_measure(word: str, lexicon: Lexicon) -> bool:
    """Whether a word may be a measure word."""
    senses = (sense for entry in lexicon.entries(word) for sense in entry.senses)
    return lexicon.tag(word)[:1] == "q" or any("classifier for" in sense for sense in senses)


def is_repeated_verb(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a verb that is repeated, whose second syllable is neutral (问问 wènwen).

    Of the words that the dictionary has it says itself how they are read.
    """
    if len(word) != 2 or word[0] != word[1] or word in lexicon:
        return False
    return lexicon.tag(word) in ("v", "vn", "") and lexicon.tag(word[0]) == "v"
