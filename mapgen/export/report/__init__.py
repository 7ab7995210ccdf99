"""Write a report about a situation, in Markdown, HTML or Word.

What may be shown comes in; the report and its picture go out as files.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mapgen.core.files import check_output, write_atomically, write_bytes_atomically
from mapgen.core.formats import report_files
from mapgen.drawing.figure import write_picture
from mapgen.export.report.content import report_of
from mapgen.export.report.markdown import markdown
from mapgen.export.report.webpage import webpage
from mapgen.export.report.word import word

if TYPE_CHECKING:
    from mapgen.situation.shown import Shown

__all__ = ["write_report"]

_DPI = 170  # at the size of A4, which gives about 300 at the width of the text


def write_report(shown: Shown, path: str | Path) -> list[Path]:
    """Write a report of a situation.

    Parameters
    ----------
    shown
        What may be shown. Its settings limit the length of quotes.
    path
        Path of the report. With ``.md`` the picture is written beside it as ``.png``; with
        ``.html`` and ``.docx`` the report contains the picture.

    Returns
    -------
    list of Path
        The files that were written.

    Raises
    ------
    SettingsError
        If no report has this suffix.
    OutputError
        If a file cannot be written.
    """
    targets = report_files(path)
    for target in targets:
        check_output(target)
    report = report_of(shown)
    picture = _picture(shown)
    kind = targets[0].suffix.lower()
    if kind == ".md":
        write_bytes_atomically(targets[1], picture)
        write_atomically(targets[0], markdown(report, picture=targets[1].name))
    elif kind == ".html":
        write_atomically(targets[0], webpage(report, picture))
    else:
        write_bytes_atomically(targets[0], word(report, picture))
    return targets


def _picture(shown: Shown) -> bytes:
    """Return the map as a PNG."""
    with tempfile.TemporaryDirectory(prefix="mapgen-") as folder:
        path = Path(folder) / "map.png"
        write_picture(shown, path, dpi=_DPI)
        return path.read_bytes()
