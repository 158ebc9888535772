"""Checking a package without Anki: what is in it that Anki would refuse, drop, leave blank or run."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from html.parser import HTMLParser

from flashcards.cards.collection import NEWER, CollectedNote, CollectedType, Package, read_package
from flashcards.cards.fronts import fields_of, makes_card
from flashcards.model import Finding, Place

_MEDIA = re.compile(
    r"\[sound:([^\]]*)\]|<(?:img|audio|video|source)\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'>]+)", re.IGNORECASE
)
_LIVE = re.compile(r"\\[(\[]|\[latex\]|\[\$\$?\]|<anki-mathjax|\[anki:|\[\[type:", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1e\ufffd]")
_EMPTY = re.compile(r"(?:\s|&nbsp;|</?(?:br|div)\s*/?>)*", re.IGNORECASE)    # what Anki takes for an empty field
_OF_ANKI = frozenset("Tags Type Deck Subdeck Card CardFlag CardID FrontSide".split()) | {""}
_CLOZE_NUMBER = re.compile(r"\{\{c(\d+)::")
_BRACES = re.compile(r"\{\{c\d+::|\}\}|\{\{")
_CSS_REMOTE = re.compile(r"@import|url\(\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
_REMOTE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_SCRIPT_URL = re.compile(r"\s*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)
_FORBIDDEN = frozenset("script iframe object embed form link meta base style".split())
_VOID = frozenset("area br col hr img input link meta source track wbr".split())
_OPTIONAL_END = frozenset("li p rb rp rt".split())

_MINUTE = 60

Problem = tuple[str, str]
"""What is wrong and what to do about it."""


def check_package(data: bytes, name: str, now: int) -> tuple[Finding, ...]:
    """What is wrong with an .apkg file; () if nothing is.

    Args:
        data: the file's bytes.
        name: its name, for the findings.
        now: seconds since 1970; nothing in the package should be newer.

    Raises:
        InputError: it is no Anki package, is damaged, or would unpack to more than `MAX_COLLECTION` bytes.
    """
    package = read_package(data, name)
    problems = _problems(package, now) if package else [NEWER]
    return tuple(Finding("cards", Place(name), "warning", message, remedy) for message, remedy in problems)


def _problems(package: Package, now: int) -> Iterator[Problem]:
    yield from _package_problems(package, now)
    yield from _media_problems(package)
    for kind in package.types.values():
        yield from _type_problems(kind)
    files = frozenset(package.media.values())
    for note in package.notes:
        yield from _note_problems(note, package.types.get(note.type_id), files)


def _package_problems(package: Package, now: int) -> Iterator[Problem]:
    if not package.notes:
        yield "has no notes", "lower the thresholds of the recipe, or choose more kinds of cards"
    if len(package.notes) > 1 and package.due == {0}:
        yield "has no order of new cards", "build the deck again"
    if newer := sum(note.changed > now + _MINUTE for note in package.notes):
        yield f"has {newer} notes of a time to come", "set the clock; Anki would take no change of them until then"
    for guid, count in Counter(note.guid for note in package.notes).items():
        if count > 1:
            yield f"guid {guid} stands on {count} notes", "give each note its own: Anki would import them all"
    keys = Counter((note.type_id, note.fields[0]) for note in package.notes)
    for (type_id, key), count in keys.items():
        if count > 1 and type_id in package.types:
            kind = package.types[type_id].name
            yield f'{count} notes of "{kind}" have the first field "{key[:60]}"', "make the keys differ"


def _media_problems(package: Package) -> Iterator[Problem]:
    needed = {file for note in package.notes for text in note.fields for file in _files_in(text)}
    for entry, file in package.media.items():
        if entry in package.entries and not (file in needed or file.startswith("_")):
            yield f"nothing needs media file {file}, so Anki would leave it out", "build the deck again"
        if entry not in package.entries:
            yield f"media file {file} is missing", "build the deck again"
    for file, count in Counter(package.media.values()).items():
        if count > 1:
            yield f"{count} media files are named {file}", "give each its own name"


def _type_problems(kind: CollectedType) -> Iterator[Problem]:
    if _CSS_REMOTE.search(kind.css):
        yield f'the style of "{kind.name}" loads from the network', "put the file into the package"
    fields = {field.name for field in kind.flds}
    for template in kind.tmpls:
        for unknown in sorted((fields_of(template.qfmt) | fields_of(template.afmt)) - fields - _OF_ANKI):
            yield f'card "{template.name}" of "{kind.name}" asks for a field "{unknown}"', "mend the template"
        for side in (template.qfmt, template.afmt):
            try:
                makes_card(side, fields)
            except ValueError as error:
                yield f'card "{template.name}" of "{kind.name}": {error}', "mend the template"
            for problem in html_problems(side):
                yield f'card "{template.name}" of "{kind.name}": {problem}', "mend the template"


def _note_problems(note: CollectedNote, kind: CollectedType | None, files: Set[str]) -> Iterator[Problem]:
    if kind is None:
        yield f"{note.label} has an unknown note type", "build the deck again"
        return
    if len(note.fields) != len(kind.flds):
        yield f"{note.label} has {len(note.fields)} fields, its type {len(kind.flds)}", "build the deck again"
    if not note.fields[0].strip():
        yield f"note {note.id} has an empty first field", "give it a key: Anki would refuse it"
    if not note.ords:
        yield f"{note.label} has no card", "choose a card for it, or leave it out"
    yield from _cloze_problems(note, kind)
    for text in note.fields:
        for problem in html_problems(text):
            yield f"{note.label}: {problem}", "escape the text"
        if found := _LIVE.search(text):
            yield f"{note.label}: Anki would act on {found[0]} in its text", "escape the text"
        if _UNSEEN.search(text):
            yield f"{note.label} has characters that cannot be shown", "leave them out"
        for file in _files_in(text):
            if file not in files:
                yield f"{note.label} needs {file}, which is not in the package", "build the deck again"


def _files_in(text: str) -> Iterator[str]:
    """The media files that a field names."""
    return (file for file in map("".join, _MEDIA.findall(text)) if not _REMOTE.match(file))


def _cards_problems(note: CollectedNote, kind: CollectedType) -> Iterator[Problem]:
    """Cards with a blank front, and cards that Anki would make besides."""
    named = zip((field.name for field in kind.flds), note.fields, strict=False)
    filled = {name for name, text in named if not _EMPTY.fullmatch(text)}
    for place, template in enumerate(kind.tmpls):
        try:
            wanted = makes_card(template.qfmt, filled)
        except ValueError:    # told once, with the note type
            return
        if wanted and place not in note.ords:
            yield f'{note.label} lacks the card "{template.name}", which Anki would make', "build the deck again"
        elif place in note.ords and not wanted:
            yield f'the front of "{template.name}" of {note.label} is blank', "fill a field that it shows"


def _cloze_problems(note: CollectedNote, kind: CollectedType) -> Iterator[Problem]:
    if kind.type != 1:
        if any(ord_ >= len(kind.tmpls) for ord_ in note.ords):
            yield f"{note.label} has a card without a template", "build the deck again"
        yield from _cards_problems(note, kind)
        if any("{{" in text or "}}" in text for text in note.fields):
            yield f"{note.label} has the braces of a template in its text", "escape the text"
        return
    numbers = {int(number) for text in note.fields for number in _CLOZE_NUMBER.findall(text)}
    if not numbers or 0 in numbers:
        yield f"{note.label} has no cloze, or one numbered 0", "number its clozes from 1"
    elif {ord_ + 1 for ord_ in note.ords} != numbers:
        yield f"{note.label} has other cards than clozes", "build the deck again"
    if not all(map(_well_formed, note.fields)):
        yield f"{note.label} has a cloze that does not close", "escape the braces of its text"


def _well_formed(text: str) -> bool:
    """Whether every cloze is closed and none lies in another."""
    open_ = False
    for brace in _BRACES.findall(text):
        if brace == "{{" or (brace != "}}") == open_:
            return False
        open_ = brace != "}}"
    return not open_


def html_problems(text: str) -> Iterator[str]:
    """What is wrong with a piece of HTML: tags that do not match, scripts, handlers, addresses on the network."""
    parser = _Inspector()
    parser.feed(text)
    parser.close()
    yield from parser.problems
    yield from (f"<{tag}> is not closed" for tag in parser.open if tag not in _OPTIONAL_END)


class _Inspector(HTMLParser):
    """Follows the tags of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        if tag in _FORBIDDEN:
            self.problems.append(f"<{tag}> has no place on a card")
        if tag not in _VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name.startswith("on"):
                self.problems.append(f"<{tag} {name}> runs a script")
            if name in ("src", "href", "data", "poster", "srcset") and value:
                if _SCRIPT_URL.match(value):
                    self.problems.append(f"<{tag} {name}> runs a script")
                elif name != "href" and _REMOTE.match(value):
                    self.problems.append(f"<{tag} {name}> loads from the network")
            if name == "style" and _CSS_REMOTE.search(value or ""):
                self.problems.append(f"<{tag} style> loads from the network")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] != tag and self.open[-1] in _OPTIONAL_END:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in _VOID:
            self.problems.append(f"</{tag}> closes nothing")
