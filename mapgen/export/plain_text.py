"""Make text from articles harmless for formats that would interpret it."""

from __future__ import annotations

import re

from mapgen.core.clean_text import marked
from mapgen.core.spreadsheet_cells import never_formula

# XML 1.0 cannot contain these characters, and some readers of GeoJSON and CSV fail on them.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Replace by U+FFFD what XML cannot contain and what turns the order of letters around."""
    return marked(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def not_evaluated(text: str) -> str:
    """Return a text as a label in which QGIS finds no expression: ``[% env('HOME') %]``.

    QGIS evaluates what stands between these signs in titles, legends and labels of layouts.
    """
    return printable(text).replace("[%", "[ %")


def cell(value: object) -> object:
    """Return a value as a spreadsheet cell that is never a formula.

    Text that begins like a formula gets a leading apostrophe. Numbers are not changed, even if they
    are negative.
    """
    if not isinstance(value, str):
        return value
    return never_formula(printable(value))


def cut_quote(text: str, most_chars: int) -> str:
    """Shorten a quote.

    Parameters
    ----------
    text
        The quote.
    most_chars
        Maximum number of characters before the ellipsis; 0 keeps the whole quote.
    """
    if not most_chars or len(text) <= most_chars:
        return text
    return text[:most_chars].rstrip() + "…"
