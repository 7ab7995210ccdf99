"""Provide the boundaries of countries and first-order units, and lakes and rivers.

A bounding box or a country code comes in. Shapely geometries in EPSG:4326 (lon, lat) go out, with
properties. The data are Natural Earth 1:10m (public domain), packaged as TopoJSON with one arc per
line, so that a map of one country parses only the arcs around it. By default, units belong to the
country that controls them, as Natural Earth sees it; with ``view="iso"`` they belong to the country
under which ISO 3166-2 lists them.
"""

from __future__ import annotations

import json
import lzma
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely
from shapely import Geometry

from gazetteer.files import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

Feature = tuple[Geometry, dict[str, Any]]  # geometry, properties
Bbox = tuple[float, float, float, float]  # west, south, east, north
View = Literal["de_facto", "iso"]

LAYERS = ("admin1", "lakes", "rivers", "disputed")
FAR_TOLERANCE_DEG = 0.02  # tolerance of the simplified copy for maps of large regions


class World:
    """Boundaries of the world; use `World.load`, which keeps one copy in memory.

    Parameters
    ----------
    text
        Content of a TopoJSON file with one arc per line.

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
        for record in self._objects["admin1"]["geometries"]:
            told = record["properties"]
            told.update(_corrected().get(told.get("id"), {}))
        self._meta: dict[str, Any] = document["meta"]
        self._scale = float(document["transform"]["scale"][0])
        self._lines = arcs.split(b"\n")  # the last one closes the document
        self._arcs: dict[int, NDArray[np.int64]] = {}
        self._built: dict[tuple[str, int], Geometry] = {}
        self._countries: dict[tuple[str, str], Geometry | None] = {}

    @staticmethod
    def load(*, tolerance_deg: float = 0.0) -> World:
        """Return the packaged boundaries, which are read once per process.

        Parameters
        ----------
        tolerance_deg
            Acceptable error of outlines, in degrees. From `FAR_TOLERANCE_DEG` on, a simplified copy
            is returned, with a third of the vertices, without small islands and without the names
            of units.
        """
        return _packaged("world_far" if tolerance_deg >= FAR_TOLERANCE_DEG else "world")

    @property
    def meta(self) -> dict[str, Any]:
        """Metadata: source, tolerance and countries."""
        return dict(self._meta)

    @property
    def tolerance_deg(self) -> float:
        """Tolerance with which the outlines were simplified, in degrees."""
        return float(self._meta["tolerance_deg"])

    @property
    def source(self) -> str:
        """Source of the data, for credits."""
        return str(self._meta["source"])

    def admin1(self, bbox: Bbox | None = None, *, country: str | None = None) -> list[Feature]:
        """Return first-order administrative units.

        Parameters
        ----------
        bbox
            Only units whose bounding box intersects this one (west, south, east, north; degrees).
        country
            Only units of this country (ISO 3166-1 alpha-2), as assigned by Natural Earth.

        Returns
        -------
        list of (geometry, properties)
            Properties: ``id`` (Natural Earth), ``iso`` (ISO 3166-2), ``a2``, ``a3``, ``name``,
            ``local``, ``alt`` (names joined by "|"), ``type``, ``gn`` (GeoNames id), ``gn1``
            (GeoNames code) and ``un`` (country according to ISO 3166-2, if another country is in
            control). All but ``id``, ``a2`` and ``a3`` may be absent.
        """
        return self.layer("admin1", bbox, country=country)

    def units(self) -> list[dict[str, Any]]:
        """Return the properties of all first-order units, as in `admin1`, without outlines."""
        return [dict(record["properties"]) for record in self._objects["admin1"]["geometries"]]

    def layer(
        self, name: str, bbox: Bbox | None = None, *, country: str | None = None
    ) -> list[Feature]:
        """Return the features of a layer.

        Parameters
        ----------
        name
            One of `LAYERS`.
        bbox
            Only features whose bounding box intersects this one (west, south, east, north;
            degrees).
        country
            Only features with this ISO 3166-1 alpha-2 code.

        Returns
        -------
        list of (geometry, properties)
            Geometries in EPSG:4326 (lon, lat).

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
        """Return the polygon of a country, the union of its administrative units.

        Parameters
        ----------
        iso2
            ISO 3166-1 alpha-2 code ("XK" for Kosovo).
        view
            ``de_facto`` for the units under its control, as Natural Earth sees it, or ``iso`` for
            the units under which ISO 3166-2 lists it.

        Returns
        -------
        shapely geometry or None
            In EPSG:4326 (lon, lat); None if the code is not known.
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
        """Return ``name``, ``a3`` and label point (``lat``, ``lon``) by ISO 3166-1 alpha-2 code."""
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
        """Return the owner of a territory in the views that see another: ``{"RU": "RS"}``.

        Parameters
        ----------
        a3
            Code of Natural Earth, such as ``KOS`` for Kosovo.

        Returns
        -------
        dict of str to str
            ISO 3166-1 alpha-2 codes of owners by view; in Russia's view, Serbia owns Kosovo.
        """
        return dict(self._meta["countries"].get(a3, {}).get("views", {}))

    def country_at(self, lat: float, lon: float) -> str | None:
        """Return the ISO 3166-1 alpha-2 code of the country that contains a point, in degrees.

        Returns None at sea.
        """
        props = self._unit_at(lat, lon)
        return None if props is None else str(props["a2"])

    def province_at(self, lat: float, lon: float) -> str | None:
        """Return the ISO 3166-2 code of the first-order unit that contains a point, in degrees.

        Returns None at sea, and in a unit without a code.
        """
        props = self._unit_at(lat, lon)
        return None if props is None else props.get("iso")

    def _unit_at(self, lat: float, lon: float) -> dict[str, Any] | None:
        """Return the properties of the first-order unit that contains a point."""
        point = shapely.Point(lon, lat)
        for geometry, props in self.admin1((lon, lat, lon, lat)):
            if geometry.covers(point):
                return props
        return None

    def _geometry(self, name: str, index: int, record: dict[str, Any]) -> Geometry:
        """Return the geometry of a feature, which is built once."""
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
            # Rounding to the grid makes a few outlines touch themselves at narrow necks.
            self._built[key] = whole if whole.is_valid else _areal(shapely.make_valid(whole))
        return self._built[key]

    def _ring(self, arcs: list[int]) -> NDArray[np.float64]:
        """Return the coordinates (lon, lat) of joined arcs."""
        parts = [self._arc(index) for index in arcs]
        joined = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
        return joined * self._scale

    def _arc(self, index: int) -> NDArray[np.int64]:
        """Return the vertices of an arc in steps of the grid; ``~index`` reverses the arc."""
        forward = index if index >= 0 else ~index
        if forward not in self._arcs:
            steps = json.loads(self._lines[forward].rstrip(b","))
            self._arcs[forward] = np.cumsum(np.asarray(steps, dtype=np.int64), axis=0)
        arc = self._arcs[forward]
        return arc if index >= 0 else arc[::-1]


def dissolve(geometries: Iterable[Geometry]) -> Geometry:
    """Return the union of polygons with common borders.

    Parameters
    ----------
    geometries
        Polygons; if some overlap, a slower method is used.
    """
    parts = list(geometries)
    try:
        whole = shapely.coverage_union_all(parts)
    except shapely.errors.GEOSException:  # overlaps in the source: not a coverage
        return shapely.union_all(parts)
    return whole if whole.is_valid else shapely.union_all(parts)


def _owner(props: dict[str, Any], view: View) -> str | None:
    """Return the country (ISO 3166-1 alpha-2) of a unit in a view."""
    owner = props.get("un") if view == "iso" else None
    return owner or props.get("a2")


def _areal(geometry: Geometry) -> Geometry:
    """Return the union of the polygons in a geometry, or the geometry if it has none."""
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts) if parts else geometry


def _meets(a: Iterable[float], b: Bbox) -> bool:
    """Return whether two bounding boxes intersect."""
    west, south, east, north = a
    return west <= b[2] and east >= b[0] and south <= b[3] and north >= b[1]


@cache
def _corrected() -> dict[int, dict[str, str]]:
    """Return the names of units that the source has mixed up, by its id of the unit."""
    rows = read_table("unit_names.csv")
    return {int(r["ne_id"]): {k: r[k] for k in ("iso", "name", "local", "alt")} for r in rows}


@cache
def _packaged(name: str) -> World:
    """Return the boundaries in a packaged file."""
    resource = files("gazetteer") / "data" / f"{name}.topojson.xz"
    return World(lzma.decompress(resource.read_bytes()))
