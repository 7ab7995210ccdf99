"""A user's own roads: lines of a GeoPackage or GeoJSON file, or a corridors file.

Lines join where they share a point or cross. A layer at any scale will do; the finer the better.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from mapgen.errors import FormatError, InputError
from mapgen.ground.geodata import features_of, json_of, read_lines
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
_LONGEST = 500  # points of a line; longer ones are cut, as simplifying takes the square of them
_ROWS_AT_ONCE = 100
_MEETINGS = (100_000, 12)  # most pairs of lines that meet: in all, and for each line
_JUNCTIONS = (200_000, 2)  # most points that lines share: in all, and for each point of a line


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
    if file.suffix.casefold() in {".json", ".geojson"} and _is_corridors(file):
        return read_corridors(file.read_text(encoding="utf-8-sig"), file.name)
    layer = _lines(file)
    if layer.n_unread:
        _LOG.warning("%s: %d shapes cannot be read and were left out", path, layer.n_unread)
    corridors = tuple(_corridors(layer, file))
    if not corridors:
        msg = f"{path}: holds no lines. Give {_KINDS}."
        raise FormatError(msg)
    return Roads(corridors, f"{file.name}, given by the user")


def _is_corridors(file: Path) -> bool:
    """Whether a JSON file is a corridors file, and not GeoJSON."""
    try:
        document = json_of(file)
    except FormatError as err:
        msg = f"{err} Give {_KINDS}."
        raise FormatError(msg) from err
    return not isinstance(document, dict) or "type" not in document or "corridors" in document


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
        ({str(k).casefold(): v for k, v in row.items()}, part)
        for row, whole in features_of(layer)
        for part in _cut(shapely.force_2d(whole))
    ]
    try:
        parts = _with_crossings([part for _, part in rows])
    except _TangledError as err:
        msg = f"{file}: its lines cross each other too often for roads. Keep only the larger roads."
        raise FormatError(msg) from err
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


class _TangledError(ValueError):
    """Lines meet more often than roads do, so that joining them would not end."""


def _cut(line: Any) -> Iterator[Any]:  # noqa: ANN401  shapely has no types
    """Yield a line in pieces that are not too long."""
    points = shapely.get_coordinates(line)
    if len(points) <= _LONGEST:
        yield line
        return
    for at in range(0, len(points) - 1, _LONGEST - 1):
        yield shapely.linestrings(points[at : at + _LONGEST])


def _meeting(parts: list[Any]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of lines that meet, each once."""
    tree = shapely.STRtree(parts)
    left = _MEETINGS[0] + _MEETINGS[1] * len(parts)
    for at in range(0, len(parts), _ROWS_AT_ONCE):
        found = tree.query(parts[at : at + _ROWS_AT_ONCE], predicate="intersects")
        left -= found.shape[1]
        if left < 0:
            raise _TangledError
        yield from ((at + i, j) for i, j in found.T.tolist() if at + i < j)


def _with_crossings(parts: list[Any]) -> list[NDArray[np.float64]]:
    """Return the points of lines, thinned, with a point added at each junction.

    Raises
    ------
    _TangledError
        If the lines meet more often than roads do.
    """
    met: list[list[Any]] = [[] for _ in parts]
    left = _JUNCTIONS[0] + _JUNCTIONS[1] * int(shapely.get_num_coordinates(parts).sum())
    for i, j in _meeting(parts):
        shared = shapely.get_coordinates(shapely.intersection(parts[i], parts[j]))
        left -= len(shared)
        if left < 0:
            raise _TangledError
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
