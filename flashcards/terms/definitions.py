"""What the dictionary says of a term: all its senses, the one that this text means, and what its parts mean."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from flashcards.lexicon import Entry, Lexicon
from flashcards.links.english import FUNCTION_WORDS, stem, tokens
from flashcards.links.glosses import gloss_stems
from flashcards.model import HAN, TONE_MARKS, Gloss, Rendering, Word, tone

LONGEST = 60
"""The most characters that a definition has."""

_FIGURATIVE = re.compile(r"fig\. ")
_LITERAL = re.compile(r"lit\. ")
_JOINT = re.compile(r"\s*[,;:(–—]|\s-")
_LINK = re.compile(r"\s(?=(?:that|which|who|where|when|while|because|with|by|from|for|in|on|at|to|of|and|or|as)\b)")
_GAP = re.compile(r"\s")
_SHORTENED = 15
"""The fewest characters that are left of a long sense."""

_WORD = re.compile(r"[A-Za-z]+")
_REMARK = re.compile(r"\([^()]*\)")
_WHOLLY_REMARK = re.compile(r"\(([^()]+)\)")
_PRONUNCIATION = re.compile(r"\bpr\. \[([^\]]+)\]")
_SPACED_MARK = re.compile(r"\s+([,.!?])")

_QUOTED = rf"[{HAN}·，|]*[{HAN}](?:\[[^\]]*\])?"
_CHINESE = re.compile(rf"{_QUOTED}|\[[^\]]*\]")
_TO = r"(?:variant|form|contraction|equivalent|abbr\.|same|used|refers|see|now written|other name|another name)"
_REFERENCE = re.compile(
    rf"(?P<how>(?:[\w-]+ ){{0,3}}?{_TO}(?: for| of| in| as| to)?) "
    rf"(?:(?P<traditional>[{HAN}·，]+)\|)?(?P<word>[{HAN}·，]+)(?:\[(?P<reading>[^\]]*)\])?(?P<rest>.*)"
)
"""A sense that sends the reader to another word; `rest` may translate it ("abbr. for 中科院, Academy of Sciences")."""

_ASIDE = re.compile(
    rf"CL:|also pr\.|(?:Taiwan|Mainland|PRC|old) pr\.|pr\. \[|see also |also (?:written|called|known as)? ?[{HAN}]"
    rf"|abbr\. to |cf\.? |opposite(?: of| to|:) |contrasted with|(?:Taiwan|PRC|Mandarin) equivalent:"
)
"""How a remark begins that is no sense."""

_ABBREVIATION = re.compile(rf"abbr\. (?:for|of) (?![{HAN}])")
_SELDOM = re.compile(r"\((?:onom|dialect|archaic|old\)|slang|vulgar|Tw\)|Internet|Cantonese|Japanese)")
"""How a sense begins that few texts mean."""

_SURNAME = re.compile(r"(?:two-character )?surname (\w+)")
_CLASSIFIER = re.compile("classifier(?: for|:)")
_HANGING = (
    FUNCTION_WORDS
    - frozenset("it them him her me us you all one others mine hers ours yours".split())
    | frozenset("e.g. i.e. esp. cf. cf lit. fig. abbr. see called named used".split())
)
"""Words with which nothing ends that has been cut off."""

# Set by reading some hundred definitions in their sentences: what a word of the sentences counts, compared with one of
# a rendering; a stem in another form, a stem of the same root, a synonym; what a sense loses for each one before it,
# for each of its words, for being a verb where the word is mostly none (or the other way round), for being a name that
# the English has not, literal, or rare; up to how many senses the place counts. What counts a word inside a longer one
# of the English, and one that recurs in a character's compounds.
_SENTENCE, _OTHER_FORM, _SAME_ROOT, _SYNONYM = 0.6, 0.6, 0.4, 0.6
_PLACE, _LENGTH, _CLASS, _UNNAMED, _LITERAL_ONE, _RARE, _PLACES = 0.03, 0.01, 0.04, 0.5, 0.3, 0.2, 5
_INSIDE, _RECURRING = 0.5, 1.5
_ROOT, _SHORTEST, _SENTENCES = 5, 4, 50
_LITERALLY, _LATE = 2, 3
_NAMES = ("nr", "ns", "nt", "nz")
_HANZI = re.compile(f"[{HAN}]+")
_CLEARLY = 1.0
"""By so much, added up over the hanzi, the parts must be nearer to the English to be better ones."""

_ACCIDENT = 0.15
"""Up to this nearness a sense is near to the English by accident."""

_BY_SOUND = re.compile(r"loanword|translit|transcription|\(onom|phonetic")
_OTHER_WORD = 3
_RAREST = 12.0


@dataclass(frozen=True, slots=True)
class Said:
    """What English says: how strongly each stem, 0 to 1, and what goes with it; its words as they stand.

    `synonyms` are the stems of synonyms, `roots` the beginnings of stems, `inside` the ends of words that may be made
    of two (space of "cyberspace"), `forms` the words in small letters and without the s of a plural.
    """

    stems: Mapping[str, float]
    synonyms: Mapping[str, float]
    roots: Mapping[str, float]
    inside: Mapping[str, float]
    forms: frozenset[str]
    words: frozenset[str]


def said(renderings: Sequence[Rendering], sentences: Sequence[str], lexicon: Lexicon) -> Said:
    """What the English says of a term: its renderings, the best first, as much as they are sure; less its sentences."""
    stems: defaultdict[str, float] = defaultdict(float)
    inside: dict[str, float] = {}
    words: set[str] = set()
    for sentence in (read := sentences[:_SENTENCES]):
        found = _words(sentence)
        words |= found
        for base in {stem(word) for word in found}:
            stems[base] += _SENTENCE / len(read)
    for rank, rendering in enumerate(renderings):
        found = _words(rendering.surface or rendering.citation)
        words |= found
        for base in {stem(word) for word in found}:
            stems[base] = max(stems[base], rendering.confidence / (1 + rank / 2))
    for word in words:
        for at in range(_SHORTEST, len(word) - _SHORTEST + 1):
            inside[word[at:].casefold()] = max(inside.get(word[at:].casefold(), 0.0), stems[stem(word)])
    synonyms: dict[str, float] = {}
    roots: dict[str, float] = {}
    for each, weight in stems.items():
        if len(each) >= _ROOT:
            roots[each[:_ROOT]] = max(roots.get(each[:_ROOT], 0.0), weight)
        if each not in FUNCTION_WORDS:
            for other, share in lexicon.synonyms(each).items():
                synonyms[other] = max(synonyms.get(other, 0.0), weight * share**0.3)
    forms = {word.casefold() for word in words}
    forms |= {form.removesuffix("s") for form in forms}
    return Said(stems, synonyms, roots, inside, frozenset(forms), frozenset(words))


def _words(text: str) -> set[str]:
    return {token.text for token in tokens(text) if token.is_word}


@dataclass(frozen=True, slots=True)
class Sense:
    """A sense as it is shown; whether it is a name's, and of a kind that is rare; how late it comes in a list."""

    text: str
    is_name: bool
    is_seldom: bool
    rank: int


