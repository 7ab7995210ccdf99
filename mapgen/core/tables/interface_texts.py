"""The texts of the page's interface, by language: ``mapgen/data/interface.toml``."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

from mapgen.errors import SettingsError


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    source = resources.files("mapgen") / "data" / "interface.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def languages() -> list[str]:
    """Return the codes of the languages that the interface speaks, English first."""
    return list(_table())


def interface_texts(language: str) -> dict[str, str]:
    """Return the texts of a language; what it lacks is there in English.

    Raises
    ------
    SettingsError
        If the interface does not speak it.
    """
    table = _table()
    if language not in table:
        msg = f"language: {language!r} is not one of {', '.join(table)}"
        raise SettingsError(msg)
    return {**table["en"], **table[language]}
