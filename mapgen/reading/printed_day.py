"""Find the day of publication that an article prints in its dateline or on a separate line.

A day in running text ("the war began on 15 March 2011") is never taken as day of publication.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH})\.?,?\s+(?P<y1>20\d\d|19\d\d)"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>20\d\d|19\d\d)"
    r"|(?P<y3>20\d\d|19\d\d)(?P<sign>[-/.])(?P<m3>\d\d)(?P=sign)(?P<d3>\d\d)"
    r"|(?P<d4>\d{1,2})\.(?P<m4>\d{1,2})\.(?P<y4>20\d\d|19\d\d)"
    r"|(?P<d5>\d{1,2})/(?P<m5>\d{1,2})/(?P<y5>20\d\d|19\d\d))\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[^.!?]{0,60}?[,/(]?\s*$")
_DASH = re.compile(r"\s*(?:\([^)]{1,30}\)\s*)?(?:[—–]|--?\s|:\s)")
_TELLING = re.compile(r"\b(?:published|updated|posted|issued|dated|date|as of)\b", re.IGNORECASE)
_LINES_READ = 8
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*$", re.IGNORECASE)
_LINKS = frozenset({"and", "at", "by", "de", "for", "in", "of", "on", "the"})
_MOST_BYLINE_WORDS = 24
_MOST_WORDS = 9  # longest line that only gives a date: "Friday, 6 December 2024, 10:15 GMT"


def printed_day(text: str) -> date | None:
    """Return the day of publication that an article prints at its head, or None.

    Only the first lines are searched, for a short line with a full date (a date that the article
    reports on stands in a sentence), a line with "published" or "updated", a dateline
    ("GOMA, Feb 16, 2025 - ...") or a byline ("By Jane Doe, The Courier, GOMA, 16 February 2025").
    """
    lines = [line.strip() for line in text[:3000].splitlines() if line.strip()]
    for line in lines[:_LINES_READ]:
        match = _DAY.search(line)
        if match is None:
            continue
        before, after = line[: match.start()], line[match.end() :]
        short = len(line.split()) <= _MOST_WORDS and not re.search(r"[.!?]$", line)
        dateline = _DATELINE.fullmatch(before) and before[:1].isupper() and _DASH.match(after)
        told = _TELLING.search(before) and len(before) < 40  # noqa: PLR2004
        if short or dateline or told or _is_byline(before, after):
            day = _day(match)
            if day is not None:
                return day
    return None


def _is_byline(before: str, after: str) -> bool:
    """Whether a line is a list of names that ends with its day, by the words around the day."""
    if re.sub(r"[([][^)\]]*[)\]]", "", after).strip():
        return False
    named = _WEEKDAY.sub("", before).strip().rstrip(",")
    parts = [part.split() for part in named.split(",")]
    if not all(parts) or sum(map(len, parts)) > _MOST_BYLINE_WORDS:
        return False
    if re.match(r"(?:[\w-]+ ){0,3}?by ", named, re.IGNORECASE) and before.rstrip().endswith(","):
        return True
    is_name = [all(w[0].isupper() or w[0].isdigit() or w in _LINKS for w in p) for p in parts]
    return len(parts) > 1 and all(is_name)


def days_in(text: str) -> list[date]:
    """Return all days that a text gives with day, month and year, in its order."""
    return [day for m in _DAY.finditer(text) for day in [_day(m)] if day is not None]


def _day(match: re.Match[str]) -> date | None:
    for n in ("1", "2", "3", "4", "5"):
        if match[f"y{n}"]:
            year, day, month = (match[f"{part}{n}"].lower() for part in "ydm")
            number = int(month) if month.isdigit() else MONTHS[month]
            readings = {(int(day), number)}
            if n == "5":  # of 04/12/2024 it is open which is the month
                readings.add((number, int(day)))
            days = [d for one in readings if (d := _real_day(int(year), one)) is not None]
            return days[0] if len(days) == 1 else None
    return None


def _real_day(year: int, day_and_month: tuple[int, int]) -> date | None:
    """Return a day, or None for one like 31 June."""
    day, month = day_and_month
    try:
        return date(year, month, day)
    except ValueError:
        return None
