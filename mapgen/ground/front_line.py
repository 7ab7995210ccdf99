"""Estimate the front line and how many square kilometres each side holds.

Both are read off estimated areas (`control_areas.estimate`) and are estimates as they are: nobody
reported them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapgen.ground.projection import area_km2, from_local, to_local

if TYPE_CHECKING:
    from mapgen.ground.control_areas import Areas, Part

GAP_KM = 0.5  # areas with rounded coordinates meet within this
NEAR_KM = 10.0  # a front is sure where sure ground of both sides lies within this of it
_STEP_M = 1000.0  # spacing of the points of a line at which sureness is tested
_SHORTEST_M = 2000.0  # shorter pieces are artefacts of rounding or of areas that touch at a corner


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontLine:
    """The line along which the estimated areas of two sides meet."""

    sides: tuple[str, str]  # in alphabetical order
    part: Part  # sure: ground that is surely theirs lies within 10 km, on both sides of the line
    line: Any  # LineString or MultiLineString, EPSG:4326
    length_km: float


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldArea:
    """The estimated area that a side holds, in square kilometres, with bounds."""

    side: str
    low_km2: float  # what is surely its own
    best_km2: float  # all that is drawn as its own
    high_km2: float  # and what is drawn as another's, but not surely


def front_line(areas: Areas, *, gap_km: float = GAP_KM) -> list[FrontLine]:
    """Return the lines along which areas of two sides meet.

    Parameters
    ----------
    areas
        Side to its ``sure`` and ``unsure`` area, EPSG:4326, as `control_areas.estimate` returns.
    gap_km
        Areas that come this near to each other meet.

    Returns
    -------
    list of FrontLine
        At most two for each pair of sides, the sure and the unsure one, in the order of their
        names. Where nobody's area comes near there is no front: it is then not known.
    """
    drawn = {side: _drawn(parts) for side, parts in areas.items()}
    sides = sorted(side for side, shape in drawn.items() if not shape.is_empty)
    if not sides:
        return []
    west, south, east, north = shapely.union_all([drawn[s].envelope for s in sides]).bounds
    lat, lon = (south + north) / 2, (west + east) / 2
    whole_m = {side: to_local(drawn[side], lat, lon) for side in sides}
    sure_m = {side: to_local(_part(areas[side], "sure"), lat, lon) for side in sides}
    found: list[FrontLine] = []
    for pair in combinations(sides, 2):
        meeting = _meeting(whole_m[pair[0]], whole_m[pair[1]], gap_km * 1000)
        cut = _by_doubt(meeting, [sure_m[side] for side in pair])
        found += [
            FrontLine(
                sides=pair,
                part=part,
                line=shapely.set_precision(from_local(line_m, lat, lon), 0.0001),
                length_km=line_m.length / 1000,
            )
            for part, line_m in cut
        ]
    return found


def held_areas(areas: Areas) -> list[HeldArea]:
    """Return the square kilometres of each side, measured on the ellipsoid (WGS 84).

    Parameters
    ----------
    areas
        Side to its ``sure`` and ``unsure`` area, EPSG:4326.

    Returns
    -------
    list of HeldArea
        In the order of the sides' names. Ground that is not drawn at all is in no figure: nobody
        is said to hold it, and it may be large.
    """
    doubtful = {side: area_km2(_part(parts, "unsure")) for side, parts in areas.items()}
    found = []
    for side, parts in sorted(areas.items()):
        low = area_km2(_part(parts, "sure"))
        found.append(
            HeldArea(
                side=side,
                low_km2=low,
                best_km2=low + doubtful[side],
                high_km2=low + sum(doubtful.values()),
            )
        )
    return found


def _part(parts: dict[Part, Any], name: Part) -> Any:  # noqa: ANN401 - shapely geometry
    shape = parts.get(name)
    return shapely.Polygon() if shape is None else shape


def _drawn(parts: dict[Part, Any]) -> Any:  # noqa: ANN401
    return shapely.union(_part(parts, "sure"), _part(parts, "unsure"))


def _meeting(first_m: Any, second_m: Any, gap_m: float) -> Any:  # noqa: ANN401
    """Return the part of the first shape's edge that lies near the second shape."""
    edge = shapely.intersection(shapely.boundary(first_m), shapely.buffer(second_m, gap_m))
    lines = [p for p in shapely.get_parts(edge) if p.geom_type == "LineString" and p.length]
    return shapely.line_merge(shapely.MultiLineString(lines))


def _by_doubt(line_m: Any, sure_m: list[Any]) -> list[tuple[Part, Any]]:  # noqa: ANN401
    """Split a line into its sure and unsure parts; leave out very short pieces."""
    pieces = [p for p in shapely.get_parts(line_m) if p.length >= _SHORTEST_M]
    found: dict[Part, list[Any]] = {"sure": [], "unsure": []}
    for piece in pieces:
        dots = shapely.get_coordinates(shapely.segmentize(piece, _STEP_M))
        middles = shapely.points((dots[1:] + dots[:-1]) / 2)
        near = np.ones(len(middles), dtype=bool)
        for shape in sure_m:
            shapely.prepare(shape)
            near &= shapely.dwithin(shape, middles, NEAR_KM * 1000)
        turns = np.flatnonzero(np.diff(near)) + 1
        for start, end in zip([0, *turns], [*turns, len(near)], strict=True):
            part: Part = "sure" if near[start] else "unsure"
            found[part].append(shapely.LineString(dots[start : end + 1]))
    return [
        (part, shapely.simplify(shapely.line_merge(shapely.MultiLineString(lines)), 1.0))
        for part, lines in found.items()
        if lines
    ]
