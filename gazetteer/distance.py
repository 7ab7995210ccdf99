"""Distances over the ellipsoid, and the constants of the Earth."""

from __future__ import annotations

from functools import cache
from math import cos, radians, sin

import pyproj

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of WGS 84 (IUGG)
KM_PER_MILE = 1.609344
KM_PER_DEGREE = 111.2  # of latitude: the mean radius times pi / 180, to a tenth
_MAX_LAT = 90.0


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the shortest distance over the WGS 84 ellipsoid in kilometres.

    Raises
    ------
    ValueError
        If a latitude lies beyond a pole.

    Notes
    -----
    Karney's method, as in geopy, but compiled: in Python it was two thirds of the time of coding a
    long article.
    """
    if not (abs(lat1) <= _MAX_LAT and abs(lat2) <= _MAX_LAT):
        message = f"latitude must be within 90 degrees, not {lat1:g} or {lat2:g}"
        raise ValueError(message)
    _, _, metres = wgs84().inv(lon1, lat1, lon2, lat2)
    return float(metres) / 1000


@cache
def wgs84() -> pyproj.Geod:
    """Return the ellipsoid of WGS 84, on which distances and areas are measured."""
    return pyproj.Geod(ellps="WGS84")


def moved(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """Return the point (lat, lon) at a distance in km and a bearing in degrees from north."""
    return shifted(lat, lon, km * sin(radians(bearing)), km * cos(radians(bearing)))


def shifted(lat: float, lon: float, east_km: float, north_km: float) -> tuple[float, float]:
    """Return the point (lat, lon) so many km east and north of another, for short ways."""
    squeeze = max(cos(radians(lat)), 0.05)
    return lat + north_km / KM_PER_DEGREE, lon + east_km / (KM_PER_DEGREE * squeeze)


def way_km(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Return how many km east and north of one point (lat, lon) another lies, for short ways."""
    squeeze = max(cos(radians((one[0] + other[0]) / 2)), 0.05)
    return (other[1] - one[1]) * squeeze * KM_PER_DEGREE, (other[0] - one[0]) * KM_PER_DEGREE
