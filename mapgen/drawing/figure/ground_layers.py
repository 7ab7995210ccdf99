"""Draw the layers under the signs: the basemap, estimated areas and fronts, and named regions.

The records of page data come in, in EPSG:4326; a `View` converts them to points of the sheet. The
notes of the regions go out as labels, which `mapgen.drawing.figure.labels` places.
"""

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
_HATCH_GAP = 5.2  # distance between strokes, in pixels of the page
_SOFT_STEPS = 9


def draw_base(pen: Pen, view: View, base: Basemap, *, roads: bool = True) -> None:
    """Draw land, water, borders and roads.

    Parameters
    ----------
    pen, view
        The pen to draw with, and the view of the map.
    base
        Basemap of the page data.
    roads
        Whether to draw roads.
    """
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
    """Draw the areas of control on a day, and the fronts between them.

    The sure parts of an area have a light fill, the unsure parts are hatched. A front is solid
    where it is sure and dashed elsewhere.

    Parameters
    ----------
    pen, view, moment
        The pen to draw with, the view of the map, and the data on a day.
    """
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


def draw_regions(
    pen: Pen, view: View, moment: Moment, placer: Placer | None, *, lines: int = 3
) -> list[Label]:
    """Draw named regions as soft shapes, and the areas that people flee from or to.

    A region for a place that lies somewhere within it is drawn as a dotted outline with a faint
    fill.

    Parameters
    ----------
    pen, view, moment
        The pen to draw with, the view of the map, and the data on a day.
    placer
        Placer that keeps labels off the outlines of the regions, if any.
    lines
        Greatest number of lines in the note of a region.

    Returns
    -------
    list of Label
        The notes of the regions and the names of the areas, not yet placed.
    """
    base, u = moment.data["base"], pen.unit
    focus = view.geometry(base["focus"]) if base["focus"] else None
    labels = []
    for sign in moment.signs("region"):
        shape = view.geometry(sign["geometry"])
        if shape.is_empty:
            continue
        colour = pen.colour(sign["side"])
        if sign.get("somewhere"):  # a place lies somewhere within; nobody is said to hold all of it
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
        if sign.get("somewhere"):  # beside the outline it would seem to belong to the next area
            at = (inside.x, inside.y)
        far, r = (False, u) if sign.get("somewhere") else (True, 12 * u)
        labels.append(Label(priority=110, at=at, r=r, lines=tuple(told), far=far, keep=True))
    labels += _named_areas(pen, view, moment)
    return labels


def _named_areas(pen: Pen, view: View, moment: Moment) -> list[Label]:
    """Draw the areas that people flee from or to, and return labels for the destinations."""
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
    """Draw a shape with a soft edge, as nested, nearly transparent polygons.

    A large area is less exact than a strip, so it is fainter and its edge is softer.
    """
    large = math.sqrt(shape.area) > 130 * pen.unit
    blur = (16 if large else 7) * pen.unit
    full = 0.34 if large else 0.58
    each = 1 - (1 - full) ** (1 / _SOFT_STEPS)
    for i in range(_SOFT_STEPS):
        reach = blur * (1 - 2 * i / (_SOFT_STEPS - 1))
        step = shape.buffer(reach, quad_segs=6)
        if step.is_empty:  # a strip narrower than the blur still needs a core
            step = shape
        if focus is not None and focus.intersects(shape):
            step = step.intersection(focus)
        pen.canvas.area(step, fill=colour, alpha=each)


def _outline(shape: Geometry) -> list[Point]:
    """Return at most 120 points along the outer rings of a shape."""
    rings = [p.exterior for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
    points = [(float(x), float(y)) for ring in rings for x, y in ring.coords]
    return points[:: max(1, len(points) // 60)]


def _middle(rim: list[Point], shape: Geometry, box: Box) -> Point:
    """Return the point of an outline nearest to the centroid, inside the map if possible."""
    seen = [p for p in rim if box[0] <= p[0] <= box[2] and box[1] <= p[1] <= box[3]] or rim
    centre = shape.centroid
    return min(seen, key=lambda p: math.dist(p, (centre.x, centre.y)))
