"""Who held places before their holder of today: what a time slider shows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import shapely

from mapgen.merging.units import place_key
from mapgen.model import Standing
from mapgen.situation.names import gazetteer_name, town_names
from mapgen.situation.shown import day_of, is_after, is_control_sign, side_of_actor

if TYPE_CHECKING:
    from mapgen.model import Event, Holding
    from mapgen.situation.shown import Scene

_UNTRUE = {Standing.DENIED, Standing.UNKNOWN}


def past_holders(scene: Scene) -> list[tuple[dict[str, Any], list[Event]]]:
    """Return each spell of a holder that was driven out, with the events that told of it.

    A spell is shown from the day its change was known to have happened (of a baseline: its own
    day) to the day from which the next holder is shown. The holder of today is not here, nor is
    one whose end no day is known for.
    """
    told: dict[str, list[Event]] = {}
    for event in scene.situation.events:
        if (
            is_control_sign(event)
            and event.standing not in _UNTRUE
            and not is_after(event, scene.situation.as_of)
            and event.places[0].lat is not None
        ):
            told.setdefault(place_key(event.places[0]), []).append(event)
    before = {row.place_id: row for row in scene.situation.baseline}
    names = town_names(scene.situation)
    spells: list[tuple[dict[str, Any], list[Event]]] = []
    for key in sorted(told):
        events = sorted(told[key], key=lambda e: (str(day_of(e) or ""), e.id))
        if (row := before.get(key)) is not None:
            spells += _spell(_of_baseline(scene, row, names[key]), [], events[0])
        for event, following in pairwise(events):
            spells += _spell(_of_event(scene, event, names[key]), [event], following)
    return spells


def _spell(
    row: dict[str, Any], events: list[Event], following: Event
) -> list[tuple[dict[str, Any], list[Event]]]:
    """Return a spell that another holder ended, or nothing where it is the same one going on."""
    row["shown_to"] = day_of(following)
    same = row["holder"] == side_of_actor(following.actor)
    contested = following.standing is Standing.CONTESTED and events
    empty = row["shown_from"] is not None and row["shown_from"] == row["shown_to"]
    if same or contested or empty or row["shown_to"] is None:
        return []
    return [(row, events)]


def _of_baseline(scene: Scene, row: Holding, name: str) -> dict[str, Any]:
    return {
        "place": name,
        "gazetteer_name": gazetteer_name(row.place_id, scene.gazetteer),
        "place_id": row.place_id,
        **_holder(scene, scene.before[row.place_id]),
        "standing": Standing.STATED.value,
        "basis": "baseline",
        "shown_from": row.as_of,
        "sources": row.source,
        "geometry": shapely.Point(row.lon, row.lat),
    }


def _of_event(scene: Scene, event: Event, name: str) -> dict[str, Any]:
    place = event.places[0]
    return {
        "place": name,
        "gazetteer_name": place.name,
        "place_id": place.place_id,
        **_holder(scene, side_of_actor(event.actor)),
        "standing": event.standing.value,
        "basis": "articles",
        "event": event.id,
        "shown_from": day_of(event),
        "geometry": shapely.Point(place.lon, place.lat),
    }


def _holder(scene: Scene, side: str | None) -> dict[str, Any]:
    named = scene.sides.get(side)
    return {"holder": side, "holder_name": named.name if named else side}
