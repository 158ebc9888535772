"""The rooms keep to the import table of docs/architecture.md, and `--help` imports nothing heavy."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "flashcards"

ROOMS = {
    "model", "errors", "files", "markup", "ankiconnect", "recipe", "lexicon", "links", "readers", "text", "chinese",
    "align", "terms", "cards", "quizzes", "sheets", "tables", "report", "audio",
}  # fmt: skip
"""What the modules that compose them may import."""
TABLE: dict[str, set[str]] = {
    "__init__": set(),
    "model": set(),
    "errors": set(),
    "files": {"errors"},
    "markup": {"model"},
    "ankiconnect": {"model", "errors"},
    "recipe": {"model", "errors", "files"},
    "lexicon": {"model", "errors", "files"},
    "links": {"model", "lexicon"},
    "readers": {"model", "errors", "files", "text"},
    "text": {"model"},
    "chinese": {"model", "lexicon", "links"},
    "align": {"model", "lexicon", "links"},
    "terms": {"model", "lexicon", "links"},
    "cards": {"model", "errors", "files", "markup"},
    "quizzes": {"model", "errors", "lexicon", "links"},
    "sheets": {"model", "errors", "files", "markup"},
    "tables": {"model", "errors", "files", "markup"},
    "report": {"model", "lexicon", "links", "files", "markup"},
    "audio": {"model", "errors", "files"},
    "learner": ROOMS,
    "speaking": ROOMS,
    "build": {"learner", "speaking", *ROOMS},
    "decks": {"build", *ROOMS},
    "cli": {"build", "decks", *ROOMS},
    "__main__": {"cli", *ROOMS},
}
HEAVY = (
    "numpy", "jieba", "rjieba", "pypinyin", "genanki", "typst", "rich", "opencc", "markdown_it", "sqlite3", "aiohttp",
)  # fmt: skip


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> Iterator[str]:
    """The rooms that a module imports, inside functions too, and in the strings of tables of formats."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [node.module or ""]
            if node.module == "flashcards":
                names = [f"flashcards.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and ":" in node.value:
            names = [node.value.split(":")[0]]
        for name in names:
            if name.startswith("flashcards.") and name.replace(".", "").replace("_", "").isalnum():
                target = name.split(".")[1]
                if target != "__version__":
                    yield target


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_keep_to_the_table(path: Path) -> None:
    own = room(path)
    foreign = {target for target in imported_rooms(path) if target != own} - TABLE[own]
    assert not foreign, f"{own} may not import {sorted(foreign)}"


def test_every_room_is_in_the_table() -> None:
    rooms = {p.name.removesuffix(".py") for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert rooms == set(TABLE)


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from flashcards.__main__ import run\n"
        "run(['--help'])\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "build" in done.stdout
    assert done.stderr.strip() == "[]"
