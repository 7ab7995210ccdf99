"""Lay out a whole picture: headline, map, legend, sources and method on one sheet.

The data of a picture, a size and the days to show come in; a `Canvas` goes out. `draw_sheet` shows
one day, `draw_series` several days as small multiples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.core.words import capital
from mapgen.drawing.data.day_headline import day_headline
from mapgen.drawing.data.moment import Moment, day_words
from mapgen.drawing.figure.canvas import Canvas
from mapgen.drawing.figure.footer import draw_footer
from mapgen.drawing.figure.legend import (
    FlowingLegend,
    draw_stacked,
    legend_of,
    stacked_height,
)
from mapgen.drawing.figure.mapbox import Furniture, draw_map
from mapgen.drawing.figure.marks import INK_2, Pen
from mapgen.drawing.figure.prose import Face, TextBlock, total_height
from mapgen.drawing.figure.sizes import readable
from mapgen.drawing.figure.view import View, box_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import PictureData
    from mapgen.drawing.figure.legend import Section
    from mapgen.drawing.figure.sizes import Size
    from mapgen.drawing.figure.surface import Box, Surface

_MARGIN = 0.016  # share of the width
_ROOM = 1.2  # height of a small map, in multiples of the height of its frame
_NARROWEST = 14  # least width of a column of text, in multiples of its size
_NEWS_LINES = 2  # most lines of the headline of a small map
_SHRINK = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8)  # factors tried for the size of the text
_LEGEND_SHARE = 1 / 3  # greatest share of the height for the legend under a map


def draw_sheet(
    data: PictureData, size: Size, day: str | None = None, legend_days: Sequence[str] = ()
) -> Canvas:
    """Draw a picture of one day.

    Parameters
    ----------
    data
        Data from `mapgen.drawing.data.page_data.picture_data`.
    size
        Size from `mapgen.drawing.figure.sizes`.
    day
        Day to show (``YYYY-MM-DD``), under a headline of its own. None shows the last day, under
        the headline of the situation and with the summary.
    legend_days
        Days whose signs the legend explains, so that every frame of an animation has the same
        legend. If empty, the day shown.

    Returns
    -------
    Canvas
        The sheet.
    """
    canvas, lost = _sheet(data, size, day, (), legend_days)
    told: set[str] = set()
    while not set(lost) <= told:  # listing names that have no room takes room itself
        told |= set(lost)
        canvas, lost = _sheet(data, size, day, sorted(told), legend_days)
    return canvas


def _sheet(
    data: PictureData,
    size: Size,
    day: str | None,
    unnamed: Sequence[str],
    legend_days: Sequence[str],
) -> tuple[Canvas, list[str]]:
    """Draw a picture; return it with the names of places for which there was no room."""
    canvas = Canvas(size.width, size.height)
    pen = Pen(canvas, data["sides"], size.unit)
    moment = Moment(data, day or (data["days"][-1] if data["days"] else None))
    sections = legend_of(data, legend_days or [moment.day])
    left, right = size.width * _MARGIN, size.width * (1 - _MARGIN)
    top = left
    box = (left, top, right, size.height - left * 0.8)
    bottom = draw_footer(canvas, data, size, box, unnamed)
    if size.panel:
        edge = size.width * size.panel
        _draw_panel(
            pen, moment, size, (left, top, edge - left, bottom), sections, whole=day is None
        )
        return canvas, draw_map(pen, (edge, top, right, bottom), moment, Furniture())
    top = _draw_head(canvas, moment, size, (left, top, right, bottom), whole=day is None)
    top = _draw_badges(canvas, moment, size, (left, top, right, bottom), inline=True)
    most = size.height * _LEGEND_SHARE
    legend = FlowingLegend(sections, right - left, size.text, size.unit, most=most)
    legend.draw(pen, left, bottom - legend.height)
    box = (left, top, right, bottom - legend.height - left * 0.6)
    return canvas, draw_map(pen, box, moment, Furniture(terse=True))


def draw_series(data: PictureData, size: Size, days: Sequence[str]) -> Canvas:
    """Draw small multiples: one map per day, with a common legend.

    Parameters
    ----------
    data
        Data from `mapgen.drawing.data.page_data.picture_data`.
    size
        Size from `mapgen.drawing.figure.sizes`.
    days
        Days to show (``YYYY-MM-DD``), in order.

    Returns
    -------
    Canvas
        The sheet.
    """
    canvas = Canvas(size.width, size.height)
    pen = Pen(canvas, data["sides"], size.unit * (0.8 if size.panel else 0.9))
    left, right = size.width * _MARGIN, size.width * (1 - _MARGIN)
    top = left
    bottom = draw_footer(canvas, data, size, (left, top, right, size.height - left * 0.8))
    last = Moment(data, data["days"][-1] if data["days"] else None)
    shown = f"{day_words(days[0])} to {day_words(days[-1])}." if len(days) > 1 else None
    top = _draw_head(canvas, last, size, (left, top, right, bottom), whole=True, shown=shown)
    text = readable(size.text * 0.94)
    most = size.height * _LEGEND_SHARE
    legend = FlowingLegend(legend_of(data, days), right - left, text, pen.unit, most=most)
    legend.draw(pen, left, bottom - legend.height)
    area = (left, top, right, bottom - legend.height - left * 0.5)
    spare = _spare(data, area, len(days), left * 0.7)
    summary = _columns(data, size, right - left)
    need = max((part.height for part, _ in summary), default=0.0) + left
    if summary and spare > need:
        area = (left, top, right, area[3] - need)
        for part, x in summary:
            part.draw(canvas, left + x, area[3] + left * 0.5)
    boxes = _cells(data, area, len(days), left * 0.7)
    face, width = Face(size=readable(size.text * 0.9)), boxes[0][2] - boxes[0][0]
    moments = [Moment(data, day) for day in days]
    news = [TextBlock(day_headline(m), face, width, most=_NEWS_LINES) for m in moments]
    head = max(part.height for part in news)  # alike for all days
    for i, (moment, box) in enumerate(zip(moments, boxes, strict=True)):
        _draw_small_map(pen, moment, box, (news[i], head), first=i == 0)
    return canvas


def _draw_small_map(
    pen: Pen, moment: Moment, box: Box, news: tuple[TextBlock, float], *, first: bool
) -> None:
    """Draw the map of a day under the day and its headline; the first map has the scale.

    ``news`` is the headline, with the height in points that is kept for it.
    """
    (left, top, right, bottom), (headline, height) = box, news
    grey, width = Face(size=headline.face.size, colour=INK_2), right - left
    start = top + grey.line_height + height + grey.size * 0.35
    furniture = Furniture(inset=False, locator=first, scale=first, terse=True)
    lost = draw_map(pen, (left, start, right, bottom), moment, furniture)
    words = f"{moment.words()}; not named: {', '.join(lost)}" if lost else moment.words()
    TextBlock(words, grey, width, lead=moment.title(), most=1).draw(pen.canvas, left, top)
    headline.draw(pen.canvas, left, top + grey.line_height)


def _spare(data: PictureData, area: Box, n: int, gap: float) -> float:
    """Return the height, in points, that the small maps do not need to show their frame."""
    cells = _cells(data, area, n, gap)
    rows = len({cell[1] for cell in cells})
    west, south, east, north = data["base"]["bbox"]
    view = View.fitting((west, south, east, north), cells[0])
    used = view.point(south, west)[1] - view.point(north, west)[1]
    return (cells[0][3] - cells[0][1] - used * _ROOM) * rows


def _columns(data: PictureData, size: Size, width: float) -> list[tuple[TextBlock, float]]:
    """Return the summary as columns with their left edges (points), or none if too narrow."""
    told = data["meta"]["summary"]
    gap = size.text * 1.6
    column = (width + gap) / max(1, len(told)) - gap
    if column < size.text * _NARROWEST:
        return []
    face = Face(size=readable(size.text * 0.94))
    parts = [TextBlock(words, face, column, lead=lead) for lead, words in told]
    return [(part, i * (column + gap)) for i, part in enumerate(parts)]


def _cells(data: PictureData, area: Box, n: int, gap: float) -> list[Box]:
    """Divide an area into n boxes, with the number of columns that shows the frame largest."""
    left, top, right, bottom = area

    def cut(columns: int) -> list[Box]:
        rows = -(-n // columns)
        width = (right - left - gap * (columns - 1)) / columns
        height = (bottom - top - gap * (rows - 1)) / rows
        corners = [
            (left + (i % columns) * (width + gap), top + (i // columns) * (height + gap))
            for i in range(n)
        ]
        return [(x, y, x + width, y + height) for x, y in corners]

    bbox = box_of(data["base"]["bbox"])
    return cut(max(range(1, n + 1), key=lambda c: View.fitting(bbox, cut(c)[0]).scale))


def _draw_head(
    canvas: Surface,
    moment: Moment,
    size: Size,
    box: Box,
    *,
    whole: bool,
    shown: str | None = None,
) -> float:
    """Draw the kicker, headline and day; return the y at which they end.

    The headline is that of the situation if ``whole``, or else that of the day, below the title of
    the situation in small letters.
    """
    meta, (x, y, right, _) = moment.data["meta"], box
    width = right - x
    kicker, title = meta["kicker"], meta["title"]
    if not whole:
        kicker, title = title, day_headline(moment) or capital(moment.words())
    parts = [
        TextBlock(kicker, Face(size=size.text, colour=INK_2), width, most=2),
        TextBlock(title, Face(size=size.title, weight="bold", family="serif"), width, most=4),
        _day(moment, size.text * 1.06, width, shown),
    ]
    for part in parts:
        part.draw(canvas, x, y)
        y += part.height + size.text * 0.35
    return y + size.text * 0.3


def _day(moment: Moment, size: float, width: float, shown: str | None) -> TextBlock:
    meta = moment.data["meta"]
    note = meta["as_of_note"] if moment.title() == _as_of(moment) else f"{moment.words()}."
    words = f"{note} {meta.get('review', '')}".strip()
    return TextBlock(
        words, Face(size=size, colour=INK_2), width, lead=shown or f"{moment.title()}."
    )


def _as_of(moment: Moment) -> str:
    return str(moment.data["meta"]["as_of_text"])


def _draw_badges(
    canvas: Surface, moment: Moment, size: Size, box: Box, *, inline: bool = False
) -> float:
    """Draw figures that hold for the whole country; return the y at which they end."""
    x, y, right, _ = box
    for sign in moment.signs("badge")[:2]:
        if inline:
            words = f"{sign['label']} ({sign['source'].rstrip('.')})."
            part = TextBlock(
                words, Face(size=readable(size.text * 0.95)), right - x, lead=sign["big"], most=2
            )
            part.draw(canvas, x, y)
            y += part.height + size.text * 0.5
            continue
        big = Face(size=size.title * 0.86, weight="bold", family="serif")
        for part in (
            TextBlock(sign["big"], big, right - x, most=2),
            TextBlock(sign["label"], Face(size=size.text), right - x, most=2),
            TextBlock(
                sign["source"],
                Face(size=readable(size.text * 0.86), colour=INK_2),
                right - x,
                most=2,
            ),
        ):
            part.draw(canvas, x, y)
            y += part.height
        y += size.text * 0.6
    return y


def _draw_panel(
    pen: Pen,
    moment: Moment,
    size: Size,
    box: Box,
    sections: Sequence[Section],
    *,
    whole: bool,
) -> None:
    """Fill the text column; if the text does not fit, shrink it, then shorten the summary."""
    x, _, right, bottom = box
    canvas, width = pen.canvas, right - x
    y = _draw_head(canvas, moment, size, box, whole=whole)
    told = moment.data["meta"]["summary"] if whole else []
    scratch = Canvas(size.width, size.height)  # a canvas on which to measure the badge
    for n in range(len(told), -1, -1):
        for shrink in _SHRINK if n in {0, len(told)} else _SHRINK[-1:]:
            text = readable(size.text * shrink)
            key = stacked_height(pen, sections, width, text)
            gap = text * 0.45
            face = Face(size=text)
            parts = [TextBlock(words, face, width, lead=lead) for lead, words in told[:n]]
            badge = _draw_badges(scratch, moment, size, (x, 0.0, right, bottom))
            need = total_height(parts, gap) + badge + key
            if y + need <= bottom or (n == 0 and shrink == _SHRINK[-1]):
                for part in parts:
                    part.draw(canvas, x, y)
                    y += part.height + gap
                y = _draw_badges(canvas, moment, size, (x, y + gap, right, bottom))
                draw_stacked(pen, sections, (x, max(y, bottom - key) if n else y), width, text)
                return
