"""How the characters of a text are read, in citation tones: by the dictionaries, the context and the translation.

A word with one reading in the dictionary has that reading. Where characters are left open, a trained model weighs the
context (`polyphones`), a small network helps where it is unsure of a rare character (`recurrent`), and the English of
the sentence raises the readings whose senses occur in it (`meanings`). What is left are rules that are facts of the
language. Whoever asks is told how sure a reading is, and whether someone should check it.
"""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

import msgspec
from msgspec.structs import replace

from flashcards.chinese import grammar, meanings, polyphones, recurrent
from flashcards.chinese.meanings import Translation, surnames_of
from flashcards.chinese.polyphones import Context, Polyphones, Votes, listed, syllables_of
from flashcards.chinese.recurrent import Network
from flashcards.chinese.syllables import from_numbered, tone, toneless
from flashcards.lexicon import Entry, Lexicon
from flashcards.links.glosses import GlossVectors
from flashcards.links.symbols import longest_words
from flashcards.model import HAN

_HAN = re.compile(f"[{HAN}]")

_TAIWAN = re.compile(r"Taiwan pr\. \[([^\]]+)\]")

_FIXED = {"一": "yī", "不": "bù", "谁": "shéi"}
"""Dictionaries of phrases write the first two as they are spoken; here sandhi is the reader's choice."""

_PARTICLES = {"的": "de", "乾": "gān"}
"""Words of one character that have one reading, though the character has others in compounds."""

_OPTIONAL = {
    "关系": "guān xì", "力量": "lì liàng", "势力": "shì lì", "困难": "kùn nán", "枇杷": "pí pá", "松散": "sōng sǎn",
}  # fmt: skip
"""Words whose neutral tone, which CC-CEDICT has, is optional in Putonghua; here they have the full one."""

UNSURE = 2.0
"""The network is asked where the best candidate is less than this many log-odds ahead (tuned on CPP-dev's folds)."""

_NETWORK = 1.0
"""What the network's log-probabilities count beside the model's (tuned on CPP-dev's folds)."""

_LEAST = -8.0
"""The log-probability of a candidate that the network does not know."""

# Log-odds for a surname's reading: where a title or 姓 makes it one; before an office, which one may hold (任会长);
# where the word looks like a person's name.
_TITLED, _IN_OFFICE, _NAMED = 12.0, 4.0, 2.0

_REOPENS = 2.5
"""Log-odds by which the translation must speak for another word than the segmenter's."""

_PARTS_SAY = 3.5
"""The same for a character by itself, in a word whose own meaning is not in the English (这一行有三个字)."""

_RARE = 3.0
"""On the Zipf scale."""

_DISPUTED = 4.0
"""Log-odds against the dictionary's only reading of a word that the model has not met, from which context decides."""

_EXCLUDED = 8.0
"""Log-odds against a reading that the character cannot have here."""

_NEUTRAL, _SUFFIX = 12.0, 9.0
"""Log-odds for a neutral tone that a dictionary word has, and for the reading of a suffix in a word that none has."""

_SUFFIXES = {"儿": "r", "子": "zi", "率": "lǜ", "量": "liàng"}

_NO_PARTICLE = 8.0
"""Log-odds against the particle 得 where nothing stands before it that it could belong to (我们得走了)."""

_COUNTED = 5.0
"""Log-odds for the reading that the dictionary calls a classifier, behind a number."""

_MEASURES = {"行": "háng", "重": "chóng"}
"""Measure words that the dictionary does not call classifiers."""

_NUMBER = re.compile("[0-9０-９零〇一二两三四五六七八九十百千万亿几每数半整]$")

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

_TITLES = frozenset(
    """先生 女士 小姐 太太 夫人 老师 教授 博士 医生 大夫 师傅 同志 同学 氏 某 某某 老 爷爷 奶奶 叔叔 阿姨 大爷 大妈 大哥
    大姐 哥 姐 兄 总 局 处 工 导""".split()
)
_OFFICES = frozenset(
    """总理 总统 主席 主任 书记 部长 省长 市长 县长 局长 处长 科长 院长 校长 会长 社长 行长 董事长 经理 总经理 律师 法官
    警官 将军 司令 队长 班长 教练 导演 记者 编辑""".split()
)
"""Words behind a surname: forms of address, and offices."""

