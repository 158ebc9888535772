"""What the measures share: running scorers, and our own commands as a user runs them."""

import subprocess
import sys
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
