"""A deck's recipe: its sources, its options and the human's corrections, read strictly from TOML."""

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from flashcards.errors import RecipeError
from flashcards.files import read_bytes
from flashcards.model import (
    HIGHEST_LEVEL,
    HSK_STANDARD,
    HskList,
    Order,
    PairCorrection,
    Subdecks,
    TermCorrection,
    Tones,
)

Split = Literal["sentences", "clauses", "lines"]
SPLITS: tuple[Split, ...] = get_args(Split)
Pinyin = Literal["hidden", "shown"]
Paper = Literal["a4", "us-letter"]
PAPERS: tuple[Paper, ...] = get_args(Paper)


@dataclass(frozen=True, slots=True)
class WordCorrection:
    """How a string is cut into words, wherever it occurs: `words` join to `text`."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingCorrection:
    """How a string is read, wherever it occurs, or within a quoted `context`.

    `reading` has one syllable with a tone mark a character, spaces between.
    """

    text: str
    reading: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Which cards each kind of note gets, and how they look; a kind with none is left out.

    A term may have recognise, recall, listen and write, a sentence read, listen and produce, a cloze cloze. `tones`
    colours the characters by their tones where their pinyin is seen; `pinyin` says whether that of sentences waits to
    be asked for.
    """

    term: tuple[str, ...] = ("recognise",)
    sentence: tuple[str, ...] = ("read",)
    cloze: tuple[str, ...] = ("cloze",)
    tones: Tones = "none"
    pinyin: Pinyin = "hidden"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a deck is made of. The field names are the keys of the TOML file.

    `sources` are relative to the recipe's folder. `split` says what is aligned: the sentences, those whose pairs are
    divided into clauses where they have more than `max_characters` hanzi (0: nowhere), or the lines of the sources.
    `key_terms` is the most terms, `threshold` the confidence under which a pair gives no card and no question,
    `questions` the most questions of the quiz, `seed` what shuffles them. `taiwan` has readings as they are standard in
    Taiwan, where CC-CEDICT gives them.

    Of the deck: `deck` is its name in Anki, "::" between a deck and its subdeck (the title if ""); `subdecks` divides
    it by the kinds of notes or by the sources; `topics` are tags for all its notes; `credit` says where the text is
    from and under which licence, `date` when it is from (found in the text if ""). What the decks of the recipes
    `after`, relative to this one's folder, teach is taught no more.

    Of the learner: they know the words up to level `hsk` (0: none is told) of `hsk_list`, which also gives the words
    their levels; those in the files `known`, relative to the recipe's folder; and those that they learn with Anki in
    the notes that `anki_known`, a deck or a search, names: the words are in the field `anki_field`, or, if that is "",
    in the first that is Chinese and nothing else. With `parts_suffice` no term is taught that says what its
    known parts say. `order` is that of the cards. `audio` is who reads them out: "" for the voice of the learner's own
    Anki, else a provider of `flashcards.audio`; a recipe has no command line in it, as recipes are passed on.
    """

    id: str
    sources: tuple[str, ...]
    title: str = ""
    split: Split = "sentences"
    max_characters: int = 40
    cards: Cards = Cards()
    key_terms: int = 100
    threshold: float = 0.8
    questions: int = 30
    paper: Paper = "a4"
    taiwan: bool = False
    seed: int = 1
    hsk: int = 0
    hsk_list: HskList = HSK_STANDARD
    known: tuple[str, ...] = ()
    anki_known: str = ""
    anki_field: str = ""
    parts_suffice: bool = False
    order: Order = "appearance"
    deck: str = ""
    subdecks: Subdecks = "none"
    topics: tuple[str, ...] = ()
    credit: str = ""
    date: str = ""
    after: tuple[str, ...] = ()
    audio: str = ""
    pairs: tuple[PairCorrection, ...] = ()
    words: tuple[WordCorrection, ...] = ()
    readings: tuple[ReadingCorrection, ...] = ()
    terms: tuple[TermCorrection, ...] = ()


_SECTIONS: Mapping[str, type] = {
    "cards": Cards,
    "pairs": PairCorrection,
    "words": WordCorrection,
    "readings": ReadingCorrection,
    "terms": TermCorrection,
}
_SYLLABLE = re.compile(r"[a-zêüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜḿńňǹ\u0300\u0304\u030c]{1,6}")
_AUDIO = re.compile(r"|anki|espeak(:\d+)?|edge(:[\w-]+)?|command", re.ASCII)
_ID = re.compile(r"[\w][\w.-]*")


def parse(text: str, name: str) -> Recipe:
    """The recipe that a TOML text describes.

    Args:
        text: the TOML text.
        name: the file's name, for messages.

    Raises:
        RecipeError: it is no TOML, has an unknown key, lacks a necessary one, or a value is of the wrong kind.
    """
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"{name} is not valid TOML: {error}", "mend that line") from None
    _refuse_unknown(table, Recipe, name, "")
    for section, kind in _SECTIONS.items():
        rows = table.get(section, [])
        for row in rows if isinstance(rows, list) else [rows]:
            if isinstance(row, dict):
                _refuse_unknown(row, kind, name, f" in [{section}]")
    try:
        recipe = msgspec.convert(table, Recipe)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$.")
        place = f" at {where.rstrip('`')}" if where else ""
        raise RecipeError(f"{name}{place}: {message[:1].lower()}{message[1:]}", "see docs/recipes.md") from None
    _check(recipe, name)
    return recipe


def load(path: Path) -> Recipe:
    """The recipe in a file, the lists of words and the recipes that it names as they are reached from here.

    Raises:
        InputError: it cannot be read.
        RecipeError: it is not text, or no recipe; see `parse`.
    """
    try:
        recipe = parse(read_bytes(path).decode("utf-8-sig"), str(path))
    except UnicodeDecodeError:
        raise RecipeError(f"{path} is not UTF-8 text", "save it as UTF-8") from None
    return replace(
        recipe,
        known=tuple(str(path.parent / name) for name in recipe.known),
        after=tuple(str(path.parent / name.removesuffix(".toml")) + ".toml" for name in recipe.after),
    )


def _refuse_unknown(table: Mapping[str, Any], kind: type, name: str, where: str) -> None:
    legal = [field.name for field in dataclasses.fields(kind)]
    for key in table:
        if key not in legal:
            raise RecipeError(f'{name}: unknown key "{key}"{where}', f"the keys are {', '.join(legal)}")


def _check(recipe: Recipe, name: str) -> None:
    """What the types cannot say."""

    def refuse(message: str, remedy: str) -> None:
        raise RecipeError(f"{name}: {message}", remedy)

    if not _ID.fullmatch(recipe.id):
        refuse(f'the id "{recipe.id}" cannot name a folder', "use letters, digits, hyphens and points")
    if not recipe.sources:
        refuse("no sources", "name one file or more in sources")
    if not 0 <= recipe.threshold <= 1:
        refuse(f"threshold is {recipe.threshold}", "it lies between 0 and 1")
    if recipe.max_characters < 0:
        refuse("max_characters cannot be negative", "give 0 or more")
    if recipe.key_terms < 0:
        refuse("key_terms cannot be negative", "give 0 or more")
    if recipe.questions < 5:
        refuse("questions is too small", "a word bank has at least 5")
    if recipe.audio.startswith("command:"):
        remedy = 'write "command", and give the command with --audio or in $FLASHCARDS_AUDIO_COMMAND'
        refuse("a recipe may be passed on, so it has no command line in it", remedy)
    if not _AUDIO.fullmatch(recipe.audio):
        remedy = 'give "anki", "espeak", "espeak:120", "edge", "edge:zh-CN-YunxiNeural" or "command"'
        refuse(f'there is no audio "{recipe.audio}"', remedy)
    if fault := level_fault(recipe):
        refuse(*fault)
    if not all(part.strip() for part in recipe.deck.split("::")) and recipe.deck:
        refuse(f'the deck "{recipe.deck}" has a part without a name', "write it like Chinese::Lesson 1")
    for topic in recipe.topics:
        if not all(part.strip() for part in topic.split("::")):
            refuse(f'the topic "{topic}" has a part without a name', "write it like politics or society::health")
    if recipe.anki_field and not recipe.anki_known:
        refuse("anki_field says nothing without anki_known", "name a deck or a search in anki_known")
    for correction in recipe.words:
        if not correction.text or "".join(correction.words) != correction.text:
            refuse(f'the words of "{correction.text}" do not join to it', "its words and nothing else, in order")
    for reading in recipe.readings:
        syllables = reading.reading.split()
        if not reading.text or len(syllables) != len(reading.text):
            refuse(f'the reading of "{reading.text}" has another number of syllables', "one for each character")
        if reading.context and reading.text not in reading.context:
            refuse(f'the context of "{reading.text}" does not contain it', "quote the text around the word")
        for syllable in syllables:
            if not _SYLLABLE.fullmatch(unicodedata.normalize("NFC", syllable.casefold())):
                refuse(f'"{syllable}" is no syllable', "write pinyin with tone marks, such as cháo")
    for pair in recipe.pairs:
        if sum(map(bool, (pair.drop, pair.join, pair.split, pair.keep, pair.replace))) != 1:
            remedy = "give one of drop, join, split, keep and replace"
            refuse("a correction in [[pairs]] does not say one thing", remedy)
        if bool(pair.replace) != bool(pair.zh.strip() or pair.en.strip()):
            refuse("a correction in [[pairs]] is unclear", "replace stands with zh, en or both, and they with it")
    for term in recipe.terms:
        changes = term.add or term.render or term.define
        if not term.text or bool(changes) == term.drop:
            refuse(
                f'the correction of the term "{term.text}" is unclear',
                "give drop = true, or some of add = true, render and define",
            )
        if term.render and not all(part.strip() for part in term.render.split("|")):
            refuse(f'a rendering of the term "{term.text}" is empty', 'write one, or several with " | " between them')


def level_fault(recipe: Recipe) -> tuple[str, str] | None:
    """What is wrong with the learner's level, and what to do about it; None if nothing is."""
    highest = HIGHEST_LEVEL[recipe.hsk_list]
    if 0 <= recipe.hsk <= highest:
        return None
    return f"there is no level {recipe.hsk} in the HSK list {recipe.hsk_list}", f"its levels are 1 to {highest}"


