"""Remove toponyms that only name a street, a building or a quarter in another town.

"Baghdad Street in Damascus" is in Damascus, "the Kinshasa Hall in Bangui" is in Bangui, and "the
General Santander stadium" is wherever it is. The georeferences of an article come in, and go out
without Baghdad, Kinshasa and Santander.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.places.toponym_features import TITLES

if TYPE_CHECKING:
    from mapgen.places.georeference import Geoparse, Georeference

# Things in a town that may be named after another place.
_THINGS = (
    r"(?:avenue|bazaar|boulevard|bridge|building|caf[eé]|cent(?:er|re)|church|cinema|clinic|club"
    r"|college|district|embassy|gardens?|hall|hospital|hotel|library|mall|market|mosque|museum"
    r"|neighbou?rhood|palace|park|quarter|restaurant|road|roundabout|school|square|stadium|street"
    r"|suburb|theat(?:er|re)|tower|university)"
)
_BEHIND = re.compile(
    rf"\s(?:[\w-]+\s){{0,2}}?{_THINGS},?\s(?:in|of|inside)\s(?:the\s)?"
    r"(?:[a-z]+\s)?(?:(?:city|town|capital|village)(?:\sof|,)?\s)?",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\bnamed\s(?:after|for)\s(?:the\s)?(?:(?:city|town|capital)\sof\s)?$")
# "the General Santander stadium"
_HONOURED = re.compile(r"\b(?P<title>[A-Z]\w+)\s\Z")
_THING_BEHIND = re.compile(rf"\s(?:[\w-]+\s)?{_THINGS}\b", re.IGNORECASE)


def without_namesakes(found: Geoparse, text: str) -> Geoparse:
    """Return a geoparse without toponyms that only name something in another town.

    Parameters
    ----------
    found
        Resolved toponyms of an article.
    text
        Text of the article.

    Returns
    -------
    Geoparse
        The same geoparse without these georeferences.
    """
    references = found.references
    kept = tuple(
        r
        for i, r in enumerate(references)
        if not _is_borrowed(r, references[i + 1] if i + 1 < len(references) else None, text)
    )
    return replace(found, references=kept)


def _is_borrowed(r: Georeference, behind: Georeference | None, text: str) -> bool:
    """Return whether a name follows "named after" or names something in the next town."""
    if _NAMED.search(text[max(0, r.start - 40) : r.start]):
        return True
    honoured = _HONOURED.search(text, max(0, r.start - 20), r.start)
    is_titled = honoured is not None and honoured["title"].casefold() in TITLES
    if is_titled and _THING_BEHIND.match(text, r.end):
        return True
    if behind is None or behind.place is None or behind.place.precision != "settlement":
        return False
    if r.place is not None and r.place.id == behind.place.id:
        return False
    if r.place is not None and r.place.precision == "site":
        return False  # the gazetteer lists the site itself, with its own point
    return _BEHIND.fullmatch(text[r.end : behind.start]) is not None
