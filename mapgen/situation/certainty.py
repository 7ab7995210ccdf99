"""Say how certain the claims on a card are, as far as that was measured.

Claims come in. A certainty goes out only for claims that the two readers coded: their confidence
was fitted on texts that neither had seen. The confidence of other coders is no such share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mapgen.reasons import ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.model import Claim, Decision

SURE = 0.9
"""Certainty from which a card counts as sure: nine in ten such claims were right."""


def certainty_of(claims: Iterable[Claim]) -> float | None:
    """Return the certainty of the surest claim that is drawn, or None if none was measured."""
    measured = [c.confidence for c in claims if c.status.is_current and _is_measured(c)]
    return max(measured, default=None)


def sureness_of(
    claims: Sequence[Claim], decisions: Iterable[Decision]
) -> Literal["sure", "unsure"]:
    """Return whether claims are sure by their certainty, or because an analyst accepted one."""
    ids = {c.id for c in claims}
    if any(d.action == "accept" and d.claim in ids for d in decisions):
        return "sure"
    certainty = certainty_of(claims)
    return "sure" if certainty is not None and certainty >= SURE else "unsure"


def _is_measured(claim: Claim) -> bool:
    return any(r.what is ReasonKind.READERS for r in claim.reasons)
