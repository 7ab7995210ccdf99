"""Find dates in a sentence, and resolve them against the day of publication.

Text comes in; spans of days with their offsets go out. A date that the text does not give is
never filled in.
"""

from __future__ import annotations

import functools
import re
from datetime import date, timedelta
from typing import NamedTuple

from mapgen.coding.english.calendar_days import (
    DAY,
    MONTH,
    SOME_MONTH,
    UNTIL,
    WEEKDAY,
    calendar_day,
    days_since,
)
from mapgen.coding.english.measuring_days import only_measures
from mapgen.coding.english.patterns import MONTH_NAMES, one_of
from mapgen.coding.english.quantities import parse_number
from mapgen.coding.english.seasons import past_season
from mapgen.coding.english.written_days import written_days
from mapgen.core.bounds import MOST_DAYS_BACK
from mapgen.model import When

_PART_OF_MONTH = one_of(["early", "late", "mid"])
_NUMBER_WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_YEAR = r"(?:19|20)\d\d"
_PAST = one_of(["past", "last"])
_WITHIN = one_of(["in", "over", "during", "within"])
_RELATIVE = rf"""
    {one_of(["yesterday", "today", "overnight"])}
  | {one_of(["this weekend", "last weekend"])}
  | {one_of(["this week", "last week", "this month", "last month", "this morning", "last night"])}
  | {one_of(["earlier this week", "in recent days"])}
  | {one_of(["this evening", "this afternoon", "tonight", "in the small hours"])}
  | since\ the\ weekend
  | {_WITHIN}\ the\ {_PAST}\ (?: few\  )? days
  | {_WITHIN}\ the\ {_PAST}\ {one_of(["week", "24 hours"])}
  | {_WITHIN}\ the\ {_PAST}\ (?: \d{{1,3}} | {one_of(_NUMBER_WORDS)} )
    \ {one_of(["hours", "days", "weeks"])}
  | {one_of(["at", "over", "during"])}\ the\ weekend
"""
# day of the month and month of holidays with a fixed date
_HOLIDAYS = {
    "Christmas Day": (25, 12),
    "Christmas Eve": (24, 12),
    "Boxing Day": (26, 12),
    "New Year's Day": (1, 1),
    "New Year’s Day": (1, 1),
    "New Year's Eve": (31, 12),
    "New Year’s Eve": (31, 12),
}
_DATE = re.compile(
    rf"""
    \b
    (?:
        (?P<iso> {_YEAR} (?P<sign> [-/] ) (?: 0[1-9] | 1[0-2] ) (?P=sign) [0-3]\d ) \b
      | (?P<range>
            {DAY} (?: {UNTIL} ) {DAY} (?: \s+ of )? \s+ {SOME_MONTH} (?: \s+ \d{{4}} )?
          | {SOME_MONTH} \s+ {DAY} (?: {UNTIL} ) {DAY} (?!\d) (?: ,? \s+ \d{{4}} )?
        )
      | (?P<dmy>
            {DAY} (?: \s+ of )? \s+ {SOME_MONTH} (?: \s+ \d{{4}} )?    # 3 March 2024
          | {SOME_MONTH} \s+ \d{{1,2}} (?!\d|,\d{{3}}\b) {one_of(["st", "nd", "rd", "th"])}?
            (?: ,? \s+ \d{{4}} )?                             # March 3rd, 2024; not "In June 3,000"
        )
        (?! \s+ {one_of(["Movement", "Brigade", "Front"])} )  # no day: the March 23 Movement
      | (?: {_PART_OF_MONTH} [- ] )? (?P<my> {MONTH} \s+ \d{{4}} )
      | (?P<weekday> {WEEKDAY} ) (?P<week> \s (?: of \s )? last \s week )?
      | (?P<ago>
            (?: {one_of(["a", "one", *_NUMBER_WORDS])} | \d+ )
            \s+ (?:days?|weeks?|fortnights?) \s+ ago
          | a \s fortnight \s ago
        )
      | (?P<holiday> {one_of(_HOLIDAYS)} )
      | (?P<rel> (?i: {_RELATIVE} ) )
      | (?:
            (?<= \b[Ii]n\  ) | (?<= \blast\  ) | (?<= \b[Ss]ince\  ) | (?<= \b[Bb]y\  )
          | (?<= \b[Dd]uring\  ) | (?<= \bstart\ of\  ) | (?<= \bbeginning\ of\  )
          | (?<= \bend\ of\  ) | (?<= \bend\  ) | \b {_PART_OF_MONTH} [- ]
          | (?<= \bmiddle\ of\  ) | (?<= \bdays\ of\  ) | (?<= \bweek\ of\  ) | (?<= \bweeks\ of\  )
          | (?<= \bhalf\ of\  ) | (?<= \bthat\  ) | (?<= \bsame\  )
          | (?= (?! May ) {MONTH} ['’]s\b )                 # "July's first offensive"; May's a name
        )
        (?P<m> {MONTH} ) \b                                 # "in March", "mid-March"
      | (?<! day\  ) (?P<y> {_YEAR} ) \b (?! \s* {one_of(["people", "residents"])} )
    )
    """,
    re.VERBOSE,
)
_SEASON = one_of(["spring", "summer", "autumn", "fall", "winter", "year"])
_AGO = re.compile(
    rf"""
    \b (?:years?|decades?)\ {one_of(["ago", "earlier", "before"])} \b
  | \b (?: {one_of([*_NUMBER_WORDS, "eleven", "several", "some"])} | \d+ )
    \ months\ {one_of(["ago", "earlier"])} \b
  | \b last\ {_SEASON} \b
  | \b at\ the\ time \b
  | \b in\ {one_of(["the", "earlier", "previous"])}\ (?:years?|decades?) \b
  | \b (?:19|20)\d0s \b                                     # the 1990s
  | \b that\ {one_of(["year", "decade", "summer", "winter", "spring", "autumn"])} \b
  | \b centur(?:y|ies)\ ago \b
    """,
    re.IGNORECASE | re.VERBOSE,
)


