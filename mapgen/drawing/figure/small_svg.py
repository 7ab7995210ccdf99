"""Write a drawing as a small SVG of a few KiB, without styles, scripts or outside files.

A `SmallSvg` writes the SVG itself, without matplotlib: lines lose the corners that nobody sees at
its size, coordinates are whole numbers, and colours are attributes, which also work where a policy
or a mail client removes style sheets.
"""

from __future__ import annotations

import html
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapgen.core.tables.style import SchemeColour, in_scheme
from mapgen.drawing.figure.surface import Look, Surface, clipped, is_closed, path_of, runs_of
from mapgen.drawing.figure.typeface import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Unpack

    from matplotlib.path import Path
    from shapely import Geometry

    from mapgen.drawing.figure.surface import Box, Hatches, Haze, Motif, Point, Style, Words

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


class SmallSvg(Surface):
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

    def circle(self, x: float, y: float, r: float, **style: Unpack[Style]) -> None:
        """Draw a circle as an element of its own."""
        self._write(
            f'circle cx="{_whole(x)}" cy="{_whole(y)}" r="{_whole(r)}"', Look(**style).in_scheme()
        )

    def hatched_area(self, shape: Geometry, hatches: Hatches) -> None:
        """Fill a shape with a pattern of strokes."""
        step = _number(hatches.gap * _GRID)
        looks = {"stroke": in_scheme(hatches.colour), "stroke-width": _scaled(hatches.width)}
        self._pattern(
            shape,
            f'width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({_number(hatches.degrees)})"',
            f'<path d="M0 0H{step}"{_attributes(looks)}/>',
            hatches.alpha,
        )

    def sprinkled_area(self, shape: Geometry, motif: Motif) -> None:
        """Fill a shape with a pattern of small forms."""
        step, half = motif.gap * _GRID, motif.gap * _GRID / 2
        corners = [(a * _GRID, b * _GRID) for a, b in motif.corners]
        spots = [(half, half), *((x, y) for x in (0.0, step) for y in (0.0, step))]
        motifs = "".join(
            f"M{'L'.join(f'{_number(x + a)} {_number(y + b)}' for a, b in corners)}z"
            for x, y in spots
        )
        self._pattern(
            shape,
            f'width="{_number(step)}" height="{_number(step)}" patternUnits="userSpaceOnUse"',
            f'<path d="{motifs}"{_attributes({"fill": in_scheme(motif.colour)})}/>',
            motif.alpha,
        )

    def _pattern(self, shape: Geometry, size: str, drawing: str, alpha: float) -> None:
        name = self._defined(f'<pattern id="{{}}" {size}>{drawing}</pattern>')
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
        looks = {"stroke": in_scheme(colour), "stroke-width": _scaled(size)}
        if told:
            round_ends = {**looks, "stroke-linecap": "round"}
            self._parts.append(f'<path d="{told}"{_attributes(round_ends)}/>')

    def soft_area(self, shape: Geometry, haze: Haze) -> None:
        """Draw a shape with a blurred edge."""
        name = self._defined(
            f'<filter id="{{}}"><feGaussianBlur stdDeviation="{_number(haze.blur)}"/></filter>'
        )
        looks = {"fill": in_scheme(haze.fill), "opacity": _number(haze.alpha)}
        self._fill(clipped(shape, haze.within), {**looks, "filter": f"url(#{name})"})

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

    def _words(self, words: Words) -> None:
        looks = {
            "fill": words.colour,
            "text-anchor": words.anchor if words.anchor != "start" else None,
            "font-weight": words.weight if words.weight != "normal" else None,
            "font-style": words.style if words.style != "normal" else None,
            "font-family": _FONTS[words.family] if words.family != "sans" else None,
        }
        if words.halo:
            looks |= {"stroke": words.halo, "stroke-width": _scaled(words.size * 0.3)}
        told = html.escape(words.words, quote=False)
        where = f'x="{_whole(words.x)}" y="{_whole(words.y)}" font-size="{_scaled(words.size)}"'
        self._parts.append(f"<text {where}{_attributes(looks)}>{told}</text>")

    def _path(self, path: Path, look: Look) -> None:
        drawn = _path_data(path)
        if not drawn:
            return
        n_before = len(self._parts)
        self._write(f'path d="{drawn}"', look)
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

    def _write(self, shape: str, look: Look) -> None:
        looks: dict[str, str | None] = {"fill": look.fill}
        if look.line and look.width:
            looks |= {"stroke": look.line, "stroke-width": _scaled(look.width)}
            has_ends = shape.startswith("path") and not shape.endswith('z"')
            looks["stroke-linecap"] = look.cap if has_ends and look.cap != "butt" else None
            if look.dash:
                looks["stroke-dasharray"] = " ".join(map(_scaled, look.dash))
        looks["opacity"] = _number(look.alpha) if look.alpha is not None else None
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


def _scaled(points: float) -> str:
    return _number(points * _GRID)


def _path_data(path: Path) -> str:
    """Return the ``d`` attribute of a path: each run from its start, in whole steps."""
    shut = is_closed(path)
    return "".join(_run_data(run, shut=shut) for run in runs_of(path))


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
