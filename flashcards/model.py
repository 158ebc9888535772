"""Every value that flows between the stages, and how ids are made.

All are frozen; sequences are tuples. Texts are plain text as it stands in the source, never markup: the writers
escape it for the place where it lands.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args

Language = Literal["zh", "en"]
BlockKind = Literal["heading", "paragraph", "line", "cell"]
Level = Literal["info", "warning"]

HskList = Literal["2.0", "2021", "2025"]
HSK_LISTS: tuple[HskList, ...] = get_args(HskList)
"""The HSK's word lists: that of the old HSK, the grading standard of 2021, and the examination syllabus of 2025."""

HSK_STANDARD: HskList = "2025"
"""The list that gives a word its level where nobody chooses another: the examination syllabus in force."""

HIGHEST_LEVEL: Mapping[HskList, int] = {"2.0": 6, "2021": 9, "2025": 9}
"""The highest level of each list. Those up to 9 do not divide the band of 7 to 9: its words have the level 7."""

Order = Literal["importance", "appearance", "fewest-new"]
ORDERS: tuple[Order, ...] = get_args(Order)
"""The orders in which a deck's notes can be learnt."""

Subdecks = Literal["none", "kinds", "sources"]
"""Into which decks within it a deck is divided: into none, by the kinds of notes, or by the sources of the text."""

Tones = Literal["none", "pleco", "mdbg"]
TONES: tuple[Tones, ...] = get_args(Tones)
"""By whose scheme characters are coloured by their tones: that of the app Pleco, of the dictionary MDBG, or not."""

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The Chinese characters, as ranges for a class of a regular expression."""

TONE_MARKS = "\u0304\u0301\u030c\u0300"
"""The combining marks of the tones 1 to 4."""

Span = tuple[int, int]
"""A half-open range of characters, (start, end), in the text that the holder names."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a source: the source's name as the user gave it, and a line from 1 (0: the whole)."""

    source: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.source}:{self.line}" if self.line else self.source


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a stage noticed and the user may want to know; it never stops the work.

    `stage` is the room that speaks ("text", "align", "terms", "recipe", ...); `remedy` may be "".
    """

    stage: str
    where: Place | None
    level: Level
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document that its layout sets apart.

    Blocks with the same `row` (not None) translate each other, and nothing else does: a row of a table, a cue. Those
    with the same `group` are printed together, which is a hint that they do. `seconds` is the span of time in which a
    subtitle is shown.
    """

    text: str
    lang: Language
    kind: BlockKind
    where: Place
    row: int | None = None
    group: int | None = None
    seconds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file: its title ("" if it has none) and its blocks in their printed order."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a unit of its own such as a title, a salutation or a dateline.

    `row` and `group` are its block's. `original` is what stands in the source where a human replaced it by `text` (""
    where nobody did).
    """

    text: str
    lang: Language
    where: Place
    row: int | None = None
    group: int | None = None
    original: str = ""


@dataclass(frozen=True, slots=True)
class Bead:
    """A group of sentences that translate each other; one side is empty where the other leaves something out.

    `confidence` is the probability, 0 to 1, that exactly these sentences belong together. `part` is its place among
    the clauses that a longer bead was divided into, from 1; 0 for a whole one. `kept` says that a human will not have
    it divided.
    """

    zh: tuple[Sentence, ...]
    en: tuple[Sentence, ...]
    confidence: float
    part: int = 0
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A bead with both sides, and its id; in a text that is in Chinese alone the English side may be empty."""

    id: str
    bead: Bead

    @property
    def zh(self) -> str:
        """The Chinese side as running text."""
        return "".join(s.text for s in self.bead.zh)

    @property
    def en(self) -> str:
        """The English side as running text."""
        return " ".join(s.text for s in self.bead.en)

    @property
    def confidence(self) -> float:
        """The bead's confidence, 0 to 1."""
        return self.bead.confidence

    @property
    def part(self) -> int:
        """Its place among the clauses that a longer bead was divided into, from 1; 0 for a whole one."""
        return self.bead.part


