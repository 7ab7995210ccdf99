"""Read the packaged data files, and lock and clean up the files that are compiled from them."""

from __future__ import annotations

import contextlib
import csv
import time
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

STRAY_AFTER_S = 3600
"""A temporary file that was not changed for this time was left by a killed process."""


def data_file(name: str) -> Traversable:
    """Return a file in the package's ``data`` folder."""
    return resources.files("gazetteer").joinpath("data", name)


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file in the package's ``data`` folder, by column."""
    return list(csv.DictReader(data_file(name).read_text(encoding="utf-8").splitlines()))


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Lock a file, so that other processes wait until this one has finished with it.

    Parameters
    ----------
    path
        File to lock. The lock is held on a file next to it, with ``.lock`` added to the name.

    Notes
    -----
    Without a lock (on Windows, in read-only folders, on file systems without locks) several
    processes do the same work, and all of them succeed.
    """
    try:
        import fcntl  # noqa: PLC0415  not available on Windows

        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.with_name(f"{path.name}.lock").open("a+b")
    except (ImportError, OSError):  # if the folder is read-only, writing to it raises the error
        yield
        return
    with stream:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def remove_strays(folder: Path, pattern: str) -> None:
    """Remove temporary files of killed processes, once they are old enough to be unused.

    Parameters
    ----------
    folder
        Folder to clean up.
    pattern
        Glob pattern of the names of temporary files.
    """
    for stray in folder.glob(pattern):
        with contextlib.suppress(OSError):  # another process removed it, or another user owns it
            if time.time() - stray.stat().st_mtime > STRAY_AFTER_S:
                stray.unlink()


@cache
def wrong_names() -> dict[str, frozenset[str]]:
    """Return, by place id, the names that a source lists but that belong to another place.

    A town whose own name is listed is left out.
    """
    wrong: dict[str, set[str]] = {}
    for row in read_table("wrong_names.csv"):
        wrong.setdefault(row["id"], set()).update(row["names"].split("|"))
    return {place: frozenset(names) for place, names in wrong.items()}
