"""Match names as written with the names that the gazetteer lists.

A name, and usually a country, come in. Matches go out, best first, with the level of spelling at
which they agree; see `gazetteer.spelling` for the keys that are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import TYPE_CHECKING, Any, NamedTuple

from rapidfuzz import fuzz, process

from gazetteer.build import NAME_SEPARATOR
from gazetteer.distance import KM_PER_DEGREE, distance_km
from gazetteer.records import AREA_FEATURES, LEVELS, Level, is_code
from gazetteer.spelling import article_key, fold, kind_words, plain, skeleton_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

# Least similarity (0 to 100) of two names with the same consonants, by the number of consonants.
# Fewer consonants need a higher similarity.
_SKELETON_CUT = {2: 85, 3: 76}
_SKELETON_CUT_LONG = 62
_ALTERNATE_CUT = 86  # for alternate names, for which looser matches are mostly chance
_OTHER_END_CUT = 93  # for names of which only one ends in a vowel, such as Karim and Karimah
_VOWELS = "aeiouy"
_FUZZY_CUT = 86
_SUGGEST_CUT = 60
_FUZZY_LEAST_LETTERS = 5
# A name that is exactly that of a well-known place abroad does not mean a misspelt village here.
_FAMOUS = 0.66  # least importance: countries, capitals, towns with about 900,000 inhabitants
# How much importance a match loses if the name is only an alternate name of the place, or if it
# contains a kind of place that was not asked for ("Afrin region" for "Afrin").
ALTERNATE_LOSS = 0.2
_OTHER_KIND_LOSS = 0.3
_SCORES: dict[Level, float] = {"exact": 1.0, "folded": 0.97, "articles": 0.92}
_REGION = "RGN"  # regions are collected by hand with all their spellings, so no others match
_HALF_TURN = 180.0

_QUERY = """
SELECT p.id, p.name, n.name, p.country, p.admin1, p.feature, p.population, p.importance,
       n.is_primary, p.seat_of
FROM name n JOIN place p ON p.number = n.place
"""


_NAMESAKES = """
SELECT p.id, p.name, n.name, p.lat, p.lon, p.country, p.admin1, p.feature, p.precision,
       p.population, p.importance, p.seat_of, n.is_primary
FROM name n JOIN place p ON p.number = n.place
WHERE {key} = ? AND NOT n.is_local ORDER BY p.importance DESC, p.id LIMIT 200
"""
_BY_FOLD = _NAMESAKES.format(key="n.fold")
_BY_ARTICLES = _NAMESAKES.format(key="n.articles")


class Namesake(NamedTuple):
    """One of the places with a name, with the data for choosing between them."""

    id: str
    place_name: str
    name: str  # the listed name that matched
    lat: float  # WGS 84 degrees
    lon: float
    country: str | None
    admin1: str | None
    feature: str
    precision: str
    population: int | None
    importance: float
    seat_of: str | None  # id of the province that is named after the town
    is_primary: bool
    level: Level


def _namesake(row: tuple[Any, ...], level: Level) -> Namesake:
    """Return a row of the query as a `Namesake`."""
    return Namesake._make((*row[:-1], bool(row[-1]), level))


class _Row(NamedTuple):
    """A row of the query for listed names."""

    place_id: str
    place_name: str
    name: str
    country: str | None
    admin1: str | None
    feature: str
    population: int | None
    importance: float
    is_primary: int
    seat_of: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A listed name that matches a name as written, with a score from 0 to 1."""

    place_id: str
    score: float
    level: Level
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scored:
    """A listed name with its level of spelling and its score."""

    row: _Row
    level: Level
    score: float
    name: str


