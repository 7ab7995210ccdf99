"""Lay out the card that social networks and chats show with a link to the map.

The data of a picture, a size and a day come in; a `Canvas` goes out. The card has headline, day,
sides and sources beside the map, in letters that can be read at a third of its size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.drawing.data.moment import Moment
from mapgen.drawing.figure.canvas import Canvas
from mapgen.drawing.figure.footer import outlet_name
from mapgen.drawing.figure.legend import Section, draw_stacked, legend_of, stacked_height
from mapgen.drawing.figure.mapbox import Furniture, draw_map
from mapgen.drawing.figure.marks import INK_2, Pen
from mapgen.drawing.figure.prose import Face, TextBlock, total_height

if TYPE_CHECKING:
    from mapgen.drawing.data.page_records import PictureData
    from mapgen.drawing.figure.sizes import Size
    from mapgen.drawing.figure.surface import Box

_MARGIN = 0.026  # share of the width
_SHRINK = (1.0, 0.9, 0.8, 0.72, 0.64)  # factors tried for the size of the headline
_GAP = 0.4  # space between paragraphs, in multiples of the size of the text
_MOST_SOURCES = 3
_MOST_ROWS = 6  # rows of the key


def draw_card(data: PictureData, size: Size, day: str | None = None) -> Canvas:
    """Draw the card of one day.

    Parameters
    ----------
    data
        Data from `mapgen.drawing.data.page_data.picture_data`.
    size
        The size ``card`` from `mapgen.drawing.figure.sizes`.
    day
        Day to show (``YYYY-MM-DD``). None shows the last day.

    Returns
    -------
    Canvas
        The card.
    """
    canvas = Canvas(size.width, size.height)
    moment = Moment(data, day or (data["days"][-1] if data["days"] else None))
    margin, edge = size.width * _MARGIN, size.width * size.panel
    pen = Pen(canvas, data["sides"], size.unit)
    parts = Furniture(inset=False, locator=False, terse=True)
    draw_map(pen, (edge, 0.0, size.width, size.height), moment, parts)
    _draw_panel(pen, moment, size, (margin, margin, edge - margin, size.height - margin))
    return canvas


def _draw_panel(pen: Pen, moment: Moment, size: Size, box: Box) -> None:
    """Write the headline and the day at the top of a box, the key and the sources at its bottom."""
    x, top, right, bottom = box
    meta, text = moment.data["meta"], size.text
    sources = TextBlock(_sources(moment), Face(size=text * 0.86, colour=INK_2), right - x, most=2)
    sections = _key(moment)
    key = stacked_height(pen, sections, right - x, text)
    low = bottom - sources.height - text * 0.3 - key
    parts: list[TextBlock] = []
    for shrink in _SHRINK:
        face = Face(size=size.title * shrink, weight="bold", family="serif")
        title = TextBlock(meta["title"], face, right - x, most=0 if shrink > _SHRINK[-1] else 6)
        parts = [
            TextBlock(meta["kicker"], Face(size=text * 0.92, colour=INK_2), right - x, most=2),
            title,
            TextBlock(moment.title(), Face(size=text * 1.1, weight="bold"), right - x, most=2),
        ]
        if top + total_height(parts, text * _GAP) <= low:
            break
    y = top
    for part in parts:
        part.draw(pen.canvas, x, y)
        y += part.height + text * _GAP
    for lead, words in meta["summary"] if _is_last(moment) else []:
        part = TextBlock(words, Face(size=text), right - x, lead=lead)
        if y + part.height > low - text:
            break
        part.draw(pen.canvas, x, y)
        y += part.height + text * _GAP
    draw_stacked(pen, sections, (x, low), right - x, text)
    sources.draw(pen.canvas, x, bottom - sources.height)


def _is_last(moment: Moment) -> bool:
    """Whether the day is the last one, which the summary is about."""
    days = moment.data["days"]
    return not days or moment.day == days[-1]


def _key(moment: Moment) -> list[Section]:
    """Return the sides, as many as have room, and the looks of places if all have room."""
    sections = legend_of(moment.data, [moment.day])
    short = [s for s in sections if s.items[0].part in {"who", "ring", "held"}]
    if sum(len(s.items) for s in short) <= _MOST_ROWS:
        return short
    return [Section(s.head, s.items[:_MOST_ROWS]) for s in short[:1]]


def _sources(moment: Moment) -> str:
    """Name the publications, each once, and the software."""
    articles = moment.data["meta"]["articles"].values()
    names = list(dict.fromkeys(outlet_name(a) for a in articles))
    more = f" and {len(names) - _MOST_SOURCES} more" if len(names) > _MOST_SOURCES else ""
    owed = "Natural Earth, GeoNames, mapgen"
    return f"{', '.join(names[:_MOST_SOURCES])}{more}. {owed}"
