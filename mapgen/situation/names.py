"""Choose one name for each place, spelled as in the articles.

Events, claims and a baseline come in; names go out. The page, exports, frames and reports must all
use the same name for a town. Formats with room for both also give the name in the gazetteer
("Tallbīsah").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.merging.units import place_key
from mapgen.situation.flows import shown_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapgen.core.gazetteer_protocols import MapGazetteer
    from mapgen.model import ClaimPlace, Situation


def town_names(situation: Situation) -> dict[str, str]:
    """Return the name of each town and site of a situation.

    Parameters
    ----------
    situation
        Its events have the spelling that the articles use most often. A town that is only in the
        baseline has its name there.

    Returns
    -------
    dict of str to str
        Names by place key, from `mapgen.merging.units.place_key`. Areas are not included; see
        `name_of`.
    """
    names = {row.place_id: row.place for row in situation.baseline}
    for event in situation.events:
        names.update((place_key(p), shown_name(p)) for p in event.places if not p.is_area)
    return names


def name_of(place: ClaimPlace, names: Mapping[str, str]) -> str:
    """Return the name of a place of an event or claim.

    Parameters
    ----------
    place
        The place.
    names
        Names of towns and sites, from `town_names`.
    """
    own = shown_name(place)
    return own if place.is_area else names.get(place_key(place), own)


def gazetteer_name(place_id: str | None, gazetteer: MapGazetteer) -> str | None:
    """Return the name of a place in the gazetteer, or None if it is not listed."""
    entry = gazetteer.get(place_id) if place_id else None
    return entry.name if entry is not None else None
