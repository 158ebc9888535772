"""The deck's notes by other doors: what real Anki makes of the text, what is left for Quizlet and on a page."""

import csv
import io
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from flashcards.__main__ import run
from flashcards.cards import EXPORTS, export, mark
from flashcards.cards.anki_import import tsv
from flashcards.cards.handout import markdown
from flashcards.cards.notetypes import KINDS, CardChoice, note_type
from flashcards.cards.package import pack
from flashcards.cards.plain import blanked, plain
from flashcards.cards.quizlet import csv as quizlet
from flashcards.markup import anki_ruby, anki_text, cell, markdown_text, spreadsheet_cell
from flashcards.model import Deck, Note, Word

from .conftest import build
from .lessons import DEMO, ROWS, TERMS, lesson

# --- Anki ---


def state(anki):
    """All that Anki knows of the notes and of their cards, apart from ids and times."""
    notes = {note.guid: note for note in (anki.col.get_note(id) for id in anki.col.find_notes(""))}
    return {
        guid: (
            note.note_type()["name"],
            tuple(note.fields),
            tuple(note.tags),
            tuple((card.ord, anki.col.decks.name(card.did)) for card in note.cards()),
        )
        for guid, note in notes.items()
    }


def emptied(anki, data):
    """The collection with the package's note types and nothing of its notes and decks."""
    anki.take(data)
    known = state(anki)
    anki.col.remove_notes(anki.col.find_notes(""))
    anki.col.decks.remove([deck.id for deck in anki.col.decks.all_names_and_ids(skip_empty_default=True)])
    return known


def test_text_and_package_make_the_same_notes_and_cards(anki):
    deck, _, data = build(DEMO)
    known = emptied(anki, data)
    anki.take_text(tsv(deck))
    assert anki.imported == {"new": len(deck.notes)}
    assert state(anki) == known
    first = [card for card in sorted(anki.cards(), key=lambda card: card.due) if card.ord == 0]
    by_due = [dict(note.fields)["Hanzi"] for note in sorted(deck.notes, key=lambda note: note.due)]
    assert [card.note()["Hanzi"] for card in first if card.note_type()["name"] != note_type("cloze").name] == [
        hanzi for hanzi, note in zip(by_due, deck.notes, strict=True) if note.kind != "cloze"
    ]


def test_text_after_the_package_changes_nothing_twice_and_costs_no_review(anki):
    deck, lock, data = build(DEMO)
    anki.take(data)
    anki.review(12)
    before, schedule = state(anki), anki.schedule()
    assert len(schedule) >= 10
    anki.col.set_config("csvDuplicateResolution", 2)    # what the learner chose the last time: "duplicate"
    anki.take_text(tsv(deck))
    assert anki.imported == {"duplicate": len(deck.notes)}
    assert (state(anki), anki.schedule()) == (before, schedule)

    terms = (TERMS[0], ("合作", "cooperation", "to work together", 3), *TERMS[2:])
    changed, _, _ = build(lesson(ROWS, terms), lock)
    anki.take_text(tsv(changed))
    assert anki.imported == {"updated": 1, "duplicate": len(deck.notes) - 1}
    assert anki.note(Hanzi="合作", CardRecognise="yes")["Definition"] == "to work together"
    assert (anki.schedule(), anki.col.note_count()) == (schedule, len(deck.notes))


def test_what_a_learner_writes_in_a_spare_field_stays_and_cards_stay_in_the_deck_where_they_are(anki):
    deck, _, data = build(DEMO)
    anki.take(data)
    mine = anki.note(Hanzi="弘扬", CardRecognise="yes")
    mine["Extra1"], mine["Rendering"] = "my own mnemonic", "carry on"
    anki.col.update_note(mine)
    anki.col.set_deck([card.id for card in mine.cards()], anki.col.decks.id("Mine"))
    anki.take_text(tsv(deck))
    mine.load()
    assert (mine["Extra1"], mine["Rendering"]) == ("my own mnemonic", "carry forward")
    assert {anki.col.decks.name(card.did) for card in mine.cards()} == {"Mine"}


