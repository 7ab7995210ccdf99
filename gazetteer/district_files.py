"""Join the packaged outlines of second-order units to the listed districts.

Districts that are points come in. Districts go out, with outlines if the package has them; an
outline that fits no listed district becomes a district of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from rapidfuzz import fuzz

from gazetteer.district_outlines import FOLDER, unpack
from gazetteer.records import Place
from gazetteer.sources import Entry, unit_in, units_at
from gazetteer.spelling import article_key, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from gazetteer.sources import Areas

_NEAR_DEGREES = 0.4  # a listed point is the mean of some towns and may lie outside its district
_ALIKE = 80  # least similarity (0 to 100) of the names of a listed district and its outline


def packaged_countries() -> tuple[str, ...]:
    """Return the countries (ISO 3166-1 alpha-2) whose outlines are packaged, in order."""
    folder = resources.files("gazetteer").joinpath("data", FOLDER)
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    return tuple(sorted(name.removesuffix(".xz") for name in names if name.endswith(".xz")))


@cache
def outlines(country: str) -> tuple[BaseGeometry, ...]:
    """Return the packaged outlines of the districts of a country, in EPSG:4326 (lon, lat).

    Parameters
    ----------
    country
        One of `packaged_countries` (ISO 3166-1 alpha-2).
    """
    file = resources.files("gazetteer").joinpath("data", FOLDER, f"{country}.xz")
    _, units = unpack(file.read_bytes(), f"districts of {country}")
    return tuple(outline for _, outline in units)


def with_outlines(entries: Sequence[Entry], areas: Areas) -> tuple[list[Entry], int]:
    """Add the packaged outlines to districts.

    An outline is added to the listed district that has its name and whose point lies in the outline
    or nearby, or else to the one inside it with a similar name. Other outlines become districts of
    their own. Their names match only where the country is known, so that names of places elsewhere
    do not come to mean them.

    Parameters
    ----------
    entries
        Listed districts, without outlines.
    areas
        Countries and first-level units.

    Returns
    -------
    tuple of (list of Entry, int)
        Districts, and the number of outlines.
    """
    known: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    of_country: dict[str | None, list[int]] = defaultdict(list)
    provinces = {
        (e.place.country, article_key(name))
        for e in areas.entries
        if e.place.feature == "ADM1"
        for name in (e.place.name, *e.place.names)
    }
    for at, entry in enumerate(entries):
        of_country[entry.place.country].append(at)
        for name in dict.fromkeys((entry.place.name, *entry.place.names)):
            known[entry.place.country, article_key(name)].append(at)
    out, added = list(entries), []
    count = 0
    for country in packaged_countries():
        file = resources.files("gazetteer").joinpath("data", FOLDER, f"{country}.xz")
        _, units = unpack(file.read_bytes(), f"districts of {country}")
        for told, outline in units:
            count += 1
            key = article_key(told["name"])
            same = _listed(out, known[country, key], outline)
            if same is None:
                same = _alike(out, of_country[country], key, outline)
            if same is None and (country, key) in provinces:
                count -= 1  # the unit has become a province, which has its own outline
            elif same is None:
                added.append(_own(told, outline, country))
            else:
                out[same] = replace(out[same], geometry=outline)
    return [*out, *_in_units(added, areas)], count


def _listed(entries: list[Entry], among: list[int], outline: BaseGeometry) -> int | None:
    """Return the index of the nearest district with the name of an outline, if it is near."""
    near = []
    for at in dict.fromkeys(among):
        place = entries[at].place
        gap = outline.distance(shapely.Point(place.lon, place.lat))
        if entries[at].geometry is None and gap <= _NEAR_DEGREES:
            near.append((gap, at))
    return min(near)[1] if near else None


def _alike(entries: list[Entry], among: list[int], key: str, outline: BaseGeometry) -> int | None:
    """Return the index of the district inside an outline with the most similar name, or None."""
    shapely.prepare(outline)
    best: tuple[float, int] | None = None
    for at in among:
        place = entries[at].place
        inside = outline.covers(shapely.Point(place.lon, place.lat))
        if entries[at].geometry is None and inside:
            keys = {plain(article_key(name)) for name in (place.name, *place.names)}
            alike = max(fuzz.ratio(plain(key), other) for other in keys)
            if alike >= _ALIKE and (best is None or alike > best[0]):
                best = (alike, at)
    return best[1] if best else None


def _own(told: dict[str, Any], outline: BaseGeometry, country: str) -> Entry:
    """Return a district of its own for an outline."""
    point = outline.representative_point()
    place = Place(
        id=f"wof:{told['id']}",
        name=told["name"],
        lat=round(point.y, 4),
        lon=round(point.x, 4),
        country=country,
        admin1=None,
        feature="ADM2",
        precision="district",
        population=None,
        names=(),
        source=f"Who's On First ({told['source']})",
        certainty="low",
    )
    return Entry(place=place, geometry=outline, local_names=(told["name"],))


def _in_units(entries: list[Entry], areas: Areas) -> list[Entry]:
    """Return districts with the first-level units that contain them."""
    lats = np.array([entry.place.lat for entry in entries])
    lons = np.array([entry.place.lon for entry in entries])
    return [
        replace(e, place=replace(e.place, admin1=unit_in(unit, e.place.country)))
        for e, unit in zip(entries, units_at(areas, lats, lons), strict=True)
    ]
