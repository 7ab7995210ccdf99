"""Build page data from what may be shown: the only link between a situation and what draws it.

A `Shown` comes in; the data of the page or of a picture go out, in the format that
``docs/page-data.md`` describes. Everything in them is plain text, numbers and GeoJSON; nothing is
HTML. `page_data` packs the holders of a long history for the page, `picture_data` does not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from shapely.geometry import shape

from mapgen.core.told import say
from mapgen.core.words import joined, quoted, unique
from mapgen.drawing.data.earlier_states import cards_and_signs, day_records, reported_records
from mapgen.drawing.data.far_views import views_of
from mapgen.drawing.data.holder_tracks import packed, tracks_of
from mapgen.drawing.data.ledger_table import ledger_table
from mapgen.drawing.data.local_names import local_names
from mapgen.drawing.data.orientation_towns import towns_of
from mapgen.drawing.data.translation import PageWriter, in_language
from mapgen.ground.basemap import cut_basemap
from mapgen.ground.district_lines import SOURCE as DISTRICT_SOURCE
from mapgen.ground.district_lines import district_lines
from mapgen.ground.framing import frame, inset
from mapgen.ground.surroundings import province_spots
from mapgen.merging.units import place_key
from mapgen.model import Kind
from mapgen.situation.estimates import control_areas
from mapgen.situation.evidence import Quoter
from mapgen.situation.flows import shown_name
from mapgen.situation.long_history import fade, first_day, is_long, recent, shared_shapes
from mapgen.situation.names import town_names
from mapgen.situation.nothing_drawn import shown_places
from mapgen.situation.shown import is_control_sign
from mapgen.situation.signs import event_points, rank_of
from mapgen.situation.title_block import meta_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapgen.core.tables.sides import SideRecord
    from mapgen.drawing.data.page_records import (
        Bar,
        InsetRecord,
        PageData,
        PictureData,
        PlaceRecord,
        Span,
    )
    from mapgen.ground.basemap_records import Basemap
    from mapgen.model import ClaimPlace, Event, Situation
    from mapgen.situation.drawn_records import Card, ControlPhase, Sign
    from mapgen.situation.shown import Shown

VERSION = 1
ENGLISH = "en"
MAX_DAYS = 120
_DAYS_BEFORE = 7
_MIN_INSET_NAMES = 1


def page_data(shown: Shown) -> PageData:
    """Return everything that the page draws, in the page's language.

    The holders of a long history are packed into ``tracks``, which the page can unpack and a
    picture cannot.

    Parameters
    ----------
    shown
        What may be shown, from :func:`mapgen.situation.shown.shown`.

    Returns
    -------
    PageData
        Plain data that can be written as JSON, as described in ``docs/page-data.md``.
    """
    page = _page(shown)
    table = ledger_table(shown)
    if table is not None:
        page["ledger"] = table
    language = shown.settings.language
    if language == ENGLISH:
        return page

    def local_name(place_id: str) -> str | None:
        return local_names([place_id], shown.gazetteer, language).get(place_id)

    return in_language(page, PageWriter(language, local_name))


def _page(shown: Shown) -> PageData:
    """Return everything that the page draws, with English texts."""
    drawn = _drawn(shown)
    if not is_long(shown.situation):
        return _with_states(drawn, _data(drawn))
    tracks, signs = tracks_of(shown, drawn.signs)
    tracked = frozenset(track.id for track in tracks)
    page = _data(replace(drawn, signs=signs, tracked=tracked))
    page["places"] = []  # they are in the tracks
    page["tracks"] = packed(tracks, drawn.days)
    page["shapes"] = shared_shapes(signs)
    return _with_states(drawn, page)


def _with_states(drawn: _Drawn, page: PageData) -> PageData:
    """Add views of parts, what was so on earlier days, and what was known on them."""
    shown = drawn.shown
    west, south, east, north = page["base"]["bbox"]
    if views := views_of(shown, drawn.events, (west, south, east, north)):
        page["views"] = views
    if days := day_records(shown, page):
        page["earlier"] = days
    if known := reported_records(shown, page):
        page["reported"] = known
    return page


def picture_data(shown: Shown) -> PictureData:
    """Return everything that a picture draws, with a sign for each thing even in a long history.

    Parameters
    ----------
    shown
        As for `page_data`.

    Returns
    -------
    PictureData
        The data of the page without ``tracks`` and ``shapes``.
    """
    return _data(_drawn(shown))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Drawn:
    """The parts of page data, before the holders of a long history are packed."""

    shown: Shown
    quoter: Quoter
    cards: list[Card]
    signs: list[Sign]
    events: list[Event]
    areas: list[ControlPhase]
    sides: dict[str, SideRecord]
    days: list[date]
    places: list[PlaceRecord]
    tracked: frozenset[str] = frozenset()  # places whose signs are in the tracks


def _drawn(shown: Shown) -> _Drawn:
    """Collect everything that is drawn of what may be shown."""
    quoter = Quoter(shown)
    cards, signs, events = cards_and_signs(shown, quoter)
    areas = control_areas(shown)
    if is_long(shown.situation):
        fade(signs)
    return _Drawn(
        shown=shown,
        quoter=quoter,
        cards=cards,
        signs=signs,
        events=events,
        areas=areas,
        sides=_sides(shown, signs, cards, areas),
        days=_days(shown.situation, events),
        places=_places(shown, events),
    )


def _data(drawn: _Drawn) -> PageData:
    """Assemble the record that is the same for the page and the picture."""
    shown, signs, events, days = drawn.shown, drawn.signs, drawn.events, drawn.days
    situation, settings, places = shown.situation, shown.settings, drawn.places
    points = [p for e in events for p in event_points(shown, e)]
    points += [(p["lat"], p["lon"]) for p in places] if not signs else []
    bbox = frame(points, _geometries(signs), shown.country)
    late = list(recent(situation).events) if is_long(situation) else events
    # an enlargement draws signs and no tracks
    late = [e for e in late if not (is_control_sign(e) and _all_in(e, drawn.tracked))]
    # with coarser places no small place is named on the map, not even for orientation
    towns = [] if settings.coarsen_displacement else towns_of(shown, bbox, places)
    listed = [p["id"] for p in places if p["id"] not in drawn.tracked]
    named = [*listed, *(t["id"] for t in towns)] + [p for s in signs if (p := _place_of(s))]
    on_cards = {c.id for e in events for c in e.claims}
    base, meta = _ground(shown, bbox), meta_of(shown)
    if "districts" in base:
        meta["credits"].append(DISTRICT_SOURCE)
    return {
        "version": VERSION,
        "meta": meta,
        "sides": drawn.sides,
        "days": [d.isoformat() for d in days],
        "span": _span(events),
        "bars": _bars(situation, on_cards, days),
        "places": places,
        "towns": towns,
        "names": local_names(named, shown.gazetteer, settings.language),
        "signs": signs,
        "areas": drawn.areas,
        "cards": drawn.cards,
        "off": drawn.quoter.left_off(situation.events, on_cards),
        "base": base,
        "inset": _inset(shown, late, bbox),
        "baseline_day": max((h.as_of.isoformat() for h in situation.baseline), default=None),
    }


def _all_in(event: Event, tracked: frozenset[str]) -> bool:
    """Whether all places of an event are in the tracks."""
    return bool(tracked) and all(place_key(p) in tracked for p in event.places)


def _ground(shown: Shown, bbox: tuple[float, float, float, float]) -> Basemap:
    """Return the basemap of a frame, with the names of provinces."""
    view = shown.settings.borders
    base = cut_basemap(bbox, shown.country, borders=view, day=shown.situation.as_of)
    districts = district_lines(bbox, shown.country, base)
    if districts is not None:
        base["districts"] = districts
    if shown.country is not None:
        for key, spots in province_spots(bbox, shown.country, view):
            unit = shown.gazetteer.get(key)
            if unit is not None:
                base["provinces"].append({"name": unit.name, "spots": spots})
    return base


def _geometries(signs: list[Sign]) -> list[BaseGeometry]:
    """Return the geometries of signs that are drawn as areas, which the frame must hold."""
    found: list[BaseGeometry] = []
    for sign in signs:
        if sign["type"] == "region":
            found.append(shape(sign["geometry"]))
        elif sign["type"] == "displacement" and sign["area"] is not None:
            found.append(shape(sign["area"]))
    return found


def _place_of(sign: Sign) -> str | None:
    """Return the id of the place at which a sign is drawn, or None."""
    if sign["type"] == "region" or sign["type"] == "supply" or sign["type"] == "badge":
        return None
    return sign["place"]


def _sides(
    shown: Shown, signs: list[Sign], cards: list[Card], areas: list[ControlPhase]
) -> dict[str, SideRecord]:
    """Return the sides that signs, cards, areas or the baseline refer to, by key."""
    used = {key for card in cards for key in (card["side"], card["from"])}
    for sign in signs:
        used.add(sign["side"])
        if sign["type"] == "control":
            used.add(sign["from"])
        elif sign["type"] == "threat":
            used.add(sign["target_side"])
    used |= {key for a in areas for key in a["sides"]}
    used |= {shown.sides.key(s) for s in shown.before.values()}
    return {side.key: side.record() for side in shown.sides if side.key in used}


def _days(situation: Situation, events: list[Event]) -> list[date]:
    """Return the days of the time slider; none if the situation has no day."""
    last = situation.as_of
    if last is None:
        return []
    bounds = [e.earliest for e in events if e.earliest is not None]
    bounds += [h.as_of for h in situation.baseline]
    bounds += [area.as_of for area in situation.given_areas]
    bounds += [e.latest for e in events if e.latest is not None]
    first = min([b for b in bounds if b <= last], default=last)
    if is_long(situation):
        return _each_day(first_day(bounds, last), last)
    # Start at least a week early, so that the reader sees the change even if all is of one day.
    first = max(
        min(first, last - timedelta(days=_DAYS_BEFORE)), last - timedelta(days=MAX_DAYS - 1)
    )
    return _each_day(first, last)


def _each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _span(events: list[Event]) -> Span | None:
    """Return the days and places of events dated only by words like "this week"."""
    spans = [
        e
        for e in events
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
    told = joined(names[:3])
    label = say("{names}: day not stated", names=told)
    if words:
        label = say("{names}: some day of {words}", names=told, words=quoted(words[0]))
    return {
        "start": best.earliest.isoformat() if best.earliest else None,
        "end": best.latest.isoformat() if best.latest else None,
        "label": label,
    }


def _bars(situation: Situation, drawn: set[str], days: list[date]) -> list[Bar]:
    """Count the current claims for each day; a day that the claims do not state is inferred."""
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


def _places(shown: Shown, events: list[Event]) -> list[PlaceRecord]:
    """Return the towns to label: places of events and of the baseline, or else those read."""
    found = {row.place_id: (row.lat, row.lon) for row in shown.situation.baseline}
    for event in events:
        for place in event.places:
            if not place.is_area and place.lat is not None and place.lon is not None:
                found.setdefault(place_key(place), (place.lat, place.lon))
    names = town_names(shown.situation)
    for named in shown_places(shown):
        if named.place_id and named.lat is not None and named.lon is not None:
            found.setdefault(named.place_id, (named.lat, named.lon))
            names.setdefault(named.place_id, named.surface or named.name or named.place_id)
    return [
        {
            "id": key,
            "name": names[key],
            "lat": round(lat, 4),
            "lon": round(lon, 4),
            "rank": rank_of(shown, key),
            "base": shown.sides.key(shown.before.get(key)),
        }
        for key, (lat, lon) in sorted(found.items())
    ]


def _inset(
    shown: Shown, events: list[Event], bbox: tuple[float, float, float, float]
) -> InsetRecord | None:
    """Return the crowded part of the map, named after its most populous place, or None."""
    places = [
        p
        for e in events
        for p in e.places
        if not p.is_area and p.lat is not None and p.lon is not None and _is_event_point(e.kind)
    ]
    places = list({place_key(p): p for p in places}.values())
    points = [(p.lat, p.lon) for p in places if p.lat is not None and p.lon is not None]
    found = inset(points, bbox)
    if found is None:
        return None
    west, south, east, north = found["bbox"]
    inside = [p for p in places if _within(p, west, south, east, north)]
    name = max(inside, key=lambda p: _population(shown, p), default=None)
    if name is None:
        return None
    return {"bbox": list(found["bbox"]), "title": say("{place}, enlarged", place=shown_name(name))}


def _population(shown: Shown, place: ClaimPlace) -> int:
    entry = shown.gazetteer.get(place.place_id) if place.place_id else None
    return int(entry.population or 0) if entry is not None else 0


def _within(place: ClaimPlace, west: float, south: float, east: float, north: float) -> bool:
    if place.lat is None or place.lon is None:
        return False
    return bool(south <= place.lat <= north and west <= place.lon <= east)


def _is_event_point(kind: Kind) -> bool:
    return kind.value not in {"displacement", "return", "supply_line"}
