"""Compute the figures of an event: one range per unit, from the claims that report it.

This is the only module that combines figures of several claims. It never adds them up and never
mixes units: families are not people, and the injured are not dead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.model import OF_DISPLACED, EventFigure, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.model import Claim, Quantity

_UNITS = ("people", "families", "killed", "injured")  # the first unit with a figure is the main one
_MOVED = ("people", "families")  # the dead are not counted among those who fled


def figures_of(kind: Kind, claims: Iterable[Claim]) -> tuple[EventFigure, ...]:
    """Return the figures of an event, the main one first.

    Parameters
    ----------
    kind
        Kind of the event. Displacements, returns and hosting count only people and families.
    claims
        Claims that report the event itself. Negated, hypothetical and past claims are ignored,
        and so are claims without a figure.

    Returns
    -------
    tuple of EventFigure
        One figure per unit; empty if no claim has a figure.
    """
    units = _MOVED if kind in OF_DISPLACED else _UNITS
    counting = [(c, c.quantity) for c in claims if c.status.is_current and c.quantity is not None]
    return tuple(
        _figure(unit, own)
        for unit in units
        if (own := [(c, q) for c, q in counting if q.unit == unit])
    )


def _figure(unit: str, own: Sequence[tuple[Claim, Quantity]]) -> EventFigure:
    lows = [q.low for _, q in own if q.low is not None]
    highs = [q.high for _, q in own if q.high is not None]
    # Later counts are usually higher, so the claim with the greatest lower bound comes first.
    order = sorted((c for c, _ in own), key=lambda c: (-_least(c), c.article, c.start, c.id))
    return EventFigure(
        unit=unit,
        # One figure without a bound leaves the range open on that side.
        low=min(lows) if len(lows) == len(own) else None,
        high=max(highs) if len(highs) == len(own) else None,
        best=_best([q for _, q in own]),
        claims=tuple(c.id for c in order),
    )


def _least(claim: Claim) -> int:
    return (claim.quantity.low or 0) if claim.quantity is not None else 0


def _best(quantities: Sequence[Quantity]) -> int | None:
    """Return the exact figure that fits all claims, or ``None`` if the claims disagree."""
    exact = {q.low if q.best is None and q.low == q.high else q.best for q in quantities} - {None}
    if len(exact) != 1:
        return None
    (best,) = exact
    if best is None or not all(_allows(q, best) for q in quantities):
        return None
    return best


def _allows(quantity: Quantity, number: int) -> bool:
    above = quantity.low is None or quantity.low <= number
    return above and (quantity.high is None or number <= quantity.high)
