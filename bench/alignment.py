"""How right, how honest, how fast and how small the aligner is, on the hand-aligned texts of the gold data."""

import json
import random
import statistics
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.quality import ROOT, SPEECH, Row, run, run_flashcards

SETS = ("pol-dev", "mac-dev")
SURE = 0.8
DELETED = 10
LIMITS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99)

Gold = list[tuple[tuple[str, ...], tuple[str, ...]]]


def measure(gold: Path, tools: Path) -> list[Row]:
    """All figures of the aligner's quality."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows.append(_speech(gold, tools, folder))
        for of_set in SETS:
            rows += _set(gold, tools, folder, of_set)
        rows.append(_with_beads_missing(gold, tools, folder))
        rows.append(_chapter(gold, tools, folder))
    return rows


def _speech(gold: Path, tools: Path, folder: Path) -> Row:
    found = folder / "speech.jsonl"
    run_flashcards("align", SPEECH, "-q", "-o", found)
    score = json.loads(run(tools / "score_pairs.py", gold / "speech.pairs.tsv", found))
    return {"text": "speech", "strict F1": score["f1"], "right": score["right"], "gold": score["gold"]}


def _set(gold: Path, tools: Path, folder: Path, name: str) -> list[Row]:
    """The F1 pooled over a set's documents, and how many of its pairs of each confidence are right."""
    sure: Counter[float] = Counter()
    right: Counter[float] = Counter()
    golds, results = [], []
    for path in _documents(gold, name):
        found = _aligned_lines(*_sides(path), folder)
        golds.append(path.read_text("utf-8"))
        results.append(found)
        wanted = Counter((_key("".join(zh)), _key("".join(en))) for zh, en in read_gold(path))
        for line in found.splitlines():
            bead = json.loads(line)
            if bead["zh"] and bead["en"]:
                limit = max(each for each in LIMITS if bead["confidence"] >= each)
                sure[limit] += 1
                right[limit] += (_key("".join(bead["zh"])), _key("".join(bead["en"]))) in wanted
    score = _score(tools, folder, "\n".join(golds), "".join(results))
    above = [limit for limit in LIMITS if limit >= SURE]
    share = sum(right[limit] for limit in above) / sum(sure[limit] for limit in above)
    row = {"text": name, "published F1": score["published_f1"], "strict F1": score["f1"], "right from .8 on": share}
    table = {f"from {limit:g}": f"{right[limit]} of {sure[limit]} right" for limit in LIMITS}
    return [row | {"right from .8 on": round(share, 4)}, {"text": f"{name}, by confidence", **table}]


def _with_beads_missing(gold: Path, tools: Path, folder: Path) -> Row:
    """The strict F1 of pol-dev with ten beads gone from one side of each document: a passage, or here and there."""
    row: Row = {"text": f"pol-dev, {DELETED} beads missing in each document"}
    for side, language in enumerate(("Chinese", "English")):
        for scattered in (False, True):
            golds, results = [], []
            for number, path in enumerate(_documents(gold, "pol-dev")):
                beads = missing(read_gold(path), side, DELETED, random.Random(number), scattered=scattered)
                golds += [" ¦ ".join(zh) + "\t" + " ¦ ".join(en) for zh, en in beads]
                zh_text = "\n".join(s for zh, _ in beads for s in zh)
                en_text = "\n".join(s for _, en in beads for s in en)
                results.append(_aligned_lines(zh_text, en_text, folder))
            score = _score(tools, folder, "\n".join(golds), "".join(results))
            row[f"{language} {'here and there' if scattered else 'a passage'}"] = score["f1"]
    return row


