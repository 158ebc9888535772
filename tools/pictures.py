"""Make the README's pictures from what the program makes: docs/card.png and docs/sheet.png.

Needs the test extra (Anki renders the card), Chromium, and Poppler's pdftoppm.

    python tools/pictures.py decks/speech 命运共同体
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

DOCS = Path(__file__).parent.parent / "docs"
CARD = (380, 740)
PLAY = (
    '<a class="replay-button soundLink"><svg viewBox="0 0 64 64" width="34"><circle cx="32" cy="32" r="29"'
    ' fill="none" stroke="#ddd"/><path d="M24 20v24l20-12z" fill="#666"/></svg></a>'
)
"""As Anki shows a sound."""


def card_html(package: Path, term: str, folder: Path) -> str:
    """The answer side of a term's first card as Anki shows it."""
    collection = Collection(str(folder / "collection.anki2"))
    options = ImportAnkiPackageOptions()
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options))
    card = collection.get_card(collection.find_cards(f'"note:Flashcards term" Hanzi:{term}')[0])
    answer = card.render_output().answer_and_style()
    collection.close()
    answer = re.sub(r"\[anki:play:[^\]]*\]", PLAY, answer)
    return f'<!doctype html><meta charset="utf-8"><body class="card card1">{answer}</body>'


def main() -> None:
    """Write both pictures."""
    results, term = Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = folder / "card.html"
        page.write_text(card_html(results / f"{results.name}.apkg", term, folder), "utf-8")
        width, height = CARD
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--disable-background-networking", f"--user-data-dir={folder / 'chromium'}",
             f"--window-size={width},{height}", f"--screenshot={DOCS / 'card.png'}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip
        sheet = ["pdftoppm", "-png", "-gray", "-r", "64", "-f", "1", "-l", "1", "-singlefile"]
        subprocess.run([*sheet, str(results / "quiz.pdf"), str(DOCS / "sheet")], check=True)


if __name__ == "__main__":
    main()
