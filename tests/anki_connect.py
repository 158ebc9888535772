"""AnkiConnect as it is documented, version 6 of its protocol, over a real collection.

Where the documentation and the add-on differ it is as the add-on: `requireApikey`, and every action but
`requestPermission` wants the key.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[bytes], bytes]


def answers(col: Any, key: str = "", *, version: int = 6, permission: str = "granted") -> Answer:
    """What AnkiConnect answers for a collection, to a request as it comes; None is a profile that is not open."""

    def note(id: int) -> dict[str, Any]:
        found = col.get_note(id)
        fields = {name: {"value": value, "order": order} for order, (name, value) in enumerate(found.items())}
        return {"noteId": id, "modelName": found.note_type()["name"], "tags": found.tags, "fields": fields}

    def allowed() -> dict[str, Any]:
        if permission != "granted":
            return {"permission": permission}
        return {"permission": permission, "requireApikey": bool(key), "version": version}

    actions: dict[str, Callable[..., Any]] = {
        "version": lambda: version,
        "requestPermission": allowed,
        "deckNames": lambda: [deck.name for deck in col.decks.all_names_and_ids()],
        "findNotes": lambda query: list(col.find_notes(query)),
        "notesInfo": lambda notes: [note(id) for id in notes],
        "importPackage": lambda path: imported(col, path),
    }

    def answer(body: bytes) -> bytes:
        request = json.loads(body)
        assert request["version"] == 6
        action = request["action"]
        try:
            if action != "requestPermission" and request.get("key", "") != key:
                raise ValueError("valid api key must be provided")
            if action not in actions:
                raise ValueError("unsupported action")
            if col is None and action not in ("version", "requestPermission"):
                raise ValueError("collection is not available")
            return said(actions[action](**request.get("params", {})))
        except Exception as error:    # as the add-on does: whatever goes wrong is told
            return said(None, str(error))

    return answer


def said(result: object, error: str | None = None) -> bytes:
    """An answer of the protocol."""
    return json.dumps({"result": result, "error": error}).encode()


def imported(col: Any, path: str) -> bool:
    """What importPackage does, with the options of Anki's own importer for add-ons."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    options = ImportAnkiPackageOptions(merge_notetypes=True, with_scheduling=True, with_deck_configs=True)
    col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options))
    col.models._clear_cache()
    return True


@contextmanager
def served(answer: Answer, delay: float = 0.0, status: int = 200) -> Iterator[str]:
    """The address of a server that answers so, as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(delay)
            data = answer(body)
            try:
                self.send_response(status)
                self.send_header("Content-Type", "text/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except OSError:    # the client did not wait
                pass

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
