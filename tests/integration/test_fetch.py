"""Files from the web: kept with address and day, as a guest, and from public addresses only.

The server is this test's own, on the loopback address; `Guest` must be told that this is allowed.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import threading
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from mapgen.command import web
from mapgen.command.cli import main
from mapgen.command.fetch import LEDGER, Fetching
from mapgen.command.web import Guest, RefusedError
from mapgen.reading.articles import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOON = datetime(2024, 12, 6, 12, 0, tzinfo=UTC)
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>Goma falls</title>"
    '<meta property="article:published_time" content="2024-12-05T09:00:00+00:00"></head>'
    "<body><article><h1>Goma falls</h1><p>M23 rebels captured Goma on Thursday, and thousands of "
    "people fled to Sake, residents said by telephone. The army has not answered questions.</p>"
    "<p>Shops stayed closed through the day, and few people were seen on the streets.</p>"
    "</article></body></html>"
)


class Site:
    """A site of the test: what it answers by path, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                status, headers, data = site.answers.get(self.path, (404, {}, b"none"))
                if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, data = 304, b""
                self.send_response(status)
                for name, value in {"Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, path: str, data: str | bytes, kind: str = "text/html", **more: Any) -> str:
        raw = data if isinstance(data, bytes) else data.encode()
        headers = {"Content-Type": kind, **more.pop("headers", {})}
        self.answers[path] = (more.pop("status", 200), headers, raw)
        return f"http://press.example:{self.port}{path}"

    def leads(self, path: str, goal: str) -> str:
        return self.put(path, b"", status=302, headers={"Location": goal})

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


HOSTS = {
    "press.example": "127.0.0.1",
    "inside.example": "10.0.0.7",
    "router.example": "192.168.1.1",
    "cloud.example": "169.254.169.254",
    "mapped.example": "::ffff:10.0.0.7",
    "six.example": "fd00::1",
    "public.example": "93.184.215.14",
}


def look_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
    if host in HOSTS:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (HOSTS[host], port))]
    if host.replace(".", "").isdigit():
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
    raise socket.gaierror(8, "not known")


def guest(**more: Any) -> Guest:
    given = {"allow_loopback": True, "look_up": look_up, "wait": lambda _: None, **more}
    return Guest(**given)


def fetching(folder: Path, said: list[str] | None = None, **more: Any) -> Fetching:
    return Fetching(folder, guest(**more), (said if said is not None else []).append, lambda: NOON)


def test_a_page_is_kept_with_its_address_and_time(site: Site, tmp_path: Path) -> None:
    url = site.put("/news/goma-falls.html?x=1", PAGE)
    work = fetching(tmp_path / "in")
    work.run([f"{url}#top", url])
    assert (work.n_kept, work.refused) == (1, [])
    [kept] = [p for p in (tmp_path / "in").iterdir() if p.name != LEDGER]
    assert kept.name == "press-example-news-goma-falls-20241206T120000Z.html"
    line = json.loads((tmp_path / "in" / LEDGER).read_text("utf-8"))
    assert (line["url"], line["fetched_at"]) == (url, "2024-12-06T12:00:00Z")
    assert line["file"] == kept.name
    [article] = read([kept]).articles
    assert (article.url, article.title) == (url, "Goma falls")
    assert article.published_on == date(2024, 12, 5)
    assert "M23 rebels captured Goma" in article.text
    assert b"fetched at 2024-12-06T12:00:00Z by mapgen/" in kept.read_bytes()
    assert site.asked[0][0] == "/robots.txt"
    assert site.asked[1][1]["user-agent"].startswith("mapgen/")
    assert site.paths.count("/robots.txt") == 1


def test_what_has_not_changed_is_not_kept_again(site: Site, tmp_path: Path) -> None:
    tagged = site.put("/a", PAGE, headers={"ETag": '"1"'})
    plain = site.put("/b", PAGE)
    said: list[str] = []
    for _ in range(2):
        fetching(tmp_path, said).run([tagged, plain])
    assert [line.partition(":")[0] for line in said] == [
        *["fetched", "fetched"],
        *["not changed", "not changed"],
    ]
    assert site.asked[-2][1]["if-none-match"] == '"1"'
    site.put("/b", PAGE.replace("Goma", "Sake"))
    again = fetching(tmp_path)
    again.run([plain])
    assert again.n_kept == 1
    for kept in tmp_path.glob("*.html"):
        kept.unlink()
    lost = fetching(tmp_path)
    lost.run([tagged])
    assert lost.n_kept == 1  # the file is gone, so it is fetched once more


