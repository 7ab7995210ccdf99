"""Find where the names of countries and waters may stand on a picture.

A view and the data of a map come in; labels go out, not yet placed. A picture shows more or less of
a country than the page, so its name stands at the first of several points that is in view and free.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import shapely

from mapgen.drawing.figure.labels import AROUND, TYPES, Label, Line
from mapgen.drawing.figure.sizes import readable
from mapgen.drawing.figure.typeface import text_width

if TYPE_CHECKING:
    from shapely import Geometry

    from mapgen.drawing.data.moment import Moment
    from mapgen.drawing.figure.surface import Box, Point
    from mapgen.drawing.figure.view import View

_BORDERS: tuple[Literal["borders", "disputed"], ...] = ("borders", "disputed")
_STEP_ASIDE = 18.0  # how far a country name may move from its point, in pixels of the page
_SPOTS = 12  # places across and down an area at which its name is tried


def names_of_ground(view: View, moment: Moment, unit: float) -> list[Label]:
    """Return labels for countries and waters, of lower priority than the labels of events.

    Parameters
    ----------
    view, moment
        The view of the map, and the data on a day.
    unit
        Points of the sheet per pixel of the page.
    """
    labels, base = [], moment.data["base"]
    borders = shapely.union_all([view.geometry(g) for k in _BORDERS for g in base[k]])
    shapely.prepare(borders)
    for row in base["countries"]:
        line = (Line(row["name"].upper(), "country"),)
        first = view.point(row["lat"], row["lon"])
        spots = [view.point(lat, lon) for lat, lon in row.get("spots", [])]
        free = [
            at
            for at in spots
            if view.holds(at) and not borders.intersects(_box_around(at, line[0], unit))
        ]
        where: tuple[str, ...] = ("C", "N", "S", *AROUND)
        r = _STEP_ASIDE * unit
        if not view.holds(first):
            if not free:
                continue
            first, where, r = free[0], ("C",), 0.0
        spots_left = tuple(at for at in free if at != first)
        labels.append(Label(priority=13, at=first, r=r, lines=line, where=where, spots=spots_left))
    for water in base["waters"]:
        at = view.point(water["lat"], water["lon"])
        if view.holds(at):
            line = (Line(water["name"], "water"),)
            labels.append(Label(priority=4, at=at, r=0.0, lines=line, where=("C", "N", "S")))
    return labels + _subject(view, moment)


def _box_around(at: Point, line: Line, unit: float) -> Geometry:
    """Return the box of a line of text around a point, in points of the sheet."""
    size = readable(TYPES[line.kind].px * unit)
    wide = text_width(line.text, size)
    return shapely.box(at[0] - wide / 2, at[1] - size / 2, at[0] + wide / 2, at[1] + size / 2)


def grid_in(ground: Geometry, box: Box, near: Point) -> list[Point]:
    """Return the points of a grid over a box that lie in a shape, those near a point first.

    Parameters
    ----------
    ground
        Shape in points of the sheet.
    box
        Box over which the grid lies, in points of the sheet.
    near
        Point of the sheet.
    """
    left, top, right, bottom = box
    steps = [(i + 0.5) / _SPOTS for i in range(_SPOTS)]
    grid = [(left + (right - left) * x, top + (bottom - top) * y) for y in steps for x in steps]
    shapely.prepare(ground)
    inside = [p for p in grid if shapely.contains_xy(ground, *p)]
    return sorted(inside, key=lambda p: (math.dist(p, near), p))


def _subject(view: View, moment: Moment) -> list[Label]:
    """Return the label of the subject country, which stands wherever it has room in it."""
    name, focus = moment.data["meta"]["country"], moment.data["base"]["focus"]
    if not name or not focus:
        return []
    ground = shapely.clip_by_rect(view.geometry(focus), *view.box)
    parts = [p for p in shapely.get_parts(ground) if p.geom_type == "Polygon" and p.area > 0]
    if not parts:
        return []
    middle = max(parts, key=lambda p: p.area).representative_point()
    inside = grid_in(ground, view.box, (middle.x, middle.y))
    line = (Line(name.upper(), "subject"),)
    return [
        Label(
            priority=5,  # any town goes before it: the country has more room
            at=(middle.x, middle.y),
            r=0.0,
            lines=line,
            where=("C",),
            spots=tuple(inside),
        )
    ]
