"""Define the largest figures and the days that a report can mean.

Values beyond these bounds come from damaged files, slips of the hand and attacks. They are refused
or left out, and the user is told.
"""

from __future__ import annotations

from datetime import date

MOST_PEOPLE = 200_000_000
"""Largest figure of people that is read.

All the displaced people of the world were 123 million at the end of 2024 (UNHCR, Global Trends).
"""

FIRST_DAY, LAST_DAY = date(1000, 1, 1), date(2199, 12, 31)
"""First and last day that is read. Arithmetic with days works well beyond both."""

MOST_DAYS_BACK = 150 * 366
"""Most days that "N days ago" looks back: longer than a witness lives."""

DAYS_AHEAD = 7
"""Most days between publication and a happening that an article can still report.

A report that is updated keeps its first day of publication, and time zones differ.
"""


def within_bounds(day: date) -> date:
    """Return a day.

    Raises
    ------
    ValueError
        If no report can mean it.
    """
    if not FIRST_DAY <= day <= LAST_DAY:
        msg = f"{day} is not between {FIRST_DAY.year} and {LAST_DAY.year}"
        raise ValueError(msg)
    return day
