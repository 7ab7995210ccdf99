"""Finding the listed names that a name as written agrees with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process

from gazetteer.build import NAME_SEPARATOR
from gazetteer.distance import distance_km
from gazetteer.records import LEVELS, Level, is_code
from gazetteer.spelling import article_key, fold, kind_words, skeleton_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

# How alike (0-100) two names with the same consonants must be: the fewer consonants, the more.
_SKELETON_CUT = {2: 85, 3: 76}
_SKELETON_CUT_LONG = 62
_FUZZY_CUT = 86
_FUZZY_LEAST_LETTERS = 5
# A name that is exactly this of another country is that, not a misspelt village of this one.
_FAMOUS = 0.66  # importance: capitals, provinces, towns of about 900,000 people
_SEAT_LEAST_PEOPLE = 5000
_SCORES: dict[Level, float] = {"exact": 1.0, "folded": 0.97, "articles": 0.92}
_AREAS = frozenset({"PCLI", "ADM1", "ADM2", "ADM3", "RGN"})
_HALF_TURN = 180.0
_KM_PER_DEGREE = 111.2  # kilometres in a degree of latitude

_QUERY = """
SELECT p.id, p.name, n.name, p.country, p.admin1, p.feature, p.population, p.importance,
       n.is_primary, p.names
FROM name n JOIN place p ON p.number = n.place
"""


class _Row(NamedTuple):
    place_id: str
    place_name: str
    name: str
    country: str | None
    admin1: str | None
    feature: str
    population: int | None
    importance: float
    is_primary: int
    names: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A listed name that agrees with a name as written."""

    place_id: str
    score: float
    level: Level
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scored:
    row: _Row
    level: Level
    score: float
    name: str


