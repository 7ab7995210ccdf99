"""Write a report as slides (.pptx) with python-pptx.

Title and summary, the map, the tables with as many rows as a slide can hold, and method and sources
each have slides of their own. The whole quotes are in the notes for the speaker.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

from mapgen.drawing.figure.plate import plate, plate_png
from mapgen.drawing.figure.shape_list import Shape, ShapeList
from mapgen.drawing.figure.typeface import plain_style
from mapgen.export.formats.zipped import rezipped
from mapgen.export.plain_text import printable
from mapgen.export.report.content import NOTHING
from mapgen.export.report.layout import (
    breaks_no_word,
    column_widths,
    rows_by_height,
    rows_height_cm,
    text_height_cm,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import PictureData
    from mapgen.drawing.figure.surface import Words
    from mapgen.export.report.content import Line, Report, Table

_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)
_WIDTH_CM, _HEIGHT_CM, _MARGIN_CM = 33.867, 19.05, 1.5  # 16 : 9, as programs propose it
_ROOM_CM = _WIDTH_CM - 2 * _MARGIN_CM
_MAP_CM = (2.6, 15.6)  # top and height of the map
_TABLE_CM = (2.8, 14.6)
_NOTE_CM = 17.4  # lowest top of a note under a table
_ROOM_FOR_OTHER_FONTS = 1.25  # programs set rows higher than we measure them
_TITLE_PT, _BODY_PT, _FINE_PT = 26, 16, 12
_SUMMARY_PT = (22.0, 20.0, 18.0, 16.0, 14.0)  # sizes tried for the summary, until it fits
_SUMMARY_CM = (6.0, 11.0)  # top and height
_CREDIT_CM, _CREDIT_PT = (18.3, 0.6), 8
_METHOD_PT = (18.0, 16.0, 14.0, 13.0)  # sizes tried for the method, until it fits
_TABLE_PT = (20.0, 18.0, 16.0, 14.0, 12.0)  # sizes tried for a table, until it fits on one slide
_FONT, _INK, _QUIET, _LINK, _SHADE = "Arial", "1C1C1C", "555555", "0B5394", "EDEDED"
_DPI = 150
_AFTER = 0.4  # space after a paragraph, in multiples of the size of its text
_EMU_PT = 12_700  # units of PowerPoint in a point
_UNITS = 100  # in a point; PowerPoint counts the points of an outline in whole units


def slides(report: Report, data: PictureData, *, as_shapes: bool = False) -> bytes:
    """Return a report as a .pptx file, with the same bytes for the same report.

    Parameters
    ----------
    report
        Content of the report. Only the addresses of articles become links.
    data
        Data from `mapgen.drawing.data.page_data.picture_data`, for the map.
    as_shapes
        Whether the map is a group of shapes and texts that can be edited, not one picture.
    """
    from pptx import Presentation  # noqa: PLC0415  an optional dependency
    from pptx.util import Cm  # noqa: PLC0415

    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(_WIDTH_CM), Cm(_HEIGHT_CM)
    told = deck.core_properties
    told.title, told.author, told.last_modified_by = printable(report.title)[:255], "mapgen", ""
    told.created = told.modified = _NO_DAY
    told.revision = 1
    quotes = [note for table in report.tables for note in table.notes]
    first = _slide(deck, report.title, [report.as_of, *report.summary_lines])
    _text(first, (4.2, 1.5), [f"As of: {report.as_of}"], _BODY_PT, colour=_QUIET)
    _text(first, _SUMMARY_CM, [_Led(*part) for part in report.summary], _summary_size(report))
    nothing = NOTHING[0].lower() + NOTHING[1:]
    empty = [f"{table.heading}: {nothing}" for table in report.tables if not table.rows]
    if empty:  # a slide of its own would be empty
        _text(first, (_NOTE_CM, 1.2), empty, _FINE_PT, colour=_QUIET)
    drawn = _slide(deck, f"The map: {report.as_of.partition('. ')[0].rstrip('.')}", quotes)
    if as_shapes:
        _map_of_shapes(drawn, data, report.alt_text)
    else:
        _map_picture(drawn, data, report.alt_text)
    checked = report.as_of.rstrip(".").rpartition(". ")[2]  # "Machine reading, not reviewed"
    thanks = " · ".join((*report.credits, checked))  # the slide may be shown alone
    _text(drawn, _CREDIT_CM, [thanks], _CREDIT_PT, colour=_QUIET)
    for table in report.tables:
        if table.rows:
            _table_slides(deck, table)
    method = [_Led(f"{lead}.", text) for lead, text in report.method]
    words = [f"{lead}. {text}" for lead, text in report.method]
    size = next((s for s in _METHOD_PT if _reckoned_cm(words, s) <= _TABLE_CM[1]), _METHOD_PT[-1])
    _text(_slide(deck, "Method", []), (2.8, 15.0), method, size)
    lines: list[str | Line] = []
    for name, told_lines in report.lists:
        lines += [_Heading(name), *told_lines]
    _list_slides(deck, lines)
    stream = io.BytesIO()
    deck.save(stream)
    return rezipped(stream.getvalue())


def _summary_size(report: Report) -> float:
    """Return the greatest size at which the summary has room, in points."""
    lines = report.summary_lines
    sizes = (size for size in _SUMMARY_PT if _reckoned_cm(lines, size) <= _SUMMARY_CM[1])
    return next(sizes, _SUMMARY_PT[-1])


def _reckoned_cm(paragraphs: Sequence[str], size: float) -> float:
    """Return the height of paragraphs as wide as the slide, with room for other fonts."""
    lines = sum(text_height_cm(one, size, _ROOM_CM) for one in paragraphs)
    return lines * _ROOM_FOR_OTHER_FONTS + len(paragraphs) * size * _AFTER / 72 * 2.54


@dataclass(frozen=True, slots=True)
class _Led:
    """A paragraph that begins with bold words."""

    lead: str
    text: str


class _Heading(str):
    """A heading between the lines of lists."""

    __slots__ = ()


def _slide(deck: Any, title: str, notes: Sequence[str]) -> Any:  # noqa: ANN401  pptx has no types
    """Add a slide with a title and notes."""
    from pptx.util import Cm  # noqa: PLC0415

    slide = deck.slides.add_slide(deck.slide_layouts[5])  # title only
    box = slide.shapes.title
    box.left, box.top, box.width, box.height = (Cm(v) for v in (_MARGIN_CM, 0.7, _ROOM_CM, 1.7))
    frame = box.text_frame
    frame.margin_left = 0  # in line with tables and maps
    frame.text = printable(title)
    frame.word_wrap = True
    size = _TITLE_PT if len(title) <= 70 else _TITLE_PT - 6  # noqa: PLR2004  letters on a line
    for paragraph in frame.paragraphs:
        _face(paragraph, size, bold=True)
    if notes:
        slide.notes_slide.notes_text_frame.text = "\n".join(printable(n) for n in notes)
    return slide


def _face(paragraph: Any, size: float, *, bold: bool = False, colour: str = _INK) -> None:  # noqa: ANN401
    from pptx.enum.text import PP_ALIGN  # noqa: PLC0415
    from pptx.util import Pt  # noqa: PLC0415

    paragraph.alignment = PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.size, run.font.name, run.font.bold = Pt(size), _FONT, bold
        run.font.color.rgb = _colour(colour)


def _text(
    slide: Any,  # noqa: ANN401
    place: tuple[float, float],
    lines: Sequence[str | Line | _Led],
    size: float,
    *,
    colour: str = _INK,
) -> None:
    """Write paragraphs in a box that is as wide as the slide; top and height are in cm."""
    from pptx.util import Cm, Pt  # noqa: PLC0415

    top, height = place
    box = slide.shapes.add_textbox(*(Cm(v) for v in (_MARGIN_CM, top, _ROOM_CM, height)))
    frame = box.text_frame
    frame.margin_left, frame.word_wrap = 0, True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        led = paragraph.add_run() if isinstance(line, _Led) else None
        run = paragraph.add_run()
        run.text = printable(line if isinstance(line, str) else line.text)
        paragraph.space_after = Pt(size * _AFTER)
        is_heading = isinstance(line, _Heading)
        _face(paragraph, size + 2 * is_heading, bold=is_heading, colour=colour)
        if led is not None and isinstance(line, _Led):
            led.text, led.font.bold = f"{printable(line.lead)} ", True
        elif not isinstance(line, (str, _Led)) and line.address is not None:
            run.hyperlink.address = printable(line.address)


def _map_picture(slide: Any, data: PictureData, alt_text: str) -> None:  # noqa: ANN401
    from pptx.util import Cm  # noqa: PLC0415

    top, height = _MAP_CM
    png = plate_png(data, _ROOM_CM * 10, height * 10, dpi=_DPI)
    size = (Cm(v) for v in (_MARGIN_CM, top, _ROOM_CM, height))
    picture = slide.shapes.add_picture(io.BytesIO(png), *size)
    picture.name = "Map"
    picture._element.nvPicPr.cNvPr.set("descr", printable(alt_text))  # no public way


def _map_of_shapes(slide: Any, data: PictureData, alt_text: str) -> None:  # noqa: ANN401
    """Draw the map as a group of shapes and texts."""
    top, height = _MAP_CM
    with plain_style():
        sheet = plate(data, _ROOM_CM * 10, height * 10, ShapeList)
    group = slide.shapes.add_group_shape()
    group.name = "Map"
    group._element.nvGrpSpPr.cNvPr.set("descr", printable(alt_text))
    origin = (_MARGIN_CM * 72 / 2.54, top * 72 / 2.54)
    for one in sheet.drawn:
        if isinstance(one, Shape):
            _add_shape(group, one, origin)
        else:
            _add_words(group, one, origin)


def _add_shape(group: Any, shape: Shape, origin: tuple[float, float]) -> None:  # noqa: ANN401
    from pptx.enum.dml import MSO_LINE  # noqa: PLC0415
    from pptx.oxml.ns import qn  # noqa: PLC0415
    from pptx.util import Pt  # noqa: PLC0415

    runs = [
        [((x + origin[0]) * _UNITS, (y + origin[1]) * _UNITS) for x, y in run] for run in shape.runs
    ]
    builder = _outline_builder().new(group.shapes, *runs[0][0], _EMU_PT / _UNITS, _EMU_PT / _UNITS)
    for number, run in enumerate(runs):
        if number:
            builder.move_to(*run[0])
        builder.add_line_segments(run[1:], close=shape.closed)
    made = builder.convert_to_shape()
    made._element.remove(made._element.find(qn("p:style")))  # its shadow, and the theme's colours
    look = shape.look
    if look.fill is None:
        made.fill.background()
    else:
        made.fill.solid()
        made.fill.fore_color.rgb = _colour(look.fill)
        _see_through(made.fill._xPr, look.alpha)
    if look.line is None or not look.width:
        made.line.fill.background()
    else:
        made.line.color.rgb = _colour(look.line)
        made.line.width = Pt(look.width)
        if look.dash:
            made.line.dash_style = MSO_LINE.DASH
        _see_through(made.line.fill._xPr, look.alpha)


@cache
def _outline_builder() -> Any:  # noqa: ANN401
    """Return the builder of outlines of python-pptx, which finds each corner only once.

    Its own searches all points for the corner again at each point, so that a coast of 5,000 points
    takes 25 million steps.
    """
    from pptx.shapes.freeform import FreeformBuilder  # noqa: PLC0415

    found: Any = FreeformBuilder
    # the corner is first asked for when all points are there
    kept = {
        name: cached_property(getattr(found, name).fget)
        for name in ("shape_offset_x", "shape_offset_y")
    }
    return type("Outline", (found,), kept)


def _colour(told: str) -> Any:  # noqa: ANN401
    from pptx.dml.color import RGBColor  # noqa: PLC0415

    kind: Any = RGBColor
    bare = told.lstrip("#")
    bare = "".join(c * 2 for c in bare) if len(bare) == 3 else bare  # noqa: PLR2004
    try:
        return kind.from_string(bare.upper())
    except ValueError:  # a name from a table of the user
        return kind.from_string(_INK)


def _see_through(element: Any, alpha: float | None) -> None:  # noqa: ANN401
    """Set the opacity of the colour of a fill or line; python-pptx has no public way."""
    from pptx.oxml import parse_xml  # noqa: PLC0415
    from pptx.oxml.ns import nsdecls, qn  # noqa: PLC0415

    if alpha is not None and alpha < 1:
        for colour in element.iter(qn("a:srgbClr")):
            colour.append(parse_xml(f'<a:alpha {nsdecls("a")} val="{round(alpha * 100_000)}"/>'))


def _add_words(group: Any, words: Words, origin: tuple[float, float]) -> None:  # noqa: ANN401
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN  # noqa: PLC0415
    from pptx.util import Emu, Pt  # noqa: PLC0415

    wide = len(words.words) * words.size * 0.7 + 4
    shift = {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
    left, top = words.x + origin[0] - shift, words.y + origin[1] - words.size * 1.05
    place = (left, top, wide, words.size * 1.3)
    box = group.shapes.add_textbox(*(Emu(round(v * _EMU_PT)) for v in place))
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.auto_size = False, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    paragraph = frame.paragraphs[0]
    sides = {"start": PP_ALIGN.LEFT, "middle": PP_ALIGN.CENTER, "end": PP_ALIGN.RIGHT}
    paragraph.alignment = sides[words.anchor]
    run = paragraph.add_run()
    run.text = printable(words.words)
    run.font.size, run.font.name = Pt(round(words.size, 1)), _FONT
    run.font.bold, run.font.italic = words.weight == "bold", words.style == "italic"
    run.font.color.rgb = _colour(words.colour)


def _table_slides(deck: Any, table: Table) -> None:  # noqa: ANN401
    """Add slides with a table; each repeats its heading and holds as many rows as fit."""
    size, widths, parts = next(
        (tried for tried in map(partial(_divided, table), _TABLE_PT) if _is_roomy(table, tried)),
        _divided(table, _TABLE_PT[-1]),
    )
    for number, rows in enumerate(parts, start=1):
        heading = f"{table.heading} ({number} of {len(parts)})" if len(parts) > 1 else table.heading
        slide = _slide(deck, heading, table.notes if number == 1 else ())
        below = [table.below] if table.below and number == len(parts) else []
        whole = [table.head, *rows]
        _grid(slide, whole, widths, size)
        if below:
            end = _TABLE_CM[0] + rows_height_cm(whole, size, widths) * _ROOM_FOR_OTHER_FONTS
            _text(slide, (min(end, _NOTE_CM), 1.2), below, _FINE_PT, colour=_QUIET)


def _is_roomy(table: Table, tried: tuple[float, list[float], list[Any]]) -> bool:
    """Whether a table stands on one slide and no word of it is broken."""
    size, _, parts = tried
    return len(parts) == 1 and breaks_no_word(table, size, _ROOM_CM)


def _divided(table: Table, size: float) -> tuple[float, list[float], list[Any]]:
    """Return a size of text, with the widths of columns and the rows of each slide."""
    widths = column_widths(table, size, _ROOM_CM)
    return size, widths, list(rows_by_height(table, size, widths, _TABLE_CM[1]))


def _grid(
    slide: Any,  # noqa: ANN401
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    size: float,
) -> None:
    """Draw a table, whose first row is its head."""
    from pptx.util import Cm, Pt  # noqa: PLC0415

    place = (Cm(_MARGIN_CM), Cm(_TABLE_CM[0]), Cm(_ROOM_CM), Cm(0.6) * len(rows))
    made = slide.shapes.add_table(len(rows), len(rows[0]), *place).table
    made.horz_banding = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    for y, texts in enumerate(rows):
        made.rows[y].height = Cm(0.6)
        for x, text in enumerate(texts):
            cell = made.cell(y, x)
            cell.margin_left = cell.margin_right = Pt(3)
            cell.margin_top = cell.margin_bottom = Pt(2)
            cell.text_frame.paragraphs[0].add_run().text = printable(text)
            _face(cell.text_frame.paragraphs[0], size, bold=y == 0)
            cell.fill.solid()
            cell.fill.fore_color.rgb = _colour(_SHADE if y == 0 else "FFFFFF")


def _list_slides(deck: Any, lines: Sequence[str | Line]) -> None:  # noqa: ANN401
    """Add slides with the limits, the articles and the credits."""
    most = 24  # lines on a slide
    for start in range(0, len(lines), most):
        slide = _slide(deck, "Limits and sources", ())
        _text(slide, (2.8, 15.0), lines[start : start + most], _FINE_PT)