PRESENT_DAYS = 150
"""Age in days up to which a dated event belongs to the present situation.

Our own choice: few reports look back more than five months.
"""

PASSED_AFTER = timedelta(days=61)
"""How long passing events and wars that ended are still of the present.

Our own choice: who fled two months ago is mostly still away.
"""

# "since March" and "lost Paletwa since the offensive began in November"; but in "Since the fall of
# Avdiivka in February", the date is that of the fall
_SINCE = re.compile(
    r"""
    \b since \s+ (?: \w+ \s+ )? $
  | \b since \s the \s (?: start | beginning | end | middle ) \s of \s $
  | \w+ \W+ \w+ \W+ \w+ \W+ since \b [^,;.]{0,60} $
    """,
    re.IGNORECASE | re.VERBOSE,
)
_THIS_DAY = frozenset(
    {"in the small hours", "this afternoon", "this evening", "this morning", "today", "tonight"}
)
_NEAR_CHARS = 300  # in which "since" and what stands with it lie before a date
_THIS_WEEK = frozenset({"this week", "earlier this week", "in recent days"})


class DateMention(NamedTuple):
    """A date, and the character offsets of its words in the text that was searched.

    ``since`` is true if the date is the beginning of a period: "since March".
    """

    when: When
    start: int
    end: int
    since: bool


# Parts of a month as in calendars and weather reports, ten days each
_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


def _part(span: tuple[date, date] | None, words: str) -> tuple[date, date] | None:
    """Return the part of a month that a preceding "early", "mid" or "late" denotes."""
    first = re.match(r"[a-z]+", words, re.IGNORECASE)
    part = _PARTS.get(first.group(0).lower()) if first else None
    if span is None or part is None or span[0] == span[1]:
        return span
    start, end = span
    return start.replace(day=part[0]), start.replace(day=min(part[1], end.day))


