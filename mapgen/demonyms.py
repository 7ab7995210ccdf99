"""Adjectives of countries: "Syrian" is no place, "the Iraqi border" is one."""

from __future__ import annotations

import csv
import functools
from importlib import resources


@functools.cache
def demonyms() -> dict[str, str]:
    """Return country codes (ISO 3166-1 alpha-2) by demonym, from ``data/demonyms.csv``."""
    text = resources.files("mapgen").joinpath("data/demonyms.csv").read_text(encoding="utf-8")
    return {row["demonym"]: row["country"] for row in csv.DictReader(text.splitlines())}
