"""What the language itself says of how a character is read, beside the context that a model has learnt.

Surnames before titles, suffixes, classifiers behind numbers, neutral tones of dictionary words, 得 where it can be no
particle, what a simplified character was in traditional ones. All are log-odds that are added to a character's
candidates. They are set by hand, on the folds of the training and so that nothing clear changes.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from flashcards.chinese import grammar, polyphones
from flashcards.chinese.choice import Open
from flashcards.chinese.meanings import surnames_of
from flashcards.chinese.names import OFFICES, TITLES
from flashcards.chinese.polyphones import listed
from flashcards.chinese.syllables import from_numbered
from flashcards.lexicon import Lexicon
from flashcards.model import tone

# Log-odds for a surname's reading: where a title or 姓 makes it one; before an office, which one may hold (任会长);
# where the word looks like a person's name.
_TITLED, _IN_OFFICE, _NAMED = 12.0, 4.0, 2.0

_EXCLUDED = 8.0
"""Log-odds against a reading that the character cannot have here."""

_NEUTRAL, _SUFFIX = 12.0, 9.0
"""Log-odds for a neutral tone that a dictionary word has, and for the reading of a suffix in a word that none has."""

_SUFFIXES = {"儿": "r", "子": "zi", "率": "lǜ", "量": "liàng"}

_NO_PARTICLE = 8.0
"""Log-odds against the particle 得 where nothing stands before it that it could belong to (我们得走了)."""

_COUNTED = 5.0
"""Log-odds for the reading that the dictionary calls a classifier, behind a number."""

_ASPECT = 3.0
"""Log-odds for the particle 着 at the end of a word before an object (穿着一双鞋), against it behind 的 (他的穿着)."""

_MEASURES = {"行": "háng", "重": "chóng"}
"""Measure words that the dictionary does not call classifiers."""

_POINTING = frozenset("这那哪")
_NUMBER = re.compile("[0-9０-９零〇一二两三四五六七八九十百千万亿几每数半整]$")

_BEFORE_SURNAMES = frozenset("姓 老 小 阿 复姓 贵姓".split())


class Facts(NamedTuple):
    """What is true of a character wherever it stands: readings that it has as a surname, alone, as a measure word."""

    surnames: frozenset[str]
    alone: frozenset[str]
    classifiers: frozenset[str]


def apply(words: Sequence[str], each: Open, lexicon: Lexicon, original: str = "") -> None:
    """Add what the language says to the log-odds of an open character's candidates.

    Args:
        words: the words of the sentence, simplified.
        each: the character.
        lexicon: the dictionaries.
        original: the sentence as it was written if that was in traditional characters, else "".
    """
    word, character, place = words[each.place], each.character, each.place
    facts = _facts(character, lexicon)
    listing = each.votes[0].readings if each.votes[0] else frozenset()
    neutral = {reading for reading in listing if tone(reading) == 5}
    if neutral and (len(neutral) == len(listing) or character == "儿"):
        each.favour(neutral, _NEUTRAL)
    elif character in _SUFFIXES and not listing and _ends_in_suffix(word, each.offset):
        each.favour({_SUFFIXES[character]}, _SUFFIX)
    if len(word) == 1:
        if by := grammar.log_odds(words, place, each.candidates, lexicon):
            each.scores = [score + own for score, own in zip(each.scores, by, strict=True)]
        if word == "得" and _opens_a_predicate(words, place, lexicon):
            each.favour({"děi", "dé"}, _NO_PARTICLE)
        if facts.classifiers and place and _counts(words, place, lexicon):
            each.favour(facts.classifiers, _COUNTED)
        if facts.alone:
            each.exclude(facts.alone, _EXCLUDED)
    elif character == "着" and each.offset == len(word) - 1:
        if place and words[place - 1] == "的":
            each.favour(set(each.candidates) - {"zhe"}, _ASPECT)
        elif _has_object(words, place, lexicon):
            each.favour({"zhe"}, _ASPECT)
    if facts.surnames and (weight := _surname(words, place, each.offset, lexicon)):
        each.favour(facts.surnames, weight)
        each.surnames = facts.surnames if weight >= _TITLED else frozenset()
    if original and (written := original[each.at]) != character:
        own = frozenset(syllable for entry in listed(written, lexicon) for syllable in entry)
        if not own.isdisjoint(each.candidates):
            each.exclude(own, _EXCLUDED)


def doubled(words: Sequence[str], found: Sequence[Open]) -> None:
    """Let a character that is doubled be read the same both times, in a word (长长) and as a verb (量一量, 数了数).

    Particles are left out, of which the first of two is a verb.
    """
    for one, other in pairwise(found):
        if one.character == other.character and one.character not in grammar.DOUBLED:
            inside = one.place == other.place and len(words[one.place]) == 2
            if inside or (other.place == one.place + 2 and grammar.is_tried(words, one.place)):
                one.scores = other.scores = [a + b for a, b in zip(one.scores, other.scores, strict=True)]
                one.said = other.said = [a + b for a, b in zip(one.said, other.said, strict=True)]


def is_counted(word: str) -> bool:
    """Whether a word begins with a number, so that what follows in it may be a measure word (一行)."""
    return _NUMBER.search(word[0]) is not None


@lru_cache(maxsize=5_000)
def _facts(character: str, lexicon: Lexicon) -> Facts:
    alone = frozenset(syllable for entry in listed(character, lexicon) for syllable in entry)
    return Facts(surnames_of(character, lexicon), alone, _readings_as_classifier(character, lexicon))


def _readings_as_classifier(character: str, lexicon: Lexicon) -> frozenset[str]:
    """The readings with which a character is a measure word; none if all its readings are."""
    senses = {
        from_numbered(entry.reading[0]): any("classifier" in s or "measure word" in s for s in entry.senses)
        for entry in lexicon.entries(character)
    }
    found = frozenset(r for r, counts in senses.items() if counts or r == _MEASURES.get(character))
    return found if len(found) < len(senses) else frozenset()


def _ends_in_suffix(word: str, offset: int) -> bool:
    """Whether a character is the last of a word that is long enough for a suffix (效率 is none, 出生率 is one)."""
    return 0 < offset == len(word) - 1 and (offset > 1 or word[offset] in "儿子")


def _counts(words: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Whether a number is before a word, or 这, 那, 哪 with a noun behind (这只小鸟, but 这只会)."""
    before = words[place - 1]
    if place > 1 and grammar.is_tried(words, place - 2):    # 量一量
        return False
    return bool(_NUMBER.search(before)) or (before in _POINTING and _has_noun(words, place, lexicon))