_BEFORE_SURNAMES = frozenset("姓 老 小 阿 复姓 贵姓".split())

# How sure a reading is that no context decides: the dictionary's only one; the usual one; that of an unknown character.
_SURE, _GUESSED, _UNKNOWN = 0.99, 0.7, 0.0

CHECK_UNDER = 0.75
"""A reading less sure than this should be checked."""

# Where the translation speaks against the reading chosen with so many log-odds, or the context did and was overruled
# though it was as sure as this, someone should look.
_SAYS_SOMETHING, _CLEAR = 3.0, 0.95
_BEYOND_DOUBT = 0.9
"""A reading as sure as this, all things weighed, needs no check."""


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
    """Whether it has a character of several readings, though none is open."""


@dataclass(slots=True)
class _Open:
    """A character that the sentence decides: its candidates and their log-odds so far."""

    place: int
    offset: int
    at: int
    """Its place in the sentence."""
    candidates: tuple[str, ...]
    scores: list[float]
    votes: Votes
    said: list[float] = field(init=False)
    """What the translation adds to the scores."""
    surnames: frozenset[str] = frozenset()
    """The readings that are surnames, where the words around make it one."""

    def __post_init__(self) -> None:
        self.said = [0.0] * len(self.candidates)

    def favour(self, readings: Collection[str], by: float) -> None:
        """Add to the log-odds of some of the candidates."""
        pairs = zip(self.scores, self.candidates, strict=True)
        self.scores = [score + by * (candidate in readings) for score, candidate in pairs]


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
        self._spelled = lru_cache(maxsize=100_000)(self._with_capitals)
        self._alone = lru_cache(maxsize=5_000)(self._readings_alone)
        self._classifiers = lru_cache(maxsize=5_000)(self._readings_as_classifier)

    def read(self, words: Sequence[str], english: str = "", original: str = "") -> list[Reading]:
        """The reading of each word of a sentence.

        Args:
            words: the words in simplified characters.
            english: the sentence's translation, if there is one.
            original: the sentence as it was written, character for character, if that is in traditional characters,
                which tell readings apart that simplified ones do not (乾 gān, 幹 gàn).
        """
        known = [self._known(word) for word in words]
        known = [
            each if each.open or each.listed or not each.polyphones else self._within(words, place, each)
            for place, each in enumerate(known)
        ]
        translation = meanings.translation(english, tuple(words), self._lexicon, self._glosses) if english else None
        if translation:
            known = self._reopened(words, known, translation)
        out = [each.reading for each in known]
        if not any(each.open or each.listed for each in known):
            return out
        sentence = polyphones.surrounded([each.context for each in known])
        found = []
        starts = [0, *accumulate(map(len, words))]
        for place, each in enumerate(known):
            for offset in each.open:
                character = words[place][offset]
                votes = polyphones.votes_at(sentence, place + 2, offset, self._lexicon)
                features = polyphones.features_at(sentence, place + 2, offset, votes)
                scores = self._model.scores(character, features, votes)
                candidates = self._model.candidates[character]
                found.append(_Open(place, offset, starts[place] + offset, candidates, scores, votes))
        self._ask_network(words, found)
        for doubtful in found:
            self._rule_out(words, doubtful, original)
        if translation:
            text = "".join(words)
            for doubtful in found:
                doubtful.said = self._said(words, text, doubtful, translation)
            share(words, found)
        by_place: dict[int, list[_Open]] = {place: [] for place, each in enumerate(known) if each.open or each.listed}
        for doubtful in found:
            by_place[doubtful.place].append(doubtful)
        for place, own in by_place.items():
            graded = bool(known[place].listed) and grammar.is_graded(words, place)
            out[place] = self._decide(words[place], known[place], own, translation, graded)
        return out

    def _within(self, words: Sequence[str], place: int, known: _Known) -> _Known:
        """A settled word as a longer dictionary word reads it that it makes up with a neighbour (亲密|无间 wújiān)."""
        word = words[place]
        before = words[place - 1] if place else ""
        behind = words[place + 1] if place + 1 < len(words) else ""
        for longer, start in ((before + word, len(before)), (word + behind, 0)):
            if len(longer) > max(len(word), 2) and self._lexicon.may_have(longer):
                readings = listed(longer, self._lexicon)
                if len(readings) == 1:
                    (whole,) = readings
                    own = whole[start : start + len(word)]
                    if all(own) and any(map(_differ, own, known.reading.syllables)):
                        return replace(known, reading=self._spelled(word, own, _SURE, False))
        return known

    def as_read(self, words: Sequence[str], syllables: Sequence[str]) -> list[Reading]:
        """The readings of words whose syllables are known, one a character: those of a term in its sentence."""
        out = []
        at = 0
        for word in words:
            known = self._known(word).reading
            own = tuple(syllables[at : at + len(word)])
            out.append(known if own == known.syllables else self._spelled(word, own, known.confidence, known.check))
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
                        out[place] = replace(each, reading=self._spelled(word, syllables, _GUESSED, True))
            if len(opened) > len(each.open):
                out[place] = replace(out[place], open=tuple(sorted(opened)), listed=())
            at += len(word)
        return out

    def _ask_network(self, words: Sequence[str], found: Sequence[_Open]) -> None:
        """Add what the network says of the characters of which the model is unsure."""
        doubtful = [each for each in found if unsure(each.scores)]
        if not doubtful:
            return
        network = self._network = self._network or recurrent.trained()
        doubtful = [each for each in doubtful if words[each.place][each.offset] in network.candidates]
        if doubtful:
            places = [each.at for each in doubtful]
            for each, said in zip(doubtful, network.log_probabilities("".join(words), places), strict=True):
                each.scores = with_network(each.scores, each.candidates, said)

    def _rule_out(self, words: Sequence[str], each: _Open, original: str) -> None:
        """Add what the language itself says.

        Of surnames; of neutral tones in dictionary words, which most marked texts lack; of suffixes; of readings that a
        character has in compounds only; of characters that are one only when simplified.
        """
        word = words[each.place]
        character = word[each.offset]
        listing = each.votes[0].readings if each.votes[0] else frozenset()
        last = len(word) > 1 and each.offset == len(word) - 1
        neutral = {r for r in listing if tone(r) == 5}
        if (neutral and neutral == listing) or (neutral and character == "儿"):
            each.favour(neutral, _NEUTRAL)
        elif last and character in _SUFFIXES and not listing and (len(word) > 2 or character in "儿子"):
            each.favour({_SUFFIXES[character]}, _SUFFIX)
        if len(word) == 1 and (by := grammar.log_odds(words, each.place, each.candidates, self._lexicon)):
            each.scores = [score + own for score, own in zip(each.scores, by, strict=True)]
        if word == "得" and self._opens_a_predicate(words, each.place):
            each.favour({"děi", "dé"}, _NO_PARTICLE)
        if len(word) == 1 and each.place and _NUMBER.search(words[each.place - 1]):
            each.favour(self._classifiers(character), _COUNTED)
        if len(word) == 1 and (alone := self._alone(character)):
            each.favour(set(each.candidates) - alone, -_EXCLUDED)
        if surnames := surnames_of(character, self._lexicon):
            weight = self._surname(words, each.place, each.offset)
            each.favour(surnames, weight)
            each.surnames = surnames if weight >= _TITLED else frozenset()
        if original:
            written = original[each.at]
            own = {s for entry in listed(written, self._lexicon) for s in entry} if written != character else set()
            if own & set(each.candidates):
                each.favour(set(each.candidates) - own, -_EXCLUDED)

    def _opens_a_predicate(self, words: Sequence[str], place: int) -> bool:
        """Whether a pronoun, an adverb or nothing stands before 得, which as a particle needs a verb or adjective."""
        before = words[place - 1] if place else ""
        return not before or polyphones.tag_of(before, self._lexicon)[0] in "rdx"

    def _readings_alone(self, character: str) -> frozenset[str]:
        """The readings that a character has as a word of its own."""
        return frozenset(s for entry in listed(character, self._lexicon) for s in entry)

    def _readings_as_classifier(self, character: str) -> frozenset[str]:
        """The readings with which a character is a measure word; () if all its readings are, or none."""
        senses = {
            from_numbered(entry.reading[0]): any("classifier" in s or "measure word" in s for s in entry.senses)
            for entry in self._lexicon.entries(character)
        }
        found = frozenset(r for r, counts in senses.items() if counts or r == _MEASURES.get(character))
        return found if len(found) < len(senses) else frozenset()

    def _surname(self, words: Sequence[str], place: int, offset: int) -> float:
        """How much a character's context makes it a surname, in log-odds."""
        word = words[place]
        if offset == 1 and word[0] == "姓":
            return _TITLED
        if offset:
            return 0.0
        behind = words[place + 1] if place + 1 < len(words) else ""
        if len(word) == 1:
            if behind in _TITLES or (place and words[place - 1] in _BEFORE_SURNAMES):
                return _TITLED
            return _IN_OFFICE if behind in _OFFICES else 0.0
        if word[1:] in _TITLES:
            return _TITLED
        unlisted = word not in self._lexicon and len(word) <= 3
        return _NAMED if unlisted and self._lexicon.tag(word)[:2] in ("", "nr") else 0.0

    def _may_be_parts(self, word: str) -> bool:
        """Whether a word is rather two: a number with a measure word, or characters that are seldom this word."""
        return len(word) == 2 and bool(_NUMBER.search(word[0]) or self._lexicon.zipf(word) < _RARE)

    def _decide(
        self,
        word: str,
        known: _Known,
        found: Sequence[_Open],
        translation: Translation | None,
        graded: bool,
    ) -> Reading:
        """The reading of a word some of whose characters were left open; `graded` says that it has a degree."""
        said = [each.said for each in found]
        if known.listed:
            options = known.listed
            context = [0.0] * len(options)
            meaning = translation.evidence_for_word(word, options) if translation else [0.0] * len(options)
            neutral = len({(*option[:-1], toneless(option[-1])) for option in options}) == 1
            for each, senses in zip(found, said, strict=True):
                if neutral and each.offset == len(word) - 1:    # what the model has learnt from lacks neutral tones
                    continue
                ways = [option[each.offset] for option in options]
                for i, syllable in enumerate(ways):
                    at = _index(each.candidates, syllable, ways)
                    context[i] += each.scores[at] if at is not None else min(each.scores) - 1
                    meaning[i] += senses[at] if at is not None else 0.0
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
            for each, senses in zip(found, said, strict=True):
                chosen, sure, doubt = choose(each.scores, senses)
                syllables[each.offset] = each.candidates[chosen]
                confidence, check = min(confidence, sure), check or doubt
        if word[0] == word[-1] and grammar.is_repeated_verb(word, self._lexicon):
            syllables[1] = toneless(syllables[0])
        reading = self._spelled(word, tuple(syllables), confidence, check)
        names = {each.offset for each in found if syllables[each.offset] in each.surnames}
        return replace(reading, capitals=reading.capitals | names) if names else reading

    def _said(self, words: Sequence[str], text: str, each: _Open, translation: Translation) -> list[float]:
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
        if word in _FIXED or word in _PARTICLES:
            return _Known(self._spelled(word, (_FIXED.get(word) or _PARTICLES[word],), _SURE, False), context)
        entries = own_entries(word, self._lexicon)
        readings = tuple(dict.fromkeys(syllables_of(word, e) for e in entries if len(e.reading) == len(word)))
        if len(word) > 1 and len(readings) == 1:
            own = _with_optional_tones(word, readings[0])
            several = any(c in self._model.candidates and c not in _FIXED for c in word)
            disputed = tuple(self._disputed(word, own, context)) if several else ()
            return _Known(self._spelled(word, own, _SURE, False), context, disputed, polyphones=several)
        usual = self._usual(word)
        known = [i for i, character in enumerate(word) if character in self._model.candidates]
        if len(word) > 1 and len(readings) > 1:
            differing = [i for i in known if len({reading[i] for reading in readings}) > 1]
            first = usual if usual in readings else readings[0]
            return _Known(self._spelled(word, first, _GUESSED, False), context, tuple(differing), readings)
        opened = tuple(i for i in known if word[i] not in _FIXED)
        confidence = _GUESSED if all(usual) or not _HAN.search(word) else _UNKNOWN
        if len(readings) == 1 and readings[0] == usual:
            confidence = _SURE
        return _Known(self._spelled(word, usual, confidence, False), context, opened)

    def _disputed(self, word: str, reading: Sequence[str], context: Context) -> Iterator[int]:
        """The characters of a word that the model, seeing the word alone, reads otherwise than the dictionary.

        Neutral tones are never disputed: the texts that the model has learnt from are marked without most of them.
        """
        alone = polyphones.surrounded([context])
        phrase = self._lexicon.pinyin(word)
        for i, character in enumerate(word):
            candidates = self._model.candidates.get(character, ())
            if reading[i] not in candidates or tone(reading[i]) == 5 or character in _FIXED:
                continue
            met = self._model.has_met(context, i)
            if not met and phrase and phrase[i] == reading[i]:    # two dictionaries agree
                continue
            votes = polyphones.votes_at(alone, 2, i, self._lexicon)
            scores = self._model.scores(character, polyphones.features_at(alone, 2, i, votes), votes)
            if max(scores) - scores[candidates.index(reading[i])] > (0 if met else _DISPUTED):
                yield i

    def _usual(self, word: str) -> tuple[str, ...]:
        """The reading of a word without its context: that of a list of phrases, else that of its parts."""
        if grammar.is_repeated_verb(word, self._lexicon):
            (once,) = self._known(word[0]).reading.syllables
            return once, toneless(once)
        if found := self._lexicon.pinyin(word):
            return tuple(_FIXED.get(c, s) for c, s in zip(word, found, strict=True))
        if len(word) == 1:
            entries = own_entries(word, self._lexicon)
            return next((syllables_of(word, e) for e in entries if len(e.reading) == 1), ("",))
        parts = longest_words(word, lambda text: text != word and text in self._lexicon)
        return tuple(s for part in parts for s in self._known(part).reading.syllables)

    def _with_capitals(self, word: str, syllables: tuple[str, ...], confidence: float, check: bool) -> Reading:
        """A reading with what the dictionary says of its spelling."""
        own = [e for e in own_entries(word, self._lexicon) if syllables_of(word, e) == syllables]
        capitals = [{i for i, s in enumerate(entry.reading) if s[0].isupper()} for entry in own]
        names = frozenset(set.intersection(*capitals)) if capitals else self._capitals_of_parts(word, syllables)
        breaks = names - {0} if names else seams(word, self._lexicon)
        if self._taiwan:
            syllables = in_taiwan(word, syllables, self._lexicon)
        cited = tuple(_FIXED.get(c, s) if s else s for c, s in zip(word, syllables, strict=True))
        return Reading(cited, names, breaks, confidence, check)

    def _capitals_of_parts(self, word: str, syllables: Sequence[str]) -> frozenset[int]:
        """The capitals of the words of which a word consists that the dictionary does not have (长安|街)."""
        parts = longest_words(word, lambda text: text != word and text in self._lexicon) if len(word) > 1 else []
        starts = [0, *accumulate(map(len, parts))]
        return frozenset(
            start + i
            for start, part in zip(starts, parts, strict=False)
            if len(part) > 1
            for reading in [self._known(part).reading]
            if reading.syllables == tuple(syllables[start : start + len(part)])
            for i in reading.capitals
        )


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


