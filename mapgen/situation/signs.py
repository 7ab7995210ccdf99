"""Make the signs of the map.

An event comes in; its signs go out, as the records of `mapgen.situation.drawn_records`: holders,
threats, strikes and the like at places, areas, arrows of movements, supply links and badges.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from shapely.geometry import Point

from gazetteer.worded_areas import is_worded
from mapgen.core.source_names import source_name
from mapgen.core.told import listed, say
from mapgen.core.told import place as named
from mapgen.core.words import capital, country_phrase, joined, quoted, unique
from mapgen.ground.projection import buffer_km
from mapgen.ground.projection import distance_km as km_between
from mapgen.model import MOVEMENTS, Event, Kind, Precision, Role, Standing, Status
from mapgen.situation.approach import agrees
from mapgen.situation.attacks import is_attack
from mapgen.situation.figure_words import leading_words, toll_words, width_of
from mapgen.situation.flows import (
    End,
    area_phrase,
    at_border,
    corridor_of,
    end_of,
    ends,
    link_paths,
    movement_label,
    rounded,
    route,
    shown_name,
)
from mapgen.situation.shown import (
    day_of,
    is_after,
    is_control_sign,
    is_total_event,
    names_its_area,
    side_of_actor,
)

if TYPE_CHECKING:
    from mapgen.core.geojson import LatLonPath
    from mapgen.model import ClaimPlace
    from mapgen.situation.drawn_records import (
        BadgeSign,
        ControlSign,
        DisplacementSign,
        RegionSign,
        Road,
        Sign,
        SignCore,
        Spot,
        SupplySign,
        ThreatSign,
        TollPart,
    )
    from mapgen.situation.holders import Spell
    from mapgen.situation.shown import Held, Shown

PlaceType = Literal[
    "strike",
    "clash",
    "siege",
    "attack",
    "withdrawal",
    "reinforcement",
    "told_to_leave",
    "hosting",
]

_POINT_TYPES: dict[Kind, tuple[PlaceType, str]] = {
    Kind.STRIKE: ("strike", "struck"),
    Kind.CLASH: ("clash", "fighting"),
    Kind.SIEGE: ("siege", "under siege"),
    Kind.ATTACK_ON_CIVILIANS: ("attack", "attack on civilians"),
    Kind.WITHDRAWAL: ("withdrawal", "forces withdrew"),
    Kind.REINFORCEMENT: ("reinforcement", "reinforced"),
    Kind.EVACUATION_ORDER: ("told_to_leave", "people told to leave"),
    Kind.HOSTING: ("hosting", "hosts displaced people"),
}
_REGION_WORDS = {
    Kind.CONTROL_CHANGE: "took ground",
    Kind.CONTROL_STATE: "held ground",
    Kind.ADVANCE: "advanced",
    Kind.THREAT: "threat",
    Kind.CLASH: "fighting",
    Kind.STRIKE: "strikes",
    Kind.SIEGE: "siege",
    Kind.WITHDRAWAL: "withdrew",
    Kind.REINFORCEMENT: "brought in forces",
    Kind.ATTACK_ON_CIVILIANS: "attacks on civilians",
    Kind.EVACUATION_ORDER: "people told to leave",
    Kind.HOSTING: "displaced people stay",
}
# Of a place known only by the area around it, the place itself changes hands and not the area.
WORDED_CONTROL = {Kind.CONTROL_CHANGE: "taken", Kind.CONTROL_STATE: "held"}
_AROUND = re.compile(r"((?:along|near|in|across|on|around|throughout)\s+(?:the\s+)?)$", re.I)
_ACROSS = re.compile(
    r"\b(?:across|throughout|all over|around the country|(?:nation|country)-?wide)\b", re.I
)
_NEAR_KM = 8.0  # radius drawn for "near the town", which the page calls approximate
_POPULATION_STEPS = (30_000, 100_000, 300_000, 1_000_000)
_MAX_LABEL = 60


def claimed_by(event: Event) -> str:
    """Return the sources to which the claims of an event are attributed, such as ``SOHR``.

    Several sources are joined by commas. The result is empty if no claim is attributed.
    """
    names = unique(
        source_name(c.attribution)
        for c in event.claims
        if c.status is Status.CLAIMED and c.attribution is not None
    )
    return listed(sorted(names), "comma")


def rank_of(shown: Shown, place_id: str | None) -> int:
    """Return the rank of a place by its population.

    Parameters
    ----------
    shown
        What may be shown, with its gazetteer.
    place_id
        Id of the place in the gazetteer.

    Returns
    -------
    int
        1 to 5, with steps at 30,000, 100,000, 300,000 and 1,000,000 people; 1 if the population is
        not known.
    """
    entry = shown.gazetteer.get(place_id) if place_id else None
    people = int(entry.population or 0) if entry is not None else 0
    return 1 + sum(people >= step for step in _POPULATION_STEPS)


def _core(shown: Shown, event: Event, card: str) -> SignCore:
    """Return the keys that all signs of an event have."""
    day = day_of(event)
    return {
        "card": card,
        "from_day": event.earliest.isoformat() if event.earliest else None,
        "day": day.isoformat() if day else None,
        "standing": event.standing.value,
        "side": shown.sides.key(side_of_actor(event.actor)),
    }


def _at(shown: Shown, place: ClaimPlace) -> Spot:
    """Return the keys of a sign that stands at a place."""
    if place.lat is None or place.lon is None:
        msg = f"{place.surface!r} has no coordinates, so no sign can stand there"
        raise ValueError(msg)
    return {
        "place": place.place_id,
        "name": shown_name(place),
        "lat": round(place.lat, 4),
        "lon": round(place.lon, 4),
        "rank": rank_of(shown, place.place_id),
    }


def words_near(place: ClaimPlace, event: Event) -> str:
    """Return the article's words for an area, with a preposition such as "along the"."""
    if is_worded(place.place_id):
        return shown_name(place)
    for claim in event.claims:
        for said in claim.places:
            if said.place_id == place.place_id and said.surface == place.surface:
                before = claim.quote[: max(0, said.start - claim.start)]
                found = _AROUND.search(before)
                return (found.group(1).lower() if found else "") + said.surface
    return place.surface