@dataclass(frozen=True, slots=True)
class Word:
    """A word (or a run of punctuation) of a Chinese text, spelled once and for all.

    `simplified` and `traditional` are the word in either script. `reading` has one syllable a character, with tone
    marks and without sandhi ("yī", "bù"), "" where a character has none; `pinyin` and `zhuyin` are the word's spellings
    ("" for punctuation without one; of a number that is read out its first word has all, the others none). `tag` is
    jieba's part of speech ("x" for punctuation), `level` the HSK level (0: not in the list), `confidence` that of the
    reading, 0 to 1, `check` whether a human should look at it: dictionary, context and translation disagree, or none
    decides.
    """

    text: str
    simplified: str
    traditional: str
    tag: str
    level: int
    reading: tuple[str, ...]
    confidence: float
    pinyin: str
    zhuyin: str
    check: bool = False


@dataclass(frozen=True, slots=True)
class PairCorrection:
    """A human's change to the beads, by quoted text of either side; one of the five is set.

    `drop` names the bead that is left out; `join` two beads that become one, with all between them; `split` the bead
    to cut, by how its second part begins in Chinese and in English; `keep` the bead that is right as it stands and is
    never divided; `replace` the bead whose sides become `zh` and `en` ("" leaves a side as it is).
    """

    drop: str = ""
    join: tuple[str, str] | None = None
    split: tuple[str, str] | None = None
    keep: str = ""
    replace: str = ""
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class TermCorrection:
    """A human's change to the terms: `text` is added, dropped, or given a rendering, a definition or both.

    `render` may be several renderings with " | " between them, the best first.
    """

    text: str
    add: bool = False
    drop: bool = False
    render: str = ""
    define: str = ""


@dataclass(frozen=True, slots=True)
class Rendering:
    """The English that this text uses for a term, in one of its pairs.

    `spans` are ranges of the English of the pair `pair_id`: one, or two where the rendering shares a head or a modifier
    with others ("industrial, supply and value chains"); none if a human gave a rendering that does not stand there.
    `surface` is what stands in them, with " … " between two; `citation` is the form for a card's front; `confidence`,
    0 to 1, is that of the citation form being the whole translation and no more.
    """

    spans: tuple[Span, ...]
    surface: str
    citation: str
    pair_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Gloss:
    """What a part of a term means by itself, by the dictionary ("" if it is silent)."""

    text: str
    pinyin: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Term:
    """A key term: its words, its renderings (the best first), and what the dictionary says of it.

    `definition` is the dictionary's one short sense ("" if it has none), or a human's, and `senses` all of the
    dictionary's; `level` is the HSK level (0: not in the list); `count` is the number of its occurrences, `pair_ids`
    the pairs that hold them, in order; `inside` are the ids of the terms that it contains, `around` of those that
    contain it; `score` ranks the terms of one lesson, the higher the better; `parts` are what a compound consists of
    (() for other terms).
    """

    id: str
    text: str
    words: tuple[Word, ...]
    renderings: tuple[Rendering, ...]
    definition: str
    senses: tuple[str, ...]
    level: int
    count: int
    pair_ids: tuple[str, ...]
    inside: tuple[str, ...]
    score: float
    parts: tuple[Gloss, ...] = ()
    around: tuple[str, ...] = ()

    def sure_renderings(self, threshold: float) -> tuple[Rendering, ...]:
        """The renderings of this confidence or more, the best first, each saying something else.

        One that only cuts off a better one's words, or adds some to them, says nothing else.
        """
        kept: dict[str, Rendering] = {}
        for rendering in self.renderings:
            citation = rendering.citation.casefold()
            if rendering.confidence < threshold or not citation:
                continue
            if not any(citation in better or better in citation for better in kept):
                kept[citation] = rendering
        return tuple(kept.values())

    def says_more(self, renderings: Sequence[Rendering]) -> bool:
        """Whether the dictionary says something else than the first of these renderings, if there is one."""
        plain = re.sub(r"^(?:to|the|an?) ", "", self.definition.casefold()).rstrip("s")
        return all(plain != rendering.citation.casefold().rstrip("s") for rendering in renderings[:1])


