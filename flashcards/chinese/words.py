"""Where one word ends and the next begins."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, pairwise

from flashcards.chinese import names as persons
from flashcards.chinese.script import simplified
from flashcards.lexicon import Lexicon
from flashcards.links.symbols import longest_words
from flashcards.model import HAN

_HAN = re.compile(f"[{HAN}]+")
_PLURAL = re.compile(f"[{HAN}]{{1,7}}(?<!们)")
"""What 们 can belong to."""

_NUMERALS = "零〇一二两三四五六七八九十百千万亿"
_NUMERAL = re.compile(f"第?[{_NUMERALS}]+|[{_NUMERALS}]+分之[{_NUMERALS}]*")
_COUNTED = re.compile(f"((?:第|[{_NUMERALS}]+分之)?[{_NUMERALS}]+|[几数多每]|十几|几十)([{HAN}]+)")
_MEASURES = frozenset("个位名种次句条件项张本只家套对层排遍倍级声棵颗杯天年岁里米克")
"""Those before which a numeral stands apart even where the dictionary has the two as one."""

_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏ"
_FIGURE = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?[%％‰]?|\d+(?:[.:：/]\d+)+[%％‰]?|"
    rf"[{_LETTERS}]+(?:['’][{_LETTERS}]+)+|[A-Za-z]*[À-ÖØ-öø-ɏ][{_LETTERS}]*",
    re.ASCII,
)
"""Figures and Latin words that their marks do not divide: 1,200 10:30 1/3 don't café."""

_SIGNED = re.compile(r"\d[,.:：/]\d|[A-Za-z]['’][A-Za-z]|[À-ÖØ-öø-ɏ]")
"""What must be in a text for it to have one of them."""

_FREQUENT = 5.5
"""On the Zipf scale."""

_COMMON_ADVERB = 5.9
"""On the Zipf scale: 不 很 最 更 already, but not 共 真 相, which make up words (共建, 真话)."""

_KNOWN = 3.0
"""On the Zipf scale, how frequent a word must be that is made of half of another: 收到, but not 手举 (把|手|举)."""

UNSEEN = 3
"""The frequency that jieba's list gives to the words that it has never met in a text."""

_RARE = 1.7
"""On the Zipf scale, how frequent a word of the dictionary is taken to be that jieba's list lacks."""

_COMPLEMENTS = frozenset("完到掉住出入进起下上开走成在于给满好见向往")
_PARTICLES = frozenset("的了着过吗呢吧啊呀")
_AUXILIARIES = _PARTICLES | frozenset("是 有 没有 没 要 会 能 到 在 什么 不能 不会 就是".split())
_LOOSE = frozenset("updcr")
_MARKS = "，,。．.；;：:、！!？?…—”’）)》】」』\n"

_CONDITIONAL = re.compile("如果|要是|假如|假使|假若|倘若|万一|否则|不然")
_SAID = re.compile("(?:[我你您他她它们咱谁]|[说讲问答听谈写骂喊](?:过|出|完|了|出来|下|起)?)$")
_NOMINAL = re.compile("(?:[的之有其个种门]|为|是)$")
_STILL = re.compile("(?:还|从来?|并|一直|都|也|根本|再)$")
_NOUN_ENDS = re.compile(f"[{_MARKS}的和与及是]|$")


def _is_conditional(before: str, _after: str) -> bool:
    """的话 "if": not where somebody's words are meant, or words that are said."""
    return not _SAID.search(before) or bool(_CONDITIONAL.search(before))


def _is_noun(before: str, after: str) -> bool:
    """才能, 把手: where only a noun can stand."""
    return bool(_NOMINAL.search(before) or _NOUN_ENDS.match(after))


def _is_person(before: str, _after: str) -> bool:
    """个人 "the individual": no number is before it."""
    return not (before and (before[-1] in _NUMERALS or before[-1] in "几数多每" or before[-1].isdigit()))


def _is_confiscation(before: str, after: str) -> bool:
    """没收: not where it is 没 "not" with 收 "receive"."""
    return not (_STILL.search(before) or after.startswith(("到", "过", "下", "回")))


