"""List the places that articles name, whether anything is drawn there or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.model import NamedPlace

if TYPE_CHECKING:
    from mapgen.model import Extraction


def places_read(extraction: Extraction) -> list[NamedPlace]:
    """Return the places that articles name, whether anything is drawn there or not.

    Parameters
    ----------
    extraction
        Articles and claims.

    Returns
    -------
    list of NamedPlace
        Each place with coordinates once: those of claims, then those named in articles from which
        nothing was coded.
    """
    named = [p for article in extraction.articles for p in article.places]
    told = [
        NamedPlace(
            surface=p.surface,
            place_id=p.place_id,
            name=p.name,
            lat=p.lat,
            lon=p.lon,
            precision=p.precision,
        )
        for claim in extraction.claims
        for p in claim.places
        if p.place_id is not None and p.lat is not None
    ]
    return list({p.place_id: p for p in reversed([*told, *named])}.values())[::-1]
