"""A folder of tables: read and checked, or written with the packaged ones as a beginning."""

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
"""The largest file of tables; the packaged lexicon has a fiftieth of it."""

_SHOWN = 5
_NAMES = (*TABLE_FILES, *REPLACING)


def read_tables(folder: str | Path) -> Tables:
    """Return the tables of a folder, to be laid over the packaged ones.

    Raises
    ------
    TablesError
        If the folder cannot be read, or its tables have any fault; the first faults are named.
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
    """Return every fault of the tables in a folder, in order of file and row.

    Raises
    ------
    TablesError
        If the folder cannot be read.
    """
    return _read(Path(folder))[1]


def export_tables(folder: str | Path) -> list[Path]:
    """Write the packaged tables into a folder, and return their paths.

    Raises
    ------
    TablesError
        If one of the files is there already (none is written then), or cannot be written.
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
    """Return the tables of a folder, and their faults."""
    try:
        paths = sorted(folder.iterdir())
    except (OSError, ValueError) as err:
        msg = f"{folder}: cannot be read ({_why(err)}). Name a folder that has tables."
        raise TablesError(msg) from err
    faults: list[Fault] = []
    files: list[tuple[str, str]] = []
    for path in paths:
        if path.suffix.lower() not in {".csv", ".toml"}:
            continue  # a note of the user's own
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
    """Return the text of a file, or None with a fault."""

    def fault(problem: str, advice: str) -> None:
        faults.append(Fault(path.name, None, None, problem, advice))

    if path.name not in _NAMES:
        fault("is not the name of a table", f"The names are {', '.join(_NAMES)}.")
        return None
    try:
        if not path.is_file():  # a pipe would never end
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
    """Return the faults of tables that are there in both forms."""
    known = set(names)
    return [
        Fault(only, None, None, f"stands beside {name}", "Keep one of the two.")
        for only, name in REPLACING.items()
        if {only, name} <= known
    ]


def _why(err: Exception) -> str:
    return getattr(err, "strerror", None) or str(err)
