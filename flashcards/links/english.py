"""English words, where they stand, and their stems."""

import re
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_stemmer = snowballstemmer.stemmer("english")
TOKEN = re.compile(
    r"""(?:[A-Za-z]\.){2,}          # U.S., p.m.
      | [A-Za-zÀ-ÖØ-öø-ÿĀ-ſ]+       # letters; an apostrophe's tail is a token of its own
      | ['’](?:s|re|ve|ll|d|m|t)\b
      | \d+(?:[.,]\d+)*
      | \S""",
    re.VERBOSE,
)
"""A word, a number or a mark."""

FUNCTION_WORDS = frozenset(
    """a an the this that these those some any each every either neither no all both few many much more most other
    another such several own same
    i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
    herself it its itself they them their theirs themselves one ones oneself who whom whose which what whoever whatever
    of to in on at by for with from into onto upon about over under above below up down out off through across along
    around among between beyond behind before after during until till since against toward towards within without
    throughout despite per via amid except near as than like
    and or but nor so yet if unless because although though while whereas whether when where why how then once
    be am is are was were been being have has had having do does did done doing will would shall should can could may
    might must ought not never n't cannot
    here there now just only also too very quite rather even still already again further thus hence therefore however
    's 're 've 'll 'd 'm 't s t""".split()
)
"""The closed classes of English: determiners, pronouns, prepositions, conjunctions, auxiliaries, linking adverbs."""

_IRREGULAR_FORMS = """
be am is are was were been being; have has had having; do does did done; go goes went gone; say said; make made;
get got gotten; take took taken; come came; see saw seen; know knew known; think thought; tell told; find found;
give gave given; feel felt; leave left; keep kept; begin began begun; show shown; hear heard; run ran; hold held;
bring brought; write wrote written; sit sat; stand stood; lose lost; pay paid; meet met; lead led; understand
understood; speak spoke spoken; spend spent; grow grew grown; win won; teach taught; buy bought; send sent; build
built; fall fell fallen; rise rose risen; arise arose arisen; drive drove driven; break broke broken; become became;
choose chose chosen; forget forgot forgotten; seek sought; fight fought; catch caught; throw threw thrown; fly flew
flown; draw drew drawn; blow blew blown; drink drank drunk; sing sang sung; swim swam swum; ring rang rung; eat ate
eaten; sleep slept; weep wept; sweep swept; creep crept; deal dealt; mean meant; dream dreamt; learn learnt; burn
burnt; bend bent; lend lent; sell sold; lay laid; lie lain; wear wore worn; tear tore torn; bear bore born borne;
swear swore sworn; freeze froze frozen; steal stole stolen; wake woke woken; awake awoke; weave wove woven; hide hid
hidden; bite bit bitten; shake shook shaken; ride rode ridden; shoot shot; strike struck stricken; stick stuck; dig
dug; hang hung; swing swung; spin spun; cling clung; fling flung; sting stung; bind bound; wind wound; grind ground;
light lit; slide slid; feed fed; bleed bled; breed bred; speed sped; flee fled; shine shone; forgive forgave forgiven;
foresee foresaw foreseen; undertake undertook undertaken; withdraw withdrew withdrawn; undergo underwent undergone;
overcome overcame; uphold upheld; mistake mistook mistaken; rewrite rewrote rewritten; rebuild rebuilt;
swell swelled swollen; sink sank sunk sunken; shrink shrank shrunk shrunken; spring sprang sprung; stink stank stunk;
sew sewed sewn; sow sowed sown; mow mowed mown; saw sawed sawn; shear sheared shorn; shave shaved shaven; melt molten;
prove proved proven; tread trod trodden; spit spat; sling slung; wring wrung; string strung; strive strove striven;
stride strode stridden; kneel knelt; leap leapt; spill spilt; spoil spoilt; smell smelt; spell spelt; dwell dwelt;
lean leant; clothe clad; forbid forbade forbidden; overtake overtook overtaken; overthrow overthrew overthrown;
oversee oversaw overseen; withstand withstood; mislead misled; misunderstand misunderstood; behold beheld;
man men; woman women; child children; foot feet; tooth teeth; mouse mice; goose geese; person people; wife wives;
life lives; knife knives; leaf leaves; half halves; self selves; thief thieves; wolf wolves; shelf shelves; crisis
crises; analysis analyses; phenomenon phenomena; criterion criteria; ox oxen; louse lice; loaf loaves; calf calves;
scarf scarves; hoof hooves; good better best; bad worse worst; far farther farthest; elder eldest
"""
_BASE = {
    form: forms[0] for entry in _IRREGULAR_FORMS.split(";") for forms in [entry.split()] for form in forms[1:]
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark of an English text: `text` stands there from `start` to `end`; `stem` stands for it."""

    text: str
    start: int
    end: int
    stem: str

    @property
    def lower(self) -> str:
        """The token in lower case, with a plain apostrophe."""
        return self.text.casefold().replace("’", "'")

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, not a mark or an apostrophe's tail."""
        return self.text[0].isalnum()

    @property
    def is_content(self) -> bool:
        """Whether it is a word outside the closed classes."""
        return self.is_word and self.lower not in FUNCTION_WORDS


@lru_cache(maxsize=5_000)
def tokens(text: str) -> tuple[Token, ...]:
    """The words, numbers and marks of an English text, in order.

    >>> [t.text for t in tokens("The SCO's well-being (U.S. $1,000).")]
    ['The', 'SCO', "'s", 'well', '-', 'being', '(', 'U.S.', '$', '1,000', ')', '.']
    """
    return tuple(Token(m.group(), m.start(), m.end(), stem(m.group())) for m in TOKEN.finditer(text))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word: that of its base form for irregular verbs and nouns, by Snowball for the rest.

    >>> stem("taken"), stem("Building"), stem("COVID")
    ('take', 'build', 'covid')
    """
    word = word.casefold()
    return str(_stemmer.stemWord(_BASE.get(word, word)))


def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the words of a text that are outside the closed classes, in order."""
    return tuple(t.stem for t in tokens(text) if t.is_content)
