"""Measure everything and write `bench/results/`: `python -m bench [alignment] [terms] [speed] [cards] ...`."""

import json
import os
import platform
import sys
from pathlib import Path

from bench import alignment, cards, readings, speed, terms
from flashcards import __version__

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
GOLD = Path(os.environ.get("FLASHCARDS_GOLD", ROOT.parent / "shared" / "gold"))
TOOLS = Path(os.environ.get("FLASHCARDS_TOOLS", ROOT.parent / "shared" / "tools"))

MEASURES = {
    "alignment": lambda: alignment.measure(GOLD, TOOLS),
    "terms": lambda: terms.measure(GOLD, TOOLS),
    "terms-speed": lambda: terms.speed(GOLD),
    "readings": lambda: readings.measure(GOLD, TOOLS),
    "readings-training": lambda: readings.training(GOLD),
    "speed": speed.build_against_baseline,
    "cards": cards.measure,
    "alignment-speed": lambda: alignment.speed(GOLD),
    "readings-speed": lambda: readings.speed(GOLD),
}
WITHOUT_GOLD = frozenset({"speed", "cards"})


def main() -> int:
    """Run the measures that were named, all of them if none was."""
    chosen = sys.argv[1:] or list(MEASURES)
    if unknown := [name for name in chosen if name not in MEASURES]:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    if not GOLD.is_dir() and not WITHOUT_GOLD.issuperset(chosen):
        print(f"no gold data in {GOLD}: set FLASHCARDS_GOLD; measuring speed alone", file=sys.stderr)
        chosen = [name for name in chosen if name in WITHOUT_GOLD]
    RESULTS.mkdir(exist_ok=True)
    for name in chosen:
        rows = MEASURES[name]()
        signature = {"version": __version__, "python": platform.python_version()}
        text = json.dumps({"signature": signature, "rows": rows}, ensure_ascii=False, indent=1)
        (RESULTS / f"{name}.json").write_text(text + "\n", "utf-8")
        print(f"== {name}")
        for row in rows:
            print("  " + "  ".join(f"{key} {value}" for key, value in row.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
