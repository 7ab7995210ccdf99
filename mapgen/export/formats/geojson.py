"""GeoJSON by RFC 7946: one collection, every feature with the evidence it rests on."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from shapely.geometry import mapping

from mapgen.export.antimeridian import bounds_of
from mapgen.export.layers import DECIMALS, SPATIAL

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from mapgen.export.layers import Layers

_NESTED = ("claim_ids", "quotes", "articles", "publishers", "urls")  # told by "claims" below


def geojson(layers: Layers) -> str:
    """Return all layers as one feature collection.

    Outer rings run against the clock, positions are longitude, latitude with six digits behind
    the point, and what crosses the 180th meridian is cut there. ``properties.layer`` names the
    layer, ``properties.claims`` are the claims with their quotes. What is off the map has a null
    geometry. The member ``mapgen`` has title, day, method, credits and articles.

    Returns
    -------
    str
        JSON text in a fixed order, one feature a line.
    """
    features = [
        _feature(layers, name, row)
        for name in SPATIAL
        for row in layers.frames[name].to_dict("records")
    ]
    features += [
        {
            "type": "Feature",
            "geometry": None,
            "properties": {"layer": "off_map", **{k: json_value(v) for k, v in row.items()}},
        }
        for row in layers.tables["off_map"].to_dict("records")
    ]
    head: dict[str, Any] = {"type": "FeatureCollection"}
    bounds = _bounds(layers)
    if bounds is not None:
        head["bbox"] = bounds
    meta = layers.meta
    head["mapgen"] = {
        **{k: meta[k] for k in ("title", "as_of", "as_of_text", "as_of_note", "summary")},
        "method": layers.method,
        "credits": list(layers.credits),
        "articles": meta["articles"],
        "generator": meta["generator"],
    }
    body = ",\n".join(_line(f) for f in features)
    return f'{_line(head)[:-1]}, "features": [\n{body}\n]}}\n'


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _feature(layers: Layers, name: str, row: dict[str, Any]) -> dict[str, Any]:
    shape = row.pop("geometry")
    ids = row.get("claim_ids")
    properties = {"layer": name, **{k: json_value(v) for k, v in row.items() if k not in _NESTED}}
    properties["claims"] = layers.provenance.records(ids)
    return {"type": "Feature", "geometry": _geometry(shape), "properties": properties}


def _geometry(shape: BaseGeometry | None) -> dict[str, Any] | None:
    if shape is None or shape.is_empty:
        return None
    record = mapping(shape)
    if "geometries" in record:
        return {"type": record["type"], "geometries": [_geometry(g) for g in shape.geoms]}
    return {"type": record["type"], "coordinates": _positions(record["coordinates"])}


def _positions(value: Any) -> Any:  # noqa: ANN401  # nested to any depth
    if isinstance(value, float):
        return round(value, DECIMALS)
    return [_positions(part) for part in value]


def _bounds(layers: Layers) -> list[float] | None:
    """Return west, south, east, north of all that has a geometry, in degrees."""
    shapes = [g for name in SPATIAL for g in layers.frames[name].geometry if g is not None]
    box = bounds_of(shapes)
    return None if box is None else [round(float(value), DECIMALS) for value in box]


def json_value(value: Any) -> Any:  # noqa: ANN401  # a cell of a frame
    """Return a cell as JSON has it: days as text, what is missing as null."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, float):
        return None if np.isnan(value) else round(value, DECIMALS)
    return None if value is None or value is pd.NaT else value
