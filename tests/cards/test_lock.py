"""A note keeps its identity, its time and its cloze numbers through whatever happens to the text."""

import json
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards.cards.lock import FIRST_TIME, Lock, content_hash, identify, number_clozes, read_lock, write_lock
from flashcards.errors import RecipeError
from flashcards.model import term_id

from .conftest import build
from .lessons import DEMO, ROWS, TERMS, lesson


@dataclass(frozen=True)
class About:
    """A subject."""

    id: str
    zh: str = ""
    en: str = ""
    kind: str = "sentence"


def abouts(*texts, kind="sentence"):
    return [About(term_id(zh), zh, en, kind) for zh, en in texts]


def known_again(lock, subjects, others=()):
    return identify(lock, subjects, {subject.zh for subject in subjects} | set(others))


def identities(lock):
    return {entry.zh: entry.identity for entry in lock.notes}


MENDED = [
    ("term", ("合座", "cooperation"), ("合作", "cooperation"), True),
    ("term", ("安全", "security"), ("安全感", "sense of security"), False),
    ("term", ("经济", "economy"), ("经济发展", "economic development"), False),
    ("term", ("成员国", "member states"), ("成员", "member"), False),
    ("sentence", ("你好！", "Hello!"), ("您好！", "Hello!"), True),
    ("sentence", ("我们要弘杨精神。", "We carry it on."), ("我们要弘扬精神。", "We carry it forward."), True),
    ("sentence", ("我是学生。", "I am a student."), ("我是老师。", "I am a teacher."), False),
    ("sentence", ("构建安全共同体", "Building security"), ("构建发展共同体", "Building prosperity"), False),
]


@pytest.mark.parametrize(("kind", "before", "after", "same"), MENDED, ids=[f"{b[0]}-{a[0]}" for _, b, a, _ in MENDED])
def test_a_vanished_note_passes_its_identity_only_to_itself_mended(kind, before, after, same):
    around = ("前面的话", "before"), ("后面的话", "after")
    old = known_again(Lock(), abouts(around[0], before, around[1], kind=kind))
    new = known_again(old, abouts(around[0], after, around[1], kind=kind))
    assert (identities(new)[after[0]] == term_id(before[0])) is same


def test_a_successor_is_looked_for_nearby_and_never_in_another_kind():
    rows = [(f"第{chr(0x4E00 + i)}句话完全不同{chr(0x5E00 + i)}", "x" * i) for i in range(30)]
    typo, mended = ("我们的错别子很少。", "few typos"), ("我们的错别字很少。", "few typos")
    old = known_again(Lock(), abouts(typo, *rows))
    far = known_again(old, abouts(*rows, mended))
    assert identities(far)[mended[0]] == term_id(mended[0])
    other = known_again(old, [*abouts(*rows), *abouts(mended, kind="cloze")])
    assert identities(other)[mended[0]] == term_id(mended[0])


def test_a_note_left_out_of_the_deck_while_its_text_still_stands_passes_nothing_on():
    old = known_again(Lock(), abouts(("安全合作", "security cooperation"), kind="term"))
    other = abouts(("安保合作", "security cooperation"), kind="term")
    assert identities(known_again(old, other, ["深化安全合作。"]))["安保合作"] == term_id("安保合作")
    assert identities(known_again(old, other))["安保合作"] == term_id("安全合作")


def test_a_sentence_that_only_gains_a_mark_is_the_same_one():
    old = known_again(Lock(), abouts(("世界怎么了", "What happened?")))
    new = known_again(old, abouts(("“世界怎么了？", "What happened?")))
    assert identities(new) == {"“世界怎么了？": term_id("世界怎么了")}


def test_the_most_alike_of_two_successors_inherits():
    old = known_again(Lock(), abouts(("我们要弘杨精神。", "a")))
    new = known_again(old, abouts(("我们不要弘扬精神了。", "a"), ("我们要弘扬精神。", "a")))
    assert identities(new)["我们要弘扬精神。"] == term_id("我们要弘杨精神。")
    assert identities(new)["我们不要弘扬精神了。"] == term_id("我们不要弘扬精神了。")


