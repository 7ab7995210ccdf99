"""Draw the legend of a picture, with the same rows and words as on the page.

The rows of `mapgen.drawing.data.legend_rows` come in. They are drawn in one column (`draw_stacked`)
beside the map, or in several columns (`FlowingLegend`) under it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from mapgen.core.tables.interface_texts import interface_texts
from mapgen.core.tables.marks import marks
from mapgen.drawing.data.legend_rows import LegendRow, legend_rows
from mapgen.drawing.figure.hatching import hatching
from mapgen.drawing.figure.marks import (
    FAN,
    HALO,
    INK,
    INK_2,
    bezier,
    draw_arrow,
    draw_fort,
    draw_incident,
    draw_mark,
    draw_place,
    ring_at,
    wash_of,
)
from mapgen.drawing.figure.prose import Face, TextBlock
from mapgen.drawing.figure.sizes import readable
from mapgen.drawing.figure.typeface import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.legend_rows import Part
    from mapgen.drawing.data.page_records import PictureData
    from mapgen.drawing.figure.marks import Pen
    from mapgen.drawing.figure.surface import Point

GLYPH_WIDTH = 26.0  # width of the small picture of a row, in pixels of the page
_ROW = 1.42  # height of a row, in multiples of the size of its text
_HEAD = 1.75  # height of a heading, likewise
_FEWEST_COLUMNS, _MORE_COLUMNS = 2, 3  # columns under a map, and how many more are tried
_EVEN = 0.01  # points; heights that differ by less are equal
_HEADS: tuple[Part, ...] = ("who", "ring", "held", "layers")  # also the keys of their texts


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the legend and the rows under it."""

    head: str
    items: tuple[LegendRow, ...]


def legend_of(data: PictureData, days: Sequence[str | None]) -> list[Section]:
    """Return the sections of the legend.

    Parameters
    ----------
    data
        Data of the picture.
    days
        Days (``YYYY-MM-DD``) whose signs the legend explains; a single ``None`` stands for a map
        without days.

    Returns
    -------
    list of Section
        The sections that have rows.
    """
    language = data["meta"].get("language", "en")
    texts, rows = interface_texts(language), legend_rows(data, days, language)
    sections = [Section(texts[part], tuple(r for r in rows if r.part == part)) for part in _HEADS]
    return [s for s in sections if s.items]


def draw_glyph(pen: Pen, item: LegendRow, x: float, y: float) -> None:
    """Draw the small picture of a row.

    Parameters
    ----------
    pen
        The pen to draw with.
    item
        Row of the legend.
    x, y
        Centre of the small picture in points of the sheet.
    """
    u, canvas, side = pen.unit, pen.canvas, item.side
    glyph, colour = item.glyph, pen.colour(item.side)
    if glyph in marks().place:
        draw_place(pen, marks().place[glyph], side, (x, y), 4.4 * u, before=item.before, key=True)
    elif glyph in {"side", "base"}:
        small = glyph == "base"
        draw_mark(pen, side, (x, y), (3.8 if small else 6.4) * u, small=small, letter=not small)
    elif glyph == "region":
        for k in (1.0, 0.8, 0.6, 0.4):
            form = [(x + a * k, y + b * k) for a, b in _ellipse(11 * u, 6.5 * u)]
            canvas.polygon(form, fill=colour, alpha=0.22)
    elif glyph in _MOVING:
        _draw_moving(pen, glyph, (x, y), colour)
    elif glyph == "reinforcement":
        draw_fort(pen, side, (x, y), 6.4 * u)
    elif glyph in {"supply", "cut"}:
        dash = (5 * u, 3 * u) if glyph == "cut" else None
        rails = [[(x - 11 * u, y + d * u), (x + 11 * u, y + d * u)] for d in (-1.6, 1.6)]
        canvas.lines(rails, INK, 1.1 * u, dash=dash)
    elif glyph in {"area", "sure", "unsure"}:
        _draw_patch(pen, glyph, (x, y), side)
    elif glyph in {"front", "front_sure"}:
        path = [(x + a * u, y + b * u) for a, b in ((-11, 3), (-5, -2), (2, 1), (11, -4))]
        canvas.line(path, INK_2, 1.3 * u, dash=(6 * u, 4 * u) if glyph == "front" else None)
    else:
        draw_incident(pen, glyph, side, (x, y), 6 * u)


_MOVING = frozenset(
    {
        *("threat", "threat_arc", "threat_ring", "doubt", "displacement", "return"),
        *("fan_out", "fan_in", "fan_back", "fan_home", "likely", "likely_return"),
    }
)


