"""List who held places earlier, for formats with a time slider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from mapgen.situation.names import gazetteer_name, town_names

if TYPE_CHECKING:
    from mapgen.model import Event
    from mapgen.situation.holders import Spell
    from mapgen.situation.shown import Shown


def past_holders(shown: Shown) -> list[tuple[dict[str, Any], list[Event]]]:
    """Return the earlier holders of places.

    Parameters
    ----------
    shown
        What may be shown, with its timeline of holders.

    Returns
    -------
    list of (dict, list of Event)
        A row for each spell that is over, with its events. ``shown_from`` is the day from which the
        holder is known (for a baseline the day of the baseline), and ``shown_to`` the day from
        which the next holder is shown. The present holder is not included, nor is a holder whose
        last day is unknown. Geometries are points in EPSG:4326, longitude first.
    """
    names = town_names(shown.situation)
    return [
        (_row(shown, spell, names[key]), list(spell.events))
        for key, own in sorted(shown.holders.spells.items())
        for spell in own
        if spell.is_over and spell.until is not None and spell.since != spell.until
    ]


def _row(shown: Shown, spell: Spell, name: str) -> dict[str, Any]:
    """Return the row of a spell."""
    side = shown.sides.get(spell.holder)
    row = {
        "place": name,
        "place_id": spell.place,
        "holder": spell.holder,
        "holder_name": side.name if side else spell.holder,
        "standing": spell.standing.value,
        "basis": spell.basis.value,
        "shown_from": spell.since,
        "shown_to": spell.until,
        "geometry": shapely.Point(spell.lon, spell.lat),
    }
    if spell.holding is not None:
        gazetteer = gazetteer_name(spell.place, shown.gazetteer)
        return {**row, "gazetteer_name": gazetteer, "sources": spell.holding.source}
    event = spell.events[0]
    place = event.places[0]
    more = {"gazetteer_name": place.name, "place_id": place.place_id, "event": event.id}
    return {**row, **more}
