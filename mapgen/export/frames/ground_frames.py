"""Estimated areas of control and the front between them, as GeoDataFrames.

Both are estimates with a method, not reports: nobody stated these edges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas

from mapgen.ground.control_areas import estimate
from mapgen.ground.front_line import front_line, held_areas
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
FRONT_COLUMNS = ("side_a", "side_b", "part", "length_km", "geometry")


def _areas(shown: Shown) -> Areas:
    """Return what the page draws at its day: nothing without a baseline or a country's outline."""
    land = shown.gazetteer.geometry(f"iso:{shown.country}") if shown.country else None
    if not shown.situation.baseline or shown.situation.given_areas or land is None:
        return {}
    return estimate(known_now(shown), land)


def area_frame(shown: Shown) -> geopandas.GeoDataFrame:
    """Return estimated areas of control at the day of the map, one row a side and part.

    Parameters
    ----------
    shown
        The situation with its sides. Areas are estimated only with a baseline.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``side`` (id), ``side_name``, ``part`` (``sure`` or ``unsure``; ``given`` where
        the user's own layer is drawn, and nothing is estimated);
        ``side_low_km2``, ``side_best_km2``, ``side_high_km2``, square kilometres on the ellipsoid
        of the whole side, the same in both its rows; ``geometry`` (polygons, EPSG:4326). Empty
        where a side has too few known places; ground in no area is not known.
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
                size, named = sizes[side], shown.sides.get(side)
                rows.append(
                    {
                        "side": side,
                        "side_name": named.name if named else side,
                        "part": part,
                        "side_low_km2": size.low_km2,
                        "side_best_km2": size.best_km2,
                        "side_high_km2": size.high_km2,
                        "geometry": shape,
                    }
                )
    return geopandas.GeoDataFrame(
        rows, columns=list(AREA_COLUMNS), geometry="geometry", crs="EPSG:4326"
    )


def _given_frame(shown: Shown) -> geopandas.GeoDataFrame:
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
    """Return the estimated front lines at the day of the map, one row a pair of sides and part.

    Parameters
    ----------
    shown
        The situation with its sides. A front is estimated only with a baseline.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``side_a``, ``side_b`` (ids, in alphabetical order), ``part`` (``sure`` where sure
        ground of both lies near, else ``unsure``), ``length_km``, ``geometry`` (lines,
        EPSG:4326). Where nobody's area comes near another's there is no row: it is not known.
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
