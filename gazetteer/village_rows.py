"""Write the villages of a country to an SQLite database.

The rows of a file of villages come in. The tables of a layer go out, without the places that the
gazetteer already lists; of these, only additional names are written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from gazetteer.azerbaijani import with_news_spellings
from gazetteer.distance import distance_km
from gazetteer.spelling import VOWELS_VARY, coarse_keys, sound, tokens

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from gazetteer.records import Place
    from gazetteer.village_files import VillageRow

    Progress = Callable[[str, int, int], None]

NAME_SEPARATOR = "\n"
_SAME_KM = 5.0  # a listed place with the same name within this distance is the same place
_TWICE_KM = 2.0  # two rows with the same name within this distance are duplicates
_LEAST_SOUND = 4  # letters; shorter names sound like many others
_STEP = 2000
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE village (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, lat REAL NOT NULL,
    lon REAL NOT NULL, admin1 TEXT, feature TEXT NOT NULL, population INTEGER,
    others TEXT NOT NULL, source TEXT NOT NULL, area1 TEXT NOT NULL, area2 TEXT NOT NULL,
    district TEXT);
CREATE TABLE name (
    number INTEGER PRIMARY KEY, village INTEGER, listed TEXT, name TEXT NOT NULL,
    fold TEXT NOT NULL, articles TEXT, is_primary INTEGER NOT NULL, sound TEXT);
"""
_INDEXES = """
CREATE UNIQUE INDEX village_id ON village (id);
CREATE INDEX name_fold ON name (fold);
CREATE INDEX name_articles ON name (articles) WHERE articles IS NOT NULL;
CREATE INDEX name_sound ON name (sound) WHERE sound IS NOT NULL;
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """The look-ups in the compiled gazetteer that a layer needs."""

    version: str  # changes with the data of the gazetteer
    get: Callable[[str], Place | None]
    bearers: Callable[[str, str], set[str]]  # (folded name, country) -> ids of settlements
    points: Callable[[str], list[tuple[str, str, float, float]]]  # country -> fold, id, lat, lon
    names: Callable[[str], set[str]]  # id -> folded names
    units: Callable[[str, str], list[tuple[str, BaseGeometry]]]  # (country, feature) -> id, outline


def write_rows(
    connection: sqlite3.Connection,
    rows: Sequence[VillageRow],
    country: str,
    listed: Listed,
    stamp: str,
    progress: Progress | None,
) -> None:
    """Fill an empty database with the villages of a country.

    Parameters
    ----------
    connection
        Connection to the empty database.
    rows
        Rows of the file of villages.
    country
        ISO 3166-1 alpha-2 code.
    listed
        Look-ups in the compiled gazetteer.
    stamp
        Hash of the data, which is written last and marks the database as complete.
    progress
        Function that is called with the name of the stage, the number of rows done and the total.
    """
    connection.execute("PRAGMA journal_mode = OFF")  # a partial file is deleted anyway
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(_SCHEMA)
    connection.execute("BEGIN")
    same = _same_as_listed(rows, country, listed)
    new = [row for row in rows if row.id not in same]
    doubles = _doubles(new)
    kept = [row for row in new if row.id not in doubles]
    _write_other_names(connection, [row for row in rows if row.id in same], same, country, listed)
    more: dict[str, list[str]] = defaultdict(list)
    for row in new:
        if row.id in doubles:
            more[doubles[row.id]] += [row.name, *row.others]
    lats, lons = np.array([r.lat for r in kept]), np.array([r.lon for r in kept])
    units = _inside(listed.units(country, "ADM1"), lats, lons)
    districts = _inside(listed.units(country, "ADM2"), lats, lons)
    for number, row in enumerate(kept, start=1):
        if progress and (number % _STEP == 0 or number == len(kept)):
            progress(f"villages of {country}", number, len(kept))
        others = dict.fromkeys(with_news_spellings([*row.others, *more[row.id]], country))
        others.pop(row.name, None)
        unit = units[number - 1]
        head = (number, row.id, row.name, row.lat, row.lon, unit and unit.removeprefix("iso:"))
        tail = (row.feature, row.population, NAME_SEPARATOR.join(others), row.source)
        where = (row.admin1, row.admin2, districts[number - 1])
        marks = ",".join("?" * 13)
        connection.execute(f"INSERT INTO village VALUES ({marks})", (*head, *tail, *where))  # noqa: S608
        _write_names(connection, (row.name, *others), country, village=number)
    connection.execute("COMMIT")
    connection.executescript(_INDEXES)
    connection.execute("INSERT INTO meta VALUES ('stamp', ?)", (stamp,))


def _same_as_listed(rows: Sequence[VillageRow], country: str, listed: Listed) -> dict[str, str]:
    """Return, by id of a row, the listed place with its id, or else with its name nearby."""
    near: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    ids = set()
    for key, place_id, lat, lon in listed.points(country):
        near[key].append((place_id, lat, lon))
        ids.add(place_id)
    same = {}
    for row in rows:
        if row.id in ids:
            same[row.id] = row.id
            continue
        for place_id, lat, lon in near.get("".join(tokens(row.name)), ()):
            if distance_km(row.lat, row.lon, lat, lon) <= _SAME_KM:
                same[row.id] = place_id
                break
    return same


def _doubles(rows: Sequence[VillageRow]) -> dict[str, str]:
    """Return, by id, the rows that duplicate another row, with the id of the latter."""
    firsts: dict[str, list[VillageRow]] = defaultdict(list)
    out = {}
    for row in sorted(rows, key=lambda r: (-len(r.others), r.id)):
        alike = firsts["".join(tokens(row.name))]
        first = next(
            (f for f in alike if distance_km(row.lat, row.lon, f.lat, f.lon) <= _TWICE_KM), None
        )
        if first is None:
            alike.append(row)
        else:
            out[row.id] = first.id
    return out


def _write_other_names(
    connection: sqlite3.Connection,
    rows: Iterable[VillageRow],
    same: Mapping[str, str],
    country: str,
    listed: Listed,
) -> None:
    """Write the names of listed places that the gazetteer does not list for them."""
    for row in rows:
        known = listed.names(same[row.id])
        names = with_news_spellings((row.name, *row.others), country)
        new = [n for n in names if "".join(tokens(n)) not in known]
        _write_names(connection, new, country, listed=same[row.id])


def _write_names(
    connection: sqlite3.Connection,
    names: Iterable[str],
    country: str,
    *,
    village: int | None = None,
    listed: str | None = None,
) -> None:
    """Write a row for each spelling; of names with the same letters, only the first."""
    seen: set[str] = set()
    for at, name in enumerate(names):
        words = tokens(name)
        key = "".join(words)
        if not key or key in seen:
            continue
        seen.add(key)
        articles = coarse_keys(words, country)[0] if key.isascii() else None
        is_primary = village is not None and at == 0
        connection.execute(
            "INSERT INTO name VALUES (NULL,?,?,?,?,?,?,?)",
            (village, listed, name, key, articles, is_primary, _sound(articles, country)),
        )


def _sound(articles: str | None, country: str) -> str | None:
    """Return the sound of a name in a country whose vowels are written in several ways."""
    heard = sound(articles) if articles and country in VOWELS_VARY else ""
    return heard if len(heard) >= _LEAST_SOUND else None


def _inside(
    units: Sequence[tuple[str, BaseGeometry]], lats: np.ndarray, lons: np.ndarray
) -> list[str | None]:
    """Return the id of the unit that contains each point, or None."""
    found: list[str | None] = [None] * len(lats)
    if not len(lats):
        return found
    tree = shapely.STRtree(shapely.points(lons, lats))
    for unit, outline in units:
        shapely.prepare(outline)
        for index in tree.query(outline, predicate="intersects"):
            found[int(index)] = unit
    return found
