"""Estimate who holds the ground between towns from the towns whose holder is known.

Each cell of a grid gets the side whose towns weigh most there (`interpolation`); cells
become shapes that meet without gap or overlap, clipped to land. Nothing is drawn beyond a reach, so
that empty country stays empty; nothing where a side has fewer than three known places in one
piece. What is called sure was measured: see decision 0010 and `bench/control.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely

from mapgen.ground.interpolation import Method, choose, interpolate
from mapgen.ground.projection import from_local, to_local

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

MIN_PLACES = 3  # of a side in one connected piece
# Firm places. With one holder in twenty told wrong, 95 % of the sure part was right on 99 % of maps
# of 100 places, and on 95 % of maps of 30 or 50: decision 0010.
SURE_FROM = 100
SURE_SHARE = 0.9  # of the weight, for one side: such cells were right in 96 of 100, or more
MAX_REACH_KM = 33.0
OWN_KM = 5.0  # a town is never drawn on ground of another side, whoever holds the towns around it
CELL_KM = 4.0
MOST_CELLS = 25_000  # within reach; a larger theatre gets coarser cells

Part = Literal["sure", "unsure"]
Areas = dict[str, dict[Part, Any]]  # side -> sure, unsure: shapely geometry in EPSG:4326, or None


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPlace:
    """A town whose holder is known, or is reported to be unknown."""

    lat: float
    lon: float
    side: str | None  # None: the holder is reported to be unknown, so nothing nearby is sure
    unsure: bool = False  # its holder is only claimed, or may have changed


@dataclass(frozen=True, slots=True)
class _Grid:
    """The cells within reach of a known place."""

    xy_m: Array  # centres, in local metres
    index: NDArray[np.int64]  # column and row of each
    doubted: NDArray[np.bool_]  # nearer to a place whose holder is unknown than to a known one
    low_m: Array  # centre of the cell in the first column and row
    step_m: float


def estimate(
    known: Sequence[KnownPlace],
    land: Any,  # noqa: ANN401 - shapely geometry
    *,
    max_reach_km: float = MAX_REACH_KM,
    method: Method | None = None,
    units: Sequence[Any] = (),
) -> Areas:
    """Estimate control areas.

    Parameters
    ----------
    known
        Towns with their holders, EPSG:4326; their order does not matter.
    land
        Shapely polygon(s) the areas are clipped to, EPSG:4326.
    max_reach_km
        Nothing is drawn farther than this from a place with a known holder.
    method
        How the ground between is shared out; by default chosen by the number of known places.
    units
        Polygons of administrative units, EPSG:4326; for ``method="units"`` only.

    Returns
    -------
    dict
        For each side that has an area, the ``sure`` and ``unsure`` geometry (EPSG:4326) or None.
        Ground is unsure where the towns around disagree or are unsure themselves, where the
        nearest place has no known holder, and everywhere below a hundred sure places.

    Raises
    ------
    ValueError
        If the method is ``"units"`` and no units are given.
    """
    if method == "units" and not len(units):
        message = "method 'units' needs the polygons of the units"
        raise ValueError(message)
    places = sorted(
        {p for p in known if p.side is not None}, key=lambda p: (p.lat, p.lon, p.side, p.unsure)
    )
    lost = sorted({(p.lon, p.lat) for p in known if p.side is None})
    if len(places) < MIN_PLACES:
        return {}
    lat0 = float(np.mean([p.lat for p in places]))
    lon0 = float(np.mean([p.lon for p in places]))
    points_m = _local([(p.lon, p.lat) for p in places], lat0, lon0)
    towns_m = shapely.get_coordinates(points_m)
    lost_m = shapely.get_coordinates(_local(lost, lat0, lon0)) if lost else np.empty((0, 2))
    land_m = shapely.make_valid(to_local(land, lat0, lon0))
    grid = _grid(towns_m, lost_m, land_m, max_reach_km)
    if not len(grid.xy_m):
        return {}
    sides = sorted({p.side for p in places if p.side is not None})
    holds = np.array([[p.side == s for s in sides] for p in places])
    firm = np.array([not p.unsure for p in places])
    shares = interpolate(
        grid.xy_m,
        towns_m,
        np.hstack([holds, holds & firm[:, None]]).astype(np.float64),
        method or choose(len(places)),
        [to_local(u, lat0, lon0) for u in units],
    )
    winner = shares[:, : len(sides)].argmax(axis=1)
    share = np.take_along_axis(shares[:, len(sides) :], winner[:, None], axis=1)[:, 0]
    is_sure = (share >= SURE_SHARE) & ~grid.doubted & (firm.sum() >= SURE_FROM)
    cell, town = shapely.STRtree(points_m).query_nearest(
        shapely.points(grid.xy_m), max_distance=OWN_KM * 1000, all_matches=False
    )
    owner = holds[town].argmax(axis=1)
    is_sure[cell] &= winner[cell] == owner
    winner[cell] = owner
    shapes = _coverage(grid, winner * 2 + is_sure, 2 * len(sides))
    found: Areas = {}
    for number, side in enumerate(sides):
        doubtful, certain = (shapely.intersection(s, land_m) for s in shapes[2 * number :][:2])
        whole = _with_enough(shapely.union(doubtful, certain), points_m[holds[:, number]])
        if whole.is_empty:
            continue
        sure = _with_enough(shapely.intersection(certain, whole), points_m[holds[:, number]])
        unsure = shapely.difference(whole, sure)
        found[side] = {
            "sure": _degrees(sure, lat0, lon0),
            "unsure": _degrees(unsure, lat0, lon0),
        }
    return found


def _local(lonlat: Sequence[tuple[float, float]], lat0: float, lon0: float) -> NDArray[Any]:
    parts = shapely.get_parts(to_local(shapely.MultiPoint(lonlat), lat0, lon0))
    return np.asarray(parts)


def _grid(towns_m: Array, lost_m: Array, land_m: Any, reach_km: float) -> _Grid:  # noqa: ANN401
    """Lay a grid over the area within reach of the towns; a large area gets coarser cells."""
    step_m = CELL_KM * 1000
    shape, low_m, nearest = _stamped(towns_m, towns_m, step_m, reach_km)
    n_reached = int(np.isfinite(nearest).sum())
    if n_reached > MOST_CELLS:
        step_m *= math.sqrt(n_reached / MOST_CELLS)
        shape, low_m, nearest = _stamped(towns_m, towns_m, step_m, reach_km)
    _, _, unknown = _stamped(lost_m, towns_m, step_m, reach_km)
    at = np.flatnonzero(np.isfinite(nearest))
    index = np.stack([at % shape[0], at // shape[0]], axis=1)
    xy_m = low_m + index * step_m
    near_land = shapely.buffer(land_m, step_m, quad_segs=2)
    shapely.prepare(near_land)
    kept = shapely.contains_xy(near_land, xy_m)
    at = at[kept]
    return _Grid(xy_m[kept], index[kept], unknown[at] < nearest[at], low_m, step_m)


def _stamped(
    points_m: Array, towns_m: Array, step_m: float, reach_km: float
) -> tuple[tuple[int, int], Array, Array]:
    """Return columns and rows, the first centre, and km to the nearest point for each cell.

    Only cells within reach of a point are touched (all others are infinitely far), which is far
    less work than the distance of each cell to each point.
    """
    reach_m = reach_km * 1000
    low, high = towns_m.min(axis=0) - reach_m, towns_m.max(axis=0) + reach_m
    columns, rows = (math.ceil(v) + 1 for v in (high - low) / step_m)
    # Centred, so that a mirrored map has a mirrored grid.
    low_m = (low + high) / 2 - np.array([columns - 1, rows - 1]) * step_m / 2
    nearest = np.full(columns * rows, np.inf)
    span = math.ceil(reach_m / step_m) + 1
    around = np.arange(-span, span + 1)
    dx, dy = (d.ravel() for d in np.meshgrid(around, around))
    home = np.rint((points_m - low_m) / step_m).astype(np.int64)
    x, y = home[:, 0, None] + dx, home[:, 1, None] + dy
    away_x = low_m[0] + x * step_m - points_m[:, 0, None]
    away_y = low_m[1] + y * step_m - points_m[:, 1, None]
    away_km = np.hypot(away_x, away_y) / 1000
    inside = (away_km <= reach_km) & (x >= 0) & (x < columns) & (y >= 0) & (y < rows)
    np.minimum.at(nearest, (y * columns + x)[inside], away_km[inside])
    return (columns, rows), low_m, nearest


def _coverage(grid: _Grid, label: NDArray[np.int64], n_labels: int) -> list[Any]:
    """Join the cells of each label into a shape; shapes share edges even when smoothed."""
    shapes = [_joined(grid, grid.index[label == n]) for n in range(n_labels)]
    # A stair of cells is a triangle of half a cell's area at each step: this flattens it.
    smooth = shapely.coverage_simplify(shapes, grid.step_m * 1.2, simplify_boundary=True)
    return [shapely.make_valid(s) for s in smooth]


def _joined(grid: _Grid, index: NDArray[np.int64]) -> Any:  # noqa: ANN401
    if not len(index):
        return shapely.MultiPolygon()
    # Corners are counted, not added up, so that neighbours have the very same corner.
    low, high = (grid.low_m + (index + half) * grid.step_m for half in (-0.5, 0.5))
    return shapely.coverage_union_all(shapely.box(*low.T, *high.T))


def _with_enough(area: Any, towns: NDArray[Any]) -> Any:  # noqa: ANN401
    """Keep the pieces that hold at least three of a side's known places."""
    pieces = [p for p in shapely.get_parts(area) if p.geom_type == "Polygon"]
    kept = [p for p in pieces if _count(p, towns) >= MIN_PLACES]
    return shapely.union_all(kept) if kept else shapely.Polygon()


def _count(piece: Any, towns: NDArray[Any]) -> int:  # noqa: ANN401
    shapely.prepare(piece)
    return int(shapely.intersects(piece, towns).sum())


def _degrees(area_m: Any, lat: float, lon: float) -> Any:  # noqa: ANN401
    pieces = [p for p in shapely.get_parts(area_m) if p.geom_type == "Polygon" and p.area > 0]
    if not pieces:
        return None
    back = from_local(shapely.MultiPolygon(pieces), lat, lon)
    return shapely.make_valid(shapely.set_precision(back, 0.001))
