"""Add accessible titles and tooltips to an SVG, shorten it, and put it into an HTML page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PATH = re.compile(r'(?<=<path d=")[^"]*')
_LONG = re.compile(r"(\.\d{2})\d+")

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="mapgen">
<title>{title}</title>
<style>
body {{ margin: 0; background: #fff; }}
figure {{ margin: 0 auto; max-width: 1200px; }}
figure svg {{ display: block; width: 100%; height: auto; }}
[id^="area-"]:hover path {{ opacity: .8; }}
</style>
</head>
<body>
<figure>
{svg}
</figure>
</body>
</html>
"""


def with_titles(svg: str, tips: Sequence[str], *, title: str, description: str) -> str:
    """Add titles to an SVG, for tooltips of its areas and for screen readers.

    Parameters
    ----------
    svg
        SVG from `mapgen.locators.draw.draw`.
    tips
        Titles of ``area-0``, ``area-1`` ... They are escaped.
    title, description
        Title and description of the whole picture.

    Returns
    -------
    str
        The SVG.
    """
    for i, tip in enumerate(tips):
        mark = f'<g id="area-{i}">'
        svg = svg.replace(mark, f"{mark}<title>{html.escape(tip)}</title>", 1)
    head, sign, rest = svg.partition("<svg ")
    start, end, body = rest.partition(">")
    told = f"\n <title>{html.escape(title)}</title>\n <desc>{html.escape(description)}</desc>"
    return f'{head}{sign}role="img" {start}{end}{told}{body}'


def shortened(svg: str) -> str:
    """Round the paths of an SVG to a hundredth of a point, which halves its size."""
    return _PATH.sub(lambda path: _LONG.sub(r"\1", path[0]), svg)


def html_page(svg: str, title: str) -> str:
    """Return an HTML page around an SVG, without scripts or external resources.

    Parameters
    ----------
    svg
        The SVG; anything before its root element is dropped.
    title
        Title of the page, as plain text.
    """
    inline = svg[svg.index("<svg ") :]
    start, end, body = inline.partition(">")
    start = re.sub(r' (?:width|height)="[^"]*"', "", start)  # let it fill the window
    return _PAGE.format(title=html.escape(title), svg=f"{start}{end}{body}".strip())
