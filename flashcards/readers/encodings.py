"""Which encoding a text is in that is not in UTF-8: the one in which its characters are by far the likeliest.

Many bytes can be read in several encodings, but only in the right one are they common characters. So every candidate
that decodes all the bytes is given the probability of its characters, by classes: the few hundred that make up most of
any running text, the thousands that the makers of GB 2312 and of Big5 put on their first level because they are in use,
and the rest. The encodings of Japanese and Korean are candidates too, so that they are not taken for Chinese.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import log

_FREQUENT = """
的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去
法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点
正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿
原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资
命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万
取拉格望觉术领共确传师观清今切院让识候带导争运吗呢吧谢请爱吃喝早晚友您哪谁怎叫岁买钱钟朋妈爸哥姐弟妹
這個們來為國說時會對過發後裡裏種經麼學當沒動還進樣開從實軍無與長機將兩間問應戰頭體產業關現話內兒東聲員論處義幾認條係氣題爾別變
總電數報纔結務場計管資許統區隊決馬書則聽卻達強難權設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運嗎謝請愛歲買錢鐘媽
"""
_PUNCTUATION = "，。、；：？！“”‘’「」『』（）《》〈〉—–…·　"
_KANA = "".join(map(chr, range(0x3041, 0x30FF)))
_NO_JAPANESE = re.compile("\\A(?!.*[\u3041-\u30ff])", re.DOTALL)
_NO_KOREAN = re.compile("\\A(?!.*[\uac00-\ud7a3])", re.DOTALL)
_FREQUENT_HANGUL = "이다는을의에가고하지도로사한기아나리그자어서대시인정수보부해를은니있요안녕세여러분입습"
_TYPOGRAPHIC = "‘’“”–—…"
_ACCENTED = "éèêëàâäáãåçîïíìôöóòõûüúùñøæœßÉÖÜ"
_LATIN_SIGNS = "£€©®°§½¼·•™"
_CONTROLS = "\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f"
_NO_TEXT = re.compile(f"[{_CONTROLS}\ue000-\uf8ff]")
_NO_ENGLISH = re.compile(rf"[{_CONTROLS}]|[¡-ÿ]{{3}}|\A(?!.*[A-Za-z]{{2}})", re.DOTALL)

# Log probabilities of one character of each class, roughly as in running text; only their order of size matters.
_ASCII = log(1 / 60)
_OF_FREQUENT = log(0.75 / 600)
_OF_MARKS = log(0.1 / 20)
_OF_COMMON = log(0.2 / 3500)
_OF_COMMON_ELSEWHERE = log(3e-6)    # traditional characters in GB 18030
_OF_RARE = log(1e-7)

_LIKELY = -10.5
"""The mean log probability that the characters beyond ASCII must reach: two rare ones among ten are too many."""

_CLEAR = log(100)
"""How many times likelier than in any other encoding the text must be."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A reading of some bytes: the encoding's name, the text, and whether it is Chinese or English."""

    encoding: str
    text: str
    usable: bool = True


@dataclass(frozen=True, slots=True)
class _Language:
    """How likely each character is, and every other one that is not in ASCII; what cannot stand in such a text."""

    weights: Mapping[str, float]
    other: float
    impossible: re.Pattern[str] = _NO_TEXT

    def likelihoods(self, text: str) -> tuple[float, float]:
        """The log probability of the text, and the mean one of its characters beyond ASCII."""
        counts = Counter(character for character in text if character >= "\x80")
        beyond = sum(self.weights.get(character, self.other) * count for character, count in counts.items())
        return beyond + (len(text) - counts.total()) * _ASCII, beyond / max(counts.total(), 1)


@dataclass(frozen=True, slots=True)
class _Candidate:
    encoding: str
    codec: str
    language: Callable[[], _Language]
    usable: bool = True


def guess(data: bytes) -> Guess | None:
    """The reading of bytes, not in UTF-8, that is clearly the likeliest; None if there is none."""
    readings: list[tuple[float, float, Guess]] = []
    for candidate in _CANDIDATES:
        try:
            text = data.decode(candidate.codec)
        except UnicodeDecodeError:
            continue
        language = candidate.language()
        if not language.impossible.search(text):
            total, mean = language.likelihoods(text)
            readings.append((total, mean, Guess(candidate.encoding, text, candidate.usable)))
    readings.sort(key=lambda reading: -reading[0])
    if not readings or readings[0][1] < _LIKELY:
        return None
    best = readings[0][2]
    rivals = [total for total, _, each in readings if each.encoding != best.encoding]
    return best if not rivals or readings[0][0] - rivals[0] >= _CLEAR else None


def _classes(*classes: tuple[Iterable[str], float]) -> dict[str, float]:
    """The weight of each character; of those in several classes that of the last."""
    return {character: weight for characters, weight in classes for character in characters}


def _double_bytes(leads: range, trails: Iterable[int], codec: str) -> str:
    """The characters of a block of an encoding that has two bytes for each."""
    cells = (bytes((lead, trail)) for lead in leads for trail in trails)
    return b"".join(cells).decode(codec, errors="ignore")


def _common_simplified() -> str:
    return _double_bytes(range(0xB0, 0xD8), range(0xA1, 0xFF), "gb2312")


def _common_traditional() -> str:
    return _double_bytes(range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)], "big5")


_WESTERN = ((_LATIN_SIGNS, log(1e-3)), (_ACCENTED, log(2e-3)), (_TYPOGRAPHIC, log(2e-2)))
_OWN = ((_KANA, log(1e-9)), (_FREQUENT, _OF_FREQUENT), (_PUNCTUATION, _OF_MARKS))


@cache
def _simplified() -> _Language:
    common = ((_common_traditional(), _OF_COMMON_ELSEWHERE), (_common_simplified(), _OF_COMMON))
    return _Language(_classes(*common, *_OWN), _OF_RARE)


@cache
def _traditional() -> _Language:
    return _Language(_classes((_common_traditional(), _OF_COMMON), *_OWN), _OF_RARE)


@cache
def _either_script() -> _Language:
    return _Language(_classes(*_WESTERN, (_common_simplified() + _common_traditional(), _OF_COMMON), *_OWN), _OF_RARE)


@cache
def _western() -> _Language:
    return _Language(_classes(*_WESTERN), _OF_RARE, _NO_ENGLISH)


@cache
def _japanese() -> _Language:
    return _Language(_classes((_PUNCTUATION, _OF_MARKS), (_KANA, log(0.7 / 90))), log(1e-6), _NO_JAPANESE)


@cache
def _korean() -> _Language:
    in_use = _double_bytes(range(0xB0, 0xC9), range(0xA1, 0xFF), "euc_kr")
    known = ((in_use, log(0.5 / 2350)), (_FREQUENT_HANGUL, log(0.5 / 50)))
    return _Language(_classes(*known), _OF_RARE, _NO_KOREAN)


_CANDIDATES = (
    _Candidate("GB18030", "gb18030", _simplified),
    _Candidate("Big5", "cp950", _traditional),
    _Candidate("Big5", "big5hkscs", _traditional),
    _Candidate("windows-1252", "cp1252", _western),
    _Candidate("Shift-JIS", "cp932", _japanese, usable=False),
    _Candidate("EUC-JP", "euc_jp", _japanese, usable=False),
    _Candidate("EUC-KR", "cp949", _korean, usable=False),
    _Candidate("UTF-16LE", "utf-16-le", _either_script),
    _Candidate("UTF-16BE", "utf-16-be", _either_script),
)
