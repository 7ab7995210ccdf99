"""The data inside the page, from a situation: the only place where the two meet.

The format is ``docs/page-data.md``. Everything is plain text, numbers and GeoJSON; nothing is HTML.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from shapely.geometry import shape

from gazetteer.views import DE_FACTO, told_view
from mapgen.basemap import cut
from mapgen.cards import cards_of
from mapgen.corrections import counted
from mapgen.estimates import control_areas
from mapgen.flows import shown_name
from mapgen.framing import frame, inset
from mapgen.grouping import is_area, place_key
from mapgen.model import Kind, Standing
from mapgen.quotes import Quoter, only_country
from mapgen.scene import Scene, drawn_scene, is_after
from mapgen.signs import event_points, rank_of, signs_of
from mapgen.summary import headline, summary
from mapgen.wording import day_text, joined, quoted, unique

if TYPE_CHECKING:
    from mapgen.atlas import Atlas
    from mapgen.model import ClaimPlace, Event, Situation

VERSION = 1
MAX_DAYS = 120
_DAYS_BEFORE = 7
_MIN_INSET_NAMES = 1

CREDITS = [
    "Borders, coast, rivers: Natural Earth (public domain)",
    "Place names: GeoNames (CC BY 4.0)",
    "Map software: Leaflet (BSD 2-Clause)",
]


def page_data(
    situation: Situation,
    gazetteer: Atlas,
    *,
    settings: Any = None,  # noqa: ANN401  # mapgen.settings.Settings; any record with these fields serves
) -> dict[str, Any]:
    """Return everything the page draws, as ``docs/page-data.md`` describes it.

    Parameters
    ----------
    situation
        From :func:`mapgen.merge.situation_of`.
    gazetteer
        Where areas and populations are looked up.
    settings
        ``quote_chars``, ``coarsen_displacement`` and ``roads`` are used.
    """
    scene = drawn_scene(situation, gazetteer, settings)
    situation = scene.situation
    quoter = Quoter(scene)
    cards, signs, shown = _cards_and_signs(scene, quoter)
    drawn = {c.id for e in shown for c in e.claims}
    areas = control_areas(scene)
    days = _days(situation, shown)
    points = [p for e in shown for p in event_points(scene, e)]
    shapes = [s.get("geometry") or s.get("area") for s in signs]
    geometries = [shape(geojson) for geojson in shapes if geojson is not None]
    bbox = frame(points, geometries, scene.country)
    return {
        "version": VERSION,
        "meta": meta_of(scene, settings),
        "sides": _sides(scene, signs, cards, areas),
        "days": [d.isoformat() for d in days],
        "span": _span(shown),
        "bars": _bars(situation, drawn, days),
        "places": _places(scene, shown, signs),
        "signs": signs,
        "areas": areas,
        "cards": cards,
        "off": quoter.left_off(situation.events, drawn),
        "base": cut(bbox, scene.country, borders=getattr(settings, "borders", DE_FACTO)),
        "inset": _inset(scene, shown, bbox),
    }


def _cards_and_signs(
    scene: Scene, quoter: Quoter
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[Event]]:
    cards: list[dict[str, Any]] = []
    signs: list[dict[str, Any]] = []
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
    _end_outdated(signs)
    return cards, signs, shown


def _end_outdated(signs: list[dict[str, Any]]) -> None:
    """Tell until which day a holder that was driven out is shown."""
    held = {s["place"]: s["day"] for s in signs if s["type"] == "control" and _stands(s)}
    for sign in signs:
        if sign["type"] == "control" and not _stands(sign):
            sign["to_day"] = held.get(sign["place"])


def _stands(sign: dict[str, Any]) -> bool:
    return bool(sign["standing"] != Standing.OUTDATED.value)


def as_of_words(situation: Situation) -> tuple[str, str]:
    """Return the day of the picture in words, and how it is known."""
    if situation.as_of is None:
        return "Undated", "No article is dated, and none names a day."
    day = day_text(situation.as_of)
    bases = {a.published_on_basis for a in situation.extraction.articles if a.published_on}
    if situation.as_of_basis == "given":
        if "printed" in bases:
            return day, "Day chosen by the user."
        return f"About {day}", "Date given by the user; the articles print none."
    if situation.as_of_basis == "inferred":
        if not bases:
            return f"About {day}", "From the latest day the texts name; no article is dated."
        return f"About {day}", "Inferred; no article is dated."
    return day, ""


def meta_of(scene: Scene, settings: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return title, day, summary, articles, method, credits: what every output says of itself."""
    situation = scene.situation
    text, note = as_of_words(situation)
    kicker = f"{scene.country_name} · situation map" if scene.country_name else "Situation map"
    thanks = list(CREDITS)
    thanks += sorted(
        {
            f"Control areas: {area.source}, as of {day_text(area.as_of)}; given by the user"
            for area in situation.given_areas
        }
    )
    if situation.baseline and not situation.given_areas:
        thanks.append("Holders before the articles: the baseline table, with a source per place")
    view = getattr(settings, "borders", DE_FACTO)
    if view != DE_FACTO:
        thanks.append(f"Disputed borders: {told_view(view)}, chosen by the user")
    if getattr(settings, "roads", None) and scene.roads is not None:
        thanks.append(f"Roads: {scene.roads.source}")
    articles = sorted(situation.extraction.articles, key=lambda a: a.id)
    digest = getattr(settings, "digest", None)
    return {
        "kicker": kicker,
        "title": headline(scene),
        "as_of": situation.as_of.isoformat() if situation.as_of else None,
        "as_of_text": text,
        "as_of_note": note,
        "summary": summary(scene),
        "articles": {
            a.id: {
                "label": scene.labels[a.id],
                "title": a.title,
                "source": a.source,
                "url": a.url,
                "published_on": a.published_on.isoformat() if a.published_on else None,
                "basis": a.published_on_basis,
            }
            for a in articles
        },
        "method": _method(scene),
        "credits": thanks,
        "country": scene.country_name,
        "language": getattr(settings, "language", "en"),
        "warnings": _warnings(scene),
        "generator": {
            "version": _version(),
            "parser": getattr(settings, "parser", None),
            "settings": digest() if callable(digest) else None,
            "inputs": {a.id: a.sha256 for a in articles},
        },
    }


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("mapgen")
    except PackageNotFoundError:  # run from a source tree that is not installed
        return "source tree"


