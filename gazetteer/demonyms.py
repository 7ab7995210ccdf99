"""Look up the countries and regions that demonyms such as "Syrian" refer to.

The table ``data/demonyms.csv`` comes in. Country codes and place ids by demonym go out.
"""

from __future__ import annotations

import functools

from gazetteer.files import read_table


@functools.cache
def demonyms() -> dict[str, str]:
    """Return the country code (ISO 3166-1 alpha-2) of each demonym of a country."""
    return {r["demonym"]: r["country"] for r in read_table("demonyms.csv") if r["country"]}


@functools.cache
def places_of_adjectives() -> dict[str, str]:
    """Return the place id of each demonym, including those of continents and regions."""
    return {row["demonym"]: row["place"] for row in read_table("demonyms.csv")}
