"""Places far from all else that an article names: the one meant is more likely not listed."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gazetteer.demonyms import demonyms
from mapgen.ground.projection import distance_km
from mapgen.places.toponym_features import common_words

if TYPE_CHECKING:
    from mapgen.places.georeference import Geoparse, Georeference

_CAPITAL = re.compile(r"\b[A-Z][\w’'-]*")
FAR = "the only one listed is far from all else the article names"
FAR_KM = 300.0  # from the places in the subject country; a border town abroad is nearer
WORLD_CITY = 1_000_000  # inhabitants; articles on any country may name such a city


def without_far(found: Geoparse, text: str, *, is_given: bool = False) -> Geoparse:
    """Return a geoparse in which places far from all others are no longer resolved.

    If an article on Mozambique names "Palma" and the gazetteer lists only a Palma in Spain, the
    article more likely means a town that is not listed. Such a name is kept without coordinates.

    Parameters
    ----------
    found
        Geoparse returned by `geoparse`.
    text
        Text of the article. A place in a country that the text names, by noun or adjective, is not
        far.
    is_given
        Whether the user stated the subject country. If so, a place abroad counts as far even if the
        article names no place in the subject country.
    """
    if found.country is None:
        return found
    told = {r.place.country for r in found.references if r.place and r.place.id.startswith("iso:")}
    adjectives = demonyms()
    told |= {adjectives[word] for word in set(_CAPITAL.findall(text)) if word in adjectives}
    spots = [
        (r.place.lat, r.place.lon)
        for r in found.references
        if r.place is not None and r.place.country == found.country
    ]
    starts = {r.start for r in found.references}
    references = []
    for r in found.references:
        whole = _whole_name(r, text, found.country, starts)
        if whole is not None:
            r = replace(r, end=r.start + len(whole), surface=whole)  # noqa: PLW2901
        if whole is not None or _is_far(r, found.country, told, spots, is_given=is_given):
            r = replace(r, place=None, method="words", reason=FAR, is_unlisted=True)  # noqa: PLW2901
        references.append(r)
    return replace(found, references=tuple(references))


def _whole_name(r: Georeference, text: str, focus: str, starts: set[int]) -> str | None:
    """Return the longer name that begins with the name of a place abroad: "Adan Yabaal"."""
    if r.place is None or r.place.country in {focus, None} or r.place.precision == "country":
        return None
    behind = re.match(r" ([A-Z][\w'’-]+)", text[r.end : r.end + 40])
    if behind is None or r.end + 1 in starts or behind[1].casefold() in common_words():
        return None
    return text[r.start : r.end] + behind.group(0)


def _is_far(
    reference: Georeference,
    focus: str,
    told: set[str | None],
    spots: list[tuple[float, float]],
    *,
    is_given: bool,
) -> bool:
    """Return whether a place abroad is far from all places in the subject country."""
    place = reference.place
    if place is None or place.country in {focus, None} or place.country in told:
        return False
    if not spots and not is_given:
        return False
    is_shared = place.precision == "province" and len(reference.candidates) > 1  # Haiti's "Nord"
    if place.precision not in {"settlement", "district", "site"} and not is_shared:
        return False
    if (place.population or 0) >= WORLD_CITY:
        return False
    far = min((distance_km((place.lat, place.lon), spot) for spot in spots), default=math.inf)
    return far > FAR_KM
