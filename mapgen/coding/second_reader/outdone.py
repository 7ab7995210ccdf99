"""Tell once what both readers find of a place in the same words: as a capture, or as an entry.

Claims of both readers come in; those that another one does not say better go out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.coding.second_reader.certainty import is_of_network
from mapgen.model import Kind
from mapgen.reasons import ReasonKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.model import Claim

_LESS_THAN_TAKEN = frozenset({Kind.ADVANCE, Kind.THREAT, Kind.CONTROL_STATE})
_ENTER = re.compile(r"enter(?:ed|ing|s)?\b", re.IGNORECASE)
_COME_AND_GO = re.compile(
    r"\b(?:armou?r|bulldozers?|jeeps|patrols?|scouts|tanks?|vehicles)\s(?:(?:also|have|has|had)\s)?$",
    re.IGNORECASE,
)
# words by which those who entered a town also took it, or hold it
_TAKING = re.compile(
    r"\b(?:captur|clear|complete|conquer|control|fall|fell|free|hands|held|hold|liberat|occup|overr"
    r"|rais|recaptur|regain|retak|retook|secur|seiz|sweep|swept|take|taking|took|triumph|without)",
    re.IGNORECASE,
)


def without_outdone(claims: Sequence[Claim]) -> list[Claim]:
    """Drop what says less of a place than a capture that the network finds in the same words.

    "Under rebel control since Monday" is told once, as a capture; and who takes a town also came
    near it. But "tanks entered X", without a word on whose it is now, is no capture, though the
    network takes it for one: vehicles and patrols come and go.

    Parameters
    ----------
    claims
        Claims of both readers that are certain enough to be kept.
    """
    held = [c for c in claims if _is_held_by(c)]
    claims = [c for c in claims if not _is_plainly_held(c, held)]
    entered = [c for c in claims if _only_enters(c)]
    claims = [kept for c in claims if (kept := _without_entered(c, entered)) is not None]
    taken = [c for c in claims if c.kind is Kind.CONTROL_CHANGE and is_of_network(c)]
    return [c for c in claims if not _is_outdone(c, taken)]


def _is_held_by(claim: Claim) -> bool:
    """Whether the rules read who holds a place, in words that tell no capture."""
    is_state = claim.kind is Kind.CONTROL_STATE and claim.status.is_current
    return is_state and claim.actor is not None and not is_of_network(claim)


def _is_plainly_held(claim: Claim, held: Iterable[Claim]) -> bool:
    """Whether the network takes for captured what a sentence says is "in X's hands".

    It names nobody who took the place then.
    """
    if claim.kind is not Kind.CONTROL_CHANGE or not is_of_network(claim):
        return False
    if claim.actor is not None or not _IN_HANDS.search(claim.quote):
        return False
    here = {p.start for p in claim.places}
    return any(
        claim.start <= h.start < claim.end and here <= {p.start for p in h.places} for h in held
    )


_IN_HANDS = re.compile(
    r"\b(?:are|is|remains?|stays?|still)\s(?:\w+\s){0,2}in\s(?:the\s)?(?:[\w-]+['’]s?\s)?(?:\w+\s)?hands\b"
)


def _only_enters(claim: Claim) -> bool:
    """Whether the rules read that vehicles entered a place, and nothing says that it was taken."""
    if claim.kind is not Kind.ADVANCE or not claim.status.is_current or not claim.places:
        return False
    spans = [r.span for r in claim.reasons if r.what is ReasonKind.TRIGGER and r.span]
    at = spans[0][0] - claim.start if spans else -1
    if at < 0 or not _ENTER.match(claim.quote, at):
        return False
    return _TAKING.search(claim.quote, at) is None


def _come_and_go(claim: Claim) -> bool:
    """Whether those who enter a place by a claim are vehicles or patrols."""
    at = next(r.span[0] for r in claim.reasons if r.what is ReasonKind.TRIGGER and r.span)
    return _COME_AND_GO.search(claim.quote, 0, at - claim.start) is not None


def _without_entered(claim: Claim, entered: Iterable[Claim]) -> Claim | None:
    """Return a capture that the network alone finds without the places only entered, or None."""
    if claim.kind is not Kind.CONTROL_CHANGE or not is_of_network(claim):
        return claim
    only = {
        p.start
        for e in entered
        if claim.start <= e.start < claim.end and (claim.actor is None or _come_and_go(e))
        if not _are_leaders_men(e)
        for p in e.places
    }  # by where they stand, as the same town may be taken and entered again
    kept = tuple(p for p in claim.places if p.start not in only)
    if not kept:
        return None
    men = [e for e in entered if _are_leaders_men(e) and claim.start <= e.start < claim.end]
    took = claim.actor is None and len(men) == 1 and set(kept) & set(men[0].places)
    return replace(claim, places=kept, actor=men[0].actor if took else claim.actor)


def _are_leaders_men(claim: Claim) -> bool:
    """Whether a claim tells of the men of a leader whom no table has: "Machar's men"."""
    return claim.actor is not None and claim.actor.name.endswith("'s men")


def _is_outdone(claim: Claim, taken: Sequence[Claim]) -> bool:
    return claim.kind in _LESS_THAN_TAKEN and any(
        t.start <= claim.start < t.end
        and {p.place_id for p in claim.places} <= {p.place_id for p in t.places}
        and not _holds_against(claim, t)
        for t in taken
        if claim.places
    )


def _holds_against(claim: Claim, taken: Claim) -> bool:
    """Whether a claim tells who held a place before others took it: "army-held Bara fell"."""
    if claim.kind is not Kind.CONTROL_STATE or claim.actor is None or taken.actor is None:
        return False
    return not claim.actor.is_with(taken.actor)
