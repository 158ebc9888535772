"""What a learner's Anki does when a deck that has been studied is built again and imported."""

import html
import io
import re
import shutil
import sqlite3
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from flashcards.__main__ import run
from flashcards.cards import notetypes, package
from flashcards.cards.notetypes import VOLATILE, note_type
from tests.anki_collection import AGAIN, DAY, EASY, GOOD, HARD, Anki

ROOT = Path(__file__).parent.parent
LESSON = """\
# The Old Tea House

老茶馆

In the old part of the city there is a tea house.

在老城区有一家茶馆。

Every morning the neighbours come here to drink tea and talk about the news.

每天早上邻居们来这里喝茶，谈论新闻。

The owner has managed the tea house for thirty years.

老板经营这家茶馆已经三十年了。

He says that patience is the secret of good tea.

他说，耐心是好茶的秘密。

Young people prefer coffee, but they also respect tradition.

年轻人更喜欢咖啡，但是他们也尊重传统。

Last year the government wanted to build a railway station here.

去年政府想在这里建一座火车站。

The residents protested, and the newspaper published their letters.

居民们提出了抗议，报纸发表了他们的信。

In the end the government changed its plan.

最后政府改变了计划。

The railway station will be built outside the city.

火车站将建在城外。

The owner was so happy that he invited all the neighbours to a banquet.

老板非常高兴，邀请所有邻居参加宴会。

At the banquet they sang songs and told old stories.

宴会上他们唱歌，讲老故事。

Now the tea house is famous, and tourists take photographs at the door.

现在茶馆很有名，游客在门口拍照。

The owner does not like photographs, but he likes the tourists.

老板不喜欢拍照，但是他喜欢游客。

Tradition needs patience, he says, and patience needs tea.

他说，传统需要耐心，耐心需要茶。
"""
RECIPE = """\
id = "teahouse"
title = "Tea House"
sources = ["lesson.md"]
"""
EVERY_CARD = """
[cards]
term = ["recognise", "recall", "listen", "write"]
sentence = ["read", "listen", "produce"]
"""
MINE = "my own words"
ALWAYS = 1    # of Anki's conditions for updating

Content = tuple[tuple[str, ...], str]
"""A note's fields, and its tags."""

SCHEDULE = "id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data"


class Project:
    """A folder with a lesson, its recipe and its lock; `build` runs our own program there."""

    def __init__(self, folder: Path, id: str = "teahouse") -> None:
        self.folder = folder
        self.recipe = folder / "lesson.toml"
        self.lock = folder / "lesson.lock"
        self.deck = folder / id / f"{id}.apkg"

    def build(self, recipe: str, source: str, name: str = "lesson.md") -> bytes:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
        self.recipe.write_text(recipe.replace("lesson.md", name), "utf-8")
        assert run(["build", str(self.recipe), "--only", "deck", "-q"]) == 0
        return self.deck.read_bytes()


def contents(database: sqlite3.Connection | Any) -> dict[str, Content]:
    """What stands on the notes of a collection, by their guids."""
    rows = database.execute("select guid, flds, tags from notes")
    return {guid: (tuple(fields.split("\x1f")), " ".join(sorted(tags.split()))) for guid, fields, tags in rows}


