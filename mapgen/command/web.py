"""Get files from the web as a guest should, and from nowhere else.

An address comes in; bytes go out. The machine of the address is looked up once, and only public
addresses are connected to, also after a redirect. ``robots.txt`` is obeyed, and a site is asked for
one page at a time with a pause between two.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from mapgen import __version__
from mapgen.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from protego import Protego

AGENT = f"mapgen/{__version__}"
"""Name under which sites are asked, and for which rules in ``robots.txt`` are looked up."""

MAX_BYTES = 50_000_000
"""Largest file that is fetched: as large as one that is read."""

MAX_REDIRECTS = 5
TIMEOUT_S = 30.0
"""Longest wait for a connection or for the next bytes."""

WHOLE_S = 120.0
"""Longest time for a whole file, however slowly it comes."""

PAUSE_S = 2.0
"""Shortest pause between two requests to a site."""

MAX_PAUSE_S = 60.0
"""Longest pause that a site can ask for; pages of one that asks for more are not fetched."""

_MAX_ROBOTS_BYTES = 500_000  # RFC 9309, section 2.5
_MAX_ADDRESS_CHARS = 2_000
_CHUNK = 65_536
_OK, _NOT_CHANGED = 200, 304
_MOVED = frozenset({301, 302, 303, 307, 308})
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # an IPv4 address behind a translator (RFC 6052)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answered."""

    url: str  # after redirects
    status: int
    headers: Mapping[str, str]  # names in lower case
    data: bytes


class RefusedError(InputError):
    """An address is not fetched; the message says why."""


