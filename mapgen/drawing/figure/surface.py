"""Describe what can be drawn on a sheet, for all kinds of files that a drawing becomes.

Shapes, lines and text come in, in points of the sheet (1/72 inch, y down). A `Surface` makes paths
and lines of text of them, in the colours of the scheme. Each kind of sheet (`Canvas`, `SmallSvg`,
`ShapeList`) writes these in its own way.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypedDict

import numpy as np
import shapely
from matplotlib.path import Path

from mapgen.core.tables.style import SchemeColour, in_scheme
from mapgen.drawing.figure.hatching import hatching, sprinkled
from mapgen.drawing.figure.typeface import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from typing import Unpack

    from shapely import Geometry

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom in points

_INK = SchemeColour.named("ink")
_SOFT_STEPS = 9  # number of nested polygons that make up a soft edge


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a path is drawn.

    Attributes
    ----------
    fill, line
        Hex colours of the interior and the outline; None leaves it out.
    width
        Width of the outline in points.
    alpha
        Opacity from 0 to 1; None is opaque.
    dash
        Lengths of the dashes and gaps of the outline in points.
    cap
        Form of the ends of lines: ``butt``, ``round`` or ``projecting``, as in matplotlib.
    """

    fill: str | None = None
    line: str | None = None
    width: float = 0.0
    alpha: float | None = None
    dash: Sequence[float] | None = None
    cap: str = "round"

    def in_scheme(self) -> Look:
        """Return the same look in the colours of the tables in force."""
        fill, line = (in_scheme(c) if c else None for c in (self.fill, self.line))
        return replace(self, fill=fill, line=line)


class Stroke(TypedDict, total=False):
    """Keywords of lines, as in `Look`; the ends of lines are ``butt`` by default."""

    alpha: float | None
    dash: Sequence[float] | None
    cap: str


class Style(Stroke, total=False):
    """Keywords of areas, as in `Look`."""

    fill: str | None
    line: str | None
    width: float


