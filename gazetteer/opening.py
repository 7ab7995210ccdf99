"""Where the compiled gazetteer is; opening its file, and compiling it anew when that fails."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import platformdirs

from gazetteer.build import SCHEMA_VERSION, build, check
from gazetteer.errors import GazetteerError

if TYPE_CHECKING:
    from gazetteer.build import Progress


def default_path() -> Path:
    """Return where the compiled gazetteer is: in ``MAPGEN_CACHE``, else in the user's cache."""
    folder = os.environ.get("MAPGEN_CACHE") or platformdirs.user_cache_dir("mapgen")
    return Path(folder) / f"gazetteer-{SCHEMA_VERSION}.sqlite"


def compile_anew(path: Path, progress: Progress | None) -> None:
    """Compile a missing or outdated gazetteer, with the user's files that were in it."""
    before = _made_from(path)
    try:
        build(path, **before, progress=progress)
    except GazetteerError as error:
        if not before:
            raise
        advice = "The gazetteer was made with it: run gazetteer build, with or without that file."
        raise GazetteerError(error.name, error.problem, advice) from error


class _MadeFrom(TypedDict, total=False):
    """The user's files that a gazetteer was compiled with."""

    geonames: Path | None
    layers: list[Path]


def _made_from(path: Path) -> _MadeFrom:
    """Return what an outdated file was compiled with, so that the user's places are not lost."""
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            told = dict(connection.execute("SELECT key, value FROM meta"))
            layers = [Path(layer) for layer in json.loads(told.get("layer_files", "[]"))]
    except (sqlite3.Error, ValueError, TypeError):
        return {}  # damaged: nothing can be learnt from it
    dump = told.get("geonames_file")
    return {"geonames": Path(dump) if dump else None, "layers": layers}


def connect(path: Path) -> sqlite3.Connection | None:
    """Open a compiled gazetteer for reading; None when there is none that can be used."""
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error:
        return None  # the caller compiles it anew, and reports what then fails
    if check(connection, path) is not None:
        connection.close()
        return None
    return connection
