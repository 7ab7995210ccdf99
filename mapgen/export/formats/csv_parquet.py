"""Write the layers as a single table, in CSV with HXL tags or in GeoParquet."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from mapgen.export.columns import COLUMNS
from mapgen.export.formats.geojson import json_value
from mapgen.export.frames.admin_units import units_around
from mapgen.export.layers import DECIMALS, SPATIAL
from mapgen.export.plain_text import cell
from mapgen.export.typed_columns import typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mapgen.export.layers import Layers

CSV_LAYERS = ("control", "control_past", "flows", "events", "regions", "totals")
CSV_COLUMNS = tuple(name for name, column in COLUMNS.items() if column.hxl)


def csv_table(layers: Layers) -> str:
    """Return the layers in `CSV_LAYERS` as CSV, one row for each place or movement.

    What articles say is above what a baseline says. Estimated areas and fronts are shapes and are
    left out. Areas have no coordinates, since nothing
    happened at their reference point.

    Parameters
    ----------
    layers
        The layers of a situation.

    Returns
    -------
    str
        The columns in `CSV_COLUMNS`, with HXL tags in the second row and coordinates in EPSG:4326.
        Lines end in CR LF as in RFC 4180.
    """
    rows: list[Sequence[object]] = [CSV_COLUMNS, [COLUMNS[c].hxl for c in CSV_COLUMNS]]
    for name in CSV_LAYERS:
        records = layers.frames[name].to_dict("records")
        # whoever opens the table sees the news first, and below it what was known before
        for row in sorted(records, key=lambda row: row.get("basis") == "baseline"):
            shape = row["geometry"]
            is_point = shape is not None and shape.geom_type == "Point"
            told = {
                **row,
                **_counted(row),
                **_units(layers, row, is_point=is_point),
                "layer": name,
                "latitude": round(shape.y, DECIMALS) if is_point else None,
                "longitude": round(shape.x, DECIMALS) if is_point else None,
                "credits": " ".join(f"{line}." for line in layers.credits),
            }
            rows.append([told.get(column) for column in CSV_COLUMNS])
    return csv_text(rows)


def _counted(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figure in a column of its own unit, as HXL counts people and households."""
    unit = row.get("unit")
    if unit not in {"people", "families"}:
        return {}
    return {f"{unit}_{end}": row[end] for end in ("low", "high")}


def _units(layers: Layers, row: Mapping[str, Any], *, is_point: bool) -> dict[str, str | None]:
    """Return the administrative units around the place of a row."""
    shape = row["geometry"]
    point = (shape.y, shape.x) if is_point else None
    units = units_around(layers.shown, row.get("place_id"), point)
    return {
        "country": units.country_code,
        "admin1": units.admin1,
        "admin1_pcode": units.admin1_pcode,
        "admin2": units.admin2,
        "admin2_pcode": units.admin2_pcode,
    }


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV in which no cell is a formula. The first row is the header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for number, row in enumerate(rows):
        cells = row if number == 0 else [cell(json_value(value)) for value in row]
        writer.writerow(cells)
    return out.getvalue()


def _without_empty_boxes(table: pa.Table) -> pa.Table:
    """Return a table in which rows without a shape have no box either, as GeoParquet demands.

    GeoPandas writes a box of NaN there.
    """
    at = table.schema.get_field_index("bbox")
    if at < 0:
        return table
    boxes = table.column("bbox").combine_chunks()
    parts = [boxes.field(i) for i in range(boxes.type.num_fields)]
    bare = table.column("geometry").combine_chunks().is_null()
    made = pa.StructArray.from_arrays(parts, fields=list(boxes.type), mask=bare)
    return table.set_column(at, table.schema.field(at), made)


def parquet(layers: Layers) -> bytes:
    """Return all layers as one GeoParquet table.

    Parameters
    ----------
    layers
        The layers of a situation.

    Returns
    -------
    bytes
        GeoParquet 1.1 with WKB geometries in EPSG:4326 and the column ``bbox``, which covers each
        geometry, so that readers can skip what lies elsewhere. The column ``layer`` names the
        layer. The metadata of the schema has title, day, method and credits, as JSON under the key
        ``mapgen``.
    """
    parts = [layers.frames[n].assign(layer=n) for n in SPATIAL if len(layers.frames[n])]
    merged = pd.concat([pd.DataFrame(p) for p in parts]) if parts else pd.DataFrame({"layer": []})
    shapes = geopandas.GeoSeries(
        list(merged["geometry"]) if parts else [], index=merged.index, crs="EPSG:4326"
    )
    frame = geopandas.GeoDataFrame(merged, geometry=shapes, crs="EPSG:4326").reset_index(drop=True)
    stream = io.BytesIO()
    typed(frame).to_parquet(
        stream,
        index=False,
        compression="zstd",
        schema_version="1.1.0",
        write_covering_bbox=True,
    )
    table = _without_empty_boxes(pa.parquet.read_table(io.BytesIO(stream.getvalue())))
    about = {
        "title": layers.meta["title"],
        "as_of": layers.meta["as_of"],
        "method": layers.method,
        "credits": list(layers.credits),
    }
    own = {b"mapgen": json.dumps(about, ensure_ascii=False).encode("utf-8")}
    table = table.replace_schema_metadata({**table.schema.metadata, **own})
    out = io.BytesIO()
    pa.parquet.write_table(table, out, compression="zstd")
    return out.getvalue()