def test_a_feed_and_its_items(site: Site, tmp_path: Path) -> None:
    links = [site.put(f"/{n}.html", PAGE.replace("Goma falls", f"Day {n}")) for n in range(4)]
    items = "".join(
        f"<item><title>Day {n}</title><link>{link}</link><description>Rebels left.</description>"
        f"<pubDate>Thu, 05 Dec 2024 10:00:0{n} GMT</pubDate></item>"
        for n, link in enumerate(links)
    )
    feed = f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>"
    url = site.put("/feed", feed, "text/html; charset=utf-8")  # as many sites say wrongly
    work = fetching(tmp_path)
    work.run([url], items=2)
    names = sorted(p.name for p in tmp_path.iterdir() if p.name != LEDGER)
    assert [name.partition("-2024")[0] + name[-5:] for name in names] == [
        "press-example-0.html",
        "press-example-1.html",
        "press-example-feedZ.xml",
    ]
    site.put("/feed", feed.replace("Wire", "The Wire"))
    more = fetching(tmp_path)
    more.run([url], items=2)
    assert sorted(set(site.paths) - {"/robots.txt"}) == [
        *["/0.html", "/1.html", "/2.html", "/3.html", "/feed"]
    ]
    articles = read([tmp_path]).articles
    assert {"Day 0", "Day 3"} <= {article.title for article in articles}
    assert "The Wire" in {article.source for article in articles}


def test_robots_txt_is_obeyed(site: Site, tmp_path: Path) -> None:
    rules = "User-agent: *\nDisallow: /private\nDisallow: /*?print\nCrawl-delay: 7\n"
    site.put("/robots.txt", rules, "text/plain")
    waits: list[float] = []
    work = fetching(tmp_path, wait=waits.append)
    urls = [site.put(path, PAGE) for path in ("/private/a", "/a?print=1", "/b", "/c")]
    work.run(urls)
    assert site.paths == ["/robots.txt", "/b", "/c"]
    assert [str(err).partition(" (")[0] for err in work.refused] == [
        f"{url}: is not to be fetched by programs" for url in urls[:2]
    ]
    assert all(6 < seconds <= 7 for seconds in waits)
    assert len(waits) == 2


@pytest.mark.parametrize(
    ("status", "rules", "why"),
    [
        (503, "", "whose robots.txt was answered with 503"),
        (200, "User-agent: *\nCrawl-delay: 900\n", "asks for 900 seconds"),
        (200, "User-agent: mapgen\nDisallow: /\n", "not to be fetched by programs"),
    ],
)
def test_a_site_that_does_not_want_it(
    site: Site, tmp_path: Path, status: int, rules: str, why: str
) -> None:
    site.put("/robots.txt", rules, "text/plain", status=status)
    work = fetching(tmp_path)
    work.run([site.put("/a", PAGE)])
    assert why in str(work.refused[0])
    assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    "host",
    [
        *["inside.example", "router.example", "cloud.example", "mapped.example", "six.example"],
        *["10.1.2.3", "0.0.0.0", "224.0.0.1", "100.64.0.1"],
    ],
)
def test_private_addresses_are_refused(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", _no_connection)
    with pytest.raises(RefusedError, match="leads to a private address"):
        guest(allow_loopback=False).get(f"http://{host}/a")
    with pytest.raises(RefusedError, match="leads to a private address"):
        guest().get(f"https://{host}/a")


def _no_connection(*_: object, **__: object) -> None:
    msg = "nothing may be connected to"
    raise AssertionError(msg)


def test_this_machine_is_refused_unless_a_test_allows_it(site: Site) -> None:
    url = site.put("/a", PAGE)
    with pytest.raises(RefusedError, match="leads to a private address"):
        guest(allow_loopback=False).get(url)
    assert site.asked == []
    assert guest().get(url).status == 200


@pytest.mark.parametrize(
    ("goal", "why"),
    [
        ("http://inside.example/secret", "leads to a private address"),
        ("http://cloud.example/latest/meta-data", "leads to a private address"),
        ("file:///etc/passwd", "leads to file:///etc/passwd"),
        ("ftp://press.example/a", "leads to ftp://press.example/a"),
        ("http://user:word@press.example/", "has a name or password"),
        ("/loop", "leads on more than 5 times"),
    ],
)
def test_redirects_are_checked_again(site: Site, goal: str, why: str) -> None:
    site.leads("/loop", "/loop")
    with pytest.raises(RefusedError, match=why):
        guest().get(site.leads("/a", goal))


def test_a_host_is_looked_up_once_and_connected_to_as_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([HOSTS["public.example"]])
    connected: list[object] = []

    def once(_: str, port: int, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers, "10.0.0.7"), port))]

    def connect(address: tuple[str, int], **_: object) -> socket.socket:
        connected.append(address[0])
        raise OSError(111, "refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(RefusedError, match="could not be reached"):
        guest(look_up=once).get("http://rebind.example/a")
    with pytest.raises(RefusedError, match="leads to a private address"):
        guest(look_up=once).get("http://rebind.example/a")
    assert connected == [HOSTS["public.example"]]


def test_a_redirect_is_followed_and_kept_under_both_addresses(site: Site, tmp_path: Path) -> None:
    goal = site.put("/new", PAGE)
    url = site.leads("/old", "/new")
    work = fetching(tmp_path)
    work.run([url])
    line = json.loads((tmp_path / LEDGER).read_text("utf-8"))
    assert (line["url"], line["final_url"]) == (url, goal)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("nowhere", "is not a web address"),
        ("file:///etc/passwd", "is not a web address"),
        ("http://", "is not a web address"),
        ("http://[::1/", "is not a possible web address"),
        ("http://a:b@press.example/", "has a name or password"),
        ("http://press.example/" + "x" * 3000, "is not a possible web address"),
        ("http://unknown.example/", "names a host that is not known"),
    ],
)
def test_what_is_no_address_is_refused(words: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        guest().get(words)


def _bomb(site: Site) -> str:
    return site.put("/x", gzip.compress(b"x" * 3000), headers={"Content-Encoding": "gzip"})


def _cut(site: Site) -> str:
    return site.put("/x", gzip.compress(PAGE.encode())[:-20], headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda site: site.put("/x", b"x" * 3000), "is larger than"),
        (_bomb, "is larger than"),
        (_cut, "came cut off"),
        (lambda s: s.put("/x", b"no gzip", headers={"Content-Encoding": "gzip"}), "damaged gzip"),
        (lambda s: s.put("/x", b"x", headers={"Content-Encoding": "br"}), "unknown encoding"),
        (lambda site: site.put("/x", b"x", headers={"Content-Length": "9"}), "cut off|fetched"),
        (lambda site: site.put("/x", b"x", status=500), "was answered with 500"),
        (lambda site: site.put("/x", b"x", status=404), "was answered with 404 Not Found"),
    ],
)
def test_bad_answers_are_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch, answer: Callable[[Site], str], why: str
) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 2000)
    monkeypatch.setattr(web, "TIMEOUT_S", 1.0)
    with pytest.raises(RefusedError, match=why):
        guest().get(answer(site))