@dataclass(slots=True)
class Guest:
    """Gets files from the web.

    Parameters
    ----------
    allow_loopback
        Whether this machine may be asked too. Only tests on a server of their own need it; no
        option of the command line sets it.
    look_up
        Function that looks up a host, as `socket.getaddrinfo`.
    pause_s
        Pause between two requests to a site, in seconds.
    wait
        Function that waits for a number of seconds.
    """

    allow_loopback: bool = False
    look_up: Callable[..., list[tuple[object, ...]]] = socket.getaddrinfo  # type: ignore[assignment]
    pause_s: float = PAUSE_S
    wait: Callable[[float], None] = time.sleep
    _robots: dict[str, Protego | None] = field(default_factory=dict)
    _asked_at: dict[str, float] = field(default_factory=dict)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Return what a site answers, after redirects.

        Parameters
        ----------
        url
            Address, with http or https.
        headers
            More fields of the request, such as ``If-None-Match``.

        Raises
        ------
        RefusedError
            If the address is not public, the site does not want it fetched, or gives no file.
        """
        asked = url
        for _ in range(MAX_REDIRECTS + 1):
            url = _checked(asked, url)
            pause = self._allowed(asked, url)
            answer = self._once(asked, url, headers or {}, MAX_BYTES, pause)
            goal = answer.headers.get("location")
            if answer.status not in _MOVED or not goal:
                break
            onward = _onward(asked, url, goal)
            if url.startswith("https:") and onward.startswith("http:"):
                problem = "leads from an encrypted address to one that is not"
                raise RefusedError(asked, problem, "Fetch that one by name if you trust it.")
            url = onward
        else:
            raise RefusedError(asked, f"leads on more than {MAX_REDIRECTS} times")
        if answer.status not in {_OK, _NOT_CHANGED}:
            reason = http.client.responses.get(answer.status, "")
            raise RefusedError(asked, f"was answered with {answer.status} {reason}".strip())
        return answer

    def _allowed(self, asked: str, url: str) -> float:
        """Return the pause that a site asks for.

        Raises
        ------
        RefusedError
            If its ``robots.txt`` does not want the address fetched, or cannot be had.
        """
        site = _site(url)
        if site not in self._robots:
            self._robots[site] = self._rules(asked, site)
        rules = self._robots[site]
        if rules is None:
            return self.pause_s
        if not rules.can_fetch(url, AGENT):
            problem = f"is not to be fetched by programs (robots.txt of {site})"
            raise RefusedError(asked, problem, "Save it in the browser if you may.")
        delay = float(rules.crawl_delay(AGENT) or 0)
        if delay > MAX_PAUSE_S:
            problem = f"asks for {delay:g} seconds between two requests (robots.txt of {site})"
            raise RefusedError(asked, problem, "Save it in the browser.")
        return max(self.pause_s, delay)

    def _rules(self, asked: str, site: str) -> Protego | None:
        """Return the rules of a site, or None if it has none.

        A site that has no rules (4xx) allows everything, and one that cannot give them (5xx, no
        answer) nothing (RFC 9309, section 2.3.1).
        """
        from protego import Protego  # noqa: PLC0415  only needed here

        answer = self._once(asked, f"{site}/robots.txt", {}, _MAX_ROBOTS_BYTES, 0.0, cut=True)
        for _ in range(MAX_REDIRECTS):
            goal = answer.headers.get("location")
            if answer.status not in _MOVED or not goal:
                break
            url = _checked(asked, _onward(asked, answer.url, goal))
            answer = self._once(asked, url, {}, _MAX_ROBOTS_BYTES, 0.0, cut=True)
        if answer.status == _OK:
            return Protego.parse(answer.data.decode("utf-8", "replace"))
        if 400 <= answer.status < 500:  # noqa: PLR2004  client errors
            return None
        problem = f"belongs to a site whose robots.txt was answered with {answer.status}"
        raise RefusedError(asked, problem, "Try again later.")

    def _once(
        self,
        asked: str,
        url: str,
        headers: Mapping[str, str],
        most_bytes: int,
        pause: float,
        *,
        cut: bool = False,
    ) -> Answer:
        """Ask for one address, and follow nothing."""
        parts = urlsplit(url)
        site = _site(url)
        since = time.monotonic() - self._asked_at.get(site, -MAX_PAUSE_S)
        if since < pause:
            self.wait(pause - since)
        connection = self._connected(asked, url)
        late = threading.Event()
        clock = threading.Timer(WHOLE_S, _shut, [connection.sock, late])  # however slowly it comes
        clock.start()
        try:
            path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
            query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
            fields = {
                "User-Agent": AGENT,
                "Accept": "*/*",
                "Accept-Encoding": "gzip, identity",
                **headers,
            }
            connection.request("GET", f"{path}{query}", headers=fields)
            with connection.getresponse() as answer:
                told = {name.lower(): value for name, value in answer.getheaders()}
                data = _body(asked, answer, told, most_bytes, cut=cut)
            if late.is_set():  # cut off by the clock, though it looks whole
                raise TimeoutError
            return Answer(url, answer.status, told, data)
        except (OSError, http.client.HTTPException, ValueError) as err:
            if isinstance(err, RefusedError):
                raise
            if late.is_set():
                raise RefusedError(asked, f"did not end within {WHOLE_S:g} seconds") from err
            why = str(err)[:200] or type(err).__name__
            raise RefusedError(asked, f"could not be fetched ({why})", "Try again later.") from err
        finally:
            clock.cancel()
            self._asked_at[site] = time.monotonic()
            connection.close()

    def _connected(self, asked: str, url: str) -> http.client.HTTPConnection:
        """Connect to a public address of a host: to the very one that was checked."""
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        try:
            host = host if host.isascii() else host.encode("idna").decode("ascii")
            found = self.look_up(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as err:
            raise RefusedError(asked, f"names a host that is not known ({host})") from err
        addresses = [str(entry[4][0]) for entry in found]  # type: ignore[index]
        if not addresses or not all(map(self._may_ask, addresses)):
            problem = f"leads to a private address ({host}), which mapgen does not fetch from"
            raise RefusedError(asked, problem, "Save the file yourself and give that.")
        is_https = parts.scheme == "https"
        try:
            sock = socket.create_connection((addresses[0], port), timeout=TIMEOUT_S)
            if is_https:
                sock = _encrypted(sock, host)
        except (OSError, ValueError) as err:
            why = getattr(err, "strerror", None) or str(err)[:200]
            raise RefusedError(asked, f"could not be reached ({why})", "Try again later.") from err
        connection = (
            http.client.HTTPSConnection(host, port, timeout=TIMEOUT_S)
            if is_https
            else http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
        )
        connection.sock = sock
        return connection

    def _may_ask(self, address: str) -> bool:
        """Whether an address is public, or this machine and that is allowed."""
        try:
            ip = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None) or ip
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if self.allow_loopback and inner.is_loopback:
            return True
        is_special = (
            inner.is_multicast or inner.is_reserved or getattr(inner, "is_site_local", False)
        )
        return (ip in _NAT64 or ip.is_global) and inner.is_global and not is_special


def _encrypted(sock: socket.socket, host: str) -> ssl.SSLSocket:
    """Return a connection that is encrypted, unless agreeing on it takes too long."""
    clock = threading.Timer(TIMEOUT_S, _shut, [sock, threading.Event()])
    clock.start()
    try:
        return ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    finally:
        clock.cancel()


def _shut(sock: socket.socket, late: threading.Event) -> None:
    """End what is read from a socket by another thread, and tell it why."""
    late.set()
    with contextlib.suppress(OSError):  # it is closed already
        sock.shutdown(socket.SHUT_RDWR)


def _checked(asked: str, url: str) -> str:
    """Return an address without its fragment, if its form is that of a public one."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as err:
        raise RefusedError(asked, "is not a possible web address") from err
    if parts.scheme not in _PORTS or not host or port == 0:
        problem = "is not a web address" if url == asked else f"leads to {url[:100]}"
        raise RefusedError(asked, problem, "Give one that begins with https://.")
    if parts.username is not None or parts.password is not None:
        raise RefusedError(asked, "has a name or password in its address", "Leave them out.")
    if len(url) > _MAX_ADDRESS_CHARS or any(c.isspace() or c < " " for c in url):
        raise RefusedError(asked, "is not a possible web address")
    return parts._replace(fragment="").geturl()


