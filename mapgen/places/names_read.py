"""Resolve names that only the reading of their sentence shows to be places.

A gazetteer and the words beside a name leave many names of small places in doubt. A reader that
says what happened there ("Hsenwi fell on Monday") settles it. The spans of such names come in, with
the georeferences of the article; the georeferences go out with these names resolved as well.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from gazetteer.spelling import without_possessive
from mapgen.places.far_places import FAR
from mapgen.places.georeference import Georeference
from mapgen.places.near_words import is_too_far, said_near
from mapgen.places.repeats import same_throughout
from mapgen.places.village_ground import BIG_TOWN, POINTS, SAME_KM, as_village, km_between
from mapgen.places.village_names import with_villages
from mapgen.places.village_sections import with_villages_of_items

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gazetteer import Gazetteer
    from gazetteer.records import Place
    from mapgen.places.georeference import Geoparse

APART_KM = 400.0  # our own choice: a village this far from the place named next to it is another
APART = "the only one listed is far from the place named beside it"
NOT_LISTED = "not in the gazetteer"
ONLY_ONE = "listed once in the subject country"
_MOST = 20  # places of a name that are looked at


def with_names_read(
    found: Geoparse,
    text: str,
    names: Sequence[tuple[int, int]],
    taken: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    *,
    vouched: Collection[int] = (),
    items: Sequence[tuple[int, int, str]] = (),
    is_given: bool = False,
) -> Geoparse:
    """Return a geoparse with names that are places by what is said of them.

    Parameters
    ----------
    found
        Geoparse of the article.
    text
        Text of the article.
    names
        Offsets of the names, none of which overlaps a georeference.
    taken
        Spans of named parties, in which no places are searched.
    gazetteer
        Gazetteer with its layers of villages.
    vouched
        Offsets of georeferences whose place is not known yet, and where something happened.
    items
        Start, end and country of each item of a digest, in which its names are looked up.
    is_given
        Whether the user stated the subject country.

    Returns
    -------
    Geoparse
        Names that no list has, or several places bear, have no place, but a reason.
    """
    if not names and not vouched:
        return replace(found, references=same_throughout(found.references))
    new = []
    for start, end in names:
        surface = without_possessive(text[start:end])
        until = start + len(surface)
        new.append(
            Georeference(
                start, until, surface, None, 0.0, (), "words", NOT_LISTED, is_unlisted=True
            )
        )
    ordered = tuple(sorted([*found.references, *new], key=lambda r: (r.start, -r.end)))
    whole = with_villages(
        replace(found, references=ordered), text, taken, gazetteer, is_given=is_given
    )
    whole = with_villages_of_items(whole, text, taken, gazetteer, items)
    starts = {start for start, _ in names}
    told = []
    for i, r in enumerate(whole.references):
        country = next((c for a, b, c in items if a <= r.start < b), whole.country)
        reason = NOT_LISTED if r.start in starts else FAR if r.start in vouched else ""
        is_read = r.place is None and r.reason == reason
        if is_read and country:
            read = _only_one(r, country, gazetteer, _nearest_named(whole.references, i, country))
            said = said_near(whole.references, i, text)
            told.append(r if said is not None and is_too_far(read, *said) else read)
        else:
            told.append(r)
    return replace(whole, references=same_throughout(told))


def _only_one(
    r: Georeference,
    country: str,
    gazetteer: Gazetteer,
    beside: Place | None,
) -> Georeference:
    """Return a name with the only place in a country that bears it, if not far from the last."""
    villages = gazetteer.villages(r.surface, country)
    if villages:
        apart = [v for v in villages if km_between(villages[0], v) > SAME_KM]
        if apart or "short" in villages[0].marks:
            return r
        read = as_village(r, villages[0], villages, in_area=False)
    else:
        found = gazetteer.lookup(r.surface, country=country, limit=_MOST)
        towns = [c.place for c in found if c.place.precision == "settlement"]
        if len(towns) != 1:
            return r
        read = r.resolved(towns[0], ONLY_ONE, score=0.6, candidates=(towns[0].id,))
    place = read.meant
    if place is None or (place.population or 0) >= BIG_TOWN or beside is None:
        return read
    km = distance_km(place.lat, place.lon, beside.lat, beside.lon)
    return read if km <= APART_KM else replace(r, reason=APART)


def _nearest_named(references: Sequence[Georeference], i: int, country: str) -> Place | None:
    """Return the place in a country that is named nearest to the i-th name in the text."""
    at = references[i].start
    there = [
        (abs(r.start - at), r.place)
        for n, r in enumerate(references)
        if n != i and r.place and r.place.country == country and r.place.precision in POINTS
    ]
    return min(there, key=lambda pair: pair[0])[1] if there else None
