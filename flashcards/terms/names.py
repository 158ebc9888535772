"""The names in both sides of a pair, and which of them have no counterpart."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from flashcards.lexicon import Lexicon
from flashcards.links.english import FUNCTION_WORDS
from flashcards.links.symbols import syllables
from flashcards.model import Term, Word
from flashcards.terms.definitions import is_name, name_alone, senses

_NAME_TAGS = ("nr", "ns", "nrt", "nrfg")
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*")
_FULL_NAME = re.compile(r"\b([A-Z][a-z]{1,5}) ([A-Z][a-z]+(?:-?[a-z]+)?)\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;“”\"‘(–—…]\s*|\n)(?:['‘])?$")
_ROOT = 4
"""Names that begin with so many letters alike are one name in two forms: Russia and Russian."""

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
        """Whether the dictionary has the word as a name before anything else."""
        return len(word.text) > 1 and word.tag in _NAME_TAGS and is_name(word.text, self._lexicon, first=True)

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
