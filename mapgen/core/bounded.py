"""Read files up to a size, and keep a few of many faults."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import SupportsIndex

KEPT = 10
"""Faults of one file that are kept and shown; the others are counted."""

MAX_TABLE_BYTES = 20_000_000
"""Largest table or layer beside the articles (baseline, areas, corrections)."""

MAX_SETTINGS_BYTES = 1_000_000
"""Largest settings file."""


class Faults(list[str]):
    """A list of faults that keeps the first ones only; its length is the number of all."""

    def __init__(self, most: int = KEPT) -> None:
        super().__init__()
        self._most = most
        self._n = 0

    def __len__(self) -> int:
        """Return the number of faults, kept or not."""
        return self._n

    def append(self, fault: str) -> None:
        """Count a fault, and keep it if it is one of the first."""
        if self._n < self._most:
            super().append(fault)
        self._n += 1

    def extend(self, faults: Iterable[str]) -> None:
        """Count faults, and keep the first ones."""
        for fault in faults:
            self.append(fault)

    def __iadd__(self, faults: Iterable[str]) -> Faults:  # type: ignore[override, misc]
        """Count faults, and keep the first ones."""
        self.extend(faults)
        return self

    def insert(self, index: SupportsIndex, fault: str) -> None:
        """Count a fault, and keep it at an index."""
        super().insert(index, fault)
        self._n += 1


def text_within(path: str | Path, most_bytes: int) -> str:
    """Return the text of a file in UTF-8; no more than the limit is read.

    Parameters
    ----------
    path
        Path of the file.
    most_bytes
        Largest size of the file.

    Raises
    ------
    OSError
        If the file cannot be read, or is larger.
    UnicodeDecodeError
        If it is not UTF-8.
    """
    with Path(path).open("rb") as stream:
        data = stream.read(most_bytes + 1) if _size(path) <= most_bytes else None
    if data is None or len(data) > most_bytes:
        raise OSError(errno.EFBIG, f"it is larger than {most_bytes // 1_000_000} MB", str(path))
    text = data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")  # as reading in text mode does


def _size(path: str | Path) -> int:
    return Path(path).stat().st_size
