"""Make the areas of control that the map draws.

What may be shown of a situation comes in; areas and fronts for each period go out. They are
estimated from places whose holder is known, which requires a baseline, and are always labelled as
an estimate. Areas that a user gives are drawn unchanged instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from mapgen.core.words import joined
from mapgen.ground.projection import distance_km, reach_deg
from mapgen.merging.units import place_key
from mapgen.model import Kind
from mapgen.situation.flows import rounded
from mapgen.situation.shown import (
    BEFORE_A_TOWN,
    Held,
    Shown,
    is_after,
    side_of_actor,
    side_of_holder,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from mapgen.ground.control_areas import KnownPlace
    from mapgen.model import GivenArea
    from mapgen.situation.drawn_records import ControlPhase, SideParts

_STALE_KM = 40.0
_STALE_NEIGHBOURS = 3


def stale(place: Held, held: Iterable[Held]) -> bool:
    """Whether most of the nearest places around a baseline place were newly taken by others.

    The nearest places are up to three within 40 km. The holder of such a place is treated as
    unknown. Nobody reported that it fell, but reports do not mention every village.

    Parameters
    ----------
    place
        A place and its holder. Only a holder known from the baseline alone can be stale.
    held
        All places whose holder is known.
    """
    nearest, taken = _taken_around(place, held)
    return taken * 2 > nearest


def shaken(place: Held, held: Iterable[Held]) -> bool:
    """Whether any of the nearest places around a baseline place was newly taken by others.

    Parameters
    ----------
    place
        A place and its holder. Only a holder known from the baseline alone can be shaken.
    held
        All places whose holder is known.
    """
    return _taken_around(place, held)[1] > 0


def _taken_around(place: Held, held: Iterable[Held]) -> tuple[int, int]:
    """Count the nearest places around a baseline place, and those that others newly took."""
    if place.changed:
        return 0, 0
    high, wide = reach_deg(place.lat, _STALE_KM)
    near = sorted(
        (distance_km((h.lat, h.lon), (place.lat, place.lon)), h.place_key, h)
        for h in held
        if abs(h.lat - place.lat) <= high
        and min(abs(h.lon - place.lon), 360 - abs(h.lon - place.lon)) <= wide
        and h.place_key != place.place_key
    )
    nearest = [h for km, _, h in near if km <= _STALE_KM][:_STALE_NEIGHBOURS]
    return len(nearest), sum(h.changed and h.side != place.side for h in nearest)


def control_areas(shown: Shown) -> list[ControlPhase]:
    """Return the areas of control in phases.

    Parameters
    ----------
    shown
        What may be shown.

    Returns
    -------
    list of ControlPhase
        Estimated areas according to the baseline and, if places changed hands, on the day of the
        map. Areas that a user gives are returned unchanged, with a phase for each of their days.
        The list is empty without a baseline or if the outline of the country is unknown.
    """
    if shown.situation.given_areas:
        return _given_phases(shown)
    rows = shown.situation.baseline
    land = shown.gazetteer.geometry(f"iso:{shown.country}") if shown.country else None
    if not rows or land is None:
        return []
    # Imported here because only maps with a baseline need it.
    from mapgen.ground.control_areas import KnownPlace  # noqa: PLC0415

    before = [KnownPlace(lat=r.lat, lon=r.lon, side=shown.before[r.place_id]) for r in rows]
    changes = [
        e.earliest or e.latest
        for e in shown.situation.events
        if e.kind.value == "control_change" and (e.earliest or e.latest)
    ]
    turn = min((c for c in changes if c is not None), default=None)
    if not any(h.changed for h in shown.held):
        return [_phase(shown, before, land)]
    end = shown.situation.as_of
    # The exact day of the changes is unknown, so they are drawn on the day of the map.
    day = end.isoformat() if end is not None and turn is not None else None
    return [
        _phase(shown, before, land, until=day),
        _phase(shown, known_now(shown), land, since=day),
    ]


def _given_phases(shown: Shown) -> list[ControlPhase]:
    """Return the given areas with one phase for each day. Later areas replace earlier ones."""
    areas = shown.situation.given_areas
    days = sorted({area.as_of for area in areas})
    phases: list[ControlPhase] = []
    for n, day in enumerate(days):
        until = days[n + 1].isoformat() if n + 1 < len(days) else None
        shapes = given_shapes([area for area in areas if area.as_of <= day])
        sides: dict[str, SideParts] = {
            str(shown.sides.key(side)): {"sure": rounded(shape), "unsure": None}
            for side, shape in shapes.items()
        }
        phases.append(
            {
                "from_day": day.isoformat(),
                "to_day": until,
                "sides": sides,
                "fronts": [],
                "given": joined(sorted({area.source for area in areas if area.as_of <= day})),
            }
        )
    return phases


def given_shapes(areas: Sequence[GivenArea]) -> dict[str, BaseGeometry]:
    """Merge given areas into one shape for each side.

    Parameters
    ----------
    areas
        Areas of any days. Where areas of two days overlap, the later one counts.

    Returns
    -------
    dict of str to shapely geometry
        The ground of each side by its id, in EPSG:4326 with longitude first.
    """
    found: dict[str, BaseGeometry] = {}
    for day in sorted({area.as_of for area in areas}):
        new = [area for area in areas if area.as_of == day]
        over = shapely.union_all([area.geometry for area in new])
        found = {side: shapely.difference(shape, over) for side, shape in found.items()}
        for area in new:
            side = side_of_holder(area.holder)
            found[side] = shapely.union(found.get(side, shapely.Polygon()), area.geometry)
    return {side: shape for side, shape in sorted(found.items()) if not shape.is_empty}


def known_now(shown: Shown) -> list[KnownPlace]:
    """Return the places whose holder is the input of the estimate, on the day of the map.

    A place is unsure if its holder is only claimed, or if it is known from the baseline and one of
    its nearest places was taken since. Its holder is unknown if most of these were taken, or if
    reports contradict each other. A town that an enemy threatens or that its holder reinforces has
    not fallen, whatever was taken around it.
    """
    from mapgen.ground.control_areas import KnownPlace  # noqa: PLC0415

    known = []
    stands = _told_to_stand(shown)
    for place in shown.held:
        lost = stale(place, shown.held) and (place.place_key, place.side) not in stands
        side = None if lost else place.side
        unsure = place.claimed or shaken(place, shown.held)
        known.append(KnownPlace(lat=place.lat, lon=place.lon, side=side, unsure=unsure))
    known.extend(
        KnownPlace(lat=spell.lat, lon=spell.lon, side=None, unsure=True)
        for spell in shown.holders.current()
        if spell.holder is None
    )
    return known


def _told_to_stand(shown: Shown) -> set[tuple[str, str]]:
    """Return pairs of place key and holder for towns that reports show to be still held."""
    holders = {h.place_key: h.side for h in shown.held}
    found: set[tuple[str, str]] = set()
    for event in shown.situation.events:
        key, side = place_key(event.places[0]), side_of_actor(event.actor)
        holder = holders.get(key)
        if holder is None or side is None or is_after(event, shown.situation.as_of):
            continue
        before_it = event.kind in BEFORE_A_TOWN and side != holder
        if before_it or (event.kind is Kind.REINFORCEMENT and side == holder):
            found.add((key, holder))
    return found


def _phase(
    shown: Shown,
    known: Sequence[KnownPlace],
    land: BaseGeometry,
    *,
    since: str | None = None,
    until: str | None = None,
) -> ControlPhase:
    """Estimate the areas and fronts between two days."""
    from mapgen.ground.control_areas import estimate  # noqa: PLC0415
    from mapgen.ground.front_line import front_line  # noqa: PLC0415

    found = estimate(known, land)
    drawn = {side: parts for side, parts in found.items() if shown.sides.key(side) is not None}
    return {
        "from_day": since,
        "to_day": until,
        "sides": {
            str(shown.sides.key(side)): {
                "sure": rounded(parts["sure"]),
                "unsure": rounded(parts["unsure"]),
            }
            for side, parts in sorted(drawn.items())
            if parts["sure"] or parts["unsure"]
        },
        "fronts": [
            {
                "sides": [str(shown.sides.key(side)) for side in front.sides],
                "part": front.part,
                "geometry": rounded(front.line),
            }
            for front in front_line(drawn)
        ],
    }
