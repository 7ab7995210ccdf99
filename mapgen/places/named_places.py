"""Note the places that articles name from which no event was coded.

An extraction comes in and goes out; such articles then carry the places that they name. A map
without signs can show them, and so frame the country that was read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapgen.model import NamedPlace, Precision
from mapgen.places.geoparsing import find_toponyms

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from mapgen.model import Article, Extraction

MOST_PLACES = 12  # in the order of the text; more would say no more about where it is set


def with_named_places(extraction: Extraction, gazetteer: Gazetteer) -> Extraction:
    """Return an extraction whose articles without a current claim carry the places they name.

    Parameters
    ----------
    extraction
        Articles with their text, sentences and claims.
    gazetteer
        Gazetteer in which toponyms are resolved.
    """
    heard = {c.article for c in extraction.claims if c.status.is_current}
    articles = tuple(
        a if a.id in heard else replace(a, places=_named(a, gazetteer)) for a in extraction.articles
    )
    return replace(extraction, articles=articles)


def _named(article: Article, gazetteer: Gazetteer) -> tuple[NamedPlace, ...]:
    """Return the first places that an article names, each once."""
    found: dict[str, NamedPlace] = {}
    for toponym in find_toponyms([article], gazetteer):
        if toponym.type != "place" or toponym.place_id is None or toponym.lat is None:
            continue
        if toponym.place_id not in found and len(found) < MOST_PLACES:
            found[toponym.place_id] = NamedPlace(
                surface=toponym.surface,
                place_id=toponym.place_id,
                name=toponym.name,
                lat=toponym.lat,
                lon=toponym.lon,
                precision=Precision(toponym.precision) if toponym.precision else None,
            )
    return tuple(found.values())
