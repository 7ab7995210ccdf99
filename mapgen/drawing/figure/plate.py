"""Draw the map and its key alone, for a document that has its own headline, summary and sources.

The data of a picture and the size of the plate come in; a sheet goes out, in whose text a reader
of the printed page sees the size that the document has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from mapgen.drawing.data.moment import Moment
from mapgen.drawing.figure.canvas import Canvas
from mapgen.drawing.figure.legend import (
    FlowingLegend,
    draw_stacked,
    legend_of,
    legend_width,
    stacked_height,
)
from mapgen.drawing.figure.mapbox import Furniture, draw_map
from mapgen.drawing.figure.marks import INK_2, Pen
from mapgen.drawing.figure.prose import Face, TextBlock
from mapgen.drawing.figure.sizes import MM_TO_PT, readable
from mapgen.drawing.figure.typeface import plain_style
from mapgen.drawing.figure.view import View, box_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapgen.drawing.data.page_records import PictureData
    from mapgen.drawing.figure.surface import Surface

_UNIT, _TEXT_PT = 0.56, 7.0  # points per pixel of the page, size of the key, at 170 mm
_USUAL_MM = 170.0
_GAP_PT, _BESIDE_PT = 5.0, 9.0  # between the map and a key below it, or beside it
_SMALLER = (1.0, 0.93, 0.86)  # sizes tried for a key beside the map, until it is low enough
_GAIN = 1.2  # how much larger the map must be with the key beside it: notes need its width
_MOST_BESIDE = 0.3  # greatest share of the width of the plate for a key beside the map
_Sheet = TypeVar("_Sheet", bound="Surface")


def plate(
    data: PictureData, width_mm: float, height_mm: float, kind: Callable[[float, float], _Sheet]
) -> _Sheet:
    """Draw the map of the last day with its key, below it or beside it: where the map is larger.

    Parameters
    ----------
    data
        Data from `mapgen.drawing.data.page_data.picture_data`.
    width_mm, height_mm
        Size of the plate on paper, in mm.
    kind
        Kind of sheet to draw on, made from its width and height in points.

    Returns
    -------
    Surface
        The sheet, of that kind. Names without room on the map stand below the key.
    """
    sheet, lost = _drawn(data, width_mm, height_mm, kind, ())
    told: set[str] = set()
    while not set(lost) <= told:  # listing names that have no room takes room itself
        told |= set(lost)
        sheet, lost = _drawn(data, width_mm, height_mm, kind, sorted(told))
    return sheet


def plate_png(data: PictureData, width_mm: float, height_mm: float, *, dpi: int) -> bytes:
    """Return a plate as a PNG.

    Parameters
    ----------
    data, width_mm, height_mm
        As for `plate`.
    dpi
        Pixels per inch.
    """
    with plain_style():
        sheet = plate(data, width_mm, height_mm, Canvas)
        return sheet.bytes("png", title=data["meta"]["title"], dpi=dpi)


def _drawn(
    data: PictureData,
    width_mm: float,
    height_mm: float,
    kind: Callable[[float, float], _Sheet],
    unnamed: Sequence[str],
) -> tuple[_Sheet, list[str]]:
    """Draw a plate; return it with the names of places for which there was no room."""
    width, height = width_mm * MM_TO_PT, height_mm * MM_TO_PT
    sheet = kind(width, height)
    scale = width_mm / _USUAL_MM
    text = _TEXT_PT * scale
    pen = Pen(sheet, data["sides"], _UNIT * scale)
    moment = Moment(data, data["days"][-1] if data["days"] else None)
    bottom = height
    if unnamed:
        words, face = f"{', '.join(unnamed)}.", Face(size=text * 0.9, colour=INK_2)
        part = TextBlock(words, face, width, lead="On the map without a name:", most=3)
        bottom -= part.height
        part.draw(sheet, 0.0, bottom)
    sections = legend_of(data, [moment.day])
    below = FlowingLegend(sections, width, text, pen.unit)
    under = (0.5, 0.5, width - 0.5, bottom - below.height - _GAP_PT)
    frame, foot = box_of(data["base"]["bbox"]), bottom - _GAP_PT * bool(unnamed) - 0.5
    for size in (readable(text * share) for share in _SMALLER):
        column = min(legend_width(pen, sections, size), width * _MOST_BESIDE)
        if stacked_height(pen, sections, column, size) > foot:
            continue
        aside = (column + _BESIDE_PT, 0.5, width - 0.5, foot)
        if View.fitting(frame, aside).scale > _GAIN * View.fitting(frame, under).scale:
            draw_stacked(pen, sections, (0.0, 0.0), column, size)
            return sheet, draw_map(pen, aside, moment, Furniture())
        break
    below.draw(pen, 0.0, bottom - below.height)
    return sheet, draw_map(pen, under, moment, Furniture())