def test_a_mended_text_that_is_broken_again_and_then_stands_beside_its_mend():
    typo, mended = ("合座共赢", "win-win"), ("合作共赢", "win-win")
    lock = known_again(Lock(), abouts(typo))
    lock = known_again(lock, abouts(mended))
    assert identities(known_again(lock, abouts(typo))) == {typo[0]: term_id(typo[0])}
    both = known_again(lock, abouts(mended, typo))
    assert identities(both) == {mended[0]: term_id(typo[0]), typo[0]: term_id(typo[0]) + "-2"}


def test_a_vanished_note_stays_where_it_stood_and_comes_back_as_itself():
    a, b, c = ("甲甲甲", "one"), ("乙乙乙", "two"), ("丙丙丙", "three")
    old = known_again(Lock(), abouts(a, b, c))
    without = known_again(old, abouts(a, c))
    assert [entry.zh for entry in without.notes] == ["甲甲甲", "乙乙乙", "丙丙丙"]
    assert known_again(without, abouts(a, b, c)) == old


def test_the_time_moves_only_with_the_content():
    _, lock, _ = build(DEMO)
    assert {entry.time for entry in lock.notes} == {FIRST_TIME}
    changed = lesson(ROWS, (TERMS[0], ("合作", "cooperation", "to work together", 3), *TERMS[2:]))
    _, later, _ = build(changed, lock, now=1_800_000_000)
    assert {(e.kind, e.zh): e.time for e in later.notes if e.time != FIRST_TIME} == {("term", "合作"): 1_800_000_000}
    _, back, _ = build(DEMO, later, now=5)
    assert [e.time for e in back.notes if e.time != FIRST_TIME] == [1_800_000_001], "newer than what learners have"


def test_a_field_that_is_called_otherwise_is_no_change():
    note = build(DEMO)[0].notes[0]
    renamed = replace(note, fields=tuple((f"{name}2", text) for name, text in note.fields))
    emptied = replace(note, fields=tuple((name, "") for name, _ in note.fields))
    assert content_hash(renamed) == content_hash(note) != content_hash(emptied)


def test_a_text_that_moves_within_its_file_changes_no_content():
    moved = lesson((("你好 ！", "Hello!", 1.0), *ROWS), TERMS)
    _, lock, _ = build(DEMO)
    _, later, _ = build(moved, lock, now=1_800_000_000)
    assert {entry.time for entry in later.notes} == {FIRST_TIME}


def clozes(deck):
    return {note.id: dict(note.fields)["Text"] for note in deck.notes if note.kind == "cloze"}


def test_cloze_numbers_never_move_to_another_term():
    deck, lock, _ = build(DEMO)
    first = DEMO.pairs[0].id
    assert clozes(deck)[first].startswith("{{c1::上海[shàng hǎi]精神[jīng shén]}}是[shì]{{c2::合作[hé zuò]}}")
    without, lock, _ = build(lesson(ROWS, TERMS[1:]), lock)
    assert clozes(without)[first].startswith("上海[shàng hǎi]精神[jīng shén]是[shì]{{c2::合作[hé zuò]}}的[de]{{c3::")
    other = lesson(ROWS, (("精神", "Spirit", "", 0), *TERMS[1:]))
    assert "{{c4::精神[jīng shén]}}" in clozes(build(other, lock)[0])[first]
    again, _, _ = build(DEMO, lock)
    assert clozes(again) == clozes(deck)


def test_a_mended_sentence_keeps_its_guids_and_its_cloze_numbers():
    demo = lesson(ROWS[:4], TERMS)
    deck, lock, _ = build(demo)
    mended = lesson((("上海 精神 也 是 合作 的 基础 。", *ROWS[0][1:]), *ROWS[1:4]), TERMS)
    again, later, _ = build(mended, lock)
    assert clozes(again)[demo.pairs[0].id].startswith("{{c1::上海[shàng hǎi]精神[jīng shén]}}也[yě]是[shì]{{c2::")
    assert {(note.kind, note.id) for note in again.notes} == {(note.kind, note.id) for note in deck.notes}
    assert len(later.notes) == len(lock.notes)


def test_a_mended_term_keeps_its_cloze_number():
    english, spirit = "We carry forward the spirit.", ("精神", "spirit", "")
    typo = lesson((("我们 要 弘杨 精神 。", english, 1.0),), (("弘杨", "carry forward", ""), spirit))
    mended = lesson((("我们 要 弘扬 精神 。", english, 1.0),), (spirit, ("弘扬", "carry forward", "")))
    before, lock, _ = build(typo)
    after, _, _ = build(mended, lock)
    assert clozes(after).keys() == clozes(before).keys()
    assert "{{c1::弘扬[" in next(iter(clozes(after).values()))


