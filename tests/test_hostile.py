"""A text full of what Anki, HTML and TeX would act on, through the whole program and into real Anki."""

import html
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flashcards.__main__ import run
from tests.anki_collection import Anki
from tests.test_reimport import EVERY_CARD, LESSON

TOOLS = Path(os.environ.get("FLASHCARDS_TOOLS", Path(__file__).parents[2] / "shared" / "tools"))
LIVE = re.compile(r"<script|<img|<style|latex>|anki-mathjax|\\\(|\\\[|\[sound:|\[latex\]|\[anki:tts")

HOSTILE = (
    "{{c1::", "{{c2::x::y}}", "}}", "{{Hanzi}}", "{{#CardRecall}}", "{{type:Hanzi}}", "{{tts zh_CN:Hanzi}}",
    "<%Hanzi%>", "[sound:x]", "[sound:../x.mp3]", "[anki:tts lang=en_US]x[/anki:tts]", "[[type:Hanzi]]",
    "[latex]x[/latex]", "[$]x[/$]", "[$$]x[/$$]", r"\(x\)", r"\[x\]", "$$x$$", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<style>*{display:none}</style>", "<!--", "-->", "]]>", "</div>", "<b",
    "a<b & c>d", "AT&T", "&amp;lt;", "&#123;", "::", "a::b", ":::", "[1]", "]", "手[shǒu]", "javascript:alert(1)",
    "x\u200by", "\u200d\u2060\ufeff", "\u202egnp.exe\u202c", "\u2067rtl\u2069", "שלום", "مرحبا", "🐼", "e\u0301",
    "\u001f", "\x7f", "\u2028", "\ufffe", "=1+1", "`code`", "~~~", "\\", "'\"", "%s%n", "{0}", "../../etc/passwd",
)  # fmt: skip
WORDS = ("茶馆", "宴会", "老板", "咖啡")


def hostile_lesson() -> str:
    """A lesson with something hostile in every sentence, and with lines of 10,000 characters."""
    parts = []
    for place, block in enumerate(LESSON.split("\n\n")):
        each = HOSTILE[4 + place // 2]
        parts.append(f"{block.rstrip()[:-1]} {each}{block.rstrip()[-1]}")
    for each in HOSTILE:
        parts += [f"The word {each} stands in the old book about tea.", f"{each}这个词在关于茶的老书里。"]
    parts += ["The tea is good. " * 600, "这茶很好。" * 2000, f"Tea {HOSTILE[0] * 1700}", f"茶{HOSTILE[0] * 1700}"]
    return "\n\n".join(parts) + "\n"


def hostile_recipe(source: str) -> str:
    """Every kind of card, and terms that have something hostile in them, or for their English."""
    corrections = []
    for place, each in enumerate(HOSTILE):
        text = "".join(f"\\u{ord(c):04x}" if c < "\U00010000" else c for c in each)
        corrections.append(f'add = true\ntext = "{text}这个词"\nrender = "the word {text}"\ndefine = "{text} {text}"\n')
        if place < len(WORDS):
            corrections.append(f'text = "{WORDS[place]}"\nrender = "{text} | x{text}y"\ndefine = "{text}"\n')
    head = f'id = "hostile"\ntitle = "{{{{c1::T}}}} <b> a::b [sound:x]"\nsources = ["{source}"]\n{EVERY_CARD}'
    return "\n[[terms]]\n".join((head, *corrections))


@pytest.fixture(scope="module", params=["lesson.md", "lesson.txt"])
def results(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, _cache: None) -> Path:
    """The folder of the results; in Markdown some of it is markup, and left out, in plain text all of it is text."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / request.param).write_bytes(hostile_lesson().encode())
    (folder / "lesson.toml").write_bytes(hostile_recipe(request.param).encode())
    assert run(["build", str(folder / "lesson.toml"), "-q"]) == 0
    return folder / "hostile"


def test_anki_finds_no_defect(results: Path) -> None:
    tool = TOOLS / "anki_check.py"
    if not tool.exists():
        pytest.skip(f"{tool} is not here; FLASHCARDS_TOOLS names its folder")
    check = [sys.executable, str(tool), str(results / "hostile.apkg")]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_our_own_check_finds_no_mistake(results: Path) -> None:
    assert run(["check", str(results / "hostile.apkg")]) == 0


def test_every_card_shows_its_text_and_does_nothing(results: Path, anki: Anki) -> None:
    anki.take((results / "hostile.apkg").read_bytes())
    names = set()
    for card in anki.cards():
        names.add((card.note_type()["name"], card.template()["name"]))
        front, back = anki.sides(card)
        output = card.render_output()
        assert shown(front) or output.question_av_tags
        assert shown(dict(card.note().items())["Hanzi"]) in shown(back)
        assert not LIVE.search(front + back)
        assert all(hasattr(tag, "field_text") for tag in (*output.question_av_tags, *output.answer_av_tags)), "no file"
    assert len(names) == 8
    (deck,) = anki.col.decks.all_names_and_ids(skip_empty_default=True)
    assert deck.name == "{{c1: T}} <b> a: b [sound:x]", "no subdeck"


def shown(side: str) -> str:
    """What a learner sees, without pinyin and spaces."""
    return re.sub(r"\s", "", html.unescape(re.sub(r"<rt>.*?</rt>|<[^>]*>", "", side)))


def test_pages_have_no_script_of_the_texts_own(results: Path) -> None:
    report = (results / "report.html").read_text("utf-8")
    assert "alert(1)" in report
    assert not re.search(r"<script>alert|<img|onerror=alert\(1\)>", report)
