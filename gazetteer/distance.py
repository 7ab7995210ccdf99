"""Distances over the ellipsoid."""

from __future__ import annotations

from geopy.distance import geodesic


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the shortest distance over the WGS 84 ellipsoid in kilometres."""
    return float(geodesic((lat1, lon1), (lat2, lon2)).kilometers)
