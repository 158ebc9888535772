"""How long a whole build takes, beside a named baseline in the same run."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
BASELINE = "import jieba, pypinyin, genanki; jieba.lcut('你好')"
ROUNDS = 5


def _seconds(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


def build_against_baseline() -> list[dict[str, Any]]:
    """Medians of five, in turn, after one warm-up each: a build of the speech, and importing what it is made of."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out")
        build = [sys.executable, "-m", "flashcards", "build", "corpus/speech.md", "-q", "--out", out]
        baseline = [sys.executable, "-c", BASELINE]
        times: dict[str, list[float]] = {"build": [], "baseline": []}
        for round_ in range(ROUNDS + 1):
            for name, command in (("baseline", baseline), ("build", build)):
                seconds = _seconds(*command)
                if round_:
                    times[name].append(seconds)
    medians = {name: statistics.median(values) for name, values in times.items()}
    return [
        {
            "measure": "flashcards build corpus/speech.md (warm)",
            "seconds": round(medians["build"], 3),
            "baseline": BASELINE,
            "baseline seconds": round(medians["baseline"], 3),
            "ratio": round(medians["build"] / medians["baseline"], 3),
            "rounds": ROUNDS,
        }
    ]
