"""A user's own roads: lines of a GeoPackage or GeoJSON file, or a corridors file.

Lines join where they share a point or cross. A layer at any scale will do; the finer the better.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapgen.errors import FormatError, InputError
from mapgen.ground.geodata import features_of, read_lines
from mapgen.ground.projection import CrsError, check_degrees
from mapgen.ground.roads.corridors import Corridor, Roads, read_corridors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from mapgen.ground.geodata import Layer

_LOG = logging.getLogger("mapgen")
_KINDS = "a GeoPackage or GeoJSON file with lines, or a corridors file"
_NAME_FIELDS = ("ref", "name", "name_en", "name:en", "id")  # the first is what texts say: "M5"
_CLASS_FIELDS = ("road_class", "class", "highway", "fclass", "type")
# Words of OpenStreetMap and Natural Earth for the classes that corridors have.
_CLASSES = {
    "motorway": "motorway",
    "trunk": "motorway",
    "major highway": "motorway",
    "primary": "primary",
    "secondary highway": "primary",
}
_SIMPLIFY_DEGREES = 0.0005  # about 50 m: no map of ours shows less
_SAME_SPOT_DECIMALS = 4  # about 10 m: points nearer than this are one junction
_SHORTEST = 2  # points of a line


def read_roads(path: str | Path) -> Roads:
    """Read roads to draw likely routes along.

    Parameters
    ----------
    path
        Lines in any coordinate system that the file states; ``ref`` or ``name`` is what articles
        call a road, ``highway`` or ``class`` its kind. Or a corridors file, as
        ``mapgen/data/corridors/SY.json``.

    Raises
    ------
    InputError
        If there is no such file.
    FormatError
        If it holds no lines, or no coordinate system.
    """
    file = Path(path)
    try:
        is_file = file.is_file()
    except (OSError, ValueError):  # a name that no file can have
        is_file = False
    if not is_file:
        raise InputError(str(path), "is not a file of roads", f"Name {_KINDS}.")
    text = _corridors_text(file)
    if text is not None:
        return read_corridors(text, file.name)
    layer = _lines(file)
    if layer.n_unread:
        _LOG.warning("%s: %d shapes cannot be read and were left out", path, layer.n_unread)
    corridors = tuple(_corridors(layer, file))
    if not corridors:
        msg = f"{path}: holds no lines. Give {_KINDS}."
        raise FormatError(msg)
    return Roads(corridors, f"{file.name}, given by the user")


def _corridors_text(file: Path) -> str | None:
    """Return the text of a corridors file; ``None`` for anything else."""
    if file.suffix.casefold() not in {".json", ".geojson"}:
        return None
    try:
        text = file.read_text(encoding="utf-8-sig")
        document = json.loads(text)
    except (OSError, ValueError) as err:
        msg = f"{file}: is not valid JSON in UTF-8 ({err}). Give {_KINDS}."
        raise FormatError(msg) from err
    is_geojson = isinstance(document, dict) and "type" in document and "corridors" not in document
    return None if is_geojson else text


def _lines(file: Path) -> Layer:
    """Return the first layer that has lines, in EPSG:4326."""
    try:
        found = read_lines(file)
        if not found.features:
            msg = f"{file}: holds no lines."
            raise FormatError(msg)  # noqa: TRY301  gets the same advice as the others
        for feature in found.features:
            check_degrees(feature.geometry)
    except (CrsError, FormatError) as err:
        told = str(err) if isinstance(err, FormatError) else f"{file}: {err}."
        msg = f"{told} Give {_KINDS}."
        raise FormatError(msg) from err
    return found


def _corridors(layer: Layer, file: Path) -> Iterator[Corridor]:
    rows = [
        ({str(k).casefold(): v for k, v in row.items()}, part) for row, part in features_of(layer)
    ]
    parts = _with_crossings([shapely.force_2d(part) for _, part in rows])
    for number, ((row, _), part) in enumerate(zip(rows, parts, strict=True), 1):
        path = tuple((float(lat), float(lon)) for lon, lat in part)
        refs = tuple(
            f"{lat:.{_SAME_SPOT_DECIMALS}f},{lon:.{_SAME_SPOT_DECIMALS}f}" for lat, lon in path
        )
        names = tuple(dict.fromkeys(v for f in _NAME_FIELDS if (v := _text(row.get(f)))))
        if len(set(refs)) >= _SHORTEST:
            yield Corridor(
                id=names[0] if names else f"{file.name} line {number}",
                names=names,
                road_class=_class_of(row),
                certainty="medium",
                path=path,
                refs=refs,
                towns=("",) * len(path),
            )


def _with_crossings(parts: list[Any]) -> list[NDArray[np.float64]]:
    """Return the points of lines, thinned, with a point added at each junction."""
    tree = shapely.STRtree(parts)
    met: list[list[Any]] = [[] for _ in parts]
    for i, j in tree.query(parts, predicate="intersects").T.tolist():
        if i < j:
            shared = shapely.get_coordinates(shapely.intersection(parts[i], parts[j]))
            for k in (i, j):
                met[k].extend(shared.tolist())
    found = []
    for part, spots in zip(parts, met, strict=True):
        points = shapely.get_coordinates(shapely.simplify(part, _SIMPLIFY_DEGREES))
        if spots:
            points = np.unique(np.vstack([points, np.array(spots)]), axis=0)
            along = shapely.line_locate_point(part, shapely.points(points))
            points = points[np.argsort(along, kind="stable")]
            if part.is_closed:  # a ring begins and ends at one point
                points = np.vstack([points, points[:1]])
        found.append(points)
    return found


def _spot(lat: float, lon: float) -> str:
    return f"{lat:.{_SAME_SPOT_DECIMALS}f},{lon:.{_SAME_SPOT_DECIMALS}f}"


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _class_of(row: Mapping[str, object]) -> str:
    words = next((w for f in _CLASS_FIELDS if (w := _text(row.get(f)).casefold())), "primary")
    return _CLASSES.get(words.removesuffix("_link"), "secondary")
