"""Take pictures of the page with an installed Chromium, offline.

The HTML of the page comes in; the bytes of a PNG or PDF file go out. mapgen wrote the page: no text
of an article is markup in it, and its content security policy allows no connections. Chromium runs
from the command line, with a temporary profile of its own.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

from mapgen.drawing.figure.programs import chromium_path, run_program
from mapgen.drawing.figure.sizes import FigureError

KINDS = ("png", "pdf")
SCREEN_PX = (1440, 900)
SCREEN_DPI = 192  # default of a PNG: two dots per CSS pixel
_CSS_DPI = 96
_SECONDS = 60.0
_SETTLED_MS = 2000  # virtual time of the page, after which the map no longer moves
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
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no host name resolves
    "--proxy-server=127.0.0.1:9",  # and no IP address can be reached
)
_DAY_OF_MAKING = re.compile(rb"/(CreationDate|ModDate) ?\(D:[^)]*\)")


def check_kind(kind: str) -> None:
    """Check that a picture of the page can have a format.

    Parameters
    ----------
    kind
        The format.

    Raises
    ------
    FigureError
        If the format is neither ``png`` nor ``pdf``.
    """
    if kind not in KINDS:
        msg = f"--like-page makes .png and .pdf, not .{kind}. Name the output file so."
        raise FigureError(msg)


def picture_of_page(html: str, kind: str, *, dpi: int = SCREEN_DPI) -> bytes:
    """Return a picture of a page as an installed Chromium shows it.

    Parameters
    ----------
    html
        HTML from `mapgen.pipeline.page`.
    kind
        ``png`` for the page on a screen of 1440 x 900 pixels; ``pdf`` for headline, summary, map
        and legend on one A4 page with searchable text.
    dpi
        Dots per inch of a PNG; 96 gives one dot per CSS pixel.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    FigureError
        If the format is neither png nor pdf, or if Chromium is missing, fails, or takes longer than
        a minute.

    Notes
    -----
    The same Chromium with the same fonts gives the same bytes; another may give others.
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
        words = [chromium, *_flags(folder), *wanted, page.as_uri()]
        run_program(words, seconds=_SECONDS, advice="Is it a Chromium? Try it without --like-page.")
        if not made.is_file():
            msg = f"{chromium} made no picture. Try it without --like-page."
            raise FigureError(msg)
        picture = made.read_bytes()
    if kind == "pdf":  # blanks of the same length keep the offsets in the file
        picture = _DAY_OF_MAKING.sub(lambda found: b" " * len(found[0]), picture)
    return picture


def _sheet(html: str) -> str:
    """Mark the page as laid out for paper, so that the map fits the sheet from the start."""
    return html.replace("<html ", '<html class="sheet" ', 1)


def _flags(folder: str) -> list[str]:
    """Return the flags of Chromium, with a profile in the given folder."""
    width, height = SCREEN_PX
    flags = [
        *_QUIET,
        f"--user-data-dir={Path(folder) / 'profile'}",
        f"--window-size={width},{height}",
        f"--virtual-time-budget={_SETTLED_MS}",
    ]
    if sys.platform == "linux" and os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium does not start with a sandbox as root
    return flags