def test_anki_leaves_out_what_it_has_no_note_types_for(anki):
    deck, _, _ = build(DEMO)
    anki.take_text(tsv(deck))
    assert anki.imported == {"missing_notetype": len(deck.notes)}
    assert anki.col.note_count() == 0


def test_only_the_cards_that_are_wanted(anki):
    deck, _, data = build(DEMO, cards=CardChoice(term=("recall",), sentence=("listen",)))
    known = emptied(anki, data)
    anki.take_text(tsv(deck))
    assert state(anki) == known


NAMES = [
    "示例 Demo", 'A::B "q"', '"', "#x", "a\\b", "::a::::b::", " x ", "a :: b", "１２",
    unicodedata.normalize("NFD", "Å"),
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_decks_name_finds_its_deck(anki, name):
    deck, lock, _ = build(DEMO)
    deck = replace(deck, name=name)
    known = emptied(anki, pack(deck, lock))
    anki.take_text(tsv(deck))
    assert state(anki) == known
    anki.col.remove_notes(anki.col.find_notes("")[:3])
    anki.take_text(tsv(deck))
    assert state(anki) == known


@pytest.mark.parametrize("name", ["2024", "1", "-5", "00"])
def test_a_number_as_a_decks_name_is_no_decks_id(anki, name):
    deck, _, data = build(DEMO)
    deck = replace(deck, name=name)
    anki.take(data)
    anki.col.remove_notes(anki.col.find_notes(""))
    anki.take_text(tsv(deck))
    assert anki.imported == {"new": len(deck.notes)}
    assert b"#deck column" not in tsv(deck)


MARKS = 'a字<>&[]{}\\(:$/\n\t\r"\'#,;|`*_~^!=+-.1 )@wt\u202e\u2028\x0b\x1c'
HOSTILE = st.text(alphabet=st.sampled_from(MARKS), max_size=14)
FIELDS = st.lists(HOSTILE.map(anki_text), min_size=1, max_size=5)


def hostile_deck(rows, name="Demo"):
    """A deck of a note of each kind whose fields hold the texts in turn; keys and clozes as they must be."""
    notes = []
    for due, (kind, row) in enumerate(zip(KINDS, rows, strict=True), 1):
        values = dict(zip(note_type(kind).fields, cycle(row), strict=False))
        values |= {"Key": f"demo {kind} {due}"}
        values |= {"Text": f"{values['Text']}{{{{c1::{values['Hanzi']}字[zì]}}}}"} if kind == "cloze" else {}
        notes.append(Note(str(due), kind, tuple(values.items()), (), ("flashcards::demo",), due))
    return Deck("demo", name, "", tuple(notes))


def test_fields_arrive_as_they_are(anki):
    anki.take(build(DEMO)[2])

    @settings(derandomize=True, max_examples=60, deadline=None)
    @given(st.tuples(FIELDS, FIELDS, FIELDS))
    def arrive(rows):
        anki.col.remove_notes(anki.col.find_notes(""))
        sent = hostile_deck(rows)
        anki.take_text(tsv(sent))
        assert anki.imported == {"new": 3}
        found = (anki.col.get_note(id) for id in anki.col.find_notes(""))
        assert {tuple(note.fields) for note in found} == {tuple(text for _, text in note.fields) for note in sent.notes}

    arrive()


def test_rows_may_be_longer_than_those_before_them(anki):
    deck, _, data = build(DEMO)
    anki.take(data)
    anki.col.remove_notes(anki.col.find_notes(""))
    with_parts = [
        replace(note, fields=tuple((name, "parts" if name == "Parts" else text) for name, text in note.fields))
        if note.kind == "term"
        else replace(note, due=-note.due)
        for note in deck.notes
    ]
    anki.take_text(tsv(replace(deck, notes=tuple(with_parts))))
    assert anki.note(Hanzi="弘扬", CardRecognise="yes")["Parts"] == "parts"


# --- plain text ---


def word(text, reading=()):
    return Word(text, text, text, "n", 0, tuple(reading), 1.0, "".join(reading), "")


def seen(text):
    """What `anki_text` leaves of a text."""
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "", text)


