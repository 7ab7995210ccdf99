"""Look up places in the compiled gazetteer.

Names, ids or points come in. Places, candidates and outlines in EPSG:4326 go out. All look-ups
read one SQLite file, and the layers of villages beside it.
"""

from __future__ import annotations

import re
import weakref
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Self

import shapely

from gazetteer import areas, matching
from gazetteer.build import importance_of
from gazetteer.errors import GazetteerError
from gazetteer.files import one_at_a_time
from gazetteer.matching import Namesake
from gazetteer.opening import compile_anew, connect, default_path
from gazetteer.place_reader import PlaceReader
from gazetteer.records import Candidate, Place
from gazetteer.resolve_spans import resolve
from gazetteer.seats import sound_alike, town_inside
from gazetteer.spelling import fold
from gazetteer.village_rows import Listed
from gazetteer.villages import Village, VillageLayer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from gazetteer.build import Progress
    from gazetteer.resolve_spans import Resolution

_PCODE = re.compile(r"[A-Z]{2,3}\d{1,12}")  # "SY0401", from a layer with OCHA's boundaries
_CLOSE = frozenset({"exact", "folded", "articles"})  # levels of spelling
_NAMESAKES_AT_MOST = 1000  # more than the number of places with any name


class Gazetteer:
    """A compiled gazetteer; open it with :meth:`open`.

    A gazetteer never changes its file. It may only be used in the thread that opened it.

    Parameters
    ----------
    connection
        Connection to the SQLite file.
    path
        Path of the file.
    progress
        Function that is called with the progress when layers of villages are compiled.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, progress: Progress | None = None
    ) -> None:
        self.path = path
        self._progress = progress
        self._connection = connection
        self._closers = [weakref.finalize(self, connection.close)]
        # At exit, the connection need not be closed, which could happen in another thread.
        self._closers[0].atexit = False
        self._matcher = matching.Matcher(connection)
        self._reader = PlaceReader(connection)
        # The caches belong to the object, not to the class, so that they are deleted with it.
        self._found = lru_cache(maxsize=8192)(self._search)
        self._namesakes = lru_cache(maxsize=16384)(self._matcher.namesakes)
        self._trees = lru_cache(maxsize=16)(self._read_tree)
        self._layer = cache(self._open_layer)

    @classmethod
    def open(cls, path: Path | None = None, *, progress: Progress | None = None) -> Gazetteer:
        """Open the compiled gazetteer.

        If the file is missing, damaged or outdated, it is compiled first. An outdated file is
        compiled with the same dump and layers as before.

        Parameters
        ----------
        path
            Path of the SQLite file; by default :func:`default_path`.
        progress
            Function that is called while the file is compiled, with the name of a stage, the amount
            done and the total amount.

        Raises
        ------
        GazetteerError
            If the file can neither be opened nor written.
        """
        where = path or default_path()
        connection = connect(where)
        if connection is None:
            with one_at_a_time(where):
                connection = connect(where)  # another process may have compiled it meanwhile
                if connection is None:
                    compile_anew(where, progress)
                    connection = connect(where)
        if connection is None:
            problem = "cannot be used although it was just made"
            raise GazetteerError(str(where), problem, "Check the disk, or set MAPGEN_CACHE.")
        return cls(connection, where, progress)

    def close(self) -> None:
        """Close the files."""
        for close in self._closers:
            close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def lookup(
        self, name: str, *, country: str | None = None, limit: int = 10, fuzzy: bool = False
    ) -> list[Candidate]:
        """Return the places that a name may mean, best first.

        Candidates are sorted by spelling, then by importance, which is lower if the name is not the
        primary name of the place.

        Parameters
        ----------
        name
            Name as written in a text, or the P-code of a unit in a user's layer ("SY0401").
        country
            Only places in this country (ISO 3166-1 alpha-2). Looser spellings (the levels
            "skeleton" and "fuzzy") are tried only with a country, and only if no closer spelling
            matches.
        limit
            Maximum number of candidates.
        fuzzy
            Whether to try misspellings as well; requires ``country``.
        """
        code = country.upper() if country else None
        return list(self._found(name.strip(), code, limit, fuzzy))

    def search(
        self, name: str, *, countries: Iterable[str] = (), limit: int = 10
    ) -> list[Candidate]:
        """Return the places for a name typed by a user, best first, and try misspellings as well.

        As everywhere in this package, looser spellings are compared only within one country. If no
        country is given, the countries with a similar name are tried.

        Parameters
        ----------
        name
            Name of a place, such as "Talbisseh".
        countries
            Only places in these countries (ISO 3166-1 alpha-2); by default in all.
        limit
            Maximum number of candidates.
        """
        codes = list(dict.fromkeys(code.upper() for code in countries))
        if len(codes) == 1:
            return self.lookup(name, country=codes[0], limit=limit, fuzzy=True)
        found = self.lookup(name, limit=_NAMESAKES_AT_MOST if codes else limit)
        if codes:
            found = [c for c in found if c.place.country in codes]
        if found:
            return found[: max(limit, 0)]
        if not codes:
            near = [c.place for n in self.suggest(name) for c in self.lookup(n, limit=3)]
            codes = sorted({place.country for place in near if place.country})
        best = {
            c.place.id: c
            for code in codes
            for c in self.lookup(name, country=code, limit=limit, fuzzy=True)
        }
        return sorted(best.values(), key=lambda c: (-c.score, c.place.id))[: max(limit, 0)]

    def namesakes(self, name: str) -> tuple[Namesake, ...]:
        """Return the places with a name, the most important first, at most 200.

        This is the fast look-up for texts. It does not try looser spellings.

        Parameters
        ----------
        name
            Name as written, which is compared without capitals, accents and hyphens. Codes ("US",
            "Calif.") match only as written.
        """
        return self._namesakes(name)

    def resolve(
        self, text: str, spans: Iterable[tuple[int, int]], *, country: str | None = None
    ) -> list[Resolution]:
        """Resolve the names of one text together; see :func:`gazetteer.resolve_spans.resolve`.

        Parameters
        ----------
        text
            The document.
        spans
            Spans (start, end) of the names, in code points, end exclusive.
        country
            ISO 3166-1 alpha-2 code of the country that the text is about, if known.
        """
        return resolve(text, spans, self, country=country)

    def loose(self, name: str, country: str) -> tuple[Namesake, ...]:
        """Return the places in a country that a name matches, also in looser spellings.

        Parameters
        ----------
        name
            Name as written.
        country
            ISO 3166-1 alpha-2 code.

        Returns
        -------
        tuple of Namesake
            Best first.
        """
        return tuple(
            Namesake(
                id=c.place.id,
                place_name=c.place.name,
                name=c.name,
                lat=c.place.lat,
                lon=c.place.lon,
                country=c.place.country,
                admin1=c.place.admin1,
                feature=c.place.feature,
                precision=c.place.precision,
                population=c.place.population,
                importance=importance_of(c.place),
                seat_of=None,
                is_primary=True,
                level=c.level,
            )
            for c in self.lookup(name, country=country)
        )

    def villages(
        self, name: str, country: str, *, within: str | None = None
    ) -> tuple[Village, ...]:
        """Return the places with a name that only the layer of villages of a country contains.

        These rank below all places that :meth:`lookup` returns for the country, at any level of
        spelling, and the other look-ups do not return them. The first call for a country compiles
        its layer, which takes a second or two.

        Parameters
        ----------
        name
            Name as written in a text, which is compared at the levels exact, folded and articles.
        country
            ISO 3166-1 alpha-2 code.
        within
            Only places inside an area with this id (such as ``iso:UA-14``), or in a province or
            district that their source calls by this name ("Donetsk").
        """
        layer = self._layer(country.upper())
        found = layer.find(name.strip()) if layer else ()
        if within is None:
            return found
        outline = self.geometry(within) if ":" in within else None
        if outline is None:
            return tuple(v for v in found if v.lies_in(within))
        return tuple(v for v in found if outline.covers(shapely.Point(v.place.lon, v.place.lat)))

    def villages_alike(self, name: str, country: str) -> tuple[Village, ...]:
        """Return the villages of a country whose names differ from a name only in their vowels.

        "Ramyeh" is Rāmīyah. There are none in countries whose names have one spelling in the news.

        Parameters
        ----------
        name
            Name as written in a text.
        country
            ISO 3166-1 alpha-2 code.
        """
        layer = self._layer(country.upper())
        return layer.alike(name.strip()) if layer else ()

    def bearers(self, name: str, country: str) -> int:
        """Return the number of settlements in a country with a name, including villages."""
        code = country.upper()
        layer = self._layer(code)
        return layer.bearers(name) if layer else len(self._bearers(fold(name), code))

    def village(self, place_id: str, country: str) -> Place | None:
        """Return the village with an id in the layer of a country, or None."""
        layer = self._layer(country.upper())
        return layer.get(place_id) if layer else None

    def suggest(self, name: str, *, country: str | None = None, limit: int = 5) -> list[str]:
        """Return the listed names that are most similar to a name without matches.

        Parameters
        ----------
        name
            Name as written.
        country
            Only names of places in this country (ISO 3166-1 alpha-2).
        limit
            Maximum number of names.
        """
        return self._matcher.suggest(name, country.upper() if country else None, limit)

    def get(self, place_id: str) -> Place | None:
        """Return the place with an id, or None."""
        return self._reader.get(place_id)

    def geometry(self, place_id: str) -> BaseGeometry | None:
        """Return the outline of an area by its id, in EPSG:4326 (lon, lat).

        Countries, units, regions, parts of countries and borders have outlines. None is returned
        for other places.
        """
        return self._reader.outline(place_id)

    def district_at(self, lat: float, lon: float, country: str | None) -> Place | None:
        """Return the second-order unit that contains a point, if its outline is known.

        Outlines are packaged for the countries in ``data/districts``. A layer of boundaries
        (``gazetteer build --layer``) can add those of other countries, and takes precedence.

        Parameters
        ----------
        lat, lon
            Point in degrees (EPSG:4326).
        country
            ISO 3166-1 alpha-2 code of the country to search.
        """
        return self.unit_at(lat, lon, country, "ADM2")

    def unit_at(self, lat: float, lon: float, country: str | None, feature: str) -> Place | None:
        """Return the unit of an order that contains a point, if its outline is known.

        Units of a layer of boundaries (``gazetteer build --layer``), which have P-codes, take
        precedence over the packaged ones.

        Parameters
        ----------
        lat, lon
            Point in degrees (EPSG:4326).
        country
            ISO 3166-1 alpha-2 code of the country to search.
        feature
            ``ADM1`` for the first order, ``ADM2`` for the second.
        """
        point = shapely.Point(lon, lat)
        units, tree = self._trees(country or "", feature)
        found = [units[at] for at in tree.query(point, predicate="intersects")]
        return self._known(min(found, key=_own_first)) if found else None

    def _read_tree(self, country: str, feature: str) -> tuple[list[str], shapely.STRtree]:
        """Return the ids of the units of an order with outlines, and a tree of the outlines."""
        units = self._units(country, feature)
        return [place_id for place_id, _ in units], shapely.STRtree([o for _, o in units])

    def seat(self, place_id: str, name: str) -> Place | None:
        """Return the town that a bare name means if the district around it has the same name.

        Parameters
        ----------
        place_id
            Id of the district.
        name
            Name as written.

        Returns
        -------
        Place | None
            The biggest town with the name inside the district, or else a village with the name
            there, or else a town there with a similar spelling; None if there is no such place.
        """
        area = self.get(place_id)
        if area is None or area.country is None:
            return None
        outline = self.geometry(place_id)
        listed = [
            c.place
            for c in self.lookup(name, country=area.country, limit=_NAMESAKES_AT_MOST)
            if c.level in _CLOSE and c.place.precision == "settlement"
        ]
        villages = [v.place for v in self.villages(name, area.country) if v.level in _CLOSE]
        for found in (listed, villages):
            town = town_inside(found, area, outline)
            if town is not None:
                return town
        if outline is None:
            return None
        west, south, east, north = outline.bounds
        rows = self._connection.execute(
            "SELECT id, name FROM place WHERE precision = 'settlement' AND country = ?"
            " AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?",
            (area.country, south, north, west, east),
        )
        alike = [self._known(i) for i, town in rows if sound_alike(name, town, area.country)]
        return town_inside(alike, area, outline)

    def part_of(self, country: str, direction: str) -> Place | None:
        """Return a part of a country, such as "eastern Syria".

        Parameters
        ----------
        country
            ISO 3166-1 alpha-2 code; for a part of a province, its ISO 3166-2 code.
        direction
            "east", "eastern", "north-east", "central" and so on.

        Returns
        -------
        Place | None
            A listed region with this name, or else about a third of the country; see
            :func:`gazetteer.areas.part`. None if the country has no outline, or if the words are
            not a direction.
        """
        normal = areas.normal_direction(direction)
        whole = self.get(f"iso:{country.upper()}")
        if normal is None or whole is None:
            return None
        for words in (f"{areas.adjective(normal)} {whole.name}", f"{normal} {whole.name}"):
            for found in self.lookup(words, country=country.partition("-")[0]):
                is_region = found.place.feature == "RGN" and found.level in {"exact", "folded"}
                if is_region and self.geometry(found.place.id) is not None:
                    return found.place
        return self.get(f"part:{country.upper()}:{normal}")

    def border_of(self, country: str, neighbour: str) -> Place | None:
        """Return the strip inside a country along its border with a neighbour, or None.

        Parameters
        ----------
        country, neighbour
            ISO 3166-1 alpha-2 codes.
        """
        return self.get(f"border:{country.upper()}-{neighbour.upper()}")

    def nearest(self, lat: float, lon: float, *, limit: int = 1) -> list[tuple[Place, float]]:
        """Return the settlements and sites nearest to a point.

        Parameters
        ----------
        lat, lon
            Point in degrees (WGS 84).
        limit
            Maximum number of places.

        Returns
        -------
        list of (Place, float)
            Places and their distances in kilometres, nearest first.
        """
        return [(self._known(i), km) for i, km in self._matcher.nearest(lat, lon, limit)]

    def biggest(self, bbox: tuple[float, float, float, float], *, limit: int = 100) -> list[Place]:
        """Return the settlements in a bounding box, the most populous first.

        Parameters
        ----------
        bbox
            West, south, east, north in degrees (EPSG:4326); east may exceed 180.
        limit
            Maximum number of settlements.
        """
        west, south, east, north = bbox
        beyond = east - 360 if east > 180 else -181  # noqa: PLR2004 -- the antimeridian
        rows = self._connection.execute(
            "SELECT id FROM place WHERE precision = 'settlement' AND lat BETWEEN ? AND ?"
            " AND (lon BETWEEN ? AND ? OR lon <= ?) ORDER BY population DESC, id LIMIT ?",
            (south, north, west, east, beyond, limit),
        )
        return [self._known(row[0]) for row in rows.fetchall()]

    def info(self) -> dict[str, str]:
        """Return the metadata of the file: numbers of places and names, versions, sources."""
        return dict(self._connection.execute("SELECT key, value FROM meta ORDER BY key"))

    def _open_layer(self, country: str) -> VillageLayer | None:
        """Open the layer of villages of a country, or return None if there is none."""
        told = self.info()
        listed = Listed(
            version=f"{told.get('fingerprint')} {told.get('sources')}",
            get=self.get,
            bearers=self._bearers,
            points=self._points,
            names=self._names,
            units=self._units,
        )
        layer = VillageLayer.open(country, self.path.parent, listed, progress=self._progress)
        if layer is not None:
            self._closers.append(weakref.finalize(self, layer.close))
            self._closers[-1].atexit = False
        return layer

    def _bearers(self, key: str, country: str) -> set[str]:
        """Return the ids of the settlements in a country whose folded name is ``key``."""
        query = (
            "SELECT p.id FROM name n JOIN place p ON p.number = n.place"
            " WHERE n.fold = ? AND p.country = ? AND p.precision = 'settlement'"
        )
        return {row[0] for row in self._connection.execute(query, (key, country))}

    def _points(self, country: str) -> list[tuple[str, str, float, float]]:
        """Return folded name, id, lat and lon of each settlement and site in a country."""
        query = (
            "SELECT n.fold, p.id, p.lat, p.lon FROM place p JOIN name n ON n.place = p.number"
            " WHERE p.country = ? AND p.precision IN ('settlement', 'site')"
        )
        return self._connection.execute(query, (country,)).fetchall()

    def _names(self, place_id: str) -> set[str]:
        """Return the folded names of a place."""
        place = self.get(place_id)
        return {fold(name) for name in (place.name, *place.names)} if place else set()

    def _units(self, country: str, feature: str) -> list[tuple[str, BaseGeometry]]:
        """Return the ids and outlines of the units with a feature code in a country."""
        query = (
            "SELECT p.id, o.wkb FROM outline o JOIN place p ON p.number = o.place"
            " WHERE p.country = ? AND p.feature = ? ORDER BY p.id"
        )
        rows = self._connection.execute(query, (country, feature))
        return [(place_id, shapely.from_wkb(wkb)) for place_id, wkb in rows]

    def _search(
        self,
        name: str,
        country: str | None,
        limit: int,
        fuzzy: bool,  # noqa: FBT001 - for the cache
    ) -> tuple[Candidate, ...]:
        """Return the candidates for a name; see `lookup`."""
        coded = self.get(f"pcode:{name}") if _PCODE.fullmatch(name) else None
        if coded is not None and country in {None, coded.country}:
            return (Candidate(place=coded, score=1.0, level="exact", name=name),)
        matches = self._matcher.find(name, country, fuzzy=fuzzy)[: max(limit, 0)]
        return tuple(
            Candidate(place=self._known(m.place_id), score=m.score, level=m.level, name=m.name)
            for m in matches
        )

    def _known(self, place_id: str) -> Place:
        """Return the place with an id, or raise an error if there is none."""
        place = self._reader.get(place_id)
        if place is None:
            raise GazetteerError(str(self.path), f"has no place {place_id}", "Run gazetteer build.")
        return place


def _own_first(place_id: str) -> tuple[bool, str]:
    """Return the sort key of districts around a point; those of a user's layer come first."""
    return (place_id.startswith(("geonames:", "wof:")), place_id)
