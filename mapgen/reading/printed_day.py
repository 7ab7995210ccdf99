"""Find the day of publication that an article prints in its dateline or on a separate line.

A day in running text ("the war began on 15 March 2011") is never taken as day of publication.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"20\d\d|19\d\d"
_DAY = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+|-)(?P<m1>{_MONTH})\.?,?(?:\s+|-)(?P<y1>{_YEAR})"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>{_YEAR})"
    rf"|(?P<y3>{_YEAR})(?P<sign>[-/.])(?P<m3>\d\d)(?P=sign)(?P<d3>\d\d)"
    rf"|(?P<d4>\d{{1,2}})\.(?P<m4>\d{{1,2}})\.(?P<y4>{_YEAR})"
    rf"|(?P<d5>\d{{1,2}})(?P<sign5>[/-])(?P<m5>\d{{1,2}})(?P=sign5)(?P<y5>{_YEAR}))(?:(?=T\d)|\b)",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)"
_NO_YEAR = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH})"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)\b\.?(?![\w/.-]*\d)",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[^.!?]{0,60}?[,/(]?\s*$")
_TOWN = re.compile(  # before a day without a year: "GOMA, Congo, "
    rf"\*{{0,2}}(?!(?:on|in|by|since|until|from|after|before)\b)[^\W\d_][^.!?:;]{{1,60}}[,/(]\s*{_WEEKDAY}?$",
    re.IGNORECASE,
)
_OPENS_LINE = re.compile(rf"(?:[A-Z][A-Z’' -]{{2,40}},\s+)?(?i:{_WEEKDAY})?")
_DASH = re.compile(r"\s*(?:\([^)]{1,30}\)\s*)?(?:[—–]|--?\s|:\s)")
_TELLING = re.compile(r"\b(?:published|updated|posted|issued|dated|date|as of)\b", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|issued)(?:\s+on)?:?\s+(?:\w+day,?\s+)?$", re.IGNORECASE
)
_AS_OF = re.compile(r"\b(?:data )?as (?:of|at):?\s*(?:\d{1,2}[:.]\d\d,?\s*)?$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:[-–—]|to|until)\s*", re.IGNORECASE)
_BYLINE = re.compile(r"By [A-Z]")
_ALONE = re.compile(r"(?:,?\s*(?:at\s*)?\d{1,2}[:.]\d\d[\w .]{0,12})?", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|\bcopyright)\s*(?:©|\(c\))?\s*(20\d\d)\b", re.IGNORECASE)
_IN_NAME = re.compile(
    rf"(?<!\d)({_YEAR})(?:(?P<m>[01]\d)(?P<d>[0-3]\d)|[-_./](?P<m2>[01]?\d)[-_./](?P<d2>[0-3]?\d))"
    r"(?!\d)"
)
# what stands round the day of a title: "Who holds what, Sunday 24 May 2020, noon"
_SET_OFF = re.compile(rf"(?:,|:|\||\s[-–—])\s*{_WEEKDAY}$", re.IGNORECASE)
_HOUR_BEHIND = re.compile(
    r"(?:,?\s*(?:at\s*)?(?:\d{1,2}[:.]\d\d[\w .]{0,12}|\d{1,2}\s?[ap]m|noon|midday|midnight|morning"
    r"|evening))?",
    re.IGNORECASE,
)
_HEAD_CHARS = 3000
_LINES_READ = 8
_DAY_BEFORE = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*$", re.IGNORECASE)
_LINKS = frozenset({"and", "at", "by", "de", "for", "in", "of", "on", "the"})
_MOST_WORDS = 9  # longest line that only gives a date: "Friday, 6 December 2024, 10:15 GMT"
_MOST_HEADING_WORDS = 24  # longest heading with "(As of 15 April 2025)", or byline with its day
_TOLD_WITHIN = 40  # characters between the beginning of a line and a day that it tells
_LEAP_YEAR = 2024  # which has every day that a year can have
_ONE_DAY = timedelta(days=1)
_NEAR_DAYS = 92  # between the day that a user gives and one that an article prints without a year


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day that is printed without its year, as the article writes it."""

    month: int
    day: int
    words: str

    def before(self, last: date) -> date | None:
        """Return the last such day that is no later than one day after another, or None."""
        days = [_real_day(year, (self.day, self.month)) for year in range(last.year + 1, 0, -1)[:6]]
        return next((day for day in days if day is not None and day <= last + _ONE_DAY), None)

    def near(self, given: date) -> date | None:
        """Return the such day nearest to a given one, or None if none is within three months."""
        years = range(max(given.year - 1, 1), given.year + 2)
        days = [day for y in years if (day := _real_day(y, (self.day, self.month))) is not None]
        nearest = min(days, key=lambda day: abs(day - given), default=None)
        is_near = nearest is not None and abs((nearest - given).days) <= _NEAR_DAYS
        return nearest if is_near else None