def packed(data: bytes) -> dict[str, Content]:
    """What stands on the notes of a package."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(zipfile.ZipFile(io.BytesIO(data)).read("collection.anki2"))
        return contents(database)


def name_of(fields: tuple[str, ...]) -> str:
    """How the cases call a note: its kind and the Chinese on it."""
    kind = fields[0].split(" ")[1]
    return f"{kind} {html.unescape(fields[note_type(kind).fields.index('Hanzi')])}"


def seen(content: Content) -> tuple[tuple[str, ...], str]:
    """What of a note is worth an update: not what moves with the text around it, nor what is marked on a cloze."""
    names = note_type(content[0][0].split(" ")[1]).fields
    fields = (text for name, text in zip(names, content[0], strict=False) if name not in VOLATILE)
    return tuple(re.sub(r'<span class="b\d+">(.*?)</span>', r"\1", text) for text in fields), content[1]


@dataclass
class Import:
    """What an import did, by the names of the notes."""

    new: set[str]
    updated: set[str]
    gone: set[str]
    blank: set[str]


class Learner:
    """A learner's Anki, with a deck in it that was studied, and the project that the deck is built from."""

    def __init__(self, folder: Path, recipe: str, id: str = "teahouse") -> None:
        self.project = Project(folder / "project", id)
        self.anki = Anki(folder)
        self.recipe = recipe
        self.source = LESSON
        self.name = "lesson.md"
        self.package = packed(self.project.deck.read_bytes()) if self.project.deck.exists() else {}
        self.known = self.package    # with those that a later package has no more

    def build(self) -> bytes:
        return self.project.build(self.recipe, self.source, self.name)

    def study(self) -> None:
        """Six days of study; then what people do with their cards and notes."""
        self.anki.take(self.build())
        col = self.anki.col
        col.sched.reposition_new_cards(self.cloze_cards(), 0, 1, False, False)
        for days in (1, 1, 2, 4, 4, 1):
            self.anki.review(15, (GOOD, AGAIN, EASY, HARD, GOOD, GOOD))
            self.anki.sleep(days)
        self.edit("喝茶")
        self.anki.sleep()
        col = self.anki.col
        col.sched.suspend_cards([self.card("年轻人").id])
        col.sched.bury_cards([self.card("秘密").id])
        col.set_user_flag_for_cards(3, [self.card("咖啡").id])
        col.set_deck([self.card("耐心").id], col.decks.id("Mine"))
        filtered = col.sched.get_or_create_filtered_deck(0)
        filtered.name = "Cramming"
        filtered.config.search_terms[0].search = "Hanzi:火车站"
        col.sched.add_or_update_filtered_deck(filtered)
        preset = col.decks.add_config("Slow")
        deck = col.decks.by_name("Tea House")
        deck["conf"] = preset["id"]
        col.decks.save(deck)
        kinds = {(row[0], row[1]) for row in self.anki.col.db.all("select type, queue from cards")}
        assert {kind for kind, _ in kinds} == {0, 1, 2, 3}
        assert {queue for _, queue in kinds} == {-3, -1, 0, 1, 2}
        assert len(set(self.anki.col.db.list("select ease from revlog"))) >= 4

    def card(self, hanzi: str) -> Any:
        """The first card of the note of a term."""
        return self.anki.note(Hanzi=hanzi, CardRecognise="yes").cards()[0]

    def cloze_cards(self) -> list[int]:
        found: list[int] = self.anki.col.db.list(
            "select c.id from cards c join notes n on nid = n.id where flds like '%{{c%'"
        )
        return found

    def edit(self, hanzi: str) -> None:
        note = self.anki.note(Hanzi=hanzi, CardRecognise="yes")
        note["Rendering"] = note["Extra1"] = MINE
        note.tags.append("mine")
        self.anki.col.update_note(note)

    def has_edit(self, hanzi: str) -> bool:
        note = self.anki.note(Hanzi=hanzi, CardRecognise="yes")
        return (note["Rendering"], note["Extra1"], "mine" in note.tags) == (MINE, MINE, True)

    def take(self, data: bytes, **options: int) -> Import:
        """Import the deck built anew. Whatever has changed in it:

        no review is lost, no card moves, and none has another due date, interval or ease; no note is there twice; the
        notes that changed in the package, and only they (with "always": all), are in Anki as in the package.
        """
        col = self.anki.col
        before, package = contents(col.db), packed(data)
        with self.studies_kept():
            self.anki.take(data, **options)
        after = contents(col.db)
        assert self.anki.imported["conflicting"] == 0
        assert after.keys() == before.keys() | package.keys()
        keys = {fields[0] for fields, _ in after.values()}
        assert len(keys) == len(after) == col.note_count(), "a note is there twice"
        rewritten = {
            guid
            for guid in before.keys() & package.keys()
            if options.get("update_notes") == ALWAYS or seen(self.known[guid]) != seen(package[guid])
        }
        changed = {guid for guid in before if after[guid] != before[guid]}
        assert changed <= rewritten, "an unchanged note was written over"
        newer = rewritten | (package.keys() - before.keys())
        assert {guid: after[guid] for guid in newer} == {guid: package[guid] for guid in newer}
        result = Import(
            new={name_of(package[guid][0]) for guid in package.keys() - before.keys()},
            updated={name_of(after[guid][0]) for guid in changed},
            gone={name_of(self.package[guid][0]) for guid in self.package.keys() - package.keys()},
            blank=self.blank(),
        )
        self.package = package
        self.known |= package
        return result

    @contextmanager
    def studies_kept(self) -> Iterator[None]:
        """What no import may change: reviews, cards with their decks and their schedules, the options of decks."""
        col = self.anki.col
        cards, reviews = self.schedule(), col.db.all("select * from revlog order by id")
        presets = {deck["name"]: deck.get("conf") for deck in col.decks.all()}
        yield
        assert cards.items() <= self.schedule().items()
        assert col.db.all("select * from revlog order by id") == reviews
        assert presets.items() <= {deck["name"]: deck.get("conf") for deck in col.decks.all()}.items()

    def blank(self) -> set[str]:
        """The notes with a card whose front is empty."""
        empty = self.anki.col.get_empty_cards().notes
        return {name_of(tuple(self.anki.col.get_note(each.note_id).fields)) for each in empty}

    def rebuild(self, recipe: str = "", *edits: tuple[str, str], **options: int) -> Import:
        """Add to the recipe, mend the source, build, and import."""
        self.recipe += recipe
        for old, new in edits:
            assert self.source.count(old) == 1, old
            self.source = self.source.replace(old, new)
        return self.take(self.build(), **options)

    def schedule(self) -> dict[int, tuple[Any, ...]]:
        return {row[0]: tuple(row[1:]) for row in self.anki.col.db.all(f"select {SCHEDULE} from cards")}