def senses(text: str, lexicon: Lexicon, reading: Sequence[str] = ()) -> tuple[str, ...]:
    """All senses of a word in CC-CEDICT, in its order, surnames and classifiers last; () if it has none.

    A word that only refers to another, "variant of", "see", "abbr. for", has the senses of that word.

    Args:
        text: the word.
        lexicon: the dictionary.
        reading: its syllables with tone marks: entries with another reading are left out; () for any.
    """
    return tuple(sense.text for sense in _senses(text, lexicon, reading))


def _senses(text: str, lexicon: Lexicon, reading: Sequence[str]) -> tuple[Sense, ...]:
    entries = _read_so(lexicon.entries(text), reading)
    found = [sense for entry in entries for sense in _own_senses(entry)]
    if all(sense.rank >= _LATE for sense in found):
        followed = [other for entry in entries for other in _referred(entry, lexicon)]
        found = [sense for other in followed for sense in _own_senses(other)] + found
    found.sort(key=lambda sense: sense.rank)
    return tuple({sense.text: sense for sense in reversed(found)}.values())[::-1]


def _read_so(entries: Sequence[Entry], reading: Sequence[str]) -> list[Entry]:
    """The entries with a reading; those that differ by a neutral tone where none has it, or else by tones alone."""
    if not reading:
        return list(entries)
    wanted = [_numbered(syllable) for syllable in reading if syllable]

    def distance(own: Sequence[str]) -> int:
        if len(own) != len(wanted) or any(a[:-1] != b[:-1] for a, b in zip(own, wanted, strict=True)):
            return _OTHER_WORD
        differing = [(a, b) for a, b in zip(own, wanted, strict=True) if a != b]
        return 0 if not differing else 1 if all("5" in (a[-1], b[-1]) for a, b in differing) else 2

    far = [min(distance(own) for own in _readings(entry)) for entry in entries]
    nearest = min(far, default=_OTHER_WORD)
    return [entry for entry, own in zip(entries, far, strict=True) if own == nearest < _OTHER_WORD]


