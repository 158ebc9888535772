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
