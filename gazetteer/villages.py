"""Look up the villages of one country in a layer beside the gazetteer.

The name of a village and its country come in. Villages go out. A layer is compiled when its country
is first needed. It is kept in a file of its own, so that look-ups without a country never return
villages. For places that the gazetteer lists, the layer only adds alternate names, by id. Names are
compared by :func:`gazetteer.spelling.fold` and :func:`gazetteer.spelling.article_key`, and by
:func:`gazetteer.spelling.sound` only where that is asked for.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from gazetteer import village_files
from gazetteer.checksum import is_whole, seal
from gazetteer.errors import GazetteerError
from gazetteer.files import data_file, one_at_a_time, read_table, remove_strays, wrong_names
from gazetteer.matching import Namesake
from gazetteer.records import Level, Place
from gazetteer.spelling import article_key, fold, sound, tokens
from gazetteer.ukrainian import older_spelling
from gazetteer.village_rows import NAME_SEPARATOR, Listed, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[str, int, int], None]

SCHEMA_VERSION = 2
FOLDER = "villages"
Mark = Literal["common word", "given name", "short"]
_KINDS: dict[str, Mark] = {"w": "common word", "g": "given name"}
_SHORT = 3  # letters
_COLUMNS = (
    "v.id, v.name, v.lat, v.lon, v.admin1, v.feature, v.population, v.others, v.source, v.area1,"
    " v.area2, v.district"
)
_BY_FOLD = f"""
SELECT n.name, n.is_primary, n.listed, {_COLUMNS}
FROM name n LEFT JOIN village v ON v.number = n.village
WHERE n.fold = ? ORDER BY n.listed IS NULL, n.is_primary DESC, n.number
"""  # noqa: S608 - constants
_BY_ARTICLES = _BY_FOLD.replace("n.fold = ?", "n.articles = ?")
_BY_SOUND = _BY_FOLD.replace("n.fold = ?", "n.sound = ?")


@cache
def known_villages() -> frozenset[str]:
    """Return the ids of villages that a name alone means, though others in the country bear it.

    They are seats of districts, and towns that news name (``data/known_villages.csv``).
    """
    return frozenset(row["id"] for row in read_table("known_villages.csv"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Village:
    """A place with a name that only the layer of villages contains."""

    place: Place
    name: str  # the listed name that matched
    level: Level  # exact, folded or articles; skeleton if only the vowels differ
    is_primary: bool  # whether this is its primary name
    is_listed: bool  # a place of the gazetteer, which has this name only in the layer
    admin1_name: str  # name of the province in the source; may be empty
    admin2_name: str
    district: str | None  # id of the second-order unit whose outline contains the point
    n_bearers: int  # number of places in the country with the name, including listed ones
    # Reasons why the name alone is not evidence of a place.
    marks: frozenset[Mark]

    def lies_in(self, area: str) -> bool:
        """Return whether the source names this province or district for it ("Donetsk")."""
        key = article_key(area)
        return bool(key) and key in {article_key(self.admin1_name), article_key(self.admin2_name)}

    def namesake(self) -> Namesake:
        """Return the village as a candidate for `gazetteer.namesake_choice`, with importance 0."""
        p = self.place
        return Namesake(
            id=p.id,
            place_name=p.name,
            name=self.name,
            lat=p.lat,
            lon=p.lon,
            country=p.country,
            admin1=p.admin1,
            feature=p.feature,
            precision=p.precision,
            population=p.population,
            importance=0.0,
            seat_of=None,
            is_primary=self.is_primary,
            level=self.level,
        )


@cache
def packaged_countries() -> tuple[str, ...]:
    """Return the countries (ISO 3166-1 alpha-2) whose villages are packaged, in order."""
    folder = resources.files("gazetteer").joinpath("data", FOLDER)
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    return tuple(sorted(name.removesuffix(".xz") for name in names if name.endswith(".xz")))


def own_file(country: str, folder: Path) -> Path:
    """Return the path of the villages that the user added for a country.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code.
    folder
        Folder of the compiled gazetteer.
    """
    return folder / FOLDER / f"{country.upper()}.xz"


def read_file(country: str, folder: Path) -> bytes | None:
    """Return the content of a country's file of villages.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2 code.
    folder
        Folder of the compiled gazetteer.

    Returns
    -------
    bytes or None
        The user's file if there is one, or else the packaged one; None if there is neither.

    Raises
    ------
    GazetteerError
        If the user's file cannot be read.
    """
    own = own_file(country, folder)
    try:
        if own.is_file():
            return own.read_bytes()
    except OSError as error:
        raise GazetteerError(str(own), f"cannot be read ({error})") from error
    packaged = data_file(f"{FOLDER}/{country.upper()}.xz")
    return packaged.read_bytes() if packaged.is_file() else None


def layers(folder: Path) -> list[dict[str, Any]]:
    """Return the metadata of each layer of villages: country, name, rows, licence and date.

    Parameters
    ----------
    folder
        Folder of the compiled gazetteer.
    """
    added = (folder / FOLDER).glob("??.xz") if (folder / FOLDER).is_dir() else ()
    codes = sorted({*packaged_countries(), *(path.stem for path in added)})
    out = []
    for code in codes:
        data = read_file(code, folder)
        if data is not None:
            out.append(village_files.about(data, f"villages of {code}"))
    return out


@cache
def _ordinary() -> dict[str, frozenset[Mark]]:
    """Return the marks of common words and given names."""
    text = gzip.decompress(data_file("ordinary_words.csv.gz").read_bytes()).decode("utf-8")
    return {
        row["word"]: frozenset(_KINDS[kind] for kind in row["kinds"])
        for row in csv.DictReader(text.splitlines())
    }


def marks_of(name: str) -> frozenset[Mark]:
    """Return the reasons why a name alone is not evidence of a place.

    Parameters
    ----------
    name
        Name as written.

    Returns
    -------
    frozenset of str
        "short" for names of up to three letters, "common word" and "given name" if all its words
        are such; empty for other names.
    """
    words = tokens(name)
    found: set[Mark] = set()
    if len("".join(words)) <= _SHORT:
        found.add("short")
    known = [_ordinary().get(word, frozenset()) for word in words]
    for mark in _KINDS.values():
        if known and all(mark in marks for marks in known):
            found.add(mark)
    return frozenset(found)


class VillageLayer:
    """The villages of one country; open a layer with :meth:`open`.

    Parameters
    ----------
    connection
        Connection to the SQLite file of the layer.
    country
        ISO 3166-1 alpha-2 code.
    listed
        Look-ups in the compiled gazetteer.
    """

    def __init__(self, connection: sqlite3.Connection, country: str, listed: Listed) -> None:
        self._connection = connection
        self._country = country
        self._listed = listed
        self.find = lru_cache(maxsize=4096)(self._find)

    @classmethod
    def open(
        cls, country: str, folder: Path, listed: Listed, *, progress: Progress | None = None
    ) -> VillageLayer | None:
        """Open the layer of a country, and compile it first if necessary.

        Parameters
        ----------
        country
            ISO 3166-1 alpha-2 code.
        folder
            Folder of the compiled gazetteer, in which the layer is written. If the folder is
            read-only, the layer is compiled in memory each time.
        listed
            Look-ups in the compiled gazetteer.
        progress
            Function that is called with the progress of compiling.

        Returns
        -------
        VillageLayer | None
            None if there are no villages for this country.
        """
        data = read_file(country, folder)
        if data is None:
            return None
        stamp = hashlib.sha256(data + f"{SCHEMA_VERSION} {listed.version}".encode()).hexdigest()
        path = folder / FOLDER / f"{country}-{SCHEMA_VERSION}.sqlite"
        connection = _connect(path, stamp)
        if connection is None:
            with one_at_a_time(path):
                connection = _connect(path, stamp) or _compiled(
                    path, data, country, listed, stamp, progress
                )
        return cls(connection, country, listed)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def get(self, place_id: str) -> Place | None:
        """Return the village with an id, or None."""
        query = f"SELECT {_COLUMNS} FROM village v WHERE v.id = ?"  # noqa: S608 - a constant
        row = self._connection.execute(query, (place_id,)).fetchone()
        return self._place(row) if row else None

    def _find(self, name: str) -> tuple[Village, ...]:
        """Return the places with a name, the closest spelling first; see Gazetteer.villages."""
        key = fold(name)
        found = self._rows(_BY_FOLD, key) if key else []
        if not found and key and self._country == "UA":
            found = self._rows(_BY_FOLD, fold(older_spelling(name)))
        if found or not key:
            return self._villages(name, found, None)
        return self._villages(name, self._rows(_BY_ARTICLES, article_key(name)), "articles")

    def alike(self, name: str) -> tuple[Village, ...]:
        """Return the places whose names sound like a name; see Gazetteer.villages_alike."""
        key = sound(article_key(name))
        return self._villages(name, self._rows(_BY_SOUND, key), "skeleton") if key else ()

    def _villages(
        self, name: str, rows: list[tuple[Any, ...]], looser: Level | None
    ) -> tuple[Village, ...]:
        """Return the places of the rows of a query; ``looser`` is the level if it is not close."""
        out: dict[str, Village] = {}
        bearers = self.bearers(name)
        for listed_name, is_primary, listed, *rest in rows:
            exact = listed_name.casefold() == name.casefold()
            level: Level = looser or ("exact" if exact else "folded")
            place = self._listed.get(listed) if listed else self._place(rest)
            if place is None or place.name in wrong_names().get(place.id, ()):
                continue
            one = Village(
                place=place,
                name=listed_name,
                level=level,
                is_primary=bool(is_primary),
                is_listed=listed is not None,
                admin1_name=rest[9] or "",
                admin2_name=rest[10] or "",
                district=rest[11],
                n_bearers=bearers,
                marks=marks_of(listed_name),
            )
            out.setdefault(place.id, one)
        return tuple(sorted(out.values(), key=lambda v: (not v.is_listed, v.level != "exact")))

    def bearers(self, name: str) -> int:
        """Return the number of places in the country with a name, regardless of accents."""
        key = fold(name)
        query = "SELECT DISTINCT ifnull(listed, 'v' || village) FROM name WHERE fold = ?"
        rows = {row[0] for row in self._connection.execute(query, (key,))}
        return len(rows | self._listed.bearers(key, self._country))

    def _rows(self, query: str, key: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query for the names with a key."""
        return self._connection.execute(query, (key,)).fetchall()

    def _place(self, row: Any) -> Place:  # noqa: ANN401 - a row of the database
        """Return the place for a row of the database."""
        return Place(
            id=row[0],
            name=row[1],
            lat=row[2],
            lon=row[3],
            country=self._country,
            admin1=row[4],
            feature=row[5],
            precision="settlement",
            population=row[6],
            names=tuple(row[7].split(NAME_SEPARATOR)) if row[7] else (),
            source=row[8],
            certainty=None,
        )


