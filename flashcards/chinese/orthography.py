"""What is written together, apart, with a hyphen and with a capital: GB/T 16159, as far as single words show it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from flashcards.chinese.numerals import numeral_joints
from flashcards.chinese.spelling import Layout
from flashcards.lexicon import Lexicon
from flashcards.links.symbols import longest_words
from flashcards.model import HAN

_HAN = re.compile(f"[{HAN}]+")
_CALENDAR = re.compile("(?:星期|礼拜|周)[一二三四五六日天末]|(?:十?[一二三四五六七八九]|十)月")
"""Names of days and months, which are no proper names in pinyin."""

_DOUBLED = re.compile(r"(.)\1(?!\1)(.)\2")
_PRONOUN = re.compile("[各每某该].")
_NO_PRONOUN = frozenset("各自 各别 各异 每每 某某 某些 该当 该死".split())

_LINKING = frozenset("之而以于为如若与且乎其所亦则乃即者莫")
"""Function words of classical Chinese: an idiom with one in its middle does not divide into two and two."""

_PARALLEL = frozenset("不无没有非一二两三四五六七八九十百千万半大小东西左右前后上下自")
"""Words that stand at the head of both halves of an idiom."""

_PREFIXES = frozenset("老小大阿")
_PLACES = frozenset("省市县区州盟旗镇乡村庄山岭峰江河溪湖海洋岛洲湾港峡关塔寺庙宫桥路街巷门城")
_SETTLEMENTS = frozenset("国村庄城镇州府家军")
_KINDS = {
    "省": "province", "市": "city", "县": "county", "区": "district", "镇": "town", "乡": "township", "山": "mount|mt",
    "江": "river", "河": "river", "湖": "lake", "海": "sea", "岛": "island", "街": "street", "路": "road",
}  # fmt: skip
"""What stands behind a place's own name, and the word with which the dictionary explains such places."""

_NO_NAME_BEGINS = frozenset("大小长短古旧新内外诸各本深老众两三四五六七八九十百千万")
_FOREIGN = frozenset(
    "阿埃艾安奥巴贝比彼别伯博布查茨达戴丹道德登迪蒂丁杜多顿恩尔法菲费芬夫弗福盖戈格古哈海汉赫亨华霍基吉加贾杰金卡凯坎康考"
    "科克肯库夸拉莱兰朗劳勒雷里利莉丽列林琳龙隆卢鲁伦罗洛马玛麦曼梅门蒙米密明摩莫姆默姆穆纳娜内尼涅宁纽努诺欧帕潘佩彭皮"
    "珀普齐奇乔切琴琼丘日荣瑞若萨塞桑瑟森沙莎圣史舒斯丝松苏索塔泰坦汤唐特提廷图托瓦万旺威韦维温沃乌伍西希锡夏香肖谢辛兴修"
    "立柯文许雅亚延扬耶叶伊因英尤约泽扎詹哲珍芝朱兹茱佐"
)
"""The characters with which foreign names are written."""

_SURNAMES_TOO = frozenset("林马金唐罗康汤谢江文")

_COMMON = 4.0
"""On the Zipf scale: a given name that is as frequent a word as this is none."""

_LONGEST_NAME = 6
"""Of so many words a name may consist."""


