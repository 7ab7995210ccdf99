"""Estimated areas of control before and now: only with a baseline, always called an estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapgen.flows import rounded
from mapgen.projection import distance_km
from mapgen.scene import Held, Scene

if TYPE_CHECKING:
    from collections.abc import Iterable

_STALE_KM = 40.0
_STALE_NEIGHBOURS = 3


def stale(place: Held, held: Iterable[Held]) -> bool:
    """Whether a place known only from the baseline lies among places newly taken by others.

    Its holder is then unknown: nobody said that it fell, but nobody would say so of each village.
    """
    if place.changed:
        return False
    near = sorted(
        (distance_km((h.lat, h.lon), (place.lat, place.lon)), h.place_key, h)
        for h in held
        if h.place_key != place.place_key
    )
    nearest = [h for km, _, h in near if km <= _STALE_KM][:_STALE_NEIGHBOURS]
    taken = [h for h in nearest if h.changed and h.side != place.side]
    return len(taken) * 2 > len(nearest)


def control_areas(scene: Scene) -> list[dict[str, Any]]:
    """Return estimated control in two phases: by the baseline, and at the day of the map."""
    rows = scene.situation.baseline
    land = scene.atlas.geometry(f"iso:{scene.country}") if scene.country else None
    if not rows or land is None:
        return []
    before = [Held(r.lat, r.lon, scene.before[r.place_id], r.place_id, False) for r in rows]  # noqa: FBT003
    now = [h for h in scene.held if not stale(h, scene.held)]
    changes = [
        e.earliest or e.latest
        for e in scene.situation.events
        if e.kind.value == "control_change" and (e.earliest or e.latest)
    ]
    turn = min((c for c in changes if c is not None), default=None)
    first = _phase(scene, before, land)
    if not any(h.changed for h in scene.held):
        return [{"from_day": None, "to_day": None, "sides": first}]
    end = scene.situation.as_of
    # In between nobody knows: the change is drawn on the day it was reported by.
    day = end.isoformat() if end is not None and turn is not None else None
    return [
        {"from_day": None, "to_day": day, "sides": first},
        {"from_day": day, "to_day": None, "sides": _phase(scene, now, land)},
    ]


def _phase(scene: Scene, held: Iterable[Held], land: Any) -> dict[str, Any]:  # noqa: ANN401
    # Only maps with a baseline need it.
    from mapgen.control import KnownPlace, estimate  # noqa: PLC0415

    known = [KnownPlace(lat=h.lat, lon=h.lon, side=h.side, unsure=False) for h in held]
    found = estimate(known, land)
    return {
        key: {part: _geojson(shape[part]) for part in ("sure", "unsure")}
        for side, shape in sorted(found.items())
        if (key := scene.sides.key(side)) is not None and (shape["sure"] or shape["unsure"])
    }


def _geojson(found: Any) -> dict[str, Any] | None:  # noqa: ANN401  # a geometry, GeoJSON or nothing
    return found if found is None or isinstance(found, dict) else rounded(found)
