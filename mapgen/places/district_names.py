"""Choose between a town and the district or province of the same name around it.

A georeference and its article come in. The georeference goes out with the town or the area,
as the words beside the name suggest.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from mapgen.places.toponyms import PROVINCE_BEHIND, says_area, says_district

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from gazetteer.records import Place
    from mapgen.places.georeference import Georeference

IN_AREA_STATED = "the town in the area stated"
SEAT_OF_DISTRICT = "the town that the district is named after"
DISTRICT_KM = 100.0  # longest distance between the point of a district and a town of its name
_TOWN_OF = re.compile(r"\b(?:city|mayor|municipality|town|village)\sof\s(?:the\s)?$")
# but "shelling across Khartoum" is of the city
_ALL_OF_IT = re.compile(
    r"\b(?:displace\w*|uprooted)\b[^.;]{0,30}\b(?:across|all over|throughout|within)\s(?:the\s)?$"
)


def town_or_province(r: Georeference, text: str, gazetteer: Gazetteer) -> Georeference:
    """Return a town as its province of the same name if the words beside it ask for that.

    One name means one place all through an article, unless the words say otherwise: after "They
    attacked Mopti", "in Mopti region" and "displaced across Mopti" still mean the province.

    Parameters
    ----------
    r
        Georeference of a toponym.
    text
        Text of the article.
    gazetteer
        Gazetteer with the provinces.
    """
    place = r.place
    if place is None or place.admin1 is None:
        return r
    if place.feature == "ADM1" and PROVINCE_BEHIND.match(text, r.end):
        wider = _around_city(place, gazetteer)
        ids = (wider.id, *(i for i in r.candidates if i != wider.id))
        return r if wider.id == place.id else replace(r, place=wider, candidates=ids)
    if place.precision != "settlement":
        return r
    before = text[max(0, r.start - 60) : r.start]
    if not (PROVINCE_BEHIND.match(text, r.end) or _ALL_OF_IT.search(before)):
        return r
    province = gazetteer.get(f"iso:{place.admin1}")
    if province is None or r.surface not in {province.name, *province.names}:
        return r
    province = _around_city(province, gazetteer)
    method = "the province that the words ask for"
    return replace(r, place=province, candidates=(province.id, place.id), method=method)


def _around_city(province: Place, gazetteer: Gazetteer) -> Place:
    """Return the province around a city that is a unit of its own, or the province itself.

    "Kyiv region" and "Minsk region" are around the cities, which are units of the same level.
    """
    alike = [
        c.place
        for c in gazetteer.lookup(province.name, country=province.country, limit=20)
        if c.place.feature == "ADM1" and c.level in {"exact", "folded"}
    ]
    outlines = {p.id: (p, gazetteer.geometry(p.id)) for p in (province, *alike)}
    known = [(outline.area, p.id) for p, outline in outlines.values() if outline is not None]
    return outlines[max(known)[1]][0] if len(known) > 1 else province


def town_or_district(r: Georeference, text: str, gazetteer: Gazetteer) -> Georeference:
    """Return a georeference with the town or the district that its words ask for.

    Parameters
    ----------
    r
        Georeference of a toponym.
    text
        Text of the article.
    gazetteer
        Gazetteer that knows the seats of districts.

    Returns
    -------
    Georeference
        With a district if the words ask for one ("Masisi territory"), with the seat of a district
        if a bare name was resolved to the district, else unchanged.
    """
    place = r.place
    if place is not None and says_district(text, r.start, r.end):
        return _district(r, place, gazetteer)
    if place is None:
        return r
    is_town = place.feature == "ADM1" and bool(_TOWN_OF.search(text[: r.start][-40:]))
    if not is_town and (place.feature != "ADM2" or says_area(text, r.start, r.end)):
        return r
    town = gazetteer.seat(place.id, r.surface)
    if town is None:
        return r
    ids = (town.id, *(i for i in r.candidates if i != town.id))
    return replace(r, place=town, candidates=ids, method=SEAT_OF_DISTRICT)


def _district(r: Georeference, place: Place, gazetteer: Gazetteer) -> Georeference:
    """Return the georeference with the district of its name, if there is one nearby."""
    if place.feature == "ADM2":
        return r
    near = [
        c.place
        for c in gazetteer.lookup(f"{r.surface} district", country=place.country, limit=20)
        if c.place.feature == "ADM2"
        and c.level in {"exact", "folded", "articles"}
        and distance_km(c.place.lat, c.place.lon, place.lat, place.lon) <= DISTRICT_KM
    ]
    if not near:
        return r
    district = near[0]
    seat = gazetteer.seat(district.id, r.surface)
    if seat is not None:  # readers look for a district at its seat, where its offices are
        district = replace(district, lat=seat.lat, lon=seat.lon)
    method = "the district that the words ask for"
    return replace(r, place=district, candidates=(district.id, place.id), method=method)


def town_all_through(references: Sequence[Georeference], text: str) -> list[Georeference]:
    """Return the names, each bare one of a province as the town that the text says it means.

    After "Isabela, in Basilan" the town is meant by "left Isabela", but not by "Isabela province".

    Parameters
    ----------
    references
        Georeferences of the text.
    text
        The text.
    """
    towns = {
        r.surface: r
        for r in references
        if r.method == IN_AREA_STATED and r.place is not None and r.place.precision == "settlement"
    }
    out = []
    for r in references:
        town = towns.get(r.surface)
        is_bare = r.place is not None and not says_area(text, r.start, r.end)
        gives_way = is_bare and r.place is not None and r.place.precision == "province"
        if gives_way and town is not None and r.place and r.place.id in town.candidates:
            r = replace(town, start=r.start, end=r.end)  # noqa: PLW2901
        out.append(r)
    return out
