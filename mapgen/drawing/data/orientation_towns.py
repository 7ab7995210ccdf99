"""Towns named for orientation: the biggest of the frame, wherever nothing else tells where one is.

A reader knows a country by its cities. They are part of the base map, not of the situation: no
article need name them, and nothing is said of who holds them.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mapgen.ground.projection import longitude_scale
from mapgen.situation.signs import rank_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapgen.drawing.data.page_records import PlaceRecord, Town
    from mapgen.situation.shown import Shown

Bbox = tuple[float, float, float, float]  # west, south, east, north in degrees

MOST = 16  # more names than that compete with the situation
SPACING = 0.09  # of the frame's longer side, between two towns, so that both can be named
_LOOKED_AT = 40  # the biggest of the frame; a village tells a reader nothing of where he is


def towns_of(shown: Shown, bbox: Bbox, places: Iterable[PlaceRecord]) -> list[Town]:
    """Return the ``towns`` of docs/page-data.md, in the order in which they deserve a name.

    Parameters
    ----------
    shown
        Whose gazetteer is asked.
    bbox
        The frame of the map; east may exceed 180.
    places
        What the map shows already: ``lat``, ``lon`` in degrees. No town is named close to these.
    """
    west, south, east, north = bbox
    squeeze = longitude_scale((south + north) / 2)
    apart = SPACING * max((east - west) * squeeze, north - south)
    taken = [(p["lat"], p["lon"]) for p in places]
    found: list[Town] = []
    for town in shown.gazetteer.biggest(bbox, limit=_LOOKED_AT):
        if len(found) == MOST:
            break
        lon = town.lon + 360 if town.lon < west else town.lon
        if all(math.hypot(lat - town.lat, (x - lon) * squeeze) >= apart for lat, x in taken):
            taken.append((town.lat, lon))
            found.append(
                {
                    "id": town.id,
                    "name": town.name,
                    "lat": round(town.lat, 4),
                    "lon": round(lon, 4),
                    "rank": rank_of(shown, town.id),
                }
            )
    return found
