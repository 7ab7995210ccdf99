"""Make the cards that give the evidence for the signs.

What may be shown of a situation comes in; one card for each happening goes out, with its title,
standing, date, notes and quotes. Events that rest on the same claims share a card.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gazetteer.worded_areas import is_worded
from mapgen.core.told import listed, say
from mapgen.core.words import (
    capital,
    count_word,
    day_text,
    joined,
    quoted,
    short_day,
    unique,
    with_article,
)
from mapgen.merging.corrections import decision_text
from mapgen.merging.standing import spoken_by
from mapgen.merging.units import place_key
from mapgen.model import MOVEMENTS, Event, Kind, Role, Standing, Status
from mapgen.reasons import Reason, ReasonKind
from mapgen.situation.attacks import is_attack, is_beaten_off
from mapgen.situation.certainty import certainty_of, sureness_of
from mapgen.situation.figure_words import figures_in_words, toll_words
from mapgen.situation.flows import area_phrase, shown_name
from mapgen.situation.long_history import is_long, newest_first
from mapgen.situation.shown import (
    BEFORE_A_TOWN,
    is_control_sign,
    is_total_event,
    names_its_area,
    side_of_actor,
)
from mapgen.situation.signs import (
    LINK_WORDS,
    WORDED_CONTROL,
    distance_source,
    distance_words,
    link_state,
    total_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import Claim, ClaimPlace
    from mapgen.situation.drawn_records import Card, LatLon
    from mapgen.situation.evidence import Quoter
    from mapgen.situation.shown import Shown

_SIGN_OF_KIND = {
    Kind.CONTROL_CHANGE: "control",
    Kind.CONTROL_STATE: "control",
    Kind.ADVANCE: "threat",
    Kind.THREAT: "threat",
    Kind.DISPLACEMENT: "displacement",
    Kind.RETURN: "displacement",
    Kind.SUPPLY_LINE: "supply",
    Kind.ATTACK_ON_CIVILIANS: "attack",
    Kind.EVACUATION_ORDER: "told_to_leave",
    Kind.HOSTING: "hosting",
}
_CERTAIN = 0.6  # least probability of a place that is shown without a word of doubt
_ORDER = ("control", "threat", "reinforcement", "siege", "clash", "strike", "attack", "withdrawal")
_LATE_ORDER = ("told_to_leave", "hosting", "displacement", "badge", "region", "supply")
_STANDING_ORDER = (
    Standing.ASSESSED,
    Standing.STATED,
    Standing.CLAIMED,
    Standing.CONTESTED,
    Standing.UNKNOWN,
    Standing.OUTDATED,
    Standing.DENIED,
)


def sign_of(event: Event) -> str:
    """Return the type of sign whose glyph stands on the card of an event."""
    if is_total_event(event):
        return "badge"
    area = event.places[0].is_area
    vague = event.kind is Kind.CONTROL_CHANGE and not is_control_sign(event)
    if event.kind not in MOVEMENTS | {Kind.SUPPLY_LINE} and (area or vague):
        return "region"
    return _SIGN_OF_KIND.get(event.kind, event.kind.value)


def card_groups(shown: Shown) -> list[list[Event]]:
    """Group the events that share a card.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    list of list of Event
        Groups of events that agree in kind, sides, standing, dates and claims, in reading order:
        by type of sign, or latest first in a long history.
    """
    groups: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in shown.situation.events:
        groups[_card_key(shown, event)].append(event)
    order = [*_ORDER, *_LATE_ORDER]
    long = is_long(shown.situation)

    def rank(group: Sequence[Event]) -> tuple[int | str, ...]:
        first = group[0]
        sign = sign_of(first)
        place = order.index(sign) if sign in order else len(order)
        latest = newest_first(group) if long else ()
        return (*latest, place, _STANDING_ORDER.index(first.standing), -len(first.claims), first.id)

    return sorted((sorted(g, key=_place_order) for g in groups.values()), key=rank)


def _card_key(shown: Shown, event: Event) -> tuple[object, ...]:
    """Return a key that is equal for events on the same card."""
    if (rivals := _rivals(shown, event)) is not None:
        # One card for all sides of a dispute, and for all places that the same claims name.
        return ("contested", tuple(sorted({c.id for e in rivals for c in _naming(e)})))
    return (
        event.kind,
        sign_of(event),
        side_of_actor(event.actor) or "",
        shown.from_side(event) or "",
        event.standing,
        event.earliest,
        event.latest,
        tuple(sorted(c.id for c in _naming(event))),
        _accepted_alone(shown, event),
    )


def _rivals(shown: Shown, event: Event) -> tuple[Event, ...] | None:
    """Return all events of the dispute that an event belongs to, or None without a dispute."""
    spell = shown.holders.spell_of(event)
    if spell is None or not spell.is_contested or event.standing is not Standing.CONTESTED:
        return None
    return spell.events


def _accepted_alone(shown: Shown, event: Event) -> tuple[int, ...]:
    """Return the rows of corrections that accept an event at its places only."""
    ids, keys = {c.id for c in event.claims}, {place_key(p) for p in event.places}
    return tuple(
        sorted(
            {
                d.row
                for d in shown.situation.decisions
                if d.action == "accept" and d.claim in ids and keys & set(d.about)
            }
        )
    )


def _place_order(event: Event) -> tuple[int, str]:
    """Return a key that sorts events in the order in which the first claim names their places."""
    claim = event.claims[0]
    ids = {p.place_id for p in event.places}
    spots = [p.start for p in claim.places if p.place_id in ids]
    return min(spots, default=0), event.id


def _names(group: Sequence[Event]) -> str:
    return joined(unique(shown_name(e.places[0]) for e in group))


def _ends(event: Event, role: Role) -> str:
    return joined(unique(area_phrase(p) for p in event.places if p.role is role))


def title_of(shown: Shown, group: Sequence[Event]) -> str:
    """Return the headline of a card, such as ``Aleppo and Hama taken``.

    Parameters
    ----------
    shown
        What may be shown, for the names of the sides.
    group
        Events of the card. The first one decides the form of the headline.
    """
    event, names = group[0], _names(group)
    side = side_of_actor(event.actor)
    who = shown.sides.short(side, otherwise="")
    by = shown.sides.phrase(side) if who else ""
    if event.kind in MOVEMENTS:
        return _movement_title(event)
    if event.kind is Kind.SUPPLY_LINE:
        hinge = next((p for p in event.places if p.role is Role.AT), event.places[0])
        state = LINK_WORDS[link_state(event)]
        return say(f"Supply link through {{place}}, {state}", place=shown_name(hinge))
    if sign_of(event) == "region":
        return _region_title(shown, event)
    if event.kind in {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE}:
        return _control_title(event, names, by)
    distance = distance_words(event)
    if distance and event.kind in {Kind.THREAT, Kind.ADVANCE}:
        title = say(
            "{names}: {who} {distance}", names=names, who=who or say("forces"), distance=distance
        )
        told = distance_source(event)
        return say("{clause} ({who})", clause=title, who=told) if told else title
    known, unknown = _TITLES.get(event.kind, ("{names}", "{names}"))
    if is_attack(event):
        known = unknown = "Attack on {names}"
    elif is_beaten_off(event):
        known = unknown = "Attack on {names} beaten off"
    title = say(known, names=names, by=by, who=who) if who else say(unknown, names=names)
    toll = toll_words(event, with_source=False)
    return say("{title}: {toll}", title=title, toll=toll) if toll else title


# Titles of a card, for a party that is known and for one that is not.
_TITLES = {
    Kind.THREAT: ("{names} threatened by {by}", "{names} threatened"),
    Kind.ADVANCE: ("Advance on {names} by {by}", "Advance on {names}"),
    Kind.STRIKE: ("Strikes on {names}", "Strikes on {names}"),
    Kind.CLASH: ("Fighting in {names}", "Fighting in {names}"),
    Kind.SIEGE: ("{names} under siege", "{names} under siege"),
    Kind.ATTACK_ON_CIVILIANS: (
        "Attack on civilians in {names}",
        "Attack on civilians in {names}",
    ),
    Kind.WITHDRAWAL: ("{who} withdrew from {names}", "Forces withdrew from {names}"),
    Kind.REINFORCEMENT: (
        "{who} sent reinforcements to {names}",
        "Reinforcements sent to {names}",
    ),
    Kind.EVACUATION_ORDER: ("People told to leave {names}", "People told to leave {names}"),
    Kind.HOSTING: ("Displaced people in {names}", "Displaced people in {names}"),
}


def _control_title(event: Event, names: str, by: str) -> str:
    """Return the title of a card about who holds places."""
    if event.standing is Standing.CONTESTED:
        return say("{names}: contested", names=names)
    if event.standing is Standing.OUTDATED:
        return say("{names} taken, later lost", names=names)
    if event.kind is Kind.CONTROL_STATE:
        return (
            say("{names} held by {by}", names=names, by=by)
            if by
            else say("{names} held", names=names)
        )
    return say("{names} taken", names=names)


def _region_title(shown: Shown, event: Event) -> str:
    """Return the headline of a card about an area."""
    place = event.places[0]
    by = shown.sides.phrase(side_of_actor(event.actor), otherwise="")
    if place.is_area:
        where = capital(area_phrase(place))
    else:
        where = say("Near {place}", place=shown_name(place))
    kinds = {c.kind for c in event.claims if c.status.is_current}
    words = {
        Kind.CONTROL_CHANGE: "ground taken",
        Kind.CONTROL_STATE: "ground held",
        Kind.THREAT: "threatened",
        Kind.CLASH: "fighting",
        Kind.STRIKE: "strikes",
        Kind.SIEGE: "siege",
        Kind.WITHDRAWAL: "withdrawal",
        Kind.REINFORCEMENT: "forces brought in",
        Kind.ATTACK_ON_CIVILIANS: "attacks on civilians",
        Kind.EVACUATION_ORDER: "people told to leave",
        Kind.HOSTING: "displaced people",
    }
    what = words.get(event.kind, event.kind.value)
    if Kind.ADVANCE in kinds:
        what = "advance"
    elif is_attack(event):
        what = "attacks"
    elif is_worded(place.place_id) and event.kind in WORDED_CONTROL:
        what = WORDED_CONTROL[event.kind]
    if by:
        return say("{where}: {what} by {by}", where=where, what=say(what), by=by)
    return say("{where}: {what}", where=where, what=say(what))


def _movement_title(event: Event) -> str:
    """Return the headline of a card about displacement or return."""
    if is_total_event(event):
        return capital(total_text(event))
    start, goal = _ends(event, Role.ORIGIN), _ends(event, Role.DESTINATION)
    back = event.kind is Kind.RETURN
    if start and goal:
        both = (
            "People returned from {start} to {goal}" if back else "People fled {start} for {goal}"
        )
        return say(both, start=start, goal=goal)
    if goal:
        return say("People returned to {goal}" if back else "People fled to {goal}", goal=goal)
    start = start or joined([area_phrase(p) for p in event.places])
    left = "People returned from {start}" if back else "People fled from {start}"
    return say(left, start=start)


def when_of(shown: Shown, event: Event) -> str:
    """Return when an event happened, in the articles' words if they give any.

    Parameters
    ----------
    shown
        What may be shown, with the day on which undated events are shown.
    event
        An event of the situation.

    Returns
    -------
    str
        Words such as ``“this week”; between 30 Nov and 6 Dec``.
    """
    own = [c for c in event.claims if c.status.is_current]
    words = unique(quoted(c.date.words) for c in own if c.date and c.date.words)
    if event.earliest is None:
        undated = [shown.shown_on()] if shown.situation.as_of else []
        return listed([*words, say("date not stated"), *undated], "semicolon")
    if event.latest is None or event.earliest == event.latest:
        return listed([day_text(event.earliest), *words], "semicolon")
    first, last = short_day(event.earliest), short_day(event.latest)
    span = say("between {first} and {last}", first=first, last=last)
    return listed([*words, span], "semicolon")


def _figure_notes(event: Event, own: Sequence[Claim]) -> list[str]:
    """Return a note on how a total, or the figures of several reports, are to be read."""
    if is_total_event(event):
        if not names_its_area(event):
            return [say("The words name no place, so the map shows no badge.")]
        return [say("A total for the whole area: shown as a badge, not added to other figures.")]
    if event.kind in MOVEMENTS and len(figures_in_words(event)) > 1:
        reports = count_word(len({c.article for c in own}))
        told = say("{n} reports of one movement. Their figures are not added up.", n=reports)
        return [capital(told)]
    return []


def _disaster_notes(claims: Sequence[Claim]) -> list[str]:
    """Say that a disaster moved people, where one did."""
    found = unique(r.words for c in claims for r in c.reasons if r.what is ReasonKind.CAUSE)
    if not found:
        return []
    words = listed(found, "comma")
    return [say("People moved by a disaster ({words}), not by fighting.", words=words)]


def _place_notes(group: Sequence[Event]) -> list[str]:
    """Return a note if a point on the card may not be the place that the articles mean."""
    points = {p.place_id for event in group for p in event.places if not p.is_area}
    known: dict[str, float] = {}  # of each point, the highest of the claims that name it
    for event in group:
        for place in (p for claim in event.claims for p in claim.places):
            if place.place_id in points and place.probability is not None:
                best = known.get(place.place_id or "", 0.0)
                known[place.place_id or ""] = max(best, place.probability)
    return [say("The place is not certain.")] if any(p < _CERTAIN for p in known.values()) else []


def note_of(shown: Shown, group: Sequence[Event]) -> str | None:
    """Return notes on what is inferred on a card and how to read it.

    Parameters
    ----------
    shown
        What may be shown.
    group
        Events of the card.

    Returns
    -------
    str or None
        One or more sentences, or None if there is nothing to note.
    """
    event = group[0]
    notes: list[str] = []
    own = [c for c in event.claims if c.status.is_current]
    notes += _figure_notes(event, own)
    notes += _disaster_notes(own)
    notes += _place_notes(group)
    if sign_of(event) == "region":
        notes.append(_area_note(event))
    if event.kind is Kind.CONTROL_CHANGE and shown.from_side(event) is not None:
        if event.from_actor is None:
            notes.append(say("The previous holder is known only from the baseline."))
        elif all(
            Reason(ReasonKind.FROM, "inferred") in c.reasons
            for c in own
            if c.from_actor is not None
        ):
            notes.append(say("The previous holder is inferred from who is fighting whom."))
    if event.places[0].distance_km is not None and distance_source(event):
        who = with_article(distance_source(event))
        notes.append(say("The distance is from {who} only; the arc is drawn to scale.", who=who))
    if event.kind in BEFORE_A_TOWN and _fall_spoken_of(shown, event.places[0]):
        name = shown_name(event.places[0])
        notes.append(
            say(
                "No article reports that {name} has fallen: its fall is described only as "
                "possible, or is denied (see Off the map).",
                name=name,
            )
        )
    if event.kind is Kind.SUPPLY_LINE and link_state(event) == "open" and _cut_feared(shown):
        notes.append(say("The articles mention a cut only as a possibility, so none is drawn."))
    return listed(notes, "space") or None


def _area_note(event: Event) -> str:
    """Return the note that explains why an area is shaded instead of marked."""
    if is_worded(event.places[0].place_id):
        return say(
            "No list of places has this one, so the area where the article puts it is shaded. "
            "Who holds the towns in that area is not changed by it."
        )
    return say("The articles name no town, so the area is shaded and has no marker.")


def _fall_spoken_of(shown: Shown, place: ClaimPlace) -> bool:
    """Whether claims mention that a place falls only as possible or denied, never as a fact."""
    told = {
        c.status
        for c in shown.situation.extraction.claims
        if c.kind is Kind.CONTROL_CHANGE
        and any(p.place_id == place.place_id and p.role is Role.AT for p in c.places)
    }
    unsure = {Status.HYPOTHETICAL, Status.NEGATED}
    return bool(told & unsure) and not any(status.is_current for status in told)


def _cut_feared(shown: Shown) -> bool:
    """Whether a claim mentions a cut of a supply line as a possibility."""
    return any(
        c.kind is Kind.SUPPLY_LINE and c.status is Status.HYPOTHETICAL
        for c in shown.situation.extraction.claims
    )


def _naming(event: Event) -> list[Claim]:
    """Return the claims that name the place of an event. Other claims are only quoted."""
    ids = {p.place_id for p in event.places}
    if not is_control_sign(event):
        return list(event.claims)
    return [c for c in event.claims if any(p.place_id in ids for p in c.places)]


def _who(claim: Claim, group: Sequence[Event], plain: str) -> str:
    """Return the words under a quote: the source, and what its claim does not say."""
    event = group[0]
    if claim.status is Status.NEGATED:
        return say("{who}; denies it", who=plain)
    named = {p.place_id for e in group for p in e.places}
    if is_control_sign(event) and not named & {
        p.place_id for p in claim.places if p.role is Role.AT
    }:
        return say("{who}; names no town", who=plain)
    goals = [p for p in event.places if p.role is Role.DESTINATION]
    if (
        goals
        and event.kind is Kind.DISPLACEMENT
        and not any(p.role is Role.DESTINATION for p in claim.places)
    ):
        return say("{who}; names no destination", who=plain)
    return plain


def _decisions(shown: Shown, group: Sequence[Event], claims: Sequence[Claim]) -> list[str]:
    """Return the texts of the analyst's decisions on the claims of a card."""
    ids, keys = {c.id for c in claims}, {place_key(p) for e in group for p in e.places}
    return unique(
        decision_text(d)
        for d in shown.situation.decisions
        # Accepting another town of the same claim says nothing about this one.
        if d.claim in ids and (d.action != "accept" or not d.about or keys & set(d.about))
    )


