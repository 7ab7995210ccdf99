"""Main roads as corridors: towns in the order in which a road passes them.

A corridor says which way people and forces are likely to go, not where the tarmac lies. One JSON
file per country in ``data/corridors/``; adding a country needs no code.
"""

from __future__ import annotations

import heapq
import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import shapely
import shapely.ops

from mapgen.errors import FormatError
from mapgen.ground.projection import LatLon, distance_km, longitude_scale, reach_deg

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely import Geometry

SNAP_KM = 20.0  # a place further than this from a corridor is not on it
MAX_DETOUR = 2.0  # a way longer than this many times the beeline is no likely route
BESIDE_KM = 0.5  # a place nearer than this counts as on the line
# Time per kilometre against a motorway, at a rough 100, 80 and 55 km/h; our own estimate.
CLASS_COST = {"motorway": 1.0, "primary": 1.25, "secondary": 1.8}
START, END = "<start>", "<end>"


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """A way between two places: along corridors, or only its two ends (``none``)."""

    path: tuple[LatLon, ...]
    km: float
    method: Literal["corridor", "none"]
    via: tuple[str, ...] = ()  # ids of the corridors, in order
    towns: tuple[str, ...] = ()  # names of the waypoints passed


@dataclass(frozen=True, kw_only=True, slots=True)
class Corridor:
    """A road, as its towns in order."""

    id: str
    names: tuple[str, ...]
    road_class: str  # motorway | primary | secondary
    certainty: str  # high | medium | low
    path: tuple[LatLon, ...]
    refs: tuple[str, ...]
    towns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Snap:
    off_km: float  # distance from the place to the road
    point: LatLon
    ends: tuple[str, str]
    corridor: int


