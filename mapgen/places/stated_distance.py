"""Whether a big town gives way to what the text states: "Tanta, 19 km north-west of Wad Madani".

The city of Egypt is no place 19 km from a town of Sudan. A name, the place that it is said to lie
near, and the words between them come in.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.areas import normal_direction
from gazetteer.distance import distance_km, moved
from gazetteer.spelling import without_possessive
from mapgen.places.near_words import DISTANCE, TOWARDS, UNIT_KM, is_too_far, said_near
from mapgen.places.village_ground import BIG_TOWN, FAR_KM, POINTS, TOWN, listed_towns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.records import Place
    from mapgen.places.georeference import Georeference
    from mapgen.places.village_ground import Ground

_EXACT = frozenset({"exact", "folded"})
_BEARINGS = {
    name: 45.0 * n
    for n, name in enumerate(
        ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
    )
}
_ASLANT = 1.1
"""Times its distance that a place lies off the direction stated: 67 degrees, as reports round."""

_VILLAGE_OF = re.compile(r"\b(?:village|hamlet)\s(?:of\s)?$")


def as_said_near(
    r: Georeference, said: tuple[Georeference, float] | None, ground: Ground, text: str
) -> tuple[Georeference, Ground]:
    """Return a name, open again where its place lies too far from the one it is said to be near.

    The ground of such a name, and of one that is open, is the place stated alone.

    Parameters
    ----------
    r
        A name, perhaps with its place.
    said
        The place that it is said to lie near, and how far at most, in km.
    ground
        What the article says besides it.
    text
        The text.
    """
    if said is None or said[0].place is None or said[0].place.country != ground.country:
        return r, ground
    anchor, km = said
    if r.place is not None:
        gap = text[r.end : anchor.start]
        is_called = _VILLAGE_OF.search(text[max(0, r.start - 20) : r.start]) is not None
        is_small = is_called or km == UNIT_KM or (r.place.population or 0) < BIG_TOWN
        is_small = is_small or _gives_way(r, anchor, gap, ground) or _has_one_near(r, said, ground)
        is_point = r.place.precision in POINTS or _is_area_abroad(r.place, ground)
        if not is_small or not is_point:
            return r, ground
        if is_too_far(r, anchor, km):
            if _lies_that_way(r, anchor, gap) and not _bearers_near(r, said, ground):
                return r, ground  # a small town far out in the desert
            reason = f"no {r.surface} is known near {anchor.surface}"
            r = replace(r, place=None, score=0.0, method="words", reason=reason, is_unlisted=True)
    spot = (said[0].place.lat, said[0].place.lon)
    return r, replace(ground, spots=(spot,), spots_abroad=(), is_stated=True)


def _gives_way(r: Georeference, anchor: Georeference, gap: str, ground: Ground) -> bool:
    """Whether a town is less sure than the distance in km from another that the text states.

    The other must be known: it has many inhabitants, and the first is abroad or has fewer. A town
    abroad gives way to a direction too, if it lies in another.
    """
    if r.place is None or anchor.place is None:
        return False
    known, doubted = anchor.place.population or 0, r.place.population or 0
    is_abroad = r.place.country != ground.country
    if is_abroad and TOWARDS.fullmatch(gap) is not None and not _lies_that_way(r, anchor, gap):
        return True
    if DISTANCE.fullmatch(gap) is None:
        return False
    return known >= TOWN and (is_abroad or doubted < known)


def _is_area_abroad(place: Place, ground: Ground) -> bool:
    """Whether a place is an area abroad, but no country: Sirba of Burkina Faso near El Geneina."""
    return place.country != ground.country and place.precision != "country"


def _lies_that_way(r: Georeference, anchor: Georeference, gap: str) -> bool:
    """Whether a place lies in the direction stated, and not on the other side of the country.

    "Banibangou, north of Ouallam" is 100 km away: a report has no nearer town to name.
    """
    towards = TOWARDS.fullmatch(gap)
    direction = normal_direction(towards["direction"]) if towards is not None else None
    if r.place is None or anchor.place is None or direction not in _BEARINGS:
        return False
    km = _km(r.place, anchor.place)
    there = moved(anchor.place.lat, anchor.place.lon, km, _BEARINGS[direction])
    return km <= FAR_KM and distance_km(r.place.lat, r.place.lon, *there) <= _ASLANT * km


def _has_one_near(r: Georeference, said: tuple[Georeference, float], ground: Ground) -> bool:
    """Whether a town abroad bears the name of a place at home where the text says it lies."""
    if r.place is None or r.place.country == ground.country:
        return False
    return _bearers_near(r, said, ground)


def _bearers_near(r: Georeference, said: tuple[Georeference, float], ground: Ground) -> bool:
    """Whether a place at home that bears a name lies where the text says it does."""
    anchor, km = said
    if anchor.place is None:
        return False
    name = without_possessive(r.surface)
    villages = ground.gazetteer.villages(name, ground.country)
    places = [*listed_towns(name, ground), *(v.place for v in villages if v.level in _EXACT)]
    return any(_km(p, anchor.place) <= km for p in places)


def _km(one: Place, other: Place) -> float:
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def all_through(
    before: Sequence[Georeference], after: Sequence[Georeference], text: str, country: str
) -> list[Georeference]:
    """Return names, each one put elsewhere by the place stated beside it so wherever it stands.

    After "Tanta, 19 km north-west of Wad Madani" the same village is meant by "the RSF still held
    Tanta", but not by "Tanta, Egypt".

    Parameters
    ----------
    before
        Georeferences of the text, in reading order, before they were judged by such words.
    after
        Those that were judged.
    text
        The text.
    country
        Subject country: a place in it stays where no other is found.
    """
    judged = {r.start: r for r in after}
    elsewhere: dict[tuple[str, str], Georeference] = {}
    for i, r in enumerate(before):
        now = judged.get(r.start)
        if r.place is None or now is None or said_near(before, i, text) is None:
            continue
        is_free = now.place is None and r.place.country != country
        if is_free or (now.place is not None and now.place.id != r.place.id):
            elsewhere.setdefault((r.surface, r.place.id), now)
    if not elsewhere:
        return list(after)
    out = []
    for r in after:
        other = elsewhere.get((r.surface, r.place.id)) if r.place is not None else None
        if other is not None and "inside the area" not in r.method:
            r = replace(other, start=r.start, end=r.end)  # noqa: PLW2901
        out.append(r)
    return out
