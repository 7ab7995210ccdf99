"""Name the rivers of a map.

A frame comes in; names and the points at which they are written go out. The lines of rivers come
from Natural Earth without names. A line takes the name of a river of the gazetteer whose reference
point lies on it, and hands it on where exactly two lines meet, because there no river flows into
another. Rivers of which this leaves a doubt are drawn without a name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import shapely

from gazetteer.boundaries import World
from gazetteer.files import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely import Geometry

    from mapgen.ground.basemap_records import PointName

Bbox = tuple[float, float, float, float]  # west, south, east, north

ON_THE_LINE_DEG = 0.12  # reference points are given to a few minutes of arc
BY_ITSELF_DEG = 0.35  # so far a point may lie off a line if no other is near
ALONE = 4.0  # times as far as the nearest line all others must be, to be out of question
LEAST_SHARE = 0.12  # of the width of the frame: a shorter piece is not named
N_RIVERS = 4
_WHOLE = 0.9  # share of a line that lies in the box of its river
_JOINT = 2  # decimals of degrees at which ends of lines are compared


@dataclass(frozen=True, slots=True)
class _River:
    """A river of the gazetteer: its name, the box it flows in, and a point of its course."""

    name: str
    box: shapely.Polygon
    point: shapely.Point


def river_names(bbox: Bbox) -> list[PointName]:
    """Return the longest rivers in a frame that have a name, each with a point in its course.

    Parameters
    ----------
    bbox
        West, south, east, north in degrees, EPSG:4326.

    Returns
    -------
    list of PointName
        At most `N_RIVERS` names, the longest piece of river first.
    """
    frame = shapely.box(*bbox)
    pieces: dict[str, list[Geometry]] = {}
    for river in _rivers():
        if frame.intersects(river.box):
            within = [line for line in _course(river) if frame.intersects(line)]
            if within:
                pieces.setdefault(river.name, []).extend(within)
    found = []
    for name, parts in pieces.items():
        whole = shapely.line_merge(shapely.union_all(shapely.intersection(parts, frame)))
        # a river that only touches the edge of the frame has no line in it
        run = max(shapely.get_parts(whole), key=lambda line: line.length, default=None)
        if run is not None and run.length >= LEAST_SHARE * (bbox[2] - bbox[0]):
            found.append((-run.length, name, run.interpolate(0.5, normalized=True)))
    return [
        {"name": name, "lat": round(spot.y, 3), "lon": round(spot.x, 3)}
        for _, name, spot in sorted(found, key=lambda one: one[:2])[:N_RIVERS]
    ]


@cache
def _rivers() -> tuple[_River, ...]:
    return tuple(
        _River(
            row["name"],
            shapely.box(*(float(row[side]) for side in ("west", "south", "east", "north"))),
            shapely.Point(float(row["lon"]), float(row["lat"])),
        )
        for row in read_table("features.csv")
        if row["kind"] == "river"
    )


@cache
def _course(river: _River) -> tuple[Geometry, ...]:
    """Return the lines that are surely of a river."""
    lines = [
        part
        for shape, _ in World.load().layer("rivers", river.box.bounds)
        for part in shapely.get_parts(shape)
        if part.geom_type == "LineString"
    ]
    meetings: dict[tuple[float, float], list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        for end in _ends(line):
            meetings[end].append(number)
    first = _line_at(river.point, lines)
    reach = river.box.buffer(ON_THE_LINE_DEG)
    found: set[int] = set()
    waiting = [] if first is None else [first]
    while waiting:
        number = waiting.pop()
        line = lines[number]
        if number in found or line.intersection(reach).length < _WHOLE * line.length:
            continue
        found.add(number)
        for end in _ends(line):
            if len(meetings[end]) == 2:  # noqa: PLR2004 -- a third line may be another river
                waiting += meetings[end]
    return tuple(lines[number] for number in sorted(found))


def _line_at(point: shapely.Point, lines: Sequence[Geometry]) -> int | None:
    """Return the number of the line on which a point lies; None if that is in doubt."""
    if not lines:
        return None
    away = shapely.distance(lines, point)
    nearest = int(away.argmin())
    if away[nearest] <= ON_THE_LINE_DEG:
        return nearest
    alone = (away <= ALONE * away[nearest]).sum() == 1
    return nearest if alone and away[nearest] <= BY_ITSELF_DEG else None


def _ends(line: Geometry) -> list[tuple[float, float]]:
    return [(round(x, _JOINT), round(y, _JOINT)) for x, y in (line.coords[0], line.coords[-1])]
