"""Sentences as bags of symbols that the other language's symbols can be matched with.

A symbol is an English stem, a Chinese word, or something that both languages share: a number ("#20"), a month
("month 11"), a mark of punctuation ("mark ?"), a percent sign ("percent"), or a name ("name putin").
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from flashcards.lexicon import Lexicon
from flashcards.links.english import FUNCTION_WORDS, TOKEN, stem
from flashcards.links.glosses import GlossVectors
from flashcards.model import HAN

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z]+")
_CAPITALISED = re.compile("(?<![A-Za-zÀ-ÖØ-öø-ÿĀ-ſ])[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿĀ-ſ]*")

_MARKS = {
    "?": "mark ?", "？": "mark ?", "!": "mark !", "！": "mark !", ":": "mark :", "：": "mark :", ";": "mark ;",
    "；": "mark ;", "…": "mark …", "“": "mark “", '"': "mark “", "「": "mark “", "(": "mark (", "（": "mark (",
    "%": "percent", "％": "percent",
}  # fmt: skip

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_NUMBERS = {word: float(value) for value, word in enumerate((_SMALL + " seventeen eighteen nineteen").split())}
_NUMBERS |= {
    word: 10.0 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ORDINALS = {
    word: float(value)
    for value, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_MONTHS = {
    name: f"month {number}"
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_LEMMAS = {
    form: group.split()[0]
    for group in (
        "i me my mine myself", "he him his himself", "she her hers herself", "we us our ours ourselves",
        "they them their theirs themselves", "you your yours yourself", "not no never cannot n't 't",
    )
    for form in group.split()
}  # fmt: skip
_SYMBOL_OF_STEM = {stem(word): f"#{value:g}" for word, value in (_NUMBERS | _ORDINALS).items() if word != "one"}
_SYMBOL_OF_STEM |= {stem(form): lemma for form, lemma in _LEMMAS.items() if form[0].isalpha()}
_TELLING = frozenset(
    """he she i we they you not what who why how where when if but because all only very most more before after again
    through few other each here there now once can should must may might could would will own same both some any
    this that these those""".split()
)
"""Closed-class words of English that still say which sentence is translated here."""

_SILENT = frozenset(
    """的 了 和 是 在 着 也 就 都 而 及 与 或 把 被 将 要 有 之 以 为 于 其 到 从 对 里 等 一 个 它 它们 一个 地 得 过
    吗 呢 吧 啊 呀 所 向 便 却 给 让 使 由 并 且 各""".split()
)
"""Chinese particles, prepositions and conjunctions that no English word stands for regularly."""

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_CHINESE_NUMBER = re.compile(
    r"(第?)(\d[\d,]*(?:\.\d+)?[百千万亿]*|[零〇一二两三四五六七八九十百千万亿]+)(月|%|％)?"
)


def english_symbols(text: str) -> list[str]:
    """The symbols of an English sentence, in order.

    >>> english_symbols("In November 2020, twenty-five leaders met for the 20th time.")
    ['month 11', '#2020', '#25', 'leader', 'meet', '#20', 'time']
    """
    out: list[str | float] = []
    for match in TOKEN.finditer(text):
        token = match.group()
        word = token.lower()
        last = out[-1] if out else None
        if token[0].isdigit():
            out.append(_decimal(token))
        elif word in _SCALES and isinstance(last, float):
            out[-1] = last * _SCALES[word]
        elif value := _NUMBERS.get(word, _ORDINALS.get(word, 0.0)):
            if isinstance(last, float) and 20 <= last < 100 and last % 10 == 0 and value < 10:
                out[-1] = last + value
            elif word != "one":    # more often a pronoun
                out.append(value)
        elif symbol := _word_symbol(token):
            out.append(symbol)
    return [f"#{each:g}" if isinstance(each, float) else each for each in out]


@lru_cache(maxsize=100_000)
def _word_symbol(token: str) -> str:
    """The symbol of a word or a mark, "" if it has none."""
    word = token.casefold().replace("’", "'")
    if not token[0].isalnum():
        return _LEMMAS.get(word) or _MARKS.get(token, "")
    if word in _MONTHS and token[0].isupper():
        return _MONTHS[word]
    if word in _LEMMAS:
        return _LEMMAS[word]
    silent = word in FUNCTION_WORDS and word not in _TELLING
    if silent or (len(word) < 2 and word != "i") or word in ("st", "nd", "rd", "th"):
        return ""
    return stem(token)


def _decimal(digits: str) -> float:
    return float(re.sub(r"[^\d.]|\.(?=.*\.)", "", digits).rstrip(".") or 0)


def chinese_symbols(text: str, words: Iterable[str], lexicon: Lexicon) -> list[str]:
    """The symbols of a Chinese sentence: those of its numbers and marks, then its words.

    A word that the dictionary lacks is cut into the longest words that it has.
    """
    out = [symbol for match in _CHINESE_NUMBER.finditer(text) for symbol in _number_symbols(match)]
    out += [_MARKS[c] for c in text if c in _MARKS and _MARKS[c] != "percent"]
    for word in words:
        if _CHINESE_NUMBER.fullmatch(word) and (word[0].isdigit() or len(word) > 2):
            continue
        if _HAN.search(word) and (len(word) == 1 or word in lexicon):
            out += [word] if word not in _SILENT else []
        else:
            parts = longest_words(word, lexicon.__contains__) if _HAN.search(word) else []
            out += [part for part in parts if _HAN.search(part) and part not in _SILENT]
            out += [f"name {name.casefold()}" for name in _LATIN.findall(word)]
    return out


def _number_symbols(match: re.Match[str]) -> list[str]:
    ordinal, digits, unit = match.groups()
    value = chinese_number(digits)
    if unit == "月" and value in range(1, 13):
        return [f"month {value:g}"]
    if unit in ("%", "％"):
        return [f"#{value:g}", "percent"]
    if digits in ("百", "千", "万", "亿"):    # 千万 "be sure to", 万 "all sorts of": seldom a number alone
        return []
    return [f"#{value:g}"] if ordinal or len(digits) > 1 or value >= 2 or digits[0].isdigit() else []


def chinese_number(digits: str) -> float:
    """The value of a number in Chinese or Arabic digits, or both.

    >>> [chinese_number(n) for n in ("二十", "3.5亿", "二〇二〇", "一百零五", "1,000")]
    [20.0, 350000000.0, 2020.0, 105.0, 1000.0]
    """
    if match := re.match(r"[\d,]+(?:\.\d+)?", digits):
        value = float(match.group().replace(",", "") or 0)
        for unit in digits[match.end() :]:
            value *= _UNITS.get(unit) or _MYRIADS[unit]
        return value
    if all(c in _DIGITS for c in digits):
        return float("".join(str(_DIGITS[c]) for c in digits))
    total = section = digit = 0
    for c in digits:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            section += digit
            if c == "亿":
                total = (total + section) * _MYRIADS[c]
            else:
                total += section * _MYRIADS[c]
            section = digit = 0
    return float(total + section + digit)


def longest_words(text: str, known: Callable[[str], bool], longest: int = 8) -> list[str]:
    """Cut a text into words from the left, each as long as a known word can be; unknown characters stand alone."""
    words = []
    start = 0
    while start < len(text):
        end = min(start + longest, len(text))
        while end > start + 1 and not known(text[start:end]):
            end -= 1
        words.append(text[start:end])
        start = end
    return words


def name_symbols(texts: Sequence[str], english: Iterable[str], lexicon: Lexicon) -> list[list[str]]:
    """For each Chinese text the names in it: capitalised words of the English texts that spell its hanzi in pinyin.

    One hanzi must give three letters or more, two or three hanzi four or more.
    """
    names = {name.casefold() for text in english for name in _CAPITALISED.findall(text)}
    starts = {name[:end] for name in names for end in range(1, len(name) + 1)}
    spellings = {character: syllables(character, lexicon) for character in set().union(*texts)}
    openers = {character for character, spelled in spellings.items() if spelled & starts}
    return [
        [
            f"name {name}"
            for at, character in enumerate(text)
            if character in openers
            for name in _names_at(text, at, starts, names, spellings)
        ]
        for text in texts
    ]


def _names_at(
    text: str, at: int, starts: set[str], names: set[str], spellings: Mapping[str, set[str]]
) -> Iterator[str]:
    spelled = {""}
    for length, character in enumerate(text[at : at + 3], 1):
        spelled = {s + own for s in spelled for own in spellings[character]} & starts
        if not spelled:
            return
        yield from (name for name in sorted(spelled & names) if len(name) >= (3 if length == 1 else 4))


def syllables(character: str, lexicon: Lexicon) -> set[str]:
    """The character's syllables without tones, as foreigners spell them in names."""
    entries = lexicon.entries(character)
    return {entry.reading[0].casefold().rstrip("12345").replace("u:", "u") for entry in entries if entry.reading}


def translations(symbol: str, glosses: GlossVectors, character_share: float) -> Mapping[str, float]:
    """How the symbol of a Chinese sentence is translated: English symbols with weights.

    A word's weights are its gloss vector, plus `character_share` times the mean of its characters' vectors.
    """
    if symbol.startswith("name "):
        return {stem(symbol[5:]): 1.0}
    if symbol[0] == "#" or symbol.startswith(("month ", "mark ")) or symbol == "percent":
        return {symbol: 1.0}
    weights: dict[str, float] = {}
    _add(weights, glosses[symbol], 1.0)
    if len(symbol) > 1:
        for character in symbol:
            _add(weights, glosses[character], character_share / len(symbol))
    return weights


def _add(weights: dict[str, float], vector: Mapping[str, float], share: float) -> None:
    """Add a share of a gloss vector, its stems as the symbols that English sentences have for them."""
    for stem_, weight in vector.items():
        symbol = _SYMBOL_OF_STEM.get(stem_, stem_)
        weights[symbol] = weights.get(symbol, 0.0) + share * weight
