"""Where the two sides of a lesson do not say the same: numbers and names, and terms that are not always put alike."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise, product

from flashcards.lexicon import Lexicon
from flashcards.links.english import FUNCTION_WORDS, content_stems
from flashcards.links.symbols import syllables
from flashcards.model import HAN, Finding, Pair, Place, Rendering, Term, Word
from flashcards.terms.definitions import is_name, name_alone, senses
from flashcards.terms.figures import chinese_figures, english_figures, unmatched

STAGE = "consistency"

_REMEDY = "correct the side that is wrong, in the source or with replace in [[pairs]]"
_ONE_RENDERING = "if it is one thing, let the English have one word for it"
_TWO_RENDERINGS = "if they are two things, let the English have two words for them"
_NAME_TAGS = ("nr", "ns", "nrt", "nrfg")
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*")
_FULL_NAME = re.compile(r"\b([A-Z][a-z]{1,5}) ([A-Z][a-z]+(?:-?[a-z]+)?)\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;“”\"‘(–—…]\s*|\n)(?:['‘])?$")
_HANZI = re.compile(f"[{HAN}]+")
_ROOT = 4
"""Words that begin with so many letters alike are of one family: Russia and Russian, cooperate and cooperative."""

_DATES = frozenset(
    """January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug
    Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday""".split()
)

_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    "(?:a(?:i|o|ng?)?|e(?:i|r|ng?)?|i(?:a(?:o|ng?)?|e|u|n|ng|ong)?|o(?:u|ng)?|u(?:a(?:i|ng?)?|e|i|o|n)?)"
)
_SPELLED = re.compile(f"(?:{_SYLLABLE}){{1,2}}")
_SURNAMES = frozenset(
    """wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng
    han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen yao fu zhong cui tan
    liao fan wan shi jin jia xia qiu hou bai meng qin xue yan lei long duan hao kong shao mao chang qian dai mo xiang
    tao qi ouyang sima zhuge""".split()
)
"""The commonest surnames as they are spelled in English."""


def inconsistencies(
    pairs: Sequence[Pair],
    sentences: Sequence[Sequence[Word]],
    terms: Sequence[Term],
    lexicon: Lexicon,
    threshold: float,
) -> tuple[Finding, ...]:
    """A finding for each number, date or name that the sides of a pair do not share, and each term put in two ways.

    Args:
        pairs: the pairs that are sure.
        sentences: for each pair the words of its Chinese side.
        terms: the lesson's terms.
        lexicon: the dictionary.
        threshold: the confidence, 0 to 1, from which on a rendering is sure.
    """
    places = {pair.id: pair.bead.zh[0].where for pair in pairs}
    renderings = _Renderings(pairs, threshold)
    told = (
        *((*told, _ONE_RENDERING) for told in _two_ways(terms, renderings)),
        *((*told, _TWO_RENDERINGS) for told in _one_for_two(terms, renderings)),
    )
    return (
        *_differing_pairs(pairs, sentences, terms, lexicon),
        *(Finding(STAGE, places.get(id), "info", message, remedy) for id, message, remedy in told),
    )


def _differing_pairs(
    pairs: Sequence[Pair], sentences: Sequence[Sequence[Word]], terms: Sequence[Term], lexicon: Lexicon
) -> Iterator[Finding]:
    names = Names(terms, lexicon)
    for group in _whole(pairs):
        zh = "".join(pairs[i].zh for i in group)
        en = " ".join(pairs[i].en for i in group)
        words = [word for i in group for word in sentences[i]]
        where = pairs[group[0]].bead.zh[0].where
        numbers = unmatched(chinese_figures(zh, [word.text for word in words]), english_figures(en))
        if any(numbers):
            yield _difference("numbers", [n.text for n in numbers[0]], [n.text for n in numbers[1]], zh, en, where)
        if all(unlike := names.unmatched(words, en)):
            yield _difference("names", *unlike, zh, en, where)


def _whole(pairs: Sequence[Pair]) -> Iterator[list[int]]:
    """The places of the pairs, those together that are parts of one: a part may say what its neighbour translates."""
    group: list[int] = []
    for place, pair in enumerate(pairs):
        if group and pair.part <= 1:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _difference(
    what: str, chinese: Iterable[str], english: Iterable[str], zh: str, en: str, where: Place
) -> Finding:
    sides = {"Chinese": ", ".join(dict.fromkeys(chinese)), "English": ", ".join(dict.fromkeys(english))}
    told = " and ".join(f"{own} in {side}" for side, own in sides.items() if own)
    message = f"{what} differ: {told}{'' if all(sides.values()) else ' alone'}: {zh} | {en}"
    return Finding(STAGE, where, "info", message, _REMEDY)


class Names:
    """The names of a lesson, to ask which of a pair's have no counterpart."""

    def __init__(self, terms: Iterable[Term], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._rendered = {
            term.text: {form for each in term.renderings for form in _forms(each.citation)} for term in terms
        }
        self._forms: dict[str, frozenset[str]] = {}
        self._spelled: dict[str, set[str]] = {}

    def unmatched(self, words: Sequence[Word], english: str) -> tuple[list[str], list[str]]:
        """The names of the Chinese that the English has not, and names of the English that the Chinese has not.

        Only names of which there is no doubt: those of places and persons in the dictionary, and romanised full names.
        """
        said = _forms(english)
        strangers = [
            f"{surname} {given}"
            for surname, given in self._romanised(english)
            if not self._is_spelled(surname + given, words)
            and not any(_is_nickname(word, surname, given) for word in words)
        ]
        rest = english
        for stranger in strangers:
            rest = rest.replace(stranger, "")
        persons = [word.text for word in words if self._is_person(word) and not self._is_said(word, rest)]
        if persons and strangers:
            return persons, strangers
        places = [word.text for word in words if self._is_listed(word) and not self._of(word.text) & said]
        if not places:
            return [], []
        known = {form for word in words for form in self._of(word.text)}
        others = [name for name in _lone_names(english) if self._is_foreign(name, words, known)]
        return places, others

    def _is_person(self, word: Word) -> bool:
        """Whether a word is a surname and a given name."""
        return (
            word.tag in _NAME_TAGS and 2 <= len(word.text) <= 4
            and len(word.pinyin.split()) > 1 and word.pinyin[0].isupper()
            and any(sense.startswith("surname ") for sense in senses(word.simplified[0], self._lexicon))
        )  # fmt: skip

    def _is_said(self, word: Word, english: str) -> bool:
        """Whether the English has a person's name or a part of it, or what dictionary and lesson have for it."""
        spelled = [_toneless(syllable) for syllable in word.reading]
        names = {_toneless(name) for name in re.findall(r"[^\W\d_]+", english.replace("-", "")) if name[0].isupper()}
        parts = {"".join(spelled[a:b]) for a, b in combinations(range(len(spelled) + 1), 2)}
        return bool(parts & names or self._of(word.text) & _forms(english))

    def _romanised(self, english: str) -> Iterator[tuple[str, str]]:
        """The surnames and given names of the English that are spelled in pinyin."""
        for match in _FULL_NAME.finditer(english):
            surname, given = match[1].casefold(), match[2].replace("-", "").casefold()
            if surname in _SURNAMES and _SPELLED.fullmatch(given):
                yield match[1], match[2]

    def _is_spelled(self, name: str, words: Sequence[Word]) -> bool:
        """Whether some hanzi of the Chinese can be read so."""
        wanted = name.replace("-", "").casefold()
        text = "".join(word.simplified for word in words)
        return any(wanted in self._spellings(text[at : at + 4], wanted) for at in range(len(text)))

    def _spellings(self, text: str, wanted: str) -> set[str]:
        found = spelled = {""}
        for character in text:
            own = self._spelled.get(character)
            if own is None:
                own = self._spelled[character] = syllables(character, self._lexicon)
            spelled = {s + syllable for s in spelled for syllable in own if wanted.startswith(s + syllable)}
            found = found | spelled
        return found

    def _is_listed(self, word: Word) -> bool:
        """Whether the dictionary has the word as a name and nothing else."""
        return (
            len(word.text) > 1 and word.tag in _NAME_TAGS and word.text in self._lexicon
            and is_name(word.text, self._lexicon)
        )  # fmt: skip

    def _is_foreign(self, name: str, words: Sequence[Word], known: Collection[str]) -> bool:
        """Whether a word of the English is a name that the dictionary has for other words than these."""
        plain = name.casefold()
        return (
            self._lexicon.is_english(plain)
            and plain not in FUNCTION_WORDS
            and name not in _DATES
            and _root(plain) not in known
            and not self._is_spelled(plain, words)
        )

    def _of(self, text: str) -> frozenset[str]:
        """The beginnings of the words by which a name may be put: its glosses and its people's, pinyin, renderings."""
        forms = self._forms.get(text)
        if forms is None:
            peoples = (each + tail for each in (text, text[0]) for tail in ("人", "语", "文", "国", "族"))
            related = {*text, *peoples}
            glosses = [name_alone(sense) for sense in senses(text, self._lexicon)]
            glosses += (sense for each in related for sense in senses(each, self._lexicon))
            found = {form for gloss in glosses for form in _forms(gloss)}
            found |= {form for term, own in self._rendered.items() if term in text or text in term for form in own}
            spelled = {""}
            for character in text[:4]:
                spelled = {s + own for s in spelled for own in syllables(character, self._lexicon)}
                found |= {_root(s) for s in spelled if len(s) >= _ROOT}
            forms = self._forms[text] = frozenset(found)
        return forms




def _is_nickname(word: Word, surname: str, given: str) -> bool:
    """Whether a Chinese name has a syllable of a romanised one, but not its surname: 凤姐 is Wang Xi-feng."""
    spelled = [_toneless(syllable) for syllable in word.reading]
    syllables_of_it = [syllable for syllable in spelled if len(syllable) > 1 and syllable in given.casefold()]
    return word.pinyin[:1].isupper() and spelled[0] != surname.casefold() and bool(syllables_of_it)


def _root(form: str) -> str:
    """What two forms of a name have in common."""
    return form.casefold()[:_ROOT]


def _forms(text: str) -> frozenset[str]:
    """The beginnings of the capitalised words of a text."""
    return frozenset(_root(match) for match in _CAPITALISED.findall(text))


def _lone_names(english: str) -> Iterator[str]:
    """The words that have a capital by themselves: not at the start of a sentence, nor beside another such word."""
    matches = list(_CAPITALISED.finditer(english))
    runs = {j for i, j in pairwise(range(len(matches))) if english[matches[i].end() : matches[j].start()].isspace()}
    for at, match in enumerate(matches):
        if not (at in runs or at + 1 in runs or _SENTENCE_START.search(english, 0, match.start())):
            yield match.group()


def _toneless(syllable: str) -> str:
    """A marked syllable as names are spelled: "lǜ" as "lu"."""
    return "".join(c for c in unicodedata.normalize("NFD", syllable.casefold()) if c.isascii())


class _Renderings:
    """The renderings of a lesson's terms, to ask which are sure, and where they stand.

    A sure one stands in two pairs of its term, or is among the senses of the dictionary: one that only the word links
    of a single sentence speak for may be a neighbour's.
    """

    def __init__(self, pairs: Sequence[Pair], threshold: float) -> None:
        self._english = {pair.id: pair.en for pair in pairs}
        self._threshold = threshold
        self._stems = cache(lambda id: content_stems(self._english.get(id, "")))

    def sure(self, term: Term) -> list[Rendering]:
        """The sure renderings of a term."""
        return [r for r in term.renderings if r.confidence >= self._threshold and r.spans and self._stands(r, term)]

    def _stands(self, rendering: Rendering, term: Term) -> bool:
        own = content_stems(rendering.citation)
        listed = any(content_stems(sense) == own for sense in term.senses)
        return bool(own) and (listed or len(self.where(rendering, term)) > 1)

    def where(self, rendering: Rendering, term: Term) -> list[str]:
        """The ids of the term's pairs in whose English the rendering stands."""
        own = content_stems(rendering.citation)
        return [id for id in term.pair_ids if _contains(self._stems(id), own)]


def _contains(text: Sequence[str], part: Sequence[str]) -> bool:
    return any(text[at : at + len(part)] == part for at in range(len(text)))


def _two_ways(terms: Iterable[Term], renderings: _Renderings) -> Iterator[tuple[str, str]]:
    """The terms that are translated otherwise than by their best rendering: the id of a pair that does, a message.

    Where both renderings stand in one sentence, they may be two parts of one.
    """
    for term in terms:
        sure = renderings.sure(term)
        for first, other in product(sure[:1], sure[1:]):
            apart = [id for id in renderings.where(other, term) if id not in renderings.where(first, term)]
            if apart and not _is_same(first.citation, other.citation):
                yield apart[0], f'{term.text} is translated in two ways: "{first.citation}" and here "{other.citation}"'
                break


def _one_for_two(terms: Iterable[Term], renderings: _Renderings) -> Iterator[tuple[str, str]]:
    """The renderings of two terms that have nothing in common: the id of a pair of the second one, a message."""
    by_stems: defaultdict[tuple[str, ...], list[tuple[Term, Rendering]]] = defaultdict(list)
    for term in terms:
        for best in renderings.sure(term)[:1]:
            by_stems[content_stems(best.citation)].append((term, best))
    for group in by_stems.values():
        for (one, first), (other, second) in combinations(group, 2):
            if not (_is_related(one.text, other.text) or _overlap(first, second)):
                yield second.pair_id, f'"{second.citation}" stands for two terms: {one.text} and here {other.text}'


def _is_related(one: str, other: str) -> bool:
    """Whether two terms share two characters that stand together, or one is made of the other's (劳模, 劳动模范)."""
    shorter, longer = sorted((one, other), key=len)
    characters = iter(longer)
    return any(one[at : at + 2] in other for at in range(len(one) - 1)) or all(c in characters for c in shorter)


def _overlap(one: Rendering, other: Rendering) -> bool:
    """Whether two renderings are the same words of the same pair."""
    return one.pair_id == other.pair_id and any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def _is_same(one: str, other: str) -> bool:
    """Whether two renderings are one in other forms: a part of it, a noun and its verb, China and Chinese, initials."""
    first, second = ({stem[:_ROOT] for stem in content_stems(each)} for each in (one, other))
    return first <= second or second <= first or _is_abbreviation(one, other) or _is_abbreviation(other, one)


def _is_abbreviation(short: str, long: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"\w+", long) if word[0].isupper())
    return len(short) > 1 and short.isupper() and short in (initials, initials + "S")