def _connect(path: Path, stamp: str) -> sqlite3.Connection | None:
    """Open a compiled layer; return None if there is none or it was made from other data."""
    if not path.is_file():
        return None
    try:
        if not is_whole(path):
            return None
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        row = connection.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()
    except (sqlite3.Error, OSError):
        return None  # the file is damaged or not complete, so it is compiled again
    if row is None or row[0] != stamp:
        connection.close()
        return None
    return connection


def _compiled(
    path: Path, data: bytes, country: str, listed: Listed, stamp: str, progress: Progress | None
) -> sqlite3.Connection:
    """Compile a layer and open it; if the folder is read-only, compile it in memory."""
    rows = village_files.unpack(data, f"villages of {country}")
    part = _part_of(path)
    if part is None:
        in_memory = sqlite3.connect(":memory:", isolation_level=None)
        write_rows(in_memory, rows, country, listed, stamp, progress)
        return in_memory
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            write_rows(connection, rows, country, listed, stamp, progress)
        seal(part, path)
        part.replace(path)
        opened = _connect(path, stamp)
    except (OSError, sqlite3.OperationalError) as error:
        raise GazetteerError(str(path), f"cannot be written ({error})") from error
    finally:
        part.unlink(missing_ok=True)
    if opened is None:
        raise GazetteerError(str(path), "cannot be used although it was just made")
    return opened


def _part_of(path: Path) -> Path | None:
    """Return a new empty file next to a layer, or None if the folder is read-only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_strays(path.parent, f"{path.name}*.part")
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    except OSError:
        return None
    os.close(handle)
    return Path(name)
