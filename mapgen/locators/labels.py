"""Place the names of areas on a locator map, so that they hide neither a filled area nor a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox
    from shapely import Geometry

    from mapgen.locators.draw import Drawing

INK, QUIET = "#222222", "#6b6860"
RING_PT = 4.5
_ABROAD = 0.08  # largest share of a country's label that may lie on its neighbours
_HIDDEN = 0.3  # largest share of an area that its own name may cover
_NO_PART = 0.02  # largest share of another filled area that a name may cover
_STEPS_PT = (9.0, 18.0, 30.0, 46.0)  # distances from an area at which its name is tried
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
_BOX = {"boxstyle": "round,pad=0.15", "facecolor": "white", "alpha": 0.8, "linewidth": 0}


@dataclass(frozen=True, slots=True)
class _Wanted:
    shape: Geometry
    name: str
    is_area: bool  # filled, not only a country around
    ring: Geometry | None


def covered(axes: Axes, drawing: Drawing, box: Bbox) -> list[str]:
    """Return the names of the filled areas of which a box, in dots, covers a part."""
    corners = axes.transData.inverted().transform(box.get_points())
    bounds = tuple(float(v) for v in corners.reshape(-1))
    return [
        name
        for shape, name in zip(drawing.shapes.areas, drawing.names, strict=True)
        if shapely.clip_by_rect(shapely.make_valid(shape), *bounds).area > _NO_PART * shape.area > 0
    ]


def label(
    figure: Figure, axes: Axes, drawing: Drawing, notes: list[str], taken: Sequence[Bbox] = ()
) -> None:
    """Label areas and the countries around them, larger ones first.

    A name that would hide too much of a filled area stands beside it, with a line to it if need be.

    Parameters
    ----------
    figure, axes
        The sheet and the map on it.
    drawing
        What to draw.
    notes
        List to which a message is added if names have no room.
    taken
        Boxes on the map that are taken, in dots.
    """
    placer = _Placer(figure, axes, drawing, taken)
    shapes = drawing.shapes
    wanted = [
        _Wanted(shape, name, is_area=True, ring=ring)
        for shape, name, ring in zip(shapes.areas, drawing.names, shapes.rings, strict=True)
    ]
    if drawing.labels == "all":
        filled = shapely.union_all([shapely.make_valid(shape) for shape in shapes.areas])
        wanted += [
            _Wanted(
                shapely.difference(shapely.make_valid(shapes.countries[code]), filled),
                name,
                is_area=False,
                ring=None,
            )
            for code, name in drawing.country_names.items()
            if code in shapes.countries
        ]
    left_out = [
        one.name
        for one in sorted(wanted, key=lambda w: (not w.is_area, -w.shape.area, w.name))
        if not placer.place(one) and one.is_area
    ]
    if left_out:
        notes.append(f"No room for the names of {len(left_out)} areas; their colours are shown.")


class _Placer:
    """Keeps what the names already take."""

    def __init__(self, figure: Figure, axes: Axes, drawing: Drawing, taken: Sequence[Bbox]) -> None:
        self._axes, self._drawing = axes, drawing
        self._renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
        self._frame = shapely.box(*drawing.frame.bounds_m)
        self._inside = axes.get_window_extent(self._renderer)
        self._taken: list[Any] = [*taken]
        self._filled = [shapely.make_valid(shape) for shape in drawing.shapes.areas]
        self._rings = [ring for ring in drawing.shapes.rings if ring is not None]
        self._metres_per_pt = drawing.frame.width_km * 1000 / (self._inside.width * 72 / figure.dpi)

    def place(self, one: _Wanted) -> bool:
        """Write a name where it has room; return whether it has any."""
        seen = _largest(shapely.intersection(one.shape, self._frame))
        if seen is None:
            return True  # outside the map, which another note says
        at = shapely.maximum_inscribed_circle(seen, tolerance=seen.length / 400).coords[0]
        tries = [(at[0], at[1], 0.0)] if one.ring is None else []
        if one.is_area:
            tries += self._beside(seen if one.ring is None else one.ring)
        for x, y, from_pt in tries:
            text = self._text(one, (x, y))
            box = text.get_window_extent(self._renderer)
            if self._fits(box, one, own=from_pt == 0.0):
                self._taken.append(box)
                if from_pt and one.ring is None:
                    self._line(at, box)
                return True
            text.remove()
        return False

    def _text(self, one: _Wanted, at: tuple[float, float]) -> Any:  # noqa: ANN401  matplotlib's own
        size = self._drawing.sheet.text_pt
        text = self._axes.annotate(
            one.name,
            at,
            ha="center",
            va="center",
            fontsize=size if one.is_area else size - 1.5,
            color=INK if one.is_area else QUIET,
            clip_on=True,
            zorder=6,
            parse_math=False,
        )
        if one.is_area:
            text.set_bbox(_BOX)
        return text

    def _beside(self, shape: Geometry) -> list[tuple[float, float, float]]:
        """Return points around a shape, the nearest first, each with its distance in points."""
        west, south, east, north = shape.bounds
        x, y = (west + east) / 2, (south + north) / 2
        wide = self._drawing.sheet.text_pt * 2.2 * self._metres_per_pt  # about half a name
        found = []
        for step_pt in _STEPS_PT:
            step = step_pt * self._metres_per_pt
            for a, b in _SIDES:
                across = (east - west) / 2 + step + wide if a else 0.0
                found.append((x + a * across, y + b * ((north - south) / 2 + step), step_pt))
        return found

    def _fits(self, box: Any, one: _Wanted, *, own: bool) -> bool:  # noqa: ANN401
        inside = self._inside
        fits = inside.x0 <= box.x0 and box.x1 <= inside.x1
        fits = fits and inside.y0 <= box.y0 and box.y1 <= inside.y1
        if not fits or any(box.overlaps(other) for other in self._taken):
            return False
        (west, south), (east, north) = self._axes.transData.inverted().transform(box.get_points())
        bounds = (west, south, east, north)
        if any(west <= r.x <= east and south <= r.y <= north for r in self._rings):
            return False
        for shape, ring in zip(self._filled, self._drawing.shapes.rings, strict=True):
            share = _HIDDEN if own and one.is_area and shape.equals(one.shape) else _NO_PART
            if ring is None and shapely.clip_by_rect(shape, *bounds).area > share * shape.area:
                return False
        return one.is_area or self._is_within(bounds, one.shape)

    def _is_within(self, bounds: tuple[float, ...], shape: Geometry) -> bool:
        """Whether the label of a surrounding country hardly covers other countries."""
        frame = shapely.box(*bounds)
        land = self._drawing.shapes.land
        on_land = sum(shapely.clip_by_rect(p, *bounds).area for p in shapely.get_parts(land))
        own = shapely.clip_by_rect(shape, *bounds).area
        return bool(on_land - own <= _ABROAD * frame.area)

    def _line(self, start: Sequence[float], box: Bbox) -> None:
        """Draw a line from an area to the near edge of the box of its name."""
        corners = self._axes.transData.inverted().transform(box.get_points()).reshape(-1)
        target = shapely.box(*corners).exterior
        line = shapely.shortest_line(shapely.Point(start), target)
        (drawn,) = self._axes.plot(*line.xy, color=INK, linewidth=0.6, zorder=5.5)
        drawn.set_gid("leader")


def _largest(shape: Geometry) -> Geometry | None:
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and not p.is_empty]
    return max(parts, key=lambda part: part.area, default=None)
