"""Write the shapes of the page data short: whole numbers, each the step from the one before.

Page data come in, and a copy goes out whose GeoJSON lines and polygons are less than half as long.
The script of the page (``core.js``) takes the steps apart again, so both give the same numbers.
"""

from __future__ import annotations

import math
from itertools import accumulate
from typing import Any, cast

PACKED_TYPES = frozenset({"LineString", "MultiLineString", "Polygon", "MultiPolygon"})
MOST_DECIMALS = 7  # a centimetre; what has more is left as it is


def packed(value: object) -> Any:  # noqa: ANN401 - the form of the value that came in
    """Return a copy of JSON data with its lines and polygons packed.

    A packed geometry has a key ``steps``, the number of decimals. Each line or ring is then one
    flat list of whole numbers: longitude and latitude of the first position in units of the last
    decimal, and for each further position the steps from the one before.

    Parameters
    ----------
    value
        Lists, dictionaries with string keys, strings, numbers, None; WGS 84, longitude first.
    """
    if isinstance(value, list | tuple):
        if value and isinstance(value[0], float | int | str):
            return value
        return [packed(v) for v in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") in PACKED_TYPES and "coordinates" in value and "steps" not in value:
        decimals = _decimals(value["coordinates"])
        if decimals is not None:
            steps = _steps(value["coordinates"], 10**decimals)
            return {**value, "coordinates": steps, "steps": decimals}
    return {k: packed(v) for k, v in value.items()}


def unpacked(value: object) -> Any:  # noqa: ANN401 - the form of the value that came in
    """Return a copy of the data of a page, as its JSON block has them, with plain GeoJSON shapes.

    Parameters
    ----------
    value
        What `packed` returned, or data of a page that was written before shapes were packed.
    """
    if isinstance(value, list):
        return [unpacked(v) for v in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") in PACKED_TYPES and "steps" in value:
        plain = {k: v for k, v in value.items() if k != "steps"}
        return {**plain, "coordinates": _walked(value["coordinates"], 10 ** value["steps"])}
    return {k: unpacked(v) for k, v in value.items()}


def _walked(steps: list[Any], unit: int) -> list[Any]:
    if not steps or isinstance(steps[0], list):
        return [_walked(part, unit) for part in steps]
    lons, lats = accumulate(steps[::2]), accumulate(steps[1::2])
    return [[lon / unit, lat / unit] for lon, lat in zip(lons, lats, strict=True)]


def _decimals(coordinates: object) -> int | None:
    """Return how many decimals the coordinates need, or None if too many or not 2D."""
    most = 0
    for pair in _positions(coordinates):
        if len(pair) != 2:  # noqa: PLR2004 - a third number is a height
            return None
        for number in pair:
            if not math.isfinite(number):
                return None
            while number != round(number, most):
                most += 1
                if most > MOST_DECIMALS:
                    return None
    return most


def _is_run(nested: list[Any]) -> bool:
    """Whether a list is one line or ring: a list of positions."""
    return bool(nested and nested[0] and isinstance(nested[0][0], float | int))


def _positions(coordinates: object) -> list[list[float]]:
    nested = cast("list[Any]", coordinates)
    if _is_run(nested):
        return nested
    return [position for part in nested for position in _positions(part)]


def _steps(coordinates: object, unit: int) -> list[Any]:
    nested = cast("list[Any]", coordinates)
    if not _is_run(nested):
        return [_steps(part, unit) for part in nested]
    found: list[int] = []
    before = (0, 0)
    for lon, lat in nested:
        at = (round(lon * unit), round(lat * unit))
        found += [at[0] - before[0], at[1] - before[1]]
        before = at
    return found
