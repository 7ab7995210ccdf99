"""Resolve unlisted places to areas by the words beside their names.

"The village of Xqqrt in Homs" lies somewhere in Homs province, and "Xqqrt, 20 km south of Tokmak"
in an area south of Tokmak. The georeferences of an article come in, and go out with such areas,
never points, for the names without a place. The province or town that only says where such a place
lies is left out, since it is not a second place of the event.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import shapely
import shapely.ops

from gazetteer.areas import normal_direction
from gazetteer.distance import KM_PER_MILE, distance_km
from gazetteer.spelling import without_possessive
from gazetteer.worded_areas import MOST_KM, between_id, near_id, within_id
from mapgen.places.near_words import (
    BETWEEN,
    DISTANCE,
    OTHER_END,
    TOWARDS,
    is_beside,
)
from mapgen.places.stated_areas import CONTAINER_GAP, LIST_GOES_ON, area_behind, end_of_list
from mapgen.places.village_ground import SAME_KM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer import Gazetteer
    from gazetteer.records import Place
    from mapgen.places.georeference import Geoparse, Georeference

_AREAS = frozenset({"district", "province"})
_POINTS = frozenset({"settlement", "site"})
_BORDER_KM = 10.0  # a town on the border of two provinces may be listed in the other
_DISTRICT_BORDER_KM = 25.0  # our own choice: what was merged into a district lies this near it
_SURE = 0.9  # candidates must score more than this, which leaves out looser spellings
_IN_FRONT = re.compile(r"(?:^|[.!?:\n]\s*)In\s(?:the\s)?(?:\w+\s)?$")
_BOTH = re.compile(r"\b(?:all|both)\b")
_DISTRICT_OF = re.compile(r"(?:\s[a-z]+)?(?:,\s|\s(?:of|in)\s)(?:the\s)?")
_COMMA = re.compile(r"(?:\s[a-z]+)?,\s")
_SENTENCE_END = re.compile(r"[.!?]\s|\n")


def placed_by_words(found: Geoparse, text: str, gazetteer: Gazetteer) -> Geoparse:
    """Return a geoparse in which unresolved names have areas, where the text describes them.

    Parameters
    ----------
    found
        Geoparse returned by `mapgen.places.village_names.with_villages`.
    text
        Text of the article.
    gazetteer
        Gazetteer in which the areas, and the villages in them, are looked up.

    Returns
    -------
    Geoparse
        Without the areas and towns that only say where such a place lies.
    """
    references = list(found.references)
    used: set[int] = set()  # indices of references that only say where another place lies
    placed: dict[int, Georeference] = {}
    for i, r in enumerate(references):
        if not r.is_open:
            continue
        one = _placed(i, references, text, gazetteer)
        if one is not None:
            placed[i], anchors = one
            used.update(anchors)
    if not placed:
        return found
    same = _once_for_all(placed.values())
    out = []
    for i, r in enumerate(references):
        if i in placed:
            out.append(placed[i])
        elif r.is_open and r.surface in same:
            out.append(_as(r, same[r.surface]))
        elif i not in used:
            out.append(r)
    return replace(found, references=tuple(out))


def _once_for_all(placed: Iterable[Georeference]) -> dict[str, Georeference]:
    """Return the names that the text places in only one area, each with a georeference."""
    found: dict[str, set[str]] = {}
    by_name: dict[str, Georeference] = {}
    for r in placed:
        if r.place is not None:
            found.setdefault(r.surface, set()).add(r.place.id)
            by_name.setdefault(r.surface, r)
    return {name: r for name, r in by_name.items() if len(found[name]) == 1}


def _as(r: Georeference, other: Georeference) -> Georeference:
    """Return the georeference of another mention of the same name, with the span of this one."""
    return replace(other, start=r.start, end=r.end, surface=r.surface)


def _placed(
    i: int, references: Sequence[Georeference], text: str, gazetteer: Gazetteer
) -> tuple[Georeference, tuple[int, ...]] | None:
    """Return a name with its area, and the indices of the references that describe the area."""
    r = references[i]
    last = end_of_list(references, i, text)
    if last + 1 < len(references):
        is_own = not _is_of_last_alone(i, last, references, text)
        beside = _beside(r, last, references, text, gazetteer) if is_own else None
        if beside is not None:
            return beside
        area = _area_behind(last, references, text)
        if area is not None:
            found = _within(r, area, gazetteer)
            return (found, _around(last + 1, references, text)) if found is not None else None
        owned = area_behind(references, last, text)  # "in Congo's Bas-Uele province"
        if owned is not None and owned.place is not None and references[last + 1] is not owned:
            found = _within(r, owned.place, gazetteer)
            return (found, (last + 1, last + 2)) if found is not None else None
    j = _area_in_front(i, references, text)
    area = references[j].place if j is not None else None
    if j is not None and area is not None and area.precision in _AREAS:
        found = _within(r, area, gazetteer)
        return (found, (j,)) if found is not None else None
    return None


def _is_of_last_alone(i: int, last: int, references: Sequence[Georeference], text: str) -> bool:
    """Whether a direction behind a list may hold for its last name alone, which is known.

    In "Xqqrt and Kutkai, north of Lashio" that may be said of Kutkai, in "Xqqrt and Kutkai, both
    north of Lashio" it is said of both.
    """
    if last == i or references[last].place is None:
        return False
    gap = text[references[last].end : references[last + 1].start]
    return TOWARDS.fullmatch(gap) is not None and _BOTH.search(gap) is None


def _around(i: int, references: Sequence[Georeference], text: str) -> tuple[int, ...]:
    """Return the number of an area, and of that around it: "in Svatove district of Luhansk"."""
    after = references[i + 1] if i + 1 < len(references) else None
    if after is None or after.place is None or after.place.precision != "province":
        return (i,)
    return (i, i + 1) if _DISTRICT_OF.fullmatch(text[references[i].end : after.start]) else (i,)


def _area_behind(last: int, references: Sequence[Georeference], text: str) -> Place | None:
    """Return the district or province that follows a name and contains the place."""
    inner, outer = references[last], references[last + 1]
    if outer.place is None or outer.place.precision not in _AREAS:
        return None
    gap = text[inner.end : outer.start]
    if not CONTAINER_GAP.fullmatch(gap):
        return None
    is_list = gap == ", " and LIST_GOES_ON.match(text[outer.end : outer.end + 8])
    return None if is_list and not _ends_address(last + 1, references, text) else outer.place


def _ends_address(i: int, references: Sequence[Georeference], text: str) -> bool:
    """Return whether a province or country follows an area: "Xqqrt, Hama, Syria"."""
    if i + 1 >= len(references):
        return False
    after = references[i + 1].place
    return (
        after is not None
        and after.precision in {"country", "province"}
        and text[references[i].end : references[i + 1].start] == ", "
    )


def _area_in_front(i: int, references: Sequence[Georeference], text: str) -> int | None:
    """Return the index of the area that opens the sentence, as in "In Homs province,"."""
    for j in range(i - 1, -1, -1):
        r = references[j]
        between = text[r.end : references[i].start]
        if _SENTENCE_END.search(between):
            return None
        if _COMMA.match(between) and _IN_FRONT.search(text[max(0, r.start - 40) : r.start]):
            return j
    return None


def _within(r: Georeference, area: Place, gazetteer: Gazetteer) -> Georeference | None:
    """Return a name as a place somewhere in an area, or in its province if it has no outline."""
    holds: Place | None = area
    if gazetteer.geometry(area.id) is None:
        holds = gazetteer.get(f"iso:{area.admin1}") if area.admin1 else None
    if holds is None or gazetteer.geometry(holds.id) is None:
        return None
    town = _on_border(r, holds, gazetteer)
    if town is not None:
        return _with_place(r, town, "the only one of its name at the border of the area stated")
    return _with_place(r, gazetteer.get(within_id(r.surface, holds.id)), "somewhere in an area")


def _with_place(r: Georeference, place: Place | None, method: str) -> Georeference | None:
    """Return a georeference with a place, or None if there is no place."""
    if place is None:
        return None
    return r.resolved(place, method, score=0.5, candidates=(place.id,))


def _beside(
    r: Georeference,
    last: int,
    references: Sequence[Georeference],
    text: str,
    gazetteer: Gazetteer,
) -> tuple[Georeference, tuple[int, ...]] | None:
    """Return a name as a place near a town or between two, and the indices of the towns."""
    anchor = references[last + 1]
    if not _is_point(anchor):
        return None
    gap = text[references[last].end : anchor.start]
    if BETWEEN.fullmatch(gap):
        other = references[last + 2] if last + 2 < len(references) else None
        if other is None or not OTHER_END.fullmatch(text[anchor.end : other.start]):
            return None
        place_id = _between(r, anchor, other)
        anchors: tuple[int, ...] = (last + 1, last + 2)
    else:
        after = text[anchor.end : anchor.end + 20]
        place_id, anchors = _near(r, anchor, gap, after), (last + 1,)
    if place_id is None:
        return None
    village = _village_there(r, anchor, place_id, gazetteer)
    if village is not None:
        found = _with_place(r, village, "the only one of its name near the place stated")
    else:
        found = _with_place(r, gazetteer.get(place_id), "an area given by words")
    return (found, anchors) if found is not None else None


def _is_point(r: Georeference) -> bool:
    """Return whether a name was resolved to a settlement or site in a known country."""
    return r.place is not None and r.place.precision in _POINTS and r.place.country is not None


def _between(r: Georeference, anchor: Georeference, other: Georeference) -> str | None:
    """Return the id of the area between two places, or None if they lie too far apart."""
    one, two = anchor.place, other.place
    if one is None or two is None or not _is_point(other) or one.country is None:
        return None
    if distance_km(one.lat, one.lon, two.lat, two.lon) > 2 * MOST_KM:
        return None
    return between_id(
        r.surface,
        replace(one, name=anchor.surface),
        replace(two, name=other.surface),
        one.country,
    )


def _near(r: Georeference, anchor: Georeference, gap: str, after: str) -> str | None:
    """Return the id of the area that the words around a name and a town describe, or None."""
    place = anchor.place
    if place is None or place.country is None:
        return None
    named = replace(place, name=anchor.surface)  # as spelt in the article
    match = DISTANCE.fullmatch(gap)
    if match is not None:
        km = float(match["km"]) * (KM_PER_MILE if match["unit"].startswith("mi") else 1.0)
        direction = normal_direction(match["direction"] or "") or ""
        if not 0 < km <= MOST_KM:
            return None
        return near_id(r.surface, named, place.country, km=round(km, 1), direction=direction)
    match = TOWARDS.fullmatch(gap)
    if match is not None:
        direction = normal_direction(match["direction"]) or ""
        return near_id(r.surface, named, place.country, direction=direction)
    return near_id(r.surface, named, place.country) if is_beside(gap, after) else None


def _village_there(
    r: Georeference, anchor: Georeference, place_id: str, gazetteer: Gazetteer
) -> Place | None:
    """Return the village with this name in the described area, if there is exactly one."""
    outline = gazetteer.geometry(place_id)
    country = anchor.place.country if anchor.place is not None else None
    if outline is None or country is None:
        return None
    known = _bearers(r, country, gazetteer)
    inside = [p for p in known if outline.covers(shapely.Point(p.lon, p.lat))]
    apart = [
        p for p in inside[1:] if distance_km(p.lat, p.lon, inside[0].lat, inside[0].lon) > SAME_KM
    ]
    return inside[0] if inside and not apart else None


def _bearers(r: Georeference, country: str, gazetteer: Gazetteer) -> list[Place]:
    """Return the settlements of a country that bear a name."""
    name = without_possessive(r.surface)
    listed = [
        c.place for c in gazetteer.lookup(name, country=country, limit=200) if c.score > _SURE
    ]
    known = [p for p in listed if p.precision == "settlement"]
    return known + [v.place for v in gazetteer.villages(name, country)]


def _on_border(r: Georeference, area: Place, gazetteer: Gazetteer) -> Place | None:
    """Return the only settlement with a name at the border of an area, on its other side.

    Districts are merged and cut more often, so that what was their neighbour counts as well, if it
    is in the same area.
    """
    outline = gazetteer.geometry(area.id)
    if outline is None or area.country is None:
        return None
    is_district = area.precision == "district"
    reach = _DISTRICT_BORDER_KM if is_district else _BORDER_KM
    near = []
    for place in _bearers(r, area.country, gazetteer):
        if outline.covers(shapely.Point(place.lon, place.lat)):
            return None  # it lies inside, so there was another reason not to choose it
        at, _ = shapely.ops.nearest_points(outline, shapely.Point(place.lon, place.lat))
        is_ours = not is_district or place.admin1 == area.admin1
        if is_ours and distance_km(place.lat, place.lon, at.y, at.x) <= reach:
            near.append(place)
    apart = [p for p in near[1:] if distance_km(p.lat, p.lon, near[0].lat, near[0].lon) > SAME_KM]
    return near[0] if near and not apart else None