def printed_day(text: str, title: str | None = None) -> date | None:
    """Return the day of publication that an article prints at its head, or None.

    Only the first lines are searched, for a short line with a full date (a date that the article
    reports on stands in a sentence), a line with "published" or "updated", a byline with a date, or
    a dateline ("GOMA, Feb 16, 2025 - ..."), or a title that ends with a weekday and its date
    ("Live: rebels in Ghazni - Thursday 12 August 2021"). A heading that says as of when it is
    counts wherever it stands, and so does the title; of several, the last day counts. Where
    04/02/2025 can be two days, other days of the text that are written so tell which.

    Parameters
    ----------
    text
        The text of the article.
    title
        Its title, if it is not in the text.
    """
    order = _order(text)
    lines = [line.strip() for line in text[:_HEAD_CHARS].splitlines() if line.strip()]
    for line in lines[:_LINES_READ]:
        day = _published_in(line, order, only_said=True)  # before a title such as "3-9 July 2021"
        if day is not None:
            return day
    for line in lines[:_LINES_READ]:
        day = _published_in(line, order)
        if day is not None:
            return day
    titles = [title, *lines[:1]] if title else lines[:1]
    told = [day for line in titles if (day := _told_behind(line, order)) is not None]
    if told:
        return told[0]
    return max(_as_of([*(title or "").splitlines(), *text.splitlines()], order), default=None)


def printed_without_year(text: str) -> DayOfMonth | None:
    """Return the day that an article prints at its head without a year, or None.

    It stands in a dateline ("GOMA, Feb 16 (Reuters) - ..."), behind "published" or alone on a line.
    """
    for line in [line.strip() for line in text[:_HEAD_CHARS].splitlines() if line.strip()][
        :_LINES_READ
    ]:
        match = _NO_YEAR.search(line)
        if match is None:
            continue
        before, after = line[: match.start()], line[match.end() :]
        dateline = _TOWN.fullmatch(before) and _DASH.match(after)
        told = _TELLING.search(before) and len(before) < _TOLD_WITHIN
        alone = re.fullmatch(f"{_WEEKDAY}?", before, re.IGNORECASE) and _ALONE.fullmatch(after)
        if dateline or ((told or alone) and not line.endswith((".", "!", "?"))):
            n = "1" if match["d1"] else "2"
            month, day = MONTHS[match[f"m{n}"].lower()], int(match[f"d{n}"])
            if _real_day(_LEAP_YEAR, (day, month)) is not None:
                return DayOfMonth(month, day, match[0])
    return None


def as_of_day(line: str) -> tuple[date, str] | None:
    """Return the day as of which a heading or caption is, and its words, or None."""
    order = _order(line)
    for match in _DAY.finditer(line):
        day = _day(match, order) if _AS_OF.search(line[: match.start()]) else None
        if day is not None:
            return day, match[0]
    return None


def open_day(text: str) -> str | None:
    """Return a day at the head of an article of which it is open which number is the month."""
    lines = [line.strip() for line in text[:_HEAD_CHARS].splitlines() if line.strip()]
    for line in lines[:_LINES_READ]:
        match = _DAY.search(line)
        if match and match["y5"] and _is_told(line, match) and len(_readings(match)) > 1:
            return match[0]
    return None


def year_in(text: str) -> int | None:
    """Return the year of the notice of copyright in a text, if it has one only."""
    years = {int(m[1]) for m in _COPYRIGHT.finditer(text)}
    return next(iter(years)) if len(years) == 1 else None


def day_in_name(name: str) -> date | None:
    """Return the day in the name of a file or an address, such as ``goma-2025-02-16``, or None."""
    found = _IN_NAME.search(name)
    if found is None:
        return None
    return _real_day(
        int(found[1]), (int(found["d"] or found["d2"]), int(found["m"] or found["m2"]))
    )


def days_in(text: str) -> list[date]:
    """Return all days that a text gives with day, month and year, in its order."""
    return [day for m in _DAY.finditer(text) for day in [_day(m, None)] if day is not None]


