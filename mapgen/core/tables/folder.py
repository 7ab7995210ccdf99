"""Read and check a folder of tables, or export the packaged tables as a starting point."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.core.tables.checks import Fault, faults_of_csv
from mapgen.core.tables.checks_toml import faults_of_toml
from mapgen.core.tables.in_force import REPLACING, TABLE_FILES, Tables, packaged_text
from mapgen.errors import TablesError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 1_000_000
"""Largest table file. The packaged lexicon has a fiftieth of this size."""

_SHOWN = 5
_NAMES = (*TABLE_FILES, *REPLACING)


def read_tables(folder: str | Path) -> Tables:
    """Read the tables in a folder that extend or replace the packaged ones.

    Parameters
    ----------
    folder
        Folder with files named as in `TABLE_FILES` or `REPLACING`.

    Returns
    -------
    Tables
        The checked tables.

    Raises
    ------
    TablesError
        If the folder cannot be read, or its tables have faults. The message lists the first ones.
    """
    tables, faults = _read(Path(folder))
    if faults:
        more = len(faults) - _SHOWN
        last = f"\n  and {more} more: see `mapgen tables check {folder}`" if more > 0 else ""
        listed = "\n  ".join(map(str, faults[:_SHOWN]))
        msg = f"{folder}: the tables have faults:\n  {listed}{last}"
        raise TablesError(msg)
    return tables


def check_tables(folder: str | Path) -> list[Fault]:
    """Return every fault of the tables in a folder, sorted by file and row.

    Parameters
    ----------
    folder
        Folder with files named as in `TABLE_FILES` or `REPLACING`.

    Returns
    -------
    list of Fault
        The faults; empty if there are none.

    Raises
    ------
    TablesError
        If the folder cannot be read.
    """
    return _read(Path(folder))[1]


def export_tables(folder: str | Path) -> list[Path]:
    """Write the packaged tables into a folder.

    Parameters
    ----------
    folder
        Folder to write to. It is created if it does not exist.

    Returns
    -------
    list of Path
        Paths of the files.

    Raises
    ------
    TablesError
        If one of the files exists (then none is written), or cannot be written.
    """
    paths = [Path(folder) / name for name in TABLE_FILES]
    there = [path.name for path in paths if os.path.lexists(path)]
    if there:
        msg = f"{folder}: has {', '.join(there)} already. Name a new folder."
        raise TablesError(msg)
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for path in paths:
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(packaged_text(path.name))
    except (OSError, ValueError) as err:
        msg = f"{folder}: cannot be written ({_why(err)}). Choose another folder."
        raise TablesError(msg) from err
    return paths


def _read(folder: Path) -> tuple[Tables, list[Fault]]:
    """Return the tables in a folder and their faults."""
    try:
        paths = sorted(folder.iterdir())
    except (OSError, ValueError) as err:
        msg = f"{folder}: cannot be read ({_why(err)}). Name a folder that has tables."
        raise TablesError(msg) from err
    faults: list[Fault] = []
    files: list[tuple[str, str]] = []
    for path in paths:
        if path.suffix.lower() not in {".csv", ".toml"}:
            continue  # a file of the user that is not a table
        text = _text(path, faults)
        if text is not None:
            files.append((path.name, text))
    faults += _twice([name for name, _ in files])
    if not files and not faults:
        faults.append(
            Fault(folder.name, None, None, "has no table", f"Add one of {', '.join(TABLE_FILES)}.")
        )
    tables = Tables(tuple(files))
    for name, text in files:
        found = faults_of_csv if name.endswith(".csv") else faults_of_toml
        faults += found(name, text, tables)
    return tables, sorted(faults, key=lambda fault: (fault.file, fault.row or 0))


def _text(path: Path, faults: list[Fault]) -> str | None:
    """Return the text of a file, or None after noting a fault."""

    def fault(problem: str, advice: str) -> None:
        faults.append(Fault(path.name, None, None, problem, advice))

    if path.name not in _NAMES:
        fault("is not the name of a table", f"The names are {', '.join(_NAMES)}.")
        return None
    try:
        if not path.is_file():  # reading a pipe could block forever
            fault("is not a file", "Put a file of text in its place.")
            return None
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            fault(f"has more than {MOST_BYTES:,} bytes", "Leave out rows that you do not need.")
            return None
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        fault("is not UTF-8 text", "Save it as UTF-8.")
    except OSError as err:
        fault(f"cannot be read ({_why(err)})", "Check its permissions.")
    return None


def _twice(names: Iterable[str]) -> list[Fault]:
    """Return a fault for each table that is both extended and replaced."""
    known = set(names)
    return [
        Fault(only, None, None, f"stands beside {name}", "Keep one of the two.")
        for only, name in REPLACING.items()
        if {only, name} <= known
    ]


def _why(err: Exception) -> str:
    return getattr(err, "strerror", None) or str(err)
