"""Write docs/cli.md from the program's own help, or check with `--check` that it is fresh."""

import difflib
import os
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"
COMMANDS = ("build", "align", "terms", "cards", "report", "pinyin", "quiz", "new", "check", "push")
OPENING = """# Command line

Made from the program's own help by `python tools/cli_reference.py`; do not edit.

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 done with warnings under `--strict` (or mistakes
found by `check`), 2 wrong usage, 3 a source cannot be used, 4 a recipe or lock is broken, 6 a result cannot be
written, 70 a fault of the program, 130 interrupted.
"""


def _help(*command: str) -> str:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    program = [sys.executable, "-m", "flashcards", *command, "--help"]
    return subprocess.run(program, capture_output=True, text=True, check=True, env=environment).stdout.rstrip()


def page() -> str:
    """The whole reference as Markdown."""
    parts = [OPENING, f"## flashcards\n\n```text\n{_help()}\n```\n"]
    parts += [f"## flashcards {command}\n\n```text\n{_help(command)}\n```\n" for command in COMMANDS]
    return "\n".join(parts)


def main() -> int:
    """Write the page, or compare it."""
    fresh = page()
    if "--check" not in sys.argv:
        PAGE.write_text(fresh, "utf-8")
        return 0
    old = PAGE.read_text("utf-8") if PAGE.exists() else ""
    if old != fresh:
        sys.stdout.writelines(difflib.unified_diff(old.splitlines(True), fresh.splitlines(True), "old", "fresh"))
        print("docs/cli.md is not fresh: run python tools/cli_reference.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