def _has_noun(words: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    return place + 1 < len(words) and lexicon.tag(words[place + 1])[:1] in ("n", "a")


def _has_object(words: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Whether a noun, a pronoun or a number stands behind a word."""
    return place + 1 < len(words) and polyphones.tag_of(words[place + 1], lexicon)[0] in "nrm"


def _opens_a_predicate(words: Sequence[str], place: int, lexicon: Lexicon) -> bool:
    """Whether a pronoun, an adverb or nothing stands before 得, which as a particle needs a verb or adjective."""
    before = words[place - 1] if place else ""
    return not before or polyphones.tag_of(before, lexicon)[0] in "rdx"


def _surname(words: Sequence[str], place: int, offset: int, lexicon: Lexicon) -> float:
    """How much a character's context makes it a surname, in log-odds."""
    word = words[place]
    if offset:
        return _TITLED if offset == 1 and word[0] == "姓" else 0.0
    behind = words[place + 1] if place + 1 < len(words) else ""
    if len(word) == 1:
        if behind in TITLES or (place and words[place - 1] in _BEFORE_SURNAMES):
            return _TITLED
        return _IN_OFFICE if behind in OFFICES else 0.0
    if word[1:] in TITLES:
        return _TITLED
    unlisted = word not in lexicon and len(word) <= 3
    return _NAMED if unlisted and lexicon.tag(word)[:2] in ("", "nr") else 0.0
