"""Every card, front and back, as Anki's reviewers show it: nothing sticks out, all can be read, the fonts are right.

With FLASHCARDS_PHOTOGRAPHS=DIR the pictures are written there, to be looked at.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

from flashcards.__main__ import run
from flashcards.model import HAN, Gloss, Rendering
from tests import reviewer
from tests.anki_collection import Anki
from tests.conftest import ROOT

from .conftest import EVERY_CARD, build
from .lessons import ROWS, TERMS, TRADITIONAL, lesson, word

LOOK = Path(__file__).with_name("look.js").read_text("utf-8")
PHOTOGRAPHS = os.environ.get("FLASHCARDS_PHOTOGRAPHS")
VIEWS = ((360, False), (1200, True), *(((360, True), (1200, False)) if PHOTOGRAPHS else ()))
"""Widths of the window, and whether it is night. That changes colours alone, so each is seen with one of the others."""

NAMES = ("Recognise", "Recall", "Listen", "Write", "Read", "Hear", "Produce", "Cloze")
GENERIC = {"serif", "sans-serif", "monospace", "system-ui", "-apple-system", "BlinkMacSystemFont"}
SUITED = {"zh-Hans": r"SC|GB|YaHei|WenQuanYi|WenKai$", "zh-Hant": r"TC|JhengHei"}
"""How fonts are called that draw hanzi as they are written where that script is."""
LONGEST_WORD = 10
"""Hanzi in a word of the dictionary, but for a few."""
TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"

URL = "https://www.example.org/" + "a-very-long-address/" * 6
WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
LONG = "中国 人民 需要 安全 和 合作 ， 也 要 坚持 发展 传统 文化 ， 弘扬 上海 精神 的 大 家 共同 安全 "
NASTY = (
    (LONG * 4 + "。", "A very long sentence. " * 12 + WORD, 1.0),
    ("人民大会堂传统文化上海精神安全合作发展中国家 。", "One word of twenty-one characters.", 1.0),
    ("双 人 床 装 双 床 女 装 双 双 床 女 装 双人床 双双 装 。", "The widest syllables, one word each.", 1.0),
    (f"坚持 {URL} 安全 。", f"See {URL} and {WORD}.", 1.0),
    ("好 <script>alert(1)</script> {{c1::x}} [1] 安全 合作 。", "Good </div></style><img src=x> [sound:x.mp3]", 1.0),
    ("家 。", "Home.", 1.0),
)  # fmt: skip
HARD_TERMS = (
    ("人民 大会堂 传统 文化 上海 精神 安全 合作 发展 中 国家", "", "what has twenty characters and more", 0),
    ("人民大会堂传统文化", "", WORD, 0),
    ("安全", "", "to be safe " * 12, 3),
    ("合作", "", "to cooperate", 3),
    ("双人床", "", "double bed", 5),
    ("<script>alert(1)</script>", "", "</div></style> &amp; {{Hanzi}}", 0),
    ("女", "", f"{URL}", 1),
)


def nasty():
    """A lesson whose texts are as bad as texts get."""
    made = english(lesson(NASTY, HARD_TERMS, deck_id="nasty", source="/" + "long-name-" * 12 + ".docx"))
    long, _, safe, together, *_ = made.terms
    senses = tuple(f"sense {n}: to keep something from harm in one of many ways" for n in range(40))
    parts = tuple(Gloss(w.text, w.pinyin, "what this part means by itself") for w in long.words)
    renderings = tuple(
        Rendering(((0, 1),), f"{text} of all the peoples of the region and beyond", text, safe.pair_ids[0], 0.99)
        for text in ("lasting and comprehensive security", "common safety and protection", f"safeguarding {WORD}")
    )
    changed = (
        replace(long, parts=parts), made.terms[1], replace(safe, senses=senses, renderings=renderings),
        replace(together, senses=senses), *made.terms[4:],
    )  # fmt: skip
    return replace(made, terms=changed)


def traditional():
    """A lesson in traditional characters, whose cards say how they are written in simplified ones."""
    simplified = {traditional: plain for plain, traditional in TRADITIONAL.items()}
    rows = [(zh.translate(TRADITIONAL), en, sure) for zh, en, sure in ROWS]
    terms = [(zh.translate(TRADITIONAL), *rest) for zh, *rest in TERMS]
    made = lesson(rows, terms, deck_id="traditional")

    def mended(words):
        return tuple(replace(word(w.text.translate(simplified)), text=w.text, traditional=w.text) for w in words)

    return replace(
        made,
        words=tuple(map(mended, made.words)),
        terms=tuple(replace(term, words=mended(term.words)) for term in made.terms),
    )


MEANINGS = {"安全": "safe; secure; safety", "发展": "to develop; development " * 6, "上海": "Shanghai"}


def english(lesson):
    """The lesson with senses that are English alone, as the dictionary's are."""
    terms = (replace(term, senses=(term.definition, "another sense") * bool(term.senses)) for term in lesson.terms)
    return replace(lesson, terms=tuple(terms))


