"""Find where the named places of a map are, and the part of the map around them.

Page data come in; boxes of the map (west, south, east, north in degrees, EPSG:4326) go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import shape

from mapgen.core.words import fold
from mapgen.drawing.data.moment import has_spot
from mapgen.ground.projection import reach_deg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapgen.core.geojson import Geometry
    from mapgen.drawing.data.page_records import PageData
    from mapgen.situation.drawn_records import Shape, Sign

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees, EPSG:4326."""

LEAST_KM = 200.0  # least width of a view that a chapter does not set
_MARGIN = 0.25  # share of a box that is added on each side


def box_around(boxes: Iterable[Box], across_km: float | None) -> Box:
    """Return the part of the map that shows some boxes, with ground around them.

    Parameters
    ----------
    boxes
        At least one; a point is a box without a size.
    across_km
        Width and height of the part in kilometres around the middle of the boxes. None shows all
        boxes with a margin, and at least `LEAST_KM`.
    """
    west, south, east, north = box_of_all(boxes)
    lat, lon = (south + north) / 2, (west + east) / 2
    high, wide = reach_deg(lat, (across_km or LEAST_KM) / 2)
    if across_km is None:
        wide = max(wide, (east - west) * (0.5 + _MARGIN))
        high = max(high, (north - south) * (0.5 + _MARGIN))
    return lon - wide, max(-85.0, lat - high), lon + wide, min(85.0, lat + high)


def box_of_all(boxes: Iterable[Box]) -> Box:
    """Return the least box that holds some boxes."""
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def box_of_sign(sign: Sign, shapes: Mapping[str, Geometry]) -> Box | None:
    """Return the box of a sign, or None for one that stands nowhere, such as a badge.

    Parameters
    ----------
    sign
        The sign.
    shapes
        Shapes that several signs share.
    """
    if has_spot(sign):
        return sign["lon"], sign["lat"], sign["lon"], sign["lat"]
    if sign["type"] == "region":
        return _box_of_shape(sign["geometry"], shapes)
    found: list[Box] = []
    if sign["type"] in {"displacement", "supply"}:
        found = [(lon, lat, lon, lat) for lat, lon in _points(sign["path"])]
    if sign["type"] == "displacement":
        areas = [a for a in (sign["area"], sign["origin_area"]) if a is not None]
        found += [_box_of_shape(area, shapes) for area in areas]
    return box_of_all(found) if found else None


def _points(path: Sequence[object]) -> list[tuple[float, float]]:
    """Return the points of a path, whose branches may be lists of their own."""
    points: list[tuple[float, float]] = []
    for part in path:
        if isinstance(part, list | tuple) and part and isinstance(part[0], list | tuple):
            points += _points(part)
        elif isinstance(part, list | tuple):
            points.append((float(part[0]), float(part[1])))
    return points


def _box_of_shape(told: Shape, shapes: Mapping[str, Geometry]) -> Box:
    west, south, east, north = shape(shapes[told] if isinstance(told, str) else told).bounds
    return west, south, east, north


def named_boxes(data: PageData) -> dict[str, tuple[str, list[Box]]]:
    """Return where the places that the map names are.

    Returns
    -------
    dict
        By folded name: the name as the map has it, and boxes. Names of signs count before those of
        towns with a label, and these before towns that are only there for orientation.
    """
    found: dict[str, tuple[str, list[Box]]] = {}
    shapes = data.get("shapes", {})

    def note(rows: Iterable[tuple[str, Box | None]]) -> None:
        new: dict[str, tuple[str, list[Box]]] = {}
        for name, box in rows:
            if name and box is not None and fold(name) not in found:
                new.setdefault(fold(name), (name, []))[1].append(box)
        found.update(new)

    note(_sign_names(data, shapes))
    for rows in (data["places"], data.get("towns", [])):
        note((row["name"], (row["lon"], row["lat"], row["lon"], row["lat"])) for row in rows)
    return found


def _sign_names(data: PageData, shapes: Mapping[str, Geometry]) -> Iterable[tuple[str, Box | None]]:
    """Return the names that signs have, with where they are."""
    for sign in data["signs"]:
        if has_spot(sign) or sign["type"] == "region":
            yield sign["name"], box_of_sign(sign, shapes)
        elif sign["type"] == "displacement" and sign["area"] is not None and sign["area_name"]:
            yield sign["area_name"], _box_of_shape(sign["area"], shapes)
