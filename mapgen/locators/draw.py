"""Draw a locator map as SVG, PDF or PNG with matplotlib, reproducible byte for byte."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path as MplPath

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes
    from shapely import Geometry

    from mapgen.locators.colours import Fill
    from mapgen.locators.extent import Frame
    from mapgen.locators.shapes import Shapes

Kind = Literal["svg", "pdf", "png"]
Labels = Literal["areas", "all", "none"]

WIDTH_IN = 8.0
DPI = 200
WATER, LAND = "#dfe8ee", "#e9e7e1"
COAST, BORDER, PROVINCE, DISPUTED = "#8a97a0", "#77736b", "#a9a59d", "#55524c"
INK, QUIET = "#222222", "#6b6860"
FONT_PT = 8.0
TITLE_PT = 13.0
CREDIT_PT = 6.0
MARGIN_IN = 0.15
LINE_IN = 0.2  # height of a legend row
RING_PT = 4.5
_ABROAD = 0.08  # largest share of a country's label that may lie on its neighbours
LEGEND_CHARS = 96  # letters that fit in one legend row

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
    title: str | None
    labels: Labels
    borders: bool
    credit: str


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
        figure.savefig(stream, format=kind, dpi=DPI, metadata=_METADATA[kind])
    missing = [w for w in caught if "Glyph" in str(w.message)]
    if missing and kind != "svg":  # an SVG is shown with the fonts of the reader
        notes.append("Some letters are in no font of this map: write SVG or HTML to show them.")
    for warned in caught:
        if warned not in missing:
            warnings.warn_explicit(warned.message, warned.category, warned.filename, warned.lineno)
    return stream.getvalue()


def _figure(drawing: Drawing, notes: list[str]) -> Figure:
    """Lay out title, map, legend and credits below each other, without overlap."""
    map_w = WIDTH_IN - 2 * MARGIN_IN
    map_h = map_w / drawing.frame.aspect
    columns = _columns(drawing.legend)
    rows = -(-len(drawing.legend) // columns)
    legend_h = rows * LINE_IN + (0.1 if rows else 0)
    title_h = 0.4 if drawing.title else 0.0
    height = MARGIN_IN + title_h + map_h + legend_h + 0.32
    figure = Figure(figsize=(WIDTH_IN, height), facecolor="white")
    FigureCanvasAgg(figure)
    if drawing.title:
        _text(figure, MARGIN_IN, height - 0.33, drawing.title, size=TITLE_PT, weight="bold")
    bottom = height - MARGIN_IN - title_h - map_h
    box = (MARGIN_IN / WIDTH_IN, bottom / height, map_w / WIDTH_IN, map_h / height)
    axes = figure.add_axes(box)
    west, south, east, north = drawing.frame.bounds_m
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_color(QUIET)
        spine.set_linewidth(0.0 if drawing.frame.is_world else 0.5)
    _paint(axes, drawing)
    if drawing.labels != "none":
        _label(figure, axes, drawing, notes)
    _draw_legend(figure, drawing.legend, columns, bottom - 0.1)
    _text(figure, MARGIN_IN, 0.12, drawing.credit, size=CREDIT_PT, color=QUIET)
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
    metres_per_pt = drawing.frame.width_km * 1000 / ((WIDTH_IN - 2 * MARGIN_IN) * 72)
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


def _label(figure: Figure, axes: Axes, drawing: Drawing, notes: list[str]) -> None:
    """Label areas and surrounding countries, larger ones first, without overlap of labels."""
    shapes = drawing.shapes
    wanted = [(shapes.areas[i], name, True) for i, name in enumerate(drawing.names)]
    if drawing.labels == "all":
        filled = shapely.union_all([shapely.make_valid(shape) for shape in shapes.areas])
        wanted += [
            (shapely.difference(shapely.make_valid(shapes.countries[code]), filled), name, False)
            for code, name in drawing.country_names.items()
            if code in shapes.countries
        ]
    tiny = {id(s) for s, ring in zip(shapes.areas, shapes.rings, strict=True) if ring is not None}
    frame = shapely.box(*drawing.frame.bounds_m)
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    taken: list[Any] = []
    left_out = []
    for shape, name, is_area in sorted(wanted, key=lambda w: (not w[2], -w[0].area, w[1])):
        seen = _largest(shapely.intersection(shape, frame))
        if seen is None:
            continue
        x, y = shapely.maximum_inscribed_circle(seen, tolerance=seen.length / 400).coords[0]
        text = axes.annotate(
            name,
            (x, y),
            (0, RING_PT * 2 if id(shape) in tiny else 0),
            textcoords="offset points",
            ha="center",
            va="bottom" if id(shape) in tiny else "center",
            fontsize=FONT_PT if is_area else FONT_PT - 1.5,
            color=INK if is_area else QUIET,
            clip_on=True,
            zorder=6,
            parse_math=False,
        )
        if is_area:
            text.set_bbox(
                {"boxstyle": "round,pad=0.15", "facecolor": "white", "alpha": 0.8, "linewidth": 0}
            )
        box = text.get_window_extent(renderer)
        inside = axes.get_window_extent(renderer)
        fits = inside.x0 <= box.x0 and box.x1 <= inside.x1
        fits = fits and inside.y0 <= box.y0 and box.y1 <= inside.y1
        fits = fits and (is_area or _is_within(axes, box, shape, shapes.land))
        if not fits or any(box.overlaps(other) for other in taken):
            text.remove()
            left_out += [name] if is_area else []
        else:
            taken.append(box)
    if left_out:
        notes.append(f"No room for the names of {len(left_out)} areas; their colours are shown.")


def _is_within(axes: Axes, box: Any, shape: Geometry, land: Geometry) -> bool:  # noqa: ANN401
    """Whether the label of a surrounding country hardly covers other countries."""
    (west, south), (east, north) = axes.transData.inverted().transform(box.get_points())
    frame = shapely.box(west, south, east, north)
    on_land = sum(shapely.clip_by_rect(p, *frame.bounds).area for p in _polygons(land))
    own = shapely.clip_by_rect(shape, *frame.bounds).area
    return bool(on_land - own <= _ABROAD * frame.area)


def _draw_legend(figure: Figure, rows: Sequence[LegendRow], columns: int, top_in: float) -> None:
    width, height = figure.get_size_inches()
    n_rows = -(-len(rows) // columns)
    step = (WIDTH_IN - 2 * MARGIN_IN) / columns
    for i, row in enumerate(rows):
        column, line = divmod(i, n_rows)
        x, y = MARGIN_IN + column * step, top_in - (line + 1) * LINE_IN + 0.05
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
        _text(figure, x + 0.33, y + 0.02, row.label, size=FONT_PT)


def _columns(rows: Sequence[LegendRow]) -> int:
    """Return the number of columns of the legend."""
    longest = max((len(row.label) for row in rows), default=1) + 6
    return max(1, min(4, LEGEND_CHARS // longest, len(rows)))


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


def _largest(shape: Geometry) -> Geometry | None:
    return max(_polygons(shape), key=lambda part: part.area, default=None)