def _readings(entry: Entry) -> Iterator[list[str]]:
    """The entry's reading, and the others that it names: "Taiwan pr. [xi2]"."""
    for syllables in (entry.reading, *(r.split() for s in entry.senses for r in _PRONUNCIATION.findall(s))):
        yield [plain for s in syllables if (plain := s.casefold().replace("u:", "ü")) not in (",", "·")]


def _numbered(syllable: str) -> str:
    """A syllable as CC-CEDICT writes it, but for its capital: "lǜ" as "lü4", "de" as "de5"."""
    letters = unicodedata.normalize("NFD", syllable.casefold())
    plain = "".join(c for c in letters if c not in TONE_MARKS)
    return f"{unicodedata.normalize('NFC', plain)}{tone(syllable)}"


@lru_cache(maxsize=20_000)
def _own_senses(entry: Entry) -> tuple[Sense, ...]:
    """The entry's senses without references to other words."""
    capital = entry.reading[0][:1].isupper()
    seldom = entry.senses[0].startswith("(onom")
    found = []
    for sense in entry.senses:
        for text in _plain(sense):
            # An idiom is used in its figurative sense: that comes first, what it says literally last.
            ranks = (_FIGURATIVE, None, _LITERAL, _SURNAME, _CLASSIFIER)
            rank = next((i for i, kind in enumerate(ranks) if kind and kind.match(text)), 1)
            name = capital and (text[:1].isupper() or len(entry.simplified) == 1)    # 渝 "short name for Chongqing"
            found.append(Sense(_FIGURATIVE.sub("", text, count=1), name, seldom or bool(_SELDOM.match(sense)), rank))
    return tuple(found)


def _plain(sense: str) -> Iterator[str]:
    """The senses in a sense of CC-CEDICT, which joins them by semicolons, without Chinese and remarks in brackets."""
    wholly = _WHOLLY_REMARK.fullmatch(sense)
    bare = wholly[1] if wholly else _without_remarks(sense)
    for part in bare.split(";"):
        text = _ABBREVIATION.sub("", part.strip())
        if not text or _ASIDE.match(text):
            continue
        if reference := _REFERENCE.match(text):
            text = reference["rest"]
        kept = []
        for clause in text.split(","):
            if _ASIDE.match(clause.strip()) or _REFERENCE.match(clause.strip()):    # "Shanghai, abbr. to 沪[Hu4]"
                continue
            shown = _CHINESE.sub("", clause)
            if shown != clause and _hangs(shown):    # "reverse flow of 氣|气[qi4]"
                shown = _CHINESE.sub(lambda chinese: _romanised(chinese.group()), clause)
                if _hangs(shown):
                    break
            kept.append(shown)
        text = _SPACED_MARK.sub(r"\1", " ".join(",".join(kept).split())).strip(" ,:")
        if any(c.isalnum() for c in text):
            yield text


def _romanised(chinese: str) -> str:
    """Chinese of the dictionary as its pinyin without tones: "孫中山|孙中山[Sun1 Zhong1 shan1]" as "Sun Zhongshan"."""
    syllables = re.sub(r"[\d:]|\s(?=[a-z])", "", chinese.partition("[")[2].rstrip("]"))
    return syllables.strip()


def _without_remarks(text: str) -> str:
    while (fewer := _REMARK.sub("", text)) != text:
        text = fewer
    return text.replace("(", "").replace(")", "")


def _hangs(text: str) -> bool:
    """Whether a text ends in a word that something must follow."""
    words = text.split()
    return not words or words[-1].casefold() in _HANGING


