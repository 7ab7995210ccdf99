"""Make the lines and labels of movements of people and supply links.

Events come in; paths and the words beside them go out. A path is *stated* if the text names the
road, and *likely* if only one main road joins both ends. Otherwise it is a *plain* arc, which says
nothing about the route.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from shapely.geometry import Point, mapping
from shapely.ops import nearest_points

from gazetteer.worded_areas import is_worded
from mapgen.core.geojson import shortened
from mapgen.core.told import place as named
from mapgen.core.told import say
from mapgen.core.words import is_proper
from mapgen.model import Claim, ClaimPlace, Event, Precision, Role
from mapgen.situation.figure_words import figure_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from mapgen.core.gazetteer_protocols import MapGazetteer
    from mapgen.core.geojson import Geometry, LatLonPath
    from mapgen.ground.roads.corridors import Roads
    from mapgen.situation.drawn_records import Road

_PLACES_DECIMALS = 4
_AREA_DECIMALS = 3
_SHORT_AREA_NAME = 25
_AT_THE_BORDER = 0.02  # degrees within which a town counts as inside a country's coarse outline
# Words for an area inside a sentence ("the coast"), which read better than its gazetteer name.
_PHRASE = re.compile(r"^the [a-z][\w’' -]+$")


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """An end of a movement: a point, or an area with a point inside it.

    Coordinates are degrees in EPSG:4326.
    """

    name: str
    lat: float
    lon: float
    place_id: str | None
    area: BaseGeometry | None
    is_country: bool = False

    @property
    def point(self) -> list[float]:
        """The point as ``[lat, lon]``, rounded to four decimals."""
        return [round(self.lat, _PLACES_DECIMALS), round(self.lon, _PLACES_DECIMALS)]


def rounded(geometry: BaseGeometry | None, decimals: int = _AREA_DECIMALS) -> Geometry | None:
    """Convert a shape to GeoJSON with rounded coordinates.

    Parameters
    ----------
    geometry
        A shape in EPSG:4326, longitude first.
    decimals
        Decimals of the coordinates.

    Returns
    -------
    Geometry or None
        A shared record that must not be changed, or None for an empty or missing shape.
    """
    return None if geometry is None or geometry.is_empty else _geojson(geometry, decimals)


@lru_cache(maxsize=256)
def _geojson(geometry: BaseGeometry, decimals: int) -> Geometry:
    """Convert a shape to GeoJSON, cached because several signs can show the same area."""
    found = mapping(geometry)
    return {"type": found["type"], "coordinates": shortened(found["coordinates"], decimals)}


def shown_name(place: ClaimPlace) -> str:
    """Return the name of a place as the article spells it.

    The name in the gazetteer is returned for areas, and for words such as "the city" that are not a
    name.
    """
    surface = place.surface.strip()
    if place.is_area:  # also for worded areas: "X, somewhere in Homs province"
        return named(place.name or surface, place.place_id)
    name = surface if is_proper(surface, place.name) else place.name or surface
    return named(name, place.place_id)


def area_phrase(place: ClaimPlace) -> str:
    """Return the name of a place for use inside a sentence: ``the coast``, ``Idlib province``."""
    surface = place.surface.strip()
    if not place.is_area:
        return shown_name(place)
    if len(surface) > _SHORT_AREA_NAME or is_worded(place.place_id):
        return named(place.name or surface, place.place_id)
    if _PHRASE.match(surface):
        return named(surface, place.place_id)
    # The words for a border strip name only the neighbouring country ("near Jordan").
    proper = place.precision is not Precision.LINE and any(c.isupper() for c in surface)
    own = surface if proper and surface != surface.upper() else place.name or surface
    return named(own, place.place_id)


def end_of(place: ClaimPlace, gazetteer: MapGazetteer) -> End | None:
    """Return a place as the end of a movement, or None if it has no coordinates.

    Parameters
    ----------
    place
        A place of an event.
    gazetteer
        Gazetteer with the outlines of areas.
    """
    name = area_phrase(place)
    area = gazetteer.geometry(place.place_id) if place.place_id and place.is_area else None
    if area is not None and not area.is_empty:
        inside = area.representative_point()
        return End(
            name=name,
            lat=inside.y,
            lon=inside.x,
            place_id=place.place_id,
            area=area,
            is_country=place.precision is Precision.COUNTRY,
        )
    if place.lat is None or place.lon is None:
        return None
    return End(name=name, lat=place.lat, lon=place.lon, place_id=place.place_id, area=None)


def at_border(end: End, other: End) -> End | None:
    """Return a country as the end of an arrow: at its border, where it is nearest to the other end.

    Nobody said that people left from, or came to, the middle of the country.

    Parameters
    ----------
    end
        An end of a movement. If it is no country, it is returned as it is.
    other
        The other end.

    Returns
    -------
    End or None
        None if the country contains the other end, since no direction is told then.
    """
    if not end.is_country or end.area is None:
        return end
    there = Point(other.lon, other.lat)
    if end.area.buffer(_AT_THE_BORDER).contains(there):
        return None
    near, _ = nearest_points(end.area, there)
    return replace(end, lat=near.y, lon=near.x)


def ends(event: Event, role: Role, gazetteer: MapGazetteer) -> list[End]:
    """Return the origins or destinations of an event that have coordinates.

    Parameters
    ----------
    event
        A movement of people.
    role
        `Role.ORIGIN` or `Role.DESTINATION`. If no place is named as the origin, all places that
        are not destinations are.
    gazetteer
        Gazetteer with the outlines of areas.
    """
    places = [p for p in event.places if p.role is role]
    if role is Role.ORIGIN and not places:
        # People leave from places with another role, such as "at", if no origin is named.
        places = [p for p in event.places if p.role is not Role.DESTINATION]
    return [e for p in places if (e := end_of(p, gazetteer)) is not None]


def _names_road(claims: Sequence[Claim], via: Sequence[str]) -> bool:
    """Whether the quotes of claims name one of the roads."""
    said = " ".join(c.quote for c in claims)
    return any(re.search(rf"\b{re.escape(road)}\b", said) for road in via)


def route(
    start: End, end: End, claims: Sequence[Claim], roads: Roads | None
) -> tuple[LatLonPath, Literal["stated", "likely", "plain"]]:
    """Return the path of a movement.

    Parameters
    ----------
    start, end
        Ends of the movement.
    claims
        Claims of the movement. A road that their quotes name is ``stated``.
    roads
        Roads of the country, or None.

    Returns
    -------
    path : list of [lat, lon]
        Positions in degrees, EPSG:4326.
    method : {"stated", "likely", "plain"}
        ``plain`` for the two ends alone, without a road between them.
    """
    if roads is not None and start.area is None:
        a = (start.lat, start.lon)
        if end.area is not None:
            found = roads.route_to_area(a, end.area)
        else:
            found = roads.route(a, (end.lat, end.lon))
        if found.method == "corridor" and len(found.path) > 1:
            method: Literal["stated", "likely"] = (
                "stated" if _names_road(claims, found.via) else "likely"
            )
            return [[round(y, 4), round(x, 4)] for y, x in found.path], method
    return [start.point, end.point], "plain"


def corridor_of(
    start: tuple[float, float], goal: tuple[float, float], claims: Sequence[Claim], roads: Roads
) -> Road | None:
    """Return the road of an advance.

    Parameters
    ----------
    start, goal
        Positions (lat, lon) in degrees of a place that the side holds and of the place that it
        approaches.
    claims
        Claims of the advance. A road that their quotes name is ``stated``.
    roads
        Roads of the country. The only road between both places is ``likely``.

    Returns
    -------
    Road or None
        Name of the road and method, or None if no road or several roads are possible.
    """
    via = roads.route(start, goal).via
    named = [c.id for c in roads.corridors if _names_road(claims, (c.id,))]
    if len(named) == 1:
        return {"name": named[0], "method": "stated"}
    return {"name": via[0], "method": "likely"} if len(via) == 1 else None


def link_paths(event: Event, gazetteer: MapGazetteer, roads: Roads | None) -> list[LatLonPath]:
    """Return the paths of a supply link, from each hinge to each of its other places.

    Parameters
    ----------
    event
        A supply link. Its hinges are the places that it runs through (`Role.AT`), or else the first
        place.
    gazetteer
        Gazetteer with the outlines of areas.
    roads
        Roads of the country, or None.

    Returns
    -------
    list of list of [lat, lon]
        Paths in degrees, EPSG:4326.
    """
    hinges = [e for p in event.places if p.role is Role.AT and (e := end_of(p, gazetteer))]
    others = [e for p in event.places if p.role is not Role.AT and (e := end_of(p, gazetteer))]
    if not hinges:
        hinges, others = others[:1], others[1:]
    elif not others:  # "the road between A and B" has two ends and no hinge
        hinges, others = hinges[:1], hinges[1:]
    paths: list[LatLonPath] = []
    # An area named with a town inside it ("the coastal provinces of X and Y") is not drawn twice.
    points = [e for e in others if e.area is None]
    wide = [e for e in others if e.area is not None and not any(_holds(e.area, p) for p in points)]
    for hinge in hinges:
        for other in [*points, *wide]:
            path, _ = route(hinge, other, event.claims, roads)
            if len(path) > 1:
                paths.append(path)
    return paths


def _holds(area: BaseGeometry, end: End) -> bool:
    """Whether an area, with a margin of 0.05 degrees, contains the point of an end."""
    return bool(area.buffer(0.05).contains(Point(end.lon, end.lat)))


def movement_label(
    event: Event, start: End | None, end: End | None, *, with_figures: bool = True
) -> list[str]:
    """Return the lines of text beside an arrow.

    Parameters
    ----------
    event
        A movement of people.
    start, end
        Ends of the arrow, or None if they are unknown.
    with_figures
        Whether to add the figures of the event.

    Returns
    -------
    list of str
        A line such as ``Fled to Homs``, then each figure with its source.
    """
    back = event.kind.value == "return"
    if end is not None:
        first = say("Returned to {place}" if back else "Fled to {place}", place=end.name)
    elif start is not None:
        first = say("Returned from {place}" if back else "Fled from {place}", place=start.name)
    else:
        first = say("Returned" if back else "Fled")
    return [first, *(figure_lines(event) if with_figures else [])]
