"""Choose the part of the world that a locator map shows, and its projection.

Countries and regions are drawn in Lambert's azimuthal equal-area projection around their centre,
the world in Equal Earth (Savric, Patterson and Jenny 2018, doi:10.1080/13658816.2018.1504949). Both
are equal-area. The projections are those of PROJ (``laea``, ``eqearth``).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import shapely
from pyproj.enums import TransformDirection

from gazetteer import fold
from gazetteer.areas import mainland
from gazetteer.files import read_table
from mapgen.errors import LocatorError
from mapgen.locators.areas import find_areas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely import Geometry

    from gazetteer import Gazetteer

Bbox = tuple[float, float, float, float]  # west, south, east, north; degrees

WORLD = "world"
WORLD_BBOX: Bbox = (-180.0, -58.0, 180.0, 84.0)  # the inhabited world, without Antarctica
WORLD_RADIUS_DEG = 75.0  # areas that extend further from their centre get a map of the world
MARGIN = 0.09  # margin around the areas, as a share of the longer side
LEAST_KM = 120.0  # least width of a frame
ASPECTS = (0.75, 1.9)  # narrowest and widest frame, as width over height
STEP_DEG = 1.0  # longer straight lines are split, because projections bend them
_DENSITY = 41  # points per side of a frame for converting it back to degrees


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """A projection, and the visible part of its plane in metres."""

    crs: str  # PROJ string
    bounds_m: Bbox  # west, south, east, north in the plane
    is_world: bool = False

    @property
    def aspect(self) -> float:
        """Width over height."""
        west, south, east, north = self.bounds_m
        return (east - west) / (north - south)

    @property
    def width_km(self) -> float:
        """Width in the plane, in km."""
        return (self.bounds_m[2] - self.bounds_m[0]) / 1000

    def widened(self, aspect: float) -> Frame:
        """Return the frame with more room at two sides, so that width over height is ``aspect``.

        The frame of the world stays as it is.
        """
        if self.is_world:
            return self
        west, south, east, north = self.bounds_m
        width = max(east - west, (north - south) * aspect)
        height = width / aspect
        x, y = (west + east) / 2, (south + north) / 2
        bounds = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        return Frame(crs=self.crs, bounds_m=bounds)

    def project(self, geometry: Geometry) -> Geometry:
        """Project a shape from EPSG:4326 (lon, lat) to metres, bending long straight lines."""
        return _projected(shapely.segmentize(geometry, STEP_DEG), self.crs)

    def bboxes(self) -> list[Bbox]:
        """Return the box in degrees around the frame, or two if it crosses 180 degrees."""
        if self.is_world:
            return [(-180.0, -90.0, 180.0, 90.0)]
        west, south, east, north = _transformer(self.crs).transform_bounds(
            *self.bounds_m, densify_pts=_DENSITY, direction=TransformDirection.INVERSE
        )
        if west <= east:
            return [(west, south, east, north)]
        return [(west, south, 180.0, north), (-180.0, south, east, north)]


def frame_for(
    zoom: str | None, outlines: Sequence[Geometry], gazetteer: Gazetteer, notes: list[str]
) -> Frame:
    """Return the frame of a map.

    Parameters
    ----------
    zoom
        "world", a region of the world ("middle-east"), names of areas separated by commas, or None
        for the filled areas.
    outlines
        Outlines of the filled areas, in EPSG:4326 (lon, lat).
    gazetteer
        Gazetteer for looking up names of areas.
    notes
        List to which messages for the user are added.

    Returns
    -------
    Frame
        Projection and bounds.

    Raises
    ------
    LocatorError
        If the zoom is not known.
    """
    if zoom is None or not zoom.strip():
        return _around([mainland(outline) for outline in outlines], MARGIN)
    if fold(zoom) in {WORLD, "the world"}:
        return world_frame(outlines)
    box = _region(zoom)
    if box is not None:
        return _around([shapely.box(*box)], 0.0)
    try:
        areas = find_areas(
            [" ".join(n.split()) for n in zoom.split(",") if n.strip()], gazetteer, notes
        )
    except LocatorError as err:
        message = f"zoom: {err} A region is understood too: world, middle-east, europe, sahel ..."
        raise LocatorError(message) from err
    shapes = [gazetteer.geometry(area.id) for area in areas]
    return _around([mainland(shape) for shape in shapes if shape is not None], MARGIN)


def world_frame(outlines: Sequence[Geometry] = ()) -> Frame:
    """Return the frame of the world, extended south to the filled areas.

    Parameters
    ----------
    outlines
        Outlines of the filled areas, in EPSG:4326 (lon, lat).

    Returns
    -------
    Frame
        Frame in the Equal Earth projection.
    """
    west, south, east, north = WORLD_BBOX
    south = min([south, *(float(outline.bounds[1]) for outline in outlines)])
    crs = "+proj=eqearth +lon_0=0 +datum=WGS84 +units=m +no_defs"
    x, _ = _transformer(crs).transform([west, east], [0.0, 0.0])
    _, y = _transformer(crs).transform([0.0, 0.0], [south, north])
    bounds = (float(x[0]), float(y[0]), float(x[1]), float(y[1]))
    room = (bounds[2] - bounds[0]) * 0.005
    bounds = (bounds[0] - room, bounds[1] - room, bounds[2] + room, bounds[3] + room)
    return Frame(crs=crs, bounds_m=bounds, is_world=True)


def _around(shapes: Sequence[Geometry], margin: float) -> Frame:
    """Return the frame around shapes, with the projection centred on the frame."""
    points = shapely.get_coordinates([shapely.segmentize(shape, STEP_DEG) for shape in shapes])
    lon, lat = _middle(points)
    bounds = (0.0, 0.0, 0.0, 0.0)
    crs = ""
    for _ in range(3):  # iterate, because the centre of the plane is not that of the points
        if _reach_deg(points, lon, lat) > WORLD_RADIUS_DEG:
            return world_frame(shapes)
        crs = f"+proj=laea +lat_0={lat:.4f} +lon_0={lon:.4f} +datum=WGS84 +units=m +no_defs"
        x, y = _transformer(crs).transform(points[:, 0], points[:, 1])
        bounds = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
        lon, lat = _transformer(crs).transform(
            (bounds[0] + bounds[2]) / 2,
            (bounds[1] + bounds[3]) / 2,
            direction=TransformDirection.INVERSE,
        )
    return Frame(crs=crs, bounds_m=_padded(bounds, margin))


def _padded(bounds: Bbox, margin: float) -> Bbox:
    """Return bounds with a margin, neither too narrow nor too flat."""
    west, south, east, north = bounds
    room = margin * max(east - west, north - south)
    width = max(east - west + 2 * room, LEAST_KM * 1000)
    height = max(north - south + 2 * room, LEAST_KM * 1000 / 2)
    low, high = ASPECTS
    width = max(width, low * height)
    height = max(height, width / high)
    x, y = (west + east) / 2, (south + north) / 2
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _middle(points: NDArray[np.float64]) -> tuple[float, float]:
    """Return the mean (lon, lat) of points on the sphere, valid across 180 degrees."""
    mean = _unit(points[:, 0], points[:, 1]).mean(axis=0)
    lon = float(np.degrees(np.arctan2(mean[1], mean[0])))
    return lon, float(np.degrees(np.arctan2(mean[2], np.hypot(mean[0], mean[1]))))


def _reach_deg(points: NDArray[np.float64], lon: float, lat: float) -> float:
    """Return the distance of the farthest point from a centre, in degrees of arc."""
    centre = _unit(np.array([lon]), np.array([lat]))[0]
    cosines = np.clip(_unit(points[:, 0], points[:, 1]) @ centre, -1, 1)
    return float(np.degrees(np.arccos(cosines.min())))


def _unit(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = np.radians(lon), np.radians(lat)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _region(name: str) -> Bbox | None:
    """Return the box of a region of the world, or None if it is not known."""
    key = fold(name.replace("-", " ").replace("_", " "))
    return _frames().get(key)


@cache
def _frames() -> dict[str, Bbox]:
    """Return boxes by folded name; east exceeds 180 if a box crosses that meridian."""
    boxes: dict[str, Bbox] = {}
    kinds = {"continent", "macroregion"}
    ours = csv.DictReader(
        (files("mapgen") / "data" / "zooms.csv").read_text(encoding="utf-8").splitlines()
    )
    listed: list[dict[str, Any]] = [
        *ours,
        *(row for row in read_table("features.csv") if row["kind"] in kinds and row["west"]),
    ]
    for row in listed:
        west, south, east, north = (float(row[k]) for k in ("west", "south", "east", "north"))
        box = (west, south, east if east > west else east + 360, north)
        for told in [row["name"], *row["aliases"].split("|")]:
            if told:
                boxes.setdefault(fold(told.replace("-", " ")), box)
    return boxes


def _projected(geometry: Geometry, crs: str) -> Geometry:
    def turn(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(_transformer(crs).transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(geometry, turn)


@lru_cache(maxsize=16)
def _transformer(crs: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs("EPSG:4326", pyproj.CRS.from_proj4(crs), always_xy=True)
