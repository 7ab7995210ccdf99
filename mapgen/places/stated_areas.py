"""Areas that the text puts a place in: "Morek, Hama", "Marinka in Ukraine's Donetsk region"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from mapgen.places.village_ground import BIG_TOWN, FAR_KM, POINTS, TOWN, Ground, lies_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer import Gazetteer
    from gazetteer.records import Place
    from mapgen.places.georeference import Georeference

_AREAS = frozenset({"ADM1", "ADM2"})
# what stands between a place and the area around it: a comma, a bracket, the word "in"
_INSIDE_OF = (
    r"(?:[A-Z][a-z]+\s)?"  # "in the Congolese province of"
    r"(?:countryside|suburbs|outskirts|district|province|region|governorate|state|territory|zone)"
    r"\sof\s"
)
_APPOSITION = (
    r"(?:an?|the)\s(?:[a-z-]+\s){0,2}(?:capital|city|hamlet|locality|port|settlement|town|village)"
)
CONTAINER_GAP = re.compile(
    r"(?:\s(?:camp|city|hamlet|settlement|town|village))?"
    rf"(?:,\s(?:(?:in|of)\s(?:the\s)?(?:{_INSIDE_OF})?)?"
    rf"|\s\((?:{_APPOSITION}\s(?:in|of)\s(?:the\s)?(?:{_INSIDE_OF})?)?"
    rf"|(?:,\s{_APPOSITION})?,?\s(?:in|inside)\s(?:the\s)?(?:[a-z]+\s)?(?:{_INSIDE_OF})?"
    rf"|,\s{_APPOSITION}\sof\s(?:the\s)?)"
)
_ITS_OWN = re.compile(r"['’]s\s(?:[a-z-]+\s){0,2}")  # "in Ukraine's Donetsk region"
LIST_GOES_ON = re.compile(r",?\s(?:and|or)\s|,\s(?:and\s)?[A-Z]")
PIECE = r"[A-Z][\w'’]+"
_ABROAD = re.compile(
    rf"(?:,?\s(?:and|or)\s{PIECE}|,\s{PIECE})*,?\s(?:(?:across|over)\sthe\sborder\s)?(?:in|inside)\s"
    rf"(?:the\s|neighbou?ring\s)?(?P<name>{PIECE}(?:\s{PIECE})*)"
)


def is_put_abroad(r: Georeference, text: str, ground: Ground) -> bool:
    """Return whether the text states another country: "Fassala, across the border in X"."""
    match = _ABROAD.match(text, r.end)
    if match is None:
        return False
    named = ground.gazetteer.namesakes(match["name"])
    countries = {n.country for n in named if n.feature == "PCLI"}
    return bool(countries) and ground.country not in countries


def areas_named(references: Iterable[Georeference]) -> tuple[Georeference, ...]:
    """Return the provinces and districts that the article names."""
    return tuple(r for r in references if r.place is not None and r.place.feature in _AREAS)


def is_elsewhere(r: Georeference, area: Georeference, ground: Ground) -> bool:
    """Whether a place lies outside the area of the country that the text puts it in.

    "Kahira, Masisi territory" is not Cairo. A big town of the country stays: its province may have
    been cut since the list was made.
    """
    place = r.place
    if place is None or area.place is None or area.place.country != ground.country:
        return False
    if place.country != ground.country:
        return place.precision != "country"
    if place.precision not in POINTS or (place.population or 0) >= BIG_TOWN:
        return False
    km = distance_km(place.lat, place.lon, area.place.lat, area.place.lon)
    return not lies_in(place, area.place) and km > FAR_KM


def with_areas_behind(
    references: Sequence[Georeference], text: str, country: str, gazetteer: Gazetteer
) -> list[Georeference]:
    """Resolve the second name of "Morek, Hama" to the province or district around the first."""
    out = list(references)
    for i in range(1, len(out)):
        inner, outer = out[i - 1], out[i]
        if not (outer.is_open or (outer.place and outer.place.precision in POINTS)):
            continue
        if not CONTAINER_GAP.fullmatch(text[inner.end : outer.start]):
            continue
        if LIST_GOES_ON.match(text[outer.end : outer.end + 8]) and not _ends_in_country(
            out, i, text
        ):
            continue
        area = area_named(outer.surface, country, gazetteer)
        may_be = area is not None and (
            inner.is_open or (inner.place is not None and _may_lie_in(inner.place, area))
        )
        if not may_be:
            area = _area_abroad(inner, outer, country, gazetteer)
        if area is None:
            continue
        if outer.place is not None and outer.place.id == area.id:
            area = outer.place  # with the point of its seat
        out[i] = outer.resolved(
            area, "the area behind a place", score=max(outer.score, 0.6), candidates=(area.id,)
        )
    return out


def _area_abroad(
    inner: Georeference, outer: Georeference, country: str, gazetteer: Gazetteer
) -> Place | None:
    """Return the province around a place abroad: Iraq's, behind "Ramadi (the city in Anbar"."""
    place = inner.place
    if place is None or place.country in {country, None} or place.precision not in POINTS:
        return None
    if outer.place is not None and outer.place.country == place.country:
        return None
    area = area_named(outer.surface, place.country or "", gazetteer)
    return area if area is not None and lies_in(place, area) else None


