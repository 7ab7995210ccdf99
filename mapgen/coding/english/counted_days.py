"""Find days that are counted from the day that a narrative has reached.

Text comes in; spans of days go out: "the next day", "two days later", "that evening". The count
begins at the last day named before the words, in the same sentence or an earlier one.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mapgen.coding.english.dates import DateMention, few
from mapgen.coding.english.patterns import one_of
from mapgen.model import When

if TYPE_CHECKING:
    from collections.abc import Sequence

_PART = one_of(["day", "morning", "afternoon", "evening", "night"])
_COUNT = one_of(
    ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
)
_CLOSED = r"(?= \s* (?: [,.;:)!?–—] | $ ) )"  # "the day before" a comma, not "the day before the"
_COUNTED = re.compile(
    rf"""
    \b
    (?:
        (?P<next> (?<! in\ ) (?<! over\ ) (?<! for\ ) (?<! within\ ) (?<! during\ )
          the \s (?: next | following ) \s {_PART} (?! \s+ or \b | ['’]s )
          | by \s the \s next {_CLOSED} )
      | (?P<before> (?<! in\ ) (?<! than\ ) the \s (?: previous | preceding ) \s {_PART}
          | the \s (?: day | night | evening ) \s before {_CLOSED} )
      | (?P<after> the \s day \s after {_CLOSED} )
      | (?P<n> {_COUNT} | \d{{1,2}} ) \s (?P<unit> day | night | week ) s? \s
        (?: (?P<later> later | afterwards | after (?= \s* [,.;] ) )
          | (?P<earlier> earlier | before (?= \s* [,.;] ) | previously ) )
      | (?P<hours> (?: just \s | only \s )? hours \s (?P<way> later | earlier ) | within \s hours )
      | (?P<same> (?: the \s same | (?: later \s )? that (?: \s same )? ) \s {_PART}
            (?! \s+ of \b )
          | later \s in \s the \s day
          | by \s (?: nightfall | dusk | noon | midday | evening )
          | by \s the \s (?: afternoon | evening )
          | in \s the \s (?: afternoon | evening ) (?! \s+ hours ) )
    )
    \b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ONE = timedelta(days=1)
MOST_DAYS = 3
"""Longest span from which days can be counted."""


def with_counted(
    text: str, dates: Sequence[DateMention], current: When | None, spoken: Sequence[int] = ()
) -> list[DateMention]:
    """Add the days that a sentence counts from another day to those that it names.

    Parameters
    ----------
    text
        One sentence.
    dates
        The dates that it names, in reading order.
    current
        The day that the narrative has reached before the sentence.
    spoken
        Offsets of dates at which somebody spoke. Nothing is counted from them.

    Returns
    -------
    list of DateMention
        All dates in reading order. Where no day is known to count from, the span is None.
    """
    out = list(dates)
    for m in _COUNTED.finditer(text):
        if any(m.start() < d.end and d.start < m.end() for d in out):
            continue
        before = [d for d in out if d.end <= m.start() and d.start not in spoken and not d.since]
        origin = max(before, key=lambda d: d.start).when if before else current
        start, end = _counted(m, origin) or (None, None)
        when = When(start=start, end=end, words=m.group(0), basis="relative")
        out = sorted([*out, DateMention(when, m.start(), m.end(), since=False)], key=_offset)
    return out


def _offset(mention: DateMention) -> int:
    return mention.start


def _counted(m: re.Match[str], origin: When | None) -> tuple[date, date] | None:
    """Return the days that words denote when counted from an origin, or None if it is unknown."""
    if origin is None or origin.start is None or origin.end is None:
        return None
    start, end = origin.start, origin.end
    if end - start >= MOST_DAYS * _ONE:
        return None
    if m["n"]:
        number = (few(m["n"]) or 0) * (7 if m["unit"].lower() == "week" else 1)
        by = (number if m["later"] else -number) * _ONE
        give = 3 * _ONE if m["unit"].lower() == "week" else 0 * _ONE  # weeks are seldom exact
        return start + by - give, end + by + give
    if m["hours"]:
        earlier = (m["way"] or "").lower() == "earlier"
        return (start - _ONE, end) if earlier else (start, end + _ONE)
    by = _ONE if m["next"] or m["after"] else -_ONE if m["before"] else 0 * _ONE
    return start + by, end + by
