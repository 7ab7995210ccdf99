"""List the output formats and their file names, without loading a map library."""

from __future__ import annotations

import re
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

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
