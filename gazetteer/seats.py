"""Find the towns after which provinces and districts are named.

In a report, "Aleppo" means the city and "Aleppo province" the province. Provinces and towns come
in. The towns go out; those after which a province is named are marked as its seat. They also get
the spellings that are listed only for the province ("Hassakeh"), if these have the same consonants.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely
from rapidfuzz import fuzz

from gazetteer.distance import distance_km
from gazetteer.records import is_code
from gazetteer.spelling import article_key, fold, kind_words, plain, skeleton_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

    from gazetteer.records import Place
    from gazetteer.sources import Entry

_LEAST_SHARE = 0.01  # of a province's listed inhabitants; a hamlet with its name is not its seat
_ALIKE = 80  # least similarity (0 to 100) of the names of a town and the district around it
_OUTSIDE_DEGREES = 0.05  # tolerance for seats outside their districts, as outlines are coarse
_NEAR_POINT_KM = 40.0  # longest distance of a seat from the point of a district without outline
_METROPOLIS_PEOPLE = 1_000_000  # "New York" may mean New York City, "Kansas" not Kansas City


def with_seats(areas: Iterable[Entry], towns: list[Entry]) -> list[Entry]:
    """Return towns, with the seats of provinces marked and with the spellings of the provinces.

    Parameters
    ----------
    areas
        Countries and first-level units.
    towns
        Towns, with the ISO 3166-2 codes of their provinces.

    Returns
    -------
    list of Entry
        Towns in the same order.
    """
    towns = list(towns)
    by_unit: dict[str, list[int]] = {}
    for index, entry in enumerate(towns):
        if entry.place.admin1 is not None:
            by_unit.setdefault(entry.place.admin1, []).append(index)
    left: list[Entry] = []
    for area in areas:
        unit = area.place
        if unit.feature != "ADM1" or not unit.id.startswith(("iso:", "ne:")):
            continue
        of_code = unit.id.startswith("iso:")
        indexes = by_unit.get(unit.admin1 or "", []) if of_code else []
        seat = _seat(unit, indexes, towns)
        if seat is not None:
            towns[seat] = _lend(unit, towns[seat])
        else:
            left.append(area)
    _add_seats_inside(left, by_unit, towns)
    return towns


def _add_seats_inside(
    areas: Iterable[Entry], by_unit: Mapping[str, list[int]], towns: list[Entry]
) -> None:
    """Mark the seats of units that their source puts in another unit or in none: Jaffna.

    Such a town bears the name of the unit and lies in its outline.
    """
    named: dict[tuple[str | None, str], list[int]] = {}
    for index, entry in enumerate(towns):
        if entry.seat_of is None:
            for key in {article_key(n) for n in _bare((entry.place.name, *entry.place.names))}:
                named.setdefault((entry.place.country, key), []).append(index)
    for area in areas:
        unit, outline = area.place, area.geometry
        same = named.get((unit.country, article_key(unit.name)), [])
        if not same or outline is None:
            continue
        points = [shapely.Point(towns[i].place.lon, towns[i].place.lat) for i in same]
        gaps = shapely.distance(outline, points)
        near = [i for i, gap in zip(same, gaps, strict=True) if gap <= _OUTSIDE_DEGREES]
        of_code = by_unit.get(unit.admin1 or "", []) if unit.id.startswith("iso:") else []
        seat = _seat(unit, near, towns, among=[*of_code, *near])
        if seat is not None and (towns[seat].place.population or 0) and not towns[seat].seat_of:
            towns[seat] = _lend(unit, towns[seat])


def _bare(names: Iterable[str]) -> list[str]:
    """Return the names without a word for a kind of place."""
    return [name for name in names if kind_words(name) is None and name.isprintable()]


def _seat(
    unit: Place, indexes: list[int], towns: list[Entry], among: Iterable[int] | None = None
) -> int | None:
    """Return the index of the biggest town in a unit with the name of the unit, or None.

    ``among`` are all towns of the unit, if these are others.
    """
    wanted = {article_key(name) for name in _bare((unit.name, *unit.names))}
    primary = article_key(unit.name)
    all_towns = set(indexes if among is None else among)
    everyone = sum(towns[index].place.population or 0 for index in all_towns)
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
    """Return a town with the spellings of its province that have the consonants of its name."""
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
    """Return the biggest town in an area.

    Parameters
    ----------
    towns
        Towns to choose from.
    area
        A district or province.
    outline
        Its outline, EPSG:4326 (lon, lat); without it, towns near its point count as inside.

    Returns
    -------
    Place or None
        Of several towns of the same size, the one nearest to the point of the area.
    """

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
    """Return whether two names have the same consonants and a similar spelling.

    Parameters
    ----------
    name, other
        Names of places.
    country
        ISO 3166-1 alpha-2 code of their country, which affects how consonants are compared.
    """
    if skeleton_key(name, country) != skeleton_key(other, country):
        return False
    return fuzz.ratio(plain(article_key(name)), plain(article_key(other))) >= _ALIKE


def without_names_of_towns(areas: Iterable[Entry], towns: Iterable[Entry]) -> list[Entry]:
    """Return first-level units without names that are only those of a town that is not their seat.

    Natural Earth lists "Mazar-i-Sharif" as a name of Balkh. News that write it mean the city.
    Spellings of the unit's own name stay: "Odesa" for Odessa.

    Parameters
    ----------
    areas
        Countries and first-level units.
    towns
        Populated places, with the seats marked.
    """
    seats: dict[tuple[str, str | None], set[str | None]] = {}
    for entry in towns:
        place = entry.place
        if (place.population or 0) >= _LEAST_PEOPLE:
            for name in (place.name, *place.names):
                seats.setdefault((fold(name), place.country), set()).add(entry.seat_of)
    found = []
    for area in areas:
        unit = area.place
        kept = unit.names
        if unit.precision == "province":
            kept = tuple(n for n in unit.names if not _is_of_town_only(n, unit, seats))
        found.append(area if kept == unit.names else replace(area, place=replace(unit, names=kept)))
    return found


_LEAST_PEOPLE = 10_000
_SPELLING = 60  # least similarity (0 to 100) of two spellings: Odessa and Odesa
_PART_OF = 75  # the same for "Boffa" beside "Boffa Prefecture"


def _is_of_town_only(
    name: str, unit: Place, seats: Mapping[tuple[str, str | None], set[str | None]]
) -> bool:
    bearers = seats.get((fold(name), unit.country))
    if bearers is None or unit.id in bearers:
        return False
    if is_code(name) or name.endswith("."):
        return False  # "LA", "Ill."
    own, other = fold(unit.name), fold(name)
    return fuzz.ratio(own, other) < _SPELLING and fuzz.partial_ratio(own, other) < _PART_OF
