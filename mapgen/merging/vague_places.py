"""Attach claims without an exact place, such as "towns near X", to the events they belong to.

Events are looked up by place, so that many claims need no comparison of all pairs.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

import shapely

from mapgen.ground.projection import reach_deg
from mapgen.merging.periods import REPORT_GAP
from mapgen.merging.units import (
    Unit,
    km_apart,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.model import ClaimPlace

VAGUE_REACH_KM = 40.0  # "towns on its outskirts" may be towns named elsewhere within this
_Spot = tuple[str, float, float]  # key of a place, latitude, longitude


def attach_vague(
    groups: Sequence[Sequence[Unit]], vague: Sequence[Unit]
) -> tuple[dict[int, list[Unit]], list[Unit]]:
    """Attach "towns near X" to the nearest event in which the same side took a named town.

    Parameters
    ----------
    groups
        Units of each event, from :func:`mapgen.merging.units.group`.
    vague
        Units that report a change of control at some place near another.

    Returns
    -------
    tuple
        Vague units by index of the group they are attached to, and the units left over.
    """
    attached: dict[int, list[Unit]] = defaultdict(list)
    left: list[Unit] = []
    finder = _Finder(groups)
    for unit in vague:
        near = finder.near(unit)
        for i in near:
            attached[i].append(unit)
        if not near:
            left.append(unit)
    return attached, left


class _Finder:
    """Finds groups about control by side and place."""

    def __init__(self, groups: Sequence[Sequence[Unit]]) -> None:
        self._groups = groups
        self._of_side: dict[str | None, dict[_Spot, list[int]]] = {}
        self._same_told: dict[frozenset[str], list[int]] = defaultdict(list)
        self._told: dict[int, frozenset[str]] = {}
        self._days: dict[int, tuple[date | None, date | None]] = {}
        for i, members in enumerate(groups):
            place = members[0].places[0]
            if members[0].family != "control" or place.lat is None or place.lon is None:
                continue
            spot = (members[0].key, place.lat, place.lon)
            for side in {m.side for m in members}:
                self._of_side.setdefault(side, {}).setdefault(spot, []).append(i)
            self._told[i] = frozenset(m.claim.id for m in members)
            self._same_told[self._told[i]].append(i)
            ends = [m.end for m in members if m.end is not None]
            self._days[i] = (min(ends, default=None), max(ends, default=None))
        self._trees = {side: _Tree(list(spots)) for side, spots in self._of_side.items()}
        self._known: dict[tuple[str | None, _Spot], list[tuple[float, list[int]]]] = {}

    def near(self, unit: Unit) -> list[int]:
        """Return the nearest group, and the groups within reach that have the same claims."""
        place = unit.places[0]
        if place.lat is None or place.lon is None or unit.side not in self._trees:
            return []
        question = (unit.side, (unit.key, place.lat, place.lon))
        if question not in self._known:
            self._known[question] = self._search(unit, place)
        for _, groups in self._known[question]:
            told = [(days, i) for i in groups if (days := self._days_apart(i, unit)) <= REPORT_GAP]
            if told:
                nearest = min(told)[1]
                same = self._same_told[self._told[nearest]]
                return [i for i in same if self._fits(i, unit, place)]
        return []

    def _search(self, unit: Unit, place: ClaimPlace) -> list[tuple[float, list[int]]]:
        """Return the distance in km and the groups of each place within reach, nearest first."""
        spots = self._of_side[unit.side]
        apart = [
            (km, groups)
            for spot in self._trees[unit.side].around(place)
            for groups in [spots[spot]]
            if spot[0] != unit.key
            and (km := km_apart(self._groups[groups[0]][0].places[0], place)) <= VAGUE_REACH_KM
        ]
        return sorted(apart)

    def _days_apart(self, i: int, unit: Unit) -> timedelta:
        """Return the time between the reports of a group and a unit."""
        first, last = self._days[i]
        if first is None or last is None or unit.end is None:
            return timedelta(0)
        return max(first - unit.end, unit.end - last, timedelta(0))

    def _fits(self, i: int, unit: Unit, place: ClaimPlace) -> bool:
        members = self._groups[i]
        return (
            members[0].key != unit.key
            and unit.side in {m.side for m in members}
            and km_apart(members[0].places[0], place) <= VAGUE_REACH_KM
        )


class _Tree:
    """A spatial index of places."""

    def __init__(self, spots: list[_Spot]) -> None:
        self._spots = spots
        self._tree = shapely.STRtree([shapely.Point(lon, lat) for _, lat, lon in spots])

    def around(self, place: ClaimPlace) -> list[_Spot]:
        """Return the places in a box around the circle of `VAGUE_REACH_KM`."""
        lat, lon = place.lat or 0.0, place.lon or 0.0  # the caller has checked that both are known
        high, wide = reach_deg(lat, VAGUE_REACH_KM)
        found: set[int] = set()
        for turn in (-360.0, 0.0, 360.0):  # across the date line
            box = shapely.box(lon + turn - wide, lat - high, lon + turn + wide, lat + high)
            found.update(self._tree.query(box).tolist())
        return [self._spots[i] for i in found]
