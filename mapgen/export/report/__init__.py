"""Write a report about a situation, in Markdown, HTML, Word or as slides.

What may be shown comes in; the report and its picture go out as files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.core.files import check_output, write_atomically, write_bytes_atomically
from mapgen.core.formats import report_files
from mapgen.drawing.data.page_data import picture_data
from mapgen.drawing.figure.plate import plate_png
from mapgen.export.report.content import report_of
from mapgen.export.report.layout import WIDTH_CM, planned
from mapgen.export.report.markdown import markdown
from mapgen.export.report.slides import slides
from mapgen.export.report.webpage import webpage
from mapgen.export.report.word import word

if TYPE_CHECKING:
    from pathlib import Path

    from mapgen.situation.shown import Shown

__all__ = ["markdown", "write_report"]

_DPI = 190  # pixels per inch of paper; from 200 on a PNG has no palette and is thrice as large
_SCREEN_CM = 13.0  # height of the picture in reports for screens


def write_report(shown: Shown, path: str | Path, *, as_shapes: bool = False) -> list[Path]:
    """Write a report of a situation.

    Parameters
    ----------
    shown
        What may be shown. Its settings limit the length of quotes.
    path
        Path of the report. With ``.md`` the picture is written beside it as ``.png``; with
        ``.html``, ``.docx`` and ``.pptx`` the report contains the picture.
    as_shapes
        Whether the map of slides is made of shapes that can be edited, not one picture.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    SettingsError
        If no report has this suffix, or slides are asked for and python-pptx is not installed.
    OutputError
        If a file cannot be written.
    """
    targets = report_files(path)
    for target in targets:
        check_output(target)
    report = report_of(shown)
    kind = targets[0].suffix.lower()
    plan = planned(report)
    data = picture_data(shown)
    if kind == ".pptx":
        write_bytes_atomically(targets[0], slides(report, data, as_shapes=as_shapes))
        return targets
    height_cm = plan.picture_cm if kind == ".docx" else _SCREEN_CM
    picture = plate_png(data, WIDTH_CM * 10, height_cm * 10, dpi=_DPI)
    if kind == ".md":
        write_bytes_atomically(targets[1], picture)
        write_atomically(targets[0], markdown(report, picture=targets[1].name))
    elif kind == ".html":
        write_atomically(targets[0], webpage(report, picture))
    else:
        write_bytes_atomically(targets[0], word(report, picture, plan))
    return targets
