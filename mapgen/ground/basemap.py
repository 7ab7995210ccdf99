"""Cut the basemap of a page: the part of the world around the events, small enough to inline.

`frame` says what the map shows, `cut` gives the shapes, `inset` finds a crowd of signs that needs a
map of its own. Land is one polygon without inner borders; coast, borders and administrative lines
are lines of their own, found as edges that units share, so that a clip frame is never stroked.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import shapely.geometry

from gazetteer.borders import lines_in_view, units_in_view
from gazetteer.boundaries import World, dissolve
from gazetteer.views import DE_FACTO
from mapgen.core.geojson import shortened
from mapgen.ground.drained_lakes import lakes_on
from mapgen.ground.projection import longitude_scale
from mapgen.ground.river_names import river_names
from mapgen.ground.roads.corridors import Roads
from mapgen.ground.surroundings import coarse_world, country_beyond, roomy_points

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray
    from shapely import Geometry

    from gazetteer.boundaries import Feature
    from mapgen.core.geojson import Geometry as GeoJson
    from mapgen.ground.basemap_records import Basemap, CountryName, PointName, RoadLine

Bbox = tuple[float, float, float, float]  # west, south, east, north; east may exceed 180
LatLon = tuple[float, float]
Asked = tuple[Bbox, Bbox, str | None, str]  # frame, box of the fine shapes, subject, whose view

BUDGET_POINTS = 4_500  # of outlines near the frame; with all the rest about 140 KB of GeoJSON
WATER_POINTS = 1_800  # of lakes and rivers
TOLERANCES_DEG = (
    *(0.004, 0.006, 0.008, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.065, 0.08, 0.1, 0.12, 0.16, 0.2),
    *(0.25, 0.3, 0.4),
)
SCREEN_PX = 1000  # width in pixels of a map on a usual screen
ISLET_PX = 2.0  # islands smaller than this many square pixels are left out
PAN = 0.6  # land reaches this share of the frame beyond it, for readers who move the map
DESK_RATIO = 1.3  # of the sides of the map beside the panel, on a usual screen
TALL_RATIO = 2.4  # of a telephone's, with the room that panels take
COARSE_PX = 0.7  # tolerance in pixels for the outlines of a map of half the globe
PROVINCES_DEG = 25.0  # a wider map without a subject country shows no provinces
NEAR_PAN = 0.25  # within that share it is drawn as finely as the frame itself
FAR_PX = 5.0  # beyond, to so many pixels of the usual screen
FAR_ISLET = 4.0  # islands there are at least so many times that wide
MAX_LAT = 85.0  # Web Mercator ends there
GRID = 1_000_000  # steps per degree in which edges are compared
SMALL_DEG = 1.5  # frames narrower than this keep a fourth decimal
NAME_RADIUS = 0.03  # a name needs a free circle of this share of the frame's width
SPOT_SHARE = 0.8  # of that circle, at each further point
MOST_COUNTRY_SPOTS = 16  # at which the name of a country may stand
LAKE_RADIUS = 0.015  # a lake's name may run over its shore
N_LAKES = 6  # the largest ones in the frame have names
MIN_LAKE = 2e-5  # lakes smaller than this share of the frame are left out
DISPUTED_SHIFT_DEG = 0.03  # disputed lines are of another edition than the units: up to 3 km apart


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges of a set of polygons, sorted by what lies on their two sides."""

    coast: Geometry
    borders: Geometry
    admin: Geometry


