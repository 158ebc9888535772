"""How the characters of a text are read, in citation tones: by the dictionaries, the context and the translation.

A word with one reading in the dictionary has that reading. Where characters are left open, a trained model weighs the
context (`polyphones`), a small network helps where it is unsure of a rare character (`recurrent`), rules are facts of
the language (`rules`), and the English of the sentence raises the readings whose senses occur in it (`meanings`).
Whoever asks is told how sure a reading is, and whether someone should check it (`choice`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

import msgspec
from msgspec.structs import replace

from flashcards.chinese import grammar, meanings, polyphones, recurrent, rules
from flashcards.chinese.choice import Open, candidate_of, choose, share, unsure, with_network
from flashcards.chinese.meanings import Translation, surnames_of
from flashcards.chinese.polyphones import Context, Polyphones, listed, syllables_of
from flashcards.chinese.recurrent import Network
from flashcards.chinese.syllables import from_numbered, toneless
from flashcards.lexicon import Entry, Lexicon
from flashcards.links.glosses import GlossVectors
from flashcards.links.symbols import longest_words
from flashcards.model import HAN, tone

_HAN = re.compile(f"[{HAN}]")

_TAIWAN = re.compile(r"Taiwan pr\. \[([^\]]+)\]")

FIXED = {"一": "yī", "不": "bù", "谁": "shéi"}
"""Dictionaries of phrases write the first two as they are spoken; here sandhi is the reader's choice."""

_CITED = frozenset(FIXED)
_COMPOUND = 4
"""From so many characters on a word may be written apart."""

_Spelling = tuple[frozenset[int], frozenset[int]]
"""Where a word's spelling has capitals, and before which syllables a space."""
_NONE: frozenset[int] = frozenset()
_PLAIN: _Spelling = (_NONE, _NONE)

_PARTICLES = {"的": "de", "乾": "gān"}
"""Words of one character that have one reading, though the character has others in compounds."""

_OPTIONAL = {
    "关系": "guān xì", "力量": "lì liàng", "势力": "shì lì", "困难": "kùn nán", "枇杷": "pí pá", "松散": "sōng sǎn",
}  # fmt: skip
"""Words whose neutral tone, which CC-CEDICT has, is optional in Putonghua; here they have the full one."""

_REOPENS = 2.5
"""Log-odds by which the translation must speak for another word than the segmenter's."""

_PARTS_SAY = 3.5
"""The same for a character by itself, in a word whose own meaning is not in the English (这一行有三个字)."""

_RARE = 3.0
"""On the Zipf scale."""

_USUAL = 2.0
"""Log-odds for a word's usual reading among those of the dictionary, where no character of it is known to the model."""

_GRADED = 6.0
"""Log-odds for the neutral tone of a word that has a degree: it is the adjective's (很精神 jīngshen, 很大意 dàyi)."""

_FORMAL = frozenset(
    """精神 下场 下水 冷战 土地 执事 大意 过去 过来 粒子 虾子 女人 老公 仁义 公道 摆设 照应 言语 说道 开通""".split()
)
"""Words with two meanings told apart by a neutral tone, of which the everyday one has the full tone; 东西 is none."""

_FUNCTION_WORDS = frozenset("了着地把为")
_GRAMMATICAL = 0.4
"""What the English says of these words, which it seldom translates, counts little: "clear" makes no liǎo of 了."""

_INSIDE = 0.5
"""What the English says of a character inside a word counts less than what it says of the word."""

# How sure a reading is that no context decides: the dictionary's only one; the usual one; that of an unknown character.
_SURE, _GUESSED, _UNKNOWN = 0.99, 0.7, 0.0


class Reading(msgspec.Struct, frozen=True, gc=False):
    """How a word is read: one marked syllable a character, "" for what is no hanzi.

    `capitals` are the syllables that begin a name, `breaks` those before which its spelling has a space, `confidence`,
    0 to 1, is how sure the reading is; `check` says that the dictionary, the context and the translation disagree, or
    that nothing decides.
    """

    syllables: tuple[str, ...]
    capitals: frozenset[int] = frozenset()
    breaks: frozenset[int] = frozenset()
    confidence: float = 1.0
    check: bool = False


class _Known(msgspec.Struct, frozen=True, gc=False):
    """What can be said of a word alone: its reading, and what of it the sentence decides.

    `open` are the characters that the context decides; `listed` the dictionary's readings of the whole word, where it
    has several and the choice is among them.
    """

    reading: Reading
    context: Context
    open: tuple[int, ...] = ()
    listed: tuple[tuple[str, ...], ...] = ()
    polyphones: bool = False
    """Whether it has a character of several readings, though nothing is open."""


