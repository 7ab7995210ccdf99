"""The packaged data files of the gazetteer, and care for the file that is compiled from them."""

from __future__ import annotations

import contextlib
import csv
import time
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

STRAY_AFTER_S = 3600
"""A waiting file that was not written to for so long was left by a run that was killed."""


def data_file(name: str) -> Traversable:
    """Return a file of the package's ``data`` folder."""
    return resources.files("gazetteer").joinpath("data", name)


def read_table(name: str) -> list[dict[str, str]]:
    """Read a CSV file of the package's ``data`` folder."""
    return list(csv.DictReader(data_file(name).read_text(encoding="utf-8").splitlines()))


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold the lock of a file: another process that wants it waits until this one is done."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows: there both do the work, and both succeed

        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.with_name(f"{path.name}.lock").open("a+b")
    except (ImportError, OSError):  # a folder that cannot be written to: writing gives the reason
        yield
        return
    with stream:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def remove_strays(folder: Path, pattern: str) -> None:
    """Remove waiting files that killed runs left, once they are surely nobody's."""
    for stray in folder.glob(pattern):
        with contextlib.suppress(OSError):  # another run removed it, or it is not ours
            if time.time() - stray.stat().st_mtime > STRAY_AFTER_S:
                stray.unlink()
