"""Offer a view of each country where events lie too far apart for one map.

The events of a map come in. One view for each group of countries goes out, such as those of a
digest about wars on three continents: on a map of all of them, each is a dot.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mapgen.core.told import place as named
from mapgen.core.words import joined
from mapgen.ground.framing import Bbox, frame
from mapgen.situation.countries import country_of_place
from mapgen.situation.signs import event_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapgen.drawing.data.page_records import ViewRecord
    from mapgen.model import Event
    from mapgen.situation.shown import Shown

LEAST_SHARE = (
    1 / 20
)  # of the whole that a view shows: closer, the ground of the whole is too coarse
FAR = 3.0  # how many times wider or higher the whole is than the widest of its parts


def views_of(shown: Shown, events: Sequence[Event], bbox: Bbox) -> list[ViewRecord]:
    """Return a view for each group of countries, or none if all are seen well on one map.

    Parameters
    ----------
    shown
        What may be shown.
    events
        The events that are drawn. Countries that one event joins are one group.
    bbox
        Frame of all of them: west, south, east, north in degrees.

    Returns
    -------
    list of ViewRecord
        From west to east.
    """
    groups: list[tuple[Counter[str], list[tuple[float, float]]]] = []
    for event in events:
        codes = Counter(c for p in event.places if (c := country_of_place(shown.gazetteer, p)))
        points = event_points(shown, event)
        for group in [g for g in groups if g[0].keys() & codes.keys()]:
            groups.remove(group)
            codes, points = codes + group[0], group[1] + points
        if codes:
            groups.append((codes, points))
    found = [(codes, frame(points, [], None)) for codes, points in groups if points]
    if len(found) < 2 or not _is_far(bbox, [box for _, box in found]):  # noqa: PLR2004
        return []
    found.sort(key=lambda f: f[1])
    least = LEAST_SHARE * (bbox[2] - bbox[0])
    return [
        {"name": _name(shown, codes), "bbox": [round(v, 3) for v in _at_least(box, least)]}
        for codes, box in found
    ]


def _at_least(box: Bbox, degrees: float) -> Bbox:
    """Return a box that is at least some degrees wide, around the same middle."""
    more = max(0.0, degrees - (box[2] - box[0])) / 2
    return box[0] - more, box[1] - more / 2, box[2] + more, box[3] + more / 2


def _is_far(whole: Bbox, parts: Sequence[Bbox]) -> bool:
    width = max(east - west for west, _, east, _ in parts)
    height = max(north - south for _, south, _, north in parts)
    return whole[2] - whole[0] >= FAR * width or whole[3] - whole[1] >= FAR * height


def _name(shown: Shown, codes: Counter[str]) -> str:
    """Return the names of countries, the one with most places first."""
    order = sorted(codes, key=lambda c: (-codes[c], c))
    units = (shown.gazetteer.get(f"iso:{code}") for code in order)
    return joined([named(unit.name, unit.id) for unit in units if unit is not None])
