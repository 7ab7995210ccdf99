"""Areas computed from outlines: parts of a country, and strips along a border.

These are readings of words such as "eastern Syria", never surveyed areas: whoever draws them says
so.
"""

from __future__ import annotations

import re
from math import cos, radians
from typing import TYPE_CHECKING

import shapely
from shapely import affinity

from gazetteer.distance import KM_PER_DEGREE

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

STRIP_KM = 12.0  # width of a border strip: a guess at what "along the border" reaches
# How far apart outlines of neighbours may be drawn: none as a rule, more where views of who owns a
# strip differ.
_TOUCH_DEGREES = (0.002, 0.03)
# Parts further off do not count for "the east": French Guiana and Alaska no, Malaysian Borneo yes.
_MAINLAND_GAP_DEGREES = 6.0
_LEAST_SHARE = 0.01  # of the country's area, under which a corner is taken from halves instead


def normal_direction(words: str) -> str | None:
    """Return a direction in one form ("north-eastern" -> "northeast"), or None."""
    text = re.sub(r"[^a-z]", "", words.casefold())
    text = re.sub(r"ern(most)?$", "", text)
    if text in {"central", "centre", "center", "middle"}:
        return "central"
    return text if re.fullmatch(r"(north|south)?(east|west)|north|south", text) else None


def adjective(direction: str) -> str:
    """Return the adjective of a direction ("northeast" -> "northeastern")."""
    return direction if direction == "central" else f"{direction}ern"


def mainland(country: BaseGeometry) -> BaseGeometry:
    """Return a country without parts far from its largest one, also by way of other parts.

    The islands of Indonesia hang together so; French Guiana does not belong to the mainland.
    """
    pieces = shapely.get_parts(country)
    boxes = [shapely.box(*piece.bounds) for piece in pieces]  # near enough, and fast
    tree = shapely.STRtree(boxes)
    largest = int(shapely.area(pieces).argmax())
    reached, fresh = {largest}, [largest]
    while fresh:
        box = boxes[fresh.pop()]
        near = tree.query(box, predicate="dwithin", distance=_MAINLAND_GAP_DEGREES)
        new = {int(index) for index in near} - reached
        reached |= new
        fresh += new
    if len(reached) == len(pieces):
        return country
    return shapely.multipolygons([pieces[index] for index in sorted(reached)])


def part(country: BaseGeometry, direction: str) -> BaseGeometry | None:
    """Return the part of a country in a direction: the outer third of its bounding box.

    ``direction`` is one that :func:`normal_direction` returns. A corner or a centre that hardly
    touches the country is cut at the half (the middle half) instead.
    """
    body = mainland(country)
    for share in (1 / 3, 1 / 2):
        piece = shapely.intersection(body, _window(body.bounds, direction, share))
        piece = _polygons(piece)
        if piece is not None and piece.area >= _LEAST_SHARE * body.area:
            return piece
    return None


def _window(bounds: tuple[float, ...], direction: str, share: float) -> BaseGeometry:
    """Return the share of a bounding box (west, south, east, north) that lies in a direction."""
    west, south, east, north = bounds
    width, height = east - west, north - south
    if direction == "central":
        x, y = width * (1 - share) / 2, height * (1 - share) / 2
        return shapely.box(west + x, south + y, east - x, north - y)
    if "north" in direction:
        south = north - height * share
    elif "south" in direction:
        north = south + height * share
    if "east" in direction:
        west = east - width * share
    elif "west" in direction:
        east = west + width * share
    return shapely.box(west, south, east, north)


def border_strip(country: BaseGeometry, neighbour: BaseGeometry) -> BaseGeometry | None:
    """Return the strip inside a country along its border with a neighbour, or None without one."""
    shared = _shared_line(country, neighbour)
    if shared is None:
        return None
    squeeze = cos(radians(shared.centroid.y))  # a degree of longitude is this much shorter
    flat = affinity.scale(shared, xfact=squeeze, yfact=1.0, origin=(0.0, 0.0))
    wide = shapely.buffer(shapely.simplify(flat, 0.005), STRIP_KM / KM_PER_DEGREE, quad_segs=4)
    back = affinity.scale(wide, xfact=1 / squeeze, yfact=1.0, origin=(0.0, 0.0))
    return _polygons(shapely.intersection(back, country))


def _shared_line(country: BaseGeometry, neighbour: BaseGeometry) -> BaseGeometry | None:
    """Return the part of a country's outline that it shares with a neighbour, or None."""
    outline = shapely.boundary(country)
    for touch in _TOUCH_DEGREES:
        shared = shapely.intersection(outline, shapely.buffer(neighbour, touch, quad_segs=2))
        if not shared.is_empty and shared.length > 2 * touch:
            return shared
    return None


def _polygons(shape: BaseGeometry) -> BaseGeometry | None:
    """Return only the polygons of a shape, or None when it has none."""
    pieces = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area > 0]
    return shapely.union_all(pieces) if pieces else None
