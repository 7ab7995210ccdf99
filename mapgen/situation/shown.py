"""What may be shown of a situation: the only thing that pages, pictures and files are made from.

`shown` alone makes it, so whoever writes an output cannot forget to protect people who flee.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import InitVar, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.worded_areas import is_worded
from mapgen.core.tables.sides import Sides
from mapgen.core.words import short_day
from mapgen.ground.projection import distance_km
from mapgen.ground.roads.corridors import Roads
from mapgen.ground.roads.road_files import read_roads
from mapgen.merging.reprints import near_duplicates
from mapgen.merging.units import WIDE_AREAS, country_of, place_key
from mapgen.model import Kind, Precision, Role, Situation, Standing
from mapgen.situation.coarsening import coarsened_with_names
from mapgen.situation.hidden_names import HiddenNames
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
    from mapgen.model import Article, ClaimPlace, Event
    from mapgen.settings import Settings

BEFORE_A_TOWN = frozenset({Kind.THREAT, Kind.ADVANCE, Kind.SIEGE})
"""Kinds that tell of an enemy who stands before a place, and so does not hold it."""

__all__ = [
    "BEFORE_A_TOWN",
    "Held",
    "Shown",
    "day_of",
    "is_after",
    "is_control_sign",
    "is_total_event",
    "only_country",
    "shown",
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


_KEY = object()  # known in this module only: without it no `Shown` can be made


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A situation as it may be shown, with its sides, its holders before and now, its country.

    Made by `shown`, never by hand: ``dataclasses.replace`` is refused too.

    Raises
    ------
    TypeError
        If anything but `shown` makes one.
    """

    key: InitVar[object]
    situation: Situation  # as coarse as the settings ask; without what only users of Python see
    settings: Settings  # without the names that coarsening hides
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
    remarks: tuple[str, ...]  # what the user should know of how it was coarsened

    def __post_init__(self, key: object) -> None:
        """Refuse to be made from a situation that was not coarsened."""
        if key is not _KEY:
            msg = "only mapgen.situation.shown.shown makes what may be shown"
            raise TypeError(msg)

    def may_draw(self, event: Event) -> bool:
        """Whether an event is of a kind, a place and a day that outputs draw."""
        return (
            event.kind is not Kind.OTHER
            and not only_country(event)
            and not is_after(event, self.situation.as_of)
        )

    def narrowed(self, events: tuple[Event, ...]) -> Shown:
        """Return the same with some of its events only.

        Raises
        ------
        ValueError
            If an event is not one of these.
        """
        own = {id(event) for event in self.situation.events}
        if not all(id(event) in own for event in events):
            msg = "events can be left out of what is shown, not added to it"
            raise ValueError(msg)
        return replace(self, key=_KEY, situation=replace(self.situation, events=events))

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


def is_total_event(event: Event) -> bool:
    """Whether an event is a figure for a whole country or region: a badge, not an arrow."""
    if event.kind is not Kind.DISPLACEMENT or event.figure is None:
        return False
    if any(is_worded(p.place_id) for p in event.places):
        return False
    if all(p.precision is Precision.COUNTRY for p in event.places):
        return True
    return all(p.precision in WIDE_AREAS and p.role in {Role.REGION, Role.AT} for p in event.places)


def only_country(event: Event) -> bool:
    """Whether nothing finer than a country is named, and no total is given."""
    return not is_total_event(event) and all(p.precision is Precision.COUNTRY for p in event.places)


def shown(situation: Situation, gazetteer: MapGazetteer, settings: Settings) -> Shown:
    """Return what may be shown of a situation: as coarse as the settings ask.

    Every output is made from this, so that none can forget to protect people who flee.

    Parameters
    ----------
    situation
        From :func:`mapgen.merging.events.situation_of`.
    gazetteer
        Where areas and populations are looked up.
    settings
        ``coarsen_displacement`` hides where people flee from and to. A title, or a name of a
        file, that names a hidden place in any script is left out, and ``remarks`` says so.
        ``roads`` is a file of roads in place of the packaged corridors.
    """
    situation = Situation(**{f.name: getattr(situation, f.name) for f in fields(Situation)})
    remarks: tuple[str, ...] = ()
    hidden, title, road_file = HiddenNames(frozenset()), situation.title, settings.roads
    if settings.coarsen_displacement:
        level = settings.coarsen_displacement
        situation, hidden = coarsened_with_names(situation, gazetteer, level)
        settings = _without(settings, hidden)
        if situation.title != title:
            remarks = (_TITLE_LEFT_OUT,)
    country = _country(situation, gazetteer)
    roads = _roads(road_file, country)
    if roads is not None and hidden.are_in(roads.source):
        roads = Roads(roads.corridors, "a file given by the user")
    before = {h.place_id: side_of_holder(h.holder) for h in situation.baseline}
    holders = holder_timeline(situation)
    entry = gazetteer.get(f"iso:{country}") if country else None
    articles = sorted(situation.extraction.articles, key=lambda a: a.id)
    return Shown(
        key=_KEY,
        situation=situation,
        settings=settings,
        gazetteer=gazetteer,
        sides=_sides(situation, before),
        country=country,
        country_name=entry.name if entry is not None else None,
        before=before,
        held=_held(holders),
        holders=holders,
        roads=roads,
        originals=near_duplicates(articles, situation.extraction.sentences),
        articles={a.id: a for a in articles},
        labels={a.id: f"Article {n}" for n, a in enumerate(articles, 1)},
        remarks=remarks,
    )


_TITLE_LEFT_OUT = (
    "title: it names a place that coarsen_displacement hides, so the map has the generated "
    "title. Give a title that names no smaller place."
)


def _without(settings: Settings, hidden: HiddenNames) -> Settings:
    """Return settings whose digest, which outputs carry, cannot be used to test for a name."""
    if settings.title and hidden.are_in(settings.title):
        settings = replace(settings, title=None)
    files = (settings.baseline, settings.corrections, settings.roads)
    baseline, corrections, roads = (
        "a file" if file and hidden.are_in(Path(file).name) else file for file in files
    )
    return replace(settings, baseline=baseline, corrections=corrections, roads=roads)


def _sides(situation: Situation, before: Mapping[str, str]) -> Sides:
    """Return the sides of a situation, those of most events first."""
    claims = situation.extraction.claims
    drawn = [side_of_actor(a) for e in situation.events for a in (e.actor, e.from_actor)]
    # Actors without a side of their own (residents, say) take none on the map.
    actors = [a for c in claims for a in (c.actor, c.from_actor) if a is not None]
    with_side = {side_of_actor(a) for a in actors if a.side is not None}
    common = Counter(s for s in drawn if s is not None and s in with_side)
    order = sorted(common, key=lambda s: (-common[s], s))
    given = {side_of_holder(area.holder) for area in situation.given_areas}
    order += sorted((set(before.values()) | given) - set(order))
    return Sides(order, sorted(set(actors), key=lambda a: (a.id, a.name)))
