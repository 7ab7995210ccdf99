"""Write a report as a Word file (.docx) with python-docx.

A report that leaves room for a picture stands on one page of A4. A longer one has the summary and
the picture on the first page, the tables on the next, and method and sources after them.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mapgen.export.formats.zipped import rezipped
from mapgen.export.plain_text import printable
from mapgen.export.report.content import NOTHING
from mapgen.export.report.layout import CELL_PT, WIDTH_CM, Look, Plan, column_widths, planned

if TYPE_CHECKING:
    from mapgen.export.report.content import Line, Report, Table

_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)  # Word needs a day, and the day of writing is left out
_FONT = "Arial"
_LINK = "0B5394"
_EDGE = 'w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"'
_BORDERS = f"<w:tblBorders><w:top {_EDGE}/><w:bottom {_EDGE}/><w:insideH {_EDGE}/></w:tblBorders>"
_SIDE = f'w:w="{round(CELL_PT * 20)}" w:type="dxa"'
_MARGINS = f"<w:tblCellMar><w:left {_SIDE}/><w:right {_SIDE}/></w:tblCellMar>"
_WHOLE_ROW, _HEADER_ROW = "<w:cantSplit/>", "<w:tblHeader/>"
_SHADED = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>'


def word(report: Report, picture: bytes | None = None, plan: Plan | None = None) -> bytes:
    """Return a report as a .docx file, with the same bytes for the same report.

    Parameters
    ----------
    report
        Content of the report. Text is written as runs and never becomes a field; only the
        addresses of articles become links.
    picture
        A PNG, which is embedded with its text alternative, 17 cm wide.
    plan
        Sizes of the text; by default those that `planned` chooses.
    """
    from docx import Document  # noqa: PLC0415  only needed here
    from docx.shared import Cm  # noqa: PLC0415

    plan = plan or planned(report)
    look = plan.look
    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.0)
        section.top_margin = section.bottom_margin = Cm(1.3)
        section.header_distance = section.footer_distance = Cm(0.7)
    _styles(document, look)
    _properties(document, report)
    document.add_heading(printable(report.title), level=0)
    document.add_paragraph().add_run(f"As of: {printable(report.as_of)}").italic = True
    for lead, text in report.summary:
        _led(document.add_paragraph(), lead, text)
    if picture is not None:
        shape = document.add_picture(io.BytesIO(picture), width=Cm(WIDTH_CM))
        told = shape._inline.docPr  # python-docx has no public way to set a text alternative
        told.set("descr", printable(report.alt_text))
        for edge in ("distT", "distB", "distL", "distR"):  # else programs add a margin of theirs
            shape._inline.set(edge, "0")
    for number, table in enumerate(report.tables):
        heading = document.add_heading(printable(table.heading), level=1)
        heading.paragraph_format.page_break_before = not plan.is_one_page and number == 0
        _table(document, table, look)
    if plan.is_one_page:
        _run_in(document, report, above=3 * look.gap)
    else:
        _listed(document, report)
    stream = io.BytesIO()
    document.save(stream)
    return rezipped(stream.getvalue())


def _listed(document: Any, report: Report) -> None:  # noqa: ANN401  docx has no types
    """Write method, limits and sources under headings, each line in a paragraph of its own."""
    document.add_heading("Method", level=2)
    for lead, text in report.method:
        _led(document.add_paragraph(style="Fine"), f"{lead}.", text)
    for name, lines in report.lists:
        document.add_heading(name, level=2)
        for one in lines:
            paragraph = document.add_paragraph(style="Fine")
            paragraph.add_run("• ")
            _add_line(paragraph, one)


def _led(paragraph: Any, lead: str, text: str) -> None:  # noqa: ANN401
    """Write a lead word in bold, and the text that it leads."""
    paragraph.add_run(f"{printable(lead)} ").bold = True
    paragraph.add_run(printable(text))


def _run_in(document: Any, report: Report, above: float) -> None:  # noqa: ANN401
    """Write method, limits and sources in as few lines as possible, with a space (pt) above."""
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = document.add_paragraph(style="Fine")
    paragraph.paragraph_format.space_before = Pt(above)
    paragraph.add_run("Method: ").bold = True
    for lead, text in report.method:
        paragraph.add_run(f"{printable(lead)}. ").bold = True
        paragraph.add_run(f"{printable(text)} ")
    for name, lines in report.lists:
        paragraph = document.add_paragraph(style="Fine")
        paragraph.add_run(f"{name}: ").bold = True
        for number, one in enumerate(lines):
            if number:
                paragraph.add_run(" · ")
            _add_line(paragraph, one)


def _styles(document: Any, look: Look) -> None:  # noqa: ANN401  docx has no types
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    document.styles.add_style("Fine", WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[
        "Normal"
    ]
    sizes = {
        "Normal": (look.body, 0.0, look.gap),
        "Fine": (look.fine, 0.0, look.gap / 2),
        "Title": (look.title, 0.0, 2 * look.gap),
        "Heading 1": (look.heading, 3 * look.gap, look.gap),
        "Heading 2": (max(look.fine + 1, 7.5), 2 * look.gap, look.gap / 2),
    }
    for name, (size, before, after) in sizes.items():
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), _FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):  # fonts of the theme would go before ours
            if key.endswith("Theme"):
                del fonts.attrib[key]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(_name(f"w:{script}"), _FONT)
        form = style.paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0
        if name not in {"Normal", "Fine"}:
            style.font.bold, style.font.color.rgb = True, RGBColor(0x1C, 0x1C, 0x1C)
            form.keep_with_next = True
    border = document.styles["Title"].element.pPr.find(_name("w:pBdr"))
    if border is not None:  # the rule under the title of python-docx's template
        document.styles["Title"].element.pPr.remove(border)


def _properties(document: Any, report: Report) -> None:  # noqa: ANN401
    told = document.core_properties
    told.title, told.author, told.comments = printable(report.title)[:255], "mapgen", ""
    told.created = told.modified = _NO_DAY
    told.last_modified_by, told.revision = "mapgen", 1


def _table(document: Any, table: Table, look: Look) -> None:  # noqa: ANN401
    from docx.shared import Cm, Pt  # noqa: PLC0415

    if table.rows:
        widths = [Cm(width) for width in column_widths(table, look.table)]
        made = document.add_table(rows=0, cols=len(table.head))
        made.autofit = False
        _add(made._tbl.tblPr, _BORDERS + _MARGINS)
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for number, texts in enumerate([table.head, *table.rows]):
            row = made.add_row()
            _add(row._tr.get_or_add_trPr(), _WHOLE_ROW + (_HEADER_ROW if number == 0 else ""))
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(1)
                run = paragraph.add_run(printable(text))
                run.font.size, run.bold = Pt(look.table), number == 0
                if number == 0:
                    _add(cell._tc.get_or_add_tcPr(), _SHADED)
    else:
        document.add_paragraph(NOTHING)
    if table.below:
        document.add_paragraph(printable(table.below), style="Fine")


def _add_line(paragraph: Any, line: Line) -> None:  # noqa: ANN401
    """Write a line of a list, as a link if it has an address."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    run = paragraph.add_run(printable(line.text))
    if line.address is None:
        return
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415
    from docx.shared import RGBColor  # noqa: PLC0415

    target = paragraph.part.relate_to(
        printable(line.address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    link = OxmlElement("w:hyperlink")
    link.set(_name("r:id"), target)
    run.font.underline, run.font.color.rgb = True, RGBColor.from_string(_LINK)
    paragraph._p.append(link)
    link.append(run._r)


def _add(parent: Any, xml: str) -> None:  # noqa: ANN401
    """Append elements of WordprocessingML to an element."""
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    for element in parse_xml(f"<w:x {nsdecls('w')}>{xml}</w:x>"):
        parent.append(element)


def _name(short: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415

    return str(qn(short))
