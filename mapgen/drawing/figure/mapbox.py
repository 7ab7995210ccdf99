"""Draw one map in a box of the sheet.

A `Moment` (page data on one day) and a box come in. The basemap, areas, signs and labels are drawn,
and over them, in the emptiest corners, the enlargement, the locator and the scale bar. The names of
places whose signs could not be labelled go out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from mapgen.drawing.data.moment import has_spot
from mapgen.drawing.figure.globe import draw_globe
from mapgen.drawing.figure.ground_layers import draw_areas, draw_base, draw_regions
from mapgen.drawing.figure.ground_names import names_of_ground
from mapgen.drawing.figure.labels import Placer
from mapgen.drawing.figure.marks import HALO, INK, INK_2, Pen
from mapgen.drawing.figure.sign_painter import SignPainter, ground_cost
from mapgen.drawing.figure.sizes import LEAST_TYPE, readable
from mapgen.drawing.figure.view import View, box_of
from mapgen.ground.projection import longitude_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely import Geometry

    from mapgen.drawing.data.moment import Moment
    from mapgen.drawing.data.page_records import InsetRecord
    from mapgen.drawing.figure.labels import Label, Placed
    from mapgen.drawing.figure.surface import Box, Point

_CAPTION = 17.0  # height of the title of the enlargement, in pixels of the page
_CORNER_SPOTS = (0, 1, 3, 4)  # indices of spots: bottom left, bottom right, top left, top right
_ON_FRONT = 1000.0  # cost of covering a point of the front, which an enlargement never does
_FRONT_STEP = 4.0  # points of the sheet between such points
_OFF_CORNER = 2.0  # cost of a spot between two corners
_INSET, _INSET_TERSE = (0.26, 0.4), (0.32, 0.44)  # greatest share of the width and height
_WIDEST_ON_GLOBE_DEG = 60.0
_WIDEST_LOCAL_KM = 500.0  # a map up to this width shows no outline that readers know
_NORTH = 16.0  # width of the sign of north, in pixels of the page
_NAMES = 1.5  # how much wider an enlargement may be than what it shows, for names at its sides
_INSET_SHRINK = (1.0, 0.85, 0.7)  # factors tried for its size
_STEPS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Furniture:
    """The parts of a map besides its signs.

    Attributes
    ----------
    inset
        Whether to draw the enlargement of a crowded part.
    locator
        Whether to draw the globe.
    scale
        Whether to draw the scale bar.
    terse
        Whether the labels are short, for a small map.
    """

    inset: bool = True
    locator: bool = True
    scale: bool = True
    terse: bool = False


def draw_map(pen: Pen, box: Box, moment: Moment, furniture: Furniture) -> list[str]:
    """Draw the map of a day in a box of the sheet.

    Parameters
    ----------
    pen
        The pen to draw with.
    box
        Box of the map in points of the sheet.
    moment
        Page data on the day.
    furniture
        Parts to draw besides the signs.

    Returns
    -------
    list of str
        Names of places with signs for which there was no room, on the map or in the enlargement.
    """
    data, u = moment.data, pen.unit
    view = View.fitting(box_of(data["base"]["bbox"]), box)
    placer = Placer(u, (box[0] + 5 * u, box[1] + 5 * u, box[2] - 5 * u, box[3] - 5 * u))
    if data["base"]["focus"]:
        focus = view.geometry(data["base"]["focus"])
        shapely.prepare(focus)
        placer.cost = ground_cost(lambda x, y: bool(shapely.contains_xy(focus, x, y)), u)
    corners = _Corners(box, _busy(view, moment), 8 * u)
    inset, enlarged = _reserved(corners, box, moment, u, furniture)
    globe = min(box[2] - box[0], box[3] - box[1]) * 0.15
    is_local = (box[2] - box[0]) / view.points_per_km < _WIDEST_LOCAL_KM
    globe_box = corners.take(globe, globe) if furniture.locator and _on_globe(view) else None
    km, length = _bar(view, (box[2] - box[0]) * 0.2)
    north = _NORTH * u if is_local else 0.0
    scale_box = corners.take(length + 22 * u + north, 20 * u + north) if furniture.scale else None
    walls = [b for b in (inset, globe_box, scale_box) if b is not None]
    placer.walls = [(a - 4 * u, b - 4 * u, c + 4 * u, d + 4 * u) for a, b, c, d in walls]

    with pen.canvas.window(box):
        draw_base(pen, view, data["base"])
        draw_areas(pen, view, moment)
        labels = draw_regions(pen, view, moment, placer, lines=2 if furniture.terse else 3)
        painter = SignPainter(pen, view, moment, placer, terse=furniture.terse)
        painter.draw(box_of(enlarged["bbox"]) if enlarged else None)
        labels += painter.labels
        labels += names_of_ground(view, moment, u)
        placed = placer.place(labels)
        placer.draw(pen.canvas, placed)
    if inset is not None and enlarged is not None:
        placed += _draw_inset(pen, inset, moment, enlarged, terse=furniture.terse)
    if globe_box is not None:
        x, y = (globe_box[0] + globe_box[2]) / 2, (globe_box[1] + globe_box[3]) / 2
        draw_globe(pen.canvas, x, y, globe / 2, view.bbox)
    if scale_box is not None:
        _draw_scale(pen, scale_box, km, length)
        if north:
            _draw_north(pen, scale_box[2] - north / 2, scale_box[3] - 4 * u)
    pen.canvas.box(box, line="#c8c3b9", width=0.6)
    return _unnamed(painter.labels, placed)


def _unnamed(labels: Sequence[Label], placed: Sequence[Placed]) -> list[str]:
    """Return the names of places with signs for which there was no room.

    A place that a note names ("Fled to Esta") is named.
    """
    told = {line.text for found in placed for line in found.lines}
    notes = [line.text for found in placed for line in found.lines if line.kind == "note"]
    return sorted(
        {
            line.text
            for label in labels
            for line in label.lines[:1]
            if line.kind == "event"
            and line.text not in told
            and not any(note.removesuffix(" ?").endswith(f" {line.text}") for note in notes)
        }
    )


def _busy(view: View, moment: Moment) -> list[tuple[Point, float]]:
    """Return points that the furniture should not cover, each with a weight."""
    found: list[tuple[Point, float]] = []
    for sign in moment.data["signs"]:
        if has_spot(sign):
            found.append((view.point(sign["lat"], sign["lon"]), 30.0))
        elif sign["type"] == "displacement":
            found += [(p, 6.0) for p in view.path(sign["path"])]
            found += _corners_of(view.geometry(sign["area"]))
        elif sign["type"] == "supply":
            found += [(p, 6.0) for p in view.path(sign["path"])]
        elif sign["type"] == "region":
            found += _corners_of(view.geometry(sign["geometry"]))
    for place in moment.data["places"]:
        found.append((view.point(place["lat"], place["lon"]), 4.0))
    now = moment.areas()
    for front in now.get("fronts", []) if now is not None else []:
        path = [p for line in view.lines(front["geometry"]) for p in _every(line, _FRONT_STEP)]
        found += [(p, _ON_FRONT) for p in path]
    if moment.data["base"]["focus"]:
        rim = shapely.get_coordinates(view.geometry(moment.data["base"]["focus"]))
        found += [((x, y), 0.3) for x, y in rim]
    return found


def _every(line: Sequence[Point], step: float) -> list[Point]:
    """Return points of a line at most so many points of the sheet apart."""
    if len(line) < 2:  # noqa: PLR2004  no line
        return list(line)
    xy = shapely.get_coordinates(shapely.segmentize(shapely.LineString(line), step))
    return [(float(x), float(y)) for x, y in xy]


def _corners_of(shape: Geometry) -> list[tuple[Point, float]]:
    return [((x, y), 3.0) for x, y in shapely.get_coordinates(shape)]


class _Corners:
    """Assigns corners of a map to the furniture, the emptiest first."""

    def __init__(self, box: Box, busy: list[tuple[Point, float]], margin: float) -> None:
        self._box, self._busy, self._margin = box, busy, margin
        self._taken: list[Box] = []

    def take(self, width: float, height: float) -> Box:
        """Reserve a box of a size (points) in the corner, or between two, where it covers least."""
        spot, _ = self._best(width, height)
        self._taken.append(spot)
        return spot

    def free(self, width: float, height: float, *, below: float) -> Box | None:
        """Reserve such a box if what it covers costs less than a limit."""
        spot, cost = self._best(width, height)
        if cost >= below:
            return None
        self._taken.append(spot)
        return spot

    def _best(self, width: float, height: float) -> tuple[Box, float]:
        left, top, right, bottom = self._box
        m = self._margin
        xs = (left + m, right - m - width, (left + right - width) / 2)
        ys = (bottom - m - height, top + m, (top + bottom - height) / 2)
        spots = [(x, y, x + width, y + height) for y in ys for x in xs][:-1]
        costs = [self._cost(spot, i) for i, spot in enumerate(spots)]
        best = min(range(len(spots)), key=lambda i: (costs[i], i))
        return spots[best], costs[best]

    def _cost(self, spot: Box, i: int) -> float:
        m = self._margin
        a, b, c, d = spot
        if any(a < r + m and c > p - m and b < s + m and d > q - m for p, q, r, s in self._taken):
            return math.inf
        inside = sum(w for (x, y), w in self._busy if a < x < c and b < y < d)
        return inside + (_OFF_CORNER if i not in _CORNER_SPOTS else 0.0)


def _inset_box(
    corners: _Corners, box: Box, enlarged: InsetRecord, u: float, most: tuple[float, float]
) -> Box | None:
    """Reserve the box of the enlargement; ``most`` is its greatest share of width and height.

    It is wider than what it shows where that leaves room for names. Returns None if it would cover
    the front wherever it stands.
    """
    west, south, east, north = enlarged["bbox"]
    ratio = (north - south) / (east - west) / longitude_scale((south + north) / 2)
    widest = min((box[2] - box[0]) * most[0], (box[3] - box[1]) * most[1] / ratio)
    room = (box[2] - box[0]) * most[0]
    for shrink in _INSET_SHRINK:
        height = widest * shrink * ratio + _caption(u)
        for width in (min(room, widest * shrink * _NAMES), widest * shrink):
            found = corners.free(width, height, below=_ON_FRONT)
            if found is not None:
                return found
    return None


def _reserved(
    corners: _Corners, box: Box, moment: Moment, u: float, furniture: Furniture
) -> tuple[Box | None, InsetRecord | None]:
    """Reserve the enlargement, if one is wanted, shows a sign and has room."""
    enlarged = moment.data["inset"] if furniture.inset else None
    if enlarged is None or not _has_signs(moment, box_of(enlarged["bbox"])):
        return None, None
    most = _INSET_TERSE if furniture.terse else _INSET
    inset = _inset_box(corners, box, enlarged, u, most)
    return (inset, enlarged) if inset is not None else (None, None)


def _caption(u: float) -> float:
    """Return the height of the title of the enlargement in points."""
    return max(_CAPTION * u, LEAST_TYPE * 1.6)


def _draw_inset(
    pen: Pen, box: Box, moment: Moment, enlarged: InsetRecord, *, terse: bool
) -> list[Placed]:
    """Draw the enlargement of a crowded part, with its title; return its placed labels."""
    u, data = pen.unit, moment.data
    left, top, right, bottom = box
    pen.canvas.box((left - u, top - u, right + u, bottom + u), fill="#ffffff")
    pen.canvas.text(
        left + 5 * u, top + _caption(u) * 0.71, enlarged["title"], readable(10.4 * u), weight="bold"
    )
    inner = (left, top + _caption(u), right, bottom)
    view = View.fitting(box_of(enlarged["bbox"]), inner)
    frame = (inner[0] + 3 * u, inner[1] + 3 * u, inner[2] - 3 * u, inner[3] - 3 * u)
    placer = Placer(u, frame)
    with pen.canvas.window(inner):
        draw_base(pen, view, data["base"])
        draw_areas(pen, view, moment)
        painter = SignPainter(pen, view, moment, placer, close=True, terse=terse)
        painter.draw()
        placed = placer.place(painter.labels)
        placer.draw(pen.canvas, placed)
    pen.canvas.box(box, line=INK_2, width=0.7)
    return placed


def _has_signs(moment: Moment, bbox: tuple[float, float, float, float]) -> bool:
    """Whether a place in a box (degrees) has a sign on the day, so that its map is not empty."""
    west, south, east, north = bbox
    return any(
        site.signs and south <= site.lat <= north and west <= site.lon <= east
        for site in moment.sites()
    )


def _on_globe(view: View) -> bool:
    """Whether the map is so small a part of the world that a globe shows where it lies."""
    west, south, east, north = view.bbox
    return max(east - west, north - south) < _WIDEST_ON_GLOBE_DEG


def _bar(view: View, longest: float) -> tuple[int, float]:
    """Return the length of the scale bar in kilometres (a round number) and in points."""
    per_km = view.points_per_km
    fitting = [km for km in _STEPS_KM if km * per_km <= longest]
    km = fitting[-1] if fitting else _STEPS_KM[0]
    return km, km * per_km


def _draw_scale(pen: Pen, box: Box, km: int, length: float) -> None:
    u, canvas = pen.unit, pen.canvas
    left, y = box[0] + 4 * u, box[3] - 4 * u
    rail = [(left, y - 5 * u), (left, y), (left + length, y), (left + length, y - 5 * u)]
    canvas.line(rail, "#ffffff", 4 * u)
    canvas.line(rail, INK, 1.3 * u)
    middle = left + length / 2
    canvas.text(middle, y - 5 * u, f"{km:,} km", readable(10 * u), anchor="middle", halo="#ffffff")


def _draw_north(pen: Pen, x: float, y: float) -> None:
    """Draw an arrow to the north with its letter; ``y`` is its foot, in points of the sheet."""
    u, canvas = pen.unit, pen.canvas
    size = readable(10 * u)
    tip = y - max(18 * u, 2.2 * size)
    canvas.line([(x, y), (x, tip + 4 * u)], HALO, 4 * u)
    canvas.line([(x, y), (x, tip + 4 * u)], INK, 1.3 * u)
    canvas.polygon([(x, tip), (x + 3.4 * u, tip + 8 * u), (x - 3.4 * u, tip + 8 * u)], fill=INK)
    canvas.text(x, y - size * 0.15, "N", size, anchor="middle", weight="bold", halo=HALO)