class Lettering(TypedDict, total=False):
    """Keywords of text, as in `Words`."""

    colour: str
    anchor: str
    weight: str
    family: str
    style: str
    halo: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text.

    Attributes
    ----------
    x, y
        Position of the anchor, and of the baseline, in points.
    words
        Plain text.
    size
        Size in points.
    colour
        Hex colour.
    anchor
        The part of the line that stands at ``x``: ``start``, ``middle`` or ``end``.
    weight, family, style
        As for `mapgen.drawing.figure.typeface.text_width`.
    halo
        Hex colour of an outline behind the text; None draws no outline.
    """

    x: float
    y: float
    words: str
    size: float
    colour: str = _INK
    anchor: str = "start"
    weight: str = "normal"
    family: str = "sans"
    style: str = "normal"
    halo: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Hatches:
    """Parallel strokes: their colour (hex), and their distance and width in points.

    ``degrees`` is their direction, clockwise from the x axis as seen on the sheet, and ``alpha``
    their opacity from 0 to 1.
    """

    colour: str
    gap: float
    degrees: float
    width: float
    alpha: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Motif:
    """A small form that is repeated, so that an area can be told without its colour.

    ``corners`` stand around (0, 0) and ``gap`` is the distance between the copies, both in points;
    ``alpha`` is the opacity from 0 to 1.
    """

    corners: Sequence[Point]
    colour: str
    gap: float
    alpha: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Haze:
    """A colour that fades at the edge of a shape.

    ``blur`` is the distance in points from the edge at which it begins, outside, and is full,
    inside; ``alpha`` is the opacity of the middle. ``within`` clips it; None clips nothing.
    """

    fill: str
    blur: float
    alpha: float
    within: Geometry | None


class Surface(ABC):
    """A sheet to draw on; what is drawn later covers what was drawn before.

    Parameters
    ----------
    width, height
        Size of the sheet in points.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height

    @abstractmethod
    def window(self, box: Box) -> AbstractContextManager[None]:
        """Clip everything drawn in the ``with`` block to a box (points)."""

    @abstractmethod
    def _path(self, path: Path, look: Look) -> None:
        """Draw a path; the colours are those of the scheme."""

    @abstractmethod
    def _words(self, words: Words) -> None:
        """Write a line of text without control characters; the colours are those of the scheme."""

    def area(self, geometry: Geometry, **style: Unpack[Style]) -> None:
        """Draw polygons with their holes; other kinds of geometry are skipped.

        Parameters
        ----------
        geometry
            Shapely geometry in points of the sheet.
        **style
            Fields of `Look`.
        """
        path = path_of(geometry)
        if path is not None:
            self._path(path, Look(**style).in_scheme())

    def polygon(self, points: Iterable[Point], **style: Unpack[Style]) -> None:
        """Draw a polygon from its corners, with the keywords of `area`."""
        corners = list(points)
        if len(corners) > 2:  # noqa: PLR2004  fewer enclose nothing
            self.area(shapely.Polygon(corners), **style)

    def circle(self, x: float, y: float, r: float, **style: Unpack[Style]) -> None:
        """Draw a circle from its centre and radius in points, with the keywords of `area`."""
        turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
        self.polygon([(x + r * np.cos(t), y + r * np.sin(t)) for t in turn], **style)

    def box(self, box: Box, **style: Unpack[Style]) -> None:
        """Draw a rectangle, with the keywords of `area`."""
        self.area(shapely.box(*box), **style)

    def line(
        self, points: Iterable[Point], colour: str, width: float, **stroke: Unpack[Stroke]
    ) -> None:
        """Draw a line through points of the sheet, with the arguments of `lines`."""
        self.lines([points], colour, width, **stroke)

    def lines(
        self, paths: Iterable[Iterable[Point]], colour: str, width: float, **stroke: Unpack[Stroke]
    ) -> None:
        """Draw several lines as one shape.

        Parameters
        ----------
        paths
            Lines, each a sequence of vertices in points of the sheet.
        colour
            Hex colour.
        width
            Width in points.
        **stroke
            Fields of `Look`.
        """
        vertices: list[Any] = []
        codes: list[Any] = []
        for path in paths:
            points = list(path)
            if len(points) > 1:
                vertices.extend(points)
                codes.extend([Path.MOVETO, *[Path.LINETO] * (len(points) - 1)])
        if vertices:
            ends = Stroke(cap=stroke.pop("cap", "butt"), **stroke)
            look = Look(line=colour, width=width, **ends)
            self._path(Path(np.array(vertices, dtype=float), codes), look.in_scheme())

    def text(
        self, x: float, y: float, words: str, size: float, **lettering: Unpack[Lettering]
    ) -> None:
        """Write one line of text, with the fields of `Words`.

        Line breaks and control characters become spaces.
        """
        told = Words(x, y, one_line(words), size, **lettering)
        halo = in_scheme(told.halo) if told.halo else None
        self._words(replace(told, colour=in_scheme(told.colour), halo=halo))

    def hatched_area(self, shape: Geometry, hatches: Hatches) -> None:
        """Fill a shape (points of the sheet) with parallel strokes."""
        strokes = hatching(shape, hatches.gap, hatches.degrees)
        self.lines(strokes, hatches.colour, hatches.width, alpha=hatches.alpha)

    def sprinkled_area(self, shape: Geometry, motif: Motif) -> None:
        """Fill a shape (points of the sheet) with copies of a small form."""
        copies = [
            shapely.Polygon([(x + a, y + b) for a, b in motif.corners])
            for x, y in sprinkled(shape, motif.gap)
        ]
        self.area(shapely.MultiPolygon(copies), fill=motif.colour, alpha=motif.alpha)

    def soft_area(self, shape: Geometry, haze: Haze) -> None:
        """Draw a shape with a soft edge, as nested, nearly transparent polygons."""
        each = 1 - (1 - haze.alpha) ** (1 / _SOFT_STEPS)
        for i in range(_SOFT_STEPS):
            step = shape.buffer(haze.blur * (1 - 2 * i / (_SOFT_STEPS - 1)), quad_segs=6)
            if step.is_empty:  # a strip narrower than the blur still needs a core
                step = shape
            self.area(clipped(step, haze.within), fill=haze.fill, alpha=each)


def clipped(shape: Geometry, within: Geometry | None) -> Geometry:
    """Return the part of a shape that lies in another; None clips nothing."""
    return shape if within is None else shape.intersection(within)


def path_of(geometry: Geometry) -> Path | None:
    """Return the polygons of a geometry with their holes as one path, or None if it has none."""
    vertices: list[Any] = []
    codes: list[Any] = []
    for part in shapely.get_parts(geometry):
        if part.geom_type != "Polygon" or part.is_empty:
            continue
        for ring in (part.exterior, *part.interiors):
            xy = shapely.get_coordinates(ring)
            vertices.extend(xy)
            codes.extend([Path.MOVETO, *[Path.LINETO] * (len(xy) - 2), Path.CLOSEPOLY])
    return Path(np.array(vertices), codes) if vertices else None


def runs_of(path: Path) -> list[Any]:
    """Return the runs of a path, each as an array of its vertices."""
    vertices = np.asarray(path.vertices, dtype=float)
    starts = [int(i) for i in np.flatnonzero(np.asarray(path.codes) == Path.MOVETO)]
    return [vertices[a:b] for a, b in pairwise([*starts, len(vertices)])]


def is_closed(path: Path) -> bool:
    """Whether the runs of a path are rings."""
    return bool(np.any(np.asarray(path.codes) == Path.CLOSEPOLY))
