"""Collect a drawing as shapes and lines of text, for programs that draw and edit them themselves.

What is drawn comes out in order, clipped to the window in which it was drawn, with holes and in the
colours of the light scheme.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapgen.drawing.figure.surface import Surface, Words, clipped, is_closed, runs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.path import Path
    from shapely import Geometry

    from mapgen.drawing.figure.surface import Box, Haze, Look, Point

_TOLERANCE_PT = 0.3  # corners that stand out less are left out
_SMALL_PT = 12.0  # smaller shapes keep all their corners


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """Runs of corners in points of the sheet, closed if they have a fill."""

    runs: tuple[tuple[Point, ...], ...]
    closed: bool
    look: Look


class ShapeList(Surface):
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

    def soft_area(self, shape: Geometry, haze: Haze) -> None:
        """Draw a shape with a hard edge."""
        self.area(clipped(shape, haze.within), fill=haze.fill, alpha=haze.alpha)

    def _path(self, path: Path, look: Look) -> None:
        closed = is_closed(path)
        cut = _cut(runs_of(path), closed=closed, box=self._clip)
        if cut:
            self.drawn.append(Shape(runs=cut, closed=closed, look=look))

    def _words(self, words: Words) -> None:
        if self._clip is None or _holds(self._clip, (words.x, words.y)):
            self.drawn.append(words)


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