@settings(derandomize=True, max_examples=300)
@given(HOSTILE)
def test_a_field_is_its_text_again(text):
    assert plain(anki_text(text)) == seen(text)
    assert plain(f"<mark>{anki_text(text)}</mark>") == seen(text)


RUBY = st.one_of(
    st.sampled_from(["上海", "好", "<", "]", "[1]", "{{c1::"]).map(lambda text: word(text, ("hǎo",))),
    HOSTILE.map(lambda text: word(text.replace("\n", " "))),
)


@settings(derandomize=True, max_examples=300)
@given(st.lists(RUBY, max_size=6))
def test_ruby_is_its_text_again(words):
    assert plain(anki_ruby(words)) == seen("".join(word.text for word in words))


@settings(derandomize=True, max_examples=200)
@given(st.lists(st.lists(RUBY, min_size=1, max_size=3), max_size=4))
def test_blanks_stand_where_the_answers_stood(groups):
    ruby = [anki_ruby(words) for words in groups]
    field = "".join(f"{{{{c{i}::{each}}}}}" if i % 2 else each for i, each in enumerate(ruby))
    texts = [seen("".join(word.text for word in words)) for words in groups]
    text, answers = blanked(field, "____")
    assert answers == tuple(texts[1::2])
    assert text == "".join("____" if i % 2 else each for i, each in enumerate(texts))
    assert plain(field) == "".join(texts)


def test_a_sound_is_no_text():
    assert plain("[sound:hz-12ab.mp3]") == ""


# --- Quizlet ---


def test_terms_then_sentences_each_front_once():
    deck, _, _ = build(DEMO)
    rows = list(csv.reader(io.StringIO(quizlet(deck).decode("utf-8-sig"))))
    assert rows[0] == ["上海精神", "shànghǎi jīngshén — Shanghai Spirit"]
    assert rows[1] == ["合作", "hézuò — cooperation; to cooperate"]
    assert rows[-1] == ["发展中国家也要发展。", "Developing countries must see development, too."]
    fronts = [row[0] for row in rows]
    assert len(set(fronts)) == len(fronts)
    assert not any("c1::" in cell for row in rows for cell in row)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.tuples(FIELDS, FIELDS, FIELDS))
def test_every_cell_is_one_line_of_text_and_no_formula(rows):
    deck = hostile_deck(rows)
    term, sentence, _ = (dict(note.fields) for note in deck.notes)
    table = dict(csv.reader(io.StringIO(quizlet(deck).decode("utf-8-sig"), newline="")))
    assert len(table) == len({spreadsheet_cell(plain(fields["Hanzi"])) for fields in (term, sentence)})
    assert spreadsheet_cell(plain(term["Hanzi"])) in table
    for text in (*table, *table.values()):
        assert text[:1] not in tuple("=+-@")
        assert not re.search(r"[\t\r\n]", text)


def test_a_sentence_without_english_has_what_is_known_of_its_words():
    meanings = '<span lang="zh-Hans">你</span> you<br><span>好</span> good'
    note = Note("1", "sentence", (("Hanzi", "你好"), ("English", meanings), ("Pinyin", "nǐ hǎo")), (), (), 1)
    silent = Note("2", "sentence", (("Hanzi", "好"), ("English", ""), ("Pinyin", "hǎo")), (), (), 2)
    table = quizlet(Deck("demo", "Demo", "", (note, silent))).decode("utf-8-sig")
    assert table == "你好,你 you; 好 good\r\n好,hǎo\r\n"


# --- Markdown ---


