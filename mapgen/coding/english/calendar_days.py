"""Turn the words for a day of the calendar into days.

Words such as "3 March" or "Monday" come in; first and last days go out. Patterns for the names of
months, weekdays and days of the month stand here too, as several modules search for them.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from mapgen.coding.english.patterns import MONTH_NAMES, WEEKDAYS, one_of
from mapgen.core.bounds import FIRST_DAY, LAST_DAY
from mapgen.reading.printed_day import MONTHS

MONTH = one_of([*MONTH_NAMES, *map(str.upper, MONTH_NAMES)])
"""Pattern for the full name of a month, also in capitals."""

SOME_MONTH = (
    rf"(?:{MONTH}|(?:Jan\.?|Feb\.?|Mar\.|Apr\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)(?![a-z]))"
)
"""Pattern for the name of a month, in full or shortened."""

WEEKDAY = one_of([*WEEKDAYS, *map(str.upper, WEEKDAYS)])
"""Pattern for the name of a day of the week."""

DAY = r"\d{1,2}(?:st|nd|rd|th)?"
"""Pattern for a day of the month."""

UNTIL = r"\s?[-–/]\s?|\s(?:and|or|to|until)\s"
"""Pattern for what stands between two days: "Dec. 3-5", "between 3 and 5 December"."""

_NUMBERS = {n.lower(): i for i, n in enumerate(WEEKDAYS)}


def days_since(weekday: str, day: date) -> int:
    """Return the number of days from the latest day with this name to a day, from 0 to 6."""
    return (day.weekday() - _NUMBERS[weekday.lower()]) % 7


def month_span(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def calendar_day(words: str, published: date | None) -> tuple[date, date] | None:
    """Return the span of a day or month; without a year, the latest one before publication.

    Parameters
    ----------
    words
        Words with the name of a month: "3 March 2024", "Dec. 5", "March 2024".
    published
        Day of publication. It gives the year where the words have none.

    Returns
    -------
    tuple of date, or None
        First and last day. None if there is no such day, or no year is known.
    """
    numbers = [int(n) for n in re.findall(r"\d+", words)]
    month = next(MONTHS[w.lower()] for w in re.findall(r"[A-Za-z]+", words) if w.lower() in MONTHS)
    year = next((n for n in numbers if n > 31), None)  # noqa: PLR2004
    day = next((n for n in numbers if n <= 31), None)  # noqa: PLR2004
    if year is None:
        if published is None:
            return None
        year = published.year - (1 if (month, day or 0) > (published.month, published.day) else 0)
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        return None
    try:
        return (date(year, month, day),) * 2 if day else month_span(year, month)
    except ValueError:  # "31 June": the words give no real day
        return None
