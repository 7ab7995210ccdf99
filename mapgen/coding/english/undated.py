"""Bound captures without a day by the days that the same article gives for other holders.

"On Thursday the army recaptured Hama. Rebels captured Hama without a fight": the capture by the
rebels was before Thursday, and not on the day of publication. Claims of one article come in and
go out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mapgen.coding.english.narrative import CARRIED
from mapgen.coding.english.takeback import decided
from mapgen.model import Kind, Role, Status, When

if TYPE_CHECKING:
    from mapgen.model import Claim

_CONTROL = frozenset({Kind.CONTROL_CHANGE, Kind.CONTROL_STATE})
_MENTIONED = re.compile(
    r"(?:\W*\w+\s){0,3}?(?:the\s)?(?:capture|fall|loss|seizure)\sof\s", re.IGNORECASE
)
_NEWS = re.compile(r"\b(?:has|have|is|are|now|again|re\w+ed|retook|regained)\b|['’]ve\b")


def bounded(claims: list[Claim]) -> list[Claim]:
    """Return claims, where captures without a day end before a later holder is told.

    Parameters
    ----------
    claims
        Claims of one article, in reading order.

    Returns
    -------
    list of Claim
        The same claims. A capture without a day that stands after the dated report of another
        holder ends the day before that report, unless it is told as news ("have captured") or the
        article dates a later capture by the same side.
    """
    claims = [_told_again(c, claims) for c in claims]
    return [_bounded(c, claims[:n]) if _is_open(c) else c for n, c in enumerate(claims)]


def _told_again(claim: Claim, claims: list[Claim]) -> Claim:
    """Return "following the loss of Y" as history where the article tells who took Y and when."""
    if claim.kind is not Kind.CONTROL_CHANGE or not claim.status.is_current:
        return claim
    if claim.date is not None and claim.date.basis != CARRIED:
        return claim
    if claim.actor is not None or _MENTIONED.match(claim.quote) is None:
        return claim
    names = {(p.place_id or p.name or p.surface) for p in claim.places}
    told = [
        c
        for c in claims
        if c.kind is Kind.CONTROL_CHANGE
        and c.status.is_current
        and c.date is not None
        and c.actor is not None
        and names & {(p.place_id or p.name or p.surface) for p in c.places}
    ]
    if not told:
        return claim
    reasons = decided(claim, Status.HISTORICAL, "told with its day elsewhere")
    return replace(claim, status=Status.HISTORICAL, reasons=reasons)


def _is_open(claim: Claim) -> bool:
    """Whether a claim is a past capture without a day."""
    no_day = claim.date is None or (claim.date.start is None and not claim.date.words)
    is_capture = claim.kind is Kind.CONTROL_CHANGE and claim.status.is_current
    return is_capture and no_day and _side(claim) is not None and not _NEWS.search(claim.quote)


def _bounded(claim: Claim, earlier: list[Claim]) -> Claim:
    """Return a capture without a day, bounded by what the article said of the place before."""
    places = _towns(claim)
    told = [
        (c.date.start, _side(c))
        for c in earlier
        if c.kind in _CONTROL
        and c.status.is_current
        and c.date is not None
        and c.date.start is not None
        and places & _towns(c)
    ]
    if not told:
        return claim
    day, side = max(told, key=lambda t: t[0])
    if side is None or side == _side(claim):
        return claim
    end = day - timedelta(days=1)  # a day is the finest step of the map
    return replace(claim, date=When(start=None, end=end, words="", basis=CARRIED))


def _side(claim: Claim) -> str | None:
    return None if claim.actor is None else (claim.actor.side or claim.actor.id)


def _towns(claim: Claim) -> set[str]:
    return {p.place_id for p in claim.places if p.role is Role.AT and p.place_id is not None}
