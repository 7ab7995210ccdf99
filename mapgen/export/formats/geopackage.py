"""Write a GeoPackage that QGIS opens as a finished map, with styles and described columns."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas
import pyogrio
import shapely

from mapgen.export.formats.geopackage_tables import (
    add_metadata,
    add_project,
    add_styles,
    create_tables,
    describe_layer,
)
from mapgen.export.formats.kml import FOLDERS
from mapgen.export.formats.qgis_project import ProjectLayer, geometry_of, project_row
from mapgen.export.formats.qgis_styles import style_element, style_of
from mapgen.export.frames.base_frames import (
    BASE,
    base_frames,
    frame_of,
    other_names,
    placed_around,
    told_places,
)
from mapgen.export.layers import TABLES
from mapgen.export.typed_columns import typed

if TYPE_CHECKING:
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from mapgen.export.layers import Layers
    from mapgen.ground.framing import Bbox

_NO_DAY = "1970-01-01"  # for formats that require a day of writing, if the map has no day
_VERSION = "1.3"  # newer ones give warnings in GDAL before 3.7, which many desktops have
_TITLES = {
    **FOLDERS,
    "claims": "What articles state, on or off the map",
    "off_map": "Off the map, and why",
    "articles": "Articles",
    "sources": "Articles by source and day",
    "about": "About this map: method, credits",
    "control_past": "Who held it before",
    "events": "What happened",
    "regions": "Reports that name only an area",
    "other_names": "Other places of the reports",
    "base_names": "Names of countries, seas and lakes",
    "base_borders": "Borders of countries",
    "base_disputed": "Disputed borders",
    "base_coast": "Coast",
    "base_provinces": "Lines between provinces",
    "base_roads": "Main roads",
    "base_rivers": "Rivers",
    "base_lakes": "Lakes",
    "base_country": "The subject country",
    "base_land": "Land",
}
_SITUATION = ("other_names", "events", "control", "control_past", "flows", "regions")
_ESTIMATES = ("front_line", "areas")
_GROUPS = {
    **dict.fromkeys(_SITUATION, "Situation"),
    **dict.fromkeys(_ESTIMATES, "Estimates"),
    **dict.fromkeys(BASE, "Base map"),
}
_ORDER = (*_SITUATION, *_ESTIMATES)
"""Layers from top to bottom; QGIS adds them in the order of the file."""


def geopackage(layers: Layers, file_name: str = "map.gpkg") -> bytes:
    """Return all layers and tables, the base map and a project of QGIS as one GeoPackage.

    Parameters
    ----------
    layers
        The layers of a situation. Those without rows are left out.
    file_name
        Name of the file. The project inside refers to it, so QGIS asks for the layers if the file
        is renamed.

    Returns
    -------
    bytes
        A GeoPackage 1.3 in EPSG:4326. The day in ``last_change`` is that of the map and not of
        writing, so that the same situation gives the same bytes with the same versions of GDAL and
        SQLite.
    """
    stamp = f"{layers.meta['as_of'] or _NO_DAY}T00:00:00.000Z"
    box = frame_of(layers.shown, layers.frames)
    frames = _spatial(layers, box)
    tables = {name: frame for name, frame in _tables(layers).items() if not frame.empty}
    with tempfile.TemporaryDirectory(prefix="mapgen-") as folder:
        path = Path(folder) / "map.gpkg"
        previous = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": stamp})
        try:
            for name, frame in frames.items():
                _write(path, name, frame, _type(frame))
            for name, table in tables.items():
                _write(path, name, table, None)
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": previous})
        with closing(sqlite3.connect(path)) as database:
            create_tables(database, stamp)
            for name, rows in (*frames.items(), *tables.items()):
                describe_layer(database, name, _TITLES[name], rows.columns, stamp)
            styles = {n: (_TITLES[n], style_of(layers, n, frame)) for n, frame in frames.items()}
            add_styles(database, styles, stamp)
            parts = _parts_of_project(layers, frames, list(tables))
            add_project(database, project_row(layers, parts, box, file_name))
            add_metadata(database, layers, stamp)
            database.commit()
            database.execute("VACUUM")
        return path.read_bytes()


def _spatial(layers: Layers, box: Bbox) -> dict[str, geopandas.GeoDataFrame]:
    """Return the layers that have rows, from top to bottom, with those of the base map."""
    frames = {
        **layers.frames,
        "events": placed_around(layers.frames),
        "control": told_places(layers.frames),
        "other_names": other_names(layers.frames),
    }
    drawn = {name: frames[name] for name in _ORDER if len(frames[name])}
    return drawn | base_frames(layers.shown, box)


def _tables(layers: Layers) -> dict[str, pd.DataFrame]:
    """Return the tables; figures for a whole country have no geometry and are one of them."""
    totals = layers.frames["totals"].drop(columns="geometry")
    return {"totals": totals, **{name: layers.tables[name] for name in TABLES}}


def _parts_of_project(
    layers: Layers, frames: dict[str, geopandas.GeoDataFrame], tables: list[str]
) -> list[ProjectLayer]:
    """Return the layers and tables of the project, from top to bottom."""
    parts = [
        ProjectLayer(
            name=name,
            title=_TITLES[name],
            group=_GROUPS[name],
            style=style_element(layers, name, frame),
            geometry=geometry_of(frame),
        )
        for name, frame in frames.items()
    ]
    return parts + [
        ProjectLayer(
            name=name, title=_TITLES[name], group="Tables", style=None, geometry="No geometry"
        )
        for name in tables
    ]


def _write(path: Path, name: str, frame: pd.DataFrame, kind: str | None) -> None:
    """Write a layer, or a table if it has no type of geometry."""
    rows: pd.DataFrame = typed(frame)
    if kind is not None and kind.startswith("Multi"):
        rows["geometry"] = geopandas.GeoSeries(
            [_multi(shape) for shape in rows["geometry"]], index=rows.index, crs="EPSG:4326"
        )
    first = not path.exists()
    pyogrio.write_dataframe(
        rows,
        path,
        layer=name,
        driver="GPKG",
        use_arrow=True,
        append=not first,
        **({"geometry_type": kind} if kind is not None else {}),
        **({"dataset_options": {"VERSION": _VERSION}} if first else {}),
    )


def _type(frame: pd.DataFrame) -> str:
    """Return the geometry type of a layer, in its multi-part form except for points.

    The type is ``Unknown`` for a mixture of types.
    """
    kinds = {g.geom_type.removeprefix("Multi") for g in frame["geometry"] if g is not None}
    kind = kinds.pop() if len(kinds) == 1 else "Unknown"
    return kind if kind in {"Point", "Unknown"} else f"Multi{kind}"


def _multi(shape: BaseGeometry | None) -> BaseGeometry | None:
    """Convert a polygon or line to its multi-part form, as a layer of that type requires."""
    if isinstance(shape, shapely.Polygon):
        return shapely.MultiPolygon([shape])
    return shapely.MultiLineString([shape]) if isinstance(shape, shapely.LineString) else shape
