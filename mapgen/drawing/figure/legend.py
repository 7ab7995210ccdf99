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
from mapgen.drawing.figure.canvas import text_width
from mapgen.drawing.figure.ground_layers import hatching
from mapgen.drawing.figure.marks import (
    INK,
    INK_2,
    bezier,
    draw_arrow,
    draw_fort,
    draw_incident,
    draw_mark,
    draw_place,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import PictureData
    from mapgen.drawing.figure.marks import Pen

GLYPH_WIDTH = 26.0  # width of the small picture of a row, in pixels of the page
_ROW = 1.52  # height of a row, in multiples of the size of its text
_HEAD = 1.75  # height of a heading, likewise
_HEADS = (("who", "who"), ("ring", "ring"), ("layers", "layers"))  # part, interface text


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
    texts, rows = interface_texts("en"), legend_rows(data, days)
    sections = [
        Section(texts[text], tuple(r for r in rows if r.part == part)) for part, text in _HEADS
    ]
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
    elif glyph == "threat":
        draw_arrow(pen, [(x - 10 * u, y), (x - 3 * u, y), (x + 10 * u, y)], 3 * u, colour)
    elif glyph == "reinforcement":
        draw_fort(pen, side, (x, y), 6.4 * u)
    elif glyph == "displacement":
        ends = ((-11, 4), (-5, 6), (1, 4), (11, -5))
        a, b, c, d = [(x + p * u, y + q * u) for p, q in ends]
        path = bezier(a, b, c, d)
        draw_arrow(pen, path, 3.4 * u, INK)
    elif glyph == "likely":
        path = [(x - 12 * u, y), (x - 5 * u, y), (x + 11 * u, y)]
        draw_arrow(pen, path, 3 * u, INK, dash=(4 * u, 2.5 * u))
    elif glyph in {"supply", "cut"}:
        dash = (5 * u, 3 * u) if glyph == "cut" else None
        rails = [[(x - 11 * u, y + d * u), (x + 11 * u, y + d * u)] for d in (-1.6, 1.6)]
        canvas.lines(rails, INK, 1.1 * u, dash=dash)
    elif glyph in {"area", "sure", "unsure"}:
        _draw_patch(pen, glyph, (x, y), colour)
    elif glyph in {"front", "front_sure"}:
        path = [(x + a * u, y + b * u) for a, b in ((-11, 3), (-5, -2), (2, 1), (11, -4))]
        canvas.line(path, INK_2, 1.3 * u, dash=(6 * u, 4 * u) if glyph == "front" else None)
    else:
        draw_incident(pen, glyph, side, (x, y), 6 * u)


def _draw_patch(pen: Pen, glyph: str, at: tuple[float, float], colour: str) -> None:
    """Draw a small picture of an area: dotted, filled, or hatched."""
    (x, y), u = at, pen.unit
    box = (x - 10 * u, y - 5.5 * u, x + 10 * u, y + 5.5 * u)
    if glyph == "area":
        pen.canvas.box(box, fill=INK, alpha=0.06)
        pen.canvas.box(box, line=INK_2, width=1.1 * u, dash=(1.3 * u, 2.8 * u))
    elif glyph == "sure":
        pen.canvas.box(box, fill=colour, alpha=0.2)
    else:
        strokes = hatching(shapely.box(*box), 4 * u, 45)
        pen.canvas.lines(strokes, colour, u, alpha=0.7)


def _ellipse(a: float, b: float) -> list[tuple[float, float]]:
    turns = [2 * math.pi * i / 32 for i in range(32)]
    return [(a * math.cos(t), b * math.sin(t)) for t in turns]


def stacked_height(sections: Sequence[Section], size: float) -> float:
    """Return the height of a legend in one column.

    Parameters
    ----------
    sections
        Sections from `legend_of`.
    size
        Size of the text in points.

    Returns
    -------
    float
        Height in points.
    """
    return sum((_HEAD + _ROW * len(s.items)) * size for s in sections)


def draw_stacked(pen: Pen, sections: Sequence[Section], x: float, y: float, size: float) -> None:
    """Draw the legend in one column.

    Parameters
    ----------
    pen
        The pen to draw with.
    sections
        Sections from `legend_of`.
    x, y
        Top left corner in points of the sheet.
    size
        Size of the text in points.
    """
    for section in sections:
        y += _HEAD * size
        pen.canvas.text(x, y - 0.45 * size, section.head, size * 0.92, colour=INK_2, weight="bold")
        for item in section.items:
            y += _ROW * size
            _draw_row(pen, item, x, y, size)


def _draw_row(pen: Pen, item: LegendRow, x: float, y: float, size: float) -> None:
    draw_glyph(pen, item, x + GLYPH_WIDTH * pen.unit / 2, y - _ROW * size / 2)
    left = x + (GLYPH_WIDTH + 5) * pen.unit
    pen.canvas.text(left, y - _ROW * size / 2 + size * 0.36, item.words, size)


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
    """

    def __init__(self, sections: Sequence[Section], width: float, size: float, unit: float) -> None:
        self.size, self.unit = size, unit
        rows: list[Section | LegendRow] = []
        for section in sections:
            rows += [section, *section.items]
        glyph = (GLYPH_WIDTH + 5) * unit
        widest = max(
            (glyph + text_width(r.words, size) for r in rows if isinstance(r, LegendRow)),
            default=1.0,
        )
        heads = [text_width(s.head, size, weight="bold") for s in sections]
        self._column = max([widest, *heads]) + size
        n_columns = max(1, int((width + size) / self._column))
        self._columns = _even(rows, n_columns)
        self._column = max(self._column, width / max(1, len(self._columns)))

    @property
    def height(self) -> float:
        """Height of the legend in points."""
        return max((len(c) for c in self._columns), default=0) * _ROW * self.size

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw the legend.

        Parameters
        ----------
        pen
            The pen to draw with.
        x, y
            Top left corner in points of the sheet.
        """
        for i, column in enumerate(self._columns):
            left, top = x + i * self._column, y
            for row in column:
                top += _ROW * self.size
                if isinstance(row, Section):
                    size = self.size * 0.92
                    base = top - 0.45 * self.size
                    pen.canvas.text(left, base, row.head, size, colour=INK_2, weight="bold")
                else:
                    _draw_row(pen, row, left, top, self.size)


def _even(rows: list[Section | LegendRow], n_columns: int) -> list[list[Section | LegendRow]]:
    """Divide rows into columns of about equal height, with no heading at the end of a column."""
    height = -(-len(rows) // n_columns)
    while True:
        columns: list[list[Section | LegendRow]] = [[]]
        for i, row in enumerate(rows):
            lone = isinstance(row, Section) and len(columns[-1]) == height - 1
            if (len(columns[-1]) >= height or (lone and i + 1 < len(rows))) and columns[-1]:
                columns.append([])
            columns[-1].append(row)
        if len(columns) <= n_columns or height > len(rows):
            return columns
        height += 1
