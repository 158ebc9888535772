"""AnkiConnect as it is documented, version 6 of its protocol, over a real collection."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def answers(col: Any, key: str = "") -> Callable[[bytes], bytes]:
    """What AnkiConnect answers for a collection, to a request as it comes."""

    def note(id: int) -> dict[str, Any]:
        found = col.get_note(id)
        fields = {name: {"value": value, "order": order} for order, (name, value) in enumerate(found.items())}
        return {"noteId": id, "modelName": found.note_type()["name"], "tags": found.tags, "fields": fields}

    actions: dict[str, Callable[..., Any]] = {
        "deckNames": lambda: [deck.name for deck in col.decks.all_names_and_ids()],
        "findNotes": lambda query: list(col.find_notes(query)),
        "notesInfo": lambda notes: [note(id) for id in notes],
    }

    def answer(body: bytes) -> bytes:
        request = json.loads(body)
        assert request["version"] == 6
        try:
            if request.get("key", "") != key:
                raise ValueError("valid api key must be provided")
            result: Any = actions[request["action"]](**request.get("params", {}))
            return json.dumps({"result": result, "error": None}).encode()
        except Exception as error:    # as the add-on does: whatever goes wrong is told
            return json.dumps({"result": None, "error": str(error)}).encode()

    return answer


@contextmanager
def served(answer: Callable[[bytes], bytes], delay: float = 0.0) -> Iterator[str]:
    """The address of a server that answers so, as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(delay)
            data = answer(body)
            try:
                self.send_response(200)
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
