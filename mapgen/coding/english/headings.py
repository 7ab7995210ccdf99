"""Find the days that headings, timed posts and the head of a report give to what stands below.

The text of an article comes in. Offsets with the days that hold from there go out, and the days
that a situation report covers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from mapgen.coding.english.counted_days import MOST_DAYS
from mapgen.coding.english.dates import find_dates
from mapgen.model import When

if TYPE_CHECKING:
    from datetime import date

_LINE = re.compile(r"[^\n]+")
_TIMED = re.compile(r"\s*\(?\d{1,2}[:.]\d{2}(?!\d)(?:\s?[ap]\.?m\.?)?(?:\s(?:GMT|UTC))?\)?\s*\D")
_BULLET = re.compile(r"\s*(?:[-*+•–]|\d+[.)])\s")
_LEAST_POSTS = 2  # one time at the beginning of a line may be anything
_MOST_OTHER_WORDS = 2  # "Day 3: Saturday 7 December" is a dated heading; a title has more words
_HEAD_CHARS = 800  # a report says what it covers in its head
_TITLE_CHARS = 200
_COVERS = re.compile(
    r"\b(?:reporting period|period covered|covers|covering|for the period|for the week of)\b"
    r"[^\n.;]{0,40}$",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\b(?:as (?:of|at)|cut-?off(?: date)?:?)\s$", re.IGNORECASE)
LONGEST_PERIOD = 31
"""Longest period in days that a report or a paragraph gives to its events."""


def is_short(when: When, most_days: int) -> bool:
    """Whether a date is known to so many days."""
    if when.start is None or when.end is None:
        return False
    return when.end - when.start < timedelta(days=most_days)


def day_marks(
    text: str, headings: set[int], published: date | None
) -> list[tuple[int, When | None]]:
    """Return the offsets of dated headings and timed posts with their days, in reading order.

    Parameters
    ----------
    text
        The article.
    headings
        Offsets of its headings.
    published
        Day of publication, to which the posts above the first dated heading belong.

    Returns
    -------
    list of tuple
        Offsets with the day that holds from there, or None where no day holds.
    """
    lines = [(m.start(), m.group(0)) for m in _LINE.finditer(text) if m.group(0).strip()]
    dated = {at: when for at, line in lines if (when := _heading_day(line, published)) is not None}
    timed = {at: line for at, line in lines if _TIMED.match(line)}
    if len(timed) < _LEAST_POSTS:
        timed = {}
    if len(dated) == 1 and not timed and next(iter(dated.values())).start == published:
        return []  # the day of publication, printed on a line of its own
    leads = _led_bullets(lines, published)
    marks: list[tuple[int, When | None]] = []
    day = None if published is None else When(start=published, end=published, words="", basis=None)
    for at, line in lines:
        if at in leads:
            marks.append((at, leads[at]))
        if at in dated:
            day = dated[at]
            marks.append((at, day))
        elif at in timed:
            marks.append((at, _post_day(line, day)))
        elif at in headings and not timed:
            marks.append((at, None))
    return marks


def _post_day(line: str, day: When | None) -> When | None:
    """Return the day of a post; its words are those of the heading, or else the time."""
    stamp = re.match(r"\s*\(?([\d:.]+)", line)
    return replace(day, words=day.words or (stamp[1] if stamp else "")) if day else None


def _led_bullets(lines: list[tuple[int, str]], published: date | None) -> dict[int, When | None]:
    """Return the offsets at which bullets with a day begin, and at which they end."""
    found: dict[int, When | None] = {}
    is_led = False
    for (at, line), (_, after) in pairwise([*lines, (0, "")]):
        lead = _lead_day(line, after, published)
        if lead is not None:
            found[at], is_led = lead, True
        elif is_led and not _BULLET.match(line):
            found[at], is_led = None, False
    return found


def _lead_day(line: str, after: str, published: date | None) -> When | None:
    """Return the day of a line that introduces bullets: "Since 16 January:", or None."""
    if not line.rstrip().endswith(":") or not _BULLET.match(after):
        return None
    dates = find_dates(line, published)
    return dates[0].when if len(dates) == 1 and dates[0].when.start is not None else None


def _heading_day(line: str, published: date | None) -> When | None:
    """Return the day of a line that is little more than a date, or None."""
    bare = line.strip().lstrip("#*-–— ").rstrip(":.*-–— ")
    dates = find_dates(bare, published)
    if not dates or dates[0].when.start is None or not is_short(dates[0].when, MOST_DAYS):
        return None
    rest = bare
    for d in reversed(dates):
        rest = rest[: d.start] + rest[d.end :]
    return dates[0].when if len(re.findall(r"\w+", rest)) <= _MOST_OTHER_WORDS else None


def covered(text: str, published: date | None) -> tuple[When | None, When | None]:
    """Return the days that a report covers, and the day of its stocks.

    Parameters
    ----------
    text
        The report. Only its head is searched.
    published
        Day of publication.

    Returns
    -------
    period : When or None
        "Reporting period: 12 to 18 April", or the span in its title.
    as_of : When or None
        "As of 20 April".
    """
    period = as_of = None
    for m in _LINE.finditer(text[:_HEAD_CHARS]):
        line = m.group(0)
        for d in find_dates(line, published):
            if d.when.start is None or d.when.end is None or d.since:
                continue
            before, is_title = line[: d.start], _is_title(line, m.start())
            if d.when.start == d.when.end:
                if as_of is None and is_title and _AS_OF.search(before):
                    as_of = d.when
            elif period is None and _is_period(d.when):
                of_title = is_title and m.start() < _TITLE_CHARS and _ends_line(line, d.end)
                if of_title or _COVERS.search(before):
                    period = d.when
    return period, as_of


def _is_title(line: str, at: int) -> bool:
    """Whether a line is the first of a text, or no sentence."""
    return at == 0 or not re.search(r"[.!?]\s*$", line)


def _is_period(when: When) -> bool:
    """Whether a date is written in figures, as reports write theirs, and is not too long."""
    written = when.basis == "stated" and re.search(r"\d", when.words) is not None
    return written and is_short(when, LONGEST_PERIOD + 1)


def _ends_line(line: str, at: int) -> bool:
    """Whether nothing but a bracket or a year follows on a line."""
    return not re.search(r"[A-Za-z]{3}", line[at:])
