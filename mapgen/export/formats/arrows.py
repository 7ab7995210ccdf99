"""Draw arrows as a line and a triangle, for formats that have no arrows."""

from __future__ import annotations

import math

import shapely
from shapely import affinity
from shapely.ops import substring

from mapgen.ground.projection import longitude_scale

_HEAD = 0.09  # length of the head, as a share of the length of the line
_LEAST_DEG, _MOST_DEG = 0.01, 0.25  # degrees of latitude, about 1 and 28 km
_WING = 0.42  # half the width of the head, as a share of its length


def arrow(
    line: shapely.LineString | shapely.MultiLineString,
) -> tuple[shapely.LineString | shapely.MultiLineString, shapely.Polygon | None]:
    """Return the shaft and the head of an arrow that points to the end of a line.

    Parameters
    ----------
    line
        A line in EPSG:4326, longitude first. If it has several parts, the last one gets the head.

    Returns
    -------
    shaft : LineString or MultiLineString
        The line up to the head.
    head : Polygon or None
        A counterclockwise triangle, or None for a line without length.
    """
    *first, last = line.geoms if line.geom_type == "MultiLineString" else [line]
    if last.length == 0:
        return line, None
    # Scale longitudes, which are narrower than latitudes, so that the head is not skewed.
    narrow = longitude_scale(last.coords[-1][1], least=0.1)
    flat = affinity.scale(last, narrow, 1.0, origin=(0, 0))
    size = min(max(flat.length * _HEAD, _LEAST_DEG), _MOST_DEG, flat.length)
    tip, neck = flat.coords[-1], flat.interpolate(flat.length - size)
    length = math.dist(tip, (neck.x, neck.y))
    wing = size * _WING
    across = (-(tip[1] - neck.y) / length * wing, (tip[0] - neck.x) / length * wing)
    corners = [
        tip,
        (neck.x + across[0], neck.y + across[1]),
        (neck.x - across[0], neck.y - across[1]),
    ]
    head = affinity.scale(shapely.Polygon(corners), 1 / narrow, 1.0, origin=(0, 0))
    shaft = affinity.scale(substring(flat, 0, flat.length - size), 1 / narrow, 1.0, origin=(0, 0))
    shafts = [*first, *([shaft] if shaft.geom_type == "LineString" else [])]
    if not shafts:
        return line, head
    return (shafts[0] if len(shafts) == 1 else shapely.MultiLineString(shafts)), head
