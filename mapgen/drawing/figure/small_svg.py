"""Write a drawing as a small SVG of a few KiB, without styles, scripts or outside files.

A `SmallSvg` is a `Canvas` with the same commands. It writes the SVG itself: lines lose the corners
that nobody sees at its size, coordinates are whole numbers, and colours are attributes, which also
work where a policy or a mail client removes style sheets.
"""

from __future__ import annotations

import html
import itertools
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.path import Path

from mapgen.core.tables.style import SchemeColour, in_scheme
from mapgen.drawing.figure.canvas import Canvas, one_line, path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shapely import Geometry

    from mapgen.drawing.figure.canvas import Box, Point

_GRID = 2  # units of the SVG per point of the sheet; coordinates are whole units
_TOLERANCE, _TOLERANCE_OF_SIGNS = 0.6, 0.2  # points; corners that stand out less are left out
_FEW = 6  # vertices of a line that is kept, however short
_LARGE = 40.0  # points; smaller shapes are signs, or close to them
_SPECK = 1.6  # points; shapes of the ground that are shorter than this cannot be seen
_SIGN = 40  # vertices of a sign, which may be drawn again elsewhere; the ground is drawn once
_START = re.compile(r'<path d="M(-?\d+) (-?\d+)(l[^M"]*".*)', re.DOTALL)
_INK = SchemeColour.named("ink")
_SHORT = re.compile(r"^#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3$")  # a colour of three digits
_HARMLESS = re.compile(r"^[-\w .,#()]+$")
_FONTS = {
    "sans": "-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif",
    "serif": "Georgia,Times New Roman,serif",
}