def signs_of(shown: Shown, event: Event, card: str) -> list[Sign]:
    """Return the signs of an event.

    Parameters
    ----------
    shown
        What may be shown.
    event
        An event of the situation.
    card
        Id of the card that the signs open.

    Returns
    -------
    list of Sign
        Empty if the event is denied, can only have happened after the day of the map, is of a kind
        that is not drawn, or names nothing finer than a country and is not a total.
    """
    if is_after(event, shown.situation.as_of) or event.standing is Standing.DENIED:
        return []
    if event.kind in MOVEMENTS:
        return _movement(shown, event, card)
    if event.kind is Kind.SUPPLY_LINE:
        return [*_link(shown, event, card)]
    place = event.places[0]
    vague = event.kind is Kind.CONTROL_CHANGE and place.role is not Role.AT
    if event.kind is not Kind.OTHER and (place.is_area or vague):
        return [*_regions(shown, event, card)]
    if place.lat is None or place.lon is None:
        return []
    if is_control_sign(event):
        return [*_control(shown, event, card)]
    if event.kind in {Kind.THREAT, Kind.ADVANCE}:
        return [_threat(shown, event, card)]
    if event.kind not in _POINT_TYPES:
        return []
    kind, words = _POINT_TYPES[event.kind]
    label = say("attacked") if is_attack(event) else say(words)
    if event.kind is Kind.HOSTING and (lead := leading_words(event)) is not None:
        label = say("hosts {figure}", figure=lead.quoted)
    who = claimed_by(event) if event.standing is Standing.CLAIMED else ""
    toll = toll_words(event)
    told: TollPart = {"toll": toll} if toll else {}
    return [
        {
            "type": kind,
            **_core(shown, event, card),
            **_at(shown, place),
            "label": with_source(label, who),
            **told,
        }
    ]


def control_label(shown: Shown, event: Event) -> str:
    """Return the second line under a town, which says who holds it or that it is contested."""
    before = shown.from_side(event)
    spell = shown.holders.spell_of(event)
    if spell is not None and spell.is_contested:
        return say("contested")
    if event.standing is Standing.OUTDATED:
        return say("taken, later lost")
    if event.standing is Standing.CLAIMED:
        who = claimed_by(event)
        return say("claimed, {who}", who=who) if who else say("claimed")
    by = shown.sides.phrase(side_of_actor(event.actor))
    if event.kind is Kind.CONTROL_STATE:
        return say("held by {by}", by=by)
    if before is not None:
        return say("taken from {loser}", loser=shown.sides.phrase(before))
    return say("taken by {by}", by=by)


