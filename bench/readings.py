"""How right, how honest and how fast the readings of characters are, beside pypinyin and g2pM."""

import importlib.util
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.quality import ROOT, Row, run, run_flashcards
from bench.speed import seconds_of
from flashcards.chinese import recurrent, simplified
from flashcards.chinese.polyphones import Polyphones, listed
from flashcards.chinese.readings import Reader
from flashcards.chinese.syllables import from_numbered, tone, toneless
from flashcards.chinese.words import Segmenter
from flashcards.lexicon import Lexicon, open_lexicon
from tools import train_readings
from tools.train_readings import Marked

DATA = ROOT / "tests" / "data"
SHIPPED = {"g2pl-dev": "program, trained on these sentences", "cpp-dev": "program, trained on these sentences"}
"""What the program is called where the model of the package has seen the very sentences."""
HELD_OUT = {"g2pl-dev": ("cpp-dev", "g2pl-train"), "cpp-dev": ("g2pl-train", "g2pl-dev")}
"""For each set those that a model is trained on to be measured on it."""
LIMITS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
ROUNDS = 5
SENTENCES = 4_000

Syllables = list[str]
"""A syllable with its tone mark for each character of a sentence; anything for what is no hanzi."""
Read = Callable[[str], Syllables]


@dataclass(frozen=True)
class Answer:
    """How a marked character was read: its word, its place in that, whether the sentence decided, how sure it was."""

    word: str
    offset: int
    reading: str
    decided: bool
    confidence: float
    check: bool


def measure(gold: Path, tools: Path) -> list[Row]:
    """All figures of the readings' quality that take no training."""
    lexicon = open_lexicon()
    others = dict(_others())
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for of_set in SHIPPED:
            rows += _marked(gold, tools, folder, of_set, others, lexicon)
        rows += _pairs(gold, tools, folder, others)
        rows += _traps(folder, others)
        rows += _speech(folder, others)
    reader, segmenter = Reader(lexicon), Segmenter(lexicon)
    for of_set, what in SHIPPED.items():
        marked = train_readings.load(gold / "readings", of_set)
        answers = [answer(each, reader, segmenter) for each in marked]
        rows.append({"text": f"{of_set}, by confidence", "reader": what} | by_confidence(marked, answers))
    return rows


def training(gold: Path) -> list[Row]:
    """What sentences that the model has not seen say: cross-validation, and each set by a model of the others."""
    found = run("tools/train_readings.py", "--gold", gold / "readings", "--cross-validate")
    lines = re.findall(r"^(.+): linear model ([\d.]+), program ([\d.]+)$", found, re.MULTILINE)
    if not lines:
        raise SystemExit(f"no scores in what tools/train_readings.py printed: {found}")
    rows: list[Row] = [
        {"text": f"{text}, cross-validation", "linear model": float(model), "program": float(program)}
        for text, model, program in lines
    ]
    sets = {name: train_readings.load(gold / "readings", name) for name in train_readings.SETS}
    lexicon = open_lexicon()
    segmenter = Segmenter(lexicon)
    for name, others in HELD_OUT.items():
        known = {other: sets[other] for other in others}
        network = recurrent.ready(train_readings.network(train_readings.rare_in(known)))
        reader = Reader(lexicon, _trained([each for other in others for each in known[other]]), network)
        answers = [answer(each, reader, segmenter) for each in sets[name]]
        what = {"text": name, "reader": f"program, trained on {' and '.join(others)}"}
        right = sum(a.reading == each.reading for each, a in zip(sets[name], answers, strict=True))
        words = [(a.word, a.offset, a.reading) for a in answers]
        score = {"accuracy": round(right / len(answers), 4), "right": right, "targets": len(answers)}
        rows.append(what | score | _convention(sets[name], words, right, lexicon))
        rows.append(what | {"text": f"{name}, by confidence"} | by_confidence(sets[name], answers))
    return rows


def _trained(marked: list[Marked]) -> Polyphones:
    candidates = train_readings.candidates_of(marked)
    extractor = train_readings.Extractor(candidates)
    return Polyphones(train_readings.train(extractor.samples(marked), candidates, extractor.lexicon))


