"""Read days in the forms in which programs write them into tables.

A value of a column comes in; the day that it means goes out. Where the order of day and month is
open (04/12/2024), nothing is guessed: other rows of the column settle it, or the user does.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from mapgen.core.bounds import within_bounds
from mapgen.reading.printed_day import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable

ORDERS = {"dmy": "day/month/year", "mdy": "month/day/year", "ymd": "year/month/day"}
"""Orders of the numbers of a day, as written behind a column: ``date=event_date:dmy``."""

EITHER, BOTH = "either", "both"
"""Answers of `order_of` if no row settles the order, and if rows contradict each other."""

ALWAYS = ""
"""Order of a form that can be read in one way only."""

_MOST_CHARS = 60  # the longest form: "Wednesday, 4 September 2024, 10:15:00 a.m. Eastern ..."
_TOO_LARGE = 10**19  # for a number of seconds, or of parts of a second
_CENTURY = 2000  # of years with two digits
_FEW_YEARS = 100
_AHEAD_DAYS = 366  # a year with two digits is no later than this
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_TIME = (
    r"(?:[T ,]\s*(?:at )?\d{1,2}[:.h]\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?[\w :+/()-]*)?"
)
_ISO = re.compile(rf"(\d{{4}})-(\d\d)-(\d\d){_TIME}", re.IGNORECASE)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[/.](\d{{1,2}})[/.](\d{{1,2}}){_TIME}", re.IGNORECASE)
_NUMBERS = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_WEEKDAY = rf"(?:{_DAY_NAME}\.?,?\s+)?"
_DAY_BEHIND = rf"(?:,?\s+{_DAY_NAME}\.?)?"  # as Nexis writes it: "February 14, 2025 Friday"
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+({_MONTH})\.?,?[\s-]+(\d{{4}}|\d\d){_TIME}",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"{_WEEKDAY}({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_DAY_BEHIND}{_TIME}",
    re.IGNORECASE,
)
# As C's ctime, the command ``date`` and the first API of Twitter: "Fri Feb 14 10:11:12 +0000 2025"
_YEAR_LAST = re.compile(
    rf"{_DAY_NAME}\s+({_MONTH})\s+(\d{{1,2}})\s+\d{{1,2}}:\d\d:\d\d\s+(?:[A-Z+-][\w:]*\s+)?(\d{{4}})",
    re.IGNORECASE,
)
_DOTNET = re.compile(r"/Date\((\d{12,13})(?:[+-]\d{4})?\)/")  # JSON of Microsoft's programs
_COMPACT = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:T?([01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?:Z|[+-]\d{4})?)?"
)
_WEEK = re.compile(rf"(\d{{4}}-?W\d\d-?[1-7]){_TIME}")
_ORDINAL = re.compile(r"(\d{4})-(\d{3})")
_EPOCH = re.compile(r"(\d{9,19})(?:\.\d+)?")
# Digits of seconds, milliseconds, microseconds and nanoseconds since 1970, for 1973 to 2286
_EPOCH_UNITS = ((9, 10, 1), (12, 13, 1_000), (15, 16, 1_000_000), (18, 19, 1_000_000_000))


def days_meant(value: object) -> dict[str, date]:
    """Return the days that a value can mean, by the order of its numbers.

    Parameters
    ----------
    value
        A date, a number of seconds or milliseconds since 1970, or text.

    Returns
    -------
    dict of str to date
        One item with the key `ALWAYS` if the form can be read in one way only; otherwise an item
        for each of `ORDERS` that gives a possible day. Empty if the value is no day.
    """
    if isinstance(value, bool):
        return {}
    if isinstance(value, datetime):
        return _bounded({ALWAYS: value.date()})
    if isinstance(value, date):
        return _bounded({ALWAYS: value})
    if isinstance(value, int | float):
        return _of_epoch(str(int(value))) if 0 <= value < _TOO_LARGE else {}  # nan is neither
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > _MOST_CHARS:
        return {}
    return _bounded(_of_text(text))


def the_day(value: object, order: str | None) -> date:
    """Return the day that a value means.

    Parameters
    ----------
    value
        As for `days_meant`.
    order
        Order of the numbers in the column, one of `ORDERS`; None if it is not settled.

    Raises
    ------
    ValueError
        If the value is no day, not a day in this order, or if its order is open.
    """
    days = days_meant(value)
    if ALWAYS in days:
        return days[ALWAYS]
    if order in days:
        return days[order]
    if not days:
        msg = f"{value!r} is not a day"
        raise ValueError(msg)
    if order in ORDERS:
        msg = f"{value!r} is not a day written {ORDERS[order]} as in the other rows"
        raise ValueError(msg)
    if len(set(days.values())) == 1:
        return next(iter(days.values()))
    msg = f"{value!r} is a day that can be read in two ways"
    raise ValueError(msg)


def order_of(values: Iterable[object], *, today: date | None = None) -> str | None:
    """Return the order of the numbers in the days of a column.

    Parameters
    ----------
    values
        Values of the column, empty ones among them.
    today
        A year with two digits that is later than the year after this day is not meant. By default
        the current day.

    Returns
    -------
    str or None
        One of `ORDERS`; None if no value needs an order; `EITHER` if the order is open; `BOTH` if
        rows contradict each other.
    """
    last = (today or datetime.now(tz=UTC).date()) + timedelta(days=_AHEAD_DAYS)
    possible = set(ORDERS)
    needed = False
    for value in values:
        days = days_meant(value)
        if ALWAYS in days or not days:
            continue
        # a year of two digits is never far ahead: 24/12/31 is not 24 December 2031
        near = {order: day for order, day in days.items() if day <= last} or days
        possible &= set(near)
        needed = needed or len(set(near.values())) > 1 or len(near) < len(ORDERS) - 1
        if not possible:
            return BOTH
    if not needed:
        return None
    return next(iter(possible)) if len(possible) == 1 else EITHER


def looks_like_a_day(values: Iterable[object]) -> bool:
    """Whether all values of a column that are not empty can be days, and there are some."""
    filled = [value for value in values if value is not None and str(value).strip()]
    return bool(filled) and all(days_meant(value) for value in filled)


def _of_text(text: str) -> dict[str, date]:
    """Return the days that a text can mean."""
    if _EPOCH.fullmatch(text) and not _COMPACT.fullmatch(text):
        return _of_epoch(text.partition(".")[0])
    for form in (_ISO, _YEAR_FIRST, _COMPACT):
        if found := form.fullmatch(text):
            return _of_numbers({ALWAYS: (found[1], found[2], found[3])}) or _of_epoch(text)
    if found := _DAY_MONTH.fullmatch(text):
        month = str(MONTHS[found[2].lower()])
        return _of_numbers({ALWAYS: (found[3], month, found[1])})
    if found := _DOTNET.fullmatch(text):
        return _of_epoch(found[1])
    if found := _MONTH_DAY.fullmatch(text) or _YEAR_LAST.fullmatch(text):
        month = str(MONTHS[found[1].lower()])
        return _of_numbers({ALWAYS: (found[3], month, found[2])})
    if found := _NUMBERS.fullmatch(text):
        return _of_open_order(found[1], found[3], found[4], points=found[2] == ".")
    return _of_week_or_ordinal(text)


def _of_open_order(first: str, second: str, third: str, *, points: bool) -> dict[str, date]:
    """Return the days of three numbers of which the year may be any."""
    if points and len(third) > len("24"):
        return _of_numbers({ALWAYS: (third, second, first)})  # no country writes 12.25.2024
    orders = {"dmy": (third, second, first), "mdy": (third, first, second)}
    if len(third) == len("24"):
        orders["ymd"] = (first, second, third)
    return _of_numbers(orders)


def _of_numbers(orders: dict[str, tuple[str, str, str]]) -> dict[str, date]:
    """Return the possible days among numbers of year, month and day."""
    days = {}
    for order, (year_text, month, day) in orders.items():
        year = int(year_text)
        if len(year_text) < len("2024"):
            year += _CENTURY
        try:
            days[order] = date(year, int(month), int(day))
        except ValueError:  # "31/31/2024" is no day in this order
            continue
    return days


def _of_week_or_ordinal(text: str) -> dict[str, date]:
    """Return the day of an ISO week date (2024-W49-3) or an ordinal date (2024-339)."""
    try:
        if found := _WEEK.fullmatch(text):
            return {ALWAYS: date.fromisoformat(found[1])}
        if (found := _ORDINAL.fullmatch(text)) and int(found[2]) > 0:
            day = date(int(found[1]), 1, 1) + timedelta(days=int(found[2]) - 1)
            return {ALWAYS: day} if day.year == int(found[1]) else {}
    except ValueError:  # week 54
        return {}
    return {}


def _of_epoch(digits: str) -> dict[str, date]:
    """Return the day (UTC) of a number of seconds, or parts of seconds, since 1970."""
    if not digits.isascii() or not digits.isdigit():
        return {}
    for fewest, most, per_second in _EPOCH_UNITS:
        if fewest <= len(digits) <= most:
            return _bounded(
                {ALWAYS: datetime.fromtimestamp(int(digits) // per_second, tz=UTC).date()}
            )
    return _bounded(_of_digits(digits))


def _of_digits(digits: str) -> dict[str, date]:
    """Return the day of a number such as 20241204 or 20241204101500."""
    found = _COMPACT.fullmatch(digits)
    return _of_numbers({ALWAYS: (found[1], found[2], found[3])}) if found else {}


def _bounded(days: dict[str, date]) -> dict[str, date]:
    """Return the days that a report can mean."""
    kept = {}
    for order, day in days.items():
        try:
            kept[order] = within_bounds(day)
        except ValueError:  # a year such as 0004
            continue
    return kept
