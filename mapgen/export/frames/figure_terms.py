"""Name what a figure counts in the terms of humanitarian monitors, and tell stocks from flows.

The terms are those of the Internal Displacement Monitoring Centre (IDMC, *Quick guide on how to
read our data*: internally displaced people are a stock, internal displacements a flow) and of the
Displacement Tracking Matrix of IOM (returnees). Nothing is read into the words: who crossed a
border is a refugee here only if the article writes so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapgen.export.frames.admin_units import point_of, units_around
from mapgen.model import Kind, Role
from mapgen.situation.shown import is_total_event

if TYPE_CHECKING:
    from mapgen.model import ClaimPlace, Event
    from mapgen.situation.shown import Shown

STOCK, FLOW = "stock", "flow"
_REFUGEES = re.compile(r"\b(refugees?|asylum[- ]seekers?)\b", re.IGNORECASE)
_EVACUATED = re.compile(r"\bevacuat", re.IGNORECASE)
_HARMED = {"killed": "fatalities", "injured": "people injured"}


def figure_term(shown: Shown, event: Event) -> tuple[str | None, str | None]:
    """Return what the main figure of an event counts, and whether it is a stock or a flow.

    Parameters
    ----------
    shown
        What may be shown, with its gazetteer.
    event
        The event.

    Returns
    -------
    tuple of str or None
        A term such as ``internal displacements``, and ``stock`` (at a day) or ``flow`` (over a
        period). Both are None without a figure, or if the words leave it open.
    """
    figure = event.figure
    if figure is None:
        return None, None
    if figure.unit in _HARMED:
        return _HARMED[figure.unit], FLOW
    if event.kind is Kind.RETURN:
        return "returnees", FLOW
    if event.kind is Kind.EVACUATION_ORDER:
        return "people ordered to evacuate", None
    if event.kind is Kind.HOSTING or is_total_event(event):
        return ("refugees" if _says(event, _REFUGEES) else "people living in displacement"), STOCK
    if event.kind is not Kind.DISPLACEMENT:
        return None, None
    return _movement(shown, event), FLOW


def _says(event: Event, words: re.Pattern[str]) -> bool:
    """Whether every claim with a figure has such words in its quote."""
    counted = [c for c in event.claims if c.status.is_current and c.quantity is not None]
    return bool(counted) and all(words.search(c.quote) for c in counted)


def _movement(shown: Shown, event: Event) -> str:
    """Return the term for people who left a place or came to one."""
    if _says(event, _REFUGEES):
        return "refugees"
    if _says(event, _EVACUATED):
        return "evacuations"
    ends = {
        role: {_country(shown, p) for p in event.places if p.role is role}
        for role in (Role.ORIGIN, Role.DESTINATION)
    }
    starts, goals = ends[Role.ORIGIN], ends[Role.DESTINATION]
    if not starts or not goals or None in starts | goals:
        return "displacements"
    return "internal displacements" if starts == goals else "cross-border displacements"


def _country(shown: Shown, place: ClaimPlace) -> str | None:
    """Return the country of a place, or None if it is not known."""
    return units_around(shown, place.place_id, point_of(place)).country_code
