"""What real Anki makes of a package, at its first import and at every later one."""

import html
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from flashcards.cards import notetypes, package
from flashcards.cards.check import check_package
from flashcards.cards.deck import Imprint
from flashcards.cards.notetypes import KINDS, CardChoice, note_type
from flashcards.cards.package import STRIDE

from .conftest import EVERY_CARD, NOW, build
from .lessons import DEMO, ROWS, TERMS, lesson

TOOLS = Path(os.environ.get("FLASHCARDS_TOOLS", Path(__file__).parents[3] / "shared" / "tools"))


def visible(side):
    return re.sub(r"<[^>]*>|\[anki:play[^\]]*\]", "", side).strip()


def test_the_demo_imports_without_a_defect(tmp_path):
    tool = TOOLS / "anki_check.py"
    if not tool.exists():
        pytest.skip(f"{tool} is not here; FLASHCARDS_TOOLS names its folder")
    path = tmp_path / "demo.apkg"
    path.write_bytes(build(DEMO)[2])
    done = subprocess.run([sys.executable, tool, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_every_card_asks_and_answers(anki):
    deck, _, data = build(DEMO)
    anki.take(data)
    assert anki.imported == {"new": len(deck.notes), "updated": 0, "duplicate": 0, "conflicting": 0}
    kinds = set()
    for card in anki.cards():
        front, back = anki.sides(card)
        kinds.add((card.note_type()["name"], card.template()["name"]))
        assert visible(front) or card.render_output().question_av_tags, front
        assert visible(back) != visible(front)
        assert 'lang="zh-Hans"' in back
        for side in (front, back):
            assert not re.search(r"\{\{|\}\}|<script|https?:", side)
    assert len(kinds) == 8


def test_fronts_do_not_give_the_answer_away(anki):
    anki.take(build(DEMO)[2])
    for card in anki.cards():
        front = visible(re.sub(r'data-cloze="[^"]*"', "", anki.sides(card)[0]))
        note = card.note()
        name = card.template()["name"]
        if name in ("Recall", "Write", "Produce"):
            assert not re.search("[\u4e00-\u9fff]", front)
        if name in ("Recognise", "Read"):
            assert not any(note[field] and note[field] in front for field in ("Rendering", "English") if field in note)
        if name == "Cloze":
            assert visible(note["English"]) in front
            assert "[...]" in front


def test_a_cloze_shows_no_second_copy_of_what_it_hides(anki):
    anki.take(build(DEMO)[2])
    seen = 0
    for card in anki.cards():
        if card.template()["name"] == "Cloze":
            front, back = anki.sides(card)
            hidden = re.search(r'<span class="cloze"[^>]*>(.*?)</span>', back)[1]
            text = re.sub("<rt>.*?</rt>", "", hidden)
            assert visible(text) not in visible(re.sub("<rt>.*?</rt>", "", front))
            seen += 1
    assert seen == 6


def test_pinyin_stands_over_its_words_and_spaces_are_no_part_of_the_text(anki):
    anki.take(build(DEMO)[2])
    card = anki.note(Hanzi="我们要弘扬上海精神，坚持共同发展。", CardRead="yes").cards()[0]
    _, back = anki.sides(card)
    assert "，<ruby><rb>坚持</rb><rt>jiān chí</rt></ruby>" in back
    assert "我们要弘扬上海精神，坚持共同发展。" in plain(back)


def test_recognition_is_learnt_well_before_production(anki):
    anki.take(build(DEMO)[2])
    due = {card.ord: card.due for card in anki.note(Hanzi="合作", CardRecall="yes").cards()}
    assert [due[ord_] - due[0] for ord_ in sorted(due)] == [0, STRIDE, 2 * STRIDE, 3 * STRIDE]


def test_a_rebuilt_deck_updates_one_note_and_keeps_schedules_and_a_users_own_edit(anki):
    _, lock, data = build(DEMO)
    anki.take(data)
    anki.review(12)
    before = anki.schedule()
    assert len(before) >= 10
    edited = anki.note(Hanzi="弘扬", CardRecognise="yes")
    edited["Extra1"] = "my own mnemonic"
    edited["Rendering"] = "carry on"
    edited.tags.append("mine")
    anki.col.update_note(edited)

    terms = (TERMS[0], ("合作", "cooperation", "to work together", 3), *TERMS[2:])
    changed = lesson((("你好 ！", "Hello!", 0.5), *ROWS), terms)
    _, lock, again = build(changed, lock, now=int(anki.col.db.scalar("select max(mod) from notes")) + 60)
    anki.take(again)
    assert anki.imported == {"new": 0, "updated": 1, "duplicate": 12, "conflicting": 0}
    assert anki.schedule() == before
    assert anki.note(Hanzi="合作", CardRecognise="yes")["Definition"] == "to work together"
    mine = anki.note(Hanzi="弘扬", CardRecognise="yes")
    assert (mine["Extra1"], mine["Rendering"]) == ("my own mnemonic", "carry on")
    assert "mine" in mine.tags

    anki.take(build(changed, lock, now=2_000_000_000)[2])
    assert anki.imported["updated"] == 0


def test_a_mended_sentence_and_a_new_card_arrive_on_the_notes_that_are_there(anki):
    demo = lesson(ROWS[:4], TERMS)
    _, lock, data = build(demo, cards=CardChoice())
    anki.take(data)
    anki.review(3)
    before = anki.schedule()
    count = anki.col.note_count()
    mended = lesson((("上海 精神 也 是 合作 的 基础 。", *ROWS[0][1:]), *ROWS[1:4]), TERMS)
    anki.take(build(mended, lock, now=1_900_000_000, cards=CardChoice(term=("recognise", "recall")))[2])
    assert anki.imported["new"] == anki.imported["conflicting"] == 0
    assert anki.col.note_count() == count
    assert before.items() <= anki.schedule().items()
    assert anki.note(Hanzi="上海精神也是合作的基础。", CardRead="yes")
    assert len(anki.note(Hanzi="合作", CardRecognise="yes").cards()) == 2


def test_a_new_style_arrives_in_place(anki, monkeypatch):
    _, lock, data = build(DEMO)
    anki.take(data)
    monkeypatch.setattr(notetypes, "REVISION", notetypes.REVISION + 1)
    monkeypatch.setattr(package, "note_type", lambda kind: replace(note_type(kind), css=".card { color: #123456; }"))
    anki.take(build(DEMO, lock)[2])
    assert anki.imported == {"new": 0, "updated": 0, "duplicate": 13, "conflicting": 0}
    ours = [kind for kind in anki.col.models.all() if kind["name"].startswith("Flashcards")]
    assert [kind["css"] for kind in ours] == [".card { color: #123456; }"] * 3


def test_a_divided_deck_lies_in_its_subdecks(anki):
    data = build(DEMO, imprint=Imprint("Chinese::Demo", "kinds"))[2]
    anki.take(data)
    names = {deck.id: deck.name for deck in anki.col.decks.all_names_and_ids(skip_empty_default=True)}
    kinds = {(names[card.did], card.note_type()["name"]) for card in anki.cards()}
    assert kinds == {
        ("Chinese::Demo::1 Terms", "Flashcards term"),
        ("Chinese::Demo::2 Sentences", "Flashcards sentence"),
        ("Chinese::Demo::3 Clozes", "Flashcards cloze"),
    }
    assert set(names.values()) == {"Chinese", "Chinese::Demo", *(name for name, _ in kinds)}
    assert "CC-CEDICT" in anki.col.decks.by_name("Chinese::Demo")["desc"]
    anki.col.decks.select(anki.col.decks.id("Chinese::Demo"))
    assert anki.col.sched.getCard().note_type()["name"] == "Flashcards term"


@pytest.mark.parametrize("tones", ["pleco", "mdbg"])
def test_tones_stand_on_every_character_with_pinyin_and_nothing_else_changes(anki, tones):
    anki.take(build(DEMO, cards=replace(EVERY_CARD, tones=tones))[2])
    front, back = anki.sides(anki.note(Hanzi="上海精神", CardRecognise="yes").cards()[0])
    assert "class=\"t" not in front
    assert f'class="headword {tones}"' in back
    ruby = '<span class="t4"><ruby><rb>上</rb><rt>shàng</rt></ruby></span>'
    assert ruby in back
    for card in anki.cards():
        if card.template()["name"] in ("Read", "Cloze"):
            front, back = anki.sides(card)
            assert card.note()["Hanzi"] in plain(back)
            assert "[" not in plain(front).replace("[...]", "")


def test_two_decks_never_overwrite_each_other(anki):
    anki.take(build(DEMO)[2])
    anki.take(build(lesson(ROWS, TERMS, deck_id="other", title="Other"))[2])
    assert anki.imported["new"] == 13
    assert not anki.col.db.list("select csum from notes group by mid, csum having count(*) > 1")
    assert {deck.name for deck in anki.col.decks.all_names_and_ids(skip_empty_default=True)} == {"示例 Demo", "Other"}


def test_the_same_bytes_on_any_day_and_in_any_folder(tmp_path, monkeypatch):
    _, lock, data = build(DEMO, now=1)
    monkeypatch.chdir(tmp_path)
    elsewhere = lesson(ROWS, TERMS, source="C:\\lessons\\demo.md")
    deck, same, again = build(elsewhere, lock, now=1_999_999_999)
    assert again == data == build(DEMO)[2]
    assert same == lock
    assert all(entry.date_time[0] == 1980 for entry in zipfile.ZipFile(io.BytesIO(again)).infolist())
    assert deck.notes


def test_only_packing_needs_genanki():
    code = "import sys, flashcards.cards.deck, flashcards.cards.check; assert 'genanki' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_media_arrive(anki, tmp_path):
    sound = tmp_path / "hz-12ab.mp3"
    sound.write_bytes(b"sound")
    _, _, data = build(DEMO, audio=lambda _: {"合作": sound})
    anki.take(data)
    assert Path(anki.col.media.dir(), sound.name).read_bytes() == b"sound"
    card = anki.note(Hanzi="合作", CardListen="yes").cards()[2]
    assert [tag.filename for tag in card.render_output().question_av_tags] == [sound.name]
    assert check_package(data, "demo.apkg", NOW) == ()


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[sound:x.mp3]",
    "[anki:tts lang=en_US]x[/anki:tts]",
    "[latex]x[/latex]",
    "[$]x[/$]",
    r"\(x\)",
    r"\[x\]",
    "{{c1::x}}",
    "{{Hanzi}}",
    "a::b",
    "]",
    "[1]",
    "&amp;",
    "a<b & c>d",
    "}}",
    "{",
    "🐼",
    "\u202egnp.exe",
    "\x1f\x00",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_stands_in_a_text_stays_visible_and_does_nothing(anki, text):
    word = text.replace(" ", "␣")
    english = f"Cooperation {text} is good {text}"
    terms = (("合作", "Cooperation", f"to {text}", 3), (word, "", text, 0))
    _, _, data = build(lesson(((f"{word} 合作 {word} 好 {word} 。", english, 1.0),), terms, title=f"Title {text}"))
    anki.take(data)
    assert anki.imported["conflicting"] == 0
    assert check_package(data, "x.apkg", NOW) == ()

    shown = re.sub("[\x00-\x1f\u202e]", "", text)
    cards = [card for card in anki.cards() if "合作" in card.note()["Hanzi"]]
    assert {card.template()["name"] for card in cards} >= {"Recognise", "Read", "Produce"}
    for card in cards:
        front, back = anki.sides(card)
        assert f"Cooperation {shown} is good {shown}" in plain(back)
        assert not re.search(r"<script|<img|latex>|anki-mathjax|\\\(|\\\[|\[sound:|\[latex\]|\[anki:tts", front + back)
        output = card.render_output()
        assert all(hasattr(tag, "field_text") for tag in (*output.question_av_tags, *output.answer_av_tags)), "no file"
        if card.template()["name"] in ("Read", "Cloze"):
            assert f"{shown}合作{shown}好{shown}。" in plain(back)


def plain(side):
    """The text that a learner sees, without pinyin."""
    return html.unescape(re.sub("<rt>.*?</rt>|<[^>]*>", "", side))


PINNED = "the ids by which learners' Anki knows the note types; a change of one makes every deck arrive twice"


def test_ids_of_note_types_are_fixed_for_ever(anki):
    anki.take(build(DEMO)[2])
    fields = {kind: [field["id"] for field in anki.col.models.get(note_type(kind).id)["flds"]] for kind in KINDS}
    sums = [(len(set(ids)), sum(ids) % 10**9) for ids in fields.values()]
    assert sums == [(28, 571221256), (21, 226659810), (18, 992735600)], PINNED
    assert {kind: note_type(kind).id for kind in KINDS} == {
        "term": 451811391307913,
        "sentence": 462235185158211,
        "cloze": 424813700062669,
    }, PINNED
    assert [card.id for kind in KINDS for card in note_type(kind).cards] == [
        348153307606965, 408463488763901, 438795284896420, 328554537861400,
        508483730565116, 516299179346399, 557593124823746,
        561227771919031,
    ], PINNED  # fmt: skip
    for kind in KINDS:
        assert note_type(kind).fields[0] == "Key"
    assert [note_type(kind).fields[-5:] for kind in KINDS] == [
        ("Extra1", "Extra2", "Spoken", "Look", "Parts"),
        ("Extra1", "Extra2", "Spoken", "Look", "Extra5"),
        ("Extra1", "Extra2", "Spoken", "Look", "Extra5"),
    ]
