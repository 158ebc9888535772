"""A build that is killed in the middle of its sounds."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
import os, pathlib, sys, time
text, out, slow = sys.argv[1:]
pathlib.Path(os.environ["LOG"]).open("a", encoding="utf-8").write(text + "\\n")
open(out, "wb").write(b"ID3" + text.encode())
time.sleep(float(slow))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_killed_build_leaves_whole_sounds_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "say.py").write_text(PROGRAM, "utf-8")
    texts = "".join(f"我们要坚持第{n}种发展和合作，维护和平。\n\n" for n in "一二三四五六七八")
    (tmp_path / "text.md").write_text(texts, "utf-8")
    code = (
        "from pathlib import Path; from flashcards import audio\n"
        "texts = {t: audio.Spoken(t, '') for t in Path('text.md').read_text('utf-8').split()}\n"
        f"command = audio.provider('command:\"{sys.executable}\" say.py {{text}} {{out}} 0.3')\n"
        "print(len(audio.speak(texts, command, Path('cache'), lambda _: None)))\n"
    )
    run = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "LOG": "first"}
    with subprocess.Popen(run, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL) as first:
        while len(list(tmp_path.glob("cache/*/fc-*"))) < 3:
            time.sleep(0.02)
            assert first.poll() is None
        first.send_signal(signal.SIGKILL)
    kept = {path: path.read_bytes() for path in tmp_path.glob("cache/*/fc-*")}
    assert 3 <= len(kept) < 8
    environment["LOG"] = "second"
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "8\n"
    assert len((tmp_path / "second").read_text("utf-8").split()) == 8 - len(kept)
    assert kept.items() <= {path: path.read_bytes() for path in tmp_path.glob("cache/*/fc-*")}.items()
