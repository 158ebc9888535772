"""Make the README's pictures from what the program makes: docs/cards/*.png and docs/sheet.png.

Needs the test extra (Anki renders the cards), Chromium, fonts-noto-cjk, Poppler's pdftoppm, and pngquant.

    python -m tools.pictures decks/speech
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests import reviewer
from tests.anki_collection import Anki

DOCS = Path(__file__).parent.parent / "docs"
SIZE = (360, 670)


class Picture(NamedTuple):
    """A card, by how Anki's browser finds it, and how it is shown."""

    name: str
    search: str
    side: reviewer.Side
    night: bool = False
    tapped: bool = False


PICTURES = (
    Picture("term", '"note:Flashcards term" Hanzi:核心利益', "back"),
    Picture("read", '"note:Flashcards sentence" Hanzi:文明没有优劣之分，只有特色之别。', "front", tapped=True),
    Picture("sentence", '"note:Flashcards sentence" Hanzi:大家一起发展*', "back", night=True),
    Picture("cloze", '"note:Flashcards cloze" Hanzi:75年前*', "front"),
)


def photograph(package: Path, folder: Path) -> None:
    """Take the pictures of a deck's cards, in a collection in this folder."""
    anki = Anki(folder)
    anki.take(package.read_bytes())
    with reviewer.camera(scale=2) as camera:
        for name, search, side, night, tapped in PICTURES:
            card = anki.col.get_card(anki.col.find_cards(search)[0])
            camera.show(reviewer.page(card, side, reviewer.desktop(), night=night), SIZE[0])
            if tapped:
                camera.tap()
            path = DOCS / "cards" / f"{name}.png"
            camera.take(path, SIZE)
            subprocess.run(["pngquant", "--force", "--ext", ".png", "--speed", "1", "--strip", "64", path], check=True)
    anki.col.close()


def main() -> None:
    """Write all pictures."""
    results = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        photograph(results / f"{results.name}.apkg", Path(name))
    sheet = ["pdftoppm", "-png", "-gray", "-r", "64", "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run([*sheet, str(results / "quiz.pdf"), str(DOCS / "sheet")], check=True)


if __name__ == "__main__":
    main()