def cut_basemap(
    bbox: Bbox,
    focus: str | None,
    *,
    budget_points: int = BUDGET_POINTS,
    borders: str = DE_FACTO,
    day: date | None = None,
) -> Basemap:
    """Cut the basemap of a frame: the ``base`` object of docs/page-data.md.

    Parameters
    ----------
    bbox
        West, south, east, north in degrees (EPSG:4326), as `frame` gives it.
    focus
        Country the map is about (ISO 3166-1 alpha-2), or None.
    budget_points
        Upper bound for the vertices of land and its lines; the simplification follows from it.
    borders
        Whose view of disputed borders is drawn: one of `gazetteer.views`.
    day
        Day of the map: lakes that were drained by then are left out.

    Returns
    -------
    dict
        GeoJSON geometries, coordinates rounded to three decimals, four where the frame is small.
    """
    near, wide = widen(bbox, pan=NEAR_PAN), widen(bbox)
    pixel_deg = (bbox[2] - bbox[0]) / SCREEN_PX
    world = World.load(tolerance_deg=pixel_deg * COARSE_PX)
    units, owners = units_in_view(_around(world, "admin1", near), borders)
    shapes = np.array(units, dtype=object)
    # first remove details that are too small for any screen
    needed_deg = pixel_deg / 4 if pixel_deg / 4 > world.tolerance_deg else 0.0
    simplified = {0: _simplified(shapes, needed_deg, pixel_deg**2 * ISLET_PX)}
    decimals = 4 if bbox[2] - bbox[0] < SMALL_DEG else 3

    coarser = (0.0, *(t for t in TOLERANCES_DEG if t > pixel_deg / 4))

    @cache
    def at(step: int) -> tuple[NDArray[Any], Edges]:
        if step not in simplified:
            finer = simplified[max(k for k in simplified if k < step)]
            simplified[step] = _simplified(finer, coarser[step], coarser[step] ** 2)
        edges = edges_of(simplified[step], owners, focus)
        if focus is None and bbox[2] - bbox[0] > PROVINCES_DEG:
            edges = replace(edges, admin=shapely.MultiLineString())
        return simplified[step], edges

    def fits(step: int) -> bool:
        edges = at(step)[1]
        # a coast is drawn twice, as a line and as the edge of land
        count = _count_within(near, edges.coast, edges.coast, edges.borders, edges.admin)
        return count <= budget_points

    # Small frames fit without simplification; for others, bisection saves most of the attempts.
    last = len(coarser) - 1
    first = 0 if fits(0) else bisect_left(range(last), True, lo=1, key=fits)  # noqa: FBT003
    tolerances_deg = (coarser[first], max(min(coarser[first] / 2, 0.02), pixel_deg / 4))
    base = _layers(world, (bbox, near, focus, borders), (*at(first), owners), tolerances_deg)
    names = {k: base.pop(k) for k in ("countries", "waters")}
    beyond = _beyond((bbox, near, focus, borders), max(coarser[first], pixel_deg * FAR_PX))
    for key, more in beyond.items():
        base[key] = shapely.union(base[key], more) if key == "focus" else base[key] + more
    lakes = lakes_on(day, _around(world, "lakes", wide))
    base |= _waters_drawn(world, (bbox, wide), lakes, tolerances_deg[1])
    names["waters"] += _lake_names(lakes, bbox, base["lakes"]) + river_names(bbox)
    drawn = {k: [rounded(shape, decimals) for shape in v] for k, v in base.items() if k != "focus"}
    ours = base["focus"]
    far = widen(bbox, wider=TALL_RATIO, higher=TALL_RATIO)
    rest = country_beyond(focus, far) if focus is not None else None
    return {
        "bbox": [round(v, decimals) for v in bbox],
        "focus": None if ours is None else rounded(ours, decimals),
        "land": drawn["land"],
        "admin": drawn["admin"],
        "borders": drawn["borders"],
        "coast": drawn["coast"],
        "disputed": drawn["disputed"],
        "lakes": drawn["lakes"],
        "rivers": drawn["rivers"],
        "roads": _roads(wide, focus, decimals),
        "countries": names["countries"],
        "waters": names["waters"],
        "provinces": [],  # their names are in the gazetteer
        "world": [list(ring) for ring in coarse_world()],
        "far": [round(v, 2) for v in far],
        "own_beyond": None if rest is None else rounded(rest, 2),
    }


def _simplified(shapes: NDArray[Any], tolerance_deg: float, islet_deg2: float) -> NDArray[Any]:
    """Simplify units together so that neighbours still meet; leave out tiny islands."""
    if not len(shapes):
        return shapes
    shapes = without_islets(shapes, islet_deg2)
    return shapely.coverage_simplify(shapes, tolerance_deg) if tolerance_deg else shapes


