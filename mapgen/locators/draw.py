"""Draw a locator map as SVG, PDF or PNG with matplotlib, reproducible byte for byte."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path as MplPath
from matplotlib.transforms import Bbox

from mapgen.core.words import joined
from mapgen.locators.labels import INK, QUIET, RING_PT, covered, label
from mapgen.locators.layout import MARGIN_IN, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from shapely import Geometry

    from mapgen.locators.colours import Fill
    from mapgen.locators.extent import Frame
    from mapgen.locators.layout import Layout, LegendPlace
    from mapgen.locators.shapes import Shapes

Kind = Literal["svg", "pdf", "png"]
Labels = Literal["areas", "all", "none"]

WATER, LAND = "#dfe8ee", "#e9e7e1"
COAST, BORDER, PROVINCE, DISPUTED = "#8a97a0", "#77736b", "#a9a59d", "#55524c"

# These override matplotlib's defaults and the user's matplotlibrc, so that text stays text and the
# output does not depend on time or chance.
_RC: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],  # ships with matplotlib
    "svg.fonttype": "none",
    "svg.hashsalt": "mapgen locator",
    "pdf.fonttype": 42,
    "hatch.linewidth": 1.4,
}
_METADATA: dict[Kind, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "mapgen"},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": "mapgen", "Producer": "mapgen"},
    "png": {"Software": "mapgen"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class LegendRow:
    """A fill and its meaning."""

    fill: Fill
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """Everything needed to draw a locator map."""

    frame: Frame
    shapes: Shapes
    fills: tuple[Fill, ...]  # of each of ``shapes.areas``
    names: tuple[str, ...]  # of each of ``shapes.areas``
    country_names: dict[str, str]  # names of countries that are not filled, by code
    order: tuple[int, ...]  # indices of areas in drawing order, countries first
    legend: tuple[LegendRow, ...]
    labels: Labels
    borders: bool
    sheet: Sheet = field(default_factory=Sheet)
    layout: Layout
    title: str | None
    legend_title: str | None = None
    legend_place: LegendPlace = "below"


def draw(drawing: Drawing, kind: Kind, notes: list[str]) -> bytes:
    """Draw the map in a format.

    Parameters
    ----------
    drawing
        What to draw.
    kind
        ``svg``, ``pdf`` or ``png``. Areas of an SVG are groups with the ids ``area-0``,
        ``area-1`` ... in the order of ``drawing.names``.
    notes
        List to which messages are added, on missing letters and on labels without room.

    Returns
    -------
    bytes
        Content of the file.
    """
    with mpl.rc_context(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)  # type: ignore[arg-type]  # literal keys
        figure = _figure(drawing, notes)
        stream = io.BytesIO()
        figure.savefig(stream, format=kind, dpi=drawing.sheet.dpi, metadata=_METADATA[kind])
    missing = [w for w in caught if "Glyph" in str(w.message)]
    if missing and kind != "svg":  # an SVG is shown with the fonts of the reader
        notes.append("Some letters are in no font of this map: write SVG or HTML to show them.")
    for warned in caught:
        if warned not in missing:
            warnings.warn_explicit(warned.message, warned.category, warned.filename, warned.lineno)
    return stream.getvalue()


def _figure(drawing: Drawing, notes: list[str]) -> Figure:
    """Lay out title, map, legend and credits below each other, without overlap."""
    sheet, layout = drawing.sheet, drawing.layout
    width = sheet.width_in
    map_w = width - 2 * MARGIN_IN
    room = layout.map_in(sheet)
    map_h = map_w / drawing.frame.aspect
    if room is not None and map_h > room:
        map_h, map_w = room, room * drawing.frame.aspect
    rest = layout.title_in + layout.legend_in + layout.foot_in + MARGIN_IN
    height = sheet.height_in or map_h + rest
    figure = Figure(figsize=(width, height), facecolor="white")
    FigureCanvasAgg(figure)
    for i, line in enumerate(layout.title):
        y = height - MARGIN_IN - (i + 1) * sheet.title_pt * 1.35 / 72 + 0.04
        _text(figure, MARGIN_IN, y, line, size=sheet.title_pt, weight="bold")
    bottom = height - MARGIN_IN - layout.title_in - map_h
    left = (width - map_w) / 2
    axes = figure.add_axes((left / width, bottom / height, map_w / width, map_h / height))
    west, south, east, north = drawing.frame.bounds_m
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_color(QUIET)
        spine.set_linewidth(0.0 if drawing.frame.is_world else 0.5)
    _paint(axes, drawing)
    taken = []
    if drawing.legend_place == "below":
        _draw_legend(figure, drawing, MARGIN_IN, bottom - 0.1)
    elif drawing.legend_place != "none":
        box = _corner_legend(figure, drawing, (left, bottom, left + map_w, bottom + map_h))
        hidden = covered(axes, drawing, box)
        if hidden:
            notes.append(f"The legend covers part of {joined(hidden)}: choose another --legend.")
        taken.append(box)
    if drawing.labels != "none":
        label(figure, axes, drawing, notes, taken)
    for i, line in enumerate(reversed(layout.foot)):
        y = 0.08 + i * sheet.credit_pt * 1.35 / 72
        _text(figure, MARGIN_IN, y, line, size=sheet.credit_pt, color=QUIET)
    return figure


def _paint(axes: Axes, drawing: Drawing) -> None:
    shapes = drawing.shapes
    if shapes.globe is not None:
        _add(axes, shapes.globe, facecolor=WATER, linewidth=0, zorder=0)
    else:
        axes.set_facecolor(WATER)
    _add(axes, shapes.land, facecolor=LAND, linewidth=0, zorder=1)
    for z, i in enumerate(drawing.order):
        fill = drawing.fills[i]
        patch = _add(axes, shapes.areas[i], facecolor=fill.colour, zorder=2 + z / 10_000)
        patch.set_gid(f"area-{i}")
        patch.set_edgecolor(fill.ink if fill.hatch else fill.colour)
        patch.set_linewidth(0)
        if fill.hatch:
            patch.set_hatch(fill.hatch)
    _add(axes, shapes.lakes, facecolor=WATER, edgecolor=COAST, linewidth=0.3, zorder=3)
    lines: list[tuple[Geometry, str, float, Any]] = [(shapes.coast, COAST, 0.5, "solid")]
    if drawing.borders:
        lines += [
            (shapes.provinces, PROVINCE, 0.4, "solid"),
            (shapes.borders, BORDER, 0.7, "solid"),
            (shapes.disputed, DISPUTED, 0.8, (0, (3, 2))),
        ]
    names = ("coast", "provinces", "borders", "disputed")
    for name, (shape, colour, width, style) in zip(names, lines, strict=False):
        if not shape.is_empty:
            line = PathPatch(_line_path(shape), fill=False, edgecolor=colour, linewidth=width)
            line.set_linestyle(style)
            line.set_gid(name)
            line.set_zorder(4)
            axes.add_artist(line)
    metres_per_pt = (
        drawing.frame.width_km * 1000 / (axes.get_window_extent().width * 72 / axes.figure.dpi)
    )
    for ring, fill in zip(shapes.rings, drawing.fills, strict=True):
        if ring is not None:  # too small to be seen, so mark it with a ring in its colour
            axes.add_artist(
                Circle(
                    (ring.x, ring.y),
                    RING_PT * metres_per_pt,
                    facecolor=fill.colour,
                    edgecolor=INK,
                    linewidth=0.6,
                    zorder=5,
                )
            )


def _corner_legend(
    figure: Figure, drawing: Drawing, box: tuple[float, float, float, float]
) -> Bbox:
    """Draw the legend in a corner of the map, on white; return its box in dots."""
    sheet, (left, bottom, right, top) = drawing.sheet, box
    labels = [row.label for row in drawing.legend] + [drawing.legend_title or ""]
    width = 0.55 + max(len(words) for words in labels) * sheet.text_pt * 0.56 / 72
    height = drawing.layout.legend_rows * sheet.line_in + 0.1
    x = left + 0.08 if drawing.legend_place.endswith("left") else right - width - 0.08
    y = top - 0.08 if drawing.legend_place.startswith("top") else bottom + height + 0.08
    across, high = figure.get_size_inches()
    figure.add_artist(
        Rectangle(
            (x / across, (y - height) / high),
            width / across,
            height / high,
            transform=figure.transFigure,
            facecolor="white",
            edgecolor=QUIET,
            linewidth=0.4,
            alpha=0.92,
            gid="legend",
        )
    )
    _draw_legend(figure, drawing, x + 0.08, y - 0.04)
    inches = Bbox([[x, y - height], [x + width, y]])
    return Bbox(inches.get_points() * figure.dpi)


def _draw_legend(figure: Figure, drawing: Drawing, left_in: float, top_in: float) -> None:
    width, height = figure.get_size_inches()
    sheet, columns = drawing.sheet, drawing.layout.legend_columns
    if drawing.legend and drawing.legend_title:
        y = top_in - sheet.line_in + 0.07
        _text(figure, left_in, y, drawing.legend_title, size=sheet.text_pt, weight="bold")
        top_in -= sheet.line_in
    n_rows = -(-len(drawing.legend) // columns)
    step = (sheet.width_in - 2 * MARGIN_IN) / columns
    for i, row in enumerate(drawing.legend):
        column, line = divmod(i, n_rows)
        x, y = left_in + column * step, top_in - (line + 1) * sheet.line_in + 0.05
        patch = Rectangle(
            (x / width, y / height),
            0.26 / width,
            0.13 / height,
            transform=figure.transFigure,
            facecolor=row.fill.colour,
            edgecolor=row.fill.ink if row.fill.hatch else QUIET,
            hatch=row.fill.hatch,
            linewidth=0.4,
        )
        patch.set_gid(f"legend-{i}")
        figure.add_artist(patch)
        _text(figure, x + 0.33, y + 0.02, row.label, size=sheet.text_pt)


def _text(figure: Figure, x_in: float, y_in: float, words: str, **style: Any) -> None:  # noqa: ANN401
    width, height = figure.get_size_inches()
    style.setdefault("color", INK)
    figure.text(x_in / width, y_in / height, words, parse_math=False, **style)


def _add(axes: Axes, shape: Geometry, **style: Any) -> PathPatch:  # noqa: ANN401  matplotlib's own
    patch = PathPatch(_area_path(shape), **style)
    axes.add_artist(patch)
    return patch


def _area_path(shape: Geometry) -> MplPath:
    rings = [
        np.asarray(ring.coords)
        for part in _polygons(shape)
        for ring in (part.exterior, *part.interiors)
    ]
    return _path(rings, closed=True)


def _line_path(lines: Geometry) -> MplPath:
    return _path([np.asarray(line.coords) for line in shapely.get_parts(lines)], closed=False)


def _path(rings: list[Any], *, closed: bool) -> MplPath:
    if not rings:
        return MplPath(np.zeros((0, 2)))
    codes = []
    for ring in rings:
        code = np.full(len(ring), MplPath.LINETO, dtype=np.uint8)
        code[0] = MplPath.MOVETO
        if closed:
            code[-1] = MplPath.CLOSEPOLY
        codes.append(code)
    return MplPath(np.concatenate(rings), np.concatenate(codes))


def _polygons(shape: Geometry) -> Iterator[Any]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield part
