"""List the output formats and their file names, without loading a map library."""

from __future__ import annotations

import re
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.core.files import OutputError
from mapgen.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

SUFFIXES = {
    "geojson": (".geojson",),
    "gpkg": (".gpkg",),
    "kml": (".kml",),
    "kmz": (".kmz",),
    "csv": (".csv", ".events.csv", ".sources.csv"),
    "parquet": (".parquet",),
    "png": (".png",),
    "svg": (".svg",),
    "pdf": (".pdf",),
}
"""Formats of data and pictures, each with the endings of its files."""

REPORTS = (".md", ".html", ".docx", ".pptx")

PICTURES = (".png", ".svg", ".pdf", ".gif", ".webp", ".mp4", ".webm")
"""Endings of the pictures and videos that ``mapgen figure`` writes."""

LINES = (".jsonl", ".ndjson", ".json")
"""Endings of files with one JSON object per line, as ``mapgen extract`` writes them."""

_OTHER_PICTURES = (".jpg", ".jpeg", ".tif", ".tiff", ".bmp")


def formats_of(words: str) -> tuple[str, ...]:
    """Return the formats that a text such as ``geojson,gpkg`` names, each once.

    Raises
    ------
    SettingsError
        If one is not known, or none is named.
    """
    named = [w.lower().removeprefix(".") for w in re.split(r"[,\s]+", words.strip()) if w]
    unknown = [w for w in named if w not in SUFFIXES]
    if unknown or not named:
        told = f"{', '.join(map(repr, unknown))} is not known" if unknown else "names none"
        near = get_close_matches(unknown[0], SUFFIXES, n=1) if unknown else []
        told += f". Did you mean {near[0]}?" if near else "."
        msg = f"formats: {told} Known formats: {', '.join(SUFFIXES)}."
        raise SettingsError(msg)
    return tuple(dict.fromkeys(named))


def files_of(path: str | Path, formats: Sequence[str]) -> list[Path]:
    """Return the files beside a map that formats are written to: ``map.geojson`` ...

    Parameters
    ----------
    path
        The HTML file of the map.
    formats
        Names of formats, keys of `SUFFIXES`.

    Returns
    -------
    list of pathlib.Path
        One file or more per format, in order.
    """
    return [beside(path, suffix) for name in formats for suffix in SUFFIXES[name]]


def beside(path: str | Path, suffix: str) -> Path:
    """Return a path with another ending: ``map.html`` gives ``map.events.csv``.

    Parameters
    ----------
    path
        The HTML file of the map.
    suffix
        New ending, with its dot: ``.events.csv``.
    """
    path = Path(path)
    return path.with_name((path.stem or path.name) + suffix)


def check_page(path: str | Path, inputs: str = "ARTICLES") -> None:
    """Refuse a name for a web page that promises another kind of file: ``map.pdf``.

    Parameters
    ----------
    path
        The file to write.
    inputs
        What the page is made from, for the advice: ``articles/``.

    Raises
    ------
    OutputError
        If the ending is one of a picture, a report, a table, a geodata file or a claims file.
    """
    ending = Path(path).suffix.lower()
    beside = f"For one beside the page: -o {Path(path).with_suffix('.html')} --formats"
    formats = [name for name, suffixes in SUFFIXES.items() if ending in suffixes]
    if ending in PICTURES or ending in _OTHER_PICTURES:
        is_ours = ending in PICTURES
        picture = path if is_ours else Path(path).with_suffix(".png")
        advice = f"For a picture: mapgen figure {inputs} -o {picture}."
        advice += f" {beside} {formats[0]}." if formats else ""
    elif ending in REPORTS and ending != ".html":
        advice = f"For a report: mapgen report {inputs} -o {path}."
    elif formats:
        advice = f"{beside} {formats[0]}."
    elif ending in LINES:
        advice = f"For the claims: mapgen extract {inputs} -o {path}."
    else:
        return
    msg = f"{path}: is the name of another kind of file, and this would be a web page. {advice}"
    raise OutputError(msg)


def check_lines(path: str | Path) -> None:
    """Refuse a name for JSON Lines that promises another kind of file: ``claims.csv``.

    Raises
    ------
    OutputError
        If the ending is one of a page, a picture, a report, a table or a geodata file.
    """
    others = {suffix for suffixes in SUFFIXES.values() for suffix in suffixes}
    if Path(path).suffix.lower() in others.union(PICTURES, REPORTS, (".xlsx", ".tsv")):
        msg = (
            f"{path}: is the name of another kind of file, and this would be JSON Lines. "
            f"Name it {Path(path).with_suffix('.jsonl')}."
        )
        raise OutputError(msg)


def report_files(path: str | Path) -> list[Path]:
    """Return the files of a report: Markdown has its picture beside it.

    Raises
    ------
    SettingsError
        If no report has this ending, or python-pptx is not installed for slides.
    """
    path = Path(path)
    if path.suffix.lower() not in REPORTS:
        msg = f"{path}: reports end in {', '.join(REPORTS)}. Name another file with -o."
        raise SettingsError(msg)
    if path.suffix.lower() == ".pptx" and find_spec("pptx") is None:
        msg = f"{path}: slides need python-pptx. Install it: pip install 'mapgen[slides]'"
        raise SettingsError(msg)
    return [path, path.with_suffix(".png")] if path.suffix.lower() == ".md" else [path]
