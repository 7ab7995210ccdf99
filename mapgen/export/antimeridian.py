"""Cut shapes that cross the 180th meridian, as section 3.1.9 of RFC 7946 requires."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    Position = tuple[float, float]

_HALF, _TURN = 180.0, 360.0


def cut_at_180(shape: BaseGeometry | None) -> BaseGeometry | None:
    """Cut a shape at the 180th meridian, so that all longitudes are between -180 and 180.

    Parameters
    ----------
    shape
        A shape in EPSG:4326, longitude first. Longitudes may exceed 180. A step of a line across
        more than half the world goes the short way round. Edges of polygons are taken as they are,
        because an edge along a pole can be that long.

    Returns
    -------
    BaseGeometry or None
        The shape, in several parts if it crosses the meridian. The parts of a line keep their order
        and direction.
    """
    if shape is None or shape.is_empty:
        return shape
    if shape.geom_type in {"LineString", "MultiLineString"}:
        parts = [part for line in shapely.get_parts(shape) for part in _line_parts(line)]
        return shapely.MultiLineString(parts) if len(parts) > 1 else shapely.LineString(parts[0])
    west, _, east, _ = shape.bounds
    if west >= -_HALF and east <= _HALF:
        return shape
    if shape.geom_type == "Point":
        return shapely.Point((shape.x + _HALF) % _TURN - _HALF, shape.y)
    polygons: list[BaseGeometry] = []
    for window in range(_window(west), _window(east) + 1):
        turn = window * _TURN
        inside = shape.intersection(shapely.box(turn - _HALF, -90.0, turn + _HALF, 90.0))
        wanted = [p for p in shapely.get_parts(inside) if p.geom_type == "Polygon"]
        polygons += [shapely.transform(p, lambda xy, t=turn: xy - (t, 0.0)) for p in wanted]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _window(lon: float) -> int:
    """Return the number of full turns around the world from -180..180 to a longitude."""
    return int(np.floor((lon + _HALF) / _TURN))


def _line_parts(line: shapely.LineString) -> list[list[Position]]:
    """Return the positions of each part of a line that is cut at the meridian."""
    parts: list[list[Position]] = []
    last: int | None = None
    for a, b in _pieces(_unwrapped(shapely.get_coordinates(line))):
        middle = (a[0] + b[0]) / 2
        on_seam = (middle + _HALF) % _TURN == 0
        window = last if on_seam and last is not None else _window(middle)
        shift = window * _TURN
        if window != last:
            parts.append([(a[0] - shift, a[1])])
            last = window
        parts[-1].append((b[0] - shift, b[1]))
    return parts


def _pieces(positions: list[Position]) -> Iterator[tuple[Position, Position]]:
    """Yield the steps of a line, and split those that cross the meridian."""
    for a, b in pairwise(positions):
        low, high = sorted((a[0], b[0]))
        seams = [n * _TURN + _HALF for n in range(_window(low), _window(high) + 1)]
        crossed = [lon for lon in seams if low < lon < high]
        stops = [
            (lon, a[1] + (b[1] - a[1]) * (lon - a[0]) / (b[0] - a[0]))
            for lon in (crossed if a[0] < b[0] else crossed[::-1])
        ]
        yield from pairwise([a, *stops, b])


def _unwrapped(xy: np.ndarray[Any, Any]) -> list[Position]:
    """Let longitudes continue beyond 180 where a line would step back across the whole map."""
    steps = np.diff(xy[:, 0], prepend=xy[0, 0])
    turns = np.cumsum(np.round(steps / _TURN)) * _TURN
    return [(float(x), float(y)) for x, y in np.column_stack([xy[:, 0] - turns, xy[:, 1]])]


def bounds_of(shapes: Iterable[BaseGeometry]) -> tuple[float, float, float, float] | None:
    """Return the narrowest box around shapes.

    Parameters
    ----------
    shapes
        Shapes in EPSG:4326, longitude first, from `cut_at_180`.

    Returns
    -------
    tuple of float or None
        West, south, east and north in degrees, or None without any shape. If the box crosses the
        180th meridian, west is greater than east (RFC 7946, section 5.2).
    """
    boxes = [p.bounds for s in shapes for p in shapely.get_parts(s) if not p.is_empty]
    if not boxes:
        return None
    spans: list[list[float]] = []
    for west, _, east, _ in sorted(boxes):
        if spans and west <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], east)
        else:
            spans.append([west, east])
    south, north = min(b[1] for b in boxes), max(b[3] for b in boxes)
    around = spans[0][0] + _TURN - spans[-1][1]
    gap, east, west = max(
        ((b[0] - a[1], a[1], b[0]) for a, b in pairwise(spans)), default=(0.0, 0.0, 0.0)
    )
    if gap > around:
        return west, south, east, north
    return spans[0][0], south, spans[-1][1], north