class SmallSvg(Canvas):
    """A sheet that becomes a small SVG.

    Parameters
    ----------
    width, height
        Size of the sheet in points, which are the pixels of the SVG.
    """

    def __init__(self, width: float, height: float) -> None:
        super().__init__(width, height)
        self._parts: list[str] = []
        self._definitions: dict[str, str] = {}
        self._firsts: dict[str, tuple[int, int, int]] = {}  # of paths: their part, x and y

    @contextmanager
    def window(self, box: Box) -> Iterator[None]:
        """Clip everything drawn in the ``with`` block to a box (points)."""
        left, top, right, bottom = (round(v * _GRID) for v in box)
        view = f"{left} {top} {right - left} {bottom - top}"
        self._parts.append(
            f'<svg x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" '
            f'viewBox="{view}">'
        )
        try:
            yield
        finally:
            self._parts.append("</svg>")

    def circle(self, x: float, y: float, r: float, **style: Any) -> None:  # noqa: ANN401  as for `area`
        """Draw a circle, with the arguments of `Canvas.circle`."""
        shape = f'circle cx="{_whole(x)}" cy="{_whole(y)}" r="{_whole(r)}"'
        self._write(shape, **style)

    def hatched_area(
        self,
        shape: Geometry,
        colour: str,
        *,
        gap: float,
        degrees: float,
        width: float,
        alpha: float,
    ) -> None:
        """Fill a shape with a pattern of strokes, with the arguments of `Canvas.hatched_area`."""
        step = _number(gap * _GRID)
        looks = {"stroke": in_scheme(colour), "stroke-width": _number(width * _GRID)}
        name = self._defined(
            f'<pattern id="{{}}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({_number(degrees)})">'
            f'<path d="M0 0H{step}"{_attributes(looks)}/></pattern>'
        )
        self._fill(shape, {"fill": f"url(#{name})", "opacity": _number(alpha)})

    def sprinkled_area(
        self, shape: Geometry, motif: Sequence[Point], colour: str, *, gap: float, alpha: float
    ) -> None:
        """Fill a shape with a pattern, with the arguments of `Canvas.sprinkled_area`."""
        step, half = gap * _GRID, gap * _GRID / 2
        spots = [(half, half), *((x, y) for x in (0.0, step) for y in (0.0, step))]
        motifs = "".join(
            f"M{'L'.join(f'{_number(x + a * _GRID)} {_number(y + b * _GRID)}' for a, b in motif)}z"
            for x, y in spots
        )
        name = self._defined(
            f'<pattern id="{{}}" width="{_number(step)}" height="{_number(step)}" '
            f'patternUnits="userSpaceOnUse">'
            f'<path d="{motifs}"{_attributes({"fill": in_scheme(colour)})}/></pattern>'
        )
        self._fill(shape, {"fill": f"url(#{name})", "opacity": _number(alpha)})

    def dots(self, points: Iterable[Point], colour: str, size: float) -> None:
        """Draw dots of one colour as a single path.

        Parameters
        ----------
        points
            Centres in points of the sheet.
        colour
            Hex colour.
        size
            Diameter in points.
        """
        told = "".join(f"M{_whole(x)} {_whole(y)}h0" for x, y in points)
        looks = {"stroke": in_scheme(colour), "stroke-width": _number(size * _GRID)}
        if told:
            round_ends = {**looks, "stroke-linecap": "round"}
            self._parts.append(f'<path d="{told}"{_attributes(round_ends)}/>')

    def soft_area(
        self, shape: Geometry, fill: str, *, blur: float, alpha: float, within: Geometry | None
    ) -> None:
        """Draw a shape with a blurred edge, with the arguments of `Canvas.soft_area`."""
        name = self._defined(
            f'<filter id="{{}}"><feGaussianBlur stdDeviation="{_number(blur)}"/></filter>'
        )
        looks = {"fill": in_scheme(fill), "opacity": _number(alpha), "filter": f"url(#{name})"}
        self._fill(shape if within is None else shape.intersection(within), looks)

    def _defined(self, definition: str) -> str:
        """Return the id of a pattern or filter, which is written where it is first used."""
        if definition not in self._definitions:
            name = f"mg-def{len(self._definitions) + 1}"
            self._definitions[definition] = name
            self._parts.append(definition.format(name))
        return self._definitions[definition]

    def _fill(self, shape: Geometry, looks: Mapping[str, str | None]) -> None:
        path = path_of(shape)
        drawn = _path_data(path) if path is not None else ""
        if drawn:
            self._parts.append(f'<path d="{drawn}"{_attributes(looks)}/>')

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
        """Write one line of text, with the arguments of `Canvas.text`."""
        looks = {
            "fill": in_scheme(colour),
            "text-anchor": anchor if anchor != "start" else None,
            "font-weight": weight if weight != "normal" else None,
            "font-style": style if style != "normal" else None,
            "font-family": _FONTS[family] if family != "sans" else None,
        }
        if halo:
            looks |= {
                "stroke": in_scheme(halo),
                "stroke-width": _number(size * 0.3 * _GRID),
            }
        told = html.escape(one_line(words), quote=False)
        where = f'x="{_whole(x)}" y="{_whole(y)}" font-size="{_number(size * _GRID)}"'
        self._parts.append(f"<text {where}{_attributes(looks)}>{told}</text>")

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
        drawn = _path_data(path)
        if not drawn:
            return
        shape = f'path d="{drawn}"'
        n_before = len(self._parts)
        self._write(shape, fill=fill, line=line, width=width, alpha=alpha, dash=dash, cap=cap)
        if len(np.asarray(path.vertices)) <= _SIGN:
            self._share(n_before)

    def _share(self, at: int) -> None:
        """Write a small path that was drawn before elsewhere as a reference to the first one."""
        found = _START.match(self._parts[at])
        if found is None:
            return
        x, y, rest = int(found[1]), int(found[2]), found[3]
        if rest not in self._firsts:
            self._firsts[rest] = (at, x, y)
            return
        first, x_0, y_0 = self._firsts[rest]
        name = f"mg-s{first}"
        if not self._parts[first].startswith("<path id="):
            self._parts[first] = f'<path id="{name}"' + self._parts[first].removeprefix("<path")
        self._parts[at] = f'<use href="#{name}" x="{x - x_0}" y="{y - y_0}"/>'

    def _write(
        self,
        shape: str,
        *,
        fill: str | None = None,
        line: str | None = None,
        width: float = 0.0,
        alpha: float | None = None,
        dash: Sequence[float] | None = None,
        cap: str = "butt",
    ) -> None:
        looks: dict[str, str | None] = {}
        if fill and fill != "none":
            looks["fill"] = in_scheme(fill)
        if line and width:
            looks |= {"stroke": in_scheme(line), "stroke-width": _number(width * _GRID)}
            looks["stroke-linecap"] = None if cap == "butt" or shape.endswith('z"') else cap
            if dash:
                looks["stroke-dasharray"] = " ".join(_number(d * _GRID) for d in dash)
        looks["opacity"] = _number(alpha) if alpha is not None else None
        self._parts.append(f"<{shape}{_attributes(looks)}/>")

    def svg(self, title: str) -> str:
        """Return the drawing as an ``svg`` element.

        Parameters
        ----------
        title
            What the drawing shows, for readers who cannot see it.
        """
        width, height = round(self.width), round(self.height)
        label = html.escape(one_line(title), quote=True)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width * _GRID} {height * _GRID}" role="img" aria-label="{label}" '
            f'font-family="{_FONTS["sans"]}" fill="none" stroke-linejoin="round" '
            f'paint-order="stroke">'
            f'<rect width="100%" height="100%" fill="#fff"/>{"".join(self._parts)}</svg>'
        )