def test_what_a_deck_teaches_now():
    deck, lock, _ = build(DEMO)
    assert lock.taught("term") == {dict(note.fields)["Hanzi"] for note in deck.notes if note.kind == "term"}
    assert lock.taught("sentence", "cloze") == {row[0].replace(" ", "") for row in (*ROWS[:3],)}
    _, lock, _ = build(lesson(ROWS, TERMS[1:]), lock)
    assert "上海精神" not in lock.taught("term")
    _, lock, _ = build(DEMO, lock)
    assert "上海精神" in lock.taught("term")


def test_the_lock_is_a_note_a_line_and_reads_back():
    _, lock, _ = build(DEMO)
    data = write_lock(lock)
    assert read_lock(data, "x.lock") == lock
    lines = data.decode().splitlines()
    assert len(lines) == len(lock.notes) + 2
    assert json.loads(lines[1].rstrip(","))["zh"] == "上海精神"
    assert read_lock(write_lock(Lock()), "x.lock") == Lock()


BROKEN = {
    "empty": b"",
    "cut": b'{"version": 1, "notes": [',
    "not UTF-8": b'{"version": 1, "notes": ["\xff"]}',
    "merge conflict": b'{"version": 1, "notes": [\n<<<<<<< HEAD\n]}',
    "wrong type": b'{"version": 1, "notes": [{"kind":"term","id":1,"identity":"a","zh":"","en":""}]}',
    "unknown kind": b'{"version": 1, "notes": [{"kind":"song","id":"a","identity":"a","zh":"","en":""}]}',
    "no time": b'{"notes": [{"kind":"term","id":"a","identity":"a","zh":"","en":"","time":99999999999}]}',
    "newer": b'{"version": 2, "notes": []}',
    "twice": b'{"version":1,"notes":[%s,%s]}' % ((b'{"kind":"term","id":"a","identity":"a","zh":"","en":""}',) * 2),
    "number twice": b'{"notes":[{"kind":"cloze","id":"a","identity":"a","zh":"","en":"","clozes":{"x":1,"y":1}}]}',
    "number 0": b'{"notes":[{"kind":"cloze","id":"a","identity":"a","zh":"","en":"","clozes":{"x":0}}]}',
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_lock_is_an_error_with_a_remedy(data):
    with pytest.raises(RecipeError, match=r"demo\.lock") as error:
        read_lock(data, "demo.lock")
    assert error.value.remedy


TEXTS = st.lists(st.text("我们要弘扬精神合作", min_size=1, max_size=6), unique=True, max_size=8)


@settings(derandomize=True, max_examples=150)
@given(st.lists(TEXTS, max_size=4))
def test_whatever_comes_and_goes_identities_are_unique_and_nothing_is_forgotten(versions):
    lock, seen = Lock(), {}
    for texts in versions:
        subjects = abouts(*((text, "") for text in texts), kind="cloze")
        lock = known_again(lock, subjects)
        lock = number_clozes(lock, {subject.id: [*subject.zh] for subject in subjects})
        assert known_again(lock, subjects) == lock, "a rebuild changes nothing"
        assert read_lock(write_lock(lock), "x.lock") == lock
        present = {entry.identity: entry for entry in lock.notes}
        assert seen.keys() <= present.keys()
        assert all(clozes.items() <= present[identity].clozes.items() for identity, clozes in seen.items())
        assert {subject.id for subject in subjects} <= {entry.id for entry in lock.notes}
        seen = {entry.identity: entry.clozes for entry in lock.notes}


def test_a_long_text_that_changes_everywhere_keeps_all_identities():
    rows = [(f"{chr(0x4E00 + 7 * i)}{chr(0x6E00 + 3 * i)}的第{chr(0x5E00 + i)}句话，", f"no. {i}") for i in range(300)]
    old = known_again(Lock(), abouts(*rows))
    new = known_again(old, abouts(*((zh.replace("，", ","), en) for zh, en in rows)))
    assert {entry.identity for entry in new.notes} == {entry.identity for entry in old.notes}
