"""Convert degrees to points of the sheet, in the projection of the page.

A frame of the world (EPSG:4326) and a box of the sheet come in; a `View` goes out, which converts
points, paths and GeoJSON. The projection is Web Mercator, so that shapes are the same as on the
page. Its scale grows with latitude, and the scale bar is exact only in the middle of the frame.
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

    from mapgen.drawing.figure.surface import Box, Point
    from mapgen.situation.drawn_records import Shape

Bbox = tuple[float, float, float, float]  # west, south, east, north in degrees
_MAX_LAT = 85.0


def _northing(lat: float) -> float:
    """Return the Web Mercator northing of a latitude, in degrees at the equator."""
    lat = max(-_MAX_LAT, min(_MAX_LAT, lat))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def box_of(bbox: Sequence[float]) -> Bbox:
    """Return a frame of page data as a tuple: west, south, east, north in degrees."""
    west, south, east, north = bbox
    return west, south, east, north


@dataclass(frozen=True, slots=True)
class View:
    """The part of the world that fills a box of the sheet.

    Attributes
    ----------
    box
        The box in points of the sheet.
    scale
        Points per degree of longitude.
    left, top
        Longitude in degrees, and Web Mercator northing in degrees at the equator, of the top left
        corner of the box.
    """

    box: Box
    scale: float
    left: float
    top: float

    @staticmethod
    def fitting(bbox: Bbox, box: Box, room: Box = (0.0, 0.0, 0.0, 0.0)) -> View:
        """Return the view that shows a frame as large as possible in the middle of a box.

        Parameters
        ----------
        bbox
            Frame: west, south, east, north in degrees, EPSG:4326.
        box
            Box of the sheet in points.
        room
            Margins at the left, top, right and bottom of the box in points.

        Returns
        -------
        View
            A view of the whole box, which shows at least the frame.
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
        """Convert a position to a point of the sheet.

        Parameters
        ----------
        lat, lon
            Degrees, EPSG:4326.

        Returns
        -------
        (x, y)
            The point of the sheet, which may lie outside the box.
        """
        return (
            self.box[0] + (lon - self.left) * self.scale,
            self.box[1] + (self.top - _northing(lat)) * self.scale,
        )

    def path(self, latlons: Iterable[Sequence[float]]) -> list[Point]:
        """Convert a path of (lat, lon) in degrees to points of the sheet."""
        return [self.point(lat, lon) for lat, lon in latlons]

    def geometry(self, geojson: Shape | None) -> Geometry:
        """Convert a GeoJSON geometry to points of the sheet, clipped 30 points beyond the box.

        Parameters
        ----------
        geojson
            Geometry in EPSG:4326; None gives an empty polygon.

        Returns
        -------
        shapely.Geometry
            The geometry in points of the sheet.

        Raises
        ------
        TypeError
            If the argument is the key of a shared shape, which only the page can look up.
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
        """Convert the lines of a GeoJSON geometry (EPSG:4326) to paths in points of the sheet."""
        parts = shapely.get_parts(self.geometry(geojson))
        return [
            [(float(x), float(y)) for x, y in part.coords]
            for part in parts
            if part.geom_type == "LineString"
        ]

    @property
    def bbox(self) -> Bbox:
        """West, south, east and north of the box in degrees, EPSG:4326."""
        return (*self._degrees(self.box[0], self.box[3]), *self._degrees(self.box[2], self.box[1]))

    def _degrees(self, x: float, y: float) -> tuple[float, float]:
        northing = self.top - (y - self.box[1]) / self.scale
        lat = math.degrees(2 * math.atan(math.exp(math.radians(northing))) - math.pi / 2)
        return self.left + (x - self.box[0]) / self.scale, lat

    @property
    def points_per_km(self) -> float:
        """Points of the sheet per kilometre in the middle of the box."""
        west, south, east, north = self.bbox
        lat, lon = (south + north) / 2, (west + east) / 2
        return self.scale / distance_km((lat, lon - 0.5), (lat, lon + 0.5))

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a point lies in the box.

        Parameters
        ----------
        point
            Point of the sheet.
        margin
            Least distance from the edge of the box in points.
        """
        left, top, right, bottom = self.box
        x, y = point
        return left + margin <= x <= right - margin and top + margin <= y <= bottom - margin
