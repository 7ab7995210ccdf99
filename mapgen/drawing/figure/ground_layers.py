"""Draw the layers under the signs: the basemap, estimated areas and fronts, and named regions.

The records of page data come in, in EPSG:4326; a `View` converts them to points of the sheet. The
notes of the regions go out as labels, which `mapgen.drawing.figure.labels` places.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import mapping

from mapgen.core.tables.style import SchemeColour
from mapgen.core.words import capital
from mapgen.drawing.figure.ground_names import grid_in
from mapgen.drawing.figure.labels import Label, Line
from mapgen.drawing.figure.marks import INK, INK_2, wash_of
from mapgen.drawing.figure.surface import Hatches, Haze, Motif

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely import Geometry

    from mapgen.core.geojson import Geometry as GeoJson
    from mapgen.drawing.data.moment import Moment
    from mapgen.drawing.figure.labels import Placer
    from mapgen.drawing.figure.marks import Pen
    from mapgen.drawing.figure.surface import Box, Point
    from mapgen.drawing.figure.view import View
    from mapgen.ground.basemap_records import Basemap
    from mapgen.situation.drawn_records import RegionSign

SEA, LAND, NEIGHBOUR = (SchemeColour.named(name) for name in ("sea", "land", "other"))
_RIVER, _COAST, _ADMIN, _BORDER, _ROAD = (
    SchemeColour.named(name) for name in ("river", "coastline", "admin", "border", "road")
)
_SPRINKLE_GAP = 15.0  # distance between the small forms of a fill, in pixels of the page
_HATCH_GAP = 5.2  # distance between strokes, in pixels of the page


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
    for land, colour in ((_far_land(view, base), NEIGHBOUR), (base.get("own_beyond"), LAND)):
        if land is not None and _reaches_beyond(view, base):
            canvas.area(view.geometry(land), fill=colour)
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


def _reaches_beyond(view: View, base: Basemap) -> bool:
    """Whether a map, such as a strip across a page, shows more than the box of the fine ground.

    Pages of earlier versions do not hold that box.
    """
    if "far" not in base:
        return False
    return not shapely.box(*base["far"]).covers(shapely.box(*view.bbox))


def _far_land(view: View, base: Basemap) -> GeoJson | None:
    """Return the coarse land of the map outside the fine ground, which else would look like sea."""
    if not _reaches_beyond(view, base):
        return None
    rings = [np.reshape(ring, (-1, 2)) / 10 for ring in base["world"]]
    turns = [np.array([turn, 0]) for turn in (-360, 0, 360)]  # a map may pass the 180th meridian
    land = shapely.union_all(
        [shapely.make_valid(shapely.Polygon(ring + turn)) for ring in rings for turn in turns]
    )
    shown = shapely.difference(shapely.box(*view.bbox), shapely.box(*base["far"]))
    found: GeoJson = mapping(shapely.intersection(land, shown))
    return found


def draw_areas(pen: Pen, view: View, moment: Moment) -> None:
    """Draw the areas of control on a day, and the fronts between them.

    The sure parts of an area have a light fill with small forms in the shape of the side; the
    unsure parts are hatched, in a direction of the side. So the sides differ without colour, in
    grey print and for readers who see no difference in hue. A front is solid where it is sure and
    dashed elsewhere.

    Parameters
    ----------
    pen, view, moment
        The pen to draw with, the view of the map, and the data on a day.
    """
    now = moment.areas()
    if now is None:
        return
    canvas, u = pen.canvas, pen.unit
    for side, parts in now["sides"].items():
        colour, (degrees, motif) = pen.colour(side), wash_of(pen, side)
        if parts["sure"]:
            held = view.geometry(parts["sure"])
            canvas.area(held, fill=colour, alpha=0.15)
            sprinkles = Motif(corners=motif, colour=colour, gap=_SPRINKLE_GAP * u, alpha=0.5)
            canvas.sprinkled_area(held, sprinkles)
        if parts["unsure"]:
            gap, width = _HATCH_GAP * u, 0.75 * u
            hatches = Hatches(colour=colour, gap=gap, degrees=degrees, width=width, alpha=0.42)
            canvas.hatched_area(view.geometry(parts["unsure"]), hatches)
    for front in now.get("fronts", []):
        dash = None if front["part"] == "sure" else (6 * u, 4 * u)
        canvas.lines(view.lines(front["geometry"]), INK_2, 1.2 * u, alpha=0.8, dash=dash)


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
            _, motif = wash_of(pen, sign["side"])
            sprinkles = Motif(corners=motif, colour=colour, gap=_SPRINKLE_GAP * u, alpha=0.6)
            pen.canvas.sprinkled_area(_within(shape, focus), sprinkles)
        if sign.get("somewhere"):
            continue
        rim = _outline(shape)
        for at in rim:
            if placer is not None:
                placer.block(at, 6 * u)
        at = _middle(rim, shape, view.box)
        told = _note_lines(sign["label"][:lines])
        labels.append(Label(priority=110, at=at, r=12 * u, lines=told, far=True, keep=True))
    labels += _somewhere(view, moment)
    labels += _named_areas(pen, view, moment)
    return labels


def _note_lines(told: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(text, "note2" if i else "note") for i, text in enumerate(told))


def _somewhere(view: View, moment: Moment) -> list[Label]:
    """Return a label for each area in which places lie somewhere, with what happened to them.

    It stands inside the area: beside the outline it would seem to belong to the next one. What
    happened goes before who did it, as a label without room keeps its first line.
    """
    places: dict[tuple[str, ...], list[RegionSign]] = {}
    for sign in moment.signs("region"):
        if sign.get("somewhere"):
            *side, _, where = sign["label"]
            places.setdefault((*side, where, str(sign["geometry"])), []).append(sign)
    labels = []
    for (*told, _), signs in places.items():
        ground = shapely.clip_by_rect(view.geometry(signs[0]["geometry"]), *view.box)
        if ground.is_empty:
            continue
        inside = ground.representative_point()
        happened = [Line(capital(sign["label"][-2]), "note") for sign in signs]
        labels.append(
            Label(
                priority=110,
                at=(inside.x, inside.y),
                r=0.0,
                lines=(*happened, *(Line(text, "note2") for text in told)),
                where=("C",),
                keep=True,
                spots=tuple(grid_in(ground, ground.bounds, (inside.x, inside.y))),
            )
        )
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
    """Draw a shape with a soft edge.

    A large area is less exact than a strip, so it is fainter and its edge is softer.
    """
    large = math.sqrt(shape.area) > 130 * pen.unit
    blur = (16 if large else 7) * pen.unit
    full = 0.34 if large else 0.58
    if focus is not None and not focus.intersects(shape):
        focus = None
    pen.canvas.soft_area(shape, Haze(fill=colour, blur=blur, alpha=full, within=focus))


def _within(shape: Geometry, focus: Geometry | None) -> Geometry:
    """Return the part of a shape in the subject country, or all of it if none lies there."""
    if focus is None or not focus.intersects(shape):
        return shape
    return shape.intersection(focus)


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