def _draw_moving(pen: Pen, glyph: str, at: tuple[float, float], colour: str) -> None:
    """Draw a small picture of a threat, a movement, or the mark of doubt."""
    (x, y), u, canvas = at, pen.unit, pen.canvas
    if glyph == "threat":
        draw_arrow(pen, [(x - 10 * u, y), (x - 3 * u, y), (x + 10 * u, y)], 3 * u, colour)
    elif glyph == "threat_arc":
        canvas.line(ring_at((x, y + 5 * u), 9 * u, -48, 48), colour, 2.2 * u)
        canvas.circle(x, y + 5 * u, 2.2 * u, fill=INK)
    elif glyph == "threat_ring":
        canvas.circle(x, y, 8 * u, line=colour, width=2.2 * u)
        canvas.circle(x, y, 2.2 * u, fill=INK)
    elif glyph == "doubt":
        canvas.text(x - 3.6 * u, y + 5 * u, "?", readable(15 * u), weight="bold")
    elif glyph in {"fan_out", "fan_in", "fan_back", "fan_home"}:
        _draw_fan(
            pen,
            (x, y),
            is_out=glyph in {"fan_out", "fan_home"},
            hollow=glyph in {"fan_back", "fan_home"},
        )
    elif glyph in {"displacement", "return"}:
        ends = ((-11, 4), (-5, 6), (1, 4), (11, -5))
        a, b, c, d = [(x + p * u, y + q * u) for p, q in ends]
        path = bezier(a, b, c, d)
        draw_arrow(pen, path, 3.4 * u, INK, hollow=glyph == "return")
    elif glyph in {"likely", "likely_return"}:
        path = [(x - 12 * u, y), (x - 5 * u, y), (x + 11 * u, y)]
        draw_arrow(pen, path, 3 * u, INK, dash=(4 * u, 2.5 * u), hollow=glyph != "likely")


def _draw_fan(pen: Pen, at: tuple[float, float], *, is_out: bool, hollow: bool) -> None:
    """Draw a small picture of a movement with one known end: short arrows on all sides."""
    u = pen.unit
    tip, back, start = (10.5, 7.0, 4.0) if is_out else (4.0, 7.5, 10.5)
    for bearing in FAN:
        ends = [ring_at(at, r * u, bearing, bearing + 1)[0] for r in (start, tip)]
        wings = [ring_at(at, back * u, bearing + k, bearing + k + 1)[0] for k in (20, -20)]
        pen.canvas.line(ends, INK, 1.3 * u)
        fill = HALO if hollow else INK
        pen.canvas.polygon([ends[1], *wings], fill=fill, line=INK, width=0.6 * u)
    pen.canvas.circle(*at, 1.7 * u, fill=INK)


def _draw_patch(pen: Pen, glyph: str, at: tuple[float, float], side: str | None) -> None:
    """Draw a small picture of an area: dotted, filled, or hatched."""
    (x, y), u, colour = at, pen.unit, pen.colour(side)
    degrees, motif = wash_of(pen, side)
    box = (x - 10 * u, y - 5.5 * u, x + 10 * u, y + 5.5 * u)
    if glyph == "area":
        pen.canvas.box(box, fill=INK, alpha=0.06)
        pen.canvas.box(box, line=INK_2, width=1.1 * u, dash=(1.3 * u, 2.8 * u))
    elif glyph == "sure":
        pen.canvas.box(box, fill=colour, alpha=0.2)
        for i in (-1, 0, 1):
            form = [(x + i * 6 * u + a, y + b) for a, b in motif]
            pen.canvas.polygon(form, fill=colour, alpha=0.7)
    else:
        strokes = hatching(shapely.box(*box), 4 * u, degrees)
        pen.canvas.lines(strokes, colour, u, alpha=0.7)


def _ellipse(a: float, b: float) -> list[tuple[float, float]]:
    turns = [2 * math.pi * i / 32 for i in range(32)]
    return [(a * math.cos(t), b * math.sin(t)) for t in turns]


def legend_width(pen: Pen, sections: Sequence[Section], size: float) -> float:
    """Return the width in points at which no row of a legend in type of a size breaks."""
    head = readable(size * 0.92)
    heads = (text_width(s.head, head, weight="bold") for s in sections)
    return max(_widest(sections, size, pen.unit), *heads, 1.0) + 1.0


def _widest(sections: Sequence[Section], size: float, unit: float) -> float:
    rows = [row.words for section in sections for row in section.items]
    return max(((GLYPH_WIDTH + 5) * unit + text_width(w, size) for w in rows), default=1.0)


def stacked_height(pen: Pen, sections: Sequence[Section], width: float, size: float) -> float:
    """Return the height of a legend in one column.

    Parameters
    ----------
    pen
        The pen to draw with.
    sections
        Sections from `legend_of`.
    width
        Width of the column in points.
    size
        Size of the text in points.

    Returns
    -------
    float
        Height in points.
    """
    rows = [r for section in sections for r in _rows(section, width, size, pen.unit)]
    return sum(row.height for row in rows)


