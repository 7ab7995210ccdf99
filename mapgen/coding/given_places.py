"""Find the places that tables name: in the gazetteer, or else where the table itself puts them.

A place with a name, and perhaps a point and the unit around it, comes in; a place of a claim goes
out. A name that several places share is not drawn unless the point or the unit tells which.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from mapgen.core.clean_text import clean
from mapgen.model import ClaimPlace, Precision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer import Gazetteer
    from gazetteer.records import Place
    from mapgen.model import CodedPlace

SAME_PLACE_KM = 12.0
"""Farthest that a place of the gazetteer lies from a table's point for the same town."""

_CLOSE = frozenset({"exact", "folded", "articles"})
_KNOWN_BY_SIZE = 10  # times the people of the next namesake, for a town that is meant by itself
_UNIT_WORDS = re.compile(
    r"\s+(?:governorate|province|state|region|district|oblast|department|county|territory|locality)$",
    re.IGNORECASE,
)
_ALL_AREAS = {
    Precision.DISTRICT: frozenset({"district"}),
    Precision.PROVINCE: frozenset({"province"}),
    Precision.COUNTRY: frozenset({"country"}),
    Precision.REGION: frozenset({"region", "province", "district"}),
}


class PlaceFinder:
    """Finds the places that tables name.

    Parameters
    ----------
    gazetteer
        Gazetteer in which places are looked up.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def place(
        self, given: CodedPlace, text: str, span: tuple[int, int], country: str | None
    ) -> ClaimPlace:
        """Return a place of a claim.

        Parameters
        ----------
        given
            The place as the table gives it.
        text
            Text of the article.
        span
            Offsets of the row, in which the name is looked for; a name above it counts too.
        country
            Country that the table is about (ISO 3166-1 alpha-2), if known.
        """
        name = clean(given.name).text
        start = text.find(name, *span)
        if start < 0:
            start = text.rfind(name, 0, span[0])  # in a cell that goes on over several rows
        start, end = (start, start + len(name)) if start >= 0 else (span[0], span[0])
        where = self._known(given, country)
        surface = text[start:end]
        if where is not None:
            return ClaimPlace(
                surface=surface,
                start=start,
                end=end,
                role=given.role,
                place_id=where.id,
                name=where.name if given.precision.is_area else given.name,
                lat=where.lat,
                lon=where.lon,
                precision=Precision(where.precision),
            )
        if given.lat is None or given.lon is None:
            return ClaimPlace(surface=surface or name, start=start, end=end, role=given.role)
        return ClaimPlace(
            surface=surface,
            start=start,
            end=end,
            role=given.role,
            place_id=f"point:{given.lat:.4f},{given.lon:.4f}",
            name=given.name,
            lat=given.lat,
            lon=given.lon,
            precision=given.precision,
        )

    def _known(self, given: CodedPlace, country: str | None) -> Place | None:
        """Return the place of the gazetteer that is meant, or None."""
        if given.precision.is_area:
            area = self._area(given, country)
            if area is not None or not given.any_level:
                return area
            return self._area_of_any_level(given, country) or self._town_named(given, country)
        if given.lat is not None and given.lon is not None:
            return self._town_near(given.name, given.lat, given.lon, country)
        town = self._town_named(given, country)
        if town is not None or not given.any_level:
            return town
        return self._area_of_any_level(given, country)

    def _area_of_any_level(self, given: CodedPlace, country: str | None) -> Place | None:
        """Return the only district or province of a name, or None."""
        levels = (Precision.DISTRICT, Precision.PROVINCE)
        areas = {p.id: p for level in levels for p in self._areas(given.name, level, country)}
        return next(iter(areas.values())) if len(areas) == 1 else None

    def _town_near(self, name: str, lat: float, lon: float, country: str | None) -> Place | None:
        """Return the town or village of a name near a point, or None."""
        towns = (
            c.place
            for c in self._gazetteer.lookup(name, country=country, limit=50)
            if c.level in _CLOSE and not Precision(c.place.precision).is_area
        )
        return _nearest(towns, lat, lon) or _nearest(self._villages(name, country), lat, lon)

    def _villages(self, name: str, country: str | None) -> Iterable[Place]:
        """Return the places of a name that only the layer of villages has."""
        found = self._gazetteer.villages(name, country) if country else ()
        return [v.place for v in found if v.level in _CLOSE]

    def _town_named(self, given: CodedPlace, country: str | None) -> Place | None:
        """Return the town of a name alone, if the unit around it or its size tells which."""
        towns = {
            c.place.id: c.place
            for c in self._gazetteer.lookup(given.name, country=country, limit=50)
            if c.level in _CLOSE and not Precision(c.place.precision).is_area
        }
        found = list(towns.values()) or list(self._villages(given.name, country))
        unit = self._unit(given.within, country)
        if unit is not None:
            inside = [p for p in found if unit in {p.admin1, p.id}]
            found = inside or found
        if len(found) > 1:
            first, second, *_ = sorted(found, key=lambda p: -(p.population or 0))
            big = (first.population or 0) >= _KNOWN_BY_SIZE * max(second.population or 0, 1)
            found = [first] if big and (first.population or 0) > 1 else []
        return found[0] if found else None

    def _unit(self, name: str | None, country: str | None) -> str | None:
        """Return the code of the province of a name (ISO 3166-2), or None."""
        units = self._areas(name, Precision.PROVINCE, country) if name else []
        return units[0].id.removeprefix("iso:") if len(units) == 1 else None

    def _area(self, given: CodedPlace, country: str | None) -> Place | None:
        """Return the area of a name, or None if none or several fit."""
        if given.precision is Precision.COUNTRY:
            return self._gazetteer.get(f"iso:{country}") if country else None
        found = self._areas(given.name, given.precision, country)
        unit = self._unit(given.within, country) if len(found) > 1 else None
        if unit is not None:
            found = [p for p in found if p.admin1 == unit]
        return found[0] if len(found) == 1 else None

    def _areas(self, name: str, level: Precision, country: str | None) -> list[Place]:
        """Return the areas of a name and level, with or without "Province" behind the name."""
        for words in dict.fromkeys((name, _UNIT_WORDS.sub("", name))):
            found = {
                c.place.id: c.place
                for c in self._gazetteer.lookup(words, country=country, limit=50)
                if c.level in _CLOSE and c.place.precision in _ALL_AREAS[level]
            }
            if found:
                return list(found.values())
        return []


def _nearest(places: Iterable[Place], lat: float, lon: float) -> Place | None:
    """Return the place nearest to a point, if it is near enough to be the same."""
    found = [(distance_km(lat, lon, p.lat, p.lon), p.id, p) for p in places]
    near = min((f for f in found if f[0] <= SAME_PLACE_KM), default=None)
    return near[2] if near else None
