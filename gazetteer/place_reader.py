"""Read places and outlines by their ids.

An id comes in. A place, or its outline in EPSG:4326 (lon, lat), goes out. Most are read from the
compiled gazetteer; parts of countries, borders and areas described in words are computed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import shapely

from gazetteer import areas
from gazetteer.build import NAME_SEPARATOR
from gazetteer.records import Place
from gazetteer.worded_areas import is_worded, worded_area

if TYPE_CHECKING:
    import sqlite3

    from shapely.geometry.base import BaseGeometry

_PLACE_COLUMNS = (
    "id, name, lat, lon, country, admin1, feature, precision, population, names, source, certainty"
)


class PlaceReader:
    """Reads places and outlines by id, and caches them.

    Parameters
    ----------
    connection
        Connection to the SQLite file of the gazetteer.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # The caches belong to the object, not to the class, so that they are deleted with it.
        self.get = lru_cache(maxsize=4096)(self._read_place)
        self.outline = lru_cache(maxsize=64)(self._read_outline)

    def _read_place(self, place_id: str) -> Place | None:
        """Read or compute the place with an id."""
        kind, _, rest = place_id.partition(":")
        if kind == "part":
            return self._part(place_id, *rest.partition(":")[::2])
        if kind == "border":
            return self._border(place_id, *rest.partition("-")[::2])
        if is_worded(place_id):
            worded = worded_area(place_id)
            area = self.get(worded.within) if worded is not None and worded.within else None
            return worded.place(area) if worded is not None else None
        row = self._connection.execute(
            f"SELECT {_PLACE_COLUMNS} FROM place WHERE id = ?",  # noqa: S608 - a constant
            (place_id,),
        ).fetchone()
        if row is None:
            return None
        names = tuple(row[9].split(NAME_SEPARATOR)) if row[9] else ()
        return Place(
            id=row[0],
            name=row[1],
            lat=row[2],
            lon=row[3],
            country=row[4],
            admin1=row[5],
            feature=row[6],
            precision=row[7],
            population=row[8],
            names=names,
            source=row[10],
            certainty=row[11],
        )

    def _read_outline(self, place_id: str) -> BaseGeometry | None:
        """Read or compute the outline of the place with an id."""
        kind, _, rest = place_id.partition(":")
        if kind == "part":
            country, _, direction = rest.partition(":")
            whole = self.outline(f"iso:{country}")
            if whole is None or areas.normal_direction(direction) != direction:
                return None
            return areas.part(whole, direction)
        if kind == "border":
            country, _, neighbour = rest.partition("-")
            inside, beyond = self.outline(f"iso:{country}"), self.outline(f"iso:{neighbour}")
            if inside is None or beyond is None or country == neighbour:
                return None
            return areas.border_strip(inside, beyond)
        if is_worded(place_id):
            worded = worded_area(place_id)
            if worded is None:
                return None
            return self.outline(worded.within) if worded.within else worded.outline
        row = self._connection.execute(
            "SELECT wkb FROM outline JOIN place ON place.number = outline.place WHERE id = ?",
            (place_id,),
        ).fetchone()
        return shapely.from_wkb(row[0]) if row else None

    def _part(self, place_id: str, country: str, direction: str) -> Place | None:
        """Return the place for a part of a country."""
        whole = self.get(f"iso:{country}")
        outline = self.outline(place_id)
        if whole is None or outline is None:
            return None
        name = f"{areas.adjective(direction).capitalize()} {whole.name}"
        code = country.partition("-")[0]
        return _computed(place_id, name, code, outline, feature="part", precision="region")

    def _border(self, place_id: str, country: str, neighbour: str) -> Place | None:
        """Return the place for the border of a country with a neighbour."""
        inside, beyond = self.get(f"iso:{country}"), self.get(f"iso:{neighbour}")
        outline = self.outline(place_id)
        if inside is None or beyond is None or outline is None:
            return None
        name = f"{inside.name}–{beyond.name} border"
        return _computed(place_id, name, country, outline, feature="border", precision="line")


def _computed(
    place_id: str, name: str, country: str, outline: BaseGeometry, *, feature: str, precision: str
) -> Place:
    """Return the place for a computed area."""
    point = outline.representative_point()
    return Place(
        id=place_id,
        name=name,
        lat=round(point.y, 4),
        lon=round(point.x, 4),
        country=country,
        admin1=None,
        feature=feature,
        precision=precision,
        population=None,
        names=(),
        source="computed from Natural Earth",
        certainty="low",
    )
