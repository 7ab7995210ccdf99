"""Choose, of the places that share a name, the one amid those named within a few lines of it.

A name with its small place comes in, with what the article says besides. It goes out as the place
amid its company, as open if several fit, or None if the company says nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from gazetteer.spelling import fold, without_possessive
from gazetteer.villages import packaged_countries
from mapgen.places.village_ground import (
    BIG_TOWN,
    CITY,
    CLEARLY,
    CLOSE_KM,
    FAR_KM,
    METROPOLIS,
    NEAR_KM,
    SAME_KM,
    SMALL_TOWN,
    TOWN,
    as_tie,
    as_village,
    is_known_town,
    lies_in,
    listed_towns,
    villages_in,
    written_alike,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.records import Place
    from gazetteer.villages import Village
    from mapgen.places.georeference import Georeference
    from mapgen.places.village_ground import Ground

AMID_KM = 25.0
"""Farthest from the nearest place in its company that one amid them lies."""

_TIMES = 5  # times as many inhabitants as the small place
CORE_KM = 30.0
"""Farthest from its middle that a place of a tight cluster lies."""
OFF_KM = 40.0
"""Farther than this from the whole of a tight cluster, a place lies off it."""
_NOWHERE = float("inf")  # km to the nearest of no places
_EXACT = frozenset({"exact", "folded"})


def amid_company(r: Georeference, ground: Ground) -> Georeference | None:
    """Return a name of a small place as the place of that name amid its company.

    Frontline towns are told in clusters: of two dozen villages called Vyshneve, the one some
    kilometres from the four towns of the same lines is meant, not a listed one at the other end of
    the country, nor one that only lies near a town of another paragraph.

    Parameters
    ----------
    r
        A name with its place.
    ground
        What the article says besides it.

    Returns
    -------
    Georeference or None
        None if the place may stay as it is.
    """
    place = r.place
    if place is None or not _may_be_another(r, place, ground):
        return None
    if is_out_of_list(place, ground):
        return _not_near(r)
    if is_spelt_and_far(r, ground):
        return _not_near(r)
    if is_off_company(r.surface, place, ground):
        return as_tie(r, tuple(p.id for p in (place, *bearers(r.surface, ground))[:5]))
    company = [s for s in ground.company if s != (place.lat, place.lon)]
    own = _away(place, company)
    if len(company) < 2:  # noqa: PLR2004 - one alone is no cluster
        return None
    if own <= AMID_KM:
        return r if "name of a village" in r.method and _is_amid(place, company) else None
    if (place.population or 0) >= BIG_TOWN and own <= FAR_KM:
        return None
    return _nearest_of_name(r, place, company, ground)


def _not_near(r: Georeference) -> Georeference:
    """Return a name as that of a place that no list has near those named with it."""
    reason = f"no {r.surface} is known near the places named with it"
    return replace(r, place=None, score=0.0, method="words", reason=reason, is_unlisted=True)


def is_spelt_and_far(r: Georeference, ground: Ground) -> bool:
    """Whether a name was read as a small place of another spelling far from what is named.

    "Hrekivka" beside the towns of one front is no Kharkivka at the other end of the country.

    Parameters
    ----------
    r
        A name with its place.
    ground
        What the article says besides it.
    """
    place = r.place
    if place is None or not r.method.startswith("skeleton") or (place.population or 0) >= TOWN:
        return False
    around = ground.in_company() if len(ground.company) > 1 else ground
    return NEAR_KM < around.km_away(place) < _NOWHERE


def bearers(name: str, ground: Ground) -> list[Place]:
    """Return the towns and villages of the country that bear a name, so written.

    Parameters
    ----------
    name
        Name as written.
    ground
        What the article says besides it.
    """
    name = without_possessive(name)
    villages = ground.gazetteer.villages(name, ground.country)
    alike = [v.place for v in villages if v.level in _EXACT]
    return list({p.id: p for p in (*listed_towns(name, ground), *alike)}.values())


def cluster(company: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return those of a company that lie close around one of them, if they are most of it.

    Parameters
    ----------
    company
        Points (lat, lon) of places named within a few lines.

    Returns
    -------
    list of tuple
        At least three points, or none.
    """
    around = ([t for t in company if distance_km(*s, *t) <= CORE_KM] for s in company)
    core = max(around, key=len, default=[])
    return core if len(core) >= _MANY and 2 * len(core) > len(company) else []


