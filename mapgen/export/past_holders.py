"""Who held places before their holder of today: what a time slider shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from mapgen.situation.names import gazetteer_name, town_names

if TYPE_CHECKING:
    from mapgen.model import Event
    from mapgen.situation.holders import Spell
    from mapgen.situation.shown import Shown


def past_holders(shown: Shown) -> list[tuple[dict[str, Any], list[Event]]]:
    """Return each spell of a holder that was driven out, with the events that told of it.

    A spell is shown from the day its change was known to have happened (of a baseline: its own
    day) to the day from which the next holder is shown. The holder of today is not here, nor is
    one whose end no day is known for.
    """
    names = town_names(shown.situation)
    return [
        (_row(shown, spell, names[key]), list(spell.events))
        for key, own in sorted(shown.holders.spells.items())
        for spell in own
        if spell.is_over and spell.until is not None and spell.since != spell.until
    ]


def _row(shown: Shown, spell: Spell, name: str) -> dict[str, Any]:
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
