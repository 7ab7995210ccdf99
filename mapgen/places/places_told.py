"""Where the places lie that an article names: their points, their countries, those beside a name.

Georeferences come in, and points as (lat, lon) in degrees or ISO 3166-1 alpha-2 codes go out.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mapgen.places.village_ground import BIG_TOWN, CITY, POINTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapgen.places.georeference import Georeference

_BESIDE = 300  # characters: a few lines


def spots(references: Iterable[Georeference], country: str) -> tuple[tuple[float, float], ...]:
    """Return the points (lat, lon) of the article's settlements, sites and districts."""
    places = (r.place for r in references if r.place is not None)
    found = {(p.lat, p.lon) for p in places if p.country == country and p.precision in POINTS}
    return tuple(sorted(found))


def company(
    references: Sequence[Georeference], r: Georeference, country: str
) -> tuple[tuple[float, float], ...]:
    """Return the points of the places that are named within a few lines of a name."""
    beside = [o for o in references if o is not r and abs(o.start - r.start) <= _BESIDE]
    return spots(beside, country)


def is_by_city(references: Sequence[Georeference], i: int, text: str) -> bool:
    """Return whether the sentence of a name also names a city, of which it may be a quarter."""
    r = references[i]
    start = max(text.rfind(". ", 0, r.start), text.rfind("\n", 0, r.start))
    ends = (text.find(sign, r.end) for sign in (". ", "\n"))
    end = min((n for n in ends if n >= 0), default=len(text))
    beside = (o.place for o in references if o is not r and start < o.start < end)
    cities = (p for p in beside if p is not None and p.precision == "settlement")
    return any((p.population or 0) >= CITY for p in cities)


def all_countries(references: Iterable[Georeference]) -> list[str]:
    """Return the countries in which names have places, in order."""
    return sorted({r.place.country or "" for r in references if r.place is not None} - {""})


def abroad(references: Iterable[Georeference], country: str) -> tuple[str, ...]:
    """Return the other countries in which the article names a settlement, site or district.

    A small place abroad that nothing else in the article vouches for may be a mistake: it counts
    only if the article names its country, or another place there.
    """
    places = {r.place.id: r.place for r in references if r.place is not None}.values()
    points = [p for p in places if p.precision in POINTS]
    named = {p.country for p in places if p.precision == "country"}
    found = Counter(p.country for p in points)
    big = {p.country for p in points if (p.population or 0) >= BIG_TOWN}
    codes = {c for c in found if c and (found[c] > 1 or c in named or c in big)}
    return tuple(sorted(codes - {country}))