class Matcher:
    """Matches names with the tables of a compiled gazetteer.

    Parameters
    ----------
    connection
        Connection to the SQLite file of the gazetteer.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names_of = lru_cache(maxsize=3)(self._read_names)
        self._alternates = lru_cache(maxsize=4096)(self._read_alternates)

    def find(self, name: str, country: str | None, *, fuzzy: bool) -> list[Match]:
        """Return matches, best first.

        Parameters
        ----------
        name
            Name as written.
        country
            Only places in this country (ISO 3166-1 alpha-2). Looser spellings are tried only with
            a country, and only if nothing closer matches.
        fuzzy
            Whether to try misspellings as well.
        """
        key, articles = fold(name), article_key(name)
        if not key:
            return []
        found = self._close(name, key, articles, country)
        if not found and country is not None:
            found = self._loose(name, country, fuzzy=fuzzy)
        kind = kind_words(name)
        ranked = _rank(_best_of_each(found, kind), kind)
        return [
            Match(place_id=s.row.place_id, score=s.score, level=s.level, name=s.name)
            for s in ranked
        ]

    def namesakes(self, name: str) -> tuple[Namesake, ...]:
        """Return the places with a name, the most important first, without looser spellings.

        If no listed name has the same letters, names with other articles match ("Rastan" for "Ar
        Rastan"). A name that contains a word for an area ("Nyanza Province") then matches only
        areas.

        Parameters
        ----------
        name
            Name as written.
        """
        found: dict[str, Namesake] = {}
        for row in self._connection.execute(_BY_FOLD, (fold(name),)):
            listed = row[2]
            if is_code(listed) and listed != name:
                continue  # "Dam" is not the airport DAM, and "Miss" is not "Miss."
            level: Level = "exact" if listed.casefold() == name.casefold() else "folded"
            one = _namesake(row, level)
            found.setdefault(one.id, one)
        if found or is_code(name):
            return tuple(found.values())
        kind = kind_words(name)
        for row in self._connection.execute(_BY_ARTICLES, (article_key(name),)):
            one = _namesake(row, "articles")
            if not is_code(one.name) and (
                kind is None or (one.feature in AREA_FEATURES) == (kind == "area")
            ):
                found.setdefault(one.id, one)
        return tuple(found.values())

    def _rows(self, where: str, values: tuple[object, ...]) -> list[_Row]:
        """Return the rows of the query for listed names with a condition."""
        return [_Row(*row) for row in self._connection.execute(_QUERY + where, values)]

    def _close(self, name: str, key: str, articles: str, country: str | None) -> list[_Scored]:
        """Return matches with the same letters, and matches that differ only in their articles."""
        tail: tuple[str, ...] = ()
        if country is None:
            where = " AND NOT n.is_local"
        else:
            where, tail = " AND n.country = ?", (country,)
        found = []
        for row in self._rows(f"WHERE n.fold = ?{where}", (key, *tail)):
            exact = name if row.name == name else self._listed_exactly(row, name)
            if is_code(exact or row.name) and exact != name:
                continue  # "Dam" is not the airport DAM
            level: Level = "exact" if exact else "folded"
            found.append(
                _Scored(row=row, level=level, score=_SCORES[level], name=exact or row.name)
            )
        for row in self._rows(f"WHERE n.articles = ?{where}", (articles, *tail)):
            if not is_code(row.name):
                score = _SCORES["articles"]
                found.append(_Scored(row=row, level="articles", score=score, name=row.name))
        return found

    def _listed_exactly(self, row: _Row, name: str) -> str | None:
        """Return the listed name that differs at most in capitals, or None."""
        wanted = name.casefold()
        names = (row.place_name, *self._alternates(row.place_id))
        alike = [listed for listed in names if listed.casefold() == wanted]
        return name if name in alike else next(iter(alike), None)

    def _read_alternates(self, place_id: str) -> tuple[str, ...]:
        """Return the alternate names of a place."""
        query = "SELECT names FROM place WHERE id = ?"
        row = self._connection.execute(query, (place_id,)).fetchone()
        return tuple(row[0].split(NAME_SEPARATOR)) if row else ()

    def _loose(self, name: str, country: str, *, fuzzy: bool) -> list[_Scored]:
        """Return matches with looser spellings; there are none for codes and abbreviations."""
        if is_code(name) or self._is_famous(fold(name), country):
            return []
        articles = article_key(name)
        found = self._skeleton(name, articles, country)
        return self._fuzzy(articles, country) if fuzzy and not found else found

    def _is_famous(self, key: str, country: str) -> bool:
        """Return whether a name is that of a country or a big town abroad."""
        query = (
            "SELECT 1 FROM name n JOIN place p ON p.number = n.place WHERE n.fold = ?"
            " AND n.is_primary AND p.importance >= ? AND n.country <> ? LIMIT 1"
        )
        return self._connection.execute(query, (key, _FAMOUS, country)).fetchone() is not None

    def _skeleton(self, name: str, articles: str, country: str) -> list[_Scored]:
        """Return matches with the same consonants that are similar enough."""
        key = skeleton_key(name, country)
        if len(key) < min(_SKELETON_CUT):
            return []
        cut = _SKELETON_CUT.get(len(key), _SKELETON_CUT_LONG)
        written = plain(articles)
        found = []
        for row in self._rows("WHERE n.country = ? AND n.skeleton = ?", (country, key)):
            if row.feature == _REGION:
                continue
            listed = plain(article_key(row.name))
            alike = fuzz.ratio(written, listed)
            other_end = (written[-1] in _VOWELS) != (listed[-1] in _VOWELS)
            least = cut if row.is_primary else max(cut, _ALTERNATE_CUT)
            if alike >= (_OTHER_END_CUT if other_end else least) and not is_code(row.name):
                score = round(0.55 + 0.3 * alike / 100, 3)
                found.append(_Scored(row=row, level="skeleton", score=score, name=row.name))
        return found

    def _fuzzy(self, articles: str, country: str) -> list[_Scored]:
        """Return matches that differ in a letter or two, but not in their first consonant."""
        if len(articles) < _FUZZY_LEAST_LETTERS:
            return []
        first = skeleton_key(articles, country)[:1]
        names = self._names_of(country).get(first, [])
        hits = process.extract(articles, names, scorer=fuzz.ratio, score_cutoff=_FUZZY_CUT, limit=5)
        found = []
        for listed, alike, _ in hits:
            if len(listed) < _FUZZY_LEAST_LETTERS:
                continue
            score = round(0.75 * alike / 100, 3)
            rows = self._rows("WHERE n.articles = ? AND n.country = ?", (listed, country))
            found += [
                _Scored(row=r, level="fuzzy", score=score, name=r.name)
                for r in rows
                if r.feature != _REGION
            ]
        return found

    def suggest(self, name: str, country: str | None, limit: int) -> list[str]:
        """Return the listed names that are most similar to a name without matches.

        Parameters
        ----------
        name
            Name as written, with at least five letters.
        country
            Only names of places in this country (ISO 3166-1 alpha-2); without it, only names that
            begin with the same three letters.
        limit
            Maximum number of names.
        """
        key = article_key(name)
        if len(key) < _FUZZY_LEAST_LETTERS:
            return []
        # Worldwide, only names with the same beginning, since reading all names takes too long.
        if country:
            pool = [name for names in self._names_of(country).values() for name in names]
        else:
            pool = list(self._names_beginning(key[:3]))
        hits = process.extract(key, pool, scorer=fuzz.ratio, score_cutoff=_SUGGEST_CUT, limit=limit)
        query = "SELECT name FROM name WHERE articles = ? AND (? IS NULL OR country = ?) LIMIT 1"
        found = []
        for listed, _, _ in hits:
            row = self._connection.execute(query, (listed, country, country)).fetchone()
            found += [row[0]] if row else []
        return list(dict.fromkeys(found))

    def _names_beginning(self, start: str) -> tuple[str, ...]:
        """Return the listed names, without articles, that begin with the given letters."""
        rows = self._connection.execute(
            "SELECT DISTINCT articles FROM name WHERE articles >= ? AND articles < ?",
            (start, start + "~"),
        )
        return tuple(row[0] for row in rows)

    def _read_names(self, country: str) -> dict[str, list[str]]:
        """Return the names in a country by their first consonant, which misspellings keep."""
        rows = self._connection.execute(
            "SELECT articles, min(skeleton) FROM name WHERE country = ? AND skeleton IS NOT NULL"
            " GROUP BY articles",
            (country,),
        )
        names: dict[str, list[str]] = {}
        for articles, skeleton in rows:
            names.setdefault(skeleton[:1], []).append(articles)
        return names

    def nearest(self, lat: float, lon: float, limit: int) -> list[tuple[str, float]]:
        """Return the ids of the nearest settlements and sites, with their distances.

        Parameters
        ----------
        lat, lon
            Point in degrees (WGS 84).
        limit
            Maximum number of places.

        Returns
        -------
        list of (str, float)
            Ids and distances in kilometres, nearest first.
        """
        reach = 0.25  # degrees of latitude; doubled until it includes enough places
        while True:
            rows = self._connection.execute(
                "SELECT id, lat, lon FROM place WHERE precision IN ('settlement', 'site')"
                " AND lat BETWEEN ? AND ?",
                (lat - reach, lat + reach),
            )
            # Longitudes are checked afterwards, with regard to the antimeridian.
            within = _nearby(rows, lat, lon, reach)
            if len(within) >= limit or reach > _HALF_TURN:
                return within[:limit]
            reach *= 2


def _nearby(
    rows: Iterable[tuple[str, float, float]], lat: float, lon: float, reach: float
) -> list[tuple[str, float]]:
    """Return the places within ``reach`` degrees of a point, nearest first, with km."""
    squeeze = max(cos(radians(lat)), 0.05)
    found = []
    for place_id, other_lat, other_lon in rows:
        gap = abs(other_lon - lon) % 360
        if min(gap, 360 - gap) * squeeze <= reach * 1.1:
            km = distance_km(lat, lon, other_lat, other_lon)
            if km <= reach * KM_PER_DEGREE:
                found.append((place_id, km))
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _best_of_each(found: list[_Scored], kind: str | None) -> list[_Scored]:
    """Return the best match of each place."""
    best: dict[str, _Scored] = {}
    for scored in found:
        old = best.get(scored.row.place_id)
        if old is None or _order(scored, kind) < _order(old, kind):
            best[scored.row.place_id] = scored
    return list(best.values())


def _order(scored: _Scored, kind: str | None) -> tuple[object, ...]:
    """Return the sort key of a match; the best match has the smallest key."""
    row = scored.row
    weight = row.importance
    if not row.is_primary:
        weight -= ALTERNATE_LOSS
    if kind is None and kind_words(scored.name) is not None:
        weight -= _OTHER_KIND_LOSS
    is_loose = scored.level not in _SCORES
    other_kind = kind is not None and (row.feature in AREA_FEATURES) != (kind == "area")
    return (
        is_loose,
        other_kind,
        LEVELS.index(scored.level),
        -scored.score if is_loose else 0,
        -weight,
        -(row.population or 0),
        row.place_id,
    )


def _rank(found: list[_Scored], kind: str | None) -> list[_Scored]:
    """Return matches, best first; the seat of a province precedes it unless an area is meant."""
    ranked = sorted(found, key=lambda scored: _order(scored, kind))
    if kind == "area":
        return ranked
    for province in [s for s in ranked if s.row.feature == "ADM1"]:
        # Shusha is the seat of AZ-SUS; the source has the district around it without a code
        units = {province.row.place_id}
        if province.row.place_id.startswith("ne:"):
            units |= {s.row.seat_of for s in ranked if s.row.seat_of is not None}
        seats = [s for s in ranked if s.row.seat_of in units]
        if seats and ranked.index(seats[0]) > ranked.index(province):
            ranked.remove(seats[0])
            ranked.insert(ranked.index(province), seats[0])
    return ranked
