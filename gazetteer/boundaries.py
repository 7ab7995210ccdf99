"""Boundaries of the world: countries, first-order administrative units, lakes, rivers.

The data are Natural Earth 1:10m (public domain), packaged as TopoJSON with one arc a line, so that
a map of one country parses only the arcs of its surroundings. Geometries are shapely objects in
EPSG:4326, x = longitude, y = latitude. Who controls what follows Natural Earth, that is the
situation on the ground; ``view="iso"`` files the units under the country that ISO 3166-2 lists.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely
from shapely import Geometry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

Feature = tuple[Geometry, dict[str, Any]]  # geometry, properties
Bbox = tuple[float, float, float, float]  # west, south, east, north
View = Literal["de_facto", "iso"]

LAYERS = ("admin1", "lakes", "rivers", "disputed")
FAR_TOLERANCE_DEG = 0.02  # to which the world seen from afar is simplified


class World:
    """The packaged boundaries; use `World.load`, which keeps one copy in memory.

    Examples
    --------
    >>> world = World.load()
    >>> world.countries()["LB"]["name"]
    'Lebanon'
    """

    def __init__(self, text: bytes) -> None:
        head, _, arcs = text.partition(b',"arcs":[\n')
        document = json.loads(head + b"}")
        self._objects: dict[str, Any] = document["objects"]
        self._meta: dict[str, Any] = document["meta"]
        self._scale = float(document["transform"]["scale"][0])
        self._lines = arcs.split(b"\n")  # the last one closes the document
        self._arcs: dict[int, NDArray[np.int64]] = {}
        self._built: dict[tuple[str, int], Geometry] = {}
        self._countries: dict[tuple[str, str], Geometry | None] = {}

    @staticmethod
    def load(*, tolerance_deg: float = 0.0) -> World:
        """Return the packaged world, read once per process.

        Parameters
        ----------
        tolerance_deg
            How far outlines may be off, in degrees: from `FAR_TOLERANCE_DEG` on, a simplified copy
            serves, with a third of the vertices, without small islands and without names of units.
        """
        return _packaged("world_far" if tolerance_deg >= FAR_TOLERANCE_DEG else "world")

    @property
    def meta(self) -> dict[str, Any]:
        """What is known of the data: source, tolerance, countries."""
        return dict(self._meta)

    @property
    def tolerance_deg(self) -> float:
        """How far outlines may be off for having been simplified, in degrees."""
        return float(self._meta["tolerance_deg"])

    @property
    def source(self) -> str:
        """Where the data come from, for credits."""
        return str(self._meta["source"])

    def admin1(self, bbox: Bbox | None = None, *, country: str | None = None) -> list[Feature]:
        """First-order administrative units.

        Parameters
        ----------
        bbox
            Only units whose box meets this one (west, south, east, north in degrees).
        country
            Only units of this country (ISO 3166-1 alpha-2), as Natural Earth assigns them.

        Returns
        -------
        list of (geometry, properties)
            Properties: ``id`` (Natural Earth), ``iso`` (3166-2), ``a2``, ``a3``, ``name``,
            ``local``, ``alt`` (names joined by "|"), ``type``, ``gn`` (GeoNames id), ``gn1``
            (GeoNames code), ``un`` (country in ISO 3166-2 where another one is in control);
            all but ``id``, ``a2`` and ``a3`` may be absent.
        """
        return self.layer("admin1", bbox, country=country)

    def units(self) -> list[dict[str, Any]]:
        """Properties of all first-order units, as `admin1` has them, without building outlines."""
        return [dict(record["properties"]) for record in self._objects["admin1"]["geometries"]]

    def layer(
        self, name: str, bbox: Bbox | None = None, *, country: str | None = None
    ) -> list[Feature]:
        """Features of a layer: ``admin1``, ``lakes``, ``rivers`` or ``disputed``.

        Raises
        ------
        ValueError
            If there is no such layer.
        """
        if name not in LAYERS:
            message = f"there is no layer {name!r}; choose from {', '.join(LAYERS)}"
            raise ValueError(message)
        result = []
        for index, record in enumerate(self._objects[name]["geometries"]):
            if country is not None and record["properties"].get("a2") != country:
                continue
            if bbox is None or _meets(record["bbox"], bbox):
                result.append((self._geometry(name, index, record), record["properties"]))
        return result

    def country(self, iso2: str, *, view: View = "de_facto") -> Geometry | None:
        """Polygon of a country: the union of its administrative units.

        Parameters
        ----------
        iso2
            ISO 3166-1 alpha-2 code ("XK" for Kosovo).
        view
            ``de_facto`` (who is in control, as Natural Earth sees it) or ``iso``.

        Returns
        -------
        shapely geometry or None
            None when the code is not known.
        """
        key = (iso2, view)
        if key not in self._countries:
            parts = [
                self._geometry("admin1", index, record)
                for index, record in enumerate(self._objects["admin1"]["geometries"])
                if _owner(record["properties"], view) == iso2
            ]
            self._countries[key] = dissolve(parts) if parts else None
        return self._countries[key]

    def countries(self) -> dict[str, dict[str, Any]]:
        """ISO2 code to ``name``, ``a3`` and the point (``lat``, ``lon``) where a label goes."""
        return {
            entry["a2"]: {
                "name": entry["name"],
                "lat": entry["lat"],
                "lon": entry["lon"],
                "a3": a3,
            }
            for a3, entry in self._meta["countries"].items()
            if "a2" in entry
        }

    def owners_by_view(self, a3: str) -> dict[str, str]:
        """Return views by which a country is part of another: ``{"RU": "RS"}`` for ``KOS``."""
        return dict(self._meta["countries"].get(a3, {}).get("views", {}))

    def country_at(self, lat: float, lon: float) -> str | None:
        """ISO2 code of the country that holds a point; None at sea."""
        point = shapely.Point(lon, lat)
        for geometry, props in self.admin1((lon, lat, lon, lat)):
            if geometry.covers(point):
                return str(props["a2"])
        return None

    def _geometry(self, name: str, index: int, record: dict[str, Any]) -> Geometry:
        key = (name, index)
        if key not in self._built:
            if record["type"] == "MultiPolygon":
                parts = [
                    shapely.Polygon(self._ring(rings[0]), [self._ring(r) for r in rings[1:]])
                    for rings in record["arcs"]
                ]
                whole = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
            else:
                lines = [shapely.LineString(self._ring(arcs)) for arcs in record["arcs"]]
                whole = lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)
            # Rounding to the grid makes a few narrow necks touch themselves.
            self._built[key] = whole if whole.is_valid else _areal(shapely.make_valid(whole))
        return self._built[key]

    def _ring(self, arcs: list[int]) -> NDArray[np.float64]:
        parts = [self._arc(index) for index in arcs]
        joined = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
        return joined * self._scale

    def _arc(self, index: int) -> NDArray[np.int64]:
        forward = index if index >= 0 else ~index
        if forward not in self._arcs:
            steps = json.loads(self._lines[forward].rstrip(b","))
            self._arcs[forward] = np.cumsum(np.asarray(steps, dtype=np.int64), axis=0)
        arc = self._arcs[forward]
        return arc if index >= 0 else arc[::-1]


def dissolve(geometries: Iterable[Geometry]) -> Geometry:
    """Union of polygons that share their borders; slower but sure where some overlap."""
    parts = list(geometries)
    try:
        whole = shapely.coverage_union_all(parts)
    except shapely.errors.GEOSException:  # overlaps in the source: not a coverage
        return shapely.union_all(parts)
    return whole if whole.is_valid else shapely.union_all(parts)


def _owner(props: dict[str, Any], view: View) -> str | None:
    owner = props.get("un") if view == "iso" else None
    return owner or props.get("a2")


def _areal(geometry: Geometry) -> Geometry:
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts) if parts else geometry


def _meets(a: Iterable[float], b: Bbox) -> bool:
    west, south, east, north = a
    return west <= b[2] and east >= b[0] and south <= b[3] and north >= b[1]


@cache
def _packaged(name: str) -> World:
    resource = files("gazetteer") / "data" / f"{name}.topojson.gz"
    return World(gzip.decompress(resource.read_bytes()))
