"""Read the polygons of a shapefile, a KML file or a GeoPackage.

A file comes in; features with their properties and geometry in EPSG:4326 go out. As in `geodata`,
no file makes a connection or opens another one than those that belong to it by its name.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pyproj
import shapely
from pyproj.exceptions import ProjError
from shapely.errors import ShapelyError
from shapely.geometry import shape

from gazetteer.bounded import MAX_LAYER_BYTES, TooLargeError, bytes_within
from mapgen.errors import FormatError
from mapgen.ground.geodata import (
    MAX_FEATURES,
    Feature,
    Layer,
    in_degrees,
    is_area,
    read_package_areas,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = (".gpkg", ".shp", ".kml")
"""Endings of the files that are read here."""

_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, OverflowError, ShapelyError)


def read_polygons(file: Path) -> Layer:
    """Return the polygons of a file.

    Parameters
    ----------
    file
        A GeoPackage (``.gpkg``), a shapefile (``.shp``, with its ``.dbf`` and ``.prj`` beside it)
        or a KML file (``.kml``).

    Returns
    -------
    Layer
        In EPSG:4326. A feature without a shape is counted in ``n_empty``.

    Raises
    ------
    FormatError
        If it is another kind of file, has no known coordinate system, or is larger than the limits.
    """
    read = {".gpkg": read_package_areas, ".shp": _of_shapefile, ".kml": _of_kml}
    return read[file.suffix.casefold()](file)


def _bytes_of(file: Path) -> bytes:
    """Return the content of a file.

    Raises
    ------
    FormatError
        If it cannot be read or is too large.
    """
    try:
        return bytes_within(file, MAX_LAYER_BYTES)
    except TooLargeError as err:
        msg = f"{file}: {err}. Keep only what you need."
        raise FormatError(msg) from err
    except OSError as err:
        msg = f"{file}: cannot be read ({err.strerror or err})."
        raise FormatError(msg) from err


def _of_shapefile(file: Path) -> Layer:
    """Return the polygons of a shapefile."""
    import shapefile  # noqa: PLC0415  only needed here

    parts = {end: _bytes_of(_beside(file, end)) for end in (".shp", ".dbf", ".prj")}
    try:
        crs = pyproj.CRS.from_wkt(parts[".prj"].decode("utf-8", "replace").strip())
    except ProjError as err:
        msg = f"{file}: has a .prj that states no coordinate system. Save it in EPSG:4326."
        raise FormatError(msg) from err
    rows: list[dict[str, object]] = []
    shapes: list[Any] = []
    n_unread = n_empty = 0
    try:
        reader = shapefile.Reader(
            shp=io.BytesIO(parts[".shp"]),
            dbf=io.BytesIO(parts[".dbf"]),
            encoding=_encoding(file),
            encodingErrors="replace",
        )
        for number, found in enumerate(reader.iterShapeRecords()):
            if number >= MAX_FEATURES:
                break
            if found.shape.shapeType == shapefile.NULL:
                n_empty += 1
                continue
            try:
                shapes.append(shapely.force_2d(shape(found.shape.__geo_interface__)))
            except _UNREADABLE:
                n_unread += 1
                continue
            rows.append(found.record.as_dict())
    except Exception as err:  # faults in the bytes have no common base class
        msg = f"{file}: cannot be read as a shapefile ({type(err).__name__}). Save it again."
        raise FormatError(msg) from err
    return in_degrees(file, rows, shapes, crs, n_unread, is_area)._replace(n_empty=n_empty)


def _beside(file: Path, ending: str) -> Path:
    """Return the part of a shapefile with an ending, also in capitals.

    Raises
    ------
    FormatError
        If there is none.
    """
    for path in (file.with_suffix(ending), file.with_suffix(ending.upper())):
        if path.is_file():
            return path
    msg = f"{file}: has no {file.stem}{ending} beside it. A shapefile is several files."
    raise FormatError(msg)


def _encoding(file: Path) -> str:
    """Return the encoding of the names in a shapefile, as its .cpg states it, else UTF-8."""
    try:
        told = bytes_within(file.with_suffix(".cpg"), 100).decode("ascii").strip()
        "".encode(told)
    except (OSError, TooLargeError, ValueError, LookupError):
        return "utf-8"
    return told


def _of_kml(file: Path) -> Layer:
    """Return the polygons of a KML file."""
    from lxml import etree  # noqa: PLC0415  slow to load, and only needed here

    found: list[Feature] = []
    n_unread = n_empty = 0
    stream = io.BytesIO(_bytes_of(file))
    try:
        marks = etree.iterparse(
            stream, tag="{*}Placemark", resolve_entities=False, no_network=True, load_dtd=False
        )
        for _, mark in marks:
            parts = list(_polygons(mark))
            if not parts and not _has_shape(mark):
                n_empty += 1
            try:
                shapes = [shapely.Polygon(outer, inner) for outer, inner in parts]
            except _UNREADABLE:
                n_unread += 1
            else:
                if shapes:
                    whole = shapes[0] if len(shapes) == 1 else shapely.MultiPolygon(shapes)
                    found.append(Feature(_told(mark), whole))
            mark.clear()
            if len(found) > MAX_FEATURES:
                break
    except etree.XMLSyntaxError as err:
        msg = f"{file}: is not valid KML ({err})."
        raise FormatError(msg) from err
    wgs84 = pyproj.CRS.from_epsg(4326)
    rows, areas = [feature.properties for feature in found], [f.geometry for f in found]
    return in_degrees(file, rows, areas, wgs84, n_unread, is_area)._replace(n_empty=n_empty)


def _has_shape(mark: Any) -> bool:  # noqa: ANN401  lxml has no types
    """Whether a placemark has a shape of any kind."""
    return next(mark.iter("{*}coordinates"), None) is not None


Ring = list[tuple[float, float]]


def _polygons(mark: Any) -> Iterator[tuple[Ring, list[Ring]]]:  # noqa: ANN401
    """Yield the outer and the inner rings of each polygon in a placemark."""
    for polygon in mark.iter("{*}Polygon"):
        outer = polygon.findtext("{*}outerBoundaryIs/{*}LinearRing/{*}coordinates", "")
        inner = polygon.findall("{*}innerBoundaryIs/{*}LinearRing/{*}coordinates")
        yield _ring(outer), [_ring(ring.text or "") for ring in inner]


def _ring(told: str) -> Ring:
    """Return the points of a ring, longitude first; an unreadable one makes it empty."""
    try:
        points = [tuple(map(float, point.split(",")[:2])) for point in told.split()]
    except ValueError:
        return []
    return [(point[0], point[1]) for point in points if len(point) > 1]


def _told(mark: Any) -> dict[str, object]:  # noqa: ANN401
    """Return what a placemark says: its data, its name as holder, and its day."""
    told: dict[str, object] = {}
    for tag, value in (
        ("name", "holder"),
        ("TimeSpan/{*}begin", "as_of"),
        ("TimeStamp/{*}when", "as_of"),
    ):
        words = (mark.findtext(f"{{*}}{tag}") or "").strip()
        if words:
            told[value] = words
    for data in mark.iter("{*}Data"):
        told[str(data.get("name")).casefold()] = (data.findtext("{*}value") or "").strip()
    for data in mark.iter("{*}SimpleData"):
        told[str(data.get("name")).casefold()] = (data.text or "").strip()
    return told