def _ends_in_country(references: Sequence[Georeference], i: int, text: str) -> bool:
    """Return whether the next name is a country that ends an address: "Morek, Hama, Syria"."""
    after = references[i + 1] if i + 1 < len(references) else None
    return (
        after is not None
        and after.place is not None
        and after.place.precision == "country"
        and text[references[i].end : after.start] == ", "
    )


def area_named(name: str, country: str, gazetteer: Gazetteer) -> Place | None:
    """Return the province, else the district, of a name in a country.

    Parameters
    ----------
    name
        Name as written.
    country
        ISO 3166-1 alpha-2 code.
    gazetteer
        Gazetteer in which the name is looked up.
    """
    found = [
        c.place
        for c in gazetteer.lookup(name, country=country, limit=20)
        if c.place.country == country and c.level in {"exact", "folded", "articles"}
    ]
    for feature in ("ADM1", "ADM2"):
        for place in found:
            if place.feature == feature:
                return place
    return None


def _may_lie_in(place: Place, area: Place) -> bool:
    """Whether a name before an area's may mean a place in it, though another was chosen."""
    if (place.population or 0) >= TOWN:
        return lies_in(place, area)
    return place.country != area.country or place.precision in POINTS


def area_behind(references: Sequence[Georeference], i: int, text: str) -> Georeference | None:
    """Return the name behind the i-th, where it says in which area a place lies.

    The country may stand between them: "Marinka in Ukraine's Donetsk region".
    """
    at = references[i].end
    gap = CONTAINER_GAP
    for behind in references[i + 1 : i + 3]:
        if not gap.fullmatch(text[at : behind.start]) or behind.place is None:
            return None
        if behind.place.precision in {"province", "district"}:
            return behind
        if behind.place.precision != "country":
            return None
        at, gap = behind.end, _ITS_OWN
    return None


def is_list_of_provinces(r: Georeference, behind: Georeference, text: str) -> bool:
    """Whether a province and the next are two in a list: "Benue, Plateau and Nasarawa".

    Parameters
    ----------
    r
        A name with its place.
    behind
        The area behind it.
    text
        The text.
    """
    is_province = r.place is not None and r.place.precision == "province"
    is_comma = text[r.end : behind.start] == ", "
    return is_province and is_comma and LIST_GOES_ON.match(text, behind.end) is not None


def country_behind(references: Sequence[Georeference], i: int, text: str) -> str | None:
    """Return the country that the text puts the i-th name in: "Ndu, across the river in Congo".

    Parameters
    ----------
    references
        Georeferences of the text, in reading order.
    i
        Number of the name.
    text
        The text.
    """
    behind = references[i + 1].place if i + 1 < len(references) else None
    if behind is None or behind.precision != "country":
        return None
    gap = text[references[i].end : references[i + 1].start]
    return behind.country if _IN_COUNTRY.fullmatch(gap) else None


_IN_COUNTRY = re.compile(
    r",?\s(?:(?:just\s)?(?:across|over)\sthe\s(?:border|frontier|river)\s)?(?:in|inside)\s"
    r"(?:the\s)?(?:neighbou?ring\s)?"
)
_MEMBER_GAP = re.compile(r",\s(?:and\s)?|,?\s(?:and|or)\s")
_IN = re.compile(r"\s(?:in|inside)\s")


def area_of_list(references: Sequence[Georeference], i: int, text: str) -> Georeference | None:
    """Return the area behind the list that the i-th name is in: "A, B and C in X district".

    Parameters
    ----------
    references
        Georeferences of the text, in reading order.
    i
        Number of the name.
    text
        The text.

    Returns
    -------
    Georeference or None
        None for the last name of a list, whose area is that of `area_behind`.
    """
    last = end_of_list(references, i, text)
    area = area_behind(references, last, text) if last > i else None
    if area is None or not _IN.search(text[references[last].end : area.start]):
        return None  # "A, B, Homs" is a list of three
    return area


def end_of_list(references: Sequence[Georeference], i: int, text: str) -> int:
    """Return the number of the last name in a list of places from the i-th on.

    Parameters
    ----------
    references
        Georeferences of the text, in reading order.
    i
        Number of the name.
    text
        The text.
    """
    while i + 1 < len(references):
        one, other = references[i], references[i + 1]
        is_place = other.is_open or (other.place is not None and other.place.precision in POINTS)
        if not is_place or not _MEMBER_GAP.fullmatch(text[one.end : other.start]):
            break
        i += 1
    return i
