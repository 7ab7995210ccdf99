"""Sites that answer `mapgen fetch` with what no browser expects: each is refused, in short time.

The server is this test's own, and sends the very bytes that it is told.
"""

from __future__ import annotations

import socket
import threading
import zlib
from datetime import UTC, datetime
from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest

from mapgen.command import web
from mapgen.command.fetch import LEDGER, Fetching
from mapgen.command.web import Guest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Serve = Callable[..., str]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html%s\r\n"
PAGE = b"<!doctype html><html><body><p>Rebels took M\xe9naka.</p></body></html>"
PACKER = zlib.compressobj(9, zlib.DEFLATED, 31)
PACKED = PACKER.compress(PAGE) + PACKER.flush()
NO_ROBOTS = b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a function that starts a server with an answer and ``robots.txt``."""
    servers: list[socket.socket] = []

    def started(answer: Iterable[bytes], robots: bytes = NO_ROBOTS) -> str:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def send() -> None:
            for parts in ([robots], answer):
                try:
                    caller, _ = server.accept()
                    with caller:
                        caller.recv(65_536)
                        for part in parts:
                            caller.sendall(part)
                except OSError:  # the guest has gone, or the test is over
                    continue

        threading.Thread(target=send, daemon=True).start()
        return f"http://press.example:{server.getsockname()[1]}/a"

    yield started
    for server in servers:
        server.close()


def look_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
    hosts = {"inside.example": "fec0::7"}
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (hosts.get(host, "127.0.0.1"), port))]


def fetched(url: str, folder: Path) -> tuple[list[bytes], list[str]]:
    """Return what was kept of an address, and why it was refused."""
    guest = Guest(allow_loopback=True, look_up=look_up, wait=lambda _: None)
    work = Fetching(folder, guest, lambda _: None, lambda: datetime(2024, 12, 6, tzinfo=UTC))
    work.run([url])
    kept = [path.read_bytes() for path in folder.iterdir() if path.name != LEDGER]
    return kept, [str(refusal) for refusal in work.refused]


def whole(data: bytes, kind: bytes = b"") -> bytes:
    return HEAD % kind + b"Content-Length: %d\r\n\r\n" % len(data) + data


@pytest.mark.parametrize(
    ("begins", "then", "why"),
    [
        (b"Content-Encoding: gzip\r\n\r\n" + PACKED, bytes(9_000), "is larger than 2 MB"),
        (
            b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\x03",
            b"\0\0\0\xff\xff" * 2_000,
            "is larger than 2 MB",
        ),
        (b"\r\n" + PAGE, b" " * 9_000, "is larger than 2 MB"),
        (b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: a\r\n", "did not end within 1 seconds"),
    ],
    ids=["behind a packed file", "packed nothing", "blanks", "trailers"],
)
def test_an_endless_answer_is_refused(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begins: bytes, then: bytes,
    why: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(web, "MAX_BYTES", 2_000_000)
    monkeypatch.setattr(web, "WHOLE_S", 60.0 if "larger" in why else 1.0)
    kept, [told] = fetched(serve(chain([HEAD % b"" + begins], repeat(then))), tmp_path)
    assert kept == []
    assert why in told


@pytest.mark.parametrize("goal", [b"http://[::1", b"//[", b"http://a:b:c/"])
def test_leading_on_to_what_is_no_address_is_refused(
    serve: Serve, tmp_path: Path, goal: bytes
) -> None:
    answer = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n" % goal
    for n, url in enumerate((serve([answer]), serve([whole(PAGE)], robots=answer))):
        kept, [told] = fetched(url, tmp_path / str(n))
        assert kept == []
        assert "not a possible web address" in told


@pytest.mark.parametrize("url", ["http://[::1/#a", "http://[#"])
def test_what_is_no_address_is_refused_with_a_fragment_too(tmp_path: Path, url: str) -> None:
    kept, [told] = fetched(url, tmp_path)
    assert (kept, "is not a possible web address" in told) == ([], True)


@pytest.mark.parametrize(
    "charset", ["idna", "undefined", "punycode", "unicode_escape", "raw_unicode_escape", "hex"]
)
def test_a_charset_in_which_nobody_writes_is_passed_over(
    serve: Serve, tmp_path: Path, charset: str
) -> None:
    data = PAGE + b"\\ud800"
    [kept], refused = fetched(serve([whole(data, f"; charset={charset}".encode())]), tmp_path)
    assert (kept.endswith(data), refused) == (True, [])


def test_a_stated_charset_is_read(serve: Serve, tmp_path: Path) -> None:
    [kept], _ = fetched(serve([whole(PAGE, b"; charset=iso-8859-1")]), tmp_path)
    assert "Rebels took Ménaka." in kept.decode("utf-8")


def test_rules_for_programs_made_to_hang_do_not(serve: Serve, tmp_path: Path) -> None:
    rules = b"User-agent: *\nDisallow: /" + b"*a" * 60 + b"*b\nCrawl-delay: nan\n"
    robots = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(rules) + rules
    kept, refused = fetched(serve([whole(PAGE)], robots=robots) + "a" * 900, tmp_path)
    assert (len(kept), refused) == (1, [])


@pytest.mark.parametrize(
    "address",
    ["::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::10.0.0.7", "64:ff9b:1::a00:7", "fec0::7"],
)
def test_private_addresses_in_other_clothes_are_refused(address: str) -> None:
    assert not Guest()._may_ask(address)
    assert not Guest(allow_loopback=True)._may_ask(address)


def test_a_public_address_behind_a_translator_may_be_asked() -> None:
    assert Guest()._may_ask("64:ff9b::93.184.215.14")


def test_a_list_of_what_was_fetched_that_others_wrote_costs_nothing(
    serve: Serve, tmp_path: Path
) -> None:
    url = serve([whole(PAGE)])
    line = f'{{"url": "{url}", "file": "a.html", "etag": ["a", 5], "last-modified": {{}}}}\n'
    (tmp_path / LEDGER).write_text(line, "utf-8")
    (tmp_path / "a.html").write_bytes(PAGE)
    kept, refused = fetched(url, tmp_path)
    assert (len(kept), refused) == (2, [])
