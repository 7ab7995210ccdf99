"""Notice that a compiled file has changed since it was made, as on a failing disk.

The SHA-256 of a compiled file stands in a small file beside it. A file without one, such as a copy
made by hand, is not checked.
"""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_PIECE_BYTES = 1 << 20


def seal(part: Path, path: Path) -> None:
    """Write the checksum of a file that is about to be moved into place.

    If the run is killed before the move, the file that stays does not match and is compiled again.

    Parameters
    ----------
    part
        The complete file.
    path
        The path to which it will be moved.
    """
    beside = _beside(path)
    fresh = beside.with_name(f"{beside.name}.part")
    fresh.write_text(f"{_digest(part)}\n", encoding="ascii")
    fresh.replace(beside)


def is_whole(path: Path) -> bool:
    """Whether a file has the content that it had when it was made.

    Parameters
    ----------
    path
        The compiled file.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    beside = _beside(path)
    if not beside.is_file():
        return True
    told = beside.read_text(encoding="ascii", errors="replace").strip()
    state = path.stat()
    return _known_digest(path, state.st_size, state.st_mtime_ns, state.st_ino) == told


@functools.lru_cache(maxsize=16)  # one process opens the gazetteer many times
def _known_digest(path: Path, size: int, mtime_ns: int, inode: int) -> str:  # noqa: ARG001
    return _digest(path)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")