class Reader:
    """Reads the words of sentences.

    Args:
        lexicon: the dictionaries.
        model: the model of contexts, the one of the package if None.
        network: the network that helps it, the one of the package if None.
        taiwan: read as is standard in Taiwan, where CC-CEDICT says so.
        glosses: the gloss vectors of words, if somebody else uses them too.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        model: Polyphones | None = None,
        network: Network | None = None,
        taiwan: bool = False,
        glosses: GlossVectors | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._model = model or polyphones.trained()
        self._network = network
        self._taiwan = taiwan
        self._glosses = glosses or GlossVectors(lexicon)
        self._known = lru_cache(maxsize=100_000)(self._look_up)
        self._spelling = lru_cache(maxsize=20_000)(self._capitals_and_breaks)
        self._parts = lru_cache(maxsize=100)(self._listed_parts)

    def read(self, words: Sequence[str], english: str = "", original: str = "") -> list[Reading]:
        """The reading of each word of a sentence.

        Args:
            words: the words in simplified characters.
            english: the sentence's translation, if there is one.
            original: the sentence as it was written, character for character, if that is in traditional characters,
                which tell readings apart that simplified ones do not (乾 gān, 幹 gàn).
        """
        known = list(map(self._known, words))
        for place, each in enumerate(known):
            if each.polyphones:
                known[place] = self._within(words, place, each)
        translation = meanings.translation(english, tuple(words), self._lexicon, self._glosses) if english else None
        if translation:
            known = self._reopened(words, known, translation)
        readings = [each.reading for each in known]
        doubtful = [place for place, each in enumerate(known) if each.open or each.listed]
        if doubtful:
            found = self._opened(words, known, doubtful)
            self._ask_network(words, found)
            for one in found:
                rules.apply(words, one, self._lexicon, original)
            if translation:
                text = "".join(words)
                for one in found:
                    one.said = self._said(words, text, one, translation)
                share(words, found)
            rules.doubled(words, found)
            by_place: dict[int, list[Open]] = {place: [] for place in doubtful}
            for one in found:
                by_place[one.place].append(one)
            for place, own in by_place.items():
                graded = bool(known[place].listed) and grammar.is_graded(words, place)
                readings[place] = self._decided(words[place], known[place], own, translation, graded)
        return readings

    def _opened(self, words: Sequence[str], known: Sequence[_Known], doubtful: Iterable[int]) -> list[Open]:
        """The open characters of the words at some places, with what the model says of them."""
        sentence = polyphones.surrounded([each.context for each in known])
        starts = [0, *accumulate(map(len, words))]
        found = []
        for place in doubtful:
            for offset in known[place].open:
                character = words[place][offset]
                votes = polyphones.votes_at(sentence, place + 2, offset, self._lexicon)
                features = polyphones.features_at(sentence, place + 2, offset, votes)
                scores = self._model.scores(character, features, votes)
                candidates = self._model.candidates[character]
                found.append(Open(place, offset, starts[place] + offset, character, candidates, scores, votes))
        return found

    def _within(self, words: Sequence[str], place: int, known: _Known) -> _Known:
        """A settled word as a longer dictionary word reads it that it makes up with a neighbour (亲密|无间 wújiān)."""
        word = words[place]
        before = words[place - 1] if place else ""
        behind = words[place + 1] if place + 1 < len(words) else ""
        for longer, start in ((before + word, len(before)), (word + behind, 0)):
            if len(longer) > max(len(word), 2) and longer in self._lexicon.headwords:
                readings = listed(longer, self._lexicon)
                if len(readings) == 1:
                    (whole,) = readings
                    own = whole[start : start + len(word)]
                    if all(own) and any(map(_differ, own, known.reading.syllables)):
                        return replace(known, reading=self._reading(word, own, _SURE))
        return known

    def as_read(self, words: Sequence[str], syllables: Sequence[str]) -> list[Reading]:
        """The readings of words whose syllables are known, one a character: those of a term in its sentence."""
        out = []
        at = 0
        for word in words:
            known = self._known(word).reading
            own = tuple(syllables[at : at + len(word)])
            out.append(known if own == known.syllables else self._reading(word, own, known.confidence, known.check))
            at += len(word)
        return out

    def _reopened(self, words: Sequence[str], known: Sequence[_Known], translation: Translation) -> list[_Known]:
        """The words with those characters open, too, against whose only reading the translation speaks.

        It does where a surname is romanised otherwise, and where a dictionary word that the segmenter did not see
        (人|参加, 打|的) has its meaning in the English and the segmenter's word has not.
        """
        out = list(known)
        text = "".join(words)
        at = 0
        for place, (word, each) in enumerate(zip(words, known, strict=True)):
            opened = set(each.open)
            for i, character in enumerate(word):
                candidates = self._model.candidates.get(character, ())
                if i in opened or not candidates:
                    continue
                settled = each.reading.syllables[i]
                names = {name for name in surnames_of(character, self._lexicon) if translation.named(name)}
                named = bool(names) and settled not in names and not names.isdisjoint(candidates)
                named = named and translation.may_name(word, i)
                rivals = translation.across(text, at + i, word)
                parts = settled in candidates and self._may_be_parts(word)
                if not (named or parts or (rivals and max(rivals.values()) > _REOPENS)):
                    continue
                (own,) = translation.evidence_for_word(word, [each.reading.syllables])
                alone = translation.evidence(word, i, candidates) if parts and own <= 0 else []
                if (named and own <= 0) or (alone and max(alone) - alone[candidates.index(settled)] > _PARTS_SAY):
                    opened.add(i)
                elif rivals and max(rivals.values()) - max(own, rivals.get(settled, 0.0)) > _REOPENS:
                    best = max(rivals, key=rivals.__getitem__)
                    if best in candidates:
                        opened.add(i)
                    else:    # 打|的: of 的 the model knows no dī
                        syllables = (*each.reading.syllables[:i], best, *each.reading.syllables[i + 1 :])
                        out[place] = replace(each, reading=self._reading(word, syllables, _GUESSED, True))
            if len(opened) > len(each.open):
                out[place] = replace(out[place], open=tuple(sorted(opened)), listed=())
            at += len(word)
        return out

    def _ask_network(self, words: Sequence[str], found: Sequence[Open]) -> None:
        """Add what the network says of the characters of which the model is unsure."""
        doubtful = [each for each in found if unsure(each.scores)]
        if not doubtful:
            return
        network = self._network = self._network or recurrent.trained()
        doubtful = [each for each in doubtful if each.character in network.candidates]
        if doubtful:
            places = [each.at for each in doubtful]
            for each, said in zip(doubtful, network.log_probabilities("".join(words), places), strict=True):
                each.scores = with_network(each.scores, each.candidates, said)

    def _may_be_parts(self, word: str) -> bool:
        """Whether a word is rather two: a number with a measure word, or characters that are seldom this word."""
        return len(word) == 2 and (rules.is_counted(word) or self._lexicon.zipf(word) < _RARE)

    def _decided(
        self,
        word: str,
        known: _Known,
        found: Sequence[Open],
        translation: Translation | None,
        graded: bool,
    ) -> Reading:
        """The reading of a word some of whose characters were left open; `graded` says that it has a degree."""
        if known.listed:
            options = known.listed
            context = [0.0] * len(options)
            meaning = translation.evidence_for_word(word, options) if translation else [0.0] * len(options)
            neutral = len({(*option[:-1], toneless(option[-1])) for option in options}) == 1
            for each in found:
                if neutral and each.offset == len(word) - 1:    # what the model has learnt from lacks neutral tones
                    continue
                ways = [option[each.offset] for option in options]
                for i, syllable in enumerate(ways):
                    at = candidate_of(each.candidates, syllable, ways)
                    context[i] += each.scores[at] if at is not None else min(each.scores) - 1
                    meaning[i] += each.said[at] if each.said and at is not None else 0.0
            usual = known.reading.syllables
            for i, option in enumerate(options):
                if neutral:
                    is_neutral = tone(option[-1]) == 5
                    context[i] += _USUAL * (is_neutral != (word in _FORMAL)) + _GRADED * (graded and is_neutral)
                elif not found:
                    context[i] += _USUAL * (option == usual)
            chosen, confidence, check = choose(context, meaning)
            syllables = list(options[chosen])
        else:
            syllables = list(known.reading.syllables)
            confidence, check = 1.0, False
            for each in found:
                chosen, sure, doubt = choose(each.scores, each.said)
                syllables[each.offset] = each.candidates[chosen]
                confidence, check = min(confidence, sure), check or doubt
        if word[0] == word[-1] and grammar.is_repeated_verb(word, self._lexicon):
            syllables[1] = toneless(syllables[0])
        decided = tuple(syllables)
        reading = self._reading(word, decided, confidence, check, self._spelling(word, decided))
        names = {each.offset for each in found if syllables[each.offset] in each.surnames}
        return replace(reading, capitals=reading.capitals | names) if names else reading

    def _said(self, words: Sequence[str], text: str, each: Open, translation: Translation) -> list[float]:
        """What the translation adds to the candidates of an open character."""
        word = words[each.place]
        weight = _INSIDE if len(word) > 1 and word[1:] != "儿" else _GRAMMATICAL if word in _FUNCTION_WORDS else 1.0
        own = [weight * value for value in translation.evidence(word, each.offset, each.candidates)]
        if len(word) > 1 and len(readings := listed(word, self._lexicon)) == 1:
            (whole,) = readings
            (value,) = translation.evidence_for_word(word, [whole])
            beside = word[: each.offset] + word[each.offset + 1 :]
            value = max(0.0, value - sum(translation.fit(c, (word,)) for c in beside))
            own = [v + value * (c == whole[each.offset]) for v, c in zip(own, each.candidates, strict=True)]
        rivals = translation.across(text, each.at, word)
        return [max(value, rivals.get(c, value)) for value, c in zip(own, each.candidates, strict=True)]

    def _look_up(self, word: str) -> _Known:
        """What can be said of a word alone."""
        context = polyphones.context(word, self._lexicon)
        if not _HAN.search(word):
            return _Known(Reading(("",) * len(word)), context)
        if word in FIXED or word in _PARTICLES:
            return _Known(self._reading(word, (FIXED.get(word) or _PARTICLES[word],), _SURE), context)
        entries = own_entries(word, self._lexicon)
        readings = tuple(dict.fromkeys(s for e in entries if (s := syllables_of(word, e))))
        candidates = self._model.candidates
        known = [i for i, character in enumerate(word) if character in candidates and character not in FIXED]
        if len(word) > 1 and len(readings) == 1:
            own = _with_optional_tones(word, readings[0])
            opened = tuple(i for i in self._model.disputed.get(word, ()) if own[i] in candidates[word[i]])
            return _Known(self._reading(word, own, _SURE), context, opened, polyphones=bool(known) and not opened)
        usual = self._usual(word)
        if len(word) > 1 and len(readings) > 1:
            differing = tuple(i for i in known if len({reading[i] for reading in readings}) > 1)
            first = usual if usual in readings else readings[0]
            return _Known(self._reading(word, first, _GUESSED), context, differing, readings)
        confidence = _GUESSED if all(usual) else _UNKNOWN
        if len(readings) == 1 and readings[0] == usual:
            confidence = _SURE
        return _Known(self._reading(word, usual, confidence), context, tuple(known))

    def _usual(self, word: str) -> tuple[str, ...]:
        """The reading of a word without its context: that of a list of phrases, else that of its parts."""
        if grammar.is_repeated_verb(word, self._lexicon):
            (once,) = self._known(word[0]).reading.syllables
            return once, toneless(once)
        if found := self._lexicon.pinyin(word):
            return tuple(FIXED.get(c, s) for c, s in zip(word, found, strict=True))
        if len(word) == 1:
            entries = own_entries(word, self._lexicon)
            return next((s for e in entries if (s := syllables_of(word, e))), ("",))
        return tuple(s for part in self._parts(word) for s in self._known(part).reading.syllables)

    def _listed_parts(self, word: str) -> list[str]:
        """The dictionary words of which a word consists that is none, or that is to be written apart."""
        headwords = self._lexicon.headwords
        return longest_words(word, lambda text: text != word and text in headwords)

    def _reading(
        self,
        word: str,
        syllables: tuple[str, ...],
        confidence: float = 1.0,
        check: bool = False,
        spelling: _Spelling | None = None,
    ) -> Reading:
        """A reading with what the dictionary says of its `spelling`, if that is not known yet."""
        capitals, breaks = spelling or self._capitals_and_breaks(word, syllables)
        if self._taiwan:
            syllables = in_taiwan(word, syllables, self._lexicon)
        if not _CITED.isdisjoint(word):
            syllables = tuple(FIXED.get(c, s) if s else s for c, s in zip(word, syllables, strict=True))
        return Reading(syllables, capitals, breaks, confidence, check)

    def _capitals_and_breaks(self, word: str, syllables: tuple[str, ...]) -> _Spelling:
        """Where a word's spelling has capitals, and before which syllables a space."""
        entries = own_entries(word, self._lexicon)
        if entries and all("".join(entry.reading).islower() for entry in entries):    # as most words
            return _PLAIN if len(word) < _COMPOUND else (_NONE, self._seams(word))
        own = [e for e in entries if syllables_of(word, e) == syllables]
        capitals = [{i for i, s in enumerate(entry.reading) if s[0].isupper()} for entry in own]
        names = frozenset(set.intersection(*capitals)) if capitals else self._capitals_of_parts(word, syllables)
        return names, names - {0} if names else self._seams(word)

    def _capitals_of_parts(self, word: str, syllables: Sequence[str]) -> frozenset[int]:
        """The capitals of the words of which a word consists that the dictionary does not have (长安|街)."""
        if len(word) == 1:
            return _NONE
        parts = self._parts(word)
        starts = accumulate(map(len, parts), initial=0)
        return frozenset(
            start + i
            for start, part in zip(starts, parts, strict=False)
            if len(part) > 1
            for reading in [self._known(part).reading]
            if reading.capitals and reading.syllables == tuple(syllables[start : start + len(part)])
            for i in reading.capitals
        )

    def _seams(self, word: str) -> frozenset[int]:
        """Where a compound of four characters or more is written apart: between the words of which it consists.

        Idioms, and compounds with a part of one character, are written together.
        """
        if len(word) < _COMPOUND or self._lexicon.tag(word)[:1] == "i":
            return _NONE
        parts = self._parts(word)
        return frozenset(accumulate(map(len, parts[:-1]))) if all(len(p) > 1 for p in parts) else frozenset()


