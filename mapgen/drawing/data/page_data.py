"""The data inside the page, from a situation: the only place where the two meet.

The format is ``docs/page-data.md``. Everything is plain text, numbers and GeoJSON; nothing is HTML.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from shapely.geometry import shape

from gazetteer.views import DE_FACTO
from mapgen.core.words import joined, quoted, unique
from mapgen.drawing.data.holder_tracks import packed, tracks_of
from mapgen.drawing.data.local_names import local_names
from mapgen.drawing.data.orientation_towns import towns_of
from mapgen.ground.basemap import cut_basemap
from mapgen.ground.framing import frame, inset
from mapgen.merging.units import is_area, place_key
from mapgen.model import Kind
from mapgen.situation.cards import cards_of
from mapgen.situation.estimates import control_areas
from mapgen.situation.evidence import Quoter, only_country
from mapgen.situation.flows import shown_name
from mapgen.situation.long_history import fade, first_day, is_long, recent, shared_shapes
from mapgen.situation.names import town_names
from mapgen.situation.shown import Scene, drawn_scene, is_after
from mapgen.situation.signs import event_points, rank_of, signs_of
from mapgen.situation.title_block import meta_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapgen.core.gazetteer_protocols import MapGazetteer
    from mapgen.core.tables.sides import SideRecord
    from mapgen.drawing.data.page_records import (
        Bar,
        InsetRecord,
        PageData,
        PictureData,
        PlaceRecord,
        Span,
    )
    from mapgen.model import ClaimPlace, Event, Situation
    from mapgen.situation.drawn_records import Card, ControlPhase, Sign

VERSION = 1
MAX_DAYS = 120
_DAYS_BEFORE = 7
_MIN_INSET_NAMES = 1


def page_data(
    situation: Situation,
    gazetteer: MapGazetteer,
    *,
    settings: Any = None,  # noqa: ANN401  # mapgen.settings.Settings; any record with these fields serves
) -> PageData:
    """Return everything the page draws, as ``docs/page-data.md`` describes it.

    The holders of a long history are packed: the page unpacks them, a picture cannot.

    Parameters
    ----------
    situation
        From :func:`mapgen.merging.events.situation_of`.
    gazetteer
        Where areas and populations are looked up.
    settings
        ``quote_chars``, ``coarsen_displacement`` and ``roads`` are used.
    """
    drawn = _drawn(drawn_scene(situation, gazetteer, settings))
    if not is_long(drawn.scene.situation):
        return _data(drawn, settings)
    tracks, signs = tracks_of(drawn.scene, drawn.signs)
    page = _data(replace(drawn, signs=signs, places=[]), settings)  # the places are in the tracks
    page["tracks"] = packed(tracks, drawn.days)
    page["shapes"] = shared_shapes(signs)
    return page


def picture_data(
    situation: Situation,
    gazetteer: MapGazetteer,
    *,
    settings: Any = None,  # noqa: ANN401  # as for `page_data`
) -> PictureData:
    """Return everything a picture draws: a sign for each thing, however long the history.

    Parameters
    ----------
    situation, gazetteer, settings
        As for `page_data`.
    """
    return _data(_drawn(drawn_scene(situation, gazetteer, settings)), settings)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Drawn:
    """What is drawn of a scene, before it is packed."""

    scene: Scene
    quoter: Quoter
    cards: list[Card]
    signs: list[Sign]
    shown: list[Event]
    areas: list[ControlPhase]
    sides: dict[str, SideRecord]
    days: list[date]
    places: list[PlaceRecord]


def _drawn(scene: Scene) -> _Drawn:
    quoter = Quoter(scene)
    cards, signs, shown = _cards_and_signs(scene, quoter)
    areas = control_areas(scene)
    if is_long(scene.situation):
        fade(signs)
    return _Drawn(
        scene=scene,
        quoter=quoter,
        cards=cards,
        signs=signs,
        shown=shown,
        areas=areas,
        sides=_sides(scene, signs, cards, areas),
        days=_days(scene.situation, shown),
        places=_places(scene, shown),
    )


def _data(drawn: _Drawn, settings: Any) -> PageData:  # noqa: ANN401  # as for `page_data`
    scene, signs, shown, days = drawn.scene, drawn.signs, drawn.shown, drawn.days
    situation, places = scene.situation, drawn.places
    points = [p for e in shown for p in event_points(scene, e)]
    bbox = frame(points, _geometries(signs), scene.country)
    late = list(recent(situation).events) if is_long(situation) else shown
    # whoever asks for coarser places wants no smaller one named, whatever it is named for
    coarse = getattr(settings, "coarsen_displacement", None)
    towns = [] if coarse else towns_of(scene, bbox, places)
    named = [p["id"] for p in [*places, *towns]] + [p for s in signs if (p := _place_of(s))]
    on_cards = {c.id for e in shown for c in e.claims}
    return {
        "version": VERSION,
        "meta": meta_of(scene, settings),
        "sides": drawn.sides,
        "days": [d.isoformat() for d in days],
        "span": _span(shown),
        "bars": _bars(situation, on_cards, days),
        "places": places,
        "towns": towns,
        "names": local_names(named, scene.gazetteer, getattr(settings, "language", "en")),
        "signs": signs,
        "areas": drawn.areas,
        "cards": drawn.cards,
        "off": drawn.quoter.left_off(situation.events, on_cards),
        "base": cut_basemap(bbox, scene.country, borders=getattr(settings, "borders", DE_FACTO)),
        "inset": _inset(scene, late, bbox),
        "baseline_day": max((h.as_of.isoformat() for h in situation.baseline), default=None),
    }


def _geometries(signs: list[Sign]) -> list[BaseGeometry]:
    """Return the areas that signs draw, which the frame must hold."""
    found: list[BaseGeometry] = []
    for sign in signs:
        if sign["type"] == "region":
            found.append(shape(sign["geometry"]))
        elif sign["type"] == "displacement" and sign["area"] is not None:
            found.append(shape(sign["area"]))
    return found


def _place_of(sign: Sign) -> str | None:
    """Return the id of the place that a sign stands at."""
    if sign["type"] == "region" or sign["type"] == "supply" or sign["type"] == "badge":
        return None
    return sign["place"]


def _cards_and_signs(scene: Scene, quoter: Quoter) -> tuple[list[Card], list[Sign], list[Event]]:
    cards: list[Card] = []
    signs: list[Sign] = []
    shown: list[Event] = []
    for card, group in cards_of(scene, quoter):
        drawable = [
            e
            for e in group
            if not only_country(e)
            and not is_after(e, scene.situation.as_of)
            and e.kind.value != "other"
        ]
        if not drawable:
            continue
        card["id"] = f"c{len(cards) + 1}"
        cards.append(card)
        shown.extend(drawable)
        for event in drawable:
            signs.extend(signs_of(scene, event, card["id"]))
    return cards, signs, shown


def _sides(
    scene: Scene, signs: list[Sign], cards: list[Card], areas: list[ControlPhase]
) -> dict[str, SideRecord]:
    used = {key for card in cards for key in (card["side"], card["from"])}
    for sign in signs:
        used.add(sign["side"])
        if sign["type"] == "control":
            used.add(sign["from"])
        elif sign["type"] == "threat":
            used.add(sign["target_side"])
    used |= {key for a in areas for key in a["sides"]}
    used |= {scene.sides.key(s) for s in scene.before.values()}
    return {side.key: side.record() for side in scene.sides if side.key in used}


def _days(situation: Situation, shown: list[Event]) -> list[date]:
    last = situation.as_of
    if last is None:
        return []
    bounds = [e.earliest for e in shown if e.earliest is not None]
    bounds += [h.as_of for h in situation.baseline]
    bounds += [area.as_of for area in situation.given_areas]
    bounds += [e.latest for e in shown if e.latest is not None]
    first = min([b for b in bounds if b <= last], default=last)
    if is_long(situation):
        return _each_day(first_day(bounds, last), last)
    # A week of room even when all is of one day, so that the change can be seen.
    first = max(
        min(first, last - timedelta(days=_DAYS_BEFORE)), last - timedelta(days=MAX_DAYS - 1)
    )
    return _each_day(first, last)


def _each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _span(shown: list[Event]) -> Span | None:
    """Return the span of the events whose day is only known within words like "this week"."""
    spans = [
        e
        for e in shown
        if e.earliest is not None and e.latest is not None and e.earliest < e.latest
    ]
    if not spans:
        return None
    best = max(spans, key=lambda e: (len(e.claims), e.id))
    same = [e for e in spans if (e.earliest, e.latest) == (best.earliest, best.latest)]
    words = unique(
        c.date.words
        for e in same
        for c in e.claims
        if c.date and c.date.words and c.status.is_current
    )
    changes = [e for e in same if e.kind is Kind.CONTROL_CHANGE]
    names = unique(shown_name(e.places[0]) for e in changes or same)
    told = f"some day of {quoted(words[0])}" if words else "day not stated"
    return {
        "start": best.earliest.isoformat() if best.earliest else None,
        "end": best.latest.isoformat() if best.latest else None,
        "label": f"{joined(names[:3])}: {told}",
    }


def _bars(situation: Situation, drawn: set[str], days: list[date]) -> list[Bar]:
    """Count current claims per day; a day that is not stated is marked as inferred."""
    published = {a.id: a.published_on for a in situation.extraction.articles}
    counts: Counter[tuple[date, bool]] = Counter()
    for claim in situation.extraction.claims:
        if claim.id not in drawn or not claim.status.is_current:
            continue
        when = claim.date
        exact = when is not None and when.start is not None and when.start == when.end
        day = when.end if when is not None and when.end is not None else published[claim.article]
        if day is not None and days and days[0] <= day <= days[-1]:
            counts[day, not exact] += 1
    return [
        {"day": day.isoformat(), "n": n, "inferred": inferred}
        for (day, inferred), n in sorted(counts.items())
    ]


def _places(scene: Scene, shown: list[Event]) -> list[PlaceRecord]:
    """Towns to label: those of signs, of the ends of movements and links, and of the baseline."""
    found = {row.place_id: (row.lat, row.lon) for row in scene.situation.baseline}
    for event in shown:
        for place in event.places:
            if not is_area(place) and place.lat is not None and place.lon is not None:
                found.setdefault(place_key(place), (place.lat, place.lon))
    names = town_names(scene.situation)
    return [
        {
            "id": key,
            "name": names[key],
            "lat": round(lat, 4),
            "lon": round(lon, 4),
            "rank": rank_of(scene, key),
            "base": scene.sides.key(scene.before.get(key)),
        }
        for key, (lat, lon) in sorted(found.items())
    ]


def _inset(
    scene: Scene, shown: list[Event], bbox: tuple[float, float, float, float]
) -> InsetRecord | None:
    places = [
        p
        for e in shown
        for p in e.places
        if not is_area(p) and p.lat is not None and p.lon is not None and _is_event_point(e.kind)
    ]
    places = list({place_key(p): p for p in places}.values())
    points = [(p.lat, p.lon) for p in places if p.lat is not None and p.lon is not None]
    found = inset(points, bbox)
    if found is None:
        return None
    west, south, east, north = found["bbox"]
    inside = [p for p in places if _within(p, west, south, east, north)]
    name = max(inside, key=lambda p: _population(scene, p), default=None)
    if name is None:
        return None
    return {"bbox": list(found["bbox"]), "title": f"{shown_name(name)}, enlarged"}


def _population(scene: Scene, place: ClaimPlace) -> int:
    entry = scene.gazetteer.get(place.place_id) if place.place_id else None
    return int(entry.population or 0) if entry is not None else 0


def _within(place: ClaimPlace, west: float, south: float, east: float, north: float) -> bool:
    if place.lat is None or place.lon is None:
        return False
    return bool(south <= place.lat <= north and west <= place.lon <= east)


def _is_event_point(kind: Kind) -> bool:
    return kind.value not in {"displacement", "return", "supply_line"}
