"""Which town bears the name of its province or district: the bare name means the town.

"Aleppo" in a report is the city, "Aleppo province" the province. Spellings listed only for the
province ("Hassakeh") are lent to the town when they have the same consonants as its name.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely
from rapidfuzz import fuzz

from gazetteer.distance import distance_km
from gazetteer.spelling import article_key, kind_words, plain, skeleton_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from gazetteer.records import Place
    from gazetteer.sources import Entry

_LEAST_SHARE = 0.01  # of the people listed in a province: a hamlet of the same name is no seat
_ALIKE = 80  # of 100: how alike the names of a town and of the district around it must be
_OUTSIDE_DEGREES = 0.05  # a seat this near its district lies in it: outlines are coarse
_NEAR_POINT_KM = 40.0  # how far from the point of a district without outline its seat can lie
_METROPOLIS_PEOPLE = 1_000_000  # "New York" may mean New York City, "Kansas" not Kansas City


def with_seats(areas: Iterable[Entry], towns: list[Entry]) -> list[Entry]:
    """Return the towns; those that are seats say of what, and have the lent names."""
    towns = list(towns)
    by_unit: dict[str, list[int]] = {}
    for index, entry in enumerate(towns):
        if entry.place.admin1 is not None:
            by_unit.setdefault(entry.place.admin1, []).append(index)
    for area in areas:
        unit = area.place
        if unit.feature != "ADM1" or not unit.id.startswith("iso:"):
            continue
        indexes = by_unit.get(unit.admin1 or "", [])
        seat = _seat(unit, indexes, towns)
        if seat is not None:
            towns[seat] = _lend(unit, towns[seat])
    return towns


def _bare(names: Iterable[str]) -> list[str]:
    """Return the names that do not say what kind of place they name."""
    return [name for name in names if kind_words(name) is None and name.isprintable()]


def _seat(unit: Place, indexes: list[int], towns: list[Entry]) -> int | None:
    """Return the biggest town of a unit that shares its name, or None."""
    wanted = {article_key(name) for name in _bare((unit.name, *unit.names))}
    primary = article_key(unit.name)
    everyone = sum(towns[index].place.population or 0 for index in indexes)
    best: tuple[int, int] | None = None
    for index in indexes:
        town = towns[index].place
        people = town.population or 0
        if people < _LEAST_SHARE * everyone:
            continue
        if kind_words(town.name) is not None and people < _METROPOLIS_PEOPLE:
            continue
        if article_key(town.name) in wanted or any(
            article_key(name) == primary for name in _bare(town.names)
        ):
            best = max(best or (-1, -1), (people, -index))
    return None if best is None else -best[1]


def _lend(unit: Place, entry: Entry) -> Entry:
    """Give a town the spellings of its province that are spellings of its own name."""
    town = entry.place
    known = {town.name, *town.names}
    skeletons = {skeleton_key(name, town.country) for name in known if name.isascii()}
    lent = [
        name
        for name in _bare((unit.name, *unit.names))
        if name not in known and skeleton_key(name, town.country) in skeletons
    ]
    named = replace(town, names=(*town.names, *dict.fromkeys(lent)))
    return replace(entry, place=named, seat_of=unit.id)


def town_inside(towns: Iterable[Place], area: Place, outline: BaseGeometry | None) -> Place | None:
    """Return the biggest town that lies in an area; of equals the one nearest to its point."""

    def apart(town: Place) -> float:
        return distance_km(town.lat, town.lon, area.lat, area.lon)

    if outline is None:
        inside = [town for town in towns if apart(town) <= _NEAR_POINT_KM]
    else:
        inside = [
            town
            for town in towns
            if outline.distance(shapely.Point(town.lon, town.lat)) <= _OUTSIDE_DEGREES
        ]
    return min(inside, key=lambda t: (-(t.population or 0), apart(t), t.id), default=None)


def sound_alike(name: str, other: str, country: str) -> bool:
    """Whether two names have the same consonants and are spelt much alike."""
    if skeleton_key(name, country) != skeleton_key(other, country):
        return False
    return fuzz.ratio(plain(article_key(name)), plain(article_key(other))) >= _ALIKE
