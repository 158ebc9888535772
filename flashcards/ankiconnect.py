"""A running Anki, reached through its add-on AnkiConnect: JSON over HTTP on this machine, version 6 of its protocol.

It is asked only when the user wants it, for what it has; and it is given a deck only when the user says so.
"""

import http.client
import json
import os
import unicodedata
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flashcards.errors import InputError

ADDRESS = "http://127.0.0.1:8765"
"""Where AnkiConnect listens, unless its user has changed that."""

TIMEOUT = 30.0
"""The seconds that an answer may take."""

IMPORT_TIMEOUT = 600.0
"""The seconds that an import may take: Anki makes a backup before it, and large decks have sounds."""

_VERSION = 6
_AT_ONCE = 1_000
"""So many notes are asked for in one go: Anki stands still while it answers."""

_START = "start Anki with the add-on AnkiConnect (code 2055492159), and close what it asks for there"
_REMEDIES = {
    "findNotes": "try the search in Anki's browser",
    "importPackage": "see that Anki may read the file, or import it there with File > Import",
}
"""What to do where Anki refuses an action."""


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note as Anki has it: its fields' names and their HTML, in their order, and its tags."""

    id: int
    names: tuple[str, ...]
    fields: tuple[str, ...]
    tags: tuple[str, ...]

    def named(self, name: str) -> tuple[str, ...]:
        """The HTML of the field of that name, capital letters or not; () if the note has none."""
        wanted = _composed(name).casefold()
        fields = zip(self.names, self.fields, strict=True)
        return tuple(text for each, text in fields if _composed(each).casefold() == wanted)


@dataclass(frozen=True, slots=True)
class Changes:
    """What the import of a package did to a deck's notes.

    `added`, `updated`, `unchanged` and `missing` count the notes of the package, the last those that Anki has not under
    their key, although it took the package: their user gave them another. `left` are the ids of the deck's notes that
    Anki has and the package has not.
    """

    added: int
    updated: int
    unchanged: int
    missing: int
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnkiConnect:
    """A client. `key` is the API key, if AnkiConnect wants one; the timeouts are seconds."""

    address: str = ADDRESS
    key: str = ""
    timeout: float = TIMEOUT
    import_timeout: float = IMPORT_TIMEOUT

    def learnt(self, query: str) -> tuple[AnkiNote, ...]:
        """The notes in a deck, or that a search finds, of which a card has been studied and is not suspended.

        Args:
            query: the name of a deck, or a search as Anki's browser has it.

        Raises:
            InputError: Anki does not answer, or will not, or does not understand the search.
        """
        decks = self._list("deckNames")
        search = f'"deck:{_escaped(query)}"' if query in decks else f"({query})"
        return tuple(self._notes(f"{search} -is:new -is:suspended"))

    def push(self, package: Path, beginnings: Sequence[str], keys: Set[str]) -> Changes:
        """Have Anki import a deck, and tell what that changed.

        Args:
            package: the .apkg file.
            beginnings: how the keys of the deck's notes begin, whether or not the package has them.
            keys: those of the package's notes. A key is the HTML of a note's first field.

        Raises:
            InputError: Anki does not answer, is too old, or will not.
        """
        self._greet()
        before = self._of_deck(beginnings)
        path = package.resolve()
        if self._ask("importPackage", self.import_timeout, path=str(path)) is not True:
            raise InputError(f"Anki has not imported {path}", _REMEDIES["importPackage"])
        return changes(before, self._of_deck(beginnings), keys)

    def _greet(self) -> None:
        """Make sure that this is an AnkiConnect that we understand, and that it lets us in.

        Raises:
            InputError: it is not, or does not.
        """
        version = self._ask("version")
        if not isinstance(version, int) or isinstance(version, bool):
            raise self._strange()
        if version < _VERSION:
            raise _outdated()
        answer = self._ask("requestPermission")
        if not isinstance(answer, dict) or "permission" not in answer:
            raise self._strange()
        if answer["permission"] != "granted":
            raise _denied()
        # The documentation writes requireApiKey, the add-on requireApikey.
        if not self.key and any(name.lower() == "requireapikey" and wanted for name, wanted in answer.items()):
            raise self._locked()

    def _of_deck(self, beginnings: Sequence[str]) -> tuple[AnkiNote, ...]:
        """The notes whose first field begins so, whatever their note type, its fields and their deck are called now."""
        starts = tuple(map(_composed, beginnings))
        search = " or ".join(f'"*:{_escaped(start)}*"' for start in starts)    # * is a field of any name
        return tuple(note for note in self._notes(search) if note.fields and note.fields[0].startswith(starts))

    def _notes(self, search: str) -> Iterator[AnkiNote]:
        ids = self._list("findNotes", query=search)
        for start in range(0, len(ids), _AT_ONCE):
            for note in self._list("notesInfo", notes=ids[start : start + _AT_ONCE]):
                if note:    # {} for one that has been deleted meanwhile
                    try:
                        yield _note(note)
                    except (AttributeError, KeyError, TypeError, ValueError):
                        raise self._strange() from None

    def _list(self, action: str, **params: Any) -> list[Any]:
        answer = self._ask(action, **params)
        if not isinstance(answer, list):
            raise self._strange()
        return answer

    def _ask(self, action: str, timeout: float | None = None, **params: Any) -> Any:
        """The answer to a request."""
        timeout = self.timeout if timeout is None else timeout
        request: dict[str, object] = {"action": action, "version": _VERSION, "params": params}
        if self.key:
            request["key"] = self.key
        # No proxy: whatever one there is leads away from this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        headers = {"Content-Type": "application/json"}
        try:
            whole = urllib.request.Request(self.address, json.dumps(request).encode(), headers)
            with opener.open(whole, timeout=timeout) as response:
                answer = json.loads(response.read())
        except TimeoutError:
            raise _late(timeout) from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise _late(timeout) from None
            if isinstance(error, urllib.error.HTTPError) and error.code == http.client.FORBIDDEN:
                raise _denied() from None
            raise InputError(f"Anki does not answer at {self.address} ({error.reason})", _START) from None
        except (OSError, http.client.HTTPException) as error:
            raise InputError(f"Anki does not answer at {self.address} ({error})", _START) from None
        except (ValueError, RecursionError):    # no JSON, or no address that can be
            raise self._strange() from None
        if type(answer) is int:    # the versions before 5 answer without saying whether there is an error
            raise _outdated()
        if not isinstance(answer, dict) or not {"result", "error"} <= answer.keys():
            raise self._strange()
        if answer["error"] is not None:
            raise self._refused(action, str(answer["error"]))
        return answer["result"]

    def _strange(self) -> InputError:
        return InputError(f"what answers at {self.address} is not AnkiConnect", _START)

    def _locked(self) -> InputError:
        message = "AnkiConnect does not accept this API key" if self.key else "AnkiConnect wants its API key"
        return InputError(message, "set ANKICONNECT_KEY to the apiKey of its configuration, if there is one")

    def _refused(self, action: str, error: str) -> InputError:
        if "api key" in error:
            return self._locked()
        if error == "unsupported action":
            return _outdated()
        if error == "collection is not available":
            return InputError("Anki has no profile open", "choose one in it, or wait until it has synchronised")
        return InputError(f"Anki refuses: {error}", _REMEDIES.get(action, ""))


