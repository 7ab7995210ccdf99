"""Tell once what a sentence tells in two ways: "Y hosts 31,000 people from X".

The claims of an article come in and go out. People who fled to a town are the people it hosts, and
a border that they crossed is no second place to which they went.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.model import Kind, Precision, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Claim


def told_once(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims without hosts and borders that a movement of the same words holds.

    Parameters
    ----------
    claims
        Claims of an article.
    """
    kept = [_without_border(c) for c in claims]
    moves = [c for c in kept if c.kind is Kind.DISPLACEMENT and c.status.is_current]
    return [c for c in kept if not any(_is_host_of(c, move) for move in moves)]


def _without_border(claim: Claim) -> Claim:
    """Return a movement without the border it crossed, if it ends at a place that is told."""
    ends = [p for p in claim.places if p.role is Role.DESTINATION]
    borders = [p for p in ends if p.precision is Precision.LINE]
    if claim.kind is not Kind.DISPLACEMENT or not borders or len(borders) == len(ends):
        return claim
    return replace(claim, places=tuple(p for p in claim.places if p not in borders))


def _is_host_of(claim: Claim, move: Claim) -> bool:
    """Whether a claim says of the people of a movement that they stay where it ends."""
    if claim.kind is not Kind.HOSTING or claim.quantity is None or move.quantity is None:
        return False
    here = {p.start for p in claim.places}
    ends = {p.start for p in move.places if p.role is Role.DESTINATION}
    return here <= ends and claim.quantity.words == move.quantity.words
