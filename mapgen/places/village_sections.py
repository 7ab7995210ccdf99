"""Resolve the villages of a digest, item by item, each in the country that it is about.

The georeferences of a text and its parts, each with its country, come in. The georeferences go out
with the villages that are meant in them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.spelling import without_possessive
from mapgen.places.georeference import Geoparse, Georeference
from mapgen.places.village_ground import TOWN
from mapgen.places.village_names import with_villages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer import Gazetteer


def with_villages_of_items(
    found: Geoparse,
    text: str,
    taken: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    items: Iterable[tuple[int, int, str]],
) -> Geoparse:
    """Return a geoparse with the villages of the items of a digest.

    Parameters
    ----------
    found
        Geoparse of the text.
    text
        Text of the article.
    taken
        Spans of named parties, in which no places are searched.
    gazetteer
        Gazetteer with its layers of villages.
    items
        Start, end and country (ISO 3166-1 alpha-2) of each item. They do not overlap.

    Returns
    -------
    Geoparse
        Names outside the items are as before.
    """
    references = list(found.references)
    for start, end, country in items:
        own = [r for r in references if start <= r.start and r.end <= end]
        moved = [_moved(_reopened(r, country, gazetteer), -start) for r in own]
        blocked = [(a - start, b - start) for a, b in taken if start <= a and b <= end]
        part = with_villages(
            Geoparse(country, tuple(moved)), text[start:end], blocked, gazetteer, is_given=True
        )
        references = [r for r in references if r not in own]
        references += [_moved(r, start) for r in part.references]
    references.sort(key=lambda r: (r.start, -r.end))
    return replace(found, references=tuple(references))


def _moved(r: Georeference, by: int) -> Georeference:
    return replace(r, start=r.start + by, end=r.end + by)


def _reopened(r: Georeference, country: str, gazetteer: Gazetteer) -> Georeference:
    """Return a name, open again if it means a small place abroad and the country has one too."""
    place = r.place
    if place is None or place.country == country or place.precision != "settlement":
        return r
    name = without_possessive(r.surface)
    if (place.population or 0) >= TOWN or not gazetteer.villages(name, country):
        return r
    return replace(r, place=None, score=0.0, candidates=(), method="words", is_unlisted=True)
