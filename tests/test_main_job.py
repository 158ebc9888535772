"""The main job, whole: from the speech to a deck, a quiz and tables, and the same again tomorrow and elsewhere."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from flashcards.__main__ import run
from tests.anki_collection import Anki
from tests.text.test_speech import variant

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
TOOLS = Path(os.environ.get("FLASHCARDS_TOOLS", ROOT.parent / "shared" / "tools"))
FILES = ("speech.apkg", "quiz.pdf", "glossary.pdf", "pairs.tsv", "terms.tsv")

Project = Callable[[str], Path]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Makes a folder with the speech and its recipe as they are committed."""

    def make(name: str) -> Path:
        folder = tmp_path / name
        (folder / "decks").mkdir(parents=True)
        shutil.copytree(ROOT / "corpus", folder / "corpus")
        for file in ("speech.toml", "speech.lock"):
            shutil.copy(ROOT / "decks" / file, folder / "decks")
        return folder

    return make


def build(folder: Path) -> dict[str, bytes]:
    assert run(["build", str(folder / "decks" / "speech.toml"), "-q", "--strict"]) == 0
    results = {name: (folder / "decks" / "speech" / name).read_bytes() for name in FILES}
    return {**results, "lock": (folder / "decks" / "speech.lock").read_bytes()}


def test_the_same_bytes_on_another_day_and_in_another_folder(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build(project("one"))
    tomorrow = time.time() + 90_000
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    other = project("another folder")
    monkeypatch.chdir(other)
    assert build(other) == first
    assert first["lock"] == (ROOT / "decks" / "speech.lock").read_bytes()


def test_one_term_corrected_updates_one_note(project: Project, anki: Anki) -> None:
    folder = project("one")
    deck = folder / "decks" / "speech" / "speech.apkg"
    build(folder)
    anki.take(deck.read_bytes())
    recipe = folder / "decks" / "speech.toml"
    correction = '\n[[terms]]\ntext = "上海精神"\nrender = "the spirit of Shanghai"\n'
    recipe.write_text(recipe.read_text("utf-8") + correction, encoding="utf-8")
    build(folder)
    anki.take(deck.read_bytes())
    assert (anki.imported["new"], anki.imported["updated"], anki.imported["conflicting"]) == (0, 1, 0)


def beads(path: Path) -> list[tuple[str, str]]:
    """The beads of a gold table, or of our JSONL, without white space."""
    rows = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("{"):
            row = json.loads(line)
            rows.append(("".join(row["zh"]), "".join(row["en"])))
        elif line and not line.startswith("#"):
            zh, en = line.replace("¦", "").split("\t")
            rows.append((zh, en))
    return [(re.sub(r"\s", "", zh), re.sub(r"\s", "", en)) for zh, en in rows]


@pytest.mark.parametrize(
    ("how", "order"),
    [("as printed", "en-zh"), ("paragraph", "zh-en"), ("middle", "en-zh"), ("comma", "zh-en"), ("word", "en-zh")],
)
def test_all_64_beads(how: str, order: str, tmp_path: Path) -> None:
    source = ROOT / "corpus" / "speech.md"
    if how != "as printed":
        source = tmp_path / "speech.md"
        source.write_text(variant(how, tuple(order.split("-")), seed=1), "utf-8")  # type: ignore[arg-type]
    assert run(["align", str(source), "-o", str(tmp_path / "pairs.jsonl"), "-q"]) == 0
    assert beads(tmp_path / "pairs.jsonl") == beads(DATA / "speech.pairs.tsv")


def test_terms_and_their_renderings(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["terms", str(ROOT / "corpus" / "speech.md"), "--json", "-q"]) == 0
    found = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    gold = {}
    for line in (DATA / "speech.terms.tsv").read_text("utf-8").splitlines():
        term, renderings, _ = line.split("\t")
        gold[term] = {rendering.casefold() for rendering in renderings.split("|")} - {"—"}
    assert len(found) == 100
    assert sum(row["term"] in gold for row in found[:20]) >= 16
    assert sum(row["term"] in gold for row in found) >= 58
    rendered = [(gold[row["term"]], row["rendering"].casefold()) for row in found if gold.get(row["term"])]
    assert sum(rendering in right for right, rendering in rendered) / len(rendered) >= 0.62


def test_the_deck_in_real_anki(project: Project) -> None:
    if not TOOLS.is_dir():
        pytest.skip(f"no deck check in {TOOLS}; set FLASHCARDS_TOOLS")
    folder = project("one")
    build(folder)
    check = [sys.executable, str(TOOLS / "anki_check.py"), str(folder / "decks" / "speech" / "speech.apkg")]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert run(["check", str(folder / "decks" / "speech" / "speech.apkg")]) == 0


def test_the_sheet_reads_back(project: Project) -> None:
    folder = project("one")
    build(folder)
    document = pypdfium2.PdfDocument(folder / "decks" / "speech" / "quiz.pdf")
    pages = [page.get_textpage().get_text_range() for page in document]
    key = pages[-1]
    assert "答案" in key
    assert not any("答案" in page for page in pages[:-1])
    rows = re.findall(r"^(\d+)\s+([\u4e00-\u9fff]+)\s+(\S.*)$", key, re.MULTILINE)
    assert len(rows) >= 20
    for _, hanzi, rest in rows:
        assert any(hanzi in page for page in pages[:-1]), hanzi    # in a word bank
        assert re.match(r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü'A-Z]", rest), rest
    for page in pages:
        assert not [line for line in page.splitlines() if line[:1] and line[0] in "，。！？"]


def test_versions_ask_the_same_in_another_order(tmp_path: Path) -> None:
    out = tmp_path / "out"
    source = str(ROOT / "corpus" / "speech.md")
    assert run(["quiz", source, "--versions", "2", "--paper", "us-letter", "--out", str(out), "-q"]) == 0
    texts = []
    for name in ("quiz-A.pdf", "quiz-B.pdf"):
        document = pypdfium2.PdfDocument(out / name)
        assert document[0].get_size() == (612, 792)
        texts.append([page.get_textpage().get_text_range() for page in document])
    assert texts[0][0] != texts[1][0]
    # Each page has the title and the version at its head, and the versions need not have as many pages.
    asked = ["".join(line for page in text for line in page.splitlines() if "版本" not in line) for text in texts]
    assert sorted(re.findall(r"[\u4e00-\u9fff]", asked[0])) == sorted(re.findall(r"[\u4e00-\u9fff]", asked[1]))
