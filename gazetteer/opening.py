"""Locate and open the compiled gazetteer, and compile it again if it cannot be used."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import platformdirs

from gazetteer.build import SCHEMA_VERSION, build, check
from gazetteer.checksum import is_whole
from gazetteer.errors import GazetteerError

if TYPE_CHECKING:
    from gazetteer.build import Progress


def default_path() -> Path:
    """Return the path of the compiled gazetteer.

    It is in the folder that the environment variable ``MAPGEN_CACHE`` names, or else in the user's
    cache folder.

    Raises
    ------
    GazetteerError
        If no folder is named, and the user has no home.
    """
    folder = os.environ.get("MAPGEN_CACHE")
    if not folder:
        folder = platformdirs.user_cache_dir("mapgen")
        if folder.startswith("~"):
            whose, problem = "the cache", "has no place, as this user has no home"
            advice = "Set MAPGEN_CACHE to a folder that can be written to."
            raise GazetteerError(whose, problem, advice)
    return Path(folder) / f"gazetteer-{SCHEMA_VERSION}.sqlite"


def compile_anew(path: Path, progress: Progress | None) -> None:
    """Compile a missing or outdated gazetteer, with the user's files that it contained.

    Parameters
    ----------
    path
        Path of the SQLite file.
    progress
        Function that is called with the progress; see :func:`gazetteer.build.build`.

    Raises
    ------
    GazetteerError
        If the file cannot be written, or one of the user's files cannot be read any more.
    """
    before = _made_from(path)
    try:
        build(path, **before, progress=progress)
    except GazetteerError as error:
        if not before:
            raise
        advice = "The gazetteer was made with it: run gazetteer build, with or without that file."
        raise GazetteerError(error.name, error.problem, advice) from error


class _MadeFrom(TypedDict, total=False):
    """The user's files from which a gazetteer was compiled."""

    geonames: Path | None
    layers: list[Path]


def _made_from(path: Path) -> _MadeFrom:
    """Return the user's files in an outdated gazetteer, so that their places are not lost."""
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            told = dict(connection.execute("SELECT key, value FROM meta"))
            layers = [Path(layer) for layer in json.loads(told.get("layer_files", "[]"))]
    except (sqlite3.Error, ValueError, TypeError):
        return {}  # the file is damaged and does not name the files
    dump = told.get("geonames_file")
    return {"geonames": Path(dump) if dump else None, "layers": layers}


def connect(path: Path) -> sqlite3.Connection | None:
    """Open a compiled gazetteer for reading; return None if there is no usable file."""
    if not path.is_file():
        return None
    try:
        if not is_whole(path):
            return None
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    except (sqlite3.Error, OSError):
        return None  # the caller compiles the gazetteer again and reports any error
    if check(connection, path) is not None:
        connection.close()
        return None
    return connection
