"""A frame of the world on the sheet: degrees to points, in the projection of the page.

Web Mercator, as on the page, so that page and picture have the same shapes. Its scale grows with
latitude; the scale bar is right at the middle of the frame.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import shape

from mapgen.ground.projection import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely import Geometry

    from mapgen.drawing.figure.canvas import Box, Point
    from mapgen.situation.drawn_records import Shape

Bbox = tuple[float, float, float, float]  # west, south, east, north in degrees
_MAX_LAT = 85.0


def _northing(lat: float) -> float:
    """Return the Web Mercator northing of a latitude, in degrees at the equator."""
    lat = max(-_MAX_LAT, min(_MAX_LAT, lat))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def box_of(bbox: Sequence[float]) -> Bbox:
    """Return a box of page data as a tuple: west, south, east, north in degrees."""
    west, south, east, north = bbox
    return west, south, east, north


@dataclass(frozen=True, slots=True)
class View:
    """What part of the world fills a box of the sheet.

    Attributes
    ----------
    box
        The box in points.
    scale
        Points for one degree of longitude.
    left, top
        Longitude and northing of the box's top left corner.
    """

    box: Box
    scale: float
    left: float
    top: float

    @staticmethod
    def fitting(bbox: Bbox, box: Box, room: Box = (0.0, 0.0, 0.0, 0.0)) -> View:
        """Show a frame as large as possible, in the middle of a box.

        Parameters
        ----------
        bbox
            Degrees, EPSG:4326.
        box
            Points.
        room
            Points to keep free at left, top, right and bottom.
        """
        west, south, east, north = bbox
        width, height = box[2] - box[0] - room[0] - room[2], box[3] - box[1] - room[1] - room[3]
        high, low = _northing(north), _northing(south)
        scale = min(width / (east - west), height / (high - low))
        x, y = box[0] + room[0] + width / 2, box[1] + room[1] + height / 2
        left = (west + east) / 2 - (x - box[0]) / scale
        top = (high + low) / 2 + (y - box[1]) / scale
        return View(box, scale, left, top)

    def point(self, lat: float, lon: float) -> Point:
        """Return the point of the sheet of a place."""
        return (
            self.box[0] + (lon - self.left) * self.scale,
            self.box[1] + (self.top - _northing(lat)) * self.scale,
        )

    def path(self, latlons: Iterable[Sequence[float]]) -> list[Point]:
        """Return the points of a path of (lat, lon)."""
        return [self.point(lat, lon) for lat, lon in latlons]

    def geometry(self, geojson: Shape | None) -> Geometry:
        """Return a GeoJSON geometry in points of the sheet, cut to a little more than the box.

        Raises
        ------
        TypeError
            If it is the key of a shape: only the page looks up shapes that signs share.
        """
        if isinstance(geojson, str):
            msg = f"{geojson!r} is the key of a shared shape, not a shape"
            raise TypeError(msg)
        if geojson is None:
            return shapely.Polygon()
        degrees = shape(geojson)
        if degrees.geom_type in {"Polygon", "MultiPolygon"} and not degrees.is_valid:
            degrees = shapely.make_valid(degrees)

        def moved(xy: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
            return np.array([self.point(lat, lon) for lon, lat in xy]).reshape(-1, 2)

        on_sheet = shapely.transform(degrees, moved)
        left, top, right, bottom = self.box
        return shapely.clip_by_rect(on_sheet, left - 30, top - 30, right + 30, bottom + 30)

    def lines(self, geojson: Shape | None) -> list[list[Point]]:
        """Return the lines of a GeoJSON geometry in points of the sheet."""
        parts = shapely.get_parts(self.geometry(geojson))
        return [
            [(float(x), float(y)) for x, y in part.coords]
            for part in parts
            if part.geom_type == "LineString"
        ]

    @property
    def bbox(self) -> Bbox:
        """West, south, east and north of the box, degrees."""
        return (*self._degrees(self.box[0], self.box[3]), *self._degrees(self.box[2], self.box[1]))

    def _degrees(self, x: float, y: float) -> tuple[float, float]:
        northing = self.top - (y - self.box[1]) / self.scale
        lat = math.degrees(2 * math.atan(math.exp(math.radians(northing))) - math.pi / 2)
        return self.left + (x - self.box[0]) / self.scale, lat

    @property
    def points_per_km(self) -> float:
        """Points of the sheet for one kilometre at the middle of the box."""
        west, south, east, north = self.bbox
        lat, lon = (south + north) / 2, (west + east) / 2
        return self.scale / distance_km((lat, lon - 0.5), (lat, lon + 0.5))

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a point of the sheet lies in the box."""
        left, top, right, bottom = self.box
        x, y = point
        return left + margin <= x <= right - margin and top + margin <= y <= bottom - margin
