"""Cut the lines between districts for a frame: fine administrative lines under a close map.

A frame and its country come in; lines between the districts of each province go out, with the usual
width of a district, from which follows how close a reader must look for them. Outlines of districts
are packaged for some countries. They are of another source than the provinces, so that the outer
lines of a province are left to that source.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import shape

from gazetteer.boundaries import World
from gazetteer.district_files import outlines, packaged_countries
from mapgen.ground.basemap import rounded, widen
from mapgen.ground.projection import longitude_scale

if TYPE_CHECKING:
    from shapely import Geometry

    from mapgen.ground.basemap_records import Basemap, DistrictLines

Bbox = tuple[float, float, float, float]  # west, south, east, north; east may exceed 180

REFORMED = frozenset({"UA"})  # its packaged districts are those of before 2020
SOURCE = "District lines: Who's On First (CC BY)"
SCREEN_PX = 1000  # width in pixels of a map on a usual screen
MOST_POINTS = 900
TOLERANCES_PX = (0.8, 1.3, 2.0, 3.0)  # the first whose lines have few enough points
LEAST_PX = 46  # districts are drawn where they are at least that wide
FARTHEST = 3.0  # zoom steps that a reader may be asked to come closer
SNAP_PX = 2.0  # outlines of neighbours differ by some hundred metres
BESIDE_PX = 5.0  # so near to the outer line of a province is that line
CLOSED_PX = 8.0  # widest slit between districts
SHORTEST_PX = 14.0
PAN = 0.1  # share of the frame that is added on each side
_FINE_DEG = 5e-4  # finer pixels need a fourth decimal


def district_lines(bbox: Bbox, country: str | None, base: Basemap) -> DistrictLines | None:
    """Return the lines between the districts of a country in a frame.

    Parameters
    ----------
    bbox
        Frame of the map: west, south, east, north in degrees, EPSG:4326.
    country
        The subject country (ISO 3166-1 alpha-2), or None.
    base
        Basemap of the frame, whose coasts and province lines are drawn already.

    Returns
    -------
    DistrictLines or None
        None if no outlines are packaged for the country, if its districts were reformed since, or
        if they are too small or too many for the frame.
    """
    if country is None or country in REFORMED or country not in packaged_countries():
        return None
    frame = shapely.box(*widen(bbox, wider=0.0, higher=0.0, pan=PAN))
    shapes = [outline for outline in outlines(country) if outline.intersects(frame)]
    if not shapes:
        return None
    pixel_deg = (bbox[2] - bbox[0]) / SCREEN_PX
    stretch = math.sqrt(longitude_scale((bbox[1] + bbox[3]) / 2))
    side_deg = math.sqrt(float(np.median(shapely.area(shapes)))) / stretch
    closer = max(0.0, math.log2(LEAST_PX * pixel_deg / side_deg))
    if closer > FARTHEST:
        return None
    fine_deg = pixel_deg / 2**closer
    inner = [_inner_lines(group, fine_deg) for group in _by_province(shapes, country)]
    edges = (base.get("coast", []), base.get("admin", []), base.get("borders", []))
    drawn = [shape(geometry) for layer in edges for geometry in layer]
    beside = shapely.union_all(shapely.buffer(drawn, BESIDE_PX * fine_deg))
    lines = shapely.intersection(shapely.union_all(inner), frame)
    lines = shapely.line_merge(shapely.difference(lines, beside))
    parts = _fitting(lines, fine_deg)
    if not parts:
        return None
    decimals = 3 if fine_deg > _FINE_DEG else 4
    return {
        "side": round(side_deg, 3),
        "lines": [rounded(shapely.MultiLineString(parts), decimals)],
    }


def _by_province(shapes: list[Geometry], country: str) -> list[list[Geometry]]:
    """Return districts by the province that a point inside them lies in."""
    provinces = [outline for outline, _ in World.load().admin1(country=country)]
    tree = shapely.STRtree(shapely.point_on_surface(shapes))
    groups = []
    for province in provinces:
        found = tree.query(province, predicate="intersects")
        groups.append([shapes[i] for i in sorted(found)])
    return [group for group in groups if len(group) > 1]


def _inner_lines(group: list[Geometry], fine_deg: float) -> Geometry:
    """Return the lines between the districts of a province, without its own outline."""
    snap = SNAP_PX * fine_deg
    whole = shapely.union_all(group, grid_size=snap)
    # neighbours do not quite meet: close the slits between them, and the holes
    closed = shapely.buffer(shapely.buffer(whole, CLOSED_PX * fine_deg), -CLOSED_PX * fine_deg)
    outer = shapely.get_exterior_ring(shapely.get_parts(closed))
    lines = shapely.union_all(shapely.boundary(group), grid_size=snap)
    return shapely.difference(lines, shapely.union_all(shapely.buffer(outer, BESIDE_PX * fine_deg)))


def _fitting(lines: Geometry, fine_deg: float) -> list[Geometry]:
    """Return lines with few enough points, or none if they would be too crude."""
    for tolerance_px in TOLERANCES_PX:
        drawn = shapely.simplify(lines, tolerance_px * fine_deg)
        parts = [p for p in shapely.get_parts(drawn) if p.length >= SHORTEST_PX * fine_deg]
        if shapely.get_num_coordinates(shapely.MultiLineString(parts)) <= MOST_POINTS:
            return parts
    return []
