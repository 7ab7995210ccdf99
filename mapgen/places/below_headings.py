"""The province or district in the heading above a name, and what lies in it.

A text and its georeferences come in; the areas of its headings go out, and the names that mean
places in them. "RAKHINE. Soldiers burned X": X lies in Rakhine.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

import shapely
import shapely.ops

from gazetteer.distance import distance_km
from mapgen.places.stated_areas import area_named
from mapgen.places.village_ground import NEAR_KM, is_known_town, lies_in, villages_in
from mapgen.reading.passages import paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer import Gazetteer
    from gazetteer.records import Place
    from gazetteer.villages import Village
    from mapgen.places.georeference import Georeference
    from mapgen.places.village_ground import Ground
    from mapgen.reading.passages import Paragraph

BORDER_KM = 25.0
"""Our own choice: a section on a province also tells of villages this near to its border."""

_COAST_KM = 5.0  # outlines leave out islands and river mouths
_AREAS = frozenset({"ADM1", "ADM2"})
_KIND_OF_AREA = (
    r"(?:\s(?:State|Province|Region|Governorate|Oblast|District|County|Department|Zone))"
)
_OPENING = re.compile(r"[\s#*_•·▪-]*")
_OPENED = re.compile(
    rf"{_KIND_OF_AREA}?(?:\s\([A-Za-z -]{{2,20}}\))?[*_]*(?:[.:]|\s[–—-])[*_]*\s", re.IGNORECASE
)
_NAME_ALONE = re.compile(
    r"[\s#*:.\d()-]*(?:(?:Central|Northern|Southern|Eastern|Western|North|South|East|West)\s)?"
    rf"{_KIND_OF_AREA}?[\s*:]*",
    re.IGNORECASE,
)


def areas_of_headings(
    references: Sequence[Georeference], text: str, country: str, gazetteer: Gazetteer
) -> list[tuple[int, Georeference | None]]:
    """Return where headings stand, with the province or district that a heading names alone.

    Below "Rakhine" or "Kayah State" the villages of that area are meant, up to the next heading. A
    paragraph that opens with an area, "SAGAING REGION. An army column ...", is all in that area. If
    other paragraphs open with areas, "MAGWAY." is the province, not the town of its name.

    Parameters
    ----------
    references
        Georeferences of the text, in reading order.
    text
        The text.
    country
        Subject country (ISO 3166-1 alpha-2).
    gazetteer
        Gazetteer in which provinces are looked up.

    Returns
    -------
    list of tuple
        Offsets in reading order, from which the area holds; None where none does.
    """
    places = {r.start: r for r in references if r.place is not None}
    areas = {s: r for s, r in places.items() if r.place and r.place.feature in _AREAS}
    found: list[tuple[int, Georeference | None]] = []
    towns: list[tuple[int, int, Georeference]] = []
    above = None  # the area of the last heading
    for p in paragraphs(text):
        if p.skip == "heading":
            above = _area_alone(areas, text, p)
            found.append((p.start, above))
        elif (first := _opening(places, text, p)) is None:
            continue
        elif first.start in areas:
            found += [(p.start, first), (p.end, above)]
        elif first.surface.isupper():
            towns.append((p.start, p.end, first))
    if any(area is not None for _, area in found):
        for start, end, town in towns:
            province = area_named(town.surface, country, gazetteer)
            if province is not None:
                found += [(start, replace(town, place=province)), (end, None)]
    return sorted(found, key=lambda heading: heading[0])


def _area_alone(
    areas: Mapping[int, Georeference], text: str, heading: Paragraph
) -> Georeference | None:
    """Return the area that a heading names, if it says nothing else."""
    inside = [areas[start] for start in areas if heading.start <= start < heading.end]
    if len(inside) != 1:
        return None
    rest = text[heading.start : inside[0].start] + text[inside[0].end : heading.end]
    return inside[0] if _NAME_ALONE.fullmatch(rest) else None


def _opening(
    places: Mapping[int, Georeference], text: str, paragraph: Paragraph
) -> Georeference | None:
    """Return the name that opens a paragraph and is set off from the rest: "SAGAING. Troops"."""
    opening = _OPENING.match(text, paragraph.start, paragraph.end)
    first = places.get(opening.end() if opening else paragraph.start)
    if first is None or _OPENED.match(text, first.end, paragraph.end) is None:
        return None
    return first


def section_of(
    headings: Sequence[tuple[int, Georeference | None]], offset: int
) -> Georeference | None:
    """Return the area that the last heading before an offset names, or None.

    Parameters
    ----------
    headings
        Headings returned by `areas_of_headings`.
    offset
        An offset in the text.
    """
    at = bisect_right(headings, offset, key=lambda heading: heading[0]) - 1
    return headings[at][1] if at >= 0 else None


def in_section(villages: Sequence[Village], ground: Ground) -> list[Village]:
    """Return the villages in the area of the heading above their name; none without a heading.

    Parameters
    ----------
    villages
        Villages of one name.
    ground
        What the article says besides the name.
    """
    section = ground.section
    if section is None or section.place is None:
        return []
    inside = villages_in(villages, section)
    islands = [
        v
        for v in villages
        if v.place.admin1 is None and _km_outside(v.place, section.place, ground) <= _COAST_KM
    ]
    return inside + [v for v in islands if v not in inside]


def not_in_section(r: Georeference, ground: Ground, text: str) -> Georeference | None:
    """Return a name whose place lies outside the area of its heading, open again, or None.

    A town that is known by its name alone stays, and so does a place near what else is told, unless
    the text calls it a village.

    Parameters
    ----------
    r
        A name with its place.
    ground
        What the article says besides it.
    text
        The text.
    """
    section = ground.section.place if ground.section is not None else None
    if section is None or r.place is None or lies_in(r.place, section) or ground.is_stated:
        return None
    if not text.startswith(" village", r.end) and not _is_out_of_reach(r, ground, text):
        return None
    return _opened(r, section)


def within_reach(r: Georeference, ground: Ground, text: str) -> Georeference:
    """Return a name, open if the small place found for it is out of reach of its heading.

    Parameters
    ----------
    r
        A name, perhaps with its place.
    ground
        What the article says besides it.
    text
        The text.
    """
    section = ground.section.place if ground.section is not None else None
    if section is None or not _is_out_of_reach(r, ground, text):
        return r
    return _opened(r, section)


def _opened(r: Georeference, section: Place) -> Georeference:
    """Return a name without its place, since it lies in no area of this name."""
    reason = f"no village of the name {r.surface} is known in {section.name}"
    return replace(r, place=None, score=0.0, method="words", reason=reason, is_unlisted=True)


def _is_out_of_reach(r: Georeference, ground: Ground, text: str) -> bool:
    """Whether a small place of the country is far from its section and from what is told there."""
    place, section = r.place, ground.section
    if place is None or section is None or section.place is None:
        return False
    is_small = place.precision == "settlement" and not is_known_town(place)
    if not is_small or place.country != ground.country or ground.is_stated:
        return False
    if _is_in_other_area(r, place, section, ground, text):
        return False
    if _km_outside(place, section.place, ground) <= BORDER_KM:
        return False
    others = [s for s in ground.company if s != (place.lat, place.lon)]
    return all(distance_km(place.lat, place.lon, *s) > NEAR_KM for s in others)


def _is_in_other_area(
    r: Georeference, place: Place, section: Georeference, ground: Ground, text: str
) -> bool:
    """Whether the section names another area, in which a place lies: "in Chin State, X fell"."""
    line_end = text.find("\n", r.end, r.end + _LINE)
    until = line_end if line_end >= 0 else r.end + _LINE
    return any(
        lies_in(place, a.place)
        for a in ground.areas
        if a.place is not None and section.end <= a.start < until and a.place.id != place.id
    )


_LINE = 200  # characters behind a name in which its area may still be named


def _km_outside(place: Place, area: Place, ground: Ground) -> float:
    """Return how far a place lies outside an area, in km; 0 inside it."""
    if lies_in(place, area):
        return 0.0
    outline = ground.gazetteer.geometry(area.id)
    if outline is None:
        return distance_km(place.lat, place.lon, area.lat, area.lon)
    at, _ = shapely.ops.nearest_points(outline, shapely.Point(place.lon, place.lat))
    return distance_km(place.lat, place.lon, at.y, at.x)
