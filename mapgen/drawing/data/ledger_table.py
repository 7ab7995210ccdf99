"""Lay the ledger of sources out as the table of the page: a row a source, a column a day."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np

from mapgen.situation.ledger import ledger

if TYPE_CHECKING:
    from mapgen.drawing.data.page_records import LedgerSource, LedgerTable
    from mapgen.situation.shown import Shown

MOST_COLUMNS = 20
"""Most columns of days, weeks or months, so that the table fits the panel."""

_Span = Literal["day", "week", "month", "year"]
_UNITS: tuple[tuple[_Span, Literal["D", "M", "Y"], int], ...] = (  # numpy's unit and how many of it
    ("day", "D", 1),
    ("week", "D", 7),
    ("month", "M", 1),
    ("year", "Y", 1),
)


def ledger_table(shown: Shown) -> LedgerTable | None:
    """Return the table of articles by source and day, or None for fewer than two articles.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    LedgerTable or None
        With a column for each day from the first to the last, also for those without articles. If
        there are more than `MOST_COLUMNS`, the columns are weeks from Monday, months or years.
    """
    if len(shown.articles) < 2:  # noqa: PLR2004  one article is no series
        return None
    rows = ledger(tuple(shown.articles.values()), shown.originals)
    span, starts = _columns([row.day for row in rows if row.day])
    counts: dict[str | None, dict[int, list[int]]] = {}
    for row in rows:
        column = len(starts) if row.day is None else bisect_right(starts, row.day) - 1
        cell = counts.setdefault(row.source, {}).setdefault(column, [0, 0])
        cell[0] += row.n_stories
        cell[1] += row.n_reprints
    sources: list[LedgerSource] = [
        {"source": source, "cells": [[column, *n] for column, n in sorted(cells.items())]}
        for source, cells in counts.items()
    ]
    return {"type": span, "days": [day.isoformat() for day in starts], "sources": sources}


def _columns(days: list[date]) -> tuple[_Span, list[date]]:
    """Return what a column is, and the first day of each, with no gap between them."""
    if not days:
        return "day", []
    first, last = min(days), max(days)
    for span, unit, step in _UNITS:
        start = first - timedelta(days=first.weekday()) if span == "week" else first
        end = np.datetime64(last, unit) + 1
        found = np.arange(np.datetime64(start, unit), end, step).astype("datetime64[D]")
        if len(found) <= MOST_COLUMNS:
            return span, found.tolist()
    # of so many years only those with articles have a column
    return "year", sorted({day.replace(month=1, day=1) for day in days})