class Matcher:
    """Searches the tables of a compiled gazetteer."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names_of = lru_cache(maxsize=3)(self._read_names)

    def find(self, name: str, country: str | None, *, fuzzy: bool) -> list[Match]:
        """Return matches, best first; see :meth:`gazetteer.Gazetteer.lookup`."""
        key, articles = fold(name), article_key(name)
        if not key:
            return []
        found = self._close(name, key, articles, country)
        if not found and country is not None and not self._is_famous(key, country):
            found = self._skeleton(name, articles, country)
            if not found and fuzzy:
                found = self._fuzzy(articles, country)
        ranked = _rank(_best_of_each(found), kind_words(name))
        return [
            Match(place_id=s.row.place_id, score=s.score, level=s.level, name=s.name)
            for s in ranked
        ]

    def _rows(self, where: str, values: tuple[object, ...]) -> list[_Row]:
        return [_Row(*row) for row in self._connection.execute(_QUERY + where, values)]

    def _close(self, name: str, key: str, articles: str, country: str | None) -> list[_Scored]:
        """Return matches with the same letters, and those with other articles only."""
        tail: tuple[str, ...] = ()
        if country is None:
            where = " AND NOT n.is_local"
        else:
            where, tail = " AND n.country = ?", (country,)
        found = []
        for row in self._rows(f"WHERE n.fold = ?{where}", (key, *tail)):
            if is_code(row.name) and row.name != name:
                continue  # "Dam" is not the airport DAM
            exact = _listed_exactly(row, name)
            level: Level = "exact" if exact else "folded"
            found.append(
                _Scored(row=row, level=level, score=_SCORES[level], name=exact or row.name)
            )
        for row in self._rows(f"WHERE n.articles = ?{where}", (articles, *tail)):
            if not is_code(row.name):
                score = _SCORES["articles"]
                found.append(_Scored(row=row, level="articles", score=score, name=row.name))
        return found

    def _is_famous(self, key: str, country: str) -> bool:
        """Whether a name is that of a country or big town elsewhere."""
        query = (
            "SELECT 1 FROM name n JOIN place p ON p.number = n.place WHERE n.fold = ?"
            " AND n.is_primary AND p.importance >= ? AND n.country <> ? LIMIT 1"
        )
        return self._connection.execute(query, (key, _FAMOUS, country)).fetchone() is not None

    def _skeleton(self, name: str, articles: str, country: str) -> list[_Scored]:
        """Return names with the same consonants that are alike enough."""
        key = skeleton_key(name, country)
        if len(key) < min(_SKELETON_CUT):
            return []
        cut = _SKELETON_CUT.get(len(key), _SKELETON_CUT_LONG)
        found = []
        for row in self._rows("WHERE n.country = ? AND n.skeleton = ?", (country, key)):
            alike = fuzz.ratio(articles, article_key(row.name))
            if alike >= cut and not is_code(row.name):
                score = round(0.55 + 0.3 * alike / 100, 3)
                found.append(_Scored(row=row, level="skeleton", score=score, name=row.name))
        return found

    def _fuzzy(self, articles: str, country: str) -> list[_Scored]:
        """Return names that differ by a letter or two, not in their first sound."""
        if len(articles) < _FUZZY_LEAST_LETTERS:
            return []
        names = self._names_of(country)
        hits = process.extract(
            articles, list(names), scorer=fuzz.ratio, score_cutoff=_FUZZY_CUT, limit=5
        )
        first = skeleton_key(articles, country)[:1]
        found = []
        for listed, alike, _ in hits:
            if skeleton_key(listed, country)[:1] != first:
                continue
            score = round(0.75 * alike / 100, 3)
            rows = self._rows("WHERE n.articles = ? AND n.country = ?", (listed, country))
            found += [_Scored(row=r, level="fuzzy", score=score, name=r.name) for r in rows]
        return found

    def _read_names(self, country: str) -> tuple[str, ...]:
        rows = self._connection.execute(
            "SELECT DISTINCT articles FROM name WHERE country = ? AND skeleton IS NOT NULL",
            (country,),
        )
        return tuple(row[0] for row in rows)

    def nearest(self, lat: float, lon: float, limit: int) -> list[tuple[str, float]]:
        """Return ids of the nearest settlements and sites, with the distance in km."""
        reach = 0.25  # degrees of latitude; doubled until enough lie within it
        while True:
            rows = self._connection.execute(
                "SELECT id, lat, lon FROM place WHERE precision IN ('settlement', 'site')"
                " AND lat BETWEEN ? AND ?",
                (lat - reach, lat + reach),
            )
            # Far off in longitude is left to the exact distance, which knows of the date line.
            within = _nearby(rows, lat, lon, reach)
            if len(within) >= limit or reach > _HALF_TURN:
                return within[:limit]
            reach *= 2


def _nearby(
    rows: Iterable[tuple[str, float, float]], lat: float, lon: float, reach: float
) -> list[tuple[str, float]]:
    """Return the ids within ``reach`` degrees, nearest first."""
    squeeze = max(cos(radians(lat)), 0.05)
    found = []
    for place_id, other_lat, other_lon in rows:
        gap = abs(other_lon - lon) % 360
        if min(gap, 360 - gap) * squeeze <= reach * 1.1:
            km = distance_km(lat, lon, other_lat, other_lon)
            if km <= reach * _KM_PER_DEGREE:
                found.append((place_id, km))
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def _listed_exactly(row: _Row, name: str) -> str | None:
    """Return the listed name that is the same but for capitals, or None."""
    wanted = name.casefold()
    for listed in (row.place_name, *row.names.split(NAME_SEPARATOR)):
        if listed.casefold() == wanted:
            return listed
    return None


def _best_of_each(found: list[_Scored]) -> list[_Scored]:
    """Return the best match of each place."""
    best: dict[str, _Scored] = {}
    for scored in found:
        old = best.get(scored.row.place_id)
        if old is None or _order(scored) < _order(old):
            best[scored.row.place_id] = scored
    return list(best.values())


def _order(scored: _Scored) -> tuple[object, ...]:
    row = scored.row
    alike = -scored.score if scored.level in {"skeleton", "fuzzy"} else 0
    return (
        LEVELS.index(scored.level),
        not row.is_primary,
        alike,
        -row.importance,
        -(row.population or 0),
        row.place_id,
    )


def _rank(found: list[_Scored], kind: str | None) -> list[_Scored]:
    """Return matches in order: "X province" prefers areas, a bare name the seat of the province."""
    ranked = sorted(found, key=_order)
    if kind is not None:
        wants_area = kind == "area"
        return sorted(
            ranked,
            key=lambda s: (
                s.level in {"skeleton", "fuzzy"},
                (s.row.feature in _AREAS) != wants_area,
            ),
        )
    return _seats_first(ranked)


def _seats_first(ranked: list[_Scored]) -> list[_Scored]:
    """Put a town before the province that bears its name and holds it ("Aleppo" is the city)."""
    result = list(ranked)
    for province in [s for s in ranked if s.row.feature == "ADM1"]:
        seats = [
            s
            for s in result
            if s.row.admin1 == province.row.admin1
            and s.row.feature.startswith("PPL")
            and (s.row.population or 0) >= _SEAT_LEAST_PEOPLE
            and s.level in _SCORES
        ]
        at = result.index(province)
        if seats and result.index(seats[0]) > at:
            result.remove(seats[0])
            result.insert(at, seats[0])
    return result
