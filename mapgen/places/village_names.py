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
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from gazetteer.distance import distance_km
from gazetteer.spelling import fold, without_possessive
from gazetteer.villages import marks_of, packaged_countries
from mapgen.core.tables.word_lists import word_list
from mapgen.places.district_names import SEAT_OF_DISTRICT
from mapgen.places.near_words import is_too_far, said_near
from mapgen.places.repeats import repeated
from mapgen.places.role_phrases import country_said
from mapgen.places.toponym_features import TITLES, common_words, given_name, surname
from mapgen.places.toponyms import ARTICLES, NOT_PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer import Gazetteer
    from gazetteer.records import Place
    from gazetteer.villages import Village
    from mapgen.places.georeference import Geoparse, Georeference

KINDS = word_list("toponyms", "unlisted_kinds")
NEAR_KM = 75.0  # without such words, another place of the article must lie within this distance
CLOSE_KM = 50.0  # the same for a name that is also a common word or a given name
FAR_KM = 150.0  # a village farther than this from all other places is unlikely to be meant
_CLEARLY = 2.5  # how many times nearer a place must be than the next one with its name
_LEAST_LETTERS = 4
_AT = frozenset(
    {
        "and",
        "around",
        "at",
        "from",
        "in",
        "into",
        "near",
        "of",
        "outside",
        "to",
        "toward",
        "towards",
    }
)
SAME_KM = 5.0  # two rows within this distance are the same village
_ROUNDS = 3
_MOST_BEARERS = 200  # more places than share a name in any country
_TOWN = 15_000  # inhabitants; the name of such a town means this town in its country
_SMALL_TOWN = 5_000
_BIG_TOWN = 30_000
_TIMES = 5  # times as many inhabitants as the small place
_SEVERAL = 2  # other places with the name
_POINTS = frozenset({"settlement", "site", "district"})
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
    rf"(?:,\s(?:(?:in|of)\s(?:the\s)?(?:{_INSIDE_OF})?)?|\s\("
    rf"|(?:,\s{_APPOSITION})?,?\s(?:in|inside)\s(?:the\s)?(?:[a-z]+\s)?(?:{_INSIDE_OF})?"
    rf"|,\s{_APPOSITION}\sof\s(?:the\s)?)"
)
_ITS_OWN = re.compile(r"['’]s\s(?:[a-z-]+\s){0,2}")  # "in Ukraine's Donetsk region"
LIST_GOES_ON = re.compile(r",?\s(?:and|or)\s|,\s(?:and\s)?[A-Z]")
_LIST_GAP = re.compile(r",\s(?:and\s)?|\s(?:and|or)\s")
_PIECE = r"[A-Z][\w'’]+"
# "Deir al-Balah", "Port-au-Prince", "Petite-Rivière de l'Artibonite"
_SMALL = r"(?:a[dlnrsz]|ash|e[lnsz]|au|aux|bin|de|des|del|du|ibn|las?|les?|los|sur)[- ]|[dl]['’]"
_INSIDE = rf"(?:{_SMALL}){{0,2}}"
_RUN = re.compile(rf"(?<![\w-]){_PIECE}(?:[ -]{_INSIDE}{_PIECE})*")
_OPENING = re.compile(r"([A-Z][a-z]+) (?=[A-Z])")
_CAMPS = re.compile(r"\b(?:refugees?|camps?|displaced)\b", re.IGNORECASE)
_ABROAD = re.compile(
    rf"(?:,?\s(?:and|or)\s{_PIECE}|,\s{_PIECE})*,?\s(?:(?:across|over)\sthe\sborder\s)?(?:in|inside)\s"
    rf"(?:the\s|neighbou?ring\s)?(?P<name>{_PIECE}(?:\s{_PIECE})*)"
)
_VILLAGE_OF = re.compile(r"\b(?:village|hamlet)\s(?:of\s)?$")
_CALLED = re.compile(
    r"\b(?:village|town|hamlet|settlement|camp)s?\s+(?:of|at)\s+(?:the\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Ground:
    """The country of an article, and the locations of its places as (lat, lon) in degrees."""

    country: str
    gazetteer: Gazetteer
    spots: tuple[tuple[float, float], ...]
    neighbours: tuple[str, ...]  # other countries that the article names towns of
    is_given: bool  # the user named the country
    areas: tuple[Georeference, ...] = ()  # the provinces and districts that the article names
    is_stated: bool = False  # the one spot is the place that the text says the name lies near

    def is_abroad_too(self, name: str) -> bool:
        """Return whether another country in the article has a village with this name too."""
        return any(self.gazetteer.villages(name, code) for code in self.neighbours)

    def km_away(self, place: Place) -> float:
        """Return the distance in km to the nearest other place of the article."""
        there = [s for s in self.spots if s != (place.lat, place.lon)]
        return min((distance_km(place.lat, place.lon, *s) for s in there), default=math.inf)

    def without(self, place: Place) -> _Ground:
        """Return a copy without one of the places."""
        spots = tuple(s for s in self.spots if s != (place.lat, place.lon))
        return replace(self, spots=spots)


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
    found = replace(
        found, references=tuple(_in_country_said(r, text, gazetteer) for r in found.references)
    )
    country = found.country or _only_country(found)
    if country is None:
        return found
    references = _with_areas_behind(found.references, text, country, gazetteer)
    abroad = _abroad(references, country)
    blocked = list(taken)
    for _ in range(_ROUNDS):  # a village that was found vouches for the next one
        ground = _Ground(
            country, gazetteer, _spots(references, country), abroad, is_given, _areas(references)
        )
        resolved = [
            _read(
                *_as_said_near(r, said_near(references, i, text), ground, text),
                area=_area_behind(references, i, text),
                text=text,
            )
            for i, r in enumerate(references)
        ]
        resolved += _unseen(text, blocked, resolved, ground)
        resolved = _longest(resolved)
        if resolved == references:
            break
        references = resolved
    references = _longest([*references, *repeated(text, references, blocked, country)])
    return replace(found, references=tuple(references))


def _in_country_said(r: Georeference, text: str, gazetteer: Gazetteer) -> Georeference:
    """Return a name resolved to a place in the country that the words before it state."""
    if not r.is_open:
        return r
    country = country_said(text, r.start)
    if country is None:
        return r
    return _resolved(r, None, _Ground(country, gazetteer, (), (), is_given=True), text)


def _as_said_near(
    r: Georeference, said: tuple[Georeference, float] | None, ground: _Ground, text: str
) -> tuple[Georeference, _Ground]:
    """Return a name, open again where its place lies too far from the one it is said to be near.

    The ground of such a name, and of one that is open, is the place stated alone.
    """
    if said is None or said[0].place is None or said[0].place.country != ground.country:
        return r, ground
    anchor, km = said
    if r.place is not None:
        is_called = _VILLAGE_OF.search(text[max(0, r.start - 20) : r.start]) is not None
        is_small = is_called or (r.place.population or 0) < _BIG_TOWN
        if not is_small or r.place.precision not in _POINTS:
            return r, ground
        if is_too_far(r, anchor, km):
            reason = f"no {r.surface} is known near {anchor.surface}"
            r = replace(r, place=None, score=0.0, method="words", reason=reason, is_unlisted=True)
    return r, replace(ground, spots=((said[0].place.lat, said[0].place.lon),), is_stated=True)


def _read(
    r: Georeference, ground: _Ground, *, area: Georeference | None, text: str
) -> Georeference:
    """Return a name with the village it means, or as it was."""
    if _is_put_abroad(r, text, ground):
        return r
    if country_said(text, r.start) not in {None, ground.country}:
        return r
    if area is not None and _is_elsewhere(r, area, ground):
        reason = f"no {r.surface} is known in {area.surface}"
        r = replace(r, place=None, score=0.0, method="words", reason=reason, is_unlisted=True)
    if r.place is None:
        return _resolved(r, area, ground, text) if r.is_open else r
    if r.place.country != ground.country:
        return _own_camp(r, ground, text) or r
    if r.method == SEAT_OF_DISTRICT and (r.place.population or 0) < _BIG_TOWN:
        # the seat was chosen by the name of its district alone, so it is no evidence for itself
        return _reconsidered(r, area, ground.without(r.place))
    has_hamlets = ground.country in packaged_countries()  # that lie near every other place
    big = _big_town(r, ground) if has_hamlets or not _is_sure(r, ground) else None
    if big is not None or _is_sure(r, ground):
        return big or r
    nearer = _much_nearer(r, ground) if area is None else None
    return nearer or _reconsidered(r, area, ground)


def _own_camp(r: Georeference, ground: _Ground, text: str) -> Georeference | None:
    """Return the camp of the country that bears the name of a town abroad: Kobe in Ethiopia."""
    if r.place is None or r.place.precision == "country" or not _CAMPS.search(text):
        return None
    name = f"{without_possessive(r.surface)} camp"
    for c in ground.gazetteer.lookup(name, country=ground.country, limit=3):
        if c.place.feature == "CMPRF" and c.level in {"exact", "folded"}:
            ids = (c.place.id, r.place.id)
            return r.resolved(c.place, "a camp of the country", score=0.6, candidates=ids)
    return None


def _is_put_abroad(r: Georeference, text: str, ground: _Ground) -> bool:
    """Return whether the text states another country: "Fassala, across the border in X"."""
    match = _ABROAD.match(text, r.end)
    if match is None:
        return False
    named = ground.gazetteer.namesakes(match["name"])
    countries = {n.country for n in named if n.feature == "PCLI"}
    return bool(countries) and ground.country not in countries


def _areas(references: Iterable[Georeference]) -> tuple[Georeference, ...]:
    """Return the provinces and districts that the article names."""
    return tuple(r for r in references if r.place is not None and r.place.feature in _AREAS)


def _is_elsewhere(r: Georeference, area: Georeference, ground: _Ground) -> bool:
    """Whether a place lies outside the area of the country that the text puts it in.

    "Kahira, Masisi territory" is not Cairo. A big town of the country stays: its province may have
    been cut since the list was made.
    """
    place = r.place
    if place is None or area.place is None or area.place.country != ground.country:
        return False
    if place.country != ground.country:
        return place.precision != "country"
    if place.precision not in _POINTS or (place.population or 0) >= _BIG_TOWN:
        return False
    km = distance_km(place.lat, place.lon, area.place.lat, area.place.lon)
    return not _lies_in(place, area.place) and km > FAR_KM


def _spots(references: Iterable[Georeference], country: str) -> tuple[tuple[float, float], ...]:
    """Return the points (lat, lon) of the article's settlements, sites and districts."""
    places = (r.place for r in references if r.place is not None)
    found = {(p.lat, p.lon) for p in places if p.country == country and p.precision in _POINTS}
    return tuple(sorted(found))


def _only_country(found: Geoparse) -> str | None:
    """Return the country that contains all places of an article, or None."""
    countries = {r.place.country or "" for r in found.references if r.place is not None} - {""}
    return next(iter(countries)) if len(countries) == 1 else None


def _abroad(references: Iterable[Georeference], country: str) -> tuple[str, ...]:
    """Return the other countries in which the article names a settlement, site or district."""
    places = [r.place for r in references if r.place is not None]
    codes = {p.country for p in places if p.precision in _POINTS and p.country}
    return tuple(sorted(codes - {country}))


def _is_sure(r: Georeference, ground: _Ground) -> bool:
    """Return whether a resolved name cannot mean a village with the same name instead."""
    place = r.place
    if place is None or place.country != ground.country or place.precision != "settlement":
        return True
    return (place.population or 0) >= _TOWN or (
        r.surface == place.name and ground.km_away(place) <= CLOSE_KM
    )


def _big_town(r: Georeference, ground: _Ground) -> Georeference | None:
    """Return a name resolved to the big town with this name, rather than to a small place."""
    name = without_possessive(r.surface)
    place = r.place
    if (
        ground.is_stated
        or place is None
        or place.precision != "settlement"
        or "inside the area" in r.method
        or (place.population or 0) >= _TOWN
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


def _is_big(town: Place, name: str, small: Place, ground: _Ground) -> bool:
    """Return whether a town is so big that its name means it, rather than a small place."""
    people = town.population or 0
    least = _TOWN if fold(town.name) == fold(name) else _BIG_TOWN
    if town.precision != "settlement" or people < max(least, _TIMES * (small.population or 0)):
        return False
    areas = [area.place for area in ground.areas if area.place is not None]
    if ground.country not in packaged_countries():
        return True
    return not areas or any(_lies_in(town, area) for area in areas)


def _reconsidered(r: Georeference, area: Georeference | None, ground: _Ground) -> Georeference:
    """Return a name with its small place, with a nearer village of the same name, or with neither.

    If several small places share a name, one of them is chosen only if the text says which.
    """
    place = r.place
    villages = ground.gazetteer.villages(without_possessive(r.surface), ground.country)
    others = [v for v in villages if place is not None and v.place.id != place.id]
    if place is None or not others:
        return r
    if area is not None and area.place is not None:
        inside = _inside(others, area)
        if _lies_in(place, area.place):
            return _one_of_area(r, place, inside, ground)
        chosen = _chosen(inside, ground) if inside else None
        return _as_village(r, chosen, inside, in_area=True) if chosen else r
    own = ground.km_away(place)
    nearest = min(others, key=lambda v: (ground.km_away(v.place), v.place.id))
    near = ground.km_away(nearest.place)
    if near <= CLOSE_KM and own >= _CLEARLY * max(near, SAME_KM):
        chosen = _chosen(others, ground)
        if chosen is not None:
            return _as_village(r, chosen, others, in_area=False)
    if own <= NEAR_KM or len(others) < _SEVERAL or (place.population or 0) >= _SMALL_TOWN:
        return r
    seat = _seat(without_possessive(r.surface), ground)
    if seat is not None:
        return _as_seat(r, seat)
    ids = (place.id, *(v.place.id for v in others[:4]))
    return _as_tie(r, ids)


def _one_of_area(
    r: Georeference, place: Place, others: Sequence[Village], ground: _Ground
) -> Georeference:
    """Return a small place, the one of its name in the same area that lies nearer, or neither."""
    rivals = [
        v for v in others if distance_km(place.lat, place.lon, v.place.lat, v.place.lon) > SAME_KM
    ]
    if not rivals or (place.population or 0) >= _SMALL_TOWN:
        return r
    ground = ground.without(place)
    rival = min(rivals, key=lambda v: (ground.km_away(v.place), v.place.id))
    own, other = ground.km_away(place), ground.km_away(rival.place)
    if own <= NEAR_KM and other >= _CLEARLY * max(own, SAME_KM):
        return r
    if other <= NEAR_KM and own >= _CLEARLY * max(other, SAME_KM):
        return _as_village(r, rival, rivals, in_area=True)
    return _as_tie(r, (place.id, *(v.place.id for v in rivals[:4])))


def _as_tie(r: Georeference, ids: tuple[str, ...]) -> Georeference:
    reason = f"several places are named {r.surface}"
    return replace(
        r, place=None, score=0.0, candidates=ids, method="tie", reason=reason, is_unlisted=True
    )


def _much_nearer(r: Georeference, ground: _Ground) -> Georeference | None:
    """Return a name resolved to a listed place much nearer to the article's other places."""
    if r.place is None:
        return None
    own = ground.km_away(r.place)
    ground = ground.without(r.place)  # the place in doubt is no evidence for others
    towns = [p for p in _listed(without_possessive(r.surface), ground) if p.id != r.place.id]
    town = min(towns, key=lambda p: (ground.km_away(p), p.id), default=None)
    if town is None or ground.km_away(town) > CLOSE_KM:
        return None
    if own < _CLEARLY * max(ground.km_away(town), SAME_KM):
        return None
    ids = (town.id, r.place.id)
    return replace(r, place=town, candidates=ids, method="much nearer to the other places")


def _with_areas_behind(
    references: Sequence[Georeference], text: str, country: str, gazetteer: Gazetteer
) -> list[Georeference]:
    """Resolve the second name of "Morek, Hama" to the province or district around the first."""
    out = list(references)
    for i in range(1, len(out)):
        inner, outer = out[i - 1], out[i]
        if not (outer.is_open or (outer.place and outer.place.precision in _POINTS)):
            continue
        if not CONTAINER_GAP.fullmatch(text[inner.end : outer.start]):
            continue
        if LIST_GOES_ON.match(text[outer.end : outer.end + 8]) and not _ends_in_country(
            out, i, text
        ):
            continue
        area = _area_named(outer.surface, country, gazetteer)
        if area is None:
            continue
        if not (inner.is_open or (inner.place and _may_lie_in(inner.place, area))):
            continue
        out[i] = outer.resolved(
            area, "the area behind a place", score=max(outer.score, 0.6), candidates=(area.id,)
        )
    return out


def _ends_in_country(references: Sequence[Georeference], i: int, text: str) -> bool:
    """Return whether the next name is a country that ends an address: "Morek, Hama, Syria"."""
    after = references[i + 1] if i + 1 < len(references) else None
    return (
        after is not None
        and after.place is not None
        and after.place.precision == "country"
        and text[references[i].end : after.start] == ", "
    )


def _area_named(name: str, country: str, gazetteer: Gazetteer) -> Place | None:
    """Return the province, else the district, of a name in a country."""
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
    if (place.population or 0) >= _TOWN:
        return _lies_in(place, area)
    return place.country != area.country or place.precision in _POINTS


def _lies_in(place: Place, area: Place) -> bool:
    """Return whether a place lies in a province, or within 50 km of the point of a district."""
    if place.id == area.id or place.precision not in _POINTS:
        return False
    if area.admin1 is not None and place.admin1 is not None and place.admin1 != area.admin1:
        return False
    if area.precision == "province":
        return area.admin1 is not None and place.admin1 == area.admin1
    return distance_km(place.lat, place.lon, area.lat, area.lon) <= CLOSE_KM


def _area_behind(references: Sequence[Georeference], i: int, text: str) -> Georeference | None:
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


def _inside(villages: Sequence[Village], area: Georeference) -> list[Village]:
    """Return the villages in an area, by the area names of their source or by their codes."""
    if area.place is None:
        return []
    by_name = [v for v in villages if v.lies_in(area.surface) or v.lies_in(area.place.name)]
    if by_name:
        return by_name
    if area.place.precision == "province":
        return [v for v in villages if v.place.admin1 and v.place.admin1 == area.place.admin1]
    within = [v for v in villages if v.district == area.place.id]
    return within or [v for v in villages if _lies_in(v.place, area.place)]


def _resolved(
    r: Georeference, area: Georeference | None, ground: _Ground, text: str
) -> Georeference:
    """Return a name resolved to the village that it means, or with the reason why it is not."""
    name = without_possessive(r.surface)
    villages = ground.gazetteer.villages(name, ground.country)
    if not villages:
        return r if _is_person(name, text) else _only_town(r, name, area, ground)
    if area is None and ground.is_abroad_too(name):
        reason = f"{name} may lie in more than one country that the article names"
        return replace(r, reason=reason, method="tie", is_unlisted=True)
    inside = _inside(villages, area) if area is not None else list(villages)
    if not inside:
        return replace(r, reason=f"no {r.surface} is known in {area.surface if area else '?'}")
    chosen = _chosen(inside, ground)
    is_free = chosen is None and area is None and not ground.is_stated
    seat = _seat(name, ground) if is_free else None
    if seat is not None:
        return _as_seat(r, seat)
    if chosen is None:
        reason = f"several places are named {r.surface}"
        ids = tuple(v.place.id for v in inside[:5])
        return replace(r, reason=reason, candidates=ids, method="tie", is_unlisted=True)
    is_called = _CALLED.search(text[max(0, r.start - 30) : r.start]) is not None
    if area is None and not _is_meant(name, chosen, ground, is_called=is_called):
        return r
    return _as_village(r, chosen, inside, in_area=area is not None)


def _is_person(name: str, text: str) -> bool:
    """Return whether a given name precedes a name somewhere in the text."""
    before = re.findall(rf"([A-Z][\w'’-]+)\s{re.escape(name)}\b", text)
    return any(given_name(word.casefold()) for word in before)


def _only_town(
    r: Georeference, name: str, area: Georeference | None, ground: _Ground
) -> Georeference:
    """Return a name resolved to the only listed town with it, if the words show a place."""
    towns = _listed(name, ground) if r.is_unlisted else []
    if area is not None and area.place is not None:
        towns = [town for town in towns if _lies_in(town, area.place)]
    elif len(towns) > 1 or ground.is_stated:
        near = [town for town in towns if ground.km_away(town) <= NEAR_KM]
        towns = sorted(near, key=lambda p: (-(p.population or 0), p.id))[:1]
    if len(towns) != 1 or marks_of(name) or surname(name.casefold()):
        return r
    ids = (towns[0].id,)
    return r.resolved(towns[0], "listed once in the subject country", score=0.6, candidates=ids)


def _is_meant(name: str, village: Village, ground: _Ground, *, is_called: bool) -> bool:
    """Return whether a name without a stated area means the village that was chosen for it."""
    km = ground.km_away(village.place)
    towns = [p for p in _listed(name, ground) if p.id != village.place.id]
    if towns:  # the name means a listed town, unless the village is near
        nearest = min(ground.km_away(p) for p in towns)
        if km > CLOSE_KM or nearest < _CLEARLY * max(km, SAME_KM):
            return False
    if is_called or _is_seat(name, village, ground):
        return True
    reach = FAR_KM if village.level != "articles" else NEAR_KM
    too_far = bool(ground.spots) and km > reach
    return not too_far and not (village.marks and km > CLOSE_KM)


def _is_seat(name: str, village: Village, ground: _Ground) -> bool:
    """Return whether a village has the name of its district, as the seat of a district has."""
    return any(
        n.feature == "ADM2" and n.country == ground.country and n.id == village.district
        for n in ground.gazetteer.namesakes(name)
    )


def _seat(name: str, ground: _Ground) -> Place | None:
    """Return the only seat of a district with this name, or None."""
    districts = [
        c.place
        for c in ground.gazetteer.lookup(name, country=ground.country, limit=50)
        if c.place.feature == "ADM2" and c.level in {"exact", "folded", "articles"}
    ]
    seats = [ground.gazetteer.seat(district.id, name) for district in districts]
    found = {seat.id: seat for seat in seats if seat is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def _as_seat(r: Georeference, seat: Place) -> Georeference:
    """Return a name resolved to the seat of the district with its name."""
    ids = (seat.id, *(i for i in r.candidates if i != seat.id))
    return r.resolved(seat, SEAT_OF_DISTRICT, score=0.6, candidates=ids)


def _chosen(villages: Sequence[Village], ground: _Ground) -> Village | None:
    """Return the only village, or the one clearly nearest to the article's other places."""
    ranked = sorted(villages, key=lambda v: (ground.km_away(v.place), v.place.id))
    first = ranked[0]
    others = [v for v in ranked[1:] if _km_between(first, v) > SAME_KM]
    if not others:
        return first
    near, next_near = ground.km_away(first.place), ground.km_away(others[0].place)
    return first if near <= NEAR_KM and next_near >= _CLEARLY * max(near, 5.0) else None


def _km_between(one: Village, other: Village) -> float:
    """Return the distance between two villages in km."""
    return distance_km(one.place.lat, one.place.lon, other.place.lat, other.place.lon)


def _as_village(
    r: Georeference, village: Village, all_of_name: Sequence[Village], *, in_area: bool
) -> Georeference:
    """Return a name resolved to a village."""
    how = "inside the area stated" if in_area else "in the subject country"
    score = 0.8 if in_area or len(all_of_name) == 1 else 0.6
    method = f"{village.level} name of a village, {how}"
    ids = tuple(v.place.id for v in all_of_name[:5])
    return r.resolved(village.place, method, score=score, candidates=ids)


def _unseen(
    text: str,
    taken: Sequence[tuple[int, int]],
    references: Sequence[Georeference],
    ground: _Ground,
) -> list[Georeference]:
    """Return names that nothing but the list of villages makes a place.

    Such a name must be a whole run of capitalised words, must not be a common word or a given name,
    and must lie near another place of the article.
    """
    from mapgen.places.georeference import Georeference  # noqa: PLC0415  it uses this module

    out: list[Georeference] = []
    known: dict[str, Georeference | None] = {}
    blocked = [*taken, *((r.start, r.end) for r in references if not r.is_unlisted)]
    kept = {(r.start, r.end) for r in references if r.is_unlisted}
    for match in _RUN.finditer(text):
        start = match.start()
        opening = _OPENING.match(match[0])
        is_first = re.search(r"(?:^|[.!?:\n”\"]\s*)$", text[max(0, start - 4) : start]) is not None
        if opening is not None and is_first and _is_small_word(opening[1].casefold()):
            start += opening.end()  # "At Kakuma", where "At" opens the sentence
        surface = without_possessive(text[start : match.end()])
        end = start + len(surface)
        if (
            any(s < end and start < e for s, e in blocked)
            or not _may_be_place(surface, start, text)
            or (start, end) in kept
        ):
            continue
        if known.get(surface) is None:
            name = Georeference(start, end, surface, None, 0.0, (), "")
            known[surface] = _placed_alone(name, references, ground, text)
        one = known[surface]
        if one is not None:
            out.append(replace(one, start=start, end=end))
    return out


def _longest(references: Iterable[Georeference]) -> list[Georeference]:
    """Return the names in reading order, without those that are part of a longer one."""
    kept: list[Georeference] = []
    for r in sorted(references, key=lambda r: (r.start, -r.end)):
        while kept and kept[-1].is_unlisted and r.place and _is_part(kept[-1], r):
            kept.pop()
        if not kept or kept[-1].end <= r.start:
            kept.append(r)
    return kept


def _is_part(one: Georeference, other: Georeference) -> bool:
    return other.start <= one.start and one.end <= other.end


def _placed_alone(
    name: Georeference, references: Sequence[Georeference], ground: _Ground, text: str
) -> Georeference | None:
    """Return the place of an unmarked name, by the words beside it or the other places."""
    villages = ground.gazetteer.villages(name.surface, ground.country)
    towns = _listed(name.surface, ground)
    if not (villages or towns) or _is_put_abroad(name, text, ground):
        return None
    if not villages and ground.country not in packaged_countries():
        return _lone(name, ground, NEAR_KM) if ground.spots else None
    i = bisect_left(references, name.start, key=lambda r: r.start)
    order = [*references[:i], name, *references[i : i + 2]]
    said = said_near(order, i, text)
    if said is not None and said[0].place is not None:
        km = said[1]
        spots = ((said[0].place.lat, said[0].place.lon),)
        near = _lone(name, replace(ground, spots=spots, is_stated=True), km)
        if near is not None:
            return near
    area = _area_behind(order, i, text)
    areas = (area,) if area is not None else ground.areas
    if area is None and ground.spots:
        is_listed = i > 0 and _LIST_GAP.fullmatch(text[references[i - 1].end : name.start])
        return _lone(name, ground, FAR_KM if is_listed else NEAR_KM)
    inside = _only_inside(name, areas, villages, towns)
    if inside is not None or areas:
        return inside
    word = re.search(r"([a-z]+)\s$", text[max(0, name.start - 20) : name.start])
    if not ground.is_given and (word is None or word[1] not in _AT):
        return None
    return _lone(name, ground, math.inf)


def _only_inside(
    name: Georeference,
    areas: Sequence[Georeference],
    villages: Sequence[Village],
    towns: Sequence[Place],
) -> Georeference | None:
    """Return the only place of a name in the areas stated."""
    held = [v for area in areas for v in _inside(villages, area)]
    places = [p for area in areas for p in towns if area.place and _lies_in(p, area.place)]
    if places:
        place = max(places, key=lambda p: (p.population or 0, p.id))
        if held and (place.population or 0) < _SMALL_TOWN:
            return None
        method = "listed inside the area stated"
        return replace(name, place=place, score=0.7, candidates=(place.id,), method=method)
    apart = [v for v in held if _km_between(held[0], v) > SAME_KM]
    if not held or apart or "short" in held[0].marks:
        return None
    return _as_village(name, held[0], held, in_area=True)


def _listed(name: str, ground: _Ground) -> list[Place]:
    """Return the settlements in the country that the gazetteer itself lists under a name."""
    return [
        c.place
        for c in ground.gazetteer.lookup(name, country=ground.country, limit=_MOST_BEARERS)
        if c.level in {"exact", "folded", "articles"} and c.place.precision == "settlement"
    ]


def _lone(name: Georeference, ground: _Ground, reach: float) -> Georeference | None:
    """Return the place of an unmarked name that lies near, if it is clear which one."""
    villages = ground.gazetteer.villages(name.surface, ground.country)
    towns = _listed(name.surface, ground)
    near = [p for p in towns if ground.km_away(p) <= reach]
    if near and not marks_of(name.surface):
        place = max(near, key=lambda p: (p.population or 0, p.id))
        method = "listed once near the other places"
        return replace(name, place=place, score=0.6, candidates=(place.id,), method=method)
    chosen = _chosen(villages, ground) if villages and not towns else None
    if chosen is not None and ground.is_abroad_too(name.surface):
        return None
    if chosen is None or chosen.marks or ground.km_away(chosen.place) > reach:
        return None
    return _as_village(name, chosen, [chosen], in_area=False)


def _may_be_place(surface: str, start: int, text: str) -> bool:
    """Return whether a run of capitalised words is not a title, person or common word."""
    words = surface.replace("-", " ").split()
    if len(surface) < _LEAST_LETTERS or surface.isupper():
        return False
    low = [w.casefold() for w in words if w[0].isupper() and w.casefold() not in ARTICLES]
    if not low:
        return False
    if surface in demonyms():
        return False
    if any(w in TITLES or given_name(w) for w in low) or (len(low) == 1 and _is_word(low[0])):
        return False
    before = re.search(r"([\w'’.-]+)\s$", text[max(0, start - 30) : start])
    last = before[1].rstrip(".").casefold() if before else ""
    if last in TITLES or (before and before[1][0].isupper() and given_name(last)):
        return False
    return len(low) > 1 or not surname(low[0]) or last in _AT or text[:start].endswith(", ")


def _is_word(word: str) -> bool:
    """Return whether a lower-case word, or its singular, is a common English word."""
    return not common_words().isdisjoint({word, word.removesuffix("s")})


def _is_small_word(word: str) -> bool:
    return word in _AT or word in NOT_PLACES or _is_word(word)
