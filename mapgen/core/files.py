"""Write output files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.errors import MapgenError

if TYPE_CHECKING:
    from collections.abc import Iterable


STRAY_AFTER_S = 3600
"""Age at which a temporary file counts as left over from a killed run."""


class OutputError(MapgenError, OSError):
    """An output file cannot be written; the message names it and says what to do."""


def check_output(path: str | Path) -> None:
    """Check before long work that a file can be written.

    Raises
    ------
    OutputError
        If it certainly cannot.
    """
    path = Path(path)
    try:
        problem = _problem(path)
    except (OSError, ValueError) as err:
        raise _error(path, err) from err
    if problem:
        msg = f"{path}: {problem}"
        raise OutputError(msg)


def _problem(path: Path) -> str | None:
    """Return why a file could not be written, or ``None``."""
    if path.is_dir():
        return f"is a folder. Name a file in it, such as {path / 'map.html'}."
    folder = path.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir():
        return f"cannot be written, because {folder} is not a folder. Choose another place."
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"cannot be written: no permission in {folder}. Choose another folder."
    return None


def write_atomically(path: str | Path, text: str) -> None:
    """Write text as UTF-8 beside the file, then put it in its place in one step.

    Parameters
    ----------
    path
        File to write.
    text
        The whole content.

    Raises
    ------
    OutputError
        If it cannot be written; a file that was there before is then unchanged.
    """
    write_bytes_atomically(path, text.encode("utf-8"))


def write_bytes_atomically(path: str | Path, data: bytes) -> None:
    """Write bytes beside the file, then put it in its place in one step.

    Parameters
    ----------
    path
        File to write.
    data
        The whole content.

    Raises
    ------
    OutputError
        If it cannot be written; a file that was there before is then unchanged.
    """
    write_parts(path, [data])


def write_parts(path: str | Path, parts: Iterable[bytes]) -> None:
    """Write bytes that come in parts, as `write_atomically` writes a text.

    Parameters
    ----------
    path
        File to write. A link is followed; a device or named pipe is written directly.
    parts
        Parts of the content, in order.

    Raises
    ------
    OutputError
        If they cannot be written; a file that was there before is then unchanged.
    """
    check_output(path)
    path = Path(os.path.realpath(path))  # keep a link and replace the file it points to
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # a device or named pipe cannot be replaced
            with path.open("wb") as stream:
                stream.writelines(parts)
            return
        # A unique name, used by no killed run and no run at the same time.
        _remove_strays(path)
        token = f"{os.getpid()}-{secrets.token_hex(4)}"
        waiting = path.with_name(f".{path.name[:200]}.{token}.tmp")
        try:
            with waiting.open("xb") as stream:
                stream.writelines(parts)
                stream.flush()
                os.fsync(stream.fileno())
            if path.exists():
                waiting.chmod(path.stat().st_mode & 0o7777)
            waiting.replace(path)
        finally:
            waiting.unlink(missing_ok=True)
    except OSError as err:
        raise _error(path, err) from err


def _remove_strays(path: Path) -> None:
    """Remove old temporary files that killed runs left beside a file."""
    for stray in path.parent.glob(f".{escape(path.name[:200])}.*.tmp"):
        with contextlib.suppress(OSError):  # another run removed it, or this user may not
            if time.time() - stray.stat().st_mtime > STRAY_AFTER_S:
                stray.unlink()


def _error(path: Path, err: Exception) -> OutputError:
    why = getattr(err, "strerror", None) or str(err)
    return OutputError(f"{path}: cannot be written ({why}). Choose another place with -o.")
