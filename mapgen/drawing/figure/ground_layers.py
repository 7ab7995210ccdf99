"""What lies under the signs: the basemap, estimated areas and fronts, regions in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from mapgen.core.tables.style import SchemeColour
from mapgen.drawing.figure.labels import Label, Line
from mapgen.drawing.figure.marks import INK, INK_2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely import Geometry

    from mapgen.core.geojson import Geometry as GeoJson
    from mapgen.drawing.data.moment import Moment
    from mapgen.drawing.figure.canvas import Box, Point
    from mapgen.drawing.figure.labels import Placer
    from mapgen.drawing.figure.marks import Pen
    from mapgen.drawing.figure.view import View
    from mapgen.ground.basemap_records import Basemap

SEA, LAND, NEIGHBOUR = (SchemeColour.named(name) for name in ("sea", "land", "other"))
_RIVER, _COAST, _ADMIN, _BORDER, _ROAD = (
    SchemeColour.named(name) for name in ("river", "coastline", "admin", "border", "road")
)
_HATCH_GAP = 5.2  # pixels of the page between two strokes
_SOFT_STEPS = 9


def draw_base(pen: Pen, view: View, base: Basemap, *, roads: bool = True) -> None:
    """Draw land, water, borders and roads."""
    canvas, u = pen.canvas, pen.unit
    canvas.box(view.box, fill=SEA)
    for land in base["land"]:
        canvas.area(view.geometry(land), fill=NEIGHBOUR)
    if base["focus"]:
        canvas.area(view.geometry(base["focus"]), fill=LAND)
    for lake in base["lakes"]:
        canvas.area(view.geometry(lake), fill=SEA)

    def lines(
        shapes: Sequence[GeoJson], colour: str, width: float, dash: tuple[float, ...] = ()
    ) -> None:
        paths = [path for geometry in shapes for path in view.lines(geometry)]
        canvas.lines(paths, colour, width * u, dash=[d * u for d in dash] or None)

    lines(base["rivers"], _RIVER, 0.8)
    if roads:
        paths = [view.path(road["path"]) for road in base["roads"]]
        canvas.lines(paths, _ROAD, 1.3 * u)
    lines(base["admin"], _ADMIN, 0.9, (2, 3))
    lines(base["coast"], _COAST, 0.8)
    lines(base["borders"], _BORDER, 1.1)
    lines(base["disputed"], _BORDER, 1.1, (4, 3))


def draw_areas(pen: Pen, view: View, moment: Moment) -> None:
    """Draw estimated areas: light where sure, hatched where unsure; and fronts between them."""
    now = moment.areas()
    if now is None:
        return
    canvas, u = pen.canvas, pen.unit
    for i, (side, parts) in enumerate(now["sides"].items()):
        colour = pen.colour(side)
        if parts["sure"]:
            canvas.area(view.geometry(parts["sure"]), fill=colour, alpha=0.15)
        if parts["unsure"]:
            strokes = hatching(view.geometry(parts["unsure"]), _HATCH_GAP * u, (45, -45)[i % 2])
            canvas.lines(strokes, colour, 0.75 * u, alpha=0.42)
    for front in now.get("fronts", []):
        dash = None if front["part"] == "sure" else (6 * u, 4 * u)
        canvas.lines(view.lines(front["geometry"]), INK_2, 1.2 * u, alpha=0.8, dash=dash)


def hatching(shape: Geometry, gap: float, degrees: float) -> list[list[Point]]:
    """Return parallel strokes inside a shape (points of the sheet).

    Lines of our own, as the hatching of each file format looks different when printed.
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


def draw_regions(
    pen: Pen, view: View, moment: Moment, placer: Placer | None, *, lines: int = 3
) -> list[Label]:
    """Draw regions in words as soft shapes, and areas named as ends of flight; return labels."""
    base, u = moment.data["base"], pen.unit
    focus = view.geometry(base["focus"]) if base["focus"] else None
    labels = []
    for sign in moment.signs("region"):
        shape = view.geometry(sign["geometry"])
        if shape.is_empty:
            continue
        colour = pen.colour(sign["side"])
        if sign.get("somewhere"):  # one place lies in it: nobody is said to hold all of it
            pen.canvas.area(shape, fill=colour, alpha=0.07)
            pen.canvas.area(shape, line=colour, width=1.4 * u, dash=(1.2 * u, 4 * u))
        else:
            _soft(pen, shape, focus, colour)
        rim = _outline(shape)
        for at in rim:
            if placer is not None:
                placer.block(at, 6 * u)
        at = _middle(rim, shape, view.box)
        told = [Line(t, "note2" if i else "note") for i, t in enumerate(sign["label"][:lines])]
        inside = shape.representative_point()
        if sign.get("somewhere"):  # beside its outline, the note would seem to be about a neighbour
            at = (inside.x, inside.y)
        far, r = (False, u) if sign.get("somewhere") else (True, 12 * u)
        labels.append(Label(priority=110, at=at, r=r, lines=tuple(told), far=far, keep=True))
    labels += _named_areas(pen, view, moment)
    return labels


def _named_areas(pen: Pen, view: View, moment: Moment) -> list[Label]:
    labels, drawn, u = [], [], pen.unit
    for sign in moment.signs("displacement"):
        for geojson in (sign["area"], sign.get("origin_area")):
            if not geojson or geojson in drawn:
                continue
            drawn.append(geojson)
            shape = view.geometry(geojson)
            pen.canvas.area(shape, fill=INK, alpha=0.04)
            pen.canvas.area(shape, line=INK_2, width=1.1 * u, dash=(1.3 * u, 2.8 * u))
            if geojson is sign["area"] and sign["area_name"] and not shape.is_empty:
                at = shape.representative_point()
                name = (Line(sign["area_name"], "water"),)
                labels.append(Label(priority=30, at=(at.x, at.y), r=4 * u, lines=name))
    return labels


def _soft(pen: Pen, shape: Geometry, focus: Geometry | None, colour: str) -> None:
    """Draw a shape without an edge: nested and nearly clear, densest inside.

    A large area is drawn fainter and with a softer edge: it is less exact than a strip.
    """
    large = math.sqrt(shape.area) > 130 * pen.unit
    blur = (16 if large else 7) * pen.unit
    full = 0.34 if large else 0.58
    each = 1 - (1 - full) ** (1 / _SOFT_STEPS)
    for i in range(_SOFT_STEPS):
        reach = blur * (1 - 2 * i / (_SOFT_STEPS - 1))
        step = shape.buffer(reach, quad_segs=6)
        if step.is_empty:  # a strip thinner than the blur keeps its core
            step = shape
        if focus is not None and focus.intersects(shape):
            step = step.intersection(focus)
        pen.canvas.area(step, fill=colour, alpha=each)


def _outline(shape: Geometry) -> list[Point]:
    """Return about sixty points along the outer rings of a shape."""
    rings = [p.exterior for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
    points = [(float(x), float(y)) for ring in rings for x, y in ring.coords]
    return points[:: max(1, len(points) // 60)]


def _middle(rim: list[Point], shape: Geometry, box: Box) -> Point:
    """Return the point of an outline nearest to its middle, of what the map shows."""
    seen = [p for p in rim if box[0] <= p[0] <= box[2] and box[1] <= p[1] <= box[3]] or rim
    centre = shape.centroid
    return min(seen, key=lambda p: math.dist(p, (centre.x, centre.y)))