class Roads:
    """The corridors of one country.

    Examples
    --------
    >>> roads = Roads.for_country("SY")
    >>> roads.route((34.72, 36.73), (33.51, 36.29)).via
    ('M5',)
    """

    def __init__(self, corridors: tuple[Corridor, ...], source: str) -> None:
        self.corridors = corridors
        self.source = source
        self._at: dict[str, LatLon] = {}
        self._name: dict[str, str] = {}
        self._next: dict[str, dict[str, tuple[float, int]]] = {}
        self._stretches: list[tuple[int, str, str]] = []
        for index, corridor in enumerate(corridors):
            for ref, point, town in zip(corridor.refs, corridor.path, corridor.towns, strict=True):
                self._at[ref] = point
                self._name[ref] = town
            for a, b in pairwise(corridor.refs):
                self._join(a, b, index)
                self._stretches.append((index, a, b))
        ends = [[self._at[ref][::-1] for ref in (a, b)] for _, a, b in self._stretches]
        self._tree = shapely.STRtree(shapely.linestrings(ends) if ends else [])

    @staticmethod
    def for_country(iso2: str) -> Roads | None:
        """Return the corridors packaged for a country (ISO 3166-1 alpha-2), or None."""
        return _packaged(iso2)

    def named(self, name: str) -> Corridor | None:
        """Return the corridor with this id or name, upper and lower case alike."""
        wanted = name.casefold()
        for corridor in self.corridors:
            if wanted in {corridor.id.casefold(), *(n.casefold() for n in corridor.names)}:
                return corridor
        return None

    def route(self, a: LatLon, b: LatLon, *, snap_km: float = SNAP_KM) -> Route:
        """Return the likely route from ``a`` to ``b`` along corridors.

        Parameters
        ----------
        a, b
            Ends as (lat, lon), degrees.
        snap_km
            How far an end may lie from a corridor.

        Returns
        -------
        Route
            ``method`` is ``none``, and the path only the two ends, when an end is too far from
            every corridor, they do not connect, or the way is an unlikely detour.
        """
        start, end = self._snap(a, snap_km), self._snap(b, snap_km)
        if start is None or end is None or distance_km(a, b) <= BESIDE_KM:
            return _beeline(a, b)
        refs = self._search(start, lambda ref: ref == END, end)
        if refs is None:
            return _beeline(a, b)
        found = self._route(a, refs, start, end, b)
        if found.km > MAX_DETOUR * distance_km(a, b):
            return _beeline(a, b)
        return found

    def route_to_area(self, a: LatLon, geometry: Geometry, *, snap_km: float = SNAP_KM) -> Route:
        """Return the likely route from a place into an area, up to the first waypoint inside it.

        Without a corridor into the area the path is ``a`` and a point just inside the nearest
        edge, which gives an arrow its direction but stands for no town. If ``a`` already lies in
        the area, the path is ``a`` alone.

        Parameters
        ----------
        a
            Start as (lat, lon), degrees.
        geometry
            The area, EPSG:4326.
        snap_km
            How far the start may lie from a corridor.
        """
        if geometry.covers(shapely.Point(a[1], a[0])):
            return Route(path=(a,), km=0.0, method="none")
        inside = {
            ref for ref, (lat, lon) in self._at.items() if geometry.covers(shapely.Point(lon, lat))
        }
        start = self._snap(a, snap_km)
        if inside and start is not None:
            refs = self._search(start, inside.__contains__, None)
            if refs is not None:
                return self._route(a, refs, start, None, None)
        return _beeline(a, _entry(a, geometry))

    def link(self, a: LatLon, b: LatLon, *, snap_km: float = SNAP_KM) -> tuple[LatLon, ...]:
        """Return the line that joins two places: along corridors, or else straight.

        Parameters
        ----------
        a, b
            Ends as (lat, lon), degrees.
        snap_km
            How far an end may lie from a corridor.

        Returns
        -------
        tuple of (lat, lon)
            Vertices of the line, degrees.
        """
        return self.route(a, b, snap_km=snap_km).path

    def _join(self, a: str, b: str, corridor: int) -> None:
        cost = distance_km(self._at[a], self._at[b])
        cost *= CLASS_COST[self.corridors[corridor].road_class]
        for u, v in ((a, b), (b, a)):
            known = self._next.setdefault(u, {}).get(v)
            if known is None or cost < known[0]:
                self._next[u][v] = (cost, corridor)

    def _snap(self, place: LatLon, snap_km: float) -> _Snap | None:
        """Return the nearest point of all corridors if near enough; prefer waypoints."""
        reach, wide = reach_deg(place[0], snap_km)
        box = shapely.box(place[1] - wide, place[0] - reach, place[1] + wide, place[0] + reach)
        best: _Snap | None = None
        for at in sorted(self._tree.query(box).tolist()):
            index, ref_a, ref_b = self._stretches[at]
            point = _foot(place, self._at[ref_a], self._at[ref_b])
            off_km = distance_km(place, point)
            if best is None or off_km < best.off_km - 1e-9:
                best = _Snap(off_km, point, (ref_a, ref_b), index)
        return best if best is not None and best.off_km <= snap_km else None

    def _edges(self, ref: str, start: _Snap, end: _Snap | None) -> dict[str, tuple[float, int]]:
        """Return the neighbours of a node, in the graph with both ends of the route added."""
        if ref == START:
            edges = self._spokes(start)
            if end is not None and {*start.ends} == {*end.ends}:
                edges[END] = (self._cost(start.point, end.point, start.corridor), start.corridor)
            return edges
        edges = self._next[ref]
        if end is not None and ref in end.ends:
            return edges | {END: self._spokes(end)[ref]}
        return edges

    def _spokes(self, snap: _Snap) -> dict[str, tuple[float, int]]:
        return {
            ref: (self._cost(snap.point, self._at[ref], snap.corridor), snap.corridor)
            for ref in snap.ends
        }

    def _cost(self, a: LatLon, b: LatLon, corridor: int) -> float:
        return distance_km(a, b) * CLASS_COST[self.corridors[corridor].road_class]

    def _search(
        self, start: _Snap, is_goal: Callable[[str], bool], end: _Snap | None
    ) -> list[tuple[str, int]] | None:
        """Return the cheapest path (Dijkstra): nodes after the start, with the corridor to each."""
        cost = {START: 0.0}
        came: dict[str, tuple[str, int]] = {}
        queue = [(0.0, START)]
        while queue:
            spent, ref = heapq.heappop(queue)
            if spent > cost[ref]:
                continue
            if is_goal(ref):
                steps = []
                while ref != START:
                    before, corridor = came[ref]
                    steps.append((ref, corridor))
                    ref = before
                return steps[::-1]
            for other, (more, corridor) in self._edges(ref, start, end).items():
                if spent + more < cost.get(other, math.inf):
                    cost[other] = spent + more
                    came[other] = (ref, corridor)
                    heapq.heappush(queue, (spent + more, other))
        return None

    def _route(
        self,
        a: LatLon,
        steps: list[tuple[str, int]],
        start: _Snap,
        end: _Snap | None,
        b: LatLon | None,
    ) -> Route:
        path = [a]
        if start.off_km > BESIDE_KM:
            path.append(start.point)
        towns, via = [], []
        last = start.point
        for ref, corridor in steps:
            point = end.point if ref == END and end is not None else self._at[ref]
            if distance_km(last, point) > BESIDE_KM:  # a step of no length uses no road
                via.append(self.corridors[corridor].id)
            last = point
            if ref != END and self._name[ref]:
                towns.append(self._name[ref])
            if distance_km(path[-1], point) > BESIDE_KM:
                path.append(point)
        if b is not None:
            if distance_km(path[-1], b) <= BESIDE_KM and len(path) > 1:
                path.pop()
            path.append(b)
        return Route(
            path=tuple(path),
            km=sum(distance_km(p, q) for p, q in pairwise(path)),
            method="corridor",
            via=tuple(dict.fromkeys(via)),
            towns=tuple(towns),
        )


