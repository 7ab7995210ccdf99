"""Compute areas for unlisted places from words: "the village of X, 20 km south of Tokmak".

The words that describe the location of a place come in as an id. An area in EPSG:4326 (lon, lat)
that must contain the place goes out. Like parts of countries, these areas are computed from their
ids, so that the ids can be stored in a file::

    within:Xalqu:iso:SY-HI                                   somewhere in a listed area
    near:UA:Xalqivka:Tokmak:47.2555,35.7098:20:south         20 km south of a point (lat, lon)
    between:UA:Xalqivka:Tokmak:47.2555,35.7098:Polohy:47.4797,36.2611
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import hypot

import shapely

from gazetteer.areas import normal_direction
from gazetteer.distance import moved, shifted, way_km
from gazetteer.records import Place
from gazetteer.spelling import kind_words

NEAR_KM = 8.0  # radius of "near X"
MOST_KM = 150.0  # longest distance that describes a location
_DIRECTION_KM = 30.0  # radius of "northwest of X" if no distance is stated
_SLACK = 0.25  # relative error of a stated distance, which is rounded or from the outskirts
_LEAST_SLACK_KM = 2.0
_HALF_ANGLE = 35.0  # degrees to each side of a direction
_CORRIDOR_SHARE = 0.15  # half the width of a corridor, as a share of its length
_LEAST_CORRIDOR_KM = 3.0
_STEPS = 24
_DISTRICT_KM = 60.0  # areas with a longer reach have the precision of a province
BEARINGS = {  # degrees clockwise from north
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
_NAME = r"[^:\n<>\"&]{1,80}"
_SPOT = r"-?\d{1,2}(?:\.\d{1,4})?,-?\d{1,3}(?:\.\d{1,4})?"
_WITHIN = re.compile(rf"within:(?P<name>{_NAME}):(?P<area>[\w:.-]{{1,80}})")
_NEAR = re.compile(
    rf"near:(?P<country>[A-Z]{{2}}):(?P<name>{_NAME}):(?P<anchor>{_NAME}):(?P<spot>{_SPOT})"
    r":(?:(?P<km>\d{1,3}(?:\.\d)?)|-):(?:(?P<direction>[a-z]+)|-)"
)
_BETWEEN = re.compile(
    rf"between:(?P<country>[A-Z]{{2}}):(?P<name>{_NAME}):(?P<anchor>{_NAME}):(?P<spot>{_SPOT})"
    rf":(?P<other>{_NAME}):(?P<end>{_SPOT})"
)
_NO_NAME = re.compile(r"[:\n<>\"&]+")
_KINDS = {"province": "province", "district": "district"}


@dataclass(frozen=True, kw_only=True, slots=True)
class WordedArea:
    """The area that contains a place without known coordinates, according to its id."""

    place_id: str
    name: str  # name of the place, as written
    words: str  # "20 km south of Tokmak"; empty if ``within`` is set
    country: str | None  # ISO 3166-1 alpha-2
    within: str | None  # id of a listed area that contains the place
    outline: shapely.Polygon | None  # EPSG:4326 (lon, lat); None if ``within`` is set
    precision: str | None

    def place(self, area: Place | None) -> Place | None:
        """Return the place, whose coordinates are a reference point of the area.

        Parameters
        ----------
        area
            The listed area that contains the place, if the id names one.

        Returns
        -------
        Place or None
            None if the listed area is not known.
        """
        if self.within is not None:
            if area is None:
                return None
            words = f"in {_called(area)}"
            lat, lon, country, admin1 = area.lat, area.lon, area.country, area.admin1
            precision = area.precision
        elif self.outline is not None and self.precision is not None:
            point = self.outline.representative_point()
            lat, lon, country, admin1 = round(point.y, 4), round(point.x, 4), self.country, None
            words, precision = self.words, self.precision
        else:
            return None
        return Place(
            id=self.place_id,
            name=f"{self.name}, somewhere {words}",
            lat=lat,
            lon=lon,
            country=country,
            admin1=admin1,
            feature="words",
            precision=precision,
            population=None,
            names=(),
            source="the words of the article",
            certainty="low",
        )


def is_worded(place_id: str | None) -> bool:
    """Return whether an id is that of an area described in words."""
    return place_id is not None and place_id.startswith(("within:", "near:", "between:"))


def within_id(name: str, area_id: str) -> str:
    """Return the id of a place somewhere in a listed area.

    Parameters
    ----------
    name
        Name of the place, as written.
    area_id
        Id of the area, such as ``iso:SY-HI``.
    """
    return f"within:{_plain(name)}:{area_id}"


def near_id(
    name: str, anchor: Place, country: str, *, km: float | None = None, direction: str = ""
) -> str:
    """Return the id of a place near another one.

    Parameters
    ----------
    name
        Name of the place, as written.
    anchor
        Place near which it lies.
    country
        ISO 3166-1 alpha-2 code of the place.
    km
        Distance in kilometres, if the text states it.
    direction
        Direction such as "southwest", if the text states it, from the anchor to the place.
    """
    distance = "-" if km is None else f"{km:g}"  # a dash means that the text does not state it
    spot = f"{anchor.lat:.4f},{anchor.lon:.4f}"
    return (
        f"near:{country}:{_plain(name)}:{_plain(anchor.name)}:{spot}:{distance}:{direction or '-'}"
    )


def between_id(name: str, anchor: Place, other: Place, country: str) -> str:
    """Return the id of a place between two others.

    Parameters
    ----------
    name
        Name of the place, as written.
    anchor, other
        Places between which it lies.
    country
        ISO 3166-1 alpha-2 code of the place.
    """
    ends = f"{anchor.lat:.4f},{anchor.lon:.4f}:{_plain(other.name)}:{other.lat:.4f},{other.lon:.4f}"
    return f"between:{country}:{_plain(name)}:{_plain(anchor.name)}:{ends}"


def worded_area(place_id: str) -> WordedArea | None:
    """Return the area for an id, or None if the id is invalid or of another kind."""
    for pattern, read in ((_WITHIN, _within), (_NEAR, _near), (_BETWEEN, _between)):
        match = pattern.fullmatch(place_id)
        if match is not None:
            return read(place_id, match)
    return None


def _plain(name: str) -> str:
    """Return a name without the signs that separate the parts of an id, at most 80 characters."""
    return " ".join(_NO_NAME.sub(" ", name).split())[:80] or "a place"


def _called(area: Place) -> str:
    """Return the name of an area with its kind, to distinguish it from a town: "Homs province"."""
    kind = _KINDS.get(area.precision)
    if kind is None or kind_words(area.name) is not None or " " in area.name:
        return area.name
    return f"{area.name} {kind}"


def _within(place_id: str, match: re.Match[str]) -> WordedArea:
    """Return the area for an id that begins with "within:"."""
    return WordedArea(
        place_id=place_id,
        name=match["name"],
        words="",
        country=None,
        within=match["area"],
        outline=None,
        precision=None,
    )


def _near(place_id: str, match: re.Match[str]) -> WordedArea | None:
    """Return the area for an id that begins with "near:", or None if it is invalid."""
    spot = _spot(match["spot"])
    km = float(match["km"]) if match["km"] else None
    direction = normal_direction(match["direction"]) if match["direction"] else None
    if spot is None or (km is not None and not 0 < km <= MOST_KM):
        return None
    if match["direction"] and direction not in BEARINGS:
        return None
    inner, outer = _reach(km, direction)
    bearing = BEARINGS[direction] if direction else None
    way = f"{direction} of" if direction else ("near" if km is None else "from")
    distance = f"{match['km']} km " if km is not None else ""
    return WordedArea(
        place_id=place_id,
        name=match["name"],
        words=f"{distance}{way} {match['anchor']}",
        country=match["country"],
        within=None,
        outline=_ring(spot, inner, outer, bearing),
        precision="district" if outer <= _DISTRICT_KM else "province",
    )


def _between(place_id: str, match: re.Match[str]) -> WordedArea | None:
    """Return the area for an id that begins with "between:", or None if it is invalid."""
    spot, end = _spot(match["spot"]), _spot(match["end"])
    if spot is None or end is None or spot == end:
        return None
    east, north = way_km(spot, end)
    length = hypot(east, north)
    if length > 2 * MOST_KM:
        return None
    half = max(_LEAST_CORRIDOR_KM, _CORRIDOR_SHARE * length)
    flat = shapely.buffer(shapely.LineString([(0, 0), (east, north)]), half, quad_segs=6)
    points = [shifted(*spot, x, y)[::-1] for x, y in flat.exterior.coords]
    return WordedArea(
        place_id=place_id,
        name=match["name"],
        words=f"between {match['anchor']} and {match['other']}",
        country=match["country"],
        within=None,
        outline=shapely.Polygon(points),
        precision="district" if length <= _DISTRICT_KM else "province",
    )


def _reach(km: float | None, direction: str | None) -> tuple[float, float]:
    """Return the smallest and the largest distance (km) at which a place may lie."""
    if km is None:
        return 0.0, _DIRECTION_KM if direction else NEAR_KM
    slack = max(_LEAST_SLACK_KM, _SLACK * km)
    return max(0.0, km - slack), km + slack


def _ring(
    spot: tuple[float, float], inner: float, outer: float, bearing: float | None
) -> shapely.Polygon:
    """Return a circle, ring or sector around a point (lat, lon), in EPSG:4326 (lon, lat)."""
    if bearing is None:
        holes = [_arc(spot, inner, 0.0, 360.0)] if inner > 0 else []
        return shapely.Polygon(_arc(spot, outer, 0.0, 360.0), holes)
    first, last = bearing - _HALF_ANGLE, bearing + _HALF_ANGLE
    near = _arc(spot, inner, first, last)[::-1] if inner > 0 else [(spot[1], spot[0])]
    return shapely.Polygon([*_arc(spot, outer, first, last), *near])


def _arc(
    spot: tuple[float, float], km: float, first: float, last: float
) -> list[tuple[float, float]]:
    """Return points (lon, lat) at a distance, between two bearings (degrees from north)."""
    turns = [first + (last - first) * i / _STEPS for i in range(_STEPS + 1)]
    return [moved(*spot, km, turn)[::-1] for turn in turns]


def _spot(text: str) -> tuple[float, float] | None:
    """Return the point (lat, lon) in an id, or None if it is not on the map."""
    lat, lon = (float(part) for part in text.split(","))
    return (lat, lon) if abs(lat) <= 85 and abs(lon) <= 180 else None  # noqa: PLR2004