@dataclass(frozen=True, slots=True)
class Lesson:
    """An aligned text with all that is known of it. `words[i]` are those of `pairs[i]` and join to its Chinese.

    A text in Chinese alone is a lesson, too: each of its sentences is a pair, those without English as well. `date` is
    the day that the text gives for itself (2020-11-10), or its month (2020-11); "" if it gives none.
    """

    id: str
    title: str
    beads: tuple[Bead, ...]
    pairs: tuple[Pair, ...]
    words: tuple[tuple[Word, ...], ...]
    terms: tuple[Term, ...]
    findings: tuple[Finding, ...]
    date: str = ""

    @property
    def chinese_alone(self) -> bool:
        """Whether its text is in Chinese alone, so that sentences without a translation are learnt, too."""
        return not all(pair.en for pair in self.pairs)

    @property
    def omissions(self) -> tuple[Bead, ...]:
        """The beads that are no pairs, since one side leaves out what the other has."""
        alone = self.chinese_alone
        return tuple(bead for bead in self.beads if not (bead.zh and (bead.en or alone)))


@dataclass(frozen=True, slots=True)
class Note:
    """An Anki note. `fields` are (name, HTML) in the note type's order; `cards` are the names of the cards wanted.

    `kind` is "term", "sentence" or "cloze"; `due` is its place in the order of new cards, from 1; `subdeck` the deck
    within the deck where its cards begin ("": the deck itself).
    """

    id: str
    kind: str
    fields: tuple[tuple[str, str], ...]
    cards: tuple[str, ...]
    tags: tuple[str, ...]
    due: int
    subdeck: str = ""


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck of notes before it is packed; `media` are paths of the files that its notes name.

    Their names are unique and hold a hash of their content: Anki never replaces a file of the same name.
    """

    id: str
    name: str
    description: str
    notes: tuple[Note, ...]
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that an item offers, or its key: a text, how it is read, and what it means here."""

    text: str
    pinyin: str = ""
    gloss: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question: text and positions, never markup.

    `stem` is the whole text with nothing left out, `words` its words (() if it is English), `blanks` the ranges of it
    that a writer hides, in ascending order; `prompt` is what stands beside it (for a cloze its translation); `key` the
    right answers, one a blank; `options` what there is to choose from (items with equal options share one bank);
    `source_ids` the ids of the pairs and terms that it was made from.
    """

    id: str
    kind: str
    stem: str
    words: tuple[Word, ...]
    blanks: tuple[Span, ...]
    prompt: str
    key: tuple[Option, ...]
    options: tuple[Option, ...]
    source_ids: tuple[str, ...]
    points: int = 1


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz: items in their order; items that share a bank stand together. `version` is "" or "A", "B", ..."""

    title: str
    items: tuple[Item, ...]
    version: str = ""


def stable_id(*parts: str) -> str:
    """An id of 16 hexadecimal digits that depends on nothing but the parts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def pairs_of(beads: Iterable[Bead], *, chinese_alone: bool = False) -> tuple[Pair, ...]:
    """The beads with both sides as pairs; if the text is in Chinese alone, those without English too.

    A pair's id is made of its Chinese text in the source and the number of times that this text has occurred before,
    never of its place nor of a human's own words: a text that grows at the front, is corrected, or gets its English
    later keeps its ids.
    """
    seen: Counter[str] = Counter()
    pairs = []
    for bead in beads:
        if not (bead.zh and (bead.en or chinese_alone)):
            continue
        text = "".join(s.original or s.text for s in bead.zh)
        pairs.append(Pair(stable_id("pair", text, str(seen[text])), bead))
        seen[text] += 1
    return tuple(pairs)


def term_id(text: str) -> str:
    """The id of the term that is spelled `text`."""
    return stable_id("term", text)


@lru_cache(maxsize=10_000)
def tone(syllable: str) -> int:
    """The tone that a syllable's mark gives it; 5, the neutral one, if it has none.

    >>> tone("nǚ"), tone("men")
    (3, 5)
    """
    marks = (TONE_MARKS.find(c) for c in unicodedata.normalize("NFD", syllable))
    return next((place + 1 for place in marks if place >= 0), 5)


def with_findings(lesson: Lesson, findings: Iterable[Finding]) -> Lesson:
    """The lesson with more findings behind its own."""
    return replace(lesson, findings=(*lesson.findings, *findings))
