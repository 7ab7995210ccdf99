"""Read the sentences that mapgen writes, with their translations, from ``sentences.toml``."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from mapgen.core.tables.in_force import packaged_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

Translation = str | dict[str, str]
"""A translated template, or one for each plural form (``one``, ``few``, ``other`` and so on)."""


@functools.cache
def sentences(language: str) -> Mapping[str, Translation]:
    """Return the templates of a language by their English text.

    Parameters
    ----------
    language
        ISO 639-1 code. A language without translations has no templates.
    """
    rows = packaged_toml("sentences.toml").items()
    return {english: row[language] for english, row in rows if language in row}


@functools.cache
def phrases(language: str) -> Mapping[str, str]:
    """Return the translated words of a language, by `phrase_key` of the English."""
    return {
        phrase_key(english): told
        for english, told in sentences(language).items()
        if isinstance(told, str) and "{" not in english
    }


def phrase_key(words: str) -> str:
    """Return a key under which "The army", "the army" and "army" are the same."""
    return words.casefold().removeprefix("the ")
