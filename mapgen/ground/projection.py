"""Distances, buffers and areas: the only module that measures.

Geometries come and go in EPSG:4326 (x = longitude, y = latitude, degrees). Measuring happens in an
azimuthal equidistant projection centred on the subject, in metres: true in distance and direction
from the centre, and good to about one per mille within a few hundred kilometres of it.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import pyproj
import shapely
import shapely.geometry.polygon

from gazetteer.distance import EARTH_RADIUS_KM, KM_PER_DEGREE, wgs84
from mapgen.errors import MapgenError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely import Geometry

LatLon = tuple[float, float]

_SPHERE_KM = 6371.009  # of geopy's great circles, so that figures agree with those of its users
MAX_LON = 360.0  # shapes across the antimeridian may run on to 180 + x
MAX_LAT = 90.0
_LEAST_KM_PER_DEGREE = 110.0  # a little less than any degree of latitude has
_NEAR_A_POLE = 89.0  # degrees of latitude; beyond it, a box within reach goes round the globe


class CrsError(MapgenError, ValueError):
    """Raised for coordinates that cannot be degrees, or metres, where these are expected."""


def distance_km(a: LatLon, b: LatLon) -> float:
    """Return the great-circle distance between two points.

    Parameters
    ----------
    a, b
        Points as (lat, lon) in degrees.

    Returns
    -------
    float
        Distance in kilometres.

    Raises
    ------
    CrsError
        If a latitude lies beyond a pole, or a coordinate is not a number.

    Notes
    -----
    The formula of ``geopy.distance.great_circle``, to the last bit, without its import (all online
    geocoders and their clients) and a tenth of its cost: this is called for each pair of places.

    Examples
    --------
    >>> round(distance_km((33.513, 36.292), (34.73, 36.72)))
    141
    """
    (lat1, lng1), (lat2, lng2) = a, b
    if not (abs(lat1) <= MAX_LAT and abs(lat2) <= MAX_LAT and math.isfinite(lng1 + lng2)):
        message = f"{a} and {b} are not latitude and longitude in degrees"
        raise CrsError(message)
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    turn = math.radians(_within_180(lng2)) - math.radians(_within_180(lng1))
    sin1, cos1, sin2, cos2 = math.sin(phi1), math.cos(phi1), math.sin(phi2), math.cos(phi2)
    cos_turn, sin_turn = math.cos(turn), math.sin(turn)
    across = math.sqrt((cos2 * sin_turn) ** 2 + (cos1 * sin2 - sin1 * cos2 * cos_turn) ** 2)
    return _SPHERE_KM * math.atan2(across, sin1 * sin2 + cos1 * cos2 * cos_turn)


def longitude_scale(lat: float, *, least: float = 0.0) -> float:
    """Return the length of a degree of longitude at a latitude, in degrees of latitude.

    Parameters
    ----------
    lat
        Degrees.
    least
        What is returned at most latitudes near a pole, where the scale goes to zero.

    Examples
    --------
    >>> round(longitude_scale(60.0), 3)
    0.5
    """
    return max(least, math.cos(math.radians(lat)))


def degrees_of(km: float) -> float:
    """Return how many degrees of latitude a distance spans on average."""
    return km / KM_PER_DEGREE


def reach_deg(lat: float, km: float) -> tuple[float, float]:
    """Return half the height and half the width of a box around a point, degrees.

    The box holds every point within ``km`` kilometres, and some more: it is for sorting out cheaply
    what is too far away to be measured. Near a pole its width is 360 degrees.

    Parameters
    ----------
    lat
        Latitude of the point in degrees.
    km
        Distance in kilometres.
    """
    high = km / _LEAST_KM_PER_DEGREE
    edge = abs(lat) + high
    return high, high / longitude_scale(edge) if edge < _NEAR_A_POLE else 360.0


def _within_180(lon: float) -> float:
    rest = math.fmod(lon, 360.0) if abs(lon) > 180.0 else lon  # noqa: PLR2004
    return rest - math.copysign(360.0, rest) if abs(rest) > 180.0 else rest  # noqa: PLR2004


def to_local(geometry: Geometry, lat: float, lon: float) -> Geometry:
    """Project degrees to metres around a centre.

    Parameters
    ----------
    geometry
        Shape in EPSG:4326.
    lat, lon
        Centre of the projection, degrees.

    Raises
    ------
    CrsError
        If the coordinates cannot be degrees.
    """
    check_degrees(geometry)
    forward, _ = _transformers(lat, lon)
    return shapely.transform(geometry, forward.transform, interleaved=False)


def from_local(geometry_m: Geometry, lat: float, lon: float) -> Geometry:
    """Project metres around a centre back to degrees.

    Longitudes stay within 180 degrees of the centre, so a shape across the antimeridian stays in
    one piece and may have longitudes beyond 180.

    Parameters
    ----------
    geometry_m
        Shapely geometry in metres around the centre (x east, y north).
    lat, lon
        Centre in degrees.

    Returns
    -------
    shapely.Geometry
        The geometry in degrees, (lon, lat), EPSG:4326.

    Raises
    ------
    CrsError
        If the coordinates lie further from the centre than half the Earth's circumference.
    """
    reach_m = shapely.bounds(geometry_m)
    if any(abs(v) > math.pi * EARTH_RADIUS_KM * 1010 for v in reach_m if not math.isnan(v)):
        message = "local coordinates lie beyond the Earth: are they metres around the same centre?"
        raise CrsError(message)
    _, inverse = _transformers(lat, lon)

    def back(
        x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        lons, lats = inverse.transform(x, y)
        return (lons - lon + 180.0) % 360.0 - 180.0 + lon, lats

    return shapely.transform(geometry_m, back, interleaved=False)


@lru_cache(maxsize=256)  # reports on a war mention the same areas again and again
def buffer_km(geometry: Geometry, radius_km: float, *, quad_segs: int = 12) -> Geometry:
    """Widen a shape in EPSG:4326 by a distance (narrow it, if negative).

    Parameters
    ----------
    geometry
        Point, line or polygon in degrees.
    radius_km
        Distance in kilometres.
    quad_segs
        Segments in a quarter circle.
    """
    check_degrees(geometry)
    if geometry.is_empty:
        return geometry
    west, south, east, north = geometry.bounds
    lat, lon = (south + north) / 2, (west + east) / 2
    wide_m = to_local(geometry, lat, lon).buffer(radius_km * 1000, quad_segs=quad_segs)
    return from_local(wide_m, lat, lon)


def area_km2(geometry: Geometry) -> float:
    """Return the area of a polygon in EPSG:4326 on the ellipsoid; 0 for points and lines."""
    check_degrees(geometry)
    total = 0.0
    for part in shapely.get_parts(geometry):
        if part.geom_type == "GeometryCollection":
            total += area_km2(part)
        elif part.geom_type in {"Polygon", "MultiPolygon"}:
            area_m2, _ = wgs84().geometry_area_perimeter(shapely.geometry.polygon.orient(part))
            total += abs(area_m2) / 1e6
    return total


def check_degrees(geometry: Geometry) -> None:
    """Raise `CrsError` unless the coordinates can be longitude and latitude in degrees."""
    west, south, east, north = shapely.bounds(geometry)
    if max(abs(west), abs(east)) > MAX_LON or max(abs(south), abs(north)) > MAX_LAT:
        message = (
            f"coordinates reach ({west:g}, {south:g}) to ({east:g}, {north:g}): not degrees of"
            " longitude and latitude; reproject to EPSG:4326 first"
        )
        raise CrsError(message)


@lru_cache(maxsize=64)
def _transformers(lat: float, lon: float) -> tuple[pyproj.Transformer, pyproj.Transformer]:
    local = pyproj.CRS.from_proj4(
        f"+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m +no_defs"
    )
    return (
        pyproj.Transformer.from_crs("EPSG:4326", local, always_xy=True),
        pyproj.Transformer.from_crs(local, "EPSG:4326", always_xy=True),
    )
