"""Accuracy on the gold data, by the scorers that come with it, through the command line as a user has it."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SPEECH = ROOT / "corpus" / "speech.md"
Row = dict[str, Any]


def _run(*arguments: str | Path, stdin: str | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], input=stdin, capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return done.stdout


def _flashcards(*arguments: str | Path, stdin: str | None = None) -> str:
    return _run("-m", "flashcards", *arguments, stdin=stdin)


def alignment(gold: Path, tools: Path) -> list[Row]:
    """Strict F1 on the speech, and the published F1 pooled over the documents of each development set."""
    scorer = tools / "score_pairs.py"
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "pairs.jsonl"
        _flashcards("align", SPEECH, "-q", "-o", found)
        score = json.loads(_run(scorer, gold / "speech.pairs.tsv", found))
        rows: list[Row] = [{"text": "speech", "strict F1": score["f1"], "right": score["right"], "gold": score["gold"]}]
        for name in ("pol-dev", "mac-dev"):
            whole = Path(folder) / f"{name}.tsv"
            beads = Path(folder) / f"{name}.jsonl"
            texts, results = [], []
            for path in sorted((gold / "align" / name).glob("*.pairs.tsv")):
                base = str(path).removesuffix(".pairs.tsv")
                _flashcards("align", base + ".zh.txt", base + ".en.txt", "--split", "lines", "-q", "-o", found)
                texts.append(path.read_text("utf-8"))
                results.append(found.read_text("utf-8"))
                found.unlink()
            whole.write_text("\n".join(texts), "utf-8")
            beads.write_text("".join(results), "utf-8")
            score = json.loads(_run(scorer, whole, beads))
            rows.append({"text": name, "published F1": score["published_f1"], "strict F1": score["f1"]})
    return rows


def terms(gold: Path, tools: Path) -> list[Row]:
    """Precision of the first terms and exactness of the renderings, on the speech and on a chapter of fiction."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        chapter = (gold / "align" / "mac-dev" / "06.pairs.tsv").read_text("utf-8").splitlines()
        pairs = [line.split("\t") for line in chapter if line and not line.startswith("#")][:110]
        sides = [Path(folder) / "chapter.zh.txt", Path(folder) / "chapter.en.txt"]
        for side, path in enumerate(sides):
            sentences = (s for pair in pairs if len(pair) > side and pair[side] for s in pair[side].split(" ¦ "))
            path.write_text("\n".join(sentences), "utf-8")
        for name, sources in (("speech", [SPEECH]), ("fiction", sides)):
            split = ["--split", "lines"] if name == "fiction" else []
            found = Path(folder) / "terms.jsonl"
            found.write_text(_flashcards("terms", *sources, *split, "--json", "-q"), "utf-8")
            rows.append({"text": name, **json.loads(_run(tools / "score_terms.py", gold / f"{name}.terms.tsv", found))})
    return rows


def readings(gold: Path, tools: Path) -> list[Row]:
    """Accuracy on marked polyphones."""
    scorer = tools / "score_readings.py"
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "readings.jsonl"
        for name in ("g2pl-dev", "cpp-dev"):
            base = gold / "readings" / name
            plain = Path(folder) / "plain.txt"
            plain.write_text(_run(scorer, "--strip", f"{base}.sent"), "utf-8")
            found.write_text(_flashcards("pinyin", plain, "--json"), "utf-8")
            rows.append({"text": name, **json.loads(_run(scorer, f"{base}.sent", f"{base}.lb", found))})
        made = gold / "readings" / "pairs-dev.tsv"
        lines = [line for line in made.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
        plain.write_text("\n".join(line.split("\t")[0] for line in lines), "utf-8")
        found.write_text(_flashcards("pinyin", plain, "--json"), "utf-8")
        rows.append({"text": "pairs-dev", **json.loads(_run(scorer, "--targets", made, found))})
    return rows