def _beeline(a: LatLon, b: LatLon) -> Route:
    return Route(path=(a, b), km=distance_km(a, b), method="none")


def _foot(place: LatLon, a: LatLon, b: LatLon) -> LatLon:
    """Return the point of a segment nearest to a place (flat Earth, as segments are short)."""
    shrink = longitude_scale(place[0])
    ax, ay = (a[1] - place[1]) * shrink, a[0] - place[0]
    bx, by = (b[1] - place[1]) * shrink, b[0] - place[0]
    dx, dy = bx - ax, by - ay
    length2 = dx * dx + dy * dy
    t = 0.0 if length2 == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length2))
    return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))


def _entry(a: LatLon, geometry: Geometry) -> LatLon:
    """Return a point a quarter of the way from the nearest edge of an area to its inside."""
    edge, _ = shapely.ops.nearest_points(geometry, shapely.Point(a[1], a[0]))
    core = geometry.representative_point()
    return (edge.y + (core.y - edge.y) / 4, edge.x + (core.x - edge.x) / 4)


@cache
def _packaged(iso2: str) -> Roads | None:
    resource = files("mapgen") / "data" / "corridors" / f"{iso2}.json"
    if not resource.is_file():
        return None
    return read_corridors(resource.read_text(encoding="utf-8"), f"corridors/{iso2}.json")


def read_corridors(text: str, name: str) -> Roads:
    """Read a corridor file.

    Parameters
    ----------
    text
        Content of the file (JSON).
    name
        Name of the file, for messages.

    Raises
    ------
    FormatError
        If a field is missing or has an unknown value.
    """
    try:
        document = json.loads(text)
        corridors = tuple(_corridor(row) for row in document["corridors"])
        source = _words_of(document["source"])
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        message = f"{name}: not a corridor file ({error!r}); compare it with corridors/SY.json."
        raise FormatError(message) from error
    for corridor in corridors:
        if corridor.road_class not in CLASS_COST:
            message = (
                f"{name}: corridor {corridor.id!r} has class {corridor.road_class!r};"
                f" use one of {', '.join(CLASS_COST)}."
            )
            raise FormatError(message)
    return Roads(corridors, source)


def _corridor(row: Any) -> Corridor:  # noqa: ANN401  a value of a JSON file can be anything
    """Return one corridor, or raise an error if the value does not describe one."""
    stops = row["waypoints"]
    path = tuple((float(stop["lat"]), float(stop["lon"])) for stop in stops)
    if any(not (abs(lat) <= 90 and abs(lon) <= 180) for lat, lon in path):  # noqa: PLR2004
        message = "a waypoint is not on the globe"
        raise ValueError(message)
    return Corridor(
        id=_words_of(row["id"]),
        names=tuple(_words_of(name) for name in row["names"]),
        road_class=_words_of(row["class"]),
        certainty=_words_of(row["certainty"]),
        path=path,
        refs=tuple(_words_of(stop["ref"]) for stop in stops),
        towns=tuple(_words_of(stop["name"]) for stop in stops),
    )


def _words_of(value: object) -> str:
    if not isinstance(value, str):
        message = f"{str(value)[:40]!r} is not a text"
        raise TypeError(message)
    return value
