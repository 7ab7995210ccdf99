"""The share of drawn signs that are right: what a reader of the map can rely on.

A claim that the map draws is right if gold has a statement of the same family at one of its
places that the map should draw. Optional statements count too: they may be drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.model import Kind
from tests.eval.attributes import Share
from tests.eval.score import CURRENT, Record, from_claim, same_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.model import Claim

_FIGHTING = {"advance", "attack_on_civilians", "clash", "contested_or_clash", "siege", "strike"}
_MOVED = {"displacement", "other"}  # gold has stocks and orders to leave as "other"
FAMILIES: dict[Kind, set[str]] = {
    Kind.CONTROL_CHANGE: {"control_change"},
    Kind.CONTROL_STATE: {"control_change", "control_state", "other"},
    Kind.ADVANCE: {*_FIGHTING, "control_change", "threatened"},
    Kind.THREAT: {*_FIGHTING, "threatened"},
    Kind.CLASH: {*_FIGHTING, "control_change"},
    Kind.SIEGE: {"clash", "contested_or_clash", "siege"},
    Kind.STRIKE: _FIGHTING,
    Kind.ATTACK_ON_CIVILIANS: _FIGHTING,
    Kind.WITHDRAWAL: {"control_change", "withdrawal"},
    Kind.DISPLACEMENT: _MOVED,
    Kind.HOSTING: _MOVED,
    Kind.EVACUATION_ORDER: _MOVED,
    Kind.RETURN: {"return"},
}
ORDER = "told_to_leave"  # how gold marks an order to leave, which is no flight


def drawn_right(gold: Sequence[Record], claims: Iterable[Claim]) -> Share:
    """Count the drawn claims, and those that gold has too."""
    share = Share()
    for claim in claims:
        right = is_right(gold, claim)
        if right is None:
            continue
        where = ", ".join(p.surface for p in claim.places)
        share.add(f"{claim.article}: {claim.kind} {where}: {claim.quote[:80]}", right=right)
    return share


def is_right(gold: Sequence[Record], claim: Claim) -> bool | None:
    """Whether the map should draw a claim; None if it does not draw it."""
    family = FAMILIES.get(claim.kind)
    placed = any(p.lat is not None for p in claim.places)
    if family is None or not claim.status.is_current or not placed:
        return None
    told = [g for g in gold if g["doc"] == claim.article and g["type"] in family and _may(g, claim)]
    made = from_claim(claim)["places"]
    return any(same_place(a, b) for g in told for a in g["places"] for b in made)


def _may(gold: Record, claim: Claim) -> bool:
    """Whether the map may draw a statement as a claim of this kind."""
    if claim.kind is Kind.EVACUATION_ORDER:
        return gold.get("subtype") == ORDER
    return gold["status"] in CURRENT
