"""Decide where the arrow of an approaching force may start.

The direction that a text states is evidence; the nearest place that a side holds is a guess. Where
the two disagree, no arrow is drawn.
"""

from __future__ import annotations

import math

from gazetteer.worded_areas import BEARINGS
from mapgen.ground.projection import longitude_scale

LatLon = tuple[float, float]
_FARTHEST_OFF = 60.0  # degrees between the direction stated and the start of an arrow


def agrees(direction: str | None, place: LatLon, origin: LatLon) -> bool:
    """Whether a place lies in the stated direction, seen from another, or none is stated.

    Parameters
    ----------
    direction
        ``north``, ``northeast`` and so on. None, and a word that is no direction, agree with all.
    place, origin
        The place approached, and the place from which the arrow would come: (lat, lon) in degrees,
        EPSG:4326.

    Examples
    --------
    >>> agrees("north", (13.2, 30.2), (13.7, 30.4))
    True
    >>> agrees("south", (13.2, 30.2), (13.7, 30.4))
    False
    """
    stated = BEARINGS.get(direction or "")
    if stated is None:
        return True
    north = origin[0] - place[0]
    east = (origin[1] - place[1]) * longitude_scale(place[0])
    off = (math.degrees(math.atan2(east, north)) - stated + 180) % 360 - 180
    return abs(off) <= _FARTHEST_OFF
