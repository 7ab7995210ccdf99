"""Read who holds a place since a recent day as a capture: "under rebel control since 21 September".

The marks of an article come in. A place of which the network says that somebody holds it, and
since when, goes out as one that changed hands, if that was within the last two months. The network
itself knows no day of the article, only its year.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mapgen.coding.english.dates import PASSED_AFTER, find_dates
from mapgen.coding.second_reader import labels as says

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mapgen.coding.english.dates import DateMention
    from mapgen.coding.second_reader.reader import Mark

HELD_OR_TAKEN, HELD = 0.6, 0.15
"""Probabilities from which the network says that a place is held or was taken, and that it may be
held: "burnt since Monday" is told of a place that nobody is said to hold."""

_CLAUSE_END = re.compile(r";| [–—] |\bbut\b|\bwhile\b")
_FROM = re.compile(r"\b(?:since|from)(?: the)?(?: night of| morning of)? $", re.IGNORECASE)
_ONWARD = re.compile(r" ?(?:on\b|onwards?\b|[.,;)]|$)")
_GOES_ON = frozenset({says.VIOLENCE, says.ADVANCE})
_MAY_GO_ON = 0.35  # "shelled since Monday" is told of a place that is held as well


def with_since_when(marks: Sequence[Mark], text: str, published: date | None) -> list[Mark]:
    """Return marks with the places held since a recent day as taken.

    Parameters
    ----------
    marks
        Marks of an article.
    text
        Its text.
    published
        Day of publication; without one nothing is recent, and nothing changes.

    Returns
    -------
    list of Mark
        The marks in the same order. Of those changed, ``since`` is true, and the probability that
        somebody holds the place has gone over to "taken".
    """
    if published is None:
        return list(marks)
    return [
        _as_taken(m) if _may_be_held(m) and _is_recent(m, text, published) else m for m in marks
    ]


def _may_be_held(mark: Mark) -> bool:
    told = mark.probabilities
    if mark.figure is not None or says.HELD not in told:
        return False
    if max(told[label] for label in _GOES_ON) >= _MAY_GO_ON:
        return False
    return told[says.HELD] >= HELD and told[says.HELD] + told[says.TAKEN] >= HELD_OR_TAKEN


def _as_taken(mark: Mark) -> Mark:
    told = dict(mark.probabilities)
    told[says.TAKEN] = min(told[says.TAKEN] + told[says.HELD], 1.0)
    told[says.HELD] = 0.0
    return replace(mark, probabilities=told, since=True)


def _is_recent(mark: Mark, text: str, published: date) -> bool:
    """Whether the clause of a mark says since when, and that is within the last two months."""
    first, last = _clause(mark, text)
    dates = find_dates(text[first:last], published)
    at, until = mark.span.start - first, mark.span.end - first
    behind = [d for d in dates if d.start >= until]
    ahead = [d for d in dates if d.end <= at]
    told = (
        min(behind, key=lambda d: d.start)
        if behind
        else max(ahead, key=lambda d: d.end, default=None)
    )
    if told is None or not _is_since(told, text[first:last]):
        return False
    return _begins_after(told, published - PASSED_AFTER)


def _clause(mark: Mark, text: str) -> tuple[int, int]:
    """Return the offsets of the clause of a sentence in which a mark stands."""
    start, end = mark.sentence
    cuts = [start, *(m.end() for m in _CLAUSE_END.finditer(text, start, end)), end]
    return next((a, b) for a, b in pairwise(cuts) if a <= mark.span.start < b or b == end)


def _is_since(told: DateMention, words: str) -> bool:
    if told.since or words[told.start : told.end].lower().startswith("since"):
        return True
    before = _FROM.search(words, 0, told.start)
    return before is not None and _ONWARD.match(words, told.end) is not None


def _begins_after(told: DateMention, day: date) -> bool:
    """Whether a period began after a day; one that began in a month may have begun on its last."""
    start = told.when.start
    if start is None:
        return False
    if start.day == 1 and not re.search(r"\d", told.when.words):
        start = start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return start >= day
