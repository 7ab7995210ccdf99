"""Find days that are written as numbers, as ordinals, as nights and as spans.

Text comes in; spans of days with their offsets go out: "04.12.2024", "on the 5th", "overnight
into 6 March", "between 24 February and 2 March", "from Thursday to Saturday", "Good Friday".
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from mapgen.coding.english.calendar_days import (
    DAY,
    SOME_MONTH,
    UNTIL,
    WEEKDAY,
    calendar_day,
    days_since,
)
from mapgen.coding.english.patterns import one_of

_DATED = rf"(?:{DAY}\s+{SOME_MONTH}|{SOME_MONTH}\s+{DAY})(?!\d)(?:,?\s+(?:19|20)\d\d)?"
_UNITS = ["Army", "Battalion", "Brigade", "Corps", "Division", "Infantry", "Regiment"]
# What may follow "on the 5th": another word would be what is counted, as in "the 5th Brigade"
_AFTER_ORDINAL = rf"""
    (?= \s* (?: [,.;:)!?–—] | $ ) | \s+ (?: of \s+ {SOME_MONTH} )
      | \s+ {one_of(["and", "but", "when", "while", "after", "before", "as", "in", "at", "with"])}
        \b (?! \s+ \d )
      | \s+ {one_of(["about", "against", "around", "by", "from", "into", "near", "through"])} \b
      | \s+ {one_of(["toward", "towards", "under", "without"])} \b | \s+ to \b (?! \s+ \d )
      | \s+ {one_of(["the", "they", "he", "she", "it", "we", "rebels", "fighters"])} \b
      | \s+ {one_of(["insurgents", "troops", "soldiers", "government", "army", "militants"])} \b
      | \s+ (?! {one_of(_UNITS)} \b ) [A-Z][\w'’-]+ \s
        {one_of(["changed", "fell", "followed", "surrendered", "went", "was", "were"])} \b
    )