_TWOFOLD: Mapping[str, tuple[int, Callable[[str, str], bool]]] = {
    "的话": (1, _is_conditional),
    "才能": (1, _is_noun),
    "把手": (1, _is_noun),
    "个人": (1, _is_person),
    "没收": (1, _is_confiscation),
}
"""Words of the dictionary that are more often two words which happen to meet, or as often: where they would be cut, and
when they are one, by the text of the sentence before and after them."""

_AT_ANY_TIME = frozenset("常常 往往 刚刚 偏偏 仅仅 恰恰 每每 处处 时时 屡屡 单单 明明 万万 频频".split())
"""Repeated adverbs that are not of manner, and have no 地 behind them."""

_REPEATED = re.compile(r"(.)\1(?:(.)\2)?")
"""慢慢, 高高兴兴."""

_MODALS = frozenset("想要能会可应敢肯愿该需求使让令叫来去是有为没不")
"""Verbs of one syllable behind which 得到 is a verb of its own."""

_SPECIAL = frozenset((*_TWOFOLD, "们", "第", "得到"))
"""What the rules of `_merged` must look at whatever follows."""

_WATCHED = frozenset((*_NUMERALS, "第", "地"))
"""With what a numeral begins that may go on in the next token, or a word that the particle 地 is cut from."""

_LONGEST = 20
"""No name is longer."""


@lru_cache(maxsize=1)
def _cutter() -> Callable[[str], list[str]]:
    """The segmenter: in Rust where there is a wheel, else an instance of our own of the one in Python."""
    try:
        import rjieba
    except ImportError:
        import logging

        import jieba

        jieba.setLogLevel(logging.WARNING)
        return jieba.Tokenizer().lcut    # type: ignore[no-any-return, unused-ignore]
    return rjieba.cut    # type: ignore[no-any-return, unused-ignore]


