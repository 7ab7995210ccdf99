"""Read the texts of the page's interface by language, from ``interface.toml``."""

from __future__ import annotations

from mapgen.core.tables.in_force import merged_texts, per_tables
from mapgen.errors import SettingsError


@per_tables
def _table() -> dict[str, dict[str, str]]:
    return merged_texts("interface.toml")


def languages() -> list[str]:
    """Return the codes of the interface languages, English first."""
    return list(_table())


def interface_texts(language: str) -> dict[str, str]:
    """Return the texts of a language, with English texts where a translation is missing.

    Parameters
    ----------
    language
        ISO 639-1 code.

    Returns
    -------
    dict of str to str
        Texts by key.

    Raises
    ------
    SettingsError
        If the interface is not available in this language.
    """
    table = _table()
    if language not in table:
        msg = f"language: {language!r} is not one of {', '.join(table)}"
        raise SettingsError(msg)
    return {**table["en"], **table[language]}