def rendered(text):
    """The text that Markdown shows, and the kinds of what is in it."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    shown = "".join(
        child.content if child.type in ("text", "text_special") else "\n" if child.type.endswith("break") else ""
        for child in inline
    )
    return shown, {token.type for token in (*tokens, *inline)}


@settings(derandomize=True, max_examples=500)
@given(HOSTILE)
def test_markdown_reads_as_the_text_and_nothing_in_it_is_live(text):
    line = cell(text)
    shown, kinds = rendered(markdown_text(text))
    assert shown == line
    assert kinds <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special"}
    shown, kinds = rendered(f"# {markdown_text(text)}\n")
    assert shown == line
    assert kinds <= {"heading_open", "inline", "heading_close", "text", "text_special"}


@pytest.mark.parametrize(
    "text",
    [
        "1. a", "1) a", "- a", "+ a", "* a", "# a", "> a", "---", "===", "***", "~~~", "```", "    a", "<b>", "&amp;",
        "<http://a.b>", "[a](http://b)", "![a](b)", "[a]: b", "a | b\n--- | ---", "<!-- a -->", "a\\", "**a**", "_a_",
        "`a`", "C #", "~~a~~", "12345678901. a", "a  \nb",
    ],
)  # fmt: skip
def test_no_mark_of_markdown_is_one(text):
    shown, kinds = rendered(markdown_text(text))
    assert shown == cell(text)
    assert kinds <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special"}


def test_the_page():
    text = markdown(build(DEMO)[0]).decode()
    assert text.startswith("[//]: # (flashcards notes)\n\n# 示例 Demo\n\nSource: demo.md\n\n")
    assert "1. **上海精神** · *shànghǎi jīngshén* · Shanghai Spirit\\\n   上海精神是合作的基础。\\\n   The " in text
    assert "1. ＿＿＿＿是＿＿＿＿的＿＿＿＿。\\\n   The Shanghai Spirit is the foundation of cooperation.\n" in text
    assert text.endswith("## Key to the blanks\n\n1. 上海精神; 合作; 基础\n2. 弘扬; 发展\n3. 发展中国家\n")
    shown, kinds = rendered(text)
    assert "flashcards" not in shown
    assert "Developing countries must see development, too." in shown
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_block", "code_inline", "fence"}


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.tuples(FIELDS, FIELDS, FIELDS), HOSTILE)
def test_every_text_stands_on_the_page_and_does_nothing(rows, name):
    deck = hostile_deck(rows, f"字{name}")
    shown, kinds = rendered(markdown(deck).decode())
    term, sentence, cloze = (dict(note.fields) for note in deck.notes)
    shown = cell(shown)
    for field in (term["Hanzi"], term["Pinyin"], sentence["Hanzi"], sentence["Pinyin"]):
        assert cell(plain(field)) in shown
    text, (answer,) = blanked(cloze["Text"], "＿＿＿＿")
    assert cell(text) in shown
    assert shown.endswith(cell(answer))
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_block", "code_inline", "fence"}
    assert not kinds & {"bullet_list_open", "blockquote_open", "table_open", "hr"}


# --- the command ---


def test_only_the_package_needs_genanki():
    code = "import sys; from flashcards.cards import anki_import, handout, quizlet; assert 'genanki' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("suffix", EXPORTS)
def test_an_export_knows_itself_again_and_nothing_else(suffix):
    deck, lock, _ = build(DEMO)
    data = export(f".{suffix.upper()}", deck, lock)
    begins = mark(suffix, data)
    assert data.startswith(begins)
    foreign = {
        "apkg": b"PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x57\x00",
        "tsv": b"#separator:tab\n#html:true\n#guid column:1\n",
        "txt": b"#separator:tab\n#html:true\n#guid column:1\n",
        "csv": b"\xef\xbb\xbfa,b\r\n",
        "md": b"# Notes\n",
    }
    assert not foreign[suffix].startswith(begins)
    none = export(suffix, replace(deck, notes=()), lock)
    assert not foreign[suffix].startswith(mark(suffix, none))


BOTH = """病毒不分国界，疫苗对所有国家都至关重要。

