"""The texts of the page's interface, by language: ``interface.toml``."""

from __future__ import annotations

from mapgen.core.tables.in_force import merged_texts, per_tables
from mapgen.errors import SettingsError


@per_tables
def _table() -> dict[str, dict[str, str]]:
    return merged_texts("interface.toml")


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
