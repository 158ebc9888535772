"""The lock: what a deck remembers of its notes, so that a rebuilt one updates a learner's cards and loses none.

Anki knows a note again by its guid and takes a new version of it only if it is newer. So the lock keeps each note's
identity, of which the guid is made, and the time at which its content last changed.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from statistics import fmean
from typing import Annotated, Protocol

import msgspec

from flashcards.cards.notetypes import FIRST_TIME, KINDS, VOLATILE, note_type
from flashcards.errors import RecipeError
from flashcards.model import Note

_VERSION = 1
_SOUND = re.compile(r"(\[sound:fc-[0-9a-f]{8})-[0-9a-f]{8}(\.\w+\])")
_BLANK = re.compile(r'<span class="b\d+">(.*?)</span>')
_REMEDY = "take the last good copy from version control, or delete it: then mended notes are new ones to Anki"

SUCCESSOR = 0.75
"""How alike a vanished note and a new one must be, 0 to 1, to be the same one mended.

The mean of the likeness of their Chinese, by characters, and of their English, by words; that of the Chinese alone
where one of them has no English, so that a translation that is added later costs no reviews. 合座 → 合作 "cooperation"
has .75, a mended character in a sentence .9 and more; 安全 "security" → 安全感 "sense of security", two terms, .65.
"""

NEARBY = 10
"""How many notes of its kind may have come between a vanished note's place and its successor's."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is remembered of a note.

    `id` is that of its term or pair now, `identity` the one that it began with; `zh` and `en` are what it is compared
    by; `hash` and `time` (seconds since 1970) are its content's; `clozes` the number of each term, by its identity;
    `gone` says that the deck has it no more.
    """

    kind: str
    id: str
    identity: str
    zh: str
    en: str
    hash: str = ""
    time: Annotated[int, msgspec.Meta(ge=0, lt=1 << 33)] = FIRST_TIME    # until the year 2242
    clozes: dict[str, int] = {}
    gone: bool = False


Key = tuple[str, str]
"""A note's kind and id."""


class Lock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The memory of a deck: its notes in their order, vanished ones where they stood."""

    notes: tuple[Entry, ...] = ()
    version: int = _VERSION

    def by_id(self) -> Mapping[Key, Entry]:
        """The entries by the id that their note has now."""
        return {(entry.kind, entry.id): entry for entry in self.notes}

    def taught(self, *kinds: str) -> frozenset[str]:
        """The Chinese of the notes of these kinds that the deck has."""
        return frozenset(entry.zh for entry in self.notes if entry.kind in kinds and not entry.gone)

    def by_identity(self) -> Mapping[Key, Entry]:
        """The entries by the identity that their note keeps."""
        return {(entry.kind, entry.identity): entry for entry in self.notes}


class Subject(Protocol):
    """What a note will be about: enough to tell which note it is."""

    @property
    def kind(self) -> str:
        """The kind of note."""

    @property
    def id(self) -> str:
        """The id of its term or pair."""

    @property
    def zh(self) -> str:
        """Its Chinese."""

    @property
    def en(self) -> str:
        """Its English."""


def read_lock(data: bytes, name: str) -> Lock:
    """The lock in a file's bytes.

    Args:
        data: JSON as `write_lock` makes it.
        name: the file's name, for errors.

    Raises:
        RecipeError: it is damaged, or a newer version of this program made it.
    """
    try:
        lock = msgspec.json.decode(data, type=Lock)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecipeError(f"{name} is no lock ({error})", _REMEDY) from None
    if lock.version != _VERSION:
        raise RecipeError(f"{name} has version {lock.version} of the lock", "install a newer flashcards")
    for entry in lock.notes:
        if entry.kind not in KINDS:
            raise RecipeError(f'{name} has a note of an unknown kind "{entry.kind}"', _REMEDY)
        if len({0, *entry.clozes.values()}) <= len(entry.clozes) or min(entry.clozes.values(), default=1) < 1:
            raise RecipeError(f"{name} gives a cloze number of note {entry.id} twice, or one below 1", _REMEDY)
    if len(lock.by_id()) < len(lock.notes) or len(lock.by_identity()) < len(lock.notes):
        raise RecipeError(f"{name} has a note twice", _REMEDY)
    return lock


def write_lock(lock: Lock) -> bytes:
    """The lock as JSON, one note a line, so that version control shows and merges it note by note."""
    lines = b",\n".join(map(msgspec.json.encode, lock.notes))
    return b'{"version": %d, "notes": [\n%s\n]}\n' % (lock.version, lines)


def identify(lock: Lock, subjects: Sequence[Subject], sentences: Collection[str]) -> Lock:
    """The lock with an entry for each subject: its own, that of the vanished note which it mends, or a new one.

    Args:
        lock: what is remembered.
        subjects: what the deck's notes will be about, in the deck's order; no two of one kind have one id.
        sentences: all the Chinese of the lesson; a note about something that still stands there is left out of the
            deck, not mended.
    """
    known = lock.by_id()
    old = {key: known[key] for key in map(_key, subjects) if key in known} | _heirs(lock, subjects, sentences)
    identities = {(entry.kind, entry.identity) for entry in lock.notes}
    entries = []
    for subject in subjects:
        entry = old.get(_key(subject))
        if entry is None:
            entry = Entry(subject.kind, subject.id, _unused(subject, identities), subject.zh, subject.en)
            identities.add((entry.kind, entry.identity))
        entries.append(msgspec.structs.replace(entry, id=subject.id, zh=subject.zh, en=subject.en))
    return Lock(_with_vanished(entries, lock.notes))


def _key(subject: Subject) -> Key:
    return subject.kind, subject.id


def _unused(subject: Subject, identities: set[Key]) -> str:
    """The subject's id, or, if a note that was once about it has gone on to something else, the id with a number."""
    identity, number = subject.id, 1
    while (subject.kind, identity) in identities:
        number += 1
        identity = f"{subject.id}-{number}"
    return identity


