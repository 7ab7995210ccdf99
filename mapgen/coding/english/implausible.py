"""Recognise days and figures that no report of the present can mean.

A happening that is dated well after publication has not come, and one "99999999 days ago" is not of
the present. A figure of more people than the world has displaced is left out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mapgen.coding.english.modality import Modality
from mapgen.coding.english.quantities import beyond_bounds
from mapgen.core.bounds import DAYS_AHEAD, LAST_DAY, MOST_DAYS_BACK, MOST_PEOPLE
from mapgen.model import Status
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from datetime import date

    from mapgen.model import Claim, When

_LONG_AGO = re.compile(r"\b(?P<n>\d{4,})\s+(?:days?|weeks?|fortnights?)\s+ago\b")
_SHOWN = 20  # digits of a number in a message


def never_now(mood: Modality, when: When | None, words: str, published: date | None) -> Modality:
    """Return the modality of a claim whose day cannot be of the present, else the one given.

    Parameters
    ----------
    mood
        Modality by the grammar.
    when
        Day of the claim.
    words
        The sentence.
    published
        Day of publication. Without it only a year beyond the bounds is known to lie ahead.
    """
    if not mood.status.is_current:
        return mood
    if when is not None and _is_ahead(when, published):
        return Modality(Status.HYPOTHETICAL, f"{when.words}, a day after publication")
    found = _LONG_AGO.search(words)
    if found and (len(found["n"]) > len(str(MOST_DAYS_BACK)) or int(found["n"]) > MOST_DAYS_BACK):
        return Modality(Status.HISTORICAL, _short(found.group(0)))
    return mood


def in_bounds(claim: Claim, published: date | None) -> Claim:
    """Return a claim, off the map if its day cannot be of the present.

    Parameters
    ----------
    claim
        A claim that was not made from the grammar of its sentence.
    published
        Day of publication, as for `never_now`.
    """
    mood = never_now(Modality(claim.status, ""), claim.date, claim.quote, published)
    if mood.status is claim.status:
        return claim
    reason = Reason(ReasonKind.STATUS, mood.status.value, mood.words)
    return replace(claim, status=mood.status, reasons=(*claim.reasons, reason))


def _is_ahead(when: When, published: date | None) -> bool:
    """Whether a day lies well after publication, or in a year beyond the bounds."""
    if when.start is not None:
        return published is not None and when.start > published + timedelta(days=DAYS_AHEAD)
    year = re.search(r"\b\d{4}\b", when.words)
    return year is not None and int(year.group(0)) > LAST_DAY.year


def left_out_figure(words: str) -> Reason | None:
    """Return the reason that a sentence has a figure which is left out, or None.

    Parameters
    ----------
    words
        The sentence.
    """
    figure = beyond_bounds(words)
    if figure is None:
        return None
    return Reason(ReasonKind.FIGURE, f"left out: {_short(figure)} is more than {MOST_PEOPLE:,}")


def _short(words: str) -> str:
    return f"{words[:_SHOWN]}…" if len(words) > _SHOWN else words
