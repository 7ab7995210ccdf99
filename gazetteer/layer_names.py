"""Give the columns of layers that others publish the names of mapgen's own.

The properties of a feature or the cells of a row come in, as OCHA (COD-AB), geoBoundaries, GADM,
OpenStreetMap, the Humanitarian Exchange Language (HXL) and mapgen's exports name them. Cells with
the names of `gazetteer.layer_files` go out. OCHA's are kept; `gazetteer.layers` reads them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_OCHA = re.compile(r"ADM[0-4](_|ALT)\w+|ISO[23]?", re.IGNORECASE)
_OTHER_NAMES = {  # of columns that mean the same in any layer
    "latitude": "lat",
    "y": "lat",
    "longitude": "lon",
    "long": "lon",
    "lng": "lon",
    "x": "lon",
    "license": "licence",
}
_HXL = (  # tags of the Humanitarian Exchange Language, the first that fits a column
    (re.compile(r"#geo\+(?:.*\+)?lat\b"), "lat"),
    (re.compile(r"#geo\+(?:.*\+)?lon\b"), "lon"),
    (re.compile(r"#loc\+name$|#loc$"), "name"),
    (re.compile(r"#loc\+(?:name\+)?alt"), "names"),
    (re.compile(r"#loc\+code"), "id"),
    (re.compile(r"#country\+code"), "country"),
    (re.compile(r"#population(?:\+total)?$"), "population"),
    (re.compile(r"#meta\+source"), "source"),
    (re.compile(r"#date"), "date"),
    (re.compile(r"#adm(\d)\+name$"), "ADM{}_NAME"),
    (re.compile(r"#adm(\d)\+code$"), "ADM{}_PCODE"),
)
_OSM_LEVELS = {"2": "PCLI", "3": "ADM1", "4": "ADM1", "5": "ADM2", "6": "ADM2"}
"""Features of administrative levels of OpenStreetMap; finer ones are districts."""

_OSM_PLACES = {"suburb": "PPLX", "neighbourhood": "PPLX", "quarter": "PPLX", "island": "ISL"}
_OSM_TOWNS = frozenset({"city", "town", "village", "hamlet", "isolated_dwelling", "locality"})
_OSM_KINDS = _OSM_TOWNS | _OSM_PLACES.keys()
_OSM_KEYS = frozenset({"boundary", "admin_level", "@id", "osm_id", "osm_type"})
_FINER = re.compile(r"ADM[1-4]_PCODE")
_OSM_ALSO = re.compile(r"name:\w+|(?:alt|old|int|official|loc|short|reg)_name(?::\w+)?")
_KEPT = ("lat", "lon", "admin1", "source", "licence", "date")
_GADM_LEVELS = (5, 4, 3, 2, 1)


def own_column(written: str) -> str:
    """Return mapgen's name for the heading of a column; OCHA's are in capitals."""
    column = written.strip()
    if _OCHA.fullmatch(column):
        return column.upper()
    return _OTHER_NAMES.get(column.lower(), column.lower())


def is_hxl(cells: Sequence[str]) -> bool:
    """Whether a row under the header holds the tags of HXL."""
    told = [cell.strip() for cell in cells if cell.strip()]
    return bool(told) and all(cell.startswith("#") and " " not in cell for cell in told)


def hxl_columns(header: Sequence[str], tags: Sequence[str]) -> list[str]:
    """Return a header in which the columns that mapgen does not know are named by their tags.

    Parameters
    ----------
    header
        Names of the columns.
    tags
        Tags of the columns, from the row under the header.
    """
    named = list(header)
    for at, tag in enumerate(tags[: len(header)]):
        meant = _of_tag(tag.strip().lower())
        if meant is not None and meant not in named:
            named[at] = meant
    return named


def _of_tag(tag: str) -> str | None:
    """Return the column that a tag of HXL means, or None."""
    for pattern, column in _HXL:
        found = pattern.match(tag)
        if found:
            return column.format(*found.groups())
    return None


def own_cells(told: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of a row or feature under mapgen's names of columns.

    Parameters
    ----------
    told
        Text by the name that the layer gives it. Empty texts count as missing.
    """
    cells = {own_column(key): text for key, text in told.items() if text}
    for is_theirs, renamed in (
        ("shapename", _of_geoboundaries),
        ("gid_0", _of_gadm),
        ("gazetteer_name", _of_own_export),
    ):
        if is_theirs in cells:
            return renamed(cells)
    is_osm = not cells.keys().isdisjoint(_OSM_KEYS) or cells.get("place") in _OSM_KINDS
    if is_osm and "name" in cells and "feature" not in cells:
        return _of_osm(cells)
    if "ADM0_PCODE" in cells and "name" not in cells and not any(map(_FINER.fullmatch, cells)):
        return _of_country(cells)
    return cells


