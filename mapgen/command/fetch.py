"""Run ``mapgen fetch``: get articles and feeds from the web, and keep them as files.

Each file is kept with its address and the time it was fetched: in its first lines (web pages, as
browsers write them), its name, and the list ``.fetched.jsonl`` in the folder. What has not changed
since the last time is not kept again.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlsplit

from mapgen.command.web import AGENT, Guest, RefusedError
from mapgen.core.charsets import text_in
from mapgen.core.files import OutputError, write_bytes_atomically
from mapgen.errors import InputError
from mapgen.reading.feed_links import feed_ending, links_in_feed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from mapgen.command.web import Answer

LEDGER = ".fetched.jsonl"
"""Name of the list of what was fetched, in the folder of the files."""

_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_MOST_NAME_CHARS = 80
_KEPT_FIELDS = (("etag", "if-none-match"), ("last-modified", "if-modified-since"))


@dataclass(slots=True)
class Fetching:
    """The files that are fetched into a folder.

    Parameters
    ----------
    folder
        Folder of the files, which is made if it is not there.
    guest
        Gets files from the web.
    say
        Function that tells the user a line.
    now
        Function that returns the present time.
    """

    folder: Path
    guest: Guest
    say: Callable[[str], None]
    now: Callable[[], datetime] = lambda: datetime.now(tz=UTC)
    refused: list[InputError] = field(default_factory=list)
    n_kept: int = 0
    _known: dict[str, dict[str, Any]] = field(default_factory=dict)

    def run(self, urls: Sequence[str], *, items: int = 0) -> None:
        """Fetch addresses, and the newest items of those that are feeds.

        Parameters
        ----------
        urls
            Addresses of articles and feeds.
        items
            Most items of each feed of which the page is fetched too.

        Raises
        ------
        OutputError
            If the folder cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._known = dict(_ledger(self.folder / LEDGER))
        except OSError as err:
            msg = f"{self.folder}: cannot be written ({err.strerror or err}). Choose another place."
            raise OutputError(msg) from err
        for url in dict.fromkeys(map(_without_fragment, urls)):
            links = self._fetch(url)
            for link in [link for link in links if link not in self._known][:items]:
                self._fetch(link)

    def _fetch(self, url: str) -> list[str]:
        """Fetch one address; return the links of its items if it is a feed."""
        known = self._known.get(url, {})
        asked = {field: str(known[kept]) for kept, field in _KEPT_FIELDS if known.get(kept)}
        try:
            answer = self.guest.get(url, asked if self._is_there(known) else {})
            digest = hashlib.sha256(answer.data).hexdigest()
            is_old = answer.status == 304 or digest == known.get("sha256")  # noqa: PLR2004
            if is_old and self._is_there(known):
                self.say(f"not changed: {url}")
                return []
            ending = _ending(url, answer)
            return self._keep(url, answer, ending, digest)
        except InputError as err:
            self.refused.append(err)
            self.say(f"refused: {err}")
            return []

    def _is_there(self, known: dict[str, Any]) -> bool:
        """Whether the file that was kept of an address is still there."""
        name = str(known.get("file") or "")
        return bool(name) and "/" not in name and (self.folder / name).is_file()

    def _keep(self, url: str, answer: Answer, ending: str, digest: str) -> list[str]:
        """Keep a file and its line in the list; return the links if it is a feed."""
        fetched_at = self.now().astimezone(UTC).replace(microsecond=0)
        path = self._free_path(answer.url, fetched_at, ending)
        write_bytes_atomically(path, _marked(answer, ending, fetched_at))
        line = {
            "url": url,
            "final_url": answer.url,
            "file": path.name,
            "fetched_at": fetched_at.isoformat().replace("+00:00", "Z"),
            "sha256": digest,
            **{kept: answer.headers.get(kept) for kept, _ in _KEPT_FIELDS},
        }
        try:
            with (self.folder / LEDGER).open("a", encoding="utf-8") as ledger:
                ledger.write(json.dumps(line) + "\n")
        except OSError as err:
            msg = f"{self.folder / LEDGER}: cannot be written ({err.strerror or err})."
            raise OutputError(msg) from err
        self._known[url] = line
        self.n_kept += 1
        self.say(f"fetched: {url} as {path}")
        return links_in_feed(str(path), answer.data)

    def _free_path(self, url: str, fetched_at: datetime, ending: str) -> Path:
        """Return a path that says whence and when, and that no other file has."""
        parts = urlsplit(url)
        words = f"{parts.hostname or ''} {parts.path.rsplit('.', 1)[0]}"
        name = re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-")[:_MOST_NAME_CHARS] or "page"
        stem = f"{name}-{fetched_at:%Y%m%dT%H%M%SZ}"
        path, n = self.folder / f"{stem}{ending}", 1
        while path.exists():
            n += 1
            path = self.folder / f"{stem}-{n}{ending}"
        return path


def _without_fragment(url: str) -> str:
    """Return an address without the place in the page that it names."""
    try:
        return urldefrag(url)[0] if "#" in url else url
    except ValueError:  # not a possible address, which is told when it is fetched
        return url


def _ledger(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what was fetched before, by address; a line that was cut off is passed over."""
    if not path.exists():
        return
    for line in path.read_text("utf-8", "replace").splitlines():
        try:
            told = json.loads(line)
            yield str(told["url"]), told
        except (ValueError, KeyError, TypeError):
            continue


def _ending(url: str, answer: Answer) -> str:
    """Return the ending of the file of an answer, by what it is.

    Raises
    ------
    RefusedError
        If it is of a kind that mapgen does not read.
    """
    of_feed = feed_ending(answer.data)
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if of_feed is not None:
        return of_feed
    if answer.data.startswith(b"%PDF-"):
        return ".pdf"
    if kind in _ENDINGS:
        return _ENDINGS[kind]
    if re.match(
        rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b", answer.data, re.I | re.S
    ):
        return ".html"
    raise RefusedError(url, f"is of a kind that mapgen does not read ({kind[:80] or 'unnamed'})")


def _marked(answer: Answer, ending: str, fetched_at: datetime) -> bytes:
    """Return the bytes to keep: pages in UTF-8 with their address before them."""
    if ending not in {".html", ".txt", ".md"}:
        return answer.data
    charset = re.search(r"charset=[\"']?([\w-]+)", answer.headers.get("content-type", ""))
    data = answer.data
    if charset and charset[1].lower() not in {"utf-8", "utf8"}:
        # The field says more than the page, which keeps no field.
        text = text_in(data, charset[1], replacing=True)
        data = data if text is None else text.encode("utf-8", "replace")
    if ending != ".html":
        return data
    url = answer.url.replace("--", "-%2D").replace(">", "%3E")
    mark = f"<!-- saved from url=({len(url):04}){url} -->\n"
    mark += f"<!-- fetched at {fetched_at:%Y-%m-%dT%H:%M:%SZ} by {AGENT} -->\n"
    return mark.encode("utf-8", "replace") + data