def share(words: Sequence[str], found: Sequence[_Open]) -> None:
    """Leave what the translation says of a reading to one of several like words, to that which is likeliest to have it.

    我昨天就还了，你还没收到: there is one "return" in the English, for one 还.
    """
    alike: dict[tuple[str, int], list[_Open]] = {}
    for each in found:
        alike.setdefault((words[each.place], each.offset), []).append(each)
    for several in alike.values():
        if len(several) > 1:
            for i in range(len(several[0].candidates)):
                best = max(several, key=lambda each: _lead(each.scores, i))
                for each in several:
                    if each is not best:
                        each.said[i] = min(each.said[i], 0.0)


def _differ(one: str, other: str) -> bool:
    """Whether two syllables are different ones, not the same but for a neutral tone (在那儿 zàinar, 那儿 nàr)."""
    return one != other and not (toneless(one) == toneless(other) and 5 in (tone(one), tone(other)))


def _lead(scores: Sequence[float], i: int) -> float:
    """How far one of some log-odds is ahead of the best of the others."""
    return scores[i] - max(score for j, score in enumerate(scores) if j != i)


def _index(candidates: Sequence[str], syllable: str, ways: Sequence[str]) -> int | None:
    """Which candidate stands for a syllable of a dictionary word that may be read in several ways.

    Marked texts have no neutral tone in most words (好处 hǎochu): the full tone that no other way has stands for it.
    """
    if syllable in candidates:
        return candidates.index(syllable)
    if tone(syllable) == 5:
        for i, candidate in enumerate(candidates):
            if toneless(candidate) == syllable and candidate not in ways:
                return i
    return None


