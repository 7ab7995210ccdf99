"""Adjectives of countries: "Syrian" is no place, "the Iraqi border" is one."""

from __future__ import annotations

import functools

from gazetteer.files import read_table


@functools.cache
def demonyms() -> dict[str, str]:
    """Return country codes (ISO 3166-1 alpha-2) by demonym, from ``data/demonyms.csv``."""
    return {r["demonym"]: r["country"] for r in read_table("demonyms.csv") if r["country"]}


@functools.cache
def places_of_adjectives() -> dict[str, str]:
    """Return place ids by adjective, of continents and regions too ("European")."""
    return {row["demonym"]: row["place"] for row in read_table("demonyms.csv")}
