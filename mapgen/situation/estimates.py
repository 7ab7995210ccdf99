"""Estimated areas of control before and now: only with a baseline, always called an estimate."""

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
    """Whether a place known only from the baseline lies among places newly taken by others.

    Its holder is then unknown: nobody said that it fell, but nobody would say so of each village.
    """
    nearest, taken = _taken_around(place, held)
    return taken * 2 > nearest


def shaken(place: Held, held: Iterable[Held]) -> bool:
    """Whether any of the nearest places to one known only from the baseline is newly taken."""
    return _taken_around(place, held)[1] > 0


def _taken_around(place: Held, held: Iterable[Held]) -> tuple[int, int]:
    """Count the nearest places of one known only from the baseline, and how many others took."""
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
    """Return estimated control in two phases: by the baseline, and at the day of the map.

    Where a user gives areas of control, these are returned as given, from the day of each on.
    """
    if shown.situation.given_areas:
        return _given_phases(shown)
    rows = shown.situation.baseline
    land = shown.gazetteer.geometry(f"iso:{shown.country}") if shown.country else None
    if not rows or land is None:
        return []
    # Only maps with a baseline need it.
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
    # In between nobody knows: the change is drawn on the day it was reported by.
    day = end.isoformat() if end is not None and turn is not None else None
    return [
        _phase(shown, before, land, until=day),
        _phase(shown, known_now(shown), land, since=day),
    ]


def _given_phases(shown: Shown) -> list[ControlPhase]:
    """Return given areas, one phase for each day that the layer gives; a later one wins."""
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
    """Return the ground of each side by given areas: of two days the later one counts."""
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
    """Return what is known of who holds which place at the day of the map.

    A place is unsure where its holder is only claimed, or where it is known from the baseline and
    one of its nearest places was taken since; its holder is unknown where most of these were, and
    where reports contradict each other. A town that an enemy is told to stand before, or that its
    holder reinforces, has not fallen, whatever was taken around it.
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
    """Return places with the holder whom a threat by another, or a reinforcement, tells of."""
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