def _referred(entry: Entry, lexicon: Lexicon) -> Iterator[Entry]:
    """The entries to which an entry sends its reader."""
    for sense in entry.senses:
        reference = _REFERENCE.match(_without_remarks(sense).strip())
        if reference and not _ASIDE.match(sense):
            others = lexicon.entries(reference["word"])
            reading = (reference["reading"] or "").casefold().split()
            same = [other for other in others if [s.casefold() for s in other.reading] == reading]
            yield from same or others


def meaning(word: Word, lexicon: Lexicon) -> str:
    """The usual sense of a word where no translation tells which is meant; "" if the dictionary does not have it."""
    return definition(word.simplified, lexicon, word.reading, said((), (), lexicon))


def definition(text: str, lexicon: Lexicon, reading: Sequence[str], english: Said) -> str:
    """The sense of a word that the English is nearest to, one of the first where none is; "" if it has none.

    Args:
        text: the word.
        lexicon: the dictionary.
        reading: its syllables with tone marks: entries with another reading are left out; () for any.
        english: what the English says where the word stands.
    """
    own = _senses(text, lexicon, reading)
    if not own:
        return ""
    verbal = lexicon.tag(text)[:1] == "v"
    recurring = lexicon.related(text, _numbered(reading[0])) if len(text) == 1 and reading else {}

    def value(place: int) -> float:
        sense = own[place]
        near, named = _nearness(sense.text, english, lexicon)
        if sense.rank >= _LATE and not (_SURNAME.match(sense.text) and near > 0):
            return -1.0
        return (
            near
            - _PLACE * min(place, _PLACES)
            - _LENGTH * len(sense.text.split())
            - _CLASS * (sense.text.startswith("to ") != verbal)
            - _UNNAMED * (sense.is_name and not named)
            - _LITERAL_ONE * (sense.rank == _LITERALLY)
            - _RARE * sense.is_seldom
            + _RECURRING * _recurrence(sense.text, recurring)
        )

    best = own[max(range(len(own)), key=value)].text    # max: the first of equals
    return shortened(_LITERAL.sub("", best, count=1))


