"""The three note types: their fields, their cards, and the ids by which Anki knows them for ever.

Anki refuses to update a deck whose note type has gained or lost a field or a template. So all cards that can be wanted
are there from the first version, each behind a field that switches it on, and so are some spare fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flashcards.errors import RecipeError
from flashcards.model import Tones, stable_id

FIRST_TIME = 1_577_836_800
"""2020-01-01 in UTC, seconds since 1970: the time of all that has never changed."""

REVISION = 5
"""Add one whenever a field's name, a template or the style changes: Anki takes only what is newer than what it has.

The number stands here and not in a deck's lock, because all decks of a learner share the note types.
"""

SPARE = ("Extra1", "Extra2", "Extra3", "Extra4", "Extra5")
_TAKEN: Mapping[str, Mapping[str, str]] = {
    "term": {"Extra3": "Spoken", "Extra4": "Look", "Extra5": "Parts"},
    "sentence": {"Extra3": "Spoken", "Extra4": "Look"},
    "cloze": {"Extra3": "Spoken", "Extra4": "Look"},
}
"""The spare fields that have got a use since the first version, and their names now. Anki goes by the ids, which are
still made of the names that they began with."""

_CLOZE_TEMPLATE = "cloze"
_OFF = (
    '{{{{^{flag}}}}}<div class="note" lang="en">The deck has this card no more. '
    "Tools &gt; Empty Cards removes it with its reviews.</div>{{{{/{flag}}}}}\n"
)
"""What stands on a front whose card is switched off. To Anki it is still empty: text of a template makes no card."""


@dataclass(frozen=True, slots=True)
class CardType:
    """A template. `flag` is the field that switches its card on, "" for a cloze, which its text switches on."""

    id: int
    name: str
    flag: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type. The first of its `fields` is the key; `sort_field` is the one that Anki's browser shows.

    `first_names` are the names that the fields began with, which they keep for Anki and for locks.
    """

    id: int
    kind: str
    name: str
    fields: tuple[str, ...]
    first_names: tuple[str, ...]
    sort_field: str
    cards: tuple[CardType, ...]
    css: str

    @property
    def field_ids(self) -> tuple[int, ...]:
        """The numbers by which Anki knows the fields, whatever they are called."""
        return tuple(anki_id("field", self.kind, name) for name in self.first_names)

    @property
    def is_cloze(self) -> bool:
        """Whether its cards are made of the clozes in its text."""
        return self.kind == "cloze"

    @property
    def time(self) -> int:
        """When it last changed, in seconds since 1970."""
        return FIRST_TIME + REVISION


_FIELDS: Mapping[str, tuple[str, ...]] = {
    "term": (
        "Key", "Hanzi", "Simplified", "Traditional", "Ruby", "Pinyin", "Zhuyin",
        "Rendering", "OtherRenderings", "Definition", "Senses",
        "Sentence", "SentenceRuby", "SentenceEnglish",
        "Level", "Source", "Evidence", "Audio", "Script",
    ),
    "sentence": (
        "Key", "Hanzi", "Simplified", "Traditional", "Ruby", "Pinyin", "Zhuyin", "English",
        "Level", "Source", "Evidence", "Audio", "Script",
    ),
    "cloze": (
        "Key", "Text", "Hanzi", "Simplified", "Traditional", "Pinyin", "Zhuyin", "English",
        "Level", "Source", "Evidence", "Audio", "Script",
    ),
}  # fmt: skip

_CARDS: Mapping[str, tuple[str, ...]] = {
    "term": ("recognise", "recall", "listen", "write"),
    "sentence": ("read", "listen", "produce"),
    "cloze": (_CLOZE_TEMPLATE,),
}

KINDS = tuple(_CARDS)
VOLATILE = frozenset({"Source", "Evidence"})
"""Fields that move with the text around a note: a change in them alone is no reason to overwrite a learner's note."""


@cache
def note_type(kind: str) -> NoteType:
    """The note type of a kind: "term", "sentence" or "cloze"."""
    cards = tuple(_card_type(kind, name) for name in _CARDS[kind])
    flags = tuple(card.flag for card in cards if card.flag)
    first_names = (*_FIELDS[kind], *flags, *SPARE)
    return NoteType(
        id=anki_id("note type", kind),
        kind=kind,
        name=f"Flashcards {kind}",
        fields=tuple(_TAKEN[kind].get(name, name) for name in first_names),
        first_names=first_names,
        sort_field="Hanzi",
        cards=cards,
        css=_read("style.css"),
    )


def _card_type(kind: str, name: str) -> CardType:
    front, back = _read(f"templates/{kind}/{name}.html"), _read(f"templates/{kind}/back.html")
    if name == "write":    # Anki compares what was typed only on a back that names the field again
        back = '<div class="typed" lang="{{Script}}">{{type:Hanzi}}</div>\n' + back
    flag = "" if kind == "cloze" else f"Card{name.capitalize()}"
    if flag:
        front = f"{front.rstrip()}\n{_OFF.format(flag=flag)}"
    return CardType(anki_id("template", kind, name), name.capitalize(), flag, front, back)


def _read(name: str) -> str:
    return files("flashcards.cards").joinpath(name).read_text("utf-8")


def anki_id(*parts: str) -> int:
    """A number for Anki, below 2**49, that depends on nothing but the parts (Anki's own ids are milliseconds)."""
    return int(stable_id(*parts)[:12], 16) | 1 << 48


@dataclass(frozen=True, slots=True)
class CardChoice:
    """Which cards each kind of note gets, by name, and how they look; a kind with none is left out.

    `tones` is the scheme by which characters are coloured where their pinyin is seen; `pinyin_shown` whether the pinyin
    of sentences is there from the first, not only when asked for.

    Raises:
        RecipeError: a kind has no card of that name.
    """

    term: tuple[str, ...] = ("recognise",)
    sentence: tuple[str, ...] = ("read",)
    cloze: tuple[str, ...] = (_CLOZE_TEMPLATE,)
    tones: Tones = "none"
    pinyin_shown: bool = False

    def __post_init__(self) -> None:
        for kind in KINDS:
            for name in self.of(kind):
                if name not in _CARDS[kind]:
                    raise RecipeError(f'a {kind} has no card "{name}"', f"choose from {', '.join(_CARDS[kind])}")

    def of(self, kind: str) -> tuple[str, ...]:
        """The names of the cards for a kind."""
        chosen: tuple[str, ...] = getattr(self, kind)
        return chosen