The virus respects no borders, and vaccines play a vital role for all countries.

图书馆每天早上八点开门，学生可以免费借书。

The library opens at eight every morning, and students can borrow books for free.
"""


@pytest.fixture
def recipe(tmp_path, monkeypatch):
    """The path of a recipe in a folder of its own, where the commands run."""
    monkeypatch.chdir(tmp_path)
    Path("lesson.md").write_text(BOTH, "utf-8")
    Path("demo.toml").write_text('id = "demo"\nsources = ["lesson.md"]\n', "utf-8")
    return Path("demo.toml")


@pytest.mark.parametrize("suffix", EXPORTS)
def test_the_command_writes_again_what_it_wrote_and_nothing_else(suffix, recipe, capsys):
    target = Path(f"cards.{suffix}")
    arguments = ["cards", str(recipe), "-o", str(target)]
    assert run(arguments) == run(arguments) == 0
    assert capsys.readouterr().out == ""
    data, lock = target.read_bytes(), Path("demo.lock").read_bytes()
    target.write_text("The user's own.")
    assert run(arguments) == 6
    assert target.read_text() == "The user's own."
    assert run([*arguments, "--force"]) == 0
    assert (target.read_bytes(), Path("demo.lock").read_bytes()) == (data, lock)
    assert not Path("demo").exists()


def test_the_command_and_a_build_make_one_deck(recipe, anki):
    assert run(["build", str(recipe), "--only", "deck", "-q"]) == 0
    data, lock = Path("demo/demo.apkg").read_bytes(), Path("demo.lock").read_bytes()
    Path("demo.lock").unlink()
    assert run(["cards", str(recipe), "-o", "cards.apkg"]) == 0
    assert run(["cards", str(recipe), "-o", "cards.tsv"]) == 0
    assert (Path("cards.apkg").read_bytes(), Path("demo.lock").read_bytes()) == (data, lock)
    known = emptied(anki, data)
    anki.take_text(Path("cards.tsv").read_bytes())
    assert state(anki) == known


def test_the_lock_is_kept_with_a_recipe_and_read_without(recipe, anki, capfdbinary):
    assert run(["cards", str(recipe)]) == 0
    printed = capfdbinary.readouterr().out
    assert printed.startswith(b"#flashcards notes\n")
    assert Path("demo.lock").exists()
    assert run(["cards", "lesson.md", "-o", "a.tsv"]) == 0
    assert not list(Path().rglob("lesson.lock"))
    # A typo is mended after a build: the note is the one that it was.
    assert run(["build", "lesson.md", "--only", "deck", "-q"]) == 0
    Path("lesson.md").write_text(BOTH.replace("每天早上", "每日早上"), "utf-8")
    lock = Path("lesson/lesson.lock").read_bytes()
    assert run(["cards", "lesson.md", "-o", "a.tsv"]) == 0
    assert run(["cards", "lesson.md", "-o", "b.csv"]) == 0
    assert Path("lesson/lesson.lock").read_bytes() == lock
    assert "图书馆每日早上" in Path("b.csv").read_text("utf-8")
    rows = [line.split("\t") for line in Path("a.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
    assert len(rows) > 3
    anki.take(Path("lesson/lesson.apkg").read_bytes())
    anki.take_text(Path("a.tsv").read_bytes())
    mended = anki.col.get_note(anki.col.find_notes("note:*sentence Hanzi:*图书馆*")[0])
    assert "每日早上" in mended["Hanzi"]


def test_a_format_that_is_not_known_is_refused_before_the_work(recipe, capsys):
    assert run(["cards", str(recipe), "-o", "cards.xyz"]) == 2
    assert '".xyz" is not a known format' in capsys.readouterr().err
    assert not Path("demo.lock").exists()
