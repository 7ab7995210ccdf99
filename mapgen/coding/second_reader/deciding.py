"""Bring what two readers say of an article together.

Claims of the rules and marks of the network come in; claims go out. What both say stays. What the
network takes as not happened, denied or past is kept off the map, with both readings as the
reason. What only the network says becomes a claim; see `finding`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.second_reader import labels as says
from mapgen.model import Kind, Role, Status
from mapgen.reasons import (
    INFERRED,
    Reason,
    ReasonKind,
    says_beaten_off,
    says_contested,
    says_plainly,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapgen.coding.second_reader.reader import Mark
    from mapgen.model import Claim, ClaimPlace


DOUBTED = 0.1
"""Below this probability the network contradicts a claim of the rules. On 40 texts that neither
reader had seen (fresh_m), higher limits cost more right claims than they kept wrong ones away."""

DENIED = 0.5
"""From this probability on the network says that a thing did not happen, or not now."""


FITTING: dict[tuple[Kind, Role | None], tuple[str, ...]] = {
    (Kind.CONTROL_CHANGE, None): (says.TAKEN, says.LEFT_BY_TROOPS),
    (Kind.CONTROL_STATE, None): (says.HELD, says.TAKEN),
    (Kind.WITHDRAWAL, None): (says.LEFT_BY_TROOPS, says.TAKEN),
    (Kind.DISPLACEMENT, Role.ORIGIN): (says.ORIGIN,),
    (Kind.DISPLACEMENT, Role.DESTINATION): (says.DESTINATION, says.HOSTS),
    (Kind.DISPLACEMENT, None): (says.ORIGIN, says.DESTINATION, says.HOSTS),
    (Kind.HOSTING, None): (says.HOSTS, says.DESTINATION),
    (Kind.RETURN, Role.ORIGIN): (),  # not judged: the texts mark where people came back to
    (Kind.RETURN, None): (says.RETURNED, says.DESTINATION),
    # of a town "still in rebel hands" whose people are told to leave the network tells the first
    (Kind.EVACUATION_ORDER, None): (says.TOLD_TO_LEAVE, says.HELD),
    (Kind.ADVANCE, None): (says.ADVANCE, says.VIOLENCE, says.TAKEN),
    (Kind.THREAT, None): (says.ADVANCE, says.VIOLENCE),
    (Kind.CLASH, None): (says.VIOLENCE, says.ADVANCE, says.TAKEN),
    (Kind.SIEGE, None): (says.VIOLENCE, says.ADVANCE, says.HELD),
    (Kind.STRIKE, None): (says.VIOLENCE, says.ADVANCE),
    (Kind.ATTACK_ON_CIVILIANS, None): (says.VIOLENCE,),
}
"""Labels that agree with a claim, by its kind and, where it matters, the role of the place."""

OPPOSED = {
    Kind.CONTROL_CHANGE: (says.NOT_TAKEN,),
    Kind.DISPLACEMENT: (says.NOT_ORIGIN, says.NOT_DESTINATION),
    Kind.RETURN: (says.NOT_ORIGIN, says.NOT_DESTINATION),
    Kind.HOSTING: (says.NOT_DESTINATION,),
}
"""Labels that contradict a claim of a kind."""


def agreeing(claim: Claim, place: ClaimPlace, mark: Mark) -> float:
    """Return how probably the network takes a place as a claim of the rules does.

    Of a town whose attackers were beaten off, it says that the town was not taken, or nothing,
    as it was not taught such attacks: then it counts neither way. So it is with contested towns,
    and with words that leave nothing open: "set fire to Y".
    """
    fitting = FITTING.get((claim.kind, place.role), FITTING.get((claim.kind, None), ()))
    if claim.kind is Kind.CONTROL_CHANGE and _began_to_hold(claim):
        fitting = (*fitting, says.HELD)  # "Y, now held by X"
    if claim.kind is Kind.RETURN and place.start < _trigger(claim):
        fitting = (*fitting, says.ORIGIN)  # "900 left X; a few have gone home"
    if says_beaten_off(claim.reasons):
        return max(0.5, *(mark.probabilities[label] for label in (*fitting, says.NOT_TAKEN)))
    is_told = says_contested(claim.reasons) or says_plainly(claim.reasons)
    least = 0.5 if is_told else 0.0
    return max(least, max((mark.probabilities[label] for label in fitting), default=1.0))


def _began_to_hold(claim: Claim) -> bool:
    """Whether a change of control is told by who holds the place now."""
    return any(r.what is ReasonKind.KIND and r.words in {"control", "hold"} for r in claim.reasons)


def _trigger(claim: Claim) -> int:
    """Return the offset of the word that a claim rests on."""
    spans = [r.span for r in claim.reasons if r.what is ReasonKind.TRIGGER and r.span]
    return spans[0][0] if spans else claim.start


def opposed(claim: Claim, mark: Mark) -> float:
    """Return how probably the network takes a thing as not happened, denied or past.

    Words that leave nothing open, such as "people are still leaving X", are not doubted so, nor
    denied by what the sentence denies beside them.
    """
    if says_plainly(claim.reasons):
        return 0.0
    return max((mark.probabilities[x] for x in OPPOSED.get(claim.kind, ())), default=0.0)


def checked(claim: Claim, marks: Mapping[int, Mark]) -> Claim:
    """Return a claim of the rules as it stands after the network's reading.

    Places of which the network thinks otherwise are dropped. A claim that loses all its places is
    kept off the map, with the reason.

    Parameters
    ----------
    claim
        A claim of the rules.
    marks
        Marks of the article, by the offsets at which they start.
    """
    if not claim.status.is_current or (claim.kind, None) not in FITTING:
        return claim
    kept, against = [], 0.0
    inferred = [p for p in claim.places if is_inferred(claim, p)]
    for place in claim.places:
        if place in inferred:
            continue
        mark = marks.get(place.start)
        # Of "near the border" the network judges the border, which nobody took.
        if mark is None or mark.figure is not None or place.role is Role.NEAR:
            kept.append(place)
            continue
        says_so, denies = agreeing(claim, place, mark), opposed(claim, mark)
        if says_so < DOUBTED or (denies >= DENIED and says_so < denies):
            against = max(against, denies)
        else:
            kept.append(place)
    if len(kept) + len(inferred) == len(claim.places):
        return claim
    if kept:
        kept += inferred
        reason = Reason(ReasonKind.CODERS, "the second reader leaves a place out")
        return replace(claim, places=tuple(kept), reasons=(*claim.reasons, reason))
    words = NOT_SO if against >= DENIED else NOT_FOUND
    reason = Reason(ReasonKind.CODERS, words)
    return replace(claim, status=Status.HYPOTHETICAL, reasons=(*claim.reasons, reason))


def is_inferred(claim: Claim, place: ClaimPlace) -> bool:
    """Whether a place is where people left by earlier words, of which the network judges others."""
    how = any(r.what is ReasonKind.ORIGIN and r.how in INFERRED for r in claim.reasons)
    return how and place.role is Role.ORIGIN


NOT_SO = "the second reader takes this as not happened, or not now"
NOT_FOUND = "the second reader does not find this"