def names(texts: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    """The names of persons that recur in some sentences, simplified."""
    cut = _cutter()
    return persons.recurring((cut(simplified(text)) for text in texts), lexicon)


_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a character, which the segmenter does not take."""


class Segmenter:
    """Cuts sentences into the words that a dictionary has, names, and numerals.

    jieba's words are the start. Its list has many phrases that are no words (很大, 喝咖啡, 三年), and of characters
    that stand in no list together it makes words by their statistics (使|本, 信写): those are cut. It lacks a good
    many of the dictionary's words: where its words make up one of these, they are joined.

    Args:
        lexicon: the word lists.
        corrections: for a string the words that it is to be cut into, wherever it occurs.
        terms: strings that no word may reach into from outside.
        names: names that occur in the text.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        corrections: Mapping[str, Sequence[str]] | None = None,
        terms: Iterable[str] = (),
        names: Iterable[str] = (),
    ) -> None:
        self._lexicon = lexicon
        self._corrections = dict(corrections or {})
        self._terms = tuple(terms)
        self._names = frozenset(simplified(name) for name in names)
        self._pieces = _Pieces(self._pieces_of)
        own = {name[:end] for name in self._names for end in range(2, len(name))}
        self._words = lexicon.headwords | self._names if self._names else lexicon.headwords
        self._beginnings = lexicon.beginnings | own if own else lexicon.beginnings
        self._is_surname = lru_cache(maxsize=1_000)(lambda name: persons.is_likely_surname(name, lexicon))

    def cut(self, text: str, revise: Callable[[list[str]], list[str]] | None = None) -> tuple[str, ...]:
        """The words, numbers and marks of a sentence; they join to it.

        Traditional text is cut where its simplified form would be, which the word lists know better.

        Args:
            text: the sentence.
            revise: says how the words, in simplified characters, are cut better; corrections win over it.
        """
        plain = _SURROGATE.sub("\ufffd", simplified(text))
        tokens = self._joined([*chain.from_iterable(map(self._pieces.__getitem__, _cutter()(plain)))])
        if not persons.DOTS.isdisjoint(plain):
            tokens = persons.with_dots_joined(tokens, self._lexicon)
        if _SIGNED.search(plain):
            tokens = _cut_again(plain, tokens, [match.span() for match in _FIGURE.finditer(plain)])
        if revise:
            tokens = revise(tokens)
        if self._terms or self._corrections:
            return self._corrected(text, tokens)
        if plain == text:
            return tuple(tokens)
        return tuple(text[a:b] for a, b in pairwise((0, *accumulate(map(len, tokens)))))

    def _corrected(self, text: str, tokens: Sequence[str]) -> tuple[str, ...]:
        edges = {0, *accumulate(map(len, tokens))}
        for term in self._terms:
            for start in _places(text, term):
                edges |= {start, start + len(term)}
        for string, parts in self._corrections.items():
            for start in _places(text, string):
                edges -= set(range(start, start + len(string)))
                edges |= {start, *accumulate(map(len, parts), initial=start)}
        return tuple(text[a:b] for a, b in pairwise(sorted(edges)))

    def _joined(self, tokens: list[str]) -> list[str]:
        """The tokens, those joined that make up a word, those cut that are two words here."""
        words, beginnings = self._words, self._beginnings
        out: list[str] = []
        add = out.append
        skip = 0
        last = ""
        following = [*tokens[1:], " "][: len(tokens)]
        for at, (token, after) in enumerate(zip(tokens, following, strict=True)):
            if skip:
                skip -= 1
                continue
            start = token + after[0]
            if (
                start in words
                or start in beginnings
                or token == last
                or token[0] in _WATCHED
                or token in _SPECIAL
                or (token in persons.SURNAMES and len(token) == 1 and self._is_surname(token))
            ):
                joined, skip = self._merged(tokens, at, out)
                out += joined
                skip -= 1
                last = out[-1]
            else:
                add(token)
                last = token
        return out

    def _merged(self, tokens: list[str], at: int, before: list[str]) -> tuple[list[str], int]:
        """The words that begin at a token, and of how many tokens they are made; may take words from before."""
        lexicon = self._lexicon
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        if token in _TWOFOLD:
            where, is_one = _TWOFOLD[token]
            if not is_one("".join(before[-12:]), "".join(tokens[at + 1 : at + 3])):
                return self._divided(token, where, following)
        if before and len(token) == 2 and self._is_divided(before[-1], token):
            return self._divided(token, 1, following)
        if token == "们" and before and len(before[-1]) > 1 and _PLURAL.fullmatch(before[-1]):
            return [before.pop() + token], 1
        if before and token == before[-1] and self._is_repeated(token):
            return [before.pop() + token], 1
        if _NUMERAL.fullmatch(token) or token == "第":
            end = at + 1
            while end < len(tokens) and _NUMERAL.fullmatch(tokens[end]) and tokens[end][0] != "第":
                end += 1
            if end > at + 1:
                return ["".join(tokens[at:end])], end - at
        end, word, best = at + 1, token, 1
        while end < len(tokens) and self._begins_word(word + tokens[end][0]):
            word += tokens[end]
            end += 1
            if self._is_word(word, tokens[at:end]):
                torn = end < len(tokens) and self._tears(tokens[end - 1], tokens[end])
                best = best if torn else end - at
        if best > 1 and not (before and self._tears(before[-1], token)):
            return ["".join(tokens[at : at + best])], best
        if self._crosses(tokens[at : at + 3]):
            return [token + following[0], following[1] + tokens[at + 2]], 3
        is_given = len(following) == 2 and lexicon.tag(following)[:2] == "nr" and following not in self._words
        if is_given and persons.is_person(token + following, lexicon):
            return [token + following], 2
        return [token], 1

    def _divided(self, token: str, where: int, following: str) -> tuple[list[str], int]:
        """A token as two words, the second joined with what follows if that makes up one: 才|能力, 没|收到."""
        rest = token[where:] + following
        joined = bool(following) and rest in self._words and self._lexicon.zipf(rest) > _KNOWN
        return [token[:where], rest if joined else token[where:]], 1 + joined

    def _is_divided(self, before: str, token: str) -> bool:
        """Whether a word is the particle 地 or 得 with another, behind what it belongs to: 慢慢|地|黄, 买|得|到."""
        if token == "得到":
            reached = before + "到"
            is_verb = len(before) == 1 and self._lexicon.tag(before) == "v" and before not in _MODALS
            return is_verb and (reached in self._words or self._lexicon.frequency(reached) > 0)
        if token[0] != "地" or before in _AT_ANY_TIME or not _REPEATED.fullmatch(before):
            return False
        return self._lexicon.tag(before)[:1] in ("z", "d", "a", "b", "i")

    def _is_repeated(self, token: str) -> bool:
        """Whether a token that stands twice is a verb or an adjective, which makes one word: 研究研究, 聊聊, 长长."""
        tag = self._lexicon.tag(token)
        return tag[:1] == "v" if len(token) == 2 else tag in ("v", "a") and len(token) == 1

    def _begins_word(self, text: str) -> bool:
        return text in self._words or text in self._beginnings

    def _crosses(self, tokens: Sequence[str]) -> bool:
        """Whether a word between two characters is better cut into two words with these: 热|水泡|脚, 无|数学|霸."""
        if list(map(len, tokens)) != [1, 2, 1]:
            return False
        first, middle, last = tokens
        if first + middle[0] not in self._words or middle[1] + last not in self._words:
            return False
        return not any(c in _AUXILIARIES or c in _NUMERALS or self._is_function(c) for c in (first, last))

    def _tears(self, first: str, second: str) -> bool:
        """Whether jieba held two words together, so that neither belongs to what stands on its other side."""
        return self._pieces.get(first + second) == (first, second)

    def _is_word(self, word: str, tokens: Sequence[str]) -> bool:
        """Whether tokens that happen to make up a word of the dictionary most likely are it."""
        lexicon = self._lexicon
        if word in self._names:
            return True
        if word not in self._words or tokens[0] in _AUXILIARIES or tokens[-1] in _AUXILIARIES:
            return False
        if len(word) > 2 and (self._is_function(tokens[0]) or self._is_function(tokens[-1])):
            return False
        if tokens[0] in _NUMERALS and (tokens[1] in _MEASURES or len(word) == 2):
            return False
        if len(word) > 2 or tokens[1] == "儿":
            return True
        return not lexicon.frequency(word) and lexicon.zipf(tokens[0]) + lexicon.zipf(tokens[1]) - 9 < _RARE

    def _is_function(self, token: str) -> bool:
        """Whether a token is so frequent a function word that what it begins or ends is a phrase (不|可能, 尤其|是)."""
        return self._lexicon.tag(token)[:1] in _LOOSE and self._lexicon.zipf(token) > _FREQUENT

    def _pieces_of(self, token: str) -> tuple[str, ...]:
        """A token of jieba's as the words that it should be."""
        lexicon = self._lexicon
        if len(token) == 1 or not _HAN.fullmatch(token) or token in self._names:
            return (token,)
        counted = _COUNTED.fullmatch(token)
        if token in self._words:
            if counted and counted[2] in _MEASURES and token[0] != "第" and self._is_measured(token):
                return counted[1], counted[2]
            return (token,)
        if lexicon.level(token):
            return (token,)
        if len(token) > 2 and token[0] in persons.SURNAMES and token[1:] in persons.TITLES | persons.OFFICES:
            return token[0], token[1:]
        if _NUMERAL.fullmatch(token):
            return (token,)
        if counted and self._is_counted(token, counted[2]):
            return counted[1], *self._measured(counted[2])
        for cut in range(min(len(token) - 1, _LONGEST), 1, -1) if self._names else ():
            if token[:cut] in self._names:
                return (token[:cut], *self._pieces_of(token[cut:]))
            if token[-cut:] in self._names:
                return (*self._pieces_of(token[:-cut]), token[-cut:])
        if lexicon.frequency(token):
            return self._phrase(token)
        return self._guess(token)

    def _is_listed(self, part: str) -> bool:
        return part in self._words if len(part) > 1 else part in self._lexicon

    def _is_measured(self, token: str) -> bool:
        """Whether a numeral and a measure word that the dictionary has as one are no more than these."""
        return self._lexicon.tag(token) == "m" and not self._lexicon.level(token)

    def _measured(self, rest: str) -> tuple[str, ...]:
        """What is counted as words: a measure word, with what follows it."""
        if len(rest) > 2 and rest not in self._words and self._lexicon.tag(rest[0])[:1] in ("q", "m"):
            return rest[0], *self._pieces_of(rest[1:])
        return self._pieces_of(rest)

    def _is_counted(self, token: str, rest: str) -> bool:
        """Whether a token is a numeral with what it counts."""
        lexicon = self._lexicon
        if lexicon.frequency(token) > UNSEEN and lexicon.tag(token)[0] not in "mrqt":
            return False
        listed = rest in self._words or rest[1:] in self._words or lexicon.frequency(rest) > 0
        return listed or len(rest) == 1 or lexicon.tag(token)[:1] == "m"

    def _phrase(self, token: str) -> tuple[str, ...]:
        """A word that only jieba's list has: cut if it is a phrase of words that the dictionary has."""
        lexicon = self._lexicon
        tag = lexicon.tag(token)
        seen = lexicon.frequency(token) > UNSEEN
        is_parallel = len(token) == 4 and (token[0] == token[2] or token[1] == token[3])    # 互联互通
        if is_parallel or (seen and len(token) >= 4 and tag[0] == "i"):
            return (token,)
        if len(token) == 3 and token[0] == token[1] and token[2] == "地":
            return (token[:2], "地")
        parts = longest_words(token, lambda part: part != token and part in self._words)
        ends_in_place = lexicon.tag(parts[-1]) == "f" and len(parts[-1]) == 1 and len(parts) == 2
        if tag[0] == "n" and len(tag) > 1 and tag not in ("ng", "nz") and not ends_in_place:
            is_name = seen or persons.is_person(token, lexicon)
            if is_name and lexicon.tag(parts[0]) not in ("c", "p"):
                return (token,)
        return tuple(parts) if self._is_phrase(parts) else (token,)

    def _is_phrase(self, parts: Sequence[str]) -> bool:
        lexicon = self._lexicon
        singles = [part for part in parts if len(part) == 1]
        if any(not self._is_listed(part) for part in parts):
            return False
        tags = [lexicon.tag(part)[:1] for part in parts]
        if len(parts) == 2 and len(singles) == 2:
            if tags[0] in "rdpcmz" and lexicon.zipf(parts[0]) > (_COMMON_ADVERB if tags[0] == "d" else _FREQUENT):
                return True
            if tags[1] in ("u", "f") and lexicon.zipf(parts[1]) > _FREQUENT:
                return True
            return tags[0] == "v" and parts[1] in _COMPLEMENTS
        if not singles:
            return True
        if len(parts) == 3 and len(singles) == 3:
            return parts[1] in "了一着" or parts[-1] in _PARTICLES
        if len(singles) > 1:
            return False
        at = parts.index(singles[0])
        if at == 0:
            return tags[0] in "vadrpcm" and lexicon.zipf(parts[0]) > 5
        if at == len(parts) - 1:
            adverbial = tags[0] in "dz" and tags[-1] == "v"
            return (adverbial or tags[-1] in "ufy" or parts[-1] in _COMPLEMENTS) and lexicon.zipf(parts[-1]) > 5
        return True

    def _guess(self, token: str) -> tuple[str, ...]:
        """A word that jieba made up: kept if it may be a name, or if no word in it could stand alone."""
        lexicon = self._lexicon
        if len(token) > 3:
            parts = longest_words(token, self._is_listed)
            return tuple(parts) if all(len(part) > 1 for part in parts) else (token,)
        if any(persons.is_function(c, lexicon) for c in token):
            return tuple(longest_words(token, self._is_listed))
        if persons.is_person(token, lexicon) or persons.transliterates(token):
            return (token,)
        parts = longest_words(token, self._is_listed)
        free = any(lexicon.tag(c)[:1] in ("v", "f", "z", "m") and lexicon.zipf(c) > _FREQUENT for c in token)
        return tuple(parts) if free or len(parts) < len(token) else (token,)


class _Pieces(dict[str, tuple[str, ...]]):
    """The words that each token is cut into, remembered."""

    def __init__(self, pieces_of: Callable[[str], tuple[str, ...]]) -> None:
        self._pieces_of = pieces_of

    def __missing__(self, token: str) -> tuple[str, ...]:
        pieces = self[token] = self._pieces_of(token)
        return pieces


def _places(text: str, part: str) -> list[int]:
    """Where a part begins in a text, occurrences that overlap an earlier one left out."""
    return [match.start() for match in re.finditer(re.escape(part), text)]


def _cut_again(text: str, tokens: Sequence[str], spans: Iterable[tuple[int, int]]) -> list[str]:
    """The tokens, with each span as one."""
    edges = {0, *accumulate(map(len, tokens))}
    for start, end in spans:
        edges -= set(range(start, end))
        edges |= {start, end}
    return [text[a:b] for a, b in pairwise(sorted(edges))]