def draw_stacked(
    pen: Pen, sections: Sequence[Section], at: Point, width: float, size: float
) -> None:
    """Draw the legend in one column.

    Parameters
    ----------
    pen
        The pen to draw with.
    sections
        Sections from `legend_of`.
    at
        Top left corner in points of the sheet.
    width
        Width of the column in points.
    size
        Size of the text in points.
    """
    x, y = at
    for section in sections:
        for row in _rows(section, width, size, pen.unit):
            row.draw(pen, x, y)
            y += row.height


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the legend, or a heading if it has no item, with its text broken into lines."""

    item: LegendRow | None
    text: TextBlock
    unit: float

    @property
    def height(self) -> float:
        size = self.text.face.size
        if self.item is None:
            return _HEAD * size + (len(self.text.lines) - 1) * self.text.face.line_height
        return _ROW * size + (len(self.text.lines) - 1) * self.text.face.line_height

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw the row from its top left corner, in points of the sheet."""
        size = self.text.face.size
        if self.item is None:
            self.text.draw(pen.canvas, x, y + (_HEAD - 0.45) * size - size)
            return
        draw_glyph(pen, self.item, x + GLYPH_WIDTH * self.unit / 2, y + _ROW * size / 2)
        left = x + (GLYPH_WIDTH + 5) * self.unit
        self.text.draw(pen.canvas, left, y + _ROW * size / 2 + size * 0.36 - size)


def _rows(section: Section, width: float, size: float, unit: float) -> list[_Row]:
    """Return the heading and the rows of a section, with words that fit a width (points)."""
    head = Face(size=readable(size * 0.92), colour=INK_2, weight="bold")
    room = width - (GLYPH_WIDTH + 5) * unit
    rows = [_Row(r, TextBlock(r.words, Face(size=size), room), unit) for r in section.items]
    return [_Row(None, TextBlock(section.head, head, width), unit), *rows]


class FlowingLegend:
    """A legend in columns of equal width, to draw under a map.

    Parameters
    ----------
    sections
        Sections from `legend_of`.
    width
        Width of all columns together in points.
    size
        Size of the text in points.
    unit
        Points of the sheet per pixel of the page.
    most
        Greatest height in points. A legend that is higher gets more and narrower columns, as long
        as that helps. None sets no limit.
    """

    def __init__(
        self,
        sections: Sequence[Section],
        width: float,
        size: float,
        unit: float,
        *,
        most: float | None = None,
    ) -> None:
        self._width, self._gap = width, size
        widest = _widest(sections, size, unit)
        wished = max(_FEWEST_COLUMNS, int((width + size) / (widest + size)))

        def cut(n_columns: int) -> list[list[_Row]]:
            column = (width - size * (n_columns - 1)) / n_columns
            rows = [_rows(s, column, size, unit) for s in sections]
            even = _even(rows, n_columns)
            # sections stay whole if that costs at most two rows
            is_low = _highest(rows) <= _highest(even) + (2 * _ROW + _EVEN) * size
            return rows if len(rows) <= n_columns and is_low else even

        tries = [cut(wished)]
        while most is not None and _highest(tries[-1]) > most and len(tries) < _MORE_COLUMNS:
            tries.append(cut(wished + len(tries)))
        self._columns = min(tries, key=_highest) if most is not None else tries[0]

    @property
    def height(self) -> float:
        """Height of the legend in points."""
        return _highest(self._columns)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw the legend.

        Parameters
        ----------
        pen
            The pen to draw with.
        x, y
            Top left corner in points of the sheet.
        """
        step = (self._width + self._gap) / max(1, len(self._columns))
        for i, column in enumerate(self._columns):
            top = y
            for row in column:
                row.draw(pen, x + i * step, top)
                top += row.height


def _highest(columns: Sequence[Sequence[_Row]]) -> float:
    return max((sum(row.height for row in column) for column in columns), default=0.0)


def _even(sections: Sequence[Sequence[_Row]], n_columns: int) -> list[list[_Row]]:
    """Divide rows into columns of about equal height, with no heading at the end of a column."""
    rows = [row for section in sections for row in section]
    total = sum(row.height for row in rows)
    limit = total / n_columns
    while True:
        columns: list[list[_Row]] = [[]]
        for i, row in enumerate(rows):
            with_next = rows[i + 1].height if row.item is None and i + 1 < len(rows) else 0.0
            full = sum(r.height for r in columns[-1]) + row.height + with_next > limit + _EVEN
            if full and columns[-1]:
                columns.append([])
            columns[-1].append(row)
        if len(columns) <= n_columns or limit > total:
            return columns
        limit += max(1.0, total * 0.01)