def _onward(asked: str, url: str, goal: str) -> str:
    """Return the address to which a site leads on from one of its own."""
    try:
        return urlsplit(urljoin(url, goal)).geturl()  # with its scheme in small letters
    except ValueError as err:
        raise RefusedError(asked, "leads to what is not a possible web address") from err


def _site(url: str) -> str:
    """Return the scheme, host and port of an address."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    own = parts.port if parts.port != _PORTS[parts.scheme] else None
    return f"{parts.scheme}://{host}" + (f":{own}" if own else "")


def _body(
    asked: str,
    answer: http.client.HTTPResponse,
    headers: Mapping[str, str],
    most_bytes: int,
    *,
    cut: bool,
) -> bytes:
    """Return the body of an answer, unpacked; neither may be larger than the limit."""
    packed = headers.get("content-encoding", "").strip().lower()
    if packed not in {"", "identity", "gzip", "x-gzip"}:
        raise RefusedError(asked, f"was answered in an unknown encoding ({packed[:40]})")
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in packed else None
    pieces: list[bytes] = []
    size = n_raw = 0
    while max(size, n_raw) <= most_bytes and (chunk := answer.read1(_CHUNK)):
        n_raw += len(chunk)
        if unpack and unpack.eof:  # what stands behind a packed file is not a part of it
            continue
        try:
            more = unpack.decompress(chunk, most_bytes + 1 - size) if unpack else chunk
        except zlib.error as err:
            raise RefusedError(asked, "was answered with a damaged gzip file") from err
        pieces.append(more)
        size += len(more)
    if max(size, n_raw) > most_bytes and not cut:
        raise RefusedError(asked, f"is larger than {most_bytes // 1_000_000} MB")
    stated = headers.get("content-length", "")
    is_short = stated.isdecimal() and n_raw < int(stated[:18]) and size <= most_bytes
    if is_short or (unpack and size and size <= most_bytes and not unpack.eof):
        raise RefusedError(asked, "came cut off", "Try again later.")
    return b"".join(pieces)[:most_bytes]