"""
_NIGHT = r"(?:[Oo]vernight|(?:in|during|on)\s+the\s+night)"
_WRITTEN = re.compile(
    rf"""
    (?<! [\d.,/-] ) \b
    (?:
        (?P<full> \d{{1,2}} (?P<mark> [./] ) \d{{1,2}} (?P=mark) (?:19|20)\d\d
          | \d{{1,2}} / \d{{1,2}} / \d\d ) \b (?! [./]?\d )
      | (?<= \b[Oo]n\  | \b[Bb]y\  ) (?P<on> \d{{1,2}}/\d{{1,2}} ) \b (?! [./]?\d | \s+ of \b )
      | (?<= [Ss]ince\  | [Uu]ntil\  ) (?P<since> \d{{1,2}}/\d{{1,2}} ) \b (?! [./]?\d | \s+ of \b )
      | (?P<months> (?P<from> {_DATED} ) (?: {UNTIL} ) (?P<to> {_DATED} ) )
      | {_NIGHT} \s+ (?: in )? to \s+ (?P<night> {_DATED} | {WEEKDAY} )
      | (?: {_NIGHT} \s+ (?: from | of | between ) | (?<! \w ) [Ff]rom | [Bb]etween ) \s+
        (?P<first> {WEEKDAY} ) \s+ (?: to | until | and ) \s+ (?P<last> {WEEKDAY} )
      | {WEEKDAY} ,? \s+ (?: the \s+ )? (?P<day> {_DATED} )
      | (?: (?<= \b[Oo]n\ the\  ) | (?<= \b[Bb]y\ the\  ) | (?<= [Ss]ince\ the\  )
          | (?<= [Uu]ntil\ the\  ) | (?<= \bto\ the\  ) )
        (?P<ordinal> \d{{1,2}} (?:st|nd|rd|th) )
        (?: \s+ (?:and|or) \s+ (?:the\s+)? (?P<second> \d{{1,2}} (?:st|nd|rd|th) ) )?
        (?! \s+ of \s+ {SOME_MONTH} ) {_AFTER_ORDINAL}
      | (?P<feast> Good\ Friday | Easter\ (?: Sunday | Monday ) )
    )
    """,
    re.VERBOSE,
)
_FEASTS = {"Good Friday": -2, "Easter Sunday": 0, "Easter Monday": 1}  # days from Easter Sunday
_ONE = timedelta(days=1)


class WrittenDay(NamedTuple):
    """A span of days, and the character offsets of its words in the text that was searched.

    ``basis`` is "stated", or "relative" if the days are counted from the day of publication.
    """

    start: int
    end: int
    span: tuple[date, date] | None
    basis: str


def written_days(text: str, published: date | None) -> list[WrittenDay]:
    """Return the days that a sentence gives in these forms, in reading order.

    Parameters
    ----------
    text
        One sentence.
    published
        Day of publication, which gives the year, the month or the week where the words do not.

    Returns
    -------
    list of WrittenDay
        Days with character offsets into ``text``. The span is None if the day is unknown.
    """
    out = []
    for m in _WRITTEN.finditer(text):
        counted = m["night"] and re.fullmatch(WEEKDAY, m["night"])
        basis = "relative" if counted or m["first"] or m["ordinal"] else "stated"
        out.append(WrittenDay(m.start(), m.end(), _span(m, published), basis))
    return out


def _span(m: re.Match[str], published: date | None) -> tuple[date, date] | None:
    """Return the first and last day that a match denotes, or None if that is unknown."""
    numbers = m["full"] or m["on"] or m["since"]
    if numbers:
        return _numeric([int(n) for n in re.split(r"[./]", numbers)], published)
    if m["day"]:
        return calendar_day(m["day"], published)
    if m["months"]:
        return _between(m["from"], m["to"], published)
    if m["night"] and not re.fullmatch(WEEKDAY, m["night"]):
        day = calendar_day(m["night"], published)
        return day and (day[0] - _ONE, day[1])
    if published is None:
        return None
    if m["night"]:
        day_after = published - days_since(m["night"], published) * _ONE
        return day_after - _ONE, day_after
    if m["first"]:
        last = published - days_since(m["last"], published) * _ONE
        return last - days_since(m["first"], last) * _ONE, last
    if m["ordinal"]:
        return _ordinals(m["ordinal"], m["second"], published)
    easters = [_easter(year) for year in (published.year, published.year - 1)]
    days = [e + _FEASTS[m["feast"]] * _ONE for e in easters]
    return (next(d for d in days if d <= published),) * 2


def _numeric(numbers: list[int], published: date | None) -> tuple[date, date] | None:
    """Return the day of "04.12.2024" or "4/12".

    Where both the day and the month may come first, it is the later of the two days that is not
    after publication, as reports are of the recent past.
    """
    century = 100
    if len(numbers) == 3:  # noqa: PLR2004 - day, month and year
        years = [numbers[2] + (2000 if numbers[2] < century else 0)]
    else:
        years = [published.year, published.year - 1] if published else []
    pairs = [numbers[:2], numbers[1::-1]]
    days = [d for y in years for day, month in pairs if (d := _real(y, month, day)) is not None]
    past = [d for d in days if published is None or d <= published]
    best = max(past) if past and published else next(iter(past or days), None)
    return (best, best) if best else None


def _real(year: int, month: int, day: int) -> date | None:
    """Return a day, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:  # "31.02.2024"
        return None


def _between(first: str, last: str, published: date | None) -> tuple[date, date] | None:
    """Return the days of "28 December to 3 January"."""
    end = calendar_day(last, published)
    start = calendar_day(first, end[0] if end else published)
    if start is None or end is None or start[0] > end[1]:
        return end
    return start[0], end[1]


def _ordinals(first: str, second: str | None, published: date) -> tuple[date, date] | None:
    """Return the day of "the 5th", or the span of "the 22nd and 24th"."""
    day = _of_month(int(first[:-2]), published)
    last = _of_month(int(second[:-2]), published) if second else day
    if day is None or last is None or day[0] > last[1]:
        return last
    return day[0], last[1]


def _of_month(day: int, published: date) -> tuple[date, date] | None:
    """Return the latest day with this number that is not after publication."""
    before = published.replace(day=1) - _ONE
    for d in (_real(published.year, published.month, day), _real(before.year, before.month, day)):
        if d is not None and d <= published:
            return d, d
    return None


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, by the method of Gauss for 1900 to 2099."""
    moon = (19 * (year % 19) + 24) % 30
    week = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    days = moon + week
    # the two exceptions of the method
    late = (days == 35) or (days == 34 and moon == 28 and year % 19 > 10)  # noqa: PLR2004
    return date(year, 3, 22) + timedelta(days=days - (7 if late else 0))
