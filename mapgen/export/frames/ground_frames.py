"""Make GeoDataFrames of areas of control and the front lines between them.

Both are estimates and not reports, since nobody stated these edges, unless the user gave the areas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas

from mapgen.ground.control_areas import estimate
from mapgen.ground.front_line import HeldArea, front_line, held_areas
from mapgen.ground.projection import area_km2
from mapgen.situation.estimates import given_shapes, known_now

if TYPE_CHECKING:
    from mapgen.ground.control_areas import Areas
    from mapgen.situation.shown import Shown

AREA_COLUMNS = (
    "side",
    "side_name",
    "part",
    "side_low_km2",
    "side_best_km2",
    "side_high_km2",
    "geometry",
)
_MOST_TO_LEAST = 1.5  # a wider range is no figure
SIZE_COLUMNS = ("side_low_km2", "side_best_km2", "side_high_km2")
FRONT_COLUMNS = ("side_a", "side_b", "part", "length_km", "geometry")


def _areas(shown: Shown) -> Areas:
    """Estimate the areas on the day of the map, if there is a baseline and an outline."""
    land = shown.gazetteer.geometry(f"iso:{shown.country}") if shown.country else None
    if not shown.situation.baseline or shown.situation.given_areas or land is None:
        return {}
    return estimate(known_now(shown), land)


def area_frame(shown: Shown) -> geopandas.GeoDataFrame:
    """Return the areas of control on the day of the map, one row for each side and part.

    Parameters
    ----------
    shown
        What may be shown. Areas are estimated only with a baseline.

    Returns
    -------
    geopandas.GeoDataFrame
        - ``side`` is the id of the side and ``side_name`` its name.
        - ``part`` is ``sure`` or ``unsure``, or ``given`` for areas that the user gave, which are
          not estimated.
        - ``side_low_km2``, ``side_best_km2`` and ``side_high_km2`` are the area of the whole side
          in square kilometres on the ellipsoid, repeated in each of its rows. They are None where
          the estimate is too vague to be cited: where the most exceeds the least by more than half.
        - ``geometry`` holds polygons in EPSG:4326, longitude first.

        A side with too few known places has no rows. Ground outside all areas is unknown.
    """
    if shown.situation.given_areas:
        return _given_frame(shown)
    areas = _areas(shown)
    sizes = {held.side: held for held in held_areas(areas)}
    rows: list[dict[str, Any]] = []
    for side, parts in sorted(areas.items()):
        for part in ("sure", "unsure"):
            shape = parts[part]
            if shape is not None and not shape.is_empty:
                size, named = _citable(sizes[side]), shown.sides.get(side)
                rows.append(
                    {
                        "side": side,
                        "side_name": named.name if named else side,
                        "part": part,
                        **dict(zip(SIZE_COLUMNS, size, strict=True)),
                        "geometry": shape,
                    }
                )
    return geopandas.GeoDataFrame(
        rows, columns=list(AREA_COLUMNS), geometry="geometry", crs="EPSG:4326"
    )


def _citable(held: HeldArea) -> tuple[float | None, float | None, float | None]:
    """Return the least, best and most area of a side, or None for each if they are too far apart.

    A range such as 0 to 76,860 km² is true of every side, and tells a reader nothing.
    """
    if held.high_km2 > _MOST_TO_LEAST * held.low_km2:
        return None, None, None
    return held.low_km2, held.best_km2, held.high_km2


def _given_frame(shown: Shown) -> geopandas.GeoDataFrame:
    """Return the areas that the user gave up to the day of the map."""
    day = shown.situation.as_of
    areas = [a for a in shown.situation.given_areas if day is None or a.as_of <= day]
    rows = []
    for side, shape in given_shapes(areas).items():
        size, named = area_km2(shape), shown.sides.get(side)
        values = (side, named.name if named else side, "given", size, size, size, shape)
        rows.append(dict(zip(AREA_COLUMNS, values, strict=True)))
    return geopandas.GeoDataFrame(
        rows, columns=list(AREA_COLUMNS), geometry="geometry", crs="EPSG:4326"
    )


def front_frame(shown: Shown) -> geopandas.GeoDataFrame:
    """Return the estimated front lines on the day of the map, one row for each pair and part.

    Parameters
    ----------
    shown
        What may be shown. Fronts are estimated only with a baseline.

    Returns
    -------
    geopandas.GeoDataFrame
        - ``side_a`` and ``side_b`` are the ids of the sides, in alphabetical order.
        - ``part`` is ``sure`` if sure ground of both sides lies within 10 km, otherwise ``unsure``.
        - ``length_km`` is the length in kilometres.
        - ``geometry`` holds lines in EPSG:4326, longitude first.

        Where the areas of two sides do not come near each other, the front is unknown and has no
        row.
    """
    rows = [
        {
            "side_a": front.sides[0],
            "side_b": front.sides[1],
            "part": front.part,
            "length_km": front.length_km,
            "geometry": front.line,
        }
        for front in front_line(_areas(shown))
    ]
    return geopandas.GeoDataFrame(
        rows, columns=list(FRONT_COLUMNS), geometry="geometry", crs="EPSG:4326"
    )
