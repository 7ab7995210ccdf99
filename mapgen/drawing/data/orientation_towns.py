"""Choose large towns to name on the map for orientation.

The frame of the map and the places already on it come in; towns from the gazetteer go out, the
largest first, where no other place is near. Readers know a country by its cities. These towns
belong to the basemap, not to the situation: the articles need not name them, and the map does not
say who holds them.
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING

from mapgen.ground.projection import longitude_scale
from mapgen.situation.signs import rank_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapgen.drawing.data.page_records import PlaceRecord, Town
    from mapgen.situation.shown import Shown

Bbox = tuple[float, float, float, float]  # west, south, east, north in degrees

# Of each level, towns to look at and to have at most. The first level is named on the whole map,
# where more names would compete with the situation; the others as readers come closer.
LEVELS = ((40, 16), (120, 34), (240, 60))
SPACING = 0.09  # least distance between towns, so that both names fit; share of the longer side
CITY_RANK, CITY_SHARE = 5, 0.3  # a city of a million is looked for: it needs that share of it
_SCRIPTS = re.compile(r"[^\W\d_]+")


def towns_of(shown: Shown, bbox: Bbox, places: Iterable[PlaceRecord]) -> list[Town]:
    """Return the towns to name for orientation (``towns`` in docs/page-data.md).

    Parameters
    ----------
    shown
        What may be shown; gives the gazetteer.
    bbox
        Frame of the map: west, south, east, north in degrees, EPSG:4326. East may exceed 180.
    places
        Places that the map already shows. No town is named close to one of these.

    Returns
    -------
    list of Town
        Towns of all `LEVELS`, each level in the order of the gazetteer (the largest first).
    """
    west, south, east, north = bbox
    squeeze = longitude_scale((south + north) / 2)
    side = max((east - west) * squeeze, north - south)
    taken = [(p["lat"], p["lon"]) for p in places]
    found: list[Town] = []
    seen: set[str] = set()
    for closer, (looked_at, most) in enumerate(LEVELS):
        for town in shown.gazetteer.biggest(bbox, limit=looked_at):
            if len(found) == most:
                break
            rank = rank_of(shown, town.id)
            apart = SPACING * side / 2**closer * (CITY_SHARE if rank >= CITY_RANK else 1.0)
            lon = town.lon + 360 if town.lon < west else town.lon
            free = all(math.hypot(lat - town.lat, (x - lon) * squeeze) >= apart for lat, x in taken)
            if town.id in seen or not free:
                continue
            seen.add(town.id)
            taken.append((town.lat, lon))
            record: Town = {
                "id": town.id,
                "name": one_script(town.name),
                "lat": round(town.lat, 4),
                "lon": round(lon, 4),
                "rank": rank,
            }
            if closer:
                record["closer"] = closer
            found.append(record)
    return found


def one_script(name: str) -> str:
    """Return the part of a name in Latin letters, if it has such a part and one in another script.

    Parameters
    ----------
    name
        Name in the gazetteer.

    Examples
    --------
    >>> one_script("Al-Medy Village, قرية المدي")
    'Al-Medy Village'
    """
    other = [
        found.start()
        for found in _SCRIPTS.finditer(name)
        if not unicodedata.name(found[0][0], "").startswith("LATIN")
    ]
    latin = name[: other[0]].rstrip(" ,;/(-") if other else name
    return latin or name
