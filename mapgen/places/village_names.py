"""Resolve the names of villages in the subject country of an article.

The georeferences of an article and a gazetteer come in. The georeferences go out with villages
added. Many villages share a name, so that a name alone is weak evidence. What counts is the area
that the text states ("Stepova Balka, Chernihiv"), the distance to the other places of the article,
and words that only precede places ("the village of X"). If these do not show which village is
meant, the name gets no place, and the reason is kept.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from gazetteer.spelling import without_possessive
from gazetteer.villages import marks_of, packaged_countries
from mapgen.core.tables.word_lists import word_list
from mapgen.places import places_told as told
from mapgen.places.amid_company import (
    amid_company,
    big_town,
    in_one_list,
    is_of_list_area,
    is_off_company,
    is_out_of_list,
    is_spelt_and_far,
    much_nearer,
)
from mapgen.places.below_headings import (
    areas_of_headings,
    in_section,
    not_in_section,
    section_of,
    within_reach,
)
from mapgen.places.district_names import SEAT_OF_DISTRICT, town_all_through
from mapgen.places.heard_names import of_the_very_name, towns_alike, villages_alike
from mapgen.places.near_words import said_near
from mapgen.places.repeats import repeated
from mapgen.places.role_phrases import country_said
from mapgen.places.stated_areas import (
    area_behind,
    area_of_list,
    areas_named,
    country_behind,
    is_elsewhere,
    is_list_of_provinces,
    is_put_abroad,
    with_areas_behind,
)
from mapgen.places.stated_distance import all_through, as_said_near
from mapgen.places.toponym_features import given_name, surname
from mapgen.places.unseen_names import longest_names, provinces_of_countries, unseen_names
from mapgen.places.village_ground import (
    BIG_TOWN,
    CLEARLY,
    CLOSE_KM,
    FAR_KM,
    NEAR_KM,
    POINTS,
    SAME_KM,
    TOWN,
    Ground,
    are_hardly_named,
    as_seat,
    as_tie,
    as_village,
    chosen_village,
    district_named,
    is_known_town,
    is_only_one,
    is_same,
    is_seat,
    is_split,
    known_at_home,
    known_or_tie,
    lies_in,
    listed_towns,
    not_of_speakers,
    of_stated_area,
    only_one_in_areas,
    own_camp,
    seat_named,
    villages_in,
    written_alike,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer import Gazetteer
    from gazetteer.records import Place
    from gazetteer.villages import Village
    from mapgen.places.georeference import Geoparse, Georeference

KINDS = word_list("toponyms", "unlisted_kinds")
_ROUNDS = 3
_LEAST_SPOTS = 2  # settlements that an article names in another country of the war
_SEVERAL = 2  # other places with the name
_CALLED = re.compile(
    r"\b(?:village|town|hamlet|settlement|camp)s?\s+(?:of|at)\s+(?:the\s+)?$", re.IGNORECASE
)
_CALLED_SO = re.compile(r"\s(?:village|town|hamlet)\b")  # "Leka town"
_ONE_CALLED = re.compile(r"\b(?:village|town|hamlet|settlement)\sof\s\Z")


def with_villages(
    found: Geoparse,
    text: str,
    taken: Iterable[tuple[int, int]],
    gazetteer: Gazetteer,
    *,
    is_given: bool = False,
) -> Geoparse:
    """Return a geoparse in which the villages of the subject country are resolved as well.

    Parameters
    ----------
    found
        Geoparse returned by `mapgen.places.georeference.geoparse`.
    text
        Text of the article.
    taken
        Spans of named parties, in which no villages are searched.
    gazetteer
        Gazetteer with its layers of villages.
    is_given
        Whether the user stated the subject country. If so, villages are found even if the article
        names no other place there.

    Returns
    -------
    Geoparse
        If the country is not clear, only names whose country the words state may have changed.
    """
    said = sorted(
        [*found.references, *provinces_of_countries(text, found.references, gazetteer)],
        key=lambda r: r.start,
    )
    said = [_in_country_said(r, text, gazetteer) for r in said]
    places = _with_places_abroad(said, text, found.country, gazetteer)
    found = replace(found, references=places)
    countries = told.all_countries(found.references)
    country = found.country or (countries[0] if len(countries) == 1 else None)
    if country is None:
        return found
    references = with_areas_behind(found.references, text, country, gazetteer)
    abroad = told.abroad(references, country)
    blocked = list(taken)
    headings = areas_of_headings(references, text, country, gazetteer)
    before = references
    for _ in range(_ROUNDS):  # a village that was found vouches for the next one
        fronts = not_of_speakers(references, text)
        spots = told.spots(fronts, country)
        areas = areas_named(references)
        there = tuple(spot for code in abroad for spot in told.spots(references, code))
        ground = Ground(country, gazetteer, spots, abroad, is_given, areas, spots_abroad=there)
        resolved = [
            _read(
                *as_said_near(
                    r,
                    said_near(references, i, text),
                    replace(
                        ground,
                        company=told.company(fronts, r, country),
                        listed=told.spots(in_one_list(references, i, text), country),
                        is_by_city=told.is_by_city(references, i, text),
                        section=section_of(headings, r.start),
                    ),
                    text,
                ),
                area=area_behind(references, i, text),
                of_list=area_of_list(references, i, text),
                text=text,
            )
            for i, r in enumerate(references)
        ]
        resolved += unseen_names(text, blocked, resolved, ground)
        resolved = longest_names(resolved)
        if resolved == references:
            break
        references = resolved
    for code in abroad:
        references = _with_villages_of_other(references, text, blocked, gazetteer, code)
    references = town_all_through(all_through(before, references, text, country), text)
    references = longest_names([*references, *repeated(text, references, blocked, country)])
    return replace(found, references=tuple(references))


def _with_villages_of_other(
    references: list[Georeference],
    text: str,
    blocked: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    code: str,
) -> list[Georeference]:
    """Return the names with villages of another country of the war: Lebanon's in one on Gaza.

    Only names that nothing else resolves are looked up, near what the article names there.
    """
    spots = told.spots(references, code)
    if len(spots) < _LEAST_SPOTS:
        return references
    known = [r for r in references if r.place is not None or not r.is_unlisted]
    ground = Ground(code, gazetteer, spots, (), is_given=False)
    new = unseen_names(text, blocked, known, ground)
    return longest_names([*references, *new]) if new else references


def _in_country_said(r: Georeference, text: str, gazetteer: Gazetteer) -> Georeference:
    """Return a name resolved to a place in the country that the words before it state."""
    if not r.is_open:
        return r
    country = country_said(text, r.start)
    if country is None:
        return r
    return _resolved(r, None, Ground(country, gazetteer, (), (), is_given=True), text)


def _with_places_abroad(
    said: Sequence[Georeference], text: str, country: str | None, gazetteer: Gazetteer
) -> tuple[Georeference, ...]:
    """Return the names, those whose province or country behind them is abroad as places there."""
    found = [_in_area_behind(said, i, text, country, gazetteer) for i in range(len(said))]
    abroad = {
        r.surface: r
        for r, before in zip(found, said, strict=True)
        if r is not before and r.place is not None
    }
    return tuple(
        replace(abroad[r.surface], start=r.start, end=r.end)
        if r.is_open and r.surface in abroad
        else r
        for r in found
    )


def _in_area_behind(
    references: Sequence[Georeference],
    i: int,
    text: str,
    country: str | None,
    gazetteer: Gazetteer,
) -> Georeference:
    """Return the i-th name, not as a place abroad if the province behind it is another's.

    "Palma in Cabo Delgado" is no town of Spain, and "Ndu, in Congo's Bas-Uele province" is none of
    the country next door that the article is about.
    """
    r, area = references[i], area_behind(references, i, text)
    there = area.place.country if area is not None and area.place is not None else None
    there = there or (country_behind(references, i, text) if r.is_open else None)
    if there is None or (r.place is None and (not r.is_open or there == country)):
        return r
    if r.place is None:
        spots = tuple(
            s for code in told.all_countries(references) for s in told.spots(references, code)
        )
        return _resolved(r, area, Ground(there, gazetteer, spots, (), is_given=True), text)
    if r.place.country == there or r.place.precision not in POINTS or area is None:
        return r
    reason = f"no {r.surface} is known in {area.surface}"
    r = replace(r, place=None, score=0.0, method="words", reason=reason, is_unlisted=True)
    return _resolved(r, area, Ground(there, gazetteer, (), (), is_given=True), text)


def _read(
    r: Georeference,
    ground: Ground,
    *,
    area: Georeference | None,
    of_list: Georeference | None,
    text: str,
) -> Georeference:
    """Return a name with the village it means, which its heading does not put out of reach."""
    read = _meant(r, ground, area=area, of_list=of_list, text=text)
    return within_reach(read, ground, text) if area is None else read


def _meant(
    r: Georeference,
    ground: Ground,
    *,
    area: Georeference | None,
    of_list: Georeference | None,
    text: str,
) -> Georeference:
    """Return a name with the village it means, or as it was."""
    if area is None and is_of_list_area(r, of_list, ground):
        area = of_list
    if is_put_abroad(r, text, ground):
        return r
    if country_said(text, r.start) not in {None, ground.country}:
        return r
    if area is not None and r.place and (area is of_list or is_elsewhere(r, area, ground)):
        reason = f"no {r.surface} is known in {area.surface}"
        r = replace(r, place=None, score=0.0, method="words", reason=reason, is_unlisted=True)
    r = _not_the_country(r, text)
    if r.place is None:
        return _resolved(r, area, ground, text) if r.is_open else r
    if r.place.country != ground.country:
        return _read_abroad(r, area, ground, text)
    if r.method == SEAT_OF_DISTRICT and (r.place.population or 0) < BIG_TOWN:
        # the seat was chosen by the name of its district alone, so it is no evidence for itself
        return _reconsidered(r, area, ground.without(r.place))
    open_again = not_in_section(r, ground, text) if area is None else None
    if open_again is not None:
        return _resolved(open_again, ground.section, ground, text)
    named_there = _named_there(r, area, ground, text) or of_the_very_name(r, ground)
    return named_there or _of_towns_and_villages(r, area, ground)


def _named_there(
    r: Georeference, area: Georeference | None, ground: Ground, text: str
) -> Georeference | None:
    """Return a name as the place in the area behind it, which is no other province of a list."""
    if area is not None and is_list_of_provinces(r, area, text):
        return None
    return of_stated_area(r, area, ground)


def _read_abroad(
    r: Georeference, area: Georeference | None, ground: Ground, text: str
) -> Georeference:
    """Return a name resolved abroad as what it means at home, unless its area is abroad too."""
    around, place = area.place if area is not None else None, r.place
    if around is not None and place is not None and around.country == place.country:
        return r  # "Ndu, in Congo's Bas-Uele province"
    return own_camp(r, ground, text) or known_at_home(r, ground)


def _of_towns_and_villages(
    r: Georeference, area: Georeference | None, ground: Ground
) -> Georeference:
    """Return a name as the big town, the town much nearer or the village that it means."""
    meant = amid_company(r, ground) if area is None else None
    if meant is not None:
        return meant
    has_hamlets = ground.country in packaged_countries()  # that lie near every other place
    big = big_town(r, ground) if has_hamlets or not _is_sure(r, ground) else None
    if big is not None or _is_sure(r, ground):
        return big or r
    nearer = much_nearer(r, ground) if area is None else None
    return nearer or _reconsidered(r, area, ground)


def _not_the_country(r: Georeference, text: str) -> Georeference:
    """Return "the hamlet of Honduras" as a name that is open; any other name as it was."""
    if r.place is None or r.place.precision != "country":
        return r
    if _ONE_CALLED.search(text[max(0, r.start - 20) : r.start]) is None:
        return r
    reason = f"no village of the name {r.surface} is known"
    return replace(r, place=None, score=0.0, method="words", reason=reason, is_unlisted=True)


def _is_sure(r: Georeference, ground: Ground) -> bool:
    """Return whether a resolved name cannot mean a village with the same name instead."""
    place = r.place
    if place is None or place.country != ground.country or place.precision != "settlement":
        return True
    if r.method.startswith("skeleton") and FAR_KM < ground.km_away(place) < math.inf:
        return False  # "Gobiye" is no Goba on the other side of the country
    return (place.population or 0) >= TOWN or (
        r.surface == place.name and ground.km_away(place) <= CLOSE_KM
    )


def _reconsidered(r: Georeference, area: Georeference | None, ground: Ground) -> Georeference:
    """Return a name with its small place, with a nearer village of the same name, or with neither.

    If several small places share a name, one of them is chosen only if the text says which.
    """
    place = r.place
    villages = ground.gazetteer.villages(without_possessive(r.surface), ground.country)
    others = [v for v in villages if place is not None and not is_same(place, v.place)]
    others = others if place is None else written_alike(r.surface, place, others)
    if place is None or not others:
        return r
    if area is not None and area.place is not None:
        inside = villages_in(others, area)
        if lies_in(place, area.place):
            return _one_of_area(r, place, inside, ground)
        chosen = chosen_village(inside, ground) if inside else None
        return as_village(r, chosen, inside, in_area=True) if chosen else r
    section = ground.section
    if section is not None and section.place is not None and not lies_in(place, section.place):
        inside = villages_in(others, section)
        if len(inside) == 1:
            return as_village(r, inside[0], inside, in_area=True)
        others = inside or others
    return _nearer_village(r, place, others, ground.without(place))


def _nearer_village(
    r: Georeference, place: Place, others: Sequence[Village], ground: Ground
) -> Georeference:
    """Return a small place, a village of its name nearer to what the article names, or neither."""
    own = ground.km_away(place)
    nearest = min(others, key=lambda v: (ground.km_away(v.place), v.place.id))
    near = ground.km_away(nearest.place)
    # a town of another spelling, "Kalein" for "Kawlin", gives way to the village so named
    reach = FAR_KM if r.method.startswith("skeleton") else CLOSE_KM
    if near <= reach and own >= CLEARLY * max(near, SAME_KM):
        chosen = chosen_village(others, ground)
        if chosen is not None:
            return as_village(r, chosen, others, in_area=False)
    if own <= NEAR_KM or len(others) < _SEVERAL or is_known_town(place):
        return r
    seat = seat_named(without_possessive(r.surface), ground)
    if seat is not None:
        return as_seat(r, seat)
    villages = ground.gazetteer.villages(without_possessive(r.surface), ground.country)
    alone = only_one_in_areas(villages, ground)
    if alone is not None and alone.place.id == place.id:
        return r
    return known_or_tie(r, others, ground)


def _one_of_area(
    r: Georeference, place: Place, others: Sequence[Village], ground: Ground
) -> Georeference:
    """Return a small place, the one of its name in the same area that lies nearer, or neither."""
    rivals = [
        v for v in others if distance_km(place.lat, place.lon, v.place.lat, v.place.lon) > SAME_KM
    ]
    if not rivals or is_known_town(place):
        return r
    ground = ground.without(place)
    rival = min(rivals, key=lambda v: (ground.km_away(v.place), v.place.id))
    own, other = ground.km_away(place), ground.km_away(rival.place)
    if math.isinf(own) and math.isinf(other):
        return r  # nothing else is named: a listed place ranks above a village
    if own <= NEAR_KM and other >= CLEARLY * max(own, SAME_KM):
        return r
    if other <= NEAR_KM and own >= CLEARLY * max(other, SAME_KM):
        return as_village(r, rival, rivals, in_area=True)
    return known_or_tie(r, rivals, ground)


def _resolved(
    r: Georeference, area: Georeference | None, ground: Ground, text: str
) -> Georeference:
    """Return a name resolved to the village that it means, or with the reason why it is not."""
    name = without_possessive(r.surface)
    villages, otherwise = _villages_named(r, name, area, ground, text)
    if not villages:
        return otherwise
    inside = _best_written(name, _of_area(villages, area, ground), ground)
    if not inside:
        return replace(r, reason=f"no {r.surface} is known in {area.surface if area else '?'}")
    chosen = _chosen(inside, ground, in_area=area is not None)
    if area is None and ground.is_abroad_too(name, _only_place(chosen, villages)):
        reason = f"{name} may lie in more than one country that the article names"
        return replace(r, reason=reason, method="tie", is_unlisted=True)
    is_free = chosen is None and area is None and not ground.is_stated
    seat = seat_named(name, ground) if is_free else None
    if seat is not None and (r.method != "tie" or ground.km_away(seat) <= FAR_KM):
        return as_seat(r, seat)
    if chosen is None or (area is None and is_off_company(name, chosen.place, ground)):
        reason = f"several places are named {r.surface}"
        ids = tuple(v.place.id for v in inside[:5])
        return replace(r, reason=reason, candidates=ids, method="tie", is_unlisted=True)
    is_called = _is_called(r, text)
    is_only = len(villages) == 1 and is_only_one(r, chosen, ground, text)
    if area is None and not _is_meant(name, chosen, ground, is_called=is_called, is_only=is_only):
        return r
    return as_village(r, chosen, inside, in_area=area is not None)


def _only_place(chosen: Village | None, villages: Sequence[Village]) -> Place | None:
    """Return the place of a village that is the only one of its name, or None."""
    return chosen.place if chosen is not None and len(villages) == 1 else None


def _is_called(r: Georeference, text: str) -> bool:
    """Whether the words beside a name call it a place: "the village of X", "X town"."""
    before = _CALLED.search(text[max(0, r.start - 30) : r.start])
    return (before or _CALLED_SO.match(text, r.end)) is not None


def _villages_named(
    r: Georeference, name: str, area: Georeference | None, ground: Ground, text: str
) -> tuple[tuple[Village, ...], Georeference]:
    """Return the villages of a name, and what the name means if there are none."""
    villages = ground.gazetteer.villages(name, ground.country)
    if area is None and not ground.is_stated and are_hardly_named(name, villages):
        return (), as_tie(r, tuple(v.place.id for v in villages[:5]))
    if villages or _is_person(name, text):
        return villages, r
    town = _only_town(r, name, area, ground)
    if town.place is not None and (
        is_out_of_list(town.place, ground)
        or (town.place.name != name and is_spelt_and_far(replace(town, method="skeleton"), ground))
    ):
        town = r
    return (villages_alike(r, name, ground) if town is r else ()), town


def _of_area(
    villages: Sequence[Village], area: Georeference | None, ground: Ground
) -> list[Village]:
    """Return the villages in the area stated, or if there are some in that of the heading."""
    if area is not None and area is not ground.section:
        return villages_in(villages, area)
    below = in_section(villages, ground)
    return below if below or area is not None else list(villages)


def _best_written(name: str, villages: list[Village], ground: Ground) -> list[Village]:
    """Return villages without those written in more words, if one so written lies near the rest.

    Namhsan is not the nearer Nam-hsan.
    """
    exact = [v for v in villages if v.level == "exact"]
    if not any(ground.km_away(v.place) <= NEAR_KM for v in exact):
        return villages
    return [v for v in villages if v.level == "exact" or not is_split(name, v)]


def _chosen(inside: Sequence[Village], ground: Ground, *, in_area: bool) -> Village | None:
    """Return the village that is meant among several of a name, or None if that is open."""
    chosen = chosen_village(inside, ground)
    if chosen is None and ground.company:
        chosen = chosen_village(inside, ground.in_company())
    if chosen is not None or in_area:
        return chosen
    # one of several of its name far from all that is named is a quarter or a hamlet no list has
    alone = only_one_in_areas(inside, ground)
    is_far = alone is not None and bool(ground.spots) and ground.km_away(alone.place) > NEAR_KM
    return None if is_far else alone


def _is_person(name: str, text: str) -> bool:
    """Return whether a given name precedes a name somewhere in the text."""
    before = re.findall(rf"([A-Z][\w'’-]+)\s{re.escape(name)}\b", text)
    return any(given_name(word.casefold()) for word in before)


def _only_town(
    r: Georeference, name: str, area: Georeference | None, ground: Ground
) -> Georeference:
    """Return a name resolved to the only listed town with it, if the words show a place."""
    towns = listed_towns(name, ground) if r.is_unlisted else []
    if r.is_unlisted and not towns:
        towns = towns_alike(name, ground.country, ground)
    if area is not None and area.place is not None:
        towns = [town for town in towns if lies_in(town, area.place)]
    elif len(towns) > 1 or ground.is_stated:
        near = [town for town in towns if ground.km_away(town) <= NEAR_KM]
        towns = sorted(near, key=lambda p: (-(p.population or 0), p.id))[:1]
    if len(towns) > 1 or marks_of(name) or surname(name.casefold()):
        return r
    if not towns:
        return _only_district(r, name, area, ground)
    ids = (towns[0].id,)
    return r.resolved(towns[0], "listed once in the subject country", score=0.6, candidates=ids)


def _only_district(
    r: Georeference, name: str, area: Georeference | None, ground: Ground
) -> Georeference:
    """Return a name resolved to the only district with it: its seat is in no list of places."""
    district = district_named(name, ground) if r.is_unlisted and not ground.is_stated else None
    if district is None:
        return r
    if area is not None and (area.place is None or district.admin1 != area.place.admin1):
        return r
    return r.resolved(district, "a district of the country", score=0.6, candidates=(district.id,))


def _is_meant(
    name: str, village: Village, ground: Ground, *, is_called: bool, is_only: bool
) -> bool:
    """Return whether a name without a stated area means the village that was chosen for it."""
    km = ground.km_away(village.place)
    towns = [p for p in listed_towns(name, ground) if p.id != village.place.id]
    if towns:  # the name means a listed town, unless the village is near
        nearest = min(ground.km_away(p) for p in towns)
        if km > CLOSE_KM or nearest < CLEARLY * max(km, SAME_KM):
            return False
    if is_only:
        return True
    # Near something named elsewhere in the text only, a hamlet of that name is a chance hit.
    if len(ground.company) > 1 and ground.in_company().km_away(village.place) > NEAR_KM:
        return False
    if is_called or is_seat(name, village, ground):
        return True
    reach = FAR_KM if village.level in {"exact", "folded"} else NEAR_KM
    too_far = bool(ground.spots) and km > reach
    return not too_far and not (village.marks and km > CLOSE_KM)
