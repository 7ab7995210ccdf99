"""Write the headline and the summary of a situation.

What may be shown of a situation comes in; sentences from templates go out. They say only what the
events say, and name the source of what is only claimed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from gazetteer.worded_areas import is_worded
from mapgen.core.told import listed, lower_first, number, say
from mapgen.core.words import capital, joined, mid_sentence, unique, with_article
from mapgen.model import Event, Kind, Precision, Role, Standing
from mapgen.situation.attacks import is_attack
from mapgen.situation.clauses import (
    MOST_NAMES,
    SURE,
    according_to,
    as_sentence,
    by_account,
    hedged,
    is_plural,
    least_of,
)
from mapgen.situation.elsewhere import elsewhere_text, tolls_part
from mapgen.situation.figure_words import figures_in_words, leading_words
from mapgen.situation.flows import area_phrase, shown_name
from mapgen.situation.nothing_drawn import nothing_parts
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
    with_source,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Actor

NOTHING = "No current change found in these articles."
_HEADLINE_CHARS = 70
_NEWS = timedelta(days=7)  # what happened within a week of the last event is news


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
    return say("who holds {names} is contested", names=_names(own)) if own else ""


def _threats(shown: Shown, events: Sequence[Event]) -> list[Event]:
    """Return threats, advances and sieges of towns, those with most claims first.

    Nobody advances on a town that he holds by now.
    """
    found = [
        e
        for e in events
        if e.kind in {Kind.THREAT, Kind.ADVANCE, Kind.SIEGE}
        and not e.places[0].is_area
        and (e.actor is None or shown.holder(e.places[0]) != side_of_actor(e.actor))
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
    return sorted(found, key=lambda e: (-least_of(e), -len(e.claims), e.id))


def _names(events: Sequence[Event]) -> str:
    """Return the names of the places of events, at most `MOST_NAMES` in full."""
    names = unique(shown_name(e.places[0]) for e in events)
    if len(names) > MOST_NAMES:
        return say(
            "{names} and {n} more places",
            one="{names} and {n} more place",
            names=listed(names[:MOST_NAMES], "comma"),
            n=number(len(names) - MOST_NAMES),
        )
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
    taken, threats, movements = _taken(shown, events), _threats(shown, events), _movements(events)
    flight = ""
    if movements:
        goal, start = _goal(movements[0]), _start(movements[0])
        flight = _flight(start, goal)
    if threats:
        return _fits(_threat_headlines(shown, threats[0], flight))
    if taken:
        return _fits(_taken_headlines(shown, _news(taken), flight))
    if contested := _contested(shown, events):
        return _fits([capital(contested)])
    if movements:
        start, goal = _start(movements[0]), _goal(movements[0])
        if start and goal:
            whole = say("residents flee {start} for {goal}", start=start, goal=goal)
            return _fits([capital(whole), capital(flight)])
        return _fits([capital(flight)])
    return _fits([*_other_headlines(events), say(NOTHING)])


def _flight(start: str, goal: str) -> str:
    """Return a clause about people who flee, for a headline."""
    if goal:
        return say("residents flee to {goal}", goal=goal)
    return say("residents flee {start}", start=start)


def _and_flight(acted: str, flight: str) -> str:
    return say("{clause} as {flight}", clause=acted, flight=flight)


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
    near = bare = say("{names} under siege", names=where)
    if not is_siege:
        near = say("{who} near {where}", who=who, where=where)
        bare = say("{names} threatened", names=where)
    both = [_and_flight(near, flight), _and_flight(bare, flight)] if flight else []
    return [*both, near, bare]


def _taken_headlines(shown: Shown, taken: Sequence[Event], flight: str) -> list[str]:
    """Return headlines about towns that changed hands, the most complete first."""
    firm = [e for e in taken if e.standing in SURE]
    best = firm or taken
    names = _names(best)
    who = capital(shown.sides.phrase(side_of_actor(best[0].actor), otherwise=""))
    one_side = len({side_of_actor(e.actor) for e in best}) == 1
    verb = "take" if firm else "said to have taken"
    if firm and not is_plural(who):
        verb = "takes"
    template = "{names} taken" if firm else "{names} reported taken"
    done = say(template, names=names)
    acted = say(f"{{who}} {verb} {{names}}", who=who, names=names) if who and one_side else ""
    both = [_and_flight(acted, flight), _and_flight(done, flight)] if flight and acted else []
    return [*both, acted, done, say(template, names=shown_name(best[0].places[0]))]


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
        kind = "Attack" if is_attack(event) else words[event.kind]
        same = [e for e in known if e.kind is event.kind and is_attack(e) == is_attack(event)]
        if is_worded(event.places[0].place_id) and event.kind in WORDED_CONTROL:
            kind = f"Place {WORDED_CONTROL[event.kind]}"
        names = joined(unique(area_phrase(e.places[0]) for e in same)[:MOST_NAMES])
        template = f"{kind}{' ' if kind.endswith(' in') else ': '}{{names}}"
        options = [say(template, names=n) for n in (names, area_phrase(event.places[0]))]
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
        Up to six parts, each a lead word such as ``Taken.`` and its sentences. If there is nothing
        to report, one part says so.
    """
    parts = [*happenings(shown), [say("Not on the map."), _unplaced_text(shown)]]
    told = [part for part in parts if part[1]]
    return told or [[say("Nothing drawn."), say(NOTHING)], *nothing_parts(shown)]