def _others() -> Iterable[tuple[str, Read]]:
    """The readers to compare with, as far as they are installed."""
    import pypinyin

    # Without `errors` it gives one string for several characters that it cannot read.
    yield "pypinyin", lambda text: pypinyin.lazy_pinyin(text, style=pypinyin.Style.TONE, errors=list)
    if importlib.util.find_spec("g2pM") is None:
        print("g2pM is not installed (extra [train]): measured without it", file=sys.stderr)
        return
    import g2pM

    model = g2pM.G2pM()
    syllable = re.compile("[a-zü:]+[1-5]")
    yield "g2pM", lambda text: [from_numbered(s) if syllable.fullmatch(s) else s for s in model(text, char_split=True)]


def _marked(gold: Path, tools: Path, folder: Path, name: str, others: dict[str, Read], lexicon: Lexicon) -> list[Row]:
    """A set of sentences with one marked character each."""
    base = gold / "readings" / name
    marked = train_readings.load(gold / "readings", name)
    sentences = [each.text for each in marked]
    own = _by_the_program(sentences, folder)
    cuts = [[word["text"] for word in json.loads(line)["words"]] for line in own.splitlines()]
    rows: list[Row] = []
    for reader, lines in [*((other, _lines(sentences, read)) for other, read in others.items()), (SHIPPED[name], own)]:
        score = _score(tools, folder, lines, f"{base}.sent", f"{base}.lb")
        found = [_syllables(line)[each.place] for line, each in zip(lines.splitlines(), marked, strict=True)]
        words = [(*_word_at(cut, each.place), reading) for cut, each, reading in zip(cuts, marked, found, strict=True)]
        rows.append({"text": name, "reader": reader} | score | _convention(marked, words, score["right"], lexicon))
    return rows


def _pairs(gold: Path, tools: Path, folder: Path, others: dict[str, Read]) -> list[Row]:
    """Short sentences that the English decides."""
    made = gold / "readings" / "pairs-dev.tsv"
    sentences, english = zip(*((row[0], row[2]) for row in _table(made)), strict=True)
    found = {other: _lines(sentences, read) for other, read in others.items()}
    found["program"] = _by_the_program(sentences, folder)
    found["program, with the English"] = _by_the_program(sentences, folder, english)
    return [
        {"text": "pairs-dev", "reader": reader} | _score(tools, folder, lines, "--targets", made)
        for reader, lines in found.items()
    ]


def _traps(folder: Path, others: dict[str, Read]) -> list[Row]:
    """The sentences that are easily misread: the share of their syllables and of the characters under test, by kind."""
    table = _table(DATA / "traps.tsv")
    rows: list[Row] = []
    for reader, found in _read([row[1] for row in table], [row[4] for row in table], folder, others):
        right: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for (kind, sentence, reading, targets, _), syllables in zip(table, found, strict=True):
            wanted = _wanted(sentence, reading)
            tested = set(_places(sentence, wanted, targets))
            for place, accepted in wanted.items():
                for what in ("syllables", *(["polyphones"] if place in tested else [])):
                    for group in ("all", kind):
                        total[f"{group}, {what}"] += 1
                        right[f"{group}, {what}"] += syllables[place] in accepted
        shares = {key: round(right[key] / total[key], 4) for key in sorted(total)}
        count = f"{right['all, polyphones']} of {total['all, polyphones']}"
        rows.append({"text": "traps", "reader": reader, **shares, "polyphones right": count})
    return rows


def _speech(folder: Path, others: dict[str, Read]) -> list[Row]:
    """The share of the speech's syllables that are right."""
    beads = [(row[0].replace(" ¦ ", ""), row[1].replace(" ¦ ", " ")) for row in _table(DATA / "speech.pairs.tsv")]
    table = _table(DATA / "speech.readings.tsv")
    english = [next(en for zh, en in beads if row[0].replace(" ¦ ", "") in zh) for row in table]
    rows: list[Row] = []
    for reader, found in _read([row[0] for row in table], english, folder, others):
        marks = [
            syllables[place] in accepted
            for (sentence, reading), syllables in zip(table, found, strict=True)
            for place, accepted in _wanted(sentence, reading).items()
        ]
        score = {"syllables": round(sum(marks) / len(marks), 4), "wrong": len(marks) - sum(marks), "of": len(marks)}
        rows.append({"text": "speech", "reader": reader} | score)
    return rows


def _read(
    sentences: Sequence[str], english: Sequence[str], folder: Path, others: dict[str, Read]
) -> Iterable[tuple[str, list[Syllables]]]:
    """The sentences as each reader reads them, the program without and with the English."""
    for reader, read in others.items():
        yield reader, [read(sentence) for sentence in sentences]
    for reader, translations in (("program", None), ("program, with the English", english)):
        yield reader, [_syllables(line) for line in _by_the_program(sentences, folder, translations).splitlines()]


