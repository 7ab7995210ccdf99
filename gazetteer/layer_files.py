"""Read the rows of a user's layer from a CSV or GeoJSON file.

A file comes in. Rows go out, each with text cells, a point, and an outline if there is one.
`gazetteer.layers` turns them into places.
"""

from __future__ import annotations

import csv
import difflib
import io
import itertools
import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from gazetteer.bounded import MAX_LAYER_BYTES, TooLargeError, bytes_within, json_text
from gazetteer.checks import point_of
from gazetteer.errors import GazetteerError
from gazetteer.layer_names import hxl_columns, is_hxl, own_cells, own_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

NEEDED = ("name", "lat", "lon")
OPTIONAL = (
    "id",
    "country",
    "admin1",
    "feature",
    "names",
    "population",
    "source",
    "licence",
    "date",
)
MAX_CSV_BYTES = 50_000_000
"""Largest CSV file; rows take ten times as much memory."""

MAX_ROWS = 500_000
"""Most rows of a layer. The Geographic Names Server lists 300,000 places of a large country."""

_MISSPELT = 0.82  # least similarity (0 to 1) of an unknown column with the one it misspells
_OWN_EXPORT = frozenset({"gazetteer_name", "place_id", "lat", "lon"})  # columns of our CSV files
_SHAPES = frozenset({"Point", "Polygon", "MultiPolygon"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of a CSV file, or one feature of a GeoJSON file."""

    where: str  # file and row, for error messages
    number: int  # as in a spreadsheet, where the header is row 1; features count from 1
    cells: dict[str, str]  # by column, without empty cells
    lat: float  # degrees (WGS 84); for an outline, a point inside it
    lon: float
    outline: BaseGeometry | None  # EPSG:4326, axis order lon, lat


def read_rows(path: Path) -> list[Row]:
    """Read a CSV or GeoJSON file.

    Parameters
    ----------
    path
        A ``.csv`` file is comma-separated, in UTF-8, with a header. The columns ``name``, ``lat``
        and ``lon`` (degrees, WGS 84) are required. The columns ``id``, ``country`` (ISO 3166-1),
        ``admin1`` (ISO 3166-2), ``feature`` (a GeoNames code, or a kind such as ``town`` or
        ``base``), ``names`` (separated by ``|``), ``population``, ``source``, ``licence`` and
        ``date`` are optional.
        A ``.geojson`` or ``.json`` file (RFC 7946; EPSG:4326, lon, lat) contains points and
        polygons with the same properties, or with those of OCHA's boundaries (``ADM2_EN``,
        ``ADM2_PCODE``, ``ADM0_PCODE`` or ``ISO`` and so on), geoBoundaries (``shapeName``), GADM
        (``NAME_2``), OpenStreetMap (``name:en``, ``admin_level``) or mapgen's own exports. A row of
        HXL tags under the header of a CSV file names the columns too.

    Returns
    -------
    list of Row
        In the order of the file.

    Raises
    ------
    GazetteerError
        If the file cannot be read, is empty or has another format, if a column is missing or
        misspelt, if a row has no coordinates on the globe or no valid geometry, or if the file is
        larger than the limits. The message names the file and the row.
    """
    kinds = {".csv": _csv_rows, ".geojson": _geojson_rows, ".json": _geojson_rows}
    read = kinds.get(path.suffix.lower())
    if read is None:
        problem = "is neither CSV nor GeoJSON"
        raise GazetteerError(str(path), problem, "Name a file that ends in .csv or .geojson.")
    try:
        is_csv = read is _csv_rows
        data = bytes_within(path, MAX_CSV_BYTES if is_csv else MAX_LAYER_BYTES)
        text = data.decode("utf-8-sig") if is_csv else json_text(data)
    except OSError as error:
        raise GazetteerError(str(path), f"cannot be read ({error})") from error
    except TooLargeError as error:
        advice = "Split it, or leave out places and corners of outlines that you do not need."
        raise GazetteerError(str(path), str(error), advice) from error
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 text ({error})"
        raise GazetteerError(str(path), problem, "Save it as UTF-8.") from error
    if not text or text.isspace():
        raise GazetteerError(str(path), "is empty")
    rows = list(islice(read(path, text), MAX_ROWS + 1))
    if len(rows) > MAX_ROWS:
        problem = f"has more than {MAX_ROWS:,} places"
        raise GazetteerError(str(path), problem, "Split it, or leave out places.")
    if not rows:
        raise GazetteerError(str(path), "holds no places")
    return rows


def _csv_rows(path: Path, text: str) -> Iterator[Row]:
    """Yield the rows of a CSV file; empty rows are skipped but counted."""
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        written = next(table)
        number = 1
        second = next(table, None)
        tags = second is not None and is_hxl(second)
        header = [own_column(cell) for cell in written]
        is_own = set(header) >= _OWN_EXPORT
        if tags and second is not None and not is_own:
            header = hxl_columns(header, second)
        if not is_own:
            _check_header(path, header)
        seen: set[str] = set()
        rows = table if tags or second is None else itertools.chain([second], table)
        for number, cells in enumerate(rows, start=3 if tags else 2):
            if not any(cell.strip() for cell in cells):
                continue
            where = f"{path}, row {number}"
            if len(cells) != len(header):
                problem = f"has {len(cells)} cells, but the header has {len(header)}"
                raise GazetteerError(where, problem, "Quote a cell that holds a comma.")
            told = {k: " ".join(v.split()) for k, v in zip(header, cells, strict=True) if v.strip()}
            row = own_cells(told)
            if is_own and (_is_no_place(told) or row["id"] in seen):
                continue  # a movement, a total, or another event of a place
            seen.add(row.get("id", ""))
            lat, lon = point_of(row.get("lat", ""), row.get("lon", ""), where)
            yield Row(where=where, number=number, cells=row, lat=lat, lon=lon, outline=None)
    except csv.Error as error:
        where = f"{path}, row {number + 1}"
        raise GazetteerError(where, f"is not valid CSV ({error})") from error


def _is_no_place(cells: Mapping[str, str]) -> bool:
    """Whether a row of one of our own exports is no place with a point."""
    return not cells.keys() >= _OWN_EXPORT


def _check_header(path: Path, header: list[str]) -> None:
    """Raise an error if required columns are missing, repeated, or seem to be misspelt."""
    told = f"It has: {', '.join(header)}. Needed: {', '.join(NEEDED)}. Also read: "
    told += f"{', '.join(OPTIONAL)}."
    missing = [column for column in NEEDED if column not in header]
    if missing:
        raise GazetteerError(str(path), f"has no column {' or '.join(missing)}", told)
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise GazetteerError(str(path), f"has the column {twice[0]} twice", told)
    _check_slips(str(path), header, told)


def _check_slips(where: str, keys: list[str], told: str) -> None:
    """Raise an error for a column such as "contry", whose content would be lost silently."""
    absent = [column for column in OPTIONAL if column not in keys]
    for key in keys:
        if key in NEEDED or key in OPTIONAL:
            continue
        meant = difflib.get_close_matches(key, absent, n=1, cutoff=_MISSPELT)
        if meant:
            problem = f"has a column {key}, which looks like a slip for {meant[0]}"
            raise GazetteerError(where, problem, told)


def _geojson_rows(path: Path, text: str) -> Iterator[Row]:
    """Yield a row for each feature of a GeoJSON file."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise GazetteerError(str(path), f"is not valid JSON ({error})") from error
    kind = document.get("type") if isinstance(document, dict) else None
    features = document.get("features") if kind == "FeatureCollection" else [document]
    if kind not in {"FeatureCollection", "Feature"} or not isinstance(features, list):
        problem = "is not a GeoJSON FeatureCollection"
        raise GazetteerError(str(path), problem, "Features need a name, so bare shapes do not do.")
    seen: set[str] = set()
    for number, feature in enumerate(features, start=1):
        where = f"{path}, feature {number}"
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise GazetteerError(where, "is not a GeoJSON feature")
        cells = _cells(feature, where)
        if "gazetteer_name" in _properties(feature, where):  # one of our own exports
            is_place = (feature.get("geometry") or {}).get("type") == "Point"
            if not is_place or "id" not in cells or cells["id"] in seen:
                continue
            seen.add(cells["id"])
        geometry = _geometry(feature.get("geometry"), where)
        point = geometry if geometry.geom_type == "Point" else geometry.representative_point()
        _check_slips(where, list(cells), f"Properties read: {', '.join(('name', *OPTIONAL))}.")
        yield Row(
            where=where,
            number=number,
            cells=cells,
            lat=round(point.y, 6),
            lon=round(point.x, 6),
            outline=None if geometry.geom_type == "Point" else geometry,
        )


def _properties(feature: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    """Return the properties of a feature."""
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise GazetteerError(where, "has properties that are not an object")
    return properties


def _cells(feature: Mapping[str, Any], where: str) -> dict[str, str]:
    """Return the properties of a feature as text under our names, and its id."""
    told = {"id": feature.get("id"), **_properties(feature, where)}
    return own_cells({key: _text(value) for key, value in told.items()})


def _text(value: object) -> str:
    """Return a JSON value as the text of a cell; lists are joined by "|", and 12.0 becomes 12."""
    if isinstance(value, list):
        return "|".join(_text(part) for part in value)
    if value is None or isinstance(value, dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def _geometry(told: object, where: str) -> BaseGeometry:
    """Return a valid two-dimensional point or polygon on the globe."""
    kind = told.get("type") if isinstance(told, dict) else None
    if kind not in _SHAPES:
        problem = f"is a {kind}" if kind else "has no geometry"
        raise GazetteerError(where, problem, "Points and polygons are read.")
    try:
        geometry = shapely.force_2d(shape(told))
        corners = shapely.get_coordinates(geometry)
    except (ShapelyError, ValueError, TypeError, LookupError, AttributeError) as error:
        problem = f"has coordinates that make no {kind} ({error})"
        raise GazetteerError(where, problem) from error
    if not len(corners):
        raise GazetteerError(where, f"has an empty {kind}")
    # Check the first vertex off the globe, if there is one, like the point of a row.
    off = ~np.isfinite(corners).all(axis=1) | (np.abs(corners) > (180.0, 90.0)).any(axis=1)
    lon, lat = (float(number) for number in corners[int(off.argmax())])
    point_of(lat, lon, where)
    if not geometry.is_valid:
        problem = f"has an invalid outline ({shapely.is_valid_reason(geometry)})"
        advice = "Repair it first, such as with shapely.make_valid or QGIS."
        raise GazetteerError(where, problem, advice)
    return geometry
