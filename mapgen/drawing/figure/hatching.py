"""Fill a shape of the sheet with parallel strokes or with copies of a small form.

A shapely geometry in points of the sheet comes in; strokes, or the centres of the copies, go out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from shapely import Geometry

    from mapgen.drawing.figure.surface import Point


def hatching(shape: Geometry, gap: float, degrees: float) -> list[list[Point]]:
    """Return parallel strokes that fill a shape.

    matplotlib's own hatching is not used, because it prints differently in each file format.

    Parameters
    ----------
    shape
        Shapely geometry in points of the sheet.
    gap
        Distance between strokes in points.
    degrees
        Direction of the strokes, clockwise from the x axis as seen on the sheet.

    Returns
    -------
    list of list of (x, y)
        The strokes, in points of the sheet.
    """
    if shape.is_empty:
        return []
    shapely.prepare(shape)
    left, top, right, bottom = shape.bounds
    turn = math.radians(degrees)
    along, across = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
    ends = [(x, y) for x in (left, right) for y in (top, bottom)]
    tail = [x * along[0] + y * along[1] for x, y in ends]
    offsets = [x * across[0] + y * across[1] for x, y in ends]
    first, last = math.floor(min(offsets) / gap), math.ceil(max(offsets) / gap)
    rules = [
        shapely.LineString(
            [
                (t * along[0] + k * gap * across[0], t * along[1] + k * gap * across[1])
                for t in (min(tail), max(tail))
            ]
        )
        for k in range(first, last + 1)
    ]
    if not rules:
        return []
    cut = shapely.intersection(shapely.multilinestrings(rules), shape)
    return [
        [(float(x), float(y)) for x, y in part.coords]
        for part in shapely.get_parts(cut)
        if part.geom_type == "LineString"
    ]


def sprinkled(shape: Geometry, gap: float) -> list[Point]:
    """Return points that fill a shape in staggered rows.

    The rows are the same for all shapes of a sheet, so that the fills of two parts of one area meet
    without a seam.

    Parameters
    ----------
    shape
        Shapely geometry in points of the sheet.
    gap
        Distance between points of a row in points of the sheet. Rows are as far apart.

    Returns
    -------
    list of (x, y)
        The points, in points of the sheet.
    """
    if shape.is_empty:
        return []
    left, top, right, bottom = shape.bounds
    first, last = math.floor(top / gap), math.ceil(bottom / gap)
    rows = []
    for row in range(first, last + 1):
        start = math.floor(left / gap)
        xs = (np.arange(start, math.ceil(right / gap) + 1) + (0.5 if row % 2 else 0.0)) * gap
        rows.append(np.column_stack([xs, np.full(len(xs), row * gap)]))
    points = np.vstack(rows)
    shapely.prepare(shape)
    inside = points[shapely.contains_xy(shape, points[:, 0], points[:, 1])]
    return [(float(x), float(y)) for x, y in inside]
