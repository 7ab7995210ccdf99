"""Write the layers as GeoJSON (RFC 7946), with the evidence in each feature."""

from __future__ import annotations

import json
from collections import Counter
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

_KEYS = (
    *("event", "place_id", "origin_id", "destination_id", "role", "shown_to"),
    *("side", "side_a", "side_b", "part"),
)
_NESTED = ("claim_ids", "quotes", "articles", "publishers", "urls")  # contained in "claims"


def geojson(layers: Layers) -> str:
    """Return all layers as one feature collection.

    Positions are longitude, latitude with six decimals. Outer rings are counterclockwise, and
    shapes are cut at the 180th meridian.

    Parameters
    ----------
    layers
        The layers of a situation.

    Returns
    -------
    str
        JSON in a fixed order, with one feature on each line. The ``id`` of a feature is its layer
        with its event, place or side: the same on each run. ``properties.layer`` names the layer
        and ``properties.claims`` lists the claims with their quotes. Passages that are off the map
        have a null geometry. The member ``mapgen`` has the title, day, summary, method, credits and
        articles.
    """
    features = [
        _feature(layers, name, row)
        for name in SPATIAL
        for row in layers.frames[name].to_dict("records")
    ]
    features += [
        {
            "type": "Feature",
            "id": f"off_map/{row['article']}/{row['start']}",
            "geometry": None,
            "properties": {"layer": "off_map", **{k: json_value(v) for k, v in row.items()}},
        }
        for row in layers.tables["off_map"].to_dict("records")
    ]
    _number_repeated(features)
    head: dict[str, Any] = {"type": "FeatureCollection"}
    bounds = _bounds(layers)
    if bounds is not None:
        head["bbox"] = bounds
    meta = layers.meta
    head["mapgen"] = {
        **{k: meta[k] for k in ("title", "as_of", "as_of_text", "as_of_note", "review", "summary")},
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
    """Return a row of a layer as a feature with its claims."""
    shape = row.pop("geometry")
    ids = row.get("claim_ids")
    properties = {"layer": name, **{k: json_value(v) for k, v in row.items() if k not in _NESTED}}
    properties["claims"] = layers.provenance.records(ids)
    named = (row.get(key) for key in _KEYS)
    key = "/".join(str(value) for value in (name, *named) if value is not None)
    return {"type": "Feature", "id": key, "geometry": _geometry(shape), "properties": properties}


def _number_repeated(features: list[dict[str, Any]]) -> None:
    """Add a number to the second and each later id that is the same, so that all differ."""
    seen: Counter[str] = Counter()
    for feature in features:
        seen[feature["id"]] += 1
        if seen[feature["id"]] > 1:
            feature["id"] += f"/{seen[feature['id']]}"


def _geometry(shape: BaseGeometry | None) -> dict[str, Any] | None:
    """Convert a shape to a geometry with rounded positions, or None if it is empty."""
    if shape is None or shape.is_empty:
        return None
    record = mapping(shape)
    if "geometries" in record:
        return {"type": record["type"], "geometries": [_geometry(g) for g in shape.geoms]}
    return {"type": record["type"], "coordinates": _positions(record["coordinates"])}


def _positions(value: Any) -> Any:  # noqa: ANN401  # nested to any depth
    """Round coordinates that are nested to any depth."""
    if isinstance(value, float):
        return round(value, DECIMALS)
    return [_positions(part) for part in value]


def _bounds(layers: Layers) -> list[float] | None:
    """Return west, south, east and north of all geometries in degrees, or None without any."""
    shapes = [g for name in SPATIAL for g in layers.frames[name].geometry if g is not None]
    box = bounds_of(shapes)
    return None if box is None else [round(float(value), DECIMALS) for value in box]


def json_value(value: Any) -> Any:  # noqa: ANN401  # a cell of a frame
    """Convert a cell of a frame to a JSON value: days to text, missing values to None.

    Whole numbers stored as floats become integers; other floats are rounded to `DECIMALS`.
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, float):
        return None if np.isnan(value) else round(value, DECIMALS)
    return None if value is None or value is pd.NaT else value
