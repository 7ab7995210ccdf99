"""Read the lines or areas of a layer that a stranger may have made: GeoPackage or GeoJSON.

A file comes in; features with their geometry in EPSG:4326 go out. The file must be of the kind that
its name says. It is read without GDAL, whose drivers follow links and are chosen by content, so no
layer can make a connection, open another file or run a query of its own.
"""

from __future__ import annotations

import errno
import json
import re
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import ProjError
from pyproj.network import (  # type: ignore[attr-defined]  # pyproj exports it without saying so
    set_network_enabled,
)
from shapely.errors import ShapelyError
from shapely.geometry import shape

from gazetteer.bounded import MAX_LAYER_BYTES, TooLargeError, bytes_within, json_text
from mapgen.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

MAX_FEATURES = 2_000_000
"""Most features of a layer: more than the roads of any country in OpenStreetMap."""

MAX_POINTS = 3_000_000
"""Most points of all lines: more than the larger roads of any country in OpenStreetMap."""

MAX_CELL_BYTES = 400_000_000
"""Most bytes in the cells of a GeoPackage. A small file can hold columns that are computed."""

MAX_SECONDS = 60
"""Longest time for reading a GeoPackage."""

_MAX_CELL_BYTES = 50_000_000  # of one cell
_MAX_WKT_CHARS = 20_000
_SQLITE = b"SQLite format 3\x00"
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)  # by the indicator in the flags; GeoPackage 1.3, 2.1.3
_HEAD_BYTES = 8
_CRS_NAME = re.compile(
    r"(?:urn:ogc:def:crs:)?(?:(?P<epsg>EPSG)|OGC)(?::[\d.]*)?:(?P<code>\d{1,6}|CRS84)"
)
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, OverflowError, ShapelyError)
_UNREADABLE_FILES = (
    OSError,
    sqlite3.Error,
    UnicodeDecodeError,  # a message of SQLite that repeats a damaged name
    RecursionError,
    MemoryError,
    ProjError,
)
_PARTS_OF_A_QUERY = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)


class Feature(NamedTuple):
    """A feature: its properties, and its geometry in EPSG:4326 with longitude first."""

    properties: dict[str, object]
    geometry: Any


class Layer(NamedTuple):
    """A layer: its features, and the number of shapes that cannot be read."""

    features: list[Feature]
    n_unread: int
    n_empty: int = 0  # rows without a shape


def read_lines(file: Path) -> Layer:
    """Return the lines of the first layer that has any.

    Parameters
    ----------
    file
        A GeoPackage (``.gpkg``), or a GeoJSON file (``.geojson``, ``.json``) that may name a
        coordinate system by its number in the EPSG register.

    Raises
    ------
    FormatError
        If it is another kind of file, has no lines or no known coordinate system, or is larger than
        the limits.
    """
    suffix = file.suffix.casefold()
    try:
        if suffix == ".gpkg":
            return _of_package(file, is_line)
        if suffix in {".json", ".geojson"}:
            return _of_json(file)
    except _UNREADABLE_FILES as err:
        msg = f"{file}: cannot be read as a map layer ({err})."
        raise FormatError(msg) from err
    msg = f"{file}: is neither a GeoPackage (.gpkg) nor GeoJSON (.geojson)."
    raise FormatError(msg)


def read_package_areas(file: Path) -> Layer:
    """Return the polygons of the first table of a GeoPackage that has any.

    Raises
    ------
    FormatError
        If it is no GeoPackage, has no known coordinate system, or is larger than the limits.
    """
    try:
        return _of_package(file, is_area)
    except _UNREADABLE_FILES as err:
        msg = f"{file}: cannot be read as a map layer ({err})."
        raise FormatError(msg) from err


def _of_json(file: Path) -> Layer:
    """Return the lines of a GeoJSON file."""
    document = json_of(file)
    found = document.get("features") if isinstance(document, dict) else None
    raw = found if isinstance(found, list) else [document]
    rows: list[dict[str, object]] = []
    shapes: list[Any] = []
    n_unread = 0
    for entry in raw:
        feature = entry if isinstance(entry, dict) else {}
        given = feature.get("geometry") if feature.get("type") == "Feature" else feature
        if given is None:
            continue
        try:
            geometry = shapely.force_2d(shape(given))
        except _UNREADABLE:
            n_unread += 1
            continue
        properties = feature.get("properties")
        rows.append(properties if isinstance(properties, dict) else {})
        shapes.append(geometry)
    crs = _named_crs(file, document.get("crs") if isinstance(document, dict) else None)
    return in_degrees(file, rows, shapes, crs, n_unread)