def _relative(words: str, published: date | None) -> tuple[date, date] | None:
    """Return the span of "yesterday", "this week" and similar words, which need ``published``."""
    if published is None:
        return None
    one = timedelta(days=1)
    match words.lower():
        case "yesterday":
            return published - one, published - one
        case words if words in _THIS_DAY:
            return published, published
        case "overnight" | "last night":
            return published - one, published
        case words if "weekend" in words:
            sunday = published - timedelta(days=(published.weekday() + 1) % 7)
            last = published if words.startswith("since") else min(sunday, published)
            return sunday - one, last
        case words if words in _THIS_WEEK or re.search(r" the (?:past|last) ", words):
            return published - _days_past(words) * one, published
        case "last week":
            return published - 13 * one, published - one
        case "this month":
            return published.replace(day=1), published
        case _:
            last = published.replace(day=1) - one
            return last.replace(day=1), last


def _days_past(words: str) -> int:
    """Return the number of days that "in the past 48 hours" looks back; 6 without a number."""
    counted = re.search(r"(\w+) (hours|days|weeks)$", words)
    number = parse_number(counted[1]) if counted else None
    if counted is None or number is None:
        return 6
    if counted[2] == "hours":
        return -(-number // 24)  # rounded up
    return number * (7 if counted[2] == "weeks" else 1)


def few(word: str) -> int | None:
    """Return the number of days or weeks that a word gives; "a" is one."""
    return 1 if word.lower() in {"a", "an"} else parse_number(word)


def _ago(words: str, published: date | None) -> tuple[date, date] | None:
    """Return the day of "three days ago", or the week around "five weeks ago"."""
    number = few(words.split(maxsplit=1)[0])
    if published is None or number is None:
        return None
    if "fortnight" in words:
        number *= 2
    if number > MOST_DAYS_BACK:
        return None
    if "day" in words:
        day = published - timedelta(days=number)
        return day, day
    day = published - timedelta(days=7 * number)
    return day - timedelta(days=3), day + timedelta(days=3)


def _named_days(m: re.Match[str], published: date | None) -> tuple[date, date] | None:
    """Return the days of "2024-12-04", "between 3 and 5 December" or "Christmas Day"."""
    if m["iso"]:
        try:
            return (date.fromisoformat(m["iso"].replace("/", "-")),) * 2
        except ValueError:  # "2024-02-30": the words give no real day
            return None
    if m["holiday"]:
        day, month = _HOLIDAYS[m["holiday"]]
        return calendar_day(f"{day} {MONTH_NAMES[month - 1]}", published)
    first, last = [n for n in re.findall(r"\d+", m["range"]) if len(n) <= 2][:2]  # noqa: PLR2004
    rest = re.sub(r"\d{1,2}(?!\d)(?<!\d{3})(?:st|nd|rd|th)?\b", " ", m["range"])
    ends = [calendar_day(f"{n} {rest}", published) for n in (first, last)]
    if ends[0] is None or ends[1] is None or ends[0] > ends[1]:
        return ends[1]
    return ends[0][0], ends[1][1]


def _weekday(m: re.Match[str], published: date) -> date:
    """Return the day of "Monday", "last Friday" or "Monday last week"."""
    back = days_since(m["weekday"], published)
    day = published - timedelta(days=back)
    if m["week"] and back <= published.weekday():  # the day found is still in this week
        return day - timedelta(days=7)
    said_last = m.string[: m.start("weekday")].casefold().endswith("last ")
    return day - timedelta(days=7) if said_last and back == 0 else day


def _span_of(m: re.Match[str], published: date | None) -> tuple[date, date] | None:
    """Return the first and last day that a match denotes, or None if that is unknown."""
    words = m.group(0)
    if m["iso"] or m["range"] or m["holiday"]:
        return _named_days(m, published)
    if m["y"]:
        return date(int(words), 1, 1), date(int(words), 12, 31)
    if m["weekday"]:
        return None if published is None else (_weekday(m, published),) * 2
    if m["ago"] or m["rel"]:
        return _ago(words, published) if m["ago"] else _relative(words, published)
    return _part(calendar_day(m["dmy"] or m["my"] or m["m"], published), words)


def find_dates(text: str, published: date | None) -> list[DateMention]:
    """Return the dates that a sentence names, in reading order.

    Parameters
    ----------
    text
        One sentence.
    published
        Day of publication. "On Monday" becomes the latest Monday not after it. Without it,
        ``start`` and ``end`` of relative dates are None.

    Returns
    -------
    list of DateMention
        Spans of days, cut off at the day of publication, with character offsets into ``text``.
        Dates that only measure ("the first return since 2019") are left out.
    """
    return list(_dates(text, published))


@functools.lru_cache(maxsize=64)  # several rules ask for the dates of one sentence
def _dates(text: str, published: date | None) -> tuple[DateMention, ...]:
    written = written_days(text, published)
    spans = [(w.start, w.end, w.span, w.basis) for w in written]
    for m in _DATE.finditer(text):
        words = m.group(0)
        if any(m.start() < w.end and w.start < m.end() for w in written):
            continue
        if m["y"] and published is not None and int(words) > published.year:
            continue  # a plan, or a number that is not a year
        basis = "relative" if m["weekday"] or m["ago"] or m["rel"] else "stated"
        spans.append((m.start(), m.end(), _span_of(m, published), basis))
    spans = [
        s for s in spans if not only_measures(text, s[0]) and not _lies_ahead(text, s, published)
    ]
    return tuple(_mention(text, *span, published) for span in sorted(spans))


_BY_THEN = re.compile(
    r"\b(?:to|will)\s[a-z]+\b[^.;]{0,80}\b(?:before|by|no later than|until)\s"
    r"(?:the\s(?:end|middle|start)\sof\s)?$"
)


def _lies_ahead(
    text: str, found: tuple[int, int, tuple[date, date] | None, str], published: date | None
) -> bool:
    """Whether "to leave by 25 July", told on the 20th, means no July of the year before."""
    first, after, span, _ = found
    if span is None or published is None or re.search(r"\d{4}", text[first:after]):
        return False
    old = span[1] < published - timedelta(days=PRESENT_DAYS)
    return old and _BY_THEN.search(text[:first]) is not None


def _mention(
    text: str,
    first: int,
    after: int,
    span: tuple[date, date] | None,
    basis: str,
    published: date | None,
) -> DateMention:
    """Return the mention at these offsets; a span ends at the day of publication."""
    since = _SINCE.search(text[max(0, first - _NEAR_CHARS) : first]) is not None
    start, end = span or (None, None)
    if since and start is not None:
        end = published
    elif start is not None and end is not None and published is not None:
        end = min(end, published) if start <= published else end  # reports are of the past
    when = When(start=start, end=end, words=text[first:after], basis=basis)
    return DateMention(when, first, after, since)


def is_deadline(when: When, words: str) -> bool:
    """Whether a date is the one by which something is to happen: "leave by noon on Wednesday".

    Parameters
    ----------
    when
        The date.
    words
        The sentence that names it.
    """
    before = r"\b(?:by|until|till|before|no later than|deadline of)\s(?:[\w:.]+\s){0,3}?"
    told = re.escape(re.sub(r"^by ", "", when.words, flags=re.IGNORECASE))
    return re.search(before + told, words, re.IGNORECASE) is not None


def past_words(text: str, published: date | None, *, days: int = PRESENT_DAYS) -> str | None:
    """Return words that set a sentence in the distant past ("in 2014", "years ago"), or None.

    Parameters
    ----------
    text
        A clause or sentence.
    published
        Day of publication. Without it, only words such as "years ago" count.
    days
        A day, month or year counts if it ended more than this number of days before publication.
    """
    ago = _AGO.search(text)
    if ago:
        return ago.group(0)
    if published is None:
        return None
    season = past_season(text, published, days=days)
    if season is not None:
        return season
    horizon = published - timedelta(days=days)
    old = [
        m
        for m in find_dates(text, published)
        if m.when.end is not None and m.when.end < horizon and not m.since
    ]
    return old[0].when.words if old else None


def latest_day(text: str) -> date | None:
    """Return the last day of the latest date in a text that has a year, or None.

    If the day of publication is unknown, the age of other dates is measured from this day.
    """
    ends = [m.when.end for m in find_dates(text, None) if m.when.end is not None]
    return max(ends, default=None)