def _layers(
    world: World,
    asked: Asked,
    units: tuple[NDArray[Any], Edges, list[str]],
    tolerances_deg: tuple[float, float],
) -> dict[str, Any]:
    bbox, near, focus, view = asked
    shapes, edges, owners = units
    tolerance_deg, fine = tolerances_deg
    by_country: dict[str, list[Geometry]] = {}
    for shape, owner in zip(shapes, owners, strict=True):
        by_country.setdefault(owner, []).append(shape)
    countries = {owner: dissolve(parts) for owner, parts in sorted(by_country.items())}
    land = _without_specks(_clip(_union(list(countries.values())), near), tolerance_deg)
    borders, disputed, hidden = _borders(world, edges, near, (fine, view))
    admin = _clip(edges.admin, near)
    return {
        "focus": _clip(countries[focus], near) if focus in countries else None,
        "land": _polygons(land),
        "admin": _parts(admin.difference(hidden.buffer(DISPUTED_SHIFT_DEG))),
        "borders": _parts(borders),
        "coast": _parts(_clip(edges.coast, near)),
        "disputed": _parts(disputed),
        "countries": _country_names((bbox, widen(bbox, pan=0.0), near), focus, countries),
        "waters": _water_names(bbox, land),
    }


def _waters_drawn(
    world: World, boxes: tuple[Bbox, Bbox], around: Sequence[Feature], tolerance_deg: float
) -> dict[str, Any]:
    """Return lakes and rivers, simplified until they fit the budget of points."""
    bbox, wide = boxes
    rivers = [geometry for geometry, _ in _around(world, "rivers", wide)]
    while True:
        lakes = _lakes(around, bbox, wide, tolerance_deg)
        lines = _parts(_lines(rivers, wide, tolerance_deg))
        if (
            _count_within(wide, *lakes, *lines) <= WATER_POINTS
            or tolerance_deg > TOLERANCES_DEG[-1]
        ):
            return {"lakes": lakes, "rivers": lines}
        tolerance_deg *= 1.5


def _beyond(asked: Asked, tolerance_deg: float) -> dict[str, Any]:
    """Return coarse shapes around a box: for moving the map, and for tall and wide screens.

    A frame twice as wide as high leaves most of a telephone's screen above and below it: without
    land there, the neighbours of a country would look like sea.
    """
    bbox, near, focus, view = asked
    far = widen(bbox, wider=TALL_RATIO, higher=TALL_RATIO)
    inner = shapely.box(*near)
    world = World.load(tolerance_deg=tolerance_deg)
    units, owners = units_in_view(_around(world, "admin1", far), view)
    if inner.covers(shapely.box(*far)) or not units:
        return {}
    islet = (FAR_ISLET * tolerance_deg) ** 2
    shapes = _simplified(np.array(units, dtype=object), tolerance_deg, islet)
    edges = edges_of(shapes, owners, None)
    around = {
        "land": _polygons(_outside(inner, _clip(_union(list(shapes)), far))),
        "borders": _line_parts(_parts(_outside(inner, _clip(edges.borders, far)))),
        "coast": _line_parts(_parts(_outside(inner, _clip(edges.coast, far)))),
    }
    own = [shape for shape, owner in zip(shapes, owners, strict=True) if owner == focus]
    ours = _outside(inner, _clip(_union(own), far))
    return around if ours.is_empty else {**around, "focus": ours}


def _outside(inner: Geometry, geometry: Geometry) -> Geometry:
    return shapely.difference(shapely.make_valid(geometry), inner)


def _around(world: World, layer: str, bbox: Bbox) -> list[Feature]:
    """Return the features that meet a box, moved east by 360 degrees where it crosses 180."""
    found = world.layer(layer, bbox)
    if bbox[2] > 180:  # noqa: PLR2004 -- the antimeridian
        beyond = (bbox[0] - 360, bbox[1], bbox[2] - 360, bbox[3])
        found = found + [
            (shapely.transform(geometry, lambda xy: np.add(xy, (360.0, 0.0))), props)
            for geometry, props in world.layer(layer, beyond)
        ]
    return found


