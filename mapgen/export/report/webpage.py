"""Write a report as a self-contained HTML file without scripts."""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING

from mapgen.export.plain_text import printable
from mapgen.export.report.content import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.export.report.content import Line, Report

_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;color:#1c1c1c}
body{max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0 0 .2rem}h2{font-size:1.1rem;margin:1.4rem 0 .4rem}
img{max-width:100%;height:auto}table{border-collapse:collapse;width:100%;font-size:.85rem}
th,td{text-align:start;vertical-align:top;border-bottom:1px solid #ccc;padding:.3rem .5rem .3rem 0}
.day{color:#555;margin:0}a{color:inherit}h2{break-after:avoid}tr,figure{break-inside:avoid}
figure{margin:1rem 0}@media print{body{margin:0;max-width:none;font-size:9pt}}
"""
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def webpage(report: Report, picture: bytes | None = None) -> str:
    """Return a report as HTML.

    Parameters
    ----------
    report
        Content of the report, all of which is escaped.
    picture
        A PNG, which is embedded in the page.
    """
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{_text(report.title)}</title><style>{_STYLE}</style></head><body>",
        f'<h1>{_text(report.title)}</h1><p class="day">As of: {_text(report.as_of)}</p>',
        *(f"<p><b>{_text(lead)}</b> {_text(text)}</p>" for lead, text in report.summary),
    ]
    if picture is not None:
        data = base64.b64encode(picture).decode("ascii")
        alt = _text(report.alt_text)
        parts.append(f'<figure><img src="data:image/png;base64,{data}" alt="{alt}"></figure>')
    for table in report.tables:
        parts += [f"<h2>{_text(table.heading)}</h2>", _table(table.head, table.rows)]
        parts += [f"<p>{_text(table.below)}</p>"] if table.below else []
    parts += ["<h2>Method</h2>"]
    parts += [f"<p><b>{_text(a)}.</b> {_text(b)}</p>" for a, b in report.method]
    for heading, lines in report.lists:
        items = "".join(f"<li>{_line(line)}</li>" for line in lines)
        parts.append(f"<h2>{heading}</h2><ul>{items}</ul>")
    return "\n".join([*parts, "</body></html>", ""])


def _text(text: str) -> str:
    return html.escape(printable(text), quote=True)


def _line(line: Line) -> str:
    if line.address is None:
        return _text(line.text)
    return f'<a href="{_text(line.address)}" rel="noreferrer">{_text(line.text)}</a>'


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return f"<p>{NOTHING}</p>"
    top = "".join(f'<th scope="col">{_text(c)}</th>' for c in head)
    body = "\n".join(f"<tr>{''.join(f'<td>{_text(c)}</td>' for c in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>\n{body}\n</tbody></table>"
