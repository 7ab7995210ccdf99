"""What signs, cards and summary all need to know of a situation, worked out once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mapgen.core.tables.sides import Sides
from mapgen.core.words import short_day
from mapgen.ground.projection import distance_km
from mapgen.ground.roads.corridors import Roads
from mapgen.ground.roads.road_files import read_roads
from mapgen.merging.reprints import near_duplicates
from mapgen.merging.units import country_of, place_key
from mapgen.model import Kind, Standing
from mapgen.situation.coarsening import coarsened
from mapgen.situation.holders import (
    HolderTimeline,
    day_of,
    holder_timeline,
    is_after,
    is_control_sign,
    side_of_actor,
    side_of_holder,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapgen.core.gazetteer_protocols import MapGazetteer
    from mapgen.model import Article, ClaimPlace, Event, Situation

BEFORE_A_TOWN = frozenset({Kind.THREAT, Kind.ADVANCE, Kind.SIEGE})
"""Kinds that tell of an enemy who stands before a place, and so does not hold it."""

__all__ = [
    "BEFORE_A_TOWN",
    "Held",
    "Scene",
    "day_of",
    "drawn_scene",
    "is_after",
    "is_control_sign",
    "scene_of",
    "side_of_actor",
    "side_of_holder",
]


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
    holders: HolderTimeline
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
        return self.holders.before(event)

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
        spell = self.holders.now(place_key(place))
        return spell.holder if spell else None

    def shown_on(self) -> str:
        """Say on which day an undated thing is shown."""
        return f"shown on {short_day(self.situation.as_of)}" if self.situation.as_of else "undated"


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


def _held(holders: HolderTimeline) -> tuple[Held, ...]:
    return tuple(
        Held(
            spell.lat,
            spell.lon,
            spell.holder,
            spell.place,
            holders.was_taken(spell),
            spell.standing is Standing.CLAIMED,
        )
        for spell in holders.current()
        if spell.holder is not None
    )


def _roads(file: str | None, country: str | None) -> Roads | None:
    if file is not None:
        return read_roads(file)
    return Roads.for_country(country) if country else None


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
    holders = holder_timeline(situation)
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
        held=_held(holders),
        holders=holders,
        roads=_roads(roads, country),
        originals=near_duplicates(articles, situation.extraction.sentences),
        articles={a.id: a for a in articles},
        labels={a.id: f"Article {n}" for n, a in enumerate(articles, 1)},
        quote_chars=quote_chars,
    )
