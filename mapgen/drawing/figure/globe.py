"""Draw the locator: a small globe that shows where in the world the map lies.

The frame of the map comes in. The globe is drawn in orthographic projection and centred on
the frame, as far as 60 degrees north or south.
"""

from __future__ import annotations

import functools
import json
import math
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapgen.core.tables.style import SchemeColour
from mapgen.drawing.figure.ground_layers import SEA

if TYPE_CHECKING:
    from mapgen.drawing.figure.surface import Point, Surface
    from mapgen.drawing.figure.view import Bbox

_FRAME, _RIM = SchemeColour.named("accent"), SchemeColour.named("coastline")
_LAND = "#c9c4b8"
_FINEST = 0.004  # tolerance for simplifying coasts, as a share of the radius


@functools.cache
def _land() -> tuple[np.ndarray[Any, Any], ...]:
    """Return coarse outlines of land: rings of (lon, lat) in degrees (tools/build_globe.py)."""
    source = resources.files("mapgen") / "data" / "globe.json"
    rings = json.loads(source.read_text(encoding="utf-8"))
    return tuple(np.array(ring, dtype=float).reshape(-1, 2) / 10 for ring in rings)


def draw_globe(canvas: Surface, x: float, y: float, r: float, bbox: Bbox) -> None:
    """Draw the hemisphere around a frame, with the frame on it.

    Parameters
    ----------
    canvas
        Sheet to draw on.
    x, y, r
        Centre and radius of the globe in points of the sheet.
    bbox
        Frame of the map: west, south, east, north in degrees, EPSG:4326.
    """
    west, south, east, north = bbox
    lat0 = math.radians(max(-60.0, min(60.0, (south + north) / 2)))
    lon0 = math.radians((west + east) / 2)

    def project(degrees: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], bool]:
        lon, lat = np.radians(degrees[:, 0]) - lon0, np.radians(degrees[:, 1])
        px = np.cos(lat) * np.sin(lon)
        py = math.cos(lat0) * np.sin(lat) - math.sin(lat0) * np.cos(lat) * np.cos(lon)
        near = math.sin(lat0) * np.sin(lat) + math.cos(lat0) * np.cos(lat) * np.cos(lon)
        beyond = near < 0
        length = np.hypot(px, py)
        stretch = np.where(beyond & (length > 0), 1 / np.maximum(length, 1e-9), 1.0)
        return np.stack([x + r * px * stretch, y - r * py * stretch], axis=1), bool(beyond.all())

    canvas.circle(x, y, r + 1.2, fill="#ffffff")
    canvas.circle(x, y, r, fill=SEA)
    for ring in _land():
        points, hidden = project(ring)
        if not hidden:  # points behind the globe are moved to its rim, so no ring has to be cut
            coast = shapely.simplify(shapely.LineString(points), r * _FINEST)
            canvas.area(shapely.Polygon(coast.coords), fill=_LAND)
    disc = shapely.Point(x, y).buffer(r, quad_segs=24)
    canvas.circle(x, y, r, line=_RIM, width=0.6)
    edge: list[Point] = []
    for a, b in (
        ((west, south), (east, south)),
        ((east, south), (east, north)),
        ((east, north), (west, north)),
        ((west, north), (west, south)),
    ):
        edge += [(a[0] + (b[0] - a[0]) * i / 12, a[1] + (b[1] - a[1]) * i / 12) for i in range(12)]
    points, _ = project(np.array(edge))
    frame = shapely.Polygon(points).buffer(0)
    least = 0.07 * r  # keep a very small frame visible
    if frame.area < least * least:
        frame = shapely.box(x - least, y - least, x + least, y + least)
    canvas.area(frame.intersection(disc), fill=_FRAME, alpha=0.28)
    canvas.area(frame.intersection(disc), line=_FRAME, width=1.0)
