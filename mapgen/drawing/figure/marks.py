"""Draw single signs: marks of places, incidents, arrows.

A pen, a position and the sides come in; shapes are drawn on its canvas. Each side has a shape as
well as a colour, so colour never carries a meaning alone; a ring shows who held a place before. The
forms are those of ``drawing/page/marks.js``, where one unit is a pixel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import shapely

from mapgen.core.tables.marks import marks
from mapgen.core.tables.style import SchemeColour
from mapgen.drawing.figure.sizes import LEAST_TYPE, readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.core.tables.marks import Look
    from mapgen.core.tables.sides import SideRecord
    from mapgen.drawing.figure.surface import Point, Surface

INK, INK_2 = SchemeColour.named("ink"), SchemeColour.named("ink2")
HALO = "#ffffff"
FAN = (30.0, 90.0, 150.0, 210.0, 270.0, 330.0)
"""Bearings of the arrows of a movement with one known end, in degrees: no direction is stated."""
_HATCHES = (45.0, -45.0, 0.0, 90.0)  # directions of hatching in degrees, by side
_MOTIF = 1.7  # radius of the small forms of a fill, in pixels of the page
_LEAST_LETTERED = LEAST_TYPE * 0.52  # radius in points of a mark in which a letter has room
_UNKNOWN = {"fill": INK_2, "line": INK, "on": "#ffffff"}


@dataclass(frozen=True, slots=True)
class Pen:
    """A canvas, with the colours and the scale in which signs are drawn on it.

    Attributes
    ----------
    canvas
        The sheet.
    sides
        Sides of the page data, by key.
    unit
        Points of the sheet per pixel of the page.
    """

    canvas: Surface
    sides: dict[str, SideRecord]
    unit: float

    def colour(self, side: str | None, part: Literal["fill", "line", "on"] = "fill") -> str:
        """Return a colour of a side.

        Parameters
        ----------
        side
            Key of the side. An unknown side, or None, is drawn in ink.
        part
            ``fill``, ``line`` (outline) or ``on`` (text on the fill).

        Returns
        -------
        str
            Hex colour.
        """
        known = self.sides.get(side or "")
        return str((known["light"] if known else _UNKNOWN)[part])

    def shape(self, side: str | None, x: float, y: float, r: float) -> list[Point]:
        """Return the corners of the shape of a side.

        Parameters
        ----------
        side
            Key of the side. An unknown side, or None, is a circle.
        x, y, r
            As for `corners`.
        """
        known = self.sides.get(side or "")
        return corners(known["shape"] if known else "circle", x, y, r)


def wash_of(pen: Pen, side: str | None) -> tuple[float, list[Point]]:
    """Return the pattern by which the areas of a side are told apart without colour.

    Parameters
    ----------
    pen
        The pen to draw with.
    side
        Key of the side.

    Returns
    -------
    tuple of float, list of (x, y)
        Direction of the hatching in degrees, and the corners of the small form of a fill: the shape
        of the side, around (0, 0), in points of the sheet.
    """
    keys = list(pen.sides)
    number = keys.index(side) if side in keys else 0
    name = pen.sides[side]["shape"] if side in pen.sides else "circle"
    r = _MOTIF * pen.unit
    form = _regular(0.0, 0.0, r, 8) if name == "circle" else corners(name, 0.0, 0.0, r)
    return _HATCHES[number % len(_HATCHES)], form


def corners(name: str, x: float, y: float, r: float) -> list[Point]:
    """Return the corners of a shape around a point.

    Parameters
    ----------
    name
        ``diamond``, ``triangle``, ``square``, ``hexagon``, ``pentagon``, ``star`` or ``cross``. Any
        other name gives a circle.
    x, y
        Centre in points of the sheet.
    r
        Approximate half width in points, chosen so that all shapes look equally large.

    Returns
    -------
    list of (x, y)
        The corners, in points of the sheet.
    """
    if name == "diamond":
        return _regular(x, y, r * 1.25, 4)
    if name == "triangle":
        low = y + r * 0.9
        return [(x, y - r * 1.25), (x + r * 1.19, low), (x - r * 1.19, low)]
    if name == "square":
        a = r * 0.9
        return [(x - a, y - a), (x + a, y - a), (x + a, y + a), (x - a, y + a)]
    if name == "hexagon":
        return _regular(x, y, r * 1.12, 6)
    if name == "pentagon":
        return _regular(x, y, r * 1.18, 5)
    if name == "star":
        turns = [(i * math.pi / 5, r * (0.62 if i % 2 else 1.3)) for i in range(10)]
        return [(x + q * math.sin(t), y - q * math.cos(t)) for t, q in turns]
    if name == "cross":
        a, b = r * 0.45, r * 1.15
        half = [(-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a)]
        return [(x + u, y + v) for u, v in [*half, *[(-u, -v) for u, v in half]]]
    return _regular(x, y, r, 40)


def _regular(x: float, y: float, r: float, n: int) -> list[Point]:
    turns = [2 * math.pi * i / n for i in range(n)]
    return [(x + r * math.sin(t), y - r * math.cos(t)) for t in turns]


def draw_mark(  # noqa: PLR0913  options of the mark, each with a default
    pen: Pen,
    side: str | None,
    at: Point,
    r: float,
    *,
    before: str | None = None,
    dash: Sequence[float] | None = None,
    half: bool = False,
    letter: bool = False,
    small: bool = False,
) -> None:
    """Draw the mark of a place, filled in the colour of its holder.

    Parameters
    ----------
    pen
        The pen to draw with.
    side, before
        Keys of the present and the previous holder. The previous holder, if any, gives the colour
        of a ring around the mark.
    at, r
        Centre and half width in points of the sheet.
    dash
        Lengths of the dashes and gaps of the ring in points, for a hold that is claimed or a
        change on an unknown day.
    half
        Whether to fill the left half in the colour of the previous holder.
    letter
        Whether to write the letters of the side on the mark.
    small
        Whether the mark has a thinner outline and ring.
    """
    (x, y), u = at, pen.unit
    gap, ring = (2.1, 1.4) if small else (4.2, 2.0)
    if before or dash:
        form = pen.shape(before or side, x, y, r + gap * u)
        pen.canvas.polygon(form, fill=HALO, line=HALO, width=4.5 * u)
        colour = pen.colour(before) if before else pen.colour(side, "line")
        pen.canvas.polygon(form, line=colour, width=ring * u, dash=dash)
    else:
        form = pen.shape(side, x, y, r)
        pen.canvas.polygon(form, fill=HALO, line=HALO, width=(2.4 if small else 3.5) * u)
    form = pen.shape(side, x, y, r)
    edge = (0.8 if small else 1.0) * u
    pen.canvas.polygon(form, fill=pen.colour(side), line=pen.colour(side, "line"), width=edge)
    if half and before:
        left = shapely.Polygon(pen.shape(before, x, y, r))
        pen.canvas.area(
            left.intersection(shapely.box(x - 3 * r, y - 3 * r, x, y + 3 * r)),
            fill=pen.colour(before),
            line=pen.colour(before, "line"),
            width=u,
        )
    known = pen.sides.get(side or "")
    if letter and known and r >= _LEAST_LETTERED:
        size = readable(r * 1.2)
        pen.canvas.text(
            x,
            y + size * 0.36,
            known["letter"][:2],
            size,
            colour=pen.colour(side, "on"),
            anchor="middle",
            weight="bold",
        )


def draw_place(
    pen: Pen,
    look: Look,
    side: str | None,
    at: Point,
    r: float,
    *,
    before: str | None = None,
    minor: bool = False,
    key: bool = False,
) -> None:
    """Draw a place that changed hands, in the look that the table of marks gives it.

    Parameters
    ----------
    pen, side, at, r, before
        As for `draw_mark`.
    look
        Look from the table of marks (mapgen/data/marks.toml).
    minor
        Whether the sign is small because others are near.
    key
        Whether the sign is a small picture in the legend.
    """
    if look.fill == "stripes":
        draw_stripes(pen, at, r * (1.4 if key else 1.15))
        return
    ring = look.ring_key if key else look.ring_small if minor else look.ring
    halves = look.fill == "halves"
    draw_mark(
        pen,
        side,
        at,
        r,
        before=before,
        dash=[v * pen.unit for v in ring] or None,
        half=halves,
        letter=not (halves or minor or key),
        small=minor or key,
    )


def draw_stripes(pen: Pen, at: Point, r: float) -> None:
    """Draw a contested place: a white disc with stripes in ink, without the colour of a side.

    Parameters
    ----------
    pen
        The pen to draw with.
    at, r
        Centre and radius in points of the sheet.
    """
    (x, y), u, table = at, pen.unit, marks().stripes
    turn = math.radians(table.angle)
    along, across = (math.cos(turn), -math.sin(turn)), (math.sin(turn), math.cos(turn))
    pen.canvas.circle(x, y, r, fill=HALO, line=HALO, width=4.5 * u)
    strokes = []
    for offset in table.offsets:
        half, d = r * math.sqrt(1 - offset * offset), r * offset
        middle = (x + across[0] * d, y + across[1] * d)
        strokes.append(
            [(middle[0] + k * along[0] * half, middle[1] + k * along[1] * half) for k in (-1, 1)]
        )
    pen.canvas.lines(strokes, INK, table.width * u)
    pen.canvas.circle(x, y, r, line=INK, width=table.width * u)


def draw_fort(pen: Pen, side: str | None, at: Point, r: float) -> None:
    """Draw the sign of reinforcement: a ring with twelve teeth.

    Parameters
    ----------
    pen
        The pen to draw with.
    side
        Key of the side that gives the colour.
    at, r
        Centre and radius of the ring in points of the sheet.
    """
    (x, y), u, colour = at, pen.unit, pen.colour(side)
    pen.canvas.circle(x, y, r + u, line=HALO, width=5 * u)
    pen.canvas.circle(x, y, r, line=colour, width=1.6 * u)
    turns = [i * math.pi / 6 for i in range(12)]
    out = r + 3 * u
    teeth = [[(x + k * math.sin(t), y - k * math.cos(t)) for k in (r, out)] for t in turns]
    pen.canvas.lines(teeth, colour, 1.6 * u)


def draw_arrow(
    pen: Pen,
    path: Sequence[Point],
    width: float,
    colour: str,
    *,
    dash: Sequence[float] | None = None,
    hollow: bool = False,
) -> None:
    """Draw an arrow with a white casing.

    Parameters
    ----------
    pen
        The pen to draw with.
    path
        Vertices in points of the sheet; the last is the tip. A path of one point is not drawn.
    width
        Width of the shaft in points. The head grows with it.
    colour
        Hex colour.
    dash
        Lengths of the dashes and gaps of the shaft in points.
    hollow
        Whether the arrow is white inside, as that of people who return is.
    """
    if len(path) < 2:  # noqa: PLR2004  no direction
        return
    u = pen.unit
    tip, head = path[-1], width * 2.2 + 7 * u
    i = len(path) - 2
    while i > 0 and math.dist(tip, path[i]) < head:
        i -= 1
    back = path[i]
    length = math.dist(tip, back) or 1.0
    ux, uy = (tip[0] - back[0]) / length, (tip[1] - back[1]) / length
    neck = (tip[0] - ux * head, tip[1] - uy * head)
    shaft = [p for p in path[: i + 1] if math.dist(tip, p) > head]
    shaft = [*(shaft or [back]), (neck[0] + ux * u, neck[1] + uy * u)]
    wing = head * 0.44
    form = [
        tip,
        (neck[0] - uy * wing, neck[1] + ux * wing),
        (neck[0] + uy * wing, neck[1] - ux * wing),
    ]
    pen.canvas.line(shaft, HALO, width + 4 * u)
    pen.canvas.polygon(form, fill=HALO, line=HALO, width=4 * u)
    pen.canvas.line(shaft, colour, width, dash=dash)
    pen.canvas.polygon(form, fill=colour)
    if hollow:
        edge = max(0.55 * u, width * 0.24)
        pen.canvas.line(shaft, HALO, max(width - 2 * edge, 0.3 * width))
        pen.canvas.area(shapely.Polygon(form).buffer(-1.6 * edge), fill=HALO)


def draw_incident(pen: Pen, kind: str, side: str | None, at: Point, r: float) -> None:
    """Draw the sign of an incident.

    Parameters
    ----------
    pen
        The pen to draw with.
    kind
        ``clash``, ``siege``, ``withdrawal``, ``hosting`` and ``told_to_leave`` have a form of their
        own. Any other kind, such as ``strike`` or ``attack``, is drawn as rays.
    side
        Key of the side that gives the colour.
    at, r
        Centre and radius in points of the sheet.
    """
    (x, y), u, colour = at, pen.unit, pen.colour(side, "line")
    pen.canvas.circle(x, y, r + 1.5 * u, fill=HALO)

    def strokes(*ends: tuple[float, float, float, float]) -> None:
        paths = [[(x + a * r, y + b * r), (x + c * r, y + d * r)] for a, b, c, d in ends]
        pen.canvas.lines(paths, colour, 1.5 * u, cap="round")

    if kind == "clash":
        strokes((-0.8, -0.8, 0.8, 0.8), (-0.8, 0.8, 0.8, -0.8))
    elif kind == "siege":
        pen.canvas.circle(x, y, r * 0.85, line=colour, width=1.5 * u, dash=(3 * u, 2 * u))
    elif kind == "withdrawal":
        strokes((0.8, 0, -0.8, 0), (-0.8, 0, -0.1, -0.6), (-0.8, 0, -0.1, 0.6))
    elif kind == "hosting":  # a tent
        strokes((-0.9, 0.75, 0, -0.8), (0, -0.8, 0.9, 0.75), (0.9, 0.75, -0.9, 0.75))
        strokes((0, -0.1, -0.3, 0.75), (0, -0.1, 0.3, 0.75))
    elif kind == "told_to_leave":  # an open door, and an arrow out of it
        strokes((-0.1, -0.85, -0.8, -0.85), (-0.8, -0.85, -0.8, 0.85), (-0.8, 0.85, -0.1, 0.85))
        strokes((-0.3, 0, 0.9, 0), (0.9, 0, 0.4, -0.5), (0.9, 0, 0.4, 0.5))
    else:
        turns = [i * math.pi / 4 for i in range(4)]
        rays = [(math.cos(t) * 0.9, math.sin(t) * 0.9) for t in turns]
        strokes(*[(a, b, -a, -b) for a, b in rays])


def bezier(p0: Point, p1: Point, p2: Point, p3: Point, n: int = 32) -> list[Point]:
    """Return points of a cubic Bezier curve.

    Parameters
    ----------
    p0, p1, p2, p3
        Control points.
    n
        Number of segments; the curve has ``n + 1`` points.
    """
    found = []
    for i in range(n + 1):
        t, s = i / n, 1 - i / n
        k = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
        xs, ys = zip(p0, p1, p2, p3, strict=True)
        found.append(
            (
                sum(a * b for a, b in zip(k, xs, strict=True)),
                sum(a * b for a, b in zip(k, ys, strict=True)),
            )
        )
    return found


def arc(a: Point, b: Point, bulge: float = 0.22) -> list[Point]:
    """Return a curve between two points.

    Parameters
    ----------
    a, b
        The ends.
    bulge
        How far the control points stand off the straight line, as a share of its length.

    Returns
    -------
    list of (x, y)
        Points of the curve, from a to b.
    """
    nx, ny = -(b[1] - a[1]) * bulge, (b[0] - a[0]) * bulge

    def on(t: float) -> Point:
        return a[0] + (b[0] - a[0]) * t + nx, a[1] + (b[1] - a[1]) * t + ny

    return bezier(a, on(0.3), on(0.7), b)


def smooth(path: Sequence[Point]) -> list[Point]:
    """Round the corners of a path (Chaikin's corner cutting, twice)."""
    points = list(path)
    for _ in range(2):
        if len(points) < 3:  # noqa: PLR2004  no corner
            break
        cut = [points[0]]
        for a, b in pairwise(points):
            cut.append((a[0] * 0.75 + b[0] * 0.25, a[1] * 0.75 + b[1] * 0.25))
            cut.append((a[0] * 0.25 + b[0] * 0.75, a[1] * 0.25 + b[1] * 0.75))
        points = [*cut, points[-1]]
    return points


def trim_start(path: Sequence[Point], r: float) -> list[Point]:
    """Cut off the beginning of a path.

    Parameters
    ----------
    path
        Vertices in points of the sheet.
    r
        Distance from the first vertex, in points, within which vertices are removed.

    Returns
    -------
    list of (x, y)
        The rest of the path, at least its last two vertices.
    """
    i = 0
    while i < len(path) - 2 and math.dist(path[i], path[0]) < r:
        i += 1
    return list(path[i:])


def ring_at(at: Point, r: float, first: float, last: float) -> list[Point]:
    """Return points of an arc of a circle.

    Parameters
    ----------
    at, r
        Centre and radius in points of the sheet.
    first, last
        Bearings of the ends, in degrees clockwise from north.

    Returns
    -------
    list of (x, y)
        Points of the sheet, about one every four degrees.
    """
    n = max(2, int(abs(last - first) / 4))
    turns = [math.radians(first + (last - first) * i / n) for i in range(n + 1)]
    return [(at[0] + r * math.sin(t), at[1] - r * math.cos(t)) for t in turns]