def _heirs(lock: Lock, subjects: Sequence[Subject], sentences: Collection[str]) -> dict[Key, Entry]:
    """The vanished entries by the key of the new subject that each of them passes to, the most alike first."""
    text = "\n".join(sentences)
    heirs: dict[Key, Entry] = {}
    for kind in KINDS:
        entries = [entry for entry in lock.notes if entry.kind == kind]
        current = [subject for subject in subjects if subject.kind == kind]
        passed: set[str] = set()
        for _, _, place, entry in sorted(_candidates(entries, current), key=lambda each: each[:3]):
            stands = entry.zh in (text if kind == "term" else sentences)
            if not stands and entry.id not in passed and _key(current[place]) not in heirs:
                heirs[_key(current[place])] = entry
                passed.add(entry.id)
    return heirs


def _candidates(entries: Sequence[Entry], subjects: Sequence[Subject]) -> Iterator[tuple[float, int, int, Entry]]:
    """Every new subject that a vanished entry could be: (unlikeness, distance, place of the subject, entry)."""
    known = {entry.id for entry in entries}
    places = {subject.id: place for place, subject in enumerate(subjects)}
    new = {place for id, place in places.items() if id not in known}
    expected = 0    # where an entry would stand now, judged by the last one before it that is still there
    for entry in entries if new else ():
        if entry.id not in places:
            for place in new.intersection(range(expected - NEARBY, expected + NEARBY + 1)):
                alike = likeness(entry, subjects[place])
                if alike >= SUCCESSOR:
                    yield 1 - alike, abs(place - expected), place, entry
        expected = places.get(entry.id, expected) + 1


def likeness(entry: Entry, subject: Subject) -> float:
    """How alike the two notes are, 0 to 1; see `SUCCESSOR`."""
    sides = [SequenceMatcher(None, entry.zh, subject.zh, autojunk=False)]
    if entry.en and subject.en:
        sides.append(SequenceMatcher(None, entry.en.split(), subject.en.split(), autojunk=False))
    if fmean(side.quick_ratio() for side in sides) < SUCCESSOR:    # an upper bound, and much faster
        return 0.0
    return fmean(side.ratio() for side in sides)


def _with_vanished(entries: Sequence[Entry], old: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries with the old ones that are not among them, each behind the one that it stood behind."""
    present = {(entry.kind, entry.identity) for entry in entries}
    vanished: defaultdict[Key | None, list[Entry]] = defaultdict(list)
    before = None
    for entry in old:
        key = (entry.kind, entry.identity)
        if key in present:
            before = key
        else:
            vanished[before].append(entry)
    merged = list(vanished[None])
    for entry in entries:
        merged += (entry, *vanished[entry.kind, entry.identity])
    return tuple(merged)


def number_clozes(lock: Lock, hidden: Mapping[str, Sequence[str]]) -> Lock:
    """The lock with a number for each term of each cloze note; no number ever passes to another term.

    Args:
        lock: the lock, with an entry for each of these notes.
        hidden: the identities of the terms that a note hides, in the order of its sentence, by the pair's id.
    """
    return Lock(tuple(_numbered(entry, hidden) for entry in lock.notes))


def _numbered(entry: Entry, hidden: Mapping[str, Sequence[str]]) -> Entry:
    if entry.kind != "cloze" or entry.id not in hidden:
        return entry
    numbers = dict(entry.clozes)
    for identity in hidden[entry.id]:
        numbers.setdefault(identity, max(numbers.values(), default=0) + 1)
    return msgspec.structs.replace(entry, clozes=numbers)


def stamp(lock: Lock, notes: Iterable[Note], now: int) -> Lock:
    """The lock with the notes' contents: where one differs from what is remembered, its time is new too.

    Args:
        lock: the lock, with an entry for each note's identity.
        notes: the notes, their ids being identities.
        now: seconds since 1970.
    """
    hashes = {(note.kind, note.id): content_hash(note) for note in notes}
    return Lock(tuple(_stamped(entry, hashes.get((entry.kind, entry.identity), ""), now) for entry in lock.notes))


def _stamped(entry: Entry, digest: str, now: int) -> Entry:
    if digest in ("", entry.hash):
        return msgspec.structs.replace(entry, gone=not digest)
    time = max(now, entry.time + 1) if entry.hash else entry.time
    return msgspec.structs.replace(entry, hash=digest, time=time, gone=False)


def _unmarked(text: str) -> str:
    """A field's text without what is no change of it."""
    return _BLANK.sub(r"\1", _SOUND.sub(r"\1\2", text))


def content_hash(note: Note) -> str:
    """A hash of what a learner would see change: no matter what fields are called, or which empty ones there are.

    Of a sound that counts which it is, not its bytes: read out again, the same text comes out a little different. Nor
    counts which words of a cloze's translation are marked: a term's rendering that is mended is a change of the term.
    """
    named = zip(note_type(note.kind).first_names, (text for _, text in note.fields), strict=True)
    fields = [(name, _unmarked(text)) for name, text in named if text and name not in VOLATILE]
    return hashlib.sha256(msgspec.json.encode([fields, note.tags])).hexdigest()[:16]