def from_environment() -> AnkiConnect:
    """The client for Anki on this machine; $ANKICONNECT_URL and $ANKICONNECT_KEY say what its user has changed."""
    address, key = os.environ.get("ANKICONNECT_URL") or ADDRESS, os.environ.get("ANKICONNECT_KEY", "")
    return AnkiConnect(address, key, TIMEOUT, IMPORT_TIMEOUT)


def changes(before: Iterable[AnkiNote], after: Iterable[AnkiNote], keys: Set[str]) -> Changes:
    """What became of a deck's notes.

    Args:
        before: those that Anki had.
        after: those that it has.
        keys: those of the imported package's notes.
    """
    wanted = set(map(_composed, keys))
    earlier, later = _by_key(before), _by_key(after)
    here = wanted & later.keys()
    old = here & earlier.keys()
    updated = sum(earlier[key] != later[key] for key in old)
    left = sorted(note.id for key, notes in later.items() if key not in wanted for note in notes)
    return Changes(len(here) - len(old), updated, len(old) - updated, len(wanted) - len(here), tuple(left))


def _by_key(notes: Iterable[AnkiNote]) -> Mapping[str, Set[AnkiNote]]:
    """The notes of each key: several where the user has made copies."""
    found = defaultdict(set)
    for note in notes:
        found[note.fields[0]].add(note)
    return found


def _note(info: Mapping[str, Any]) -> AnkiNote:
    """A note of an answer to notesInfo."""
    fields = sorted(info["fields"].items(), key=lambda item: item[1]["order"])
    names, values = tuple(name for name, _ in fields), tuple(str(field["value"]) for _, field in fields)
    return AnkiNote(int(info["noteId"]), names, values, tuple(sorted(map(str, info["tags"]))))


def _composed(text: str) -> str:
    """The text as Anki keeps it, in NFC."""
    return unicodedata.normalize("NFC", text)


def _late(timeout: float) -> InputError:
    message = f"Anki did not answer within {timeout:g} seconds"
    return InputError(message, "close the dialogs that are open in it, and wait until it has synchronised")


def _outdated() -> InputError:
    remedy = "update the add-on: in Anki, Tools > Add-ons > Check for Updates"
    return InputError(f"AnkiConnect does not speak version {_VERSION} of its protocol", remedy)


def _denied() -> InputError:
    remedy = "answer Yes where Anki asks, and look at ignoreOriginList in the add-on's configuration"
    return InputError("AnkiConnect does not let flashcards in", remedy)


def _escaped(text: str) -> str:
    """A text for a search in quotation marks: what means something there stands for itself."""
    return "".join("\\" + c if c in '\\"*_:' else c for c in text)
