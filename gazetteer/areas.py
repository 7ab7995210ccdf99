"""Compute parts of countries and strips along borders.

Outlines of countries come in. Polygons go out, for words such as "eastern Syria" or "the border
with Iraq". These are approximations of what the words mean and not surveyed areas, so a map that
draws them has to say so. All shapes are in EPSG:4326 (lon, lat).
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

STRIP_KM = 12.0  # width of a border strip; a guess at the meaning of "along the border"
# Tolerances for the distance between the outlines of neighbours, tried in this order. Outlines
# usually touch, but may lie apart where states disagree about a strip of land.
_TOUCH_DEGREES = (0.002, 0.03)
# "The east" of a country leaves out parts farther off, such as French Guiana and Alaska, but not
# Malaysian Borneo.
_MAINLAND_GAP_DEGREES = 6.0
_LEAST_SHARE = 0.01  # of the country's area; a smaller corner is cut at the half instead


def normal_direction(words: str) -> str | None:
    """Return a direction in its normal form ("north-eastern" -> "northeast").

    Parameters
    ----------
    words
        A direction as written, such as "north-eastern", "South" or "centre".

    Returns
    -------
    str or None
        "north", "northeast" and so on, or "central"; None if the words are not a direction.
    """
    text = re.sub(r"[^a-z]", "", words.casefold())
    text = re.sub(r"ern(most)?$", "", text)
    if text in {"central", "centre", "center", "middle"}:
        return "central"
    return text if re.fullmatch(r"(north|south)?(east|west)|north|south", text) else None


def adjective(direction: str) -> str:
    """Return the adjective for a direction ("northeast" -> "northeastern")."""
    return direction if direction == "central" else f"{direction}ern"


def mainland(country: BaseGeometry) -> BaseGeometry:
    """Return a country without the parts that lie far from its mainland.

    A part is kept if a chain of parts, with gaps of at most 6 degrees, connects it to the largest
    part. The islands of Indonesia are kept in this way, but French Guiana is left out.

    Parameters
    ----------
    country
        Outline of a country, EPSG:4326 (lon, lat).

    Returns
    -------
    shapely geometry
        The country itself, or a multipolygon of the parts that are kept.
    """
    pieces = shapely.get_parts(country)
    boxes = [shapely.box(*piece.bounds) for piece in pieces]  # precise enough, and fast
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
    """Return the part of a country in a direction.

    Parameters
    ----------
    country
        Outline of a country, EPSG:4326 (lon, lat).
    direction
        A direction in the form that :func:`normal_direction` returns.

    Returns
    -------
    shapely geometry or None
        The intersection of the country's mainland with the outer third of its bounding box (the
        middle third for "central"). If this is less than 1 % of the area, halves are used instead.
        None if these are too small as well.
    """
    body = mainland(country)
    for share in (1 / 3, 1 / 2):
        piece = shapely.intersection(body, _window(body.bounds, direction, share))
        piece = _polygons(piece)
        if piece is not None and piece.area >= _LEAST_SHARE * body.area:
            return piece
    return None


def _window(bounds: tuple[float, ...], direction: str, share: float) -> BaseGeometry:
    """Return the part of a bounding box (west, south, east, north) in a direction."""
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
    """Return the strip inside a country along its border with a neighbour.

    Parameters
    ----------
    country, neighbour
        Outlines, EPSG:4326 (lon, lat).

    Returns
    -------
    shapely geometry or None
        Strip of about `STRIP_KM`; None if the two have no common border.
    """
    shared = _shared_line(country, neighbour)
    if shared is None:
        return None
    squeeze = cos(radians(shared.centroid.y))  # length of a degree of longitude over latitude
    flat = affinity.scale(shared, xfact=squeeze, yfact=1.0, origin=(0.0, 0.0))
    wide = shapely.buffer(shapely.simplify(flat, 0.005), STRIP_KM / KM_PER_DEGREE, quad_segs=4)
    back = affinity.scale(wide, xfact=1 / squeeze, yfact=1.0, origin=(0.0, 0.0))
    return _polygons(shapely.intersection(back, country))


def _shared_line(country: BaseGeometry, neighbour: BaseGeometry) -> BaseGeometry | None:
    """Return the part of a country's outline that a neighbour shares, or None."""
    outline = shapely.boundary(country)
    for touch in _TOUCH_DEGREES:
        shared = shapely.intersection(outline, shapely.buffer(neighbour, touch, quad_segs=2))
        if not shared.is_empty and shared.length > 2 * touch:
            return shared
    return None


def _polygons(shape: BaseGeometry) -> BaseGeometry | None:
    """Return the union of the polygons in a shape, or None if it has none."""
    pieces = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon" and p.area > 0]
    return shapely.union_all(pieces) if pieces else None