def is_off_company(name: str, place: Place, ground: Ground) -> bool:
    """Whether a village lies off the cluster named beside it, and others of its name hardly less.

    Then none of those that the lists have is meant: the one that is meant lies in the cluster.

    Parameters
    ----------
    name
        Name as written.
    place
        The village that was chosen for it.
    ground
        What the article says besides it.
    """
    core = cluster([s for s in ground.company if s != (place.lat, place.lon)])
    own = _away(place, core)
    if not core or own <= OFF_KM or ground.is_stated:
        return False
    if is_known_town(place):
        is_small = (place.population or 0) < SMALL_TOWN
        listed = set(ground.listed) & set(core)
        if not is_small or own <= NEAR_KM or len(listed) < 2:  # noqa: PLR2004 - one is no list
            return False
    others = [p for p in bearers(name, ground) if _km(p, place) > SAME_KM]
    nearest = min((_away(p, core) for p in others), default=_NOWHERE)
    if nearest <= OFF_KM:
        return False  # the one in the cluster is chosen by other rules
    return bool(others) and (own > NEAR_KM or nearest < CLEARLY * own)


def is_of_list_area(r: Georeference, area: Georeference | None, ground: Ground) -> bool:
    """Whether the area behind a list holds for a name in it that was taken to lie elsewhere.

    In "Makiivka and Nevske in Svatove district" no city of another region is meant, if the front
    that is told runs far from it; in "Kyiv and Bucha in Bucha district" the city is.

    Parameters
    ----------
    r
        A name in the list, before the last.
    area
        The province or district behind the list.
    ground
        What the article says besides the name.
    """
    place, within = r.place, area.place if area is not None else None
    if area is None or within is None or within.country != ground.country:
        return False
    has_one = _has_bearer(r.surface, area, within, ground)
    if place is None:
        return has_one
    is_away = place.country == ground.country and not lies_in(place, within)
    if not is_away or not _may_be_another(r, place, ground, most=METROPOLIS):
        return False
    if has_one and (place.population or 0) < BIG_TOWN:
        return True
    return within.precision == "district" and _is_far_from_cluster(r.surface, place, ground)


def _has_bearer(name: str, area: Georeference, within: Place, ground: Ground) -> bool:
    """Whether a town or village in an area bears a name, so written."""
    name = without_possessive(name)
    villages = ground.gazetteer.villages(name, ground.country)
    if any(v.level in _EXACT for v in villages_in(villages, area)):
        return True
    return any(lies_in(town, within) for town in listed_towns(name, ground))


def _is_far_from_cluster(name: str, place: Place, ground: Ground) -> bool:
    """Whether all that is told lies far from a town that shares its name with others."""
    core = cluster([s for s in ground.company if s != (place.lat, place.lon)])
    has_others = any(_km(p, place) > SAME_KM for p in bearers(name, ground))
    return has_others and NEAR_KM < _away(place, core) < _NOWHERE


def _may_be_another(r: Georeference, place: Place, ground: Ground, *, most: int = CITY) -> bool:
    """Whether a name may mean another place: what it means is no city, nor in an area stated."""
    if place.precision != "settlement" or place.country != ground.country:
        return False
    is_put = ground.is_stated or "inside the area" in r.method
    return not is_put and (place.population or 0) < most


def _nearest_of_name(
    r: Georeference, place: Place, company: Sequence[tuple[float, float]], ground: Ground
) -> Georeference | None:
    """Return a name as another place that bears it, clearly nearer to its company, or as open."""
    own = _away(place, company)
    name = without_possessive(r.surface)
    villages = ground.gazetteer.villages(name, ground.country)
    alike = written_alike(name, place, [v for v in villages if v.level in _EXACT])
    near = _near_of_name(r, place, alike, company, ground)
    if not near or own < CLEARLY * max(_away(near[0], company), SAME_KM):
        return None
    first, rivals = near[0], [p for p in near[1:] if _km(near[0], p) > SAME_KM]
    if (place.population or 0) >= BIG_TOWN and not _is_in_cluster(first, company):
        return None  # "freed Bahir Dar and Debre Birhan": towns all over a province
    alone = not rivals or _away(rivals[0], company) >= CLEARLY * max(_away(first, company), SAME_KM)
    if alone and _away(first, company) <= AMID_KM:
        village = next((v for v in alike if v.place.id == first.id), None)
        if village is not None:
            return as_village(r, village, alike, in_area=False)
        return replace(r, place=first, candidates=(first.id, place.id), method=NEARER)
    if own > FAR_KM and not is_known_town(place):
        return as_tie(r, tuple(p.id for p in (place, *near)[:5]))
    return None


def _near_of_name(
    r: Georeference,
    place: Place,
    alike: Sequence[Village],
    company: Sequence[tuple[float, float]],
    ground: Ground,
) -> list[Place]:
    """Return the other places of a name that lie amid its company, the nearest first."""
    towns = listed_towns(without_possessive(r.surface), ground)
    others = {p.id: p for p in (*towns, *(v.place for v in alike)) if p.id != place.id}
    ranked = sorted(others.values(), key=lambda p: (_away(p, company), p.id))
    return [p for p in ranked if _away(p, company) <= NEAR_KM and _is_amid(p, company)]


