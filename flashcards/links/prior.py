"""What can be said of a word and an English stem before the text is read: the prior of their translation."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from flashcards.lexicon import Lexicon
from flashcards.links.english import stem
from flashcards.links.glosses import gloss_stems, plain_glosses
from flashcards.links.sounds import likeness
from flashcards.links.symbols import longest_words, syllables

# Set on the renderings of two speeches and two chapters of fiction: what a part's gloss counts, of a word that the
# dictionary has and of one that it has not; what a root counts; by how much the characters' shares are raised.
_PART, _PART_OF_LISTED = 0.6, 0.3
_CHARACTER, _CHARACTER_OF_LISTED = 0.25, 0.12
_ROOT = 0.6
_RAISED = 1.2

_SOUND = 0.9
_LEAST_LIKENESS = 0.66
_LONGEST_NAME = 8
_NAMES = ("nr", "ns", "nz", "nt")

_LEAST_ROOT = 4
"""The letters that a root has at least."""

_SUFFIXES = frozenset(
    """ization isation ational ibility ability fulness ousness iveness ation ition ement ment ness less able ible tion
    sion ance ence ancy ency ical ally ship hood ious eous ism ist ity ing ive ize ise ify ful ous ant ent age ial ual
    al ic er or ed ly en y e i s""".split()
)
_SECOND_SUFFIXES = frozenset("ation at ic al iv i e".split())
_LONGEST_SUFFIX = 7


class TranslationPrior:
    """How probable it is that a stem stands for a Chinese word, 0 to 1, by the dictionary and by sound."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._tables: dict[str, tuple[Mapping[str, float], Mapping[str, float]]] = {}
        self._known: dict[str, tuple[dict[str, float], set[str]]] = {}

    def __call__(self, word: str, stems: Iterable[str]) -> list[float]:
        """The priors of a word and each of some stems.

        Each is the best of: the glosses of the word and of its parts, its sound, a stem of the same root as theirs,
        and what its characters stand for in other words.
        """
        known, asked = self._known.setdefault(word, ({}, set()))
        stems = list(stems)
        if unknown := set(stems) - asked:
            known.update(self._priors(word, sorted(unknown)))
            asked |= unknown
        return [known.get(each, 0.0) for each in stems]

    def _priors(self, word: str, stems: Sequence[str]) -> dict[str, float]:
        table, roots = self._table(word)
        found = {each: table[each] for each in stems if each in table}
        if roots:
            for each in stems:
                if (base := root(each)) in roots:
                    found[each] = max(found.get(each, 0.0), _ROOT * roots[base])
        if not word.isascii():
            asked = set(stems)
            without: dict[str, float] = {}    # how probable it is that no character stands for the stem
            for character in word:
                own = self.lexicon.character(character)
                for each in own.keys() & asked:
                    without[each] = without.get(each, 1.0) * (1 - own[each])
            for each, none in without.items():
                found[each] = max(found.get(each, 0.0), min(1.0, _RAISED * (1 - none)))
        if sounds := self._sounds(word):
            for each in stems:
                if found.get(each, 0.0) < _SOUND and (alike := likeness(sounds, each)) >= _LEAST_LIKENESS:
                    found[each] = max(found.get(each, 0.0), _SOUND * alike)
        return found

    def _sounds(self, word: str) -> tuple[str, ...]:
        """The syllables of what may be a foreign name: a word that the dictionary has not, or tagged as a name."""
        if not 2 <= len(word) <= _LONGEST_NAME or (word in self.lexicon and self.lexicon.tag(word)[:2] not in _NAMES):
            return ()
        return tuple(min(syllables(character, self.lexicon), default="") for character in word)

    def _table(self, word: str) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """All stems that the glosses and the sound of a word give a prior, and the same by root."""
        found = self._tables.get(word)
        if found is None:
            table = self._make_table(word)
            roots: dict[str, float] = {}
            for each, value in table.items():
                if len(each) >= _LEAST_ROOT:
                    base = root(each)
                    roots[base] = max(roots.get(base, 0.0), value)
            found = self._tables[word] = table, roots
        return found

    def _make_table(self, word: str) -> dict[str, float]:
        table: dict[str, float] = {}
        if word.isascii():
            return {stem(word): 1.0}
        self._add_glosses(table, word, 1.0)
        if len(word) > 1:
            listed = word in self.lexicon
            for part in longest_words(word, lambda text: text != word and text in self.lexicon):
                if len(part) > 1:
                    self._add_glosses(table, part, _PART_OF_LISTED if listed else _PART)
                else:
                    self._add_glosses(table, part, _CHARACTER_OF_LISTED if listed else _CHARACTER)
        self._add_sounds(table, word)
        return table

    def _add_glosses(self, table: dict[str, float], word: str, weight: float) -> None:
        for entry in self.lexicon.entries(word):
            for gloss in plain_glosses(entry):
                stems = gloss_stems(gloss)
                for each in stems:
                    table[each] = max(table.get(each, 0.0), weight / len(stems) ** 0.5)

    def _add_sounds(self, table: dict[str, float], word: str) -> None:
        """Names keep their sound: two or three syllables together, or one alone in a short word."""
        spelled = [syllables(character, self.lexicon) for character in word[:6]]
        for start in range(len(spelled)):
            names = {""}
            for end, own in enumerate(spelled[start : start + 3], start + 1):
                names = {name + syllable for name in names for syllable in own}
                several = end - start > 1
                if several or len(word) <= 3:
                    for name in names:
                        if len(name) > 2:
                            key = stem(name)
                            table[key] = max(table.get(key, 0.0), 1.0 if several else 0.3)


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """What is left of a stem without its suffixes, so that derivations of one word are alike; short stems have none.

    >>> root("economi"), root("econom")
    ('econom', 'econom')
    """
    if len(word) < _LEAST_ROOT:
        return ""
    for suffixes in (_SUFFIXES, _SECOND_SUFFIXES):
        for size in range(min(_LONGEST_SUFFIX, len(word) - _LEAST_ROOT), 0, -1):
            if word[-size:] in suffixes:
                word = word[:-size]
                break
    return word


def gloss_keys(entries_of: str, lexicon: Lexicon) -> frozenset[str]:
    """The glosses of a word as their stems, a space between two, without articles and "to"; of six stems at most."""
    keys = set()
    for entry in lexicon.entries(entries_of):
        for gloss in plain_glosses(entry):
            words = [w for w in gloss.casefold().replace("-", " ").split() if w.isalpha()]
            while words and words[0] in ("the", "a", "an", "to", "be"):
                words = words[1:]
            if 1 <= len(words) <= _LONGEST_GLOSS:
                keys.add(" ".join(map(stem, words)))
    return frozenset(keys)


_LONGEST_GLOSS = 6
