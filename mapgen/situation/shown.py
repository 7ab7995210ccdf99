"""What signs, cards and summary all need to know of a situation, worked out once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mapgen.core.tables.actors import default_table
from mapgen.core.tables.sides import Sides
from mapgen.core.words import short_day
from mapgen.ground.projection import distance_km
from mapgen.ground.roads.corridors import Roads
from mapgen.ground.roads.road_files import read_roads
from mapgen.merging.reprints import near_duplicates
from mapgen.merging.units import country_of, is_area, place_key
from mapgen.model import Kind, Role, Standing
from mapgen.situation.coarsening import coarsened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapgen.core.gazetteer_protocols import MapGazetteer
    from mapgen.model import Actor, Article, ClaimPlace, Event, Situation

_NOT_HELD = {Standing.CONTESTED, Standing.DENIED, Standing.OUTDATED, Standing.UNKNOWN}
BEFORE_A_TOWN = frozenset({Kind.THREAT, Kind.ADVANCE, Kind.SIEGE})
"""Kinds that tell of an enemy who stands before a place, and so does not hold it."""
_CONTROL = {Kind.CONTROL_CHANGE, Kind.CONTROL_STATE}


@dataclass(frozen=True, slots=True)
class Held:
    """A place somebody holds: by the baseline, or by an event that overrides it."""

    lat: float
    lon: float
    side: str
    place_key: str
    changed: bool
    claimed: bool = False  # only one named source or party says so


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """A situation with its sides, the holders before and now, and the country it is about."""

    situation: Situation
    gazetteer: MapGazetteer
    sides: Sides
    country: str | None  # ISO 3166-1 alpha-2
    country_name: str | None
    before: Mapping[str, str]  # place key to side, from the baseline
    held: tuple[Held, ...]
    outdated: Mapping[str, tuple[Event, ...]]  # place key to what was so there, and is no longer
    roads: Roads | None
    originals: Mapping[str, str]
    articles: Mapping[str, Article]
    labels: Mapping[str, str]  # article id to "Article 1"
    quote_chars: int

    def from_side(self, event: Event) -> str | None:
        """Return who held the place before, by the text, else by the baseline."""
        said = side_of_actor(event.from_actor)
        if said is not None:
            return said
        if event.kind is not Kind.CONTROL_CHANGE:
            return None
        key, side = place_key(event.places[0]), side_of_actor(event.actor)
        lost = [e for e in self.outdated.get(key, ()) if e is not event]
        # Whoever was last told to hold it, else the baseline; nobody takes a place from itself.
        last = max(lost, key=lambda e: (day_of(e) or date.min, e.id), default=None)
        told = side_of_actor(last.actor) if last else None
        before = told if event.standing is not Standing.OUTDATED else None
        before = before or self.before.get(key)
        return before if before != side else None

    def nearest_held(self, side: str | None, lat: float, lon: float) -> Held | None:
        """Return the nearest place that a side holds, other than the place itself."""
        own = [h for h in self.held if h.side == side and (h.lat, h.lon) != (lat, lon)]
        return min(
            own,
            key=lambda h: (distance_km((h.lat, h.lon), (lat, lon)), h.place_key),
            default=None,
        )

    def holder(self, place: ClaimPlace) -> str | None:
        """Return who holds a place now, as far as is known."""
        return next((h.side for h in self.held if h.place_key == place_key(place)), None)

    def shown_on(self) -> str:
        """Say on which day an undated thing is shown."""
        return f"shown on {short_day(self.situation.as_of)}" if self.situation.as_of else "undated"


def side_of_actor(actor: Actor | None) -> str | None:
    """Return the side of an actor, or the actor itself when it has none."""
    return None if actor is None else (actor.side or actor.id)


def is_control_sign(event: Event) -> bool:
    """Whether an event says who holds a place that is drawn as a point."""
    place = event.places[0]
    return event.kind in _CONTROL and place.role is Role.AT and not is_area(place)


def day_of(event: Event) -> date | None:
    """Return the day from which an event stands: the last day it can have happened."""
    return event.latest or event.earliest


def is_after(event: Event, as_of: date | None) -> bool:
    """Whether an event lies wholly after the day of the picture."""
    first = event.earliest
    return as_of is not None and first is not None and first > as_of


def side_of_holder(holder: str) -> str:
    """Return the side of a holder in a baseline, or the holder itself when it is in no table."""
    party = next((p for p in default_table().parties if p.id == holder), None)
    return party.side if party else holder


def _country(situation: Situation, gazetteer: MapGazetteer) -> str | None:
    given = Counter(a.country for a in situation.extraction.articles if a.country)
    if given:
        return min(given, key=lambda c: (-given[c], c))
    counts: Counter[str] = Counter()
    for event in situation.events:
        for place in event.places:
            entry = gazetteer.get(place.place_id) if place.place_id else None
            code = country_of(place) or (entry.country if entry is not None else None)
            if code:
                counts[code] += 1
    if not counts:
        counts.update(h.country for h in situation.baseline)
    return min(counts, key=lambda c: (-counts[c], c)) if counts else None


def _held(situation: Situation, before: Mapping[str, str]) -> tuple[Held, ...]:
    found: dict[str, Held] = {}
    for row in situation.baseline:
        found[row.place_id] = Held(row.lat, row.lon, before[row.place_id], row.place_id, False)  # noqa: FBT003
    for event in situation.events:
        side = side_of_actor(event.actor)
        if not is_control_sign(event) or side is None or is_after(event, situation.as_of):
            continue
        place = event.places[0]
        if event.standing in _NOT_HELD:
            if event.standing is Standing.CONTESTED:
                found.pop(place_key(place), None)
            continue
        if place.lat is not None and place.lon is not None:
            key, changed = place_key(place), event.kind is Kind.CONTROL_CHANGE
            claimed = event.standing is Standing.CLAIMED
            found[key] = Held(place.lat, place.lon, side, key, changed, claimed)
    return tuple(found[k] for k in sorted(found))


def _roads(file: str | None, country: str | None) -> Roads | None:
    if file is not None:
        return read_roads(file)
    return Roads.for_country(country) if country else None


def _outdated(situation: Situation) -> dict[str, tuple[Event, ...]]:
    found: dict[str, tuple[Event, ...]] = {}
    for event in situation.events:
        if event.standing is Standing.OUTDATED:
            key = place_key(event.places[0])
            found[key] = (*found.get(key, ()), event)
    return found


def drawn_scene(situation: Situation, gazetteer: MapGazetteer, settings: Any = None) -> Scene:  # noqa: ANN401
    """Return the scene of what may be shown: coarsened, and with the roads, that settings ask for.

    Whatever leaves the program is drawn from this one, so that nothing passes the coarsening.

    Parameters
    ----------
    situation, gazetteer
        As for :func:`scene_of`.
    settings
        :class:`mapgen.settings.Settings`; any record with these fields serves.
    """
    level = getattr(settings, "coarsen_displacement", None)
    if level:
        situation = coarsened(situation, gazetteer, level)
    return scene_of(
        situation,
        gazetteer,
        quote_chars=int(getattr(settings, "quote_chars", 0) or 0),
        roads=getattr(settings, "roads", None),
    )


def scene_of(
    situation: Situation, gazetteer: MapGazetteer, *, quote_chars: int = 0, roads: str | None = None
) -> Scene:
    """Work out what the parts of the page share.

    Parameters
    ----------
    situation, gazetteer
        What is drawn, and where areas and populations are looked up.
    quote_chars
        Longest quote shown; 0 for the whole sentence.
    roads
        A file of roads in place of the packaged corridors.
    """
    before = {h.place_id: side_of_holder(h.holder) for h in situation.baseline}
    claims = situation.extraction.claims
    drawn = [side_of_actor(a) for e in situation.events for a in (e.actor, e.from_actor)]
    # Actors without a side of their own (residents, say) take none on the map.
    actors = [a for c in claims for a in (c.actor, c.from_actor) if a is not None]
    with_side = {side_of_actor(a) for a in actors if a.side is not None}
    wanted = [s for s in drawn if s is not None and s in with_side]
    common = Counter(wanted)
    order = sorted(common, key=lambda s: (-common[s], s))
    given = {side_of_holder(area.holder) for area in situation.given_areas}
    order += sorted((set(before.values()) | given) - set(order))
    country = _country(situation, gazetteer)
    entry = gazetteer.get(f"iso:{country}") if country else None
    articles = sorted(situation.extraction.articles, key=lambda a: a.id)
    return Scene(
        situation=situation,
        gazetteer=gazetteer,
        sides=Sides(order, sorted(set(actors), key=lambda a: (a.id, a.name))),
        country=country,
        country_name=entry.name if entry is not None else None,
        before=before,
        held=_held(situation, before),
        outdated=_outdated(situation),
        roads=_roads(roads, country),
        originals=near_duplicates(articles, situation.extraction.sentences),
        articles={a.id: a for a in articles},
        labels={a.id: f"Article {n}" for n, a in enumerate(articles, 1)},
        quote_chars=quote_chars,
    )
