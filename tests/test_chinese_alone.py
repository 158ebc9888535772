"""A text in Chinese alone still gives a lesson, and a learner loses nothing when its English comes later."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flashcards import build
from flashcards.__main__ import run
from flashcards.cards import Lock, pack
from flashcards.cards.lock import likeness
from flashcards.lexicon import Lexicon
from flashcards.model import Deck, Lesson, PairCorrection, TermCorrection
from flashcards.recipe import Cards, Recipe
from tests.anki_collection import Anki
from tests.cards.test_lock import About
from tests.layouts.writers import WRITERS
from tests.lesson_text import GoldBead, LessonText, Paragraph, load

ROOT = Path(__file__).parent.parent
TOOLS = Path(os.environ.get("FLASHCARDS_TOOLS", ROOT.parent / "shared" / "tools"))
EVERY_CARD = Cards(("recognise", "recall", "listen", "write"), ("read", "listen", "produce"))
TEA = load("tea")
ALONE = LessonText(
    tuple(
        Paragraph(paragraph.kind, tuple(GoldBead(bead.zh, ()) for bead in paragraph.beads if bead.zh))
        for paragraph in TEA.paragraphs
    )
)
SENTENCES = [sentence for bead in ALONE.beads for sentence in bead.zh]


def text_of(lesson: LessonText) -> str:
    """The text as paragraphs, the Chinese of each before its English if it has any."""
    both = [paragraph.text(lang) for paragraph in lesson.paragraphs for lang in ("zh", "en")]
    return "\n\n".join(filter(None, both)) + "\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "tea.txt"
    path.write_text(text_of(ALONE), encoding="utf-8")
    return path


def lesson_of(path: Path, lexicon: Lexicon, recipe: Recipe | None = None) -> Lesson:
    return build.lesson_of([path], recipe or Recipe("tea", (str(path),)), lexicon)


def fields(deck: Deck, kind: str) -> list[dict[str, str]]:
    return [dict(note.fields) for note in deck.notes if note.kind == kind]


# --- The lesson -----------------------------------------------------------------------------------------------------

ONE_LAYOUT_A_FORMAT = (
    "txt paragraphs, Chinese first", "txt wrapped at 60 columns", "txt GB 18030", "md table of beads", "md two files",
    "html paragraphs, Chinese first", "epub chapters", "docx paragraphs, Chinese first", "xlsx table of beads",
    "csv table of beads", "tmx units", "xlf 1.2 units", "xlf 2.0 units", "srt Chinese above English, cues", "vtt cues",
    "ass cues", "pdf one column, Chinese first",
)  # fmt: skip


@pytest.mark.parametrize("layout", ONE_LAYOUT_A_FORMAT)
def test_every_format(layout: str, tmp_path: Path, lexicon: Lexicon) -> None:
    files = WRITERS[layout](ALONE)
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    recipe = Recipe("tea", tuple(files))
    lesson = build.lesson_of([tmp_path / name for name in files], recipe, lexicon, with_terms=False)
    assert [(pair.zh, pair.en) for pair in lesson.pairs] == [(sentence, "") for sentence in SENTENCES]
    assert ["".join(word.text for word in words) for words in lesson.words] == SENTENCES
    assert (lesson.chinese_alone, lesson.omissions) == (True, ())


LABELS = {
    "a name in a heading": ("WTO\n\n", ["中国加入世界贸易组织已经二十年了。", "从那以后，我们的对外贸易增长得很快。"]),
    "a byline and an address": ("By Li Ming\n\nwww.example.org\n\n", SENTENCES),
    "an English title": ("Grandma's Tea Hill\n\n", SENTENCES),
}


@pytest.mark.parametrize(("labels", "sentences"), LABELS.values(), ids=LABELS)
def test_a_few_english_words_are_no_translation(
    labels: str, sentences: list[str], tmp_path: Path, lexicon: Lexicon
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(labels + "\n\n".join(sentences), encoding="utf-8")
    lesson = lesson_of(path, lexicon)
    assert lesson.chinese_alone
    assert sum(not pair.en for pair in lesson.pairs) >= len(sentences) - 2


def test_a_sentence_that_a_translation_leaves_out_is_still_no_pair(tmp_path: Path, lexicon: Lexicon) -> None:
    first, *others = TEA.paragraphs
    kept = LessonText((first, *ALONE.paragraphs[1:3], *others[2:]))
    path = tmp_path / "tea.txt"
    path.write_text(text_of(kept), encoding="utf-8")
    lesson = lesson_of(path, lexicon)
    assert (lesson.chinese_alone, all(pair.en for pair in lesson.pairs)) == (False, True)
    assert lesson.omissions


def test_terms_are_explained_by_the_dictionary_or_a_human(source: Path, lexicon: Lexicon) -> None:
    recipe = Recipe(
        "tea",
        (str(source),),
        key_terms=20,
        terms=(TermCorrection("外婆的茶山", add=True), TermCorrection("茶山", render="tea hill")),
    )
    terms = {term.text: term for term in lesson_of(source, lexicon, recipe).terms}
    assert 20 < len(terms) <= 22    # the best twenty, and what a human named
    assert terms.pop("外婆的茶山").definition == ""
    assert [rendering.citation for rendering in terms.pop("茶山").renderings] == ["tea hill"]
    assert all(term.definition and not term.renderings for term in terms.values())


def test_a_human_translates_one_sentence(source: Path, lexicon: Lexicon) -> None:
    english = "Last April I went back with my mother to her hometown for the first time."
    recipe = Recipe("tea", (str(source),), pairs=(PairCorrection(replace="去年四月", en=english),))
    lesson = lesson_of(source, lexicon, recipe)
    assert [pair.en for pair in lesson.pairs if pair.en] == [english]
    assert len(lesson.pairs) == len(SENTENCES)
    facts = build.alignment(lesson, 0.8)
    assert (facts["pairs"], facts["untranslated"], facts["omissions"]) == (1, len(SENTENCES) - 1, 0)


# --- The command line -----------------------------------------------------------------------------------------------


def test_build_says_what_the_english_would_add(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = source.parent / "out"
    assert run(["build", str(source), "--out", str(out), "--strict"]) == 0
    printed, told = capsys.readouterr()
    assert [line.split()[1] for line in printed.splitlines()[1:4]] == ["sentences", "terms", "cards"]
    assert "    40 sentences  without English\n" in printed
    assert "The text has no English; its English would add translations on the cards" in printed
    assert told == ""
    assert {path.name for path in out.iterdir() if not path.name.startswith(".")} == {
        "glossary.pdf", "pairs.tsv", "report.html", "tea.apkg", "tea.lock", "terms.tsv",
    }  # fmt: skip
    rows = [line.split("\t") for line in (out / "pairs.tsv").read_text("utf-8").splitlines()[1:]]
    assert [(zh, en) for zh, en, _ in rows] == [(sentence, "") for sentence in SENTENCES]
    assert run(["build", str(source), "--out", str(out), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert (facts["untranslated"], facts["pairs"], facts["omissions"], facts["questions"]) == (40, 0, 0, 0)
    assert facts["english_would_add"].startswith("translations on the cards")


def test_the_findings_say_so_too(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["terms", str(source), "-v"]) == 0
    told = capsys.readouterr().err
    assert "info: the text is in Chinese alone (its English would add " in told
    assert "no translation found" not in told


def test_a_quiz_needs_the_english(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quiz", str(source)]) == 3
    assert "the text is in Chinese alone, and a blank has one right answer only beside" in capsys.readouterr().err


def test_align_writes_a_table_to_be_filled_in(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = source.parent / "pairs.docx"
    assert run(["align", str(source), "-o", str(table)]) == 0
    assert "the text is in Chinese alone: 40 sentences; 0 pairs" in capsys.readouterr().err
    assert run(["align", str(table), "--json"]) == 0
    assert [json.loads(line)["zh"] for line in capsys.readouterr().out.splitlines()] == [[s] for s in SENTENCES]
    assert run(["align", str(source), "-o", str(source.parent / "pairs.tmx")]) == 3
    assert "no sentence has a translation" in capsys.readouterr().err


def test_a_recipe(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(source.parent)
    assert run(["new", "tea.txt"]) == 0
    assert run(["check", "tea.toml"]) == 0
    assert run(["build", "tea.toml", "--split", "clauses", "-q", "--strict"]) == 0
    assert (source.parent / "tea.lock").exists()
    capsys.readouterr()


@pytest.mark.parametrize(
    ("text", "cards"),
    [("中国加入了WTO。", {"term": 2}), ("好。", {}), ("臺灣的茶文化歷史悠久，人們喜歡在茶館裡聊天。", None)],
)
def test_short_texts_from_a_pipe(text: str, cards: dict[str, int] | None, tmp_path: Path) -> None:
    program = [sys.executable, "-m", "flashcards", "build", "-", "--json", "--strict"]
    done = subprocess.run(program, input=text.encode(), capture_output=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    facts = json.loads(done.stdout)
    assert facts["untranslated"] == 1
    assert cards is None or facts["cards"] == cards
    assert (tmp_path / "stdin" / "stdin.apkg").exists()


# --- The cards ------------------------------------------------------------------------------------------------------


def test_no_card_asks_from_english_that_is_not_there(source: Path, lexicon: Lexicon) -> None:
    recipe = Recipe("tea", (str(source),), cards=EVERY_CARD)
    deck, _ = build.make_deck(lesson_of(source, lexicon, recipe), recipe, lexicon, Lock(), 0)
    assert {(note.kind, note.cards) for note in deck.notes} == {
        ("term", ("recognise", "recall", "listen", "write")),    # the dictionary's English asks there
        ("sentence", ("read", "listen")),
    }
    assert all(note["Definition"] and not note["SentenceEnglish"] for note in fields(deck, "term"))


def test_a_sentence_shows_the_dictionarys_meanings_of_its_words(source: Path, lexicon: Lexicon, anki: Anki) -> None:
    recipe = Recipe("tea", (str(source),))
    lesson = lesson_of(source, lexicon, recipe)
    deck, lock = build.make_deck(lesson, recipe, lexicon, Lock(), 0)
    anki.take(pack(deck, lock))
    front, back = anki.sides(anki.note(Hanzi="采茶看起来容易，做起来很难。", CardRead="yes").cards()[0])
    assert '<span lang="zh-Hans">容易</span>' not in front
    assert '<br><span lang="zh-Hans">容易</span> easy' in back
    assert "<rt>róng yì" in back
    assert "no translation" in back


def test_the_deck_in_real_anki(source: Path) -> None:
    if not TOOLS.is_dir():
        pytest.skip(f"no deck check in {TOOLS}; set FLASHCARDS_TOOLS")
    assert run(["build", str(source), "--out", str(source.parent), "-q"]) == 0
    deck = str(source.parent / "tea.apkg")
    check = [sys.executable, str(TOOLS / "anki_check.py"), deck]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert run(["check", deck]) == 0


# --- The English comes later ----------------------------------------------------------------------------------------


def test_reviews_survive_when_the_english_is_added(source: Path, lexicon: Lexicon, anki: Anki) -> None:
    recipe = Recipe("tea", (str(source),))
    alone = lesson_of(source, lexicon, recipe)
    deck, lock = build.make_deck(alone, recipe, lexicon, Lock(), 1_700_000_000)
    anki.take(pack(deck, lock))
    anki.review(12)
    before = anki.schedule()

    source.write_text(text_of(TEA), encoding="utf-8")
    both = lesson_of(source, lexicon, recipe)
    zh = {pair.id: pair.zh for pair in alone.pairs}
    kept = [pair for pair in both.pairs if pair.id in zh]
    assert all(pair.zh == zh[pair.id] and pair.en for pair in kept)
    assert len(kept) > 0.8 * len(both.pairs)    # the others are two sentences in one
    later, lock = build.make_deck(both, recipe, lexicon, lock, 1_800_000_000)
    anki.take(pack(later, lock))
    assert anki.schedule() == before
    assert anki.imported["conflicting"] == 0
    ids, again = ({(note.kind, dict(note.fields)["Hanzi"]): note.id for note in each.notes} for each in (deck, later))
    both_times = ids.keys() & again.keys()
    assert len(both_times) >= 50
    assert all(ids[key] == again[key] for key in both_times)
    note = anki.note(Hanzi="采茶看起来容易，做起来很难。", CardRead="yes")
    assert note["English"].startswith("Picking tea looks easy")


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (("我是学生。", ""), ("我是老师。", ""), False),
        (("我们要弘杨精神。", ""), ("我们要弘扬精神。", ""), True),
        (("我们要弘杨精神。", ""), ("我们要弘扬精神。", "We carry it forward."), True),
        (("他笑了。", ""), ("他笑了。他走了。", "He laughed and left."), False),
    ],
)
def test_without_english_the_chinese_alone_says_which_note_is_which(
    before: tuple[str, str], after: tuple[str, str], same: bool
) -> None:
    one, other = (About(zh, zh, en) for zh, en in (before, after))
    assert (likeness(one, other) >= 0.75) is same