def _attributes(looks: Mapping[str, str | None]) -> str:
    told = ((name, _safe(value)) for name, value in looks.items() if value is not None)
    return "".join(f' {name}="{value}"' for name, value in told)


def _safe(value: str) -> str:
    """Return the value of an attribute, a colour in its short form; anything odd is ink.

    The colours of the sides come from tables of the user, and stand in the page unchecked.
    """
    value = _SHORT.sub(_three, value)
    return value if _HARMLESS.match(value) else str(_INK)


def _three(colour: re.Match[str]) -> str:
    return "#" + "".join(colour.groups())


def _whole(value: float) -> int:
    return round(value * _GRID)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 1 else f"{value:.2f}"


def _path_data(path: Path) -> str:
    """Return the ``d`` attribute of a path: each run from its start, in whole steps."""
    vertices = np.asarray(path.vertices, dtype=float)
    codes = np.asarray(path.codes)
    starts = [int(i) for i in np.flatnonzero(codes == Path.MOVETO)] + [len(codes)]
    shut = bool(np.any(codes == Path.CLOSEPOLY))
    runs = [vertices[a:b] for a, b in itertools.pairwise(starts)]
    return "".join(_run_data(run, shut=shut) for run in runs)


def _run_data(run: Any, *, shut: bool) -> str:  # noqa: ANN401  an array
    """Return one run of a path, or nothing if it is too small to be seen.

    Steps are rounded from the start of the run, so that two signs of one shape have equal steps.
    """
    extent = max(np.ptp(run, axis=0))
    if len(run) > _FEW and extent < _SPECK:
        return ""
    if len(run) > _FEW:
        tolerance = _TOLERANCE if extent > _LARGE else _TOLERANCE_OF_SIGNS
        run = shapely.get_coordinates(shapely.LineString(run).simplify(tolerance))
    left, top = run[0]
    corners = [(round((x - left) * _GRID), round((y - top) * _GRID)) for x, y in run]
    told, at = "", (0, 0)
    for corner in corners[1 : -1 if shut else None]:
        across, down = corner[0] - at[0], corner[1] - at[1]
        if across or down:
            told += f"{' ' if across >= 0 and told else ''}{across}{' ' if down >= 0 else ''}{down}"
            at = corner
    return f"M{_whole(left)} {_whole(top)}l{told}{'z' if shut else ''}" if told else ""