def _stated_by(standing: Standing, speakers: str) -> str:
    """Return who states it, with a capital unless it stands after "by"."""
    return speakers if standing is Standing.CLAIMED else capital(speakers)


def cards_of(shown: Shown, quoter: Quoter) -> list[tuple[Card, list[Event]]]:
    """Make the cards of a situation.

    Parameters
    ----------
    shown
        What may be shown.
    quoter
        Makes the quotes of the cards.

    Returns
    -------
    list of (Card, list of Event)
        The cards in reading order, each with its events.
    """
    cards: list[tuple[Card, list[Event]]] = []
    for number, group in enumerate(card_groups(shown), 1):
        event = group[0]
        point = event.places[0]
        at: LatLon | None = None
        if not point.is_area and point.lat is not None and point.lon is not None:
            at = {"lat": point.lat, "lon": point.lon}
        day = event.latest or event.earliest
        claims = list({c.id: c for e in group for c in e.claims}.values())
        naming = list({c.id: c for e in group for c in _naming(e)}.values())
        contested = _rivals(shown, event) is not None  # such a card has the colour of no side
        cards.append(
            (
                {
                    "id": f"c{number}",
                    "kind": event.kind.value,
                    "sign": sign_of(event),
                    "title": title_of(shown, group),
                    "side": None if contested else shown.sides.key(side_of_actor(event.actor)),
                    "from": None if contested else shown.sides.key(shown.from_side(event)),
                    "standing": event.standing.value,
                    "by": _stated_by(event.standing, spoken_by(naming, shown.originals)),
                    "when": when_of(shown, event),
                    "certainty": certainty_of(claims),
                    "sure": sureness_of(claims, shown.situation.decisions),
                    "rule": event.rule,
                    "note": note_of(shown, group),
                    "decisions": _decisions(shown, group, claims),
                    "events": [e.id for e in group],
                    "places": unique(p.place_id for e in group for p in e.places if p.place_id),
                    "at": at,
                    "day": day.isoformat() if day else None,
                    "quotes": quoter.quotes(claims, lambda c, p, g=group: _who(c, g, p)),  # type: ignore[misc]
                },
                group,
            )
        )
    return cards
