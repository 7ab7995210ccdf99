"""Lists of words that rules look at, from ``data/words.toml``."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources


@functools.cache
def _tables() -> dict[str, dict[str, str]]:
    text = resources.files("mapgen").joinpath("data/words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@functools.cache
def word_list(section: str, name: str) -> frozenset[str]:
    """Return one list as a set of lower-case words.

    Parameters
    ----------
    section, name
        Table and key in ``data/words.toml``.

    Raises
    ------
    KeyError
        If there is no such list.
    """
    return frozenset(_tables()[section][name].split())
