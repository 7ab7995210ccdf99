"""What an article says besides a name, and the villages that can be meant by it."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from gazetteer.spelling import fold, without_possessive
from gazetteer.villages import known_villages
from mapgen.places.district_names import IN_AREA_STATED, SEAT_OF_DISTRICT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from gazetteer.records import Place
    from gazetteer.villages import Village
    from mapgen.places.georeference import Georeference

NEAR_KM = 75.0  # without such words, another place of the article must lie within this distance
CLOSE_KM = 50.0  # the same for a name that is also a common word or a given name
FAR_KM = 150.0  # a village farther than this from all other places is unlikely to be meant
CLEARLY = 2.5  # how many times nearer a place must be than the next one with its name
SAME_KM = 5.0  # two rows within this distance are the same village
_MOST_BEARERS = 200  # more places than share a name in any country
TOWN = 15_000  # inhabitants; the name of such a town means this town in its country
SMALL_TOWN = 5_000
BIG_TOWN = 30_000
CITY = 300_000
METROPOLIS = 1_000_000
LONG_NAME = 6  # letters
FARTHEST_KM = 200.0  # of the only village of a name from what is told beside it
_CAMPS = re.compile(r"\b(?:refugees?|camps?|displaced)\b", re.IGNORECASE)
POINTS = frozenset({"settlement", "site", "district"})
_NAMED_ALIKE = POINTS | {"province"}  # Isabela is a province, and a town in that of Basilan


@dataclass(frozen=True, slots=True)
class Ground:
    """The country of an article, and the locations of its places as (lat, lon) in degrees."""

    country: str
    gazetteer: Gazetteer
    spots: tuple[tuple[float, float], ...]
    neighbours: tuple[str, ...]  # other countries that the article names towns of
    is_given: bool  # the user named the country
    areas: tuple[Georeference, ...] = ()  # the provinces and districts that the article names
    is_stated: bool = False  # the one spot is the place that the text says the name lies near
    company: tuple[tuple[float, float], ...] = ()  # the spots named within a few lines
    listed: tuple[tuple[float, float], ...] = ()  # the spots in one list with the name
    is_by_city: bool = False  # its sentence names a city, of which it may be a quarter
    spots_abroad: tuple[tuple[float, float], ...] = ()  # those in the neighbours
    section: Georeference | None = None  # the province or district in the heading above the name

    def is_abroad_too(self, name: str, own: Place | None) -> bool:
        """Return whether a village of another country in the article may be meant as well.

        A village of the subject country near its other places is meant, unless one abroad lies as
        near to what the article names.

        Parameters
        ----------
        name
            Name as written.
        own
            The village that the name means in the subject country, if it has one alone.
        """
        abroad = [v.place for code in self.neighbours for v in self.gazetteer.villages(name, code)]
        if own is None or not abroad:
            return bool(abroad)
        near = self.km_away(own)
        if near > NEAR_KM:
            return True
        named = (*self.spots, *self.spots_abroad)
        nearest = min(distance_km(p.lat, p.lon, *spot) for p in abroad for spot in named)
        return nearest < CLEARLY * max(near, SAME_KM)

    def km_away(self, place: Place) -> float:
        """Return the distance in km to the nearest other place of the article."""
        there = [s for s in self.spots if s != (place.lat, place.lon)]
        return min((distance_km(place.lat, place.lon, *s) for s in there), default=math.inf)

    def in_company(self) -> Ground:
        """Return a copy with those of the places only that the text names beside the name."""
        return replace(self, spots=self.company)

    def without(self, place: Place) -> Ground:
        """Return a copy without one of the places."""
        spots = tuple(s for s in self.spots if s != (place.lat, place.lon))
        return replace(self, spots=spots)


_SPEAKS_IN = re.compile(
    r"\b(?:authorit\w+|commission\w*|diplomats?|embassy|government|governor|headquarters|minist\w+"
    r"|officials?|parliament|president|sources?|spokes\w+|talks)\b[^.;:,\n]{0,30}\sin\s\Z",
    re.IGNORECASE,
)


def is_known_town(place: Place) -> bool:
    """Whether a name alone means this town: it is no small one, or its place was checked by hand.

    Parameters
    ----------
    place
        A place that the gazetteer lists.
    """
    by_hand = place.id.startswith("supplement:") and place.certainty == "high"
    return (place.population or 0) >= SMALL_TOWN or by_hand or place.id in known_villages()


def not_of_speakers(references: Sequence[Georeference], text: str) -> list[Georeference]:
    """Return the names without the towns where only speakers or reporters are.

    The ministry in Hargeysa, or a metropolis in the dateline, says nothing about where the villages
    of an article lie. If an article names no other town, all are returned.

    Parameters
    ----------
    references
        Georeferences of the text.
    text
        The text.
    """
    named = Counter(
        r.place.id for r in references if r.place is not None and not _is_metonym(r, text)
    )
    kept = [
        r
        for r in references
        if not _is_metonym(r, text)
        and not _SPEAKS_IN.search(text, max(0, r.start - 70), r.start)
        and not (r.place is not None and named[r.place.id] == 1 and _is_dateline(r, text))
    ]
    if any(r.place is not None and r.place.precision in POINTS for r in kept):
        return kept
    return list(references)


_OF_A_STATE = re.compile(
    r"['’]s\s(?:[\w-]+\s){0,2}?(?:army|defen[cs]e|forces|general staff|government|leaders?|military"
    r"|minist\w+|officials|parliament|troops)\b",
    re.IGNORECASE,
)


def _is_metonym(r: Georeference, text: str) -> bool:
    """Return whether a town stands for its state: "Kyiv's General Staff"."""
    start = r.end - len("'s") if text[r.start : r.end].endswith(("'s", "’s")) else r.end
    return _OF_A_STATE.match(text, start) is not None


def _is_dateline(r: Georeference, text: str) -> bool:
    """Return whether a metropolis opens a line in capitals, as the place of a correspondent."""
    opens = r.start == 0 or text[r.start - 1] == "\n"
    is_big = r.place is not None and (r.place.population or 0) >= METROPOLIS
    return opens and is_big and text[r.start : r.end].isupper()


def of_stated_area(
    r: Georeference, area: Georeference | None, ground: Ground
) -> Georeference | None:
    """Return a name as the place in the area that the text puts it in, or None if it stays.

    "Kostiantynivka in Sumy region" is no town of Donetsk region, since a village there bears the
    name, and "Isabela, in Basilan" is no province. If several places of the area do, the name is
    open.

    Parameters
    ----------
    r
        A name with its place.
    area
        The province or district in which the text puts it.
    ground
        What the article says besides it.
    """
    place = r.place
    if area is None or area.place is None or place is None or place.id == area.place.id:
        return None
    if place.precision not in _NAMED_ALIKE or area.place.country != ground.country:
        return None
    if lies_in(place, area.place):
        return None
    towns, inside = _bearers_in(without_possessive(r.surface), area, area.place, ground)
    is_point = place.precision in POINTS
    if any(_km(place, o) <= NEAR_KM and is_point for o in (*towns, *(v.place for v in inside))):
        return None
    if towns:
        ids = (*(town.id for town in towns), place.id)
        town = max(towns, key=lambda p: (p.population or 0, p.id))
        return r.resolved(town, IN_AREA_STATED, score=0.6, candidates=ids)
    if not inside:
        return None
    chosen = chosen_village(inside, ground)
    if chosen is not None:
        return as_village(r, chosen, inside, in_area=True)
    return as_tie(r, tuple(v.place.id for v in inside[:5]))


def _bearers_in(
    name: str, area: Georeference, within: Place, ground: Ground
) -> tuple[list[Place], list[Village]]:
    """Return the towns and the villages of a name, so written, in an area."""
    villages = ground.gazetteer.villages(name, ground.country)
    inside = [v for v in villages_in(villages, area) if v.level in {"exact", "folded"}]
    return [town for town in listed_towns(name, ground) if lies_in(town, within)], inside


def _km(one: Place, other: Place) -> float:
    """Return the distance between two places in km."""
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def as_tie(r: Georeference, ids: tuple[str, ...]) -> Georeference:
    """Return a name without a place, since several places bear it."""
    reason = f"several places are named {r.surface}"
    return replace(
        r, place=None, score=0.0, candidates=ids, method="tie", reason=reason, is_unlisted=True
    )


def lies_in(place: Place, area: Place) -> bool:
    """Return whether a place lies in a province, or within 50 km of the point of a district."""
    if place.id == area.id or place.precision not in POINTS:
        return False
    if area.admin1 is not None and place.admin1 is not None and place.admin1 != area.admin1:
        return False
    if area.precision == "province" and place.admin1 is not None:
        return place.admin1 == area.admin1
    return distance_km(place.lat, place.lon, area.lat, area.lon) <= CLOSE_KM


def villages_in(villages: Sequence[Village], area: Georeference) -> list[Village]:
    """Return the villages in an area, by the area names of their source or by their codes.

    A village that is well known counts by its code as well, as sources misspell some names.
    """
    if area.place is None:
        return []
    by_name = [v for v in villages if v.lies_in(area.surface) or v.lies_in(area.place.name)]
    is_province = area.place.precision == "province"
    by_code = [v for v in villages if v.place.admin1 and v.place.admin1 == area.place.admin1]
    if by_name:
        known = known_villages() if is_province else frozenset()
        return by_name + [v for v in by_code if v.place.id in known and v not in by_name]
    if is_province:
        return by_code
    within = [v for v in villages if v.district == area.place.id]
    return within or [v for v in villages if lies_in(v.place, area.place)]


def is_same(one: Place, other: Place) -> bool:
    """Return whether two rows of one name are the same place, in two spellings."""
    return one.id == other.id or distance_km(one.lat, one.lon, other.lat, other.lon) <= SAME_KM


def seat_named(name: str, ground: Ground) -> Place | None:
    """Return the only seat of a district with this name, or None."""
    districts = [
        c.place
        for c in ground.gazetteer.lookup(name, country=ground.country, limit=50)
        if c.place.feature == "ADM2" and c.level in {"exact", "folded", "articles"}
    ]
    seats = [ground.gazetteer.seat(district.id, name) for district in districts]
    found = {seat.id: seat for seat in seats if seat is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def district_named(name: str, ground: Ground) -> Place | None:
    """Return the only district with this name whose seat no list has, or None."""
    districts = {
        c.place.id: c.place
        for c in ground.gazetteer.lookup(name, country=ground.country, limit=50)
        if c.place.feature == "ADM2" and c.level in {"exact", "folded"}
    }
    return next(iter(districts.values())) if len(districts) == 1 else None


def as_seat(r: Georeference, seat: Place) -> Georeference:
    """Return a name resolved to the seat of the district with its name."""
    ids = (seat.id, *(i for i in r.candidates if i != seat.id))
    return r.resolved(seat, SEAT_OF_DISTRICT, score=0.6, candidates=ids)


def chosen_village(villages: Sequence[Village], ground: Ground) -> Village | None:
    """Return the only village, the one clearly nearest to the other places, or one well known.

    A seat of a district is meant by its name alone, unless all else lies far from it.
    """
    ranked = sorted(villages, key=lambda v: (ground.km_away(v.place), v.place.id))
    first = ranked[0]
    others = [v for v in ranked[1:] if km_between(first, v) > SAME_KM]
    if not others:
        return first
    near, next_near = ground.km_away(first.place), ground.km_away(others[0].place)
    if near <= NEAR_KM and next_near >= CLEARLY * max(near, 5.0):
        return first
    return _well_known(ranked, ground)


def only_one_in_areas(villages: Sequence[Village], ground: Ground) -> Village | None:
    """Return the only village in the provinces that the article names, or None."""
    areas = [a.place for a in ground.areas if a.place is not None]
    provinces = [p for p in areas if p.precision == "province" and p.country == ground.country]
    inside = [v for v in villages if any(lies_in(v.place, p) for p in provinces)]
    apart = [v for v in inside if km_between(inside[0], v) > SAME_KM]
    return inside[0] if inside and not apart else None


def km_between(one: Village, other: Village) -> float:
    """Return the distance between two villages in km."""
    return _km(one.place, other.place)


def as_village(
    r: Georeference, village: Village, all_of_name: Sequence[Village], *, in_area: bool
) -> Georeference:
    """Return a name resolved to a village."""
    how = "inside the area stated" if in_area else "in the subject country"
    score = 0.8 if in_area or len(all_of_name) == 1 else 0.6
    method = f"{village.level} name of a village, {how}"
    ids = tuple(v.place.id for v in all_of_name[:5])
    return r.resolved(village.place, method, score=score, candidates=ids)


def listed_towns(name: str, ground: Ground) -> list[Place]:
    """Return the settlements in the country that the gazetteer itself lists under a name."""
    return [
        c.place
        for c in ground.gazetteer.lookup(name, country=ground.country, limit=_MOST_BEARERS)
        if c.level in {"exact", "folded", "articles"} and c.place.precision == "settlement"
    ]


def is_only_one(r: Georeference, village: Village, ground: Ground, text: str) -> bool:
    """Return whether a village has the only such name, so far as is known, and may be meant.

    Then it may lie far from what else is told: "attacked the camp at Mondoro and withdrew to
    Kidal". Short names, parts of names, quarters, and names that are also words or people's are
    left to the other rules.
    """
    is_part = r.start > 0 and text[r.start - 1] in "-‑'’"
    if is_part or text.startswith(" (", r.end) or len(r.surface) < LONG_NAME or ground.is_by_city:
        return False
    km = (ground.in_company() if ground.company else ground).km_away(village.place)
    is_same = village.level in {"exact", "folded"} and not is_split(r.surface, village)
    return is_same and not village.marks and km <= FARTHEST_KM


def is_split(name: str, village: Village) -> bool:
    """Whether a village is written in more words than a name: "Wunaliet" is hardly Wun Aliet."""
    return len(re.split(r"[\s-]", name)) != len(re.split(r"[\s-]", village.place.name))


def are_hardly_named(name: str, villages: Sequence[Village]) -> bool:
    """Whether several villages bear a name, all written in more words.

    Mantong is none of two hamlets Man Tong.

    Parameters
    ----------
    name
        The name in the text.
    villages
        The villages that are found under it.
    """
    split = all(v.level == "folded" and is_split(name, v) for v in villages)
    return len(villages) > 1 and split


def written_alike(name: str, place: Place, villages: Sequence[Village]) -> list[Village]:
    """Return villages of a name without those in more words, if a place is written like the name.

    Namhsan is not the nearer Nam-hsan.

    Parameters
    ----------
    name
        The name in the text.
    place
        The place that it is taken for.
    villages
        The villages that are found under it.
    """
    return [v for v in villages if place.name != name or not is_split(name, v)]


def is_seat(name: str, village: Village, ground: Ground) -> bool:
    """Whether a village is one that its name alone means: the seat of its district, or well known.

    Parameters
    ----------
    name
        The name in the text.
    village
        A village with this name.
    ground
        What the article says of places.
    """
    if village.place.id in known_villages() and not _is_word(village):
        return True
    return any(
        n.feature == "ADM2" and n.country == ground.country and n.id == village.district
        for n in ground.gazetteer.namesakes(name)
    )


def known_at_home(r: Georeference, ground: Ground) -> Georeference:
    """Return a name resolved abroad as the bigger town or well-known village at home, or as it was.

    Mambasa in an article on DR Congo is no town of Kenya, and Saida in Lebanon not the smaller one
    of Algeria, unless the article names places abroad.

    Parameters
    ----------
    r
        A name with a place in another country.
    ground
        What the article says of places.
    """
    if r.place is None or r.place.precision not in POINTS:
        return r
    nearer = _nearer_at_home(r, r.place, ground)
    if nearer is not None:
        return nearer
    if set(ground.spots_abroad) - {(r.place.lat, r.place.lon)}:
        return r
    name = without_possessive(r.surface)
    towns = [t for t in listed_towns(name, ground) if fold(name) in map(fold, (t.name, *t.names))]
    town = max(towns, key=lambda t: (t.population or 0, t.id), default=None)
    if town is not None and (town.population or 0) >= max(r.place.population or 0, SMALL_TOWN):
        return r.resolved(town, "the bigger town is at home", score=0.6, candidates=(town.id,))
    villages = ground.gazetteer.villages(name, ground.country)
    known = _well_known(villages, ground)
    return as_village(r, known, villages, in_area=False) if known is not None else r


def _nearer_at_home(r: Georeference, abroad: Place, ground: Ground) -> Georeference | None:
    """Return the name of a small place abroad as the village at home amid what is told, or None.

    A village that lies among the other places of the article is meant, not a small town of its name
    far from all of them in the country next door, even if the article names that country.
    """
    if (abroad.population or 0) >= TOWN or not ground.spots:
        return None
    villages = [
        v
        for v in ground.gazetteer.villages(without_possessive(r.surface), ground.country)
        if v.level in {"exact", "folded"} and not v.marks
    ]
    chosen = chosen_village(villages, ground) if villages else None
    if chosen is None:
        return None
    around = ground.in_company() if len(ground.company) > 1 else ground
    near = around.km_away(chosen.place)
    own = replace(ground, spots=(*ground.spots, *ground.spots_abroad)).km_away(abroad)
    if near > NEAR_KM or own < CLEARLY * max(near, SAME_KM):
        return None
    return as_village(r, chosen, villages, in_area=False)


def own_camp(r: Georeference, ground: Ground, text: str) -> Georeference | None:
    """Return the camp of the country that bears the name of a town abroad: Kobe in Ethiopia.

    Parameters
    ----------
    r
        A name with a place abroad.
    ground
        What the article says besides it.
    text
        The text.
    """
    if r.place is None or r.place.precision == "country" or not _CAMPS.search(text):
        return None
    name = f"{without_possessive(r.surface)} camp"
    for c in ground.gazetteer.lookup(name, country=ground.country, limit=3):
        if c.place.feature == "CMPRF" and c.level in {"exact", "folded"}:
            ids = (c.place.id, r.place.id)
            return r.resolved(c.place, "a camp of the country", score=0.6, candidates=ids)
    return None


def known_or_tie(r: Georeference, others: Sequence[Village], ground: Ground) -> Georeference:
    """Return the name of a small place as the well-known village of its name, or as open.

    Parameters
    ----------
    r
        A name with its place.
    others
        Villages of this name.
    ground
        What the article says of places.
    """
    known = _well_known(others, ground)
    if known is not None:
        return as_village(r, known, others, in_area=False)
    ids = [r.place.id] if r.place is not None else []
    return as_tie(r, (*ids, *(v.place.id for v in others[:4])))


def _well_known(villages: Sequence[Village], ground: Ground) -> Village | None:
    """Return the only village that its name alone means, unless all else lies far from it."""
    known = [v for v in villages if v.place.id in known_villages() and not _is_word(v)]
    is_far = bool(ground.spots) and bool(known) and ground.km_away(known[0].place) > FAR_KM
    return known[0] if len(known) == 1 and not is_far else None


def _is_word(village: Village) -> bool:
    """Whether the name of a village is a common word as well."""
    return "common word" in village.marks
