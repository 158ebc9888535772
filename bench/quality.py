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


def run(*arguments: str | Path, stdin: str | None = None) -> str:
    """What a Python program prints."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], input=stdin, capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    return done.stdout


def run_flashcards(*arguments: str | Path, stdin: str | None = None) -> str:
    """What a command of ours prints."""
    return run("-m", "flashcards", *arguments, stdin=stdin)


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
            found.write_text(run_flashcards("terms", *sources, *split, "--json", "-q"), "utf-8")
            rows.append({"text": name, **json.loads(run(tools / "score_terms.py", gold / f"{name}.terms.tsv", found))})
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
            plain.write_text(run(scorer, "--strip", f"{base}.sent"), "utf-8")
            found.write_text(run_flashcards("pinyin", plain, "--json"), "utf-8")
            rows.append({"text": name, **json.loads(run(scorer, f"{base}.sent", f"{base}.lb", found))})
        made = gold / "readings" / "pairs-dev.tsv"
        lines = [line for line in made.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
        plain.write_text("\n".join(line.split("\t")[0] for line in lines), "utf-8")
        found.write_text(run_flashcards("pinyin", plain, "--json"), "utf-8")
        rows.append({"text": "pairs-dev", **json.loads(run(scorer, "--targets", made, found))})
    return rows
