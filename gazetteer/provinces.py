"""Divide former provinces in Natural Earth into the current ones.

The outline of a former unit comes in, with the second-order units that form its successors
(``data/provinces_today.csv``). The outlines of the successors go out. Remainders between these
units and the former border go to the nearest successor, so that they cover the former unit
completely. If a current state has parts of several former units (West Kordofan), these are divided
together.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import shapely

from gazetteer.district_outlines import FOLDER, unpack
from gazetteer.errors import GazetteerError
from gazetteer.files import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

_TABLE = "provinces_today.csv"


@cache
def successors() -> dict[tuple[str, ...], list[dict[str, str]]]:
    """Return the rows of the table, by the former units that contain the provinces.

    Former units are identified by their ISO 3166-2 codes, or by their ids in Natural Earth.
    """
    out: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for row in read_table(_TABLE):
        out[tuple(row["within"].split("|"))].append(row)
    return dict(out)


def parted(former: BaseGeometry, rows: list[dict[str, str]]) -> list[BaseGeometry]:
    """Divide a former unit among its successors.

    Parameters
    ----------
    former
        Outline of the former unit, EPSG:4326 (lon, lat).
    rows
        Rows of the table for its successors.

    Returns
    -------
    list of shapely geometries
        Outlines in the order of the rows.
    """
    drawn = [
        made_of(row["country"], map(int, row["made_of"].split("|")), row["name"]) for row in rows
    ]
    cores = [shapely.intersection(former, outline) for outline in drawn]
    taken = shapely.union_all(cores)
    shares: list[list[BaseGeometry]] = [[core] for core in cores]
    for rest in shapely.get_parts(shapely.difference(former, taken)):
        if rest.geom_type in {"Polygon", "MultiPolygon"}:
            at = min(range(len(drawn)), key=lambda i: (drawn[i].distance(rest), i))
            shares[at].append(rest)
    return [_areal(shapely.union_all(share)) for share in shares]


def made_of(country: str, ids: Iterable[int], name: str) -> BaseGeometry:
    """Return the union of second-order units.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2.
    ids
        Ids of packaged outlines in that country.
    name
        What they form, for the error message.

    Returns
    -------
    shapely geometry
        EPSG:4326 (lon, lat).

    Raises
    ------
    GazetteerError
        If a unit has no outline.
    """
    file = resources.files("gazetteer").joinpath("data", FOLDER, f"{country}.xz")
    _, units = unpack(file.read_bytes(), f"districts of {country}")
    wanted = set(ids)
    found = [outline for told, outline in units if told["id"] in wanted]
    if len(found) != len(wanted):
        raise GazetteerError(name, "is made of units that have no outline")
    return shapely.union_all(found)


def _areal(shape: BaseGeometry) -> BaseGeometry:
    """Return the union of the polygons in a shape."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts)
