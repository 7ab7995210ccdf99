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
    from collections.abc import Iterable, Sequence

    from mapgen.core.gazetteer_protocols import GazetteerPlace
    from mapgen.drawing.data.page_records import PlaceRecord, Town
    from mapgen.situation.shown import Shown

Bbox = tuple[float, float, float, float]  # west, south, east, north in degrees

# Of each level, towns to look at and to have at most. The first level is named on the whole map,
# where more names would compete with the situation; the others as readers come closer.
LEVELS = ((40, 16), (120, 34), (240, 60))
SPACING = 0.09  # least distance between towns, so that both names fit; share of the longer side
# Big cities are looked for: one of a million or of 300,000 needs that share of it.
CITY_SHARES = {5: 0.3, 4: 0.5}
QUARTER_SPACING = 0.05  # a smaller town nearer to a city than this share is a part of it
_FEWER_PEOPLE, _MORE_NAMES = 0.5, 3  # lists count the people of a quarter, and of a city long ago
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
        biggest = shown.gazetteer.biggest(bbox, limit=looked_at)
        quarters = _quarters(biggest, QUARTER_SPACING * side, squeeze)
        for town in biggest:
            if len(found) == most:
                break
            rank = rank_of(shown, town.id)
            apart = SPACING * side / 2**closer * CITY_SHARES.get(rank, 1.0)
            lon = town.lon + 360 if town.lon < west else town.lon
            free = all(math.hypot(lat - town.lat, (x - lon) * squeeze) >= apart for lat, x in taken)
            if town.id in seen or town.id in quarters or not free:
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


def _quarters(towns: Sequence[GazetteerPlace], near_deg: float, squeeze: float) -> set[str]:
    """Return the ids of towns that are parts of a city beside them.

    The lists count a quarter as a town. Most quarters have fewer people than their city. Where a
    quarter has more, the city is the place that far more names are listed of.
    """
    found = set()
    for town in towns:
        for city in towns:
            if city is town or abs(city.lat - town.lat) >= near_deg:
                continue
            if math.hypot(city.lat - town.lat, (city.lon - town.lon) * squeeze) >= near_deg:
                continue
            people, here = city.population or 0, town.population or 0
            named = len(city.names) >= _MORE_NAMES * max(1, len(town.names))
            opposite = len(town.names) >= _MORE_NAMES * max(1, len(city.names))
            if (people > here and not opposite) or (people > here * _FEWER_PEOPLE and named):
                found.add(town.id)
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
