"""Read and write the packaged outlines of second-order units.

A file contains the outlines of one country as JSON, compressed with LZMA. The rings of a unit are
stored as differences between successive points, in thousandths of a degree (lon, lat).
"""

from __future__ import annotations

import json
import lzma
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from gazetteer.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

FOLDER = "districts"
_SCALE = 1000


def pack(about: dict[str, Any], units: Iterable[tuple[dict[str, Any], BaseGeometry]]) -> bytes:
    """Return the content of a file with outlines.

    Parameters
    ----------
    about
        Metadata of the file.
    units
        Properties (``id``, ``name``, ``source``) and outline (lon, lat) of each unit.

    Returns
    -------
    bytes
        LZMA-compressed JSON, with the units sorted by id.
    """
    listed = [
        {**told, "rings": [[_steps(ring) for ring in _rings(p)] for p in shapely.get_parts(shape)]}
        for told, shape in sorted(units, key=lambda unit: unit[0]["id"])
    ]
    text = json.dumps({**about, "units": listed}, ensure_ascii=False, separators=(",", ":"))
    return lzma.compress(text.encode(), lzma.FORMAT_XZ, preset=9 | lzma.PRESET_EXTREME)


def unpack(data: bytes, name: str) -> tuple[dict[str, Any], list[tuple[dict[str, Any], Any]]]:
    """Read the content of a file with outlines.

    Parameters
    ----------
    data
        Content of the file.
    name
        Name of the file, for the error message.

    Returns
    -------
    tuple
        Metadata of the file, and its units, each with properties and a valid outline in EPSG:4326
        (lon, lat).

    Raises
    ------
    GazetteerError
        If the content is not a file with outlines.
    """
    try:
        told = json.loads(lzma.decompress(data, lzma.FORMAT_XZ))
    except (lzma.LZMAError, EOFError, ValueError) as error:
        raise GazetteerError(name, f"is not a file of districts ({error})") from error
    units = []
    for unit in told.pop("units"):
        parts = [[np.cumsum(ring, axis=0) / _SCALE for ring in part] for part in unit.pop("rings")]
        shape = shapely.MultiPolygon([shapely.Polygon(p[0], p[1:]) for p in parts])
        units.append((unit, shape if shape.is_valid else _areal(shape)))
    return told, units


def _areal(shape: BaseGeometry) -> BaseGeometry:
    """Return an outline that touches itself after rounding as valid polygons."""
    parts = shapely.get_parts(shapely.make_valid(shape))
    return shapely.union_all([p for p in parts if p.geom_type in {"Polygon", "MultiPolygon"}])


def _rings(part: Any) -> list[Any]:  # noqa: ANN401 - a shapely polygon
    """Return the rings of a polygon, the exterior one first."""
    return [part.exterior, *part.interiors]


def _steps(ring: Any) -> list[list[int]]:  # noqa: ANN401 - a shapely ring
    """Return a ring as differences between successive points, in thousandths of a degree."""
    points = np.round(np.asarray(ring.coords) * _SCALE).astype(int)
    steps: list[list[int]] = np.diff(points, axis=0, prepend=np.zeros((1, 2), int)).tolist()
    return steps