def layout(word: str, given: Layout, lexicon: Lexicon) -> Layout:
    """A word's layout: its numerals, pronouns, idioms and names as the orthography has them, else as it was given.

    Args:
        word: the word in simplified characters.
        given: the layout that its reading brings, from the dictionary.
        lexicon: the dictionary and jieba's tags.
    """
    tag = lexicon.tag(word)
    given = replace(given, breaks=(given.breaks | given.capitals) - {0})    # no capital inside a word
    if _CALENDAR.fullmatch(word):
        return Layout(breaks=frozenset({len(word) - 1}) if word[-1] == "月" else frozenset())
    if given.capitals == {0} and len(word) > 2 and word[-1] in _KINDS and _is_kind(word, lexicon):
        return Layout(frozenset({0, len(word) - 1}), frozenset({len(word) - 1}))
    if given.capitals and (word in lexicon or tag not in ("ns", "nt")):
        return given
    if _DOUBLED.fullmatch(word):
        return Layout(hyphens=frozenset({2}))
    if len(word) == 4 and _is_idiom(word, lexicon):
        return _idiom(word, lexicon)
    if tag[:1] in ("", "m", "t", "q") and (joints := numeral_joints(word)):
        return Layout(breaks=joints[0], hyphens=joints[1])
    if re.match(r"第\d", word):
        return Layout(hyphens=frozenset({1}))
    if len(word) == 2 and _PRONOUN.fullmatch(word) and word not in _NO_PRONOUN:
        return Layout(breaks=frozenset({1}))
    if tag[:2] in ("nr", "ns", "nt") or (not tag and _may_be_a_person(word, lexicon)):
        return _named(word, tag, given, lexicon)
    return given


def _is_kind(place: str, lexicon: Lexicon) -> bool:
    """Whether the last character of a place's name says what it is: 密云县 is a county, 马鞍山 is a city."""
    kind = re.compile(rf"\b(?:{_KINDS[place[-1]]})\b", re.IGNORECASE)
    return any(kind.search(sense) for entry in lexicon.entries(place) for sense in entry.senses)


def _is_idiom(word: str, lexicon: Lexicon) -> bool:
    if not _HAN.fullmatch(word):
        return False
    return lexicon.tag(word)[:1] == "i" or any("(idiom" in s for e in lexicon.entries(word) for s in e.senses)


def _idiom(word: str, lexicon: Lexicon) -> Layout:
    """The layout of an idiom of four characters: a hyphen in its middle, or nothing."""
    one, other = word[:2], word[2:]
    if word not in lexicon and one[0] != other[0] and min(lexicon.zipf(one), lexicon.zipf(other)) > _COMMON:
        return Layout(breaks=frozenset({2}))    # two common words, 美好·生活, that jieba's list takes for an idiom
    return Layout(hyphens=frozenset({2})) if _divides(word, lexicon) else Layout()


def _divides(idiom: str, lexicon: Lexicon) -> bool:
    """Whether an idiom of four characters is made of two and two (风平浪静), not of other parts (一衣带水, 层出不穷).

    Halves with like heads always are (不慌不忙). Others are not where a function word, a negation or 有 stands in the
    middle, where the word repeats itself as in 糊里糊涂, or where the two in the middle are a word and no half is one.
    """
    one, two, three, four = tuple(idiom)
    if one == three or (one in _PARALLEL and three in _PARALLEL):
        return not (one == three and two in "里不没一")
    if two in _LINKING or three in _LINKING or three in "不无" or two in "不有":
        return False
    if two == "儿" or four in "之乎":
        return False
    halves = (one + two, three + four)
    return two + three not in lexicon or any(half in lexicon or lexicon.frequency(half) for half in halves)


def _named(word: str, tag: str, given: Layout, lexicon: Lexicon) -> Layout:
    """The layout of a word that is a name by its tag or its surname, and that the dictionary does not have."""
    if word in lexicon or not _HAN.fullmatch(word) or len(word) < 2:
        return given
    if tag == "nt":
        return _organisation(word, given, lexicon)
    if tag == "ns":
        return _place(word, given)
    if tag == "nrt":
        return Layout(frozenset({0})) if len(word) > 2 and _FOREIGN.issuperset(word) else given
    return _person(word, given, lexicon)


def _may_be_a_person(word: str, lexicon: Lexicon) -> bool:
    """Whether a word that no list has looks like a person's name: two or three characters, the first a clear surname.

    Most surnames are words too (高, 万, 时); jieba's tags tell those that are seldom anything else.
    """
    if word in lexicon or not 2 <= len(word) <= 3 or not is_surname(word[0], lexicon):
        return False
    return word[0] in "张刘孙韩罗" or lexicon.tag(word[0])[:2] == "nr"


