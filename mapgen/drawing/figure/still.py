"""Draw the static picture that a page shows where its scripts do not run.

Page data come in; the text of a small SVG goes out: the map of the last day, or of another, with
its key, in the cartography of the other pictures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapgen.drawing.data.holder_tracks import CLAIMED_MARK, last_holders
from mapgen.drawing.data.moment import Moment
from mapgen.drawing.figure.legend import FlowingLegend, legend_of
from mapgen.drawing.figure.mapbox import Furniture, draw_map
from mapgen.drawing.figure.marks import Pen
from mapgen.drawing.figure.small_svg import SmallSvg
from mapgen.drawing.figure.typeface import plain_style
from mapgen.drawing.figure.view import View, box_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import PageData

WIDTH, HEIGHT = 720.0, 500.0  # pixels: a column of text on a desk
_TEXT = 11.5
_GAP = 8.0
_CELL = 5.0  # pixels of a dot for a place of a long history
_LACKING: dict[str, Any] = {"towns": [], "names": {}}  # what data of version 0.1 lack


def still_svg(data: PageData, title: str, *, day: str | None = None) -> str:
    """Return the map of a day as a small SVG.

    Parameters
    ----------
    data
        Page data.
    title
        What the map shows, for readers who cannot see it.
    day
        One of the days of the data (``YYYY-MM-DD``); by default the last.

    Returns
    -------
    str
        An ``svg`` element. The same data give the same text.
    """
    data = {**_LACKING, **data}  # type: ignore[typeddict-item]  # checkers of types see no defaults
    with plain_style():
        days = data["days"]
        moment = Moment(data, day or (days[-1] if days else None))
        legend = FlowingLegend(legend_of(data, [moment.day]), WIDTH, _TEXT, 1.0)
        canvas = SmallSvg(WIDTH, HEIGHT + _GAP + legend.height)
        pen = Pen(canvas, data["sides"], 1.0)
        box = (0.0, 0.0, WIDTH, HEIGHT)
        draw_map(pen, box, moment, Furniture(inset=False, locator=False, terse=True))
        if tracks := data.get("tracks"):
            holders = last_holders(tracks, days.index(moment.day) if moment.day else None)
            view = View.fitting(box_of(data["base"]["bbox"]), box)
            _draw_holders(pen, canvas, view, holders)
        legend.draw(pen, 0.0, HEIGHT + _GAP)
    return canvas.svg(title)


def _draw_holders(
    pen: Pen, canvas: SmallSvg, view: View, holders: Sequence[tuple[float, float, str | None]]
) -> None:
    """Draw the places of a long history as dots of their holders, one for places that touch."""
    cells: dict[tuple[int, int], tuple[float, float, str | None]] = {}
    for lat, lon, key in holders:  # large places come last, and stay
        x, y = view.point(lat, lon)
        if view.holds((x, y)):
            cells[round(x / _CELL), round(y / _CELL)] = (x, y, key)
    for key in dict.fromkeys(k for _, _, k in cells.values()):
        side = key.removesuffix(CLAIMED_MARK) if key else None
        points = [(x, y) for x, y, k in cells.values() if k == key]
        canvas.dots(points, pen.colour(side), _CELL)
