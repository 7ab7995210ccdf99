"""Say in which country a place lies.

A place of a claim or of an article comes in; an ISO 3166-1 alpha-2 code goes out. The gazetteer
knows the country of what it lists by id. Villages stand in files of their own, by country, so that
of a village the outlines of the countries say where it lies.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.boundaries import World
from mapgen.merging.units import country_of

if TYPE_CHECKING:
    from mapgen.core.gazetteer_protocols import MapGazetteer
    from mapgen.model import ClaimPlace, NamedPlace

_OF_VILLAGES = ("geonames:", "wof:")


def country_of_place(gazetteer: MapGazetteer, place: ClaimPlace | NamedPlace) -> str | None:
    """Return the country of a place (ISO 3166-1 alpha-2), or None if it is not known.

    Parameters
    ----------
    gazetteer
        Gazetteer that knows places by their ids.
    place
        The place; latitude and longitude in degrees, EPSG:4326.
    """
    entry = gazetteer.get(place.place_id) if place.place_id else None
    code = country_of(place) or (entry.country if entry is not None else None)
    if code is not None or place.lat is None or place.lon is None:
        return code
    return _at(place.lat, place.lon) if (place.place_id or "").startswith(_OF_VILLAGES) else None


def province_of_village(place: ClaimPlace) -> str | None:
    """Return the ISO 3166-2 code of the province that a village lies in, by its position.

    Parameters
    ----------
    place
        The place; latitude and longitude in degrees, EPSG:4326. Of other places than villages, and
        of a point in no province, None is returned.
    """
    if place.lat is None or place.lon is None:
        return None
    is_village = (place.place_id or "").startswith(_OF_VILLAGES)
    return _province_at(place.lat, place.lon) if is_village else None


@lru_cache(maxsize=4096)
def _province_at(lat: float, lon: float) -> str | None:
    return World.load().province_at(lat, lon)


@lru_cache(maxsize=4096)
def _at(lat: float, lon: float) -> str | None:
    return World.load().country_at(lat, lon)
