"""Say how certain a claim is, as the share of such claims that were right.

A claim comes in with the marks of its article; it goes out with ``confidence`` set. The number is
made from what both readers say and from how sure its place is. Its weights were fitted by
``bench/certainty.py`` on texts that neither reader had seen: of claims at .9 nine in ten are right.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.second_reader.deciding import FITTING, agreeing, is_inferred, opposed
from mapgen.model import Kind, Role, Status
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapgen.coding.second_reader.reader import Mark
    from mapgen.model import Claim

SURE_PLACE = 0.9  # of a place whose probability was not measured
_EDGE = 0.005  # probabilities are kept this far from 0 and 1
WEIGHTS = {
    "one": -0.584,
    "network": 0.348,
    "against": -0.132,
    "place": 0.053,
    "rules": 0.289,
    "unmarked": -0.039,
    "control": 0.591,
    "people": 1.778,
    "back": 0.381,
}
"""Fitted by ``bench/certainty.py`` on the 455 claims of fresh_m and fresh_o, 29 November 2026,
before any was left out as too uncertain.

On fresh_k and fresh_p, which the network had not seen, certainty and share of right claims differ
by .037 and .049."""

ALONE, LEAST = 0.85, 0.5
"""Certainty below which the network alone makes no claim, or a claim of the rules is not drawn.

On fresh_m a lower limit for the network drew more that had not happened; a higher one lost more.
"""

UNSURE = "only the rules find this, and they are not sure enough"

_PEOPLE = {Kind.DISPLACEMENT, Kind.RETURN, Kind.HOSTING, Kind.EVACUATION_ORDER}


def is_of_network(claim: Claim) -> bool:
    """Whether the network alone makes a claim."""
    return any(r.what is ReasonKind.CODER for r in claim.reasons)


def features(claim: Claim, marks: Mapping[int, Mark]) -> dict[str, float]:
    """Return what the certainty of a claim is made from, by name."""
    alone = is_of_network(claim)
    judged = [p for p in claim.places if p.start in marks and (alone or p.role is not Role.NEAR)]
    seen = [(p, marks[p.start]) for p in judged if not is_inferred(claim, p)]
    seen = [(p, m) for p, m in seen if m.figure is None]
    said = [agreeing(claim, p, m) for p, m in seen if (claim.kind, None) in FITTING]
    against = [opposed(claim, m) for _, m in seen]
    places = [p.probability if p.probability is not None else SURE_PLACE for p in claim.places]
    is_control = claim.kind is Kind.CONTROL_CHANGE
    return {
        "one": 1.0,
        "network": _logit(min(said, default=0.5)),
        "against": _logit(max(against, default=_EDGE)),
        "place": _logit(min(places, default=SURE_PLACE)),
        "rules": 0.0 if alone else 1.0,
        "unmarked": 0.0 if said else 1.0,
        "control": float(is_control),
        "people": float(claim.kind in _PEOPLE),
        "back": float(any(p.surface[:1].islower() for p in claim.places)),
    }


def certain(claim: Claim, marks: Mapping[int, Mark], *, is_disputed: bool = False) -> Claim:
    """Return a claim with its certainty as ``confidence``, from 0 to 1.

    A claim of the rules that is not certain enough is kept off the map, with the reason, unless
    somebody disputes it: then a reader is shown both sides.
    """
    told = features(claim, marks)
    if (claim.kind, None) in FITTING:
        who = _who(told)
        claim = replace(claim, reasons=(*claim.reasons, Reason(ReasonKind.READERS, who)))
    total = sum(WEIGHTS[name] * value for name, value in told.items())
    certainty = round(1 / (1 + math.exp(-total)), 2)
    is_vague = certainty < LEAST and not is_disputed
    if claim.status.is_current and told["rules"] and is_vague:
        reasons = (*claim.reasons, Reason(ReasonKind.CODERS, UNSURE))
        return replace(claim, confidence=certainty, status=Status.HYPOTHETICAL, reasons=reasons)
    return replace(claim, confidence=certainty)


def with_sure_places(claim: Claim, marks: Mapping[int, Mark]) -> Claim:
    """Return a claim of the network without the places of which it is not certain enough.

    One doubtful village in a list does not cost the rest. A claim without any place of which the
    network is certain comes back as it is, as do claims of the rules.
    """
    if not is_of_network(claim):
        return claim
    sure = [p for p in claim.places if is_enough(certain(replace(claim, places=(p,)), marks))]
    return replace(claim, places=tuple(sure)) if sure else claim


def is_enough(claim: Claim) -> bool:
    """Whether a claim of the network alone is certain enough to be a claim at all."""
    return not is_of_network(claim) or claim.confidence >= ALONE


def _who(told: Mapping[str, float]) -> str:
    """Return which of the two readers finds a claim, in words."""
    if not told["rules"]:
        return "only the second reader finds this"
    if told["unmarked"]:
        return "only the rules find this: the second reader has no place to judge"
    return "both readers find this" if told["network"] > 0 else "only the rules find this"


def _logit(p: float) -> float:
    p = min(max(p, _EDGE), 1 - _EDGE)
    return math.log(p / (1 - p))