def _with_optional_tones(word: str, reading: tuple[str, ...]) -> tuple[str, ...]:
    """A word's reading with the full tone where a neutral one is optional."""
    out = list(reading)
    for part, tones in _OPTIONAL.items():
        start = word.find(part)
        if start >= 0:
            out[start : start + 2] = tones.split()
    return tuple(out)


def in_taiwan(word: str, syllables: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """A reading as it is standard in Taiwan, if CC-CEDICT gives that for the word or for characters of it.

    >>> from flashcards.lexicon import open_lexicon
    >>> in_taiwan("星期", ("xīng", "qī"), open_lexicon())
    ('xīng', 'qí')
    """
    for entry in lexicon.entries(word):
        if syllables_of(word, entry) == syllables:
            for sense in entry.senses:
                if (match := _TAIWAN.search(sense)) and len(own := match[1].split()) == len(word):
                    return tuple(map(from_numbered, own))
    if len(word) == 1:
        return syllables
    return tuple(in_taiwan(c, (s,), lexicon)[0] if s else s for c, s in zip(word, syllables, strict=True))


def _differ(one: str, other: str) -> bool:
    """Whether two syllables are different ones, not the same but for a neutral tone (在那儿 zàinar, 那儿 nàr)."""
    return one != other and not (toneless(one) == toneless(other) and 5 in (tone(one), tone(other)))


def corrected(
    words: Sequence[str], readings: Sequence[Reading], corrections: Mapping[str, Sequence[str]]
) -> list[Reading]:
    """The readings of a sentence with those that a human has set.

    Args:
        words: the words of the sentence.
        readings: those of the words.
        corrections: for a string one syllable a character, wherever it occurs; "" leaves a character as it is.
    """
    text = "".join(words)
    syllables = [s for reading in readings for s in reading.syllables]
    fixed: set[int] = set()
    for string, own in corrections.items():
        start = text.find(string)
        while start >= 0:
            for i, syllable in enumerate(own, start):
                if syllable:
                    syllables[i] = syllable
                    fixed.add(i)
            start = text.find(string, start + len(string))
    out = []
    at = 0
    for word, reading in zip(words, readings, strict=True):
        own = syllables[at : at + len(word)]
        mine = {i for i in range(len(word)) if at + i in fixed}
        capitals = {i for i in mine if own[i][:1].isupper()} | (reading.capitals - mine)
        whole = all(i in mine or not syllable for i, syllable in enumerate(own))
        out.append(
            Reading(
                tuple(s.lower() for s in own),
                frozenset(capitals),
                reading.breaks,
                1.0 if whole else reading.confidence,
                reading.check and not whole,
            )
        )
        at += len(word)
    return out


def own_entries(word: str, lexicon: Lexicon) -> list[Entry]:
    """The word's entries, those left out that only point to another word, if any is left then."""
    entries = lexicon.entries(word)
    return [e for e in entries if not e.senses[0].startswith(("variant of", "old variant of"))] or list(entries)