def _control(shown: Shown, event: Event, card: str) -> list[ControlSign]:
    """Return the sign of a holder. A contested place gets one sign, which has no side."""
    holders = shown.holders
    spell = holders.spell_of(event)
    if spell is None or (spell.is_contested and event is not spell.events[0]):
        return []
    sign: ControlSign = {
        "type": "control",
        **_core(shown, event, card),
        **_at(shown, event.places[0]),
        "from": shown.sides.key(shown.from_side(event)),
        "label": control_label(shown, event),
        "turn": holders.turn_of(event),
        "before": None,
    }
    if spell.is_contested:
        sign["side"] = None
        sign["standing"] = Standing.CONTESTED.value
        sign["from"] = None
        sign["before"] = shown.sides.key(holders.before(event) or _held_before(spell))
        sign["from_day"] = spell.earliest.isoformat() if spell.earliest else None
        sign["day"] = spell.since.isoformat() if spell.since else None
    if spell.is_over:
        # A holder whose last day is unknown must not be drawn as the present one.
        end = spell.until or spell.since
        sign["to_day"] = end.isoformat() if end else None
    return [sign]


def _held_before(spell: Spell) -> str | None:
    """Return the side that the articles of a dispute name as the former holder, if they agree."""
    named = {side_of_actor(e.from_actor) for e in spell.events if e.from_actor is not None}
    return named.pop() if len(named) == 1 else None


def distance_words(event: Event) -> str | None:
    """Return the stated distance, such as ``5 km from the outskirts``, or None."""
    place = event.places[0]
    if place.distance_km is None:
        return None
    own = [
        c
        for c in event.claims
        for p in c.places
        if p.place_id == place.place_id and p.distance_km == place.distance_km
    ]
    km = f"{place.distance_km:g}"
    if any("outskirts" in c.quote for c in own):
        return say("{km} km from the outskirts", km=km)
    if not place.direction:
        return say("{km} km away", km=km)
    return say("{km} km to the {direction}", km=km, direction=say(place.direction))


def distance_source(event: Event) -> str:
    """Return the source of the stated distance, or an empty string if it is the article."""
    place = event.places[0]
    names = unique(
        source_name(c.attribution)
        for c in event.claims
        if c.status is Status.CLAIMED
        and any(
            p.place_id == place.place_id and p.distance_km == place.distance_km for p in c.places
        )
    )
    return listed(sorted(names), "comma")


def with_source(words: str, who: str) -> str:
    """Return words with their source in brackets, or the words alone if no source is named."""
    return say("{clause} ({who})", clause=words, who=who) if who else words


def _threat(shown: Shown, event: Event, card: str) -> ThreatSign:
    """Return the sign of a threat or advance, with its distance, road and origin."""
    place = event.places[0]
    side = side_of_actor(event.actor)
    origin, road = _origin_of_threat(shown, event, side)
    target = shown.holder(place)
    words = distance_words(event)
    if words:
        label = with_source(words, distance_source(event))
    else:
        who = claimed_by(event) if event.standing is Standing.CLAIMED else ""
        told = "threatened" if event.kind is Kind.THREAT else "advance reported"
        label = with_source(say(told), who)
    if road is not None and road["method"] == "stated":
        label = say("{clause}, along the {road}", clause=label, road=road["name"])
    return {
        "type": "threat",
        **_core(shown, event, card),
        **_at(shown, place),
        "target_side": shown.sides.key(target or side_of_actor(event.from_actor)),
        "distance_km": place.distance_km,
        "direction": place.direction,
        "road": road,
        "origin": {"lat": round(origin.lat, 4), "lon": round(origin.lon, 4)} if origin else None,
        "label": label,
    }


