"""Decide what may be shown of a situation.

A situation and settings come in; a `Shown` goes out, from which all pages, pictures and files are
made. Only the function `shown` can make one, and it coarsens displacement as the settings require,
so no output can forget to protect people who flee.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import InitVar, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.worded_areas import is_worded
from mapgen.core.tables.sides import Sides
from mapgen.core.told import say
from mapgen.core.visible_text import visible
from mapgen.core.words import short_day
from mapgen.ground.projection import distance_km
from mapgen.ground.roads.corridors import Roads
from mapgen.ground.roads.road_files import read_roads
from mapgen.merging.reprints import near_duplicates
from mapgen.merging.units import WIDE_AREAS, place_key
from mapgen.model import Kind, Precision, Role, Situation, Standing
from mapgen.situation.article_names import article_names
from mapgen.situation.coarsening import coarsened_with_names
from mapgen.situation.countries import country_of_place
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
from mapgen.situation.places_read import places_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mapgen.core.gazetteer_protocols import MapGazetteer
    from mapgen.model import Article, Claim, ClaimPlace, Event, NamedPlace
    from mapgen.settings import Settings

BEFORE_A_TOWN = frozenset({Kind.THREAT, Kind.ADVANCE, Kind.SIEGE})
"""Kinds of event in which a party stands before a place, and therefore does not hold it."""

__all__ = [
    "BEFORE_A_TOWN",
    "Held",
    "Shown",
    "day_of",
    "is_after",
    "is_control_sign",
    "is_total_event",
    "names_its_area",
    "only_country",
    "shown",
    "side_of_actor",
    "side_of_holder",
]


@dataclass(frozen=True, slots=True)
class Held:
    """A place whose holder is known, from the baseline or from an event that overrides it.

    Coordinates are degrees in EPSG:4326.
    """

    lat: float
    lon: float
    side: str
    place_key: str
    changed: bool  # whether articles report that the side took the place
    claimed: bool = False  # whether only a source that an article names says so


_KEY = object()  # known in this module only, and required to make a `Shown`


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A situation as it may be shown, with its sides, holders and country.

    Only the function `shown` can make one. ``dataclasses.replace`` is refused too.

    Raises
    ------
    TypeError
        If anything but `shown` makes one.
    """

    key: InitVar[object]
    situation: Situation  # coarsened, and without the extra fields of `mapgen.api.Situation`
    settings: Settings  # without the names that coarsening hides
    gazetteer: MapGazetteer
    sides: Sides
    country: str | None  # ISO 3166-1 alpha-2
    country_name: str | None
    before: Mapping[str, str]  # place key to side, from the baseline
    held: tuple[Held, ...]
    holders: HolderTimeline
    roads: Roads | None
    originals: Mapping[str, str]  # article id to the id of its original; see `near_duplicates`
    articles: Mapping[str, Article]
    labels: Mapping[str, str]  # article id to "BBC News, 14 February 2025"
    remarks: tuple[str, ...]  # messages for the user about the coarsening

    def __post_init__(self, key: object) -> None:
        """Refuse a record that the function `shown` did not make."""
        if key is not _KEY:
            msg = "only mapgen.situation.shown.shown makes what may be shown"
            raise TypeError(msg)

    def may_draw(self, event: Event) -> bool:
        """Whether the kind, places and day of an event allow outputs to draw it."""
        return (
            event.kind is not Kind.OTHER
            and not only_country(event)
            and not is_after(event, self.situation.as_of)
        )

    def narrowed(self, events: tuple[Event, ...]) -> Shown:
        """Return a copy with only some of the events.

        Parameters
        ----------
        events
            Events of this situation, as the same objects.

        Raises
        ------
        ValueError
            If an event is not one of this situation.
        """
        own = {id(event) for event in self.situation.events}
        if not all(id(event) in own for event in events):
            msg = "events can be left out of what is shown, not added to it"
            raise ValueError(msg)
        return replace(self, key=_KEY, situation=replace(self.situation, events=events))

    def remade(self, situation: Situation) -> Shown:
        """Return a copy for an earlier state of this situation, with its own holders.

        Sides, country, roads and names stay those of the whole, so that both can be compared.

        Parameters
        ----------
        situation
            A situation merged from claims of this one, as the same objects.

        Raises
        ------
        ValueError
            If a claim is not one of this situation, which could name what may not be shown.
        """
        own = {id(claim) for claim in self.situation.extraction.claims}
        if not all(id(claim) in own for claim in situation.extraction.claims):
            msg = "claims can be left out of what is shown, not added to it"
            raise ValueError(msg)
        holders = holder_timeline(situation)
        return replace(
            self,
            key=_KEY,
            situation=situation,
            holders=holders,
            held=_held(holders),
            articles={a.id: a for a in situation.extraction.articles},
        )

    def from_side(self, event: Event) -> str | None:
        """Return the side that held the place of an event before, or None.

        The text decides, or else, for a change of control, the earlier holder in the timeline.
        """
        said = side_of_actor(event.from_actor)
        if said is not None:
            return said
        if event.kind is not Kind.CONTROL_CHANGE:
            return None
        return self.holders.before(event)

    def nearest_held(self, side: str | None, lat: float, lon: float) -> Held | None:
        """Return the nearest place that a side holds, or None.

        Parameters
        ----------
        side
            Id of the side.
        lat, lon
            Position in degrees, EPSG:4326. A place exactly there is ignored.
        """
        own = [h for h in self.held if h.side == side and (h.lat, h.lon) != (lat, lon)]
        return min(
            own,
            key=lambda h: (distance_km((h.lat, h.lon), (lat, lon)), h.place_key),
            default=None,
        )

    def holder(self, place: ClaimPlace) -> str | None:
        """Return the side that holds a place on the day of the map, or None if it is not known."""
        spell = self.holders.now(place_key(place))
        return spell.holder if spell else None

    def shown_on(self) -> str:
        """Return the words for the day on which undated events are shown."""
        if self.situation.as_of is None:
            return say("undated")
        return say("shown on {day}", day=short_day(self.situation.as_of))


