"""A chat-completions server on the loopback that answers, or misbehaves, as a test tells it."""

from __future__ import annotations

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = self.server
        told.asked.append((self.path, dict(self.headers), json.loads(body)))
        n = min(len(told.asked), len(told.behaviours)) - 1
        self.close_connection = True
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the client hung up
            told.behaviours[n](self)

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    behaviours: list[Behaviour]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.released = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def will(self, *behaviours: Behaviour) -> Server:
        """Answer the first request so, the next so; the last holds for all after it."""
        self.behaviours = list(behaviours)
        return self


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def says(content: str | None, finish: str = "stop", **message: object) -> Behaviour:
    """Answer with these words of the model."""
    reply = {
        "choices": [
            {"index": 0, "finish_reason": finish, "message": {"content": content, **message}}
        ]
    }
    return replies(json.dumps(reply).encode())


def names(*events: dict[str, Any]) -> Behaviour:
    """Answer with these events."""
    return says(json.dumps({"events": events}))


def replies(body: bytes, status: int = 200, **headers: str) -> Behaviour:
    return lambda handler: handler.send(status, body, **headers)


def event(paragraph: int, quote: str, kind: str, *places: str, **more: Any) -> dict[str, Any]:
    """Return an event as a model names it; a place is written "Rastan" or "Homs:origin"."""
    rows = [place.partition(":") for place in places]
    return {
        "paragraph": paragraph,
        "quote": quote,
        "kind": kind,
        "status": "happened",
        "actor": None,
        "from_actor": None,
        "places": [{"name": name, "role": role or "at"} for name, _, role in rows],
        "figure": None,
        **more,
    }