class Deck(NamedTuple):
    name: str
    anki: Anki


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Deck, ...]]:
    """Anki's collections, one for each deck."""
    pytest.importorskip("anki.collection")
    alone = lesson([(zh, "", 1.0) for zh, *_ in (*ROWS[:2], NASTY[0])], (), deck_id="alone")
    packages = {
        "demo": build(english(lesson(ROWS, TERMS)))[2],
        "nasty": build(nasty())[2],
        "traditional": build(english(traditional()), script="zh-Hant")[2],
        "toned": build(english(traditional()), script="zh-Hant", cards=replace(EVERY_CARD, tones="pleco"))[2],
        "shown": build(nasty(), cards=replace(EVERY_CARD, tones="mdbg", pinyin_shown=True))[2],
        "alone": build(alone, meanings=MEANINGS)[2],
        "speech": speech(tmp_path_factory.mktemp("speech")),
    }
    made = []
    for name, package in packages.items():
        made.append(Deck(name, Anki(tmp_path_factory.mktemp(name))))
        made[-1].anki.take(package)
    yield tuple(made)
    for deck in made:
        deck.anki.col.close()


def speech(folder: Path) -> bytes:
    """The deck of corpus/speech.md with every kind of card."""
    recipe = (ROOT / "decks" / "speech.toml").read_text("utf-8").replace("../corpus", (ROOT / "corpus").as_posix())
    every = {"term": '"recognise", "recall", "listen", "write"', "sentence": '"read", "listen", "produce"'}
    for kind, cards in every.items():
        recipe = re.sub(rf"(?m)^{kind} = \[.*\]$", f"{kind} = [{cards}]", recipe)
    (folder / "speech.toml").write_text(recipe, "utf-8")
    assert run(["build", str(folder / "speech.toml"), "--only", "deck", "-q"]) == 0
    return (folder / "speech" / "speech.apkg").read_bytes()


@pytest.fixture(scope="module")
def camera() -> Iterator[reviewer.Camera]:
    pytest.importorskip("playwright.sync_api")
    if shutil.which("chromium") is None:
        pytest.skip("no chromium: apt-get install chromium")
    if find_spec("_aqt") is None:
        pytest.skip("no package aqt, which has the style sheets of Anki's reviewer: pip install --no-deps aqt")
    if "Noto Sans CJK SC" not in fonts():
        pytest.skip("no Chinese font: apt-get install fonts-noto-cjk")
    with reviewer.camera() as camera:
        yield camera


@cache
def fonts() -> dict[str, list[range]]:
    """The characters of every installed family, as ranges of code points."""
    if shutil.which("fc-list") is None:
        return {}
    done = subprocess.run(["fc-list", "--format", "%{family}|%{charset}\n"], capture_output=True, text=True, check=True)
    found: dict[str, list[range]] = {}
    for line in done.stdout.splitlines():
        families, _, characters = line.partition("|")
        bounds = [[int(code, 16) for code in each.split("-")] for each in characters.split()]
        for family in families.split(","):
            found.setdefault(family, []).extend(range(each[0], each[-1] + 1) for each in bounds)
    return found


@cache
def has(family: str, character: str) -> bool:
    return any(ord(character) in each for each in fonts().get(family, ()))


def misdrawn(text: str, stack: str, lang: str, ruby: bool, used: frozenset[str]) -> Iterator[str]:
    """What is wrong with the families that draw a text whose style names those of `stack`."""
    families = [family.strip("\"' ") for family in stack.split(",")]
    named = [family for family in families if family not in GENERIC and family in fonts()]
    characters = set(re.sub(r"\s", "", text))
    wanted = {next((family for family in named if has(family, c)), "") for c in characters}
    if not all(any(has(family, c) for family in used) for c in characters):
        yield f"no glyph in {set(used)}"
    if used - wanted and families[0] not in GENERIC:    # of what is the system's own nothing is known
        yield f"drawn by {set(used)}, not by {wanted}"
    if re.search(f"[{HAN}]", text) and not any(re.search(SUITED.get(lang, "$^"), family) for family in used):
        yield f"Chinese drawn by {set(used)} where the language is {lang!r}"
    if ruby and any(has(family, "中") for family in used):
        yield f"pinyin by a Chinese font, {set(used)}"
    if any(c in text for c in TONES) and (len(used) != 1 or not all(has(*used, c) for c in TONES)):
        yield f"pinyin by {set(used)}"


def name_of(card) -> str:
    """The template's name; "Hear" for a sentence's Listen."""
    name = card.template()["name"]
    return "Hear" if name == "Listen" and card.note_type()["name"].endswith("sentence") else name


