"""Write a report as Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from mapgen.export.plain_text import printable
from mapgen.export.report.content import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.export.report.content import Line, Report

# Characters with a meaning anywhere in Markdown, including tables, formulas, bare addresses and
# HTML ("<" and "&"). Others have a meaning only at the beginning of a line.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$^&@])")
_ADDRESS = re.compile(r":(?=\S)|(?<=\bwww)\.", re.IGNORECASE)
_FIRST = re.compile(r"^([-+=:])|^(\d+)([.)])")


def escaped(text: str) -> str:
    """Escape text and put it on one line, so that it contains no markup, link or list."""
    flat = " ".join(printable(text).split())
    marked = _SIGNS.sub(r"\\\1", flat)
    marked = _ADDRESS.sub(lambda found: f"\\{found[0]}", marked)
    return _FIRST.sub(lambda f: f"\\{f[1]}" if f[1] else f"{f[2]}\\{f[3]}", marked)


def markdown(report: Report, *, picture: str | None = None) -> str:
    """Return a report as Markdown.

    Parameters
    ----------
    report
        Content of the report, all of which is escaped.
    picture
        File name of the picture beside the report.
    """
    parts = [f"# {escaped(report.title)}", f"*As of: {escaped(report.as_of)}*"]
    parts += [f"**{escaped(lead)}** {escaped(text)}" for lead, text in report.summary]
    if picture is not None:
        parts.append(f"![{escaped(report.alt_text)}]({quote(picture)})")
    for table in report.tables:
        parts += [f"## {table.heading}", _table(table.head, table.rows)]
        parts += [escaped(table.below)] if table.below else []
    parts += ["## Method", *(f"**{escaped(a)}.** {escaped(b)}" for a, b in report.method)]
    for heading, lines in report.lists:
        parts += [f"## {heading}", "\n".join(f"- {_line(line)}" for line in lines)]
    return "\n\n".join(parts) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return NOTHING
    lines = [head, ["---"] * len(head), *([escaped(c) for c in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _line(line: Line) -> str:
    """Return a line, as a link if it has an address that Markdown can hold."""
    if line.address is None:
        return escaped(line.text)
    target = quote(line.address, safe=":/?#@!$&'*+,;=%~-._")
    return f"[{escaped(line.text)}](<{target}>)"
