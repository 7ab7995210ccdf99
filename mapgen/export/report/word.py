"""Write a report as a Word file (.docx) with python-docx."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mapgen.export.formats.zipped import rezipped
from mapgen.export.plain_text import printable
from mapgen.export.report.content import CHANGE_HEAD, FIGURE_HEAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.export.report.content import Report

_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)  # Word needs a day, and the day of writing is left out
_WIDTH_CM, _MARGIN_CM, _SMALL_PT = 17.0, 2.0, 8


def word(report: Report, picture: bytes | None = None) -> bytes:
    """Return a report as a .docx file, with the same bytes for the same report.

    Parameters
    ----------
    report
        Content of the report. Text is written as runs and never becomes a field or a link.
    picture
        A PNG, which is embedded with its text alternative.
    """
    from docx import Document  # noqa: PLC0415  only needed here
    from docx.shared import Cm  # noqa: PLC0415

    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(_MARGIN_CM)
        section.top_margin = section.bottom_margin = Cm(_MARGIN_CM)
    _properties(document, report)
    document.add_heading(printable(report.title), level=0)
    document.add_paragraph().add_run(f"As of: {printable(report.as_of)}").italic = True
    for line in report.summary:
        document.add_paragraph(printable(line))
    if picture is not None:
        shape = document.add_picture(io.BytesIO(picture), width=Cm(_WIDTH_CM))
        told = shape._inline.docPr  # python-docx has no public way to set a text alternative
        told.set("descr", printable(report.alt_text))
    document.add_heading("What changed hands", level=1)
    _table(document, CHANGE_HEAD, report.changes)
    document.add_heading("People on the move", level=1)
    _table(document, FIGURE_HEAD, report.figures)
    document.add_paragraph(
        "Each row gives the range of the figures reported; rows are never added up."
    )
    document.add_heading("Method", level=1)
    for lead, text in report.method:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{printable(lead)}. ").bold = True
        paragraph.add_run(printable(text))
    for heading, lines in (
        ("Limits", report.limits),
        ("Articles", report.articles),
        ("Credits", report.credits),
    ):
        document.add_heading(heading, level=1)
        for line in lines:
            document.add_paragraph(printable(line), style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return rezipped(stream.getvalue())


def _properties(document: Any, report: Report) -> None:  # noqa: ANN401  docx has no types
    told = document.core_properties
    told.title, told.author, told.comments = printable(report.title)[:255], "mapgen", ""
    told.created = told.modified = _NO_DAY
    told.last_modified_by, told.revision = "mapgen", 1


def _table(document: Any, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:  # noqa: ANN401
    from docx.shared import Pt  # noqa: PLC0415

    if not rows:
        document.add_paragraph("Nothing reported in these articles.")
        return
    table = document.add_table(rows=0, cols=len(head), style="Light List")
    for number, texts in enumerate([head, *rows]):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(printable(text))
            run.font.size, run.bold = Pt(_SMALL_PT), number == 0