def _origin_of_threat(
    shown: Shown, event: Event, side: str | None
) -> tuple[Held | None, Road | None]:
    """Return the place from which a force comes, with the road, if words or a road tell it."""
    place = event.places[0]
    at = (place.lat or 0.0, place.lon or 0.0)  # the caller has checked that both are known
    origin = shown.nearest_held(side, *at)
    if origin is None or not agrees(place.direction, at, (origin.lat, origin.lon)):
        return None, None
    if (place.distance_km or 0.0) >= km_between(at, (origin.lat, origin.lon)):
        return None, None  # who holds a nearer place does not come from there
    road = None
    if shown.roads is not None:
        current = [c for c in event.claims if c.status.is_current]
        road = corridor_of((origin.lat, origin.lon), at, current, shown.roads)
    # without either the nearest place of a side is a guess: no word says whence it comes
    return (origin, road) if road is not None or place.direction else (None, None)


def _regions(shown: Shown, event: Event, card: str) -> list[RegionSign]:
    """Return the areas of an event. Only those with the precision of the first one are drawn."""
    finest = [p for p in event.places if p.precision == event.places[0].precision]
    side = shown.sides.short(side_of_actor(event.actor), otherwise="")
    signs: list[RegionSign] = []
    for place in finest:
        if place.precision is Precision.COUNTRY:
            continue
        if place.is_area:
            area = shown.gazetteer.geometry(place.place_id) if place.place_id else None
        elif place.lat is not None and place.lon is not None:
            area = buffer_km(Point(place.lon, place.lat), _NEAR_KM, quad_segs=6)
        else:
            area = None
        geometry = rounded(area)
        if geometry is None:
            continue
        lines = [side] if side else []
        lines += _area_lines(event, place)
        signs.append(
            {
                "type": "region",
                **_core(shown, event, card),
                "geometry": geometry,
                "name": place.name or place.surface,
                "label": [capital(lines[0]), *lines[1:]],
                "somewhere": is_worded(place.place_id),
            }
        )
    return signs


def _area_lines(event: Event, place: ClaimPlace) -> list[str]:
    """Return the lines for what happened in an area, and for the area in the article's words."""
    if is_worded(place.place_id):
        name, _, where = shown_name(place).partition(", ")
        label = say("{did}: {name}", did=_did(event), name=name)
        return [label if len(label) <= _MAX_LABEL else label[:_MAX_LABEL], where[:_MAX_LABEL]]
    said = words_near(place, event) if place.is_area else f"near {shown_name(place)}"
    return [_did(event), quoted(said)[:_MAX_LABEL]]


def _did(event: Event) -> str:
    """Return the words for what happened in an area, or that sources contradict each other."""
    if event.standing is Standing.CONTESTED:
        return say("contested")
    if is_worded(event.places[0].place_id) and event.kind in WORDED_CONTROL:
        return say(WORDED_CONTROL[event.kind])
    kinds = {c.kind for c in event.claims if c.status.is_current}
    if {Kind.ADVANCE, Kind.CONTROL_CHANGE} <= kinds:
        return say("advanced, took ground")
    if is_attack(event):
        return say("attacks")
    return say(_REGION_WORDS.get(event.kind, event.kind.value.replace("_", " ")))


def total_text(event: Event) -> str:
    """Return a total with its words: ``300 families displaced across Sudan``."""
    lead = leading_words(event)
    words = total_words(event)
    return words if lead is None else say("{figure} {total}", figure=lead.counted, total=words)


def total_words(event: Event) -> str:
    """Return the words for what a total counts: ``displaced across Sudan``.

    A total that names no country or region counts people ``displaced (no place stated)``.
    """
    goal = joined(unique(area_phrase(p) for p in event.places if p.role is Role.DESTINATION))
    start = joined(unique(area_phrase(p) for p in event.places if p.role is Role.ORIGIN))
    if goal and start:
        return say("fled from {start} to {goal}", start=start, goal=goal)
    if goal:
        return say("fled to {goal}", goal=goal)
    if start:
        return say("fled from {start}", start=start)
    if not names_its_area(event):
        return say("displaced (no place stated)")
    place = event.places[0]
    if place.precision is not Precision.COUNTRY:
        return say("displaced in {place}", place=area_phrase(place))
    told = any(_ACROSS.search(c.quote) for c in event.claims if c.status.is_current)
    country = country_phrase(named(place.name or place.surface, place.place_id))
    return say("displaced across {place}" if told else "displaced in {place}", place=country)


