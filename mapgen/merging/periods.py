"""Split reports about one place or movement into events by their days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.merging.units import Unit

# Reports of one capture often differ by a day or two, but strikes on two days are two strikes.
_SLACK_DAYS = {"control": 3, "threat": 3, "region": 7, "flow": 7, "return": 7, "link": 30}
# An undated report this long after the last one belongs to another event.
REPORT_GAP = timedelta(days=30)
_STOCKS = {"total", "link"}  # lasting states are one event, however long they are reported


def by_time(units: Sequence[Unit], family: str) -> list[list[Unit]]:
    """Split units at gaps between days; undated units join the latest set that fits.

    Parameters
    ----------
    units
        Units of one family, about one place.
    family
        Merging family, which gives the length of a gap (see `mapgen.merging.units.family_of`).

    Returns
    -------
    list of list of Unit
        Sets of units that report one event. Undated units that fit no set come first.
    """
    sets = _by_day(units, timedelta(days=_SLACK_DAYS.get(family, 0)))
    gap = timedelta.max if family in _STOCKS else REPORT_GAP
    firsts = [s[0].start or date.min for s in sets]  # sorted, because the sets are
    lasts = [max(u.end or u.start or date.min for u in s) for s in sets]
    loose: list[Unit] = []
    for unit in (u for u in units if u.start is None):
        i = (len(sets) if unit.end is None else bisect_right(firsts, unit.end)) - 1
        fits = i >= 0 and (unit.end is None or unit.end - lasts[i] <= gap)
        (sets[i] if fits else loose).append(unit)
    return [*_by_report(loose, gap), *sets]


def _by_day(units: Sequence[Unit], slack: timedelta) -> list[list[Unit]]:
    """Split dated units at gaps longer than ``slack``."""
    dated = sorted(
        (u for u in units if u.start is not None),
        key=lambda u: (u.start or date.min, u.end or date.max, u.claim.id),
    )
    sets: list[list[Unit]] = []
    last = date.min
    for unit in dated:
        start = unit.start or date.min
        if sets and (start - last) <= slack:
            sets[-1].append(unit)
        else:
            sets.append([unit])
        last = max(last, unit.end or start)
    return sets


def _by_report(units: Sequence[Unit], gap: timedelta) -> list[list[Unit]]:
    """Split undated units at long gaps between reports; those without any day come last."""
    ordered = sorted(units, key=lambda u: (u.end or date.max, u.claim.id))
    sets: list[list[Unit]] = []
    for unit in ordered:
        last = sets[-1][-1].end if sets else None
        if sets and (last is None or unit.end is None or unit.end - last <= gap):
            sets[-1].append(unit)
        else:
            sets.append([unit])
    return sets


def _by_turn(units: Sequence[Unit], rivals: Sequence[date]) -> list[list[Unit]]:
    """Split the reports that one side holds a place if a rival held it in between.

    ``rivals`` are the sorted days of the other sides' reports. Reports of the same day contest each
    other and split nothing.
    """
    sets: list[list[Unit]] = []
    for unit in sorted(units, key=lambda u: (u.end or date.max, u.claim.id)):
        last = sets[-1][-1].end if sets else None
        between = (
            last is not None
            and unit.end is not None
            and bisect_right(rivals, last) < bisect_left(rivals, unit.end)
        )
        if sets and not between:
            sets[-1].append(unit)
        else:
            sets.append([unit])
    return sets


def by_turns(parts: list[list[Unit]], everyone: Sequence[Unit]) -> list[list[Unit]]:
    """Split sets of units about one place if its holder changed in between.

    Each of ``parts`` is about one side; ``everyone`` holds all units about the place.

    Parameters
    ----------
    parts
        Sets of units, each about one side.
    everyone
        All units about the place, of any side.

    Returns
    -------
    list of list of Unit
        The sets, split where another side held the place in between.
    """
    days: dict[str, list[date]] = defaultdict(list)
    for unit in everyone:
        if unit.side is not None and unit.end is not None:
            days[unit.side].append(unit.end)
    if len(days) < 2:  # noqa: PLR2004  # a single holder
        return parts
    rivals = {
        side: sorted(day for other, found in days.items() if other != side for day in found)
        for side in days
    }
    return [
        piece
        for part in parts
        for side in [next((u.side for u in part if u.side is not None), None)]
        for piece in (_by_turn(part, rivals.get(side, ())) if side is not None else [part])
    ]
