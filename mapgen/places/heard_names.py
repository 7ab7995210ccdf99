"""Names that are spelt as a writer heard them: "Ramyeh" for Rāmīyah, "Ain Issa" for ‘Ayn ‘Īsá.

A name and the places of its country come in. The place that sounds like it goes out. Hamlets are
many, so that only names count that the words beside them show to be places, and only those whose
consonants are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.spelling import VOWELS_VARY, article_key, sound, without_possessive
from gazetteer.villages import marks_of
from mapgen.places.toponym_features import surname
from mapgen.places.village_ground import (
    CITY,
    NEAR_KM,
    as_tie,
    as_village,
    chosen_village,
    villages_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.records import Place
    from gazetteer.villages import Village
    from mapgen.places.georeference import Georeference
    from mapgen.places.village_ground import Ground

_LEAST_SOUND = 4  # letters; shorter names sound like many others


def _sounds_like(name: str, others: Iterable[str]) -> bool:
    """Return whether one of the other names differs from a name at most in its vowels."""
    heard = sound(article_key(name))
    return any(sound(article_key(other)) == heard for other in others)


def villages_alike(r: Georeference, name: str, ground: Ground) -> tuple[Village, ...]:
    """Return the villages that a name in no list may mean in another spelling of its vowels.

    Parameters
    ----------
    r
        A name that the words beside it show to be a place's.
    name
        The name without a possessive ending.
    ground
        What the article says besides it.
    """
    if not r.is_unlisted or marks_of(name) or surname(name.casefold()):
        return ()
    return ground.gazetteer.villages_alike(name, ground.country)


def towns_alike(name: str, country: str, ground: Ground) -> list[Place]:
    """Return the listed towns of a country that a name may mean in another spelling of its vowels.

    Parameters
    ----------
    name
        Name without a possessive ending.
    country
        ISO 3166-1 alpha-2 code.
    ground
        What the article says besides the name.
    """
    if country not in VOWELS_VARY or len(sound(article_key(name))) < _LEAST_SOUND:
        return []
    return [
        c.place
        for c in ground.gazetteer.lookup(name, country=country)
        if c.level == "skeleton"
        and c.place.precision == "settlement"
        and _sounds_like(name, (c.place.name, *c.place.names))
    ]


def of_the_very_name(r: Georeference, ground: Ground) -> Georeference | None:
    """Return a name that was taken for a town of another spelling as the village so named, or None.

    "Saqlawiyah" is no Shaqlawa at the other end of the country.

    Parameters
    ----------
    r
        A name with its place.
    ground
        What the article says besides it.
    """
    place = r.place
    if place is None or not r.method.startswith("skeleton") or (place.population or 0) >= CITY:
        return None
    name = without_possessive(r.surface)
    if _sounds_like(name, (place.name, *place.names)) or ground.km_away(place) <= NEAR_KM:
        return None
    villages: Sequence[Village] = ground.gazetteer.villages(name, ground.country)
    villages = villages or ground.gazetteer.villages_alike(name, ground.country)
    if not villages or any(v.place.id == place.id for v in villages):
        return None
    section = ground.section
    villages = (villages_in(villages, section) if section is not None else []) or villages
    chosen = chosen_village(villages, ground)
    if chosen is None:
        return as_tie(r, tuple(v.place.id for v in villages[:5]))
    return as_village(r, chosen, villages, in_area=False)