def happenings(shown: Shown) -> list[list[str]]:
    """Return the parts of the summary that tell what happened, each with its lead word.

    Parameters
    ----------
    shown
        What may be shown, or only some of its events.
    """
    events = _live(shown.situation.events)
    parts = [
        [say("Taken."), _taken_text(shown, events)],
        [say("Threatened."), _threat_text(shown, events)],
        [say("Displaced."), _flight_text(events)],
        tolls_part(events),
        [say("Elsewhere."), elsewhere_text(shown, events)],
    ]
    return [part for part in parts if part[1]]


def _taken_text(shown: Shown, events: Sequence[Event]) -> str:
    """Return sentences about places taken, by side and source, and contested places."""
    clauses: list[str] = []
    taken = _taken(shown, events)
    for side in unique(side_of_actor(e.actor) or "" for e in taken):
        own = [e for e in taken if (side_of_actor(e.actor) or "") == side]
        who = shown.sides.phrase(side or None)
        firm = [e for e in own if e.standing in SURE]
        if firm:
            clauses.append(_took(shown, who, firm))
        for source in unique(claimed_by(e) for e in own if e.standing is Standing.CLAIMED):
            said = [e for e in own if e.standing is Standing.CLAIMED and claimed_by(e) == source]
            account = by_account(shown, side, source)
            if firm:
                more = say("{account}, also {names}", account=account, names=_names(said))
            else:
                took = say("{who} took {names}", who=who, names=_names(said))
                more = say("{clause}, {account}", clause=took, account=account)
            clauses.append(more)
    if contested := _contested(shown, events):
        clauses.append(contested)
    return as_sentence(clauses)


def _unplaced_text(shown: Shown) -> str:
    """Return sentences about towns reported taken that the gazetteer does not list."""
    lost = [
        (place.surface, _party(shown, claim.actor))
        for claim in shown.situation.extraction.claims
        if claim.kind is Kind.CONTROL_CHANGE and claim.status.is_current
        for place in claim.places
        if place.place_id is None and place.lat is None and place.surface[:1].isupper()
        if place.role is not Role.NEAR  # a part of a town that is taken, or a post near it
    ]
    clauses = []
    for party in unique(party for _, party in lost):
        names = unique(name for name, own in lost if own == party)
        more = len(names) - MOST_NAMES
        told = joined(names)
        if more > 0:
            first = listed(names[:MOST_NAMES], "comma")
            told = say("{names} and {n} more", names=first, n=number(more))
        if party:
            lost_to = "{names}, reported taken by {by}: location not known"
            clauses.append(say(lost_to, names=told, by=party))
        else:
            clauses.append(say("{names}, reported taken: location not known", names=told))
    return as_sentence(clauses)


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


def _took(shown: Shown, who: str, events: Sequence[Event]) -> str:
    """Return a clause on places taken, with the former holder if all have the same one."""
    before = {shown.from_side(e) for e in events}
    only = next(iter(before)) if len(before) == 1 else None
    if not only:
        return say("{who} took {names}", who=who, names=_names(events))
    loser = shown.sides.phrase(only)
    return say("{who} took {names} from {loser}", who=who, names=_names(events), loser=loser)


def _threat_text(shown: Shown, events: Sequence[Event]) -> str:
    """Return sentences about the two main threats and about supply links."""
    sentences: list[str] = []
    for event in _threats(shown, events)[:2]:
        name, reach = shown_name(event.places[0]), _reach(shown, event)
        state = _state(shown, event, events)
        if event.kind is Kind.SIEGE:
            sentences.append(say("{name} is {reach}", name=name, reach=reach))
        elif state:
            whole = "{name} is {state}, with {reach}"
            sentences.append(say(whole, name=name, state=state, reach=reach))
        else:
            sentences.append(say("{name}: {reach}", name=name, reach=reach))
    for event in (e for e in events if e.kind is Kind.SUPPLY_LINE):
        if sentences or link_state(event) != "open":
            sentences.append(_link_text(event))
    return as_sentence(sentences)


def _state(shown: Shown, event: Event, events: Sequence[Event]) -> str:
    """Return who holds a threatened town and whether it is reinforced, or nothing."""
    place = event.places[0]
    parts: list[str] = []
    holder = shown.holder(place)
    if holder and holder != side_of_actor(event.actor):
        # The holder may be known from the baseline alone.
        parts.append(say("held by {by}", by=shown.sides.phrase(holder)))
    helped = [
        e for e in events if e.kind is Kind.REINFORCEMENT and e.places[0].place_id == place.place_id
    ]
    if helped:
        who = claimed_by(helped[0]) if helped[0].standing is Standing.CLAIMED else ""
        parts.append(with_source(say("being reinforced"), who))
    return joined(parts)