def _warnings(scene: Scene) -> list[str]:
    lost = Counter(
        p.surface
        for c in scene.situation.extraction.claims
        for p in c.places
        if p.place_id is None and p.lat is None
    )
    names = [f"Name not found: {name}" for name in sorted(lost)]
    return [*names, *scene.situation.notes, *scene.situation.correction_notes]


_METHOD = (
    (
        "How this map was made",
        "A program read the articles sentence by sentence, found names of places and what is said "
        "to have happened there, and drew it. Everything drawn leads back to a quote.",
        "What is only possible, denied or long past stays off the map; it is listed under Off the "
        "map with the word that decided.",
    ),
    (
        "How sure",
        "Assessed: independent sources agree. Stated: one article says so in its own voice. "
        "Claimed: only a source that is named says so. Contested: sources contradict each other.",
        "Two outlets that quote one source count once, and so do articles with nearly the same "
        "text.",
    ),
    (
        "Dates",
        "Where no day is told, a thing is shown from the day it was reported by. A sign stands "
        "half and half while the day of the change is not known.",
    ),
    (
        "What is estimated",
        "A likely route follows the one main road between both ends; the text does not name it. "
        "Arrows of advance start at the nearest place the side holds. Soft shapes stand for areas "
        "in which no town is named.",
    ),
)
_METHOD_BASELINE = (
    "Areas of control are estimated from towns whose holder is known, from the baseline or from "
    "the articles: all towns weigh, the near ones most (kriging). They are hatched where unsure, "
    "and the estimated front is where two of them meet. Nobody reported these areas or their edges."
)

_METHOD_GIVEN = (
    "Areas of control are those of a layer that the user gave, drawn as given: the program did not "
    "estimate or check them. They do not follow the articles; the signs of towns do."
)

_METHOD_CORRECTED = (
    "Decisions of people, applied after the program had read the articles. Each is told on its "
    "card, or under Off the map, with what the program had read."
)


def _method(scene: Scene) -> list[list[str]]:
    parts = [list(part) for part in _METHOD]
    if scene.situation.given_areas:
        parts[-1].append(_METHOD_GIVEN)
    elif scene.situation.baseline:
        parts[-1].append(_METHOD_BASELINE)
    if scene.situation.decisions:
        parts.append(["Corrections", f"{counted(scene.situation.decisions)}.", _METHOD_CORRECTED])
    return parts


def _sides(
    scene: Scene,
    signs: list[dict[str, Any]],
    cards: list[dict[str, Any]],
    areas: list[dict[str, Any]],
) -> dict[str, Any]:
    used = {s.get(k) for s in [*signs, *cards] for k in ("side", "from", "target_side")}
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
    # A week of room even when all is of one day, so that the change can be seen.
    first = max(
        min(first, last - timedelta(days=_DAYS_BEFORE)), last - timedelta(days=MAX_DAYS - 1)
    )
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _span(shown: list[Event]) -> dict[str, Any] | None:
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


def _bars(situation: Situation, drawn: set[str], days: list[date]) -> list[dict[str, Any]]:
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


def _places(scene: Scene, shown: list[Event], signs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Towns to label: those of signs, of the ends of movements and links, and of the baseline."""
    found: dict[str, dict[str, Any]] = {}
    for row in scene.situation.baseline:
        found[row.place_id] = {
            "id": row.place_id,
            "name": row.place,
            "lat": round(row.lat, 4),
            "lon": round(row.lon, 4),
        }
    for event in shown:
        for place in event.places:
            if is_area(place) or place.lat is None or place.lon is None:
                continue
            found.setdefault(
                place_key(place),
                {
                    "id": place_key(place),
                    "name": shown_name(place),
                    "lat": round(place.lat, 4),
                    "lon": round(place.lon, 4),
                },
            )
    for sign in signs:
        # A town is called on the map as the article spells it.
        if sign.get("place") in found and sign.get("name"):
            found[sign["place"]]["name"] = sign["name"]
    return [
        {**p, "rank": rank_of(scene, p["id"]), "base": scene.sides.key(scene.before.get(p["id"]))}
        for _, p in sorted(found.items())
    ]


def _inset(
    scene: Scene, shown: list[Event], bbox: tuple[float, float, float, float]
) -> dict[str, Any] | None:
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
    entry = scene.atlas.get(place.place_id) if place.place_id else None
    return int(entry.population or 0) if entry is not None else 0


def _within(place: ClaimPlace, west: float, south: float, east: float, north: float) -> bool:
    if place.lat is None or place.lon is None:
        return False
    return bool(south <= place.lat <= north and west <= place.lon <= east)


def _is_event_point(kind: Kind) -> bool:
    return kind.value not in {"displacement", "return", "supply_line"}
