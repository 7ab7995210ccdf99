"""Provinces of today where Natural Earth draws former ones.

A former unit is parted by the outlines of the second-order units that its successors are made of
(``data/provinces_today.csv``). What lies between those outlines and the former border goes to the
successor it touches, so that no point of the former unit is lost. Where a state of today has parts
of several units (West Kordofan), those units are parted as one.
"""

from __future__ import annotations

from collections import defaultdict
from importlib import resources
from typing import TYPE_CHECKING

import shapely

from gazetteer.district_outlines import FOLDER, unpack
from gazetteer.errors import GazetteerError
from gazetteer.files import read_table

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_TABLE = "provinces_today.csv"


def successors() -> dict[tuple[str, ...], list[dict[str, str]]]:
    """Return the rows of the table by the former units that they are parts of.

    A former unit is named by its ISO 3166-2 code, or by its number in Natural Earth.
    """
    out: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for row in read_table(_TABLE):
        out[tuple(row["within"].split("|"))].append(row)
    return dict(out)


def parted(former: BaseGeometry, rows: list[dict[str, str]]) -> list[BaseGeometry]:
    """Return the part of a former unit that each successor has, in their order."""
    drawn = [_made_of(row) for row in rows]
    cores = [shapely.intersection(former, outline) for outline in drawn]
    taken = shapely.union_all(cores)
    shares: list[list[BaseGeometry]] = [[core] for core in cores]
    for rest in shapely.get_parts(shapely.difference(former, taken)):
        if rest.geom_type in {"Polygon", "MultiPolygon"}:
            at = min(range(len(drawn)), key=lambda i: (drawn[i].distance(rest), i))
            shares[at].append(rest)
    return [_areal(shapely.union_all(share)) for share in shares]


def _made_of(row: dict[str, str]) -> BaseGeometry:
    """Return the union of the second-order units that a province is made of."""
    country = row["country"]
    file = resources.files("gazetteer").joinpath("data", FOLDER, f"{country}.xz")
    _, units = unpack(file.read_bytes(), f"districts of {country}")
    wanted = {int(number) for number in row["made_of"].split("|")}
    found = [outline for told, outline in units if told["id"] in wanted]
    if len(found) != len(wanted):
        raise GazetteerError(_TABLE, f"names units of {row['name']} that have no outline")
    return shapely.union_all(found)


def _areal(shape: BaseGeometry) -> BaseGeometry:
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts)
