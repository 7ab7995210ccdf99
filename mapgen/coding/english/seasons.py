"""Find seasons and parts of a year that ended long ago: "in the spring", "in mid-2024".

Text and the day of publication come in; the words of the season go out.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from mapgen.coding.english.patterns import one_of

# First and last month of each season, as the news of the northern hemisphere uses the words
_SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
}
# First and last month of the parts of a year
_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_BEGUN = timedelta(days=30)  # "in the winter" in early December means the last winter
_NAMED_AFTER = 30  # days after its end, "the spring" is no longer the time of now
_YEAR = r"(?:19|20)\d\d"
_SEASON = re.compile(
    rf"""
    \b {one_of(["in", "during", "over", "through", "throughout"])} \s (?: the \s )?
       (?: (?: early | late | whole ) \s )?
       (?P<season> spring | summer | autumn | fall (?= \s (?: of \s )? {_YEAR} ) | winter ) \b
       (?: \s (?: of \s )? (?P<season_year> {_YEAR} ) )?
       # "in the summer capital" names no season
       (?= \s* (?: [.,;:)–—-] | $ | \w+ly\b
         | (?: and | after | before | but | by | from | of | that | to | when | while
             | with ) \b ) )
  | \b (?P<part> early | mid | late ) [- ] (?P<part_year> {_YEAR} ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)


def past_season(text: str, published: date, *, days: int) -> str | None:
    """Return the words of a season or part of a year that ended long ago, or None.

    Parameters
    ----------
    text
        A clause or sentence.
    published
        Day of publication. A season without a year is the latest one that had begun by then.
    days
        Number of days before publication by which it must have ended. For a season without a year
        30 days are enough.
    """
    for found in _SEASON.finditer(text):
        age = days if found["part"] or found["season_year"] else min(days, _NAMED_AFTER)
        if _end(found, published) < published - timedelta(days=age):
            return found.group(0)
    return None


def _end(found: re.Match[str], published: date) -> date:
    """Return the last day of a season or part of a year."""
    if found["part"]:
        return _last_day(int(found["part_year"]), _PARTS[found["part"].lower()][1])
    first, last = _SEASONS[found["season"].lower()]
    year = int(found["season_year"] or published.year)
    if found["season_year"] is None and date(year, first, 1) > published - _BEGUN:
        year -= 1
    return _last_day(year + (last < first), last)


def _last_day(year: int, month: int) -> date:
    """Return the last day of a month."""
    following = date(year + (month == 12), month % 12 + 1, 1)  # noqa: PLR2004
    return following - timedelta(days=1)
