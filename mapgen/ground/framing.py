"""Choose the part of the world that a map shows, and the part enlarged in an inset."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypedDict

import shapely

from gazetteer.boundaries import World
from mapgen.ground.projection import degrees_of, distance_km, longitude_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

Bbox = tuple[float, float, float, float]  # west, south, east, north in degrees
LatLon = tuple[float, float]

MIN_SPAN_DEG = 1.0
CLOSE_SPAN_DEG = 0.45  # where several places show at a glance how small the ground is
MANY = 3
MARGIN = 0.12  # of the span, on each side
COUNTRY_SHARE = 0.3  # events over this share of a country's box show the whole country
MAP_WIDTH_PX = 1000  # of the map on a usual screen, for what is crowded
CROWDED_PX = 25
INSET_KM = 70.0


class Crowd(TypedDict):
    """The part of a map to enlarge."""

    bbox: Bbox
    title_place_index: int


def _bounds(points: Sequence[LatLon], geometries: Sequence[Any]) -> Bbox:
    boxes = [(lon, lat, lon, lat) for lat, lon in points]
    boxes += [g.bounds for g in geometries if not g.is_empty]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


@functools.cache
def _main_part(country: str) -> Bbox | None:
    """Return the box of a country's largest part, such as France without its overseas islands."""
    outline = World.load().country(country)
    if outline is None:
        return None
    west, south, east, north = max(shapely.get_parts(outline), key=lambda part: part.area).bounds
    return float(west), float(south), float(east), float(north)


def _padded(box: Bbox, margin: float, least: float = MIN_SPAN_DEG) -> Bbox:
    west, south, east, north = box
    width, height = max(east - west, least), max(north - south, least)
    x, y = (west + east) / 2, (south + north) / 2
    half_w, half_h = width * (0.5 + margin), height * (0.5 + margin)
    return (
        max(-180.0, x - half_w),
        max(-85.0, y - half_h),
        min(180.0, x + half_w),
        min(85.0, y + half_h),
    )


def frame(points: Sequence[LatLon], geometries: Sequence[Any], focus: str | None) -> Bbox:
    """Return the box that a map shows: the events with a margin around them.

    Parameters
    ----------
    points
        (lat, lon) of what is drawn as points, EPSG:4326.
    geometries
        Shapely geometries of what is drawn as areas, EPSG:4326.
    focus
        ISO 3166-1 alpha-2 code of the subject country. When the events spread over a good part of
        its main piece, the whole of that piece is shown; the country alone when nothing is drawn.

    Returns
    -------
    tuple
        West, south, east, north in degrees; at least one degree wide and high, or with three places
        half of that.

    Notes
    -----
    A country's own area among the geometries (a total for all of it) does not widen the frame.
    Happenings on both sides of the antimeridian are shown on a map of the whole world.
    """
    country = _main_part(focus) if focus else None
    shapes = [g for g in geometries if g is not None and not g.is_empty]
    if not points and not shapes:
        return _padded(country, 0.05) if country else (-170.0, -56.0, 180.0, 75.0)
    kept = _without_outliers(points, country)
    box = _bounds(kept, shapes) if kept or shapes else _bounds(points, shapes)
    if country is not None:
        share = ((box[2] - box[0]) * (box[3] - box[1])) / (
            (country[2] - country[0]) * (country[3] - country[1])
        )
        inside = shapely.box(*country).intersects(shapely.box(*box))
        if inside and share >= COUNTRY_SHARE:
            box = (
                min(box[0], country[0]),
                min(box[1], country[1]),
                max(box[2], country[2]),
                max(box[3], country[3]),
            )
            return _padded(box, 0.03)
    return _padded(box, MARGIN, CLOSE_SPAN_DEG if len(set(kept)) >= MANY else MIN_SPAN_DEG)


def _without_outliers(points: Sequence[LatLon], country: Bbox | None) -> list[LatLon]:
    """Leave out a single point far from the subject country if most others lie in it."""
    if country is None:
        return list(points)
    near = shapely.box(*country).buffer(max(country[2] - country[0], 3.0))
    inside = [p for p in points if near.contains(shapely.Point(p[1], p[0]))]
    return inside if len(inside) >= max(1, 0.6 * len(points)) else list(points)


def inset(points: Sequence[LatLon], shown: Bbox) -> Crowd | None:
    """Return the part of a map to enlarge: where three points or more stand too close.

    Parameters
    ----------
    points
        (lat, lon) of the places where something happened, EPSG:4326.
    shown
        The box of the whole map.

    Returns
    -------
    dict or None
        ``bbox`` (west, south, east, north) and ``title_place_index``, the point the rest stand
        closest around; None when no three points are crowded.
    """
    if len(points) < 3:  # noqa: PLR2004 - two points need no enlargement
        return None
    west, south, east, north = shown
    span_km = max(
        distance_km(((south + north) / 2, west), ((south + north) / 2, east)),
        distance_km((south, west), (north, west)),
    )
    crowded_km = span_km * CROWDED_PX / MAP_WIDTH_PX * 2
    reach_km = min(INSET_KM / 2, max(crowded_km, 10.0))
    groups = [[j for j, q in enumerate(points) if distance_km(p, q) <= reach_km] for p in points]
    best = max(range(len(points)), key=lambda i: (len(groups[i]), -_spread(points, groups[i], i)))
    group = groups[best]
    if len(group) < 3 or span_km < 3 * INSET_KM:  # noqa: PLR2004
        return None
    lat = sum(points[i][0] for i in group) / len(group)
    lon = sum(points[i][1] for i in group) / len(group)
    half_lat = degrees_of(INSET_KM / 2)
    half_lon = half_lat / longitude_scale(lat, least=0.2)
    box = (lon - half_lon, lat - half_lat, lon + half_lon, lat + half_lat)
    west, south, east, north = (round(v, 4) for v in box)
    return {"bbox": (west, south, east, north), "title_place_index": best}


def _spread(points: Sequence[LatLon], group: list[int], i: int) -> float:
    return sum(distance_km(points[i], points[j]) for j in group)
