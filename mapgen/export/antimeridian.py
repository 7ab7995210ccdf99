"""Shapes that cross the 180th meridian, cut there as RFC 7946 asks in section 3.1.9."""

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
    """Return a shape whose longitudes all lie from -180 to 180, in parts where it crosses 180.

    Parameters
    ----------
    shape
        EPSG:4326, longitude first; longitudes may run beyond 180. A step of a line over more than
        half the world goes the short way round. Edges of polygons are taken as they are: an edge
        along the pole is as long as that.

    Returns
    -------
    BaseGeometry | None
        Parts of a line in their order, with its direction; the shape itself where nothing crosses.
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
    """Return how many times round the world a longitude lies."""
    return int(np.floor((lon + _HALF) / _TURN))


def _line_parts(line: shapely.LineString) -> list[list[Position]]:
    """Return the positions of each part of a line."""
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
    """Yield the steps of a line, those that cross the meridian in pieces."""
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
    """Return positions whose longitudes go on beyond 180 rather than back over the whole map."""
    steps = np.diff(xy[:, 0], prepend=xy[0, 0])
    turns = np.cumsum(np.round(steps / _TURN)) * _TURN
    return [(float(x), float(y)) for x, y in np.column_stack([xy[:, 0] - turns, xy[:, 1]])]


def bounds_of(shapes: Iterable[BaseGeometry]) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of shapes that are cut, the narrowest box that holds them.

    Where that crosses the 180th meridian, west is greater than east (RFC 7946, section 5.2).
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
