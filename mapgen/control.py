"""Who may hold the ground between towns: an estimate from towns whose holder is known.

Inverse distance weighting over the nearest known places, on a grid clipped to land. Of the simple
methods measured on a real front it was the best for places scattered at random. Nothing is drawn
beyond a reach, so that empty country stays empty; nothing where a side has fewer than three known
places in one piece; and below a hundred known places nothing is drawn as sure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely

from mapgen.projection import from_local, to_local

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NEIGHBOURS = 8
MIN_PLACES = 3  # of a side in one connected piece
SURE_FROM = 100  # known places: with fewer, towns say too little about the ground between them
MAX_REACH_KM = 33.0
AGREEMENT = 0.75  # share of the weight that one side must have to be called sure
CELL_KM = 4.0
BLOCK = 1_000_000  # distances in memory at a time

Part = Literal["sure", "unsure"]
Areas = dict[str, dict[Part, Any]]  # side -> sure, unsure: shapely geometry in EPSG:4326, or None


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownPlace:
    """A town whose holder is known."""

    lat: float
    lon: float
    side: str
    unsure: bool = False  # its holder is only claimed, or is from before


def estimate(
    known: Sequence[KnownPlace],
    land: Any,  # noqa: ANN401 - shapely geometry
    *,
    max_reach_km: float = MAX_REACH_KM,
) -> Areas:
    """Estimate control areas.

    Parameters
    ----------
    known
        Towns with their holders, EPSG:4326.
    land
        Shapely polygon(s) the areas are clipped to, EPSG:4326.
    max_reach_km
        Nothing is drawn farther than this from a known place.

    Returns
    -------
    dict
        For each side that has an area, the ``sure`` and ``unsure`` geometry (EPSG:4326) or None.
        Cells are unsure where the neighbours disagree or are unsure themselves, where the nearest
        place is more than half the reach away, and everywhere below a hundred sure places.
    """
    places = sorted(set(known), key=lambda p: (p.lat, p.lon, p.side, p.unsure))
    if len(places) < MIN_PLACES:
        return {}
    lat0 = float(np.mean([p.lat for p in places]))
    lon0 = float(np.mean([p.lon for p in places]))
    spots = shapely.MultiPoint([(p.lon, p.lat) for p in places])
    points_m = shapely.get_parts(to_local(spots, lat0, lon0))
    xy_m = shapely.get_coordinates(points_m)
    land_m = shapely.make_valid(to_local(land, lat0, lon0))
    cells, winner, share, nearest_km = _grid(xy_m, places, max_reach_km)
    enough = sum(not p.unsure for p in places) >= SURE_FROM
    sides = sorted({p.side for p in places})
    found: Areas = {}
    for number, side in enumerate(sides):
        own = winner == number
        whole = _shape(cells[own], land_m)
        towns = points_m[[i for i, p in enumerate(places) if p.side == side]]
        whole = _with_enough(whole, towns)
        if whole.is_empty:
            continue
        firm = (share >= AGREEMENT) & (nearest_km <= max_reach_km / 2)
        sure = _shape(cells[own & firm], land_m) if enough else shapely.Polygon()
        sure = _with_enough(shapely.intersection(sure, whole), towns)
        unsure = shapely.difference(whole, sure)
        found[side] = {
            "sure": _degrees(sure, lat0, lon0),
            "unsure": _degrees(unsure, lat0, lon0),
        }
    return found


def _grid(
    xy_m: NDArray[np.float64], places: list[KnownPlace], reach_km: float
) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the cells in reach: centre (metres), winner's number, its sure share, km to a town."""
    step = CELL_KM * 1000
    low = xy_m.min(axis=0) - reach_km * 1000
    high = xy_m.max(axis=0) + reach_km * 1000
    xs = np.arange(low[0], high[0] + step, step)
    ys = np.arange(low[1], high[1] + step, step)
    cells = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    names = sorted({p.side for p in places})
    side = np.array([names.index(p.side) for p in places])
    firm = np.array([not p.unsure for p in places])
    k = min(NEIGHBOURS, len(places))
    blocks = []
    for block in np.array_split(cells, len(cells) * len(places) // BLOCK + 1):
        apart = block[:, None, :] - xy_m[None, :, :]
        away = np.hypot(apart[..., 0], apart[..., 1]) / 1000
        reached = away.min(axis=1) <= reach_km
        away = away[reached]
        order = np.sort(np.argpartition(away, k - 1, axis=1)[:, :k], axis=1)
        near = np.take_along_axis(away, order, axis=1)
        weight = 1.0 / np.maximum(near, 0.5) ** 2
        of_side = side[order][:, :, None] == np.arange(len(names))
        winner = (weight[:, :, None] * of_side).sum(axis=1).argmax(axis=1)
        agrees = (side[order] == winner[:, None]) & firm[order]
        share = (weight * agrees).sum(axis=1) / weight.sum(axis=1)
        blocks.append((block[reached], winner, share, near.min(axis=1)))
    spot, won, part, nearest_km = (np.concatenate(column) for column in zip(*blocks, strict=True))
    return spot, won, part, nearest_km


def _shape(cells: NDArray[Any], land_m: Any) -> Any:  # noqa: ANN401
    """Join cells to areas with rounded edges, clipped to land."""
    if not len(cells):
        return shapely.Polygon()
    half = CELL_KM * 500
    boxes = shapely.box(
        cells[:, 0] - half, cells[:, 1] - half, cells[:, 0] + half, cells[:, 1] + half
    )
    merged = shapely.union_all(boxes)
    smooth = merged.buffer(half * 1.6).buffer(-half * 2.6).buffer(half)
    return shapely.make_valid(shapely.intersection(shapely.simplify(smooth, half / 3), land_m))


def _with_enough(area: Any, towns: NDArray[Any]) -> Any:  # noqa: ANN401
    """Keep the pieces that hold at least three of a side's known places."""
    pieces = [p for p in shapely.get_parts(area) if p.geom_type == "Polygon"]
    kept = [p for p in pieces if shapely.contains(p.buffer(1.0), towns).sum() >= MIN_PLACES]
    return shapely.union_all(kept) if kept else shapely.Polygon()


def _degrees(area_m: Any, lat: float, lon: float) -> Any:  # noqa: ANN401
    pieces = [p for p in shapely.get_parts(area_m) if p.geom_type == "Polygon" and p.area > 0]
    if not pieces:
        return None
    back = from_local(shapely.MultiPolygon(pieces), lat, lon)
    return shapely.make_valid(shapely.set_precision(back, 0.001))
