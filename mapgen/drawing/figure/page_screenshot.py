"""Pictures of the page itself: an installed Chromium opens it, offline, and takes them.

The page is our own file: text of articles is never markup in it, and its policy allows no address.
Chromium runs from its command line, with a profile of its own that is thrown away.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from mapgen.drawing.figure.chromium import chromium_path
from mapgen.drawing.figure.sizes import FigureError

KINDS = ("png", "pdf")
SCREEN_PX = (1440, 900)
SCREEN_DPI = 192  # of a PNG where none is asked for: two dots for each pixel of a screen
_CSS_DPI = 96
_SECONDS = 60.0
_SETTLED_MS = 2000  # of the page's own clock: until the map stands still
_QUIET = (
    "--headless",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no name leads anywhere
    "--proxy-server=127.0.0.1:9",  # nor does a number
)
_DAY_OF_MAKING = re.compile(rb"/(CreationDate|ModDate) ?\(D:[^)]*\)")


def check_kind(kind: str) -> None:
    """Refuse what cannot be a picture of the page.

    Raises
    ------
    FigureError
        If it is neither png nor pdf.
    """
    if kind not in KINDS:
        msg = f"--like-page makes .png and .pdf, not .{kind}. Name the output file so."
        raise FigureError(msg)


def picture_of_page(html: str, kind: str, *, dpi: int = SCREEN_DPI) -> bytes:
    """Return a picture of a page as an installed Chromium shows it.

    Parameters
    ----------
    html
        From `mapgen.pipeline.page`.
    kind
        ``png``: the page as on a screen of 1440 x 900; ``pdf``: headline, summary, map and legend
        on one A4 page, its text searchable.
    dpi
        Dots per inch of a PNG; a screen has 96.

    Raises
    ------
    FigureError
        If there is no Chromium, or it fails, or takes longer than a minute.

    Notes
    -----
    The same Chromium with the same fonts gives the same bytes; another one may not.
    """
    check_kind(kind)
    chromium = chromium_path()
    if chromium is None:
        msg = (
            "--like-page needs a Chromium, and none was found. Install chromium or Google Chrome, "
            "or name the program in MAPGEN_CHROMIUM; without --like-page no browser is needed."
        )
        raise FigureError(msg)
    with tempfile.TemporaryDirectory(prefix="mapgen-", ignore_cleanup_errors=True) as folder:
        page, made = Path(folder) / "page.html", Path(folder) / f"picture.{kind}"
        page.write_text(_sheet(html) if kind == "pdf" else html, encoding="utf-8", newline="")
        wanted = (
            ["--no-pdf-header-footer", f"--print-to-pdf={made}"]
            if kind == "pdf"
            else [f"--screenshot={made}", f"--force-device-scale-factor={dpi / _CSS_DPI:g}"]
        )
        _run([chromium, *_flags(folder), *wanted, page.as_uri()])
        if not made.is_file():
            msg = f"{chromium} made no picture. Try it without --like-page."
            raise FigureError(msg)
        picture = made.read_bytes()
    if kind == "pdf":  # as long as it was, so that no offset in the file moves
        picture = _DAY_OF_MAKING.sub(lambda found: b" " * len(found[0]), picture)
    return picture


def _sheet(html: str) -> str:
    """Return the page laid out for paper from the start, so that the map is fitted to the sheet."""
    return html.replace("<html ", '<html class="sheet" ', 1)


def _flags(folder: str) -> list[str]:
    width, height = SCREEN_PX
    flags = [
        *_QUIET,
        f"--user-data-dir={Path(folder) / 'profile'}",
        f"--window-size={width},{height}",
        f"--virtual-time-budget={_SETTLED_MS}",
    ]
    if sys.platform == "linux" and os.geteuid() == 0:
        flags.append("--no-sandbox")  # for the superuser Chromium has none, and else does not start
    return flags


def _run(words: list[str]) -> None:
    """Run Chromium, with all it starts ended after a minute."""
    try:
        running = subprocess.Popen(  # noqa: S603  the user's own Chromium; no words of articles
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as err:
        msg = f"{words[0]} cannot be started ({err.strerror or err}). Is it a Chromium?"
        raise FigureError(msg) from err
    try:
        code = running.wait(_SECONDS)
    except BaseException as err:
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                running.kill()
            else:
                os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        if isinstance(err, subprocess.TimeoutExpired):
            msg = f"{words[0]} took longer than {_SECONDS:g} seconds. Try it without --like-page."
            raise FigureError(msg) from None
        raise
    if code:
        msg = f"{words[0]} failed (exit code {code}). Try it without --like-page."
        raise FigureError(msg)