def _reach(shown: Shown, event: Event) -> str:
    """Return how near the forces are that threaten or besiege a town."""
    who = shown.sides.phrase(side_of_actor(event.actor), otherwise="forces")
    if event.kind is Kind.SIEGE:
        by = say("under siege by {by}", by=who) if who != "forces" else say("under siege")
        return hedged(by, event)
    if distance := distance_words(event):
        told = say("{who} reported {distance}", who=who, distance=distance)
        return with_source(told, distance_source(event))
    near = "{who} advancing on it" if event.kind is Kind.ADVANCE else "{who} nearby"
    return hedged(say(near, who=who), event)


def _link_text(event: Event) -> str:
    """Return a clause on a supply link: ``the link through X to Y is cut``."""
    link = say("the link")
    if hinge := joined([shown_name(p) for p in event.places if p.role is Role.AT]):
        link = say("{link} through {place}", link=link, place=hinge)
    if start := _link_ends(event, Role.ORIGIN):
        link = say("{link} from {place}", link=link, place=start)
    if goal := _link_ends(event, Role.DESTINATION):
        link = say("{link} to {place}", link=link, place=goal)
    state = link_state(event)
    if state == "open":
        return say("{link} is not reported to have been cut", link=link)
    return say(f"{{link}} is {LINK_WORDS[state]}", link=link)


def _link_ends(event: Event, role: Role) -> str:
    """Return the names of the towns at one end of a link, or of areas if it has no towns."""
    places = [p for p in event.places if p.role is role]
    towns = [p for p in places if not p.is_area]
    return joined(unique(area_phrase(p) for p in towns or places))


def _flight_text(events: Sequence[Event]) -> str:
    """Return sentences about the two main movements and the two latest totals."""
    clauses: list[str] = []
    for event in _movements(events)[:2]:
        told = figures_in_words(event)
        who = told[0].quoted if told else say("people")
        notes = [told[0].who] if told and told[0].is_claimed else []
        notes += [say("{figure}, {who}", figure=f.quoted, who=f.who) for f in told[1:]]
        if not told and event.standing is Standing.CLAIMED:
            notes = [who_says] if (who_says := claimed_by(event)) else []
        clauses.append(with_source(_fled(event, who), listed(notes, "semicolon")))
    clauses += _hosting_clauses(events)
    totals = [e for e in events if is_total_event(e)]
    latest = sorted(totals, key=lambda e: (e.latest or date.min, len(e.claims)), reverse=True)[:2]
    clauses.extend(_total_clause(e) for e in totals if e in latest)
    return as_sentence(clauses)


def _fled(event: Event, who: str) -> str:
    """Return a clause on who fled from where to where."""
    start, goal = _start(event), _goal(event)
    if start and goal:
        return say("{who} fled {start} for {goal}", who=who, start=start, goal=goal)
    if start:
        return say("{who} fled {start}", who=who, start=start)
    return say("{who} fled to {goal}", who=who, goal=goal)


def _hosting_clauses(events: Sequence[Event]) -> list[str]:
    """Return where displaced people stay, the two greatest figures first.

    A figure that is told as the total of a country is not told twice.
    """
    totals = {_figure_at(e) for e in events if is_total_event(e)}
    hosts = [
        (e, f)
        for e in events
        if e.kind is Kind.HOSTING and _figure_at(e) not in totals
        for f in figures_in_words(e)[:1]
    ]
    hosts.sort(key=lambda host: (-(host[0].figures[0].low or 0), host[0].id))
    return [
        with_source(
            say(
                "{figure} stay in {place}", figure=figure.quoted, place=area_phrase(event.places[0])
            ),
            figure.who if figure.is_claimed else "",
        )
        for event, figure in hosts[:2]
    ]


def _figure_at(event: Event) -> tuple[str | None, int | None, int | None]:
    """Return the place and the range of the main figure of an event."""
    figure = event.figure
    low, high = (figure.low, figure.high) if figure is not None else (None, None)
    return event.places[0].place_id, low, high


def _total_clause(event: Event) -> str:
    """Return a total with its source: ``300,000 fled to Sudan, according to the UN``."""
    lead = leading_words(event)
    # the words may have stood at the start of a sentence
    words = lower_first(lead.counted) if lead is not None else ""
    total = total_words(event)
    fled = "{figure} {total}" if total.startswith("fled") else "{figure} are {total}"
    clause = say(fled, figure=words, total=total)
    if lead is None or not lead.is_claimed:
        return clause
    return say("{clause}, {account}", clause=clause, account=according_to(lead.who))