def json_of(file: Path) -> Any:  # noqa: ANN401  a JSON document can be anything
    """Return the document in a JSON file.

    Parameters
    ----------
    file
        A file in UTF-8.

    Raises
    ------
    FormatError
        If it cannot be read, is not JSON, or is larger than the limits.
    """
    try:
        return json.loads(json_text(bytes_within(file, MAX_LAYER_BYTES)))
    except TooLargeError as err:
        msg = f"{file}: {err}. Keep only what you need."
        raise FormatError(msg) from err
    except (OSError, ValueError, RecursionError) as err:
        msg = f"{file}: is not valid JSON in UTF-8 ({err})."
        raise FormatError(msg) from err


def _named_crs(file: Path, given: object) -> pyproj.CRS:
    """Return the coordinate system that a GeoJSON file names; WGS 84 if it names none."""
    if given is None:
        return pyproj.CRS.from_epsg(4326)
    properties = given.get("properties") if isinstance(given, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    found = _CRS_NAME.fullmatch(name) if isinstance(name, str) else None
    if found is None or (found["epsg"] is None) != (found["code"] == "CRS84"):
        msg = f"{file}: states a coordinate system without its EPSG number. Save it in EPSG:4326."
        raise FormatError(msg)
    return pyproj.CRS.from_epsg(int(found["code"]) if found["epsg"] else 4326)


def _of_package(file: Path, fits: Callable[[Any], bool]) -> Layer:
    """Return the shapes that fit of the first table of a GeoPackage that has any."""
    with file.open("rb") as stream:
        if stream.read(len(_SQLITE)) != _SQLITE:
            msg = f"{file}: cannot be read as a map layer (it is no GeoPackage)."
            raise FormatError(msg)
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as base:
        _guard(base)
        tables = base.execute(
            "SELECT g.table_name, g.column_name, g.srs_id, m.sql FROM gpkg_geometry_columns AS g"
            " JOIN sqlite_master AS m ON m.name = g.table_name"
            " WHERE m.type = 'table' ORDER BY g.rowid"
        ).fetchall()
        n_unread = n_empty = 0
        for table, column, srs, made_by in tables:
            if re.match(r"\s*CREATE\s+VIRTUAL\b", str(made_by), re.IGNORECASE):
                continue  # its rows come from a program, not from the file
            rows, shapes, lost, n_blank = _table(base, str(table), str(column))
            n_unread, n_empty = n_unread + lost, n_blank
            if any(map(fits, shapes)):
                crs = _stated_crs(base, file, srs)
                found = in_degrees(file, rows, shapes, crs, n_unread, fits)
                return found._replace(n_empty=n_empty)
    return Layer([], n_unread, n_empty)


def _guard(base: sqlite3.Connection) -> None:
    """Let a connection only read tables, with limits on time and on the size of a cell."""
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_CELL_BYTES)
    base.text_factory = lambda data: data.decode("utf-8", "replace")
    base.execute("PRAGMA trusted_schema = OFF")

    def allowed(action: int, *_: object) -> int:
        return sqlite3.SQLITE_OK if action in _PARTS_OF_A_QUERY else sqlite3.SQLITE_DENY

    base.set_authorizer(allowed)
    end = time.monotonic() + MAX_SECONDS
    base.set_progress_handler(lambda: time.monotonic() > end, 100_000)


def _table(
    base: sqlite3.Connection, table: str, column: str
) -> tuple[list[dict[str, object]], list[Any], int, int]:
    """Return the rows of a table and their shapes, and how many are unreadable and missing."""
    name = table.replace('"', '""')
    found = base.execute(f'SELECT * FROM "{name}" LIMIT {MAX_FEATURES}')  # noqa: S608  quoted
    columns = [str(described[0]) for described in found.description]
    rows: list[dict[str, object]] = []
    shapes: list[Any] = []
    n_unread = n_empty = n_bytes = 0
    for cells in found:
        n_bytes += sum(len(cell) for cell in cells if isinstance(cell, str | bytes))
        if n_bytes > MAX_CELL_BYTES:
            msg = f"holds more than {MAX_CELL_BYTES // 1_000_000} MB. Keep only what you need"
            raise OSError(errno.EFBIG, msg)
        row = dict(zip(columns, cells, strict=True))
        blob = row.pop(column, None)
        if blob is None:
            n_empty += 1
            continue
        geometry = _shape_of(blob)
        if geometry is None:
            n_unread += 1
        else:
            rows.append(row)
            shapes.append(geometry)
    return rows, shapes, n_unread, n_empty


