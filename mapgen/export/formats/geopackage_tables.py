"""Create the tables of a GeoPackage for columns, styles, metadata and a project of QGIS."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mapgen.export.columns import COLUMNS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

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
_PROJECTS = """
CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB)
"""
_STYLE_NAME_CHARS = 30


def create_tables(database: sqlite3.Connection, stamp: str) -> None:
    """Create the tables of styles, projects, described columns and metadata.

    Parameters
    ----------
    database
        A GeoPackage whose layers have been written.
    stamp
        Instant of the last change, in UTC.
    """
    made = (_LAYER_STYLES, _DATA_COLUMNS, _CONSTRAINTS, _METADATA, _REFERENCE, _OWN_EXTENSIONS)
    for statement in (*made, _PROJECTS):
        database.execute(statement)
    database.executemany(
        "INSERT INTO gpkg_extensions (table_name, extension_name, definition, scope) "
        "VALUES (?, ?, ?, 'read-write')",
        _EXTENSIONS,
    )
    # listed, so that GDAL shows no warning of unknown tables
    database.executemany(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
        "VALUES (?, 'attributes', ?, ?, ?)",
        [("layer_styles", "layer_styles", "Styles for QGIS", stamp)],
    )


def describe_layer(
    database: sqlite3.Connection, name: str, title: str, columns: Iterable[str], stamp: str
) -> None:
    """Add the title of a layer or table, and the meaning of its columns."""
    database.execute(
        "UPDATE gpkg_contents SET description = ?, last_change = ? WHERE table_name = ?",
        (title, stamp, name),
    )
    own = set(columns)
    database.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description) "
        "VALUES (?, ?, ?, ?, ?)",
        [
            (name, column, column, about.title, about.meaning)
            for column, about in COLUMNS.items()
            if column in own
        ],
    )


def add_styles(
    database: sqlite3.Connection, styles: Mapping[str, tuple[str, str]], stamp: str
) -> None:
    """Add the style of each layer, as its title and QML by name."""
    database.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, "
        "owner, update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', ?)",
        [
            (name, name[:_STYLE_NAME_CHARS], qml, title, stamp)
            for name, (title, qml) in styles.items()
        ],
    )


def add_project(database: sqlite3.Connection, row: tuple[str, str, str]) -> None:
    """Add a project of QGIS: its name, metadata and content."""
    database.execute("INSERT INTO qgis_projects VALUES (?, ?, ?)", row)


def add_metadata(database: sqlite3.Connection, layers: Layers, stamp: str) -> None:
    """Add title, day, method and credits as Dublin Core terms."""
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
