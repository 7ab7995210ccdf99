"""Collect a drawing as shapes and lines of text, for programs that draw and edit them themselves.

A `ShapeList` is a `Canvas` with the same commands. What is drawn comes out in order, clipped to the
window in which it was drawn, with holes and in the colours of the light scheme.
"""

from __future__ import annotations

import itertools
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.path import Path

from mapgen.core.tables.style import SchemeColour, in_scheme
from mapgen.drawing.figure.canvas import Canvas, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely import Geometry

    from mapgen.drawing.figure.canvas import Box, Point

_INK = SchemeColour.named("ink")
_TOLERANCE_PT = 0.3  # corners that stand out less are left out
_SMALL_PT = 12.0  # smaller shapes keep all their corners


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """Runs of corners in points of the sheet, closed if they have a fill."""

    runs: tuple[tuple[Point, ...], ...]
    closed: bool
    fill: str | None
    line: str | None
    width: float
    alpha: float  # 0 to 1
    dashed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A line of text; ``x`` and ``y`` are its anchor and its baseline."""

    x: float
    y: float
    words: str
    size: float
    colour: str
    anchor: str  # start, middle or end
    bold: bool
    italic: bool


class ShapeList(Canvas):
    """A sheet that becomes a list of shapes.

    Parameters
    ----------
    width, height
        Size of the sheet in points.
    """

    def __init__(self, width: float, height: float) -> None:
        super().__init__(width, height)
        self.drawn: list[Shape | Words] = []
        self._clip: Box | None = None

    @contextmanager
    def window(self, box: Box) -> Iterator[None]:
        """Clip everything drawn in the ``with`` block to a box (points)."""
        before, self._clip = self._clip, box
        try:
            yield
        finally:
            self._clip = before

    def soft_area(
        self, shape: Geometry, fill: str, *, blur: float, alpha: float, within: Geometry | None
    ) -> None:
        """Draw a shape with a hard edge, with the arguments of `Canvas.soft_area`."""
        del blur
        self.area(shape if within is None else shape.intersection(within), fill=fill, alpha=alpha)

    def _stroke(
        self,
        path: Path,
        fill: str,
        line: str | None,
        width: float,
        alpha: float | None,
        dash: Sequence[float] | None,
        cap: str,
    ) -> None:
        del cap
        closed = bool(np.any(np.asarray(path.codes) == Path.CLOSEPOLY))
        runs = _runs(path)
        cut = _cut(runs, closed=closed, box=self._clip)
        if cut:
            self.drawn.append(
                Shape(
                    runs=cut,
                    closed=closed,
                    fill=in_scheme(fill) if fill != "none" else None,
                    line=in_scheme(line) if line and width else None,
                    width=width,
                    alpha=1.0 if alpha is None else alpha,
                    dashed=bool(dash),
                )
            )

    def text(  # noqa: PLR0913  the options of `Canvas.text`
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        colour: str = _INK,
        anchor: str = "start",
        weight: str = "normal",
        family: str = "sans",
        style: str = "normal",
        halo: str | None = None,
    ) -> None:
        """Write one line of text, with the arguments of `Canvas.text`; without a halo."""
        del family, halo
        if self._clip is not None and not _holds(self._clip, (x, y)):
            return
        self.drawn.append(
            Words(
                x=x,
                y=y,
                words=one_line(words),
                size=size,
                colour=in_scheme(colour),
                anchor=anchor,
                bold=weight == "bold",
                italic=style == "italic",
            )
        )


def _runs(path: Path) -> list[Any]:
    vertices = np.asarray(path.vertices, dtype=float)
    starts = [int(i) for i in np.flatnonzero(np.asarray(path.codes) == Path.MOVETO)]
    return [vertices[a:b] for a, b in itertools.pairwise([*starts, len(vertices)])]


def _cut(runs: list[Any], *, closed: bool, box: Box | None) -> tuple[tuple[Point, ...], ...]:
    """Return the runs within a box, without corners that nobody sees."""
    if closed:
        # Holes are runs too, and programs fill by the even-odd rule, so symmetric differences of
        # the runs are the shape.
        rings = [shapely.make_valid(shapely.Polygon(run)) for run in runs if len(run) > 3]  # noqa: PLR2004
        whole: Geometry = shapely.MultiPolygon()
        for ring in rings:
            whole = shapely.symmetric_difference(whole, ring)
    else:
        whole = shapely.MultiLineString([run for run in runs if len(run) > 1])
    if box is not None:
        whole = shapely.clip_by_rect(whole, *box)
    if max(np.ptp(np.asarray(whole.bounds).reshape(2, 2), axis=0), default=0) > _SMALL_PT:
        whole = shapely.simplify(whole, _TOLERANCE_PT)
    parts = shapely.get_parts(whole)
    if closed:
        polygons = [p for p in parts if p.geom_type == "Polygon" and not p.is_empty]
        lines = [ring for p in polygons for ring in (p.exterior, *p.interiors)]
    else:
        lines = [p for p in parts if p.geom_type == "LineString" and not p.is_empty]
    return tuple(tuple((float(x), float(y)) for x, y in line.coords) for line in lines)


def _holds(box: Box, point: Point) -> bool:
    left, top, right, bottom = box
    return left <= point[0] <= right and top <= point[1] <= bottom
