"""Write the headline and the summary of a situation.

What may be shown of a situation comes in; sentences from templates go out. They say only what the
events say, and name the source of what is only claimed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from gazetteer.worded_areas import is_worded
from mapgen.core.words import capital, fold, joined, mid_sentence, unique, with_article
from mapgen.merging.units import is_area
from mapgen.model import Event, Kind, Precision, Role, Standing
from mapgen.situation.figure_words import figures_in_words, leading_words
from mapgen.situation.flows import area_phrase, shown_name
from mapgen.situation.shown import Shown, day_of, is_control_sign, is_total_event, side_of_actor
from mapgen.situation.signs import (
    LINK_WORDS,
    WORDED_CONTROL,
    claimed_by,
    distance_source,
    distance_words,
    link_state,
    total_text,
    total_words,
    words_near,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Actor

NOTHING = "No current change found in these articles."
_HEADLINE_CHARS = 70
_MAX_NAMES = 4
_NEWS = timedelta(days=7)  # what happened within a week of the last event is news
_SURE = {Standing.ASSESSED, Standing.STATED}


def _live(events: Sequence[Event]) -> list[Event]:
    """Return the events that are neither outdated nor denied."""
    return [e for e in events if e.standing not in {Standing.OUTDATED, Standing.DENIED}]


def _taken(shown: Shown, events: Sequence[Event]) -> list[Event]:
    """Return the events in which a place changed hands, except contested places."""
    return [
        e
        for e in events
        if e.kind is Kind.CONTROL_CHANGE
        and is_control_sign(e)
        and not shown.holders.is_contested_now(e)
    ]


def _contested(shown: Shown, events: Sequence[Event]) -> str:
    """Return a clause about all contested places, or an empty string without any."""
    own = [e for e in events if shown.holders.is_contested_now(e)]
    return f"who holds {_names(own)} is contested" if own else ""


def _threats(events: Sequence[Event]) -> list[Event]:
    """Return threats, advances and sieges of towns, those with most claims first."""
    found = [
        e
        for e in events
        if e.kind in {Kind.THREAT, Kind.ADVANCE, Kind.SIEGE} and not is_area(e.places[0])
    ]
    return sorted(found, key=lambda e: (-len(e.claims), e.id))


def _movements(events: Sequence[Event]) -> list[Event]:
    """Return displacement that names a place finer than a country, greatest figure first."""
    found = [
        e
        for e in events
        if e.kind is Kind.DISPLACEMENT
        and not is_total_event(e)
        and any(p.precision is not Precision.COUNTRY for p in e.places)
    ]
    return sorted(found, key=lambda e: (-_least(e), -len(e.claims), e.id))


def _least(event: Event) -> int:
    return (event.figure.low or 0) if event.figure is not None else 0


def _names(events: Sequence[Event]) -> str:
    """Return the names of the places of events, at most `_MAX_NAMES` in full."""
    names = unique(shown_name(e.places[0]) for e in events)
    if len(names) > _MAX_NAMES:
        return f"{', '.join(names[:_MAX_NAMES])} and {len(names) - _MAX_NAMES} more places"
    return joined(names)


def _goal(event: Event) -> str:
    return joined(unique(area_phrase(p) for p in event.places if p.role is Role.DESTINATION))


def _start(event: Event) -> str:
    """Return the places that people leave."""
    named = [p for p in event.places if p.role is Role.ORIGIN]
    if not named and not _goal(event):
        named = list(event.places)
    return joined(unique(area_phrase(p) for p in named))


def _fits(options: Sequence[str]) -> str:
    """Return the first option that fits a headline, or else the last one cut at a word."""
    for option in options:
        if option and len(option) <= _HEADLINE_CHARS:
            return option
    last = options[-1]
    if len(last) <= _HEADLINE_CHARS:
        return last
    return last[: _HEADLINE_CHARS - 1].rsplit(" ", 1)[0] + "…"


def _hedge(event: Event) -> str:
    """Return words such as ``, according to SOHR`` for an event that is only claimed."""
    if event.standing is Standing.CLAIMED:
        who = claimed_by(event)
        return f", according to {with_article(who) if who else 'one report'}"
    return ""


def headline(shown: Shown) -> str:
    """Return the headline of a map.

    Parameters
    ----------
    shown
        What may be shown. A title that the user gives is returned unchanged.

    Returns
    -------
    str
        A generated headline has at most 70 characters.
    """
    if shown.situation.title:
        return shown.situation.title
    events = _live(shown.situation.events)
    taken, threats, movements = _taken(shown, events), _threats(events), _movements(events)
    flight = ""
    if movements:
        goal, start = _goal(movements[0]), _start(movements[0])
        flight = f"residents flee to {goal}" if goal else f"residents flee {start}"
    if threats:
        return _fits(_threat_headlines(shown, threats[0], flight))
    if taken:
        return _fits(_taken_headlines(shown, _news(taken), flight))
    if contested := _contested(shown, events):
        return _fits([capital(contested)])
    if movements:
        start, goal = _start(movements[0]), _goal(movements[0])
        way = f"flee {start} for {goal}" if start and goal else flight.removeprefix("residents ")
        return _fits([f"Residents {way}", capital(flight)])
    return _fits([*_other_headlines(events), NOTHING])


def _news(taken: Sequence[Event]) -> list[Event]:
    """Return the towns that changed hands within a week of the last one; the headline is of them.

    A town whose day is not known counts as one of the last.
    """
    last = max((day for e in taken if (day := day_of(e)) is not None), default=None)
    if last is None:
        return list(taken)
    first = last - _NEWS
    return [e for e in taken if (day_of(e) or last) >= first]


def _threat_headlines(shown: Shown, first: Event, flight: str) -> list[str]:
    """Return headlines about a threatened or besieged town, the most complete first."""
    who = capital(shown.sides.phrase(side_of_actor(first.actor), otherwise="forces"))
    where = shown_name(first.places[0])
    is_siege = first.kind is Kind.SIEGE
    near = f"{where} under siege" if is_siege else f"{who} near {where}"
    bare = near if is_siege else f"{where} threatened"
    both = [f"{near} as {flight}", f"{bare} as {flight}"] if flight else []
    return [*both, near, bare]


def _taken_headlines(shown: Shown, taken: Sequence[Event], flight: str) -> list[str]:
    """Return headlines about towns that changed hands, the most complete first."""
    firm = [e for e in taken if e.standing in _SURE]
    best = firm or taken
    names = _names(best)
    who = capital(shown.sides.phrase(side_of_actor(best[0].actor), otherwise=""))
    one_side = len({side_of_actor(e.actor) for e in best}) == 1
    verb = "take" if firm else "said to have taken"
    if firm and not _is_plural(who):
        verb = "takes"
    done = "taken" if firm else "reported taken"
    acted = f"{who} {verb} {names}" if who and one_side else ""
    both = [f"{acted} as {flight}", f"{names} {done} as {flight}"] if flight and acted else []
    return [*both, acted, f"{names} {done}", f"{shown_name(best[0].places[0])} {done}"]


def _is_plural(name: str) -> bool:
    """Whether the name of a party takes a plural verb."""
    return name.endswith("s") and not name.endswith("ss") and " " in name


def _other_headlines(events: Sequence[Event]) -> list[str]:
    """Return headlines about the first other kind of event, or else about a total."""
    words = {
        Kind.CLASH: "Fighting",
        Kind.STRIKE: "Strikes",
        Kind.ATTACK_ON_CIVILIANS: "Attack on civilians",
        Kind.EVACUATION_ORDER: "Told to leave",
        Kind.WITHDRAWAL: "Withdrawal",
        Kind.REINFORCEMENT: "Forces brought in",
        Kind.CONTROL_CHANGE: "Ground taken",
        Kind.ADVANCE: "Advance",
        Kind.THREAT: "Threat",
        Kind.CONTROL_STATE: "Ground held",
        Kind.RETURN: "People returned",
        Kind.HOSTING: "Displaced people in",
    }
    order = list(words)
    known = [
        e for e in events if e.kind in words and e.places[0].precision is not Precision.COUNTRY
    ]
    known.sort(key=lambda e: (order.index(e.kind), -len(e.claims), e.id))
    options = []
    for event in known[:1]:
        kind = words[event.kind]
        same = [e for e in known if e.kind is event.kind]
        if is_worded(event.places[0].place_id) and event.kind in WORDED_CONTROL:
            kind = f"Place {WORDED_CONTROL[event.kind]}"
        names = joined(unique(area_phrase(e.places[0]) for e in same)[:_MAX_NAMES])
        join = " " if kind.endswith(" in") else ": "
        options = [f"{kind}{join}{n}" for n in (names, area_phrase(event.places[0]))]
    totals = [e for e in events if is_total_event(e)]
    if totals and not options:
        options = [capital(total_text(totals[0]))]
    return options


def summary(shown: Shown) -> list[list[str]]:
    """Return the summary of a map.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    list of [str, str]
        Up to five parts, each a lead word such as ``Taken.`` and its sentences. If there is nothing
        to report, one part says so.
    """
    events = _live(shown.situation.events)
    parts = [
        ["Taken.", _taken_text(shown, events)],
        ["Threatened.", _threat_text(shown, events)],
        ["Displaced.", _flight_text(events)],
        ["Elsewhere.", _elsewhere_text(shown, events)],
        ["Not on the map.", _unplaced_text(shown)],
    ]
    return [p for p in parts if p[1]] or [["Nothing drawn.", NOTHING]]


def _taken_text(shown: Shown, events: Sequence[Event]) -> str:
    """Return sentences about places taken, by side and source, and contested places."""
    clauses: list[str] = []
    taken = _taken(shown, events)
    for side in unique(side_of_actor(e.actor) or "" for e in taken):
        own = [e for e in taken if (side_of_actor(e.actor) or "") == side]
        who = shown.sides.phrase(side or None)
        firm = [e for e in own if e.standing in _SURE]
        if firm:
            clauses.append(f"{who} took {_names(firm)}{_from(shown, firm)}")
        for source in unique(claimed_by(e) for e in own if e.standing is Standing.CLAIMED):
            said = [e for e in own if e.standing is Standing.CLAIMED and claimed_by(e) == source]
            account = _account(shown, side, source)
            clauses.append(
                f"{account}, also {_names(said)}"
                if firm
                else f"{who} took {_names(said)}, {account}"
            )
    if contested := _contested(shown, events):
        clauses.append(contested)
    return capital("; ".join(clauses) + ".") if clauses else ""


def _unplaced_text(shown: Shown) -> str:
    """Return sentences about towns reported taken that the gazetteer does not list."""
    lost = [
        (place.surface, _party(shown, claim.actor))
        for claim in shown.situation.extraction.claims
        if claim.kind is Kind.CONTROL_CHANGE and claim.status.is_current
        for place in claim.places
        if place.place_id is None and place.lat is None and place.surface[:1].isupper()
    ]
    clauses = []
    for party in unique(party for _, party in lost):
        names = unique(name for name, own in lost if own == party)
        more = len(names) - _MAX_NAMES
        told = f"{', '.join(names[:_MAX_NAMES])} and {more} more" if more > 0 else joined(names)
        by = f" by {party}" if party else ""
        clauses.append(f"{told}, reported taken{by}: not in the gazetteer")
    return capital("; ".join(clauses)) + "." if clauses else ""


def _party(shown: Shown, actor: Actor | None) -> str:
    """Return the name of a party for use inside a sentence, even if it has no events."""
    side = side_of_actor(actor)
    if actor is None or side is None:
        return ""
    return (
        shown.sides.phrase(side)
        if shown.sides.get(side)
        else with_article(mid_sentence(actor.name))
    )


def _account(shown: Shown, side: str, source: str) -> str:
    """Return words that attribute a report to its source, or to the side itself."""
    if not source:
        return "according to one report"
    drawn = shown.sides.get(side)
    own = {fold(n) for n in (drawn.name, drawn.short, drawn.phrase)} if drawn else set()
    # Say so if a party is itself the source for its gains.
    if fold(source) in own:
        return f"by {'their' if drawn and _is_plural(drawn.phrase) else 'its'} own account"
    return f"according to {with_article(source)}"


def _from(shown: Shown, events: Sequence[Event]) -> str:
    """Return words for the former holder, if all events have the same one."""
    before = {shown.from_side(e) for e in events}
    only = next(iter(before)) if len(before) == 1 else None
    return f" from {shown.sides.phrase(only)}" if only else ""


def _threat_text(shown: Shown, events: Sequence[Event]) -> str:
    """Return sentences about the two main threats and about supply links."""
    sentences: list[str] = []
    for event in _threats(events)[:2]:
        place = event.places[0]
        name = shown_name(place)
        who = shown.sides.phrase(side_of_actor(event.actor), otherwise="forces")
        parts: list[str] = []
        holder = shown.holder(place)
        if holder and holder != side_of_actor(event.actor):
            # The holder may be known from the baseline alone.
            parts.append(f"held by {shown.sides.phrase(holder)}")
        helped = [
            e
            for e in events
            if e.kind is Kind.REINFORCEMENT and e.places[0].place_id == place.place_id
        ]
        if helped:
            parts.append("being reinforced" + _hedge_in(helped[0]))
        distance = distance_words(event)
        source = distance_source(event)
        if event.kind is Kind.SIEGE:
            reach = "under siege" + (f" by {who}" if who != "forces" else "") + _hedge(event)
        elif distance:
            reach = f"{who} reported {distance}" + (f" ({source})" if source else "")
        else:
            reach = f"{who} {'advancing on it' if event.kind is Kind.ADVANCE else 'nearby'}"
            reach += _hedge(event)
        state = joined(parts)
        text = f"{name} is {state}, with {reach}" if state and event.kind is not Kind.SIEGE else ""
        text = text or (f"{name} is {reach}" if event.kind is Kind.SIEGE else f"{name}: {reach}")
        sentences.append(text)
    for event in (e for e in events if e.kind is Kind.SUPPLY_LINE):
        hinge = joined([shown_name(p) for p in event.places if p.role is Role.AT])
        if not sentences and link_state(event) == "open":
            continue
        start, goal = _link_ends(event, Role.ORIGIN), _link_ends(event, Role.DESTINATION)
        link = "the link" + (f" through {hinge}" if hinge else "")
        link += (f" from {start}" if start else "") + (f" to {goal}" if goal else "")
        told = {"open": "is not reported to have been cut"}.get(
            link_state(event), f"is {LINK_WORDS[link_state(event)]}"
        )
        sentences.append(f"{link} {told}")
    return capital("; ".join(sentences)) + "." if sentences else ""


def _link_ends(event: Event, role: Role) -> str:
    """Return the names of the towns at one end of a link, or of areas if it has no towns."""
    places = [p for p in event.places if p.role is role]
    towns = [p for p in places if not is_area(p)]
    return joined(unique(area_phrase(p) for p in towns or places))


def _hedge_in(event: Event) -> str:
    return (
        f" ({claimed_by(event)})"
        if event.standing is Standing.CLAIMED and claimed_by(event)
        else ""
    )


def _flight_text(events: Sequence[Event]) -> str:
    """Return sentences about the two main movements and the two latest totals."""
    clauses: list[str] = []
    for event in _movements(events)[:2]:
        told = figures_in_words(event)
        who = told[0].quoted if told else "people"
        start, goal = _start(event), _goal(event)
        way = f" {start} for {goal}" if start and goal else f" {start}" if start else f" to {goal}"
        notes = [told[0].who] if told and told[0].is_claimed else []
        notes += [f"{f.quoted}, {f.who}" for f in told[1:]]
        if not told and event.standing is Standing.CLAIMED:
            notes = [claimed_by(event)]
        tail = f" ({'; '.join(notes)})" if any(notes) else ""
        clauses.append(f"{who} fled{way}{tail}")
    clauses += _hosting_clauses(events)
    totals = [e for e in events if is_total_event(e)]
    latest = sorted(totals, key=lambda e: (e.latest or date.min, len(e.claims)), reverse=True)[:2]
    clauses.extend(_total_clause(e) for e in totals if e in latest)
    return capital("; ".join(clauses)) + "." if clauses else ""


def _hosting_clauses(events: Sequence[Event]) -> list[str]:
    """Return where displaced people stay, the two greatest figures first."""
    hosts = [(e, f) for e in events if e.kind is Kind.HOSTING for f in figures_in_words(e)[:1]]
    hosts.sort(key=lambda host: (-(host[0].figures[0].low or 0), host[0].id))
    return [
        f"{figure.quoted} stay in {area_phrase(event.places[0])}"
        + (f" ({figure.who})" if figure.is_claimed else "")
        for event, figure in hosts[:2]
    ]


def _total_clause(event: Event) -> str:
    """Return a total with its source: ``300,000 fled to Sudan, according to the UN``."""
    lead = leading_words(event)
    words = lead.counted if lead is not None else ""
    by = f", according to {with_article(lead.who)}" if lead and lead.is_claimed else ""
    verb = "" if total_words(event).startswith("fled") else "are "
    words = words[:1].lower() + words[1:]  # the words may have stood at the start of a sentence
    return f"{words} {verb}{total_words(event)}{by}"


def _where(event: Event) -> str:
    """Return an area in the article's words with their preposition, or else with "in"."""
    said = words_near(event.places[0], event)
    if said != event.places[0].surface:
        return said
    return f"in {area_phrase(event.places[0])}"


