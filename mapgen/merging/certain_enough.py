"""Keep claims off the map that the two readers are less certain of than was asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.model import Status
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from mapgen.model import Claim, Extraction


def certain_enough(
    extraction: Extraction, least: float, accepted: Collection[str] = ()
) -> Extraction:
    """Return an extraction in which claims of too low a certainty are not current.

    Parameters
    ----------
    extraction
        Claims with their confidence.
    least
        Certainty from 0 to 1 that a claim must have. Claims of which none was measured stay.
    accepted
        Ids of claims that an analyst accepted, which stay.

    Returns
    -------
    Extraction
        The claims, those that are kept off the map with the reason.
    """
    if not least:
        return extraction
    claims = [
        _kept_off(c, least) if c.id not in accepted and _is_below(c, least) else c
        for c in extraction.claims
    ]
    return replace(extraction, claims=tuple(claims))


def _is_below(claim: Claim, least: float) -> bool:
    is_measured = any(r.what is ReasonKind.READERS for r in claim.reasons)
    return claim.status.is_current and is_measured and claim.confidence < least


def _kept_off(claim: Claim, least: float) -> Claim:
    words = f"less certain ({claim.confidence:.2f}) than the map asks for ({least:g})"
    reason = Reason(ReasonKind.CODERS, words)
    return replace(claim, status=Status.HYPOTHETICAL, reasons=(*claim.reasons, reason))
