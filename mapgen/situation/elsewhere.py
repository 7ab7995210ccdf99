"""Tell what happened besides captures, threats and flight: in areas, and fighting and attacks.

Events come in; the parts on tolls and "Elsewhere." of the summary go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.worded_areas import is_worded
from mapgen.core.told import say
from mapgen.core.words import joined, unique
from mapgen.model import Event, Kind, Precision, Role
from mapgen.situation.attacks import is_attack
from mapgen.situation.clauses import MOST_NAMES, SURE, as_sentence, by_account, hedged, least_of
from mapgen.situation.figure_words import first_toll, toll_words
from mapgen.situation.flows import area_phrase, shown_name
from mapgen.situation.shown import Shown, side_of_actor
from mapgen.situation.signs import WORDED_CONTROL, claimed_by, words_near

if TYPE_CHECKING:
    from collections.abc import Sequence


def where_words(event: Event) -> str:
    """Return where ground was taken, in the article's words: ``along the Iraqi border``."""
    place = event.places[0]
    if not place.is_area:
        return say("near {place}", place=area_phrase(place))
    said = words_near(place, event)
    if said != place.surface:
        return said
    if place.precision is Precision.LINE:
        return say("along the {line}", line=area_phrase(place))
    return say("in {place}", place=area_phrase(place))


def elsewhere_text(shown: Shown, events: Sequence[Event]) -> str:
    """Return sentences about changes in areas, and about fighting, strikes and attacks."""
    clauses: list[str] = []
    verbs = {
        Kind.CONTROL_CHANGE: "took ground",
        Kind.ADVANCE: "advanced",
        Kind.CONTROL_STATE: "held ground",
    }
    for own in _places_somewhere(events):
        one = "{who} took {names}" if own[0].kind is Kind.CONTROL_CHANGE else "{who} held {names}"
        clause = say(one, who=_who(shown, own[0]), names=_names_somewhere(own))
        clauses.append(_with_account(shown, clause, own[0]))
    for event in events:
        place = event.places[0]
        beside = event.kind is Kind.CONTROL_CHANGE and place.role is not Role.AT  # "near Djibo"
        if place.precision is Precision.COUNTRY or event.kind not in verbs:
            continue
        if not (place.is_area or beside):
            continue
        if _is_somewhere(event):
            continue
        kinds = {c.kind for c in event.claims if c.status.is_current}
        did = (
            "advanced and took ground"
            if {Kind.ADVANCE, Kind.CONTROL_CHANGE} <= kinds
            else verbs[event.kind]
        )
        told = say(f"{{who}} {did} {{where}}", who=_who(shown, event), where=where_words(event))
        clauses.append(_with_account(shown, told, event))
    return as_sentence([*clauses, *_happenings(events)])


def _who(shown: Shown, event: Event) -> str:
    return shown.sides.phrase(side_of_actor(event.actor), otherwise="forces")


def _with_account(shown: Shown, clause: str, event: Event) -> str:
    side = side_of_actor(event.actor) or ""
    return hedged(clause, event, by_account(shown, side, claimed_by(event)))


def _is_somewhere(event: Event) -> bool:
    """Whether an event tells who took or holds a place that lies somewhere in an area."""
    return event.kind in WORDED_CONTROL and is_worded(event.places[0].place_id)


def _places_somewhere(events: Sequence[Event]) -> list[list[Event]]:
    """Return such events, those together that one sentence can tell."""
    found: dict[tuple[object, ...], list[Event]] = {}
    for event in filter(_is_somewhere, events):
        _, _, where = shown_name(event.places[0]).partition(", ")
        key = (side_of_actor(event.actor), event.kind, event.standing, claimed_by(event), where)
        found.setdefault(key, []).append(event)
    return list(found.values())


def _names_somewhere(events: Sequence[Event]) -> str:
    """Return the names of places that lie somewhere in the same area, and the area once."""
    names = unique(shown_name(e.places[0]) for e in events)
    if len(names) == 1:
        return names[0]
    where = names[0].partition(", ")[2]
    told = joined([name.partition(", ")[0] for name in names[:MOST_NAMES]])
    return say("{where}, {country}", where=told, country=where)


_HAPPENINGS = {
    Kind.CLASH: "fighting in {names}",
    Kind.STRIKE: "strikes on {names}",
    Kind.ATTACK_ON_CIVILIANS: "attacks on civilians in {names}",
    Kind.EVACUATION_ORDER: "an order to leave {names}",
}
_ATTACKS = "attacks on {names}"


def tolls_part(events: Sequence[Event]) -> list[str]:
    """Return the part about the killed and injured: "Killed." and "X: “57” killed (Y)".

    The sentence is empty if no event has a toll.
    """
    told = [e for e in events if e.kind in _HAPPENINGS and toll_words(e)]
    told = sorted(told, key=lambda e: (-least_of(e), e.id))[:MOST_NAMES]
    units = {first_toll(e) or "killed" for e in told}
    lead = "Killed and injured." if len(units) > 1 else _LEADS[next(iter(units), "killed")]
    tolls = [say("{name}: {toll}", name=shown_name(e.places[0]), toll=toll_words(e)) for e in told]
    return [say(lead), as_sentence(tolls)]


_LEADS = {"killed": "Killed.", "injured": "Injured."}


def _happened(event: Event) -> str:
    return _ATTACKS if is_attack(event) else _HAPPENINGS[event.kind]


def _happenings(events: Sequence[Event]) -> list[str]:
    """Return a clause for each kind of happening that takes no ground: "strikes on X and Y"."""
    clauses = []
    told = [
        e
        for e in events
        if e.kind in _HAPPENINGS
        and e.places[0].precision is not Precision.COUNTRY
        and not toll_words(e)
    ]
    for words in (*_HAPPENINGS.values(), _ATTACKS):
        own = [e for e in told if _happened(e) == words]
        if own:
            names = joined(unique(area_phrase(e.places[0]) for e in own)[:MOST_NAMES])
            sure = all(e.standing in SURE for e in own)
            clause = say(words, names=names)
            clauses.append(clause if sure else say("{clause} reported", clause=clause))
    return clauses