def unsure(scores: Sequence[float]) -> bool:
    """Whether the best of some log-odds is hardly ahead of the next."""
    if len(scores) == 2:
        return abs(scores[0] - scores[1]) < UNSURE
    second, first = sorted(scores)[-2:]
    return first - second < UNSURE


def with_network(scores: Sequence[float], candidates: Sequence[str], said: Mapping[str, float]) -> list[float]:
    """The log-odds of candidates with what the network says of them."""
    return [
        score + _NETWORK * max(said.get(candidate, _LEAST), _LEAST)
        for score, candidate in zip(scores, candidates, strict=True)
    ]


def choose(context: list[float], meaning: Sequence[float]) -> tuple[int, float, bool]:
    """The best of some readings, how sure it is, and whether it should be checked.

    Args:
        context: the log-odds of each by its context.
        meaning: what the translation adds.
    """
    if not any(meaning):
        chosen = context.index(max(context))
        confidence = _probability(context, chosen)
        return chosen, confidence, confidence < CHECK_UNDER
    together = [a + b for a, b in zip(context, meaning, strict=True)]
    chosen = max(range(len(together)), key=together.__getitem__)
    confidence = _probability(together, chosen)
    by_context = max(range(len(context)), key=context.__getitem__)
    by_meaning = max(range(len(meaning)), key=meaning.__getitem__)
    against = max(meaning) - meaning[chosen] >= _SAYS_SOMETHING and by_meaning != chosen
    overruled = by_context != chosen and _probability(context, by_context) > _CLEAR
    disagree = (against or overruled) and confidence < _BEYOND_DOUBT
    return chosen, confidence, confidence < CHECK_UNDER or disagree


def _probability(scores: Sequence[float], chosen: int) -> float:
    return 1 / sum(math.exp(min(score - scores[chosen], 50.0)) for score in scores)


def seams(word: str, lexicon: Lexicon) -> frozenset[int]:
    """Where a compound of four characters or more is written apart: between the words of which it consists.

    Idioms, and compounds with a part of one character, are written together.
    """
    if len(word) < 4 or lexicon.tag(word)[:1] == "i":
        return frozenset()
    parts = longest_words(word, lambda text: text != word and text in lexicon)
    return frozenset(accumulate(len(p) for p in parts[:-1])) if all(len(p) > 1 for p in parts) else frozenset()


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
