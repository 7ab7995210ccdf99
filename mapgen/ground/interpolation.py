"""Interpolate the share of each side at any spot from towns with known holders: four methods.

Each method takes spots and towns in local metres and returns, for each spot and each of the given
columns, a weighted mean of the towns' values; a column of ones and zeros says which towns a side
holds. Weights of a spot sum to 1. `bench/control.py` measures the methods beside each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Method = Literal["kriging", "inverse_distance", "nearest", "units"]

NEIGHBOURS = 8
MIN_M = 500.0  # towns are not points, so shorter distances count as this one
NUGGET = 2.0  # nugget of the variogram, in town spacings: one town may be misreported
MOST_KRIGED = 2000  # most towns: the cost of the equations grows with the cube of their number
BLOCK = 2_000_000  # distances in memory at a time


def choose(n_places: int) -> Method:
    """Return the method for a number of known towns, by the table in decision 0010.

    Kriging was best at every number, whether random towns or the biggest. Beyond 2,000 it leads by
    a hundredth at most, and inverse distance needs no system of equations.
    """
    return "kriging" if n_places <= MOST_KRIGED else "inverse_distance"


def interpolate(
    spots_m: Array,
    towns_m: Array,
    values: Array,
    method: Method,
    units_m: Sequence[Any] = (),
) -> Array:
    """Return the weighted mean of the towns' values at each spot.

    Parameters
    ----------
    spots_m, towns_m
        Metres in one local projection, one row each (x, y).
    values
        One row for each town, one column for each thing to be known (1 where a side holds it).
    method
        ``kriging``: ordinary kriging with a linear variogram, all towns at once (Matheron 1963;
        of indicators: Journel 1983). ``inverse_distance``: the eight nearest, by the inverse
        square (Shepard 1968). ``nearest``: the nearest one (Thiessen or Voronoi cells).
        ``units``: all towns of the same unit count alike; where a unit has none, the nearest.
    units_m
        Polygons of administrative units, for ``units`` only.

    Returns
    -------
    array
        One row for each spot, one column for each of `values`; kriging may stray a little below 0
        and above 1.
    """
    if method == "units":
        return _by_unit(spots_m, towns_m, values, units_m)
    found = np.empty((len(spots_m), values.shape[1]))
    solved, scale_m = _solve(towns_m, values) if method == "kriging" else (values, 1.0)
    k = 1 if method == "nearest" else min(NEIGHBOURS, len(towns_m))
    step = max(1, BLOCK // len(towns_m))
    for start in range(0, len(spots_m), step):
        away_m = _distances_m(spots_m[start : start + step], towns_m)
        if method == "kriging":
            found[start : start + step] = (away_m / scale_m) @ solved[:-1] + solved[-1]
            continue
        order = np.sort(np.argpartition(away_m, k - 1, axis=1)[:, :k], axis=1)
        weight = 1.0 / np.maximum(np.take_along_axis(away_m, order, axis=1), MIN_M) ** 2
        weight /= weight.sum(axis=1, keepdims=True)
        found[start : start + step] = np.einsum("ij,ijk->ik", weight, values[order])
    return found


def _distances_m(a: Array, b: Array) -> Array:
    # Faster than numpy.hypot, which guards against numbers larger than any distance on Earth.
    x = a[:, None, 0] - b[None, :, 0]
    y = a[:, None, 1] - b[None, :, 1]
    x *= x
    y *= y
    x += y
    return np.asarray(np.sqrt(x, out=x), dtype=np.float64)


def _solve(towns_m: Array, values: Array) -> tuple[Array, float]:
    """Solve the dual kriging system: a weight of each town, and the mean, for each column."""
    n = len(towns_m)
    between = _distances_m(towns_m, towns_m)
    nearest = (between + np.diag(np.full(n, np.inf))).min(axis=1)
    scale_m = max(float(np.median(nearest)), MIN_M)
    system = np.ones((n + 1, n + 1))
    system[:n, :n] = between / scale_m - NUGGET * np.eye(n)
    system[n, n] = 0.0
    right = np.vstack([values, np.zeros((1, values.shape[1]))])
    return np.asarray(np.linalg.solve(system, right), dtype=np.float64), scale_m


def _by_unit(spots_m: Array, towns_m: Array, values: Array, units_m: Sequence[Any]) -> Array:
    found = interpolate(spots_m, towns_m, values, "nearest")
    tree = shapely.STRtree(list(units_m))
    spots, unit_of_spot = tree.query(shapely.points(spots_m), predicate="intersects")
    towns, unit_of_town = tree.query(shapely.points(towns_m), predicate="intersects")
    total = np.zeros((len(units_m), values.shape[1]))
    count = np.zeros(len(units_m))
    np.add.at(total, unit_of_town, values[towns])
    np.add.at(count, unit_of_town, 1)
    told = count[unit_of_spot] > 0
    found[spots[told]] = (total / np.maximum(count, 1)[:, None])[unit_of_spot[told]]
    return found
