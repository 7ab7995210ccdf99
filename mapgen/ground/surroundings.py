"""Give a map what lies beyond its fine ground: a coarse world, and the names of provinces.

A frame comes in. Rings of a coarse world go out, for readers who zoom out and for the locator
globe, and points at which the provinces of the subject country can be named.
"""

from __future__ import annotations

import functools
import json
from importlib.resources import files

import numpy as np
import shapely

from gazetteer.borders import units_in_view
from gazetteer.boundaries import World
from gazetteer.provinces import parted, successors

Bbox = tuple[float, float, float, float]  # west, south, east, north in degrees

TOLERANCE_DEG = 1.0  # a pixel or two where the whole world is in view
LEAST_DEG2 = 3.0
COUNTRY_STEPS = 250  # tolerance of a country beyond the fine ground, as a share of its size
SEAM = 0.01  # share of the box by which the coarse shape reaches under the fine one
MOST_PROVINCES = 14
MOST_SPOTS = 5  # at which the name of a province may stand, since signs come first
_GRID = 9
LEAST_SHARE = 0.02  # of the frame that a province must fill to be named


@functools.cache
def coarse_world() -> tuple[tuple[int, ...], ...]:
    """Return the land of the world as rings, each ``lon, lat, lon, lat, ...`` in tenths of degrees.

    The rings are the outlines of the locator globe (``mapgen/data/globe.json``), simplified.
    """
    source = files("mapgen").joinpath("data/globe.json").read_text(encoding="utf-8")
    rings = [np.array(ring, dtype=float).reshape(-1, 2) / 10 for ring in json.loads(source)]
    land = shapely.union_all([shapely.make_valid(shapely.Polygon(ring)) for ring in rings])
    found = []
    for part in shapely.get_parts(shapely.simplify(land, TOLERANCE_DEG)):
        if part.geom_type == "Polygon" and part.area >= LEAST_DEG2:
            xy = np.rint(shapely.get_coordinates(part.exterior) * 10).astype(int)
            found.append(tuple(int(v) for v in xy.ravel()))
    return tuple(sorted(found))


def country_beyond(country: str, box: Bbox) -> shapely.Geometry | None:
    """Return the coarse shape of a country outside a box, or None if nothing of it lies there.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code.
    box
        West, south, east, north in degrees, EPSG:4326.
    """
    outline = World.load().country(country)
    if outline is None:
        return None
    west, south, east, north = outline.bounds
    coarse = shapely.simplify(outline, max(east - west, north - south) / COUNTRY_STEPS)
    parts = [p for p in shapely.get_parts(coarse) if p.area >= outline.area / 200]
    inner = shapely.box(*box).buffer(-SEAM * (box[2] - box[0]))  # so that no gap shows
    rest = shapely.difference(shapely.make_valid(shapely.union_all(parts)), inner)
    return None if rest.is_empty else rest


def province_spots(bbox: Bbox, focus: str, borders: str) -> list[tuple[str, list[list[float]]]]:
    """Return points at which the provinces of a country can be named on a map.

    Parameters
    ----------
    bbox
        Frame of the map: west, south, east, north in degrees, EPSG:4326.
    focus
        Subject country (ISO 3166-1 alpha-2).
    borders
        Whose view of disputed borders is drawn: one of `gazetteer.views`.

    Returns
    -------
    list of (id, points)
        Ids such as ``iso:SD-KN`` with ``[lat, lon]``, the roomiest first; the province that fills
        most of the frame comes first. Provinces of which the frame shows little are left out.
    """
    frame = shapely.box(*bbox)
    world = World.load(tolerance_deg=(bbox[2] - bbox[0]) / 200)
    features = world.layer("admin1", bbox)
    shapes, owners = units_in_view(features, borders)
    if len(shapes) != len(features):  # a view divides some units, whose ids are then not known
        return []
    own: list[tuple[str, shapely.Geometry]] = []
    divided: set[tuple[str, ...]] = set()
    for (_, props), shape, owner in zip(features, shapes, owners, strict=True):
        code, number = props.get("iso"), str(props.get("id"))
        group = next((g for g in successors() if code in g or number in g), None)
        if owner == focus and group is not None:
            divided.add(group)
        elif owner == focus and code:
            own.append((code, shape))
    for group in sorted(divided):
        own += _today(group)
    found = []
    for code, shape in own:
        seen = shapely.intersection(shapely.make_valid(shape), frame)
        if seen.area >= LEAST_SHARE * frame.area:
            found.append((seen.area, f"iso:{code}", seen))
    found.sort(key=lambda f: (-f[0], f[1]))
    return [(key, _spots(seen)) for _, key, seen in found[:MOST_PROVINCES]]


@functools.cache
def _today(former: tuple[str, ...]) -> list[tuple[str, shapely.Geometry]]:
    """Return the codes and outlines of the provinces into which former ones were divided."""
    rows = successors()[former]
    shapes = [
        shapely.make_valid(shape)
        for shape, props in World.load().layer("admin1", (-180.0, -90.0, 180.0, 90.0))
        if props.get("iso") in former or str(props.get("id")) in former
    ]
    outlines = parted(shapely.union_all(shapes), rows)
    return [(row["iso"], shape) for row, shape in zip(rows, outlines, strict=True)]


def _spots(shape: shapely.Geometry) -> list[list[float]]:
    """Return some points well inside a shape, and at least one."""
    middle = shape.representative_point()
    return roomy_points(shape, most=MOST_SPOTS) or [[round(middle.y, 3), round(middle.x, 3)]]


def roomy_points(
    shape: shapely.Geometry, *, most: int, least_deg: float = 0.0
) -> list[list[float]]:
    """Return points well inside a shape and apart from each other, the roomiest first.

    Parameters
    ----------
    shape
        Shape in EPSG:4326 (lon, lat), not empty.
    most
        Greatest number of points; the more, the closer they may be to each other.
    least_deg
        Least distance from the edge of the shape, in degrees.

    Returns
    -------
    list of [lat, lon]
        Degrees with three decimals.
    """
    west, south, east, north = shape.bounds
    lons, lats = np.meshgrid(
        np.linspace(west, east, _GRID + 2)[1:-1], np.linspace(south, north, _GRID + 2)[1:-1]
    )
    points = shapely.points(lons.ravel(), lats.ravel())
    points = points[shapely.contains(shape, points)]
    room = shapely.distance(points, shapely.boundary(shape))
    apart = max(east - west, north - south) / (_GRID if most > MOST_SPOTS else 4)
    chosen: list[shapely.Point] = []
    for i in np.argsort(-room, kind="stable"):
        if room[i] >= least_deg and all(points[i].distance(p) >= apart for p in chosen):
            chosen.append(points[i])
        if len(chosen) == most:
            break
    return [[round(p.y, 3), round(p.x, 3)] for p in chosen]