@pytest.fixture(scope="session")
def studied(_cache: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a learner who has studied the deck of a recipe; for copying."""
    folders: dict[str, Path] = {}

    def folder_of(recipe: str) -> Path:
        if recipe not in folders:
            folders[recipe] = tmp_path_factory.mktemp("studied")
            learner = Learner(folders[recipe], recipe)
            learner.study()
            learner.anki.col.close()
        return folders[recipe]

    return folder_of


@pytest.fixture
def learner_of(tmp_path: Path, studied: Callable[[str], Path]) -> Iterator[Callable[[str], Learner]]:
    """Makes a learner who has studied the deck of a recipe."""
    made = []

    def make(recipe: str) -> Learner:
        shutil.copytree(studied(recipe), tmp_path / "learner")
        made.append(Learner(tmp_path / "learner", recipe))
        return made[-1]

    yield make
    for learner in made:
        learner.anki.col.close()


@pytest.fixture
def learner(learner_of: Callable[[str], Learner]) -> Learner:
    return learner_of(RECIPE)


def term(text: str, correction: str) -> str:
    return f'[[terms]]\ntext = "{text}"\n{correction}\n'


@dataclass(frozen=True)
class Case:
    """A change, and what it does: `new` and `gone` notes at least, `updated` and `blank` ones exactly."""

    name: str
    recipe: str = ""
    edits: tuple[tuple[str, str], ...] = ()
    new: frozenset[str] = frozenset()
    updated: frozenset[str] | None = frozenset()
    gone: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()


SIGHTS = "现在茶馆很有名，游客在门口拍照。"
MENDED = "如今茶馆很有名，游客在门口拍照。"
TOP = ("In the old part", "The weather is fine today.\n\n今天天气很好。\n\nIn the old part")
MIDDLE = ("In the end the", "It was a long letter about the old bridge.\n\n那是一封关于老桥的长信。\n\nIn the end the")
SHARING = (
    "In the old part",
    "Tourists take photographs of the famous bridge.\n\n游客给有名的大桥拍照。\n\nIn the old part",
)

CASES = [
    Case("nothing"),
    Case("the rendering of a term", term("宴会", 'render = "feast"'), updated=frozenset({"term 宴会"})),
    Case("the definition of a term", term("宴会", 'define = "a feast"'), updated=frozenset({"term 宴会"})),
    Case(
        "a reading",
        '[[readings]]\ntext = "有名"\nreading = "yóu míng"\n',
        updated=frozenset({"term 有名", f"sentence {SIGHTS}", f"cloze {SIGHTS}"}),
    ),
    Case("a term added", term("门口", 'add = true\nrender = "door"'), new=frozenset({"term 门口"})),
    Case("a term dropped", term("宴会", "drop = true"), gone=frozenset({"term 宴会"})),
    Case(
        "a term dropped that a cloze hides",
        term("游客", "drop = true"),
        updated=frozenset({f"cloze {SIGHTS}"}),
        gone=frozenset({"term 游客"}),
        blank=frozenset({f"cloze {SIGHTS}"}),
    ),
    Case("a sentence at the top", edits=(TOP,), new=frozenset({"term 今天天气"})),
    Case(
        "a sentence at the top with what a later one hides",
        edits=(SHARING,),
        new=frozenset({"sentence 游客给有名的大桥拍照。"}),
        updated=frozenset({"term 拍照"}),
    ),
    Case("a sentence in the middle", edits=(MIDDLE,), new=frozenset({"term 老桥"})),
    Case(
        "a typo in the Chinese",
        edits=(("现在茶馆很有名", "如今茶馆很有名"),),
        updated=frozenset({"term 有名", f"sentence {MENDED}", f"cloze {MENDED}"}),
    ),
    Case(
        "a typo in the English",
        edits=(("for thirty years", "for 30 years"),),
        updated=frozenset({"sentence 老板经营这家茶馆已经三十年了。", "term 老板经营"}),
    ),
    Case(
        "words of one's own for a sentence",
        '[[pairs]]\nreplace = "老板不喜欢拍照"\nen = "The owner hates photographs, but he loves the tourists."\n',
        updated=None,
    ),
    Case("who wrote the text", 'credit = "A Traveller, CC BY 4.0"\n'),
    Case("another order", 'order = "fewest-new"\n'),
    Case("a higher threshold", "threshold = 0.95\n", updated=None),
    Case("fewer terms", "key_terms = 20\n", updated=None),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_an_import_changes(case: Case, learner: Learner) -> None:
    done = learner.rebuild(case.recipe, *case.edits)
    assert done.new >= case.new
    assert done.gone >= case.gone
    assert case.updated is None or done.updated == case.updated
    assert done.blank == case.blank
    assert learner.has_edit("喝茶")
    assert learner.rebuild().updated == set()


def test_a_merge_of_note_types_changes_no_more(learner: Learner) -> None:
    correction = term("宴会", 'render = "feast"') + term("门口", 'add = true\nrender = "door"')
    done = learner.rebuild(correction, merge_notetypes=True)
    assert (done.new, done.updated, done.blank) == ({"term 门口"}, {"term 宴会"}, set())
    assert learner.has_edit("喝茶")


def test_to_update_always_writes_over_what_the_user_wrote_and_nothing_else(learner: Learner) -> None:
    everything = {"merge_notetypes": True, "update_notes": ALWAYS, "update_notetypes": ALWAYS}
    done = learner.rebuild(term("宴会", 'render = "feast"'), **everything)
    assert done.updated == {"term 宴会", "term 喝茶"}


def test_the_same_package_on_another_day(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    before, tomorrow = learner.project.deck.read_bytes(), time.time() + DAY
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    again = learner.build()
    assert again == before
    assert learner.take(again).updated == set()


def test_an_older_package_takes_nothing_back(learner: Learner) -> None:
    old = learner.project.deck.read_bytes()
    learner.rebuild(term("宴会", 'render = "feast"'))
    with learner.studies_kept():
        learner.anki.take(old)
    assert learner.card("宴会").note()["Rendering"] == "feast"


def test_a_new_style(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = learner.anki.col.models.by_name("Flashcards cloze")
    theirs["css"] += "/* mine */"
    learner.anki.col.models.update_dict(theirs)
    monkeypatch.setattr(notetypes, "REVISION", notetypes.REVISION + 1)
    monkeypatch.setattr(package, "note_type", lambda kind: replace(note_type(kind), css=".card { color: #123456; }"))
    assert learner.rebuild().updated == set()
    styles = {kind["name"]: kind["css"] for kind in learner.anki.col.models.all()}
    assert styles["Flashcards term"] == styles["Flashcards sentence"] == ".card { color: #123456; }"
    assert styles["Flashcards cloze"].endswith("/* mine */"), "a style of the user's own stays"


def test_fields_and_templates_that_are_called_otherwise(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    learner.edit("咖啡")
    ids = {kind["id"] for kind in learner.anki.col.models.all()}

    def renamed(kind: str) -> notetypes.NoteType:
        own = note_type(kind)
        cards = tuple(replace(card, name=f"{card.name} it") for card in own.cards)
        return replace(own, fields=tuple("Mnemonic" if name == "Extra1" else name for name in own.fields), cards=cards)

    monkeypatch.setattr(notetypes, "REVISION", notetypes.REVISION + 1)
    monkeypatch.setattr(package, "note_type", renamed)
    done = learner.rebuild()
    assert (done.new, done.updated, learner.anki.imported["conflicting"]) == (set(), set(), 0)
    assert {kind["id"] for kind in learner.anki.col.models.all()} == ids, "no second note type has come"
    note = learner.card("咖啡").note()
    assert (note["Mnemonic"], "Extra1" in note) == (MINE, False), "what stood in the field stays there"
    assert {card.template()["name"] for card in note.cards()} == {"Recognise it"}


def test_another_kind_of_card_arrives_on_every_note(learner: Learner) -> None:
    learner.edit("咖啡")
    learner.anki.sleep()
    done = learner.rebuild(EVERY_CARD)
    assert (done.new, done.blank) == (set(), set())
    assert done.updated >= {"term 喝茶", "term 咖啡"}, "the cards' flags are fields, so edited notes are overwritten"
    assert {len(learner.card(hanzi).note().cards()) for hanzi in ("喝茶", "咖啡", "宴会")} == {4}


def test_another_kind_of_card_is_blank_on_a_note_that_the_user_edited_after_the_build(learner: Learner) -> None:
    learner.recipe += EVERY_CARD
    data = learner.build()
    learner.anki.col.db.execute("update notes set mod = mod + 100 where id = ?", edited(learner, "咖啡"))
    with learner.studies_kept():
        learner.anki.take(data)
    assert learner.blank() == {"term 咖啡"}
    assert learner.has_edit("咖啡")
    recognise, *others = learner.card("咖啡").note().cards()
    assert "The deck has this card no more" not in learner.anki.sides(recognise)[0]
    assert all("The deck has this card no more" in learner.anki.sides(card)[0] for card in others)


def edited(learner: Learner, hanzi: str) -> int:
    learner.edit(hanzi)
    note: int = learner.card(hanzi).nid
    return note


def test_a_kind_of_card_that_is_taken_away_stays_without_a_front(learner_of: Callable[[str], Learner]) -> None:
    learner = learner_of(RECIPE + EVERY_CARD)
    count = learner.anki.col.card_count()
    learner.recipe = RECIPE
    done = learner.rebuild()
    assert learner.anki.col.card_count() == count
    assert done.blank == done.updated | {"term 喝茶"}
    learner.recipe += EVERY_CARD
    assert learner.rebuild().blank == set()
    assert learner.anki.col.card_count() == count


def test_a_note_that_comes_back_is_the_same_note(learner: Learner) -> None:
    note = learner.card("宴会").nid
    assert "term 宴会" in learner.rebuild(term("宴会", "drop = true")).gone
    assert learner.card("宴会").reps > 0
    learner.recipe = RECIPE
    back = learner.rebuild()
    assert "term 宴会" not in back.new | back.updated
    assert learner.card("宴会").nid == note


@pytest.mark.parametrize(
    ("change", "made", "home"),
    [
        (("Tea House", "Lesson 1"), {"Lesson 1"}, "Lesson 1"),
        (("sources", 'deck = "Chinese::Tea"\nsources'), {"Chinese", "Chinese::Tea"}, "Chinese::Tea"),
        (
            ("sources", 'subdecks = "kinds"\nsources'),
            {f"Tea House::{name}" for name in ("1 Terms", "2 Sentences", "3 Clozes")},
            "Tea House::1 Terms",
        ),
    ],
)
def test_in_a_deck_by_another_name_only_new_notes_lie(
    change: tuple[str, str], made: set[str], home: str, learner: Learner
) -> None:
    old = decks(learner)
    learner.recipe = RECIPE.replace(*change)
    assert learner.rebuild().updated == set()
    assert decks(learner) == old | dict.fromkeys(made, 0)
    assert learner.rebuild("", TOP).new == {"term 今天天气"}
    assert decks(learner) == old | dict.fromkeys(made, 0) | {home: 1}
    assert learner.has_edit("喝茶")


def test_a_topic_is_a_tag_of_every_note_and_so_writes_over_all_that_the_user_wrote(learner: Learner) -> None:
    done = learner.rebuild('topics = ["tea"]\n')
    assert len(done.updated) == len(learner.package)
    assert not learner.has_edit("喝茶")


def test_where_the_user_gave_the_deck_another_name_new_notes_make_the_old_one_again(learner: Learner) -> None:
    col = learner.anki.col
    count = decks(learner)["Tea House"]
    col.decks.rename(col.decks.by_name("Tea House"), "Chinese::Tea House")
    new = learner.rebuild("", TOP).new
    assert decks(learner) == {"Chinese::Tea House": count, "Chinese": 0, "Tea House": len(new)}


def decks(learner: Learner) -> dict[str, int]:
    """The cards in each deck, but for those that the user made."""
    named = learner.anki.col.decks.all_names_and_ids()
    counts = {deck.name: learner.anki.col.decks.card_count(deck.id, include_subdecks=False) for deck in named}
    return {name: count for name, count in counts.items() if name not in ("Default", "Mine", "Cramming")}


@pytest.mark.parametrize("name", ["other name.md", "texts/lesson.md"])
def test_a_source_that_is_moved(name: str, learner: Learner) -> None:
    learner.name = name
    done = learner.rebuild()
    assert (done.new, done.updated, done.gone) == (set(), set(), set())


def test_what_the_user_wrote_on_a_note_that_changes_is_overwritten(learner: Learner) -> None:
    learner.edit("宴会")
    learner.anki.sleep()
    assert learner.rebuild(term("宴会", 'render = "feast"')).updated == {"term 宴会"}
    note = learner.card("宴会").note()
    assert (note["Rendering"], note["Extra1"], "mine" in note.tags) == ("feast", "", False)
    assert learner.has_edit("喝茶")


def test_what_the_user_wrote_after_the_build_stays(learner: Learner) -> None:
    learner.recipe += term("宴会", 'render = "feast"')
    data = learner.build()
    learner.anki.col.db.execute("update notes set mod = mod + 100 where id = ?", edited(learner, "宴会"))
    with learner.studies_kept():
        learner.anki.take(data)
    assert learner.has_edit("宴会")
    assert learner.anki.imported["updated"] == 0


def test_a_field_of_the_users_own_needs_a_merge(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    an_hour_ago = time.time() - 3600    # Anki gives the notes whose type it merges the time of the import
    monkeypatch.setattr(time, "time", lambda: an_hour_ago)
    models = learner.anki.col.models
    kind = models.by_name("Flashcards term")
    models.add_field(kind, models.new_field("Mnemonic"))
    models.update_dict(kind)
    learner.anki.sleep()    # it gave all the notes the time of now
    learner.recipe += term("宴会", 'render = "feast"')
    with learner.studies_kept():
        learner.anki.take(learner.build(), merge_notetypes=True)
    assert learner.anki.imported["updated"] == 1
    assert learner.card("宴会").note()["Rendering"] == "feast"
    assert "Mnemonic" in learner.card("宴会").note()
    learner.recipe = RECIPE + term("宴会", 'render = "dinner"')
    learner.anki.sleep()
    with learner.studies_kept():
        learner.anki.take(learner.build())
    assert learner.anki.imported["conflicting"] == len(learner.anki.col.find_notes("note:Flashcards*term"))
    assert learner.card("宴会").note()["Rendering"] == "feast"


def test_the_numbers_of_a_cloze_never_pass_to_another_term(learner_of: Callable[[str], Learner]) -> None:
    learner = learner_of(RECIPE + term("游客", "drop = true"))
    assert numbers(learner) == {"有名": 1, "拍照": 2}
    learner.anki.col.sched.set_due_date(learner.cloze_cards(), "3")
    learner.recipe = RECIPE + term("有名", "drop = true")
    done = learner.rebuild()
    assert numbers(learner) == {"拍照": 2, "游客": 3}
    assert done.blank == {f"cloze {SIGHTS}"}, "the card of the first number, with its reviews"
    assert len(learner.cloze_cards()) == 3
    learner.recipe = RECIPE
    assert learner.rebuild().blank == set()
    assert numbers(learner) == {"有名": 1, "拍照": 2, "游客": 3}
    assert len(learner.cloze_cards()) == 3


def numbers(learner: Learner) -> dict[str, int]:
    """The number of each term that the cloze hides."""
    (text,) = {learner.anki.col.get_card(card).note()["Text"] for card in learner.cloze_cards()}
    return {word: int(number) for number, word in re.findall(r"\{\{c(\d+)::(.*?)\[", text)}


def test_without_its_lock_a_deck_still_knows_the_notes_that_are_as_they_were(learner: Learner) -> None:
    learner.project.lock.unlink()
    assert learner.rebuild().updated == set()
    mended = learner.rebuild("", ("现在茶馆很有名", "如今茶馆很有名"))
    assert f"sentence {MENDED}" in mended.updated


def test_without_its_lock_a_deck_has_forgotten_what_was_mended(learner: Learner) -> None:
    learner.rebuild("", ("现在茶馆很有名", "如今茶馆很有名"))
    learner.project.lock.unlink()
    learner.recipe += term("宴会", 'render = "feast"')
    before, data = contents(learner.anki.col.db), learner.build()
    with learner.studies_kept():
        learner.anki.take(data)
    after = contents(learner.anki.col.db)
    new = {name_of(after[guid][0]) for guid in after.keys() - before.keys()}
    assert new == {f"sentence {MENDED}", f"cloze {MENDED}"}
    assert learner.card("宴会").note()["Rendering"] == "banquet", "what changes together with the loss is not known to"
    learner.package = packed(data)
    learner.known |= learner.package
    assert learner.rebuild("", ("for thirty years", "for 30 years")).updated
    learner.anki.take(data, update_notes=ALWAYS)
    assert learner.card("宴会").note()["Rendering"] == "banquet", "to Anki a note of the same time is the same note"


def test_two_lessons_that_share_terms(learner: Learner) -> None:
    other = Project(learner.project.folder.parent / "other", "station")
    recipe = RECIPE.replace("Tea House", "Station").replace("teahouse", "station")
    ours = contents(learner.anki.col.db)
    for correction in ("", term("宴会", 'render = "feast"')):
        data = other.build(recipe + correction, LESSON)
        with learner.studies_kept():
            learner.anki.take(data)
        assert ours.items() <= contents(learner.anki.col.db).items()
        assert learner.anki.imported["new"] == (0 if correction else len(ours))
    assert {note["Rendering"] for note in notes(learner, "宴会")} == {"banquet", "feast"}
    assert learner.rebuild(term("宴会", 'render = "dinner"')).updated == {"term 宴会"}
    assert {note["Rendering"] for note in notes(learner, "宴会")} == {"dinner", "feast"}


def notes(learner: Learner, hanzi: str) -> list[Any]:
    return [learner.anki.col.get_note(id) for id in learner.anki.col.find_notes(f"Hanzi:{hanzi}")]


@pytest.mark.parametrize("when", [0, 1_000_000_000, 4_000_000_000])
def test_a_clock_that_is_wrong(when: int, learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: when)
        assert learner.rebuild(term("宴会", 'render = "feast"')).updated == {"term 宴会"}
    learner.recipe = RECIPE + term("宴会", 'render = "dinner"')
    assert learner.rebuild().updated == {"term 宴会"}


def test_a_note_that_the_user_deleted_comes_back(learner: Learner) -> None:
    note = learner.card("宴会").nid
    learner.anki.col.remove_notes([note])
    assert learner.rebuild().new == {"term 宴会"}
    assert learner.card("宴会").reps == 0


def test_the_speech(tmp_path: Path) -> None:
    recipe = (ROOT / "decks" / "speech.toml").read_text("utf-8").replace("../corpus/speech.md", "lesson.md")
    learner = Learner(tmp_path, recipe, "speech")
    learner.source = (ROOT / "corpus" / "speech.md").read_text("utf-8")
    first = learner.rebuild()
    assert not first.updated
    for days in (1, 2, 4):
        learner.anki.review(40, (GOOD, AGAIN, EASY, HARD))
        learner.anki.sleep(days)
    assert learner.rebuild(term("上海精神", 'render = "the spirit of Shanghai"')).updated == {"term 上海精神"}
    mended = learner.rebuild("", ("\n弘扬“上海精神” 深化团结协作", "\n今天天气很好。\n\n弘扬“上海精神” 深化团结协作"))
    assert mended.blank == set()
    assert learner.rebuild().updated == set()