def _elsewhere_text(shown: Shown, events: Sequence[Event]) -> str:
    """Return sentences about changes in areas, and about fighting, strikes and attacks."""
    clauses: list[str] = []
    verbs = {
        Kind.CONTROL_CHANGE: "took ground",
        Kind.ADVANCE: "advanced",
        Kind.CONTROL_STATE: "held ground",
    }
    for event in events:
        place = event.places[0]
        if not is_area(place) or place.precision is Precision.COUNTRY or event.kind not in verbs:
            continue
        who = shown.sides.phrase(side_of_actor(event.actor), otherwise="forces")
        if is_worded(place.place_id) and event.kind is not Kind.ADVANCE:
            verb = "took" if event.kind is Kind.CONTROL_CHANGE else "held"
            clauses.append(f"{who} {verb} {shown_name(place)}{_hedge(event)}")
            continue
        kinds = {c.kind for c in event.claims if c.status.is_current}
        did = (
            "advanced and took ground"
            if {Kind.ADVANCE, Kind.CONTROL_CHANGE} <= kinds
            else verbs[event.kind]
        )
        clauses.append(f"{who} {did} {_where(event)}{_hedge(event)}")
    clauses += _happenings(events)
    return capital("; ".join(clauses)) + "." if clauses else ""


_HAPPENINGS = {
    Kind.CLASH: "fighting in",
    Kind.STRIKE: "strikes on",
    Kind.ATTACK_ON_CIVILIANS: "attacks on civilians in",
    Kind.EVACUATION_ORDER: "an order to leave",
}


def _happenings(events: Sequence[Event]) -> list[str]:
    """Return a clause for each kind of happening that takes no ground: "strikes on X and Y"."""
    clauses = []
    for kind, words in _HAPPENINGS.items():
        own = [
            e for e in events if e.kind is kind and e.places[0].precision is not Precision.COUNTRY
        ]
        if own:
            names = joined(unique(area_phrase(e.places[0]) for e in own)[:_MAX_NAMES])
            sure = all(e.standing in _SURE for e in own)
            clauses.append(f"{words} {names}{'' if sure else ' reported'}")
    return clauses