def divisions(text: str, words: Sequence[Word], lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """The ways in which a compound consists of parts, the likeliest first; () if it is none.

    A term of several words consists of them, and what the dictionary does not have of its parts. An idiom consists of
    its characters, another word of words of the dictionary if it does. What is written for its sound (沙发, 葡萄) is no
    compound.
    """
    if len(words) > 1:
        return (tuple(part for word in words for part in _known_parts(word, lexicon)),)
    (word,) = words
    reading = word.reading
    remarks = " ".join(s for e in _read_so(lexicon.entries(text), reading) for s in e.senses)
    if not _HANZI.fullmatch(text) or len(set(text)) == 1 or _BY_SOUND.search(remarks):
        return ()
    if any(text in sense and _REFERENCE.match(sense) for c in text for e in lexicon.entries(c) for sense in e.senses):
        return ()
    characters = tuple(text)
    if lexicon.tag(text)[:1] == "i" or "(idiom)" in remarks:
        return (characters,)
    fewest = _fewest_words(text, lexicon)
    if [len(part) for part in fewest] == [1, 2, 1]:    # 以人为本 has no 人为 in it
        return (characters,)
    return (fewest, characters) if fewest != characters else (characters,)


def _known_parts(word: Word, lexicon: Lexicon) -> tuple[str, ...]:
    """The word; if the dictionary has it not, the words that it consists of; a name stays whole."""
    whole = word.text in lexicon or word.pinyin[:1].isupper() or not _HANZI.fullmatch(word.text)
    return (word.text,) if whole else _fewest_words(word.text, lexicon)


def _fewest_words(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The text in the fewest words of the dictionary but itself, the commonest of equally many."""
    best: list[tuple[int, float, tuple[str, ...]]] = [(0, 0.0, ())]
    for end in range(1, len(text) + 1):
        ways = []
        for start in range(end):
            word = text[start:end]
            if word != text and (end - start == 1 or word in lexicon):
                number, rare, before = best[start]
                ways.append((number + 1, rare - lexicon.zipf(word), (*before, word)))
        best.append(min(ways, default=(1, 0.0, (text,))))
    return best[-1][2]


def part_glosses(
    ways: Iterable[Sequence[Word]], english: Said, is_name: bool, lexicon: Lexicon
) -> tuple[Gloss, ...]:
    """What the parts of a term mean, each by the sense that is nearest to the term's English; () if that misleads.

    The parts of a name say something only where the English says it too: of 联合国 they do, of 普京 they do not.

    Args:
        ways: for each way to divide the term its parts as they are read; the first counts, unless the English says
            clearly more of another.
        english: what the English says of the whole term.
        is_name: whether the term is a name.
        lexicon: the dictionary.
    """
    best: tuple[Gloss, ...] = ()
    most = -_CLEARLY
    for words in ways:
        glosses = tuple(
            Gloss(word.text, word.pinyin, name_alone(definition(word.text, lexicon, word.reading, english)))
            for word in words
        )
        meaningless = any(len(g.text) == 1 and (not g.gloss or _BY_SOUND.search(g.gloss)) for g in glosses)
        if meaningless or not any(g.gloss for g in glosses):
            continue
        near = [len(g.text) * _nearness(g.gloss, english, lexicon)[0] for g in glosses]
        told = sum(len(g.text) for g, own in zip(glosses, near, strict=True) if own > 0)
        if sum(near) >= most + _CLEARLY and 2 * told >= is_name * sum(len(g.text) for g in glosses):
            best, most = glosses, sum(near)
    return best


def name_alone(sense: str) -> str:
    """A sense without what it says of a name: "Vladimir Putin, president of Russia"."""
    return sense.partition(",")[0] if sense[:1].isupper() else sense


def is_name(text: str, lexicon: Lexicon, *, first: bool = False) -> bool:
    """Whether a text is the name of a person or a place, and nothing else; with `first`, before anything else."""
    own = _senses(text, lexicon, ())
    if first:
        return bool(own) and own[0].is_name
    return all(sense.is_name or sense.rank >= _LATE for sense in own) if own else lexicon.tag(text)[:2] in _NAMES


def _nearness(sense: str, english: Said, lexicon: Lexicon) -> tuple[float, bool]:
    """How near a sense is to the English, 0 to about 1, and whether its first name stands there."""
    if surname := _SURNAME.match(sense):
        return (1.0, True) if surname[1] in english.words else (0.0, False)
    stems = gloss_stems(sense)
    forms = {stem(word): word for word in _WORD.findall(sense)}
    told = weights = 0.0
    for each in dict.fromkeys(stems):
        form = forms.get(each, each)
        weight = _rarity(form, each, lexicon)
        weights += weight
        told += weight * max(
            english.stems.get(each, 0.0) * (1.0 if form.casefold() in english.forms else _OTHER_FORM),
            english.synonyms.get(each, 0.0) * _SYNONYM,
            english.roots.get(each[:_ROOT], 0.0) * _SAME_ROOT,
            english.inside.get(form.casefold(), 0.0) * _INSIDE,
        )
    named = any(word in english.words for word in _WORD.findall(sense) if word[0].isupper())
    near = told / (weights * _RAREST) ** 0.5 if weights else 0.0
    return (near if near > _ACCIDENT else 0.0), named


def _recurrence(sense: str, recurring: Mapping[str, float]) -> float:
    """How often a word of the sense stands in the senses of a character's compounds."""
    words = {word.casefold() for word in _WORD.findall(sense)} - FUNCTION_WORDS
    return max((recurring.get(word, 0.0) for word in words), default=0.0)


@lru_cache(maxsize=20_000)
def _rarity(form: str, base: str, lexicon: Lexicon) -> float:
    """How much a word of English says by standing somewhere: the logarithm of how seldom the dictionary uses it."""
    used = max(lexicon.entries_with(form.casefold()), lexicon.entries_with(base))
    return log(lexicon.number_of_entries / (used + 1))


def shortened(sense: str) -> str:
    """The sense, if it is too long cut at its last joint: a comma, a semicolon, a dash; or before a linking word."""
    if len(sense) <= LONGEST:
        return sense
    for joint in (_JOINT, _LINK, _GAP):
        places = [m.start() for m in joint.finditer(sense, 0, LONGEST + 2) if _SHORTENED <= m.start() <= LONGEST]
        if places:
            break
    cut = sense[: places[-1]] if places else sense[:LONGEST]
    if cut.count('"') % 2:
        cut = cut[: cut.rindex('"')] if cut.rindex('"') >= _SHORTENED else cut.replace('"', "")
    while _hangs(cut) and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:–—-")
