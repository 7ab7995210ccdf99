"""Draw the map and its key alone, for a document that has its own headline, summary and sources.

The data of a picture and the size of the plate come in; a `Canvas` goes out, in whose text a reader
of the printed page sees the size that the document has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.drawing.data.moment import Moment
from mapgen.drawing.figure.canvas import Canvas, plain_style
from mapgen.drawing.figure.legend import FlowingLegend, legend_of
from mapgen.drawing.figure.mapbox import Furniture, draw_map
from mapgen.drawing.figure.marks import INK_2, Pen
from mapgen.drawing.figure.prose import Face, TextBlock
from mapgen.drawing.figure.sizes import MM_TO_PT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapgen.drawing.data.page_records import PictureData

_UNIT, _TEXT_PT = 0.56, 7.0  # points per pixel of the page, size of the key, at 170 mm
_USUAL_MM = 170.0
_GAP_PT = 5.0


def plate(
    data: PictureData,
    width_mm: float,
    height_mm: float,
    canvas: Callable[[float, float], Canvas] = Canvas,
) -> Canvas:
    """Draw the map of the last day with its key below.

    Parameters
    ----------
    data
        Data from `mapgen.drawing.data.page_data.picture_data`.
    width_mm, height_mm
        Size of the plate on paper, in mm.
    canvas
        Kind of sheet to draw on, made from its width and height in points.

    Returns
    -------
    Canvas
        The sheet. Names without room on the map stand below the key.
    """
    sheet, lost = _drawn(data, width_mm, height_mm, canvas, ())
    told: set[str] = set()
    while not set(lost) <= told:  # listing names that have no room takes room itself
        told |= set(lost)
        sheet, lost = _drawn(data, width_mm, height_mm, canvas, sorted(told))
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
        return plate(data, width_mm, height_mm).bytes("png", title=data["meta"]["title"], dpi=dpi)


def _drawn(
    data: PictureData,
    width_mm: float,
    height_mm: float,
    canvas: Callable[[float, float], Canvas],
    unnamed: Sequence[str],
) -> tuple[Canvas, list[str]]:
    """Draw a plate; return it with the names of places for which there was no room."""
    width, height = width_mm * MM_TO_PT, height_mm * MM_TO_PT
    sheet = canvas(width, height)
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
    legend = FlowingLegend(legend_of(data, [moment.day]), width, text, pen.unit)
    bottom -= legend.height
    legend.draw(pen, 0.0, bottom)
    box = (0.5, 0.5, width - 0.5, bottom - _GAP_PT)
    return sheet, draw_map(pen, box, moment, Furniture())