def new_recipe(id: str, sources: tuple[str, ...], title: str) -> str:
    """The text of a fresh recipe, with comments that say what can be added."""
    import tomlkit

    document = tomlkit.document()
    document.add(tomlkit.comment("A flashcards recipe; docs/recipes.md explains every key."))
    document.add("id", tomlkit.item(id))
    document.add("title", tomlkit.item(title))
    document.add("sources", tomlkit.item(list(sources)))
    document.add("key_terms", tomlkit.item(Recipe(id, sources).key_terms))
    document.add(tomlkit.nl())
    table = tomlkit.table()
    for kind in ("term", "sentence", "cloze"):
        table.add(kind, tomlkit.item(list(getattr(Cards(), kind))))
    table.add(tomlkit.comment("More: term recall, listen, write; sentence listen, produce."))
    table.add(tomlkit.comment('tones = "pleco"'))
    document.add("cards", table)
    document.add(tomlkit.nl())
    for line in _EXAMPLES.splitlines():
        document.add(tomlkit.comment(line) if line else tomlkit.nl())
    return tomlkit.dumps(document)


_EXAMPLES = '''Corrections go below; each is replayed at every build.

[[terms]]
text = "命运共同体"
render = "community with a shared future"

[[terms]]
text = "以邻为壑"
define = "to shift one's problems onto others"

[[readings]]
text = "朝方"
reading = "cháo fāng"

[[words]]
text = "欧亚经济联盟"
words = ["欧亚", "经济", "联盟"]

[[pairs]]
drop = "此处鼓掌"
'''