def _country(situation: Situation, gazetteer: MapGazetteer) -> str | None:
    """Return the subject country: given by the user, or that of most places, or None.

    If nothing was coded, the places that the articles name decide.
    """
    given = Counter(a.country for a in situation.extraction.articles if a.country)
    if given:
        return min(given, key=lambda c: (-given[c], c))
    counts = _countries([p for e in situation.events for p in e.places], gazetteer)
    if not counts:
        counts.update(h.country for h in situation.baseline)
    if not counts:
        counts = _countries(places_read(situation.extraction), gazetteer)
    return min(counts, key=lambda c: (-counts[c], c)) if counts else None


def _countries(places: Iterable[ClaimPlace | NamedPlace], gazetteer: MapGazetteer) -> Counter[str]:
    """Count the countries of places."""
    counts: Counter[str] = Counter()
    for place in places:
        code = country_of_place(gazetteer, place)
        counts.update([code] if code else [])
    return counts


def _held(holders: HolderTimeline) -> tuple[Held, ...]:
    """Return the places whose holder is known on the day of the map."""
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
    """Read the roads in a file, or else load the packaged roads of a country."""
    if file is not None:
        return read_roads(file)
    return Roads.for_country(country) if country else None


def is_total_event(event: Event) -> bool:
    """Whether an event is a figure for a whole country or region.

    It is drawn as a badge if it names the country or region; see `names_its_area`.
    """
    if event.kind is not Kind.DISPLACEMENT or event.figure is None:
        return False
    if any(is_worded(p.place_id) for p in event.places):
        return False
    if all(p.precision is Precision.COUNTRY for p in event.places):
        return True
    return all(p.precision in WIDE_AREAS and p.role in {Role.REGION, Role.AT} for p in event.places)