def without_islets(shapes: NDArray[Any], least_deg2: float) -> NDArray[Any]:
    """Leave out tiny parts that touch no other part; a unit always keeps its largest part.

    Parameters
    ----------
    shapes
        Multipolygons of the units, EPSG:4326.
    least_deg2
        Area in square degrees below which a separate part is left out.

    Returns
    -------
    numpy.ndarray
        Multipolygons in the same order.
    """
    parts, unit = shapely.get_parts(shapes, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    steps = np.rint(xy * 1e6).astype(np.int64)
    _, vertex = np.unique(steps[:, 0] * 10**9 + steps[:, 1], return_inverse=True)
    pairs = np.unique(vertex * len(parts) + part)  # a vertex once for each part
    vertex, part = np.divmod(pairs, len(parts))
    shared = np.bincount(vertex) > 1
    area = shapely.area(parts)
    largest = np.zeros(len(shapes))
    np.maximum.at(largest, unit, area)
    keep = (area >= least_deg2) | (area >= largest[unit])
    keep[part[shared[vertex]]] = True
    return np.array(
        [shapely.multipolygons(list(parts[keep & (unit == i)])) for i in range(len(shapes))],
        dtype=object,
    )


def edges_of(shapes: NDArray[Any], owners: list[str], focus: str | None) -> Edges:
    """Sort the edges of units by their two sides: sea, another country, another unit.

    Parameters
    ----------
    shapes
        Polygons of administrative units, EPSG:4326; neighbours share their vertices.
    owners
        Country of each unit.
    focus
        Subject country, to which the edges between its own units are limited; None keeps all.

    Returns
    -------
    Edges
        Coasts, borders between countries, and borders between units of a country.
    """
    if not len(shapes):
        return Edges(*[shapely.MultiLineString()] * 3)
    points, unit_of_point, line_of_point = _outlines(shapes)
    steps = np.rint(points * GRID).astype(np.int64)
    joined = line_of_point[1:] == line_of_point[:-1]
    a, b, unit = steps[:-1][joined], steps[1:][joined], unit_of_point[1:][joined]
    turned = (a[:, 0] > b[:, 0]) | ((a[:, 0] == b[:, 0]) & (a[:, 1] > b[:, 1]))
    both_ways = np.where(turned[:, None], np.hstack([b, a]), np.hstack([a, b]))
    edges, first, edge_of, uses = np.unique(
        both_ways, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    names, country_of_unit = np.unique(np.array(owners), return_inverse=True)
    country = country_of_unit[unit]
    last = np.zeros(len(edges), dtype=np.int64)
    last[edge_of.reshape(-1)] = country  # one side; ``first`` points to the other
    abroad = country[first] != last
    # Countries are split at the antimeridian; the cut is not a coast.
    seam = (np.abs(edges[:, 0]) == 180 * GRID) & (edges[:, 0] == edges[:, 2])
    subject = np.ones(len(edges), dtype=bool) if focus is None else (names == focus)[last]
    return Edges(
        coast=_merge(edges[(uses == 1) & ~seam]),
        borders=_merge(edges[(uses > 1) & abroad]),
        admin=_merge(edges[(uses > 1) & ~abroad & subject]),
    )


def _outlines(
    shapes: NDArray[Any],
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the vertices of all rings, with the unit and the ring of each."""
    lines, unit_of_line = shapely.get_parts(shapely.boundary(shapes), return_index=True)
    points, line_of_point = shapely.get_coordinates(lines, return_index=True)
    return points, unit_of_line[line_of_point], line_of_point


def _merge(edges: NDArray[np.int64]) -> Geometry:
    if not len(edges):
        return shapely.MultiLineString()
    lines = shapely.linestrings(edges.reshape(-1, 2, 2) / GRID)
    return shapely.line_merge(shapely.multilinestrings(lines))


def _borders(
    world: World, edges: Edges, wide: Bbox, how: tuple[float, str]
) -> tuple[Geometry, Geometry, Geometry]:
    """Sort borders by a view into those drawn solid, drawn dashed and not drawn."""
    tolerance_deg, view = how
    lines = lines_in_view(_around(world, "disputed", wide), view)
    solid, dashed, hidden = (
        _lines(list(kind), wide, tolerance_deg)
        for kind in (lines.solid, lines.dashed, lines.hidden)
    )
    borders = _clip(edges.borders, wide)
    # Countries still meet where a line should be hidden: the far side of the claim is not known.
    unsure = borders.intersection(hidden.buffer(DISPUTED_SHIFT_DEG))
    drawn = borders.difference(shapely.union(dashed, hidden).buffer(DISPUTED_SHIFT_DEG))
    beside = solid.difference(borders.buffer(DISPUTED_SHIFT_DEG))  # over water, say
    return shapely.union(drawn, beside), shapely.union(dashed, unsure), hidden


def _lines(geometries: list[Geometry], wide: Bbox, tolerance_deg: float) -> Geometry:
    clipped = _clip(shapely.MultiLineString(_line_parts(geometries)), wide)
    return shapely.simplify(shapely.line_merge(clipped), tolerance_deg)


def _line_parts(geometries: list[Geometry]) -> list[Geometry]:
    return [part for geometry in geometries for part in shapely.get_parts(geometry)]


def _lakes(
    around: Sequence[Feature], bbox: Bbox, wide: Bbox, tolerance_deg: float
) -> list[Geometry]:
    least = max(MIN_LAKE * (bbox[2] - bbox[0]) * (bbox[3] - bbox[1]), (2 * tolerance_deg) ** 2)
    result = []
    for geometry, _ in around:
        if geometry.area < least:
            continue
        lake = shapely.make_valid(shapely.simplify(_clip(geometry, wide), tolerance_deg))
        result += [p for p in _polygons(lake) if p.area >= least]
    return result


def _without_specks(land: Geometry, tolerance_deg: float) -> Geometry:
    """Close the hairline gaps that simplification opens where units do not quite meet."""
    least = max(tolerance_deg, 0.002) ** 2 * 4
    parts = []
    for polygon in _polygons(land):
        holes = [r for r in polygon.interiors if shapely.Polygon(r).area >= least]
        parts.append(shapely.Polygon(polygon.exterior, holes))
    return shapely.MultiPolygon(parts)


def _roads(wide: Bbox, focus: str | None, decimals: int) -> list[RoadLine]:
    roads = Roads.for_country(focus) if focus else None
    if roads is None:
        return []
    box = shapely.box(*wide)
    return [
        {"id": c.id, "path": [[round(lat, decimals), round(lon, decimals)] for lat, lon in c.path]}
        for c in roads.corridors
        if box.intersects(shapely.LineString([(lon, lat) for lat, lon in c.path]))
    ]


def _country_names(
    boxes: Sequence[Bbox], focus: str | None, countries: dict[str, Geometry]
) -> list[CountryName]:
    """Return the names of neighbours, each in the first of the boxes that has room for it."""
    labels = World.load().countries()
    result: list[CountryName] = []
    for code, shape in countries.items():
        if code == focus or code not in labels:
            continue
        spots = [s for box in boxes if (s := _roomiest(_clip(shape, box), box)) is not None]
        if spots:
            lat, lon, _ = spots[0]
            more = _further_spots(_clip(shape, boxes[1]), boxes[0])
            name = labels[code]["name"]
            result.append({"name": name, "lat": lat, "lon": lon, "spots": more})
    return result


def _further_spots(land: Geometry, bbox: Bbox) -> list[list[float]]:
    """Return further points at which a country may be named: others may be free, or in view."""
    if land.is_empty:
        return []
    least_deg = NAME_RADIUS * SPOT_SHARE * (bbox[2] - bbox[0])
    return roomy_points(land, most=MOST_COUNTRY_SPOTS, least_deg=least_deg)


def _water_names(bbox: Bbox, land: Geometry) -> list[PointName]:
    best: dict[str, tuple[float, float, float]] = {}
    for water in _polygons(shapely.box(*bbox).difference(land)):
        spot = _roomiest(water, bbox)
        name = None if spot is None else water_at(spot[0], spot[1])
        if spot is not None and name is not None and spot[2] > best.get(name, (0, 0, 0))[2]:
            best[name] = spot
    return [{"name": n, "lat": lat, "lon": lon} for n, (lat, lon, _) in sorted(best.items())]


def _lake_names(around: Sequence[Feature], bbox: Bbox, drawn: list[Geometry]) -> list[PointName]:
    """Return the names of the largest lakes that are drawn, each in the middle of its water."""
    named = []
    water = shapely.MultiPolygon(_polygons(_union(drawn)))
    for shape, facts in around:
        within = _clip(shape, bbox).intersection(water) if facts.get("name") else shapely.Point()
        spot = _roomiest(within, bbox, LAKE_RADIUS)
        if spot is not None:
            named.append((-spot[2], facts["name"], spot))
    return [
        {"name": name, "lat": lat, "lon": lon} for _, name, (lat, lon, _) in sorted(named)[:N_LAKES]
    ]


def _roomiest(
    shape: Geometry, bbox: Bbox, share: float = NAME_RADIUS
) -> tuple[float, float, float] | None:
    """Return centre and radius of the largest circle inside; None if too small for a name."""
    width = bbox[2] - bbox[0]
    best = None
    for part in _polygons(shape):
        radius_line = shapely.maximum_inscribed_circle(part, tolerance=width / 200)
        if radius_line.length >= max(share * width, best[2] if best else 0):
            lon, lat = radius_line.coords[0]
            best = (round(lat, 3), round(lon, 3), radius_line.length)
    return best


def water_at(lat: float, lon: float) -> str | None:
    """Return the name of the sea at a point off land, by the smallest box that contains it.

    Parameters
    ----------
    lat, lon
        Degrees, EPSG:4326; the longitude may exceed 180.

    Returns
    -------
    str or None
        The name, or None if no box contains the point.
    """
    for _, name, (west, south, east, north) in _waters():
        if south <= lat <= north and any(west <= x <= east for x in (lon, lon - 360, lon + 360)):
            return name
    return None


@cache
def _waters() -> tuple[tuple[float, str, Bbox], ...]:
    text = (files("mapgen") / "data" / "waters.csv").read_text(encoding="utf-8")
    rows = []
    for row in csv.DictReader(text.splitlines()):
        west, south, east, north = (float(row[k]) for k in ("west", "south", "east", "north"))
        rows.append(((east - west) * (north - south), row["name"], (west, south, east, north)))
    return tuple(sorted(rows))


def widen(
    bbox: Bbox, *, wider: float = DESK_RATIO, higher: float = DESK_RATIO, pan: float = PAN
) -> Bbox:
    """Return a frame with room for moving the map, and for a screen of other proportions.

    ``wider`` and ``higher`` are the sides of the widest and of the tallest screen to be filled,
    ``pan`` the share of the frame that is added on each side of it.

    Parameters
    ----------
    bbox
        West, south, east, north in degrees, EPSG:4326.
    wider
        Ratio of width to height of the widest screen to fill.
    higher
        Ratio of height to width of the tallest screen to fill.
    pan
        Share of the frame that is added on each side for moving the map.
    """
    west, south, east, north = bbox
    shrink = longitude_scale((south + north) / 2, least=0.2)
    width, height = east - west, north - south
    dx = max(width * pan, (height * wider / shrink - width) / 2 + width * pan / 2)
    dy = max(height * pan, (width * shrink * higher - height) / 2 + height * pan / 2)
    if width + 2 * dx >= 360:  # noqa: PLR2004 -- once round the globe is enough
        dx = max(0.0, (360 - width) / 2)
    return (west - dx, max(-MAX_LAT, south - dy), east + dx, min(MAX_LAT, north + dy))


def _clip(geometry: Geometry, bbox: Bbox) -> Geometry:
    return shapely.clip_by_rect(geometry, *bbox)


def _union(geometries: list[Geometry]) -> Geometry:
    return dissolve(geometries) if geometries else shapely.MultiPolygon()


def _polygons(geometry: Geometry) -> list[Geometry]:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [p for p in parts if p.geom_type == "Polygon" and not p.is_empty]


def _parts(geometry: Geometry) -> list[Geometry]:
    parts = shapely.get_parts(geometry)
    lines = [p for p in parts if p.geom_type == "LineString" and not p.is_empty]
    return [shapely.MultiLineString(lines)] if lines else []


def _count_within(box: Bbox, *shapes: Geometry) -> int:
    """Count the vertices inside a box."""
    west, south, east, north = box
    x, y = shapely.get_coordinates(shapes).T
    return int(np.sum((x >= west) & (x <= east) & (y >= south) & (y <= north)))


def rounded(geometry: Geometry, decimals: int) -> GeoJson:
    """Return a geometry as GeoJSON with rounded coordinates.

    Parameters
    ----------
    geometry
        Shapely geometry.
    decimals
        Number of decimal places.
    """
    found = shapely.geometry.mapping(geometry)
    return {"type": found["type"], "coordinates": shortened(found["coordinates"], decimals)}