def chosen(decks, name):
    """The cards of a template: all that are nasty, of the others the shortest, the middle one and the longest."""
    for deck in decks:
        cards = [card for card in deck.anki.cards() if name_of(card) == name]
        cards.sort(key=lambda card: len(card.render_output().answer_text))
        if deck.name != "nasty":
            cards = list(dict.fromkeys((*cards[:1], *cards[len(cards) // 2 :][:1], *cards[-1:])))
        yield from ((f"{deck.name}-{i}", card) for i, card in enumerate(cards))


def photograph(camera: reviewer.Camera, folder: str, *names: object) -> None:
    if PHOTOGRAPHS:
        camera.take(Path(PHOTOGRAPHS, folder, "-".join(map(str, names)) + ".png"))


@pytest.mark.parametrize("name", NAMES)
def test_cards_can_be_read_and_keep_within_the_window(name, camera, decks):
    problems = []
    for which, card in chosen(decks, name):
        for side in ("front", "back"):
            for width, night in VIEWS:
                page = reviewer.page(card, side, reviewer.desktop(), night=night, typed="安全發")
                where = [which, name, side, width, *(["night"] * night)]
                problems += [f"{where}: {each}" for each in looked_at(camera, page, width, night, where)]
    assert not problems, "\n".join(problems)


SEEN: dict[tuple[str, int], list[str]] = {}
"""What was wrong with a page at a width: the backs of a note's cards are alike but for the card's number."""
DRAWN: dict[tuple[str, str, str, bool], list[str]] = {}
"""What was wrong with how a text of such a style was drawn."""


def looked_at(camera, page, width, night, where) -> list[str]:
    """What is wrong with the page, as it comes and with all opened that can be opened."""
    key = re.sub(r"\bcard\d+\b", "", page), width
    if key in SEEN and not PHOTOGRAPHS:
        return SEEN[key]
    found = SEEN[key] = []
    camera.show(page, width)
    for state in ("closed", "open"):
        if state == "open" and not camera.tap():
            break
        look = camera.page.evaluate(LOOK)
        problems = [*look["problems"], *(fonts_of(camera, look["texts"]) if (width, night) == VIEWS[0] else ())]
        found += [f"{state}: {each}" for each in problems]
        photograph(camera, where[1], *where, state)
    return found


def fonts_of(camera, texts) -> Iterator[str]:
    """What is wrong with the fonts of the texts on the page."""
    numbered = camera.texts()
    assert [text["text"] for text in texts] == [text for text, _ in numbered]
    for text, (_, number) in zip(texts, numbered, strict=True):
        key = text["text"], text["stack"], text["lang"], text["ruby"]
        if text["visible"] and key not in DRAWN:
            DRAWN[key] = list(misdrawn(*key, camera.families(number)))
        yield from (f"{problem}: {text['text'][:40]!r}" for problem in DRAWN.get(key, ()))


PROGRAMS = ("desktop", "AnkiDroid", "AnkiMobile")
OWN = """() => {
  const style = getComputedStyle(document.body), probe = document.body.appendChild(document.createElement("i"));
  const own = ["--paper", "--ink"].map((name) => (probe.style.color = `var(${name})`, getComputedStyle(probe).color));
  probe.remove();
  return [style.backgroundColor, style.color, ...own];
}"""


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_program_shows_the_colours_of_day_and_night_that_are_ours(program, camera, decks):
    shown = {"AnkiDroid": reviewer.ANKIDROID, "AnkiMobile": reviewer.ANKIMOBILE}.get(program) or reviewer.desktop()
    grounds = {False: set(), True: set()}
    for name in NAMES:
        which, card = next(iter(chosen(decks, name)))
        for side in ("front", "back"):
            for night in (False, True):
                camera.show(reviewer.page(card, side, shown, night=night), 360)
                assert not camera.page.evaluate(LOOK)["problems"]
                ground, ink, paper, own = camera.page.evaluate(OWN)
                assert (ground, ink) == (paper, own)
                grounds[night].add(ground)
                photograph(camera, program, which, name, side, *(["night"] * night))
    assert [len(each) for each in grounds.values()] == [1, 1]
    assert grounds[False] != grounds[True]


def test_a_word_shows_its_pinyin_alone_when_pointed_at(camera, decks):
    pointed = 0
    for _, card in chosen([deck for deck in decks if deck.name == "nasty"], "Read"):
        camera.show(reviewer.page(card, "front", reviewer.desktop()), 360)
        for ruby in camera.page.query_selector_all("ruby")[:16]:
            if len(ruby.query_selector("rb").text_content()) > LONGEST_WORD:
                continue
            ruby.hover()
            look = camera.page.evaluate(LOOK)
            shown = [text["text"] for text in look["texts"] if text["ruby"] and text["visible"]]
            assert shown == [ruby.query_selector("rt").text_content()]
            assert not [each for each in look["problems"] if not each.startswith("overlap")]    # with the line above
            pointed += 1
    assert pointed > 20
