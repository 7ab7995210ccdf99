"""Merge the movements that a clause tells word by word with those that the frames found.

Drafts of the frames and of `flight` come in; each movement goes out once, with all its places.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.core.tables.word_lists import word_list
from mapgen.model import Kind, Precision, Role
from mapgen.reasons import Reason, ReasonKind

if TYPE_CHECKING:
    from mapgen.coding.english.sentence_context import ClaimDraft
    from mapgen.model import ClaimPlace

BY_WORDS_BEFORE = Reason(ReasonKind.WORDS, "what stands before each place")


def with_told_flight(drafts: list[ClaimDraft], flights: list[ClaimDraft]) -> list[ClaimDraft]:
    """Add the movements of `told_flight` to the drafts of the frames of a sentence.

    Parameters
    ----------
    drafts
        Drafts that the frames returned. Displacements are completed by the places of movements
        that say more.
    flights
        Movements that `told_flight` returned for the sentence. A movement that repeats a draft is
        left out.

    Returns
    -------
    list of ClaimDraft
        All drafts, with those whose place was not found.
    """
    hosts = [f for f in flights if f.kind is Kind.HOSTING]
    flights = [f for f in flights if f.kind is Kind.DISPLACEMENT]
    drafts = _without_counted(drafts, hosts)
    told = [d for d in drafts if d.kind is Kind.DISPLACEMENT and d.places]
    kept, flights = _filled_in(drafts, flights)
    kept += [f for f in flights if not any(_meet(f, d) for d in told)]
    kept += [h for h in hosts if not any(_meet(h, d) for d in told)]
    return [_with_origin(d, kept) if d.kind is Kind.DISPLACEMENT else d for d in kept]


def _without_counted(drafts: list[ClaimDraft], hosts: list[ClaimDraft]) -> list[ClaimDraft]:
    """Drop movements without a place whose figure is that of people whom a place hosts."""
    return [
        d
        for d in drafts
        if d.kind is not Kind.DISPLACEMENT or d.places or not any(same_figure(d, h) for h in hosts)
    ]


def same_figure(one: ClaimDraft, other: ClaimDraft) -> bool:
    """Whether two movements have the same figure."""
    if one.figure is None or other.figure is None:
        return False
    return one.figure.quantity == other.figure.quantity


def _filled_in(
    drafts: list[ClaimDraft], flights: list[ClaimDraft]
) -> tuple[list[ClaimDraft], list[ClaimDraft]]:
    """Complete drafts with the places of fuller movements; return them and the unused movements."""
    kept: list[ClaimDraft] = []
    for d in drafts:
        if d.kind is not Kind.DISPLACEMENT:
            kept.append(d)
            continue
        timed = _with_clause(d, flights)
        fuller = next((f for f in flights if _is_fuller(f, timed)), None)
        if fuller is not None:
            flights = [f for f in flights if f is not fuller]
            reasons = [*timed.reasons, *fuller.reasons]
            kept.append(replace(timed, places=fuller.places, reasons=reasons))
        elif timed.places or not flights:
            kept.append(_with_ends(timed, flights))
    return kept, flights


def _with_ends(draft: ClaimDraft, flights: list[ClaimDraft]) -> ClaimDraft:
    """Add the end that a draft lacks from the movement of the same people.

    "3,100 people fled X, crossed into Chad and settled around Y": a country gives way to the place.
    """
    same = next((f for f in flights if same_figure(f, draft)), None)
    if same is None:
        return draft
    places = draft.places
    for role in (Role.ORIGIN, Role.DESTINATION):
        other = {key_of(p) for p in places if p.role is not role}
        more = [p for p in _ends_in(same.places, role) if key_of(p) not in other]
        if more and not _ends_in(places, role):
            places = (*(p for p in places if p.role is not role), *more)
    reasons = [*draft.reasons, BY_WORDS_BEFORE] if places != draft.places else draft.reasons
    return replace(draft, places=places, reasons=reasons)


def key_of(place: ClaimPlace) -> str:
    """Return what tells a place from others, whether it is on the map or not."""
    return place.place_id or place.surface


def _ends_in(places: tuple[ClaimPlace, ...], role: Role) -> list[ClaimPlace]:
    """Return the places in a role that are smaller than a country."""
    return [p for p in places if p.role is role and p.precision is not Precision.COUNTRY]


def _with_clause(draft: ClaimDraft, flights: list[ClaimDraft]) -> ClaimDraft:
    """Give a draft the clause of the movement with the same trigger, for its dates."""
    same = next((f for f in flights if f.trigger.i == draft.trigger.i), None)
    return draft if same is None else replace(draft, clause=same.clause)


def _with_origin(draft: ClaimDraft, drafts: list[ClaimDraft]) -> ClaimDraft:
    """Add the origin of a flight if the sentence links the flight to an event at a place.

    "X seized Y, sending 30,000 people fleeing into Z": they fled from Y.
    """
    if any(p.role is not Role.DESTINATION for p in draft.places):
        return draft
    tied = any(t.lower_ in _TIES for t in draft.trigger.sent)
    spots = {
        key_of(p): p
        for d in drafts
        if d.kind in _CAUSES
        for p in d.places
        if p.role is Role.AT and p.precision in {Precision.SETTLEMENT, None}
    }
    going = {key_of(p) for p in draft.places}
    if not tied or len(spots) != 1 or going & set(spots):
        return draft
    spot = replace(next(iter(spots.values())), role=Role.ORIGIN)
    reasons = [*draft.reasons, Reason(ReasonKind.ORIGIN, "where the sentence says it happened")]
    return replace(draft, places=(spot, *draft.places), reasons=reasons)


_CAUSES = frozenset({Kind.CONTROL_CHANGE, Kind.CLASH, Kind.STRIKE, Kind.ATTACK_ON_CIVILIANS})
_TIES = word_list("flight", "ties")


def _ids(draft: ClaimDraft) -> set[tuple[int, int]]:
    """Return the offsets of the places of a draft."""
    return {(p.start, p.end) for p in draft.places}


def _is_fuller(flight: ClaimDraft, draft: ClaimDraft) -> bool:
    """Whether a movement has all the places of a draft and more, and no other figure."""
    other = flight.figure and draft.figure and flight.figure.quantity != draft.figure.quantity
    return bool(draft.places) and _ids(draft) < _ids(flight) and not other


def _meet(flight: ClaimDraft, draft: ClaimDraft) -> bool:
    """Whether two drafts are of one movement: they share a place, the figure or the trigger."""
    same = same_figure(flight, draft)
    if flight.figure and draft.figure and not same:
        return False  # "33,000 fled X, including 7,000 who crossed into Y"
    return same or bool(_ids(flight) & _ids(draft)) or flight.trigger.i == draft.trigger.i
