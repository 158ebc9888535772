"""How long writing a large deck takes, and how much memory, beside plain genanki with the same notes."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import genanki

from flashcards.cards.lock import Entry, Lock
from flashcards.cards.notes import guid
from flashcards.cards.notetypes import note_type
from flashcards.cards.package import pack
from flashcards.model import Deck, Note, stable_id

ROOT = Path(__file__).parent.parent
NOTES = 10_000
ROUNDS = 5
CARDS = ("recognise", "recall", "write")
"""Not "listen": genanki finds nothing on its front and makes no card."""
TIME = 1_600_000_000

Write = Callable[[Deck, Lock, Path], None]


def large_deck(count: int = NOTES) -> tuple[Deck, Lock]:
    """A deck of so many notes about terms, of three cards each, with an example of usual length, and its lock."""
    notes, entries = [], []
    for place in range(count):
        hanzi = "".join(chr(0x4E00 + (place * step) % 20_000) for step in (1, 7, 31))
        values = {
            "Hanzi": hanzi, "Traditional": hanzi, "Ruby": f"{hanzi}[mǒu gè cí]",
            "Pinyin": "mǒugècí", "Zhuyin": "ㄇㄡˇㄍㄜˋㄘˊ",
            "Rendering": f"term number {place}", "Definition": f"to be number {place}; to stand for {hanzi}",
            "Senses": f"to be number {place}<br>to stand for {hanzi}<br>(old) a word",
            "Sentence": f"我们要弘扬<mark>{hanzi}</mark>，坚持共同发展，深化团结协作。",
            "SentenceRuby": f"我们[wǒ men] 要[yào] 弘扬[hóng yáng]<mark>{hanzi}[mǒu gè cí]</mark>， 坚持[jiān chí]"
            " 共同[gòng tóng] 发展[fā zhǎn]， 深化[shēn huà] 团结[tuán jié] 协作[xié zuò]。",
            "SentenceEnglish": f"We must carry forward <mark>term number {place}</mark> and develop together.",
            "Level": "HSK 5", "Source": f"text.md, line {place}", "Evidence": f"pair {place:06} · alignment 98%",
            "Script": "zh-Hans", **{f"Card{name.capitalize()}": "yes" for name in CARDS},
        }  # fmt: skip
        id = stable_id("bench", str(place))
        fields = (("Key", f"bench term {id}"), *((name, values.get(name, "")) for name in note_type("term").fields[1:]))
        notes.append(Note(id, "term", fields, CARDS, ("flashcards::bench", "flashcards::term"), place + 1))
        entries.append(Entry("term", id, id, hanzi, values["Rendering"], id, TIME + place))
    return Deck("bench", "Bench", "", tuple(notes), ()), Lock(tuple(entries))


def ours(deck: Deck, lock: Lock, path: Path) -> None:
    """Write the deck by our own packing."""
    path.write_bytes(pack(deck, lock))


def plain(deck: Deck, _lock: Lock, path: Path) -> None:
    """Write the deck as any program does that uses genanki, with the same fields, templates and tags."""
    kind = note_type("term")
    model = genanki.Model(
        kind.id,
        kind.name,
        fields=[{"name": name} for name in kind.fields],
        templates=[{"name": card.name, "qfmt": card.front, "afmt": card.back} for card in kind.cards],
        css=kind.css,
    )
    target = genanki.Deck(1_600_000_001, deck.name, deck.description)
    for note in deck.notes:
        fields = [text for _, text in note.fields]
        target.add_note(
            genanki.Note(model, fields, guid=guid(deck.id, note), tags=list(note.tags), due=note.due)
        )
    genanki.Package(target).write_to_file(path)


PROGRAMS: dict[str, Write] = {"genanki": plain, "flashcards": ours}


def seconds(count: int = NOTES, rounds: int = ROUNDS) -> dict[str, float]:
    """The least time that each program takes to write the deck: in one process, in turn, after one warm-up each."""
    deck, lock = large_deck(count)
    best = dict.fromkeys(PROGRAMS, float("inf"))
    with tempfile.TemporaryDirectory() as folder:
        for round_ in range(rounds + 1):
            for name, write in PROGRAMS.items():
                start = time.perf_counter()
                write(deck, lock, Path(folder) / f"{name}.apkg")
                if round_:
                    best[name] = min(best[name], time.perf_counter() - start)
    return best


_IN_A_PROCESS = """
import sys
from pathlib import Path
from bench import cards
deck, lock = cards.large_deck(int(sys.argv[3]))
before = cards.peak()
cards.PROGRAMS[sys.argv[1]](deck, lock, Path(sys.argv[2]))
print(before, cards.peak())
"""


def peak() -> int:
    """The most memory that this process has had, in kilobytes; on Linux `getrusage` begins with its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most


def memory(name: str, count: int = NOTES) -> dict[str, int]:
    """The peak of a process that writes the deck, in megabytes, before and in all; and the file's size in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        command = [sys.executable, "-c", _IN_A_PROCESS, name, str(path), str(count)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        before, peak = (int(kilobytes) for kilobytes in done.stdout.split())
        return {"before": before // 1000, "peak": peak // 1000, "bytes": path.stat().st_size}


def measure() -> list[dict[str, Any]]:
    """A row for each program."""
    best = seconds()
    rows = []
    for name in PROGRAMS:
        used = memory(name)
        rows.append(
            {
                "measure": f"{NOTES} notes of {len(CARDS)} cards, by {name}",
                "seconds": round(best[name], 3),
                "ratio": round(best[name] / best["genanki"], 3),
                "MB before": used["before"],
                "MB at the peak": used["peak"],
                "MB of the file": round(used["bytes"] / 1e6, 2),
                "rounds": ROUNDS,
            }
        )
    return rows
