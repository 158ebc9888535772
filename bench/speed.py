"""How long a whole build takes, beside a named baseline in the same run."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
BASELINE = "import jieba, pypinyin, genanki; jieba.lcut('你好')"
ROUNDS = 5


def seconds_of(*command: str, env: Mapping[str, str] | None = None) -> tuple[float, float]:
    """How long a command takes, by the clock and in processor time (which a busy machine disturbs less)."""
    start, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=env)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, used


def build_against_baseline() -> list[dict[str, Any]]:
    """Medians of five, in turn, after one warm-up each: a build of the speech, and importing what it is made of."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out")
        # All of it compiled, as an installation leaves it, whatever the shell says of our own modules.
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        build = [sys.executable, "-m", "flashcards", "build", "corpus/speech.md", "-q", "--out", out]
        baseline = [sys.executable, "-c", BASELINE]
        times: dict[str, list[tuple[float, float]]] = {"build": [], "baseline": []}
        for round_ in range(ROUNDS + 1):
            for name, command in (("baseline", baseline), ("build", build)):
                seconds = seconds_of(*command, env=env)
                if round_:
                    times[name].append(seconds)
    medians = {name: statistics.median(seconds for seconds, _ in values) for name, values in times.items()}
    processor = {name: statistics.median(used for _, used in values) for name, values in times.items()}
    return [
        {
            "measure": "flashcards build corpus/speech.md (warm)",
            "seconds": round(medians["build"], 3),
            "baseline": BASELINE,
            "baseline seconds": round(medians["baseline"], 3),
            "ratio": round(medians["build"] / medians["baseline"], 3),
            "ratio of processor time": round(processor["build"] / processor["baseline"], 3),
            "rounds": ROUNDS,
        }
    ]
