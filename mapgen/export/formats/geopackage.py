"""Write a GeoPackage that QGIS opens as a finished map, with styles and described columns."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas
import pyogrio
import shapely

from mapgen.export.columns import COLUMNS
from mapgen.export.formats.kml import FOLDERS
from mapgen.export.formats.qgis_styles import style_of
from mapgen.export.layers import SPATIAL, TABLES
from mapgen.export.typed_columns import typed

if TYPE_CHECKING:
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from mapgen.export.layers import Layers

# QGIS looks for a table of this name. The columns are those of tables made by QGIS.
_LAYER_STYLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME)
"""
# GeoPackage 1.3, annex F.9 (schema) and F.8 (metadata)
_DATA_COLUMNS = """
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name))
"""
_CONSTRAINTS = """
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))
"""
_METADATA = """
CREATE TABLE gpkg_metadata (
  id INTEGER PRIMARY KEY NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml',
  metadata TEXT NOT NULL DEFAULT '')
"""
_REFERENCE = """
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))
"""
_OWN_EXTENSIONS = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))
"""
_EXTENSIONS = (
    ("gpkg_data_columns", "gpkg_schema", "http://www.geopackage.org/spec130/#extension_schema"),
    (
        "gpkg_data_column_constraints",
        "gpkg_schema",
        "http://www.geopackage.org/spec130/#extension_schema",
    ),
    ("gpkg_metadata", "gpkg_metadata", "http://www.geopackage.org/spec130/#extension_metadata"),
    (
        "gpkg_metadata_reference",
        "gpkg_metadata",
        "http://www.geopackage.org/spec130/#extension_metadata",
    ),
)
_NO_DAY = "1970-01-01"  # for formats that require a day of writing, if the map has no day
_STYLE_NAME_CHARS = 30
_TABLE_TITLES = {
    "claims": "What articles state, on or off the map",
    "off_map": "Off the map, and why",
    "articles": "Articles",
    "about": "About this map: method, credits",
}


def geopackage(layers: Layers) -> bytes:
    """Return all layers and tables as one GeoPackage.

    Parameters
    ----------
    layers
        The layers of a situation. Those without rows are left out.

    Returns
    -------
    bytes
        A GeoPackage in EPSG:4326. The day in ``last_change`` is that of the map and not of writing,
        so that the same situation gives the same bytes with the same versions of GDAL and SQLite.
    """
    stamp = f"{layers.meta['as_of'] or _NO_DAY}T00:00:00.000Z"
    with tempfile.TemporaryDirectory(prefix="mapgen-") as folder:
        path = Path(folder) / "map.gpkg"
        previous = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": stamp})
        try:
            written = _write(layers, path)
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": previous})
        with closing(sqlite3.connect(path)) as database:
            _describe(database, layers, written, stamp)
            database.commit()
            database.execute("VACUUM")
        return path.read_bytes()


def _write(layers: Layers, path: Path) -> list[str]:
    """Write the layers and tables that have rows, and return their names."""
    written = []
    parts: list[tuple[str, pd.DataFrame]] = [(n, layers.frames[n]) for n in SPATIAL]
    parts += [(n, layers.tables[n]) for n in TABLES]
    for name, frame in parts:
        if frame.empty:
            continue
        rows: pd.DataFrame = typed(frame)
        kind = _type(frame) if name in SPATIAL else None
        if name == "totals":  # figures for a whole country have no geometry
            rows, kind = rows.drop(columns="geometry"), None
        elif kind is not None and kind.startswith("Multi"):
            rows["geometry"] = geopandas.GeoSeries(
                [_parts(shape) for shape in rows["geometry"]], index=rows.index, crs="EPSG:4326"
            )
        pyogrio.write_dataframe(
            rows,
            path,
            layer=name,
            driver="GPKG",
            use_arrow=True,
            append=path.exists(),
            **({"geometry_type": kind} if kind is not None else {}),
        )
        written.append(name)
    return written


def _type(frame: pd.DataFrame) -> str:
    """Return the geometry type of a layer, in its multi-part form except for points.

    The type is ``Unknown`` for a mixture of types.
    """
    kinds = {g.geom_type.removeprefix("Multi") for g in frame["geometry"] if g is not None}
    kind = kinds.pop() if len(kinds) == 1 else "Unknown"
    return kind if kind in {"Point", "Unknown"} else f"Multi{kind}"


def _parts(shape: BaseGeometry | None) -> BaseGeometry | None:
    """Convert a polygon or line to its multi-part form, as a layer of that type requires."""
    if isinstance(shape, shapely.Polygon):
        return shapely.MultiPolygon([shape])
    return shapely.MultiLineString([shape]) if isinstance(shape, shapely.LineString) else shape


def _describe(database: sqlite3.Connection, layers: Layers, written: list[str], stamp: str) -> None:
    """Add titles, descriptions of columns, styles and credits."""
    made = (_LAYER_STYLES, _DATA_COLUMNS, _CONSTRAINTS, _METADATA, _REFERENCE, _OWN_EXTENSIONS)
    for statement in made:
        database.execute(statement)
    database.executemany(
        "INSERT INTO gpkg_extensions (table_name, extension_name, definition, scope) "
        "VALUES (?, ?, ?, 'read-write')",
        _EXTENSIONS,
    )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', ?)",
        (stamp,),
    )
    for name in written:
        title = FOLDERS.get(name) or _TABLE_TITLES[name]
        database.execute(
            "UPDATE gpkg_contents SET description = ?, last_change = ? WHERE table_name = ?",
            (title, stamp, name),
        )
        frame = layers.frames[name] if name in SPATIAL else layers.tables[name]
        database.executemany(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description) "
            "VALUES (?, ?, ?, ?, ?)",
            [
                (name, column, column, COLUMNS[column].title, COLUMNS[column].meaning)
                for column in COLUMNS
                if column in frame.columns
            ],
        )
        if name in SPATIAL and name != "totals":
            database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, "
                "owner, update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', ?)",
                (name, name[:_STYLE_NAME_CHARS], style_of(layers, name), title, stamp),
            )
    about = {
        "title": layers.meta["title"],
        "date": layers.meta["as_of"],
        "description": layers.method,
        "rights": list(layers.credits),
        "creator": f"mapgen {layers.meta['generator']['version']}",
    }
    database.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', ?, 'application/json', ?)",
        ("http://purl.org/dc/terms/", json.dumps(about, ensure_ascii=False)),
    )
    database.execute(
        "INSERT INTO gpkg_metadata_reference (reference_scope, timestamp, md_file_id) "
        "VALUES ('geopackage', ?, 1)",
        (stamp,),
    )
