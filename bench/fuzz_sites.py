"""Kinds of cases for `mapgen fetch`: sites that answer with hostile heads, bodies and rules.

A server of this process sends the bytes of a case, also without end; `bench/fuzz.py` runs the cases
as it runs others.
"""

from __future__ import annotations

import json
import shutil
import socket
import threading
import zlib
from base64 import b64decode, b64encode
from itertools import chain, repeat
from typing import TYPE_CHECKING

from fuzz_packed import CHARSETS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from gazetteer import Gazetteer

MOST_BYTES, MOST_SECONDS = 300_000, 0.3  # of an answer, so that endless ones end soon
PAGE = b"<!doctype html><html><body><p>Rebels captured Goma.</p></body></html>"
FEED = (
    b'<rss version="2.0"><channel><item><title>Goma</title><link>%s</link></item></channel></rss>'
)
GOALS = (
    "http://[::1", "//[", "http://a:b:c/", "file:///etc/hostname", "http://127.0.0.1:9/", "/a",
    "http://10.0.0.7/", "http://[64:ff9b::a00:7]/", "http://[::127.0.0.1]/", "http://2130706433/",
    "https://press.example/", "ftp://x/", "\\\\x\\y", "http://" + "a" * 3_000, "http://\xe9\xff/",
    "javascript:alert(1)", "http://user:word@press.example/", "\x1b[2J", "?" * 900, "",
)  # fmt: skip
RULES = (
    "Disallow: /" + "*a" * 60 + "*b", "Crawl-delay: nan", "Crawl-delay: -5", "Disallow: /%",
    "Crawl-delay: " + "9" * 5_000, "Request-rate: 9e999/0", "Visit-time: x", "Sitemap: http://[",
    "User-agent: mapgen\nDisallow:", "\x00\ufeff", "Disallow: /" + "\u2603" * 90,
)  # fmt: skip
_FIELDS = (
    "Content-Length: -5", "Content-Length: " + "9" * 5_000, "Transfer-Encoding: chunked",
    "Content-Encoding: gzip", "Content-Encoding: br", "ETag: \xff\x01", "Connection: keep-alive",
    "Content-Encoding: gzip, gzip", "X: " + "a" * 70_000, ": ", "Last-Modified: " + "a" * 9_000,
)  # fmt: skip
_PACKER = zlib.compressobj(9, zlib.DEFLATED, 31)
_PACKED = _PACKER.compress(PAGE) + _PACKER.flush()
_BEGUN = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"


def site(draw: Random) -> bytes:
    """Return a case: what a site answers for its rules and for a page."""
    body = draw.choice(
        (PAGE, _PACKED, _BEGUN, FEED % draw.choice(GOALS).encode("latin-1"), b"f" * 5_000 + b"\r\n",
         b"0\r\n", b"-5\r\nabc", b"%PDF-1.4", b"{", PAGE + b"a-" * 9_000, b"")
    )  # fmt: skip
    charset = draw.choice(("", "", "; charset=" + draw.choice(CHARSETS)))
    fields = [f"Content-Type: {draw.choice(('text/html', 'text/plain', 'x/y'))}{charset}"]
    fields += draw.sample(_FIELDS, draw.choice((0, 0, 1, 2)))
    status = draw.choice(("200 OK",) * 6 + ("302 Found", "304 x", "999999 x", "204 x", "100 x"))
    if status.startswith("302"):
        fields.append(f"Location: {draw.choice(GOALS)}")
    if draw.random() < 0.6:
        fields.append(f"Content-Length: {len(body)}")
    pieces = (PAGE, bytes(5_000), b"\0\0\0\xff\xff", b"X: a\r\n", b"HTTP/1.1 100 C\r\n\r\n")
    told = {
        "rules": "\n".join(["User-agent: *", *draw.sample(RULES, draw.randrange(4))]),
        "answer": _packed(f"HTTP/1.1 {status}", fields, body),
        "then": b64encode(draw.choice((b"",) * 20 + pieces)).decode(),
        "url": draw.choice(("/a",) * 4 + ("/a" * 60, "/%zz?\u2603#x", "/" + "a" * 1_900)),
        "leads": draw.choice(GOALS) if draw.random() < 0.1 else None,
    }
    return json.dumps(told).encode()


def _packed(status: str, fields: list[str], body: bytes) -> str:
    head = "\r\n".join([status, *fields]).encode("utf-8", "replace")
    return b64encode(head + b"\r\n\r\n" + body).decode()


def run_site(path: Path, data: bytes, places: Gazetteer) -> str:
    """Fetch from a site that answers as a case says; return "read" or "refused"."""
    from mapgen.command import web
    from mapgen.command.fetch import Fetching

    del places
    told = json.loads(data)
    limits = web.MAX_BYTES, web.WHOLE_S
    web.MAX_BYTES, web.WHOLE_S = MOST_BYTES, MOST_SECONDS
    folder = path.with_name("fetched")
    shutil.rmtree(folder, ignore_errors=True)
    server = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_answer, args=(server, told), daemon=True)
    thread.start()
    url = f"http://press.example:{server.getsockname()[1]}{told['url']}"
    try:
        guest = web.Guest(allow_loopback=True, look_up=_look_up, wait=lambda _: None)
        work = Fetching(folder, guest, lambda _: None)
        work.run([url], items=2)
    finally:
        web.MAX_BYTES, web.WHOLE_S = limits
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)
    kept = [file for file in folder.iterdir() if not file.name.startswith(".")]
    if any(file.stat().st_size > 2 * MOST_BYTES for file in kept):
        msg = "more was kept than is allowed"
        raise AssertionError(msg)
    return "read" if kept else "refused"


def _look_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
    """Look up only what is an address, and the host of the cases."""
    if host == "press.example":
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]


def _answer(server: socket.socket, told: dict[str, str]) -> None:
    """Answer each request until the server is closed."""
    rules = told["rules"].encode("utf-8", "surrogatepass")
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(rules)
    if told["leads"] is not None:
        goal = told["leads"].encode("utf-8", "replace")
        head = b"HTTP/1.1 301 x\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n" % goal
    then = b64decode(told["then"]) * 500
    while True:
        try:
            caller, _ = server.accept()
        except OSError:  # closed
            return
        try:
            with caller:
                caller.settimeout(5)
                if b"/robots.txt " in caller.recv(65_536)[:80]:
                    caller.sendall(head + rules)
                    continue
                for part in chain([b64decode(told["answer"])], repeat(then) if then else ()):
                    caller.sendall(part)
        except OSError:  # the guest has gone
            continue


MAKERS: dict[str, tuple[Callable[[Random], bytes], str]] = {"site": (site, ".site")}
