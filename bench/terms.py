"""Key terms and their renderings: the program beside what else there is, and what its terms cost in time."""

import importlib.util
import json
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from bench.quality import ROOT, SPEECH, Row, run, run_flashcards
from bench.scoring import Gold, kind, read_gold
from flashcards.terms.citations import citation

_TRAINED = "weights that have seen the text"


def measure(gold: Path, tools: Path) -> list[Row]:
    """Terms by the command line, by jieba's TF-IDF and TextRank, and renderings by eflomal where it is installed."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, sources, split in _texts(gold, folder):
            marked = gold / f"{name}.terms.tsv"
            found = folder / "terms.jsonl"
            found.write_text(run_flashcards("terms", *sources, *split, "--limit", "150", "--json", "-q"), "utf-8")
            scored = json.loads(run(tools / "score_terms.py", marked, found))
            rows.append({"text": name, "by": "flashcards", "note": _TRAINED, **scored})
            pairs = [
                (bead["zh"], bead["en"])
                for line in run_flashcards("align", *sources, *split, "--json", "-q").splitlines()
                for bead in [json.loads(line)]
                if bead["zh"] and bead["en"]
            ]
            sides = [("".join(zh), " ".join(en)) for zh, en in pairs]
            for by, terms in _jieba("\n".join(zh for zh, _ in sides)).items():
                found.write_text("\n".join(json.dumps({"term": term}) for term in terms), "utf-8")
                scored = json.loads(run(tools / "score_terms.py", marked, found))
                keys = ("p@20", "p@50", "p@100", "recall3@150")
                rows.append({"text": name, "by": by, **{key: scored[key] for key in keys}})
            rows.append({"text": name, "by": "eflomal", **_eflomal(sides, read_gold(marked))})
    return rows


def _texts(gold: Path, folder: Path) -> Iterator[tuple[str, list[Path], list[str]]]:
    yield "speech", [SPEECH], []
    chapter = (gold / "align" / "mac-dev" / "06.pairs.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in chapter if line and not line.startswith("#")][:110]
    sides = [folder / "chapter.zh.txt", folder / "chapter.en.txt"]
    for side, path in enumerate(sides):
        sentences = (s for pair in pairs if len(pair) > side and pair[side] for s in pair[side].split(" ¦ "))
        path.write_text("\n".join(sentences), "utf-8")
    yield "fiction", sides, ["--split", "lines"]


def _jieba(text: str) -> dict[str, list[str]]:
    import jieba
    import jieba.analyse

    jieba.setLogLevel(60)
    return {
        "jieba TF-IDF": jieba.analyse.extract_tags(text, topK=150),
        "jieba TextRank": jieba.analyse.textrank(text, topK=150),
    }


def _eflomal(pairs: Sequence[tuple[str, str]], gold: Gold) -> Row:
    """Renderings of the marked terms by eflomal's links, from the first linked word to the last.

    The links are those on which both directions agree, or else all of them.
    """
    if importlib.util.find_spec("eflomal") is None:
        return {"note": "not installed"}
    import eflomal
    import jieba

    zh = [jieba.lcut(side) for side, _ in pairs]
    en = [re.findall(r"[A-Za-z0-9]+|[^\sA-Za-z0-9]", side) for _, side in pairs]
    with tempfile.TemporaryDirectory() as scratch:
        links, back = Path(scratch) / "forward", Path(scratch) / "backward"
        eflomal.Aligner().align(
            [" ".join(words) for words in zh], [" ".join(words).lower() for words in en],
            links_filename_fwd=str(links), links_filename_rev=str(back), quiet=True,
        )  # fmt: skip
        forward, backward = (
            [{tuple(map(int, link.split("-"))) for link in line.split()} for line in path.read_text().splitlines()]
            for path in (links, back)
        )
    kinds = {"exact": 0, "overlap": 0, "wrong": 0, "none": 0}
    for term, (answers, _) in gold.items():
        found: list[str] = []
        for words, tokens, one, other in zip(zh, en, forward, backward, strict=True):
            at = "".join(words).find(term)
            if at >= 0:
                ends = [0, *accumulate(map(len, words))]
                units = [i for i in range(len(words)) if ends[i] < at + len(term) and ends[i + 1] > at]
                linked = [e for z, e in one & other if z in units] or [e for z, e in one | other if z in units]
                found.append(" ".join(tokens[min(linked) : max(linked) + 1]) if linked else "")
        if found and answers:
            kinds[kind(citation(found, ()), answers)] += 1
    number = sum(kinds.values())
    return {f"rendering_{how}": round(count / number, 4) for how, count in kinds.items()}


_TIMED = """
import sys, time
from pathlib import Path
from flashcards import build, chinese, terms
from flashcards.lexicon import open_lexicon
from flashcards.recipe import Recipe
from flashcards.terms.weights import trained
import resource
sources = [Path(each) for each in sys.argv[1:]]
lexicon = open_lexicon()
recipe = Recipe("bench", ("bench",), split="lines" if len(sources) > 1 else "sentences")
lesson = build.lesson_of(sources, recipe, lexicon, with_terms=False)
sure = [i for i, pair in enumerate(lesson.pairs) if pair.confidence >= recipe.threshold]
read = terms.Sources(lexicon, chinese.Analyser(lexicon).term)
trained()
start = time.process_time()
terms.find_terms([lesson.pairs[i] for i in sure], [lesson.words[i] for i in sure], read, 100)
used = time.process_time() - start
print(used, len(sure), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
_JIEBA = "import time; t = time.process_time(); import jieba; jieba.initialize(); print(time.process_time() - t)"


def speed(gold: Path, rounds: int = 3) -> list[dict[str, Any]]:
    """Processor time of the terms of the speech and of all of mac-dev, after loading, beside jieba's loading."""
    with tempfile.TemporaryDirectory() as folder:
        sides = [Path(folder) / "mac.zh.txt", Path(folder) / "mac.en.txt"]
        texts: list[list[str]] = [[], []]
        for path in sorted((gold / "align" / "mac-dev").glob("*.pairs.tsv")):
            for line in path.read_text("utf-8").splitlines():
                pair = line.split("\t")
                if line and line[0] != "#" and len(pair) == 2 and all(pair):
                    for side in (0, 1):
                        texts[side] += pair[side].split(" ¦ ")
        for side, path in enumerate(sides):
            path.write_text("\n".join(texts[side]), "utf-8")
        jieba, results = [], {"speech": [], "mac-dev": []}    # type: ignore[var-annotated]
        for _ in range(rounds):
            jieba.append(float(_python(_JIEBA).splitlines()[-1]))
            results["speech"].append(_python(_TIMED, SPEECH).split())
            if len(results["mac-dev"]) < 1:
                results["mac-dev"].append(_python(_TIMED, *sides).split())
    load = statistics.median(jieba)
    return [
        {
            "text": name,
            "pairs": int(own[0][1]),
            "seconds": round(statistics.median(float(each[0]) for each in own), 3),
            "jieba loads in": round(load, 3),
            "times that": round(statistics.median(float(each[0]) for each in own) / load, 2),
            "megabytes": round(float(own[0][2])),
        }
        for name, own in results.items()
    ]


def _python(code: str, *arguments: Path) -> str:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