def _person(word: str, given: Layout, lexicon: Lexicon) -> Layout:
    """Surname and given name apart, each with a capital; Xiǎo and Lǎo before a surname likewise."""
    if lexicon.zipf(word[:2]) >= _COMMON and lexicon.tag(word[:2])[:2] != "nr" and word[:2] in lexicon:
        return given    # 安全·观 is no person
    size = next((n for n in (2, 1) if n < len(word) and is_surname(word[:n], lexicon)), 0)
    own = word[size:]
    if size and (own == "氏" or (len(word) == 2 and own in _SETTLEMENTS)):
        return Layout(frozenset({0}), frozenset({1}) if own == "氏" else frozenset())
    if len(word) > 2 and _FOREIGN.issuperset(word) and word[0] not in _SURNAMES_TOO:
        return Layout(frozenset({0}))
    if size and len(own) <= 2:
        if own[-1] in "的地了着":    # 高高的
            return given
        if len(own) == 1 or lexicon.zipf(own) < _COMMON or lexicon.tag(own)[:2] == "nr":
            return Layout(frozenset({0, size}), frozenset({size}))
    if len(word) == 2 and word[0] in _PREFIXES and is_surname(word[1], lexicon):
        return Layout(frozenset({0, 1}), frozenset({1}))
    return Layout(frozenset({0})) if len(word) > 2 and _FOREIGN.issuperset(word) else given


def is_surname(text: str, lexicon: Lexicon) -> bool:
    """Whether CC-CEDICT has the text as a surname."""
    return any(sense.startswith("surname ") for entry in lexicon.entries(text) for sense in entry.senses)


def _place(word: str, given: Layout) -> Layout:
    """A place's own name, and apart from it what it is (Xīnzhèng Shì), unless one syllable would be left alone."""
    if word[-1] not in _PLACES or (word[0] in _NO_NAME_BEGINS and 0 not in given.capitals):
        return given
    if len(word) > 2 and word[-1] in _KINDS:
        last = len(word) - 1
        return Layout(frozenset({0, last}), frozenset({last}))
    return Layout(frozenset({0}))


def _organisation(word: str, given: Layout, lexicon: Lexicon) -> Layout:
    """Each word with a capital, if the name begins with another name (Běijīng, Zhōngguó)."""
    if 0 not in given.capitals:
        return given
    parts = longest_words(word, lambda text: text != word and text in lexicon)
    edges = accumulate(map(len, parts), initial=0)
    starts = frozenset(edge for edge, part in zip(edges, parts, strict=False) if len(part) > 1)
    return Layout(starts | given.capitals, (starts | given.breaks) - {0})


def names_of_several_words(cut: Sequence[str], starts: Sequence[bool], lexicon: Lexicon) -> dict[int, Layout]:
    """The words of a sentence that together are a name of the dictionary, by their place: each begins with a capital.

    Args:
        cut: the words of the sentence.
        starts: for each word whether a longer name may begin with it: it is a name itself.
        lexicon: the dictionary.

    >>> from flashcards.lexicon import open_lexicon
    >>> names_of_several_words(["上海", "合作", "组织"], [True, False, False], open_lexicon())[2].capitals
    frozenset({0})
    """
    found: dict[int, Layout] = {}
    for i in range(len(cut)):
        if not starts[i] or i in found:
            continue
        for size in range(min(_LONGEST_NAME, len(cut) - i), 1, -1):
            name = "".join(cut[i : i + size])
            entries = [e for e in lexicon.entries(name) if len(e.reading) == len(name)]
            if entries and all(e.reading[0][:1].isupper() for e in entries):
                capitals = {k for k, s in enumerate(entries[0].reading) if s[:1].isupper()}
                edges = list(accumulate(map(len, cut[i : i + size]), initial=0))
                for k, (a, b) in enumerate(pairwise(edges)):
                    own = frozenset(c - a for c in capitals if a <= c < b)
                    found[i + k] = Layout(own, own - {0})
                break
    return found