def missing(beads: Gold, side: int, count: int, random_: random.Random, *, scattered: bool) -> Gold:
    """The beads without one side of some of them; never more than half."""
    count = min(count, len(beads) // 2)
    first = random_.randrange(len(beads) - count + 1)
    gone = set(random_.sample(range(len(beads)), count) if scattered else range(first, first + count))
    return [
        (zh if side or k not in gone else (), en if not side or k not in gone else ())
        for k, (zh, en) in enumerate(beads)
    ]


def _chapter(gold: Path, tools: Path, folder: Path) -> Row:
    """A chapter of fiction as a reader meets it: running text, to be cut into sentences first."""
    path = _documents(gold, "mac-dev")[-1]
    zh, en = _sides(path)
    sides = folder / "chapter.zh.txt", folder / "chapter.en.txt"
    sides[0].write_text(zh.replace("\n", ""), "utf-8")
    sides[1].write_text(en.replace("\n", " "), "utf-8")
    found = folder / "chapter.jsonl"
    run_flashcards("align", *sides, "-q", "-o", found)
    score = json.loads(run(tools / "score_pairs.py", path, found))
    return {"text": "mac-dev/06 as running text", "published F1": score["published_f1"], "strict F1": score["f1"]}


def _documents(gold: Path, name: str) -> list[Path]:
    return sorted((gold / "align" / name).glob("*.pairs.tsv"))


def _sides(path: Path) -> tuple[str, str]:
    base = str(path).removesuffix("pairs.tsv")
    return Path(base + "zh.txt").read_text("utf-8"), Path(base + "en.txt").read_text("utf-8")


def read_gold(path: Path) -> Gold:
    """The beads of a gold table."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    sides = [[tuple(side.split(" ¦ ")) if side else () for side in (*row, "")[:2]] for row in rows]
    return [(zh, en) for zh, en in sides]


def _aligned_lines(zh: str, en: str, folder: Path) -> str:
    """The beads of two texts with a sentence on each line, as JSON lines."""
    sides = folder / "text.zh.txt", folder / "text.en.txt"
    for side, text in zip(sides, (zh, en), strict=True):
        side.write_text(text, "utf-8")
    return run_flashcards("align", *sides, "--split", "lines", "--json", "-q")


def _score(tools: Path, folder: Path, gold: str, found: str) -> dict[str, float]:
    wanted, beads = folder / "gold.tsv", folder / "found.jsonl"
    wanted.write_text(gold, "utf-8")
    beads.write_text(found, "utf-8")
    score: dict[str, float] = json.loads(run(tools / "score_pairs.py", wanted, beads))
    return score


def _key(text: str) -> str:
    """A text as the scorer compares it."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


# What follows is run in a process of its own, for its time and its memory are what is measured.

_TIMED = """
import json, resource, sys, time
import jieba
from bench.alignment import chapters
from flashcards.align import align
from flashcards.chinese import Analyser
from flashcards.lexicon import open_lexicon
from flashcards.links.glosses import GlossVectors
from flashcards.model import Place, Sentence

repeat, rounds, gold = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
jieba.setLogLevel(60)
jieba.initialize()
lexicon = open_lexicon()
documents = list(chapters(gold))
if repeat > 1:
    documents = [tuple(sum((list(d[side]) for d in documents), []) * repeat for side in (0, 1))]
analyser = Analyser(lexicon)
analyser.cut("你好")
for _ in range(rounds):
    glosses = GlossVectors(lexicon)
    start = time.process_time()
    for zh, _ in documents:
        for line in zh:
            jieba.lcut(line)
    between = time.process_time()
    for zh, en in documents:
        zh = [Sentence(line, "zh", Place("")) for line in zh]
        en = [Sentence(line, "en", Place("")) for line in en]
        align(zh, en, [analyser.cut(s.text) for s in zh], glosses)
    end = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"jieba": between - start, "align": end - between, "MB": round(peak)}))
"""


def chapters(gold: str) -> Iterator[tuple[list[str], list[str]]]:
    """The lines of mac-dev's chapters."""
    for path in _documents(Path(gold), "mac-dev"):
        zh, en = _sides(path)
        yield zh.splitlines(), en.splitlines()


def speed(gold: Path) -> list[Row]:
    """The time of aligning mac-dev beside jieba's for its Chinese side, and time and memory of ten times as much."""

    def timed(repeat: int, rounds: int) -> list[dict[str, float]]:
        command = [sys.executable, "-c", _TIMED, str(repeat), str(rounds), str(gold)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        return [json.loads(line) for line in done.stdout.splitlines()]

    runs = timed(1, 5)
    once = statistics.median(each["align"] for each in runs)
    cut = statistics.median(each["jieba"] for each in runs)
    first = runs[0]
    (long,) = timed(10, 1)
    return [
        {
            "measure": "aligning mac-dev (1,444 x 1,947 sentences), processor time",
            "seconds": round(once, 3),
            "baseline": "jieba.lcut of its Chinese side",
            "baseline seconds": round(cut, 3),
            "ratio": round(once / cut, 2),
            "ratio of the first time in a process": round(first["align"] / first["jieba"], 2),
        },
        {
            "measure": "mac-dev ten times over as one document",
            "seconds": round(long["align"], 3),
            "times mac-dev once": round(long["align"] / first["align"], 2),
            "MB": long["MB"],
        },
    ]