# "A, Tell B and C", where no list has B
_BETWEEN = re.compile(
    r"(?:,|,? and|,? or)(?: [A-Z][\w'’-]*(?: [A-Z][\w'’-]*)?(?:,|,? and))?"
    r"(?: the (?:town|village)s? of)? $"
)
LIST_KM = 60.0
"""Farthest apart that the other places of one list lie, so that they say where the list is."""

_MANY = 3  # places close together that say where the text is


def in_one_list(references: Sequence[Georeference], i: int, text: str) -> list[Georeference]:
    """Return the names in one list with the i-th: "captured A, and then B, C and D".

    Parameters
    ----------
    references
        Georeferences of the text, in reading order.
    i
        Number of the name.
    text
        The text.
    """
    found: list[Georeference] = []
    for step in (-1, 1):
        at = i
        while 0 <= at + step < len(references):
            first, then = sorted((references[at], references[at + step]), key=lambda r: r.start)
            if _BETWEEN.fullmatch(text[first.end : then.start]) is None:
                break
            at += step
            found.append(references[at])
    return found


def is_out_of_list(place: Place, ground: Ground) -> bool:
    """Whether a place lies far from all others of its list, which lie close together.

    Parameters
    ----------
    place
        A place that a name may mean.
    ground
        What the article says besides it.
    """
    others = [s for s in ground.listed if s != (place.lat, place.lon)]
    # a village that news do not name alone lies nearer to the others of its list than a town
    if not others or _away(place, others) <= (FAR_KM if is_known_town(place) else NEAR_KM):
        return False
    around = {*others, *ground.company} - {(place.lat, place.lon)}
    close = [s for s in around if distance_km(*others[0], *s) <= LIST_KM]
    return set(others) <= set(close) and len(close) >= _MANY


def _is_amid(place: Place, company: Sequence[tuple[float, float]]) -> bool:
    """Whether at least two of the places in a company lie around a place."""
    return sum(distance_km(place.lat, place.lon, *s) <= NEAR_KM for s in company) > 1


def _is_in_cluster(place: Place, company: Sequence[tuple[float, float]]) -> bool:
    """Whether most places of a company, and at least three, lie close around a place."""
    close = sum(distance_km(place.lat, place.lon, *s) <= CLOSE_KM for s in company)
    return close >= _MANY and close * 2 > len(company)


def _away(place: Place, company: Sequence[tuple[float, float]]) -> float:
    """Return the distance in km to the nearest place of a company, or infinity without any."""
    return min((distance_km(place.lat, place.lon, *s) for s in company), default=_NOWHERE)


def _km(one: Place, other: Place) -> float:
    return distance_km(one.lat, one.lon, other.lat, other.lon)


NEARER = "much nearer to the other places"


def much_nearer(r: Georeference, ground: Ground) -> Georeference | None:
    """Return a name resolved to a listed place much nearer to the article's other places.

    Parameters
    ----------
    r
        A name with its place.
    ground
        What the article says besides it.
    """
    if r.place is None:
        return None
    own = ground.km_away(r.place)
    ground = ground.without(r.place)  # the place in doubt is no evidence for others
    towns = [p for p in listed_towns(without_possessive(r.surface), ground) if p.id != r.place.id]
    town = min(towns, key=lambda p: (ground.km_away(p), p.id), default=None)
    if town is None or ground.km_away(town) > CLOSE_KM:
        return None
    if own < CLEARLY * max(ground.km_away(town), SAME_KM):
        return None
    return replace(r, place=town, candidates=(town.id, r.place.id), method=NEARER)


def big_town(r: Georeference, ground: Ground) -> Georeference | None:
    """Return a name resolved to the big town with this name, rather than to a small place.

    Parameters
    ----------
    r
        A name with its place.
    ground
        What the article says besides it.
    """
    name = without_possessive(r.surface)
    place = r.place
    if (
        ground.is_stated
        or place is None
        or place.precision != "settlement"
        or "inside the area" in r.method
        or (place.population or 0) >= TOWN
    ):
        return None
    towns = [
        c.place
        for c in ground.gazetteer.lookup(name, country=ground.country)
        if c.level in {"exact", "folded"} and _is_big(c.place, name, place, ground)
    ]
    if not towns:
        return None
    town = max(towns, key=lambda p: (p.population or 0, p.id))
    return replace(
        r, place=town, method="the big town of this name", candidates=(town.id, place.id)
    )


def _is_big(town: Place, name: str, small: Place, ground: Ground) -> bool:
    """Return whether a town is so big that its name means it, rather than a small place."""
    people = town.population or 0
    least = TOWN if fold(town.name) == fold(name) else BIG_TOWN
    if town.precision != "settlement" or people < max(least, _TIMES * (small.population or 0)):
        return False
    areas = [area.place for area in ground.areas if area.place is not None]
    if ground.country not in packaged_countries():
        return True
    return not areas or any(lies_in(town, area) for area in areas)