def _badge(shown: Shown, event: Event, card: str) -> BadgeSign:
    """Return the badge of a total."""
    lead = leading_words(event)
    said = lead.attribution if lead is not None else None
    who = source_name(said) if said is not None else say("the article itself")
    words = lead.counted if lead is not None else ""
    short = re.sub(r"\s+(people|persons|residents|civilians)$", "", words)
    return {
        "type": "badge",
        **_core(shown, event, card),
        "big": capital(words if short == words else short),
        "label": total_words(event),
        "source": capital(say("{who}. Not added to other figures.", who=who)),
    }


def _movement(shown: Shown, event: Event, card: str) -> list[Sign]:
    """Return the badge of a total that names its area, or an arrow for each pair of known ends."""
    if is_total_event(event):
        return [_badge(shown, event, card)] if names_its_area(event) else []
    if all(p.precision is Precision.COUNTRY for p in event.places):
        return []
    starts = ends(event, Role.ORIGIN, shown.gazetteer)
    goals = ends(event, Role.DESTINATION, shown.gazetteer)
    if starts and goals:
        pairs: list[tuple[End | None, End | None]] = [
            (at_border(s, g), g) for s in starts for g in goals
        ]
    else:
        pairs = [(s, None) for s in starts] + [(None, g) for g in goals]
    arrows = [_arrow(shown, event, card, start, goal) for start, goal in pairs]
    for (start, goal), arrow in list(zip(pairs, arrows, strict=True))[1:]:
        # The figure belongs to all arrows together, so only the first one shows it.
        arrow["label"] = movement_label(event, start, goal, with_figures=False)
    return [*arrows]


def _arrow(
    shown: Shown, event: Event, card: str, start: End | None, goal: End | None
) -> DisplacementSign:
    """Return the arrow of a movement between two ends, of which one may be unknown."""
    path: LatLonPath = []
    method: Literal["stated", "likely", "plain"] = "plain"
    known: Literal["both", "origin", "destination"] = "both"
    if start is not None and goal is not None:
        path, method = route(start, goal, event.claims, shown.roads)
        last = at_border(goal, start)
        if last is None:
            path, known = [start.point], "origin"
        elif method == "plain":
            path = [start.point, last.point]
    elif start is not None:
        path, known = [start.point], "origin"
    elif goal is not None:
        path, known = [goal.point], "destination"
    area = goal.area if goal is not None else None
    return {
        "type": "displacement",
        **_core(shown, event, card),
        "kind": "return" if event.kind is Kind.RETURN else "displacement",
        "path": path,
        "end": known,
        "method": method,
        "area": rounded(area),
        "area_name": goal.name if goal is not None and area is not None else None,
        "origin_area": rounded(start.area) if start is not None else None,
        "width": width_of(event),
        "place": start.place_id if start is not None else None,
        "label": movement_label(event, start, goal),
    }


LinkState = Literal["open", "threatened", "cut"]
_LINK_STATES: tuple[LinkState, ...] = ("cut", "threatened", "open")
LINK_WORDS = {"cut": "cut", "threatened": "threatened", "open": "intact"}


def link_state(event: Event) -> LinkState:
    """Return the most serious state of a supply link in its current claims, by default open."""
    told = {c.state for c in event.claims if c.status.is_current}
    return next((s for s in _LINK_STATES if s in told), "open")


def _link(shown: Shown, event: Event, card: str) -> list[SupplySign]:
    """Return a sign for each branch of a supply link."""
    state = link_state(event)
    paths = link_paths(event, shown.gazetteer, shown.roads)
    # Only the longest branch has the label.
    longest = max(range(len(paths)), key=lambda i: (len(paths[i]), -i), default=0)
    return [
        {
            "type": "supply",
            **_core(shown, event, card),
            "path": path,
            "state": state,
            "label": say(f"supply link, {LINK_WORDS[state]}") if i == longest else "",
        }
        for i, path in enumerate(paths)
    ]


def event_points(shown: Shown, event: Event) -> list[tuple[float, float]]:
    """Return the points of an event that the map must contain.

    Parameters
    ----------
    shown
        What may be shown.
    event
        An event of the situation.

    Returns
    -------
    list of (lat, lon)
        Degrees, EPSG:4326. Empty for a total, which is drawn as a badge.
    """
    found: list[tuple[float, float]] = []
    if is_total_event(event):
        return found
    for place in event.places:
        if place.precision is Precision.COUNTRY:
            continue
        end = end_of(place, shown.gazetteer)
        if end is not None:
            found.append((end.lat, end.lon))
    return found