def test_an_answer_that_never_ends_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "WHOLE_S", 0.5)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        over = threading.Event()

        def drip() -> None:
            asked, _ = server.accept()
            asked.settimeout(1)  # nobody may be reading when the guest has gone
            with asked, contextlib.suppress(OSError):
                while not over.is_set():
                    asked.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

        dripping = threading.Thread(target=drip)
        dripping.start()
        with pytest.raises(RefusedError, match=r"did not end within 0\.5 seconds"):
            guest().get(f"http://press.example:{server.getsockname()[1]}/a")
        over.set()
        dripping.join(30)
        assert not dripping.is_alive()


def test_kinds_charsets_and_marks(site: Site, tmp_path: Path) -> None:
    latin = PAGE.replace("Goma", "Ménaka").encode("latin-1")
    site.put("/latin", latin, "text/html; charset=ISO-8859-1")
    site.put("/evil--%3E%3Cscript%3E", PAGE)
    site.put("/a.pdf", b"%PDF-1.4 x", "application/octet-stream")
    site.put("/bare", PAGE, "")
    site.put("/zip", b"PK", "application/zip")
    work = fetching(tmp_path)
    start = f"http://press.example:{site.port}"
    work.run(
        [f"{start}{path}" for path in ("/latin", "/evil--><script>", "/a.pdf", "/bare", "/zip")]
    )
    texts = {p.name.partition("-2024")[0]: p for p in tmp_path.iterdir() if p.name != LEDGER}
    assert "captured Ménaka" in read([texts["press-example-latin"]]).articles[0].text
    evil = texts["press-example-evil-script"].read_bytes().split(b"\n")[0]
    assert evil.count(b"-->") == 1
    assert b"<script>" not in evil
    assert texts["press-example-a"].suffix == ".pdf"
    assert texts["press-example-bare"].suffix == ".html"
    assert [str(err) for err in work.refused] == [
        f"{start}/zip: is of a kind that mapgen does not read (application/zip)."
    ]


def test_the_command(
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = site.put("/a", PAGE)
    own = url.replace("press.example", "127.0.0.1")
    assert main(["fetch", own, "-o", str(tmp_path / "in")]) == 2  # this machine is private
    assert site.asked == []
    monkeypatch.setattr("mapgen.command.web.Guest", lambda pause_s: guest(pause_s=pause_s))
    assert main(["fetch", url, "-o", str(tmp_path / "in")]) == 0
    assert main(["fetch", url, "ftp://x", "-o", str(tmp_path / "in"), "--quiet"]) == 1
    told = capsys.readouterr().err
    assert "leads to a private address" in told
    assert "fetched: " in told
    assert "ftp://x: is not a web address" in told
    assert main(["build", url]) == 2
    assert "mapgen fetch" in capsys.readouterr().err
    blocked = tmp_path / "file"
    blocked.write_text("x", "utf-8")
    assert main(["fetch", url, "-o", str(blocked / "in")]) == 2
    assert "cannot be written" in capsys.readouterr().err
