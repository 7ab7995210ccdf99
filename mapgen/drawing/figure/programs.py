"""Find and run installed programs that make pictures: Chromium, and ffmpeg for video."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from mapgen.drawing.figure.sizes import FigureError

if TYPE_CHECKING:
    from collections.abc import Sequence

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FFMPEGS = ("ffmpeg",)


def chromium_path() -> str | None:
    """Return the path of a Chromium, or None if none is installed.

    The environment variable ``MAPGEN_CHROMIUM`` comes first, then the programs of `CHROMIUMS` on
    the search path.
    """
    return _found("MAPGEN_CHROMIUM", CHROMIUMS)


def ffmpeg_path() -> str | None:
    """Return the path of ffmpeg, or None: ``MAPGEN_FFMPEG``, or the one on the search path."""
    return _found("MAPGEN_FFMPEG", FFMPEGS)


def _found(variable: str, names: Sequence[str]) -> str | None:
    return os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)


def run_program(
    words: Sequence[str], *, seconds: float, advice: str, fed: bytes | None = None
) -> None:
    """Run a program without a shell, and end it and its child processes after a time.

    Parameters
    ----------
    words
        Path of the program, and its arguments.
    seconds
        The longest that it may run.
    advice
        What to do if it fails, for the message.
    fed
        Bytes for its standard input; None gives it none.

    Raises
    ------
    FigureError
        If the program cannot be started, fails, or takes longer.
    """
    try:
        running = subprocess.Popen(  # noqa: S603  a program of the user, started without a shell
            words,
            stdin=subprocess.DEVNULL if fed is None else subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL if fed is None else subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as err:
        msg = f"{words[0]} cannot be started ({err.strerror or err}). {advice}"
        raise FigureError(msg) from err
    try:
        _, said = running.communicate(fed, timeout=seconds)
    except BaseException as err:
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                running.kill()
            else:
                os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        if isinstance(err, subprocess.TimeoutExpired):
            msg = f"{words[0]} took longer than {seconds:g} seconds. {advice}"
            raise FigureError(msg) from None
        raise
    if running.returncode:
        lines = (said or b"").decode("utf-8", "replace").split("\n")
        why = next((f": {line.strip()}" for line in reversed(lines) if line.strip()), "")
        msg = f"{words[0]} failed (exit code {running.returncode}){why}. {advice}"
        raise FigureError(msg)