_WHOLE_COUNTRY = re.compile(
    r"\b(?:nation|country)-?wide\b"
    r"|\b(?:across|throughout|all over|around|in|inside|within)\s+(?:the|this|that|our)\s+"
    r"(?:(?:whole|entire)\s+)?(?:country|nation)(?![-\w’']|\s+side)",
    re.IGNORECASE,
)


def names_its_area(event: Event) -> bool:
    """Whether the claims with the figure of a total name the country or region that it is about.

    A total without such words is taken to be about the country of its article, which is too little
    for a badge.
    """
    own = {place.place_id for place in event.places}
    claims = event.counting(event.figure) if event.figure is not None else []
    return any(
        _WHOLE_COUNTRY.search(claim.quote) is not None or _has_name(claim, place)
        for claim in claims
        for place in claim.places
        if place.place_id in own
    )


def _has_name(claim: Claim, place: ClaimPlace) -> bool:
    """Whether the name of a place stands in the words of a claim, and not elsewhere in the text."""
    start, end = place.start - claim.start, place.end - claim.start
    return 0 <= start < end and claim.quote[start:end] == place.surface


def only_country(event: Event) -> bool:
    """Whether an event names nothing finer than a country and is not a total."""
    return not is_total_event(event) and all(p.precision is Precision.COUNTRY for p in event.places)


def shown(situation: Situation, gazetteer: MapGazetteer, settings: Settings) -> Shown:
    """Return what may be shown of a situation.

    All outputs are made from the result, so that none can forget to protect people who flee.

    Parameters
    ----------
    situation
        A situation from :func:`mapgen.merging.events.situation_of`.
    gazetteer
        Gazetteer with the outlines of areas and the populations of places.
    settings
        With ``coarsen_displacement``, the places that people flee from and to are replaced by admin
        areas. A title or file name that contains a hidden name in any script is left out, and
        ``remarks`` mentions the title. ``roads`` replaces the packaged corridors.

    Returns
    -------
    Shown
        The situation, coarsened if the settings require it, with its sides, holders and country.
    """
    situation = Situation(**{f.name: getattr(situation, f.name) for f in fields(Situation)})
    situation = visible(situation)
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
        labels=article_names(articles),
        remarks=remarks,
    )


_TITLE_LEFT_OUT = (
    "title: it names a place that coarsen_displacement hides, so the map has the generated "
    "title. Give a title that names no smaller place."
)


def _without(settings: Settings, hidden: HiddenNames) -> Settings:
    """Remove hidden names from settings, so that their digest in outputs cannot reveal them."""
    if settings.title and hidden.are_in(settings.title):
        settings = replace(settings, title=None)
    files = (settings.baseline, settings.corrections, settings.roads)
    baseline, corrections, roads = (
        "a file" if file and hidden.are_in(Path(file).name) else file for file in files
    )
    return replace(settings, baseline=baseline, corrections=corrections, roads=roads)


def _sides(situation: Situation, before: Mapping[str, str]) -> Sides:
    """Return the sides of a situation, those with most events first."""
    claims = situation.extraction.claims
    drawn = [side_of_actor(a) for e in situation.events for a in (e.actor, e.from_actor)]
    # Actors without a side, such as residents, get no side on the map. In an event, "separatist
    # forces" and "separatist fighters" have one side, which no claim alone has.
    told = [*claims, *(c for e in situation.events for c in e.claims)]
    actors = [a for c in told for a in (c.actor, c.from_actor) if a is not None]
    with_side = {side_of_actor(a) for a in actors if a.side is not None}
    common = Counter(s for s in drawn if s is not None and s in with_side)
    order = sorted(common, key=lambda s: (-common[s], s))
    given = {side_of_holder(area.holder) for area in situation.given_areas}
    order += sorted((set(before.values()) | given) - set(order))
    return Sides(order, sorted(set(actors), key=lambda a: (a.id, a.name)))
