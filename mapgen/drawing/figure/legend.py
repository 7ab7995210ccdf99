"""The legend, made from what is present in the page data: the same words as on the page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from mapgen.core.tables.interface_texts import interface_texts
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
)
from mapgen.drawing.figure.moment import INCIDENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import PictureData
    from mapgen.drawing.figure.marks import Pen

GLYPH_WIDTH = 26.0  # pixels of the page
_ROW = 1.52  # height of a row in sizes of its text
_HEAD = 1.75
_STANDINGS = (
    ("assessed", "Taken, sources agree"),
    ("stated", "Taken, one article says so"),
    ("claimed", "Taken, claimed by a source"),
    ("contested", "Contested"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One row: what is drawn, of which sides, and what it means."""

    glyph: str
    words: str
    side: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one head."""

    head: str
    items: tuple[Item, ...]


def legend_of(data: PictureData) -> list[Section]:
    """Return the sections of the legend; nothing that the data do not draw."""
    sections = [
        Section("Who", tuple(_holders(data))),
        Section("Ring: who held it before", tuple(_rings(data))),
        Section("Signs", tuple(_signs(data))),
    ]
    return [s for s in sections if s.items]


def _holders(data: PictureData) -> list[Item]:
    items = []
    for key, side in data["sides"].items():
        signs = [
            s for s in data["signs"] if key in {s["side"], s.get("from"), s.get("target_side")}
        ]
        based = any(p["base"] == key for p in data["places"])
        if not signs and not based:
            continue
        only_region = not based and all(s["type"] == "region" for s in signs)
        items.append(Item("region" if only_region else "side", side["name"], key))
    return items


def _rings(data: PictureData) -> list[Item]:
    controls = [s for s in data["signs"] if s["type"] == "control"]
    items = []
    for standing, words in _STANDINGS:
        first = next((s for s in controls if s["standing"] == standing), None)
        if first is not None:
            items.append(Item(standing, words, first["side"], first["from"]))
    changing = next((s for s in controls if s["from_day"] and s["from"]), None)
    if changing is not None and len(data["days"]) > 1:
        items.append(Item("half", "Changing, day unknown", changing["side"], changing["from"]))
    return items


def _signs(data: PictureData) -> list[Item]:
    signs = data["signs"]

    def side_of(*kinds: str) -> str | None:
        return next((s["side"] for s in signs if s["type"] in kinds), None)

    def has(*kinds: str) -> bool:
        return any(s["type"] in kinds for s in signs)

    flows = [s for s in signs if s["type"] == "displacement"]
    fronts = [f for a in data["areas"] for f in a.get("fronts", [])]
    parts = [part for a in data["areas"] for part in a["sides"].values()]
    given = any(a.get("given") for a in data["areas"])
    area_words = interface_texts("en")["layer_given" if given else "layer_est"]
    sure, unsure = (any(part[name] for part in parts) for name in ("sure", "unsure"))
    based = next((p["base"] for p in data["places"] if p["base"]), None)
    estimated = next((key for a in data["areas"] for key in a["sides"]), None)
    incident = next((s["type"] for s in signs if s["type"] in INCIDENTS), "strike")
    links = sorted({s["state"] for s in signs if s["type"] == "supply"})
    area = any(s["area"] or s.get("origin_area") for s in flows)
    rows = (
        (based is not None, Item("base", "Held before (baseline)", based)),
        (sure, Item("sure", area_words, estimated)),
        (unsure, Item("unsure", f"{area_words}; unsure", estimated)),
        (bool(fronts), Item("front", "Front, estimated")),
        (has("threat"), Item("threat", "Advance or threat; arc: how near", side_of("threat"))),
        (has("reinforcement"), Item("fort", "Being reinforced", side_of("reinforcement"))),
        (has(*INCIDENTS), Item(incident, "Strikes, clashes, sieges", side_of(*INCIDENTS))),
        (any(s["method"] == "stated" for s in flows), Item("flow", "People fleeing, road named")),
        (
            any(s["method"] == "plain" for s in flows),
            Item("flow", "People fleeing, route unknown"),
        ),
        (
            any(s["method"] == "likely" for s in flows),
            Item("likely", "People fleeing, likely route"),
        ),
        (area, Item("area", "Area they flee from or to")),
        (has("region"), Item("region", "Area, no town named", side_of("region"))),
        (bool(links), Item("cut" if links == ["cut"] else "supply", "Supply link")),
    )
    return [item for present, item in rows if present]


def draw_glyph(pen: Pen, item: Item, x: float, y: float) -> None:
    """Draw the small picture of a row around its middle."""
    u, canvas, side = pen.unit, pen.canvas, item.side
    glyph, colour = item.glyph, pen.colour(item.side)
    if glyph in {"assessed", "stated", "claimed", "contested", "half"}:
        dash = {"claimed": (2.6 * u, 2 * u), "half": (2 * u, 2 * u)}.get(glyph)
        draw_mark(
            pen,
            side,
            (x, y),
            4.4 * u,
            before=item.before,
            dash=dash,
            half=glyph == "half",
            small=True,
            contested=glyph == "contested",
        )
    elif glyph in {"side", "base"}:
        small = glyph == "base"
        draw_mark(pen, side, (x, y), (3.8 if small else 6.4) * u, small=small, letter=not small)
    elif glyph == "region":
        for k in (1.0, 0.8, 0.6, 0.4):
            form = [(x + a * k, y + b * k) for a, b in _ellipse(11 * u, 6.5 * u)]
            canvas.polygon(form, fill=colour, alpha=0.22)
    elif glyph == "threat":
        draw_arrow(pen, [(x - 10 * u, y), (x - 3 * u, y), (x + 10 * u, y)], 3 * u, colour)
    elif glyph == "fort":
        draw_fort(pen, side, (x, y), 6.4 * u)
    elif glyph == "flow":
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
    elif glyph == "front":
        path = [(x + a * u, y + b * u) for a, b in ((-11, 3), (-5, -2), (2, 1), (11, -4))]
        canvas.line(path, INK_2, 1.3 * u, dash=(6 * u, 4 * u))
    else:
        draw_incident(pen, glyph, side, (x, y), 6 * u)


def _draw_patch(pen: Pen, glyph: str, at: tuple[float, float], colour: str) -> None:
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
    """Return the height of a legend in one column, in points."""
    return sum((_HEAD + _ROW * len(s.items)) * size for s in sections)


def draw_stacked(pen: Pen, sections: Sequence[Section], x: float, y: float, size: float) -> None:
    """Draw the legend in one column from its top left corner."""
    for section in sections:
        y += _HEAD * size
        pen.canvas.text(x, y - 0.45 * size, section.head, size * 0.92, colour=INK_2, weight="bold")
        for item in section.items:
            y += _ROW * size
            _draw_row(pen, item, x, y, size)


def _draw_row(pen: Pen, item: Item, x: float, y: float, size: float) -> None:
    draw_glyph(pen, item, x + GLYPH_WIDTH * pen.unit / 2, y - _ROW * size / 2)
    left = x + (GLYPH_WIDTH + 5) * pen.unit
    pen.canvas.text(left, y - _ROW * size / 2 + size * 0.36, item.words, size)


class FlowingLegend:
    """A legend in columns of one width, for under a map.

    Parameters
    ----------
    sections
        From `legend_of`.
    width
        Points of all columns together.
    size
        Points of the text.
    unit
        Points for one pixel of the page.
    """

    def __init__(self, sections: Sequence[Section], width: float, size: float, unit: float) -> None:
        self.size, self.unit = size, unit
        rows: list[Section | Item] = []
        for section in sections:
            rows += [section, *section.items]
        glyph = (GLYPH_WIDTH + 5) * unit
        widest = max(
            (glyph + text_width(r.words, size) for r in rows if isinstance(r, Item)), default=1.0
        )
        heads = [text_width(s.head, size, weight="bold") for s in sections]
        self._column = max([widest, *heads]) + size
        n_columns = max(1, int((width + size) / self._column))
        self._columns = _even(rows, n_columns)
        self._column = max(self._column, width / max(1, len(self._columns)))

    @property
    def height(self) -> float:
        """Height in points."""
        return max((len(c) for c in self._columns), default=0) * _ROW * self.size

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it from its top left corner."""
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


def _even(rows: list[Section | Item], n_columns: int) -> list[list[Section | Item]]:
    """Cut rows into columns of even height; a head never stands last in one."""
    height = -(-len(rows) // n_columns)
    while True:
        columns: list[list[Section | Item]] = [[]]
        for i, row in enumerate(rows):
            lone = isinstance(row, Section) and len(columns[-1]) == height - 1
            if (len(columns[-1]) >= height or (lone and i + 1 < len(rows))) and columns[-1]:
                columns.append([])
            columns[-1].append(row)
        if len(columns) <= n_columns or height > len(rows):
            return columns
        height += 1
