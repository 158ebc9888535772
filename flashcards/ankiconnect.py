"""A running Anki, asked through its add-on AnkiConnect: JSON over HTTP on this machine, version 6 of its protocol.

It is asked only when the user wants it, and only for what it has; nothing in it is changed.
"""

import http.client
import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flashcards.errors import InputError

ADDRESS = "http://127.0.0.1:8765"
"""Where AnkiConnect listens, unless its user has changed that."""

_VERSION = 6
_AT_ONCE = 1_000
"""So many notes are asked for in one go: Anki stands still while it answers."""

_START = "start Anki with the add-on AnkiConnect (code 2055492159), and close what it asks for there"


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note as Anki has it: its fields' HTML, in their order."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnkiConnect:
    """A client. `key` is the API key, if AnkiConnect wants one; `timeout` the seconds that one answer may take."""

    address: str = ADDRESS
    key: str = ""
    timeout: float = 30.0

    def learnt(self, query: str) -> tuple[AnkiNote, ...]:
        """The notes in a deck, or that a search finds, of which a card has been studied and is not suspended.

        Args:
            query: the name of a deck, or a search as Anki's browser has it.

        Raises:
            InputError: Anki does not answer, or will not, or does not understand the search.
        """
        decks = self._ask("deckNames")
        search = f'"deck:{_escaped(query)}"' if query in decks else f"({query})"
        ids = self._ask("findNotes", query=f"{search} -is:new -is:suspended")
        parts = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
        return tuple(note for part in parts for note in self._notes(part))

    def _notes(self, ids: Sequence[int]) -> Iterator[AnkiNote]:
        for note in self._ask("notesInfo", notes=ids):
            if note:    # {} for one that has been deleted meanwhile
                try:
                    fields = sorted(note["fields"].values(), key=lambda field: field["order"])
                    yield AnkiNote(tuple(str(field["value"]) for field in fields))
                except (AttributeError, KeyError, TypeError):
                    raise self._strange() from None

    def _ask(self, action: str, **params: object) -> list[Any]:
        """The answer to a request, always a list here."""
        request: dict[str, object] = {"action": action, "version": _VERSION, "params": params}
        if self.key:
            request["key"] = self.key
        # No proxy: whatever one there is leads away from this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        headers = {"Content-Type": "application/json"}
        try:
            whole = urllib.request.Request(self.address, json.dumps(request).encode(), headers)
            with opener.open(whole, timeout=self.timeout) as response:
                answer = json.loads(response.read())
        except TimeoutError:
            raise self._late() from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._late() from None
            raise InputError(f"Anki does not answer at {self.address} ({error.reason})", _START) from None
        except (OSError, http.client.HTTPException) as error:
            raise InputError(f"Anki does not answer at {self.address} ({error})", _START) from None
        except ValueError:    # no JSON, or no address that can be
            raise self._strange() from None
        if not isinstance(answer, dict) or not {"result", "error"} <= answer.keys():
            raise self._strange()
        if answer["error"] is not None:
            raise self._refused(str(answer["error"]))
        if not isinstance(answer["result"], list):
            raise self._strange()
        return answer["result"]

    def _late(self) -> InputError:
        message = f"Anki did not answer within {self.timeout:g} seconds"
        return InputError(message, "close the dialogs that are open in it, and wait until it has synchronised")

    def _strange(self) -> InputError:
        return InputError(f"what answers at {self.address} is not AnkiConnect", _START)

    def _refused(self, error: str) -> InputError:
        if "api key" in error:
            return InputError("AnkiConnect wants its API key", "set ANKICONNECT_KEY to the apiKey of its configuration")
        return InputError(f"Anki refuses: {error}", "try the search in Anki's browser")


def from_environment() -> AnkiConnect:
    """The client for Anki on this machine; $ANKICONNECT_URL and $ANKICONNECT_KEY say what its user has changed."""
    return AnkiConnect(os.environ.get("ANKICONNECT_URL") or ADDRESS, os.environ.get("ANKICONNECT_KEY", ""))


def _escaped(name: str) -> str:
    """A deck's name for a search in quotation marks: what means something there stands for itself."""
    return "".join("\\" + c if c in '\\"*_' else c for c in name)