def _of_country(cells: dict[str, str]) -> dict[str, str]:
    """Return the cells of a country in OCHA's boundaries."""
    code = cells["ADM0_PCODE"]
    name = cells.get("ADM0_EN") or cells.get("ADM0_NAME")
    return _told(cells, name=name, id=code, country=code, feature="PCLI")


def _of_geoboundaries(cells: dict[str, str]) -> dict[str, str]:
    level = cells.get("shapetype", "").upper()
    return _told(
        cells,
        name=cells["shapename"],
        id=cells.get("shapeiso") or cells.get("shapeid"),
        country=cells.get("shapegroup"),
        feature=_of_level(level.removeprefix("ADM")),
    )


def _of_gadm(cells: dict[str, str]) -> dict[str, str]:
    level = next((n for n in _GADM_LEVELS if f"name_{n}" in cells), 0)
    others = [cells.get(f"{kind}_{level}", "") for kind in ("varname", "nl_name")]
    return _told(
        cells,
        name=cells.get(f"name_{level}") or cells.get("country"),
        names="|".join(other for other in others if other not in {"", "NA"}),
        id=cells.get(f"gid_{level}"),
        country=cells["gid_0"],
        feature=_of_level(str(level)),
    )


def _of_osm(cells: dict[str, str]) -> dict[str, str]:
    place, level = cells.get("place", ""), cells.get("admin_level", "")
    others = [text for key, text in cells.items() if _OSM_ALSO.fullmatch(key)]
    feature: str | None = "PPL" if place in _OSM_TOWNS else _OSM_PLACES.get(place)
    if level and place not in _OSM_TOWNS:
        feature = _OSM_LEVELS.get(level, "ADM3")
    name = cells.get("name:en") or cells["name"]
    population = cells.get("population", "")
    return _told(
        cells,
        name=name,
        names="|".join([cells["name"], *others]).replace(";", "|"),
        id=cells.get("@id") or cells.get("osm_id") or cells.get("id"),
        country=cells.get("country") or cells.get("iso3166-1"),
        feature=feature,
        population=population if population.isdecimal() else None,  # "about 2000" is none
    )


def _of_own_export(cells: dict[str, str]) -> dict[str, str]:
    return _told(
        cells,
        name=cells["gazetteer_name"],
        names=cells.get("place"),
        id=cells.get("place_id"),
        country=cells.get("country"),
        feature={"province": "ADM1", "district": "ADM2"}.get(cells.get("precision", "")),
    )


def _told(cells: dict[str, str], **fields: str | None) -> dict[str, str]:
    """Return the fields that have a text, with the position, source, licence and date of a row."""
    kept = {key: cells[key] for key in _KEPT if key in cells}
    kept.update({field: text for field, text in fields.items() if text})
    return kept


def _of_level(level: str) -> str | None:
    """Return the feature of an administrative level; of the finest ones, that of a district."""
    if level == "0":
        return "PCLI"
    return f"ADM{min(int(level), 4)}" if level.isdecimal() else None