def _shape_of(blob: object) -> Any:  # noqa: ANN401  shapely has no types
    """Return the shape in a cell of a GeoPackage, or None if it is none."""
    if not isinstance(blob, bytes) or len(blob) < _HEAD_BYTES or blob[:2] != b"GP":
        return None
    kind = blob[3] >> 1 & 0b111
    if kind >= len(_ENVELOPE_BYTES):
        return None
    try:
        return shapely.force_2d(shapely.from_wkb(blob[_HEAD_BYTES + _ENVELOPE_BYTES[kind] :]))
    except _UNREADABLE:
        return None


def _stated_crs(base: sqlite3.Connection, file: Path, srs: object) -> pyproj.CRS:
    """Return the coordinate system that a GeoPackage states for a table."""
    row = base.execute(
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys"
        " WHERE srs_id = ?",
        (srs if isinstance(srs, int) else None,),
    ).fetchone()
    body, number, words = row or (None, None, None)
    if str(body).casefold() == "epsg" and isinstance(number, int) and number > 0:
        return pyproj.CRS.from_epsg(number)
    wkt = words if isinstance(words, str) else ""
    if len(wkt) <= _MAX_WKT_CHARS and re.match(r"\s*(?:GEO|PROJ)\w*\[", wkt):
        return pyproj.CRS.from_wkt(wkt)
    msg = f"{file}: states no coordinate system. Save it with one, best EPSG:4326."
    raise FormatError(msg)


def is_line(geometry: Any) -> bool:  # noqa: ANN401  shapely has no types
    """Whether a shape is a line."""
    return geometry.geom_type in {"LineString", "MultiLineString"} and not geometry.is_empty


def is_area(geometry: Any) -> bool:  # noqa: ANN401  shapely has no types
    """Whether a shape is a polygon."""
    return geometry.geom_type in {"Polygon", "MultiPolygon"} and not geometry.is_empty


def in_degrees(
    file: Path,
    rows: list[dict[str, object]],
    shapes: list[Any],
    crs: pyproj.CRS,
    n_unread: int,
    fits: Callable[[Any], bool] = is_line,
) -> Layer:
    """Return the shapes that fit as a layer in EPSG:4326.

    Parameters
    ----------
    file
        The file, for messages.
    rows, shapes
        Properties and shape of each feature.
    crs
        Coordinate system of the shapes.
    n_unread
        Number of shapes that cannot be read.
    fits
        Whether a shape is wanted.

    Raises
    ------
    FormatError
        If there are too many points, or coordinates that are not in the system.
    """
    lines = [(row, line) for row, line in zip(rows, shapes, strict=True) if fits(line)]
    if not lines:
        return Layer([], n_unread)
    if int(shapely.get_num_coordinates([line for _, line in lines]).sum()) > MAX_POINTS:
        msg = f"{file}: has more than {MAX_POINTS:,} points. Keep only what you need."
        raise FormatError(msg)
    set_network_enabled(active=False)  # grids for exact datums are on the network
    turn = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform

    def turned(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(turn(points[:, 0], points[:, 1]))

    degrees = shapely.transform([line for _, line in lines], turned)
    if not np.isfinite(shapely.get_coordinates(degrees)).all():
        msg = f"{file}: has coordinates that are not in the system that it states."
        raise FormatError(msg)
    made = [Feature(row, line) for (row, _), line in zip(lines, degrees, strict=True)]
    return Layer(made, n_unread)


def features_of(layer: Layer) -> Iterator[tuple[dict[str, object], Any]]:
    """Yield the properties and the single lines of each feature."""
    for properties, geometry in layer.features:
        for part in shapely.get_parts(geometry):
            yield properties, part
