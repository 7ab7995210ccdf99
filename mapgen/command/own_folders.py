"""Say where the libraries may keep files of their own: beside those of mapgen, or in the home.

The pictures need a list of the fonts of the machine, which matplotlib and fontconfig keep in the
user's home. Where the user names a cache, or there is no home to write to, it is kept in the cache
of mapgen, and if that cannot be written to either, in a temporary folder.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.core.files import OutputError, check_output

if TYPE_CHECKING:
    from collections.abc import Iterator

_put: dict[str, str | None] = {}  # variables that are changed now, with what they were before


@contextlib.contextmanager
def files_apart() -> Iterator[None]:
    """Give the libraries a folder for their files, if they may not or cannot use the home.

    It is to be entered before matplotlib is loaded. What the user has set stays as it is.
    """
    named = os.environ.get("MAPGEN_CACHE")
    if _put or "MPLCONFIGDIR" in os.environ or (not named and _can_use_home()):
        yield
        return
    cache = Path(named) if named else _own_cache()
    with contextlib.ExitStack() as to_remove:
        folder = cache / "libraries" if cache else None
        if folder is None or not _can_write(folder):
            folder = Path(to_remove.enter_context(tempfile.TemporaryDirectory(prefix="mapgen-")))
        folders = {"MPLCONFIGDIR": folder / "matplotlib"}
        folders |= {"XDG_CACHE_HOME": folder}  # of fontconfig, which matplotlib asks for fonts
        if cache:
            folders |= {"MAPGEN_CACHE": cache}  # else our own cache would move with the line above
        _put.update({name: os.environ.get(name) for name in folders})
        os.environ.update({name: str(path) for name, path in folders.items()})
        try:
            yield
        finally:
            before = users_environment()
            for name in folders:
                del os.environ[name]
            os.environ.update({name: before[name] for name in folders if name in before})
            _put.clear()


def users_environment() -> dict[str, str]:
    """Return the environment as the user gave it, for a command that is the user's own."""
    given = {**os.environ, **_put}
    return {name: value for name, value in given.items() if value is not None}


def _can_use_home() -> bool:
    """Whether the folders in which programs keep settings and caches can be written to."""
    usual = (("XDG_CONFIG_HOME", "~/.config"), ("XDG_CACHE_HOME", "~/.cache"))
    return all(_can_write(Path(os.environ.get(name) or home)) for name, home in usual)


def _own_cache() -> Path | None:
    """Return the cache of mapgen, or None if there is no home to have it in."""
    from gazetteer.errors import GazetteerError  # noqa: PLC0415  loads the gazetteer
    from gazetteer.opening import default_path  # noqa: PLC0415

    try:
        return default_path().parent
    except GazetteerError:
        return None


def _can_write(folder: Path) -> bool:
    """Whether files could be put into a folder, which need not be there yet."""
    try:
        check_output(folder.expanduser() / "file")
    except (OutputError, RuntimeError):  # RuntimeError: this user has no home
        return False
    return True
