"""What places are called in everything that is written: as the articles spell them.

The page, its labels and cards, exports, frames and reports must call one town by one name. The
gazetteer's own name ("Tallbīsah") stands beside it where a format has room for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapgen.merging.units import is_area, place_key
from mapgen.situation.flows import shown_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapgen.core.gazetteer_protocols import MapGazetteer
    from mapgen.model import ClaimPlace, Situation


def town_names(situation: Situation) -> dict[str, str]:
    """Return what each town and site of a situation is called, by `mapgen.merging.units.place_key`.

    The spelling that the articles use most wins, as on the page; a town that only the baseline
    has is called as there. Areas are not in it: see `name_of`.
    """
    names = {row.place_id: row.place for row in situation.baseline}
    for event in situation.events:
        names.update((place_key(p), shown_name(p)) for p in event.places if not is_area(p))
    return names


def name_of(place: ClaimPlace, names: Mapping[str, str]) -> str:
    """Return what a place of an event or claim is called; ``names`` are from `town_names`."""
    own = shown_name(place)
    return own if is_area(place) else names.get(place_key(place), own)


def gazetteer_name(place_id: str | None, gazetteer: MapGazetteer) -> str | None:
    """Return the name of a place in the gazetteer, ``None`` where it has none."""
    entry = gazetteer.get(place_id) if place_id else None
    return entry.name if entry is not None else None