def _published_in(line: str, order: str | None, *, only_said: bool = False) -> date | None:
    """Return the day of publication that a line at the head gives, or None.

    With ``only_said`` only a day right behind "published" or the like counts.
    """
    # "Week of 12 to 18 May 2025. Published Monday 19 May 2025."
    said = (m for m in _DAY.finditer(line) if _PUBLISHED.search(line[: m.start()]))
    match = next(said, None)
    if match is None and not only_said:
        first = _DAY.search(line)
        match = first if first is not None and _is_told(line, first) else None
    if match is None:
        return None
    day = _day(match, order)
    to = _TO.match(line, match.end())
    last = _DAY.match(line, to.end()) if to else None  # "1 April 2025 - 15 April 2025"
    ended = _day(last, order) if last is not None else None
    return ended if ended is not None and day is not None and ended > day else day


def _is_told(line: str, match: re.Match[str]) -> bool:
    """Whether a line at the head is there to tell the day in it."""
    before, after = line[: match.start()], line[match.end() :]
    n_words, is_sentence = len(line.split()), line.endswith((".", "!", "?"))
    if n_words <= _MOST_WORDS and not is_sentence:
        return True
    if _DATELINE.fullmatch(before) and before[:1].isupper() and _DASH.match(after):
        return True
    if before == "(" and after.startswith(")"):
        return True
    # as in 'Tuesday, 29 October 2024. All times local.' and 'BAGHDAD, 22 November 2014. The fall'
    if _OPENS_LINE.fullmatch(before) and re.match(r"\.(?:\s|$)", after):
        return True
    is_byline = _BYLINE.match(line) or _is_byline(before, after)
    if n_words <= _MOST_HEADING_WORDS and not is_sentence and is_byline:
        return True
    return bool(_TELLING.search(before)) and len(before) < _TOLD_WITHIN


def _told_behind(title: str, order: str | None) -> date | None:
    """Return the day of a title that ends with its weekday and date, set off from the words."""
    if len(title.split()) > _MOST_HEADING_WORDS:
        return None
    for match in _DAY.finditer(title):
        is_apart = _SET_OFF.search(title[: match.start()])
        if is_apart and _HOUR_BEHIND.fullmatch(title, match.end()):
            return _day(match, order)
    return None


def _is_byline(before: str, after: str) -> bool:
    """Whether a line is a list of names that ends with its day, by the words around the day."""
    if re.sub(r"[([][^)\]]*[)\]]", "", after).strip():
        return False
    named = _DAY_BEFORE.sub("", before).strip().rstrip(",")
    parts = [part.replace("(", "").split() for part in named.split(",")]  # "(OCHA)" is a name too
    if not all(parts):
        return False
    if re.match(r"(?:[\w-]+ ){0,3}?by ", named, re.IGNORECASE) and before.rstrip().endswith(","):
        return True
    is_name = [all(w[0].isupper() or w[0].isdigit() or w in _LINKS for w in p) for p in parts]
    return len(parts) > 1 and all(is_name)


def _as_of(lines: list[str], order: str | None) -> Iterator[date]:
    """Yield the days as of which headings are: ``Flash update 4 (As of 15 April 2025)``."""
    for line in filter(None, map(str.strip, lines)):
        if len(line.split()) > _MOST_HEADING_WORDS or line.endswith((".", "!", "?")):
            continue
        for match in _DAY.finditer(line):
            before = line[: match.start()]
            day = _day(match, order) if _AS_OF.search(before) else None
            if day is not None:
                yield day


def _order(text: str) -> str | None:
    """Return which comes first in a text's days with strokes, if a day above 12 shows it."""
    shown = {
        "dmy" if int(m["d5"]) > int(m["m5"]) else "mdy"
        for m in _DAY.finditer(text)
        if m["y5"] and max(int(m["d5"]), int(m["m5"])) > len(calendar.month_name) - 1
    }
    return next(iter(shown)) if len(shown) == 1 else None


def _day(match: re.Match[str], order: str | None) -> date | None:
    """Return the day of a match; None if it is none, or if it can be two."""
    days = _readings(match)
    if len(days) > 1 and order is not None:
        days = days[:1] if order == "dmy" else days[1:]
    return days[0] if len(days) == 1 else None


def _readings(match: re.Match[str]) -> list[date]:
    """Return the days that a match can mean, the one with the day first before the other."""
    n = next(n for n in ("1", "2", "3", "4", "5") if match[f"y{n}"])
    year, day, month = (match[f"{part}{n}"].lower() for part in "ydm")
    number = int(month) if month.isdigit() else MONTHS[month]
    pairs = [(int(day), number)]
    if n == "5":  # of 04/12/2024 it is open which is the month
        pairs.append((number, int(day)))
    return [d for pair in dict.fromkeys(pairs) if (d := _real_day(int(year), pair)) is not None]


def _real_day(year: int, day_and_month: tuple[int, int]) -> date | None:
    """Return a day, or None for one like 31 June."""
    day, month = day_and_month
    try:
        return date(year, month, day)
    except ValueError:
        return None
