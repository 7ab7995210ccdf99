"""Whether a name that a town and the district around it bear means the one or the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from mapgen.places.toponyms import says_area, says_district

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.records import Place
    from mapgen.places.georeference import Georeference

SEAT_OF_DISTRICT = "the town that the district is named after"
DISTRICT_KM = 100.0  # how far the point of a district lies from a town of its name at most


def town_or_district(r: Georeference, text: str, gazetteer: Gazetteer) -> Georeference:
    """Return the town where a bare name was read as the district around it."""
    place = r.place
    if place is not None and says_district(text, r.start, r.end):
        return _district(r, place, gazetteer)
    if place is None or place.feature != "ADM2" or says_area(text, r.start, r.end):
        return r
    town = gazetteer.seat(place.id, r.surface)
    if town is None:
        return r
    ids = (town.id, *(i for i in r.candidates if i != town.id))
    return replace(r, place=town, candidates=ids, method=SEAT_OF_DISTRICT)


def _district(r: Georeference, place: Place, gazetteer: Gazetteer) -> Georeference:
    """Return the district of a name, where the words ask for it and there is one near."""
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
    if seat is not None:  # where people look for a district, and where its offices are
        district = replace(district, lat=seat.lat, lon=seat.lon)
    method = "the district that the words ask for"
    return replace(r, place=district, candidates=(district.id, place.id), method=method)