def _by_the_program(sentences: Sequence[str], folder: Path, english: Sequence[str] | None = None) -> str:
    """What `flashcards pinyin --json` prints for sentences."""
    path = folder / "sentences.txt"
    lines = sentences if english is None else [f"{zh}\t{en}" for zh, en in zip(sentences, english, strict=True)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return run_flashcards("pinyin", path, "--json", "-q", *([] if english is None else ["--pairs"]))


def _lines(sentences: Sequence[str], read: Read) -> str:
    """Sentences read by another reader in the form that the scorer takes."""
    return "\n".join(json.dumps({"words": [{"text": text, "reading": read(text)}]}) for text in sentences)


def _score(tools: Path, folder: Path, lines: str, *wanted: str | Path) -> Row:
    found = folder / "found.jsonl"
    found.write_text(lines, "utf-8")
    score: Row = json.loads(run(tools / "score_readings.py", *wanted, found))
    return score


def _syllables(line: str) -> Syllables:
    return [syllable for word in json.loads(line)["words"] for syllable in word["reading"]]


def _table(path: Path) -> list[list[str]]:
    lines = path.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def _wanted(sentence: str, reading: str) -> dict[int, set[str]]:
    """The accepted syllables of each hanzi of a sentence, by its place."""
    hanzi = [i for i, character in enumerate(sentence) if "㐀" <= character <= "鿿" or character == "〇"]
    return {i: set(syllable.split("|")) for i, syllable in zip(hanzi, reading.split(), strict=True)}


def _places(sentence: str, wanted: dict[int, set[str]], targets: str) -> Iterable[int]:
    """Where the characters under test stand (行=háng 长=zhǎng): in order, each where it has that reading."""
    at = 0
    for target in targets.split():
        character, reading = target.split("=")
        accepted = set(reading.split("|"))
        at = next(i for i in wanted if i >= at and sentence[i] == character and accepted & wanted[i])
        yield at
        at += 1


def _word_at(words: Sequence[str], place: int) -> tuple[str, int]:
    """The word to which a character belongs, and its place in it."""
    for word in words:
        if place < len(word):
            return word, place
        place -= len(word)
    raise IndexError(place)


def answer(marked: Marked, reader: Reader, segmenter: Segmenter) -> Answer:
    """How a reader reads a marked character, and how sure it is."""
    words = segmenter.cut(simplified(marked.text))
    word, offset = _word_at(words, marked.place)
    at = marked.place - offset
    place = next(i for i in range(len(words)) if sum(map(len, words[:i])) == at)
    reading = reader.read(words)[place]
    decided = offset in reader._known(word).open
    return Answer(word, offset, reading.syllables[offset], decided, reading.confidence, reading.check)


def by_confidence(marked: Sequence[Marked], answers: Sequence[Answer]) -> Row:
    """How many of the readings that the sentence decides are right, by their confidence; what `check` finds."""
    right: Counter[float] = Counter()
    total: Counter[float] = Counter()
    checked, wrong, found = 0, 0, 0
    for each, said in zip(marked, answers, strict=True):
        mistaken = said.reading != each.reading
        checked, wrong, found = checked + said.check, wrong + mistaken, found + (said.check and mistaken)
        if said.decided:
            limit = max(limit for limit in LIMITS if said.confidence >= limit)
            total[limit] += 1
            right[limit] += not mistaken
    table = {f"from {limit:g}": f"{right[limit]} of {total[limit]} right" for limit in LIMITS}
    return table | {"to be checked": f"{checked} of {len(answers)}, {found} of them and of {wrong} wrong"}


def _convention(marked: Sequence[Marked], words: Sequence[tuple[str, int, str]], right: int, lexicon: Lexicon) -> Row:
    """The mistakes that are the label's, or of convention, and the share of right readings if they count as right.

    The label has the full tone where CC-CEDICT has the neutral tone of the same syllable for the word: 商量. Or it has
    a reading for a word that neither CC-CEDICT nor pypinyin's phrases have: 挣脱 zhēng.
    """
    wrong = [(each, *found) for each, found in zip(marked, words, strict=True) if found[2] != each.reading]
    neutral = sum(
        tone(reading) == 5
        and toneless(reading) == toneless(each.reading)
        and _has_neutral_tone(word, offset, lexicon)
        for each, word, offset, reading in wrong
    )
    agreed = sum(
        tone(reading) != 5
        and len(word) > 1
        and {own[offset] for own in listed(word, lexicon)} == {reading}
        and lexicon.pinyin(word)[offset : offset + 1] == (reading,)
        for _, word, offset, reading in wrong
    )
    return {
        "neutral by CC-CEDICT, full by the label": neutral,
        "two dictionaries agree, the label does not": agreed,
        "accuracy with these": round((right + neutral + agreed) / len(marked), 4),
    }


def _has_neutral_tone(word: str, offset: int, lexicon: Lexicon) -> bool:
    """Whether the dictionary has nothing but the neutral tone for a character of a word, or of the longest in it."""
    spans = ((a, b) for a in range(offset + 1) for b in range(offset + 1, len(word) + 1) if b - a > 1)
    for a, b in sorted(spans, key=lambda span: span[0] - span[1]):
        if found := listed(word[a:b], lexicon):
            return all(tone(reading[offset - a]) == 5 for reading in found)
    return False


# What follows is run in processes of their own, on one core.

_TIMED = """
import json, os, sys, time
import pypinyin
from flashcards.chinese import simplified
from flashcards.chinese.analysis import _sliced
from flashcards.chinese.readings import Reader
from flashcards.chinese.words import Segmenter
from flashcards.lexicon import open_lexicon

if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
count = int(sys.argv[1])
texts = json.load(sys.stdin)
lexicon = open_lexicon()
segmenter, reader = Segmenter(lexicon), Reader(lexicon)

def program(text):
    cut = segmenter.cut(text)
    plain = simplified(text)
    return [s for r in reader.read(_sliced(plain, cut), "", "" if plain == text else text) for s in r.syllables]

def baseline(text):
    return pypinyin.lazy_pinyin(text, style=pypinyin.Style.TONE)

found = {}
for stage, part in (("warm-up", texts[:count]), ("first", texts[count:]), ("again", texts[count:])):
    for name, read in (("pypinyin", baseline), ("program", program)):
        start = time.process_time()
        for text in part:
            read(text)
        found[f"{name}, {stage}"] = sum(map(len, part)) / (time.process_time() - start)
print(json.dumps(found))
"""

_SENTENCE = "重庆的银行行长还没来。"
_IMPORT = "import pypinyin"
_LOAD = f"""
from flashcards.chinese.readings import Reader
from flashcards.chinese.words import Segmenter
from flashcards.lexicon import open_lexicon
lexicon = open_lexicon()
Reader(lexicon).read(Segmenter(lexicon).cut({_SENTENCE!r}))
"""


def speed(gold: Path) -> list[Row]:
    """Characters a second beside pypinyin's, on sentences of which others came before, and the time of loading."""
    marked = train_readings.load(gold / "readings", "g2pl-dev")
    # Every second of them, so that warm-up and measure have the same polyphones.
    texts = list(dict.fromkeys(each.text for each in marked))
    texts = texts[: 2 * SENTENCES : 2] + texts[1 : 2 * SENTENCES : 2]
    command = [sys.executable, "-c", _TIMED, str(SENTENCES)]
    single = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    runs = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            command, input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=ROOT, env=single
        )
        runs.append(json.loads(done.stdout))
    rows: list[Row] = []
    for stage, what in (("first", f"after {SENTENCES:,} others"), ("again", "again")):
        rate = {name: statistics.median(each[f"{name}, {stage}"] for each in runs) for name in ("program", "pypinyin")}
        rows.append(
            {
                "measure": f"{SENTENCES:,} sentences of g2pl-dev, {what}: words and readings, processor time",
                "characters a second": round(rate["program"]),
                "baseline": "pypinyin.lazy_pinyin",
                "baseline's characters a second": round(rate["pypinyin"]),
                "ratio": round(rate["program"] / rate["pypinyin"], 2),
            }
        )
    times: dict[str, list[tuple[float, float]]] = {_IMPORT: [], _LOAD: []}
    for round_ in range(ROUNDS + 1):
        for code, values in times.items():
            seconds = seconds_of(sys.executable, "-c", code)
            if round_:
                values.append(seconds)
    medians = [[statistics.median(column) for column in zip(*values, strict=True)] for values in times.values()]
    (base, base_used), (own, own_used) = medians
    rows.append(
        {
            "measure": f"a fresh process that loads the reader and reads {_SENTENCE}",
            "seconds": round(own, 3),
            "baseline": _IMPORT,
            "baseline seconds": round(base, 3),
            "ratio": round(own / base, 2),
            "ratio of processor time": round(own_used / base_used, 2),
            "rounds": ROUNDS,
        }
    )
    return rows
